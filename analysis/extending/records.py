"""Files that only grow: a line is appended whole, after a header that is written once."""

from pathlib import Path

from analysis.core.files import claimed_file, write_whole

_PATIENCE = 60.0  # seconds; somebody else's line takes a moment


def append_line(path: Path, *, header: str, line: str) -> None:
    """Append `line` to `path`, whole or not at all, with `header` before it in a new file.

    An editor that left out the last line break does not make two records one.
    """
    with claimed_file(path, patience=_PATIENCE):
        before = path.read_bytes() if path.exists() else b""
        between = "" if before.endswith(b"\n") else "\n" if before else header
        write_whole(path, before + (between + line).encode("utf-8"))
