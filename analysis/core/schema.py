"""The tables that pass between the folders of the package: their columns, types, units and keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.core.errors import SchemaError

TEXT_FIELDS = ("headline", "standfirst", "body")
ZONES = ("headline", "standfirst", "lead", "body")


def _is_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype)


_IS_OF_KIND: dict[str, Callable[[pd.Series], bool]] = {
    "text": _is_text,
    "day": pd.api.types.is_datetime64_any_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_numeric_dtype,
    "boolean": pd.api.types.is_bool_dtype,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Its name; a unit stands in it (``rate_per_1000``).
    kind : {"text", "day", "integer", "number", "boolean"}
        ``text`` is pandas' ``str`` or a categorical of strings, ``day`` a datetime without a time zone.
    meaning : str
        One line for readers and for error messages.
    """

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns that a table must have; further columns are allowed and kept.

    Attributes
    ----------
    name : str
        The table's name in upper case, as the documentation uses it.
    columns : tuple of Column
        The required columns, in their usual order.
    key : tuple of str
        The columns whose values are unique together; empty where rows have no key.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the required columns."""
        return tuple(column.name for column in self.columns)

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table unchanged if it fits this schema.

        Raises
        ------
        SchemaError
            When a column is missing or of another kind, or when the key is not unique.
        """
        missing = [name for name in self.names if name not in table.columns]
        if missing:
            raise SchemaError(
                f"table {self.name}: no column {_listed(missing)}; found {_listed(table.columns)}; "
                f"needed are {_listed(self.names)}"
            )
        for column in self.columns:
            if not _IS_OF_KIND[column.kind](table[column.name]):
                raise SchemaError(
                    f"table {self.name}, column '{column.name}' ({column.meaning}): found values of type "
                    f"{table[column.name].dtype}; needed is {column.kind}; convert the column first"
                )
        if self.key and table.duplicated(list(self.key)).any():
            first = table.loc[table.duplicated(list(self.key)), list(self.key)].iloc[0].to_dict()
            raise SchemaError(
                f"table {self.name}: {first} stands in more than one row; {_listed(self.key)} must be unique"
            )
        return table


def _listed(names: Sequence[str] | pd.Index) -> str:
    return ", ".join(f"'{name}'" for name in names)


ARTICLES = Schema(
    "ARTICLES",
    (
        Column("article_id", "text", "unique name of the article"),
        Column("outlet", "text", "who published it"),
        Column("date", "day", "day of publication"),
        Column("headline", "text", "headline, '' where there is none"),
        Column("standfirst", "text", "standfirst, '' where there is none"),
        Column("body", "text", "body, paragraphs separated by a blank line, '' where there is none"),
        Column("url", "text", "web address"),
        Column("byline", "text", "author line"),
        Column("section", "text", "section of the outlet"),
        Column("source_file", "text", "file that the article was read from"),
        Column("lead_paragraphs", "integer", "how many first body paragraphs are the lead"),
    ),
    key=("article_id",),
)

REJECTED = Schema(
    "REJECTED",
    (
        Column("source_file", "text", "file that held the rejected article"),
        Column("position", "text", "where in the file, for example 'row 12' or 'line 40'"),
        Column("reason", "text", "why it was left out"),
        Column("raw", "text", "its text as found"),
    ),
)

REMOVED = Schema(
    "REMOVED",
    (
        Column("article_id", "text", "article that the passage was cut from"),
        Column("field", "text", "headline, standfirst or body"),
        Column("rule", "text", "name of the boilerplate rule that cut it"),
        Column("text", "text", "the passage"),
    ),
)

FILES = Schema(
    "FILES",
    (
        Column("source_file", "text", "file, and the member of an archive"),
        Column("format", "text", "what it was recognised as"),
        Column("encoding", "text", "how its bytes were decoded, '' for binary formats"),
        Column("n_found", "integer", "articles found: kept and rejected"),
        Column("n_kept", "integer", "articles kept"),
        Column("n_stated", "integer", "articles that the file says it holds, missing where it does not say"),
        Column("n_replaced", "integer", "replacement characters U+FFFD: letters lost before"),
        Column("columns_read", "text", "columns of a table that were read by usual names: 'title' as headline"),
    ),
)

HITS = Schema(
    "HITS",
    (
        Column("article_id", "text", "article"),
        Column("field", "text", "column of ARTICLES that holds the text: headline, standfirst or body"),
        Column("zone", "text", "headline, standfirst, lead or body"),
        Column("paragraph", "integer", "paragraph within the field, from 1"),
        Column("sentence", "integer", "sentence within the field, from 1"),
        Column("start", "integer", "first character of the match, in code points from the field's start"),
        Column("end", "integer", "one past its last character"),
        Column("text", "text", "the matched text as printed: field[start:end]"),
        Column("category", "text", "category of the lexicon"),
        Column("entry", "text", "entry of the lexicon, as written there"),
        Column("weight", "number", "weight of the entry, 1 unless the lexicon says"),
        Column(
            "voice",
            "text",
            "narrator, direct, indirect or scare; missing in text that is not English, as are those below",
        ),
        Column("speaker", "text", "resolved name of the speaker, '' where nobody is named"),
        Column("speaker_text", "text", "the speaker as written, such as 'he' or 'the expert'"),
        Column("cue", "text", "reporting verb or phrase, '' where there is none"),
        Column(
            "target",
            "text",
            "whom the hit frames, 'unresolved' where the rules do not decide, '' for nobody; missing without targets",
        ),
        Column("candidates", "text", "targets between which the rules do not decide, 'A; B'"),
        Column("target_rule", "text", "the rule that linked the target"),
        Column("negated", "boolean", "whether the hit stands under a negation"),
        Column("hedged", "boolean", "whether the hit is hedged: alleged, so-called, if, might"),
        Column(
            "polarity", "number", "valence of the category, turned where negated; missing where the category has none"
        ),
    ),
    key=("article_id", "field", "start", "end", "category", "entry"),
)
