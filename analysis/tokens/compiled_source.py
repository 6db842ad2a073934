"""What compiled code was made from: the function, all that it calls and every constant that it names, as one hash.

Numba keeps compiled code beside a hash of the file that the function stands in, and so goes on with it where a constant or a function of
another module has changed. Here that would be silently wrong: the kinds of words are constants of one module and asked in ten.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

_PACKAGE = __name__.partition(".")[0]
_VALUES = (bool, int, float, complex, str, bytes, type(None), np.generic, tuple, list, frozenset)


class Source:
    """A hash of all that a function is compiled from; found out when it is first compared, as what it names may be defined below it.

    Pickled it is the hash alone, which is what numba writes beside the code and compares when it is read again.

    Parameters
    ----------
    function : callable
        The function before it is compiled.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    @cached_property
    def hash(self) -> bytes:
        """The hash."""
        found = hashlib.sha256()
        for piece in _pieces(self._function, set()):
            found.update(piece.encode("utf-8", "surrogatepass") + b"\0")
        return found.digest()

    def __eq__(self, other: object) -> bool:
        return bool(self.hash == (other.hash if isinstance(other, Source) else other))

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.hash,)


def _pieces(function: Any, seen: set[int]) -> Iterator[str]:
    """Yield what a function says, and after it what it depends on, each function once."""
    if id(function) in seen:
        return
    seen.add(id(function))
    code = function.__code__
    yield f"{function.__module__}.{function.__qualname__}{function.__defaults__}"
    yield from _said(code)
    names = _names(code)
    for name in names:
        if name in function.__globals__:
            yield from _of_value(name, function.__globals__[name], names, seen)


def _said(code: CodeType) -> Iterator[str]:
    """Yield the instructions of a function and the constants in it, of functions within it too."""
    yield code.co_code.hex()
    yield repr(code.co_names + code.co_varnames + code.co_freevars)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _said(constant)
        else:
            yield _written(constant)


def _written(constant: object) -> str:
    """Return a constant in words that do not hang on the order of a set, which is another in each process."""
    return repr(sorted(map(repr, constant))) if isinstance(constant, frozenset) else repr(constant)


def _names(code: CodeType) -> list[str]:
    """Return the names of globals and attributes that a function uses, in the order of their use."""
    inner = [name for constant in code.co_consts if isinstance(constant, CodeType) for name in _names(constant)]
    return [*code.co_names, *inner]


def _of_value(name: str, value: Any, names: list[str], seen: set[int]) -> Iterator[str]:
    """Yield what a global stands for: a constant, a function of the package, or a module of it with the attributes that are used."""
    inner = getattr(value, "py_func", None) or getattr(value, "_defn", None) or value
    if isinstance(value, np.ndarray):
        yield f"{name}={value.dtype}{value.shape}{value.tobytes().hex()}"
    elif isinstance(value, _VALUES):
        yield f"{name}={_written(value)}"
    elif isinstance(inner, FunctionType) and inner.__module__.partition(".")[0] == _PACKAGE:
        yield from _pieces(inner, seen)
    elif isinstance(value, ModuleType) and value.__name__.partition(".")[0] == _PACKAGE:
        for attribute in names:
            if hasattr(value, attribute):
                yield from _of_value(f"{name}.{attribute}", getattr(value, attribute), names, seen)
    elif isinstance(value, type):
        yield f"{name}={value.__qualname__}{getattr(value, '_fields', '')}"
