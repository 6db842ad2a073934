"""A test run in which a notebook writes another figure than the committed one fails, though every test of it passed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WRITES = """from pathlib import Path

def test_writes():
    (Path(__file__).parents[1] / "figures" / "a.csv").write_text({text!r})
"""


@pytest.mark.parametrize(("text", "code"), [("rate\n0.1\n", 0), ("rate\n0.10001\n", 1)], ids=["the same", "another"])
def test_a_figure_that_is_not_as_it_was_fails_the_run(tmp_path, text, code):
    for name in ("tests", "figures"):
        (tmp_path / name).mkdir()
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path / "tests")
    (tmp_path / "figures" / "a.csv").write_text("rate\n0.1\n")
    (tmp_path / "tests" / "test_notebook.py").write_text(WRITES.format(text=text))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "tests"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"PYTEST_ADDOPTS": ""})
    assert "1 passed" in ran.stdout
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert ("a.csv: the notebooks draw them otherwise now; run `make figures`" in ran.stdout) == bool(code)
