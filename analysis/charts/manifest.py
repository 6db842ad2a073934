"""The manifest of a folder of figures: what each file is, and from what it was made."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from analysis.core.errors import FramingError
from analysis.core.files import claimed_file, together, write_whole

MANIFEST = "manifest.json"
_PATIENCE = 600.0  # seconds, in which all notebooks that run have written theirs
_EMPTY: dict[str, Any] = {"figures": {}, "notebooks": {}}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of `folder`: ``figures`` and ``notebooks`` by name; both are empty where there is none.

    Raises
    ------
    FramingError
        When the file is no manifest.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {name: {} for name in _EMPTY}
    remedy = "delete it and run `framing figures`, which writes it anew"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise FramingError(f"{path}: no JSON in UTF-8 ({error}); {remedy}") from error
    if not isinstance(found, dict) or set(found) != set(_EMPTY):
        raise FramingError(f"{path}: a manifest has the keys {' and '.join(map(repr, _EMPTY))}; {remedy}")
    return found


def record_figure(folder: Path, name: str, entry: Mapping[str, Any], files: Mapping[Path, bytes]) -> None:
    """Write the files of a figure, and what is known of it into the manifest of their folder in place of what stood there: all, or nothing."""
    # Notebooks run side by side and share the manifest.
    with claimed_file(folder / MANIFEST, patience=_PATIENCE), together() as written:
        for path, data in files.items():
            written.write(path, data)
        written.write(
            folder / MANIFEST, _changed(folder, lambda manifest: manifest["figures"].update({name: dict(entry)}))
        )


def record_notebook(folder: Path, name: str, entry: Mapping[str, Any]) -> None:
    """Write from what a notebook has drawn its figures into the manifest of their folder."""
    _change(folder, lambda manifest: manifest["notebooks"].update({name: dict(entry)}))


def forget_notebook(folder: Path, name: str) -> None:
    """Take a notebook and its figures out of the manifest of their folder; the files stay."""

    def without(manifest: dict[str, Any]) -> None:
        manifest["notebooks"].pop(name, None)
        figures = manifest["figures"].items()
        manifest["figures"] = {figure: entry for figure, entry in figures if entry["notebook"] != name}

    _change(folder, without)


def _change(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    # Notebooks run side by side and share the file.
    with claimed_file(folder / MANIFEST, patience=_PATIENCE):
        write_whole(folder / MANIFEST, _changed(folder, change))


def _changed(folder: Path, change: Callable[[dict[str, Any]], None]) -> bytes:
    manifest = read_manifest(folder)
    change(manifest)
    return (json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")
