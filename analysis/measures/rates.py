"""How often: rates per 1,000 words, shares of sentences and of articles, with intervals that hold for few articles."""

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
from analysis.counting.ratios import (
    FEWEST_ARTICLES,
    T_INTERVAL,
    exact_share_intervals,
    rate_intervals,
    ratios_of,
    share_intervals,
)
from analysis.counting.resampling import ONE_ALONE, Resampled, Resampling, interval, ratio, resampled
from analysis.hits.find import hits_of_one_lexicon
from analysis.measures.correcting import (
    CodedUnits,
    Sums,
    coded_units,
    corrected_columns,
    corrected_in,
    refuse_uncoded,
    rows_of_units,
)
from analysis.reading.given import TokensLike, tokens_of
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
_NO_HIT = "no hit: upper bounds only"
_ALIKE = "all articles alike: no interval"


def rates(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    by: str | Sequence[str] = "category",
    min_articles: int = FEWEST_ARTICLES,
    resampling: Resampling | None = None,
    correction: pd.DataFrame | None = None,
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
        A group of fewer articles gets counts, rate and shares, but no interval: ``reason`` says "too few".
    resampling : Resampling, optional
        The clusters of articles that are not independent; and a method of resampling, where it is to replace the intervals below.
    correction : pandas.DataFrame, optional
        Codings by people of a sample of these hits' sentences or articles, as `analysis.validate.correction` returns them: each rate then
        has its corrected one beside it. `by` names columns of ARTICLES, ``zone`` and ``category``.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted by `by` (zones from the headline down): ``n_articles``, ``n_tokens``, ``n_hits``, ``rate_per_1000`` (1,000 · hits /
        words), ``n_articles_with_frame`` and ``share_of_articles`` (0 to 1), ``n_sentences``, ``n_sentences_with_frame`` and
        ``share_of_sentences`` (0 to 1). Each estimate has ``_low`` and ``_high`` (95% interval; ``rate_low``, ``rate_high`` of the rate).
        A rate or share of 0 has the lower bound 0 and a one-sided upper bound. ``reason`` says why an estimate or interval is NaN or
        one-sided, else it is "". No words give NaN, never 0; so does a voice, target or negation that no hit has, as in a language that
        is not read. ``attrs`` are those of `hits`, with the interval, `min_articles` and the ``categories`` that hits were counted of.
        With `correction` also ``corrected_rate_per_1000`` (where articles were coded, ``corrected_share_of_articles``), ``corrected_low``
        and ``corrected_high`` (95% interval of sampling and coding), ``power_tuning`` (the weight of the lexicon, 0 to 1), ``n_coded``,
        ``n_coded_with_hits`` and ``corrected_reason``.

    Raises
    ------
    SchemaError
        When a name of `by`, or the cluster, is unknown or could mean two things, HITS are not of this corpus, or `correction` is not of
        these hits.

    Notes
    -----
    Rates have t intervals on the log scale and shares of sentences on the logit scale, from the variance between articles (jackknife),
    which groups lend each other a little of, category by category; shares of articles have exact binomial (Clopper-Pearson) intervals, or
    those of shares of sentences where articles come in clusters. `analysis.counting.ratios` has the formulas, and ``tools/interval_coverage.py``
    shows how often they hold the true rate. `analysis.counting.two_phase` has the formulas of corrected rates, and
    ``benchmarks/bench_coverage.py`` shows the same of them.

    References
    ----------
    Korn, E. L., & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts estimated
    from survey data. Survey Methodology, 24(2).

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
    ['too few: 2 of at least 5 articles: no interval', 'too few: 1 of at least 5 articles: no interval']
    """
    tokens = tokens_of("rates(hits, tokens)", tokens)
    by = resolve("rates", by, every_name(tokens), tokens=tokens)
    hits_of_one_lexicon(hits, tokens)
    resampling = resampling or Resampling()
    kinds = kinds_of_hits(hits, [name for name in by if name in HIT_COLUMNS])
    groups = group_articles(tokens, [name for name in by if name not in HIT_COLUMNS], resampling.cluster)
    measured = _Measured(groups, _counts(hits, tokens, groups, kinds), min_articles)
    table = pd.concat([groups.table.merge(kinds.table, how="cross"), measured.table(resampling)], axis=1)
    table = table[[*by, *_columns()]]
    choices: dict[str, Any] = {}
    if correction is not None:
        coded = coded_units("rates", correction, hits, tokens)
        refuse_uncoded("rates", by, coded)
        table = pd.concat([table, _corrected(coded, tokens, groups, kinds, measured)], axis=1)
        choices = coded.choices()
    unread = [name for name in by if name in _READ_BY_RULES and len(hits) and hits[name].isna().all()]
    if unread:
        estimates = [name for one in _MEASURES for name in (one.estimate, one.low, one.high)]
        table[estimates] = np.nan
        table["reason"] = f"{unread[0]}: no hit has one; it is read in English only, targets with targets= only"
    table = table.sort_values(by, kind="stable", ignore_index=True) if by else table
    return with_origin(
        table,
        hits,
        tokens,
        interval=resampling.named_unless(T_INTERVAL),
        min_articles=min_articles,
        categories=_categories(hits),
        **choices,
    )


def _corrected(coded: CodedUnits, tokens: Tokens, groups: Groups, kinds: Kinds, measured: "_Measured") -> pd.DataFrame:
    """Return the corrected columns of each group and kind."""
    units = groups.units
    row_of = np.full((len(tokens.articles), len(ZONES) if "zone" in groups.table else 1), -1, np.int64)
    row_of[units["article"], units["zone"]] = units["row"]
    place = 1 if coded.are_articles else 0  # in _MEASURES
    sums = Sums(
        measured.counts[place], measured.totals[:, place], groups.first_rows, measured.n_articles, measured.min_articles
    )
    categories = list(map(str, kinds.table["category"])) if "category" in kinds.table else None
    made, reasons = corrected_in(coded, rows_of_units(coded, tokens, row_of), categories, sums)
    return corrected_columns(made, reasons, sums, are_articles=coded.are_articles)


def _categories(hits: pd.DataFrame) -> list[str]:
    """Return the categories of the hits by name: a table without that column would not tell that others were left out."""
    return sorted(hits["category"].dropna().astype("str").unique())


def _columns() -> list[str]:
    names = ["n_articles"]
    for one in _MEASURES:
        names += [one.total, one.count, one.estimate, one.low, one.high]
    return [*dict.fromkeys(names), "reason"]


def _totals(groups: Groups) -> Array:
    """Return the words, articles and sentences of each cluster, in the order of the measures."""
    totals = np.zeros((groups.first_rows[-1], len(_MEASURES)))
    np.add.at(
        totals, groups.units["row"].to_numpy(), groups.units[[one.total for one in _MEASURES]].to_numpy(np.float64)
    )
    return totals


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


class _Measured:
    """Counts, estimates and intervals of each group (rows) and kind of hits (columns)."""

    def __init__(self, groups: Groups, counts: list[sparse.csr_array], min_articles: int) -> None:
        self.first_rows, self.counts, self.totals = groups.first_rows, counts, _totals(groups)
        self.ratios = [
            ratios_of(count, total, groups.first_rows) for count, total in zip(counts, self.totals.T, strict=True)
        ]
        self.n_articles, self.min_articles = self.ratios[1].below, min_articles
        self.shape = self.ratios[0].above.shape
        self.is_used = self.n_articles >= min_articles

    def table(self, resampling: Resampling) -> pd.DataFrame:
        """Return a row for each group and kind."""
        bounds = self._undrawn(resampling.cluster) if resampling.method is None else self._drawn(resampling)
        reasons = self._reasons(bounds, _NO_HIT if resampling.method is None else "no hit: no interval")
        columns: dict[str, Any] = {"n_articles": self._each(self.n_articles).astype(np.int64)}
        for one, ratios, (low, high) in zip(_MEASURES, self.ratios, bounds, strict=True):
            columns[one.total] = self._each(ratios.below).astype(np.int64)
            columns[one.count] = self._each(ratios.above).astype(np.int64)
            columns[one.estimate] = one.per * self._each(ratios.ratio)
            columns[one.low], columns[one.high] = one.per * self._each(low), one.per * self._each(high)
        columns["reason"] = pd.array(self._each(reasons), dtype="str")
        return pd.DataFrame(columns)[_columns()]

    def _each(self, values: Array) -> Array:
        each: Array = np.broadcast_to(values, self.shape).ravel()
        return each

    def _undrawn(self, cluster: str) -> list[Array]:
        rates, articles, sentences = self.ratios
        of_articles = exact_share_intervals if cluster == "article_id" else share_intervals
        return [
            rate_intervals(rates, is_used=self.is_used),
            of_articles(articles, is_used=self.is_used),
            share_intervals(sentences, is_used=self.is_used),
        ]

    def _drawn(self, resampling: Resampling) -> list[Array]:
        """Return the intervals from clusters of articles that are drawn anew, group by group."""
        bounds = np.full((len(_MEASURES), 2, *self.shape), np.nan)
        values = sparse.hstack([sparse.csr_array(self.totals), *self.counts], format="csr")
        for number in np.flatnonzero(self.is_used[:, 0] & (self.ratios[0].n_clusters[:, 0] > 1)):
            rows = values[self.first_rows[number] : self.first_rows[number + 1]]
            is_small = rows.shape[0] * rows.shape[1] <= _DENSE_CELLS
            sums = resampled(rows.toarray() if is_small else rows, resampling, seed=(resampling.seed, int(number)))
            bounds[:, :, number] = _drawn_intervals(sums)
        return list(bounds)

    def _reasons(self, bounds: list[Array], no_hit: str) -> Array:
        """Return why each group and kind has no estimate, no interval, or bounds on one side only."""
        rates = self.ratios[0]
        too_few = np.array(
            [f"too few: {int(n)} of at least {self.min_articles} articles: no interval" for n in self.n_articles[:, 0]],
            dtype=object,
        )
        cases = [
            (rates.below == 0, "no words"),
            (~self.is_used, too_few[:, None]),
            (rates.n_clusters < 2, ONE_ALONE),
            (rates.above == 0, no_hit),
            *((np.isnan(low), f"{_ALIKE} of {one.estimate}") for one, (low, _) in zip(_MEASURES, bounds, strict=True)),
        ]
        reasons = np.full(self.shape, "", dtype=object)
        for is_so, text in reversed(cases):
            reasons = np.where(is_so, text, reasons)
        return reasons


def _drawn_intervals(sums: Resampled) -> Array:
    """Return the bounds of each measure by kind, shape (n_measures, 2, n_kinds), NaN where all resamples are alike."""
    bounds = np.stack([interval(partial(_shares, place), sums) for place in range(len(_MEASURES))])
    bounds[np.broadcast_to(np.isclose(bounds[:, :1], bounds[:, 1:], rtol=1e-9, atol=0), bounds.shape)] = np.nan
    return bounds


def _shares(place: int, sums: Array) -> Array:
    """Return the estimates of one measure by each row of sums: those of the totals, and then by measure those of the counts by kind."""
    n = len(_MEASURES)
    return ratio(np.split(sums[:, n:], n, axis=1)[place], sums[:, place : place + 1])
