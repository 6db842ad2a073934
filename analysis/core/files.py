"""Files that are whole or not there: the one door through which this package writes to disk.

A file is written beside its place, under a hidden name, and put there when the disk has it all (`analysis.core.places`). Several files that belong
together are put in their places all or none (`analysis.core.putting_back`).
"""

import errno
import io
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analysis.core.errors import FramingError, OutputError
from analysis.core.places import (
    BEFORE,
    HELD,
    PARTS,
    TOGETHER,
    WRITING,
    Written,
    beside,
    folder_for,
    is_ours,
    is_stream,
    locked,
    place_of,
    refuse_protected,
    told,
)
from analysis.core.putting_back import keep, note_before, put_back, sweep

LOCK = ".lock"
_PATIENCE = 5.0  # seconds to wait for another writer of the same file, which mostly takes a moment
_BUFFER = 1 << 16
_OF_A_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and put it in its place, so that a reader never meets half of it; its folder is made.

    Raises
    ------
    OutputError
        When it cannot be written, or another run is writing it; what was there before is then as it was.
    """
    with whole_file(path) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write to a file that is put in its place at the end, if no error comes before; for what need not be in memory at once.

    Raises
    ------
    OutputError
        As `write_whole`.
    """
    with together() as files:
        yield files.open(path)


@contextmanager
def together() -> Iterator["Together"]:
    """Write several files that are put in their places at the end: all of them, or none if an error comes before.

    Raises
    ------
    OutputError
        As `write_whole`.
    """
    files = Together()
    try:
        yield files
        files.put_in_place()
    finally:
        files.leave()


class _Pending(NamedTuple):
    """A file on its way: its path as it was given, its place, where it is written, and the open file."""

    path: Path
    place: Path
    aside: Path
    file: BinaryIO


class Together:
    """Files that are written aside until all of them are whole; see `together`, which makes one."""

    def __init__(self) -> None:
        self._pending: list[_Pending] = []
        self._streams: list[BinaryIO] = []
        self._held = ExitStack()

    def open(self, path: Path) -> BinaryIO:
        """Return one of the files, to be written to; a device or a pipe is written to as it is."""
        place = place_of(path)
        if is_stream(place):
            self._streams.append(io.BufferedWriter(Written(place, "wb", path)))
            return self._streams[-1]
        self._held.enter_context(folder_for(place.parent, path))
        self._held.enter_context(locked(path, beside(place, HELD), _PATIENCE))
        refuse_protected(path, place)
        aside = beside(place, WRITING)
        with told(path):
            put_back(beside(place, TOGETHER))
            aside.unlink(missing_ok=True)
            file = io.BufferedWriter(Written(aside, "xb", path), _BUFFER)
        self._pending.append(_Pending(path, place, aside, file))
        return file

    def write(self, path: Path, data: bytes) -> None:
        """Write one of the files."""
        self.open(path).write(data)

    def put_in_place(self) -> None:
        """Put all files where they belong."""
        for stream in self._streams:
            stream.close()
        for one in self._pending:
            with told(one.path):
                _finish(one)
        if len(self._pending) == 1:
            (one,) = self._pending
            with told(one.path):
                one.aside.replace(one.place)
            _confirmed(one)
        elif self._pending:
            self._put_all()

    def _put_all(self) -> None:
        first = self._pending[0]
        note = beside(first.place, TOGETHER)
        with told(first.path):
            try:
                note_before(note, {one.place: one.aside for one in self._pending})
                for one in self._pending:
                    one.aside.replace(one.place)
                keep(*(one.place.parent for one in self._pending))
                note.unlink()
            except BaseException:
                with _told_as_mixed(first.path):
                    put_back(note)
                raise

    def leave(self) -> None:
        """Clear what stands beside the files, and let others write."""
        for file in (*self._streams, *(one.file for one in self._pending)):
            with suppress(OSError, OutputError):  # an error that matters was raised before
                file.close()
        is_noted = bool(self._pending) and beside(self._pending[0].place, TOGETHER).exists()
        for one in self._pending:
            with suppress(OSError):
                one.aside.unlink(missing_ok=True)
                if not is_noted:
                    beside(one.place, BEFORE).unlink(missing_ok=True)
        self._held.close()


@contextmanager
def claimed_file(path: Path, *, patience: float = 0) -> Iterator[None]:
    """Keep a file for this run, which will write it, and try whether it can: before the work, not after it.

    Parameters
    ----------
    path : Path
        The file. Its folder is made.
    patience : float
        Seconds to wait for another run that writes it.

    Raises
    ------
    OutputError
        When another run is writing it, or it cannot be written.
    """
    place = place_of(path)
    if is_stream(place):
        yield
        return
    with folder_for(place.parent, path), locked(path, beside(place, HELD), patience):
        refuse_protected(path, place)
        sweep(place.parent)
        yield


@contextmanager
def claimed_folder(path: Path) -> Iterator[None]:
    """Keep a folder for this run, which will write files to it, as `claimed_file` does a file.

    Raises
    ------
    OutputError
        When another run is writing there, or it cannot be written.
    """
    folder = Path(os.path.realpath(path))
    with folder_for(folder, path), locked(path, folder / HELD, 0):
        sweep(folder)
        yield


def make_folder(path: Path) -> None:
    """Make a folder where it is not there.

    Raises
    ------
    OutputError
        When it cannot be made.
    """
    with told(path):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def _told_as_mixed(path: Path) -> Iterator[None]:
    """Put back what was there before some files; where the disk refuses that too, tell it."""
    try:
        yield
    except OSError as failed:
        raise OutputError(
            f"{path}: the disk fails ({failed.strerror or failed}) while this file and others are put in their places; what was there before is "
            f"kept beside them, and put back by the next run that writes there",
            failed.strerror or str(failed),
        ) from failed


def _confirmed(one: _Pending) -> None:
    """Bring the name of a file to disk, which is in its place already."""
    try:
        keep(one.place.parent)
    except OSError as failed:
        raise OutputError(
            f"{one.path}: is written whole, but the disk does not confirm that it will keep it ({failed.strerror or failed}); look after that "
            f"disk, and write again",
            failed.strerror or str(failed),
        ) from failed


def _finish(one: _Pending) -> None:
    """Bring a file to disk, with the rights of the one whose place it takes."""
    one.file.flush()
    os.fsync(one.file.fileno())
    one.file.close()
    if one.place.exists():
        before = one.place.stat()
        with suppress(PermissionError):  # only the superuser gives files away
            shutil.chown(one.aside, before.st_uid, before.st_gid)
        one.aside.chmod(stat.S_IMODE(before.st_mode))


def write_at(path: Path, data: bytes | memoryview, place: int) -> None:
    """Write behind the first `place` bytes of a file, which is made if it is not there; what stood behind them is gone.

    So a file that grows piece by piece is right after an interruption, if its length up to there was noted elsewhere.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    with told(path), io.BufferedWriter(Written(path, "r+b" if path.exists() else "xb", path)) as file:
        file.truncate(place)
        file.seek(place)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def told_of_scratch() -> Iterator[None]:
    """Let something use the folder for temporary files, as libraries do on their own; that it is full, or fails, is told.

    Raises
    ------
    OutputError
        When it does.
    """
    try:
        yield
    except OSError as failed:
        if failed.errno not in _OF_A_DISK:
            raise
        raise OutputError(
            f"{tempfile.gettempdir()}: the folder for temporary files cannot be written ({failed.strerror}); every output is whole, as it was; make "
            f"room there, or name another folder in the environment variable TMPDIR",
            failed.strerror or str(failed),
        ) from failed


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for what is gone afterwards; raises as `told_of_scratch`."""
    with told_of_scratch(), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def scratch_folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder beside an output, on whose disk there is room for much; it is gone afterwards, and so is what a killed run left of it.

    Raises
    ------
    OutputError
        When another run has it, or it cannot be made.
    """
    place = Path(os.path.realpath(path))
    folder = beside(place, PARTS)
    with locked(path, beside(place, HELD), 0):
        with told(path):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_file(name: str, data: bytes) -> Iterator[Path]:
    """Put some bytes into a file of this name for what reads files only; it is gone afterwards; raises as `told_of_scratch`."""
    with scratch_folder() as folder:
        (folder / name).write_bytes(data)
        yield folder / name


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
            sweep(folder)
            yield
    except Timeout as busy:
        raise error(f"{folder}: another process is writing there; wait for it, or write to another folder") from busy
    except (OSError, OutputError) as failed:
        reason = failed.reason if isinstance(failed, OutputError) else failed.strerror or failed
        raise error(
            f"{folder}: cannot be written ({reason}); what is whole is kept: make room, or give another disk, and the "
            f"same call goes on from there"
        ) from failed


def strangers_in(folder: Path, own: Collection[str]) -> list[str]:
    """Return the names in a folder, in their order, that are neither among `own` nor its lock, nor left by a killed run."""
    names = (path.name for path in folder.iterdir())
    return sorted(name for name in names if name != LOCK and name not in own and not is_ours(name))


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
