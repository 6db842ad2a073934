"""Text cells that no spreadsheet takes for a formula, and back."""

from collections.abc import Callable

import pandas as pd

_LIVE = ("=", "+", "-", "@", "|", "%", ";", "\t", "\r", "\n", '"')
_GUARD = "'"


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before each text and column name that a spreadsheet could run or mistake for a guarded one.

    A text is guarded if it starts with an apostrophe or, after white space, with one of ``= + - @ | % ; "`` or a line end.
    Numbers and dates stay as they are. `unguarded` takes the apostrophes away again.

    References
    ----------
    OWASP Foundation. CSV Injection (the characters that make a cell live).
    """
    return _mapped(table, lambda text: _GUARD + text if _is_live(text) else text)


def unguarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table that `guarded` was given: one apostrophe is taken from the start of each text that has one."""
    return _mapped(table, lambda text: text.removeprefix(_GUARD))


def _is_live(text: str) -> bool:
    return text.startswith(_GUARD) or text.startswith(_LIVE) or text.lstrip().startswith(_LIVE)


def _mapped(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    changed = table.rename(columns=lambda name: change(name) if isinstance(name, str) else name)
    for place, dtype in enumerate(table.dtypes):
        if isinstance(dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(dtype) or dtype == "object":
            cells = table.iloc[:, place].astype("object")
            changed.isetitem(place, cells.map(lambda cell: change(cell) if isinstance(cell, str) else cell).array)
    return changed
