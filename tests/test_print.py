"""Every chart as it is printed: texts cover neither one another nor another panel, are large enough and whole, marks differ in greyscale."""

import pytest
from chart_cases import CASES, chart_functions
from harder_tables import DRAWN, HARDER
from matplotlib.figure import Figure
from printed import LEAST_STEP, SMALLEST_TYPE, alike, cut, lightness, narrow, overlaps, printed_lines, strays, too_small

from analysis.charts.panels import figure_of
from analysis.charts.style import ACCENT, BAND, style

pytestmark = pytest.mark.slow  # lays out every chart with every table

DRAWINGS = {case.name: case.draw for case in CASES} | HARDER


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_figure_is_whole_and_legible_in_print(draw):
    # One drawing for all rules: laying a figure out takes most of the time.
    figure = draw()
    lines = printed_lines(figure)
    assert lines
    assert overlaps(lines) == []
    assert strays(figure) == []
    assert narrow(figure) == []
    assert too_small(lines) == []
    assert cut(lines, figure) == []
    assert alike(figure) == []


def test_every_chart_is_among_them():
    assert {name.partition("-")[0] for name in DRAWN} == {chart.__name__ for chart in chart_functions()}


def a_figure() -> Figure:
    with style():
        figure = figure_of(2, ["the unit", "the interval"])
        left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1], "o", color=ACCENT)
    right.plot([0, 1], [0, 1], "o", color=ACCENT)
    return figure


def test_a_good_figure_has_none_of_the_faults():
    figure = a_figure()
    lines = printed_lines(figure)
    assert {"the unit", "the interval"} <= {line.text for line in lines}
    assert not any([overlaps(lines), strays(figure), too_small(lines), cut(lines, figure), alike(figure)])


def test_texts_that_cover_one_another_are_found():
    figure = a_figure()
    figure.axes[0].set_title("a title that is so much longer than its panel that it runs on and on", loc="left")
    figure.axes[1].set_title("another one", loc="left")
    assert overlaps(printed_lines(figure)) == [
        ("a title that is so much longer than its panel that it runs on and on", "another one")
    ]


def test_slanted_texts_whose_upright_boxes_meet_do_not_overlap():
    figure = a_figure()
    for place in (0.4, 0.5):
        figure.axes[0].text(place, 0.1, "a slanted text", rotation=45, rotation_mode="anchor")
    assert overlaps(printed_lines(figure)) == []


def test_a_text_that_reaches_into_the_next_panel_is_found():
    figure = a_figure()
    text = figure.axes[0].annotate("a text beside the last mark", (1, 0.5))
    text.set_in_layout(False)  # otherwise the panel is squeezed to make room
    printed_lines(figure)
    assert strays(figure) == ["a text beside the last mark"]


def test_a_panel_that_a_text_leaves_no_room_is_found():
    figure = a_figure()
    figure.axes[0].annotate(
        "a text that takes most of the panel for itself beside the last mark", (1, 0.5), fontsize=12
    )
    printed_lines(figure)
    assert len(narrow(figure)) == 2  # side by side, both give way


def test_type_below_six_points_is_found():
    figure = a_figure()
    figure.axes[0].set_title("fine print", fontsize=SMALLEST_TYPE - 0.1)
    assert too_small(printed_lines(figure)) == [("fine print", SMALLEST_TYPE - 0.1)]


def test_a_text_over_the_edge_is_found():
    figure = a_figure()
    figure.text(0.99, 0.5, "cut")
    assert cut(printed_lines(figure), figure) == ["cut"]


def test_colours_of_one_lightness_are_found_where_nothing_else_parts_them():
    # By the formula of CIE 1976, ACCENT has L* 46.0 and this red 45.5.
    figure = a_figure()
    figure.axes[0].plot([0, 1], [1, 0], "o", color="#B5493B")
    assert alike(figure) == ["dot o: 45.5 and 46.0"]
    other = a_figure()
    other.axes[0].plot([0, 1], [1, 0], "s", color="#B5493B")
    assert alike(other) == []  # the shape parts them


def test_lines_bars_and_areas_are_compared_too():
    figure = a_figure()
    left, right = figure.axes
    left.plot([0, 1], [0, 1], color=ACCENT)
    left.hlines([0.5], 0, 1, color="#B5493B")
    right.bar([0, 1], [1, 1], color=[ACCENT, "#B5493B"])
    assert len(alike(figure)) == 2
    left.lines[-1].set_linestyle("--")
    assert len(alike(figure)) == 1


def test_a_mark_as_light_as_paper_is_found_unless_it_has_an_edge():
    figure = a_figure()
    figure.axes[0].plot([0.5], [0.5], "D", color="#F5F5F5")
    assert alike(figure) == ["dot D as light as paper"]
    figure.axes[0].lines[-1].set_markeredgecolor(ACCENT)
    assert alike(figure) == []


@pytest.mark.parametrize(
    ("colour", "expected"),
    # Black and white by definition; grey 119 is L* 50.03 by the formula of CIE 1976 (0.18447 of white, 116 · ∛0.18447 - 16).
    [("black", 0), ("white", 100), ("#777777", 50.03), ((0, 0, 0, 0), 100)],
)
def test_lightness(colour, expected):
    assert lightness(colour) == pytest.approx(expected, abs=0.01)


def test_bars_and_their_dots_differ_in_greyscale():
    assert lightness(BAND) - lightness(ACCENT) > LEAST_STEP
