"""Sums over articles of which a part was coded by hand: the difference estimator with power tuning, and its 95% intervals.

Two phases: articles are a sample of what outlets write, and units (sentences or articles) are drawn from them by strata and coded. A group
has the hits F = Σ f of the lexicon in all its units; coders say y of those that were drawn. With N units of a stratum, n of them coded, a
unit stands for w = N / n, and

    corrected sum = λ Σ f + Σ w (y − λ f) over the coded units of the group

which has no bias whatever λ is and however wrong the lexicon, also where it errs more in one group than in another. λ, one a kind of hits, is
the one that makes the variances of the groups smallest (power tuning): 1 where f is as good as y, 0 where it says nothing of it.

The interval holds three errors, each with bounds of its own that hold for few and rare ones, and joins them as Zou and Donner do:

- what coders find that the lexicon missed, Σ w max(y − f, 0): a weighted count, with gamma bounds;
- how many hits are right, λ F + Σ w (min(y, f) − λ f): a share of F, with Wilson's bounds for the number of hits that would be as sure;
- which articles the corpus happens to hold: t on the log scale, from the variance of y between articles; left out for `of_corpus`.

References
----------
Särndal, C.-E., Swensson, B., & Wretman, J. (1992). Model assisted survey sampling, ch. 6 (difference estimator) and 9 (two phases).
Angelopoulos, A. N., Duchi, J. C., & Zrnic, T. (2023). PPI++: Efficient prediction-powered inference (power tuning).
Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference: Design-based supervised learning.
Zou, G. Y., & Donner, A. (2008). Construction of confidence limits about effect measures. Statistics in Medicine, 27(10).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.counting.ratios import TWO_SIDED, Ratios, ratios_of
from analysis.counting.resampling import ratio

Array = npt.NDArray[Any]
Reach = tuple[Array, Array]  # how far an interval goes down and up from its estimate

# Misses that speak for places where none was seen; chosen by simulated coverage (docs/validation-corrected.md).
_ANYWHERE = 1
_LONGEST = 50.0  # steps on the log scale that are told apart


class Coded(NamedTuple):
    """The units that were drawn and coded: a row each, kinds of hits in columns."""

    row: Array  # of the unit's cluster of articles among those of all groups, -1 where it is in no group
    stratum: Array  # numbered from 0
    weight: Array  # w, how many units of its stratum each stands for, at least 1
    said: Array  # y, by coders, shape (n_coded, n_kinds)
    found: Array  # f, by the lexicon


class Corrected(NamedTuple):
    """Corrected sums by group (rows) and kind (columns)."""

    total: Array
    low: Array
    high: Array
    power: Array  # λ, shape (n_kinds,)
    n_coded: Array  # units of the group, shape (n_groups, 1)
    n_with_hits: Array  # of them with a hit of the kind


class _Sample(NamedTuple):
    """The coded units that are in a group, a column each."""

    of_clusters: sparse.csc_array  # sums units by cluster of articles, shape (n_clusters, n_coded)
    of_groups: sparse.csc_array  # by group
    of_cells: sparse.csc_array  # by stratum and group
    cells_of_groups: sparse.csc_array  # cells by group
    n_drawn: Array  # one a cell: units coded of its stratum, in whatever group
    weight: Array  # w, shape (n_coded, 1)
    left: Array  # 1 − 1 / w: the share of the stratum that was not coded


def corrected_sums(
    above: sparse.csr_array, below: Array, first_rows: Array, coded: Coded, *, of_corpus: bool = False
) -> Corrected:
    """Return the sums of groups of clusters as coders would have made them.

    Parameters
    ----------
    above : scipy.sparse.csr_array, shape (n_clusters, n_kinds)
        The hits of each cluster of articles, group after group.
    below : numpy.ndarray, shape (n_clusters,)
        What they are counted in, such as words: the bounds are for the ratio of the two, times Σ `below` of the group.
    first_rows : numpy.ndarray of int, shape (n_groups + 1,)
        Where each group begins, and the last one ends.
    coded : Coded
        The units that were coded.
    of_corpus : bool
        Whether the bounds are for these articles only, and not for those that might have been written.

    Returns
    -------
    Corrected
        The bounds are at least 0. They are NaN where a group has fewer than two clusters, unless `of_corpus`, and where the lexicon has
        hits and no unit with one was coded.
    """
    used = coded.row >= 0
    said, found = coded.said[used], coded.found[used]
    sample = _sample(coded, first_rows)
    power = _power(said, found, sample)
    error = said - power * found
    pseudo = above.toarray() * power + sample.of_clusters @ (error * sample.weight)
    whole, corrected = (ratios_of(each, below, first_rows) for each in (above, pseudo))
    reaches = [_reach_of_missed(said, found, sample), _reach_of_right(said, found, power, whole.above, sample)]
    if not of_corpus:
        coding = sample.of_groups @ (error**2 * sample.weight**2 * sample.left)
        reaches.append(_reach_of_articles(corrected, whole, coding))
    down, up = (np.sqrt(sum(reach[side] ** 2 for reach in reaches)) for side in (0, 1))
    total = corrected.above
    n_coded = np.asarray(sample.of_groups.sum(axis=1)).reshape(-1, 1)
    n_with_hits = sample.of_groups @ (found > 0).astype(np.float64)
    return Corrected(total, np.maximum(total - down, 0), np.maximum(total + up, 0), power, n_coded, n_with_hits)


def _sample(coded: Coded, first_rows: Array) -> _Sample:
    merged = _merged(coded.stratum, coded.weight)
    used = coded.row >= 0
    row, n_groups = coded.row[used], len(first_rows) - 1
    group = np.searchsorted(first_rows, row, side="right") - 1
    cells, cell = np.unique(merged[used] * n_groups + group, return_inverse=True)
    return _Sample(
        of_clusters=_summing(row, int(first_rows[-1])),
        of_groups=_summing(group, n_groups),
        of_cells=_summing(cell, len(cells)),
        cells_of_groups=_summing(cells % n_groups, n_groups),
        n_drawn=np.bincount(merged)[cells // n_groups][:, None],
        weight=coded.weight[used][:, None],
        left=1 - 1 / coded.weight[used][:, None],
    )


def _summing(places: Array, n_places: int) -> sparse.csc_array:
    """Return the matrix that sums its columns by their places."""
    n = len(places)
    return sparse.csc_array((np.ones(n), places, np.arange(n + 1)), shape=(n_places, n))


def _merged(stratum: Array, weight: Array) -> Array:
    """Return the strata of units for variances: those with one unit count as one, and a single such one joins that of nearest weight."""
    is_alone = np.bincount(stratum)[stratum] == 1
    merged = np.where(is_alone, stratum[is_alone][:1].sum(), stratum)
    if is_alone.sum() == 1 and len(stratum) > 1:
        distance = np.where(is_alone, np.inf, np.abs(np.log(weight / weight[is_alone])))
        merged[is_alone] = stratum[np.argmin(distance)]
    return merged


def _covariance(first: Array, second: Array, sample: _Sample) -> Array:
    """Return the covariance of Σ w `first` and Σ w `second` of each group over the samples that might have been drawn.

    Of a stratum it is N² (1 − n / N) / n times the covariance in it, in which a unit of another group has 0.
    """
    scale = sample.weight * np.sqrt(sample.left)
    first, second = first * scale, second * scale
    n = sample.n_drawn
    inner = sample.of_cells @ (first * second) - (sample.of_cells @ first) * (sample.of_cells @ second) / n
    covariance: Array = sample.cells_of_groups @ (inner * ratio(n, n - 1))
    return covariance


def _power(said: Array, found: Array, sample: _Sample) -> Array:
    """Return λ of each kind, from 0 to 1; where the coded units do not tell, 1."""
    power = ratio(_covariance(said, found, sample).sum(axis=0), _covariance(found, found, sample).sum(axis=0))
    tuned: Array = np.where(np.isnan(power), 1, np.clip(power, 0, 1))
    return tuned


def _reach_of_missed(said: Array, found: Array, sample: _Sample) -> Reach:
    """Return the reach of the number of misses M.

    M is as sure as a gamma variable of the same mean and variance. Half a miss is added to it, as in Jeffreys' interval of a count (Brown,
    Cai & DasGupta 2003; with weights, Fay & Feuer 1997), so that there is a bound where none was seen. It has the weight that one more would
    have: the mean of those seen and of one that lies anywhere in the group.
    """
    missed, weight = np.maximum(said - found, 0), sample.weight
    total = sample.of_groups @ (missed * weight)
    anywhere = ratio(sample.of_groups @ (weight**2 * sample.left), sample.of_groups @ weight)
    seen = sample.of_groups @ (missed * weight * sample.left)
    once = (seen + _ANYWHERE * anywhere) / (sample.of_groups @ missed + _ANYWHERE)
    mean, variance = total + once / 2, _covariance(missed, missed, sample) + once**2 / 2
    is_known = variance > 0  # else all units were coded, or none
    shape, scale = (np.where(is_known, ratio(*pair), 1) for pair in ((mean**2, variance), (variance, mean)))
    low, high = (scale * special.gammaincinv(shape, level) for level in (TWO_SIDED, 1 - TWO_SIDED))
    return (
        np.where(is_known & (total > 0), np.maximum(total - low, 0), 0),
        np.where(is_known, np.maximum(high - total, 0), 0),
    )


def _reach_of_right(said: Array, found: Array, power: Array, hits: Array, sample: _Sample) -> Reach:
    """Return the reach of the number of right hits, F times a share.

    Wilson's bounds of the share p for as many hits as would be as sure if they were drawn one by one, F² p (1 − p) / variance (Korn &
    Graubard 1998); where all coded hits are right, or none, for Kish's (1965) number (Σ w f)² / Σ w² f².
    """
    right, weight = np.minimum(said, found), sample.weight
    error = right - power * found
    share = ratio(sample.of_groups @ (right * weight), sample.of_groups @ (found * weight))
    of_design = ratio(
        (sample.of_groups @ (found * weight)) ** 2, sample.of_groups @ ((found * weight) ** 2 * sample.left)
    )
    n = ratio(hits**2 * share * (1 - share), _covariance(error, error, sample))
    n = np.where(n > 0, n, of_design)
    point = np.clip(ratio(power * hits + sample.of_groups @ (error * weight), hits), 0, 1)
    z = special.ndtri(1 - TWO_SIDED)
    middle = (point + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(point * (1 - point) / n + z**2 / (4 * n**2))
    is_sure = (hits == 0) | ((sample.of_groups @ found > 0) & np.isnan(n))  # no hit, or all units with hits coded
    low, high = (np.where(is_sure, 0, hits * np.abs(bound - point)) for bound in (middle - half, middle + half))
    return low, high


def _reach_of_articles(corrected: Ratios, whole: Ratios, coding: Array) -> Reach:
    """Return the reach that the sampling of articles has: S exp(± t s / S) for the corrected sum S.

    s² is the jackknife variance of the corrected sums of clusters, less what the coding of a part adds to it, `coding`. As far as it does, s²
    is at least that of S hits which vary as those of the lexicon do, or as independent ones where these vary more.
    """
    like_hits = np.minimum(ratio(whole.variance, whole.above), 1)
    least = np.where(np.isnan(like_hits), 1, like_hits) * np.maximum(corrected.above, 0)
    share = ratio(coding, corrected.variance)
    unsure = np.where(np.isnan(share), 1, np.minimum(share, 1))
    error = np.sqrt(np.maximum(corrected.variance - coding, unsure * least))
    middle = np.maximum(corrected.above, error)
    t = special.stdtrit(np.maximum(corrected.n_clusters - 1, 1), 1 - TWO_SIDED)
    step = np.minimum(np.where(middle > 0, t * ratio(error, middle), error), _LONGEST)
    return middle * -np.expm1(-step), middle * np.expm1(step)
