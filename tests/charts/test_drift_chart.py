"""What the chart of drift draws, and which tables it refuses."""

import pandas as pd
import pytest
from matplotlib.collections import LineCollection

import analysis as fa

BLOCKS = pd.DataFrame(
    {
        "block": [1, 2, 3],
        "first_place": [1.0, 11.0, 21.5],
        "estimate": [0.8, float("nan"), 0.55],
        "low": [0.7, float("nan"), -0.1],
        "high": [0.9, float("nan"), 0.75],
        "n_items": [10, 10, 9],
    }
)
BLOCKS = BLOCKS.assign(variable="frame", coefficient="krippendorff_alpha", population="sample")


def drawn(table, **options):
    return fa.charts.drift_chart(table, **options).axes[0]


def test_points_bars_and_places_are_those_of_the_table():
    axes = drawn(BLOCKS)
    line = axes.lines[-1]
    assert line.get_xdata().tolist() == [1, 2, 3]
    assert line.get_ydata()[[0, 2]].tolist() == [0.8, 0.55]
    assert pd.isna(line.get_ydata()[1])  # a block without alpha is a gap, never 0
    bars = next(one for one in axes.collections if isinstance(one, LineCollection))
    assert [segment.tolist() for segment in bars.get_segments()] == [[[1, 0.7], [1, 0.9]], [], [[3, -0.1], [3, 0.75]]]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "11", "22"]
    assert axes.get_ylim() == (-0.1, 1.02)  # the lowest bar is seen to its end


def test_a_panel_for_each_variable_and_the_chosen_coefficient():
    other = BLOCKS.assign(variable="tone", estimate=0.3, low=0.2, high=0.4)
    percent = BLOCKS.assign(coefficient="percent_agreement", estimate=0.9, low=0.85, high=0.95)
    figure = fa.charts.drift_chart(pd.concat([BLOCKS, other, percent, percent.assign(population="corpus")]))
    assert sorted(axes.get_title(loc="left") for axes in figure.axes) == ["frame", "tone"]
    alone = drawn(pd.concat([BLOCKS, percent]), coefficient="percent_agreement")
    assert alone.lines[-1].get_ydata().tolist() == [0.9, 0.9, 0.9]


def test_the_note_says_coefficient_and_items():
    note = fa.charts.drift_chart(BLOCKS).get_supxlabel()
    assert "9 to 10 items a point" in note.replace("–", " to ")


def test_other_tables_are_refused():
    with pytest.raises(fa.SchemaError, match="no row has coefficient='gwet_ac1'; the table has krippendorff_alpha"):
        drawn(BLOCKS, coefficient="gwet_ac1")
    with pytest.raises(fa.SchemaError, match="a block stands in several rows"):
        drawn(pd.concat([BLOCKS, BLOCKS]))
