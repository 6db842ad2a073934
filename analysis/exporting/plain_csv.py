"""Tables as .csv, with their own names; apart from the other forms, so that nothing waits for what draws and formats those."""

import pandas as pd

from analysis.core.cells import guarded


def csv_text(table: pd.DataFrame) -> bytes:
    """Return the table as CSV in UTF-8, with its own column names; no cell is live in a spreadsheet (`analysis.core.cells`)."""
    return guarded(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def csv_for_excel(table: pd.DataFrame) -> bytes:
    """Return the same CSV with a byte order mark, by which Excel knows UTF-8 when the file is opened with a double click."""
    return b"\xef\xbb\xbf" + csv_text(table)
