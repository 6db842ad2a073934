"""Exports of the old nexis.com: text files, pages of HTML, and the same in .docx or .rtf."""

import re
from itertools import pairwise
from statistics import mode
from typing import NamedTuple

from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis_blocks import Block, blocks_of
from analysis.reading.archives.nexis_head import date_line
from analysis.reading.archives.nexis_html import flat_text, is_nexis_html, page_documents
from analysis.reading.archives.nexis_labels import capital_column, capital_label, separator, stated_words
from analysis.reading.archives.nexis_old_article import old_article
from analysis.reading.archives.nexis_top import HEAD
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, Unread

# Where these files are wrapped at all, it is at under 80 characters; with longer lines, a line is a paragraph.
_WRAP = 100
_LEAST_LINE = 50
_LEAST_SHARE_LONG = 0.1
_HEAD_BLOCKS = 8
_MOST_BLANK = 1_000
_COVER = re.compile(r"(?:[A-Z]\w+ Request|Time Of Request|Printopdracht|Druckauftrag|Project ID)\s?:", re.IGNORECASE)
# Downloads came in parts of so many, or a multiple of it.
_PART = 50
_LEAST_OF_LENGTH = 0.9
_ENDS = ("load_date", "language", "copyright")
_BLANK_SHARE = 0.2


class _Piece(NamedTuple):
    """The text below one separator, and the numbers in it: (1, 10), or None without one."""

    numbers: tuple[int, int] | None
    blocks: list[Block]
    raw: str


def is_old_nexis(text: str) -> bool:
    """Return whether the text is an export of the old nexis.com."""
    if text[:_MOST_BLANK].lstrip()[:1] == "<":
        # A web page may quote an export.
        return False
    lines = text.splitlines()
    if any(map(separator, lines)):
        return any(capital_column(capital_label(line)[0]) for line in lines)
    return _is_single(lines)


def _is_single(lines: list[str]) -> bool:
    """Return whether lines without a separator are an article: a date at their head, LENGTH, and a label of the archive below."""
    filled = [line.strip() for line in lines if line.strip()]
    columns: dict[str, tuple[int, str]] = {}
    for place, line in enumerate(filled):
        label, value = capital_label(line)
        columns.setdefault(capital_column(label), (place, value))
    return (
        "length_stated" in columns
        and stated_words(columns["length_stated"][1]) is not None
        and any(columns.get(column, (0, ""))[0] > columns["length_stated"][0] for column in ("load_date", "language"))
        and any(date_line(line) for line in filled[:_HEAD_BLOCKS])
    )


def read_old_nexis(text: str) -> Found:
    """Return the articles of a text file of the old nexis.com.

    Every line "1 of 10 DOCUMENTS" that is no part of an article gives one record or one Unread.

    Raises
    ------
    CorpusError
        When the file is cut off within its last article.
    """
    lines = text.splitlines()
    pieces, before = _pieces(lines)
    return _found(pieces, before, wrapped=_is_wrapped(lines), stated=None)


def read_old_nexis_html(text: str) -> Found:
    """Return the articles of a page of the old nexis.com.

    Raises
    ------
    CorpusError
        When the page is cut off.
    """
    documents = page_documents(text)
    if not documents:
        return _found(*_pieces(flat_text(text).splitlines()), wrapped=False, stated=None)
    pieces = []
    for document in documents:
        lines = document.splitlines()
        at = next((place for place, line in enumerate(lines) if line.strip()), 0)
        numbers = separator(lines[at]) if lines else None
        raw = "\n".join(lines[at + 1 :] if numbers else lines).strip("\n")
        pieces.append(_Piece(numbers, blocks_of(raw), raw))
    return _found(pieces, "", wrapped=False, stated=len(documents))


def is_old_nexis_paragraphs(paragraphs: list[str]) -> bool:
    """Return whether the paragraphs of a .docx or .rtf are an export of the old nexis.com."""
    return is_old_nexis("\n".join(paragraphs))


def read_old_nexis_paragraphs(paragraphs: list[str]) -> Found:
    """Return the articles of a .docx or .rtf of the old nexis.com.

    Raises
    ------
    CorpusError
        When the file is cut off within its last article.
    """
    blank = sum(not paragraph.strip() for paragraph in paragraphs)
    joint = "\n" if blank >= _BLANK_SHARE * len(paragraphs) else "\n\n"
    lines = joint.join(paragraphs).splitlines()
    return _found(*_pieces(lines), wrapped=_is_wrapped(lines), stated=None)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were wrapped to one width: hardly any is longer than these files are wide."""
    written = [line for line in lines if len(line) > _LEAST_LINE]
    long = sum(len(line) > _WRAP and " " in line.strip()[:_WRAP] for line in written)
    return long < max(_LEAST_SHARE_LONG * len(written), 1)


def _pieces(lines: list[str]) -> tuple[list[_Piece], str]:
    """Return the pieces, and what stands before the first."""
    starts = _article_starts(lines)
    if not starts:
        return [_Piece(None, blocks, _raw(blocks)) for blocks in _singles(blocks_of("\n".join(lines)))], ""
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        raw = "\n".join(lines[start + 1 : end]).strip("\n")
        pieces.append(_Piece(separator(lines[start]), blocks_of(raw), raw))
    return pieces, " ".join("\n".join(lines[: starts[0]]).split())


def _singles(blocks: list[Block]) -> list[list[Block]]:
    """Return the blocks of each article of a file without separators: a head stands where the labels below a text end."""
    found: list[list[Block]] = [[]]
    ended = False
    for place, block in enumerate(blocks):
        is_plain = not block.label and not block.is_copyright
        if ended and is_plain and _is_head(_raw(blocks[place : place + _HEAD_BLOCKS]).split("\n")):
            found.append([])
            ended = False
        ended = ended or _ending(block) in _ENDS
        found[-1].append(block)
    return found


def _raw(blocks: list[Block]) -> str:
    return "\n\n".join("\n".join(block.lines) for block in blocks)


def _article_starts(lines: list[str]) -> list[int]:
    """Return the places of the separators.

    A line of an article's text may look like one. What a head follows is a separator; and so is, of the lines with a number
    that is none so far, the first: an article may lack a head, but then its number stands nowhere else.
    """
    looks = {place: numbers for place, line in enumerate(lines) if (numbers := separator(line))}
    ends = [*list(looks), len(lines)][1:]
    starts = {place for place, end in zip(looks, ends, strict=True) if _is_head(lines[place + 1 : end])}
    known = {looks[place] for place in starts}
    for place, numbers in looks.items():
        if numbers not in known:
            starts.add(place)
            known.add(numbers)
    return sorted(starts)


def _is_head(lines: list[str]) -> bool:
    """Whether the first lines hold a date that stands alone, or a label of the head, as they do below a separator."""
    filled = [line.strip() for line in lines if line.strip()][: 2 * _HEAD_BLOCKS]
    dated = any(place and date_line(line) for place, line in enumerate(filled[:_HEAD_BLOCKS]))
    return dated or any(capital_column(capital_label(line)[0]) in HEAD for line in filled)


def _found(pieces: list[_Piece], before: str, *, wrapped: bool, stated: int | None) -> Found:
    records: list[Record] = []
    rejected: list[Unread] = []
    for number, piece in enumerate(pieces, start=1):
        try:
            _check_one(piece)
            records.append(old_article(piece.blocks, wrapped=wrapped))
        except CorpusError as error:
            rejected.append(Unread(f"article {number}", str(error), piece.raw))
    if len(pieces) > 1 and not (rejected and rejected[-1].position == f"article {len(pieces)}"):
        _check_last(pieces, records[-1])
    counted, notes = _stated([piece.numbers for piece in pieces if piece.numbers])
    if before and not _COVER.search(before):
        notes.append(Note(f"text before the first article was left out: {before[:200]!r}", kind="text not taken"))
    if counted is None and stated is None:
        stated = sum(block.column == "length_stated" for piece in pieces for block in piece.blocks)
    return Found(records, rejected, stated if counted is None else counted, notes)


def _check_one(piece: _Piece) -> None:
    """Raise where a piece holds the labels of several articles: the separator between them is lost."""
    columns = [block.column for block in piece.blocks]
    repeated = [column for column in ("length_stated", *_ENDS[:2]) if columns.count(column) > 1]
    if "length_stated" in repeated and len(repeated) > 1:
        raise CorpusError(
            f"{columns.count('length_stated')} lines with a length in one article, so a line such as '2 of 10 DOCUMENTS' "
            "between articles is lost; put it back"
        )


def _check_last(pieces: list[_Piece], last: Record) -> None:
    """Raise where only the last article lacks the labels below its text, and is shorter than it states: the file is cut off."""
    ended = [bool({*_ENDS} & {_ending(block) for block in piece.blocks}) for piece in pieces]
    stated = stated_words(str(last.get("length_stated", "")))
    is_short = stated is None or len(str(last["body"]).split()) < _LEAST_OF_LENGTH * stated
    if all(ended[:-1]) and not ended[-1] and is_short:
        raise CorpusError(
            f"the last of {len(pieces)} articles ends without the labels that stand below all others (LOAD-DATE, LANGUAGE or "
            "copyright) and is shorter than it says: the file is cut off; download it anew"
        )


def _ending(block: Block) -> str:
    return "copyright" if block.is_copyright else block.column


def _stated(numbers: list[tuple[int, int]]) -> tuple[int | None, list[Note]]:
    """Return how many articles the separators state, and a note where they are those of a part of a download.

    A file whose numbers begin at 1 and go up by one states their total, unless it ends where parts of downloads do; where
    numbers are left out or begin later, it is a part. Where they begin anew, another export was joined on.
    """
    if not numbers:
        return None, []
    runs = [[numbers[0]]]
    for above, below in pairwise(numbers):
        # One odd total within numbers that go up by one is an oddity of the archive.
        if below[0] <= above[0] or (below[1] != above[1] and below[0] != above[0] + 1):
            runs.append([])
        runs[-1].append(below)
    stated, parts = 0, []
    for run in runs:
        places, total = [number for number, _ in run], mode(total for _, total in run)
        is_run = places == list(range(1, len(run) + 1)) and (len(run) > 1 or len(runs) == 1)
        is_part = len(run) < total and not (is_run and len(run) % _PART)
        stated += len(run) if is_part else total
        parts += [(places, total)] if is_part else []
    return stated, [_part_note(parts)] if parts else []


def _part_note(parts: list[tuple[list[int], int]]) -> Note:
    listed = "; ".join(f"{_ranges(places)} of {total:,}" for places, total in parts[:5])
    more = f"; and {len(parts) - 5} more" if len(parts) > 5 else ""
    return Note(
        f"part of a download: documents {listed}{more}",
        kind="part of a download",
        count=sum(len(places) for places, _ in parts),
        remedy="read the other parts as well, or leave it if you chose these",
    )


def _ranges(places: list[int]) -> str:
    """Return "3, 17" or "201 to 400"."""
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{places[0]:,} to {places[-1]:,}"
    shown = ", ".join(f"{place:,}" for place in places[:5])
    return shown + (f" and {len(places) - 5} more" if len(places) > 5 else "")


READERS = (
    Reader("Nexis HTML", "text", is_nexis_html, read_old_nexis_html),
    Reader("Nexis text", "text", is_old_nexis, read_old_nexis),
    Reader("Nexis", "paragraphs", is_old_nexis_paragraphs, read_old_nexis_paragraphs),
)
