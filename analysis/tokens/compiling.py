"""The one way in which functions are compiled, and telling the user of it: the first run compiles, later ones read a cache."""

import sys
from collections.abc import Callable
from typing import Any

from numba import njit
from numba.core import event
from tqdm import tqdm

_PACKAGE = __name__.partition(".")[0]


def compiled(function: Callable[..., Any]) -> Any:
    """Return a function compiled by numba on its first call, without Python's lock, and kept in the cache on disk."""
    return njit(nogil=True, cache=True)(function)


def compiled_into(function: Callable[..., Any]) -> Any:
    """Return a function as `compiled` does, whose code is put into those that call it."""
    return njit(nogil=True, cache=True, inline="always")(function)


class _Announcer(event.Listener):
    """Says on a terminal which part of the package is compiled, once each; numba tells of what it finds in no cache."""

    def __init__(self) -> None:
        self._announced: set[str] = set()

    def on_start(self, event: Any) -> None:
        """Announce the part of the package that the function belongs to."""
        names = event.data["dispatcher"].py_func.__module__.split(".")
        part = ".".join(names[:2])
        if names[0] == _PACKAGE and part not in self._announced and sys.stderr.isatty():
            self._announced.add(part)
            tqdm.write(f"compiling {part}: once, up to a minute; later runs read it from the cache", file=sys.stderr)

    def on_end(self, event: Any) -> None:
        """Say nothing more."""


event.register("numba:compile", _Announcer())  # type: ignore[no-untyped-call]
