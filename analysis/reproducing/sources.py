"""What a notebook's figures depend on, read from its file without running it."""

import ast
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.core.errors import FramingError
from analysis.core.loaded_code import hash_of
from analysis.lexicons.validated import record_path

FIGURES_FOLDER = "figures_folder"  # the parameter that says where figures go; they do not depend on it


@dataclass(frozen=True, slots=True)
class NotebookSource:
    """A notebook as its figures depend on it.

    Attributes
    ----------
    name : str
        File name without suffix.
    code : str
        Hash of its code cells, parameters left out.
    parameters : dict of str to str
        Each parameter as it is written.
    inputs : dict of str to str
        A hash of each file or folder that a parameter names, by its path from the notebook's folder.
    figures : str
        Where its figures go: the parameter ``figures_folder``, from the notebook's folder; "" where it draws none.
    """

    name: str
    code: str
    parameters: dict[str, str]
    inputs: dict[str, str]
    figures: str


def read_source(path: Path) -> NotebookSource:
    """Return what the figures of the notebook at `path` depend on.

    Raises
    ------
    FramingError
        When it cannot be read, or has no cell tagged ``parameters``.
    """
    cells = [(text_of(cell["source"]), cell["metadata"].get("tags", [])) for cell in code_cells(read_notebook(path))]
    tagged = [source for source, tags in cells if "parameters" in tags]
    if len(tagged) != 1:
        raise FramingError(
            f"{path}: {len(tagged)} cells are tagged 'parameters'; tag the one that holds its parameters"
        )
    values = _assigned(tagged[0], path)
    code = "\n\n".join(source for source, tags in cells if "parameters" not in tags)
    parameters = {name: ast.unparse(value) for name, value in values.items() if name != FIGURES_FOLDER}
    inputs = {
        text: hash_of_path(path.parent / text)
        for name, value in values.items()
        if name != FIGURES_FOLDER
        for text in _texts(value)
        if (path.parent / text).exists()
    }
    # What the record of a lexicon says stands under its charts.
    records = [record_path(Path(text)).as_posix() for text in inputs if (path.parent / text).is_file()]
    inputs |= {text: hash_of_path(path.parent / text) for text in records if (path.parent / text).exists()}
    figures = "".join(_texts(values[FIGURES_FOLDER])[:1]) if FIGURES_FOLDER in values else ""
    return NotebookSource(path.stem, hash_of(code.encode("utf-8")), parameters, inputs, figures)


def read_notebook(path: Path) -> dict[str, Any]:
    """Return the notebook at `path` as it stands in its file.

    Raises
    ------
    FramingError
        When it cannot be read, or is no notebook of format 4.
    """
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for cell in code_cells(notebook):
            text_of(cell["source"]), cell["metadata"].get("tags", [])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FramingError(f"{path}: no notebook of format 4 can be read ({error})") from error
    return notebook


def code_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the code cells of a notebook in their order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def text_of(value: Any) -> Any:
    """Return a text of a notebook, which one program writes as one string and another as a list of lines; anything else as it is."""
    return "".join(value) if isinstance(value, list) else value


def hash_of_path(path: Path) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of a file, or of the names and contents of all files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(f"{file.relative_to(path).as_posix()}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as data:
                digest.update(hashlib.file_digest(data, "sha256").digest())
    return digest.hexdigest()[:12]


def _assigned(source: str, path: Path) -> dict[str, ast.expr]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise FramingError(f"{path}, parameters, line {error.lineno}: {error.msg}") from error
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)]
    return {target.id: node.value for node in assignments for target in node.targets if isinstance(target, ast.Name)}


def _texts(value: ast.expr) -> list[str]:
    constants: list[Any] = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return [text for text in constants if isinstance(text, str) and text]
