"""Ratios of sums over articles, such as hits by words, with 95% intervals that hold for few articles and rare frames."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.counting.resampling import ratio

Array = npt.NDArray[Any]

FEWEST_ARTICLES = 5  # of a group, below which no interval, no test and no mark in a chart is given
T_INTERVAL = "t on log or logit scale, jackknife over"
ONE_SIDED = 0.05
TWO_SIDED = 0.025
_MOST_LENT = 2  # degrees of freedom that the other groups lend
_ALIKE = 1e-12  # relative variance below which articles have one rate, but for rounding


@dataclass(frozen=True, eq=False)
class Ratios:
    """Ratios of two sums, of several kinds in several groups, and how much the sums vary from cluster to cluster of articles.

    Attributes
    ----------
    above : numpy.ndarray, shape (n_groups, n_kinds)
        What is counted, such as hits.
    below : numpy.ndarray, shape (n_groups, 1)
        What it is counted in, such as words.
    n_clusters : numpy.ndarray of int, shape (n_groups, 1)
        Clusters of articles, or articles, that have something to count in.
    variance : numpy.ndarray, shape (n_groups, n_kinds)
        Of `above` where `below` is given; NaN with fewer than two clusters.
    """

    above: Array
    below: Array
    n_clusters: Array
    variance: Array

    @property
    def ratio(self) -> Array:
        """The ratios; NaN where there is nothing to count in."""
        return ratio(self.above, self.below)


def ratios_of(above: Array | sparse.csr_array, below: Array, first_rows: Array) -> Ratios:
    """Return the ratios of groups of clusters with their jackknife variance.

    Parameters
    ----------
    above : numpy.ndarray or scipy.sparse.csr_array, shape (n_clusters, n_kinds)
        What each cluster counts, group after group.
    below : numpy.ndarray, shape (n_clusters,)
        What it is counted in.
    first_rows : numpy.ndarray of int, shape (n_groups + 1,)
        Where each group begins, and the last one ends.

    Notes
    -----
    With r = Σ aᵢ / Σ bᵢ over n clusters and B = Σ bᵢ, the ratio without cluster i differs from r by −(aᵢ − r bᵢ) / (B − bᵢ), so the
    jackknife variance of r B is (n − 1) / n · Σ ((aᵢ − r bᵢ) / (1 − bᵢ / B))², which needs no cluster to be left out in turn.

    References
    ----------
    Shao, J., & Tu, D. (1995). The jackknife and bootstrap, section 2.1.
    """
    above = sparse.csr_array(above, dtype=np.float64)
    sizes = np.diff(first_rows)
    group = np.repeat(np.arange(len(sizes)), sizes)

    def summed(weights: Array) -> sparse.csr_array:
        return sparse.csr_array((weights, np.arange(len(group)), first_rows), shape=(len(sizes), len(group)))

    totals = summed(np.ones(len(group)))
    whole = totals @ below
    n_clusters = (totals @ (below > 0).astype(np.float64))[:, None]
    weights = ratio(whole[group], whole[group] - below) ** 2
    sums = (totals @ above).toarray()
    rates = ratio(sums, whole[:, None])
    squares = (summed(weights) @ above.power(2)).toarray()
    products = (summed(weights * below) @ above).toarray()
    own = (summed(weights) @ below**2)[:, None]
    variance = ratio(n_clusters - 1, n_clusters) * (squares - 2 * rates * products + rates**2 * own)
    variance[variance < _ALIKE * sums**2] = 0
    return Ratios(sums, whole[:, None], n_clusters.astype(np.int64), np.where(n_clusters < 2, np.nan, variance))


def rate_intervals(ratios: Ratios, *, is_used: Array, tail: float = ONE_SIDED) -> Array:
    """Return the 95% intervals of rates that may be any number from 0.

    Parameters
    ----------
    ratios : Ratios
        Hits by words, say.
    is_used : numpy.ndarray of bool, shape (n_groups, 1)
        Groups that have enough articles.
    tail : float
        Chance that the bound of a rate of 0 is allowed to miss.

    Returns
    -------
    numpy.ndarray, shape (2, n_groups, n_kinds)
        NaN in groups that are not used, and where all clusters are alike and no other group says how much they vary. A rate of 0 has
        the lower bound 0 and an upper one.

    Notes
    -----
    r · exp(± t s / Σ a) with Student's t. The variance s² is moderated: s² = ((n − 1) v + m φ Σ a) / (n − 1 + m), with the jackknife
    variance v, the dispersion φ = Σ v / Σ a over the groups with a hit (1 at least), and m = 2 degrees of freedom lent by two further
    groups or more, 1 by one, 0 where the group stands alone; t has n − 1 + m. A rate of 0 has the bound −ln(tail) φ / words of a
    Poisson count times the dispersion.

    References
    ----------
    Smyth, G. K. (2004). Linear models and empirical Bayes methods for assessing differential expression (moderated variances).
    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA, 249(13) (bound of a count of 0).
    """
    spread, dispersion = _spread(ratios, ratios.above, is_used)
    factor = np.exp(np.minimum(ratio(spread, ratios.above), 500.0))
    bounds = np.stack([ratios.ratio / factor, ratios.ratio * factor])
    is_none = is_used & (ratios.above == 0) & (ratios.below > 0)
    bounds[0][is_none] = 0
    bounds[1][is_none] = (-np.log(tail) * ratio(dispersion, ratios.below))[is_none]
    return bounds


def difference_intervals(ratios: Ratios) -> tuple[Array, Array]:
    """Return the 95% intervals of the difference and of the quotient of two rates, the first less and by the second.

    Parameters
    ----------
    ratios : Ratios
        Two groups of articles, both with enough of them.

    Returns
    -------
    differences, quotients : numpy.ndarray, shape (2, n_kinds)
        NaN where one of the two rates has no interval. A quotient by a rate of 0 is NaN; that of a rate of 0 has an upper bound only.

    Notes
    -----
    From the bounds l and u of each rate r, as `rate_intervals` gives them (of a rate of 0 the two-sided one): the difference reaches
    √((r₁ − l₁)² + (u₂ − r₂)²) down and √((u₁ − r₁)² + (r₂ − l₂)²) up, and the logarithm of the quotient likewise from the logarithms.

    References
    ----------
    Zou, G. Y., & Donner, A. (2008). Construction of confidence limits about effect measures. Statistics in Medicine, 27(10).
    """
    low, high = rate_intervals(ratios, is_used=np.ones((2, 1), np.bool_), tail=TWO_SIDED)
    rate = ratios.ratio
    differences = difference_bounds(rate, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.hypot(*np.log(high / rate))
        quotient = ratio(rate[0], rate[1])
        quotients = np.stack([quotient * np.exp(-reach), quotient * np.exp(reach)])
    is_none = (rate[0] == 0) & (rate[1] > 0)
    quotients[0][is_none], quotients[1][is_none] = 0, (ratio(high[0], low[1]))[is_none]
    quotients[:, rate[1] == 0] = np.nan
    return differences, quotients


def difference_bounds(rate: Array, low: Array, high: Array) -> Array:
    """Return the bounds of the first of two rates less the second, from the bounds of both; see `difference_intervals`."""
    below, above = rate - low, high - rate
    middle = rate[0] - rate[1]
    return np.stack([middle - np.hypot(below[0], above[1]), middle + np.hypot(above[0], below[1])])


def share_intervals(ratios: Ratios, *, is_used: Array) -> Array:
    """Return the 95% intervals of shares, from 0 to 1, as `rate_intervals` does but on the logit scale; 0 and 1 have one bound each.

    Notes
    -----
    logit p ± t s / (n p (1 − p)) with s² as in `rate_intervals`, where the variance of a binomial count, n p (1 − p), stands for Σ a.
    A share of 0 has the upper bound 1 − 0.05^(φ / n), a share of 1 the lower bound 0.05^(φ / n).
    """
    share = ratios.ratio
    binomial = ratios.above * (1 - share)
    spread, dispersion = _spread(ratios, binomial, is_used)
    with np.errstate(divide="ignore"):
        middle = special.logit(share)
    reach = ratio(spread, binomial)
    bounds = special.expit(np.stack([middle - reach, middle + reach]))
    return _one_sided(bounds, ratios, is_used, ONE_SIDED ** ratio(dispersion, ratios.below))


def exact_share_intervals(ratios: Ratios, *, is_used: Array) -> Array:
    """Return the 95% intervals of shares of clusters that are independent, each with or without; 0 and 1 have one bound each.

    References
    ----------
    Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the binomial.
    """
    with_it, without = ratios.above, ratios.below - ratios.above
    bounds = np.stack(
        [
            special.betaincinv(with_it, without + 1, TWO_SIDED),
            special.betaincinv(with_it + 1, without, 1 - TWO_SIDED),
        ]
    )
    bounds[:, ~np.broadcast_to(is_used, with_it.shape)] = np.nan
    return _one_sided(bounds, ratios, is_used, ONE_SIDED ** ratio(np.ones(with_it.shape), ratios.below))


def _one_sided(bounds: Array, ratios: Ratios, is_used: Array, chance: Array) -> Array:
    """Return the bounds with those of shares of 0 and 1, `chance` being the least share that all of a group could have had."""
    is_none = is_used & (ratios.above == 0) & (ratios.below > 0)
    is_all = is_used & (ratios.above == ratios.below) & (ratios.below > 0)
    bounds[0][is_none], bounds[1][is_none] = 0, 1 - chance[is_none]
    bounds[0][is_all], bounds[1][is_all] = chance[is_all], 1
    return bounds


def _spread(ratios: Ratios, alone: Array, is_used: Array) -> tuple[Array, Array]:
    """Return t times the standard error of the counts, NaN where it is not known, and the pooled dispersion of each kind.

    `alone` is the variance that the counts would have if nothing came in clusters.
    """
    is_known = is_used & (alone > 0) & ~np.isnan(ratios.variance)
    varied, expected = (np.where(is_known, each, 0).sum(axis=0) for each in (ratios.variance, alone))
    dispersion = np.maximum(ratio(varied, expected), 1)
    dispersion = np.broadcast_to(np.where(np.isnan(dispersion), 1, dispersion), alone.shape)
    lent = np.clip(is_known.sum(axis=0) - 1, 0, _MOST_LENT)
    freedom = ratios.n_clusters - 1 + lent
    pooled = (ratios.n_clusters - 1) * ratios.variance + lent * dispersion * alone
    variance = ratio(pooled, freedom)
    spread = special.stdtrit(freedom, 1 - TWO_SIDED) * np.sqrt(variance)
    return np.where(is_known & (variance > 0), spread, np.nan), dispersion
