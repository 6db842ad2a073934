"""What the reader of one format returns: the articles of one file as it holds them, before any is judged."""

from dataclasses import dataclass, field
from typing import NamedTuple

Record = dict[str, object]


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
    warnings : list of str
        What the user must know of the whole file, such as "holds no body text".
    """

    records: list[Record]
    rejected: list[Unread] = field(default_factory=list)
    stated: int | None = None
    warnings: list[str] = field(default_factory=list)
