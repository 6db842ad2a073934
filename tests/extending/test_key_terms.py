"""Terms that are key to the sentences of a category, by hand."""

import math

import pytest

import analysis as fa
from analysis.extending.key_terms import key_terms

WEAK = fa.lexicon_from_mapping({"weakness": ["weak"], "war": ["war"]}, name="mine")


@pytest.fixture(scope="module")
def tokens(encode):
    bodies = ["The weak ruler lost his nerve. Birds sang."] * 4 + ["Birds sang loudly. They ate seeds."] * 4
    return encode(body=bodies, headline=[str(n) for n in range(8)])


def test_words_and_collocations_of_the_hit_sentences_come_first(tokens):
    table = key_terms(tokens, WEAK, "weakness").set_index("term")
    assert {"ruler", "nerve", "ruler lost", "lost his nerve"} <= set(table.index)
    assert "weak" not in table.index  # a hit is no suggestion
    assert not {"birds", "sang"} & set(table.index)  # they avoid these sentences
    assert table.loc["ruler lost", ["kind", "n_inside", "n_outside", "n_articles"]].tolist() == ["collocation", 4, 0, 4]
    # By hand: inside are 4 · 5 words (the, ruler, lost, his, nerve), outside 4 · (1 + 2) + 4 · (1 + 6) = 40; "ruler" 4 against 0:
    # G² = 2 (4 ln(4 / (4 · 20/60)) + 16 ln(16 / (56 · 20/60)) + 40 ln(40 / (56 · 40/60))).
    expected = 2 * (4 * math.log(3) + 16 * math.log(16 * 3 / 56) + 40 * math.log(40 * 3 / 112))
    assert table.at["ruler", "score"] == pytest.approx(expected)
    assert table.at["ruler", "lines"][0].endswith("lost his nerve. Birds sang.")


def test_judged_words_are_left_out(tokens):
    terms = set(key_terms(tokens, WEAK, "weakness", judged=["ruler"])["term"])
    assert "ruler" not in terms
    assert "ruler lost" in terms  # only one of its words was judged


def test_only_the_chosen_words_are_looked_at(tokens):
    with pytest.raises(fa.LexiconError, match=r"^lexicon mine: 'weakness' has no hit here; choose other words"):
        key_terms(tokens, WEAK, "weakness", within={"zone": "headline"})


def test_unknown_category_and_category_without_a_hit(tokens):
    with pytest.raises(fa.LexiconError, match=r"no category 'peace'; it has 'weakness', 'war'"):
        key_terms(tokens, WEAK, "peace")
    with pytest.raises(fa.LexiconError, match=r"'war' has no hit here"):
        key_terms(tokens, WEAK, "war")
