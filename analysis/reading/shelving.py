"""The articles of a file that is read where it lies, part by part: CSV, TSV and JSON Lines in any room, Parquet where texts go to disk."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.cell_markup import marked_up, without_markup
from analysis.reading.columns import Mapped, map_columns
from analysis.reading.containers import FileInPlace, Piece, bytes_in, unchanged
from analysis.reading.formats import (
    OF_ROWS,
    FileRead,
    TableFound,
    columns_read,
    markup_notes,
    of_table,
    read_piece,
    refuse_unread,
    rows_in,
)
from analysis.reading.literals import without_literals
from analysis.reading.missing import METADATA, TEXTS, missing_notes, without_missing_cells, without_missing_words
from analysis.reading.oddities import unused_columns
from analysis.reading.options import Reading
from analysis.reading.records import Unread
from analysis.reading.rooms import OnDisk, Room, Shelf
from analysis.reading.services import service_of
from analysis.reading.tables import article_texts
from analysis.reading.unfit import check_columns, fit_batch

_ROWS = 1 << 12  # of a Parquet file at a time
_MAGIC = b"PAR1"
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"{\\rt", _MAGIC)

Shelves = Mapping[str, Shelf]


def is_of_rows(path: Path) -> bool:
    """Whether a file is CSV, TSV or JSON Lines by its name, and not packed."""
    return path.suffix.lower() in OF_ROWS and not _begins(path, *_PACKED)


def is_in_parts(path: Path) -> bool:
    """Whether a file is read part by part where texts go to disk: Parquet too, by its first bytes or its name."""
    return is_of_rows(path) or path.suffix.lower() == ".parquet" or _begins(path, _MAGIC)


def _begins(path: Path, *magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)).startswith(magic)


def shelved(read: FileRead, shelves: Shelves) -> FileRead:
    """Return the articles of a file without their texts, which go to the shelves where there are any and they do not lie there."""
    rows = read.rows
    if not shelves or not len(rows):
        return read
    if isinstance(rows, pd.DataFrame):
        own = [name for name in TEXT_FIELDS if name in rows]
        if own:
            _shelve(rows, shelves)
        return replace(read, rows=rows.drop(columns=own))
    _shelve(pd.DataFrame([{name: record.get(name) for name in TEXT_FIELDS} for record in rows]), shelves)
    others = [{name: value for name, value in record.items() if name not in TEXT_FIELDS} for record in rows]
    return replace(read, rows=others)


def _shelve(texts: pd.DataFrame, shelves: Shelves) -> None:
    for name, shelf in shelves.items():
        shelf.add(article_texts(texts.get(name), name, len(texts)))


def read_in_parts(piece: FileInPlace, how: Reading, room: Room, shelves: Shelves) -> FileRead:
    """Return the articles of a file as where it is read at once; where there are shelves, their texts go there.

    Which column is which is decided over the whole file, which is unpacked to disk for it. The records of a web service, and texts that
    are no strings, are read at once, and come back with their texts.

    Raises
    ------
    CorpusError
        When it is none of the format that its name says, is written to meanwhile, or cannot be read as articles.
    """
    with unchanged(piece.path):
        found = _found(piece, how, room)
        if found is None:
            return read_piece(Piece(piece.place, piece.name, bytes_in(piece.path)), how)
    if not isinstance(room, OnDisk) or (not how.columns and service_of(dict.fromkeys(map(str, found.table.columns)))):
        return found.finished(of_table((found.table, found.rejected), how, found.format))
    mapped = map_columns(found.table, how.columns)
    texts = mapped.table[[name for name in TEXT_FIELDS if name in mapped.table]]
    if not all(isinstance(dtype, pd.StringDtype) for dtype in texts.dtypes):
        return found.finished(of_table((found.table, found.rejected), how, found.format))
    read = _of_columns(mapped, texts, room, shelves)
    return found.finished(replace(read, format=found.format, rejected=found.rejected))


def _found(piece: FileInPlace, how: Reading, room: Room) -> TableFound | None:
    """Return the table of a file; None where it has to be read at once."""
    if is_of_rows(piece.path):
        refuse_unread(piece.data, piece.path.suffix.lower())
        return rows_in(lambda: piece.path.open("rb"), piece.path.suffix.lower(), how, room)
    table, rejected = _unpacked(piece.path, room)
    return TableFound(table, rejected, "Parquet", lambda read: read)


def _of_columns(mapped: Mapped, texts: pd.DataFrame, room: OnDisk, shelves: Shelves) -> FileRead:
    """Return the articles of a table whose columns are known; see `analysis.reading.formats.table_read`, which does it at once."""
    table, read_as, doubtful = mapped
    others, unknown = without_literals(table.drop(columns=list(texts)))
    others, _ = without_missing_words(others, METADATA)
    words: dict[str, Counter[str]] = {name: Counter() for name in TEXTS}
    n_marked = 0
    for first, end in room.edges(texts):
        part, found = without_missing_cells(texts.iloc[first:end], TEXTS)
        for name, counts in found.items():
            words[name].update(counts)
        marked = marked_up(part)
        n_marked += int(marked.any(axis="columns").sum())
        _shelve(without_markup(part, marked), shelves)
    notes = [*doubtful, *unknown, *missing_notes(words), *unused_columns(others), *markup_notes(n_marked)]
    room.let_go()
    return FileRead(others, "Parquet", notes=notes, columns_read=columns_read(read_as))


def _unpacked(path: Path, room: Room) -> tuple[pd.DataFrame, list[Unread]]:
    """Return the table of a Parquet file, and the rows that no article can be."""
    rejected: list[Unread] = []
    try:
        with pq.ParquetFile(path, buffer_size=1 << 20) as packed:
            check_columns(packed.schema_arrow.names)
            table = room.table(_fit_batches(packed, rejected))
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"cannot be read as Parquet ({error}); export it again") from error
    return table.to_pandas(), rejected


def _fit_batches(packed: pq.ParquetFile, rejected: list[Unread]) -> Iterator[pa.Table]:
    first = 1
    yield packed.schema_arrow.empty_table()
    for batch in packed.iter_batches(batch_size=_ROWS):
        fit, unfit = fit_batch(pa.Table.from_batches([batch]), first)
        rejected += unfit
        first += len(batch)
        yield fit
