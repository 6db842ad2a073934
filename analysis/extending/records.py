"""Files that only grow: a line is appended whole, after a header that is written once."""

import os
from pathlib import Path


def append_line(path: Path, *, header: str, line: str) -> None:
    """Append `line` to `path` in one write, with `header` before it in a new file.

    An editor that left out the last line break does not make two records one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        file.seek(0, os.SEEK_END)
        before = header
        if file.tell():
            file.seek(-1, os.SEEK_END)
            before = "" if file.read(1) == b"\n" else "\n"
        file.write((before + line).encode("utf-8"))
