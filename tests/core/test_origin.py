"""What a table says of itself: taken over from what it was made of, added to by choices, refused where sources contradict each other."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.origin import fact, metadata_of, origin_sentences, with_origin

OF_HITS = {"corpus_hash": "c0", "token_rule": "r", "lexicon": "mine", "lexicon_version": "2", "lexicon_hash": "e1"}


class Trained:
    def __init__(self):
        self.origin = {"token_rule": "r", "window": 5}


def hits(**facts):
    table = pd.DataFrame({"n": [1, 2]})
    table.attrs = OF_HITS | facts
    return table


def test_a_result_says_what_its_sources_say_and_what_was_chosen():
    made = pd.DataFrame({"rate": [0.5]})
    found = with_origin(made, hits(), {"corpus_hash": "c0"}, Trained(), interval="95%")
    assert found is made
    assert found.attrs == {**OF_HITS, "window": 5, "interval": "95%"}


def test_a_join_loses_nothing():
    joined = hits().merge(hits(interval="95% Wilson"), on="n")
    assert joined.attrs == {}  # what pandas does with tables that differ in one fact
    assert with_origin(joined, hits(), hits(interval="95% Wilson")).attrs == {**OF_HITS, "interval": "95% Wilson"}


def test_a_choice_stands_in_place_of_the_one_before_it():
    shares = with_origin(pd.DataFrame(), hits(interval="95% percentile"), interval="95% Wilson")
    assert shares.attrs["interval"] == "95% Wilson"


@pytest.mark.parametrize("name", ["corpus_hash", "lexicon_hash", "token_rule"])
def test_sources_that_contradict_each_other_are_refused(name):
    with pytest.raises(fa.SchemaError) as caught:
        with_origin(pd.DataFrame(), hits(), hits(**{name: "other"}))
    assert str(caught.value) == (
        f"a result cannot be made of tables that differ in {name!r}: one has {OF_HITS[name]!r}, the other 'other'; "
        "make both anew from the same corpus, lexicon and choices, or measure each alone"
    )


def test_a_source_is_not_changed_by_what_is_made_of_it():
    source = hits()
    with_origin(pd.DataFrame(), source, interval="95%").attrs["lexicon"] = "other"
    assert source.attrs == OF_HITS


def test_vectors_of_another_token_rule_are_not_used_in_silence(encode):
    tokens = encode("A weak plan and a strong plan.", "A strong plan and a weak plan.")
    vectors = fa.learn.train_vectors(tokens, min_count=1, n_dimensions=2)
    other = fa.learn.Vectors(vectors.words, vectors.matrix, vectors.origin | {"token_rule": "older"})
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
    with pytest.raises(fa.SchemaError, match="differ in 'token_rule'"):
        fa.suggest(tokens, lexicon, "weakness", vectors=other)


def test_a_fact_that_a_table_does_not_say_is_named():
    assert fact(hits(), "lexicon") == "mine"
    with pytest.raises(fa.SchemaError) as caught:
        fact(hits(), "interval")
    assert str(caught.value) == (
        "the table does not say its 'interval'; its attrs have 'corpus_hash', 'token_rule', 'lexicon', 'lexicon_version', 'lexicon_hash': "
        "take it as its function returned it, or give it the attrs of the table that it was made of"
    )


def test_a_caption_says_what_is_known_and_no_more():
    assert origin_sentences(pd.DataFrame()) == []
    assert origin_sentences(hits(targets="none", lexicon_left_out=0)) == ["Lexicon: mine 2 (e1).", "Corpus: c0."]
    said = origin_sentences(hits(interval="95%", targets="people 1 (a0)", lexicon_left_out=3))
    assert said == [
        "Intervals: 95%.",
        "Lexicon: mine 2 (e1).",
        "Entries of the lexicon that were left out when it was read: 3.",
        "Targets: people 1 (a0).",
        "Corpus: c0.",
    ]


@pytest.mark.parametrize(
    ("n", "days", "said"),
    [
        (1200, "2025-01-14 to 2025-12-09", "Corpus: 1,200 articles, 2025-01-14 to 2025-12-09 (c0)."),
        (1, "2025-01-14", "Corpus: 1 article, 2025-01-14 (c0)."),
    ],
)
def test_a_caption_says_how_large_the_corpus_is(n, days, said):
    assert origin_sentences(hits(corpus_articles=n, corpus_days=days))[-1] == said


def test_metadata_have_corpus_and_lexicon_apart_and_the_choices_in_order():
    found = metadata_of(hits(z=(1, 2), a={"b": pd.Timestamp("2025-01-02")}), notebook="01-x")
    assert list(found) == ["corpus_hash", "lexicon", "lexicon_version", "lexicon_hash", "notebook", "parameters"]
    assert found["notebook"] == "01-x"
    assert found["parameters"] == {"a": {"b": "2025-01-02 00:00:00"}, "token_rule": "r", "z": [1, 2]}
