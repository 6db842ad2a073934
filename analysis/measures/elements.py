"""Frames from elements: articles clustered by who is described as what in whose voice (Matthes and Kohring 2008)."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_samples

from analysis.core.coding import coded
from analysis.core.errors import FramingError, SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import clusters_of_rows, resolve
from analysis.counting.by_article import counts_by_article
from analysis.counting.resampling import Resampling, percentile_interval, ratio, takes_old_draws
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of

Array = npt.NDArray[Any]

MOST_ARTICLES = 5_000  # Ward's method needs the distance of every two articles: 200 MB for these, four times as much for twice as many

_COLUMNS = ("category", "entry", "target", "speaker", "voice", "polarity", "zone")
_POLARITIES = {-1.0: "negative", 0.0: "neutral", 1.0: "positive"}
_FEWEST_ARTICLES = 3  # two articles in two clusters have no silhouette
_CLUSTERING = "Ward, Euclidean distance of presences"


@dataclass(frozen=True, eq=False)
class FrameElements:
    """Which article has which frame element.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array of int64, shape (n_articles, n_elements)
        1 where a hit of the article has the element; one row an article of the corpus, one column a kept element.
    articles : pandas.DataFrame
        One row an article: ``article_id``, ``outlet``, ``headline``, ``n_elements`` (kept ones that it has).
    elements : pandas.DataFrame
        One row an element of the corpus, the kept ones first and in the order of the matrix: ``element``, the columns it is made of,
        ``n_hits``, ``n_articles``, ``share`` (of the articles with any element), ``reason``: why it was left out, else "".
    attrs : dict
        Those of the hits, with what an element is, the bounds, and ``n_hits_without_element``: hits with a missing or unresolved value.
    """

    matrix: sparse.csr_array
    articles: pd.DataFrame
    elements: pd.DataFrame
    attrs: dict[Hashable, Any]


def frame_elements(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    of: str | Sequence[str] = ("category", "target", "voice", "polarity"),
    min_articles: int = 3,
    max_share: float = 0.9,
) -> FrameElements:
    """Return the frame elements of each article: the combinations of values that its hits have.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that the hits were found in.
    of : str or sequence of str
        Columns of HITS that an element is made of: ``category``, ``entry``, ``target``, ``speaker``, ``voice``, ``polarity`` or ``zone``. With all
        four of the default, "weakness · Kestria · narrator · negative" is one element. Fewer columns make fewer and commoner elements.
    min_articles : int
        Elements in fewer articles are left out: they join no articles. Matthes and Kohring leave out what less than 5% have.
    max_share : float
        Elements in a larger share (above 0, to 1) of the articles with any element are left out: they part no articles.

    Returns
    -------
    FrameElements
        The matrix of presences, and every element, also those left out. A hit about nobody has an element too ("no target"). A hit
        with a missing value (a text that is not English, a category without valence) or an ``unresolved`` target has none; ``attrs``
        count such hits.

    Raises
    ------
    SchemaError
        When `of` is not as above, a name could mean two things, every hit lacks a column of `of`, a bound is out of range, or a hit's
        article is not in the corpus.

    References
    ----------
    Matthes, J., & Kohring, M. (2008). The content analysis of media frames: Toward improving reliability and validity. Journal of
    Communication, 58(2), 258-279.
    """
    tokens = tokens_of("frame_elements(hits, tokens)", tokens)
    of = resolve("frame_elements", of, _COLUMNS, tokens=tokens, purpose="of HITS to make elements of", fewest=1)
    _check(hits_of_one_lexicon(hits, tokens), of, min_articles, max_share)
    parts, of_hit = _combinations(hits, of)
    has_element = of_hit >= 0
    counts = counts_by_article(hits, tokens, of_hit, len(parts))
    present = (counts > 0).astype(np.int64)
    n_articles = np.asarray(present.sum(axis=0))
    elements = parts.assign(n_hits=np.asarray(counts.sum(axis=0)), n_articles=n_articles)
    elements["share"] = n_articles / max(1, int((present.sum(axis=1) > 0).sum()))
    too_few, too_many = (n_articles < min_articles), (elements["share"] > max_share).to_numpy()
    reasons = [
        f"in fewer than {min_articles} articles",
        f"in more than {max_share:.0%} of the articles with an element",
    ]
    elements["reason"] = np.select([too_few, too_many], reasons, "")
    matrix = sparse.csr_array(present[:, np.flatnonzero(~too_few & ~too_many)])
    articles = tokens.articles[["article_id", "outlet", "headline"]].reset_index(drop=True)
    attrs = {
        **hits.attrs,
        "element": " × ".join(of),
        "min_articles": min_articles,
        "max_share": max_share,
        "n_hits_without_element": int((~has_element).sum()),
    }
    return FrameElements(
        matrix,
        articles.assign(n_elements=np.asarray(matrix.sum(axis=1))),
        elements.iloc[np.argsort(too_few | too_many, kind="stable")].reset_index(drop=True),
        attrs,
    )


def _check(hits: pd.DataFrame, of: list[str], min_articles: int, max_share: float) -> None:
    if min_articles < 1 or not 0 < max_share <= 1:
        raise SchemaError(
            f"frame_elements: min_articles={min_articles}, max_share={max_share}; give a number of articles from 1 and a "
            f"share above 0, at most 1"
        )
    for name in of:
        if len(hits) and hits[name].isna().all():
            raise SchemaError(
                f"frame_elements: every hit lacks {name!r}; find hits with targets= for 'target' and with valences in the "
                f"lexicon for 'polarity', or leave the column out of `of`"
            )


def _combinations(hits: pd.DataFrame, of: list[str]) -> tuple[pd.DataFrame, Array]:
    """Return the combinations of values (``element`` and its parts), and that of each hit, -1 where a value is missing or unresolved."""
    codes = np.empty((len(of), len(hits)), np.int64)
    labels = []
    for place, name in enumerate(of):
        codes[place], values = coded(hits[name].where(hits[name] != "unresolved"))
        labels.append(np.array([_label(name, value) for value in values], dtype=object))
    known = (codes >= 0).all(axis=0)
    found, numbers = np.unique(codes[:, known], axis=1, return_inverse=True)
    of_hit = np.full(len(hits), -1, np.int64)
    of_hit[known] = numbers
    parts = {name: pd.array(label[row], "str") for name, label, row in zip(of, labels, found, strict=True)}
    elements = [" · ".join(row) for row in zip(*parts.values(), strict=True)]
    return pd.DataFrame({"element": pd.array(elements, "str"), **parts}), of_hit


def _label(column: str, value: Any) -> str:
    if column == "polarity":
        return _POLARITIES[np.sign(value)]
    return str(value) if value != "" else f"no {column}"


@dataclass(frozen=True, eq=False)
class ElementFrames:
    """Frames as clusters of articles that share elements.

    Attributes
    ----------
    articles : pandas.DataFrame
        One row an article of the corpus: ``article_id``, ``cluster`` (from 1, the largest first), ``silhouette`` (-1 to 1; below 0 it is
        nearer to another cluster), ``reason``: "no kept element" where both are missing, else "".
    clusters : pandas.DataFrame
        ``cluster``, ``n_articles``, ``silhouette`` (mean), ``stability`` (0 to 1: mean Jaccard similarity with the most similar cluster of each
        resample) with ``stability_low`` and ``stability_high``, between which 95% of the resamples lie. Hennig takes clusters below 0.6 for no
        finding and those from 0.75 for stable.
    elements : pandas.DataFrame
        One row a cluster and element: ``cluster``, ``element``, ``n`` (articles of the cluster with it), ``share`` and ``share_outside`` (of the
        articles inside and outside), ``difference`` of both, ``lift`` (share / share of all clustered articles); the largest difference first. They
        say what a cluster is; since the clusters were made from them, no test of them would mean anything.
    typical : pandas.DataFrame
        ``cluster``, ``rank`` (from 1), ``article_id``, ``outlet``, ``headline``, ``similarity`` (0 to 1: cosine with the cluster's centre).
    choice : pandas.DataFrame
        One row a number of clusters tried: ``k``, ``silhouette`` (mean over articles), ``is_chosen``.
    """

    articles: pd.DataFrame
    clusters: pd.DataFrame
    elements: pd.DataFrame
    typical: pd.DataFrame
    choice: pd.DataFrame


@takes_old_draws(n_draws=100)
def frames_from_elements(
    elements: FrameElements,
    *,
    n_clusters: int | None = None,
    most_clusters: int = 10,
    n_typical: int = 5,
    resampling: Resampling | None = None,
) -> ElementFrames:
    """Return the frames of a corpus: its articles in clusters, each with its elements and typical articles.

    Parameters
    ----------
    elements : FrameElements
        What `frame_elements` returns. Articles without a kept element are left out and listed.
    n_clusters : int, optional
        How many clusters, if theory says; else the number from 2 to `most_clusters` with the largest mean silhouette, the smaller of two equal
        ones. The silhouette leans to few clusters where elements are many and rare, and cannot say that there is but one: values below
        0.25 mean that none of the numbers parts the articles well. Read ``choice`` before ``clusters``.
    most_clusters : int
        The largest number tried; never more than there are different articles.
    n_typical : int
        Articles named for each cluster.
    resampling : Resampling, optional
        Draws, seed and clusters for the stability, which has no other method than percentiles; by default 100 draws. A cluster is a
        column of ``elements.articles``.

    Returns
    -------
    ElementFrames
        The ``attrs`` of its tables name method, criterion, interval and the number of articles without an element.

    Raises
    ------
    FramingError
        When fewer than three articles have an element or all have the same ones, when more than 5,000 have one, or when `n_clusters` or
        `most_clusters` is not a number of clusters that these articles can make.
    SchemaError
        When the method is not "percentile", or the cluster is no column of ``elements.articles``.

    Notes
    -----
    Hierarchical clustering by Ward's method on the Euclidean distance of the presences, as Matthes and Kohring do. For the stability articles are
    drawn with replacement, those drawn more than once are used once, and the same number of clusters is made of them anew.

    References
    ----------
    Matthes, J., & Kohring, M. (2008), as for `frame_elements`. Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and
    validation of cluster analysis. Hennig, C. (2007). Cluster-wise assessment of cluster stability.
    """
    resampling = resampling or Resampling(n_draws=100)
    if resampling.method == "bca":
        raise SchemaError(
            f"frames_from_elements: method={resampling.method!r}; the stability of clusters is known by percentiles only"
        )
    rows = np.argsort(elements.articles["article_id"].to_numpy(dtype=object), kind="stable")
    rows = rows[elements.articles["n_elements"].to_numpy()[rows] > 0]
    _check_size(len(rows))
    present = elements.matrix[rows].toarray().astype(np.float64)
    patterns = np.unique(present, axis=0, return_inverse=True)[1]
    tried = _numbers_tried(patterns, n_clusters, most_clusters)
    distances = squareform(pdist(present))
    tree = _tree(distances)
    cuts = [_cut(tree, k) for k in tried]
    silhouettes = [silhouette_samples(distances, labels, metric="precomputed") for labels in cuts]
    scores = np.array([silhouette.mean() for silhouette in silhouettes])
    best = int(np.argmax(scores.round(12)))  # rounded, so that equal values are equal whatever the order of addition
    labels = _largest_first(cuts[best])
    of_article = clusters_of_rows(elements.articles.iloc[rows], resampling.cluster)
    jaccard = _jaccard_of_resamples(distances, labels, patterns, of_article, resampling)
    tables = ElementFrames(
        articles=_articles(elements.articles, rows, labels, silhouettes[best]),
        clusters=_clusters(labels, silhouettes[best], jaccard),
        elements=_shares(present, labels, elements.elements["element"].array[: present.shape[1]]),
        typical=_typical(present, labels, elements.articles.iloc[rows], n_typical),
        choice=pd.DataFrame({"k": tried, "silhouette": scores, "is_chosen": np.arange(len(tried)) == best}),
    )
    for table in (tables.articles, tables.clusters, tables.elements, tables.typical, tables.choice):
        with_origin(
            table,
            elements.attrs,
            clustering=_CLUSTERING,
            criterion="mean silhouette" if n_clusters is None else f"{n_clusters} clusters as asked for",
            n_articles_without_elements=len(elements.articles) - len(rows),
            stability="mean Jaccard similarity (Hennig 2007)",
            interval=str(resampling),
        )
    return tables


def _check_size(n_articles: int) -> None:
    if n_articles < _FEWEST_ARTICLES:
        raise FramingError(
            f"frames_from_elements: articles with a frame element: {n_articles}; at least {_FEWEST_ARTICLES} are needed; give more "
            f"articles, or frame_elements a smaller min_articles or fewer columns in `of`"
        )
    if n_articles > MOST_ARTICLES:
        raise FramingError(
            f"frames_from_elements: {n_articles:,} articles have a frame element, at most {MOST_ARTICLES:,} can be clustered (the distance "
            f"of every two is held in memory); cluster one outlet or year, or a sample: "
            f"fa.read(corpus.articles.sample({MOST_ARTICLES}, random_state=1), boilerplate='keep')"
        )


def _numbers_tried(patterns: Array, n_clusters: int | None, most_clusters: int) -> list[int]:
    """Return the numbers of clusters to try: no more than there are different articles, and fewer than articles."""
    most = min(len(np.unique(patterns)), len(patterns) - 1)
    if most < 2:
        raise FramingError(
            f"frames_from_elements: all {len(patterns)} articles have the same frame elements, which make no clusters; "
            f"give frame_elements more columns in `of` or a smaller min_articles"
        )
    if n_clusters is not None and not 2 <= n_clusters <= most:
        raise FramingError(f"frames_from_elements: n_clusters={n_clusters}; these articles make 2 to {most} clusters")
    if most_clusters < 2:
        raise FramingError(f"frames_from_elements: most_clusters={most_clusters}; give a number from 2")
    return [n_clusters] if n_clusters is not None else list(range(2, min(most_clusters, most) + 1))


def _tree(distances: Array) -> Array:
    """Return Ward's merges, one a row, as scipy numbers them."""
    tree: Array = linkage(squareform(distances, checks=False), method="ward")
    return tree


def _cut(tree: Array, k: int) -> Array:
    """Return the cluster (from 0) of each article when the last k - 1 merges are undone; scipy's cuts by height make fewer at ties."""
    n = len(tree) + 1
    merged = tree[: n - k, :2].astype(np.int64).ravel()
    joins = (np.ones(len(merged), np.int64), (merged, np.repeat(np.arange(n, 2 * n - k), 2)))
    _, labels = connected_components(sparse.csr_array(joins, shape=(2 * n - k, 2 * n - k)), directed=False)
    found: Array = np.unique(labels[:n], return_inverse=True)[1]
    return found


def _largest_first(labels: Array) -> Array:
    """Return the labels renumbered by size; of equal clusters the one with the first id comes first."""
    _, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    new = np.empty(len(sizes), np.int64)
    new[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return new[labels]


def _jaccard_of_resamples(
    distances: Array, labels: Array, patterns: Array, clusters: Array, resampling: Resampling
) -> Array:
    """Return the similarity of each cluster (column) with the most similar one of each resample (row), NaN where none of it was drawn."""
    rng = np.random.default_rng(resampling.seed)
    k, n_drawn = int(labels.max()) + 1, int(clusters.max()) + 1
    found = np.empty((resampling.n_draws, k))
    for draw in found:
        drawn = np.flatnonzero(np.isin(clusters, rng.integers(n_drawn, size=n_drawn)))
        n_new = min(k, len(np.unique(patterns[drawn])))
        again = _cut(_tree(distances[np.ix_(drawn, drawn)]), n_new) if n_new > 1 else np.zeros(len(drawn), np.int64)
        both = np.bincount(labels[drawn] * n_new + again, minlength=k * n_new).reshape(k, n_new)
        sizes, new_sizes = both.sum(axis=1, keepdims=True), both.sum(axis=0)
        draw[:] = np.where(sizes[:, 0] > 0, (both / (sizes + new_sizes - both)).max(axis=1), np.nan)
    return found


def _articles(articles: pd.DataFrame, rows: Array, labels: Array, silhouettes: Array) -> pd.DataFrame:
    table = articles[["article_id"]].assign(cluster=pd.array([None] * len(articles), "Int64"), silhouette=np.nan)
    table.loc[rows, "cluster"], table.loc[rows, "silhouette"] = labels + 1, silhouettes
    return table.assign(reason=np.where(table["cluster"].isna(), "no kept element", ""))


def _clusters(labels: Array, silhouettes: Array, jaccard: Array) -> pd.DataFrame:
    sizes = np.bincount(labels)
    low, high = percentile_interval(jaccard)
    return pd.DataFrame(
        {
            "cluster": np.arange(1, len(sizes) + 1),
            "n_articles": sizes,
            "silhouette": np.bincount(labels, weights=silhouettes) / sizes,
            "stability": ratio(np.nansum(jaccard, axis=0), (~np.isnan(jaccard)).sum(axis=0)),
            "stability_low": low,
            "stability_high": high,
        }
    )


def _shares(present: Array, labels: Array, names: Any) -> pd.DataFrame:
    sizes = np.bincount(labels)[:, None]
    inside = np.eye(len(sizes))[labels].T @ present
    total = present.sum(axis=0)
    share, outside = inside / sizes, (total - inside) / (len(labels) - sizes)
    clusters, elements = np.indices(share.shape).reshape(2, -1)
    table = pd.DataFrame({"cluster": clusters + 1, "element": names[elements], "n": inside.ravel().astype(np.int64)})
    table["share"], table["share_outside"] = share.ravel(), outside.ravel()
    table["difference"] = table["share"] - table["share_outside"]
    table["lift"] = (share / (total / len(labels))).ravel()
    return table.sort_values(["cluster", "difference"], ascending=[True, False], kind="stable", ignore_index=True)


def _typical(present: Array, labels: Array, articles: pd.DataFrame, n_typical: int) -> pd.DataFrame:
    """Return the articles nearest to the centre of each cluster, those of equal similarity in the order of their ids."""
    lengths = np.linalg.norm(present, axis=1)
    parts = []
    for cluster in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == cluster)
        centre = present[members].mean(axis=0)
        similarity = present[members] @ centre / (lengths[members] * np.linalg.norm(centre))
        nearest = np.argsort(-similarity.round(12), kind="stable")[:n_typical]
        part = articles.iloc[members[nearest]][["article_id", "outlet", "headline"]].reset_index(drop=True)
        part.insert(0, "cluster", cluster + 1)
        part.insert(1, "rank", np.arange(1, len(nearest) + 1))
        parts.append(part.assign(similarity=similarity[nearest]))
    return pd.concat(parts, ignore_index=True)
