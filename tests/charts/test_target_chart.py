"""What the map of targets draws: read from the figure's artists, against the table that was given."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import analysis as fa
from analysis.charts.target_chart import _SHADES, target_chart

COUNTS = {
    "Renn": (1, 0),
    "Kestria": (5, 2),
    "Hurd": (0, 3),
    "Nobody hit": (0, 0),
    "unresolved": (1, 1),
    "nobody": (40, 2000),
}


def table() -> pd.DataFrame:
    rows = [(name, category, n) for name, counts in COUNTS.items() for category, n in zip("ab", counts, strict=True)]
    made = pd.DataFrame(rows, columns=["target", "category", "n_hits"])
    return made.assign(rate_per_1000=made["n_hits"] / 4)  # 4,000 words


def cells(axes) -> list[list[str]]:
    columns = len(axes.get_xticks())
    texts = [text.get_text() for text in axes.texts]
    return [texts[start : start + columns] for start in range(0, len(texts), columns)]


def test_rows_are_sorted_and_what_has_no_target_stands_named_at_the_end():
    (axes,) = target_chart(table(), measure="n_hits").axes
    # By hand: sums of the rows; b has 2 + 3 + 1 + 2,000 hits and comes before a with 47. A target without a hit has no row.
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Kestria (n = 7)", "Hurd (n = 3)", "Renn (n = 1)", "unresolved, several possible (n = 2)",
        "nobody, no target found (n = 2,040)",
    ]  # fmt: skip
    assert [label.get_text() for label in axes.get_xticklabels()] == ["b (2,006)", "a (47)"]
    assert cells(axes) == [["2", "5"], ["3", "0"], ["0", "1"], ["1", "1"], ["2,000", "40"]]


def test_further_targets_are_one_row_and_the_shades_are_those_of_named_targets():
    figure = target_chart(table(), n_targets=1, measure="n_hits")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()][:2] == [
        "Kestria (n = 7)",
        "2 further targets (n = 4)",
    ]
    assert cells(axes)[1] == ["3", "1"]
    assert axes.collections[0].get_clim() == (0, 5)
    assert "darkest from 5" in figure.get_supxlabel()


def test_rates_stand_in_the_cells_when_asked_for():
    (axes,) = target_chart(table()).axes
    assert cells(axes) == [
        ["0.50", "1.25"],
        ["0.75", "0"],
        ["0", "0.25"],
        ["0.25", "0.25"],
        ["500", "10.00"],
    ]  # from a hundred on without decimals


def test_black_numbers_can_be_read_on_every_shade():
    for share in np.linspace(0, 1, 101):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(_SHADES(share))]
        contrast = (float(np.dot(linear, [0.2126, 0.7152, 0.0722])) + 0.05) / 0.05
        assert contrast >= 7  # WCAG 2.2, success criterion 1.4.6


def test_shades_get_darker_in_greyscale():
    greys = [np.dot(_SHADES(share)[:3], [0.299, 0.587, 0.114]) for share in np.linspace(0, 1, 101)]
    assert all(np.diff(greys) < 0)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"n_targets": 0}, "target_chart: n_targets=0; give a number from 1"),
        ({}, {"measure": "n"}, "target_chart: measure 'n' is not known; choose n_hits or rate_per_1000"),
        ({"n_hits": 0}, {}, "target_chart: the table has no hit; were the hits found with targets=?"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change, options, message):
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"):
        target_chart(table().assign(**change), **options)
