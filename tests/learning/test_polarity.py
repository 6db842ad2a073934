"""Polarity of every mention, on invented sentences and a model whose weights are written by hand."""

import logging
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import POLARITIES
from analysis.learning.polarity import softmax
from analysis.learning.polarity_model import PolarityModel

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="small")
TARGETS = {"Hurd": ["hurd"], "Vale": ["vale"]}


def texts(*bodies: str, **columns: list[str]) -> fa.Tokens:
    return fa.tokenize(fa.read(pd.DataFrame({"body": list(bodies), **columns}), boilerplate="keep"))


def hits_of(tokens: fa.Tokens, lexicon: fa.Lexicon | None = None, **options: object) -> pd.DataFrame:
    return fa.find_hits(tokens, lexicon or with_valence(), targets=TARGETS, **options)


def with_valence() -> fa.Lexicon:
    return replace(FRAMES, categories=tuple(replace(one, valence=-1) for one in FRAMES.categories))


@pytest.fixture
def by_hand() -> PolarityModel:
    # One word that counts after a mention, and one sign: a negative hit that the rules link to the target.
    words = np.zeros((3, 1, 3))
    words[2, 0] = [2, -1, -1]
    signs = {"hit, negative, link own": np.array([1.0, 0, -1])}
    origin = {"lexicon": "small", "lexicon_hash": with_valence().hash}
    return PolarityModel(np.array([0, 0.5, -0.5]), signs, ("stumbles",), words, origin)


def test_scores_are_those_by_hand(by_hand):
    tokens = texts("Minister Hurd stumbles.")
    coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
    # One word after the mention at a distance of 1 counts 10/11 of 1/√10.
    value = 10 / 11 / np.sqrt(10)
    scores = np.array([2 * value, 0.5 - value, -0.5 - value])
    expected = np.exp(scores) / np.exp(scores).sum()
    found = coded[["probability_negative", "probability_neutral", "probability_positive"]].to_numpy()[0]
    np.testing.assert_allclose(found, expected)
    assert coded["label"].tolist() == ["negative" if expected.argmax() == 0 else "neutral"]


def test_a_hit_linked_to_the_target_counts_for_it_alone(by_hand):
    tokens = texts("Hurd is weak, and Vale is here.")
    coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens)).set_index("target")
    assert coded.loc["Hurd", "label"] == "negative"
    assert coded.loc["Hurd", "reasons"] == "hit, negative, link own +1.00"
    assert coded.loc["Vale", "label"] == "neutral"
    assert coded.loc["Vale", "reasons"] == ""


def test_a_negated_hit_is_a_positive_one(by_hand):
    tokens = texts("Hurd is not weak.")
    coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
    assert coded["label"].tolist() == ["neutral"]


def test_every_mention_has_a_row_of_a_coder(by_hand):
    tokens = texts("Hurd met Vale. Vale left.", "Nobody came.", "Hurd spoke.")
    coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
    assert coded["text"].tolist() == ["Hurd", "Vale", "Vale", "Hurd"]
    assert coded["unit"].iloc[1] == "row-1:body:9-13:Vale"
    assert coded["coder"].unique().tolist() == [f"polarity model {by_hand.hash}"]
    np.testing.assert_allclose(coded.filter(like="probability_").sum(axis=1), 1)
    assert coded.attrs["polarity_model"] == by_hand.hash


def test_names_are_masked_and_first_words_and_headlines_are_not():
    weights = np.zeros((3, 2, 3))
    weights[0] = [[9, -9, 0], [-9, 0, 9]]  # "stumbles" speaks for negative, "grant" for positive
    model = PolarityModel(
        np.zeros(3), {}, ("stumbles", "grant"), weights, {"lexicon": "small", "lexicon_hash": with_valence().hash}
    )
    tokens = texts(
        "Then Hurd met Grant in town.", "Grant for Hurd.", "A grant for Hurd.", "Weary Hurd Stumbles Again Here"
    )
    coded = fa.learn.polarity(tokens, TARGETS, model, hits=hits_of(tokens))
    assert [("grant" in one or "stumbles" in one) for one in coded["reasons"]] == [False, True, True, True]
    assert coded["label"].tolist()[1:] == ["positive", "positive", "negative"]


def test_nothing_to_code_is_an_empty_table(by_hand):
    for tokens in (texts("Nobody came."), texts()):
        coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
        assert len(coded) == 0
        assert list(coded.columns) == list(POLARITIES.names)


def test_another_language_is_missing(by_hand):
    tokens = texts("Hurd stumbles.", "Hurd stolpert.", language=["en", "de"])
    coded = fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
    assert coded["label"].isna().tolist() == coded["probability"].isna().tolist() == [False, True]


def test_hits_that_cannot_serve_are_refused(by_hand):
    tokens = texts("Hurd is weak.")
    with pytest.raises(fa.FramingError, match="without targets"):
        fa.learn.polarity(tokens, TARGETS, by_hand, hits=fa.find_hits(tokens, with_valence()))
    with pytest.raises(fa.FramingError, match="no category of the hits has a valence"):
        fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens, FRAMES))
    with pytest.raises(fa.FramingError, match="found in the corpus"):
        fa.learn.polarity(texts("Vale is weak."), TARGETS, by_hand, hits=hits_of(tokens))
    with pytest.raises(fa.FramingError, match="needs targets, and a model"):
        fa.learn.polarity(tokens, TARGETS, "model.json", hits=hits_of(tokens))


def test_hits_of_another_lexicon_are_warned_of(by_hand, caplog):
    tokens = texts("Hurd is weak.")
    caplog.set_level(logging.WARNING)
    caplog.clear()
    fa.learn.polarity(tokens, TARGETS, by_hand, hits=hits_of(tokens))
    assert caplog.text == ""
    other = replace(by_hand, origin={"lexicon": "other", "lexicon_hash": "0"})
    fa.learn.polarity(tokens, TARGETS, other, hits=hits_of(tokens))
    assert "trained with hits of other (0), these are of small" in caplog.text


def test_softmax_does_not_overflow():
    np.testing.assert_allclose(softmax(np.array([[1000.0, 1000.0, 0.0]])), [[0.5, 0.5, 0]])
