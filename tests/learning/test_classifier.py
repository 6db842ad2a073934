"""The frame classifier on invented headlines whose frames can be told by their words."""

import numpy as np
import pytest

import analysis as fa
from analysis.learning.classifier import MeanVector, cross_validate, deciding_words, forms, train_classifier
from analysis.learning.vectors import Vectors

WORDS = {"economy": ["prices", "jobs", "wages", "trade"], "conflict": ["clash", "row", "feud", "fight"]}
# Two directions: words of the economy point along the first, words of conflict along the second.
VECTORS = Vectors(
    [*WORDS["economy"], *WORDS["conflict"], "rents", "quarrel"],
    np.array([[2, 0]] * 4 + [[0, 3]] * 4 + [[1, 0], [0, 1]], np.float32),
    {"vectors": "by hand"},
)


@pytest.fixture(scope="module")
def coded() -> tuple[list[str], list[str]]:
    rng = np.random.default_rng(1)
    texts, labels = [], []
    for label, words in WORDS.items():
        for _ in range(30):
            texts.append(" ".join(["Ministers", *rng.choice(words, 2), "on", str(rng.choice(["Monday", "Friday"]))]))
            labels.append(label)
    return texts, labels


@pytest.fixture(scope="module")
def found(coded):
    return cross_validate(*coded, n_folds=3)


def test_frames_that_words_tell_are_coded_right(coded, found):
    # Every text holds two words that only its own frame has.
    assert found.accuracy == found.low == found.high == 1.0
    assert found.predictions["predicted"].tolist() == coded[1]
    assert found.predictions["probability"].between(0.5, 1).all()
    assert found.by_label[["label", "n", "f1"]].to_numpy().tolist() == [["conflict", 30, 1.0], ["economy", 30, 1.0]]
    assert found.predictions.attrs["validation"] == "nested, 3 folds"


def test_labels_dealt_out_by_chance_are_not_learned(coded):
    texts = [f"{text} {n}" for n, text in enumerate(coded[0])]
    labels = np.random.default_rng(5).permutation(coded[1]).tolist()
    assert cross_validate(texts, labels, n_folds=3).low < 0.62  # a nested validation of noise stays near one half


def test_a_group_is_kept_on_one_side_of_the_folds_and_resampled_whole():
    # Each event has its own word and its own frame, so its frame can only be known from texts of the event itself.
    events = [f"event{'abcdefghijkl'[n]}" for n in range(12)]
    frame_of = dict(zip(events, np.random.default_rng(3).permutation(["x", "y"] * 6).tolist(), strict=True))
    groups = [event for event in events for _ in range(5)]
    texts, labels = [f"{event} today" for event in groups], [frame_of[event] for event in groups]
    assert cross_validate(texts, labels, n_folds=3).accuracy == 1.0
    found = cross_validate(texts, labels, groups=groups, n_folds=3)
    assert found.accuracy < 0.8
    assert found.predictions["group"].tolist() == groups
    assert (found.predictions.groupby("group")["fold"].nunique() == 1).all()
    assert "resamples of groups" in found.by_label.attrs["interval"]


def test_the_same_seed_gives_the_same_predictions(coded, found):
    assert cross_validate(*coded, n_folds=3).predictions.equals(found.predictions)


def test_a_trained_classifier_codes_new_texts_like_a_coder(coded):
    classifier = train_classifier(*coded)
    codings = classifier.code(["Feud over a row", "Wages and jobs"], units=["a1", "a2"])
    assert codings[["unit", "coder", "label"]].to_numpy().tolist() == [
        ["a1", "classifier", "conflict"],
        ["a2", "classifier", "economy"],
    ]
    assert codings["probability"].between(0.5, 1).all()
    assert codings.attrs["n_coded"] == 60
    assert codings.attrs["strength"] in (0.1, 0.5, 2.0)
    assert classifier.code(["Feud"])["unit"].tolist() == ["1"]
    assert classifier.code([]).columns.tolist() == ["unit", "coder", "label", "probability"]
    with pytest.raises(fa.FramingError, match="1 texts and 2 units"):
        classifier.code(["Feud"], units=["a", "b"])


def test_hand_and_classifier_are_two_coders_of_the_same_texts(coded, found):
    codings = found.codings(units=[f"a{n}" for n in range(60)], coder="Ada")
    assert codings.groupby("coder")["unit"].nunique().to_dict() == {"Ada": 60, "classifier": 60}
    wide = codings.pivot(index="unit", columns="coder", values="label")
    assert (wide["Ada"] == wide["classifier"]).all()
    assert codings.loc[codings["coder"] == "Ada", "probability"].isna().all()
    with pytest.raises(fa.FramingError, match="the classifier's own name"):
        found.codings(coder="classifier")


def test_the_mean_vector_of_a_text():
    # By hand: each vector has length 1 first, so prices (1, 0), row (0, 1), row again: (1, 2) / √5; letters' case and 's do not matter.
    means = MeanVector(VECTORS).transform(["Prices: ROW row's", "nothing known", ""]).toarray()
    np.testing.assert_allclose(means, [[1 / np.sqrt(5), 2 / np.sqrt(5)], [0, 0], [0, 0]], rtol=1e-6)


def test_vectors_know_words_that_no_coded_text_has(coded):
    classifier = train_classifier(*coded, vectors=VECTORS)
    assert classifier.code(["rents", "quarrel"])["label"].tolist() == ["economy", "conflict"]
    assert classifier.origin["vectors_hash"] == VECTORS.hash


def test_the_words_that_decide(coded):
    words = deciding_words(*coded, n=4)
    top = words[words["rank"] <= 2].groupby("label")["term"].apply(" ".join)
    assert any(word in top["economy"] for word in WORDS["economy"])
    assert any(word in top["conflict"] for word in WORDS["conflict"])
    three = deciding_words([*coded[0], *["Rain and snow"] * 5], [*coded[1], *["weather"] * 5], n=5)
    assert three.loc[three["label"] == "weather", "term"].tolist()[:5] == [
        "and", "and snow", "rain", "rain and", "snow"
    ]  # fmt: skip  # alike in every text of the label, so equal and in the alphabet's order


def test_words_are_cut_as_those_of_the_corpus():
    assert forms("Biden’s far-right FOES") == ["biden", "far", "right", "foes"]


@pytest.mark.parametrize(
    ("texts", "labels", "options", "message"),
    [
        (["a b"] * 6, ["x"] * 5 + ["rare"], {}, r"at least 5 texts, found are 'rare' \(1\)"),
        (["a b"] * 4, ["x"] * 4, {}, "only one label, 'x'"),
        # By hand: of 4 texts in 3 folds one fold holds 2, so 2 would be left, fewer than the inner folds need; of 5, 3 are left.
        (["a b"] * 9, ["x"] * 5 + ["y"] * 4, {"n_folds": 3}, r"at least 5 texts, found are 'y' \(4\)"),
        (["a b"] * 10, ["x", "y"] * 5, {"groups": ["e"] * 10}, r"at least 5 groups, found are 'x' \(1\), 'y' \(1\)"),
        (["a b"] * 10, ["x", "y"] * 5, {"groups": ["e"]}, "10 texts and 1 groups"),
        (["a b"] * 10, ["x", None] * 5, {}, "a label or group is missing"),
        (["a b", None] * 5, ["x"] * 5 + ["y"] * 5, {}, "text 2 is None"),
        (["—", ""] * 5, ["x"] * 5 + ["y"] * 5, {}, "no text holds a word"),
        (["a", "b"], ["x"], {}, "2 texts and 1 labels"),
        (["a", "b"], ["x", "y"], {"n_folds": 1}, "n_folds=1"),
    ],
)
def test_what_cannot_be_validated_is_named(texts, labels, options, message):
    with pytest.raises(fa.FramingError, match=message):
        cross_validate(texts, labels, **options)
