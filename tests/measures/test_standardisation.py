"""Standardised rates: by hand on two outlets that write about different things."""

import numpy as np
import pytest

import analysis as fa
from analysis.measures.standardisation import standardised_rates

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})


def article(n_hits: int, n_words: int) -> str:
    return "weak " * n_hits + "calm " * (n_words - n_hits)


@pytest.fixture
def two_outlets(encode):
    # Words (hits): x has 30 + 10 (6 + 2) on war in two articles, 10 (1) on sport; y has 10 (2) on war, 20 + 20 (1 + 3) on sport.
    tokens = encode(
        outlet=["x", "x", "x", "y", "y", "y"],
        section=["war", "war", "sport", "war", "sport", "sport"],
        body=[article(6, 30), article(2, 10), article(1, 10), article(2, 10), article(1, 20), article(3, 20)],
    )
    return fa.find_hits(tokens, FRAMES), tokens


def of(table, outlet, category="weakness"):
    return table[(table["outlet"] == outlet) & (table["category"] == category)].iloc[0]


def test_rates_by_hand(two_outlets):
    # War has 50 of the 100 words, so w = 0.5 each. Within war both have 200 per 1,000, within sport both 100:
    # x raw 9 / 50 = 180, y raw 6 / 50 = 120; standardised 0.5 · 200 + 0.5 · 100 = 150 for both.
    table = standardised_rates(*two_outlets, strata=["section"])
    assert table["outlet"].tolist() == ["x", "x", "y", "y"]
    for outlet, n_hits, raw in (("x", 9, 180), ("y", 6, 120)):
        row = of(table, outlet)
        assert row[["n_articles", "n_tokens", "n_hits"]].tolist() == [3, 50, n_hits]
        assert row["raw_rate_per_1000"] == pytest.approx(raw)
        assert row["standardised_rate_per_1000"] == pytest.approx(150)
        assert row["raw_low"] <= raw <= row["raw_high"]
        assert row["standardised_low"] <= 150 <= row["standardised_high"]
    nothing = of(table, "x", "strength")
    assert nothing["standardised_rate_per_1000"] == 0
    assert nothing["reason"] == "all resamples alike: no interval"
    assert np.isnan(nothing["standardised_high"])
    assert table["share_of_words_covered"].tolist() == [1] * 4
    assert table.loc[table["category"] == "weakness", "reason"].tolist() == ["", ""]
    assert table.attrs["strata"] == "2 of 2 have words of every outlet"
    assert table.attrs["standardised_by"] == "section"


def test_weights_are_words_and_not_articles(encode):
    # War has 30 of 40 words: x has 100 and 500 per 1,000, so 0.75 · 100 + 0.25 · 500 = 200; by articles it were 300.
    tokens = encode(
        outlet=["x", "x", "y", "y"],
        section=["war", "sport", "war", "sport"],
        body=[article(1, 10), article(4, 8), article(0, 20), article(0, 2)],
    )
    table = standardised_rates(fa.find_hits(tokens, FRAMES), tokens, strata=["section"])
    assert of(table, "x")["standardised_rate_per_1000"] == pytest.approx(0.75 * 100 + 0.25 * 500)


def test_a_stratum_that_a_group_lacks_is_left_out_for_all_and_named(encode):
    # Only war is common: x has 1 / 10 there, y 2 / 10. Of x's 20 words 10 are covered, of y's all.
    tokens = encode(
        outlet=["x", "x", "y"], section=["war", "sport", "war"], body=[article(1, 10), article(5, 10), article(2, 10)]
    )
    table = standardised_rates(fa.find_hits(tokens, FRAMES), tokens, strata=["section"])
    x, y = of(table, "x"), of(table, "y")
    # The standardised rate of x hangs on one article: resamples of it are alike.
    assert x["reason"] == "all resamples alike: no interval"
    assert x[["raw_rate_per_1000", "standardised_rate_per_1000", "share_of_words_covered"]].tolist() == [300, 100, 0.5]
    assert y[["raw_rate_per_1000", "standardised_rate_per_1000", "share_of_words_covered"]].tolist() == [200, 200, 1]
    assert y["reason"] == "one article: no interval; no words in sport: left out for every group"
    assert y[["raw_low", "standardised_high"]].isna().all()
    assert table.attrs["share_of_words_covered"] == pytest.approx(20 / 30)


def test_nothing_in_common_is_no_rate_and_not_0(encode):
    tokens = encode(outlet=["x", "x", "y", "y"], section=["war"] * 2 + ["sport"] * 2, body=[article(1, 4)] * 4)
    table = standardised_rates(fa.find_hits(tokens, FRAMES), tokens, strata=["section"])
    assert table["raw_rate_per_1000"].tolist() == [250, 0, 250, 0]  # weakness, then strength, of each outlet
    assert table[["standardised_rate_per_1000", "standardised_low", "standardised_high"]].isna().all(axis=None)
    assert table["share_of_words_covered"].tolist() == [0] * 4
    assert table["reason"].str.startswith("no stratum has words of every group; standardise by fewer columns").all()


def test_articles_without_a_value_or_words_are_told(encode):
    tokens = encode(
        outlet=["x", "x", "x", "y", "y", "z"],
        section=["war", "war", None, "war", "war", "war"],
        body=[article(1, 10), article(1, 10), article(9, 10), article(0, 10), article(1, 10), ""],
        headline=[""] * 5 + ["…"],
    )
    table = standardised_rates(fa.find_hits(tokens, FRAMES), tokens, strata=["section"])
    x, z = of(table, "x"), of(table, "z")
    assert x["raw_rate_per_1000"] == pytest.approx(1000 * 11 / 30)
    assert x["standardised_rate_per_1000"] == pytest.approx(100)
    assert x["share_of_words_covered"] == pytest.approx(2 / 3)
    assert x["reason"] == "1 without a value of section: not covered; all resamples alike: no interval"
    assert z["reason"] == "no words"
    assert z[["raw_rate_per_1000", "standardised_rate_per_1000", "share_of_words_covered"]].isna().all()


def test_one_stratum_gives_the_raw_rate_which_is_that_of_rates(encode):
    rng = np.random.default_rng(4)
    tokens = encode(
        outlet=["x", "y"] * 20,
        section=["war"] * 40,
        body=[article(n, 12) for n in rng.integers(0, 6, 40)],
    )
    hits = fa.find_hits(tokens, FRAMES)
    table = standardised_rates(hits, tokens, strata=["section"])
    for end in ("rate_per_1000", "low", "high"):
        np.testing.assert_allclose(table[f"standardised_{end}"], table[f"raw_{end}"])
    plain = fa.rates(hits, tokens, by=["outlet", "category"])
    merged = table.merge(plain, on=["outlet", "category"])
    np.testing.assert_allclose(merged["raw_rate_per_1000"], merged["rate_per_1000"])
    # Other draws of the same articles: with 2,000 of them an end of the interval has an error of about a fiftieth of its width.
    width = merged["rate_high"] - merged["rate_low"]
    off = (merged["raw_low"] - merged["rate_low"]).abs() / width
    assert off[merged["category"] == "weakness"].max() <= 0.1


def test_the_interval_is_that_of_a_plain_bootstrap(encode):
    rng = np.random.default_rng(5)
    n_weak, section = rng.integers(0, 5, 80), np.tile(["war", "war", "war", "sport"], 20)
    tokens = encode(outlet=["x"] * 40 + ["y"] * 40, section=section.tolist(), body=[article(n, 10) for n in n_weak])
    found = of(
        standardised_rates(
            fa.find_hits(tokens, FRAMES), tokens, strata=["section"], resampling=fa.Resampling(n_draws=4_000)
        ),
        "x",
    )
    draws = []
    for _ in range(4_000):
        rows = rng.integers(0, 40, 40)
        by_section = [n_weak[rows][section[rows] == name].mean() for name in ("war", "sport")]
        draws.append(100 * (0.75 * by_section[0] + 0.25 * by_section[1]))
    # Expected: numpy's own resampling, articles of 10 words; the standard error is some 22, that of an end about 1.
    ends = found[["standardised_low", "standardised_high"]].to_numpy(float)
    np.testing.assert_allclose(ends, np.percentile(draws, [2.5, 97.5]), atol=4)


def test_month_and_length_are_strata_too(encode):
    # By hand: lengths 4, 8, 12, 16 are one in each quarter, in both months.
    bodies = [article(1, n) for n in (4, 8, 12, 16)]
    tokens = encode(
        outlet=["x"] * 8 + ["y"] * 8,
        date=(["2025-01-03"] * 4 + ["2025-02-03"] * 4) * 2,
        body=bodies * 4,
    )
    table = standardised_rates(fa.find_hits(tokens, FRAMES), tokens, strata=["month", "length"])
    assert table.attrs["strata"] == "8 of 8 have words of every outlet"
    assert of(table, "x")["standardised_rate_per_1000"] == pytest.approx(1000 * 4 / 40)


def test_the_same_seed_gives_the_same_table(two_outlets):
    first, second = (
        standardised_rates(*two_outlets, strata=["section"], resampling=fa.Resampling(n_draws=200, seed=7))
        for _ in range(2)
    )
    assert first.equals(second)
    assert first.attrs["interval"] == "95% percentile, 200 resamples of articles, seed 7"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"strata": []}, "give one at least of"),
        ({"strata": ["outlet"]}, "share a name; standardise by other columns"),
        ({"strata": ["topic"]}, "no column 'topic' in ARTICLES for strata=; known are 'article_id'.* 'length'"),
        ({"strata": ["section"], "by": "paper"}, "no column 'paper' to group by; known are"),
        ({"strata": ["month"]}, "no article has a value of month"),
    ],
)
def test_what_cannot_be_standardised_is_refused(two_outlets, options, message):
    with pytest.raises(fa.SchemaError, match=message):
        standardised_rates(*two_outlets, **options)


def test_hits_that_know_of_no_category_are_refused(two_outlets):
    hits, tokens = two_outlets
    empty = hits[:0].astype({"category": "str"})
    with pytest.raises(fa.SchemaError, match="hold no hit and no category"):
        standardised_rates(empty, tokens, strata=["section"])
