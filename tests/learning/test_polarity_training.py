"""Training a model of polarity on invented sentences whose light can be told by one word."""

import numpy as np
import pandas as pd
import pytest
from learning.test_polarity import hits_of, texts, with_valence

import analysis as fa
from analysis.learning.vectors import Vectors

WORDS = {"negative": ["stumbles", "lies"], "neutral": ["travels", "waits"], "positive": ["shines", "triumphs"]}


@pytest.fixture(scope="module")
def coded() -> tuple[fa.Tokens, pd.DataFrame]:
    rows = [(label, word, n) for label, words in WORDS.items() for word in words for n in range(6)]
    tokens = texts(*(f"In town {n} Minister Hurd {word} again." for _, word, n in rows))
    mentions = pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"],
            "field": "body",
            "start": [len(f"In town {n} Minister ") for _, _, n in rows],
            "target": "Hurd",
            "label": [label for label, _, _ in rows],
        }
    )
    return tokens, mentions.assign(end=mentions["start"] + len("Hurd"))


def test_what_one_word_tells_is_learned_for_unseen_names(coded):
    tokens, mentions = coded
    model = fa.learn.train_polarity(tokens, mentions, hits=hits_of(tokens))
    assert model.origin["macro_f1_folds"] == 1  # every sentence holds a word that only its own label has
    unseen = texts("Then Vale lies.", "Then Vale waits.", "Then Vale triumphs.")
    found = fa.learn.polarity(unseen, {"Vale": ["vale"]}, model, hits=hits_of(unseen))
    assert found["label"].tolist() == ["negative", "neutral", "positive"]
    assert "lies" in found["reasons"].iloc[0]
    strongest = model.strongest(4)
    assert strongest["label"].value_counts().tolist() == [4, 4, 4]
    assert strongest.query("label == 'negative'")["term"].str.contains("stumbles|lies").all()


def test_vectors_give_weights_to_words_that_no_coded_sentence_holds(coded):
    tokens, mentions = coded
    directions = np.eye(3, dtype=np.float32)
    words = [*(word for pair in WORDS.values() for word in pair), "blunders", "soars"]
    vectors = Vectors(words, np.vstack([np.repeat(directions, 2, axis=0), directions[[0, 2]]]), {"vectors": "by hand"})
    model = fa.learn.train_polarity(tokens, mentions, hits=hits_of(tokens), vectors=vectors)
    unseen = texts("Then Vale blunders.", "Then Vale soars.")
    found = fa.learn.polarity(unseen, {"Vale": ["vale"]}, model, hits=hits_of(unseen))
    assert found["label"].tolist() == ["negative", "positive"]


def test_the_same_data_and_seed_give_the_same_bytes(coded, tmp_path):
    tokens, mentions = coded
    for name in ("one.json", "two.json"):
        fa.learn.train_polarity(tokens, mentions, hits=hits_of(tokens), seed=4).save(tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_codings_that_cannot_be_learned_from_are_refused(coded):
    tokens, mentions = coded
    hits = hits_of(tokens)
    for wrong, message in (
        (mentions.drop(columns="label"), "no column 'label'"),
        (mentions.assign(label="good"), "row 0 has the label 'good'"),
        (mentions.assign(label=mentions["label"].where(mentions.index > 0)), "row 0 has the label nan"),
        (mentions[mentions["label"] != "neutral"], r"needs at least 5 groups, found are neutral \(0\)"),
    ):
        with pytest.raises(fa.FramingError, match=message):
            fa.learn.train_polarity(tokens, wrong, hits=hits)
    with pytest.raises(fa.FramingError, match="36 mentions and 1 groups"):
        fa.learn.train_polarity(tokens, mentions, hits=hits, groups=["a"])


def test_the_model_says_which_lexicon_it_fits(coded):
    tokens, mentions = coded
    origin = fa.learn.train_polarity(tokens, mentions, hits=hits_of(tokens)).origin
    assert (origin["lexicon"], origin["lexicon_hash"], origin["n_coded"]) == ("small", with_valence().hash, 36)
