"""Names of categories and targets as charts, reports and printed tables write them: the lexicon's labels, else the names with spaces."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from analysis.charts.numbers import label_language
from analysis.core.naming import in_language, readable
from analysis.core.origin import LABELS

# Columns that hold names of a lexicon, and whose labels they may have: pairs, elements and the poles of axes are made of categories and targets.
_OF_BOTH = ("category", "target")
_COLUMNS = {
    "category": ("category",), "target": ("target",), "candidates": ("target",), "a": _OF_BOTH, "b": _OF_BOTH, "element": _OF_BOTH,
    "negative": _OF_BOTH, "positive": _OF_BOTH,
}  # fmt: skip
_CODES = {"label", "f1"}  # a table of how well each code was found, whose codes are often categories
_BETWEEN = {"element": " · ", "candidates": "; "}  # what stands between the names of one value

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]  # by name, by kind, by language


def with_names(*tables: pd.DataFrame, kinds: Sequence[str] = ("label",)) -> list[pd.DataFrame]:
    """Return tables with their categories and targets as readers see them, alike in all of them, also where ``attrs`` name them.

    No other column changes.

    Parameters
    ----------
    *tables : pandas.DataFrame
        What is shown together. The labels stand in ``attrs["labels"]`` of any of them, in the language of `analysis.charts.number_format`.
    kinds : sequence of {"label", "short_label"}
        Which label to write; the next where there is none of the first.
    """
    known = _Known.of(tables)
    columns = {column for table in tables for column in _named_columns(table)}
    names = {column: known.distinct(tables, column, kinds) for column in columns}
    return [_renamed(table, names, known) for table in tables]


def written_name(table: pd.DataFrame, column: str, value: Any) -> Any:
    """Return one value of a table as it stands in a sentence: a category or target with its label, anything else as it is."""
    if column not in _named_columns(table) or not isinstance(value, str):
        return value
    return _Known.of([table]).written(column, value)


def possible_names(table: pd.DataFrame, column: str, value: str) -> dict[str, str]:
    """Return every text that a chart may draw for a value, each with what a sentence says in its place, which is never a short label."""
    if column not in _named_columns(table):
        return {value: value}
    given = _Known.of([table]).labels_for(column).get(value, {})
    full = given.get("label", {})
    short = {
        text: in_language(full, language) or readable(value) for language, text in given.get("short_label", {}).items()
    }
    return {readable(value): readable(value)} | short | {text: text for text in full.values()}


def _named_columns(table: pd.DataFrame) -> Iterator[str]:
    yield from (column for column in _COLUMNS if column in table.columns)
    if set(table.columns) >= _CODES:
        yield "label"


@dataclass(frozen=True)
class _Known:
    """The labels that some tables know, of categories and of targets."""

    labels: Mapping[str, Labels]

    @classmethod
    def of(cls, tables: Sequence[pd.DataFrame]) -> Self:
        given = [table.attrs.get(LABELS, {}) for table in tables]
        return cls(
            {column: {k: v for labels in given for k, v in labels.get(column, {}).items()} for column in _OF_BOTH}
        )

    def labels_for(self, column: str) -> Labels:
        """Return the labels of a column's values; where a category and a target have one name, the category's."""
        sources = _COLUMNS.get(column, _OF_BOTH)
        return {name: given for source in reversed(sources) for name, given in self.labels[source].items()}

    def written(self, column: str, value: str, kinds: Sequence[str] = ("label",)) -> str:
        labels = self.labels_for(column)
        between = _BETWEEN.get(column, "")
        parts = value.split(between) if between and value not in labels else [value]
        return between.join(_label(labels.get(part, {}), kinds) or readable(part) for part in parts)

    def distinct(self, tables: Sequence[pd.DataFrame], column: str, kinds: Sequence[str]) -> dict[str, str]:
        """Return the values of a column as they are written; of values that would be written alike each stays as typed."""
        values = {value for table in tables if column in table.columns for value in table[column].dropna().unique()}
        written = {value: self.written(column, str(value), kinds) for value in values}
        times = Counter(written.values())
        return {value: text if times[text] == 1 else value for value, text in written.items()}


def _label(given: Mapping[str, Mapping[str, str]], kinds: Sequence[str]) -> str:
    return next((text for kind in kinds if (text := in_language(given.get(kind, {}), label_language()))), "")


def _renamed(table: pd.DataFrame, names: Mapping[str, Mapping[str, str]], known: _Known) -> pd.DataFrame:
    made = table.copy(deep=False)
    for column in _named_columns(table):
        made[column] = _mapped(table[column], names[column])
    if "finding" in table.attrs:
        category, colon, compared = str(table.attrs["finding"]).partition(": ")
        made.attrs["finding"] = f"{known.written('category', category)}{colon}{compared}"
    if "categories" in table.attrs:
        made.attrs["categories"] = [known.written("category", str(name)) for name in table.attrs["categories"]]
    return made


def _mapped(column: pd.Series, names: Mapping[str, str]) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.rename_categories(lambda name: names.get(name, name))
    return column.map(lambda value: names.get(value, value), na_action="ignore").astype(column.dtype)
