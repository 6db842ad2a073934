"""Rates by group, and by group and period."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.effects import largest
from analysis.charts.marks import RATE, bar_notes, estimates_of_enough, fewest, has_enough, reach, upright_bars
from analysis.charts.numbers import articles_of_points, interval_note, number
from analysis.charts.panels import every_period, name_periods, panels, row_panels, rows_of
from analysis.charts.style import ACCENT, chart
from analysis.core.schema import TABLES


@chart(shows="rate_per_1000", table=TABLES["RATES"].of("n_articles", "rate_per_1000", "rate_low", "rate_high"))
def rate_dots(table: pd.DataFrame, *, row: str, panel: str) -> Figure:
    """Return dots with intervals: one panel a value of `panel`, one line a value of `row`.

    The panels with the highest rates come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `row` and `panel`.
    row, panel : str
        Columns of the table.
    """
    names, table, left_out = largest(table, panel, table[RATE.value].where(has_enough(table)))
    rows = rows_of(table, row)
    bars = f"bars: {interval_note(table)}{bar_notes(table, RATE)}"
    made = row_panels(names, rows, note=[f"hits per {number(1000)} words; n = articles", bars, *left_out])
    made.first.set_xlim(0, reach(table, RATE))
    for axes, cells in made.parts(table, panel):
        estimates_of_enough(axes, cells, RATE, rows.places(cells))
    return made.figure


@chart(shows="rate_per_1000", table=TABLES["RATES"].of("n_articles", "rate_per_1000", "rate_low", "rate_high"))
def rate_series(table: pd.DataFrame, *, time: str, panel: str) -> Figure:
    """Return rates over time with bars, one panel a value of `panel`; a period with too few articles is a gap.

    The panels with the highest rates come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by `time` and `panel`; `time` holds periods as text, such as ``2025-03``.
    time, panel : str
        Columns of the table.
    """
    names, table, left_out = largest(table, panel, table[RATE.value].where(has_enough(table)))
    is_drawn = has_enough(table)
    drawn, n_left_out = table[is_drawn], table.loc[~is_drawn, time].nunique()
    behind = _behind(drawn, n_left_out, time=time, panel=panel)
    bars = f"bars: {interval_note(table)}{bar_notes(drawn, RATE)}"
    made = panels(names, height=1.35, note=[behind, bars, *left_out])
    periods = every_period((table if drawn.empty else drawn)[time])
    for axes, cells in made.parts(drawn, panel):
        points = cells.set_index(time).reindex(periods)
        upright_bars(axes, points, RATE, range(len(periods)))
        axes.plot(range(len(periods)), points[RATE.value], color=ACCENT, linewidth=1, marker="o", markersize=2.5)
        axes.grid(axis="y")
        axes.tick_params(axis="x", labelsize=7)
    name_periods(made.first, periods, most=4)
    made.first.set_ylim(0, reach(table, RATE))
    made.figure.supylabel(f"hits per {number(1000)} words", fontsize=8)
    return made.figure


def _behind(drawn: pd.DataFrame, n_left_out: int, *, time: str, panel: str) -> str:
    """Say how many articles stand behind a point, and how many periods have too few to be drawn."""
    if drawn.empty:
        return f"no period has {fewest(drawn)} articles"
    left_out = f"; {n_left_out} with fewer than {fewest(drawn)} not drawn" if n_left_out else ""
    return articles_of_points(drawn, time=time, panel=panel) + left_out
