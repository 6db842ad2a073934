"""Which frame an article uses most, and how often each frame is the dominant one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in, levels
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.counting.by import clusters_of_rows, numbered, resolve
from analysis.counting.by_article import counts_by_article
from analysis.counting.resampling import WILSON, Resampling, interval, resampled, summed_by, wilson_interval
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of

Array = npt.NDArray[Any]

STATUSES = ("dominant", "tied", "no hit")


def dominant_frames(hits: pd.DataFrame, tokens: TokensLike) -> pd.DataFrame:
    """Return the category with the most hits in each article.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, or some of its rows, such as those in the narrator's voice.
    tokens : Tokens
        The corpus that they were found in.

    Returns
    -------
    pandas.DataFrame
        One row an article, in the order of the corpus: ``article_id``, ``outlet``, ``category`` ("" unless one is dominant), ``n_hits`` of it,
        ``n_second`` (hits of the next category), ``n_all`` (hits of all categories), ``status``: ``dominant``, ``tied`` (two or more categories
        have the most hits; none is chosen) or ``no hit``. ``attrs`` are those of `hits`.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"body": ["Weak, and failing in a crisis.", "Weak in a crisis.", "Sunny."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"], "threat": ["crisis"]})
    >>> found = fa.compare.dominant_frames(fa.find_hits(tokens, frames), tokens)
    >>> found[["article_id", "category", "n_hits", "n_second", "status"]]
      article_id  category  n_hits  n_second    status
    0      row-1  weakness       2         1  dominant
    1      row-2                 1         1      tied
    2      row-3                 0         0    no hit
    """
    tokens = tokens_of("dominant_frames(hits, tokens)", tokens)
    hits_of_one_lexicon(hits, tokens)
    names = levels(hits["category"])
    counts = counts_by_article(hits, tokens, codes_in(hits["category"], names), max(len(names), 2)).toarray()
    ordered = np.sort(counts, axis=1)
    most, second = ordered[:, -1], ordered[:, -2]
    status = np.select([most == 0, most == second], ["no hit", "tied"], "dominant")
    label = np.array([*map(str, names), *[""] * 2], dtype=object)[counts.argmax(axis=1)]
    table = pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].array,
            "outlet": tokens.articles["outlet"].array,
            "category": pd.array(np.where(status == "dominant", label, ""), dtype="str"),
            "n_hits": most,
            "n_second": second,
            "n_all": counts.sum(axis=1),
            "status": pd.Categorical(status, categories=STATUSES),
        }
    )
    return with_origin(table, hits, tokens)


def dominance_shares(
    table: pd.DataFrame, *, by: str | Sequence[str] = "outlet", resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return in what share of the articles of each group each frame is the dominant one.

    Parameters
    ----------
    table : pandas.DataFrame
        What `dominant_frames` returns, with further columns of articles where `by` names them.
    by : str or sequence of str
        Columns to group by; none takes all articles together.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals, as where articles of one event are not independent; a cluster is a column of
        the table. By default the intervals are Wilson's, of articles.

    Returns
    -------
    pandas.DataFrame
        One row a group and category that is dominant somewhere, and one for ``tied`` and ``no hit``: ``n_articles`` of the group, ``n``,
        ``share`` (0 to 1) with ``share_low`` and ``share_high`` (95% interval). The shares of one group add up to 1.

    Raises
    ------
    SchemaError
        When a column of `by`, or the cluster, is not in the table.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22(158).
    """
    TABLES["DOMINANT_FRAMES"].of("category", "status").check(table)
    by = resolve("dominance_shares", by, list(map(str, table.columns)))
    status = table["status"].astype("str")
    frames = table["category"].where(status == "dominant", status)
    values = [*sorted(set(frames) - set(STATUSES[1:])), *STATUSES[1:]]
    is_value = np.column_stack([frames == value for value in values]).astype(np.float64)
    groups, names = numbered(table[by].reset_index(drop=True))
    rows = []
    for number, group in enumerate(names.itertuples(index=False)):
        chosen = groups == number
        bounds = _bounds(is_value[chosen], table[chosen], resampling)
        n_articles, counts = int(chosen.sum()), is_value[chosen].sum(axis=0).astype(np.int64)
        for value, n, low, high in zip(values, counts.tolist(), *bounds.tolist(), strict=True):
            rows.append((*group, value, n_articles, n, n / n_articles, low, high))
    shares = pd.DataFrame(rows, columns=[*by, "category", "n_articles", "n", "share", "share_low", "share_high"])
    return with_origin(shares, table, interval=WILSON if resampling is None else str(resampling))


def _bounds(is_value: Array, table: pd.DataFrame, resampling: Resampling | None) -> Array:
    """Return the interval of the share of each value among the articles of a group."""
    if resampling is None:
        return wilson_interval(is_value.sum(axis=0), np.full(is_value.shape[1], len(is_value)))
    sums = summed_by(np.column_stack([is_value, np.ones(len(is_value))]), clusters_of_rows(table, resampling.cluster))
    return interval(lambda drawn: drawn[:, :-1] / drawn[:, -1:], resampled(sums, resampling))
