"""How numbers are written in figures: English unless asked, German or French inside a block."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.ticker import ScalarFormatter

from analysis.core.errors import SchemaError
from analysis.counting.by import HIT_COLUMNS

# Significant ones, of every number that is drawn or written: further ones differ from processor to processor.
DIGITS = 8


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The marks of one way to write numbers."""

    decimal: str
    thousands: str

    def written(self, text: str) -> str:
        """Return a number written in English, such as "1,234.5", with these marks."""
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})


_NARROW_SPACE = "\u202f"  # does not break, so that a number stays on one line
_FORMATS = {"en": NumberFormat(".", ","), "de": NumberFormat(",", "."), "fr": NumberFormat(",", _NARROW_SPACE)}
_WHOLE_PART = re.compile(r"\d+")
# Of the thread or task that draws, so that two figures drawn at once do not mix.
_current: ContextVar[NumberFormat] = ContextVar("number_format", default=_FORMATS["en"])


@contextmanager
def number_format(name: str) -> Iterator[None]:
    """Write the numbers of charts in another way inside a ``with`` block; the machine's language plays no part.

    A figure keeps the way that it was made with, also where it is saved later.

    Parameters
    ----------
    name : {"en", "de", "fr"}
        English 1,234.5, German 1.234,5 or French 1 234,5 (with a narrow space that does not break).

    Raises
    ------
    SchemaError
        When `name` is none of the three.
    """
    if name not in _FORMATS:
        raise SchemaError(f"number_format: {name!r} is not known; choose {', '.join(_FORMATS)}")
    earlier = _current.set(_FORMATS[name])
    try:
        yield
    finally:
        _current.reset(earlier)


def number(value: float, spec: str = ",") -> str:
    """Return a number as the current format writes it.

    Parameters
    ----------
    value : int or float
        The number.
    spec : str
        How much of it to write, as in Python's `format`: ``","`` for whole numbers, ``",.1f"`` for one decimal.
    """
    return _current.get().written(format(value, spec))


def rounded_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as figures draw and write it: each floating-point number, also in ``attrs``, rounded to eight significant digits.

    What a model, a logarithm or a sum of many numbers gives hangs in its last bits on the processor, on the number of threads and
    on the versions of libraries. Rounded, equal results are equal, and ties are ties.
    """
    made = table.copy()
    for place, dtype in enumerate(table.dtypes):
        if pd.api.types.is_float_dtype(dtype):
            made.isetitem(place, table.iloc[:, place].map(_rounded, na_action="ignore").astype(dtype).array)
    made.attrs = {name: rounded_value(value) for name, value in table.attrs.items()}
    return made


def rounded_value(value: Any) -> Any:
    """Return a value with its floating-point numbers, also within lists and dicts, rounded to eight significant digits."""
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, list | tuple):
        return type(value)(map(rounded_value, value))
    if isinstance(value, dict):
        return {name: rounded_value(one) for name, one in value.items()}
    return value


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def spread(values: pd.Series, spec: str = ",") -> str:
    """Return numbers, written as `number` does, as one text: "12" where all are alike, else the lowest and the highest, "10 to 12"."""
    low, high = number(values.min(), spec), number(values.max(), spec)
    return low if low == high else f"{low} to {high}"


def interval_note(table: pd.DataFrame) -> str:
    """Say which interval the marks of a chart are: by which method and resampling of what, as the table's ``attrs`` name it."""
    method = str(table.attrs.get("interval", "")).removeprefix("95% ").partition(", seed ")[0]
    return f"95% interval ({method})" if method else "95% interval"


def articles_of_points(table: pd.DataFrame, *, time: str, panel: str) -> str:
    """Return how many articles stand behind the points of a series: "3 to 5 articles a point, 48 in all".

    Parameters
    ----------
    table : pandas.DataFrame
        What is drawn, with ``n_articles``.
    time, panel : str
        Columns of the periods and of the panels. Panels of categories, voices or zones have the same articles, which count once a
        period; panels of outlets have articles of their own.
    """
    n = table["n_articles"]
    if panel in HIT_COLUMNS or panel == "zone":
        in_all = spread(table.groupby(time)["n_articles"].agg(["min", "max"]).sum())
    else:
        in_all = number(n.sum())
    return f"{spread(n)} articles a point, {in_all} in all"


class TickNumbers(ScalarFormatter):
    """Matplotlib's numbers at ticks in the format that is current when the formatter is made, never in powers of ten."""

    def __init__(self) -> None:
        super().__init__(useOffset=False, useLocale=False)
        self.set_scientific(False)
        self._number_format = _current.get()

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the text of a tick."""
        plain: str = super().__call__(x, pos)
        return self._number_format.written(_WHOLE_PART.sub(lambda digits: f"{int(digits[0]):,}", plain, count=1))
