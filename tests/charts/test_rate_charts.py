"""What the charts of rates draw: read from the figure's artists, against the table that was given."""

import numpy as np
import pandas as pd

from analysis.charts import rate_series


def series_table(counts: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": list(counts),
            "category": "weakness",
            "n_articles": list(counts.values()),
            "rate_per_1000": [float(n) for n in range(1, len(counts) + 1)],
            "rate_low": 0.5,
            "rate_high": 9.0,
        }
    )


def drawn(table: pd.DataFrame) -> np.ndarray:
    figure = rate_series(table, time="period", panel="category")
    return np.asarray(figure.axes[0].lines[0].get_ydata(), float)


def test_a_month_without_articles_is_a_gap_and_not_a_line():
    # By hand: March has no row, so the third of four places is empty.
    heights = drawn(series_table({"2025-01": 4, "2025-02": 4, "2025-04": 4}))
    np.testing.assert_array_equal(heights, [1, 2, np.nan, 3])


def test_periods_with_too_few_articles_are_not_drawn_and_the_label_says_so():
    # By hand: 2001 has one article, fewer than three, so time begins in 2010.
    table = series_table({"2001": 1, "2010": 1200, "2011": 30})
    np.testing.assert_array_equal(drawn(table), [2, 3])
    label = rate_series(table, time="period", panel="category").get_supxlabel()
    assert "30 to 1,200 articles a point, 1,230 in all; 1 with fewer than 3 not drawn" in label


def test_where_the_panels_are_outlets_the_label_counts_the_articles_of_each():
    table = pd.concat(
        [series_table({"2010": 40, "2011": 30}), series_table({"2010": 200, "2011": 5}).assign(category="b")]
    )
    assert "; 5 to 200 articles a point" in rate_series(table, time="period", panel="category").get_supxlabel()


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
    assert [int(np.isfinite(each).sum()) for each in points] == [1, 2]
    assert "1 with fewer than 3 not drawn" in figure.get_supxlabel()
