"""Files that are put in their places all or none: noted before the first one moves, so that what was there can be put back after a kill too."""

import errno
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.core.places import BEFORE, HELD, OURS, PARTS, TOGETHER, Written, beside, is_ours

_NEVER_KEPT = (errno.EINVAL, errno.ENOTSUP)  # of a file system that cannot be told to keep a folder


def sweep(folder: Path) -> None:
    """Clear what killed runs left in a folder; what belongs to a run that goes on is locked, and stays."""
    names = sorted(path.name for path in folder.iterdir() if is_ours(path.name))
    # What is noted is put back first, for which what was there before is needed.
    for name in sorted(names, key=lambda name: not name.endswith(TOGETHER)):
        stem = name.rpartition(OURS)[0]
        lock = folder / f"{stem}{HELD}"
        with suppress(OSError, Timeout), FileLock(lock, timeout=0):
            put_back(folder / f"{stem}{TOGETHER}")
            if name.endswith(PARTS):
                shutil.rmtree(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
            lock.unlink(missing_ok=True)


def keep(*folders: Path) -> None:
    """Bring the names in some folders to disk, where the system can be told so."""
    for folder in dict.fromkeys(folders):
        if os.name == "nt":
            return
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        except OSError as failed:
            if failed.errno not in _NEVER_KEPT:
                raise
        finally:
            os.close(opened)


def note_before(note: Path, asides: Mapping[Path, Path]) -> None:
    """Write down how to put back what is in some places, and keep it for that; `asides` are the files that will take the places."""
    noted = []
    for place, aside in asides.items():
        before = beside(place, BEFORE)
        before.unlink(missing_ok=True)
        if place.exists():
            _linked(place, before)
        noted.append([os.path.relpath(place, note.parent), place.exists(), *_state(aside)])
    note.unlink(missing_ok=True)
    with Written(note, "xb", note) as file:
        file.write(json.dumps(noted).encode())
        os.fsync(file.fileno())
    keep(note.parent, *(place.parent for place in asides))


def _linked(path: Path, other: Path) -> None:
    """Give a file a second name; where the disk knows no such thing, copy it."""
    try:
        other.hardlink_to(path)
    except OSError:
        shutil.copy2(path, other)


def _state(path: Path) -> list[int]:
    """Return by what a file is known that was put in its place; nothing where it is gone."""
    with suppress(FileNotFoundError):
        found = path.stat()
        return [found.st_ino, found.st_mtime_ns]
    return []


def put_back(note: Path) -> None:
    """Put back what was there before files of which not all were put in place; a file that was changed since stays as it is."""
    if not note.exists():
        return
    noted: list[list[Any]] = []
    with suppress(ValueError):  # killed while it was noted, so nothing was put in place
        noted = json.loads(note.read_bytes())
    for name, was_there, *state in noted:
        place = note.parent / name
        before = beside(place, BEFORE)
        if _state(place) == state and not was_there:
            place.unlink()
        elif _state(place) == state and before.exists():
            before.replace(place)
        before.unlink(missing_ok=True)
    note.unlink(missing_ok=True)
