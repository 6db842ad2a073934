"""What coders differ on, with its text, and what is decided then."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES

CODED = pd.DataFrame(
    [
        ("A", "u1", "frame", "war", ""), ("B", "u1", "frame", "war", ""),
        ("A", "u2", "frame", "war", ""), ("B", "u2", "frame", "none", "a film title?"),
        ("A", "u3", "frame", "peace", "sure"), ("B", "u3", "frame", "war", "not sure"),
        ("A", "u4", "frame", "war", ""), ("A", "u2", "tone", "1", ""), ("B", "u2", "tone", "1", ""),
    ],
    columns=["coder", "item", "variable", "value", "comment"],
)  # fmt: skip
PLACES = pd.DataFrame(
    {
        "item": ["u1", "u2", "u3", "u4"],
        "article_id": ["a1", "a1", "a2", "a2"],
        "field": "body",
        "start": [2, 15, 4, 0],
        "end": [5, 18, 7, 3],
    }
)


def test_items_that_differ_and_no_others():
    found = TABLES["DISAGREEMENTS"].check(fa.validate.disagreements(CODED))
    assert found[["item", "codes", "comments"]].to_numpy().tolist() == [
        ["u2", "A: war; B: none", "B: a film title?"], ["u3", "A: peace; B: war", "A: sure; B: not sure"],
    ]  # fmt: skip


def test_the_text_stands_beside_it(encode):
    tokens = encode(body=["A war is not a war.", "The war ended."])
    found = fa.validate.disagreements(CODED.merge(PLACES, on="item"), tokens, width=8)
    lines = [[part.strip() for part in line] for line in found[["left", "match", "right"]].to_numpy().tolist()]
    assert lines == [["s not a", "war", "."], ["The", "war", "ended."]]


def test_an_article_has_no_passage(encode):
    tokens = encode(body=["A war.", "The war ended."])
    whole = PLACES.assign(field="", start=0, end=0)
    found = fa.validate.disagreements(CODED.merge(whole, on="item"), tokens)
    assert set(found["match"]) == {""} and found["article_id"].tolist() == ["a1", "a2"]


def test_places_that_are_not_known_are_named(encode):
    with pytest.raises(fa.SchemaError, match="do not say 'article_id', 'field', 'start', 'end' of each item"):
        fa.validate.disagreements(CODED, encode("A war."))


def test_what_is_decided_is_left_out_and_a_filled_table_is_codings():
    to_decide = fa.validate.disagreements(CODED)
    decided = to_decide[to_decide["item"] == "u2"].assign(value="none")
    both = pd.concat([CODED.assign(kind="person"), decided])
    assert fa.validate.disagreements(both)["item"].tolist() == ["u3"]
    assert len(fa.agreement(both, resampling=fa.Resampling(n_draws=100))) == 10  # people alone, of both variables
    against = fa.validate.disagreements(both, kinds=["person", "adjudicated"])
    assert against.loc[0, "codes"] == "A: war; B: none; adjudicated: none"


def test_equal_sets_in_another_order_are_no_disagreement():
    sets = pd.DataFrame({"coder": ["A", "B"], "item": "u1", "variable": "frames", "value": ["war;peace", "peace; war"]})
    assert fa.validate.disagreements(sets).empty
