"""What every reader of a format hands on: rows not yet typed, and what it had to leave out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.schema import REJECTED

Rejection = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Raw:
    """The articles of one source under the names of ARTICLES, beside its further columns.

    Attributes
    ----------
    table : pandas.DataFrame
        One row an article, index 0, 1, 2 ...; columns of ARTICLES may be missing.
    positions : pandas.Series
        Where each row stands in its source ("row 12", "line 40").
    rejected : list of tuple
        Source file, position, reason, raw text: the columns of REJECTED.
    count : int
        How many articles the source holds, counted by the reader before any was left out.
    cuts : dict
        For each row number, the (rule, passage) pairs that the reader cut already.
    is_cut : bool
        Whether the reader has cut boilerplate, so that it is not done twice.
    """

    table: pd.DataFrame
    positions: "pd.Series[str]"
    rejected: list[Rejection]
    count: int
    cuts: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    is_cut: bool = False


def rejections(rows: Sequence[Rejection]) -> pd.DataFrame:
    """Return the table REJECTED; lone surrogates, which no column of text can hold, are shown as escapes."""
    shown = [[cell.encode("utf-8", "backslashreplace").decode() for cell in row] for row in rows]
    return pd.DataFrame(shown, columns=list(REJECTED.names), dtype="str")
