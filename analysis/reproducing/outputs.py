"""Whether the outputs that a notebook stores are those of its code, run from the first cell to the last.

Who runs the notebooks (``make notebooks``) leaves in their metadata which code the outputs came from, and a hash of the outputs. JupyterLab keeps
both when it saves. Other code with the same outputs is code that was not run; other code with other outputs was run since.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.reproducing.sources import code_cells, read_notebook, text_of

RECORD = "framing"  # its name in the metadata of a notebook
REMEDY = "run `make notebooks`, or restart its kernel, run all its cells and save it; then look at what it shows now"
# The model of a widget lives in the kernel that made it, under a random id.
_WIDGET = "application/vnd.jupyter.widget-view+json"


def record_of(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a notebook that was just run is to keep in its metadata: its code and outputs by their hashes, and how many cells show something.

    Parameters
    ----------
    notebook : mapping
        A notebook of format 4, as `json` or `nbformat` read it.
    """
    cells = code_cells(notebook)
    outputs = [_shown(cell) for cell in cells]
    return {
        "code": _hash([text_of(cell["source"]) for cell in cells]),
        "outputs": _hash(outputs),
        "n_outputs": sum(map(bool, outputs)),
    }


def unrun_line(path: Path) -> str:
    """Return one line that says why a notebook's outputs are not those of its code, and what to do; "" where they are.

    Raises
    ------
    FramingError
        When the notebook cannot be read.
    """
    reason = _reason(read_notebook(path))
    return f"{path.name}: {reason}; {REMEDY}" if reason else ""


def _reason(notebook: Mapping[str, Any]) -> str:
    # JupyterLab gives an empty cell no number.
    counts = [cell.get("execution_count") for cell in code_cells(notebook) if text_of(cell["source"]).strip()]
    if n_unrun := counts.count(None):
        return f"{n_unrun} of its {len(counts)} code cells were not run"
    if counts != list(range(1, len(counts) + 1)):
        return "its cells were not run once each, from the first to the last"
    before, now = notebook.get("metadata", {}).get(RECORD), record_of(notebook)
    if not before:
        return ""
    if now["code"] == before["code"]:
        n_missing = before["n_outputs"] - now["n_outputs"]
        return f"outputs are missing, of {n_missing} cell{'s' if n_missing > 1 else ''}" if n_missing > 0 else ""
    return "its code was changed and not run" if now["outputs"] == before["outputs"] else ""


def _shown(cell: Mapping[str, Any]) -> list[Any]:
    """Return what a cell shows, without what differs from one way of saving to another: numbers of the run, lines as lists, widgets."""
    found = []
    for output in cell.get("outputs", []):
        data = {kind: text_of(value) for kind, value in output.get("data", {}).items() if kind != _WIDGET}
        found.append([output["output_type"], text_of(output.get("text", "")), output.get("evalue", ""), data])
    return found


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8")).hexdigest()[:12]
