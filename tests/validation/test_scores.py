"""Scores of samples drawn with unequal probabilities, against the whole population that they were drawn from."""

import numpy as np
import pandas as pd
import pytest

from analysis.counting.resampling import Resampling
from analysis.validation.estimates import Design, Judged
from analysis.validation.scores import Evidence, scores

# 200 units have a hit, which is right in half of them; of 1,000 others 200 have a frame that no hit has. True recall: 100 / 300.
RIGHT = np.arange(200) % 2 == 0
MISSED = np.arange(1000) < 200


def drawn(rng, probability):
    """Return the scores of 60 units with a hit and 150 without, weighted by these probabilities."""
    right = RIGHT[rng.choice(200, 60, replace=False)]
    missed = MISSED[rng.choice(1000, 150, replace=False)]
    units = pd.DataFrame(
        {
            "stratum": ["hit"] * 60 + ["rest"] * 150,
            "probability": probability,
            "article_id": [f"a{n:03}" for n in range(210)],
        }
    )
    is_coded = np.concatenate([right, missed])
    coded, absent, first = np.flatnonzero(is_coded), np.flatnonzero(~is_coded), np.zeros(210, np.int64)
    evidence = Evidence(
        Judged(np.arange(60), first[:60], right),
        Judged(coded, first[: len(coded)], coded < 60),
        Judged(absent, first[: len(absent)], absent >= 60),
    )
    return scores(
        evidence, Design.of(units, "article_id"), 1, Resampling(n_draws=400, seed=int(rng.integers(1_000)))
    ).iloc[0]


@pytest.fixture(scope="module")
def samples():
    rng = np.random.default_rng(5)
    return pd.DataFrame([drawn(rng, [0.3] * 60 + [0.15] * 150) for _ in range(150)])


def test_weighted_recall_is_unbiased_where_hits_are_drawn_more_densely(samples):
    error = samples["recall"].std() / np.sqrt(len(samples))
    assert abs(samples["recall"].mean() - 1 / 3) < 3 * error + 0.003  # a ratio has a small bias of its own
    rng = np.random.default_rng(5)
    plain = [drawn(rng, [1.0] * 210)["recall"] for _ in range(30)]
    assert np.mean(plain) > 1 / 3 + 0.1


@pytest.mark.parametrize(("measure", "true"), [("precision", 1 / 2), ("recall", 1 / 3), ("specificity", 800 / 900)])
def test_intervals_hold_what_is_true_in_about_95_of_100_samples(samples, measure, true):
    holds = (samples[f"{measure}_low"] <= true) & (true <= samples[f"{measure}_high"])
    # Of 150 samples with a chance of 95% fewer than 134 hold it once in 500 times; a population that is drawn from by a third
    # varies less than the interval allows for.
    assert holds.sum() >= 134


def test_f1_is_never_surer_than_what_it_is_made_of(samples):
    for low, high in (("precision_low", "recall"), ("precision", "recall_low")):
        harmonic = 2 * samples[low] * samples[high] / (samples[low] + samples[high])
        assert (samples["f1_low"] <= harmonic + 1e-12).all()
    assert ((samples["f1_low"] < samples["f1"]) & (samples["f1"] < samples["f1_high"])).all()
