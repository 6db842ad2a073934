"""Fair comparisons of two groups: differences and ratios with intervals, permutation tests, and pairs on the same event."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.errors import SchemaError
from analysis.core.near import known_names
from analysis.core.origin import with_origin
from analysis.counting.by import article_names, cluster_codes, resolve_one, values_of
from analysis.counting.by_article import hits_per_article, words_per_article
from analysis.counting.ratios import FEWEST_ARTICLES, T_INTERVAL, difference_intervals, ratios_of
from analysis.counting.resampling import Resampled, Resampling, interval, ratio, resampled, summed_by, two_samples
from analysis.measures.correcting import CodedUnits, Sums, coded_units, corrected_in, difference_columns, rows_of_units
from analysis.measures.keyness_formulas import corrected
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_FEWEST = 3  # events, or clusters of them, below which no interval and no test is given
_AT_ONCE = 200  # draws that are held in memory together
_EVENTS = "in ARTICLES that names events (fa.compare.with_events finds them)"
_EXACT = 12  # pairs up to which every change of signs is counted


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two groups to compare: the articles where `column`, of ARTICLES or a period, is `focus`, and those where it is `reference`."""

    column: str = "outlet"
    focus: str
    reference: str

    def __str__(self) -> str:
        return f"{self.column}: {self.focus} − {self.reference}"


def differences(
    hits: pd.DataFrame,
    tokens: TokensLike,
    pair: Pair,
    *,
    min_articles: int = FEWEST_ARTICLES,
    resampling: Resampling | None = None,
    correction: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how the rates of two groups differ, category by category.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that they were found in.
    pair : Pair
        Which groups.
    min_articles : int
        Where a group has fewer, there is no interval and no test: ``reason`` says so.
    resampling : Resampling, optional
        Clusters of articles that are not independent, and the draws and seed of the test, in which they are dealt out anew over the
        groups; and a method of resampling each group, where it is to replace the intervals below.
    correction : pandas.DataFrame, optional
        Codings of a sample of sentences, as for `analysis.rates`: the difference of the corrected rates stands beside the raw one.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``focus``, ``reference``, ``category``;
        ``n_articles_``, ``n_hits_`` and ``rate_per_1000_`` with ``focus`` and ``reference``; ``difference_per_1000`` and
        ``ratio`` with ``_low`` and ``_high`` (95% interval); ``p`` (two-sided, from permuting the clusters over the groups),
        ``p_corrected`` over the categories (Benjamini and Hochberg 1995); ``reason``: why a cell is NaN, else "". With `correction` also
        ``corrected_rate_per_1000_focus`` and ``corrected_rate_per_1000_reference``, ``corrected_difference_per_1000`` with
        ``corrected_difference_low`` and ``corrected_difference_high``, ``power_tuning``, ``n_coded_focus``, ``n_coded_reference`` and
        ``corrected_reason``; p is that of the raw rates.

    Raises
    ------
    SchemaError
        When the column, one of the groups or the cluster is not in ARTICLES, or `correction` is not of these hits or of whole articles.

    Notes
    -----
    Intervals are made of those of the two rates, as `analysis.rates` gives them; `analysis.counting.ratios` has the formula.

    References
    ----------
    Zou, G. Y., & Donner, A. (2008). Construction of confidence limits about effect measures. Statistics in Medicine, 27(10).
    Good, P. (2005). Permutation, parametric, and bootstrap tests of hypotheses.
    """
    tokens = tokens_of("differences(hits, tokens, pair)", tokens)
    resampling = resampling or Resampling()
    names, counts = hits_per_article(hits, tokens)
    words = words_per_article(tokens)
    sides = [
        _Side(rows, counts, words, cluster_codes(tokens, resampling.cluster))
        for rows in _groups("differences", tokens, pair)
    ]
    few = min(side.n_articles for side in sides) < min_articles
    bounds = np.full((2, 2, len(names)), np.nan) if few else _bounds(sides, resampling)
    p = np.full(len(names), np.nan) if few else _permuted(sides, resampling)
    table = pd.DataFrame(_compared(pair, names))
    for name, side in zip(("focus", "reference"), sides, strict=True):
        table[f"n_articles_{name}"] = side.n_articles
        table[f"n_hits_{name}"] = side.counts.sum(axis=0).astype(int)
        table[f"rate_per_1000_{name}"] = side.rate
    table["difference_per_1000"] = sides[0].rate - sides[1].rate
    table["difference_low"], table["difference_high"] = bounds[0]
    table["ratio"] = ratio(sides[0].rate, sides[1].rate)
    table["ratio_low"], table["ratio_high"] = bounds[1]
    table["p"], table["p_corrected"] = p, corrected(p, "benjamini_hochberg")
    table["reason"] = f"fewer than {min_articles} articles in a group: no interval, no test" if few else _reasons(table)
    choices = {"interval": resampling.named_unless(T_INTERVAL), "min_articles": min_articles}
    if correction is not None:
        coded = coded_units("differences", correction, hits, tokens)
        table = table.join(_corrected(coded, tokens, names, sides, min_articles))
        choices |= coded.choices()
    return with_origin(table, hits, tokens, pair=str(pair), **choices)


def _corrected(
    coded: CodedUnits, tokens: Tokens, names: list[str], sides: "list[_Side]", min_articles: int
) -> pd.DataFrame:
    """Return the columns of the corrected rates of both groups and of their difference, a row a category."""
    if coded.are_articles:
        raise SchemaError(
            "differences: whole articles were coded, which corrects shares of articles and no rates; see the shares with "
            "fa.rates(…, correction=…), or code sentences"
        )
    row_of = np.full((len(tokens.articles), 1), -1, np.int64)
    first = 0
    for side in sides:
        row_of[side.rows, 0] = first + side.place
        first += len(side.sums)
    hits, words = (np.concatenate([getattr(side, part) for side in sides]) for part in ("counts", "words"))
    first_rows = np.array([0, len(sides[0].sums), first])
    n_articles = np.array([[side.n_articles] for side in sides])
    sums = Sums(sparse.csr_array(hits), words, first_rows, n_articles, min_articles)
    made, reasons = corrected_in(coded, rows_of_units(coded, tokens, row_of), names, sums)
    return difference_columns(made, reasons, np.array([[side.words.sum()] for side in sides]))


def paired(
    hits: pd.DataFrame,
    tokens: TokensLike,
    pair: Pair,
    *,
    event: str = "event_id",
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how two groups differ on the events that both report: the subject is the same, so a difference is one of manner.

    Parameters
    ----------
    hits, tokens, pair
        As for `differences`.
    event : str
        Column of ARTICLES that names the event; `analysis.compare.with_events` finds events.
    resampling : Resampling, optional
        Draws, seed, method and clusters. What is drawn are events; with another cluster than ``article_id`` and `event`, groups of events
        (those of one ``topic``, say), and every event must have one value of it.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``focus``, ``reference``, ``category``,
        ``n_events`` that both groups report, ``rate_per_1000_focus`` and ``rate_per_1000_reference`` (means over
        events), ``difference_per_1000`` (mean over events) with ``difference_low`` and ``difference_high`` (95% interval from
        resampling events), ``n_focus_higher`` (events on which the focus has the higher rate), ``p`` (two-sided, from changing the signs
        of the differences, all of a cluster together; exact up to 12 events or clusters), ``p_corrected``, ``reason``.

    Raises
    ------
    SchemaError
        When a column or group is not in ARTICLES, no event is reported by both, or an event has articles of several clusters.
    """
    tokens = tokens_of("paired(hits, tokens, pair)", tokens)
    event = resolve_one("paired", event, article_names(tokens), tokens=tokens, purpose=_EVENTS)
    groups = _groups("paired", tokens, pair)
    names, counts = hits_per_article(hits, tokens)
    words = words_per_article(tokens)
    event_of = values_of(tokens, event)
    events = event_of.to_numpy(dtype=object)
    shared = sorted(set(events[groups[0]]) & set(events[groups[1]]) - {None, np.nan}, key=str)
    shared = [name for name in shared if isinstance(name, str)]
    if not shared:
        raise SchemaError(
            f"paired: no event of column {event!r} is reported by both groups ({pair}); compare with differences"
        )
    resampling = resampling or Resampling()
    by_event = np.array(
        [[_rate_of(group[events[group] == name], counts, words) for group in groups] for name in shared]
    )
    difference = by_event[:, 0] - by_event[:, 1]
    known = ~np.isnan(difference).any(axis=1)
    difference, by_event = difference[known], by_event[known]
    compared = event_of.iloc[np.sort(np.concatenate(groups))]
    kept = [name for name, is_known in zip(shared, known, strict=True) if is_known]
    clusters, units = _clusters_of(tokens, compared, kept, resampling)
    (low, high), p = _tested(difference, clusters, resampling)
    few = np.isnan(p).all()
    table = pd.DataFrame(
        {
            **_compared(pair, names),
            "n_events": len(difference),
            "rate_per_1000_focus": by_event[:, 0].mean(axis=0),
            "rate_per_1000_reference": by_event[:, 1].mean(axis=0),
            "difference_per_1000": difference.mean(axis=0),
            "difference_low": low,
            "difference_high": high,
            "n_focus_higher": (difference > 0).sum(axis=0),
            "p": p,
            "p_corrected": corrected(p, "benjamini_hochberg"),
            "reason": f"fewer than {_FEWEST} {units}: no interval, no test" if few else "",
        }
    )
    return with_origin(table, hits, tokens, pair=str(pair), event=event, interval=resampling.named(units))


def _tested(difference: Array, clusters: Array, resampling: Resampling) -> tuple[Array, Array]:
    """Return the bounds of the mean difference and its p, NaN where there are too few clusters of events."""
    n_categories = difference.shape[1]
    if len(np.unique(clusters)) < _FEWEST:
        return np.full((2, n_categories), np.nan), np.full(n_categories, np.nan)
    sums = summed_by(np.column_stack([difference, np.ones(len(difference))]), clusters)
    bounds = interval(lambda drawn: ratio(drawn[:, :-1], drawn[:, -1:]), resampled(sums, resampling))
    return bounds, _signs(sums[:, :-1], resampling)


def _clusters_of(tokens: Tokens, events: pd.Series, names: list[str], resampling: Resampling) -> tuple[Array, str]:
    """Return the number of each event's cluster, and what is drawn; `events` are those of the articles that are compared."""
    if resampling.cluster in ("article_id", events.name):
        return np.arange(len(names)), "events"
    codes = pd.Series(cluster_codes(tokens, resampling.cluster)).loc[events.index]
    of_event = codes.groupby(events).agg(["min", "max"]).loc[names]
    mixed = of_event.index[of_event["min"] != of_event["max"]]
    if len(mixed):
        raise SchemaError(
            f"paired: event {mixed[0]!r} has articles of several values of {resampling.cluster!r}, or without one; cluster by a column "
            f"that is the same for all articles of an event"
        )
    numbers: Array = np.unique(of_event["min"].to_numpy(), return_inverse=True)[1]
    return numbers, f"clusters of events by {resampling.cluster}"


def _compared(pair: Pair, categories: list[str]) -> dict[str, Any]:
    """Return the columns that say what is compared, so that tables of several pairs can be joined."""
    n = len(categories)
    return {
        "focus": pd.array([pair.focus] * n, dtype="str"),
        "reference": pd.array([pair.reference] * n, dtype="str"),
        "category": pd.array(categories, dtype="str"),
    }


def _groups(measure: str, tokens: Tokens, pair: Pair) -> tuple[Array, Array]:
    """Return the rows of the articles of both groups that have words."""
    if not isinstance(pair, Pair):
        raise SchemaError(
            f"{measure}: found {pair!r} in the place of the pair; give fa.compare.Pair(focus='…', reference='…'), of outlets, "
            f"or with column='…' of other groups"
        )
    if pair.focus == pair.reference:
        raise SchemaError(f"{measure}: focus and reference are both {pair.focus!r}; name two groups")
    column = resolve_one(measure, pair.column, article_names(tokens), tokens=tokens)
    values = values_of(tokens, column).astype("str")
    has_words = tokens.tokens_per_article.to_numpy() > 0
    found = []
    for name in (pair.focus, pair.reference):
        rows = np.flatnonzero((values == name).fillna(False).to_numpy(bool) & has_words)
        if not len(rows):
            known = known_names(name, values.dropna().unique(), what=column)
            raise SchemaError(f"{measure}: {column} has no {name!r} with words; {known}{_only_one(values)}")
        found.append(rows)
    return found[0], found[1]


def _only_one(values: pd.Series) -> str:
    """Return what there is to say of a column of one value, which has nothing to compare."""
    return (
        "; it holds one value only, so there is nothing to compare: read articles of another"
        if values.nunique() == 1
        else ""
    )


def _rate(hits: Array, words: Array | float) -> Array:
    rate: Array = 1000 * hits / words
    return rate


def _rate_of(rows: Array, counts: Array, words: Array) -> Array:
    return _rate(counts[rows].sum(axis=0), words[rows].sum()) if len(rows) else np.full(counts.shape[1], np.nan)


class _Side:
    """One group: the hits and words of its clusters, a row each."""

    def __init__(self, rows: Array, counts: Array, words: Array, clusters: Array) -> None:
        self.rows, self.n_articles = rows, len(rows)
        self.place = np.unique(clusters[rows], return_inverse=True)[1]  # of each article's cluster among the sums
        self.sums = summed_by(np.column_stack([counts[rows], words[rows]]), clusters[rows])
        self.counts, self.words = self.sums[:, :-1], self.sums[:, -1]
        self.rate = _rates(self.sums.sum(axis=0)[None])[0]

    def resampled(self, resampling: Resampling, place: int) -> Resampled:
        """Return the sums of resampled clusters, from a stream of the group's own."""
        return resampled(self.sums, resampling, seed=(resampling.seed, place))


def _rates(sums: Array) -> Array:
    """Return the rates of each row of sums, whose last column are the words."""
    return _rate(sums[:, :-1], sums[:, -1:])


def _bounds(sides: list[_Side], resampling: Resampling) -> Array:
    """Return the bounds of difference and ratio, shape (2, 2, n_categories)."""
    if resampling.method is None:
        sums = np.concatenate([side.sums for side in sides])
        first_rows = np.cumsum([0, *(len(side.sums) for side in sides)])
        ratios = ratios_of(sums[:, :-1], sums[:, -1], first_rows)
        difference, quotient = difference_intervals(ratios)
        return np.stack([1000 * difference, quotient])
    return _drawn_bounds(sides, resampling)


def _drawn_bounds(sides: list[_Side], resampling: Resampling) -> Array:
    """Return the bounds of difference and ratio, from resampling the clusters of each group."""
    sums = two_samples(*(side.resampled(resampling, place) for place, side in enumerate(sides)))
    return np.stack(
        [
            interval(lambda focus, reference: _rates(focus) - _rates(reference), *sums),
            interval(
                lambda focus, reference: ratio(_rates(focus), _rates(reference)),
                *sums,
                of_draws=lambda focus, reference: _quotient(_rates(focus), _rates(reference)),
            ),
        ]
    )


def _quotient(above: Array, below: Array) -> Array:
    """Return the ratio of drawn rates: 1 where both are 0, and infinite where only `below` is."""
    drawn: Array = np.divide(above, below, out=np.full(above.shape, np.inf), where=below > 0)
    drawn[(above == 0) & (below == 0)] = 1.0
    return drawn


def _permuted(sides: list[_Side], resampling: Resampling) -> Array:
    """Return p: how often clusters dealt out anew differ as much as the groups do."""
    rng = np.random.default_rng(resampling.seed)
    n, n_draws = len(sides[0].words), resampling.n_draws
    hits, sizes = (np.concatenate(parts) for parts in ([s.counts for s in sides], [s.words for s in sides]))
    found = np.abs(sides[0].rate - sides[1].rate)
    extreme = np.zeros(hits.shape[1])
    for begin in range(0, n_draws, _AT_ONCE):
        keys = rng.random((min(_AT_ONCE, n_draws - begin), len(sizes)))
        inside = (keys.argsort(axis=1).argsort(axis=1) < n).astype(float)
        first = _rate(inside @ hits, (inside @ sizes)[:, None])
        second = _rate((1 - inside) @ hits, ((1 - inside) @ sizes)[:, None])
        extreme += (np.abs(first - second) >= found - 1e-12).sum(axis=0)
    p: Array = (extreme + 1) / (n_draws + 1)
    return p


def _signs(difference: Array, resampling: Resampling) -> Array:
    """Return p of the mean difference under changes of sign; every change is counted where there are few."""
    found = np.abs(difference.sum(axis=0)) - 1e-12
    if len(difference) <= _EXACT:
        signs = np.array(list(product((1.0, -1.0), repeat=len(difference))))
        p: Array = (np.abs(signs @ difference) >= found).mean(axis=0)
        return p
    rng = np.random.default_rng(resampling.seed)
    signs = rng.choice((1.0, -1.0), (resampling.n_draws, len(difference)))
    extreme: Array = (np.abs(signs @ difference) >= found).sum(axis=0)
    return (extreme + 1) / (resampling.n_draws + 1)


def _reasons(table: pd.DataFrame) -> Array:
    """Return why each category has no interval or no ratio, or a ratio with one bound only."""
    cases = {
        "all articles alike: no interval": table["difference_low"].isna(),
        "no hit: no ratio": (table["n_hits_focus"] == 0) & (table["n_hits_reference"] == 0),
        "no hit in the reference: no ratio": table["n_hits_reference"] == 0,
        "no hit in the focus: the ratio has an upper bound only": table["n_hits_focus"] == 0,
    }
    reasons: Array = np.select(list(cases.values()), list(cases), "")
    return reasons
