"""What a command writes to: kept for it, and tried, before the work begins; never one of the files that it reads."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.core.errors import FramingError
from analysis.core.files import claimed_file, claimed_folder


@contextmanager
def output_file(out: Path, *, reads: Iterable[Path | None]) -> Iterator[None]:
    """Keep a file for a command that will write it.

    Parameters
    ----------
    out : Path
        The file; a folder of it that is new is made, and told.
    reads : iterable of Path or None
        What the command reads; None where it was not given.

    Raises
    ------
    FramingError
        When it is one of the files that are read, or lies among them.
    OutputError
        When it cannot be written, or another run is writing it.
    """
    for path in filter(None, reads):
        refuse_read(out, path)
    is_new = not out.parent.exists()
    with claimed_file(out):
        if is_new:
            sys.stderr.write(f"framing: the folder {out.parent} is new\n")
        yield


@contextmanager
def output_folder(out: Path, *, reads: Iterable[Path | None]) -> Iterator[None]:
    """Keep a folder for a command that will write files to it; see `output_file`."""
    for path in filter(None, reads):
        refuse_read(out, path)
    with claimed_folder(out):
        yield


def refuse_read(out: Path, read: Path) -> None:
    """Raise where what is to be written is read too: it would be lost, or be taken for an article the next time."""
    if not out.exists() or not read.exists():
        return
    if out.samefile(read):
        raise FramingError(f"--out {out}: is what is read, and would be lost; write to another path")
    if read.is_dir() and out.resolve().is_relative_to(read.resolve()):
        raise FramingError(
            f"--out {out}: lies in {read}, so it would be read with what is there; move it, or write to another folder"
        )
