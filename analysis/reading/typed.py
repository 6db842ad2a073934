"""Give raw rows the types of ARTICLES, and say which rows cannot be articles."""

import logging

import pandas as pd

from analysis.reading.table import as_text
from analysis.schema import ARTICLES, TEXT_FIELDS

_log = logging.getLogger(__name__)

_ISO_DAY = r"^\s*(\d{4}-\d{2}-\d{2})\s*(?:Z|[T ]\s*\d{1,2}:?\d{2}.*|[+-]\d{2}:?\d{2})?\s*$"
_LABELS = ("outlet", "url", "byline", "section", "source_file", "encoding")
_BLANK = r"^\s*$"


def typed(table: pd.DataFrame, place: str) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Return the rows as ARTICLES, and for each row why it is rejected ("" where it is not).

    Parameters
    ----------
    table : pandas.DataFrame
        Rows under our names; index 0, 1, 2 ...
    place : str
        The source, for messages.

    Returns
    -------
    tuple
        The articles with ``date_raw`` and all further columns, and the reasons.
    """
    faults = pd.Series("", index=table.index, dtype="str")
    result = table.copy(deep=False)
    for field in TEXT_FIELDS:
        result[field], unusable = _texts(table.get(field), table.index)
        faults = faults.mask(unusable, f"{field} holds a lone surrogate, which is no character; correct the text")
    for name in _LABELS:
        if name in result or name in ARTICLES.names:
            result[name] = _labels(table.get(name), table.index, missing="" if name == "source_file" else None)
    result["date"], result["date_raw"] = _days(table, place)
    result["lead_paragraphs"], bad_lead = _lead_paragraphs(table)
    faults = faults.mask(bad_lead, "lead_paragraphs is not a whole number from 0; correct it")
    for name in result.columns:
        if result[name].dtype == "str":
            has_nul = result[name].str.contains("\0", regex=False).fillna(False).astype(bool)
            faults = faults.mask(has_nul, f"{name} holds a NUL character; delete it")
    further = [name for name in result.columns if name not in ARTICLES.names]
    return result[[*ARTICLES.names, *further]], faults


def is_blank(articles: pd.DataFrame) -> "pd.Series[bool]":
    """Tell for each article whether headline, standfirst and body are all without a visible character."""
    blank = pd.Series(True, index=articles.index)
    for field in TEXT_FIELDS:
        rows = blank[blank].index
        blank.loc[rows] = articles.loc[rows, field].str.match(_BLANK).astype(bool)
    return blank


def _texts(column: "pd.Series[str] | None", index: pd.Index) -> tuple["pd.Series[str]", "pd.Series[bool]"]:
    """Return the texts with "" for missing ones, and which rows hold a lone surrogate."""
    unusable = pd.Series(False, index=index)
    if column is None:
        return pd.Series("", index=index, dtype="str"), unusable
    if column.dtype == object:
        unusable = column.map(_has_lone_surrogate).astype(bool)
        column = column.map(_escaped, na_action="ignore").where(column.notna(), "") if unusable.any() else column
    return column.astype("str").fillna(""), unusable


def _has_lone_surrogate(cell: object) -> bool:
    return isinstance(cell, str) and any("\ud800" <= character <= "\udfff" for character in cell)


def _escaped(cell: str) -> str:
    return cell.encode("utf-8", "backslashreplace").decode()


def _labels(column: "pd.Series[str] | None", index: pd.Index, missing: str | None) -> "pd.Series[str]":
    if column is None:
        return pd.Series(missing, index=index, dtype="str")
    text = as_text(column)
    if missing is not None:
        return text.fillna(missing)
    return text.where(text.str.strip() != "")


def _days(table: pd.DataFrame, place: str) -> tuple["pd.Series[pd.Timestamp]", "pd.Series[str]"]:
    """Return the written days, and the raw text of dates that name none (beside a given ``date_raw``)."""
    given = as_text(table["date_raw"]) if "date_raw" in table else pd.Series(None, index=table.index, dtype="str")
    if "date" not in table:
        return pd.Series(pd.NaT, index=table.index, dtype="datetime64[us]"), given
    column = table["date"]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.dt.tz_localize(None).dt.normalize().astype("datetime64[us]"), given
    text = as_text(column)
    text = text.where(text.str.strip() != "")
    written = text.str.extract(_ISO_DAY, expand=False)
    days = pd.to_datetime(written, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    unread = days.isna() & text.notna()
    if unread.any():
        _log.warning(
            "%s: %d of %d dates are not YYYY-MM-DD (the first is '%s'); they are missing and stand in date_raw",
            place, int(unread.sum()), len(text), text[unread].iloc[0],
        )  # fmt: skip
    return days, given.mask(unread, text)


def _lead_paragraphs(table: pd.DataFrame) -> tuple["pd.Series[int]", "pd.Series[bool]"]:
    if "lead_paragraphs" not in table:
        return pd.Series(1, index=table.index, dtype="int64"), pd.Series(False, index=table.index)
    text = as_text(table["lead_paragraphs"]).fillna("").str.strip()
    text = text.where(text != "", "1")
    fits = text.str.fullmatch(r"[0-9]{1,9}").astype(bool)
    return text.where(fits, "1").astype("int64"), ~fits
