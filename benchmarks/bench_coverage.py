"""How often the 95% intervals of corrected rates hold the truth, in simulated corpora of which a part is coded (docs/validation-corrected.md).

Usage: python benchmarks/bench_coverage.py [--replications 2000] [--seed 1]

A corpus has three outlets of n articles of about 15 sentences. A sentence has the frame with the probability `frame`, times a gamma variable of
coefficient of variation 1 for its article. The lexicon finds 50, 70 and 90% of them in the three outlets, and 90, 70 and 50% of its hits are
right; wrong hits come in clusters by article too. Of the sentences with the frame that it misses, 90% have a word of the screen, of all
others 8%. A coder sees 92% of the frames, and one in a sentence without it with a tenth of `frame`; several coders code every sentence, and
their mean counts. Half of the coded sentences have a hit, the others are screened or not, by the square root of how many there are; with
`by outlet` each outlet has a third of them.

What the intervals are to hold is what one coder would say of all sentences that outlets write (population "articles") or of those of this corpus
("corpus"). Printed for each setting, over the outlets of all corpora: the share that is refused; of the others how often the interval
holds the truth, is above and is below it; its mean width by the truth; how often the difference of the first and the third outlet is held;
and how often the interval of the raw rate holds the truth.
"""

import argparse
import itertools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.counting.ratios import FEWEST_ARTICLES, difference_bounds, rate_intervals, ratios_of
from analysis.measures.correcting import CodedUnits, Sums, corrected_in

Array = npt.NDArray[np.float64]

RECALL, PRECISION = np.array([0.5, 0.7, 0.9]), np.array([0.9, 0.7, 0.5])
SEEN, SEEN_WRONGLY = 0.92, 0.1  # by a coder; the latter times the share of the frame
SCREENED = 0.9, 0.08
SENTENCES, WORDS = 15, 21
N_OUTLETS = 3


class Setting(NamedTuple):
    """What is simulated."""

    frame: float
    n_articles: int
    n_coded: int
    n_coders: int
    population: str
    by_outlet: bool


class Corpus(NamedTuple):
    """The sentences of a corpus: their article, what the lexicon finds, what coders would say, and the stratum; the words of articles."""

    article: npt.NDArray[np.int64]
    found: Array
    said: Array
    stratum: npt.NDArray[np.int64]
    words: Array


SETTINGS = [
    *(
        Setting(frame, 100, n_coded, n_coders, "articles", False)
        for frame, n_coded, n_coders in itertools.product((0.02, 0.1), (600, 1000), (1, 2, 3))
    ),
    Setting(0.02, 300, 1000, 2, "articles", False),
    Setting(0.1, 300, 600, 2, "articles", False),
    Setting(0.02, 100, 1000, 2, "corpus", False),
    Setting(0.1, 100, 600, 2, "corpus", False),
    Setting(0.02, 100, 1000, 2, "articles", True),
    Setting(0.1, 100, 600, 2, "articles", True),
]
OUTSIDE = [  # smaller, rarer and more frequent than the settings by which the constant of the interval was chosen
    Setting(0.02, 50, 300, 2, "articles", False),
    Setting(0.1, 50, 300, 2, "articles", False),
    Setting(0.1, 50, 300, 2, "articles", True),
    Setting(0.02, 50, 300, 2, "corpus", False),
    Setting(0.1, 50, 300, 2, "corpus", False),
    Setting(0.01, 300, 1000, 2, "articles", False),
    Setting(0.3, 100, 300, 1, "articles", False),
]


def main() -> None:
    """Print a line for each setting."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print("frame articles coded coders population by outlet | refused  holds  above  below  width  difference    raw")
    for place, setting in enumerate(SETTINGS + OUTSIDE):
        if place == len(SETTINGS):
            print("outside the grid")
        rng = np.random.default_rng([arguments.seed, place])
        print(_line(setting, [_replication(rng, setting) for _ in range(arguments.replications)]), flush=True)


def _line(setting: Setting, replications: list[dict[str, Array]]) -> str:
    found = {name: np.stack([one[name] for one in replications]) for name in replications[0]}
    truth = found["truth"]
    is_shown = ~np.isnan(found["low"])
    above, below = (found["low"] > truth)[is_shown], (found["high"] < truth)[is_shown]
    raw = (found["raw_low"] <= truth) & (truth <= found["raw_high"])
    numbers = [
        (~is_shown).mean(), 1 - above.mean() - below.mean(), above.mean(), below.mean(),
        ((found["high"] - found["low"]) / truth)[is_shown].mean(), np.nanmean(found["difference"]), raw.mean(),
    ]  # fmt: skip
    percent = [f"{100 * number:6.1f}" for number in numbers]
    percent[4] = f"{numbers[4]:6.2f}"
    return (
        f"{setting.frame:5} {setting.n_articles:8} {setting.n_coded:5} {setting.n_coders:6} {setting.population:10} "
        f"{'yes' if setting.by_outlet else 'no':9} | {percent[0]} {' '.join(percent[1:5])}      {percent[5]} {percent[6]}"
    )


def _replication(rng: np.random.Generator, setting: Setting) -> dict[str, Array]:
    """Return the bounds of each outlet by the true rate, raw and corrected, and whether the difference of two is held."""
    corpus = _corpus(rng, setting)
    n_articles = len(corpus.words)
    first_rows = np.arange(0, n_articles + 1, setting.n_articles)
    hits = sparse.csr_array(np.bincount(corpus.article, weights=corpus.found, minlength=n_articles)[:, None])
    sums = Sums(hits, corpus.words, first_rows, np.full((N_OUTLETS, 1), setting.n_articles), FEWEST_ARTICLES)
    coded, picked = _coded(rng, corpus, setting)
    made, reasons = corrected_in(coded, corpus.article[picked], None, sums)
    words = np.add.reduceat(corpus.words, first_rows[:-1])
    total, low, high = (
        np.where(reasons == "", each, np.nan)[:, 0] / words for each in (made.total, made.low, made.high)
    )
    if setting.population == "corpus":
        truth = np.bincount(corpus.article // setting.n_articles, weights=corpus.said) / words
    else:
        share = setting.frame * SEEN + (1 - setting.frame) * SEEN_WRONGLY * setting.frame
        truth = np.full(N_OUTLETS, share / WORDS)
    raw = rate_intervals(ratios_of(hits, corpus.words, first_rows), is_used=np.ones((N_OUTLETS, 1), np.bool_))
    bounds = difference_bounds(total[[0, 2]], low[[0, 2]], high[[0, 2]])
    is_held = bounds[0] <= truth[0] - truth[2] <= bounds[1]
    return {
        "low": low, "high": high, "truth": truth, "raw_low": raw[0, :, 0], "raw_high": raw[1, :, 0],
        "difference": np.where(np.isnan(bounds[0]), np.nan, is_held),
    }  # fmt: skip


def _corpus(rng: np.random.Generator, setting: Setting) -> Corpus:
    n_articles = N_OUTLETS * setting.n_articles
    article = np.repeat(np.arange(n_articles), 1 + rng.poisson(SENTENCES - 1, n_articles))
    outlet, n = article // setting.n_articles, len(article)
    frames, errors = (
        np.minimum(rng.gamma(shape, 1 / shape, n_articles), 0.9 / setting.frame)[article] for shape in (1, 2)
    )
    has_frame = rng.random(n) < setting.frame * frames
    wrong = (RECALL * setting.frame * (1 - PRECISION) / PRECISION)[outlet] * errors
    found = rng.random(n) < np.where(has_frame, RECALL[outlet], wrong)
    is_near = rng.random(n) < np.where(has_frame, *SCREENED)
    seen = np.where(has_frame, SEEN, SEEN_WRONGLY * setting.frame)
    said = rng.binomial(setting.n_coders, seen) / setting.n_coders
    stratum = np.where(found, 0, np.where(is_near, 1, 2))
    words = np.bincount(article, weights=1 + rng.poisson(WORDS - 1, n), minlength=n_articles)
    return Corpus(article, found.astype(np.float64), said, stratum + 3 * outlet * setting.by_outlet, words)


def _coded(rng: np.random.Generator, corpus: Corpus, setting: Setting) -> tuple[CodedUnits, npt.NDArray[np.int64]]:
    """Return the units that are drawn, as a table CORRECTION gives them, and which they are."""
    sizes = np.bincount(corpus.stratum)
    is_hit = np.arange(len(sizes)) % 3 == 0
    n_hits = min(setting.n_coded // 2, int(sizes[is_hit].sum()))
    weight = np.where(is_hit, 0, np.sqrt(sizes))
    wished = np.where(is_hit, n_hits / is_hit.sum(), (setting.n_coded - n_hits) * weight / weight.sum())
    n_drawn = np.clip(wished.astype(np.int64), 2, sizes)
    picked = np.concatenate(
        [rng.choice(np.flatnonzero(corpus.stratum == place), n, replace=False) for place, n in enumerate(n_drawn)]
    )
    stratum = corpus.stratum[picked]
    units = pd.DataFrame({"stratum": stratum, "probability": (n_drawn / sizes)[stratum]})
    facts = {"sample_unit": "sentence", "population": setting.population}
    return CodedUnits(units, ["frame"], corpus.said[picked, None], corpus.found[picked, None], facts), picked


if __name__ == "__main__":
    main()
