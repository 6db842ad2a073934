"""Tables as CSV that a spreadsheet shows and does not run, and back to the texts as they were.

The rule: a text that begins with ``=``, ``+``, ``-``, ``@``, tab, line feed or carriage return, or with apostrophes before one of
them, gets one more apostrophe in front. Taking one apostrophe from every text that begins with apostrophes and then one of these
gives the texts back. Numbers are untouched.

References
----------
OWASP, CSV Injection.
"""

import csv
import re

import pandas as pd

_FORMULA = re.compile(r"'*[=+\-@\t\n\r]")
_MARKED_FORMULA = re.compile(r"'+[=+\-@\t\n\r]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def csv_of(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8, its texts harmless in a spreadsheet, without its index, lines ended by a line feed."""
    texts = [name for name, dtype in table.dtypes.items() if _holds_text(dtype)]
    table = table.assign(**{str(name): _harmless_column(table[name]) for name in texts})
    table.columns = table.columns.map(_harmless)
    # A carriage return alone would end the row for many readers; the csv module quotes it only where all texts are quoted.
    returns = any(table[name].astype("str").str.contains("\r", regex=False).any() for name in map(_harmless, texts))
    quoting = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    return table.to_csv(index=False, lineterminator="\n", quoting=quoting).encode("utf-8")


def text_of_cell(cell: str) -> str:
    """Return the text that a cell of such a CSV file stands for."""
    return cell[1:] if _MARKED_FORMULA.match(cell) else cell


def _holds_text(dtype: object) -> bool:
    return isinstance(dtype, pd.StringDtype | pd.CategoricalDtype) or dtype == object


def _harmless_column(column: pd.Series) -> pd.Series:
    return column.astype(object).map(_harmless)


def _harmless(value: object) -> object:
    """Return a text that no spreadsheet takes for a formula and UTF-8 can hold; other values as they are."""
    if not isinstance(value, str):
        return value
    text = _SURROGATE.sub("\ufffd", value)
    return f"'{text}" if _FORMULA.match(text) else text
