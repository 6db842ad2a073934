"""Values of a column as whole numbers: the place of each value in a list of values."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def codes_in(column: pd.Series, values: Iterable[Any]) -> npt.NDArray[np.int64]:
    """Return the place of each value of a column in `values`, which are all different; -1 where it is none of them or missing."""
    known = pd.Index(values)
    if isinstance(column.dtype, pd.CategoricalDtype):
        # Looked up once a category; the code -1 of a missing value is the last place.
        codes = np.append(known.get_indexer(column.cat.categories), -1)[column.cat.codes]
    else:
        codes = known.get_indexer(pd.Index(column.array))
    return codes.astype(np.int64, copy=False)


def coded(column: pd.Series) -> tuple[npt.NDArray[np.int64], list[Any]]:
    """Return the code of each value, -1 where it is missing, and the values that occur in sorted order."""
    values = sorted(column.dropna().unique())
    return codes_in(column, values), values


def levels(column: pd.Series) -> list[Any]:
    """Return what a column can hold: its categories in their order, those without a row too; else the sorted values that occur."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.dropna().unique())
