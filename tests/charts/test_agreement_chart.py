"""What the map of agreement draws, and which tables it refuses."""

import pandas as pd
import pytest

import analysis as fa

PAIRS = pd.DataFrame(
    {"coders": ["A; B", "A; C", "B; C"], "estimate": [0.61, float("nan"), 0.87], "n_items": [40, 0, 38]}
)
PAIRS = PAIRS.assign(
    variable="frame", level="nominal", coefficient="gwet_ac1", population="sample", low=[0.4, None, 0.7]
)
PAIRS = PAIRS.assign(high=[0.7, None, 0.9]).astype({"low": "float64", "high": "float64"})


def test_each_pair_has_its_cell_and_what_is_not_defined_a_dash():
    (axes,) = fa.charts.agreement_matrix(PAIRS, coefficient="gwet_ac1").axes
    cells = {text.get_position(): text.get_text() for text in axes.texts if text.get_text()}
    assert cells == {
        (0.5, 0.5): "0.61\n0.40 to 0.70\nn = 40",
        (0.5, 1.5): "–\n\nn = 0",
        (1.5, 1.5): "0.87\n0.70 to 0.90\nn = 38",
    }


def test_other_tables_are_refused():
    with pytest.raises(fa.SchemaError, match="no row is of two coders"):
        fa.charts.agreement_matrix(PAIRS.assign(coders="A; B; C"), coefficient="gwet_ac1")
    with pytest.raises(fa.SchemaError, match="stands in several rows"):
        fa.charts.agreement_matrix(pd.concat([PAIRS, PAIRS.assign(variable="tone")]), coefficient="gwet_ac1")
    with pytest.raises(fa.SchemaError, match="coefficient='alpha'; known are krippendorff_alpha"):
        fa.charts.agreement_matrix(PAIRS, coefficient="alpha")
