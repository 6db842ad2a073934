"""What the reader of one format is and returns: the articles of one file as it holds them, before any is judged."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.core.schema import TEXT_FIELDS
from analysis.reading.notes import Note

_CUT_OFF = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$")

Record = dict[str, object]
CUTS = " cuts"  # the key of what was cut from a text while it was read, until it is known which articles are kept


class Unread(NamedTuple):
    """A piece of a file that is no article: where it stands, why it was left out, and its text as found."""

    position: str
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of one file.

    Attributes
    ----------
    records : list of dict
        One dict an article: names of ARTICLES' columns (and further ones) to strings, `lead_paragraphs` to an int. The
        date is the string that the file has; paragraphs of `body` are parted by one blank line.
    rejected : list of Unread
        What stands in the place of an article but cannot be read as one.
    stated : int or None
        How many articles the file itself says that it holds ("1 of 10 DOCUMENTS", "Documents (10)", its separators).
    notes : list of Note
        What only the reader of the file can know and the user must, such as which part of a download it is.
    """

    records: list[Record]
    rejected: list[Unread] = field(default_factory=list)
    stated: int | None = None
    notes: list[Note] = field(default_factory=list)

    def take(self, record: Record, number: int, raw: str) -> None:
        """Add the article of some number in its file, or reject it where it has neither headline nor text."""
        if record["headline"] or record["body"]:
            self.records.append(record)
        else:
            self.rejected.append(Unread(f"article {number}", "neither headline nor text", raw))


def filled(record: Record) -> Record:
    """Return a record without blank columns; the texts stay, since "" means none there."""
    return {name: value for name, value in record.items() if value or name in TEXT_FIELDS}


def unless_begin_of(body: str, described: str) -> str:
    """Return a standfirst, "" where it is but the first words of the body, cut off or not."""
    begin = " ".join(_CUT_OFF.sub("", described).split())
    return "" if " ".join(body.split()).startswith(begin) else described


class Reader(NamedTuple):
    """A reader of one form of export.

    Attributes
    ----------
    name : str
        What the form is called in FILES: "Nexis text".
    form : {"text", "paragraphs"}
        What it is given: the decoded text of a file, or the paragraphs of a DOCX or RTF file.
    fits : callable
        Whether a file is of this form; asked of every file, so it must be quick.
    read : callable
        The articles of a file of this form.
    """

    name: str
    form: str
    fits: Callable[[Any], bool]
    read: Callable[[Any], Found]


def stated_count(signs: Iterable[int], n_found: int) -> int | None:
    """Return how many articles a file holds by signs other than that by which they were found.

    Signs that stand beside some articles only say nothing: a reader may cut them off, and old articles lack them.
    """
    most = max(signs, default=0)
    return most if most and most >= n_found else None
