"""The checks of the charts are worth something only if a wrong number makes them fail."""

import copy
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def svgs(notebook):
    return [
        output.data["image/svg+xml"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_wrong_number_in_a_chart_changes_the_svg_that_nbval_compares(tmp_path):
    stored = nbformat.read(NOTEBOOKS / "01-where-do-the-words-stand.ipynb", 4)
    planted = copy.deepcopy(stored)
    cells = [cell for cell in planted.cells if cell.cell_type == "code"]
    for cell in cells:
        cell.source = cell.source.replace('Path("../figures")', f"Path({str(tmp_path)!r})")
        # One rate of one outlet is moved by a hundredth of a hit, after its table was shown.
        cell.source = cell.source.replace(
            "figure = charts.rate_dots(by_outlet,",
            "by_outlet.loc[0, 'rate_per_1000'] += 0.01\nfigure = charts.rate_dots(by_outlet,",
        )
    NotebookClient(
        planted, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}
    ).execute()
    before, after = svgs(stored), svgs(planted)
    assert len(before) == len(after) == 2  # the notebook has two charts
    assert before[0] != after[0]  # the planted one is caught
    assert before[1] == after[1]  # the other is as it was
