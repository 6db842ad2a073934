"""The marks: where they stand and what tells them apart, read from the artists."""

import numpy as np
import pandas as pd
from chart_cases import bars_of
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.marks import (
    HOLLOW,
    RATE,
    Estimate,
    beside,
    columns_of,
    dots,
    estimates,
    in_percent,
    shaded_cells,
    upright_bars,
)

CELLS = pd.DataFrame({"rate_per_1000": [1.0, np.nan], "rate_low": [0.5, np.nan], "rate_high": [2.0, np.nan]})


def axes():
    return Figure().subplots()


def test_columns_of_an_estimate():
    assert columns_of("bias") == Estimate("bias", "bias_low", "bias_high")
    assert columns_of("raw_ratio", prefix="raw") == Estimate("raw_ratio", "raw_low", "raw_high")


def test_shares_in_per_cent_leave_the_table_as_it_was():
    table = pd.DataFrame({"share": [0.5], "share_low": [0.25], "share_high": [1.0], "n": [4]})
    assert in_percent(table).iloc[0].tolist() == [50, 25, 100, 4]
    assert table["share"].tolist() == [0.5]


def test_an_estimate_is_a_dot_on_its_bar_and_a_missing_one_is_not_drawn_at_0():
    drawn = axes()
    estimates(drawn, CELLS, RATE, [3, 7], face=HOLLOW, shape="s")
    (line,) = drawn.lines
    np.testing.assert_array_equal(line.get_xydata(), [[1, 3], [np.nan, 7]])
    assert (line.get_marker(), line.get_markerfacecolor()) == ("s", "white")
    segments = [segment.tolist() for segment in bars_of(drawn)[0].get_segments() if len(segment)]
    assert segments[0] == [[0.5, 3], [2, 3]]
    assert np.isnan(segments[1:]).any() or not segments[1:]


def test_upright_bars_stand_behind_the_dots():
    drawn = axes()
    upright_bars(drawn, CELLS.head(1), RATE, [4])
    dots(drawn, [4], [1])
    (bars,) = bars_of(drawn)
    assert bars.get_segments()[0].tolist() == [[4, 0.5], [4, 2]]
    assert bars.get_zorder() < drawn.lines[0].get_zorder()


def test_a_dot_at_the_edge_is_drawn_whole():
    drawn = axes()
    dots(drawn, [0], [0])
    assert not drawn.lines[0].get_clip_on()


def test_texts_stand_beside_their_marks_one_end_for_all_or_one_for_each():
    drawn = axes()
    beside(drawn, ["a", "b"], 0, [1, 2])
    beside(drawn, (text for text in ["c"]), pd.Series([5.0], index=[9]), pd.Series([3.0], index=[9]))
    assert [(text.get_text(), *map(float, text.xy)) for text in drawn.texts] == [("a", 0, 1), ("b", 0, 2), ("c", 5, 3)]


def test_a_map_has_the_first_row_on_top_and_the_darkest_shade_from_the_top_on():
    values = pd.DataFrame([[0, 2], [4, 1]])
    colors = values.map(lambda value: "red" if value else "grey")
    shades = LinearSegmentedColormap.from_list("made", ["white", "black"])
    drawn = axes()
    shaded_cells(drawn, values, values.astype("str"), colors=colors, shades=shades, top=2)
    assert [(text.get_text(), text.get_position(), text.get_color()) for text in drawn.texts] == [
        ("0", (0.5, 0.5), "grey"), ("2", (1.5, 0.5), "red"), ("4", (0.5, 1.5), "red"), ("1", (1.5, 1.5), "red"),
    ]  # fmt: skip
    assert drawn.get_ylim()[0] > drawn.get_ylim()[1]
    (cells,) = drawn.collections
    assert cells.get_array().tolist() == [[0, 2], [4, 1]]
    assert cells.get_clim() == (0, 2)


def test_where_there_is_no_dot_nothing_is_drawn():
    # A line without points that may stand beyond its panel made the layout shrink all panels to nothing.
    drawn = axes()
    dots(drawn, [], [])
    dots(drawn, [np.nan], [1])
    assert not drawn.lines
