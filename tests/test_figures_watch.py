"""A whole run in a small project: its notebook writes into a copy, and another figure fails the run, though every cell of it passed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

CELL = """from pathlib import Path
from analysis.charts.manifest import record_figure
folder = Path("../figures")
folder.mkdir(exist_ok=True)
(folder / "a.csv").write_text("outlet,rate\\nA,{rate}\\n")
record_figure(folder, "a", {{"notebook": "01-a"}})"""
REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def project(tmp_path):
    """Return a committed project with this project's watch, one notebook and its figure."""
    for name in ("notebooks", "data", "figures"):
        (tmp_path / name).mkdir()
    shutil.copy(REPOSITORY / "conftest.py", tmp_path)
    (tmp_path / "figures" / "a.csv").write_text("outlet,rate\nA,0.1\n")
    (tmp_path / "figures" / "manifest.json").write_text('{"figures": {"a": {"notebook": "01-a"}}, "notebooks": {}}')
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm a"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    return tmp_path


def run(project, code, *more, count=1):
    """Return how a run with a notebook of one cell ended: exit code, last line, and what git says of tracked files."""
    cell = nbformat.v4.new_code_cell(code, execution_count=count)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), project / "notebooks" / "01-a.ipynb")
    options = "--nbval --nbval-current-env -q -p no:cacheprovider -p no:xdist --rootdir".split()
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(project), "notebooks", *more],
        cwd=project, capture_output=True, text=True, env=os.environ | {"PYTEST_ADDOPTS": ""}, check=False,
    )  # fmt: skip
    status = ["git", "status", "--porcelain", "--untracked-files=no"]
    changed = subprocess.run(status, cwd=project, capture_output=True, text=True, check=True).stdout
    assert not changed
    return ran.returncode, ran.stdout.splitlines()[-1]


FIGURES = "What to do: run `make figures`, look at the figures, commit them."


@pytest.mark.parametrize(
    ("code", "last"),
    [
        (CELL.format(rate="0.1000000001"), ""),  # another last bit
        (
            CELL.format(rate="0.10001"),
            "What failed: 1 figure file (figures/a.csv, row 1, column rate: 0.1 was committed, 0.10001 drawn now). " + FIGURES,
        ),
        (
            CELL.format(rate="0.1").replace('"a', '"b'),
            "What failed: 2 figure files (figures/a: committed, but 01-a draws it no more, "
            "figures/b: drawn now, but not among the committed figures). " + FIGURES,
        ),
        (
            "1 / 0",
            "What failed: 1 notebook cell (notebooks/01-a.ipynb::Cell 0), 1 figure file (figures/a: committed, but 01-a draws it no "
            "more). What to do: where a notebook shows something else now, run `make notebooks`, look at it, commit it; run "
            "`make figures`, look at the figures, commit them.",
        ),
    ],
    ids=["the same", "another number", "missing and new", "an error"],
)  # fmt: skip
def test_the_last_line_says_which_figure_differs_and_what_to_do(project, code, last):
    returned, said = run(project, code)
    assert (returned, said if last else "") == (int(bool(last)), last), said
    assert ("passed" in said) == (not last)


def test_a_notebook_that_was_not_run_fails_at_its_first_cell(project):
    assert run(project, "1 / 0", count=None) == (
        1,
        "What failed: 1 notebook cell (notebooks/01-a.ipynb::Cell 0). What to do: where a notebook shows something else now, run "
        "`make notebooks`, look at it, commit it.",
    )


def test_the_last_line_names_the_tests_that_failed(project):
    (project / "test_a.py").write_text("def test_one():\n    assert False\n")
    returned, said = run(project, "1", "test_a.py", "--deselect", "notebooks")
    assert returned == 1
    assert said == (
        "What failed: 1 test (test_a.py::test_one). "
        "What to do: `.venv/bin/python -m pytest 'test_a.py::test_one'` runs one alone and says why."
    )
