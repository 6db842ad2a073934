"""Panels, rows and periods: their order, their names, their room."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES

import analysis as fa
from analysis.charts.panels import Rows, every_period, figure_of, name_periods, panels, row_panels, rows_of

TABLE = pd.DataFrame(
    {"outlet": ["Mail", "Post", "Mail", "Post"], "zone": ["body", "body", "lead", "lead"], "n_articles": [10, 3, 12, 3]}
)


@pytest.mark.parametrize(
    ("n_panels", "expected"),
    # By hand: three columns, or two where that leaves no gap; lines and columns.
    [(1, (1, 1)), (2, (1, 2)), (3, (1, 3)), (4, (2, 2)), (5, (2, 3)), (6, (2, 3)), (7, (3, 3))],
)
def test_the_number_of_panels_says_how_they_stand(n_panels, expected):
    made = panels(range(n_panels), height=1, note=[])
    grid = made.first.get_gridspec()
    assert (grid.nrows, grid.ncols) == expected
    assert [axes.get_visible() for axes in made.figure.axes] == [True] * n_panels + [False] * (
        expected[0] * expected[1] - n_panels
    )


def test_the_panel_above_an_empty_place_has_labels_at_its_axis():
    made = panels("abcde", height=1, note=[])
    # By hand: five panels in lines of three; the third stands above the empty place.
    labelled = [any(label.get_visible() for label in axes.get_xticklabels()) for axes in made.axes]
    assert labelled == [False, False, True, True, True]


def test_panels_are_named_and_get_the_rows_of_their_value():
    made = panels(TABLE["zone"].drop_duplicates(), height=1, note=["a", "b"])
    parts = [(axes.get_title(), part["n_articles"].tolist()) for axes, part in made.parts(TABLE, "zone")]
    assert parts == [("body", [10, 3]), ("lead", [12, 3])]
    assert made.figure.get_supxlabel() == "a\nb"
    assert panels([None], height=1, note=[]).first.get_title() == ""


def test_without_a_panel_there_is_nothing_to_draw():
    with pytest.raises(fa.SchemaError, match=r"^the table has no row, so there is nothing to draw; is there a hit"):
        panels([], height=1, note=[])


def test_rows_are_named_with_what_lies_behind_them_in_the_order_of_the_table():
    assert rows_of(TABLE[::-1], "outlet") == Rows("outlet", ["Post", "Mail"], ["Post (n = 3)", "Mail (n = 10 to 12)"])


def test_rows_keep_a_value_without_a_name_and_leave_out_categories_without_a_row():
    table = TABLE.assign(outlet=pd.Categorical(["Post", "Mail", "Post", None], categories=["Mail", "None", "Post"]))
    rows = rows_of(table, "outlet")
    assert rows.names[:2] == ["Post", "Mail"]
    assert rows.labels == ["Post (n = 10 to 12)", "Mail (n = 3)", "nan (n = 3)"]


def test_cells_stand_at_their_rows_and_lines_of_a_row_an_equal_way_round_its_middle():
    rows = rows_of(TABLE, "outlet", n_lines=3)
    first, second, third = (rows.places(TABLE, line=line) for line in range(3))
    np.testing.assert_array_equal(second, [0, 1, 0, 1])
    np.testing.assert_allclose(first - second, second - third)
    assert (first < second).all()
    # Lines of two rows do not run into one another.
    assert third[0] - first[0] < 1
    np.testing.assert_array_equal(rows_of(TABLE, "outlet").places(TABLE), [0, 1, 0, 1])


def test_every_panel_of_rows_has_the_first_on_top():
    rows = rows_of(TABLE, "outlet")
    made = row_panels(["body", "lead"], rows, note=[])
    for axes in made.axes:
        assert axes.get_ylim() == (1.5, -0.5)
    assert [label.get_text() for label in made.first.get_yticklabels()] == rows.labels


def test_more_rows_and_more_lines_of_the_note_make_a_figure_higher():
    heights = [figure_of(height, note).get_figheight() for height, note in ((1, []), (1, ["a", "b"]), (2, []))]
    assert heights[0] < heights[1] < heights[2]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2025-11", "2026-02"], ["2025-11", "2025-12", "2026-01", "2026-02"]),
        (["2012", "2010"], ["2010", "2011", "2012"]),
    ],
)
def test_time_has_every_period_from_the_first_to_the_last(periods, expected):
    assert every_period(pd.Series(periods)) == expected


def test_of_many_periods_some_are_named():
    made = panels([None], height=1, note=[])
    name_periods(made.first, [str(year) for year in range(2010, 2020)], most=4)
    assert [label.get_text() for label in made.first.get_xticklabels()] == ["2010", "2013", "2016", "2019"]


def test_the_charts_are_there_and_matplotlib_waits_until_one_is_used():
    code = (
        "import sys; import analysis as fa; names = dir(fa.charts); assert 'rate_dots' in names; "
        "assert 'matplotlib' not in sys.modules; fa.charts.rate_dots; assert 'matplotlib' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_chart_is_a_function_also_where_its_module_of_the_same_name_was_imported():
    from analysis.charts.voice_chart import voice_chart

    assert fa.charts.voice_chart is voice_chart


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_panels_of_every_chart_keep_their_room(case):
    figure = case.draw()
    figure.draw_without_rendering()  # lays out; a layout that fails warns, which is an error in tests
    extents = [axes.get_window_extent() for axes in figure.axes if axes.get_visible()]
    assert min(extent.width for extent in extents) / figure.dpi > 0.8  # inches
    assert min(extent.height for extent in extents) / figure.dpi > 0.3
    rows = {round(extent.y0): 0.0 for extent in extents}
    for extent in extents:
        rows[round(extent.y0)] += extent.width
    assert max(rows.values()) / figure.bbox.width > 0.5
