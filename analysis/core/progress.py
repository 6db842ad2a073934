"""How far something has come, and how long it may still take: the one room for what is shown while work goes on."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from tqdm import tqdm

T = TypeVar("T")
# What is done sooner needs no bar.
_SECONDS = 2.0


def progress(what: str, *, total: int | None, unit: str) -> "tqdm[Any]":
    """Return a bar that shows on a terminal or in a notebook how much of `total` is done, and the time that is left.

    Nothing is shown of what takes less than two seconds, where nobody looks (in a file or a pipe), or where the environment has
    ``TQDM_DISABLE``, as for notebooks whose outputs are kept.

    Parameters
    ----------
    what : str
        What is being done, such as ``"reading voices"``.
    total : int or None
        How much there is to do, None where it is not known.
    unit : str
        Of what, with a space before it, such as ``" articles"``.
    """
    kind: type[tqdm[Any]] = tqdm
    if _in_notebook():
        from tqdm.auto import tqdm as kind  # loads what only a notebook needs
    is_watched = (sys.stderr.isatty() or _in_notebook()) and not os.environ.get("TQDM_DISABLE")
    return kind(total=total, desc=what, unit=unit, unit_scale=True, delay=_SECONDS, leave=False, disable=not is_watched)


def watched(items: Iterable[T], what: str, *, total: int | None, unit: str) -> Iterator[T]:
    """Yield items, and show of them what `progress` shows; without a total there is no time left to show."""
    with progress(what, total=total, unit=unit) as bar:
        for item in items:
            yield item
            bar.update()


def _in_notebook() -> bool:
    """Whether a kernel of Jupyter runs this."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and "IPKernelApp" in shell.config
