"""Sums over resampled articles, from which every interval of a ratio is made."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import SchemaError

Array = npt.NDArray[Any]

FEWEST_DRAWS = 100
_NUMBERS_AT_ONCE = 4_000_000


def resampled_sums(values: Array | sparse.csr_array, *, n_draws: int, seed: int) -> Array:
    """Return the column sums of `values` over articles drawn with replacement, as many as there are.

    Parameters
    ----------
    values : numpy.ndarray or scipy.sparse.csr_array, shape (n_articles, n_columns)
        One row an article.
    n_draws : int
        How many times to draw, at least 100.
    seed : int
        The same seed draws the same articles, whatever the columns hold.

    Returns
    -------
    numpy.ndarray of float64, shape (n_draws, n_columns)
        NaN where there are fewer than two articles, whose resamples would all be alike.

    Raises
    ------
    SchemaError
        When `n_draws` is below 100.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, ch. 6.
    """
    if n_draws < FEWEST_DRAWS:
        raise SchemaError(f"n_draws={n_draws}; an interval needs at least {FEWEST_DRAWS}")
    n_articles, n_columns = values.shape
    if n_articles < 2:
        return np.full((n_draws, n_columns), np.nan)
    rng = np.random.default_rng(seed)
    sums = np.empty((n_draws, n_columns))
    step = max(1, _NUMBERS_AT_ONCE // n_articles)
    for first in range(0, n_draws, step):
        part = sums[first : first + step]
        drawn = rng.integers(n_articles, size=(len(part), n_articles))
        drawn += n_articles * np.arange(len(part))[:, None]
        times = np.bincount(drawn.ravel(), minlength=len(part) * n_articles).reshape(len(part), n_articles)
        part[:] = times.astype(np.float64) @ values
    return sums


def ratio(above: Array, below: Array) -> Array:
    """Return above / below, NaN where `below` is 0."""
    quotient: Array = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) != 0)
    return quotient


def percentile_interval(draws: Array) -> Array:
    """Return the 2.5th and 97.5th percentile of each column of `draws`; NaN draws are left out, none left gives NaN."""
    bounds = np.full((2, draws.shape[1]), np.nan)
    known = ~np.isnan(draws).all(axis=0)
    if known.any():
        bounds[:, known] = np.nanpercentile(draws[:, known], [2.5, 97.5], axis=0)
    return bounds


def interval_name(n_draws: int, seed: int) -> str:
    """Return what results say of their interval."""
    return f"95% percentile, {n_draws} resamples of articles, seed {seed}"
