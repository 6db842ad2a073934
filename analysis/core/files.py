"""Files that are whole or not there."""

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analysis.core.errors import FramingError

LOCK = ".lock"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and put it in its place, so that a reader never meets half of it; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def write_at(path: Path, data: bytes | memoryview, place: int) -> None:
    """Write behind the first `place` bytes of a file, which is made if it is not there; what stood behind them is gone.

    So a file that grows piece by piece is right after an interruption, if its length up to there was noted elsewhere.
    """
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(place)
        file.seek(place)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    written = io.BytesIO()
    pq.write_table(table, written)
    return written.getvalue()


@contextmanager
def writing(folder: Path, *, error: type[FramingError]) -> Iterator[None]:
    """Write to a folder, which is made, while no other process does; what hinders it is told as `error`.

    Raises
    ------
    FramingError
        When another process is writing there, or the disk is full or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as busy:
        raise error(f"{folder}: another process is writing there; wait for it, or write to another folder") from busy
    except OSError as failed:
        raise error(
            f"{folder}: cannot be written ({failed.strerror or failed}); what is whole is kept: make room, or give another disk, and the "
            f"same call goes on from there"
        ) from failed


def strangers_in(folder: Path, own: Collection[str]) -> list[str]:
    """Return the names in a folder, in their order, that are neither among `own` nor that of its lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK and path.name not in own)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive without times, so that the same files in the same order give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(member, data)
    return packed.getvalue()


def workbook_without_times(packed: bytes) -> bytes:
    """Return a workbook without the time at which it was made, so that the same table gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["docProps/core.xml"] = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", files["docProps/core.xml"])
    return zipped(files)
