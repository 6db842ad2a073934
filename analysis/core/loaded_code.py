"""The code behind a figure, as one hash for each module that was loaded and each file of data that modules read."""

import ast
import hashlib
import json
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from analysis.core.errors import OutputError
from analysis.core.files import write_whole
from analysis.core.shipped import shipped

_PACKAGE = Path(__file__).resolve().parents[1]
_RULES = Path(__file__).read_bytes()
_LEXICONS = ("data/lexicons/cues.yml", "data/lexicons/negators.yml")
_DATA = (".txt", ".yml", ".toml", ".csv", ".tsv", ".npz")
_HAS_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def loaded_code() -> dict[str, str]:
    """Return a hash for each module of this package that the running program has loaded, and for each file of data that they may read.

    Modules and the package's own files are named by their path from the package, the lexicons by which voices and negation are read by that
    from the project. A file of data counts where a module of its folder, or of one above, is loaded.
    """
    files = [getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if _is_ours(name)]
    modules = {Path(file).resolve().relative_to(_PACKAGE) for file in files if file}
    folders = {module.parent for module in modules} - {Path()}
    data = {
        path.relative_to(_PACKAGE)
        for folder in folders
        for path in (_PACKAGE / folder).rglob("*")
        if path.suffix in _DATA
    }
    return code_of(sorted({*(path.as_posix() for path in modules | data), *_LEXICONS}))


def code_of(names: list[str]) -> dict[str, str]:
    """Return the present hash of each file that `loaded_code` names; "" for one that is gone.

    Line ends do not count, so that a checkout on Windows has the same hashes; of a module only what it does counts (`hash_of_module`).
    """
    paths = {name: shipped(Path(name).name) if name in _LEXICONS else _PACKAGE / name for name in names}
    files = {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in paths.items() if path.is_file()}
    known = _known()
    modules = {name: _of_module(data, known.get(name)) for name, data in files.items() if name.endswith(".py")}
    if not modules.items() <= known.items():
        _keep(known | modules)
    hashes = {name: hash_of(data) for name, data in files.items()} | {name: code for name, (_, code) in modules.items()}
    return {name: hashes.get(name, "") for name in names}


def _of_module(source: bytes, known: list[str] | None) -> list[str]:
    """Return a hash of the bytes of a module, with those of this module, by whose rules it is hashed, and the hash of what it does."""
    of_bytes = hash_of(_RULES + source)
    return known if known and known[0] == of_bytes else [of_bytes, hash_of_module(source)]


def _known() -> dict[str, list[str]]:
    """Return what `_of_module` last gave for each module: to parse all of them takes seconds, and few change between two runs."""
    with suppress(OSError, ValueError):  # no file, or not a whole one of ours: every module is parsed
        return dict(json.loads(_kept().read_bytes()))
    return {}


def _keep(hashes: dict[str, list[str]]) -> None:
    # Where this user may not write, the next program parses the modules again.
    with suppress(OutputError):
        write_whole(_kept(), json.dumps(hashes).encode())


def _kept() -> Path:
    return _PACKAGE / "__pycache__" / "hashes.json"


def hash_of(data: bytes) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()[:12]


@cache
def hash_of_module(source: bytes) -> str:
    """Return the hash of what a module does: comments, docstrings and the form in which it is written do not count.

    It is made from the syntax tree, written so that it is the same under every version of Python from 3.11 on: without places, without fields
    that are empty (a new version adds such), and with the literal parts of an f-string joined. A module with a mistake in it counts as it stands.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return hash_of(source)
    for node in ast.walk(tree):
        if isinstance(node, _HAS_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        elif isinstance(node, ast.JoinedStr):
            node.values = _joined(node.values)
    parts: list[str] = []
    _write(tree, parts)
    return hash_of("".join(parts).encode("utf-8", "surrogatepass"))


def _joined(values: list[ast.expr]) -> list[ast.expr]:
    """Return the parts of an f-string with literal ones that adjoin as one; versions of Python part them at different places."""
    found: list[ast.expr] = []
    for part in values:
        before = found[-1] if found else None
        if isinstance(part, ast.Constant) and isinstance(before, ast.Constant):
            found[-1] = ast.Constant(f"{before.value!s}{part.value!s}")
        else:
            found.append(part)
    return found


def _write(value: object, parts: list[str]) -> None:
    """Add to the parts of a text that two values share only if they are equal."""
    if isinstance(value, ast.AST):
        parts.append(type(value).__name__)
        for name in value._fields:
            field = getattr(value, name, None)
            if field is not None and field != []:
                parts.append(f"({name}=")
                _write(field, parts)
                parts.append(")")
    elif isinstance(value, list):
        parts.append("[")
        for one in value:
            _write(one, parts)
            parts.append(",")
        parts.append("]")
    else:
        parts.append(repr(value))


def _is_ours(name: str) -> bool:
    package = __name__.partition(".")[0]
    return name == package or name.startswith(f"{package}.")
