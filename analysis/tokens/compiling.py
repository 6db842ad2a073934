"""The one way in which functions are compiled, and telling the user of it: the first run compiles, later ones read a cache.

Two of numba's options need a reason. `_nrt=False` is private to numba: it leaves out the counting of references to arrays, which is
an atomic operation at every call that is handed one and at every return, and took most of the time of the loops here. It holds for functions that
allocate nothing and return no array, and only for those: numba refuses the first, and a test looks for the second. `no_cpython_wrapper` and
`no_cfunc_wrapper` leave out what only Python needs to call a function; for one with many arrays that takes longer to compile
than the function.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numba
import numpy as np
from numba.core import event
from tqdm import tqdm

from analysis.tokens.compiled_source import Source

_njit: Callable[..., Any] = partial(numba.njit, nogil=True, cache=True)  # its types know no private options
_PACKAGE = __name__.partition(".")[0]
# A counter that is handed to compiled functions starts here: a plain 0 has a type of its own at first, for which they would be compiled too.
ZERO: int = np.int64(0)  # type: ignore[assignment]

_UNCOUNTED = {"_nrt": False}
_FROM_PYTHON = {"no_cfunc_wrapper": True}
_NEVER_FROM_PYTHON = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def compiled(function: Callable[..., Any]) -> Any:
    """Return a function that Python calls, compiled on its first call, without the interpreter's lock, and kept in the cache on disk.

    It allocates nothing and returns no array: it writes into arrays that it is given.
    """
    return _kept(function, **_UNCOUNTED, **_FROM_PYTHON)


def compiled_step(function: Callable[..., Any]) -> Any:
    """Return a function as `compiled` does, for compiled functions alone: Python cannot call it."""
    return _kept(function, **_UNCOUNTED, **_NEVER_FROM_PYTHON)


def compiled_with_arrays(function: Callable[..., Any]) -> Any:
    """Return a function as `compiled` does, which may make arrays and return them; its references are counted."""
    return _kept(function, **_FROM_PYTHON)


def _kept(function: Callable[..., Any], **options: bool) -> Any:
    """Return a function that is compiled with some options; its code is read from the cache only if all that it was made from is the same."""
    dispatcher = _njit(**options)(function)
    if dispatcher is not function:  # as it is where numba is told to compile nothing
        # Numba has no public place for it.
        dispatcher._cache._cache_file._source_stamp = Source(function)
    return dispatcher


class _Announcer(event.Listener):
    """Says on a terminal which part of the package is compiled, once each, and how long a function took with all that it calls.

    Numba tells of what it finds in no cache.
    """

    def __init__(self) -> None:
        self.n = 0
        self._announced: set[str] = set()
        self._begun: list[float] = []

    def on_start(self, event: Any) -> None:
        """Announce the part of the package that the function belongs to."""
        self._begun.append(time.perf_counter())
        names = event.data["dispatcher"].py_func.__module__.split(".")
        part = ".".join(names[:2])
        if names[0] != _PACKAGE:
            return
        self.n += 1
        if part not in self._announced and sys.stderr.isatty():
            self._announced.add(part)
            tqdm.write(f"compiling {part}: once, some seconds; later runs read it from the cache", file=sys.stderr)

    def on_end(self, event: Any) -> None:
        """Say how long the outermost function took."""
        seconds = time.perf_counter() - self._begun.pop()
        function = event.data["dispatcher"].py_func
        if not self._begun and seconds >= 1 and function.__module__.startswith(f"{_PACKAGE}.") and sys.stderr.isatty():
            tqdm.write(
                f"  {function.__module__}.{function.__name__} and what it calls: {seconds:.0f} s", file=sys.stderr
            )


_ANNOUNCER = _Announcer()
event.register("numba:compile", _ANNOUNCER)  # type: ignore[no-untyped-call]


def n_compiled() -> int:
    """Return how many functions of the package this process has compiled, those from the cache left aside."""
    return _ANNOUNCER.n
