"""Terms that are key to the sentences of a category, by hand."""

import math

import pytest

import analysis as fa
from analysis.extending.key_terms import key_terms

WEAK = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "war": ["war"]}, name="mine")


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


def test_a_judged_phrase_is_left_out_and_its_words_are_not(tokens):
    terms = set(key_terms(tokens, WEAK, "weakness", judged=["Rulers lost"])["term"])
    assert "ruler lost" not in terms
    assert {"ruler", "lost", "lost his nerve"} <= terms


def test_what_a_term_adds_counts_uses_outside_the_hits_of_the_category(encode):
    # "cold" is part of the hit "cold feet" once; "cold snap" is a hit of another category. Outside the hits of weakness it is
    # 3 of the 15 words of their sentences and 1 of the 10 others, so it is key to them.
    tokens = encode(
        *["The weak man felt cold."] * 2,
        "A cold snap. The weak cold man.",
        "He had cold feet and was weak.",
        "Birds sing all day long. They eat.",
    )
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak", "cold feet"], "weather": ["cold snap"]})
    row = key_terms(tokens, lexicon, "weakness").set_index("term").loc["cold"]
    assert row["adds"] == 4  # 2 in the first two, 2 in the third
    assert row["lines"] == [
        "The weak man felt [cold].",
        "The weak man felt [cold].",
        "A [cold] snap. The weak cold man.",
    ]


def test_nothing_is_key_where_every_sentence_has_a_hit(encode):
    assert key_terms(encode(*["The weak ruler lost."] * 3), WEAK, "weakness").empty


def test_results_name_the_lexicon_and_the_choice(tokens):
    attrs = key_terms(tokens, WEAK, "weakness", within={"zone": "lead"}).attrs
    assert (attrs["lexicon"], attrs["lexicon_hash"], attrs["category"]) == ("mine", WEAK.hash, "weakness")
    assert attrs["within"] == "{'zone': 'lead'}"


def test_only_the_chosen_words_are_looked_at(tokens):
    with pytest.raises(fa.LexiconError, match=r"^lexicon mine: 'weakness' has no hit here; choose other words"):
        key_terms(tokens, WEAK, "weakness", within={"zone": "headline"})


def test_unknown_category_and_category_without_a_hit(tokens):
    with pytest.raises(fa.LexiconError, match=r"no category 'peace'; it has 'weakness', 'war'"):
        key_terms(tokens, WEAK, "peace")
    with pytest.raises(fa.LexiconError, match=r"'war' has no hit here"):
        key_terms(tokens, WEAK, "war")
