"""Suggestions, families and checks against small corpora of invented sentences."""

import pytest

import analysis as fa
from analysis.extending.corpus_checks import check_lexicon
from analysis.extending.families import spelling_variants, stem
from analysis.extending.suggestions import suggest


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("honour", "honor"),
        ("organise", "organize"),
        ("analyse", "analyze"),
        ("defence", "defense"),
        ("centre", "center"),
    ],
)
def test_british_and_american_spellings_meet(one, other):
    assert other in set(spelling_variants(one))


def test_spelling_rules_go_back_where_they_can():
    assert "honour" in set(spelling_variants("honor"))
    assert "organise" in set(spelling_variants("organize"))


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
    return fa.train_vectors(tokens, min_count=2, n_dimensions=6)


def test_a_word_of_the_same_contexts_is_suggested_before_one_of_others(tokens, vectors):
    lexicon = fa.lexicon_from_mapping({"weakness": ["weak", "frail"]})
    table = suggest(tokens, lexicon, "weakness", n=30, vectors=vectors)
    words = table["word"].tolist()
    assert words.index("feeble") < min(words.index(fruit) for fruit in ("banana", "melon", "cherry"))
    row = table.set_index("word").loc["feeble"]
    assert (row["n_tokens"], row["n_articles"], row["kind"]) == (18, 18, "new")  # three sentences, six times each
    assert len(row["lines"]) == 3
    assert "weak" not in words


def test_judged_words_are_not_suggested_again(tokens, vectors):
    lexicon = fa.lexicon_from_mapping({"weakness": ["weak", "frail"]})
    assert (
        "feeble" not in suggest(tokens, lexicon, "weakness", n=30, vectors=vectors, judged=["Feeble"])["word"].tolist()
    )


def test_an_unknown_category_is_named(tokens, vectors):
    with pytest.raises(fa.LexiconError, match="no category 'war'; it has 'weakness'"):
        suggest(tokens, fa.lexicon_from_mapping({"weakness": ["weak"]}), "war", vectors=vectors)


def test_checks_against_a_corpus_name_what_an_entry_catches_and_misses(tokens):
    lexicon = fa.lexicon_from_mapping({"weakness": ["weak", "zzz"], "fruit": ["banana"]})
    found = check_lexicon(lexicon, tokens)
    assert ["hint", "zzz", "no hit in this corpus"] in found[["severity", "entry", "finding"]].to_numpy().tolist()
    # By hand: 18 of the 18 hits of weakness are "weak", which is no majority worth a word below 20 hits.
    assert not found["finding"].str.startswith("makes").any()


def test_forms_in_no_entry_are_listed(encode):
    tokens = encode(
        "He threatens us. She threatened us. They threatened him. It threatens all. He threatens. She threatened."
    )
    found = check_lexicon(fa.lexicon_from_mapping({"threat": ["threaten"]}), tokens)
    finding = "other forms in this corpus, in no entry: threatens (3), threatened (3)"
    assert finding in found["finding"].tolist()
