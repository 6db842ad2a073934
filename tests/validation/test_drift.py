"""Agreement block by block, in the order of the work."""

import pandas as pd
import pytest

import analysis as fa
from analysis.core.schema import TABLES

FAST = fa.Resampling(n_draws=100)


def in_order(**coders):
    """Return codings in the order of coding: a text of values by coder."""
    rows = [
        (coder, f"u{20 - place}", "frame", value, place)
        for coder, values in coders.items()
        for place, value in enumerate(values.split(), start=1)
    ]
    return pd.DataFrame(rows, columns=["coder", "item", "variable", "value", "place"])


CODED = in_order(A="war war peace war war peace war war", B="war war peace war peace war peace peace")


def percent(table):
    return table[table["coefficient"] == "percent_agreement"]


def test_blocks_follow_the_places_and_not_the_names():
    found = TABLES["DRIFT"].check(fa.validate.drift(CODED, n_blocks=2, resampling=FAST))
    # By hand: the first four agree, of the other four none.
    assert percent(found)[["block", "first_place", "last_place", "estimate"]].to_numpy().tolist() == [
        [1, 1, 4, 1],
        [2, 5, 8, 0],
    ]
    assert found.attrs["n_blocks"] == 2


def test_blocks_that_do_not_come_out_even_differ_by_one_item():
    found = percent(fa.validate.drift(CODED, n_blocks=3, resampling=FAST))
    assert found["n_items"].tolist() == [3, 3, 2]


def test_the_place_of_an_item_is_the_mean_of_its_places():
    # B coded backwards: all means are 4.5, and the order is that of the items' names.
    backwards = CODED.assign(place=[*range(1, 9), *range(8, 0, -1)])
    found = percent(fa.validate.drift(backwards, n_blocks=2, resampling=FAST))
    assert set(found["first_place"]) == set(found["last_place"]) == {4.5}
    assert found["estimate"].tolist() == [0, 1]


def test_what_one_coder_alone_coded_is_in_no_block():
    more = pd.concat(
        [
            CODED,
            pd.DataFrame({"coder": "A", "item": ["v1", "v2"], "variable": "frame", "value": "war", "place": [9, 10]}),
        ]
    )
    assert percent(fa.validate.drift(more, n_blocks=2, resampling=FAST))["last_place"].tolist() == [4, 8]


def test_by_value_and_pair():
    three = pd.concat([CODED, CODED[CODED["coder"] == "A"].assign(coder="C")])
    found = TABLES["DRIFT"].check(fa.validate.drift(three, n_blocks=2, by=["value", "pair"], resampling=FAST))
    assert len(percent(found)) == 2 * 2 * 3


def test_no_places_and_too_many_blocks_are_refused():
    with pytest.raises(fa.SchemaError, match="no column 'place'"):
        fa.validate.drift(CODED.drop(columns="place"))
    for wrong in (1, 9):
        with pytest.raises(fa.SchemaError, match=f"n_blocks={wrong} of 8 items"):
            fa.validate.drift(CODED, n_blocks=wrong)
