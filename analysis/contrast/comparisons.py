"""Fair comparisons of two groups: differences and ratios with intervals, permutation tests, and pairs on the same event."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.errors import SchemaError
from analysis.schema import HITS
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_FEWEST = 3  # articles, or events, below which no interval and no test is given
_AT_ONCE = 200  # draws that are held in memory together
_EXACT = 12  # pairs up to which every change of signs is counted


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two groups to compare: the articles where `column` is `focus`, and those where it is `reference`."""

    column: str = "outlet"
    focus: str
    reference: str

    def __str__(self) -> str:
        return f"{self.column}: {self.focus} − {self.reference}"


def differences(hits: pd.DataFrame, tokens: Tokens, pair: Pair, *, n_draws: int = 2_000, seed: int = 1) -> pd.DataFrame:
    """Return how the rates of two groups differ, category by category.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that they were found in.
    pair : Pair
        Which groups.
    n_draws : int
        Resamples of the articles of each group, and permutations of the articles over the groups.
    seed : int
        Seed of both.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``n_articles_``, ``n_hits_`` and ``rate_per_1000_`` with ``focus`` and ``reference``; ``difference_per_1000`` and
        ``ratio`` with ``_low`` and ``_high`` (95% percentile interval from resampling the articles of each group); ``p`` (two-sided, from
        permuting the articles over the groups), ``p_corrected`` over the categories (Benjamini and Hochberg 1995); ``reason``: why a cell is
        NaN, else "".

    Raises
    ------
    SchemaError
        When the column or one of the groups is not in ARTICLES.

    References
    ----------
    Good, P. (2005). Permutation, parametric, and bootstrap tests of hypotheses.
    """
    groups = _groups(tokens, pair)
    names, counts, words = _per_article(HITS.check(hits), tokens)
    rng = np.random.default_rng(seed)
    few = min(len(group) for group in groups) < _FEWEST
    observed = [_rate(counts[group].sum(axis=0), words[group].sum()) for group in groups]
    bounds = _bounds(groups, counts, words, rng, n_draws) if not few else np.full((4, len(names)), np.nan)
    difference = observed[0] - observed[1]
    p = _permuted(groups, counts, words, (rng, n_draws)) if not few else np.full(len(names), np.nan)
    ratio = np.divide(observed[0], observed[1], out=np.full(len(names), np.nan), where=observed[1] > 0)
    table = pd.DataFrame({"category": pd.array(names, dtype="str")})
    for name, group, rate in zip(("focus", "reference"), groups, observed, strict=True):
        table[f"n_articles_{name}"] = len(group)
        table[f"n_hits_{name}"] = counts[group].sum(axis=0).astype(int)
        table[f"rate_per_1000_{name}"] = rate
    table["difference_per_1000"], table["difference_low"], table["difference_high"] = difference, bounds[0], bounds[1]
    table["ratio"], table["ratio_low"], table["ratio_high"] = ratio, bounds[2], bounds[3]
    table["p"], table["p_corrected"] = p, _corrected(p)
    table["reason"] = _reason(few, observed[1])
    table.attrs = {**hits.attrs, "pair": str(pair), "draws": f"{n_draws}, seed {seed}"}
    return table


def paired(
    hits: pd.DataFrame, tokens: Tokens, pair: Pair, *, event: str = "event_id", n_draws: int = 2_000, seed: int = 1
) -> pd.DataFrame:
    """Return how two groups differ on the events that both report: the subject is the same, so a difference is one of manner.

    Parameters
    ----------
    hits, tokens, pair, n_draws, seed
        As for `differences`.
    event : str
        Column of ARTICLES that names the event; `analysis.with_events` finds events.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``n_events`` that both groups report, ``rate_per_1000_focus`` and ``rate_per_1000_reference`` (means over
        events), ``difference_per_1000`` (mean over events) with ``difference_low`` and ``difference_high`` (95% percentile interval from
        resampling events), ``n_focus_higher`` (events on which the focus has the higher rate), ``p`` (two-sided, from changing the signs
        of the differences; exact up to 12 events), ``p_corrected``, ``reason``.

    Raises
    ------
    SchemaError
        When a column or group is not in ARTICLES, or no event is reported by both.
    """
    if event not in tokens.articles:
        raise SchemaError(
            f"paired: no column {event!r} in ARTICLES; find events with fa.with_events(corpus), or name a column"
        )
    groups = _groups(tokens, pair)
    names, counts, words = _per_article(HITS.check(hits), tokens)
    events = tokens.articles[event].to_numpy(dtype=object)
    shared = sorted(set(events[groups[0]]) & set(events[groups[1]]) - {None, np.nan}, key=str)
    shared = [name for name in shared if isinstance(name, str)]
    if not shared:
        raise SchemaError(
            f"paired: no event of column {event!r} is reported by both groups ({pair}); compare with differences"
        )
    by_event = np.array(
        [[_rate_of(group[events[group] == name], counts, words) for group in groups] for name in shared]
    )
    difference = by_event[:, 0] - by_event[:, 1]
    known = ~np.isnan(difference).any(axis=1)
    difference, by_event = difference[known], by_event[known]
    few = len(difference) < _FEWEST
    rng = np.random.default_rng(seed)
    drawn = difference[rng.integers(0, len(difference), (n_draws, len(difference)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0) if not few else np.full((2, len(names)), np.nan)
    p = _signs(difference, rng, n_draws) if not few else np.full(len(names), np.nan)
    table = pd.DataFrame(
        {
            "category": pd.array(names, dtype="str"),
            "n_events": len(difference),
            "rate_per_1000_focus": by_event[:, 0].mean(axis=0),
            "rate_per_1000_reference": by_event[:, 1].mean(axis=0),
            "difference_per_1000": difference.mean(axis=0),
            "difference_low": low,
            "difference_high": high,
            "n_focus_higher": (difference > 0).sum(axis=0),
            "p": p,
            "p_corrected": _corrected(p),
            "reason": f"fewer than {_FEWEST} events: no interval, no test" if few else "",
        }
    )
    table.attrs = {**hits.attrs, "pair": str(pair), "event": event, "draws": f"{n_draws}, seed {seed}"}
    return table


def _groups(tokens: Tokens, pair: Pair) -> tuple[Array, Array]:
    """Return the rows of the articles of both groups that have words."""
    if pair.column not in tokens.articles:
        known = ", ".join(map(repr, tokens.articles.columns))
        raise SchemaError(f"comparison: no column {pair.column!r} in ARTICLES; known are {known}")
    values = tokens.articles[pair.column].astype("str")
    has_words = tokens.tokens_per_article.to_numpy() > 0
    found = []
    for name in (pair.focus, pair.reference):
        rows = np.flatnonzero((values == name).fillna(False).to_numpy(bool) & has_words)
        if not len(rows):
            known = ", ".join(map(repr, values.dropna().unique()[:12]))
            raise SchemaError(f"comparison: {pair.column} has no {name!r} with words; known are {known}")
        found.append(rows)
    return found[0], found[1]


def _per_article(hits: pd.DataFrame, tokens: Tokens) -> tuple[list[str], Array, Array]:
    """Return the categories, the hits of each article and category, and the words of each article."""
    categories = hits["category"].astype("category").cat
    rows = pd.Index(tokens.articles["article_id"]).get_indexer(pd.Index(hits["article_id"].astype("str")))
    counts = np.zeros((len(tokens.articles), len(categories.categories)))
    np.add.at(counts, (rows, categories.codes.to_numpy()), 1)
    return [str(name) for name in categories.categories], counts, tokens.tokens_per_article.to_numpy().astype(float)


def _rate(hits: Array, words: Array | float) -> Array:
    rate: Array = 1000 * hits / words
    return rate


def _rate_of(rows: Array, counts: Array, words: Array) -> Array:
    return _rate(counts[rows].sum(axis=0), words[rows].sum()) if len(rows) else np.full(counts.shape[1], np.nan)


def _bounds(groups: tuple[Array, Array], counts: Array, words: Array, rng: np.random.Generator, n_draws: int) -> Array:
    """Return the bounds of difference and ratio, from resampling the articles of each group."""
    rates = []
    for group in groups:
        weights = rng.multinomial(len(group), np.full(len(group), 1 / len(group)), size=n_draws).astype(float)
        rates.append(_rate(weights @ counts[group], (weights @ words[group])[:, None]))
    ratio = np.divide(rates[0], rates[1], out=np.full(rates[0].shape, np.inf), where=rates[1] > 0)
    ratio[(rates[0] == 0) & (rates[1] == 0)] = 1.0
    low, high = np.percentile(rates[0] - rates[1], [2.5, 97.5], axis=0)
    ratio_low, ratio_high = np.percentile(ratio, [2.5, 97.5], axis=0, method="inverted_cdf")
    return np.stack([low, high, ratio_low, ratio_high])


def _permuted(
    groups: tuple[Array, Array], counts: Array, words: Array, draws: tuple[np.random.Generator, int]
) -> Array:
    """Return p: how often articles dealt out anew differ as much as the groups do."""
    rng, n_draws = draws
    pooled = np.concatenate(groups)
    n, hits, sizes = len(groups[0]), counts[pooled], words[pooled]
    found = np.abs(_rate(hits[:n].sum(axis=0), sizes[:n].sum()) - _rate(hits[n:].sum(axis=0), sizes[n:].sum()))
    extreme = np.zeros(counts.shape[1])
    for begin in range(0, n_draws, _AT_ONCE):
        keys = rng.random((min(_AT_ONCE, n_draws - begin), len(pooled)))
        inside = (keys.argsort(axis=1).argsort(axis=1) < n).astype(float)
        first = _rate(inside @ hits, (inside @ sizes)[:, None])
        second = _rate((1 - inside) @ hits, ((1 - inside) @ sizes)[:, None])
        extreme += (np.abs(first - second) >= found - 1e-12).sum(axis=0)
    p: Array = (extreme + 1) / (n_draws + 1)
    return p


def _signs(difference: Array, rng: np.random.Generator, n_draws: int) -> Array:
    """Return p of the mean difference under changes of sign; every change is counted where there are few."""
    if len(difference) <= _EXACT:
        signs = np.array(list(product((1.0, -1.0), repeat=len(difference))))
        p: Array = (np.abs(signs @ difference) >= np.abs(difference.sum(axis=0)) - 1e-12).mean(axis=0)
        return p
    signs = rng.choice((1.0, -1.0), (n_draws, len(difference)))
    extreme: Array = (np.abs(signs @ difference) >= np.abs(difference.sum(axis=0)) - 1e-12).sum(axis=0)
    return (extreme + 1) / (n_draws + 1)


def _corrected(p: Array) -> Array:
    corrected = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        corrected[known] = stats.false_discovery_control(p[known])
    return corrected


def _reason(few: bool, reference: Array) -> list[str]:
    if few:
        return [f"fewer than {_FEWEST} articles in a group: no interval, no test"] * len(reference)
    return ["no hit in the reference: no ratio" if rate == 0 else "" for rate in reference]
