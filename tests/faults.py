"""Calls that write to disk, of which every n-th fails or is the last one of its process: the shim, and how a command runs under it.

As SQLite does: a call is counted, run n lets call n fail, and so on until a run has fewer calls. A run is a fork of this process, which has
the code loaded, and what a command computes before it writes can be remembered (`Remembered`), so that a run takes some hundredths of a second.
"""

import errno
import gc
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from analysis.core.errors import FramingError
from analysis.core.files import claimed_folder
from analysis.core.places import is_ours

COUNTED = ("open", "write", "fsync", "replace", "rename", "link", "mkdir", "unlink")
FAILING = ("EIO", "ENOSPC", "EDQUOT")
KILL = "kill"
PATIENCE = 60  # seconds; a run that takes longer hangs


class Fault(NamedTuple):
    """What befalls a run: at which call, what, and whether every later call fails too; `room` is how many bytes the disk takes."""

    at: int = 0
    kind: str = ""
    lasts: bool = False
    room: int | None = None


class Run(NamedTuple):
    """What became of a run: how it ended (None where it was killed), what it said, its calls and bytes, and what it did before."""

    code: int | None
    said: str
    n_calls: int
    n_bytes: int
    n_remembered: int


class Remembered:
    """Functions that are called once, in the first run; the others are given what they returned, in the order of the calls."""

    def __init__(self, functions: dict[object, Collection[str]]) -> None:
        self.functions, self.results, self.n_calls = functions, [], 0

    def recording(self, patch: Callable[[object, str, object], None]) -> None:
        """Let the functions note what they return."""

        def noting(function):
            def called(*args, **options):
                made = function(*args, **options)
                self.results.append(made)
                return made

            return called

        self._each(patch, noting)

    def replaying(self) -> None:
        """Let the functions return what was noted; for a process that ends with the run."""

        def returning(_):
            def called(*_, **__):
                self.n_calls += 1
                return self.results[self.n_calls - 1]

            return called

        self._each(setattr, returning)

    def _each(self, patch, made_of):
        for module, names in self.functions.items():
            for name in names:
                patch(module, name, made_of(getattr(module, name)))


class _Disk:
    """The calls of `os` that write, counted, with one fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault, self.n_calls, self.n_bytes = fault, 0, 0
        self.real = {name: getattr(os, name) for name in COUNTED}

    def patch(self) -> None:
        for name in COUNTED:
            setattr(os, name, getattr(self, f"_{name}", self._counted(name)))

    def _befalls(self) -> bool:
        self.n_calls += 1
        return self.n_calls == self.fault.at or (self.fault.lasts and 0 < self.fault.at < self.n_calls)

    def _strike(self) -> None:
        if self.fault.kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self.fault.kind)
        raise OSError(number, os.strerror(number))

    def _counted(self, name: str):
        def call(*args, **options):
            if self._befalls():
                self._strike()
            return self.real[name](*args, **options)

        return call

    def _open(self, path, flags, *args, **options):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and self._befalls():
            self._strike()
        return self.real["open"](path, flags, *args, **options)

    def _write(self, handle, data):
        befalls = self._befalls()
        left = None if self.fault.room is None else max(0, self.fault.room - self.n_bytes)
        if befalls:
            self.real["write"](handle, bytes(data)[: len(data) // 2])  # as a disk does that is full in the middle of it
            self._strike()
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        n_bytes = self.real["write"](handle, data if left is None else data[:left])
        self.n_bytes += n_bytes
        return n_bytes


def run(folder: Path, work: Callable[[], int], fault: Fault, remembered: Remembered) -> Run:
    """Do some work in a folder, in a process of its own, under a fault.

    Raises
    ------
    AssertionError
        When it ends in another error than one of ours, or does not end.
    """
    source, sink = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _work(folder, work, _Disk(fault), sink, remembered)
    os.close(sink)
    with os.fdopen(source, "rb") as told:
        said = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGKILL:
        return Run(None, "", 0, 0, 0)
    assert status == 0, f"ended by signal {-status}: {fault}"
    found = Run(*json.loads(said))
    assert found.code != -1, f"{fault}: {found.said}"
    return found


def _work(folder: Path, work: Callable[[], int], disk: _Disk, sink: int, remembered: Remembered) -> None:
    """Do the work of a child, tell what became of it, and end the process."""
    signal.alarm(PATIENCE)
    gc.disable()  # so that memory that is shared with the parent stays so
    remembered.replaying()
    os.chdir(folder)
    tempfile.tempdir = str(folder / "tmp")
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    disk.patch()
    try:
        code, said = work(), ""
    except (FramingError, OSError) as error:
        code, said = 2, str(error)
    except BaseException:
        code, said = -1, traceback.format_exc()
    result = [code, said or sys.stderr.getvalue(), disk.n_calls, disk.n_bytes, remembered.n_calls]
    disk.real["write"](sink, json.dumps(result).encode())
    os._exit(0)


class Case(NamedTuple):
    """A piece of work that writes.

    Attributes
    ----------
    work : callable
        What is done in the folder of a run; it returns the exit code.
    unit : {"all", "line", "each", "grows"}
        Whether its files are replaced together; as that, with a line that a second run would add again; one by one; or grow in a folder, where
        an unfinished one is refused and gone on with.
    refuses : callable
        Of a folder that grows: what opens it, and raises a FramingError where it is unfinished.
    computes : tuple of str
        Functions that write themselves, so that what they return cannot be remembered.
    """

    work: Callable[[], int]
    unit: str = "all"
    refuses: Callable[[Path], object] | None = None
    computes: tuple[str, ...] = ()


class Sweep:
    """A case under one fault after another, each in a copy of one folder with ``out/`` in it, and then once more without a fault."""

    def __init__(self, case: Case, base: Path, room: Path, remembered: Remembered) -> None:
        self.case, self.base, self.room, self.remembered = case, base, room, remembered
        self.old = finals(base / "out")
        room.mkdir()
        folder = self._copy()
        self.clean = self._run(folder, Fault())
        assert self.clean.code == 0, self.clean.said
        self.new = finals(folder / "out")
        assert self.new != self.old
        self.wrong: list[str] = []
        self.n_faults = 0
        gc.freeze()

    def _copy(self) -> Path:
        folder = self.room / "run"  # always the same, as some outputs name their place
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder)
        (folder / "tmp").mkdir()
        return folder

    def _run(self, folder: Path, fault: Fault) -> Run:
        return run(folder, self.case.work, fault, self.remembered)

    def suffer(self, fault: Fault, *, again: bool = True) -> Run:
        """Let a fault befall the work, look at what is there then, and do the work once more."""
        self.n_faults += 1
        folder = self._copy()
        ended = self._run(folder, fault)
        out = folder / "out"
        self._look(fault, ended, out)
        if again and not (self.case.unit == "line" and finals(out) == self.new):
            is_done = (
                finals(out) == self.new
            )  # killed when all was in place; what writes to a new place only says so then
            repeated = self._run(folder, Fault())
            if finals(out) != self.new or not (repeated.code == 0 or is_done):
                self.wrong.append(f"{fault}: the next run: {repeated.code} {repeated.said}, {sorted(finals(out))}")
            left = [path.name for path in out.rglob("*") if is_ours(path.name)]
            if left:
                self.wrong.append(f"{fault}: the next run left {left}")
        return ended

    def _look(self, fault: Fault, ended: Run, out: Path) -> None:
        found = finals(out)
        torn = [name for name, data in found.items() if data not in (self.old.get(name), self.new.get(name))]
        lost = [name for name in self.old if name not in found]
        if self.case.unit == "grows":
            self._look_at_growing(fault, found, out)
        elif torn or lost:
            self.wrong.append(f"{fault}: damaged {torn}, lost {lost}")
        if ended.code is not None and ended.code != 0 and not any(word in ended.said for word in _WHAT_IS_SAID):
            self.wrong.append(f"{fault}: does not say what is whole: {ended.said}")
        if self.case.unit in ("all", "line") and out.exists():
            for folder in [out, *(path for path in out.rglob("*") if path.is_dir())]:
                with claimed_folder(folder):  # as the next command that writes there does
                    found = finals(out)
            is_new = found == self.new
            if not is_new and found != self.old:
                self.wrong.append(f"{fault}: a mix of old and new: {sorted(found)}")
            if ended.code == 0 and not is_new:
                self.wrong.append(f"{fault}: ended well, without all files")

    def _look_at_growing(self, fault: Fault, found: dict[str, bytes], out: Path) -> None:
        assert self.case.refuses is not None
        if found != self.new:
            try:
                self.case.refuses(out)
            except FramingError:
                return
            self.wrong.append(f"{fault}: opened, though it is unfinished: {sorted(found)}")


_WHAT_IS_SAID = (
    "whole",
    "no part of it is left",
    "is kept",
    "put back",
    "nothing was saved",
    "lie there",
    "what has come is kept",
)


def finals(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder that are no others' business than the user's: what is hidden, or a download that goes on, is left out."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".part", ".of")]
    parts = {path: path.relative_to(folder).parts for path in paths}
    return {
        "/".join(parts[path]): path.read_bytes() for path in paths if not any(part[0] == "." for part in parts[path])
    }
