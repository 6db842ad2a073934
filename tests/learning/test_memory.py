"""Training says what it needs of memory before it starts, where that is much."""

import logging

from analysis.learning import memory


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
