"""Dates as written → days: the forms of archives and spreadsheets, with day and month decided by the whole column."""

import logging
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.core.errors import CorpusError, DateOrderError
from analysis.reading.date_words import FILLERS, MONTHS, WEEKDAYS, plain, without_east_asian

_LOG = logging.getLogger(__name__)

_ORDERS = {"day first": "dmy", "month first": "mdy"}
_ORDER_NAMES = {order: name for name, order in _ORDERS.items()} | {"ymd": "year first"}

# The first newspapers are of 1605; what is earlier or later is a null of some database (0001-01-01, 9999-12-31).
_YEARS = range(1600, 2100)
# Without a full year in the column, years of two digits mean what they mean to spreadsheets.
_SHORT_YEARS = range(1930, 2030)
_NEAR_YEARS = 25
# From 1970 to 2049, where spreadsheets count days from 1899-12-30.
_SERIALS = range(25569, 54789)
_SERIAL_START = date(1899, 12, 30)
# Many times fall on one day; 45 years of days fit.
_CACHED = 2**14

_TUESDAY_OR_MARCH = "mar"

_ISO = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?(Z|z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?|Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ZONES = "z|utc|gmt|[ew]es?t|cet|cest|me[s]?z|bst|ist|msk|jst|kst|hkt|sgt|[ecmp][sd]?t|ak[sd]t|hst|a[ecw][sd]t|nz[sd]t|brt|art"
_TIME = re.compile(
    rf"""
    (?: (?<=\d)t | (?:(?<![a-z])(?:at|um|om|alle|a\ las|as|a)\s+)? (?<![\d.:/-]) )
    (?: \d{{1,2}}:\d\d (?: :\d\d (?:[.,]\d+)? )? (?: \s*[ap]\.?\s?m\b\.? | \s*(?:uhr|uur)\b )?
      | \d{{1,2}} \s* [ap]\.?m\b\.?
      | \d{{1,2}} (?:\.\d\d)? \s* (?:uhr|uur)\b
      | \d{{1,2}} h (?:\d\d)? (?!\w)
      | (?<=t) \d{{4}} (?:\d\d (?:[.,]\d+)?)?
    ) (?![\d:/])
    (?: \s* (?: (?:{_ZONES})\b | [+-]\d\d(?::?\d\d)?(?!\d) | \([a-z +-]+\) ) )*
    """,
    re.VERBOSE | re.ASCII,
)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\s\w]|[\d_]")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?'?([0-9]{4}|[0-9]{2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0|[0-9]{6})?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_TIME_STAMP = re.compile(r"[0-9]{9,10}(?:\.[0-9]+)?|[0-9]{12,13}(?:\.0)?")
_NO_DAY = re.compile(r"[0-9]{4}(?:\s?\.\s?0)?|[0-9]{4}\s?[-/.]\s?[0-9]{1,2}|[0-9]{1,2}\s?[-/.]\s?[0-9]{4}")

KINDS = {
    "ISO": "year, month and day in numbers, the year first and in full",
    "words": "with the name of the month",
    "numbers": "day and month in numbers, in the order that the column shows",
    "serial": "the day number of a spreadsheet",
    "day": "a date or time already",
    "blank": "nothing is written",
    "imprecise": "no day: only a month, a year, or a day without its year",
    "impossible": "no such day, as February 30, or a year before 1600 or after 2099",
    "century": "a year of two digits that the column puts in no one century",
    "time stamp": "seconds since 1970, which have a day only in a time zone",
    "unread": "no form that is known",
}
_ADVICE = {
    "imprecise": "add the day, or leave these articles out of figures over time",
    "impossible": "correct the dates",
    "century": "write the years with four digits",
    "time stamp": "convert them to days in the time zone of the outlet",
    "unread": "write them as YYYY-MM-DD",
}


class _Written(NamedTuple):
    """What a value says: three numbers, the orders they may be in, and the weekday beside them."""

    kind: str
    numbers: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    form: str = ""
    weekday: int | None = None


class _Reading(NamedTuple):
    """What a value is read as."""

    kind: str
    day: date | None = None
    weekday_differs: bool = False


def days(written: pd.Series, *, place: str, order: str | None = None) -> pd.Series:
    """Return the days that a column of dates names, each as it is written: no time zone shifts it.

    Parameters
    ----------
    written : pandas.Series
        The whole column, in any mix of forms: ISO, RFC 2822, "July 1, 2019 Monday", "29. Dezember 2011", "7/1/2019", ….
    place : str
        The file or table, for messages.
    order : {"day first", "month first"}, optional
        How to read dates such as 03/04/2020; by default the column must show it.

    Returns
    -------
    pandas.Series
        datetime64 without time zone on the index of `written`; NaT where no day is read. What got none, weekdays
        that contradict their date, and days to come are counted in warnings; `readings` has the kinds row by row.

    Raises
    ------
    CorpusError
        When the order of day and month cannot be told from the column, or values contradict each other or `order`.
    """
    found = readings(written, place=place, order=order)
    where = f"{place}, column '{_name(written)}'"
    for kind, advice in _ADVICE.items():
        of_kind = (found["kind"] == kind).to_numpy()
        if of_kind.any():
            first = str(written[of_kind].iloc[0])
            message = "%s: %d of %d dates give no day (first: %r): %s; %s"
            _LOG.warning(message, where, of_kind.sum(), len(found), first, KINDS[kind], advice)
    if (found["kind"] == "serial").any():
        _LOG.warning("%s: numbers such as %r are read as days of a spreadsheet", where, str(written.dropna().iloc[0]))
    hints = {
        "fall on another weekday than they state": found["weekday_differs"],
        "lie in the future": found["day"] > pd.Timestamp.today(),
    }
    for hint, is_hinted in hints.items():
        hinted = is_hinted.to_numpy()
        if hinted.any():
            first = str(written[hinted].iloc[0])
            _LOG.warning("%s: %d dates %s (first: %r); they are kept: check them", where, hinted.sum(), hint, first)
    day = found["day"]
    day.name = written.name
    return day


def readings(written: pd.Series, *, place: str, order: str | None = None) -> pd.DataFrame:
    """Return how each value of a column of dates is read.

    Parameters
    ----------
    written, place, order
        As for `days`.

    Returns
    -------
    pandas.DataFrame
        On the index of `written`: ``day`` (datetime64), ``kind`` (a key of `KINDS`) and ``weekday_differs`` (whether a
        weekday is stated and is not that of the day).

    Raises
    ------
    CorpusError
        As `days` does.
    """
    if order is not None and order not in _ORDERS:
        raise CorpusError(f"{place}: dates={order!r}; allowed are 'day first' and 'month first'")
    if pd.api.types.is_datetime64_any_dtype(written):
        local = written.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")
        kinds = pd.Series("day", index=written.index, dtype="str").where(local.notna(), "blank")
        return pd.DataFrame({"day": local, "kind": kinds, "weekday_differs": False})
    texts = _texts(written, place)
    found = pd.DataFrame({"day": _iso_days(texts), "kind": "ISO", "weekday_differs": False})
    odd = found["day"].isna().to_numpy()
    if odd.any():
        codes, distinct = pd.factorize(texts[odd].fillna(""))
        years = found["day"].dt.year.dropna().astype(int)
        read = _read(distinct.tolist(), years, f"{place}, column '{_name(written)}'", order)
        found.loc[odd, "day"] = np.array([reading.day for reading in read], dtype="datetime64[us]")[codes]
        found.loc[odd, "kind"] = np.array([reading.kind for reading in read], dtype=object)[codes]
        found.loc[odd, "weekday_differs"] = np.array([reading.weekday_differs for reading in read])[codes]
    return found


def names_day(text: str) -> bool:
    """Return whether a text on its own is a date in a form that is known, with its day."""
    return bool(_parse(plain(text)).orders)


def _name(written: pd.Series) -> str:
    return "date" if written.name is None else str(written.name)


def _texts(written: pd.Series, place: str) -> pd.Series:
    try:
        return written.astype("str").str.strip()
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"{place}, column '{_name(written)}': half of a surrogate pair, which is no character; mend or drop that row"
        ) from error


def _iso_days(texts: pd.Series) -> pd.Series:
    """Return the days of what is plainly ISO, of which there may be millions; pandas reads each distinct day once."""
    heads = texts.str.slice(0, 10).where(texts.str.fullmatch(_ISO))
    read = pd.to_datetime(heads, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    return read.where(read.dt.year.between(_YEARS[0], _YEARS[-1]))


def _read(texts: Sequence[str], iso_years: pd.Series, where: str, order: str | None) -> list[_Reading]:
    """Return the readings of distinct texts that stand in a column beside ISO days of some years."""
    plained = [plain(text) for text in texts]
    if iso_years.empty and (serials := _serials(plained)):
        return serials
    written = [_parse(text) for text in plained]
    window = _year_window(iso_years, written)
    possible = [_possible(one, window) for one in written]
    orders = _orders(texts, written, possible, (where, order))
    return [_reading(one, days, orders) for one, days in zip(written, possible, strict=True)]


def _serials(texts: Sequence[str]) -> list[_Reading]:
    """Return the days of a column of spreadsheet day numbers, or nothing if any value is something else."""
    matches = [_SERIAL.fullmatch(text) for text in texts if text]
    numbers = [int(match[1]) for match in matches if match]
    if not numbers or len(numbers) < len(matches) or not all(number in _SERIALS for number in numbers):
        return []
    found = iter(numbers)
    return [
        _Reading("serial", _SERIAL_START + timedelta(days=next(found))) if text else _Reading("blank") for text in texts
    ]


def _parse(text: str) -> _Written:
    """Return what one plain text says."""
    if not text:
        return _Written("blank")
    if match := _COMPACT.fullmatch(text):
        return _Written("ISO", match.groups(), ("ymd",))
    if _TIME_STAMP.fullmatch(text):
        return _Written("time stamp")
    text, weekday = without_east_asian(text)
    written = _parse_day(_TIME.sub(" ", text))
    return written if weekday is None else written._replace(weekday=weekday)


@lru_cache(_CACHED)
def _parse_day(text: str) -> _Written:
    """Return what a text without its time says."""
    words: list[str] = []
    weekday = None
    tokens = _TOKEN.findall(text)
    names = [token for token in tokens if token in MONTHS]
    for token in tokens:
        if token in WEEKDAYS or (token == _TUESDAY_OR_MARCH and len(names) == 2 and not words):
            weekday = WEEKDAYS.get(token, 1)
        elif token not in FILLERS:
            words.append(token)
    written = _parse_words(words) if names else _parse_numbers(" ".join(words).strip(",.' "))
    return written._replace(weekday=weekday)


def _parse_words(tokens: Sequence[str]) -> _Written:
    """Return what a date with the name of a month says: "29 december 2011", "3-mar-20", "july 1, 2019", "2020 mar 3"."""
    items = [token for token in tokens if token.isalnum()]
    months = [place for place, item in enumerate(items) if item in MONTHS]
    if len(months) != 1 or len(items) > 3 or any(item.isalpha() and item not in MONTHS for item in items):
        return _Written("unread")
    if not set(tokens) - set(items) <= set(".,-/'،"):
        return _Written("unread")
    if len(items) < 3:
        return _Written("imprecise")
    lengths = tuple(len(item) for item in items)
    items[months[0]] = str(MONTHS[items[months[0]]])
    numbers = tuple(items)
    if months[0] == 1 and lengths[0] <= 2 and lengths[2] in (2, 4):
        return _Written("words", numbers, ("dmy",))
    if months[0] == 1 and lengths[0] == 4 and lengths[2] <= 2:
        return _Written("words", numbers, ("ymd",))
    # "May 12-13" is two days, so a year after them must be full.
    if months[0] == 0 and lengths[1] <= 2 and lengths[2] == 4:
        return _Written("words", numbers, ("mdy",))
    return _Written("unread")


def _parse_numbers(text: str) -> _Written:
    """Return what a date in numbers says, by its parts without time and weekday."""
    if match := _COMPACT.fullmatch(text):
        return _Written("ISO", match.groups(), ("ymd",))
    if match := _YEAR_FIRST.fullmatch(text):
        return _Written("ISO", match.group(1, 3, 4), ("ymd",))
    if _NO_DAY.fullmatch(text):
        return _Written("imprecise")
    if not (match := _YEAR_LAST.fullmatch(text)):
        return _Written("unread")
    numbers = match.group(1, 3, 4)
    # ISO 8601:1988 allowed 20-03-03; with strokes or full stops, none of our languages puts a short year first (CLDR).
    may_start_with_year = match[2] == "-" and all(len(number) == 2 for number in numbers)
    orders = ("dmy", "mdy", "ymd") if may_start_with_year else ("dmy", "mdy")
    return _Written("numbers", numbers, orders, match[2] + ("short" if may_start_with_year else ""))


def _year_window(iso_years: pd.Series, written: Iterable[_Written]) -> range:
    """Return the years that a year of two digits may mean."""
    years = {int(year) for year in iso_years.unique()}
    for one in set(written):
        years |= {day.year for day in _possible(one, range(0)).values()}
    return range(min(years) - _NEAR_YEARS, max(years) + _NEAR_YEARS + 1) if years else _SHORT_YEARS


@lru_cache(_CACHED)
def _possible(written: _Written, window: range) -> dict[str, date]:
    """Return the days that a value may mean, by the order of its numbers."""
    found = {}
    for order in written.orders:
        parts = dict(zip(order, written.numbers, strict=True))
        year = _year(parts["y"], window)
        day = _day(year, int(parts["m"]), int(parts["d"])) if year else None
        if day:
            found[order] = day
    return found


def _year(digits: str, window: range) -> int | None:
    if len(digits) == 4:
        return int(digits) if int(digits) in _YEARS else None
    fitting = [year for year in window if year % 100 == int(digits)]
    return fitting[0] if len(fitting) == 1 else None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _orders(
    texts: Sequence[str],
    written: Sequence[_Written],
    possible: Sequence[dict[str, date]],
    asked: tuple[str, str | None],
) -> dict[str, str]:
    """Return the order of day and month of each form of numbers; 13.2.2020 says nothing of 3/4/2020 from elsewhere."""
    forms: dict[str, dict[str, dict[str, date]]] = {}
    for text, one, days in zip(texts, written, possible, strict=True):
        if len(one.orders) > 1 and days:
            forms.setdefault(one.form, {})[text] = days
    return {form: _order(values, *asked) for form, values in forms.items()}


def _order(values: dict[str, dict[str, date]], where: str, asked: str | None) -> str:
    """Return the one order in which all values are days, or in which they are the same days as in any other."""
    left = [_ORDERS[asked]] if asked else list(_ORDER_NAMES)
    witness = f'dates="{asked}"'
    for text, days in values.items():
        remaining = [order for order in left if order in days]
        if not remaining:
            raise CorpusError(
                f"{where}: {text!r} can only be {_listed(days)}, which contradicts {witness}; "
                "write the dates as YYYY-MM-DD, or read the files of each form on their own"
            )
        if len(remaining) < len(left):
            witness = repr(text)
        left = remaining
    for text, days in values.items():
        if len({days[order] for order in left}) > 1:
            raise DateOrderError(
                f"{where}: {text!r} may be {_listed({order: days[order] for order in left})}, and no value of the column "
                'settles it; say which with dates="day first" or dates="month first", or write the dates as YYYY-MM-DD',
                text,
            )
    return left[0]


def _listed(days: dict[str, date]) -> str:
    return " or ".join(f"{day} ({_ORDER_NAMES[order]})" for order, day in days.items())


def _reading(written: _Written, possible: dict[str, date], orders: dict[str, str]) -> _Reading:
    if not written.orders:
        return _Reading(written.kind)
    if not possible:
        return _Reading("century" if _is_of_no_century(written) else "impossible")
    day = possible.get(orders.get(written.form, written.orders[0]))
    if day is None:
        return _Reading("impossible")
    return _Reading(written.kind, day, written.weekday is not None and written.weekday != day.weekday())


def _is_of_no_century(written: _Written) -> bool:
    """Return whether the date exists in some year of those two digits, so that only its century is missing."""
    return any(_possible(written, range(century, century + 100)) for century in (1900, 2000))
