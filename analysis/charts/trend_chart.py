"""The chart of rates over time: periods as dots, the smoothed rate as a line with its band, events as marked days."""

from typing import Any

import matplotlib.dates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import articles_of_points, interval_note, number
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, INK, chart
from analysis.core.errors import SchemaError

_dates: Any = matplotlib.dates  # untyped

_PANEL_HEIGHT = 1.25
_LINE_HEIGHT = 0.15
_ABOVE = 1.2  # times the tallest value: the numbers of events stand above it


@chart(shows="rate_per_1000")
def trend_chart(
    table: pd.DataFrame, *, panel: str, smooth: pd.DataFrame | None = None, events: pd.DataFrame | None = None
) -> Figure:
    """Return rates over time, one panel a value of `panel`, one below the other on the same scales.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.measures.trends.trends` returns by `panel`: a dot at the middle of each period, none where the period has no article.
    panel : str
        Column of the panels.
    smooth : pandas.DataFrame, optional
        What `smooth_trend` returns by the same column: a line with a band, broken at gaps. Without it the dots get their own intervals.
    events : pandas.DataFrame, optional
        What `read_events` returns; events outside the time of the table are not drawn.

    Raises
    ------
    SchemaError
        When the table is empty.
    """
    if table.empty:
        raise SchemaError("trend_chart: the table has no row; is there a hit or a category?")
    panels = list(table[panel].drop_duplicates())
    first = table["period_start"].min()
    # The middle is a whole day, so twice the way to it may lack a day.
    last = (2 * (table["period_middle"] - table["period_start"]) + table["period_start"]).max() + pd.Timedelta(days=1)
    if smooth is not None:
        first, last = min(first, smooth["day"].min()), max(last, smooth["day"].max())
    marked = None if events is None else events[events["date"].between(first, last)].reset_index(drop=True)
    n_marked = 0 if marked is None else len(marked)
    height = _PANEL_HEIGHT * len(panels) + 0.7 + _LINE_HEIGHT * n_marked
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, height))
    grid = figure.subplots(len(panels), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for axes, name in zip(grid, panels, strict=True):
        cells = table[table[panel] == name]
        if smooth is not None:
            _line(axes, smooth[smooth[panel] == name])
        else:
            axes.vlines(cells["period_middle"], cells["rate_low"], cells["rate_high"], color=BAND, linewidth=2.4)
        axes.plot(
            cells["period_middle"], cells["rate_per_1000"], "o", clip_on=False, markersize=3.2, color=INK, markerfacecolor="white",
            markeredgewidth=0.8, zorder=3,
        )  # fmt: skip
        axes.grid(axis="y")
        axes.set_title(label(name))
        if marked is not None:
            for place, day in enumerate(marked["date"], start=1):
                _mark(axes, day, str(place))
    room = _ABOVE if n_marked else 1.0
    grid[0].set_ylim(0, room * grid[0].get_ylim()[1])
    locator = _dates.AutoDateLocator(minticks=3, maxticks=8)
    grid[-1].xaxis.set_major_locator(locator)
    grid[-1].xaxis.set_major_formatter(_dates.ConciseDateFormatter(locator))
    figure.supylabel(f"hits per {number(1000)} words", fontsize=8)
    figure.supxlabel("\n".join(_notes(table, smooth, marked, panel=panel)), fontsize=8)
    return figure


def _line(axes: Axes, cells: pd.DataFrame) -> None:
    axes.fill_between(cells["day"], cells["rate_low"], cells["rate_high"], color=BAND, linewidth=0)
    axes.plot(cells["day"], cells["rate_per_1000"], color=ACCENT)


def _mark(axes: Axes, day: pd.Timestamp, text: str) -> None:
    place = float(_dates.date2num(day))
    axes.axvline(place, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
    axes.annotate(
        text,
        (place, 1),
        (2, -1),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        fontsize=6.5,
    )


def _notes(table: pd.DataFrame, smooth: pd.DataFrame | None, marked: pd.DataFrame | None, *, panel: str) -> list[str]:
    """Say what dots, line and band are, how many articles stand behind them, and which events are marked."""
    drawn = table[table["n_articles"] > 0]
    n_empty = table.loc[table["n_articles"] == 0, "period_start"].nunique()
    period = table.attrs.get("period", "period")
    n = articles_of_points(drawn, time="period_start", panel=panel) if len(drawn) else "no article"
    dots = f"dots: one {period}, {n}" + (f"; {n_empty} without an article, not drawn" if n_empty else "")
    if smooth is None:
        return [f"{dots}; bars: {interval_note(table)}", *_events(marked)]
    bandwidth = (
        f"{number(smooth.attrs['bandwidth_days'], 'g')} days" if "bandwidth_days" in smooth.attrs else "see table"
    )
    line = f"line: Gaussian kernel weighted by words, bandwidth {bandwidth}; band: {interval_note(smooth)}"
    return [dots, line, *_events(marked)]


def _events(marked: pd.DataFrame | None) -> list[str]:
    if marked is None:
        return []
    rows = zip(marked["date"].dt.strftime("%Y-%m-%d"), marked["label"], strict=True)
    return [f"{place}: {label(name, longest=90)} ({day})" for place, (day, name) in enumerate(rows, start=1)]
