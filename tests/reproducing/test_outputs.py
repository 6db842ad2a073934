"""A notebook whose outputs are not those of its code is named in one line, and saving one that was run changes nothing."""

import json

import nbformat
import pytest

from analysis.cli import main
from analysis.core.errors import FramingError
from analysis.reproducing import course
from analysis.reproducing.outputs import RECORD, REMEDY, record_of, unrun_line

WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "5f0c"}, "text/plain": "Workbench"}


def shown(text):
    return nbformat.v4.new_output("execute_result", {"text/plain": text}, execution_count=1)


@pytest.fixture
def notebook():
    """Return a notebook that was run, as `make notebooks` leaves it."""
    cells = [
        nbformat.v4.new_markdown_cell("# A question"),
        nbformat.v4.new_code_cell("chosen = ['weakness']", execution_count=1, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "for name in chosen:\n    show(name)", execution_count=2, outputs=[shown("weakness\n1")]
        ),
        nbformat.v4.new_code_cell("workbench", execution_count=3, outputs=[shown("Workbench")]),
    ]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata[RECORD] = record_of(made)
    return made


@pytest.fixture
def line_of(tmp_path):
    """Return what is said of a notebook once it is saved."""

    def said(notebook):
        path = tmp_path / "01-a.ipynb"
        nbformat.write(notebook, path)
        line = unrun_line(path)
        assert "\n" not in line
        assert not line or (line.startswith("01-a.ipynb: ") and line.endswith(f"; {REMEDY}"))
        return line.removeprefix("01-a.ipynb: ").removesuffix(f"; {REMEDY}")

    return said


def test_a_notebook_that_was_run_is_right(notebook, line_of):
    assert line_of(notebook) == ""


def test_saving_it_in_jupyterlab_changes_nothing(notebook, tmp_path):
    # What JupyterLab changes when it saves: metadata of the kernel and of the run, an empty cell below, widgets, lines, order of keys.
    notebook.metadata.language_info = {"name": "python", "version": "3.13.1"}
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    for cell in notebook.cells[1:]:
        cell.metadata.execution = {"iopub.execute_input": "2026-11-28T05:00:00Z"}
    notebook.cells[3].outputs[0].data = WIDGET
    notebook.cells.append(nbformat.v4.new_code_cell(""))
    for as_lines in (True, False):
        saved = json.loads(nbformat.writes(notebook, split_lines=as_lines))
        path = tmp_path / "01-a.ipynb"
        path.write_text(json.dumps(dict(reversed(saved.items())), indent=4), encoding="utf-8")
        assert unrun_line(path) == ""


def test_prose_is_no_code(notebook, line_of):
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("## Answer"))
    assert line_of(notebook) == ""


@pytest.mark.parametrize("number", [1, 2], ids=["a parameter", "another cell"])
def test_code_that_was_changed_and_not_run(notebook, line_of, number):
    notebook.cells[number].source = notebook.cells[number].source.replace("chosen", "picked")
    assert line_of(notebook) == "its code was changed and not run"


def test_changed_code_that_was_run_in_jupyterlab_is_right(notebook, line_of):
    notebook.cells[1].source = "chosen = ['failure']"
    notebook.cells[2].outputs = [shown("failure\n2")]
    assert line_of(notebook) == ""


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, None, 2], "1 of its 3 code cells were not run"),
        ([None, None, None], "3 of its 3 code cells were not run"),
        ([1, 3, 2], "its cells were not run once each, from the first to the last"),
        ([1, 4, 3], "its cells were not run once each, from the first to the last"),
        ([4, 5, 6], "its cells were not run once each, from the first to the last"),
        ([1, 1, 2], "its cells were not run once each, from the first to the last"),
    ],
)
def test_cells_that_were_not_run_or_out_of_order(notebook, line_of, counts, expected):
    for cell, count in zip(notebook.cells[1:], counts, strict=True):
        cell.execution_count = count
    assert line_of(notebook) == expected


def test_outputs_that_were_cleared(notebook, line_of):
    notebook.cells[2].outputs = []
    assert line_of(notebook) == "outputs are missing, of 1 cell"
    notebook.cells[3].outputs = []
    assert line_of(notebook) == "outputs are missing, of 2 cells"


def test_without_a_record_the_numbers_of_the_run_are_all_there_is(notebook, line_of):
    del notebook.metadata[RECORD]
    notebook.cells[1].source = "chosen = ['failure']"
    assert line_of(notebook) == ""
    notebook.cells[3].execution_count = None
    assert line_of(notebook) == "1 of its 3 code cells were not run"


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text('{"cells": [{"cell_type": "code"}]}', encoding="utf-8")
    with pytest.raises(FramingError, match=r"x\.ipynb: no notebook of format 4 can be read"):
        unrun_line(path)


def test_the_check_of_figures_names_it(notebook, tmp_path, monkeypatch, capsys):
    # It draws nothing, so that no figure is out of date.
    monkeypatch.setattr(course, "_FOLDERS", (tmp_path,))
    nbformat.write(notebook, tmp_path / "00-start.ipynb")
    command = ["figures", "--check", "--out", str(tmp_path / "figures")]
    assert (main(command), capsys.readouterr().out) == (0, "")
    notebook.cells[1].source = "chosen = ['failure']"
    nbformat.write(notebook, tmp_path / "00-start.ipynb")
    assert main(command) == 1
    assert capsys.readouterr().out == f"00-start.ipynb: its code was changed and not run; {REMEDY}\n"
