"""Where a file belongs that is written, what stands beside it meanwhile, who may write it, and how it is told that it cannot be written.

Beside a file stand ``.NAME.framing-lock``, by which a second writer knows of the first, and ``.NAME.framing-writing``, what is written; where
several files belong together also ``.NAME.framing-before``, the file that was there, and ``.NAME.framing-together``, which says what to put back;
and ``.NAME.framing-parts``, a folder for what a run needs of its own.
At the end all of them are gone; what a killed run left is cleared by the next one that writes there.
"""

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.core.errors import OutputError

OURS = ".framing-"
HELD, WRITING, BEFORE, TOGETHER, PARTS = (
    f"{OURS}{name}" for name in ("lock", "writing", "before", "together", "parts")
)
_LONGEST = 220  # bytes of a name that still fits with what is put around it


class Written(io.FileIO):
    """A file of which a write that fails is told with the path that the user gave, and the size."""

    def __init__(self, path: Path, mode: str, given: Path) -> None:
        self._given, self._n_written = given, 0
        super().__init__(path, mode, opener=lambda name, flags: os.open(name, flags, 0o666))

    def write(self, data: Any, /) -> int:
        """Write what the disk takes of some bytes, and return how many."""
        view = memoryview(data).cast("B")
        with told(self._given, (self._n_written, self._n_written + len(view))):
            n_written = os.write(self.fileno(), view)
        self._n_written += n_written
        return n_written


@contextmanager
def told(path: Path, sizes: tuple[int, int] = (0, 0)) -> Iterator[None]:
    """Tell what the system says as an error of a file; `sizes` are the bytes written and to be written."""
    try:
        yield
    except OSError as failed:
        reason = failed.strerror or str(failed)
        other = Path(os.fsdecode(failed.filename)).name if isinstance(failed.filename, str | bytes) else path.name
        reason += f": {other}" if other not in (path.name, beside(path, WRITING).name) else ""
        at = f", {sizes[0]:,} of {sizes[1]:,} bytes written" if sizes[1] else ""
        left = "what was there before is whole, as it was" if os.path.lexists(path) else "no part of it is left there"
        raise OutputError(f"{path}: cannot be written ({reason}{at}); {left}; {_remedy(failed)}", reason) from failed


def _remedy(failed: OSError) -> str:
    if failed.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "make room there, or write to another disk"
    return "give a path that you may write to"


def place_of(path: Path) -> Path:
    """Return where a file belongs: of a link what it leads to, which is written anew, and the link stays.

    Raises
    ------
    OutputError
        When there is a folder, or the link leads to itself.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise OutputError(f"{path}: is a folder; give the name of a file in it", "is a folder")
    if place.is_symlink():
        raise OutputError(f"{path}: is a link that leads to itself; give another path", "is a link to itself")
    return place


def is_stream(place: Path) -> bool:
    """Return whether something is there that is no file, such as a device or a pipe."""
    return place.exists() and not place.is_file()


def refuse_protected(path: Path, place: Path) -> None:
    """Raise an OutputError where a file is that its owner protects: it could be replaced all the same."""
    if place.exists() and not os.access(place, os.W_OK):
        raise OutputError(
            f"{path}: is protected against writing and stays as it is; write to another path, or lift that", "protected"
        )


def beside(place: Path, suffix: str) -> Path:
    """Return a hidden file beside another."""
    name = place.name
    if len(os.fsencode(name)) > _LONGEST:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return place.with_name(f".{name}{suffix}")


def is_ours(name: str) -> bool:
    """Return whether a file is one that stands beside another only while that is written."""
    return name.startswith(".") and name.endswith((HELD, WRITING, BEFORE, TOGETHER, PARTS))


@contextmanager
def folder_for(folder: Path, path: Path) -> Iterator[None]:
    """Make a folder for a while; it stays if something is in it then."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        with told(path):
            folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for one in new:
            with suppress(OSError):
                one.rmdir()


@contextmanager
def locked(path: Path, lock: Path, patience: float) -> Iterator[None]:
    """Keep other writers out; within one thread, who has the lock may take it again.

    Raises
    ------
    OutputError
        When another writer has it, and does not give it back while one waits.
    """
    held = FileLock(lock, is_singleton=True)
    with told(path):
        try:
            held.acquire(timeout=patience)
        except Timeout as busy:
            raise OutputError(
                f"{path}: another run is writing there; wait for it, or write to another path", "another run is writing"
            ) from busy
    try:
        yield
    finally:
        if held.lock_counter == 1:
            with suppress(OSError):
                lock.unlink()
        held.release()
