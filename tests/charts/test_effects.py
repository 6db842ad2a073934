"""Which panels are drawn, in which order, and what the note says of the rest."""

import numpy as np
import pandas as pd
import pytest

from analysis import charts
from analysis.charts.effects import largest


def rates(values: dict[str, list[float]]) -> pd.DataFrame:
    rows = [(f"Outlet {place}", name, value) for name, each in values.items() for place, value in enumerate(each)]
    table = pd.DataFrame(rows, columns=["outlet", "category", "rate_per_1000"])
    return table.assign(n_articles=9, rate_low=table["rate_per_1000"] / 2, rate_high=2 * table["rate_per_1000"])


def titles(figure):
    return [axes.get_title(loc="left").replace("\n", " ") for axes in figure.axes if axes.get_visible()]


def test_the_largest_effect_of_any_row_comes_first_and_equal_ones_keep_the_order_of_the_table():
    table = rates({"a": [1, 2], "b": [0, 5], "c": [2, 0], "d": [np.nan, np.nan]})
    # By hand: the highest of each are 2, 5, 2 and none.
    chosen = largest(table, "category", table["rate_per_1000"])
    assert (chosen.names, chosen.note) == (["b", "a", "c", "d"], [])
    pd.testing.assert_frame_equal(chosen.rows, table)


def test_what_is_not_drawn_is_said_and_its_rows_are_left_out():
    table = rates({name: [float(place)] for place, name in enumerate("abcdefgh")})
    chosen = largest(table, "category", table["rate_per_1000"], most=2)
    assert chosen.names == ["h", "g"]
    assert chosen.rows["category"].tolist() == ["g", "h"]
    assert chosen.note == ["2 of 8 categories; the rest stand in the table"]


@pytest.mark.parametrize("column", ["zone", "status", "voice"])
def test_what_has_an_order_of_its_own_keeps_it(column):
    table = rates({"a": [1], "b": [3], "c": [2]}).rename(columns={"category": column})
    assert largest(table, column, table["rate_per_1000"]).names == ["a", "b", "c"]


def test_an_index_with_the_same_number_twice_and_categorical_names_do_no_harm():
    table = pd.concat([rates({"a": [1]}), rates({"b": [3]})])
    table["category"] = pd.Categorical(table["category"], categories=["a", "b", "never"])
    assert largest(table, "category", table["rate_per_1000"]).names == ["b", "a"]


TWELVE = rates({f"frame {place:02}": [float(place), 1.0] for place in range(12)})
HIGHEST = [f"frame {place:02}" for place in range(11, 5, -1)]


def test_rates_draw_the_six_highest_and_the_axis_is_theirs():
    figure = charts.rate_dots(TWELVE, row="outlet", panel="category")
    assert titles(figure) == HIGHEST
    assert "6 of 12 categories; the rest stand in the table" in figure.get_supxlabel()
    assert len(TWELVE) == 24  # the table that is saved keeps the others


def test_a_rate_of_too_few_articles_brings_no_panel_forward():
    table = TWELVE.copy()
    table.loc[table["category"] == "frame 11", "n_articles"] = 1
    assert titles(charts.rate_dots(table, row="outlet", panel="category")) == [*HIGHEST[1:], "frame 05"]


def test_series_and_trends_draw_the_six_highest_too():
    table = TWELVE.assign(period=np.where(TWELVE["outlet"] == "Outlet 0", "2025-01", "2025-02"))
    figure = charts.rate_series(table, time="period", panel="category")
    assert titles(figure) == HIGHEST
    days = pd.to_datetime(table["period"])
    table = table.assign(period_start=days, period_middle=days + pd.Timedelta(days=15))
    figure = charts.trend_chart(table, panel="category")
    assert titles(figure) == HIGHEST
    assert "6 of 12 categories" in figure.get_supxlabel()


def test_differences_count_in_both_directions():
    table = pd.DataFrame({"focus": list("ABC"), "difference_per_1000": [1.0, -3.0, 2.0], "n_events": 5})
    table = table.assign(reference="R", category="threat", difference_low=-4.0, difference_high=4.0)
    assert titles(charts.difference_dots(table, panel="focus")) == ["B (n = 5)", "C (n = 5)", "A (n = 5)"]


def test_ratios_count_by_how_many_times_they_are_off_one():
    table = pd.DataFrame({"category": list("abc"), "adjusted_ratio": [1.5, 0.25, np.nan], "raw_ratio": [1.0, 1.0, 3.0]})
    for prefix in ("raw", "adjusted"):
        table = table.assign(**{f"{prefix}_low": 0.2, f"{prefix}_high": 5.0})
    table = table.assign(outlet="A", n_articles=9)
    table.attrs["reference"] = "R"
    figure = charts.adjusted_ratio_dots(table)
    # By hand: a quarter is four times off; without an adjusted ratio the raw one of three counts.
    assert titles(figure) == ["b", "c", "a"]
    assert "(log scale)" in figure.get_supxlabel()
    assert "same rate" in [text.get_text() for axes in figure.axes for text in axes.texts]


def test_axes_count_by_the_group_farthest_from_the_corpus():
    table = pd.DataFrame({"axis": ["x", "y"], "bias": [0.5, 0.1], "bias_corpus": [0.45, 0.3], "n_articles": 9})
    table = table.assign(outlet="A", negative=["weak", "bad"], positive=["strong", "good"], bias_low=0.0, bias_high=0.6)
    table.attrs["interval"] = "95% interval"
    assert titles(charts.axes_chart(table, row="outlet")) == ["← bad", "← weak"]  # by hand: 0.2 is farther than 0.05


def test_edits_draw_the_group_with_the_most_change_first():
    rates_of = pd.DataFrame({"outlet": ["A", "B"], "category": "threat", "n_hits_before": 5, "n_hits_after": [6, 9]})
    rates_of = rates_of.assign(rate_per_1000_before=1.0, rate_per_1000_after=2.0)
    entries = pd.DataFrame({"category": ["threat"], "n_gained": [5], "n_lost": [0]})
    assert titles(charts.effect_chart(rates_of, entries)) == ["B", "A"]
