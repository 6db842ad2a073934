"""The first notebook of the course as a researcher meets it: JupyterLab in Chromium, all cells run, the charts are there."""

import shutil
from pathlib import Path

import nbformat
import pytest
from lab import browsing, run_all_cells, serving

from analysis.reproducing.comparison import svg_difference

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOK = "01-where-do-the-words-stand.ipynb"


@pytest.fixture
def folder(tmp_path):
    """Return a folder like the repository, with the notebook as it was before it was ever run."""
    shutil.copytree(REPOSITORY / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(REPOSITORY / "notebooks" / NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, tmp_path / "notebooks" / NOTEBOOK)
    return tmp_path


def test_the_first_notebook_runs_from_start_to_end(folder):
    # JupyterLab keeps only the cells near the view in the page, so the page is made high enough for all of them.
    with browsing() as page, serving(folder) as server:
        page.set_viewport_size({"width": 1500, "height": 8000})
        run_all_cells(page, server, f"notebooks/{NOTEBOOK}")
        n_cells = sum(cell.cell_type == "code" for cell in nbformat.read(folder / "notebooks" / NOTEBOOK, 4).cells)
        # The last number comes when the last cell has ended: until then it is [*].
        last = page.locator(".jp-CodeCell .jp-InputPrompt").get_by_text(f"[{n_cells}]:", exact=True)
        last.wait_for()
        numbers = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        assert numbers == [f"[{number}]:" for number in range(1, n_cells + 1)]
        charts = page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg")
        assert charts.count() == 3
        for chart in charts.all():
            assert chart.bounding_box()["height"] > 100
        assert page.locator("[data-mime-type='application/vnd.jupyter.error'], .jp-mod-error").count() == 0
    names = ("founding-frames-by-outlet", "founding-frames-by-zone")
    for name in names:
        drawn, committed = (place / "figures" / f"{name}.svg" for place in (folder, REPOSITORY))
        assert svg_difference(committed.read_text(encoding="utf-8"), drawn.read_text(encoding="utf-8")) == ""
