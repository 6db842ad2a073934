"""Small notebooks are run: what becomes of each, what it is given, what is left beside it."""

import sys

import nbformat
import pytest

from analysis.core.errors import FramingError
from analysis.reproducing.notebooks import run_notebooks


@pytest.fixture(autouse=True)
def inline_charts(monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a notebook of a parameters cell and further cells, and returns its path."""

    def written(name, parameters, *cells):
        made = [nbformat.v4.new_code_cell(source) for source in (parameters, *cells)]
        made[0].metadata["tags"] = ["parameters"]
        notebook = nbformat.v4.new_notebook(
            cells=made, metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
        )
        path = tmp_path / "notebooks" / name
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return written


def texts(copy):
    cells = nbformat.read(copy, as_version=4).cells
    return [output.get("text", "") for cell in cells for output in cell.get("outputs", []) if "text" in output]


def test_each_notebook_has_its_outcome_in_the_order_given(write, tmp_path):
    slow = write("b.ipynb", "word = 'weak'", "import time", "time.sleep(1)", "print(word)")
    unanswerable = write(
        "a.ipynb",
        "n = 1",
        "from analysis.core.errors import UnanswerableError",
        "raise UnanswerableError('it needs\\ndates')",
    )
    failing = write("c.ipynb", "n = 0", "1 / n", "print('never reached')")
    before = {path: path.read_bytes() for path in (slow, unanswerable, failing)}
    out = tmp_path / "out"

    outcomes = list(run_notebooks([slow, unanswerable, failing], out=out, figures=tmp_path / "figures", parameters={}))

    assert [(outcome.notebook, outcome.copy, outcome.status, outcome.reason) for outcome in outcomes] == [
        (slow, out / "b.ipynb", "done", ""),
        (unanswerable, out / "a.ipynb", "unanswerable", "it needs dates"),
        (failing, out / "c.ipynb", "failed", "cell 2: ZeroDivisionError: division by zero"),
    ]
    # The slow one sleeps for a second, so it cannot have taken less.
    assert outcomes[0].seconds > 1
    assert texts(out / "b.ipynb") == ["weak\n"]
    # The sentence stands in the copy as one line, without calls and without papermill's red marks.
    stopped = nbformat.read(out / "a.ipynb", as_version=4).cells
    assert len(stopped) == 3
    assert stopped[2].outputs[0].traceback == ["cannot be answered: it needs\ndates"]
    assert {path: path.read_bytes() for path in before} == before


def test_a_notebook_gets_the_parameters_that_it_has_and_keeps_the_others(write, tmp_path):
    one = write("one.ipynb", "word = 'weak'\nn = 3", "print(word, n)", "print('figures_folder' in globals())")
    two = write("two.ipynb", "figures_folder = 'mine'\nnames = []", "print(figures_folder, names)")
    given = {"word": "it's “strong”", "unknown": 1, "names": (tmp_path, None)}
    outcomes = list(
        run_notebooks([one, two], out=tmp_path / "out", figures=tmp_path / "figures", parameters=given, jobs=1)
    )
    assert [outcome.status for outcome in outcomes] == ["done", "done"]
    assert texts(outcomes[0].copy) == ["it's “strong” 3\n", "False\n"]
    assert texts(outcomes[1].copy) == [f"{tmp_path / 'figures'} {[str(tmp_path), None]}\n"]
    assert "unknown" not in outcomes[0].copy.read_text()


def test_a_notebook_runs_in_its_own_folder_and_its_figures_are_counted(write, tmp_path):
    chart = "figure = Figure(figsize=(1, 1))\nfigure.subplots()\nfigure"
    path = write(
        "figures.ipynb",
        "n = 1",
        "from pathlib import Path\nfrom matplotlib.figure import Figure",
        "import analysis as fa\nfa.charts.use_in_notebook()",
        chart,
        "print(Path.cwd())",
        chart,
    )
    (outcome,) = run_notebooks([path], out=tmp_path / "out", figures=tmp_path / "figures", parameters={})
    assert (outcome.status, outcome.n_figures) == ("done", 2)
    assert texts(outcome.copy) == [f"{path.parent}\n"]


def test_a_dead_kernel_is_a_failure_and_the_copy_of_an_earlier_run_stays(write, tmp_path):
    path = write("dead.ipynb", "n = 1", "import os\nos._exit(1)")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "dead.ipynb").write_text("a copy of yesterday")
    (outcome,) = run_notebooks([path], out=tmp_path / "out", figures=tmp_path / "figures", parameters={})
    assert (outcome.status, outcome.reason, outcome.n_figures) == (
        "failed", "its Python process died, mostly because the memory was not enough; the copy is that of an earlier run", 0,
    )  # fmt: skip
    assert outcome.copy.read_text() == "a copy of yesterday"
    assert [path.name for path in outcome.copy.parent.iterdir()] == ["dead.ipynb"]


def test_nothing_of_papermill_or_the_kernel_reaches_stderr(write, tmp_path, capfd):
    path = write("quiet.ipynb", "n = 1", "print(n)")
    list(run_notebooks([path], out=tmp_path / "out", figures=tmp_path / "figures", parameters={"n": 2}))
    assert capfd.readouterr() == ("", "")


def test_the_folder_of_the_notebooks_is_refused(write, tmp_path):
    path = write("one.ipynb", "n = 1")
    with pytest.raises(FramingError) as refused:
        run_notebooks([path], out=path.parent, figures=tmp_path / "figures", parameters={})
    assert str(refused.value) == (
        f"{path.parent}: one.ipynb lies there and would be written over; choose another folder"
    )


def test_two_notebooks_of_one_name_are_refused(write, tmp_path):
    path = write("one.ipynb", "n = 1")
    with pytest.raises(FramingError) as refused:
        run_notebooks([path, tmp_path / "one.ipynb"], out=tmp_path / "out", figures=tmp_path, parameters={})
    assert str(refused.value) == "two notebooks have one name; their executed copies would take the same file"


def test_without_papermill_the_extra_is_named(write, tmp_path, monkeypatch):
    path = write("one.ipynb", "n = 1")
    monkeypatch.setitem(sys.modules, "papermill", None)
    with pytest.raises(FramingError) as refused:
        run_notebooks([path], out=tmp_path / "out", figures=tmp_path / "figures", parameters={})
    assert str(refused.value) == (
        "running notebooks needs papermill, which cannot be imported (import of papermill halted; None in sys.modules); "
        "install media-framing-analysis[notebooks]"
    )
