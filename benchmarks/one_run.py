"""One timed run of one work of a benchmark, in a process of its own: the child of `against.py`, which says what a work is.

Usage: python one_run.py FILE NAME RESULT      prints the CPU seconds of preparation and work as JSON; RESULT is a path or ""
"""

import importlib
import json
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

WHOLE = "main"


def works(file: Path) -> dict[str, Callable[[object], object]]:
    """Return the works of a benchmark by name; its `main` where it has none."""
    module = _module(file)
    found: dict[str, Callable[[object], object]] = getattr(module, "WORKS", None) or {WHOLE: lambda _: module.main()}
    return found


def _module(file: Path):
    sys.path.insert(0, str(file.parent))
    return importlib.import_module(file.stem)


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those that it has started and waited for."""
    return sum(os.times()[:4])


def timed(file: Path, name: str) -> tuple[dict[str, float], object]:
    """Return the CPU seconds of preparation and work, and the result.

    A work runs once before, on a preparation of its own: compiled code is then loaded, and nothing is left in what the timed one is given.
    """
    work = works(file)[name]
    prepare = getattr(_module(file), "prepare", lambda: None)
    if name != WHOLE:
        work(prepare())
    begin = cpu_seconds()
    prepared = prepare()
    ready = cpu_seconds()
    result = work(prepared)
    return {"prepare": ready - begin, "work": cpu_seconds() - ready}, result


def main(file: str, name: str, path: str) -> None:
    import analysis

    tree = Path(os.environ["PYTHONPATH"])
    assert Path(analysis.__file__).is_relative_to(tree), f"{analysis.__file__} is not of {tree}"
    with redirect_stdout(sys.stderr):  # what a benchmark prints is not the answer
        seconds, result = timed(Path(file), name)
    if path:
        Path(path).write_bytes(pickle.dumps(result))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
