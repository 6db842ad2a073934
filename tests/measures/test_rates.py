"""How often: rates by hand on three tiny articles."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import scipy.stats

import analysis as fa
from analysis.counting.resampling import bca_interval


@pytest.fixture
def tokens(encode):
    return encode(
        outlet=["A", "A", "B"],
        headline=["Weak", "", "Calm day"],
        body=["A weak plan failed.", "Nothing came of it today.", "All was well."],
    )


@pytest.fixture
def hits(tokens):
    return fa.find_hits(
        tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"], "war": ["war"]})
    )


def rows(table: pd.DataFrame, *columns: str) -> list[tuple]:
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


PERCENTILE = fa.Resampling(method="percentile")
MEASURES = ("n_articles", "n_tokens", "n_hits", "n_articles_with_frame")


def test_rates_by_category(tokens, hits):
    table = fa.rates(hits, tokens)
    # By hand: 5 + 5 + 5 words in three articles; two hits of weakness, one of failure, both in article a1.
    assert rows(table, "category", *MEASURES) == [
        ("failure", 3, 15, 1, 1),
        ("war", 3, 15, 0, 0),
        ("weakness", 3, 15, 2, 1),
    ]
    assert table["rate_per_1000"].tolist() == pytest.approx([1000 / 15, 0, 2000 / 15])
    assert table["share_of_articles"].tolist() == pytest.approx([1 / 3, 0, 1 / 3])


def test_rates_by_outlet_and_category(tokens, hits):
    table = fa.rates(hits, tokens, by=("outlet", "category"))
    assert rows(table, "outlet", "category", *MEASURES) == [  # by hand: outlet A has 10 words, B has 5
        ("A", "failure", 2, 10, 1, 1),
        ("A", "war", 2, 10, 0, 0),
        ("A", "weakness", 2, 10, 2, 1),
        ("B", "failure", 1, 5, 0, 0),
        ("B", "war", 1, 5, 0, 0),
        ("B", "weakness", 1, 5, 0, 0),
    ]
    assert table["rate_per_1000"].tolist() == pytest.approx([100, 0, 200, 0, 0, 0])  # 1 and 2 hits in 10 words


def test_rates_by_zone(tokens, hits):
    table = fa.rates(hits, tokens, by=("zone", "category"))
    chosen = table[table["category"] == "weakness"]
    # By hand: 1 + 2 words of headlines with one hit, 4 + 5 + 3 of leads with one; no other zone has words.
    assert rows(chosen, "zone", "n_articles", "n_tokens", "n_hits") == [("headline", 2, 3, 1), ("lead", 3, 12, 1)]


def test_a_group_of_one_article_has_no_interval(tokens, hits):
    drawn = fa.rates(hits, tokens, by=("outlet", "category"), min_articles=1, resampling=PERCENTILE)
    table = drawn.set_index(["outlet", "category"])
    assert table.loc["B", ["rate_low", "rate_high"]].isna().all(axis=None)
    assert set(table.loc["B", "reason"]) == {"one alone: no interval"}
    assert table.loc[[("A", "failure"), ("A", "weakness")], ["rate_low", "rate_high"]].notna().all(axis=None)
    assert (table.at[("A", "war"), "reason"], table.at[("A", "failure"), "reason"]) == ("no hit: no interval", "")


def test_the_interval_is_the_range_of_what_resampling_can_give(tokens, hits):
    drawn = fa.rates(hits, tokens, by=("outlet", "category"), min_articles=1, resampling=PERCENTILE)
    row = drawn.set_index(["outlet", "category"]).loc[("A", "weakness")]
    # By hand: two articles of 5 words; drawn twice a1 gives 4 hits in 10 words, drawn twice a2 none, each with chance 1/4.
    assert (row["rate_low"], row["rate_high"]) == (0, 400)


def test_no_words_give_no_rate(encode):
    tokens = encode(outlet=["A", "B"], body=["A weak plan", "…"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    table = fa.rates(hits, tokens, by=("outlet", "category")).set_index("outlet")
    assert table.loc["A", "rate_per_1000"] == pytest.approx(1000 / 3)  # by hand: 1 hit in 3 words
    assert table.loc["B", "n_tokens"] == 0
    assert np.isnan(table.loc["B", "rate_per_1000"])


def test_a_seed_gives_the_same_interval_again(encode):
    tokens = encode(*[f"weak {'plan ' * n}" for n in range(1, 30)])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    one, again, other = (
        fa.rates(hits, tokens, resampling=fa.Resampling(method="percentile", seed=seed)) for seed in (4, 4, 5)
    )
    pd.testing.assert_frame_equal(one, again)
    assert one.at[0, "rate_low"] != other.at[0, "rate_low"]
    assert one.at[0, "rate_low"] <= one.at[0, "rate_per_1000"] <= one.at[0, "rate_high"]
    assert one.attrs == {
        **hits.attrs,
        "interval": "95% percentile, 2000 resamples of articles, seed 4",
        "min_articles": 5,
        "categories": ["w"],
    }


def test_no_hit_at_all_gives_rows_of_zero(tokens):
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"war": ["war"]}))
    table = fa.rates(hits, tokens, by=("outlet", "category"))
    assert rows(table, "outlet", "n_hits", "rate_per_1000") == [("A", 0, 0), ("B", 0, 0)]  # by hand


def test_a_group_that_is_missing_is_left_out(encode):
    tokens = encode(outlet=["A", None], body=["weak plan", "weak plan"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    assert rows(fa.rates(hits, tokens, by=("outlet", "category")), "outlet", "n_hits") == [("A", 1)]  # by hand


def test_rates_of_the_whole_corpus(tokens, hits):
    assert rows(fa.rates(hits, tokens, by=()), "n_articles", "n_tokens", "n_hits") == [(3, 15, 3)]  # by hand


def test_an_unknown_column_is_named_with_the_known_ones(tokens, hits):
    with pytest.raises(fa.SchemaError) as caught:
        fa.rates(hits, tokens, by=("paper", "category"))
    assert str(caught.value) == (
        "rates: no column 'paper' to group by; known are 'article_id', 'outlet', 'date', 'headline', 'standfirst', "
        "'body', 'url', 'byline', 'section', 'source_file', 'lead_paragraphs', 'day', 'week', 'month', 'quarter', 'year', 'zone', 'category', "
        "'entry', 'text', 'voice', 'speaker', 'target', 'negated', 'hedged'; did you mean 'outlet'?"
    )


def test_hits_that_lack_a_column_are_refused(tokens, hits):
    with pytest.raises(fa.SchemaError, match=r"^table HITS: no column 'weight'; found 'article_id', "):
        fa.rates(hits.drop(columns="weight"), tokens)


def test_zones_stand_in_the_order_of_the_page(encode):
    tokens = encode(headline=["weak"], standfirst=["weak deal"], body=["weak\n\nweak"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))
    assert fa.rates(hits, tokens, by=["zone"])["zone"].astype(str).tolist() == [
        "headline",
        "standfirst",
        "lead",
        "body",
    ]


def test_share_of_sentences(encode):
    tokens = encode("Weak and weak again. It failed. All was well.", "Nothing failed. Weak.")
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"]}))
    table = fa.rates(hits, tokens, min_articles=1, resampling=PERCENTILE)
    # By hand: five sentences; two of them have "weak" (three hits), two have "failed".
    assert rows(table, "category", "n_hits", "n_sentences", "n_sentences_with_frame") == [
        ("failure", 2, 5, 2),
        ("weakness", 3, 5, 2),
    ]
    assert table["share_of_sentences"].tolist() == pytest.approx([0.4, 0.4])
    # By hand: a1 has 3 sentences with one of each, a2 has 2 with one of each; a1 twice gives 2/6, a2 twice 2/4.
    assert table[["share_of_sentences_low", "share_of_sentences_high"]].to_numpy() == pytest.approx(
        np.array([[1 / 3, 1 / 2]] * 2)
    )


BOUNDS = [f"{name}_{end}" for name in ("rate", "share_of_articles", "share_of_sentences") for end in ("low", "high")]


def test_a_group_below_the_minimum_has_its_rate_and_no_interval(tokens, hits):
    table = fa.rates(hits, tokens, by=("outlet", "category"), min_articles=2).set_index(["outlet", "category"])
    assert table.loc["B", "reason"].tolist() == ["too few: 1 of at least 2 articles: no interval"] * 3
    assert table.loc["B", "n_tokens"].tolist() == [5] * 3  # by hand: the counts stay
    assert table.loc["B", "rate_per_1000"].tolist() == [0] * 3
    assert table.loc["B", BOUNDS].isna().all(axis=None)
    assert table.loc["A", BOUNDS].notna().all(axis=None)
    assert set(fa.rates(hits, tokens)["reason"]) == {"too few: 3 of at least 5 articles: no interval"}


def test_too_few_begins_below_the_minimum_and_takes_intervals_but_no_count(encode):
    # By hand: outlets of 1, 2, 3 and 4 articles of four words, each with 0 to 3 hits, and at least three asked for.
    sizes = {"A": 1, "B": 2, "C": 3, "D": 4}
    tokens = encode(
        outlet=[name for name, n in sizes.items() for _ in range(n)],
        body=["weak " * n + "calm " * (4 - n) for size in sizes.values() for n in range(size)],
    )
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    table = fa.rates(hits, tokens, by=["outlet"], min_articles=3).set_index("outlet")
    assert table["n_articles"].to_dict() == sizes
    assert table["n_tokens"].tolist() == [4, 8, 12, 16]
    assert table["n_hits"].tolist() == [0, 1, 3, 6]
    assert table["reason"].tolist() == [
        *(f"too few: {n} of at least 3 articles: no interval" for n in (1, 2)),
        *("", ""),
    ]
    assert table.loc[["A", "B"], BOUNDS].isna().all(axis=None)
    assert table.loc[["C", "D"], BOUNDS].notna().all(axis=None)
    assert table["rate_per_1000"].tolist() == [0, 125, 250, 375]
    assert table.attrs["min_articles"] == 3
    assert fa.rates(hits, tokens, by=["outlet"], min_articles=5)["reason"].str.startswith("too few").all()


def test_no_words_is_said_before_too_few_which_counts_articles_of_a_zone(encode):
    # By hand: one article of B has no word at all, and one of three has a headline.
    tokens = encode(outlet=["A", "A", "B"], headline=["Weak day", "", "…"], body=["weak calm.", "calm day.", "…"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    reasons = [
        fa.rates(hits, tokens, by=["outlet"], min_articles=n).set_index("outlet").at["B", "reason"] for n in (1, 2)
    ]
    assert reasons == ["no words", "no words"]
    zones = fa.rates(hits, tokens, by=["zone"], min_articles=2).set_index("zone")
    assert zones["reason"].astype("str").str.startswith("too few: 1 of").to_dict() == {"headline": True, "lead": False}


def test_articles_that_all_have_the_same_rate_have_no_interval(encode):
    tokens = encode("weak plan", "weak plan", "weak plan")
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    table = fa.rates(hits, tokens)
    assert table.at[0, "rate_per_1000"] == 500  # by hand: one word of two
    assert table.loc[0, ["rate_low", "rate_high"]].isna().all()
    assert table.at[0, "reason"] == "too few: 3 of at least 5 articles: no interval"
    for given in ({}, {"resampling": PERCENTILE}):
        alike = fa.rates(hits, tokens, min_articles=3, **given)
        assert alike.loc[0, ["rate_low", "rate_high"]].isna().all()
        assert alike.at[0, "reason"] == "all articles alike: no interval of rate_per_1000"


@pytest.fixture
def many(encode):
    rng = np.random.default_rng(7)
    bodies = [
        " ".join(["weak"] * k + ["plan"] * n)
        for k, n in zip(rng.poisson(1.5, 24), rng.integers(5, 40, 24), strict=True)
    ]
    return encode(body=bodies, outlet=[f"o{i % 6}" for i in range(24)], event_id=[f"e{i // 3}" for i in range(24)])


def test_bca_is_that_of_scipy(many):
    hits = fa.find_hits(many, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    found = fa.rates(hits, many, resampling=fa.Resampling(method="bca", n_draws=4_000)).iloc[0]
    n_hits = hits["article_id"].value_counts().reindex(many.articles["article_id"], fill_value=0).to_numpy()
    n_words = many.tokens_per_article.to_numpy()
    expected = scipy.stats.bootstrap(
        (n_hits, n_words), lambda a, b, axis: 1000 * a.sum(axis) / b.sum(axis), paired=True, vectorized=True,
        method="BCa", n_resamples=40_000, rng=np.random.default_rng(3),
    ).confidence_interval  # fmt: skip
    # Other draws than scipy's: bounds of 4,000 draws scatter by about 1% of the interval's width over seeds.
    width = expected.high - expected.low
    assert found["rate_low"] == pytest.approx(expected.low, abs=0.05 * width)
    assert found["rate_high"] == pytest.approx(expected.high, abs=0.05 * width)
    percentile = fa.rates(hits, many, resampling=fa.Resampling(method="percentile", n_draws=4_000)).iloc[0]
    assert percentile["rate_high"] != found["rate_high"]


def test_bca_interval_equals_scipy_for_the_same_draws():
    rng = np.random.default_rng(2)
    values = rng.exponential(size=15)
    result = scipy.stats.bootstrap((values,), np.mean, n_resamples=999, method="percentile", rng=rng)
    expected = scipy.stats.bootstrap(
        (values,), np.mean, n_resamples=0, bootstrap_result=result, method="BCa"
    ).confidence_interval
    left_out = np.array([np.delete(values, i).mean() for i in range(15)])[:, None]
    found = bca_interval(result.bootstrap_distribution[:, None], np.array([values.mean()]), left_out)
    assert found[:, 0] == pytest.approx([expected.low, expected.high])


def test_clusters_are_drawn_together(encode):
    # By hand: outlet A has only rates of 0, outlet B only of 500; drawing outlets gives 0, 250 or 500 with chances 1/4, 1/2, 1/4.
    tokens = encode(body=["no plan", "no plan", "weak plan", "weak plan"], outlet=["A", "A", "B", "B"])
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    drawn = fa.Resampling(method="percentile", cluster="outlet")
    row = fa.rates(hits, tokens, min_articles=1, resampling=drawn).iloc[0]
    assert (row["rate_low"], row["rate_per_1000"], row["rate_high"]) == (0, 250, 500)
    alone = fa.rates(hits, tokens, by=["outlet", "category"], min_articles=1, resampling=drawn)
    assert set(alone["reason"]) == {"one alone: no interval"}
    assert alone.attrs["interval"] == "95% percentile, 2000 resamples of clusters of articles by outlet, seed 1"


def test_an_article_without_a_cluster_is_drawn_alone(encode):
    bodies = ["weak plan", "plan plan", "weak plan", "plan plan"]
    hits_of = fa.extend.lexicon_from_mapping({"w": ["weak"]})
    with_none = encode(body=bodies, event_id=[None] * 4)
    plain = encode(body=bodies)
    for method in (None, "percentile"):
        of_events, of_articles = (
            fa.rates(
                fa.find_hits(tokens, hits_of),
                tokens,
                min_articles=1,
                resampling=fa.Resampling(method=method, cluster=cluster),
            )
            for tokens, cluster in ((with_none, "event_id"), (plain, "article_id"))
        )
        columns = ["rate_low", "rate_high"]
        assert of_articles[columns].notna().all(axis=None)
        assert of_events[columns].equals(of_articles[columns])


def test_an_unknown_cluster_and_method_are_refused(tokens, hits):
    with pytest.raises(fa.SchemaError, match=r"^resampling: no column 'story' in ARTICLES; known are 'article_id'"):
        fa.rates(hits, tokens, resampling=fa.Resampling(cluster="story"))
    with pytest.raises(fa.SchemaError, match=r"^resampling: method='basic'; known are percentile, bca$"):
        fa.Resampling(method="basic")
    with pytest.raises(fa.SchemaError, match=r"^n_draws=99; an interval needs at least 100$"):
        fa.Resampling(n_draws=99)


def test_rates_by_periods_of_the_date(encode):
    days = ["2024-12-30", "2025-01-05", "2025-01-06", None]
    tokens = encode(body=["weak plan"] * 4, date=days)
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    # By hand: 30 December 2024 to 5 January 2025 is the first week of 2025 (ISO 8601); the undated article is in no group.
    expected = {
        "day": [("2024-12-30", 1), ("2025-01-05", 1), ("2025-01-06", 1)],
        "week": [("2025-W01", 2), ("2025-W02", 1)],
        "month": [("2024-12", 1), ("2025-01", 2)],
        "year": [("2024", 1), ("2025", 2)],
    }
    for name, groups in expected.items():
        assert rows(fa.rates(hits, tokens, by=[name]), name, "n_hits") == groups


def test_many_columns_are_counted_as_pandas_counts_them(many):
    hits = fa.find_hits(many, fa.extend.lexicon_from_mapping({"w": ["weak"], "p": ["plan"]}))
    table = fa.rates(hits, many, by=["outlet", "event_id", "category", "text"])
    outlets = many.articles.set_index("article_id")[["outlet", "event_id"]]
    joined = hits.astype({"article_id": "str"}).join(outlets, on="article_id")
    expected = joined.groupby(["outlet", "event_id", "category", "text"], observed=True).size()
    found = table[table["n_hits"] > 0].set_index(["outlet", "event_id", "category", "text"])["n_hits"]
    assert found.to_dict() == expected.to_dict()


def test_two_versions_of_a_lexicon_in_one_table_are_refused(tokens, hits):
    other = fa.find_hits(
        tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak*"], "failure": ["fail*"], "war": ["war"]})
    )
    with pytest.raises(fa.SchemaError, match=r"^table HITS: its attrs name no lexicon\. Tables of different lexicons"):
        fa.rates(pd.concat([hits, other]), tokens)
    assert len(fa.rates(pd.concat([hits[:1], hits[1:]]), tokens)) == 3  # parts of one table are one table again


def test_voices_that_were_not_read_have_no_rate_of_zero(encode):
    tokens = encode(body=["Ein schwacher Plan.", "Der Plan ist schwach."], outlet=["A", "B"])
    german = replace(fa.extend.lexicon_from_mapping({"weakness": ["schwach*"]}), language="de")
    hits = fa.find_hits(tokens, german)
    assert len(hits) == 2
    table = fa.rates(hits, tokens, by=["voice"])
    assert table["rate_per_1000"].isna().all()
    assert set(table["reason"]) == {"voice: no hit has one; it is read in English only, targets with targets= only"}
    assert fa.rates(hits, tokens)["rate_per_1000"].tolist() == [2 / 7 * 1000]  # by hand: 2 hits in 7 words


@pytest.mark.parametrize("name", ["category", "entry", "text", "voice", "target", "negated", "zone", "month", "year"])
def test_a_name_that_could_mean_two_things_is_an_error_that_shows_both(encode, name):
    tokens = encode(body=["weak calm"] * 2, date=["2025-01-01"] * 2, **{name: ["x", "y"]})
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]}))
    pair = fa.compare.Pair(column=name, focus="x", reference="y")
    calls = [
        lambda: fa.rates(hits, tokens, by=[name]),
        lambda: fa.trends(hits, tokens, by=[name]),
        lambda: fa.compare.smooth_trend(hits, tokens, by=[name]),
        lambda: fa.compare.standardised_rates(hits, tokens, strata=["section"], by=name),
        lambda: fa.compare.standardised_rates(hits, tokens, strata=[name]),
        lambda: fa.differences(hits, tokens, pair),
    ]
    for call in calls:
        with pytest.raises(fa.SchemaError, match=f"'{name}' could be the column '{name}' of these ARTICLES or "):
            call()
    assert len(fa.rates(hits, tokens, by=["outlet"])) == 1  # the column does no harm where it is not named
