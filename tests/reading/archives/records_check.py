"""What a reader found, against what the generator of the file says that it holds."""

from typing import Any

import pandas as pd

from analysis.reading.dates import days
from analysis.reading.records import Found


def check(found: Found, expected: list[dict[str, Any]]) -> None:
    """Hold the records of a reader against the rows of a generator; dates are read as those of one column."""
    assert len(found.records) == len(expected)
    written = pd.Series([record["date"] for record in found.records])
    for record, row, day in zip(found.records, expected, days(written, place="test"), strict=True):
        made = {**record, "date": None if pd.isna(day) else day.date()}
        assert {name: made[name] for name in row} == row
