"""Headline against body: frames that a headline or standfirst carries and the body does not support."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.counting.by import clusters_of_rows, numbered, resolve
from analysis.counting.resampling import Resampling, interval, ratio, resampled_by_counts, summed_by, takes_old_draws
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.rows import article_rows

Array = npt.NDArray[Any]

_LOG = logging.getLogger(__name__)
STATUSES = ("supported", "only quoted", "unsupported")
UNRESOLVED = "unresolved"


def divergence(hits: pd.DataFrame, tokens: TokensLike) -> pd.DataFrame:
    """Return every frame that a headline or standfirst carries, and what the body has of it.

    A frame is a category about a target, negated or not. The body supports it where it has a hit of that category about
    that target, negated alike; for a frame whose target is unresolved, about one of its candidates, and for hits without
    targets, about anybody.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, as a rule with targets.
    tokens : Tokens
        The corpus that they were found in.

    Returns
    -------
    pandas.DataFrame
        One row an article, field and frame: ``article_id``, ``outlet``, ``field``, ``category``, ``target``, ``negated``, ``text`` (the
        words that carry it), ``n_body`` (hits that support it), ``n_narrator`` (those in the narrator's own voice) and
        ``status``: ``supported`` by the narrator, ``only quoted`` (all supporting hits stand in somebody else's voice) or
        ``unsupported``.

    Raises
    ------
    SchemaError
        When HITS lacks a column, or the hits are not of English text, so that their voices are missing.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]})
    >>> targets = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"]})
    >>> hits = fa.find_hits(tokens, frames, targets=targets)
    >>> fa.divergence(hits, tokens)[["article_id", "category", "target", "text", "n_body", "n_narrator", "status"]]
      article_id  category target  text  n_body  n_narrator       status
    0      row-1  weakness   Hurd  weak       1           0  only quoted
    """
    tokens = tokens_of("divergence(hits, tokens)", tokens)
    hits_of_one_lexicon(hits, tokens)
    if hits["voice"].isna().all() and len(hits):
        raise SchemaError(
            "divergence: HITS has no voices (they are read in English text only); measure English articles"
        )
    if hits["target"].isna().all() and len(hits):
        _LOG.warning(
            "divergence: the hits have no targets, so a hit of the body supports a frame whoever it is about; give targets= to fa.find_hits"
        )
    rows = hits.assign(
        article_id=hits["article_id"].astype("str"), field=hits["field"].astype("str"),
        category=hits["category"].astype("str"), target=hits["target"].astype("str").fillna(""),
        candidates=hits["candidates"].astype("str").fillna(""), negated=hits["negated"].astype("boolean").fillna(False),
    )  # fmt: skip
    keys = ["article_id", "field", "category", "target", "candidates", "negated"]
    heads = rows[rows["field"] != "body"]
    table = heads.groupby(keys, sort=False)["text"].agg(lambda texts: "; ".join(map(str, texts))).reset_index()
    table[["n_body", "n_narrator"]] = _support(table, rows[rows["field"] == "body"])
    table["status"] = np.select([table["n_narrator"] > 0, table["n_body"] > 0], STATUSES[:2], STATUSES[2])
    table["status"] = table["status"].astype("str")
    table.insert(1, "outlet", tokens.articles["outlet"].array[article_rows(table, tokens)])
    table = table.drop(columns="candidates").astype({"article_id": "str", "negated": "bool"})
    return with_origin(table, hits, tokens)


def _support(frames: pd.DataFrame, body: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return for each frame the hits of the body that support it, and those of them in the narrator's own voice."""
    alike = ["article_id", "category", "negated"]
    body = body.assign(n_body=1, n_narrator=(body["voice"] == "narrator").astype(int))
    by_target = body.groupby([*alike, "target"])[["n_body", "n_narrator"]].sum()
    by_anybody = body.groupby(alike)[["n_body", "n_narrator"]].sum()
    # One row a frame and target that may support it; a frame without a target is supported by a hit about anybody.
    named = frames["candidates"].where(frames["target"] == UNRESOLVED, frames["target"]).str.split("; ")
    wanted = frames[alike].assign(target=named).explode("target")
    of_target = wanted.join(by_target, on=[*alike, "target"])[["n_body", "n_narrator"]].fillna(0).groupby(level=0).sum()
    of_anybody = frames.join(by_anybody, on=alike)[["n_body", "n_narrator"]].fillna(0)
    has_target = (frames["target"] != "").to_numpy()[:, None]
    return np.where(has_target, of_target.reindex(frames.index), of_anybody).astype(np.int64)


@takes_old_draws(n_draws=2_000)
def divergence_rates(
    table: pd.DataFrame, *, by: str | Sequence[str] = "outlet", resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return how large a share of headline frames the body supports, with intervals from resampling articles.

    Parameters
    ----------
    table : pandas.DataFrame
        What `divergence` returns, with further columns of articles where `by` names them.
    by : str or sequence of str
        Columns of the table to group by, such as ``outlet``, ``category``, ``field`` or ``target``; none takes all frames together.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals. A cluster is a column of the table.

    Returns
    -------
    pandas.DataFrame
        One row a group and status: ``n_articles`` and ``n_frames`` of the group, ``status``, ``n``, ``share`` (0 to 1) with ``share_low``
        and ``share_high`` (95% interval; NaN for a group of one article). ``attrs`` are those of `table`, with the interval.

    Raises
    ------
    SchemaError
        When a column of `by`, or the cluster, is not in the table.
    """
    TABLES["DIVERGENCE"].of("article_id", "status").check(table)
    by = resolve("divergence_rates", by, list(map(str, table.columns)))
    resampling = resampling or Resampling()
    clusters = clusters_of_rows(table, resampling.cluster)
    groups, values = numbered(table[by].reset_index(drop=True))
    has_status = np.column_stack([table["status"] == status for status in STATUSES]).astype(np.float64)
    generator = np.random.default_rng(resampling.seed)
    rows = []
    for number, group in enumerate(values.itertuples(index=False)):
        chosen = groups == number
        n_articles, n_frames = table["article_id"][chosen].nunique(), int(chosen.sum())
        sums = resampled_by_counts(summed_by(has_status[chosen], clusters[chosen]), resampling, generator)
        low, high = interval(_shares, sums)
        for place, status in enumerate(STATUSES):
            n = int(sums.total[0, place])
            rows.append((*group, n_articles, n_frames, status, n, n / n_frames, low[place], high[place]))
    names = [*by, "n_articles", "n_frames", "status", "n", "share", "share_low", "share_high"]
    shares = pd.DataFrame(rows, columns=names)
    return with_origin(shares, table, interval=str(resampling))


def _shares(counts: Array) -> Array:
    return ratio(counts, np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape))
