"""How fast this tree is beside another commit: one benchmark on both, in alternating child processes, in CPU time.

Usage: python benchmarks/against.py REV FILE [NAME ...]      such as 3c45ae2 benchmarks/bench_encoding.py

FILE is the benchmark of this tree; both sides run it, each with the package of its own tree. It may have

    WORKS     a dict of functions by name: each is given what `prepare` returns, does the work, and returns its result
    prepare   a function that returns what the works need, such as the corpus

Then each NAME (all without one) is a ratio. A file without WORKS is run whole, and the time of its `main` compared, with the time of
its peers in it. Results are compared, numbers to nine digits, and another result is an error; None is no result.

The work tree of the other commit lies in build/against/, where it stays with its compiled code until `make clean`. Both sides have the same
Python, packages, shared data and environment. A first pair of runs compiles and compares; five pairs are measured, in turn one side and the
other first. The time is that of the child and of all that it starts; medians are compared.
"""

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from measure import RUNS

ROOT = Path(__file__).resolve().parents[1]
CLOSE = {"rtol": 1e-9, "atol": 1e-12}


@dataclass(frozen=True)
class Side:
    """One of the two trees."""

    name: str
    tree: Path

    def run(self, file: Path, work: str, result: Path | None = None) -> dict[str, float]:
        """Return the CPU seconds of preparation and work in a child process; its result is pickled where a path is given."""
        command = [sys.executable, str(Path(__file__).with_name("one_run.py")), str(file), work, str(result or "")]
        shared = os.environ.get("FRAMING_SHARED") or str(ROOT.parent / "shared" / "data")
        environment = os.environ | {"PYTHONPATH": str(self.tree), "FRAMING_SHARED": shared}
        ran = subprocess.run(command, env=environment, cwd=self.tree, stdout=subprocess.PIPE, text=True, check=False)
        if ran.returncode:
            sys.exit(f"{file.name}, {work}: failed on {self.name} ({self.tree}); what it said stands above")
        seconds: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
        return seconds


def work_tree(revision: str, root: Path = ROOT) -> Side:
    """Return the side of another commit, whose work tree is laid out where it is not yet."""

    def git(*arguments: str) -> str:
        ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        if ran.returncode:
            sys.exit(f"git {' '.join(arguments)}: {ran.stderr.strip()}")
        return ran.stdout.strip()

    commit = git("rev-parse", "--verify", "--short=12", f"{revision}^{{commit}}")
    tree = root / "build" / "against" / commit
    if not (tree / ".git").exists():
        git("worktree", "add", "--force", "--detach", str(tree), commit)
    if git("-C", str(tree), "status", "--porcelain", "--untracked-files=no"):
        sys.exit(f"{tree}: changed since it was laid out; delete the folder, and it is laid out anew")
    return Side(revision, tree)


def difference(ours: object, theirs: object) -> str:
    """Return where two results differ, "" where they are equal; floating-point numbers to nine digits."""
    try:
        _assert_equal(ours, theirs)
    except AssertionError as error:
        return str(error).strip() or f"{ours!r} is not {theirs!r}"
    return ""


def _assert_equal(ours: object, theirs: object) -> None:
    if isinstance(ours, pd.DataFrame) and isinstance(theirs, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, theirs, **CLOSE)
    elif isinstance(ours, pd.Series) and isinstance(theirs, pd.Series):
        pd.testing.assert_series_equal(ours, theirs, **CLOSE)
    elif isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray) and ours.dtype.kind in "fc":
        np.testing.assert_allclose(ours, theirs, strict=True, **CLOSE)
    elif isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        np.testing.assert_array_equal(ours, theirs, strict=True)
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        assert list(ours) == list(theirs), f"keys {list(ours)} and {list(theirs)}"
        for key in ours:
            _assert_equal(ours[key], theirs[key])
    elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        assert len(ours) == len(theirs), f"{len(ours)} and {len(theirs)} elements"
        for one, other in zip(ours, theirs, strict=True):
            _assert_equal(one, other)
    elif isinstance(ours, float) and isinstance(theirs, float):
        assert np.isclose(ours, theirs, equal_nan=True, **CLOSE), f"{ours!r} and {theirs!r}"
    else:
        assert type(ours) is type(theirs) and ours == theirs, f"{ours!r} and {theirs!r}"


def compared(file: Path, work: str, sides: tuple[Side, Side]) -> str:
    """Return one line: the medians of both sides in CPU seconds, and how many times faster the first is."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "ours", Path(folder) / "theirs"]
        for side, path in zip(sides, paths, strict=True):
            side.run(file, work, path)
        results = [pickle.loads(path.read_bytes()) for path in paths]
    if found := difference(*results):
        sys.exit(f"{file.name}, {work}: {sides[0].name} and {sides[1].name} have different results\n{found}")
    runs: dict[Side, list[dict[str, float]]] = {side: [] for side in sides}
    for number in range(RUNS):
        for side in sides if number % 2 == 0 else sides[::-1]:
            runs[side].append(side.run(file, work))
    said, medians = [], []
    for side, times in runs.items():
        seconds = [run["work"] for run in times]
        medians.append(statistics.median(seconds))
        said.append(f"{side.name} {medians[-1]:.3f} s ({min(seconds):.3f} to {max(seconds):.3f})")
    prepared = " and ".join(f"{statistics.median(run['prepare'] for run in times):.1f} s" for times in runs.values())
    return (
        f"{file.stem}, {work}: {', '.join(said)}, ratio {medians[1] / medians[0]:.2f} (CPU, median of {RUNS} alternating runs; "
        f"{'no result to compare' if results[0] is None else 'equal results'}; prepared in {prepared})"
    )


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("revision", metavar="REV", help="the other commit")
    parser.add_argument("file", metavar="FILE", type=Path, help="a benchmark of this tree")
    parser.add_argument("names", metavar="NAME", nargs="*", help="works of the file; all without one")
    chosen = parser.parse_args(arguments)
    file = chosen.file.resolve()
    if not file.is_file():
        parser.error(f"{chosen.file}: no such file; name a benchmark, such as benchmarks/bench_encoding.py")
    sides = (Side("this tree", ROOT), work_tree(chosen.revision))
    known = _works(file)
    for name in chosen.names or known:
        if name not in known:
            parser.error(f"{file.name} has no work {name!r}; it has {', '.join(map(repr, known))}")
        print(compared(file, name, sides), flush=True)


def _works(file: Path) -> list[str]:
    """Return the names of the works of a benchmark, as this tree knows them."""
    from one_run import works

    return list(works(file))


if __name__ == "__main__":
    main(sys.argv[1:])
