"""The target of a hit is marked where its sentence names it."""

import pandas as pd
import pytest

import analysis as fa
from analysis.reports.passages import place_in_sentence, placed_hits
from analysis.reports.target_mentions import target_mentions

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"]})
TARGETS = fa.extend.lexicon_from_mapping({"Mayor Vale": ["Vale"], "Council": ["the council"]})


def marked(encode, body, targets=TARGETS):
    tokens = encode(body)
    placed = placed_hits(tokens, fa.find_hits(tokens, FRAMES, targets=targets))
    found = target_mentions(tokens, placed, targets)
    begins, ends = (place_in_sentence(tokens, placed, found[side].to_numpy()) for side in ("start", "end"))
    spans = zip(placed["sentence_text"], begins, ends, found["start"], strict=True)
    return [text[begin:end] if start >= 0 else None for text, begin, end, start in spans]


def test_the_mention_in_the_sentence_is_found(encode):
    assert marked(encode, "It rained. Then Vale was weak.") == ["Vale"]
    assert marked(encode, "First line.\r\nThe\r\ncouncil was weak.") == ["The council"]  # as the sentence is printed


def test_the_nearest_of_several_mentions_is_taken(encode):
    tokens = encode("Vale came late. Vale said that Vale was weak.")
    placed = placed_hits(tokens, fa.find_hits(tokens, FRAMES, targets=TARGETS))
    assert placed["target"].tolist() == ["Mayor Vale"]
    # By hand: "Vale came late. " has 16 characters, "Vale said that " 15.
    assert target_mentions(tokens, placed, TARGETS).to_numpy().tolist() == [[31, 35]]


@pytest.mark.parametrize("body", ["The weather was weak.", "Vale rose. He was weak."])
def test_a_sentence_that_does_not_name_it_has_none(encode, body):
    assert marked(encode, body) == [None]


def test_without_targets_or_hits_there_is_none(encode):
    tokens = encode("Vale was weak.")
    placed = placed_hits(tokens, fa.find_hits(tokens, FRAMES))
    assert target_mentions(tokens, placed, None).to_numpy().tolist() == [[-1, -1]]
    assert target_mentions(tokens, placed.iloc[:0], TARGETS).empty


def test_a_table_of_mentions_serves_as_well(encode):
    table = pd.DataFrame({"article_id": ["a1"], "field": ["body"], "start": [0], "end": [4], "target": ["X"]})
    assert marked(encode, "Vale was weak.", table) == ["Vale"]
