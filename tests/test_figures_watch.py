"""A whole run in a small project: its notebook writes into a copy, and another figure fails the run, though every cell of it passed."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

CELL = """from pathlib import Path
from analysis.charts.manifest import record_figure
folder = Path("../figures")
folder.mkdir(exist_ok=True)
files = {{folder / "a.csv": b"outlet,rate\\nA,{rate}\\n"}}
record_figure(folder, "a", {{"notebook": "01-a"}}, files)"""
REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def project(tmp_path):
    """Return a committed project with this project's watch and the figures a and b of two notebooks."""
    for name in ("notebooks", "data", "figures"):
        (tmp_path / name).mkdir()
    shutil.copy(REPOSITORY / "conftest.py", tmp_path)
    for name in "ab":
        (tmp_path / "figures" / f"{name}.csv").write_text("outlet,rate\nA,0.1\n")
    figures = {name: {"notebook": f"01-{name}"} for name in "ab"}
    (tmp_path / "figures" / "manifest.json").write_text(json.dumps({"figures": figures, "notebooks": {}}))
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm a"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    return tmp_path


def run(project, *codes):
    """Return how a run with a notebook of one cell for each code ended: exit code, last line; no tracked file has changed."""
    for name, code in zip("ab", codes, strict=False):
        cell = nbformat.v4.new_code_cell(code, execution_count=1)
        path = project / "notebooks" / f"01-{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    options = "--nbval --nbval-current-env -q -p no:cacheprovider -p no:xdist --rootdir".split()
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(project)],
        cwd=project, capture_output=True, text=True, env=os.environ | {"PYTEST_ADDOPTS": ""}, check=False,
    )  # fmt: skip
    status = ["git", "status", "--porcelain", "--untracked-files=no"]
    changed = subprocess.run(status, cwd=project, capture_output=True, text=True, check=True).stdout
    assert not changed
    return ran.returncode, ran.stdout.splitlines()[-1]


# Each run takes seconds, so one run shows several faults; the last line names each.
def test_another_last_bit_is_no_other_figure(project):
    returned, said = run(project, CELL.format(rate="0.1000000001"))
    assert returned == 0, said
    assert "passed" in said


def test_the_last_line_says_which_figures_differ_and_what_to_do(project):
    other_number = CELL.format(rate="0.10001")
    other_name = CELL.format(rate="0.1").replace('"a', '"c').replace("01-a", "01-b")
    returned, said = run(project, other_number, other_name)
    assert returned == 1
    assert said == (
        "What failed: 3 figure files (figures/a.csv, row 1, column rate: 0.1 was committed, 0.10001 drawn now, "
        "figures/b: committed, but 01-b draws it no more, figures/c: drawn now, but not among the committed figures). "
        "What to do: run `make figures`, look at the figures, commit them."
    )


def test_the_last_line_names_tests_and_notebooks_that_failed(project):
    (project / "test_a.py").write_text("def test_one():\n    assert False\n")
    returned, said = run(project, "1 / 0")
    assert returned == 1
    assert said == (
        "What failed: 1 test (test_a.py::test_one), 1 notebook cell (notebooks/01-a.ipynb::Cell 0), 1 figure file (figures/a: "
        "committed, but 01-a draws it no more). What to do: `.venv/bin/python -m pytest 'test_a.py::test_one'` runs one alone and says "
        "why; where a notebook shows something else now, run `make notebooks`, look at it, commit it; run `make figures`, look at the "
        "figures, commit them."
    )


def test_a_notebook_that_was_not_run_fails_at_its_first_cell_and_its_others_are_left_out(tmp_path):
    specification = importlib.util.spec_from_file_location("watch", REPOSITORY / "conftest.py")
    watch = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(watch)
    file = SimpleNamespace(path=tmp_path / "01-a.ipynb", stash={})
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), file.path)
    said = r"^01-a\.ipynb: 1 of its 1 code cells were not run; run `make notebooks`"
    with pytest.raises(pytest.fail.Exception, match=said):
        watch._check_that_it_was_run(file)
    with pytest.raises(pytest.skip.Exception, match=said):
        watch._check_that_it_was_run(file)
