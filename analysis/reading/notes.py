"""What is odd about a corpus: notes, ordered by harm. Every note comes from here or is made by a reader with a kind from here."""

from collections.abc import Iterable
from typing import NamedTuple, Self


class Kind(NamedTuple):
    """A kind of note, and whether it is an error under ``strict=True``: numbers may be wrong while it stands."""

    name: str
    is_harmful: bool


# In order of harm: what most likely makes every number of a file wrong stands first.
KINDS = (
    Kind("several articles in one", True),
    Kind("no body", True),
    Kind("error page", True),
    Kind("encoding", True),
    Kind("letters lost", True),
    Kind("mark-up", True),
    Kind("cut body", True),
    Kind("text not taken", True),
    Kind("text column not used", True),
    Kind("no value", True),
    Kind("missing words", True),
    Kind("giant article", True),
    Kind("repeating article", True),
    Kind("part of a download", False),
    Kind("sheets not read", True),
    Kind("no outlet", True),
    Kind("dates unread", True),
    Kind("no date", True),
    Kind("outlets without alias", False),
    Kind("duplicates", False),
    Kind("short bodies", False),
    Kind("columns not used", False),
    Kind("mark-up read", False),
    Kind("damaged marks", False),
    Kind("left out", False),
    Kind("events", False),
    Kind("mended", False),
)
_RANK = {kind.name: rank for rank, kind in enumerate(KINDS)}
_MOST_FILES = 3


class Note(str):
    """One sentence on what is odd about a corpus, and what to do.

    Attributes
    ----------
    kind : str
        A name of KINDS.
    file : str
        The file that it is about; "" where it is about the corpus.
    count : int
        How many articles, columns or pages it is about.
    remedy : str
        What to do, or "".
    """

    kind: str
    file: str
    count: int  # type: ignore[assignment]  # how many articles, in place of str.count
    remedy: str

    def __new__(cls, finding: str, *, kind: str, file: str = "", count: int = 1, remedy: str = "") -> Self:
        """Make the note's sentence of file, finding and remedy."""
        if kind not in _RANK:
            raise ValueError(f"note of kind {kind!r}; kinds are {', '.join(_RANK)}")
        note = super().__new__(cls, (f"{file}: " if file else "") + finding + (f"; {remedy}" if remedy else ""))
        note.kind, note.file, note.count, note.remedy = kind, file, count, remedy
        note._finding = finding
        return note

    _finding: str

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Let a note be copied and pickled, as a corpus is that goes to another process."""
        return (self._finding,), {"kind": self.kind, "file": self.file, "count": self.count, "remedy": self.remedy}

    @property
    def is_harmful(self) -> bool:
        """Whether numbers may be wrong while it stands."""
        return KINDS[_RANK[self.kind]].is_harmful

    def of_file(self, file: str) -> "Note":
        """Return the same note about a file."""
        return Note(self._finding, kind=self.kind, file=file, count=self.count, remedy=self.remedy)


def ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes by harm, then in the order in which they came; one line for the same finding in many files."""
    groups: dict[tuple[str, str, str], list[Note]] = {}
    for note in notes:
        groups.setdefault((note.kind, note._finding, note.remedy), []).append(note)
    joined = [several[0] if len(several) == 1 else _joined(several) for several in groups.values()]
    return tuple(sorted(joined, key=lambda note: _RANK[note.kind]))


def _joined(several: list[Note]) -> Note:
    first = several[0]
    files = [note.file for note in several if note.file]
    more = f" and {len(files) - _MOST_FILES:,} more" if len(files) > _MOST_FILES else ""
    place = f"{len(files):,} files ({', '.join(files[:_MOST_FILES])}{more})" if files else ""
    return Note(
        first._finding, kind=first.kind, file=place, count=sum(note.count for note in several), remedy=first.remedy
    )
