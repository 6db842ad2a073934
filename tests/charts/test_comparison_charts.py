"""What the charts of shares and differences draw: read from the figure's artists, against the table that was given."""

import pandas as pd
from chart_cases import bars_of

from analysis.charts import difference_dots, share_dots

DIFFERENCES = pd.DataFrame(
    {
        "category": ["weakness", "strength"] * 2,
        "focus": ["A", "A", "B", "B"],
        "reference": "C",
        "n_events": [5, 5, 7, 7],
        "difference_per_1000": [1.0, -2.0, 3.0, 0.0],
        "difference_low": [0.5, -3.0, 1.0, -1.0],
        "difference_high": [1.5, -1.0, 5.0, 1.0],
    }
)


def bars(axes) -> list[list[float]]:
    return [segment[:, 0].tolist() for lines in bars_of(axes) for segment in lines.get_segments()]


def test_differences_stand_on_their_intervals_beside_a_line_at_0():
    # The panel of B stands first, for its largest difference.
    second, first = difference_dots(DIFFERENCES, panel="focus").axes
    zero, dots = first.lines
    assert zero.get_xdata() == [0, 0]
    assert dots.get_xydata().tolist() == [[1, 0], [-2, 1]]
    assert bars(second) == [[1, 5], [-1, 1]]
    assert [axes.get_title(loc="left") for axes in (first, second)] == ["A (n = 5)", "B (n = 7)"]


def test_one_table_has_one_panel_without_a_title_and_n_in_the_note():
    figure = difference_dots(DIFFERENCES.head(2))
    (axes,) = figure.axes
    assert axes.get_title(loc="left") == ""
    assert "A less C" in figure.get_supxlabel()
    assert figure.get_supxlabel().endswith("n = 5 events")


def test_shares_are_per_cents_and_a_group_of_four_articles_is_named_and_not_drawn():
    table = pd.DataFrame({"outlet": ["A", "B"], "status": "supported", "n_articles": [5, 4], "n_frames": [8, 4]})
    figure = share_dots(table.assign(share=0.25, share_low=0.1, share_high=0.5), row="outlet", panel="status")
    (axes,) = figure.axes
    assert axes.lines[0].get_xydata().tolist() == [[25, 0]]
    assert bars(axes) == [[10, 50]]
    assert [(text.get_text(), text.xy[1]) for text in axes.texts] == [("too few articles", 1)]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["A (n = 8)", "B (n = 4)"]
