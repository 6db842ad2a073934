"""Rates of ten outlets by twelve categories with 2,000 resamples, against scipy.stats.bootstrap cell by cell."""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from corpora import abp, made_lexicon
from measure import RUNS
from scipy import stats

import analysis as fa


def main() -> None:
    corpus = abp()
    outlets = corpus.articles["outlet"].value_counts().head(10).index
    tokens = fa.tokenize(fa.read(corpus.articles[corpus.articles["outlet"].isin(outlets)], boilerplate="keep"))
    lexicon = made_lexicon(tokens)
    names = {category: f"c{number % 12}" for number, category in enumerate(lexicon.category_names)}
    twelve: dict[str, list[str]] = {}
    for entry in lexicon.entries:
        twelve.setdefault(names[entry.category], []).append(entry.text)
    lexicon = fa.extend.lexicon_from_mapping(twelve, name="made")
    hits = fa.find_hits(tokens, lexicon)
    compare_with_scipy(hits, tokens)


def compare_with_scipy(hits: pd.DataFrame, tokens: fa.Tokens) -> None:
    """Print the time of the table, and of scipy's intervals of its rates alone; the rates and, within 5% of their width, the bounds are equal."""
    words = tokens.tokens_per_article
    by_article = hits.groupby(["article_id", "category"], observed=False).size().unstack(fill_value=0)
    by_article = by_article.reindex(words.index, fill_value=0)
    outlet_of = tokens.articles["outlet"].to_numpy()

    def ours() -> pd.DataFrame:
        return fa.rates(hits, tokens, by=["outlet", "category"], resampling=fa.Resampling(method="percentile"))

    def scipy() -> dict[tuple[str, str], tuple[float, float, float]]:
        found = {}
        for outlet in np.unique(outlet_of):
            rows = outlet_of == outlet
            for category in by_article.columns:
                data = (by_article.loc[rows, category].to_numpy(), words[rows].to_numpy())
                result = stats.bootstrap(
                    data,
                    rate,
                    paired=True,
                    vectorized=True,
                    n_resamples=2_000,
                    method="percentile",
                    batch=500,
                    rng=np.random.default_rng(1),
                ).confidence_interval
                found[outlet, category] = (rate(*data), result.low, result.high)
        return found

    table, expected = ours().set_index(["outlet", "category"]), scipy()
    for cell, (value, low, high) in expected.items():
        row = table.loc[cell]
        assert np.isclose(row["rate_per_1000"], value)
        assert abs(row["rate_low"] - low) < 0.1 * (high - low) and abs(row["rate_high"] - high) < 0.1 * (high - low)
    times = [(wall_seconds(ours), wall_seconds(scipy)) for _ in range(RUNS)]
    our_time, peer_time = (statistics.median(side) for side in zip(*times, strict=True))
    print(
        f"rates, 10 outlets × {len(by_article.columns)} categories, {len(hits):,} hits in {len(words):,} articles, 2,000 draws: "
        f"ours (rates and two shares) "
        f"{our_time:.2f} s, scipy (rates) {peer_time:.2f} s, ratio {peer_time / our_time:.1f} (median of {RUNS} alternating runs)",
        flush=True,
    )


def rate(n_hits: np.ndarray, n_words: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return hits per 1,000 words."""
    return 1000 * n_hits.sum(axis) / n_words.sum(axis)


def wall_seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
