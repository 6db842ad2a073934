"""A result table as print shows it: rounded, an estimate and its interval in one cell, with caption and note."""

import math
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import pandas as pd

from analysis.charts.names import with_names
from analysis.charts.numbers import number
from analysis.core.origin import source_sentences
from analysis.exporting.columns import Columns, Interval

UNKNOWN = "–"
_DIGITS = 3  # significant ones of the middle value of a column, by which all of it is rounded
_MOST_DECIMALS = 3
_WHY_MISSING = "why a cell of the row is missing"


class Cell(NamedTuple):
    """A cell: its text, and the letter of the reason in the note."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Presented:
    """What stands in a document: caption above, table, note below.

    Attributes
    ----------
    title : str
        The first sentence of the caption.
    caption : str
        The title, then lexicon, targets and corpus.
    note : str
        What the brackets are, which p is given, why cells are missing; "" where there is nothing to say.
    headings : tuple of str
        Column names with units.
    is_number : tuple of bool
        The columns to align on the right.
    rows : tuple of tuple of Cell
        Each as long as the headings.
    """

    title: str
    caption: str
    note: str
    headings: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]


def presented(table: pd.DataFrame, *, title: str, note: str = "") -> Presented:
    """Return a table as print shows it.

    Parameters
    ----------
    table : pandas.DataFrame
        Of unique column names; lexicon, corpus and interval are taken from its ``attrs``.
    title : str
        What the table shows; without it, its columns say what it is.
    note : str
        A sentence to add below.
    """
    (table,) = with_names(table)
    columns = Columns(table)
    intervals = {one.estimate: one for one in columns.intervals()}
    ends = {end for one in intervals.values() for end in (one.low, one.high)}
    has_reasons = "reason" in table.columns and columns.meaning("reason").startswith(_WHY_MISSING)
    reasons = [str(reason) for reason in table["reason"].fillna("")] if has_reasons else [""] * len(table)
    marks = dict(zip(dict.fromkeys(filter(None, reasons)), map(_letter, count()), strict=False))
    shown = [name for name in table.columns if name not in ends and not (has_reasons and name == "reason")]
    texts = [_with_interval(table, intervals[name], columns) if name in intervals else _texts(table[name], columns) for name in shown]  # fmt: skip
    headings = [
        f"{heading} [{intervals[name].kind}]" if name in intervals else heading
        for name, heading in zip(shown, columns.headings(shown), strict=True)
    ]
    first = sentence(title)
    return Presented(
        title=first,
        caption=" ".join([first, *source_sentences(table)]),
        note=" ".join([*_notes(table, columns, texts, list(intervals.values())), *_reasons(marks), *([sentence(note)] if note else [])]),
        headings=tuple(headings),
        is_number=tuple(_is_number(table[name]) for name in shown),
        rows=_rows(texts, [marks.get(reason, "") for reason in reasons]),
    )  # fmt: skip


def title_of(table: pd.DataFrame, name: str) -> str:
    """Return what a table is called that nobody gave a title: what its columns say, else the name of its file."""
    return Columns(table).title or name.replace("-", " ").replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """Return a text with the stop that ends it."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _letter(place: int) -> str:
    """Return a, b and so on, after z aa and ab."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def _reasons(marks: dict[str, str]) -> list[str]:
    return [f"({letter}) {sentence(reason)}" for reason, letter in marks.items()]


def _rows(texts: list[list[str]], marks: list[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows; the letter of a row's reason stands in its first cell."""
    return tuple(
        (Cell(first, mark), *map(Cell, others)) for (first, *others), mark in zip(zip(*texts, strict=True), marks, strict=True)
    )  # fmt: skip


def _notes(table: pd.DataFrame, columns: Columns, texts: list[list[str]], intervals: list[Interval]) -> list[str]:
    """Return what a reader has to know of the cells, one sentence each."""
    said = []
    kinds = list(dict.fromkeys(one.kind for one in intervals))
    if kinds:
        method = str(table.attrs.get("interval", "")).removeprefix("95% ")
        of = f" ({method})" if method else ""
        said.append(f"In brackets: {' or '.join(kind + (of if kind == '95% interval' else '') for kind in kinds)}.")
    said += [
        f"{columns.heading(name)}: {columns.meaning(name)}."
        for name in table.columns
        if _is_p(name) and columns.meaning(name)
    ]
    if any(_is_unknown(cell) for column in texts for cell in column):
        said.append(f"{UNKNOWN} is not known.")
    return said  # fmt: skip


def _is_unknown(cell: str) -> bool:
    return cell == UNKNOWN or f"[{UNKNOWN}" in cell or cell.endswith(f"{UNKNOWN}]")


def _with_interval(table: pd.DataFrame, interval: Interval, columns: Columns) -> list[str]:
    """Return the cells of an estimate as "12.3 [8.1, 18.4]", all with as many decimals."""
    per = 100 if columns.is_share(interval.estimate) else 1
    names = (interval.estimate, interval.low, interval.high)
    decimals = _decimals(pd.concat([table[name] for name in names]), columns.is_share(interval.estimate))
    cells = []
    for values in zip(*(table[name] for name in names), strict=True):
        estimate, low, high = (_rounded(value, decimals, per=per) for value in values)
        between = "; " if "," in f"{low}{high}" else ", "
        has_ends = not (pd.isna(values[1]) and pd.isna(values[2]))
        cells.append(f"{estimate} [{low}{between}{high}]" if has_ends else estimate)
    return cells


def _texts(column: pd.Series, columns: Columns) -> list[str]:
    """Return the cells of a column of its own."""
    name = str(column.name)
    if pd.api.types.is_bool_dtype(column.dtype):
        return [UNKNOWN if pd.isna(value) else "yes" if value else "no" for value in column]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [UNKNOWN if pd.isna(value) else f"{value:%Y-%m-%d}" for value in column]
    if pd.api.types.is_integer_dtype(column.dtype):
        # A year has no mark between its thousands.
        return [UNKNOWN if pd.isna(value) else _signed(number(value, "," if name.startswith("n_") else "d")) for value in column]  # fmt: skip
    if _is_p(name):
        return [_of_p(value) for value in column]
    if pd.api.types.is_float_dtype(column.dtype):
        share = columns.is_share(name)
        decimals = _decimals(column, share)
        return [_rounded(value, decimals, per=100 if share else 1) for value in column]
    return [UNKNOWN if pd.api.types.is_scalar(value) and pd.isna(value) else str(value) for value in column]


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)


def _is_p(name: object) -> bool:
    return str(name).removesuffix("_corrected").split("_")[-1] == "p"


def _of_p(value: Any) -> str:
    if pd.isna(value):
        return UNKNOWN
    return f"<{number(0.001, '.3f')}" if value < 0.001 else number(value, ".3f")


def _decimals(column: pd.Series, is_share: bool) -> int:
    """Return how many decimals a column has: one in percent, else so many that its middle value keeps three digits."""
    known = column.dropna().abs()
    known = known[(known > 0) & (known < math.inf)]
    if is_share:
        return 1
    if known.empty or (known % 1 == 0).all():
        return 0
    middle = float(known.median())
    return min(max(_DIGITS - 1 - math.floor(math.log10(middle)), 0), _MOST_DECIMALS)


def _rounded(value: Any, decimals: int, *, per: int = 1) -> str:
    """Return a number with its decimals; one that is not 0 never reads as 0."""
    if pd.isna(value):
        return UNKNOWN
    value = float(value) * per + 0.0  # no zero has a sign
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    smallest = 10.0**-decimals
    if 0 < abs(value) < smallest / 2:
        return f"<{number(smallest, f'.{decimals}f')}" if value > 0 else f">−{number(smallest, f'.{decimals}f')}"
    return _signed(number(value, f",.{decimals}f"))


def _signed(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text
