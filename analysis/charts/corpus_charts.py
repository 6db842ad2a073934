"""What is in a corpus: articles over time, and their lengths."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.effects import largest
from analysis.charts.labels import label
from analysis.charts.marks import Estimate, estimates
from analysis.charts.numbers import number
from analysis.charts.panels import every_period, name_periods, panel_width, panels, row_label, row_panels, rows_of
from analysis.charts.room import width_of
from analysis.charts.style import ACCENT, chart
from analysis.core.schema import TABLES

_NAME_SIZE, _PERIOD_SIZE = 8, 7  # points
_PERIOD_GAP, _NUMBERS = 10, 30  # points between names of periods; what the numbers left of the bars take

_LENGTH = Estimate("words_median", "words_low", "words_high")


@chart(shows="n_articles", table=TABLES["ARTICLES_BY_MONTH"].of("n_articles"))
def count_series(table: pd.DataFrame, *, time: str, panel: str) -> Figure:
    """Return bars of articles over time, one line of bars a value of `panel`; months without an article stand empty.

    The lines with the most articles come first; six at most are drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        ``by_month`` of `analysis.describe`, or any table with ``n_articles`` by `time` and `panel`.
    time, panel : str
        Columns of the table.
    """
    if table.empty:
        empty = panels([None], height=0.3, note=[])
        empty.first.set_axis_off()  # a notebook does not show a figure without axes
        empty.first.text(0.5, 0.5, "no article has a date", ha="center", va="center", fontsize=8)
        return empty.figure
    periods = every_period(table[time])
    n_articles = table.groupby(panel, sort=False, dropna=False, observed=True)["n_articles"].transform("sum")
    names, table, left_out = largest(table, panel, n_articles)
    made = panels(names, height=0.45, note=["articles a month; n = articles with a date", *left_out], n_columns=1)
    widest = 0.0
    for axes, cells in made.parts(table, panel):
        counts = cells.groupby(time)["n_articles"].sum().reindex(periods)
        axes.bar(range(len(periods)), counts, width=0.8, color=ACCENT)
        name = row_label(f"{label(cells[panel].iloc[0])} (n = {number(int(counts.sum()))})")
        widest = max(widest, width_of(name, _NAME_SIZE))
        axes.set_title("")  # the name stands beside the bars
        axes.set_ylabel(name, rotation=0, ha="right", va="center", labelpad=18)
        axes.tick_params(axis="y", labelsize=7)
    each = width_of("2026-01", _PERIOD_SIZE) + _PERIOD_GAP
    most = max(1, int(panel_width(1, left=widest + _NUMBERS) / each))
    name_periods(made.first, periods, most=min(8, most))
    made.axes[-1].tick_params(axis="x", labelsize=_PERIOD_SIZE)
    made.first.locator_params(axis="y", integer=True, nbins=2)
    return made.figure


@chart(
    shows="words_median",
    table=TABLES["ARTICLES_BY_OUTLET"].of("outlet", "n_articles", "words_median", "words_low", "words_high"),
)
def length_dots(table: pd.DataFrame) -> Figure:
    """Return the median length of an article by outlet, with the range that holds the middle nine tenths.

    Parameters
    ----------
    table : pandas.DataFrame
        ``by_outlet`` of `analysis.describe`.
    """
    rows = rows_of(table, "outlet")
    note = "words an article: median, bars hold the middle nine tenths; n = articles"
    made = row_panels([None], rows, note=[note])
    estimates(made.first, table, _LENGTH, rows.places(table))
    made.first.set_xlim(left=0)
    return made.figure
