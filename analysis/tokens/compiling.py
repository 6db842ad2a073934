"""The one way in which functions are compiled, and telling the user of it: the first run compiles, later ones read a cache.

Two of numba's options need a reason. `_nrt=False` is private to numba: it leaves out the counting of references to arrays, which is
an atomic operation at every call that is handed one and at every return, and took most of the time of the loops here. It holds for functions that
allocate nothing and return no array, and only for those: numba refuses the first, and a test looks for the second. `no_cpython_wrapper` and
`no_cfunc_wrapper` leave out what only Python needs to call a function; for one with many arrays that takes longer to compile
than the function.
"""

import sys
from collections.abc import Callable
from typing import Any

from numba import njit
from numba.core import event
from tqdm import tqdm

_PACKAGE = __name__.partition(".")[0]
_UNCOUNTED = {"_nrt": False}
_NEVER_FROM_PYTHON = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def compiled(function: Callable[..., Any]) -> Any:
    """Return a function that Python calls, compiled on its first call, without the interpreter's lock, and kept in the cache on disk.

    It allocates nothing and returns no array: it writes into arrays that it is given.
    """
    return njit(nogil=True, cache=True, no_cfunc_wrapper=True, **_UNCOUNTED)(function)


def compiled_step(function: Callable[..., Any]) -> Any:
    """Return a function as `compiled` does, for compiled functions alone: Python cannot call it."""
    return njit(nogil=True, cache=True, **_UNCOUNTED, **_NEVER_FROM_PYTHON)(function)


def compiled_with_arrays(function: Callable[..., Any]) -> Any:
    """Return a function as `compiled` does, which may make arrays and return them; its references are counted."""
    return njit(nogil=True, cache=True, no_cfunc_wrapper=True)(function)


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
