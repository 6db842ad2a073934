"""Which figures no longer show what they would show if they were drawn now, and why."""

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.charts.manifest import MANIFEST, forget_notebook, read_manifest, record_notebook
from analysis.core.errors import FramingError
from analysis.core.loaded_code import code_of
from analysis.lexicons.validated import SUFFIX
from analysis.reproducing.sources import NotebookSource, read_source


def stale_figures(figures: Path, notebooks: Path) -> pd.DataFrame:
    """Return the figures that are out of date.

    Parameters
    ----------
    figures : pathlib.Path
        Folder with figures and their ``manifest.json``.
    notebooks : pathlib.Path
        Folder of the notebooks that draw them.

    Returns
    -------
    pandas.DataFrame
        ``figure`` ("" for all of a notebook that was not drawn yet), ``notebook`` and ``reason``: what changed since, of data, lexicon, code,
        parameters, the notebook and the files. One row a reason; no row where all is up to date.

    Raises
    ------
    FramingError
        When there is no notebook, or one cannot be read.
    """
    paths = sorted(notebooks.glob("*.ipynb"))
    if not paths:
        raise FramingError(
            f"{notebooks}: no notebook there; run this in a checkout of the project, or name a corpus with --corpus"
        )
    manifest = read_manifest(figures)
    code = code_of(sorted({name for entry in manifest["figures"].values() for name in entry["code"]}))
    rows = []
    for source in filter(lambda source: source.figures, map(read_source, paths)):
        drawn = {name: entry for name, entry in manifest["figures"].items() if entry["notebook"] == source.name}
        record = manifest["notebooks"].get(source.name)
        if record is None:
            rows.append(("", source.name, f"never run for {figures / MANIFEST}"))
            continue
        shared = _changed_inputs(source, record)
        for name, entry in drawn.items():
            reasons = [*shared, *_changed_code(entry["code"], code), *_changed_files(figures, name, entry["files"])]
            rows += [(name, source.name, reason) for reason in reasons]
        if not drawn:
            rows += [("", source.name, reason) for reason in shared]
    known = {path.stem for path in paths}
    for name, entry in manifest["figures"].items():
        if entry["notebook"] not in known:
            rows.append(
                (name, entry["notebook"], "its notebook is gone; delete the figure, or bring the notebook back")
            )
    rows += [(name, "", "no notebook draws it; delete its files") for name in _unknown(figures, manifest)]
    return pd.DataFrame(rows, columns=["figure", "notebook", "reason"])


def _unknown(figures: Path, manifest: dict[str, Any]) -> list[str]:
    """Return the names of files in the folder that the manifest does not know."""
    names = {path.stem for path in figures.glob("*.*") if path.is_file() and not path.name.startswith(".")}
    return sorted(names - manifest["figures"].keys() - {Path(MANIFEST).stem})


def begin_run(figures: Path, notebook: Path) -> NotebookSource:
    """Return the notebook as it is now, to be given to `record_run`; until then the manifest has nothing of it.

    What it drew before and draws no more is then not in the manifest, and named as a file that no notebook draws.
    """
    forget_notebook(figures, notebook.stem)
    return read_source(notebook)


def record_run(figures: Path, source: NotebookSource) -> None:
    """Write into the manifest that the figures of a notebook were drawn from it as it was when its run began."""
    entry = {"code": source.code, "parameters": source.parameters, "inputs": source.inputs}
    record_notebook(figures, source.name, entry)


def _changed_inputs(source: NotebookSource, record: dict[str, Any]) -> list[str]:
    reasons = ["the notebook's code changed"] if record["code"] != source.code else []
    for name in sorted(record["parameters"].keys() | source.parameters.keys()):
        before, now = record["parameters"].get(name, "absent"), source.parameters.get(name, "absent")
        if before != now:
            reasons.append(f"parameter {name} changed from {before} to {now}")
    for path in sorted(record["inputs"].keys() & source.inputs.keys()):
        if record["inputs"][path] != source.inputs[path]:
            reasons.append(f"{'lexicon' if 'lexicons' in Path(path).parts else 'data'} changed: {path}")
    for path in sorted(source.inputs.keys() - record["inputs"].keys()):
        if path.endswith(SUFFIX):
            reasons.append(f"the lexicon was validated since: {path}")
    for path in sorted(record["inputs"].keys() - source.inputs.keys()):
        reasons.append(f"{path} is gone")
    return reasons


def _changed_code(before: dict[str, str], now: dict[str, str]) -> list[str]:
    changed = [name for name, value in before.items() if now[name] != value]
    if not changed:
        return []
    rest = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return [
        f"code changed: {', '.join(name if name.startswith('data/') else f'analysis/{name}' for name in changed[:3])}{rest}"
    ]


def _changed_files(figures: Path, name: str, hashes: dict[str, str]) -> list[str]:
    reasons = []
    for suffix, before in hashes.items():
        path = figures / f"{name}.{suffix}"
        if not path.is_file():
            reasons.append(f"{path.name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != before:
            reasons.append(f"{path.name} is not as it was written")
    return reasons
