"""Which frames, targets and speakers stand together in a sentence or an article more often than chance would have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from analysis.core.coding import coded
from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import cluster_codes, resolve
from analysis.counting.by_article import counted
from analysis.counting.resampling import (
    Resampling,
    interval,
    ratio,
    resampled,
    summed_by,
    takes_old_draws,
)
from analysis.measures.keyness_formulas import corrected
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.fields import N_FIELDS
from analysis.tokens.rows import Unit, article_rows, hits_by_part, hits_in_corpus, sentence_places
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_COLUMNS = ("category", "target", "speaker", "voice")
_NO_VALUE = ("", "unresolved")
_FEWEST_ARTICLES = 2  # a value or a pair of one article says something of that article only
_MOST_PAIRS = 100_000
_NUMBERS_AT_ONCE = 5_000_000  # draws, or jackknifed sums, that are held in memory together
_MEASURES = ("lift", "phi", "pmi")
_COUNTS = ("a", "b", "n_a", "n_b", "n_both", "n_units", "n_articles_both", "expected")
_TESTS = ("log_odds_ratio", "p", "p_corrected", "reason")


@takes_old_draws(n_draws=1_000)
def cooccurrence(
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    of: str | Sequence[str] = "category",
    within: Unit = "sentence",
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how strongly values of HITS are drawn to one another, pair by pair.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`. Hits may be left out beforehand (those of rare speakers, say): the units are those of the corpus all the same.
    tokens : Tokens
        The corpus that the hits were found in.
    of : str or sequence of str
        One column, whose values are paired with one another, or two: ``category``, ``target``, ``speaker`` or ``voice``.
    within : {"sentence", "article"}
        The unit. All sentences, or articles with words, of the corpus count, those without a hit too.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals and of p; by default 1,000 draws.

    Returns
    -------
    pandas.DataFrame
        One row a pair of values that stand in two articles or more, sorted: ``a``, ``b``; ``n_a``, ``n_b``, ``n_both`` (units),
        ``n_units``, ``n_articles_both``; ``expected`` (units with both if they were independent); ``lift`` (n_both / expected, from 0; 1
        is independence), ``phi`` (-1 to 1) and ``pmi`` (bits; 0 is independence), each with ``_low`` and ``_high`` (95% interval
        from resampling articles); ``log_odds_ratio``, NaN for a pair never together; ``p`` (two-sided, of pmi) and ``p_corrected`` over
        the pairs tested (Benjamini and Hochberg 1995); ``reason``: why cells are NaN, else "". A pair that is never together, together
        in one article only, or never apart has no interval and no test, for resamples cannot tell how much its empty cell may vary.
        ``attrs`` name the unit, the interval, the test and the values left out.

    Raises
    ------
    SchemaError
        When `of` or `within` is not as above, a name could mean two things, every hit lacks a column of `of`, a hit is not of this
        corpus, or there are more than 100,000 pairs.

    Notes
    -----
    A unit has a value when one of its hits has it. So ("category", "target") asks whether both are in the unit; that the hit of this
    category is *about* this target is what ``analysis.rates(hits, tokens, by=["category", "target"])`` counts. Target and voice stand only
    where there is a hit, so their pairs with categories lie above independence by construction: compare such pairs with each other, not
    with 0. To pair frames with every mention of a target, join the hits of a lexicon of targets to those of the frames and pair
    categories: ``pd.concat([hits, analysis.find_hits(tokens, targets)])``. Nobody ("") and ``unresolved`` are no values.

    With the four cells n11 = n_both, n10 = n_a - n_both, n01 = n_b - n_both and n00 the rest of N units,

        expected = n_a n_b / N,  phi = (n11 n00 - n10 n01) / √(n_a (N - n_a) n_b (N - n_b)),
        pmi = log₂((n11 + ½) / (expected + ½)),  log odds ratio = ln((n11 + ½)(n00 + ½) / ((n10 + ½)(n01 + ½))),

    and p is that of pmi over its standard deviation in the resamples, as a normal deviate. The ½ on both sides of pmi draws rare pairs
    towards independence. That of the odds ratio makes an attraction of every pair of which less than half a unit is expected, in the
    resamples too: it has no interval, and is there to be compared with other studies. Sentences of an article resemble one another;
    resampling whole articles allows for that, which a chi² test of sentences does not.

    References
    ----------
    Church, K. W., & Hanks, P. (1990). Word association norms, mutual information, and lexicography. Anscombe, F. J. (1956). On estimating
    binomial response relations. Field, C. A., & Welsh, A. H. (2007). Bootstrapping clustered data.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> bodies = ["A weak man in a crisis. He waits.", "A weak crisis.", "A weak man. All is well.", "A crisis. Wait."]
    >>> tokens = fa.tokenize(fa.read(pd.DataFrame({"body": bodies})))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "threat": ["crisis"]})
    >>> found = fa.compare.cooccurrence(fa.find_hits(tokens, frames), tokens)
    >>> found[["a", "b", "n_a", "n_b", "n_both", "n_units", "expected", "lift"]].round(2)
            a         b  n_a  n_b  n_both  n_units  expected  lift
    0  threat  weakness    3    3       2        7      1.29  1.56
    """
    tokens = tokens_of("cooccurrence(hits, tokens)", tokens)
    first_column, second_column = _columns(of, tokens)
    if within not in get_args(Unit):
        raise SchemaError(f"cooccurrence: within={within!r}; choose one of {', '.join(get_args(Unit))}")
    resampling = resampling or Resampling(n_draws=1_000)
    units = _Units.of(hits_in_corpus(hits, tokens), tokens, within)
    first = _Values.of(hits[first_column], units)
    second = first if second_column == first_column else _Values.of(hits[second_column], units)
    pairs = _Pairs.of(first, second, units, cluster_codes(tokens, resampling.cluster))
    table = _measured(pairs, first, second)
    table["reason"] = _reasons(table, within, pairs.n_clusters_both)
    tested = np.flatnonzero(table["reason"] == "")
    bounds, p = np.full((2, len(_MEASURES), len(table)), np.nan), np.full(len(table), np.nan)
    step = max(1, _NUMBERS_AT_ONCE // max(resampling.n_draws, len(pairs.clusters)))
    for begin in range(0, len(tested), step):
        block = tested[begin : begin + step]
        bounds[:, :, block], deviation = _resampled(pairs, block, resampling)
        p[block] = 2 * special.ndtr(-np.abs(ratio(table["pmi"].to_numpy()[block], deviation)))
    for place, name in enumerate(_MEASURES):
        table[f"{name}_low"], table[f"{name}_high"] = bounds[:, place]
    table["p"], table["p_corrected"] = p, corrected(p, "benjamini_hochberg")
    table.loc[(table["reason"] == "") & table["p"].isna(), "reason"] = "resamples are all alike: no test"
    return with_origin(
        table[[*_COUNTS, *(name + end for name in _MEASURES for end in ("", "_low", "_high")), *_TESTS]],
        hits,
        tokens,
        of=" × ".join(dict.fromkeys((first_column, second_column))),
        unit=within,
        interval=str(resampling),
        test="pmi over its standard deviation in the resamples; p corrected by Benjamini-Hochberg",
        left_out=sorted({*first.left_out, *second.left_out}),
    )


def _columns(of: str | Sequence[str], tokens: Tokens) -> tuple[str, str]:
    names = resolve("cooccurrence", of, _COLUMNS, tokens=tokens, purpose="of HITS to pair", fewest=1)
    if len(names) > 2:
        raise SchemaError(f"cooccurrence: of={names}; give one or two of {', '.join(_COLUMNS)}")
    return names[0], names[-1]


@dataclass(frozen=True, eq=False)
class _Units:
    """The unit of each hit, the first unit of each article, the number of its units with a word, and the articles by their ids."""

    of_hit: Array
    firsts: Array
    per_article: Array
    rows_by_id: Array

    @classmethod
    def of(cls, hits: pd.DataFrame, tokens: Tokens, within: Unit) -> Self:
        n_articles = len(tokens.articles)
        if within == "article":
            has_words = (tokens.tokens_per_article.to_numpy() > 0).astype(np.int64)
            return cls(article_rows(hits, tokens), np.arange(n_articles), has_words, tokens.rows_by_id)
        of_hit, per_article = np.zeros(len(hits), np.int64), []
        first = 0
        for part, of_part in hits_by_part("counting sentences", hits, tokens):
            of_hit[of_part] = sentence_places(hits.iloc[of_part], part) + first
            firsts = part.first_sentences[::N_FIELDS]
            per_article.append(np.diff(np.append(firsts, len(part.sentence_starts))))
            first += len(part.sentence_starts)
        counts = np.concatenate(per_article)
        return cls(of_hit, np.cumsum(counts) - counts, counts, tokens.rows_by_id)

    def counts(self, places: pd.DataFrame, n_codes: int) -> sparse.csr_array:
        """Return how many units of each article have each code; `places` has one row a unit and code."""
        articles = np.searchsorted(self.firsts, places["unit"].to_numpy(), side="right") - 1
        return counted(articles, places["code"].to_numpy(), (len(self.per_article), n_codes))


@dataclass(frozen=True, eq=False)
class _Values:
    """The values of a column that stand in enough articles: their names, and one row a unit and value (``unit``, ``code``)."""

    names: list[str]
    places: pd.DataFrame
    left_out: list[str]

    @classmethod
    def of(cls, column: pd.Series, units: _Units) -> Self:
        if len(column) and column.isna().all():
            raise SchemaError(
                f"cooccurrence: every hit lacks {column.name!r}; find hits with targets=, or choose another column"
            )
        codes, names = coded(column.where(~column.isin(_NO_VALUE)))
        places = pd.DataFrame({"unit": units.of_hit, "code": codes})[codes >= 0].drop_duplicates()
        is_kept = (units.counts(places, len(names)) > 0).sum(axis=0) >= _FEWEST_ARTICLES
        places = places[is_kept[places["code"]]]
        return cls(
            [name for name, kept in zip(names, is_kept, strict=True) if kept],
            places.assign(code=(np.cumsum(is_kept) - 1)[places["code"]]),
            [name for name, kept in zip(names, is_kept, strict=True) if not kept],
        )


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Counts of each article with words (units, units with each value, units with each pair), and the columns of each pair in them."""

    counts: sparse.csr_array
    clusters: Array
    a: Array
    b: Array
    both: Array

    @classmethod
    def of(cls, first: _Values, second: _Values, units: _Units, clusters: Array) -> Self:
        n_first, n_second = len(first.names), len(second.names)
        if n_first * n_second > _MOST_PAIRS:
            raise SchemaError(
                f"cooccurrence: {n_first:,} × {n_second:,} values make more than {_MOST_PAIRS:,} pairs; "
                f"give the hits of fewer values, such as those of the commonest speakers"
            )
        is_pair = np.ones((n_first, n_second), np.bool_)
        a, b = np.nonzero(np.triu(is_pair, k=1) if first is second else is_pair)
        number = np.full(is_pair.shape, -1)
        number[a, b] = np.arange(len(a))
        joint = first.places.merge(second.places, on="unit")
        joint["code"] = number[joint["code_x"], joint["code_y"]]
        joint = joint[joint["code"] >= 0]
        columns = [
            sparse.csr_array(units.per_article[:, None]),
            units.counts(first.places, n_first),
            units.counts(second.places, n_second),
            units.counts(joint, len(a)),
        ]
        with_words = units.rows_by_id[units.per_article[units.rows_by_id] > 0]
        counts = sparse.csr_array(sparse.hstack(columns))[with_words]
        return cls(counts, clusters[with_words], 1 + a, 1 + n_first + b, 1 + n_first + n_second + np.arange(len(a)))

    @property
    def n_clusters_both(self) -> Array:
        """In how many clusters of articles each pair stands."""
        return np.asarray((summed_by(self.counts[:, self.both], self.clusters) > 0).sum(axis=0))


def _measured(pairs: _Pairs, first: _Values, second: _Values) -> pd.DataFrame:
    sums = np.asarray(pairs.counts.sum(axis=0))
    n_a, n_b, n_both = sums[pairs.a], sums[pairs.b], sums[pairs.both]
    n_units = np.full(len(n_a), sums[0])
    table = pd.DataFrame(
        {
            "a": pd.array([first.names[column - 1] for column in pairs.a], "str"),
            "b": pd.array([second.names[column - 1 - len(first.names)] for column in pairs.b], "str"),
            "n_a": n_a,
            "n_b": n_b,
            "n_both": n_both,
            "n_units": n_units,
            "n_articles_both": np.asarray((pairs.counts[:, pairs.both] > 0).sum(axis=0)).astype(np.int64),
            "expected": ratio(n_a * n_b, n_units),
        }
    )
    return table.assign(
        **dict(zip(_MEASURES, _association(n_a, n_b, n_both, n_units), strict=True)),
        log_odds_ratio=_log_odds_ratio(n_a, n_b, n_both, n_units),
    )


def _association(n_a: Array, n_b: Array, n_both: Array, n_units: Array) -> Array:
    """Return lift, phi and pmi of each pair; NaN where a value stands in no unit, and phi where it stands in all."""
    n_a, n_b, n_both = (np.asarray(count, np.float64) for count in (n_a, n_b, n_both))
    neither = n_units - n_a - n_b + n_both
    spread = np.sqrt(n_a * (n_units - n_a) * n_b * (n_units - n_b))
    phi = ratio(n_both * neither - (n_a - n_both) * (n_b - n_both), spread)
    expected = n_a * n_b / n_units
    pmi = np.where(expected > 0, np.log2((n_both + 0.5) / (expected + 0.5)), np.nan)
    return np.stack([ratio(n_both, expected), phi, pmi])


def _log_odds_ratio(n_a: Array, n_b: Array, n_both: Array, n_units: Array) -> Array:
    only_a, only_b = n_a - n_both, n_b - n_both
    odds = (n_both + 0.5) * (n_units - n_a - only_b + 0.5) / ((only_a + 0.5) * (only_b + 0.5))
    return np.where((n_both > 0) & (np.maximum(n_a, n_b) < n_units), np.log(odds), np.nan)


def _reasons(table: pd.DataFrame, within: Unit, n_clusters_both: Array) -> Array:
    """Return why a pair has no interval and no test, "" where it has them."""
    n_a, n_b, n_both, n_units = (table[name] for name in ("n_a", "n_b", "n_both", "n_units"))
    reasons = [
        (np.maximum(n_a, n_b) == n_units, f"one stands in every {within}: no association"),
        (n_both == 0, "never together: no interval, no test"),
        (table["n_articles_both"] < _FEWEST_ARTICLES, "together in one article only: no interval, no test"),
        (
            pd.Series(n_clusters_both < _FEWEST_ARTICLES),
            "together in one cluster of articles only: no interval, no test",
        ),
        (np.minimum(n_a, n_b) == n_both, "one never without the other: no interval, no test"),
        (n_a + n_b - n_both == n_units, f"no {within} without either: no interval, no test"),
    ]
    return np.select([is_so.to_numpy() for is_so, _ in reasons], [reason for _, reason in reasons], "")


def _resampled(pairs: _Pairs, block: Array, resampling: Resampling) -> tuple[Array, Array]:
    """Return of the pairs in `block` the bounds of the measures, shape (2, n_measures, n_pairs), and the standard deviation of pmi."""
    columns, places = np.unique([pairs.a[block], pairs.b[block], pairs.both[block]], return_inverse=True)
    counts = summed_by(pairs.counts[:, np.append(0, columns)], pairs.clusters)

    def estimates(sums: Array) -> Array:
        n_a, n_b, n_both = (sums[:, 1 + place] for place in places)
        return np.hstack(list(_association(n_a, n_b, n_both, sums[:, :1])))

    sums = resampled(counts, resampling)
    drawn = estimates(sums.drawn)
    bounds = interval(estimates, sums, of_draws=lambda _: drawn)
    return bounds.reshape(2, len(_MEASURES), len(block)), np.nanstd(drawn[:, -len(block) :], axis=0)
