"""Charts for one column of print and for slides: whole, in type that can be read, and without a text over another."""

import re

import pandas as pd
import pytest
from chart_cases import CASES

import analysis as fa
from analysis.charts.labels import texts_of
from analysis.charts.panels import row_label
from analysis.charts.room import wrapped
from analysis.charts.style import style

by_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
TOLERANCE = 0.02  # inches, within the white margin


def sizes_of_type(figure):
    return {float(text.get_fontsize()) for text in texts_of(figure)}


def beyond(figure):
    """Return by how many inches what is drawn goes beyond the figure at its worst side."""
    with style():
        figure.draw_without_rendering()
        box = figure.get_tightbbox(figure._get_renderer())
    width, height = figure.get_size_inches()
    return max(-box.x0, -box.y0, box.x1 - width, box.y1 - height)


@by_case
def test_every_chart_is_whole_in_one_column_in_type_of_six_points(case):
    with fa.charts.figure_size("single"):
        figure = case.draw()
    assert figure.get_figwidth() == pytest.approx(3.4)
    assert min(sizes_of_type(figure)) >= 6 - 1e-9
    assert beyond(figure) < TOLERANCE


@by_case
def test_every_chart_fills_a_slide_in_larger_type(case):
    with fa.charts.figure_size("slides"):
        figure = case.draw()
    # By hand: 16:9 of PowerPoint's wide slide.
    assert figure.get_size_inches().tolist() == pytest.approx([40 / 3, 7.5])
    assert min(sizes_of_type(figure)) > max(sizes_of_type(case.draw()))
    assert beyond(figure) < TOLERANCE


RATE = {"n_articles": 12, "n_hits": 30, "rate_per_1000": 2.25, "rate_low": 1.1, "rate_high": 4.2, "reason": ""}
FRAMES = [f"economic_consequences_of_type_{number}" for number in range(12)]


def long_rates(column, names, frames):
    return pd.DataFrame([{column: name, "category": frame, **RATE} for name in names for frame in frames])


def with_long_names():
    outlets = [f"The Very Long Name of a Paper of News {number}" for number in range(6)]
    targets = [f"a_target_with_a_name_{number}" for number in range(8)]
    months = [f"2025-{month:02}" for month in range(1, 13)]
    return {
        "rate_dots": lambda: fa.charts.rate_dots(
            long_rates("outlet", outlets, FRAMES[:6]), row="outlet", panel="category"
        ),
        "rate_series": lambda: fa.charts.rate_series(
            long_rates("month", months, FRAMES[:6]), time="month", panel="category"
        ),
        "target_chart": lambda: fa.charts.target_chart(long_rates("target", targets, FRAMES)),
    }


@pytest.mark.parametrize("size", ["single", "double", "slides"])
@pytest.mark.parametrize("name", with_long_names())
def test_long_names_are_on_several_lines_and_not_cut(name, size):
    with fa.charts.figure_size(size):
        figure = with_long_names()[name]()
    assert beyond(figure) < TOLERANCE


def test_names_of_panels_do_not_cover_one_another():
    for size in ("single", "double", "slides"):
        with fa.charts.figure_size(size):
            figure = with_long_names()["rate_dots"]()
        with style():
            figure.draw_without_rendering()
            titles = [axes.title if axes.title.get_text() else axes._left_title for axes in figure.axes]
            boxes = [title.get_window_extent() for title in titles]
        assert len(boxes) == 6
        assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])


def test_blocks_end_and_nest():
    table = long_rates("outlet", ["A"], ["weakness"])

    def width():
        return fa.charts.rate_dots(table, row="outlet", panel="category").get_figwidth()

    with fa.charts.figure_size("single"):
        with fa.charts.figure_size("double"):
            assert width() == pytest.approx(7.2)
        assert width() == pytest.approx(3.4)
    assert width() == pytest.approx(7.2)


def test_marks_and_lines_grow_with_the_type():
    table = long_rates("outlet", ["A"], ["weakness"])
    plain = fa.charts.rate_dots(table, row="outlet", panel="category")
    with fa.charts.figure_size("slides"):
        large = fa.charts.rate_dots(table, row="outlet", panel="category")
    # By hand: a slide is laid out 3.75 inches high and finished at 7.5.
    for attribute in ("get_markersize", "get_linewidth", "get_markeredgewidth"):
        before, after = ([getattr(line, attribute)() for line in figure.axes[0].lines] for figure in (plain, large))
        assert after == pytest.approx([2 * value for value in before])


def test_an_unknown_size_is_refused():
    message = "figure_size: 'triple' is not known; choose single, double, slides"
    with pytest.raises(fa.SchemaError, match=f"^{re.escape(message)}$"), fa.charts.figure_size("triple"):
        pass


def test_only_words_and_brackets_go_to_the_next_line():
    name = "The Aldwick Courier of the Far North (n = 12)"
    with fa.charts.figure_size("single"):
        lines = row_label(name).split("\n")
        assert len(lines) > 1
        assert " ".join(lines) == name
        assert lines[-1].endswith("(n = 12)")
        assert wrapped("x" * 200, 100, 8) == "x" * 200
    assert row_label(name) == name
