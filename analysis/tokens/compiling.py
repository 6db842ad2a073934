"""Telling the user that compiled code is made, which the first run does once and the cache keeps."""

import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm


def announce_compiling(function: Any, what: str) -> None:
    """Say on a terminal that a numba function will be compiled, where its cache holds no compiled code yet."""
    module = function.py_func.__module__.rpartition(".")[2]
    cached = Path(function.stats.cache_path).glob(f"{module}.{function.py_func.__qualname__}-*.nbi")
    if sys.stderr.isatty() and not function.signatures and not any(cached):
        tqdm.write(f"compiling {what}: once, some 20 seconds; later runs read it from the cache", file=sys.stderr)
