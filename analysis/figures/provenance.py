"""Where a figure comes from: corpus, lexicon, code, parameters and notebook, as hashes that tell whether one changed."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import FramingError
from analysis.framing.negation import NEGATORS
from analysis.framing.voices import CUES

_CODE = Path(__file__).resolve().parents[1]
_CODE_SUFFIXES = {".py", ".yml", ".txt", ".npz"}
_PACKAGES = ("matplotlib", "numpy", "pandas")
_NOT_CONTENT = {"source_file", "encoding"}  # where and how an article was stored changes no number
_DIGITS = 12


def provenance(table: pd.DataFrame, name: str, notebooks: Path) -> dict[str, Any]:
    """Return where the figure `name` of `table` comes from, ready for JSON.

    Parameters
    ----------
    table : pandas.DataFrame
        The table that is drawn; its ``attrs`` say lexicon, token rule and parameters, and ``corpus_hash`` where known.
    name : str
        Name of the figure.
    notebooks : pathlib.Path
        Folder in which the notebook that draws the figure is looked for; it may be absent.

    Returns
    -------
    dict
        ``lexicon`` (``name``, ``version``, ``hash``) and ``token_rule``, None where the table names none; ``corpus_hash``, None where
        it is not known; ``parameters``, the other ``attrs``; ``notebook`` as `notebook_of` gives it; ``code_hash``; ``packages``.
    """
    attrs = dict(table.attrs)
    lexicon = {key: attrs.pop(f"lexicon_{key}", None) for key in ("version", "hash")}
    named = attrs.pop("lexicon", None)
    return {
        "lexicon": None if named is None else {"name": named, **lexicon},
        "corpus_hash": attrs.pop("corpus_hash", None),
        "token_rule": attrs.pop("token_rule", None),
        "parameters": _plain(attrs),
        "notebook": notebook_of(name, notebooks),
        "code_hash": hash_of_code(),
        "packages": {package: version(package) for package in _PACKAGES},
    }


def notebook_of(name: str, notebooks: Path) -> dict[str, str] | None:
    """Return the first notebook that saves a figure of this name, or None.

    Returns
    -------
    dict or None
        ``file``; ``parameters``, the source of its cells tagged ``parameters``; ``code_hash`` of its other code cells.

    Raises
    ------
    FramingError
        When a file that ends in .ipynb is no notebook.
    """
    for path in sorted(notebooks.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (ValueError, KeyError, TypeError) as error:
            raise FramingError(f"{path}: not a notebook ({error}); save it again in JupyterLab or remove it") from error
        sources: dict[bool, list[str]] = {True: [], False: []}
        for cell in cells:
            if cell["cell_type"] == "code":
                sources["parameters" in cell["metadata"].get("tags", ())].append("".join(cell["source"]))
        code = "\n".join(sources[False])
        if "save_figure(" in code and (f'"{name}"' in code or f"'{name}'" in code):
            return {"file": path.name, "parameters": "\n".join(sources[True]), "code_hash": _hash([code.encode()])}
    return None


def hash_of_code() -> str:
    """Return a hash of the package's code, its rule files, and the cues and negators that come with it."""
    files = sorted(path for path in _CODE.rglob("*") if path.suffix in _CODE_SUFFIXES)
    named = {path.relative_to(_CODE).as_posix(): path for path in files} | {path.name: path for path in (CUES, NEGATORS)}
    return _hash(part for name, path in named.items() for part in (name.encode(), path.read_bytes()))


def hash_of_articles(articles: pd.DataFrame) -> str:
    """Return a hash of all that ARTICLES hold, in their order, but for the file they were read from."""
    columns = sorted(name for name in articles.columns if name not in _NOT_CONTENT)
    cells = (text for name in columns for text in (name, *articles[name].astype("str").fillna("")))
    return _hash(text.encode("utf-8", "surrogatepass") for text in cells)


def _hash(parts: Iterable[bytes]) -> str:
    """Return the first digits of SHA-256 over parts, each after its length, so that no two lists of parts run together."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()[:_DIGITS]


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it; what is neither number, text, list nor mapping becomes its text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, pd.DataFrame):
        return _plain(value.to_dict("list"))
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas Series and Index
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value != value:
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
