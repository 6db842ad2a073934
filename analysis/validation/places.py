"""Where units stand: their zone, and the columns of ARTICLES that they belong to."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counting import coded_units
from analysis.counting.by import cluster_codes, resolve_one
from analysis.counting.coded_units import unit_articles
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


def clusters_of_units(units: pd.DataFrame, cluster: str, tokens: Tokens | None) -> Array:
    """Return the number of the cluster of each unit: its article, or with tokens a column of ARTICLES whose articles are drawn together.

    Raises
    ------
    SchemaError
        When there is no such column.
    """
    if tokens is None or cluster == "article_id":
        name = resolve_one("resampling", cluster, ["article_id"], purpose="to draw by without tokens=")
        return pd.factorize(units[name], sort=True)[0].astype(np.int64)
    codes: Array = cluster_codes(tokens, cluster)[unit_articles(units, tokens)]
    return codes


def zones_of_units(units: pd.DataFrame, found: pd.DataFrame, tokens: Tokens | None) -> pd.Series:
    """Return the zone of each unit; without tokens that of its hits, or of its headline or standfirst; missing where nothing says it.

    A unit that is a whole article has none.
    """
    of_field = units["field"].where(units["field"].isin(["headline", "standfirst"]))
    if tokens is None:
        first = found.drop_duplicates("unit").set_index("unit")["zone"].astype("str").reindex(range(len(units)))
        return of_field.fillna(first.where(units["field"] == "body"))
    # A field that was read as a whole is in the zone in which it ends.
    zones = pd.Series(coded_units.zones_of_units(units, tokens, units["unit_end"] - 1), index=units.index, dtype="str")
    return zones.mask(zones == "")
