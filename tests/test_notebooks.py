"""What strict nbval does not see: notebooks that were not run, hidden outputs, notebooks that grow into programs."""

import ast
import io
import tokenize
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from analysis.reproducing.outputs import unrun_line

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted([*FOLDER.glob("*.ipynb"), *FOLDER.glob("case-study/*.ipynb")])
MAX_CODE_CELLS = 15
MAX_LINES = 10


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def code_cells(request):
    notebook = nbformat.read(request.param, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def python_of(cell):
    """Return the cell's source as plain Python (magics become calls)."""
    return TransformerManager().transform_cell(cell.source)


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_outputs_are_those_of_the_code(path):
    # nbval compares nothing in a cell that was not run.
    assert unrun_line(path) == ""


def test_no_semicolon(code_cells):
    # nbval runs cells without history, so a trailing semicolon hides nothing there and the outputs differ.
    for cell in code_cells:
        operators = [token.string for token in tokenize.generate_tokens(io.StringIO(python_of(cell)).readline)]
        assert ";" not in operators, cell.source


def test_second_code_cell_holds_the_parameters(code_cells):
    tagged = [number for number, cell in enumerate(code_cells, 1) if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == [2]


def test_notebooks_are_thin(code_cells):
    assert len(code_cells) <= MAX_CODE_CELLS
    for cell in code_cells:
        assert len(cell.source.splitlines()) <= MAX_LINES, cell.source
        defined = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        assert not [node for node in ast.walk(ast.parse(python_of(cell))) if isinstance(node, defined)], cell.source


def test_no_output_is_a_warning_or_an_error(code_cells):
    for cell in code_cells:
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", output.text
