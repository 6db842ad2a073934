"""How numbers, percentages, months and the lexicon's labels are written in figures: English unless asked, otherwise inside a block."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.dates import ConciseDateFormatter, DateLocator
from matplotlib.ticker import ScalarFormatter

from analysis.core.errors import SchemaError
from analysis.counting.by import HIT_COLUMNS

# Significant ones, of every number that is drawn or written: further ones differ from processor to processor.
DIGITS = 8


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The marks of one way to write numbers, and its names of the months.

    Attributes
    ----------
    decimal, thousands : str
        Before decimals, and between groups of three digits.
    percent : str
        What follows a number in percent.
    months : tuple of str
        Twelve, abbreviated as Unicode's CLDR 48 has them beside a year.
    """

    decimal: str
    thousands: str
    percent: str
    months: tuple[str, ...]

    def written(self, text: str) -> str:
        """Return a number written in English, such as "1,234.5" or "12.5%", with these marks."""
        return text.translate({ord(","): self.thousands, ord("."): self.decimal, ord("%"): self.percent})


_NARROW_SPACE = "\u202f"  # does not break, so that a number stays on one line
_FORMATS = {
    "en": NumberFormat(".", ",", "%", tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())),
    "de": NumberFormat(
        ",", ".", f"{_NARROW_SPACE}%", tuple("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()),
    ),
    "fr": NumberFormat(
        ",", _NARROW_SPACE, f"{_NARROW_SPACE}%",
        tuple("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()),
    ),
}  # fmt: skip
_WHOLE_PART = re.compile(r"\d+")
_PERCENTAGE = re.compile(r"\d[\d.,]*%")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
# Matplotlib's forms that have the month before the day, or the year before the month.
_DAY_FIRST = {"%b-%d": "%d %b", "%Y-%b": "%b %Y", "%Y-%b-%d": "%d %b %Y", "%Y-%b-%d %H:%M": "%d %b %Y %H:%M"}
_NUMBERED = re.compile(r"\{(\d\d)\}")  # a month on its way to its name
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# Of the thread or task that draws, so that two figures drawn at once do not mix.
_current: ContextVar[NumberFormat] = ContextVar("number_format", default=_FORMATS["en"])
_labels: ContextVar[str] = ContextVar("label_language", default="en")


@contextmanager
def number_format(name: str, *, labels: str | None = None) -> Iterator[None]:
    """Write numbers, percentages and months of charts, and the lexicon's labels, in another way inside a ``with`` block.

    The machine's language plays no part. A figure keeps the way that it was made with, also where it is saved later.

    Parameters
    ----------
    name : {"en", "de", "fr"}
        English 1,234.5, 12.5% and Mar 2026, German 1.234,5, 12,5 % and März 2026, or French 1 234,5, 12,5 % and mars 2026 (with narrow
        spaces that do not break).
    labels : str, optional
        The language of the lexicon's labels, where it is not that of the numbers: ``"nl"``, or any other that the lexicon has. A category
        without a label in it has that of the lexicon's own language, else its name with spaces for underscores.

    Raises
    ------
    SchemaError
        When `name` is none of the three, or `labels` is no code of a language.
    """
    if name not in _FORMATS:
        raise SchemaError(f"number_format: {name!r} is not known; choose {', '.join(_FORMATS)}")
    if labels is not None and not _LANGUAGE.fullmatch(labels):
        raise SchemaError(
            f"number_format: labels={labels!r} is no language; give its two letters (ISO 639-1), such as 'nl'"
        )
    earlier, earlier_labels = _current.set(_FORMATS[name]), _labels.set(labels or name)
    try:
        yield
    finally:
        _current.reset(earlier)
        _labels.reset(earlier_labels)


def label_language() -> str:
    """Return the language in which the lexicon's labels are written now."""
    return _labels.get()


def number(value: float, spec: str = ",") -> str:
    """Return a number as the current format writes it.

    Parameters
    ----------
    value : int or float
        The number.
    spec : str
        How much of it to write, as in Python's `format`: ``","`` for whole numbers, ``",.1f"`` for one decimal, ``".1%"`` for a share in
        percent.
    """
    return _current.get().written(format(value, spec))


def percentages(text: str) -> str:
    """Return a text, such as "95% interval", with its percentages as the current format writes them."""
    return _PERCENTAGE.sub(lambda found: _current.get().written(found[0]), text)


def period_name(period: str) -> str:
    """Return a period as readers see it: "Mar 2026" for the month 2026-03; quarters, years and days as they are."""
    found = _MONTH.fullmatch(period)
    return f"{_current.get().months[int(found[2]) - 1]} {found[1]}" if found else period


def period_names(period: str) -> set[str]:
    """Return a period as any of the formats writes it: a figure keeps that of its block."""
    found = _MONTH.fullmatch(period)
    return {f"{one.months[int(found[2]) - 1]} {found[1]}" for one in _FORMATS.values()} if found else {period}


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
    return percentages(f"95% interval ({method})" if method else "95% interval")


def validity_note(table: pd.DataFrame) -> list[str]:
    """Say how the lexicon was validated, as the table's ``attrs`` name it; no line where they do not."""
    said = table.attrs.get("validated")
    return [f"lexicon: {said}"] if said else []


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


class TickDates(ConciseDateFormatter):
    """Matplotlib's dates at ticks, with months in the format that is current when the formatter is made, never in the machine's language."""

    def __init__(self, locator: DateLocator) -> None:
        super().__init__(locator)  # type: ignore[no-untyped-call]
        for formats in (self.formats, self.zero_formats, self.offset_formats):
            formats[:] = [_DAY_FIRST.get(one, one).replace("%b", "{%m}") for one in formats]
        self._months = _current.get().months

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts of all ticks."""
        return list(map(self._with_month, super().format_ticks(values)))  # type: ignore[no-untyped-call]

    def get_offset(self) -> str:
        """Return what all ticks have in common, such as the year."""
        return self._with_month(super().get_offset())  # type: ignore[no-untyped-call]

    def _with_month(self, text: str) -> str:
        return _NUMBERED.sub(lambda found: self._months[int(found[1]) - 1], text)
