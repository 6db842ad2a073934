"""The groups that accuracy is told for: of hits, of frames that coders see, and of units without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.schema import ZONES
from analysis.counting.by import HIT_COLUMNS, numbered, values_of
from analysis.counting.coded_units import unit_articles
from analysis.tokens.tokens import Tokens
from analysis.validation.judging import Comparison
from analysis.validation.places import zones_of_units

Array = npt.NDArray[Any]

_OF_HITS = tuple(name for name in HIT_COLUMNS if name != "category")


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups, and which of them everything that was judged is in (-1: none).

    Attributes
    ----------
    table : pandas.DataFrame
        One row a group: its values.
    of_hits, of_coded, of_cells : numpy.ndarray of int
        The group of each row of the tables of a `Comparison`.
    why_no_recall : str
        Why what is missed cannot be told by these groups; "" where it can.
    """

    table: pd.DataFrame
    of_hits: Array
    of_coded: Array
    of_cells: Array
    why_no_recall: str


def grouped(found: Comparison, names: Sequence[str], tokens: Tokens | None) -> Groups:
    """Return the groups by `names`, which are resolved."""
    of_units = _of_units(found, names, tokens)
    why = _why_no_recall(found, of_units, names)
    tables = [_keys(part, names, of_units, found) for part in (found.hits, found.coded, found.cells)]
    if why:
        tables[1:] = [table.iloc[:0] for table in tables[1:]]
    group, table = numbered(pd.concat(tables, ignore_index=True))
    edges = np.cumsum([len(part) for part in tables])
    of_hits, of_coded, of_cells, _ = np.split(group, edges)
    return Groups(table, of_hits, of_coded, of_cells, why)


def _of_units(found: Comparison, names: Sequence[str], tokens: Tokens | None) -> pd.DataFrame:
    """Return what units say of themselves under those of `names` that are neither categories nor columns of hits."""
    columns: dict[str, Any] = {}
    for name in names:
        if name == "zone":
            columns[name] = zones_of_units(found.units, found.hits, tokens)
        elif name not in HIT_COLUMNS and tokens is not None:
            columns[name] = values_of(tokens, name).array[unit_articles(found.units, tokens)]
    return pd.DataFrame(columns, index=range(len(found.units)))


def _why_no_recall(found: Comparison, of_units: pd.DataFrame, names: Sequence[str]) -> str:
    complete = found.units["is_complete"].to_numpy()
    if not complete.any():
        return "nobody was asked what is missed"
    of_hits = [name for name in names if name in _OF_HITS]
    if of_hits:
        return f"what is missed has no {of_hits[0]}"
    if "zone" in of_units.columns and of_units.loc[complete, "zone"].isna().any():
        is_whole = (found.units.loc[complete, "field"] == "").any()
        return (
            "a whole article has several zones"
            if is_whole
            else "tokens= is needed for the zone of sentences without a hit"
        )
    return ""


def _keys(part: pd.DataFrame, names: Sequence[str], of_units: pd.DataFrame, found: Comparison) -> pd.DataFrame:
    """Return the values of `names` for each row of a table of hits, or of units and categories."""
    at = part["unit"].to_numpy()
    columns: dict[str, Any] = {}
    for name in names:
        if name == "category":
            columns[name] = pd.Categorical(
                part[name].astype("str"), categories=pd.Index(found.categories, dtype="str"), ordered=True
            )
        elif name == "zone":
            zones = part[name].astype("str").array if name in part else of_units[name].array[at]
            columns[name] = pd.Categorical(zones, categories=pd.Index(ZONES, dtype="str"), ordered=True)
        elif name in _OF_HITS:
            columns[name] = (
                part[name].astype("str").array if name in part else pd.array([None] * len(part), dtype="str")
            )
        else:
            columns[name] = of_units[name].array[at]
    return pd.DataFrame(columns, index=range(len(part)))
