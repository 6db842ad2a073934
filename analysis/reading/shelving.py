"""The articles of a file whose texts go to disk as they are read: of Parquet part by part, of other formats a file at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.cell_markup import marked_up, without_markup
from analysis.reading.columns import Mapped, map_columns
from analysis.reading.containers import unchanged
from analysis.reading.formats import FileRead, columns_read, markup_notes, of_table
from analysis.reading.literals import without_literals
from analysis.reading.missing import METADATA, TEXTS, missing_notes, without_missing_cells, without_missing_words
from analysis.reading.oddities import unused_columns
from analysis.reading.options import Reading
from analysis.reading.rooms import OnDisk, Shelf, told_as_full
from analysis.reading.services import service_of
from analysis.reading.tables import article_texts

_ROWS = 1 << 12  # of a Parquet file at a time
_MAGIC = b"PAR1"

Shelves = Mapping[str, Shelf]


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet, by its first bytes or its name."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC or path.suffix.lower() == ".parquet"


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


def read_in_parts(path: Path, how: Reading, shelves: Shelves) -> FileRead:
    """Return the articles of a Parquet file without their texts, which go to the shelves; else the same as where it is read at once.

    Which column is which is decided over the whole file, which is unpacked to disk for it. The records of a web service, and texts that
    are no strings, are read at once, and come back with their texts.

    Raises
    ------
    CorpusError
        When it is no Parquet, is written to meanwhile, or cannot be read as articles.
    """
    room = next(iter(shelves.values())).room
    with unchanged(path):
        found = _unpacked(path, room)
    if not how.columns and service_of(dict.fromkeys(map(str, found.columns))):
        return of_table((found, []), how, "Parquet")
    mapped = map_columns(found, how.columns)
    texts = mapped.table[[name for name in TEXT_FIELDS if name in mapped.table]]
    if not all(isinstance(dtype, pd.StringDtype) for dtype in texts.dtypes):
        return of_table((found, []), how, "Parquet")
    return _of_columns(mapped, texts, room, shelves)


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


def _unpacked(path: Path, room: OnDisk) -> pd.DataFrame:
    """Return the table of a Parquet file, with the texts mapped."""
    unpacked = room.new_file()
    try:
        with (
            pq.ParquetFile(path, buffer_size=1 << 20) as packed,
            pa.ipc.new_stream(unpacked, packed.schema_arrow) as out,
        ):
            for batch in packed.iter_batches(batch_size=_ROWS):
                with told_as_full(room.folder):
                    out.write_batch(batch)
        table = pa.ipc.open_stream(pa.py_buffer(room.mapped(unpacked))).read_all()
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"cannot be read as Parquet ({error}); export it again") from error
    found: pd.DataFrame = table.to_pandas()
    return found
