"""How often the 95% intervals of rates and differences hold the truth, in simulated corpora: coverage, width and how many are shown.

Usage: python tools/interval_coverage.py [--corpora 1000] [--seed 1]

A corpus has three outlets of n articles, of lognormal lengths (standard deviation of the logarithm 0.5). An article's hits are Poisson
with a mean that is `hits` at mean length, times a gamma of coefficient of variation `varies`: 0 are independent hits, 1 is what news of
one outlet shows (median of twelve categories in two outlets of public news: 1.0; the worst, 4). The first two outlets are compared,
the second with twice the rate of the first.

Printed for each setting, over all outlets of all corpora: the coverage of rates with a hit (two-sided) and of rates of 0 (one-sided),
that of both; the mean width of a rate's interval, by the true rate; the coverage of differences and of ratios; and how many of the
groups of five hits or more have an interval. Percentile: the same rates by percentiles of 500 resamples of articles, for comparison.
"""

import argparse

import numpy as np
import numpy.typing as npt

from analysis.counting.ratios import Ratios, difference_intervals, rate_intervals, ratios_of
from analysis.counting.resampling import Resampling, interval, ratio, resampled

Array = npt.NDArray[np.float64]

ARTICLES = (5, 8, 12, 30)
HITS = (0.3, 1.0, 5.0)
VARIES = (0.0, 0.7, 1.0, 1.4)
USED = np.ones((3, 1), np.bool_)
TRUE = np.array([1.0, 2.0, 1.0])[:, None]  # rates of the three outlets, by that of the first
DRAWN = 50  # corpora of which percentiles are made


def main() -> None:
    """Print a line for each setting."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--corpora", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print("  n  hits varies  hit% zero% both%  width   diff% ratio%  shown%   percentile%")
    for n in ARTICLES:
        for hits in HITS:
            for varies in VARIES:
                rng = np.random.default_rng([arguments.seed, n, int(10 * hits), int(10 * varies)])
                print(f"{n:3} {hits:5} {varies:5}  ", _line(rng, arguments.corpora, n, hits, varies))


def _line(rng: np.random.Generator, n_corpora: int, n: int, hits: float, varies: float) -> str:
    found = [_corpus(rng, n, hits, varies) for _ in range(n_corpora)]
    ratios = [ratios_of(counts, lengths, np.arange(0, 3 * n + 1, n)) for counts, lengths in found]
    truth = hits * TRUE
    bounds = np.stack([rate_intervals(each, is_used=USED) for each in ratios])
    low, high = bounds[:, 0], bounds[:, 1]
    counts = np.stack([each.above for each in ratios])
    is_held, is_shown = (low <= truth) & (truth <= high), ~np.isnan(low)
    with_hit = is_shown & (counts > 0)
    width = np.mean(((high - low) / truth)[with_hit])
    shown = is_shown[counts >= 5].mean() if (counts >= 5).any() else np.nan
    differences, quotients = zip(*(_compared(each) for each in ratios), strict=True)
    return (
        f"{_percent(is_held[with_hit])} {_percent(is_held[is_shown & (counts == 0)])} {_percent(is_held[is_shown])} {width:6.2f}   "
        f"{_percent(_holds(differences, hits))} {_percent(_holds(quotients, 2.0))}  {100 * shown:6.1f}   "
        f"{_percent(np.concatenate([_percentiles(each, n, truth) for each in found[:DRAWN]]))}"
    )


def _corpus(rng: np.random.Generator, n: int, hits: float, varies: float) -> tuple[Array, Array]:
    """Return the hits and the lengths of all articles, lengths by their mean."""
    lengths = rng.lognormal(-(0.5**2) / 2, 0.5, 3 * n)
    taste = rng.gamma(1 / varies**2, varies**2, 3 * n) if varies else 1.0
    means = hits * np.repeat(TRUE[:, 0], n) * lengths * taste
    return rng.poisson(means)[:, None].astype(np.float64), lengths


def _compared(ratios: Ratios) -> tuple[Array, Array]:
    two = Ratios(ratios.above[:2][::-1], ratios.below[:2][::-1], ratios.n_clusters[:2][::-1], ratios.variance[:2][::-1])
    differences, quotients = difference_intervals(two)
    return differences[:, 0], quotients[:, 0]


def _holds(bounds: tuple[Array, ...], truth: float) -> npt.NDArray[np.bool_]:
    low, high = np.stack(bounds).T
    is_known = ~np.isnan(low)
    holds: npt.NDArray[np.bool_] = ((low <= truth) & (truth <= high))[is_known]
    return holds


def _percentiles(corpus: tuple[Array, Array], n: int, truth: Array) -> npt.NDArray[np.bool_]:
    counts, lengths = corpus
    held = []
    for place in range(3):
        rows = slice(place * n, (place + 1) * n)
        sums = resampled(np.column_stack([lengths[rows], counts[rows]]), Resampling(n_draws=500))
        low, high = interval(lambda drawn: ratio(drawn[:, 1:], drawn[:, :1]), sums)
        held.append((low <= truth[place]) & (truth[place] <= high))
    return np.concatenate(held)


def _percent(values: npt.NDArray[np.bool_]) -> str:
    return f"{100 * values.mean():5.1f}" if len(values) else "    -"


if __name__ == "__main__":
    main()
