"""Delimited text → rows: CSV and TSV as Excel, R, statistics programs and scripts write them."""

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from analysis.core.errors import CorpusError
from analysis.reading.columns import folded, has_usual_names
from analysis.reading.notes import Note
from analysis.reading.records import Unread
from analysis.reading.rooms import InMemory, Room
from analysis.reading.row_blocks import IrregularError, RowBlocks
from analysis.reading.streaming import pieces_of
from analysis.reading.tables import ROW_NAME, with_names
from analysis.reading.unfit import check_columns, raw_of, why_unfit

Found = tuple[pd.DataFrame, list[Unread], list[Note]]
Pieces = Callable[[], Iterable[str]]

_DELIMITERS = ",;\t|"
_MOST_BEFORE = 20  # lines before the header: a title, the search, the day of the export
_MOST_LOOKED_AT = 1 << 20  # characters in which the header stands
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\n?', re.IGNORECASE)
_NAMES_AND_BLANKS = re.compile(r'"[^"\n]*"(?: "[^"\n]*")+')  # the header of R's write.table
_BLANK_LINE = re.compile(r'[\s,;|"]*')


class _Layout(NamedTuple):
    """Where the header of a text stands, as characters and lines before it, and what parts its cells."""

    start: int
    n_lines: int
    delimiter: str


def read_csv(text: str, named: Iterable[str] = ()) -> Found:
    r"""Return the rows of delimited text as strings, the rows of too few or too many cells, and what is odd about the form.

    Parameters
    ----------
    text : str
        The decoded file.
    named : iterable of str
        Columns that the user named, by which a header is known too.

    Notes
    -----
    Cells are parted by comma, semicolon, tab or ``|``: by what a line ``sep=;`` says, else by what parts the usual names of the
    header, else by what the header has most of; by single blanks where R's write.table wrote every name in quotation marks.
    The header is the first of the first 21 lines that names columns of articles, else the first that is not blank. A header that
    is one name shorter than every row lacks the name of R's row names. Cells beyond the header are dropped where they are blank.

    Text that quotes as RFC 4180 says and whose rows are of one length is read by pyarrow; any other by Python's strict csv
    reader, which finds the line at fault; blanks before a quotation mark are then passed over. Where that fails, quotation marks
    written as ``\"`` (R's write.table) are tried, and in text parted by tabs quotation marks that mean nothing, if then every row
    is as long as the header.

    Raises
    ------
    CorpusError
        When a column name stands twice, or a quotation mark is not closed.
    """
    return read_csv_in_pieces(lambda: pieces_of(text), named, InMemory())


def read_csv_in_pieces(pieces: Pieces, named: Iterable[str], room: Room) -> Found:
    """Return what `read_csv` does of a text that is never whole in memory where it quotes as RFC 4180 says.

    Parameters
    ----------
    pieces : callable
        Gives the pieces of the text, anew at each call.
    named : iterable of str
        As for `read_csv`.
    room : Room
        Where the rows go.

    Raises
    ------
    CorpusError
        As `read_csv` does, and when it has more columns than are read.
    """
    head = _head(pieces())
    layout = _layout(head, {folded(name) for name in named})
    names = _cells(_first_lines(head[layout.start :], 1)[0], layout.delimiter)
    check_columns(names)
    if reason := why_unfit(names):
        raise CorpusError(f"line {layout.n_lines + 1}: the header has {reason}; export the table again")
    rows, rejected, notes = _read_by_blocks(pieces, layout, names, room) or _read_by_rows(
        "".join(pieces())[layout.start :], layout
    )
    skipped = [
        line
        for line in head[: layout.start].split("\n")
        if not _BLANK_LINE.fullmatch(line) and not _SEPARATOR_LINE.fullmatch(line)
    ]
    if skipped:
        finding = (
            f"the table begins in line {layout.n_lines + 1}; what stands above it is not read ({skipped[0][:60]!r})"
        )
        notes = [*notes, Note(finding, kind="mended")]
    return with_names(rows), rejected, notes


def _head(pieces: Iterable[str]) -> str:
    """Return the begin of a text, which has its header."""
    head = ""
    for piece in pieces:
        head += piece[: _MOST_LOOKED_AT - len(head)]
        if len(head) == _MOST_LOOKED_AT:
            break
    return head


def _layout(text: str, named: set[str]) -> _Layout:
    """Return where the header stands and what parts its cells."""
    stated = _SEPARATOR_LINE.match(text)
    delimiters = stated[1] if stated else _DELIMITERS
    lines = _first_lines(text, _MOST_BEFORE + 1)
    first = 1 if stated else 0
    for number, line in enumerate(lines[first:], start=first):
        known = {delimiter: _known(_cells(line, delimiter), named) for delimiter in delimiters if delimiter in line}
        if any(known.values()):
            return _at(lines, number, max(known, key=lambda delimiter: (known[delimiter], line.count(delimiter))))
    number = next(
        (number for number, line in enumerate(lines) if number >= first and not _BLANK_LINE.fullmatch(line)), first
    )
    header = lines[number] if number < len(lines) else ""
    if not stated and _NAMES_AND_BLANKS.fullmatch(header):
        return _at(lines, number, " ")
    return _at(lines, number, max(delimiters, key=header.count))


def _first_lines(text: str, most: int) -> list[str]:
    """Return the first lines of a text that may be very long, without a copy of the rest."""
    lines: list[str] = []
    start = 0
    while len(lines) < most and start >= 0:
        end = text.find("\n", start)
        lines.append(text[start:end] if end >= 0 else text[start:])
        start = end + 1 or -1
    return lines


def _at(lines: list[str], number: int, delimiter: str) -> _Layout:
    return _Layout(sum(len(line) + 1 for line in lines[:number]), number, delimiter)


def _known(cells: list[str], named: set[str]) -> int:
    """Return how many cells a line has if it is the header of a table of articles, else 0."""
    is_header = has_usual_names(cells) or (bool(named) and named <= {folded(cell) for cell in cells})
    return len(cells) if is_header else 0


def is_delimited(text: str) -> bool:
    """Whether the first line of a text, or the second after ``sep=;``, names columns of articles."""
    lines = _first_lines(text, 2)
    header = lines[1] if _SEPARATOR_LINE.fullmatch(lines[0]) and len(lines) > 1 else lines[0]
    if _NAMES_AND_BLANKS.fullmatch(header):
        return has_usual_names(_cells(header, " "))
    return any(delimiter in header and has_usual_names(_cells(header, delimiter)) for delimiter in _DELIMITERS)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a cell longer than any name
        return []


def _read_by_blocks(pieces: Pieces, layout: _Layout, names: list[str], room: Room) -> Found | None:
    """Return the rows of a text that quotes as RFC 4180 says and whose rows are of one length; None for any other."""
    if len({*names}) < len(names) or not names:
        return None
    cut = RowBlocks(layout.delimiter, layout.n_lines + 1)
    blocks = cut.of(_from(pieces(), layout.start))
    try:
        table = room.table(_parsed(block, layout.delimiter, names, number) for number, block in enumerate(blocks))
    except (pa.ArrowInvalid, IrregularError):
        return None
    frame: pd.DataFrame = table.to_pandas()
    return frame, cut.rejected, []


def _from(pieces: Iterable[str], start: int) -> Iterator[str]:
    """Yield a text from a place on."""
    for piece in pieces:
        yield piece[start:]
        start = max(0, start - len(piece))


def _parsed(block: bytes, delimiter: str, names: list[str], number: int) -> pa.Table:
    """Return the rows of a block, of which the first one has the header; raises where they are not as long as that."""
    if number and not block.strip():
        return pa.table({name: pa.array([], pa.large_string()) for name in names})
    table = pa_csv.read_csv(
        io.BytesIO(block),
        read_options=pa_csv.ReadOptions(
            use_threads=False, block_size=max(len(block), 1 << 20), column_names=names if number else None
        ),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    )
    if table.column_names != names:
        raise IrregularError
    return table


class _Row(NamedTuple):
    """The cells of a row, and the line in which it begins."""

    line: int
    cells: list[str]


def _read_by_rows(text: str, layout: _Layout) -> Found:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    if re.search(rf'{re.escape(layout.delimiter)} +"[^"\n{re.escape(layout.delimiter)}]', text):
        with contextlib.suppress(CorpusError):
            return _fitted(_rows(text, layout, skips_blanks=True), layout)
    try:
        return _fitted(_rows(text, layout), layout)
    except CorpusError:
        if '\\"' in text:
            return _fitted(_rows(text.replace('\\"', '""'), layout), layout)
        literal = _literal_rows(text, layout) if layout.delimiter == "\t" else []
        if not literal:
            raise
    finding = "cells are parted by tabs, and their quotation marks are read as text since they do not close"
    rows, rejected, notes = _fitted(literal, layout)
    return rows, rejected, [*notes, Note(finding, kind="mended")]


def _rows(text: str, layout: _Layout, *, skips_blanks: bool = False) -> list[_Row]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=layout.delimiter, strict=True, skipinitialspace=skips_blanks)
    rows: list[_Row] = []
    begin = 1
    try:
        for cells in reader:
            if cells:
                rows.append(_Row(layout.n_lines + begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(
            f"line {layout.n_lines + begin}: {error}; a quotation mark that opens there is not closed, or not doubled"
        ) from error
    return rows


def _literal_rows(text: str, layout: _Layout) -> list[_Row]:
    """Return rows whose quotation marks mean nothing; none where they are of several lengths, or do not fit the header."""
    lines = enumerate(text.split("\n"), start=layout.n_lines + 1)
    rows = [_Row(number, line.split(layout.delimiter)) for number, line in lines if line]
    lengths = {len(row.cells) for row in rows[1:]}
    width = len(rows[0].cells) if rows else 0
    return (
        rows
        if lengths == {width} or (lengths == {width + 1} and _has_row_names(rows[0].cells, rows[1:], layout))
        else []
    )


def _fitted(rows: list[_Row], layout: _Layout) -> Found:
    """Return rows as long as the header, and the others as rejected."""
    if not rows:
        return pd.DataFrame(), [], []
    (_, names), *others = rows
    while (
        names and not names[-1].strip() and not any(any(map(str.strip, row.cells[len(names) - 1 :])) for row in others)
    ):
        names = names[:-1]
    notes = []
    if _has_row_names(names, others, layout):
        names = [ROW_NAME, *names]
        finding = (
            f"the header is one name shorter than every row; the first cells are read as R's row names ('{ROW_NAME}')"
        )
        notes.append(Note(finding, kind="mended"))
    kept: list[list[str]] = []
    rejected: list[Unread] = []
    for line, cells in others:
        if reason := why_unfit(cells):
            rejected.append(Unread(f"line {line}", reason, layout.delimiter.join(map(raw_of, cells))))
        elif len(cells) < len(names) or any(map(str.strip, cells[len(names) :])):
            reason = f"{len(cells)} cells where the header has {len(names)}"
            rejected.append(Unread(f"line {line}", reason, layout.delimiter.join(cells)))
        else:
            kept.append(cells[: len(names)])
    _refuse_doubles(names, rows[0].line)
    return pd.DataFrame(kept, columns=pd.Index(names, dtype="object"), dtype="str"), rejected, notes


def _has_row_names(names: list[str], rows: list[_Row], layout: _Layout) -> bool:
    """Whether every row has one cell more than the header, and the first cells are what R's row names are: all different."""
    if (
        not rows
        or {len(row.cells) for row in rows} != {len(names) + 1}
        or not any(row.cells[-1].strip() for row in rows)
    ):
        return False
    first = [row.cells[0] for row in rows]
    # A comma that lacks its quotation marks makes a row longer too, but hardly every one, and not before a number.
    are_numbers = all(cell.isdecimal() for cell in first)
    return len({*first}) == len(first) and (are_numbers or (layout.delimiter != "," and len(rows) > 2))


def _refuse_doubles(names: list[str], line: int) -> None:
    named = [name for name in names if name.strip()]
    if len({*named}) < len(named):
        raise CorpusError(f"line {line}: a column name stands twice in {named}; rename one")
