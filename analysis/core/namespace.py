"""The lazy namespaces of public names: each name is declared in a stub and imported when it is first used."""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.core.near import did_you_mean


def namespace(module: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` for a module of the package, from the ``.pyi`` beside it.

    lazy_loader does this for a package and the modules below it. For a module that gathers names from beside itself it would keep them on
    the package, where they do not stand.

    Parameters
    ----------
    module : str
        ``__name__`` of the module.
    """
    place = sys.modules[module]
    stub = ast.parse(Path(str(place.__file__)).with_suffix(".pyi").read_text(encoding="utf-8"))
    homes = {
        alias.name: f"{place.__package__}.{node.module}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    (listed,) = (ast.literal_eval(node.value) for node in stub.body if isinstance(node, ast.Assign))

    def attribute(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}{did_you_mean(name, homes)}")
        value = getattr(import_module(homes[name]), name)
        setattr(place, name, value)
        return value

    return attribute, lambda: sorted(homes), listed
