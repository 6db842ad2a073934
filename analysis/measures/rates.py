"""How often: rates per 1,000 words, shares of sentences and of articles, with intervals from resampling articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.coding import codes_in
from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS, ZONES
from analysis.counting.by import (
    HIT_COLUMNS,
    Groups,
    Kinds,
    every_name,
    group_articles,
    kinds_of_hits,
    resolve,
)
from analysis.counting.by_article import counted
from analysis.counting.resampling import (
    ONE_ALONE,
    Resampling,
    interval,
    ratio,
    resampled,
)
from analysis.hits.find import hits_of_one_lexicon
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Measure:
    """An estimate: `per` times the sum of `count` by the sum of `total`."""

    estimate: str
    count: str
    total: str
    low: str
    high: str
    per: float = 1.0


_MEASURES = (
    _Measure("rate_per_1000", "n_hits", "n_tokens", "rate_low", "rate_high", 1000.0),
    _Measure(
        "share_of_articles", "n_articles_with_frame", "n_articles", "share_of_articles_low", "share_of_articles_high"
    ),
    _Measure(
        "share_of_sentences",
        "n_sentences_with_frame",
        "n_sentences",
        "share_of_sentences_low",
        "share_of_sentences_high",
    ),
)
_READ_BY_RULES = ("voice", "speaker", "target", "negated", "hedged")
_DENSE_CELLS = 4_000_000  # up to which a dense product is the faster one


def rates(
    hits: pd.DataFrame,
    tokens: Tokens,
    *,
    by: str | Sequence[str] = "category",
    min_articles: int = 1,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how often the frames stand in the words, sentences and articles of each group.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, or some of its rows.
    tokens : Tokens
        The corpus that the hits were found in.
    by : str or sequence of str
        A name or several: any column of ARTICLES (``outlet``), ``day``, ``week``, ``month`` or ``year`` of the date, ``zone``, and
        ``category``, ``entry``, ``text``, ``voice``, ``speaker``, ``target``, ``negated`` or ``hedged`` of HITS; none counts all
        together. A category, voice or target without a hit has a row too, so a rate of 0 is seen; articles whose group is missing are
        left out. Words are always those of the articles or zones: a rate by voice is hits in that voice per 1,000 words of all voices.
    min_articles : int
        A group of fewer articles gets counts, but no rate, no share and no interval: ``reason`` says "too few".
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted by `by` (zones from the headline down): ``n_articles``, ``n_tokens``, ``n_hits``, ``rate_per_1000`` (1,000 · hits /
        words), ``n_articles_with_frame`` and ``share_of_articles`` (0 to 1), ``n_sentences``, ``n_sentences_with_frame`` and
        ``share_of_sentences`` (0 to 1). Each estimate has ``_low`` and ``_high`` (95% interval; ``rate_low``, ``rate_high`` of the rate).
        ``reason`` says why an estimate or interval is NaN, else it is "". No words give NaN, never 0; so does a voice, target or negation
        that no hit has, as in a language that is not read. ``attrs`` are those of
        `hits`, with the interval and `min_articles`.

    Raises
    ------
    SchemaError
        When a name of `by`, or the cluster, is unknown or could mean two things, or HITS are not of this corpus.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, ch. 13 and 14.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "A", "B"],
    ...                        "body": ["Hurd is weak.", "Hurd is no hero.", "Hurd stays on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    >>> found = fa.rates(hits, tokens, by=["outlet"])
    >>> found[["outlet", "n_articles", "n_tokens", "n_hits", "rate_per_1000", "share_of_articles"]]
      outlet  n_articles  n_tokens  n_hits  rate_per_1000  share_of_articles
    0      A           2         7       1     142.857143                0.5
    1      B           1         3       0       0.000000                0.0
    >>> found["reason"].tolist()
    ['', 'resampled from one alone: no interval']
    """
    by = resolve("rates", by, every_name(tokens), tokens=tokens)
    hits_of_one_lexicon(hits, tokens)
    resampling = resampling or Resampling()
    kinds = kinds_of_hits(hits, [name for name in by if name in HIT_COLUMNS])
    groups = group_articles(tokens, [name for name in by if name not in HIT_COLUMNS], resampling.cluster)
    values = sparse.hstack([_totals(groups), *_counts(hits, tokens, groups, kinds)], format="csr")
    parts = []
    for number in range(len(groups.table)):
        rows = values[groups.first_rows[number] : groups.first_rows[number + 1]]
        n_cells = rows.shape[0] * rows.shape[1]
        group = _Group(rows.toarray() if n_cells <= _DENSE_CELLS else rows, (resampling.seed, number), min_articles)
        parts.append(group.table(resampling))
    empty = pd.DataFrame(columns=_columns())
    measured = pd.concat(parts, ignore_index=True) if parts else empty
    table = pd.concat([groups.table.merge(kinds.table, how="cross"), measured], axis=1)[[*by, *_columns()]]
    unread = [name for name in by if name in _READ_BY_RULES and len(hits) and hits[name].isna().all()]
    if unread:
        estimates = [name for one in _MEASURES for name in (one.estimate, one.low, one.high)]
        table[estimates] = np.nan
        table["reason"] = f"{unread[0]}: no hit has one; it is read in English only, targets with targets= only"
    table = table.sort_values(by, kind="stable", ignore_index=True) if by else table
    return with_origin(table, hits, tokens, interval=str(resampling), min_articles=min_articles)


def _columns() -> list[str]:
    names = ["n_articles"]
    for one in _MEASURES:
        names += [one.total, one.count, one.estimate, one.low, one.high]
    return [*dict.fromkeys(names), "reason"]


def _totals(groups: Groups) -> sparse.csr_array:
    """Return the words, articles and sentences of each cluster, in the order of the measures."""
    totals = np.zeros((groups.first_rows[-1], len(_MEASURES)))
    np.add.at(
        totals, groups.units["row"].to_numpy(), groups.units[[one.total for one in _MEASURES]].to_numpy(np.float64)
    )
    return sparse.csr_array(totals)


def _counts(hits: pd.DataFrame, tokens: Tokens, groups: Groups, kinds: Kinds) -> list[sparse.csr_array]:
    """Return the hits, the articles with a hit and the sentences with a hit of each cluster and kind."""
    units = groups.units
    unit_at = np.full(len(tokens.articles) * len(ZONES), -1, np.int64)
    unit_at[units["article"] * len(ZONES) + units["zone"]] = np.arange(len(units))
    articles = article_rows(hits, tokens)
    zones = codes_in(hits["zone"], ZONES) if "zone" in groups.table else np.zeros(len(hits), np.int64)
    unit = unit_at[articles * len(ZONES) + zones]
    chosen = (unit >= 0) & (kinds.of_hit >= 0)
    unit, kind = unit[chosen], kinds.of_hit[chosen]
    field = codes_in(hits["field"], TEXT_FIELDS)[chosen]
    shape = (int(groups.first_rows[-1]), len(kinds.table))
    row_of = units["row"].to_numpy()
    each = np.column_stack([unit, kind])
    with_sentence = np.column_stack([unit, kind, field, hits["sentence"].to_numpy()[chosen]])
    found = []
    for cells in (each, _distinct(each), _distinct(with_sentence)):
        found.append(counted(row_of[cells[:, 0]], cells[:, 1], shape))
    return found


def _distinct(rows: Array) -> Array:
    """Return the distinct rows of whole numbers from 0."""
    if not len(rows):
        return rows
    sizes = tuple((rows.max(axis=0) + 1).tolist())
    return np.column_stack(np.unravel_index(np.unique(np.ravel_multi_index(tuple(rows.T), sizes)), sizes))


class _Group:
    """The clusters of one group: a row each, with their totals and then, measure by measure, their counts by kind."""

    def __init__(self, values: Array | sparse.csr_array, seed: tuple[int, int], min_articles: int) -> None:
        self.values, self.seed = values, seed
        self.sums = self._split(np.asarray(values.sum(axis=0))[None, :])
        self.n_kinds = self.sums[1][0].shape[1]
        self.n_articles = int(self.sums[0][0, 1])
        self.reason = ""
        if self.n_articles < min_articles:
            self.reason = f"too few: {self.n_articles} of at least {min_articles} articles"
        elif not self.sums[0][0, 0]:
            self.reason = "no words"

    def table(self, resampling: Resampling) -> pd.DataFrame:
        """Return counts, estimates and intervals, a row a kind."""
        totals, counts = self.sums
        intervals = self._intervals(resampling)
        columns: dict[str, Any] = {"n_articles": np.full(self.n_kinds, self.n_articles)}
        for place, one in enumerate(_MEASURES):
            columns[one.total] = np.full(self.n_kinds, int(totals[0, place]))
            columns[one.count] = counts[place][0].astype(np.int64)
            estimate = one.per * ratio(counts[place][0], totals[0, place])
            columns[one.estimate] = np.full(self.n_kinds, np.nan) if self.reason else estimate
            columns[one.low], columns[one.high] = intervals[place]
        columns["reason"] = pd.array(self._reasons(intervals, counts[0][0]), dtype="str")
        return pd.DataFrame(columns)[_columns()]

    def _split(self, sums: Array) -> tuple[Array, list[Array]]:
        n = len(_MEASURES)
        return sums[:, :n], np.split(sums[:, n:], n, axis=1)

    def _intervals(self, resampling: Resampling) -> list[Array]:
        if self.reason or self.values.shape[0] < 2:
            return [np.full((2, self.n_kinds), np.nan)] * len(_MEASURES)
        sums = resampled(self.values, resampling, seed=self.seed)
        intervals = []
        for place, one in enumerate(_MEASURES):
            bounds = interval(partial(self._estimates, place, one.per), sums)
            bounds[:, np.isclose(bounds[0], bounds[1], rtol=1e-9, atol=0)] = np.nan
            intervals.append(bounds)
        return intervals

    def _estimates(self, place: int, per: float, sums: Array) -> Array:
        """Return the estimates of one measure by each row of sums."""
        totals, counts = self._split(sums)
        return per * ratio(counts[place], totals[:, place : place + 1])

    def _reasons(self, intervals: list[Array], n_hits: Array) -> Array:
        """Return why each kind has no estimate or no interval."""
        if self.reason or self.values.shape[0] < 2:
            return np.full(self.n_kinds, self.reason or ONE_ALONE, dtype=object)
        none = [np.isnan(bounds[0]) for bounds in intervals]
        texts = [
            "no hit: no interval",
            *(f"all resamples alike: no interval of {one.estimate}" for one in _MEASURES),
            "",
        ]
        cases = [n_hits == 0, *none, np.ones(self.n_kinds, np.bool_)]
        reasons: Array = np.array(texts, dtype=object)[np.argmax(cases, axis=0)]
        return reasons
