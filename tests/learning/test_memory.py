"""Training says what it needs of memory before it starts, where that is much."""

import logging

from analysis.learning import classifier, memory


class Words:
    def __init__(self, n: int) -> None:
        self.n = n

    def __len__(self) -> int:
        return self.n


def test_what_a_large_corpus_takes_is_said(caplog):
    memory.tell_of_memory("train_vectors(tokens)", Words(100_000_000))
    # By hand: 100,000,000 words of 40 bytes are 4 GB.
    assert "all 100,000,000 words at once, which takes about 4.0 GB" in caplog.text


def test_of_a_small_corpus_nothing_is_said(caplog):
    with caplog.at_level(logging.WARNING):
        memory.tell_of_memory("train_vectors(tokens)", Words(1_000_000))
    assert caplog.text == ""


def test_what_many_texts_take_is_said_before_a_classifier_is_trained(caplog, monkeypatch):
    # By hand: 6 texts of 2,000,000 characters at 130 bytes are 1.56 GB. What trains is left out.
    monkeypatch.setattr(classifier, "_trained", lambda *_: None)
    classifier.train_classifier(["weak " + "a" * 1_999_995] * 6, ["a", "b"] * 3)
    assert (
        "train_classifier(texts, labels): weighs all terms of 6 texts at once, which takes about 1.6 GB" in caplog.text
    )
    caplog.clear()
    classifier.train_classifier(["weak"] * 6, ["a", "b"] * 3)
    assert caplog.text == ""
