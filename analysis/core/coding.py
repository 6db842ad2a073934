"""Values of a column as whole numbers: the place of each value in a list of values."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals


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


def as_they_come(column: "pd.Categorical[str]") -> "pd.Categorical[str]":
    """Return a categorical whose categories are the values that occur, in the order of their first rows."""
    codes, used = pd.factorize(column.codes, use_na_sentinel=False)
    is_known = used >= 0
    places = np.where(is_known, np.cumsum(is_known) - 1, -1)
    return pd.Categorical.from_codes(
        places[codes] if len(codes) else codes, categories=column.categories[used[is_known]]
    )


def stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return tables of one kind, one below the other; categories come in the order of the tables, and then of each table."""
    if len(tables) == 1:
        return tables[0]
    joined = pd.concat([table.select_dtypes(exclude="category") for table in tables], ignore_index=True)
    for name in tables[0].select_dtypes("category"):
        joined[name] = union_categoricals([table[name].array for table in tables])
    return joined[list(tables[0].columns)]
