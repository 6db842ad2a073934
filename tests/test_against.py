"""Speed of this tree beside another commit: equal results are asserted, the ratio is that of CPU time, both run the same benchmark."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
# The work of both commits: so many rounds of a sum that takes some ten milliseconds.
PACKAGE = "def total(n):\n    return [sum(range(300_000)) for _ in range({rounds})][0] + {more}\n"
BENCHMARK = """import analysis

def prepare():
    return 3

def table(n):
    print("not the answer")
    return {"n": n, "totals": [float(analysis.total(n))]}

WORKS = {"sums": table}
"""


@pytest.fixture
def project(tmp_path):
    """Return a project whose package took twelve rounds, and takes four now."""
    shutil.copytree(BENCHMARKS, tmp_path / "benchmarks", ignore=shutil.ignore_patterns("bench_*", "__pycache__"))
    (tmp_path / "benchmarks" / "bench_sums.py").write_text(BENCHMARK)
    (tmp_path / "benchmarks" / "bench_whole.py").write_text("import analysis\ndef main():\n    analysis.total(1)\n")
    (tmp_path / "analysis").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n__pycache__/\n")
    (tmp_path / "analysis" / "__init__.py").write_text(PACKAGE.format(rounds=12, more=0))
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm a"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    (tmp_path / "analysis" / "__init__.py").write_text(PACKAGE.format(rounds=4, more=0))
    return tmp_path


def against(project, *arguments):
    command = [sys.executable, "benchmarks/against.py", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_the_ratio_is_that_of_the_work(project):
    ran = against(project, "HEAD", "benchmarks/bench_sums.py")
    assert ran.returncode == 0, ran.stderr
    said = re.fullmatch(
        r"bench_sums, sums: this tree [\d.]+ s \(.*\), HEAD [\d.]+ s \(.*\), ratio ([\d.]+) \(CPU, median of 5 alternating runs; "
        r"equal results; prepared in 0\.0 s and 0\.0 s\)\n",
        ran.stdout,
    )
    assert said, ran.stdout
    # 12 rounds beside 4 are three times the work; a busy machine disturbs CPU time a little.
    assert 1.5 < float(said[1]) < 6


def test_another_result_is_an_error(project):
    (project / "analysis" / "__init__.py").write_text(PACKAGE.format(rounds=4, more=1_000_000))
    ran = against(project, "HEAD", "benchmarks/bench_sums.py", "sums")
    assert ran.returncode == 1
    assert "bench_sums.py, sums: this tree and HEAD have different results" in ran.stderr
    assert "45000850000.0 and 44999850000.0" in ran.stderr
    assert ran.stdout == ""


def test_a_file_without_works_is_run_whole_and_a_changed_work_tree_is_refused(project):
    ran = against(project, "HEAD", "benchmarks/bench_whole.py")
    assert "bench_whole, main: this tree" in ran.stdout, ran.stderr
    assert "no result to compare" in ran.stdout
    (tree,) = (project / "build" / "against").iterdir()
    (tree / "analysis" / "__init__.py").write_text(PACKAGE.format(rounds=1, more=0))
    again = against(project, "HEAD", "benchmarks/bench_whole.py")
    assert "changed since it was laid out; delete the folder" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["HEAD", "benchmarks/none.py"], "benchmarks/none.py: no such file; name a benchmark"),
        (["HEAD", "benchmarks/bench_sums.py", "sum"], "bench_sums.py has no work 'sum'; it has 'sums'"),
        (["none", "benchmarks/bench_sums.py"], "git rev-parse --verify --short=12 none^{commit}"),
    ],
)
def test_what_cannot_be_run_is_said(project, arguments, message):
    ran = against(project, *arguments)
    assert ran.returncode
    assert message in ran.stderr


FRAME = pd.DataFrame({"a": [0.1, np.nan], "b": ["x", "y"]})


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        (FRAME, FRAME.assign(a=FRAME["a"] * (1 + 1e-15)), True),
        (FRAME, FRAME.assign(a=FRAME["a"] * 1.0001), False),
        (FRAME, FRAME.assign(b=["x", "z"]), False),
        (FRAME["a"], FRAME["b"], False),
        (np.arange(3), np.arange(3), True),
        (np.arange(3), np.arange(3.0), False),
        (np.arange(3.0), np.arange(3.0) * (1 + 1e-15), True),
        ({"a": [1, (2.0, "x")]}, {"a": [1, (2.0 + 1e-15, "x")]}, True),
        ({"a": 1}, {"b": 1}, False),
        ([1, 2], [1], False),
        (1, 1.0, False),
        (None, None, True),
    ],
)
def test_which_results_are_equal(monkeypatch, one, other, are_equal):
    monkeypatch.syspath_prepend(BENCHMARKS)
    difference = importlib.import_module("against").difference
    assert (difference(one, other) == "") == are_equal
