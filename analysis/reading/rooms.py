"""Where the texts of a corpus lie while it is read: in memory, or in files, where they are gone through part by part."""

import math
import mmap
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.core.arrow import array_of, bytes_of
from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.storing import part_edges

_CHUNK = 1 << 24

Array = npt.NDArray[Any]


class Room(Protocol):
    """Where texts lie. What is done to each text is done by part, so that both rooms have one code; what is decided is decided over the whole."""

    def edges(self, articles: pd.DataFrame) -> Collection[tuple[int, int]]:
        """Return first row and end of each part of some ARTICLES."""

    def column(self, parts: Iterable[pd.Series]) -> pd.Series:
        """Return the column of texts that some parts make, whose rows are numbered from 0."""

    def table(self, parts: Iterable[pa.Table]) -> pa.Table:
        """Return the table that some parts make; a column that is not in all of them is missing in the others."""

    def zeros(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
        """Return an array of zeros to write to."""

    def shelves(self) -> Mapping[str, "Shelf"]:
        """Return what takes the three texts of each article as soon as a file is read; nothing where they stay in its table."""


class InMemory:
    """Texts in memory: all articles are one part."""

    def edges(self, articles: pd.DataFrame) -> Collection[tuple[int, int]]:
        """Return the one part."""
        return ((0, len(articles)),)

    def column(self, parts: Iterable[pd.Series]) -> pd.Series:
        """Return the one part."""
        (whole,) = parts
        return whole

    def table(self, parts: Iterable[pa.Table]) -> pa.Table:
        """Return it in memory, each column in one piece."""
        return pa.concat_tables(parts, promote_options="default").combine_chunks()

    def zeros(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
        """Return it in memory."""
        return np.zeros(shape, dtype)

    def shelves(self) -> Mapping[str, "Shelf"]:
        """Return none."""
        return {}


def parts_of(room: Room, articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the articles part by part, each with the rows that it has in the whole."""
    for first, end in room.edges(articles):
        yield articles.iloc[first:end]


@contextmanager
def told_as_full(folder: Path) -> Iterator[None]:
    """Write to a folder of a room; that it cannot be written is told with what to do."""
    try:
        yield
    except OSError as failed:
        raise CorpusError(
            f"{folder}: cannot be written ({failed.strerror or failed}); while files are read their texts lie there, up to four times: "
            f"make room, or write to another disk"
        ) from failed


class OnDisk:
    """Texts in files of a folder, mapped: what was gone through is taken out of memory again.

    Parameters
    ----------
    folder : Path
        An empty folder, which must stay as long as the texts are used.
    part_bytes : int
        About how many bytes of text a part has.
    """

    def __init__(self, folder: Path, part_bytes: int) -> None:
        self.folder, self.part_bytes = folder, part_bytes
        self.files = ExitStack()
        self._maps: list[mmap.mmap] = []
        self._n_files = 0

    def __enter__(self) -> "OnDisk":
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is written to; what is mapped goes when nobody uses it any more."""
        with suppress(OSError):  # all is written by now, or another error says that it was not
            self.files.close()

    def edges(self, articles: pd.DataFrame) -> Collection[tuple[int, int]]:
        """Return first row and end of each part of some ARTICLES; going through them lets go what was used of the texts of one before the next."""
        return _Edges(self, part_edges(articles, self.part_bytes))

    def column(self, parts: Iterable[pd.Series]) -> pd.Series:
        """Write a column of texts, and return it mapped."""
        shelf = Shelf(self)
        for part in parts:
            shelf.add(part)
        return shelf.column()

    def table(self, parts: Iterable[pa.Table]) -> pa.Table:
        """Write a table part by part, a file for those of the same columns, and return it mapped."""
        written: list[pa.Table] = []
        for _, alike in groupby(parts, key=lambda part: part.schema):
            path = self.new_file()
            first = next(alike)
            with pa.ipc.new_stream(path, first.schema) as out:
                for part in chain([first], alike):
                    with told_as_full(self.folder):
                        out.write_table(part)
            written.append(pa.ipc.open_stream(pa.py_buffer(self.mapped(path))).read_all())
        return pa.concat_tables(written, promote_options="default")

    def numbers(self, parts: Iterable[Array]) -> Array:
        """Write an array part by part, and return it mapped, to be read; it looks as one in memory, for which the rules are compiled."""
        path, dtype = self.new_file(), np.dtype(np.int32)
        with path.open("wb") as file:
            for part in parts:
                dtype = part.dtype
                with told_as_full(self.folder):
                    file.write(np.ascontiguousarray(part).data)
        return np.frombuffer(self.mapped(path, mmap.ACCESS_COPY), dtype) if path.stat().st_size else np.zeros(0, dtype)

    def zeros(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
        """Return it mapped: the system may write what is in it to the file, and take it out of memory."""
        size = math.prod(shape) * np.dtype(dtype).itemsize
        if not size:
            return np.zeros(shape, dtype)
        path = self.new_file()
        with told_as_full(self.folder), path.open("wb") as file:  # written, so that the disk has room when it is used
            for begin in range(0, size, _CHUNK):
                file.write(bytes(min(_CHUNK, size - begin)))
        with path.open("r+b") as file:
            return np.frombuffer(mmap.mmap(file.fileno(), size), dtype).reshape(shape)

    def shelves(self) -> Mapping[str, "Shelf"]:
        """Return a shelf for each text column."""
        return {name: Shelf(self) for name in TEXT_FIELDS}

    def new_file(self) -> Path:
        """Return the path of a file that is not there yet."""
        self._n_files += 1
        return self.folder / f"{self._n_files:06d}"

    def mapped(self, path: Path, access: int = mmap.ACCESS_READ) -> mmap.mmap:
        """Return a file, which is not empty, as memory."""
        with path.open("rb") as file:
            self._maps.append(mmap.mmap(file.fileno(), 0, access=access))
        return self._maps[-1]

    def let_go(self) -> None:
        """Take what was read of the files out of memory, where the system can be told so; it is read again when it is used."""
        if hasattr(mmap, "MADV_DONTNEED"):
            for memory in self._maps:
                memory.madvise(mmap.MADV_DONTNEED)


class _Edges(Collection[tuple[int, int]]):
    """First row and end of each part of texts in a room on disk."""

    def __init__(self, room: OnDisk, edges: list[tuple[int, int]]) -> None:
        self._room, self._edges = room, edges

    def __len__(self) -> int:
        return len(self._edges)

    def __contains__(self, edges: object) -> bool:
        return edges in self._edges

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for edges in self._edges:
            yield edges
            self._room.let_go()


class Shelf:
    """A column of texts that grows: its bytes in a file, its places in memory."""

    def __init__(self, room: OnDisk) -> None:
        self.room, self._path = room, room.new_file()
        self._ends: list[Array] = [np.zeros(1, np.int64)]
        self._size = 0
        self._file: BinaryIO = room.files.enter_context(self._path.open("wb"))

    def add(self, texts: pd.Series) -> None:
        """Write some texts behind the others."""
        data, places = bytes_of(array_of(texts))
        with told_as_full(self.room.folder):
            self._file.write(data[places[0] : places[-1]].data)
            self._file.flush()
        self._ends.append(places[1:] - places[0] + self._size)
        self._size += int(places[-1] - places[0])

    def column(self) -> pd.Series:
        """Return all texts, mapped."""
        self._file.close()
        ends = np.concatenate(self._ends)
        data = pa.py_buffer(self.room.mapped(self._path) if self._size else b"")
        texts = pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), data)
        return pd.Series(pd.array(texts, dtype="str"))
