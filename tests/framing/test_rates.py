"""How often: rates by hand on three tiny articles."""

import numpy as np
import pandas as pd
import pytest

import analysis as fa


@pytest.fixture
def tokens(encode):
    return encode(
        outlet=["A", "A", "B"],
        headline=["Weak", "", "Calm day"],
        body=["A weak plan failed.", "Nothing came of it today.", "All was well."],
    )


@pytest.fixture
def hits(tokens):
    return fa.find_hits(tokens, fa.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"], "war": ["war"]}))


def rows(table: pd.DataFrame, *columns: str) -> list[tuple]:
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


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
    table = fa.rates(hits, tokens, by=("outlet", "category")).set_index(["outlet", "category"])
    assert table.loc["B", ["rate_low", "rate_high"]].isna().all(axis=None)
    assert table.loc["A", ["rate_low", "rate_high"]].notna().all(axis=None)


def test_the_interval_is_the_range_of_what_resampling_can_give(tokens, hits):
    row = fa.rates(hits, tokens, by=("outlet", "category")).set_index(["outlet", "category"]).loc[("A", "weakness")]
    # By hand: two articles of 5 words; drawn twice a1 gives 4 hits in 10 words, drawn twice a2 none, each with chance 1/4.
    assert (row["rate_low"], row["rate_high"]) == (0, 400)


def test_no_words_give_no_rate(encode):
    tokens = encode(outlet=["A", "B"], body=["A weak plan", "…"])
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"w": ["weak"]}))
    table = fa.rates(hits, tokens, by=("outlet", "category")).set_index("outlet")
    assert table.loc["A", "rate_per_1000"] == pytest.approx(1000 / 3)  # by hand: 1 hit in 3 words
    assert table.loc["B", "n_tokens"] == 0
    assert np.isnan(table.loc["B", "rate_per_1000"])


def test_a_seed_gives_the_same_interval_again(encode):
    tokens = encode(*[f"weak {'plan ' * n}" for n in range(1, 30)])
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"w": ["weak"]}))
    one, again, other = (fa.rates(hits, tokens, seed=seed) for seed in (4, 4, 5))
    pd.testing.assert_frame_equal(one, again)
    assert one.at[0, "rate_low"] != other.at[0, "rate_low"]
    assert one.at[0, "rate_low"] <= one.at[0, "rate_per_1000"] <= one.at[0, "rate_high"]
    assert one.attrs == {**hits.attrs, "interval": "95% percentile, 2000 resamples of articles, seed 4"}


def test_no_hit_at_all_gives_rows_of_zero(tokens):
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"war": ["war"]}))
    table = fa.rates(hits, tokens, by=("outlet", "category"))
    assert rows(table, "outlet", "n_hits", "rate_per_1000") == [("A", 0, 0), ("B", 0, 0)]  # by hand


def test_a_group_that_is_missing_is_left_out(encode):
    tokens = encode(outlet=["A", None], body=["weak plan", "weak plan"])
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"w": ["weak"]}))
    assert rows(fa.rates(hits, tokens, by=("outlet", "category")), "outlet", "n_hits") == [("A", 1)]  # by hand


def test_rates_of_the_whole_corpus(tokens, hits):
    assert rows(fa.rates(hits, tokens, by=()), "n_articles", "n_tokens", "n_hits") == [(3, 15, 3)]  # by hand


def test_an_unknown_column_is_named_with_the_known_ones(tokens, hits):
    with pytest.raises(fa.SchemaError) as caught:
        fa.rates(hits, tokens, by=("paper", "category"))
    assert str(caught.value) == (
        "rates: no column 'paper' to group by; known are 'article_id', 'outlet', 'date', 'headline', 'standfirst', "
        "'body', 'url', 'byline', 'section', 'source_file', 'lead_paragraphs', 'zone', 'category', 'entry', 'text', "
        "'voice', 'speaker', 'target', 'negated', 'hedged'"
    )


def test_hits_that_lack_a_column_are_refused(tokens, hits):
    with pytest.raises(fa.SchemaError, match=r"^table HITS: no column 'weight'; found 'article_id', "):
        fa.rates(hits.drop(columns="weight"), tokens)


def test_zones_stand_in_the_order_of_the_page(encode):
    tokens = encode(headline=["weak"], standfirst=["weak deal"], body=["weak\n\nweak"])
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"weakness": ["weak"]}))
    assert fa.rates(hits, tokens, by=["zone"])["zone"].astype(str).tolist() == [
        "headline",
        "standfirst",
        "lead",
        "body",
    ]
