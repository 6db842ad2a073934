"""Krippendorff's alpha as a formula on sums over items, so that a resample adds numbers up and looks at no item again."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.counting.resampling import ratio

Array = npt.NDArray[Any]
Level = Literal["nominal", "ordinal", "interval", "ratio", "set"]

ALPHA = "krippendorff_alpha"


class Parts(NamedTuple):
    """Coefficients as a function of sums over items.

    Attributes
    ----------
    names : tuple of str
        The coefficients.
    columns : scipy.sparse.csr_array, shape (n_items, n_columns)
        What each item adds to the sums; times a weight where an item stands for several.
    estimate : callable
        Makes of sums, shape (n, n_columns), the coefficients, shape (n, n_coefficients); NaN where one is not defined.
    """

    names: tuple[str, ...]
    columns: sparse.csr_array
    estimate: Callable[[Array], Array]


def joined(several: Sequence[Parts]) -> Parts:
    """Return the coefficients of several as one."""
    ends = np.cumsum([parts.columns.shape[1] for parts in several])
    starts = ends - [parts.columns.shape[1] for parts in several]

    def estimate(sums: Array) -> Array:
        each = zip(several, starts, ends, strict=True)
        return np.hstack([parts.estimate(sums[:, start:end]) for parts, start, end in each])

    names = tuple(name for parts in several for name in parts.names)
    return Parts(names, beside(*(parts.columns for parts in several)), estimate)


def times(columns: sparse.csr_array, weights: Array) -> sparse.csr_array:
    """Return columns of which each item counts as often as its weight says."""
    weighted: sparse.csr_array = sparse.diags_array(weights).tocsr() @ columns
    return weighted


def beside(*columns: Array | sparse.csr_array) -> sparse.csr_array:
    """Return columns, and tables of columns, side by side."""
    tables = [
        sparse.csr_array(each.reshape(len(each), -1)) if isinstance(each, np.ndarray) else each for each in columns
    ]
    together: sparse.csr_array = sparse.hstack(tables).tocsr()
    return together


def counts_of(codes: Array, n_values: int, *, fewest: int) -> sparse.csr_array:
    """Return how many coders gave each value to each item; nothing for items that fewer than `fewest` coded.

    Parameters
    ----------
    codes : numpy.ndarray of int, shape (n_items, n_coders)
        The number of the value that a coder gave to an item, -1 where the coder did not code it.
    n_values : int
        How many values there are.
    fewest : int
        How many codings an item needs.
    """
    is_coded = codes >= 0
    items, coders = np.nonzero(is_coded & (is_coded.sum(axis=1) >= fewest)[:, None])
    counts: sparse.csr_array = sparse.coo_array(
        (np.ones(len(items)), (items, codes[items, coders])), shape=(len(codes), n_values)
    ).tocsr()
    return counts


def alpha_parts(codes: Array, values: Array, level: Level) -> Parts:
    """Return alpha of codings at a level of measurement.

    Parameters
    ----------
    codes : numpy.ndarray of int, shape (n_items, n_coders)
        The number of the value that a coder gave to an item, -1 where the coder did not code it.
    values : numpy.ndarray
        The values, for ordinal ones in their order; for interval and ratio they are numbers; for sets the distances of each two.
    level : {"nominal", "ordinal", "interval", "ratio", "set"}
        What the distance of two values is.

    Notes
    -----
    α = 1 − (n − 1) Σ o δ / Σ n n δ: o are the coincidences of two values in an item, where each ordered pair of an item's m codings
    counts 1 / (m − 1), n the codings of each value in items that two coded, δ the squared distance of two values. Ordinal distances are
    differences of middle ranks, Σ_{g=c}^{k} n_g − (n_c + n_k) / 2; they hang on all codings and are made anew in each resample.

    References
    ----------
    Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.), ch. 12. Sage.
    """
    counts = counts_of(codes, len(values), fewest=2)
    others = np.maximum((codes >= 0).sum(axis=1) - 1, 1)
    if level == "ordinal":
        return _ordinal(codes, counts, others)
    if level == "interval":
        return _interval(counts, values, others)
    if level == "nominal":
        coded = counts.sum(axis=1)
        return _of_distances(counts, (coded**2 - counts.power(2).sum(axis=1)) / others, _apart)
    distances = ratio_distances(values) if level == "ratio" else values
    within = counts.multiply(counts @ distances).sum(axis=1) / others
    return _of_distances(counts, within, partial(_far, distances=distances))


def _of_distances(counts: sparse.csr_array, within: Array, between: Callable[[Array], Array]) -> Parts:
    """Return alpha where `within` is what each item's pairs differ, and `between` says it of all pairs of codings."""

    def estimate(sums: Array) -> Array:
        return _alpha(sums[:, 0], between(sums[:, 1:]), sums[:, 1:].sum(axis=1))

    return Parts((ALPHA,), beside(within, counts), estimate)


def _apart(n: Array) -> Array:
    apart: Array = n.sum(axis=1) ** 2 - (n**2).sum(axis=1)
    return apart


def _far(n: Array, *, distances: Array) -> Array:
    far: Array = ((n @ distances) * n).sum(axis=1)
    return far


def _interval(counts: sparse.csr_array, values: Array, others: Array) -> Parts:
    """Return alpha of distances (c − k)², for which the sums of values and of their squares are enough."""
    near_zero = values - values[len(values) // 2] if len(values) else values  # whole numbers stay whole, and sums exact
    coded, first, second = (counts @ near_zero**power for power in range(3))
    within = 2 * (coded * second - first**2) / others

    def estimate(sums: Array) -> Array:
        observed, n, total, squares = sums.T
        return _alpha(observed, 2 * (n * squares - total**2), n)

    return Parts((ALPHA,), beside(within, coded, first, second), estimate)


def _ordinal(codes: Array, counts: sparse.csr_array, others: Array) -> Parts:
    """Return alpha of middle ranks; the columns are the values, and the pairs of different values that stand together in items."""
    pairs, first, second = _pairs_within(codes, counts.shape[1], 2 / others)
    n_values = counts.shape[1]

    def estimate(sums: Array) -> Array:
        n = sums[:, :n_values]
        in_all = n.sum(axis=1)
        ranks = n.cumsum(axis=1) - n / 2 - in_all[:, None] / 2  # from the middle, which keeps the sums small
        observed = (sums[:, n_values:] * (ranks[:, first] - ranks[:, second]) ** 2).sum(axis=1)
        return _alpha(observed, 2 * in_all * (n * ranks**2).sum(axis=1), in_all)

    return Parts((ALPHA,), beside(counts, pairs), estimate)


def _pairs_within(codes: Array, n_values: int, worth: Array) -> tuple[sparse.csr_array, Array, Array]:
    """Return how often two different values stand together in each item, times what a pair is worth, and which values the columns are of."""
    items, lower, upper = [], [], []
    for one, other in combinations(codes.T, 2):
        differ = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
        items.append(differ)
        lower.append(np.minimum(one, other)[differ])
        upper.append(np.maximum(one, other)[differ])
    item, low, high = (
        np.concatenate(each, dtype=np.int64) if each else np.zeros(0, np.int64) for each in (items, lower, upper)
    )
    kinds, column = np.unique(low * n_values + high, return_inverse=True)
    together = sparse.coo_array((worth[item], (item, column)), shape=(len(codes), len(kinds))).tocsr()
    return together, kinds // n_values, kinds % n_values


def _alpha(observed: Array, expected: Array, n: Array) -> Array:
    # The coincidences of a value with itself have no distance, so these sums over all pairs are those of the formula.
    return 1 - ratio((n - 1) * observed, expected)[:, None]


def ratio_distances(values: Array) -> Array:
    """Return ((c − k) / (c + k))² of each two values, none of them negative; 0 where both are 0."""
    return np.nan_to_num(ratio(values[:, None] - values, values[:, None] + values)) ** 2


def masi_distances(sets: Sequence[frozenset[str]]) -> Array:
    """Return 1 − J · M of each two sets: J is the share of their union that both have, M how much one is part of the other.

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they share nothing.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
    """
    members = sorted(set().union(*sets))
    has = np.array([[member in one for member in members] for one in sets], np.float64).reshape(len(sets), len(members))
    sizes, both = has.sum(axis=1), has @ has.T
    either = sizes[:, None] + sizes - both
    is_part = both == np.minimum(sizes[:, None], sizes)
    share = np.select([is_part, both > 0], [2 / 3, 1 / 3], 0.0)
    distances: Array = np.where(both == either, 0.0, 1 - ratio(both, either) * share)
    return distances
