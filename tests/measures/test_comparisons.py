"""Differences of groups and pairs on the same event, by hand and against scipy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis as fa
from analysis.measures.comparisons import Pair, differences, paired

PAIR = Pair(focus="x", reference="y")
PERCENTILE = fa.Resampling(method="percentile")
FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})


def corpus(encode, x: list[str], y: list[str], events: list[str] | None = None):
    tokens = encode(body=x + y, outlet=["x"] * len(x) + ["y"] * len(y), event_id=events or ["e"] * (len(x) + len(y)))
    return fa.find_hits(tokens, FRAMES), tokens


def test_rates_difference_and_ratio_by_hand(encode):
    # x: 3 hits in 12 words, y: 1 hit in 12 words: 250 and 83.33 per 1,000, a ratio of 3.
    hits, tokens = corpus(encode, ["weak a b c"] * 3, ["weak a b c", "a b c d", "a b c d"])
    row = differences(hits, tokens, PAIR, min_articles=3).set_index("category").loc["weakness"]
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
    row = differences(hits, tokens, PAIR, min_articles=4).set_index("category").loc["weakness"]
    assert row[["difference_per_1000", "p"]].tolist() == [0, 1]
    # Articles that are all alike do not say how much others would vary: the interval is as wide as that of a Poisson count.
    assert -row["difference_low"] == row["difference_high"] > 300
    assert row["ratio_low"] < 1 < row["ratio_high"]
    drawn = differences(hits, tokens, PAIR, min_articles=4, resampling=PERCENTILE).set_index("category")
    assert drawn.loc["weakness", ["difference_low", "difference_high", "p"]].tolist() == [0, 0, 1]


def test_intervals_are_made_of_those_of_the_two_rates(encode):
    x = ["weak weak b c", "a b c d", "weak b c d", "weak weak weak d", "a b c d"]
    hits, tokens = corpus(encode, x, ["weak a b c", "a b c d", "a b c d", "weak weak c d", "strong b c d"])
    rates = fa.rates(hits, tokens, by=["category", "outlet"]).set_index(["category", "outlet"])
    found = differences(hits, tokens, PAIR).set_index("category")
    one, other = (rates.loc[("weakness", outlet)] for outlet in "xy")
    row = found.loc["weakness"]
    # Zou and Donner 2008, eq. 7, from the bounds that rates gives.
    down = np.hypot(one["rate_per_1000"] - one["rate_low"], other["rate_high"] - other["rate_per_1000"])
    up = np.hypot(one["rate_high"] - one["rate_per_1000"], other["rate_per_1000"] - other["rate_low"])
    assert row["difference_low"] == pytest.approx(row["difference_per_1000"] - down)
    assert row["difference_high"] == pytest.approx(row["difference_per_1000"] + up)
    reach = np.hypot(*(np.log(each["rate_high"] / each["rate_per_1000"]) for each in (one, other)))
    assert [row["ratio_low"], row["ratio_high"]] == pytest.approx([2 * np.exp(-reach), 2 * np.exp(reach)])
    # Of strength x has no hit in 20 words: its two-sided bound is -ln(0.025) / 20 (Poisson); y has one in 20.
    none = found.loc["strength"]
    assert none["reason"] == "no hit in the focus: the ratio has an upper bound only"
    assert (none["ratio"], none["ratio_low"]) == (0, 0)
    bound = -1000 * np.log(0.025) / 20
    other = rates.loc[("strength", "y")]
    assert none["difference_high"] == pytest.approx(-50 + np.hypot(bound, 50 - other["rate_low"]))
    assert none["ratio_high"] == pytest.approx(bound / other["rate_low"])


def test_few_articles_and_absent_frames_have_a_reason_and_no_number(encode):
    hits, tokens = corpus(encode, ["weak a"], ["strong a"])
    table = differences(hits, tokens, PAIR)
    assert table[["difference_low", "p", "p_corrected"]].isna().all(axis=None)
    assert set(table["reason"]) == {"fewer than 5 articles in a group: no interval, no test"}


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
    with pytest.raises(fa.SchemaError, match=r"fa\.compare\.with_events finds them"):
        paired(hits, tokens, PAIR, event="story")


def test_no_warning_on_a_corpus_without_hits(encode):
    tokens = encode(body=["a b"] * 10, outlet=["x", "y"] * 5)
    hits = fa.find_hits(tokens, FRAMES)
    table = differences(hits, tokens, PAIR)
    assert isinstance(table, pd.DataFrame)
    assert table["rate_per_1000_focus"].tolist() == [0, 0]
    assert set(table["reason"]) == {"no hit: no ratio"}
    # Each rate may be up to -ln(0.025) hits in ten words (Poisson), so the difference too, in both directions by one root of two sides.
    assert table["difference_high"].tolist() == pytest.approx([-1000 * np.log(0.025) / 10] * 2)


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
    row = differences(hits, tokens, PAIR, min_articles=4, resampling=PERCENTILE).set_index("category").loc["weakness"]
    assert row["ratio"] == pytest.approx(4)  # by hand: 4 of 16 words against 1 of 16
    assert row["ratio_high"] == np.inf  # (3/4)^4 = 32% of the resamples of y have no hit


def events_of(encode, n_events: int, seed: int, **columns):
    """Return hits and tokens of two articles of 20 words an event, one by x and one by y, and the differences of their rates per 1,000."""
    rng = np.random.default_rng(seed)
    n_hits = [rng.integers(low, high, n_events) for low, high in ((1, 9), (0, 7))]
    tokens = encode(
        body=["weak " * n + "word " * (20 - n) for side in n_hits for n in side],
        outlet=["x"] * n_events + ["y"] * n_events, event_id=[f"e{i:02d}" for i in range(n_events)] * 2,
        **{name: values * 2 for name, values in columns.items()},
    )  # fmt: skip
    return fa.find_hits(tokens, FRAMES), tokens, 50.0 * (n_hits[0] - n_hits[1])


@pytest.mark.parametrize(("method", "theirs"), [("percentile", "percentile"), ("bca", "BCa")])
def test_the_interval_of_pairs_is_that_of_scipy(encode, method, theirs):
    hits, tokens, difference = events_of(encode, 15, 2)
    found = paired(hits, tokens, PAIR, resampling=fa.Resampling(method=method, n_draws=8_000))
    row = found.set_index("category").loc["weakness"]
    expected = stats.bootstrap(
        (difference,), np.mean, n_resamples=40_000, method=theirs, rng=1, vectorized=True
    ).confidence_interval
    width = expected.high - expected.low  # bounds of 8,000 draws scatter by about 1% of it
    assert row["difference_per_1000"] == pytest.approx(difference.mean())
    assert row["difference_low"] == pytest.approx(expected.low, abs=0.05 * width)
    assert row["difference_high"] == pytest.approx(expected.high, abs=0.05 * width)
    name = {"percentile": "percentile", "bca": "BCa"}[method]
    assert found.attrs["interval"] == f"95% {name}, 8000 resamples of events, seed 1"


def test_beyond_twelve_events_signs_are_changed_at_random(encode):
    # Expected: all 2 ** 13 changes of sign, counted; a share of 20,000 random ones scatters by 0.003 about it.
    hits, tokens, difference = events_of(encode, 13, 7)
    signs = 1 - 2.0 * ((np.arange(2**13)[:, None] >> np.arange(13)) & 1)
    exact = (np.abs(signs @ difference) >= abs(difference.sum()) - 1e-9).mean()
    assert 0.01 < exact < 0.5  # else nothing would be told
    found = paired(hits, tokens, PAIR, resampling=fa.Resampling(n_draws=20_000)).set_index("category")
    assert found.at["weakness", "p"] == pytest.approx(exact, abs=0.012)
    seeds = {
        paired(hits, tokens, PAIR, resampling=fa.Resampling(n_draws=500, seed=seed)).set_index("category").at["weakness", "p"]
        for seed in range(1, 6)
    }  # fmt: skip
    assert len(seeds) > 1  # another seed draws other signs


@pytest.mark.parametrize(("n_events", "least"), [(12, 2 / 2**12), (13, 1 / 101)])
def test_twelve_events_are_counted_in_full_and_thirteen_are_drawn(encode, n_events, least):
    # By hand: x has 500 per 1,000 on every event and y none, so only the two patterns of one sign reach the sum. Of 13 events, 100 random
    # patterns have (extreme + 1) / 101 with 0.02 extreme ones expected.
    hits, tokens = corpus(encode, ["weak a"] * n_events, ["a b"] * n_events, [f"e{i}" for i in range(n_events)] * 2)
    found = paired(hits, tokens, PAIR, resampling=fa.Resampling(n_draws=100)).set_index("category")
    assert found.at["weakness", "p"] == pytest.approx(least)


def test_events_of_one_cluster_are_drawn_together(encode):
    # By hand: topics a, b and c have differences that sum to 1,000, 500 and 0. Of the eight changes of their signs, the sum is 1,500 in
    # absolute value in four (c has no sign); of events one by one, it is so in 2 * 4 of 32.
    x, y = ["weak a", "weak a", "weak a", "a b", "a b"], ["a b"] * 5
    events, topics = [f"e{i}" for i in range(5)] * 2, ["a", "a", "b", "c", "c"] * 2
    tokens = encode(body=x + y, outlet=["x"] * 5 + ["y"] * 5, event_id=events, topic=topics)
    hits = fa.find_hits(tokens, FRAMES)
    by_topic = paired(hits, tokens, PAIR, resampling=fa.Resampling(cluster="topic"))
    row = by_topic.set_index("category").loc["weakness"]
    assert row["p"] == 0.5
    assert row["difference_per_1000"] == pytest.approx(300)
    # Drawing three of three topics gives means from 0 (c alone) to 500 (a or b alone), each in 1 of 27 draws or more.
    assert (row["difference_low"], row["difference_high"]) == (0, 500)
    assert by_topic.attrs["interval"] == "95% percentile, 2000 resamples of clusters of events by topic, seed 1"
    assert paired(hits, tokens, PAIR).set_index("category").at["weakness", "p"] == 0.25
    of_events = paired(hits, tokens, PAIR, resampling=fa.Resampling(cluster="event_id"))
    pd.testing.assert_frame_equal(of_events, paired(hits, tokens, PAIR))


def test_two_clusters_of_events_are_too_few_and_an_event_of_two_is_refused(encode):
    hits, tokens, _ = events_of(encode, 4, 1, topic=["a", "a", "b", "b"])
    table = paired(hits, tokens, PAIR, resampling=fa.Resampling(cluster="topic"))
    assert set(table["reason"]) == {"fewer than 3 clusters of events by topic: no interval, no test"}
    assert table[["difference_low", "difference_high", "p"]].isna().all(axis=None)
    with pytest.raises(fa.SchemaError, match="event 'e00' has articles of several values of 'outlet'"):
        paired(hits, tokens, PAIR, resampling=fa.Resampling(cluster="outlet"))
