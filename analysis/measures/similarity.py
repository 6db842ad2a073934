"""Which outlets, or which articles, use the same words: cosines of TF-IDF weights."""

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from analysis.core.errors import FramingError
from analysis.core.origin import with_origin
from analysis.measures.tfidf import TermWeights

Linkage = Literal["average", "complete", "single"]
_ROWS_AT_ONCE = 256


def similarity(weights: TermWeights) -> pd.DataFrame:
    """Return the similarity of each pair of groups.

    Parameters
    ----------
    weights : TermWeights
        What `analysis.measures.tfidf.term_weights` returns for a column such as ``outlet``.

    Returns
    -------
    pandas.DataFrame
        A square matrix labelled with the groups on both sides: the cosine of their weights, 1 on the diagonal. A group without terms
        has NaN, and ``attrs["reason"]`` names it. ``attrs`` are those of the weights, with the number of articles of each group.
    """
    rows = _unit_rows(weights.matrix)
    cosines = np.clip((rows @ rows.T).toarray(), 0, 1)
    empty = np.diff(weights.matrix.indptr) == 0
    np.fill_diagonal(cosines, 1.0)
    cosines[empty, :] = cosines[:, empty] = np.nan
    table = pd.DataFrame(cosines, index=weights.rows.rename(weights.by), columns=weights.rows.rename(None))
    n_articles = dict(zip(weights.rows.tolist(), weights.n_articles.tolist(), strict=True))
    return with_origin(table, weights.attrs, measure="cosine", n_articles=n_articles)


def linkage(similarities: pd.DataFrame, *, method: Linkage = "average") -> pd.DataFrame:
    """Return the steps in which the most similar groups join, as scipy's dendrogram takes them.

    Parameters
    ----------
    similarities : pandas.DataFrame
        What `similarity` returns.
    method : {"average", "complete", "single"}
        The distance of two clusters; the distance of two groups is 1 - similarity.

    Returns
    -------
    pandas.DataFrame
        ``left``, ``right`` (places of groups, or their number plus the step of a cluster), ``distance``, ``n_groups``. ``attrs["labels"]`` are the
        groups: ``scipy.cluster.hierarchy.dendrogram(table.to_numpy(float), labels=table.attrs["labels"])``.

    Raises
    ------
    FramingError
        When the method is unknown, there are fewer than two groups, or a similarity is missing.
    """
    if method not in get_args(Linkage):
        raise FramingError(f"linkage: method {method!r} is not known; known are {', '.join(get_args(Linkage))}")
    if len(similarities) < 2:
        raise FramingError(f"linkage: found {len(similarities)} groups; a tree needs at least two")
    if similarities.isna().any(axis=None):
        raise FramingError(
            f"linkage: similarities are missing ({similarities.attrs.get('reason', '')}); leave those groups out"
        )
    distances = squareform(1 - similarities.to_numpy(), checks=False)
    steps = hierarchy.linkage(distances, method=method, optimal_ordering=True)
    table = pd.DataFrame(steps, columns=["left", "right", "distance", "n_groups"])
    table = table.astype({"left": int, "right": int, "n_groups": int})
    return with_origin(table, similarities, linkage=method, labels=similarities.index.tolist())


def most_similar(weights: TermWeights, *, n: int = 5) -> pd.DataFrame:
    """Return the most similar other articles (or groups) of each.

    Parameters
    ----------
    weights : TermWeights
        What `analysis.measures.tfidf.term_weights` returns, by article or by group.
    n : int
        How many for each; pairs without a common term are no pair.

    Returns
    -------
    pandas.DataFrame
        ``<by>``, ``rank`` (from 1), ``similar``, ``similarity`` (cosine); ties in the order of the corpus. ``attrs`` are those of the weights.

    Raises
    ------
    FramingError
        When `n` is below 1.
    """
    if n < 1:
        raise FramingError(f"most_similar: n={n}; give at least 1")
    rows = _unit_rows(weights.matrix)
    columns = rows.T.tocsr()
    found = [_nearest(rows, columns, begin, n) for begin in range(0, rows.shape[0], _ROWS_AT_ONCE)]
    places, others, cosines = (np.concatenate([part[k] for part in found]) if found else np.zeros(0) for k in range(3))
    names = weights.rows
    table = pd.DataFrame(
        {weights.by: names.take(places.astype(int)), "similar": names.take(others.astype(int)), "similarity": cosines}
    )
    table.insert(1, "rank", table.groupby(places).cumcount() + 1)
    return with_origin(table, weights.attrs, measure="cosine")


def _nearest(
    rows: sparse.csr_array, columns: sparse.csr_array, begin: int, n: int
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    cosines = (rows[begin : begin + _ROWS_AT_ONCE] @ columns).toarray()
    own = np.arange(len(cosines))
    cosines[own, begin + own] = 0
    # Equal texts reach 1 only up to rounding; without it their order would hang on the last bit.
    cosines = cosines.round(12)
    best = np.argsort(-cosines, axis=1, kind="stable")[:, :n]
    values = np.take_along_axis(cosines, best, axis=1)
    kept = values > 0
    return np.broadcast_to(own[:, None] + begin, best.shape)[kept], best[kept], np.minimum(values[kept], 1)


def _unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the rows scaled to length 1, rows without terms as they are."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return sparse.csr_array(
        (matrix.data / np.repeat(lengths, np.diff(matrix.indptr)), matrix.indices, matrix.indptr), shape=matrix.shape
    )
