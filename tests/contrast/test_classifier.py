"""The frame classifier on invented headlines whose frames can be told by their words."""

import numpy as np
import pytest

import analysis as fa

WORDS = {"economy": ["prices", "jobs", "wages", "trade"], "conflict": ["clash", "row", "feud", "fight"]}


@pytest.fixture(scope="module")
def coded() -> tuple[list[str], list[str]]:
    rng = np.random.default_rng(1)
    texts, labels = [], []
    for label, words in WORDS.items():
        for _ in range(30):
            texts.append(" ".join(["Ministers", *rng.choice(words, 2), "on", str(rng.choice(["Monday", "Friday"]))]))
            labels.append(label)
    return texts, labels


def test_frames_that_words_tell_are_coded_right(coded):
    found = fa.cross_validate(*coded, n_folds=3)
    # Every text holds two words that only its own frame has.
    assert found.accuracy == found.high == 1.0
    assert found.codings["predicted"].tolist() == coded[1]
    assert found.codings["probability"].between(0, 1).all()
    assert found.by_label[["label", "n", "f1"]].to_numpy().tolist() == [["conflict", 30, 1.0], ["economy", 30, 1.0]]


def test_labels_dealt_out_by_chance_are_not_learned(coded):
    texts = [f"{text} {n}" for n, text in enumerate(coded[0])]
    labels = np.random.default_rng(5).permutation(coded[1]).tolist()
    found = fa.cross_validate(texts, labels, n_folds=3)
    assert found.low < 0.62  # a nested validation of noise stays near one half


def test_a_group_is_never_on_both_sides_of_a_fold(coded):
    groups = [str(n % 10) for n in range(60)]
    codings = fa.cross_validate(*coded, groups=groups, n_folds=3).codings.assign(group=groups)
    assert (codings.groupby("group")["fold"].nunique() == 1).all()


def test_the_words_that_decide(coded):
    words = fa.deciding_words(*coded, n=4)
    top = words[words["rank"] <= 2].groupby("label")["term"].apply(" ".join)
    assert any(word in top["economy"] for word in WORDS["economy"])
    assert any(word in top["conflict"] for word in WORDS["conflict"])


def test_too_few_texts_of_a_label_are_named():
    with pytest.raises(fa.FramingError, match=r"too few texts for 5 folds: 'rare' \(1\)"):
        fa.cross_validate(["a", "b", "c", "d", "e", "f"], ["x"] * 5 + ["rare"])
    with pytest.raises(fa.FramingError, match="2 texts and 1 labels"):
        fa.cross_validate(["a", "b"], ["x"])
