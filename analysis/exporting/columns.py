"""What the columns of a result table are called in print, and which three are one estimate with its interval."""

import re
from dataclasses import dataclass

import pandas as pd

from analysis.core.schema import TABLES, Column, Schema

_LOW = re.compile(r"_low(?=_|$)")
_SIDES = ("focus", "reference", "before", "after")
_IN_WORDS = {
    "article_id": "article", "tfidf": "TF-IDF", "dp": "DP", "d": "Juilland's D", "f1": "F1", "p_corrected": "p, corrected", "source_file": "file",
}  # fmt: skip
_WORD = {"tokens": "words", "pmi": "PMI", "low": "lower end", "high": "upper end"}
_PER = re.compile(r"per 1,000 (.+)$")
_FEWEST_TO_NAME = 3  # columns that tell a table from others
_NAMES = {"tfidf": "TF-IDF", "check lexicon": "Findings about the lexicon", "paired": "Paired differences"}


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the columns of its interval.

    Attributes
    ----------
    estimate, low, high : str
        The columns.
    kind : str
        What stands between them: "95% interval", or what the columns say of themselves.
    """

    estimate: str
    low: str
    high: str
    kind: str


class Columns:
    """The columns of one table, as `analysis.core.schema` declares them; one that is not declared speaks for itself.

    Parameters
    ----------
    table : pandas.DataFrame
        A result, or some of its columns.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._names = [str(name) for name in table.columns]
        self._schema = max(TABLES.values(), key=self._likeness)
        self._declared = {column.name: column for column in self._schema.columns}

    def _likeness(self, schema: Schema) -> tuple[int, int]:
        shared = {column.name for column in schema.columns} & set(self._names)
        return len(shared), -len(schema.columns)

    @property
    def title(self) -> str:
        """What the table is, "Rates by outlet and category"; "" where its columns do not say."""
        needed = self._schema.names
        if len(needed) < _FEWEST_TO_NAME or not set(needed) <= set(self._names):
            return ""
        words = self._schema.name.lower().replace("_", " ")
        named = _NAMES.get(words, words[:1].upper() + words[1:])
        if not any(column.is_group for column in self._schema.columns):
            return named
        free = [name for name in self._names if name in self._schema.key or name not in needed]
        return f"{named} by {_joined([self.heading(name) for name in free])}" if free else named

    def meaning(self, name: str) -> str:
        """Return what the documentation says of a column, "" where it is not declared."""
        return self._declared[name].meaning if name in self._declared else ""

    def is_share(self, name: str) -> bool:
        """Return whether a column holds parts of 1, which print shows in percent; the ends of its interval are in percent too."""
        return name.startswith("share") and self.meaning(name).endswith("0 to 1")

    def intervals(self) -> list[Interval]:
        """Return the estimates of the table whose interval stands in it; by declaration an interval follows its estimate."""
        order = list(self._declared.values())
        found = []
        for place, column in enumerate(order[:-1]):
            if _LOW.search(column.name):
                three = [order[place - 1], column, order[place + 1]]
                if {one.name for one in three} <= set(self._names):
                    found.append(Interval(three[0].name, column.name, three[2].name, _kind(column, three[2])))
        return found

    def headings(self, names: list[str]) -> list[str]:
        """Return what columns are called in print; where two would be called alike, they keep their names."""
        made = [self.heading(name) for name in names]
        return [one if made.count(one) == 1 else name for one, name in zip(made, names, strict=True)]

    def heading(self, name: str) -> str:
        """Return what a column is called in print, with its unit: "rate per 1,000 words", "share of articles (%)"."""
        stem, _, side = name.rpartition("_")
        if stem and side in _SIDES:
            # What the second side is "the same" of stands with the first one.
            meaning = self.meaning(name if not self.meaning(name).startswith("the same") else f"{stem}_{_SIDES[0]}")
            return f"{_words(stem, meaning)}, {side}"
        return _words(name, self.meaning(name)) + (" (%)" if self.is_share(name) else "")


def _words(name: str, meaning: str) -> str:
    if name in _IN_WORDS:
        return _IN_WORDS[name]
    if name.endswith("_per_1000"):
        unit = _PER.search(meaning)
        return f"{name.removesuffix('_per_1000').replace('_', ' ')} per 1,000 {unit[1] if unit else 'words'}"
    words = [_WORD.get(word, word) for word in name.removeprefix("n_").split("_") if word]
    # "n_articles" are articles, "n_both" is a number of something.
    first = "n, " if name.startswith("n_") and not words[0].endswith("s") else ""
    return first + " ".join(words) + (" (bits)" if " in bits" in meaning else "")


def _kind(low: Column, high: Column) -> str:
    return "95% interval" if "95% interval" in low.meaning else f"{low.meaning}, {high.meaning}"


def _joined(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
