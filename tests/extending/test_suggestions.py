"""Suggestions, families and checks against small corpora of invented sentences."""

import math

import numpy as np
import pytest

import analysis as fa
from analysis.extending.corpus_checks import check_lexicon
from analysis.extending.suggestions import KINDS, suggest
from analysis.learning.vectors import Vectors
from analysis.lexicons.inflection import family_of, stem


@pytest.mark.parametrize(
    "words",
    [
        ("weak", "weaker", "weakness", "weakly"),
        ("fail", "fails", "failed", "failing"),
        ("hostile", "hostility", "hostilities"),
        ("refuse", "refuses", "refused", "refusing"),
        ("stop", "stopped", "stopping", "stops"),
        ("threaten", "threatens", "threatened", "threatening"),
    ],
)
def test_words_of_one_family_share_a_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.fixture(scope="module")
def tokens():
    # "feeble" stands where "weak" and "frail" stand; "banana" and its kind stand elsewhere. All counted by the formula below.
    import pandas as pd

    power = [
        "The {} ruler lost the vote again.",
        "A {} cabinet lost its nerve in the vote.",
        "They called the ruler {} and tired.",
    ]
    fruit = ["She ate a ripe {} at noon.", "The {} was sweet and cheap.", "He sold one {} at the stall."]
    bodies = [line.format(word) for word in ("weak", "frail", "feeble") for line in power for _ in range(6)]
    bodies += [line.format(word) for word in ("banana", "melon", "cherry") for line in fruit for _ in range(6)]
    return fa.tokenize(
        fa.read(
            pd.DataFrame({"outlet": "o", "body": bodies, "headline": [str(n) for n in range(len(bodies))]}),
            boilerplate="keep",
        )
    )


@pytest.fixture(scope="module")
def vectors(tokens):
    return fa.learn.train_vectors(tokens, min_count=2, n_dimensions=6)


def test_a_word_of_the_same_contexts_is_suggested_before_one_of_others(tokens, vectors):
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak", "frail"]})
    table = suggest(tokens, lexicon, "weakness", n=30, vectors=vectors)
    words = table["word"].tolist()
    assert words.index("feeble") < min(words.index(fruit) for fruit in ("banana", "melon", "cherry"))
    row = table.set_index("word").loc["feeble"]
    assert (row["n_tokens"], row["n_articles"], row["kind"]) == (
        18,
        18,
        "near in meaning",
    )  # three sentences, six times each
    assert len(row["lines"]) == 3
    assert "weak" not in words


def test_judged_words_are_not_suggested_again(tokens, vectors):
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak", "frail"]})
    assert (
        "feeble" not in suggest(tokens, lexicon, "weakness", n=30, vectors=vectors, judged=["Feeble"])["word"].tolist()
    )


def test_words_of_one_family_are_one_however_an_entry_writes_them():
    assert family_of("Weak*") == family_of("weakness") == ("weak",)
    assert family_of("far-right") == family_of("far right") == ("far", "right")


@pytest.fixture(scope="module")
def honours(encode):
    # 24 sentences a kind: "honor" and "honored" belong to the entry "honour"; "medal ceremony" stands beside it only.
    beside = [
        "It was an honour at the medal ceremony today.",
        "An honor indeed for the tired old king.",
        "They honored the tired old king again.",
    ]
    apart = ["She ate a ripe melon at noon.", "The melon was sweet and cheap.", "He sold one melon at the old stall."]
    return encode(*[line for line in beside + apart for _ in range(8)])


@pytest.fixture(scope="module")
def suggested(honours):
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour"]}, name="mine", version="3")
    return suggest(honours, lexicon, "praise", vectors=fa.learn.train_vectors(honours, min_count=2, n_dimensions=6))


def test_all_kinds_stand_in_one_table_and_no_family_of_words_stands_twice(suggested):
    is_family = suggested["kind"].isin(KINDS[:2])
    assert {"other form", "near in meaning", "collocation"} <= set(suggested["kind"])
    assert is_family.is_monotonic_decreasing  # families stand first, and are ranked together
    assert suggested.loc[is_family, "score"].is_monotonic_decreasing
    assert not suggested["word"].map(family_of).duplicated().any()
    assert suggested.groupby("kind")["score"].is_monotonic_decreasing.all()


def test_another_spelling_and_its_inflections_are_one_other_form(honours):
    # "kings" stands nowhere, so "king" is another form of it; it has no vector and is the last of the families.
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour", "kings"]})
    matrix = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], np.float32)
    table = suggest(
        honours, lexicon, "praise", vectors=Vectors(["honour", "honor", "honored", "melon"], matrix, {})
    ).set_index("word")
    assert table.index[:3].tolist() == ["honor", "melon", "king"]
    assert table["kind"].tolist()[:3] == ["other form", "near in meaning", "other form"]
    row = table.loc["honor"]
    assert row["forms"] == "honor (8), honored (8)"
    # By hand: the mean of the four vectors is (0.15, 0.45); honour less it (0.85, -0.45); 0.6 · 0.85 - 0.8 · 0.45 = 0.15.
    assert row["score"] == pytest.approx(0.15)
    assert np.isnan(table.at["king", "score"])
    assert (row["n_tokens"], row["n_articles"], row["adds"]) == (8, 8, 8)
    assert row["lines"] == ["An [honor] indeed for the tired old king."] * 3


def test_a_collocation_of_the_hit_sentences_has_its_keyness(suggested):
    row = suggested.set_index("word").loc["medal ceremony"]
    # By hand, in pairs of words that cross no hit: inside 8 · (2 + 5) for "it was an" and "at the medal ceremony today",
    # less one: 8 · (2 + 4) = 48; outside 8 · (7 + 6 + 6 + 5 + 7) = 248; 8 against 0, of 296:
    # G² = 2 (8 ln(8 / (8 · 48/296)) + 40 ln(40 / (288 · 48/296)) + 248 ln(248 / (288 · 248/296))).
    expected = 2 * (
        8 * math.log(296 / 48) + 40 * math.log(40 * 296 / (288 * 48)) + 248 * math.log(248 * 296 / (288 * 248))
    )
    assert row["kind"] == "collocation"
    assert row["score"] == row["keyness"] == pytest.approx(expected)
    assert (row["forms"], row["adds"]) == ("medal ceremony (8)", 8)


def test_a_word_that_avoids_the_hits_has_a_keyness_below_0(suggested):
    assert suggested.set_index("word").at["melon", "keyness"] < 0


def test_suggestions_name_lexicon_and_vectors(suggested):
    attrs = suggested.attrs
    assert (attrs["lexicon"], attrs["lexicon_version"], attrs["category"]) == ("mine", "3", "praise")
    assert attrs["n_dimensions"] == 6


def test_n_holds_for_each_kind(honours):
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour"]})
    vectors = fa.learn.train_vectors(honours, min_count=2, n_dimensions=6)
    table = suggest(honours, lexicon, "praise", n=1, vectors=vectors)
    assert table["kind"].is_unique


def test_a_category_without_a_hit_gets_words_by_meaning_alone(honours):
    lexicon = fa.extend.lexicon_from_mapping({"fruit": ["banana"], "praise": ["honour"]})
    vectors = Vectors(["banana", "melon", "king"], np.array([[1, 0], [1, 0.1], [-1, 0.5]], np.float32), {})
    table = suggest(honours, lexicon, "fruit", vectors=vectors)
    assert table["word"].tolist() == ["melon", "king"]
    assert table["keyness"].isna().all()


def test_an_unknown_category_is_named(tokens, vectors):
    with pytest.raises(fa.LexiconError, match="no category 'war'; it has 'weakness'"):
        suggest(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), "war", vectors=vectors)


def test_checks_against_a_corpus_name_what_an_entry_catches_and_misses(tokens):
    lexicon = fa.extend.lexicon_from_mapping({"weakness": ["weak", "zzz"], "fruit": ["banana"]})
    found = check_lexicon(lexicon, tokens)
    assert ["hint", "zzz", "no hit in this corpus"] in found[["severity", "entry", "finding"]].to_numpy().tolist()
    # By hand: 18 of the 18 hits of weakness are "weak", which is no majority worth a word below 20 hits.
    assert not found["finding"].str.startswith("makes").any()


def test_forms_in_no_entry_are_listed(encode):
    tokens = encode(
        "He threatens us. She threatened us. They threatened him. It threatens all. He threatens. She threatened."
    )
    found = check_lexicon(fa.extend.lexicon_from_mapping({"threat": ["threaten"]}), tokens)
    finding = "other forms in this corpus, in no entry: threatens (3), threatened (3)"
    assert finding in found["finding"].tolist()


def test_without_vectors_the_kinds_that_need_none_come_and_none_are_trained(honours, monkeypatch):
    monkeypatch.setattr(
        "analysis.extending.suggestions.train_vectors", lambda tokens: pytest.fail("vectors were trained")
    )
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour"]})
    table = suggest(honours, lexicon, "praise")
    assert set(table["kind"]) == {"other form", "key word", "collocation"}
    row = table.set_index("word").loc["honor"]  # its family has "honored" too
    assert row["kind"] == "other form"
    assert np.isnan(row["score"])
    only = suggest(honours, lexicon, "praise", kinds="key word")
    assert set(only["kind"]) == {"key word"}
    assert only.attrs["kinds"] == "key word"
    # Vectors that know none of its words are no hindrance where no word near in meaning is looked for.
    strange = Vectors(["melon"], np.array([[1, 0]], np.float32), {})
    assert suggest(honours, lexicon, "praise", kinds="key word", vectors=strange).equals(only)


def test_words_near_in_meaning_need_a_corpus_that_vectors_work_on(honours):
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour"]})
    with pytest.raises(fa.LexiconError, match=r"begin to work at about [\d,]+ words, and this corpus has 48 articles"):
        suggest(honours, lexicon, "praise", kinds=["near in meaning"])
    with pytest.raises(
        fa.LexiconError, match=r"no kind 'near' of suggestions; known are .*did you mean kind 'near in meaning'"
    ):
        suggest(honours, lexicon, "praise", kinds="near")


def test_the_note_says_what_the_corpus_is_large_enough_for(honours, suggested):
    lexicon = fa.extend.lexicon_from_mapping({"praise": ["honour"]})
    # By hand: 8 of the 48 sentences have a hit; 8 · (9 + 8 + 7 + 7 + 6 + 8) words.
    note = suggest(honours, lexicon, "praise").attrs["note"]
    assert note.startswith(
        "praise has hits in 8 sentences of 48 articles (360 words). Words near in meaning were not looked for"
    )
    assert "ordered nearly by chance" in suggested.attrs["note"]  # vectors that were trained on these words


def test_no_word_is_key_by_chance(encode):
    # "odd" stands in 3 sentences with a hit and 3 without, of 6 each.
    tokens = encode(
        *["The weak ruler slept."] * 3,
        *["An odd weak man came."] * 3,
        *["The ruler slept."] * 3,
        *["An odd man came."] * 3,
    )
    table = suggest(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), "weakness")
    assert table.empty
    assert ": too few for any other word to stand out in them." in table.attrs["note"]


def test_suggestions_say_in_which_outlets_they_stand(encode):
    outlets = ["A", "B", "A", "C", "D", ""]
    tokens = encode(
        body=["The weak ruler met a ruler."] * 6 + ["Birds sang at noon."] * 6, outlet=[*outlets, *["E"] * 6]
    )
    row = (
        suggest(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), "weakness", kinds="key word")
        .set_index("word")
        .loc["ruler"]
    )
    # By hand: two uses an article, A has two articles, one article names no outlet.
    assert (row["n_tokens"], row["n_articles"], row["n_outlets"], row["adds"]) == (12, 6, 4, 12)
    assert row["by_outlet"] == "A (4), B (2), C (2), 1 more (2)"


def test_without_vectors_inflections_come_before_words_that_share_a_stem(encode):
    # "victor" stands more often and only shares the stem of "victory".
    tokens = encode(*["Victor and victories."] * 3, *["Victor spoke."] * 3)
    lexicon = fa.extend.lexicon_from_mapping({"success": ["victory"]})
    forms = suggest(tokens, lexicon, "success", kinds="other form")
    assert forms["forms"].tolist() == ["victories (3), victor (6)"]


def test_stop_words_are_no_form_of_a_word(encode):
    tokens = encode(*["All of them allied."] * 3)
    lexicon = fa.extend.lexicon_from_mapping({"cooperation": ["ally"]})
    assert suggest(tokens, lexicon, "cooperation", kinds="other form")["forms"].tolist() == ["allied (3)"]
