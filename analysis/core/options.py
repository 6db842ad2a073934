"""Parameters of public functions that have another name, or another form, than before."""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from analysis.core.errors import SchemaError

P = ParamSpec("P")
T = TypeVar("T")


def replaces(*old: str, new: str, made: Callable[..., Any]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator with which the parameters `old` still work: `made` turns those given into the value of `new`.

    A DeprecationWarning says what to write. The signature that readers and editors see has only `new`.
    """

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            given = {name: kwargs.pop(name) for name in old if name in kwargs}
            if given:
                named = ", ".join(f"{name}=" for name in given)
                if new in kwargs:
                    raise SchemaError(f"{function.__name__}: found {named} beside {new}=; give {new}= alone")
                kwargs[new] = made(**given)
                warnings.warn(
                    f"{function.__name__}: {named} will go; write {new}={kwargs[new]!r}",
                    DeprecationWarning,
                    stacklevel=2,
                )
            return function(*args, **kwargs)

        return call

    return decorated
