"""What the charts of raw and adjusted estimates draw: read from the figure's artists, against the table that was given."""

import numpy as np
import pandas as pd
import pytest
from chart_cases import bars_of

import analysis as fa
from analysis.charts.adjustment_chart import adjusted_ratio_dots, standardised_rate_dots


def rates() -> pd.DataFrame:
    table = pd.DataFrame(
        {"outlet": ["x", "y"] * 2, "category": ["weakness"] * 2 + ["strength"] * 2, "n_articles": [12, 9] * 2}
    )
    table["raw_rate_per_1000"] = [4.0, 2.0, 1.0, 0.5]
    table["standardised_rate_per_1000"] = [3.0, 2.5, 1.5, np.nan]
    for name in ("raw", "standardised"):
        table[f"{name}_low"] = table[f"{name}_rate_per_1000"] - 0.25
        table[f"{name}_high"] = table[f"{name}_rate_per_1000"] + 0.25
    table["share_of_words_covered"] = [0.8, 1.0] * 2
    table.attrs = {"standardised_by": "section"}
    return table


def ratios() -> pd.DataFrame:
    table = pd.DataFrame({"category": "weakness", "outlet": ["x", "y", "z"], "n_articles": [5, 6, 7]})
    table = table.assign(raw_ratio=[2.0, 1, 0.5], raw_low=[1.5, np.nan, 0.25], raw_high=[3.0, np.nan, 1])
    table = table.assign(
        adjusted_ratio=[4.0, 1, 0.25], adjusted_low=[0.01, np.nan, 0.2], adjusted_high=[900.0, np.nan, 0.5]
    )
    table.attrs = {"reference": "y", "adjusted_for": "section (2 values)", "errors": "robust (HC1)"}
    return table


def dots(axes) -> dict[str, list[tuple[float, float]]]:
    """Return the drawn dots by their faces."""
    found = {"hollow": axes.lines[0], "filled": axes.lines[1]}
    return {name: list(zip(*map(list, line.get_data()), strict=True)) for name, line in found.items()}


def test_raw_is_hollow_above_and_standardised_filled_below():
    axes = standardised_rate_dots(rates()).axes[0]
    assert axes.lines[0].get_markerfacecolor() == "white"
    assert axes.lines[1].get_markerfacecolor() != "white"
    drawn = dots(axes)
    assert [x for x, _ in drawn["hollow"]] == [4, 2]
    assert [x for x, _ in drawn["filled"]] == [3, 2.5]
    assert all(first[1] < second[1] for first, second in zip(drawn["hollow"], drawn["filled"], strict=True))


def test_bars_are_the_intervals_and_labels_name_group_and_number():
    figure = standardised_rate_dots(rates())
    axes = figure.axes[0]
    bars = [segment[:, 0].tolist() for bar in bars_of(axes) for segment in bar.get_segments()]
    assert bars == [[3.75, 4.25], [1.75, 2.25], [2.75, 3.25], [2.25, 2.75]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["x (n = 12)", "y (n = 9)"]
    assert [text.get_text() for text in axes.texts] == ["raw", "standardised"]
    assert "standardised by section (80% to 100% of a group's words covered)" in figure.get_supxlabel()


def test_an_estimate_that_is_missing_is_said_and_not_drawn_at_0():
    axes = standardised_rate_dots(rates()).axes[1]
    assert [text.get_text() for text in axes.texts] == ["standardised: no estimate"]
    assert np.isnan(dots(axes)["filled"][1][0])


def test_ratios_stand_without_their_reference_on_a_logarithmic_scale():
    figure = adjusted_ratio_dots(ratios())
    axes = figure.axes[0]
    assert axes.get_xscale() == "log"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["x (n = 5)", "z (n = 7)"]
    assert [x for x, _ in dots(axes)["hollow"]] == [2, 0.5]
    assert "times the rate of y (log scale), adjusted for section (2 values)" in figure.get_supxlabel()
    assert "errors robust (HC1)" in figure.get_supxlabel()


def test_bars_that_leave_the_axis_have_an_arrow_at_its_edge():
    # By hand: of the bars only that from 1/100 to 900 goes beyond 1/32 and 32.
    arrows = [line for line in adjusted_ratio_dots(ratios()).axes[0].lines if line.get_marker() in "<>"]
    assert [(line.get_marker(), float(line.get_xdata()[0])) for line in arrows] == [("<", 1 / 32), (">", 32)]


def test_an_estimate_beyond_the_axis_is_an_arrow_and_no_dot_in_another_panel():
    # By hand: 100 is beyond 32, and without an interval there is no bar that would have an arrow.
    table = ratios()
    table.loc[0, ["raw_ratio", "raw_low", "raw_high"]] = [100, np.nan, np.nan]
    axes = adjusted_ratio_dots(table).axes[0]
    assert np.isnan(dots(axes)["hollow"][0][0])
    arrows = [line for line in axes.lines if line.get_marker() in "<>"]
    assert [(line.get_marker(), *line.get_xydata()[0].round(2)) for line in arrows if line.get_ydata()[0] < 0] == [
        (">", 32, -0.18)
    ]
    assert not [text for text in axes.texts if "no estimate" in text.get_text()]


def test_figures_are_laid_out_without_a_warning(tmp_path):
    standardised_rate_dots(rates()).savefig(tmp_path / "rates.png")
    adjusted_ratio_dots(ratios()).savefig(tmp_path / "ratios.png")


def test_a_table_without_an_estimate_is_refused():
    with pytest.raises(fa.SchemaError, match="no estimate; its column 'reason' says why"):
        standardised_rate_dots(rates().assign(raw_rate_per_1000=np.nan, standardised_rate_per_1000=np.nan))
    with pytest.raises(fa.SchemaError, match="no estimate"):
        adjusted_ratio_dots(ratios().assign(raw_ratio=np.nan, adjusted_ratio=np.nan))
