"""What the charts of rates draw: read from the figure's artists, against the table that was given."""

import numpy as np
import pandas as pd
from chart_cases import bars_of

from analysis.charts import rate_dots, rate_series


def series_table(counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": list(counts),
            "category": "weakness",
            "n_articles": list(counts.values()),
            "rate_per_1000": [float(n) for n in range(1, len(counts) + 1)],
            "rate_low": 0.5,
            "rate_high": 6.0,
        }
    )


def drawn(table: pd.DataFrame) -> np.ndarray:
    figure = rate_series(table, time="period", panel="category")
    return np.asarray(figure.axes[0].lines[0].get_ydata(), float)


def test_a_month_without_articles_is_a_gap_and_not_a_line():
    # By hand: March has no row, so the third of four places is empty.
    heights = drawn(series_table({"2025-01": 5, "2025-02": 5, "2025-04": 5}))
    np.testing.assert_array_equal(heights, [1, 2, np.nan, 3])


def test_periods_with_too_few_articles_are_not_drawn_and_the_label_says_so():
    # By hand: 2001 has one article, fewer than five, so time begins in 2010.
    table = series_table({"2001": 1, "2010": 1200, "2011": 30})
    np.testing.assert_array_equal(drawn(table), [2, 3])
    label = rate_series(table, time="period", panel="category").get_supxlabel()
    assert "30 to 1,200 articles a point, 1,230 in all; 1 with fewer than 5 not drawn" in label


def test_where_the_panels_are_outlets_the_label_counts_the_articles_of_each():
    table = pd.concat(
        [series_table({"2010": 40, "2011": 30}), series_table({"2010": 200, "2011": 5}).assign(category="b")]
    )
    assert "5 to 200 articles a point" in rate_series(table, time="period", panel="category").get_supxlabel()


def test_the_panel_above_an_empty_one_has_labels_at_its_axis():
    table = pd.concat([series_table({"2010": 40, "2011": 30}).assign(category=name) for name in "abcde"])
    figure = rate_series(table, time="period", panel="category")
    # By hand: five panels in lines of three; the third stands above the empty place.
    labelled = [any(label.get_visible() for label in axes.get_xticklabels()) for axes in figure.axes[:5]]
    assert labelled == [False, False, True, True, True]


def test_a_point_of_too_few_articles_is_not_drawn_where_another_panel_has_more():
    table = pd.concat(
        [series_table({"2010": 40, "2011": 2}), series_table({"2010": 40, "2011": 30}).assign(category="b")]
    )
    figure = rate_series(table, time="period", panel="category")
    points = [axes.lines[0].get_ydata() for axes in figure.axes]
    # By hand: b has the higher rate of enough articles, 2, and stands first.
    assert [int(np.isfinite(each).sum()) for each in points] == [2, 1]
    assert "1 with fewer than 5 not drawn" in figure.get_supxlabel()


def dots_table(rows: list[tuple[str, int, float, float, float]]) -> pd.DataFrame:
    columns = ["outlet", "n_articles", "rate_per_1000", "rate_low", "rate_high"]
    return pd.DataFrame(rows, columns=columns).assign(category="weakness")


def test_too_few_articles_are_said_and_stretch_no_axis():
    # By hand: the highest estimate of five articles or more is 2, its bar goes to 4; that of one article, 90, is not drawn.
    figure = rate_dots(dots_table([("A", 8, 2, 1, 4), ("B", 1, 90, np.nan, np.nan)]), row="outlet", panel="category")
    (axes,) = figure.axes
    assert axes.get_xlim() == (0, 1.04 * 4)
    assert axes.lines[0].get_xydata().tolist() == [[2, 0]]
    assert [(text.get_text(), text.xy[1]) for text in axes.texts] == [("too few articles", 1)]


def test_the_fewest_articles_are_those_that_the_measure_was_asked_for():
    table = dots_table([("A", 8, 2, 1, 4), ("B", 2, 1, 0.5, 3)])
    table.attrs["min_articles"] = 2
    (axes,) = rate_dots(table, row="outlet", panel="category").axes
    assert axes.lines[0].get_xydata().tolist() == [[2, 0], [1, 1]]


def test_a_bar_far_longer_than_the_others_is_cut_with_an_arrow_and_the_note_says_so():
    table = dots_table([("A", 8, 2, 1, 4), ("B", 8, 0.5, 0.01, 30), ("C", 8, 0, 0, 1.5)])
    figure = rate_dots(table, row="outlet", panel="category")
    (axes,) = figure.axes
    assert axes.get_xlim() == (0, 1.04 * 4)  # by hand: 30 is more than three times 2
    arrow = axes.lines[-1]
    assert (arrow.get_marker(), arrow.get_xydata().tolist()) == (">", [[1.04 * 4, 1]])
    note = figure.get_supxlabel()
    assert "of 0: one-sided bound, Poisson times pooled dispersion; some bars go on beyond the edge" in note
    assert [0, 1.5] in [segment[:, 0].tolist() for lines in bars_of(axes) for segment in lines.get_segments()]


def test_ends_of_bars_stand_out_beside_their_dot():
    # Points: a dot is 4.2 high with an edge of 0.9; the mark at the end of its bar is the root of its area.
    (axes,) = rate_dots(dots_table([("A", 8, 2, 1.999, 2.001)]), row="outlet", panel="category").axes
    ends = [each for each in axes.collections if each not in bars_of(axes)]
    assert len(ends) == 2
    assert all(np.sqrt(each.get_sizes()[0]) > 4.2 + 0.9 for each in ends)
    assert all(each.get_zorder() > axes.lines[0].get_zorder() for each in ends)
