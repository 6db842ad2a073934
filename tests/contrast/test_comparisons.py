"""Differences of groups and pairs on the same event, by hand and against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.contrast.comparisons import Pair, differences, paired

PAIR = Pair(focus="x", reference="y")
FRAMES = fa.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})


def corpus(encode, x: list[str], y: list[str], events: list[str] | None = None):
    tokens = encode(body=x + y, outlet=["x"] * len(x) + ["y"] * len(y), event_id=events or ["e"] * (len(x) + len(y)))
    return fa.find_hits(tokens, FRAMES), tokens


def test_rates_difference_and_ratio_by_hand(encode):
    # x: 3 hits in 12 words, y: 1 hit in 12 words: 250 and 83.33 per 1,000, a ratio of 3.
    hits, tokens = corpus(encode, ["weak a b c"] * 3, ["weak a b c", "a b c d", "a b c d"])
    row = differences(hits, tokens, PAIR).set_index("category").loc["weakness"]
    assert row[["n_articles_focus", "n_hits_focus", "n_hits_reference"]].tolist() == [3, 3, 1]
    assert row["rate_per_1000_focus"] == pytest.approx(250)
    assert row["difference_per_1000"] == pytest.approx(250 - 1000 / 12)
    assert row["ratio"] == pytest.approx(3)
    assert row["difference_low"] <= row["difference_per_1000"] <= row["difference_high"]


def test_the_permutation_test_is_that_of_scipy(encode):
    rng = np.random.default_rng(3)
    bodies = [["weak " * n + "word " * (20 - n) for n in rng.integers(low, high, 12)] for low, high in ((1, 9), (0, 6))]
    hits, tokens = corpus(encode, *bodies)
    ours = (
        differences(hits, tokens, PAIR, resampling=fa.Resampling(n_draws=4_000))
        .set_index("category")
        .at["weakness", "p"]
    )
    counts = [np.array([body.split().count("weak") for body in side]) for side in bodies]
    # Articles of one length: the difference of rates is that of means, which scipy permutes.
    theirs = stats.permutation_test(
        counts, lambda a, b, axis: a.mean(axis) - b.mean(axis), n_resamples=4_000, vectorized=True, rng=1
    )
    assert ours == pytest.approx(theirs.pvalue, abs=0.03)


def test_equal_groups_differ_by_nothing(encode):
    hits, tokens = corpus(encode, ["weak a b"] * 4, ["weak a b"] * 4)
    row = differences(hits, tokens, PAIR).set_index("category").loc["weakness"]
    assert row[["difference_per_1000", "difference_low", "difference_high", "p"]].tolist() == [0, 0, 0, 1]


def test_few_articles_and_absent_frames_have_a_reason_and_no_number(encode):
    hits, tokens = corpus(encode, ["weak a"], ["strong a"])
    table = differences(hits, tokens, PAIR)
    assert table[["difference_low", "p", "p_corrected"]].isna().all(axis=None)
    assert set(table["reason"]) == {"fewer than 3 articles in a group: no interval, no test"}


def test_pairs_on_the_same_event(encode):
    # By hand: on three events x has 500, 500, 500 and y 0, 0, 500 per 1,000; event d is reported by x only.
    hits, tokens = corpus(
        encode,
        ["weak a", "weak a", "weak a", "weak weak"],
        ["a b", "a b", "weak b"],
        ["a", "b", "c", "d", "a", "b", "c"],
    )
    row = paired(hits, tokens, PAIR).set_index("category").loc["weakness"]
    assert row[["n_events", "n_focus_higher"]].tolist() == [3, 2]
    assert row["difference_per_1000"] == pytest.approx(1000 / 3)
    # Of the eight changes of sign of (500, 500, 0), the sum is 1,000 in absolute value in four.
    assert row["p"] == 0.5


def test_a_group_or_event_that_is_not_there_says_what_to_do(encode):
    hits, tokens = corpus(encode, ["weak a"], ["a b"], ["e", "f"])
    with pytest.raises(fa.SchemaError, match="no event of column 'event_id' is reported by both groups"):
        paired(hits, tokens, PAIR)
    with pytest.raises(fa.SchemaError, match="outlet has no 'z' with words; known are 'x', 'y'"):
        differences(hits, tokens, Pair(focus="z", reference="x"))
    with pytest.raises(fa.SchemaError, match="find events with"):
        paired(hits, tokens, PAIR, event="story")


def test_no_warning_on_a_corpus_without_hits(encode):
    tokens = encode(body=["a b"] * 6, outlet=["x", "y"] * 3)
    hits = fa.find_hits(tokens, FRAMES)
    table = differences(hits, tokens, PAIR)
    assert isinstance(table, pd.DataFrame)
    assert table["rate_per_1000_focus"].tolist() == [0, 0]
    assert set(table["reason"]) == {"no hit in the reference: no ratio"}


def test_clusters_are_dealt_out_together(encode):
    # By hand: three clusters a side; x has 500 per 1,000 in each, y 0: of the 20 ways to deal six clusters out, two differ as much.
    hits, tokens = corpus(encode, ["weak a"] * 6, ["a b"] * 6, [f"e{i // 2}" for i in range(12)])
    by_event = differences(hits, tokens, PAIR, resampling=fa.Resampling(cluster="event_id", n_draws=8_000))
    assert by_event.set_index("category").at["weakness", "p"] == pytest.approx(2 / 20, abs=0.015)
    # Twelve articles dealt out one by one: 2 of 924 ways.
    by_article = differences(hits, tokens, PAIR, resampling=fa.Resampling(n_draws=8_000))
    assert by_article.set_index("category").at["weakness", "p"] == pytest.approx(2 / 924, abs=0.002)


def test_bca_of_a_difference_is_that_of_scipy(encode):
    rng = np.random.default_rng(5)
    bodies = [["weak " * n + "word " * (20 - n) for n in rng.integers(low, high, 14)] for low, high in ((1, 9), (0, 6))]
    hits, tokens = corpus(encode, *bodies)
    found = differences(hits, tokens, PAIR, resampling=fa.Resampling(method="bca", n_draws=8_000))
    found = found.set_index("category").loc["weakness"]
    counts = [np.array([body.split().count("weak") for body in side]) * 50 for side in bodies]  # per 1,000 of 20 words
    expected = stats.bootstrap(
        counts, lambda a, b, axis: a.mean(axis) - b.mean(axis), n_resamples=40_000, vectorized=True, rng=1
    ).confidence_interval
    width = expected.high - expected.low  # bounds of 8,000 draws scatter by about 1% of it
    assert found["difference_low"] == pytest.approx(expected.low, abs=0.05 * width)
    assert found["difference_high"] == pytest.approx(expected.high, abs=0.05 * width)


def test_a_ratio_whose_reference_may_be_zero_is_open_above(encode):
    hits, tokens = corpus(encode, ["weak a b c"] * 4, ["weak a b c", *["a b c d"] * 3])
    row = differences(hits, tokens, PAIR).set_index("category").loc["weakness"]
    assert row["ratio"] == pytest.approx(4)  # by hand: 4 of 16 words against 1 of 16
    assert row["ratio_high"] == np.inf  # (3/4)^4 = 32% of the resamples of y have no hit
