"""Whether coders drift: how well they agree in each part of the work, in the order in which it was coded."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.resampling import Resampling
from analysis.validation.agreement import agreement
from analysis.validation.ratings import as_coded, text_of

_FEWEST_BLOCKS = 2


def drift(
    codings: pd.DataFrame,
    *,
    n_blocks: int = 4,
    by: str | Sequence[str] = "variable",
    level: str | Mapping[str, str] | None = None,
    kinds: Sequence[str] = ("person",),
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how well coders agree in each block of the items that several coded, first coded first.

    Parameters
    ----------
    codings : pandas.DataFrame
        As in `analysis.agreement`, with ``place``: which place an item has in its coder's sequence.
    n_blocks : int
        How many blocks, of as many items each as the number allows; two at least.
    by, level, kinds, resampling
        As in `analysis.agreement`.

    Returns
    -------
    pandas.DataFrame
        DRIFT: the rows of `analysis.agreement` for each ``block`` (from 1), and the ``first_place`` and ``last_place`` of its items.

    Raises
    ------
    SchemaError
        As in `analysis.agreement`; when there is no ``place``, or there are fewer items that two coders coded than blocks.

    Notes
    -----
    The place of an item is the mean of its places in the sequences of its coders. Coders who learn agree more in later blocks, coders who tire or
    come to read the codebook each in a way of their own agree less; that both change alike is not seen here.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codes = {"A": "war war peace peace war peace", "B": "war war peace war peace peace"}
    >>> codings = pd.DataFrame([(coder, f"u{place}", "frame", value, place)
    ...                         for coder, values in codes.items() for place, value in enumerate(values.split(), start=1)],
    ...                        columns=["coder", "item", "variable", "value", "place"])
    >>> found = fa.validate.drift(codings, n_blocks=2)
    >>> found.loc[found["coefficient"] == "percent_agreement", ["block", "first_place", "last_place", "estimate"]].round(2)
       block  first_place  last_place  estimate
    1      1          1.0         3.0      1.00
    6      2          4.0         6.0      0.33
    """
    places = _places(codings, kinds)
    if n_blocks < _FEWEST_BLOCKS or len(places) < n_blocks:
        raise SchemaError(
            f"drift: n_blocks={n_blocks} of {len(places)} items that two coders coded; give a number from {_FEWEST_BLOCKS} to that of the items"
        )
    blocks = pd.Series(np.arange(len(places)) * n_blocks // len(places) + 1, index=places.index)
    names = [by] if isinstance(by, str) else list(by)
    in_blocks = codings.assign(block=text_of(codings["item"]).map(blocks).to_numpy())
    found = agreement(in_blocks, by=["block", *names], level=level, kinds=kinds, resampling=resampling)
    ends = places.groupby(blocks).agg(["min", "max"])
    number = found["block"].astype("int64")
    table = found.drop(columns="block")
    table.insert(0, "block", number)
    table.insert(1, "first_place", number.map(ends["min"]))
    table.insert(2, "last_place", number.map(ends["max"]))
    return with_origin(table.sort_values("block", kind="stable").reset_index(drop=True), found, n_blocks=n_blocks)


def _places(codings: pd.DataFrame, kinds: Sequence[str]) -> pd.Series:
    """Return the mean place of each item that two or more of these coders coded, in its order."""
    coded = as_coded(codings)
    if "place" not in coded.columns:
        raise SchemaError(
            "drift: no column 'place'; needed is which place an item has in its coder's sequence, as fa.validate.read_codings gives it"
        )
    coded = coded[coded["kind"].isin([kinds] if isinstance(kinds, str) else kinds) & coded["place"].notna()]
    coded = coded.assign(place=pd.to_numeric(coded["place"]).astype("float64"))
    of_items = coded.groupby("item").agg(place=("place", "mean"), n=("coder", "nunique")).reset_index()
    return of_items[of_items["n"] > 1].sort_values(["place", "item"]).set_index("item")["place"]
