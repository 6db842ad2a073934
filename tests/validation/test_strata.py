"""Which units there are, and the stratum of each."""

import numpy as np

import analysis as fa
from analysis.validation.strata import (
    cells_of_hits,
    rarest_cells,
    screened_places,
    strata_of,
    units_of,
)

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "threat": ["crisis"]})


def test_units_are_numbered_in_the_order_of_the_ids_and_found_again(encode):
    # By hand: article b has 2 sentences and c 1 (its headline), a has none; in the order of the ids they are a, b, c.
    tokens = encode(article_id=["c", "a", "b"], headline=["One.", "", ""], body=["", "", "Two. Three."])
    units = units_of(tokens, "sentence")
    assert units.n == 3
    assert units.numbers(np.array([0, 1, 2])).tolist() == [2, 0, 1]
    assert units.places(np.array([0, 1, 2])).tolist() == [1, 2, 0]


def test_an_article_without_a_word_is_no_unit(encode):
    tokens = encode(article_id=["c", "a", "b"], body=["Word.", "…", "Word."])
    units = units_of(tokens, "article")
    assert units.n == 2
    assert units.places(np.arange(2)).tolist() == [2, 0]
    assert units.numbers(np.array([2, 0])).tolist() == [0, 1]


def test_a_unit_is_of_the_cell_that_fewest_units_have():
    # By hand: cell 0 is in units 1, 2, 3, cell 1 in units 2 and 3, cell 2 in units 3 and 4; 1 and 2 are equally rare, so the first counts.
    found, cells = rarest_cells(np.array([1, 2, 2, 3, 3, 3, 4]), np.array([0, 0, 1, 0, 1, 2, 2]), 3)
    assert found.tolist() == [1, 2, 3, 4]
    assert cells.tolist() == [0, 1, 1, 2]


def test_a_hit_twice_in_a_unit_makes_its_cell_no_more_frequent():
    # By hand: cell 1 has two hits in unit 7 and is still in one unit, as cell 0 is not.
    _, cells = rarest_cells(np.array([7, 7, 7, 8]), np.array([1, 1, 0, 0]), 2)
    assert cells.tolist() == [1, 0]


def test_cells_are_named_by_the_values_and_missing_ones_too(encode):
    tokens = encode(outlet=["x", None], headline=["Weak crisis", ""], body=["", "A crisis."])
    hits = fa.find_hits(tokens, FRAMES)
    of_hit, names = cells_of_hits(hits, tokens, ["category", "zone", "outlet"])
    assert [names[cell] for cell in of_hit] == [
        "hits: weakness, headline, x",
        "hits: threat, headline, x",
        "hits: threat, lead, missing",
    ]
    assert names == sorted(names)
    assert cells_of_hits(hits, tokens, [])[1] == ["hits"]


def test_near_words_are_found_in_sentences_and_articles(encode):
    tokens = encode("Calm. Nervous talk.", "Calm.", "Talks go on. Nervous. Nervous talks.")
    assert sorted(set(screened_places(tokens, ["nervous"], "sentence").tolist())) == [1, 4, 5]
    assert sorted(set(screened_places(tokens, ["nervous talk*"], "article").tolist())) == [0, 2]
    assert not len(screened_places(tokens, [], "article"))


def test_hits_come_before_near_words_and_the_rest_is_all_else(encode):
    tokens = encode("Weak. Weak. Crisis. Nervous. Calm. Calm.")
    units = units_of(tokens, "sentence")
    strata = strata_of(units, (np.array([0, 1, 2]), np.array([1, 1, 0]), ["hits: t", "hits: w"]), np.array([3]), 4)
    assert strata.names == ["hits: t", "hits: w", "screened", "rest"]
    assert strata.of_unit.tolist() == [1, 1, 0, 2, 3, 3]
    assert strata.sizes.tolist() == [1, 2, 1, 2]


def test_cells_that_are_too_many_become_one_stratum_of_the_rarest(encode):
    # By hand: six units of hits for cells of 4, 3, 2 and 2 units. Two a cell would be 8, more than 6; two thirds of 6 are enough for the two
    # largest, and the others are one.
    units = units_of(encode("Word. " * 12), "sentence")
    cells = np.repeat([0, 1, 2, 3], [2, 4, 2, 3])
    strata = strata_of(units, (np.arange(11), cells, ["a", "b", "c", "d"]), np.zeros(0, np.int64), 6)
    assert dict(zip(strata.names, strata.sizes.tolist(), strict=True)) == {
        "b": 4,
        "d": 3,
        "hits, rare cells": 4,
        "rest": 1,
    }


def test_with_room_for_one_stratum_all_hits_are_one(encode):
    units = units_of(encode("Word. " * 5), "sentence")
    strata = strata_of(units, (np.arange(4), np.array([0, 1, 0, 1]), ["a", "b"]), np.zeros(0, np.int64), 2)
    assert strata.names == ["hits", "rest"]
