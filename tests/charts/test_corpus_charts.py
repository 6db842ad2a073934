"""What the charts of a corpus draw: read from the figure's artists, against the table that was given."""

import pandas as pd
from chart_cases import bars_of

from analysis.charts import count_series, length_dots


def test_count_series_of_a_corpus_without_dates_says_so():
    table = pd.DataFrame({"month": [], "outlet": [], "n_articles": pd.array([], dtype="int64")})
    (axes,) = count_series(table, time="month", panel="outlet").axes
    assert [text.get_text() for text in axes.texts] == ["no article has a date"]


def test_bars_are_articles_of_each_month_and_empty_months_stand_empty():
    table = pd.DataFrame(
        {"month": ["2025-01", "2025-03", "2025-03"], "outlet": ["A", "A", "B"], "n_articles": [2, 1, 4]}
    )
    # B has more articles and stands first.
    second, first = count_series(table, time="month", panel="outlet").axes
    # By hand: three months; A has 2 and 1 articles, B has 4, all in March.
    assert [bar.get_height() for bar in first.patches if bar.get_height() > 0] == [2, 1]
    assert [
        (round(bar.get_x() + bar.get_width() / 2), bar.get_height()) for bar in second.patches if bar.get_height() > 0
    ] == [(2, 4)]
    assert [axes.get_ylabel() for axes in (first, second)] == ["A (n = 3)", "B (n = 4)"]
    assert first.get_title(loc="left") == ""


def test_lengths_are_dots_on_the_range_of_the_middle_nine_tenths():
    table = pd.DataFrame({"outlet": ["A", "B"], "n_articles": [3, 4], "words_median": [20.0, 30.0]})
    (axes,) = length_dots(table.assign(words_low=[10.0, 15.0], words_high=[40.0, 45.0])).axes
    assert axes.lines[0].get_xydata().tolist() == [[20, 0], [30, 1]]
    bars = [segment.tolist() for lines in bars_of(axes) for segment in lines.get_segments()]
    assert bars == [[[10, 0], [40, 0]], [[15, 1], [45, 1]]]
