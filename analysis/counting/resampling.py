"""Resampling: sums over articles drawn with replacement, and the intervals made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, ParamSpec, TypeVar, get_args

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.core.errors import SchemaError
from analysis.core.options import replaces

P = ParamSpec("P")
T = TypeVar("T")
Array = npt.NDArray[Any]
Method = Literal["percentile", "bca"]

FEWEST_DRAWS = 100
_NUMBERS_AT_ONCE = 4_000_000
_AS_LONG = 8  # rows are drawn in the time in which it is drawn how often one is there
_LEVELS = np.array([0.025, 0.975])
WILSON = "95% Wilson"
ONE_ALONE = "one alone: no interval"


@dataclass(frozen=True, kw_only=True)
class Resampling:
    """How an interval is made.

    Attributes
    ----------
    n_draws : int
        How many times to draw, at least 100.
    seed : int
        The same seed gives the same interval.
    method : {"percentile", "bca"}, optional
        The 2.5th and 97.5th percentile of the draws; or percentiles corrected for bias and skewness (BCa), which are nearer to
        the stated 95% for few and uneven articles. Without it the measure's own: `analysis.rates`, `analysis.trends` and
        `analysis.differences` have intervals that need no draws and hold for few articles; all others take percentiles.
    cluster : str
        What is drawn: ``article_id``, or a column of ARTICLES such as ``outlet`` or ``event_id`` whose articles are drawn together
        because they are not independent. An article without a value is drawn alone.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association, 82(397).
    Davison, A. C., & Hinkley, D. V. (1997). Bootstrap methods and their application, section 3.8 (clusters).
    """

    n_draws: int = 2_000
    seed: int = 1
    method: Method | None = None
    cluster: str = "article_id"

    def __post_init__(self) -> None:
        _check_draws(self.n_draws)
        if self.method is not None and self.method not in get_args(Method):
            raise SchemaError(f"resampling: method={self.method!r}; known are {', '.join(get_args(Method))}")

    def __str__(self) -> str:
        return self.named(self._units)

    @property
    def _units(self) -> str:
        return "articles" if self.cluster == "article_id" else f"clusters of articles by {self.cluster}"

    def named(self, units: str) -> str:
        """Return what results say of their interval, where `units` are drawn."""
        name = "BCa" if self.method == "bca" else "percentile"
        return f"95% {name}, {self.n_draws} resamples of {units}, seed {self.seed}"

    def named_unless(self, without_draws: str) -> str:
        """Return what results say of an interval that is resampled only where a method is asked for."""
        return str(self) if self.method else f"95% {without_draws} {self._units}"


def takes_old_draws(*, n_draws: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator with which ``n_draws=`` and ``seed=``, now in `Resampling`, still work; `n_draws` is the function's default."""
    return replaces("n_draws", "seed", new="resampling", made=partial(Resampling, n_draws=n_draws))


def one_interval_of_two(resampling: Resampling, units: str, *, wilson: str, resampled: str) -> str:
    """Return what results say where the interval of some measures is Wilson's, and that of others resampled."""
    method, _, drawn = resampling.named(units).removeprefix("95% ").partition(", ")
    return f"95%, {wilson} Wilson, {resampled} {method} of {drawn}"


def resampled_sums(values: Array | sparse.csr_array, *, n_draws: int, seed: int | Sequence[int]) -> Array:
    """Return the column sums of `values` over rows drawn with replacement, as many as there are.

    Parameters
    ----------
    values : numpy.ndarray or scipy.sparse.csr_array, shape (n_articles, n_columns)
        One row an article, or a cluster of articles.
    n_draws : int
        How many times to draw, at least 100.
    seed : int or sequence of int
        The same seed draws the same rows, whatever the columns hold.

    Returns
    -------
    numpy.ndarray of float64, shape (n_draws, n_columns)
        NaN where there are fewer than two rows, whose resamples would all be alike.

    Raises
    ------
    SchemaError
        When `n_draws` is below 100.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, ch. 6.
    """
    _check_draws(n_draws)
    n_rows, n_columns = values.shape
    if n_rows < 2:
        return np.full((n_draws, n_columns), np.nan)
    rng = np.random.default_rng(seed)
    sums = np.empty((n_draws, n_columns))
    step = max(1, _NUMBERS_AT_ONCE // n_rows)
    for first in range(0, n_draws, step):
        part = sums[first : first + step]
        drawn = rng.integers(n_rows, size=(len(part), n_rows))
        drawn += n_rows * np.arange(len(part))[:, None]
        times = np.bincount(drawn.ravel(), minlength=len(part) * n_rows).reshape(len(part), n_rows)
        part[:] = times.astype(np.float64) @ values
    return sums


@dataclass(frozen=True, eq=False)
class Resampled:
    """Sums of columns over rows, from which the estimates and their interval are made.

    Attributes
    ----------
    total : numpy.ndarray, shape (1, n_columns)
        The sums over all rows.
    drawn : numpy.ndarray, shape (n_draws, n_columns)
        The sums over each resample.
    left_out : numpy.ndarray, shape (n_rows, n_columns), optional
        The sums without each of the rows (jackknife), where the method asks for them.
    """

    total: Array
    drawn: Array
    left_out: Array | None


def resampled(
    values: Array | sparse.csr_array, resampling: Resampling, *, seed: int | Sequence[int] | None = None
) -> Resampled:
    """Return the sums of `values` over all rows, each resample and, for BCa, all rows but one.

    Parameters
    ----------
    values : numpy.ndarray or scipy.sparse.csr_array, shape (n_rows, n_columns)
        One row an article, or a cluster of articles.
    resampling : Resampling
        How the interval is made.
    seed : int or sequence of int, optional
        A stream of its own, as for each of several groups; by default that of `resampling`.
    """
    drawn = resampled_sums(values, n_draws=resampling.n_draws, seed=resampling.seed if seed is None else seed)
    return _with_jackknife(values, drawn, resampling)


def resampled_by_counts(values: Array, resampling: Resampling, generator: np.random.Generator) -> Resampled:
    """Return what `resampled` does, from a generator that several groups share: it draws how often each row is in a resample."""
    n_rows = len(values)
    if n_rows < 2:
        return resampled(values, resampling)
    times = generator.multinomial(n_rows, np.full(n_rows, 1 / n_rows), size=resampling.n_draws)
    return _with_jackknife(values, times @ values, resampling)


def resampled_alike(values: Array | sparse.csr_array, resampling: Resampling) -> Resampled:
    """Return what `resampled` does, sooner where many rows are equal: then it draws how often each distinct row is in a resample.

    Of n rows of which c are equal, a resample has a multinomial number of them, n times c / n in the mean, whichever of them it draws.
    """
    n_rows = len(values) if isinstance(values, np.ndarray) else 0
    if resampling.n_draws * n_rows <= _NUMBERS_AT_ONCE:
        return resampled(values, resampling)
    distinct, n_equal = np.unique(values, axis=0, return_counts=True)
    if n_rows < _AS_LONG * len(distinct):
        return resampled(values, resampling)
    generator = np.random.default_rng(resampling.seed)
    step = max(1, _NUMBERS_AT_ONCE // len(distinct))
    drawn = [
        generator.multinomial(n_rows, n_equal / n_rows, size=min(step, resampling.n_draws - first)) @ distinct
        for first in range(0, resampling.n_draws, step)
    ]
    return _with_jackknife(values, np.concatenate(drawn), resampling)


def resampled_within(values: sparse.csr_array, strata: Array, resampling: Resampling) -> Resampled:
    """Return the sums of `values` where rows were drawn in strata, each of which is resampled by itself.

    Parameters
    ----------
    values : scipy.sparse.csr_array, shape (n_rows, n_columns)
        One row an article of a stratum, its values weighted already.
    strata : numpy.ndarray
        The stratum of each row. One with a single row stands in every resample as it is.
    resampling : Resampling
        How the interval is made.

    Notes
    -----
    Of the n rows of a stratum n − 1 are drawn with replacement and counted n / (n − 1) times, so that the resamples vary as the estimate
    does also in strata of two or three rows.

    References
    ----------
    Rao, J. N. K., & Wu, C. F. J. (1988). Resampling inference with complex survey data. JASA, 83(401).
    """
    generator = np.random.default_rng(resampling.seed)
    drawn = np.zeros((resampling.n_draws, values.shape[1]))
    left_out = np.zeros(values.shape if resampling.method == "bca" else (0, 0))
    for stratum in np.unique(strata):
        rows = np.flatnonzero(strata == stratum)
        own, n = values[rows], len(rows)
        whole = np.asarray(own.sum(axis=0))
        if n == 1:
            drawn += whole
            continue
        times = generator.multinomial(n - 1, np.full(n, 1 / n), size=resampling.n_draws) * (n / (n - 1))
        drawn += (own.T @ times.T).T
        if len(left_out):
            left_out[rows] = (whole - n * own.toarray()) / (n - 1)
    total = np.asarray(values.sum(axis=0))[None]
    return Resampled(total, drawn, total + left_out if len(left_out) else None)


def _with_jackknife(values: Array | sparse.csr_array, drawn: Array, resampling: Resampling) -> Resampled:
    total = np.asarray(values.sum(axis=0))[None]
    if resampling.method != "bca":
        return Resampled(total, drawn, None)
    left_out = total - (values if isinstance(values, np.ndarray) else values.toarray())
    return Resampled(total, drawn, left_out if len(left_out) > 1 else np.full(left_out.shape, np.nan))


def two_samples(first: Resampled, second: Resampled) -> tuple[Resampled, Resampled]:
    """Return two groups that are resampled apart for one interval of both: without a row of one, the other is whole."""
    if first.left_out is None or second.left_out is None:
        return first, second
    n_first, n_second = len(first.left_out), len(second.left_out)
    return (
        replace(first, left_out=np.vstack([first.left_out, np.repeat(first.total, n_second, axis=0)])),
        replace(second, left_out=np.vstack([np.repeat(second.total, n_first, axis=0), second.left_out])),
    )


def interval(estimates: Callable[..., Array], *sums: Resampled, of_draws: Callable[..., Array] | None = None) -> Array:
    """Return the bounds of 95% intervals.

    Parameters
    ----------
    estimates : callable
        Makes estimates (columns) from each row of the sums; takes as many arrays as there are `sums`.
    *sums : Resampled
        What the estimates are made of.
    of_draws : callable, optional
        Makes those of the resamples, where it must take another care of sums of 0.

    Returns
    -------
    numpy.ndarray, shape (2, n_estimates)
        NaN where no resample has an estimate.
    """
    drawn = (of_draws or estimates)(*(each.drawn for each in sums))
    left_out = [each.left_out for each in sums if each.left_out is not None]
    if not left_out:
        return percentile_interval(drawn)
    return bca_interval(drawn, estimates(*(each.total for each in sums))[0], estimates(*left_out))


def wilson_interval(counts: Array, sizes: Array) -> Array:
    """Return Wilson's 95% interval of each share, shape (2, n), NaN where there is nothing to share."""
    # All of scipy.stats takes a second to import, which no rate should wait for.
    from scipy.stats import binomtest

    intervals = [
        binomtest(int(count), int(size)).proportion_ci(method="wilson") if size else (np.nan, np.nan)
        for count, size in zip(counts, sizes, strict=True)
    ]
    return np.array(intervals, np.float64).T


def summed_by(values: Array | sparse.csr_array, clusters: Array) -> Array | sparse.csr_array:
    """Return the sums of the rows of each cluster, in the order of the clusters' numbers."""
    found, row_of = np.unique(clusters, return_inverse=True)
    ones = (np.ones(len(row_of)), (row_of, np.arange(len(row_of))))
    sums: Array | sparse.csr_array = sparse.csr_array(ones, shape=(len(found), len(row_of))) @ values
    return sums


def _check_draws(n_draws: int) -> None:
    if n_draws < FEWEST_DRAWS:
        raise SchemaError(f"n_draws={n_draws}; an interval needs at least {FEWEST_DRAWS}")


def ratio(above: Array, below: Array) -> Array:
    """Return above / below, NaN where `below` is 0."""
    quotient: Array = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) != 0)
    return quotient


def percentile_interval(draws: Array) -> Array:
    """Return the 2.5th and 97.5th percentile of each column of `draws`; NaN draws are left out, none left gives NaN."""
    return _quantiles(draws, np.broadcast_to(_LEVELS[:, None], (2, draws.shape[1])))


def bca_interval(draws: Array, estimates: Array, left_out: Array) -> Array:
    """Return the bias-corrected and accelerated 95% interval of each column.

    Parameters
    ----------
    draws : numpy.ndarray, shape (n_draws, n_columns)
        The resampled estimates.
    estimates : numpy.ndarray, shape (n_columns,)
        The estimates of all rows.
    left_out : numpy.ndarray, shape (n_rows, n_columns)
        The estimates without each of the rows (jackknife).

    Returns
    -------
    numpy.ndarray, shape (2, n_columns)
        NaN where draws or jackknife do not vary.

    Notes
    -----
    Levels Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) for z = Φ⁻¹(0.025) and Φ⁻¹(0.975), with z₀ = Φ⁻¹(share of draws below the estimate, ties half)
    and a = Σ d³ / (6 (Σ d²)^1.5) for d = mean(left_out) − left_out (Efron 1987, eq. 6.6 of Efron & Tibshirani 1993, ch. 14).
    """
    known = ~np.isnan(draws)
    below = ((draws < estimates) & known).sum(axis=0) + ((draws == estimates) & known).sum(axis=0) / 2
    bias = special.ndtri(ratio(below, known.sum(axis=0)))
    distance = ratio(np.nansum(left_out, axis=0), (~np.isnan(left_out)).sum(axis=0)) - left_out
    cubes, squares = np.nansum(distance**3, axis=0), np.nansum(distance**2, axis=0)
    acceleration = ratio(cubes, 6 * squares**1.5)
    shifted = bias + special.ndtri(_LEVELS)[:, None]
    return _quantiles(draws, special.ndtr(bias + ratio(shifted, 1 - acceleration * shifted)))


def _quantiles(draws: Array, levels: Array) -> Array:
    """Return for each column of `draws` its quantiles at the two `levels` of that column, by linear interpolation."""
    ordered = np.sort(draws, axis=0)
    n_known = (~np.isnan(draws)).sum(axis=0)
    place = levels * np.maximum(n_known - 1, 0)
    usable = (n_known > 0) & ~np.isnan(place)
    low = np.where(usable, place, 0).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(n_known - 1, 0))
    columns = np.arange(draws.shape[1])
    first, second = ordered[low, columns], ordered[high, columns]
    part = place - low
    # Where nothing lies between two draws, nothing is subtracted: draws may be infinite.
    between = usable & (part > 0) & (first != second)
    step = np.subtract(second, first, out=np.zeros(first.shape), where=between)
    return np.where(usable, first + np.multiply(part, step, out=np.zeros(first.shape), where=between), np.nan)
