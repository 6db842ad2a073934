"""The chart of rates over time: periods as dots, the smoothed rate as a line with its band, events as marked days."""

from typing import Any

import matplotlib.dates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.effects import largest
from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, RATE, bar_notes, dots, fewest, has_enough, reach, upright_bars, upright_line
from analysis.charts.numbers import TickDates, articles_of_points, interval_note, number
from analysis.charts.panels import panels
from analysis.charts.style import ACCENT, BAND, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

_dates: Any = matplotlib.dates  # untyped

_DOTTED = (0, (2, 2))
_ABOVE = 1.2  # times the tallest value: the numbers of events stand above it


@chart(
    shows="rate_per_1000",
    table=TABLES["TRENDS"].of("period_start", "period_middle", "n_articles", "rate_per_1000"),
    smooth=TABLES["SMOOTH_TREND"].of("day", "rate_per_1000", "rate_low", "rate_high"),
    events=TABLES["EVENTS"],
)
def trend_chart(
    table: pd.DataFrame, *, panel: str, smooth: pd.DataFrame | None = None, events: pd.DataFrame | None = None
) -> Figure:
    """Return rates over time, one panel a value of `panel`, one below the other on the same scales.

    The panels with the highest rates come first; six at most are drawn.

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
    if smooth is None:
        TABLES["TRENDS"].of("rate_low", "rate_high").check(table)
    else:
        TABLES["SMOOTH_TREND"].of(panel).check(smooth)
    if table.empty:
        raise SchemaError("trend_chart: the table has no row; is there a hit or a category?")
    marked = _within(events, table, smooth)
    names, table, left_out = largest(table, panel, table[RATE.value].where(has_enough(table)))
    note = [*_notes(table, smooth, panel=panel), *left_out, *_legend(marked)]
    made = panels(names, height=1.25, note=note, n_columns=1)
    drawn = table[has_enough(table)]
    for name, (axes, cells) in zip(made.names, made.parts(drawn, panel), strict=True):
        if smooth is None:
            upright_bars(axes, cells, RATE, cells["period_middle"])
        else:
            _line(axes, smooth[smooth[panel] == name])
        dots(axes, _dates.date2num(cells["period_middle"]), cells["rate_per_1000"], face=HOLLOW, size=3.2)
        axes.grid(axis="y")
        for place, day in enumerate(marked["date"], start=1):
            _mark(axes, day, str(place))
    top = made.first.get_ylim()[1] if smooth is not None else reach(drawn, RATE)
    made.first.set_ylim(0, (_ABOVE if len(marked) else 1.0) * top)
    made.first.set_xlim(*map(_dates.date2num, _scale(table, smooth)))
    locator = _dates.AutoDateLocator(minticks=3, maxticks=8)
    made.first.xaxis.set_major_locator(locator)
    made.first.xaxis.set_major_formatter(TickDates(locator))
    made.figure.supylabel(f"hits per {number(1000)} words", fontsize=8)
    return made.figure


def _within(events: pd.DataFrame | None, table: pd.DataFrame, smooth: pd.DataFrame | None) -> pd.DataFrame:
    """Return the events within the time that is drawn."""
    if events is None:
        return pd.DataFrame({"date": [], "label": []})
    return events[events["date"].between(*_scale(table, smooth))]


def _scale(table: pd.DataFrame, smooth: pd.DataFrame | None) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of the chart, whether or not a period at its ends is drawn."""
    first = table["period_start"].min()
    # The middle is a whole day, so twice the way to it may lack a day.
    last = (table["period_middle"] + (table["period_middle"] - table["period_start"])).max() + pd.Timedelta(days=1)
    if smooth is not None:
        first, last = min(first, smooth["day"].min()), max(last, smooth["day"].max())
    return first, last


def _line(axes: Axes, cells: pd.DataFrame) -> None:
    axes.fill_between(cells["day"], cells["rate_low"], cells["rate_high"], color=BAND, linewidth=0)
    axes.plot(cells["day"], cells["rate_per_1000"], color=ACCENT)


def _mark(axes: Axes, day: pd.Timestamp, text: str) -> None:
    place = float(_dates.date2num(day))
    upright_line(axes, place, style=_DOTTED)
    axes.annotate(
        text, (place, 1), (2, -1), xycoords=("data", "axes fraction"), textcoords="offset points", va="top", fontsize=7
    )


def _notes(table: pd.DataFrame, smooth: pd.DataFrame | None, *, panel: str) -> list[str]:
    """Say what dots, line and band are, and how many articles stand behind them."""
    is_enough = has_enough(table)
    drawn, n_left_out = table[is_enough], table.loc[~is_enough, "period_start"].nunique()
    n = articles_of_points(drawn, time="period_start", panel=panel) if len(drawn) else "none"
    dots_are = f"dots: one {table.attrs.get('period', 'period')}, {n}"
    dots_are += f"; {n_left_out} with fewer than {fewest(table)} articles not drawn" if n_left_out else ""
    if smooth is None:
        return [dots_are, f"bars: {interval_note(table)}{bar_notes(drawn, RATE)}"]
    days = smooth.attrs.get("bandwidth_days")
    bandwidth = "see table" if days is None else f"{number(days, 'g')} days"
    return [dots_are, f"line: Gaussian kernel weighted by words, bandwidth {bandwidth}; band: {interval_note(smooth)}"]


def _legend(marked: pd.DataFrame) -> list[str]:
    rows = enumerate(zip(marked["label"], marked["date"], strict=True), start=1)
    return [f"{place}: {label(name, longest=90)} ({day:%Y-%m-%d})" for place, (name, day) in rows]
