"""TF-IDF variants, similarities and weighted scores against scikit-learn, scipy, and by hand."""

import numpy as np
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

import analysis as fa
from analysis.measures.similarity import linkage, most_similar, similarity
from analysis.measures.tfidf import Weighting, distinctive_terms, term_weights, weighted_scores

BODIES = ["hostile talks hostile", "calm talks", "weak talks calm talks", "winter rain"]
OUTLETS = ["A", "B", "A", "C"]
EVERYTHING = {"stop_words": (), "min_articles": 1}


@pytest.fixture(scope="module")
def tokens(encode):
    return encode(outlet=OUTLETS, body=BODIES)


@pytest.mark.parametrize("tf", ["counts", "sublinear"])
@pytest.mark.parametrize("idf", ["smooth", "plain", "none"])
@pytest.mark.parametrize("norm", ["l2", "l1", "none"])
@pytest.mark.parametrize("ngrams", [(1, 1), (1, 2)])
def test_weights_by_article_are_those_of_scikit_learn(tokens, tf, idf, norm, ngrams):
    found = term_weights(tokens, ngrams=ngrams, weighting=Weighting(tf, idf, norm), **EVERYTHING)
    peer = TfidfVectorizer(
        ngram_range=ngrams,
        sublinear_tf=tf == "sublinear",
        use_idf=idf != "none",
        smooth_idf=idf == "smooth",
        norm=None if norm == "none" else norm,
    )
    expected = peer.fit_transform(BODIES).toarray()
    order = [list(found.terms).index(term) for term in peer.get_feature_names_out()]
    np.testing.assert_allclose(found.matrix.toarray()[:, order], expected)


def test_class_based_weights(tokens):
    found = term_weights(tokens, by="outlet", weighting=Weighting(idf="class", norm="none"), **EVERYTHING)
    # By hand (Grootendorst 2022, eq. 2): groups have 7, 2 and 2 terms, A = 11 / 3. A says hostile twice of 7, and nobody else.
    expected = 2 / 7 * np.log(1 + 11 / 3 / 2)
    assert found.matrix.toarray()[0, list(found.terms).index("hostile")] == pytest.approx(expected)
    assert found.attrs["weighting"] == "tf × class-based idf, norm none"
    assert set(distinctive_terms(found, n_terms=1)["outlet"]) == {"A", "B", "C"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tf": "log"}, "tf='log'; known are counts, sublinear"),
        ({"idf": "class", "tf": "sublinear"}, 'use tf="counts" with idf="class"'),
    ],
)
def test_weightings_that_do_not_exist_are_refused(values, message):
    with pytest.raises(fa.FramingError, match=message):
        Weighting(**values)


def test_articles_are_no_classes(tokens):
    with pytest.raises(fa.FramingError, match='by="outlet"'):
        term_weights(tokens, weighting=Weighting(idf="class"))


def test_similarity_and_tree_of_outlets(tokens):
    weights = term_weights(tokens, by="outlet", **EVERYTHING)
    found = similarity(weights)
    expected = cosine_similarity(weights.matrix)  # scikit-learn
    np.testing.assert_allclose(found.to_numpy(), expected, atol=1e-12)
    tree = linkage(found)
    steps = hierarchy.linkage(squareform(1 - expected, checks=False), "average")  # scipy
    np.testing.assert_allclose(tree["distance"], steps[:, 2], atol=1e-12)
    leaves = hierarchy.dendrogram(tree.to_numpy(float), labels=tree.attrs["labels"], no_plot=True)["ivl"]
    assert sorted(leaves) == ["A", "B", "C"]
    assert sorted(tree.loc[0, ["left", "right"]].tolist()) == [0, 1]  # A and B share "talks" and "calm", C nothing


def test_a_group_without_terms_is_missing_and_named(encode):
    tokens = encode(outlet=["A", "B", "C"], body=["calm talks", "the", "calm"])
    found = similarity(term_weights(tokens, by="outlet", stop_words={"the"}, min_articles=1))
    assert found.loc["B"].isna().all()
    assert found.at["A", "C"] > 0
    assert found.attrs["reason"] == "without terms: B"
    with pytest.raises(fa.FramingError, match="without terms: B"):
        linkage(found)


def test_groups_of_the_same_words_are_alike_and_join_at_once(encode):
    weights = term_weights(encode(outlet=["A", "B", "C"], body=["calm talks"] * 3), by="outlet")
    found = similarity(weights)
    assert (found.to_numpy() == pytest.approx(1)) and found.attrs["reason"] == ""  # by hand: one text three times
    assert linkage(found)["distance"].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert most_similar(weights, n=1)["similar"].tolist() == ["B", "A", "A"]


def test_one_group_and_no_group_have_matrices_of_their_size(encode):
    one = term_weights(encode("calm"), by="outlet", min_articles=1)
    assert similarity(one).values.tolist() == [[1.0]]
    assert most_similar(one).empty
    none = term_weights(encode(""), by="outlet")
    assert similarity(none).shape == (0, 0)
    assert most_similar(none).empty


def test_a_tree_needs_two_groups_and_a_known_method(tokens):
    found = similarity(term_weights(tokens, by="outlet", **EVERYTHING))
    with pytest.raises(fa.FramingError, match="found 1 groups"):
        linkage(found.loc[["A"], ["A"]])
    with pytest.raises(fa.FramingError, match="method 'ward' is not known"):
        linkage(found, method="ward")


def test_most_similar_articles(tokens):
    weights = term_weights(tokens, **EVERYTHING)
    found = most_similar(weights, n=1)
    # By hand: a2 and a3 share both words of a2; a1 shares only "talks", most with a3; a4 shares nothing and has no row.
    assert found[["article_id", "rank", "similar"]].values.tolist() == [
        ["a1", 1, "a3"],
        ["a2", 1, "a3"],
        ["a3", 1, "a2"],
    ]
    expected = cosine_similarity(weights.matrix)  # scikit-learn
    assert found["similarity"].tolist() == pytest.approx([expected[0, 2], expected[1, 2], expected[2, 1]])
    with pytest.raises(fa.FramingError, match="n=0"):
        most_similar(weights, n=0)


def test_lexicon_scores_weigh_rare_entries_more(tokens):
    lexicon = fa.lexicon_from_mapping({"conflict": ["hostile", "talk*"], "calm": ["calm"]}, name="test")
    hits = fa.find_hits(tokens, lexicon)
    found = weighted_scores(hits, tokens, weighting=Weighting(idf="plain", norm="none"))
    scores = found.set_index(["article_id", "category"])
    # By hand: "hostile" stands twice in a1 and in 1 of 4 articles, "talk*" once in a1 and in 3 of 4.
    expected = 2 * (np.log(4) + 1) + (np.log(4 / 3) + 1)
    assert scores.at[("a1", "conflict"), "score"] == pytest.approx(expected)
    assert scores.at[("a1", "conflict"), "score_per_1000"] == pytest.approx(1000 * expected / 3)
    assert scores.at[("a1", "conflict"), "n_hits"] == 3
    assert ("a1", "calm") not in scores.index
    assert found.attrs["lexicon"] == "test"


def test_scores_of_two_lexicons_or_of_scores_are_refused(tokens):
    hits = fa.find_hits(tokens, fa.lexicon_from_mapping({"calm": ["calm"]}, name="test"))
    mixed = hits.copy()
    mixed.attrs = {}
    with pytest.raises(fa.SchemaError, match="its attrs name no lexicon"):
        weighted_scores(mixed, tokens)
    with pytest.raises(fa.FramingError, match='norm="none"'):
        weighted_scores(hits, tokens, weighting=Weighting())
    again = hits.copy()
    again.attrs = {**hits.attrs, "weighting": "tf"}
    with pytest.raises(fa.FramingError, match="weighted already"):
        weighted_scores(again, tokens)


def test_scores_of_hits_from_another_corpus_are_refused(tokens, encode):
    lexicon = fa.lexicon_from_mapping({"calm": ["calm"]}, name="test")
    hits = fa.find_hits(tokens, lexicon)  # of a1 to a4
    with pytest.raises(fa.SchemaError, match="HITS: they were found in the corpus"):
        weighted_scores(hits, encode("calm"))
