"""What an edit changes, counted by hand in three sentences."""

import pytest

import analysis as fa
from analysis.extending.effect import compare_lexicons


@pytest.fixture
def tokens(encode):
    return encode(body=["Weak talks. A weak deal failed.", "They failed to agree.", "Sun."], outlet=["x", "x", "y"])


def test_hits_gained_and_lost_by_entry_and_article(tokens):
    old = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"]}, name="old")
    new = fa.extend.lexicon_from_mapping({"weakness": ["weak", "sun"], "failure": ["failed to"]}, name="new")
    effect = compare_lexicons(old, new, tokens)
    # "failed" alone is lost twice ("failed to" is another match), "failed to" gained once, "sun" gained once.
    assert effect.entries.to_numpy().tolist() == [
        ["failure", "fail*", 0, 2],
        ["failure", "failed to", 1, 0],
        ["weakness", "sun", 1, 0],
    ]
    assert effect.articles.to_numpy().tolist() == [["a1", "failure", 1, 0], ["a3", "weakness", 0, 1]]
    assert effect.gained["match"].tolist() == ["failed to", "Sun"]
    assert effect.lost["match"].tolist() == ["failed", "failed"]
    assert "2 hits gained, 2 lost" in repr(effect)


def test_rates_before_and_after(tokens):
    old = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    new = fa.extend.lexicon_from_mapping({"weakness": ["weak", "sun"]})
    table = compare_lexicons(old, new, tokens).rates.set_index(["outlet", "category"])
    # By hand: outlet y has one word, "Sun"; x is not touched.
    assert table.loc[("y", "weakness"), ["rate_per_1000_before", "rate_per_1000_after", "difference"]].tolist() == [
        0,
        1000,
        1000,
    ]
    assert table.loc[("x", "weakness"), "difference"] == 0


def test_an_entry_that_takes_over_the_hits_of_another_changes_nothing(tokens):
    effect = compare_lexicons(
        fa.extend.lexicon_from_mapping({"failure": ["failed"]}),
        fa.extend.lexicon_from_mapping({"failure": ["fail*"]}),
        tokens,
    )
    assert len(effect.entries) == len(effect.gained) == len(effect.lost) == 0


def test_an_unknown_column_is_named(tokens):
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    with pytest.raises(fa.SchemaError, match="no column 'paper'"):
        compare_lexicons(lexicon, lexicon, tokens, by="paper")


def test_the_rates_name_the_corpus_and_both_lexicons(tokens):
    old = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="mine", version="1")
    new = fa.extend.lexicon_from_mapping({"weakness": ["weak", "sun"]}, name="mine", version="2")
    assert compare_lexicons(old, new, tokens).rates.attrs == {
        "corpus_hash": tokens.corpus_hash,
        "corpus_articles": len(tokens.articles),
        "corpus_days": tokens.origin["corpus_days"],
        "token_rule": tokens.rule,
        "overlap": "longest_within_category",
        "phrase_rule": "not_over_marks",
        "interval": "95% t on log or logit scale, jackknife over articles",
        "lexicons": f"mine 1 ({old.hash}) → mine 2 ({new.hash})",
    }
