"""Resampling: sums over articles drawn with replacement, and the intervals made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.core.errors import SchemaError

Array = npt.NDArray[Any]
Method = Literal["percentile", "bca"]

FEWEST_DRAWS = 100
_NUMBERS_AT_ONCE = 4_000_000
_LEVELS = np.array([0.025, 0.975])


@dataclass(frozen=True, kw_only=True)
class Resampling:
    """How an interval is made.

    Attributes
    ----------
    n_draws : int
        How many times to draw, at least 100.
    seed : int
        The same seed gives the same interval.
    method : {"percentile", "bca"}
        The 2.5th and 97.5th percentile of the draws; or percentiles corrected for bias and skewness (BCa), which are nearer to
        the stated 95% for few and uneven articles.
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
    method: Method = "percentile"
    cluster: str = "article_id"

    def __post_init__(self) -> None:
        _check_draws(self.n_draws)
        if self.method not in get_args(Method):
            raise SchemaError(f"resampling: method={self.method!r}; known are {', '.join(get_args(Method))}")

    def __str__(self) -> str:
        return self.named("articles" if self.cluster == "article_id" else f"clusters of articles by {self.cluster}")

    def named(self, units: str) -> str:
        """Return what results say of their interval, where `units` are drawn."""
        name = {"percentile": "percentile", "bca": "BCa"}[self.method]
        return f"95% {name}, {self.n_draws} resamples of {units}, seed {self.seed}"


def interval_name(n_draws: int, seed: int) -> str:
    """Return what results say of their interval."""
    return str(Resampling(n_draws=n_draws, seed=seed))


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
