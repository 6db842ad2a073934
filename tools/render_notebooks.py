"""Run notebooks in place and store their outputs, the same bytes on every run.

Usage: python tools/render_notebooks.py [NOTEBOOK ...]

Without arguments, every notebook of notebooks/; those of notebooks/case-study/ need a corpus that is not part of the
project, and are named. A notebook that fails keeps its old outputs; the exit code is then 1.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from analysis.reproducing.outputs import RECORD, record_of
from analysis.reproducing.sources import read_source
from analysis.reproducing.staleness import begin_run, record_run

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"


def rendered(source: str, folder: Path = FOLDER) -> str:
    """Return the notebook in `source` with fresh outputs and without anything that differs from run to run."""
    notebook = nbformat.reads(source, as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=1800,
        startup_timeout=600,  # on a busy machine a minute is short
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            # The model of a widget lives in the kernel that made it, under a random id.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    notebook.metadata[RECORD] = record_of(notebook)
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    # With MPLBACKEND=Agg the charts would not reach the notebook.
    os.environ.pop("MPLBACKEND", None)
    os.environ["TQDM_DISABLE"] = "1"  # how long something took is no output to keep
    failed = 0
    for path in [Path(name) for name in arguments] or sorted(FOLDER.glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        source = read_source(path)
        figures = path.parent / source.figures
        if source.figures:
            begin_run(figures, path)
        try:
            after = rendered(before, path.resolve().parent)
        except CellExecutionError as error:
            print(f"{path.name}: failed, left as it was\n{error}", file=sys.stderr)
            failed += 1
            continue
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
        if source.figures:
            record_run(figures, source)
        print(f"{path.name}: {'unchanged' if after == before else 'new outputs'}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
