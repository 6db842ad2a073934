"""Decisions on words: what was accepted into a category or rejected, by whom and why, so that nobody judges a word twice."""

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.core.errors import LexiconError
from analysis.extending.records import append_line

VERDICTS = ("accept", "reject", "undo")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision: a line of the file.

    Attributes
    ----------
    lexicon, category, word : str
        Name of the lexicon, its category, and the word or entry that was judged.
    verdict : {"accept", "reject", "undo"}
        Whether the category shall have it; ``undo`` takes the decision before it on the same word back, as `undo_decision` writes.
    reason : str
        Why; for readers.
    coder, day : str
        Who decided, and when (``2025-03-14``); "" where it does not matter.
    """

    lexicon: str
    category: str
    word: str
    verdict: str
    reason: str = ""
    coder: str = ""
    day: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise LexiconError(f"decision on {self.word!r}: verdict {self.verdict!r}; write 'accept' or 'reject'")
        for name in ("lexicon", "category", "word"):
            if not getattr(self, name).strip():
                raise LexiconError(f"decision on {self.word!r}: the {name} is empty; name it")


COLUMNS = [field.name for field in fields(Decision)]


def read_decisions(path: str | Path) -> pd.DataFrame:
    """Return the decisions of a file that hold: the latest one on each word and category that was not undone.

    Parameters
    ----------
    path : str or pathlib.Path
        A CSV file in UTF-8 whose first line names the columns of `Decision`. A file that is not there yet holds no decision.

    Returns
    -------
    pandas.DataFrame
        The columns of `Decision`, all text, and ``n_decisions`` on the same word and category, those that were undone not counted; in the
        order of the file.

    Raises
    ------
    LexiconError
        When the file cannot be read, or a line is no decision or undoes none; the message names the line.
    """
    path = Path(path)
    decisions = [astuple(decision) for decision in _standing(path)] if path.exists() else []
    table = pd.DataFrame(decisions, columns=COLUMNS, dtype="str")
    same = ["lexicon", "category", "word"]
    table["n_decisions"] = table.groupby(same)["verdict"].transform("size").astype("int64")
    return table.drop_duplicates(same, keep="last").reset_index(drop=True)


def record_decision(path: str | Path, decision: Decision) -> None:
    """Append a decision to a file, which is made where it is not there; an earlier decision on the word stays in it.

    Raises
    ------
    LexiconError
        When it is an undo, which `undo_decision` writes where there is a decision to undo.
    """
    if decision.verdict == "undo":
        raise LexiconError(
            f"decision on {decision.word!r}: an undo needs a decision that it undoes; call undo_decision"
        )
    _append(Path(path), decision)


def _append(path: Path, decision: Decision) -> None:
    append_line(path, header=_line(COLUMNS), line=_line(list(astuple(decision))))


def undo_decision(
    path: str | Path, lexicon: str, category: str, word: str, *, coder: str = "", day: str = ""
) -> Decision:
    """Take back the last decision on a word, and return it; the one before it holds again, and the file keeps every line.

    Raises
    ------
    LexiconError
        When no decision on the word holds, or the file cannot be read.
    """
    path, word = Path(path), _one_line(word)
    same = [
        decision
        for decision in (_standing(path) if path.exists() else [])
        if _on(decision) == (lexicon, category, word)
    ]
    if not same:
        raise LexiconError(
            f"{path}: no decision on {word!r} for {category!r} of lexicon {lexicon} holds, so there is none to undo; see the words in the file"
        )
    undo = Decision(lexicon=lexicon, category=category, word=word, verdict="undo", coder=coder, day=day)
    _append(path, undo)
    return same[-1]


def judged_words(decisions: pd.DataFrame, lexicon: str, category: str) -> list[str]:
    """Return the words that were judged for a category of a lexicon, accepted or rejected."""
    own = (decisions["lexicon"] == lexicon) & (decisions["category"] == category)
    return decisions.loc[own, "word"].tolist()


def _standing(path: Path) -> list[Decision]:
    """Return the decisions of a file, in its order, without those that were undone."""
    found: list[Decision] = []
    for line, decision in _read(path):
        if decision.verdict != "undo":
            found.append(decision)
            continue
        same = [place for place, other in enumerate(found) if _on(other) == _on(decision)]
        if not same:
            raise LexiconError(
                f"{path}, line {line}: no decision on {decision.word!r} stands before it to undo; take the line out"
            )
        del found[same[-1]]
    return found


def _on(decision: Decision) -> tuple[str, str, str]:
    return decision.lexicon, decision.category, decision.word


def _read(path: Path) -> list[tuple[int, Decision]]:
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error
    rows = _numbered(path, reader)
    _, header = next(rows, (1, []))
    if header != COLUMNS:
        raise LexiconError(f"{path}, line 1: found {','.join(header)!r}; the first line must be '{','.join(COLUMNS)}'")
    return [(line, _decision(path, line, row)) for line, row in rows if row]


def _numbered(path: Path, reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line that it begins in: a cell written in a spreadsheet may hold line breaks."""
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise LexiconError(f"{path}, line {line}: no CSV ({error}); look at its quotation marks") from error


def _decision(path: Path, line: int, row: list[str]) -> Decision:
    if len(row) != len(COLUMNS):
        raise LexiconError(f"{path}, line {line}: found {len(row)} cells; a decision has {len(COLUMNS)}")
    try:
        return Decision(**dict(zip(COLUMNS, row, strict=True)))
    except LexiconError as error:
        raise LexiconError(f"{path}, line {line}: {error}") from error


def _line(cells: list[str]) -> str:
    target = io.StringIO()
    # A line break inside a cell would shift the numbers of the lines that messages name.
    csv.writer(target, lineterminator="\n").writerow(map(_one_line, cells))
    return target.getvalue()


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
