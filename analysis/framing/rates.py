"""How often: rates per 1,000 words and shares of articles, with intervals from resampling articles."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import SchemaError
from analysis.framing.hits import zone_codes
from analysis.schema import HITS, ZONES
from analysis.tokens.tokens import Tokens

_OF_HITS = ("category", "entry", "text", "voice", "speaker", "target", "negated", "hedged")
# Of these every value gets a row, also one without a hit; of the others only the combinations that occur.
_LISTED = ("category", "voice", "target")
_N_DRAWS = 2_000
_FEWEST_DRAWS = 100


def rates(
    hits: pd.DataFrame,
    tokens: Tokens,
    *,
    by: Sequence[str] = ("category",),
    n_draws: int = _N_DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Return how often the frames stand in the words of each group.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that the hits were found in.
    by : sequence of str
        Columns to group by: any column of ARTICLES (``outlet``), ``zone``, and ``category``, ``entry``, ``text``, ``voice``,
        ``speaker``, ``target``, ``negated`` or ``hedged`` of HITS. A category, voice or target without a hit has a row too, so a rate
        of 0 is seen; articles whose group is missing are left out. Words are always those of the articles or zones: a rate by
        voice is hits in that voice per 1,000 words of all voices.
    n_draws : int
        Resamples of articles for the interval, at least 100.
    seed : int
        Seed of the resampling; the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted by `by` (zones from the headline down): ``n_articles``, ``n_tokens``, ``n_hits``, ``rate_per_1000``
        (1,000 · hits / words) with ``rate_low`` and ``rate_high`` (95% percentile interval from resampling articles, NaN for a group of one article),
        ``n_articles_with_frame`` and ``share_of_articles`` (0 to 1). No words give NaN, never 0. ``attrs`` are those of `hits`,
        with the interval's draws and seed.

    Raises
    ------
    SchemaError
        When a column of `by` is in neither table, HITS lacks a column, or `n_draws` is below 100.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, ch. 13 (percentile interval).
    """
    HITS.check(hits)
    if n_draws < _FEWEST_DRAWS:
        raise SchemaError(f"rates: n_draws={n_draws}; an interval needs at least {_FEWEST_DRAWS}")
    hit_columns = [name for name in by if name in _OF_HITS]
    article_columns = [name for name in by if name not in _OF_HITS]
    words = _words(tokens, article_columns)
    counts = _hits_per_article(hits, tokens, article_columns, hit_columns)
    rng = np.random.default_rng(seed)
    rows = []
    kinds = _kinds(hits, hit_columns)
    for group, cell in _groups(words, article_columns):
        weights = rng.multinomial(len(cell), np.full(len(cell), 1 / len(cell)), size=n_draws) if len(cell) > 1 else None
        n_words = cell["n_tokens"].to_numpy()
        for kind in kinds:
            found = counts.get((*group, *kind))
            n_hits = (
                np.zeros(len(cell)) if found is None else found.reindex(cell["article_id"], fill_value=0).to_numpy()
            )
            rows.append({**dict(zip(article_columns, group, strict=True)), **dict(zip(hit_columns, kind, strict=True)),
                         **_measures(n_hits, n_words, weights)})  # fmt: skip
    names = [*article_columns, *hit_columns]
    table = pd.DataFrame(rows, columns=None if rows else [*names, *_measures(np.zeros(0), np.zeros(0), None)])
    table = table[[*by, *(name for name in table.columns if name not in by)]]
    if "zone" in by:
        table["zone"] = pd.Categorical(table["zone"], categories=list(ZONES), ordered=True)
    table.attrs = {**hits.attrs, "interval": f"95% percentile, {n_draws} resamples of articles, seed {seed}"}
    return table.sort_values(list(by), kind="stable", ignore_index=True)


def _measures(
    n_hits: npt.NDArray[Any], n_words: npt.NDArray[Any], weights: npt.NDArray[Any] | None
) -> dict[str, float]:
    total = n_words.sum()
    low = high = float("nan")
    if weights is not None and total:
        drawn = weights @ n_words
        draws = 1000 * (weights @ n_hits)[drawn > 0] / drawn[drawn > 0]
        low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "n_articles": len(n_words),
        "n_tokens": int(total),
        "n_hits": int(n_hits.sum()),
        "rate_per_1000": float(1000 * n_hits.sum() / total) if total else float("nan"),
        "rate_low": float(low),
        "rate_high": float(high),
        "n_articles_with_frame": int((n_hits > 0).sum()),
        "share_of_articles": float((n_hits > 0).mean()) if len(n_words) else float("nan"),
    }


def _words(tokens: Tokens, article_columns: list[str]) -> pd.DataFrame:
    """Return the number of words of each article, by zone where zones are asked for, with the grouping columns."""
    unknown = [name for name in article_columns if name != "zone" and name not in tokens.articles.columns]
    if unknown:
        known = ", ".join(map(repr, [*tokens.articles.columns, "zone", *_OF_HITS]))
        raise SchemaError(f"rates: no column {unknown[0]!r} to group by; known are {known}")
    if "zone" in article_columns:
        words = words_by_zone(tokens)
    else:
        words = pd.DataFrame(
            {"article_id": tokens.articles["article_id"], "n_tokens": tokens.tokens_per_article.to_numpy()}
        )
    columns = [name for name in article_columns if name not in ("zone", "article_id")]
    return words.merge(tokens.articles[["article_id", *columns]], on="article_id", how="left")


def words_by_zone(tokens: Tokens) -> pd.DataFrame:
    """Return the number of words of each article in each zone that it has."""
    lengths = np.diff(tokens.sentence_edges)
    fields = tokens.fields_at(tokens.sentence_starts)
    codes = zone_codes(tokens, fields, tokens.sentence_paragraphs)
    cells = fields // 3 * len(ZONES) + codes
    counts = np.bincount(cells, weights=lengths, minlength=len(ZONES) * len(tokens.articles)).astype(np.int64)
    used = np.flatnonzero(counts)
    return pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].to_numpy()[used // len(ZONES)],
            "zone": pd.Categorical.from_codes(used % len(ZONES), categories=pd.Index(ZONES), ordered=True),
            "n_tokens": counts[used],
        }
    )


def _hits_per_article(
    hits: pd.DataFrame, tokens: Tokens, article_columns: list[str], hit_columns: list[str]
) -> dict[tuple[Any, ...], pd.Series]:
    """Return for each group the hits of each article, by article_id."""
    columns = [name for name in article_columns if name not in ("zone", "article_id")]
    keys = ["zone"] * ("zone" in article_columns) + hit_columns
    counted = hits.groupby([*dict.fromkeys(["article_id", *keys])], observed=True).size().rename("n").reset_index()
    counted["article_id"] = counted["article_id"].astype("str")
    counted = counted.merge(tokens.articles[["article_id", *columns]], on="article_id", how="left")
    group_by = [*article_columns, *hit_columns]
    if not group_by:
        return {(): counted.set_index("article_id")["n"]}
    grouped = counted.groupby(group_by, observed=True)
    return {key: cell.groupby("article_id")["n"].sum() for key, cell in grouped}


def _groups(words: pd.DataFrame, columns: list[str]) -> list[tuple[tuple[Any, ...], pd.DataFrame]]:
    if not columns:
        return [((), words)]
    return [(group, cell) for group, cell in words.groupby(columns, observed=True)]


def _kinds(hits: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
    """Return the combinations of hit columns that get a row: every category of the lexicon, even one without a hit."""
    if not columns:
        return [()]
    if not set(columns) <= set(_LISTED):
        return [tuple(row) for row in hits[columns].dropna().drop_duplicates().itertuples(index=False)]
    return list(product(*(_values(hits[name]) for name in columns)))


def _values(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [name for name in column.cat.categories if name != ""]
    return sorted(name for name in column.dropna().unique() if name != "")
