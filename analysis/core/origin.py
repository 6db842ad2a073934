"""Where a figure comes from: the corpus, the lexicon, the choices and the code behind its table."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.core.shipped import shipped

_PACKAGE = Path(__file__).resolve().parents[1]
_LEXICONS = ("data/lexicons/cues.yml", "data/lexicons/negators.yml")
_ORIGIN: tuple[str, ...] = ("corpus_hash", "lexicon", "lexicon_version", "lexicon_hash")


def loaded_code() -> dict[str, str]:
    """Return a hash for each module of this package that the running program has loaded, and for each file of data that modules read.

    Modules and the package's own files are named by their path from the package, the lexicons by which voices and negation are read by that
    from the project. Line ends do not count, so that a checkout on Windows has the same hashes.
    """
    files = [getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if _is_ours(name)]
    modules = [Path(file).resolve().relative_to(_PACKAGE).as_posix() for file in files if file]
    return code_of(sorted({*modules, *_data_files(), *_LEXICONS}))


def code_of(names: list[str]) -> dict[str, str]:
    """Return the present hash of each file that `loaded_code` names; "" for one that is gone."""
    paths = {name: shipped(Path(name).name) if name in _LEXICONS else _PACKAGE / name for name in names}
    return {name: hash_of(_without_carriage(path)) if path.is_file() else "" for name, path in paths.items()}


def _data_files() -> list[str]:
    """Return the word lists and tables that lie among the modules; the notebooks of a wheel are none."""
    found = [path.relative_to(_PACKAGE) for pattern in ("*.txt", "*.yml", "*.npz") for path in _PACKAGE.rglob(pattern)]
    return [path.as_posix() for path in found if path.parts[0] not in ("data", "notebooks")]


def hash_of(data: bytes) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()[:12]


def provenance(table: pd.DataFrame, *, code: dict[str, str], notebook: str) -> dict[str, Any]:
    """Return what a figure's metadata say of its origin, ready for JSON.

    Parameters
    ----------
    table : pandas.DataFrame
        The table that the figure shows; its ``attrs`` name corpus, lexicon and every choice that changed a number.
    code : dict of str to str
        What `loaded_code` returns; one hash of all of it is kept.
    notebook : str
        The notebook that drew the figure, "" for none.
    """
    chosen = {str(name): _plain(value) for name, value in sorted(table.attrs.items(), key=lambda item: str(item[0]))}
    origin = {name: chosen.pop(name) for name in _ORIGIN if name in chosen}
    code_hash = hash_of(json.dumps(code, sort_keys=True).encode("utf-8"))
    return {**origin, "code_hash": code_hash, "notebook": notebook, "parameters": chosen}


def _is_ours(name: str) -> bool:
    package = __name__.partition(".")[0]
    return name == package or name.startswith(f"{package}.")


def _without_carriage(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold; what it cannot is written as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
