"""Distinctive terms, against scikit-learn's own counting and weighting of the same texts."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

import analysis as fa
from analysis.measures.tfidf import STOP_WORDS, distinctive_terms, term_weights

OUTLETS = ["A", "B", "A", "C"]
BODIES = [
    "hostile policy failed hostile talks",
    "calm talks and a calm policy",
    "weak talks with hostile neighbours",
    "weather report with calm winds and talks",
]


def by_scikit_learn(ngrams: tuple[int, int] = (1, 1)) -> dict[tuple[str, str], float]:
    """Weights by (outlet, term): the second factor is learnt from articles and applied to the outlets' counts."""
    groups = sorted(set(OUTLETS))
    vectorizer = CountVectorizer(ngram_range=ngrams, token_pattern=r"\w+")
    counts = vectorizer.fit_transform(BODIES).toarray()
    by_group = np.array([counts[np.array(OUTLETS) == group].sum(axis=0) for group in groups])
    weights = TfidfTransformer().fit(counts).transform(by_group).toarray()
    terms = vectorizer.get_feature_names_out()
    return {(groups[g], terms[t]): weights[g, t] for g, t in np.argwhere(weights > 0)}


@pytest.mark.parametrize("ngrams", [(1, 1), (1, 2), (2, 2), (2, 3)])
def test_weights_are_those_of_scikit_learn(encode, ngrams):
    tokens = encode(outlet=OUTLETS, body=BODIES)
    table = fa.tfidf(tokens, ngrams=ngrams, stop_words=(), min_articles=1, n_terms=1000)
    found = {(row.outlet, row.term): row.tfidf for row in table.itertuples()}
    assert found == pytest.approx(by_scikit_learn(ngrams))  # expected: CountVectorizer and TfidfTransformer


def test_ranks_counts_and_ties(encode):
    table = fa.tfidf(encode(outlet=OUTLETS, body=BODIES), min_articles=1, n_terms=3)
    assert table.columns.tolist() == ["outlet", "rank", "term", "tfidf", "n", "n_articles"]
    chosen = table[table["outlet"] == "A"]
    # By hand: "hostile" stands three times in two articles of A. "talks" stands twice but in all four articles, so it
    # weighs 2 · 1 = 2; "failed", "neighbours" and "weak" weigh 1 · (ln(5 / 2) + 1) = 1.92 and the first in the alphabet follows.
    assert chosen[["rank", "term", "n", "n_articles"]].values.tolist() == [
        [1, "hostile", 3, 2],
        [2, "talks", 2, 2],
        [3, "failed", 1, 1],
    ]


def test_stop_words_are_no_term_but_may_stand_inside_one(encode):
    tokens = encode("The war on terror is not a war on the poor.", "The war on terror.")
    table = fa.tfidf(tokens, ngrams=(1, 3), min_articles=1)
    terms = set(table["term"])
    assert {"war", "war on terror", "terror"} <= terms  # by hand
    assert not {"the", "on", "war on", "on terror", "the war"} & terms
    assert all(term.split()[0] not in STOP_WORDS and term.split()[-1] not in STOP_WORDS for term in terms)


def test_bigrams_do_not_cross_a_sentence_or_field(encode):
    tokens = encode(headline=["Talks collapse"], body=["Hostile words. Winter nears"])
    table = fa.tfidf(tokens, ngrams=(2, 2), stop_words=(), min_articles=1)
    assert sorted(table["term"]) == ["hostile words", "talks collapse", "winter nears"]  # by hand


def test_min_articles_counts_articles_and_not_uses(encode):
    tokens = encode("panic panic panic", "calm", "calm")
    assert fa.tfidf(tokens, min_articles=2)["term"].tolist() == ["calm"]  # by hand: panic stands in one article
    assert sorted(fa.tfidf(tokens, min_articles=1)["term"]) == ["calm", "panic"]


def test_a_possessive_counts_as_its_noun(encode):
    table = fa.tfidf(encode("Biden’s plan", "BIDEN"), min_articles=2)
    assert table[["term", "n", "n_articles"]].values.tolist() == [["biden", 2, 2]]  # by hand


def test_no_term_left_gives_an_empty_table(encode):
    table = fa.tfidf(encode("one", "two"), min_articles=5)
    assert len(table) == 0
    assert "term" in table.columns


def test_an_unknown_column_is_named_with_the_known_ones(encode):
    with pytest.raises(fa.SchemaError) as caught:
        fa.tfidf(encode("weak"), by="paper")
    assert str(caught.value) == (
        "tfidf: no column 'paper' to group by; known are 'article_id', 'outlet', 'date', 'headline', 'standfirst', "
        "'body', 'url', 'byline', 'section', 'source_file', 'lead_paragraphs', 'day', 'week', 'month', 'quarter', 'year'; "
        "did you mean 'outlet'?"
    )


def test_a_group_without_terms_is_named_and_an_empty_corpus_has_none(encode):
    # By hand: B has only a stop word; without articles there is no group. Warnings are errors here.
    weights = term_weights(encode(outlet=["A", "B"], body=["calm calm", "the"]), by="outlet", min_articles=1)
    assert np.isfinite(weights.matrix.data).all()
    table = distinctive_terms(weights)
    assert table[["outlet", "n"]].values.tolist() == [["A", 2]]
    assert table.attrs["reason"] == "without terms: B"
    empty = term_weights(encode(""), by="outlet")
    assert empty.matrix.shape == (0, 0)
    assert distinctive_terms(empty).empty


def test_of_many_articles_without_terms_ten_are_named(encode):
    weights = term_weights(encode(*["the"] * 12, "calm"), min_articles=1)
    expected = "without terms: a1, a2, a3, a4, a5, a6, a7, a8, a9, a10 and 2 more"
    assert weights.attrs["reason"] == expected


def test_a_term_that_all_groups_use_alike_keeps_its_finite_weight(encode):
    # By hand: ln(3 / 3) + 1 = 1 for the only term, and length 1 leaves it there.
    table = fa.tfidf(encode(outlet=["A", "B"], body=["calm", "calm calm"]))
    assert table["tfidf"].tolist() == [1, 1]


def test_a_column_without_a_value_is_refused(encode):
    with pytest.raises(fa.SchemaError, match="by='date': no article has a value of 'date'; say which column is it"):
        fa.tfidf(encode("calm"), by="date")


@pytest.mark.parametrize("ngrams", [(0, 1), (2, 1)])
def test_ngrams_that_are_no_range_are_refused(encode, ngrams):
    with pytest.raises(fa.SchemaError) as caught:
        fa.tfidf(encode("weak"), ngrams=ngrams)
    assert str(caught.value) == f"tfidf: ngrams {ngrams} is no range; give shortest and longest, for example (1, 2)"
