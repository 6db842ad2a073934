"""Which words a choice holds: all expected words are counted by hand in the texts below."""

import pandas as pd
import pytest

import analysis as fa
from analysis.counting.selection import Near, select, select_sides
from analysis.measures.keyness import keyness
from analysis.measures.keyness_formulas import KeynessOptions

TARGETS = fa.extend.lexicon_from_mapping({"Biden": ["biden"], "Trump": ["trump"]}, name="targets")


@pytest.fixture(scope="module")
def tokens(encode):
    return encode(
        outlet=["A", "A", "B"],
        headline=["Weak deal", "", "Calm"],
        body=[
            "First lead words.\n\nThen the rest.",
            "Biden met weak Trump. Nobody else spoke.",
            "“Hostile,” said Ann.",
        ],
    )


def words(tokens, mask):
    return [tokens.types[number] for number in tokens.type_ids[mask]]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"outlet": "B"}, "Calm Hostile said Ann"),
        ({"zone": "headline"}, "Weak deal Calm"),
        ({"zone": ["headline", "lead"], "article_id": "a1"}, "Weak deal First lead words"),
        ({"outlet": ["A", "B"], "zone": "body"}, "Then the rest"),
        ({"voice": "direct"}, "Hostile"),
        ({"near": Near(TARGETS, "Biden", words=2)}, "met weak"),
        ({"near": Near(TARGETS, "Trump")}, "Biden met weak"),
        ({"near": Near(TARGETS, "Trump"), "voice": "direct"}, ""),
    ],
)
def test_words_of_a_choice(tokens, choice, expected):
    assert words(tokens, select(tokens, choice).mask) == expected.split()


def test_a_mask_chooses_articles_and_rest_the_others(tokens):
    mask = tokens.articles["outlet"] == "B"
    focus, reference = select_sides(tokens, mask, "rest")
    assert words(tokens, focus.mask) == "Calm Hostile said Ann".split()
    assert (focus.mask ^ reference.mask).all()
    assert (focus.text, reference.text) == ("1 articles by a mask", "rest of (1 articles by a mask)")
    assert (select_sides(tokens, "rest", mask)[0].mask == reference.mask).all()


def test_overlapping_mentions_are_not_counted_as_near_themselves(encode):
    tokens = encode("Biden Biden won.")
    assert words(tokens, select(tokens, {"near": Near(TARGETS, "Biden")}).mask) == ["won"]


def test_voices_of_other_languages_are_not_read(encode):
    tokens = encode(body=["“Hostile,” said Ann.", "“Hostile,” said Ann."], language=["en", "de"])
    assert select(tokens, {"voice": "direct"}).mask.sum() == 1


def test_what_stands_near_two_targets_counts_on_neither_side(encode):
    tokens = encode("Weak Biden spoke. Strong Trump spoke. Biden met Trump.")
    sides = {"focus": {"near": Near(TARGETS, "Biden")}, "reference": {"near": Near(TARGETS, "Trump")}}
    with pytest.raises(fa.FramingError, match="1 words are in the focus"):  # "met"
        keyness(tokens, **sides)
    table = keyness(tokens, **sides, options=KeynessOptions(shared_words="leave_out")).set_index("term")
    assert table["n_focus"].to_dict() == {"weak": 1, "spoke": 1, "trump": 1, "strong": 0, "biden": 0}


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"paper": "A"}, "no column 'paper' in ARTICLES"),
        ({"outlet": "C"}, "outlet has 'C'; known are 'A', 'B'"),
        ({"outlet": []}, "outlet has no value"),
        ({"zone": "title"}, "zone has 'title'; known are 'headline', 'standfirst', 'lead', 'body'"),
        ({"voice": "mixed"}, "voice has 'mixed'; known are 'narrator', 'direct', 'indirect', 'scare'"),
        ({"near": "Biden"}, "give Near"),
        ({"near": Near(TARGETS, "Obama")}, "near has 'Obama'; known are 'Biden', 'Trump'"),
        ({}, "give columns with values"),
        (pd.Series([True, False]), "a boolean Series without missing values over the 3 articles"),
        (pd.Series([1, 0, 1]), "a boolean Series"),
    ],
)
def test_what_cannot_be_chosen_is_named(tokens, choice, message):
    with pytest.raises(fa.SchemaError, match=message):
        select(tokens, choice)


def test_rest_of_rest_and_other_words_are_refused(tokens):
    with pytest.raises(fa.SchemaError, match="one of them has to say which words"):
        select_sides(tokens, "rest", "rest")
    with pytest.raises(fa.SchemaError, match='the only word allowed is "rest"'):
        select_sides(tokens, {"outlet": "A"}, "others")
    with pytest.raises(fa.SchemaError, match=r"reference .*: no word"):
        select_sides(tokens, {"outlet": "A"}, {"zone": "standfirst"})


@pytest.mark.parametrize("name", ["zone", "voice"])
def test_a_name_that_is_a_column_of_the_articles_too_is_refused(encode, name):
    value = {"zone": "lead", "voice": "narrator"}[name]
    with pytest.raises(fa.SchemaError, match=f"selection: '{name}' could be the column '{name}' of these ARTICLES or"):
        select(encode(body=["One two.", "Three."], **{name: [value, "other"]}), {name: value})
