"""How evenly a term is spread over the articles: Gries' DP and Juilland's D."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Dispersion:
    """Dispersion of each term over the articles; NaN where it is not defined.

    Attributes
    ----------
    dp : numpy.ndarray of float64
        Gries' DP: 0 where the term is spread as the words are, near 1 where it stands in a small part of them.
    d : numpy.ndarray of float64
        Juilland's D: 1 where every article has the same rate, 0 where one of equal articles has all uses.
    """

    dp: npt.NDArray[np.float64]
    d: npt.NDArray[np.float64]


def dispersion(counts: sparse.csr_array, sizes: Array) -> Dispersion:
    r"""Return the dispersion of each column of `counts` over its rows.

    Parameters
    ----------
    counts : scipy.sparse.csr_array, shape (n_articles, n_terms)
        Uses of each term in each article.
    sizes : numpy.ndarray, shape (n_articles,)
        Words of each article; articles without any are no part.

    Returns
    -------
    Dispersion
        NaN for terms without uses, and for every term where fewer than two articles have words.

    Notes
    -----
    With s the share of all words and v the share of the term's uses that an article has, DP = ½ Σ \|v - s\| (Gries 2008). With p
    the rate of the term in each of n articles, D = 1 - (σ(p) / mean(p)) / √(n - 1), σ with divisor n (Juilland & Chang-Rodríguez 1964,
    with rates instead of counts because articles differ in length).

    References
    ----------
    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics, 13(4).
    """
    n_terms = counts.shape[1]
    n_parts = int(np.count_nonzero(sizes))
    if n_parts < 2:
        return Dispersion(np.full(n_terms, np.nan), np.full(n_terms, np.nan))
    size = np.repeat(sizes, np.diff(counts.indptr)).astype(np.float64)
    terms, uses = counts.indices, counts.data.astype(np.float64)
    # Without a use at all, bincount returns integers, which hold no NaN.
    total = np.bincount(terms, uses, minlength=n_terms).astype(np.float64)
    total[total == 0] = np.nan
    share = size / sizes.sum()
    # Articles without the term differ by their whole share, which is what the others leave of 1.
    distance = np.bincount(terms, np.abs(uses / total[terms] - share) - share, minlength=n_terms)
    rate = uses / size
    mean = np.bincount(terms, rate, minlength=n_terms) / n_parts
    mean[mean == 0] = np.nan
    # Squares of deviations, because a difference of large squares would hide how even an even term is.
    absent = n_parts - np.bincount(terms, minlength=n_terms)
    squares = np.bincount(terms, (rate - mean[terms]) ** 2, minlength=n_terms) + absent * mean**2
    variation = np.sqrt(squares / n_parts) / mean
    dp = np.where(np.isnan(total), np.nan, (distance + 1) / 2)
    return Dispersion(dp, 1 - variation / np.sqrt(n_parts - 1))
