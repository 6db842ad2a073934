"""Shares of what was drawn with known probabilities: weighted estimates, and intervals that hold where nothing was wrong or missed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.counting.ratios import FEWEST_ARTICLES, ONE_SIDED
from analysis.counting.resampling import Resampled, Resampling, interval, ratio, resampled_within, wilson_interval

Array = npt.NDArray[Any]

_ALIKE = 1e-9  # relative distance below which two probabilities are one
_INTERVAL = "95% Wilson of hits drawn alike in articles of their own, else {}; of 0 and 1 one bound (rule of three)"


@dataclass(frozen=True, eq=False)
class Design:
    """How the units of a sample were drawn.

    Attributes
    ----------
    weight : numpy.ndarray
        One over the inclusion probability of each unit.
    row : numpy.ndarray of int
        The row of its article within its stratum, which are resampled together.
    strata : numpy.ndarray of int
        The stratum of each such row.
    article : numpy.ndarray of int
        The article of each unit.
    """

    weight: Array
    row: Array
    strata: Array
    article: Array

    @classmethod
    def of(cls, units: pd.DataFrame, clusters: Array) -> "Design":
        """Return the design of a table with one row a unit, ``stratum`` and ``probability``, and the cluster of each, articles as a rule."""
        keys = pd.DataFrame({"stratum": units["stratum"].astype("str"), "cluster": clusters})
        grouped = keys.groupby(["stratum", "cluster"], sort=True)
        rows = grouped.size().index.get_level_values("stratum")
        return cls(
            weight=1 / units["probability"].to_numpy(np.float64),
            row=grouped.ngroup().to_numpy(np.int64),
            strata=pd.factorize(rows)[0],
            article=pd.factorize(keys["cluster"], sort=True)[0],
        )

    @property
    def stratum(self) -> Array:
        """The stratum of each unit."""
        found: Array = self.strata[self.row]
        return found


@dataclass(frozen=True, eq=False)
class Judged:
    """What a share is made of: one element a thing that was judged.

    Attributes
    ----------
    unit : numpy.ndarray of int
        The unit that it stands in.
    group : numpy.ndarray of int
        The group that it is counted in.
    is_right : numpy.ndarray of bool
        Whether it counts for the share.
    """

    unit: Array
    group: Array
    is_right: Array


@dataclass(frozen=True, eq=False)
class Shares:
    """Weighted shares of groups, with 95% intervals.

    Attributes
    ----------
    n, n_right : numpy.ndarray of int
        Things judged, and those of them that count, as drawn.
    share, low, high : numpy.ndarray
        The weighted share and its interval; NaN where there is none.
    n_articles : numpy.ndarray of int
        Articles that they stand in.
    sums : Resampled
        The weighted sums, those that count before all, for measures that are made of several shares.
    """

    n: Array
    n_right: Array
    share: Array
    low: Array
    high: Array
    n_articles: Array
    sums: Resampled


def shares(
    judged: Judged, design: Design, n_groups: int, resampling: Resampling, *, alike: Array | None = None
) -> Shares:
    """Return the weighted share of each group.

    Parameters
    ----------
    judged : Judged
        What was judged.
    design : Design
        How their units were drawn.
    n_groups : int
        How many groups there are.
    resampling : Resampling
        How the intervals are made.
    alike : numpy.ndarray of bool, optional
        For each group whether all that could have been drawn had one probability; by default looked up in what was judged.

    Notes
    -----
    Σ right / π over Σ 1 / π. A share of 1 has the lower bound 0.05^(1/m), where m is the sum of weights by the largest weight of one article:
    the number of things where all weigh the same. A share of 0 has the upper bound 1 − 0.05^(1/m).
    """
    weight = design.weight[judged.unit]
    right = weight * judged.is_right
    sums = resampled_within(_by_row([right, weight], judged, design, n_groups), design.strata, resampling)
    n, n_right = (np.bincount(judged.group, values, n_groups).astype(np.int64) for values in (None, judged.is_right))
    above, below = np.split(sums.total[0], 2)
    share = ratio(above, below)
    n_articles = _articles(judged, design, n_groups)
    low, high = interval(lambda drawn: ratio(*np.split(drawn, 2, axis=1)), sums)
    low[n_articles < FEWEST_ARTICLES] = high[n_articles < FEWEST_ARTICLES] = np.nan
    one_each = (n == n_articles) & (one_weight(judged.group, weight, n_groups) if alike is None else alike) & (n > 0)
    if one_each.any():
        low[one_each], high[one_each] = wilson_interval(n_right[one_each], n[one_each])
    least = ONE_SIDED ** ratio(_heaviest(judged, design, n_groups), below)
    is_all, is_none = (n > 0) & (n_right == n), (n > 0) & (n_right == 0)
    low[is_all], high[is_all] = least[is_all], 1
    low[is_none], high[is_none] = 0, 1 - least[is_none]
    return Shares(n, n_right, share, low, high, n_articles, sums)


def stated(resampling: Resampling) -> str:
    """Return what results say of their intervals."""
    drawn = "articles" if resampling.cluster == "article_id" else f"clusters of articles by {resampling.cluster}"
    return _INTERVAL.format(resampling.named(f"{drawn} within strata").removeprefix("95% "))


def one_weight(group: Array, weight: Array, n_groups: int) -> Array:
    """Return for each group whether all of it has one weight."""
    least, most = np.full(n_groups, np.inf), np.zeros(n_groups)
    np.minimum.at(least, group, weight)
    np.maximum.at(most, group, weight)
    alike: Array = most <= least * (1 + _ALIKE)
    return alike


def _by_row(values: list[Array], judged: Judged, design: Design, n_groups: int) -> sparse.csr_array:
    """Return the sums of each of `values` by row of the design (down) and group (across, one block each)."""
    rows, shape = design.row[judged.unit], (len(design.strata), n_groups)
    blocks = [sparse.csr_array((each, (rows, judged.group)), shape=shape) for each in values]
    return sparse.csr_array(sparse.hstack(blocks))


def _articles(judged: Judged, design: Design, n_groups: int) -> Array:
    pairs = np.unique(np.column_stack([judged.group, design.article[judged.unit]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=n_groups)


def _heaviest(judged: Judged, design: Design, n_groups: int) -> Array:
    """Return the largest weight that the things of one article have together, of each group."""
    n_articles = int(design.article.max(initial=-1)) + 1
    cells = np.bincount(
        judged.group * n_articles + design.article[judged.unit], design.weight[judged.unit], n_groups * n_articles
    )
    heaviest: Array = cells.reshape(n_groups, n_articles).max(axis=1, initial=0)
    return heaviest
