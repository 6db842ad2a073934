"""Charts of fair comparisons: the raw estimate hollow, the adjusted one filled below it, group by group."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.style import ACCENT, DOUBLE_COLUMN, INK, chart, hide_unused, panel_grid
from analysis.core.errors import SchemaError

_ROW_HEIGHT = 0.36
_APART = 0.18  # of a row: raw above its middle, adjusted below
_WIDEST = 32.0  # the largest ratio that an axis reaches; bars that go on have an arrow
_NO_ESTIMATE = "no estimate"


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """One of the two estimates: its columns, name, face and place in a row."""

    estimate: str
    prefix: str
    label: str
    face: str
    offset: float

    @property
    def bounds(self) -> list[str]:
        return [f"{self.prefix}_low", f"{self.prefix}_high"]


def _raw(estimate: str) -> _Mark:
    return _Mark(estimate=f"raw_{estimate}", prefix="raw", label="raw", face="white", offset=-_APART)


def _adjusted(prefix: str, estimate: str) -> _Mark:
    return _Mark(estimate=f"{prefix}_{estimate}", prefix=prefix, label=prefix, face=ACCENT, offset=_APART)


@chart(shows="standardised_rate_per_1000")
def standardised_rate_dots(table: pd.DataFrame, *, row: str = "outlet") -> Figure:
    """Return raw and standardised rates with intervals: one panel a category, one line a group.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.standardised_rates` returns.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no estimate.
    """
    marks = (_raw("rate_per_1000"), _adjusted("standardised", "rate_per_1000"))
    figure, grid = _panels(table, row, marks)
    grid[0].set_xlim(0, 1.02 * float(np.nanmax(table[_numbers(marks)])))
    for axes in grid:
        axes.locator_params(axis="x", nbins=5)
    _label(grid[0], table, row, marks)
    covered = table["share_of_words_covered"]
    figure.supxlabel(
        f"hits per {number(1000)} words, standardised by {table.attrs.get('standardised_by', 'strata')} ({_percent(covered)} "
        f"of a group's words covered)\nbars: {interval_note(table)}; n = articles",
        fontsize=8,
    )
    return figure


@chart(shows="adjusted_ratio")
def adjusted_ratio_dots(table: pd.DataFrame, *, row: str = "outlet") -> Figure:
    """Return raw and adjusted ratios with intervals on a logarithmic scale: one panel a category, one line a group.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.adjusted_ratios` returns. The reference stands at the line of ratio 1; bars beyond 1/32 or 32 are cut, with an arrow.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no estimate.
    """
    marks = (_raw("ratio"), _adjusted("adjusted", "ratio"))
    reference = table.attrs.get("reference", "")
    shown = table[table[row] != reference]
    figure, grid = _panels(shown, row, marks)
    widest = min(_WIDEST, 1.1 * float(np.exp(np.nanmax(np.abs(np.log(shown[_numbers(marks)]))))))
    ticks = [tick for tick in (1 / 16, 1 / 4, 1, 4, 16) if 1 / widest <= tick <= widest]
    ticks = ticks if len(ticks) > 1 else [0.5, 1, 2]
    for axes, name in zip(grid, shown["category"].drop_duplicates(), strict=True):
        axes.set_xscale("log")
        axes.set_xlim(1 / widest, widest)
        axes.set_xticks(ticks, [number(tick, "g") if tick >= 1 else f"1/{number(1 / tick, 'g')}" for tick in ticks])
        axes.minorticks_off()
        axes.axvline(1, color=INK, linewidth=0.8, zorder=1)
        _arrows(axes, shown[shown["category"] == name], row, list(shown[row].drop_duplicates()), (marks, widest))
    _label(grid[0], shown, row, marks)
    figure.supxlabel(
        f"times the rate of {label(reference or 'the reference')}, adjusted for {table.attrs.get('adjusted_for', 'the columns')}\n"
        f"bars: 95% interval, errors {table.attrs.get('errors', 'robust')}; n = articles",
        fontsize=8,
    )
    return figure


def _percent(shares: pd.Series) -> str:
    low, high = f"{shares.min():.0%}", f"{shares.max():.0%}"
    return low if low == high else f"{low} to {high}"


def _numbers(marks: tuple[_Mark, ...]) -> list[str]:
    return [name for mark in marks for name in (mark.estimate, *mark.bounds)]


def _panels(table: pd.DataFrame, row: str, marks: tuple[_Mark, ...]) -> tuple[Figure, list[Axes]]:
    """Return the figure and the panels with both estimates of each group."""
    if table[[mark.estimate for mark in marks]].isna().all(axis=None):
        raise SchemaError("adjustment chart: the table has no estimate; its column 'reason' says why")
    panels, rows = list(table["category"].drop_duplicates()), list(table[row].drop_duplicates())
    n_lines, n_columns = panel_grid(len(panels))
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, n_lines * (_ROW_HEIGHT * len(rows) + 0.5) + 0.6))
    panel_axes = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    hide_unused(panel_axes, len(panels))
    grid = list(panel_axes.flat)
    for axes, name in zip(grid, panels, strict=False):
        _dots(axes, table[table["category"] == name], row, rows, marks)
        axes.set_title(label(name))
    n_articles = table.groupby(row)["n_articles"].agg(spread)
    grid[0].set_yticks(range(len(rows)), [f"{label(name)} (n = {n_articles[name]})" for name in rows])
    grid[0].set_ylim(len(rows) - 0.5, -0.5)
    return figure, grid[: len(panels)]


def _dots(axes: Axes, cells: pd.DataFrame, row: str, rows: list[object], marks: tuple[_Mark, ...]) -> None:
    for mark in marks:
        places = np.array([rows.index(value) for value in cells[row]]) + mark.offset
        low, high = mark.bounds
        axes.hlines(places, cells[low], cells[high], color=ACCENT, linewidth=1.4)
        axes.plot(
            cells[mark.estimate], places, "o", color=ACCENT, markerfacecolor=mark.face, markersize=4.2, markeredgewidth=0.9,
            clip_on=False, zorder=3,
        )  # fmt: skip
        for place in places[cells[mark.estimate].isna().to_numpy()]:
            axes.annotate(
                f"{mark.label}: {_NO_ESTIMATE}",
                (0.02, place),
                xycoords=("axes fraction", "data"),
                va="center",
                fontsize=6,
                color=INK,
            )
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def _arrows(
    axes: Axes, cells: pd.DataFrame, row: str, rows: list[object], drawn: tuple[tuple[_Mark, ...], float]
) -> None:
    """Mark the bars that go on beyond the axis."""
    marks, widest = drawn
    for mark in marks:
        places = np.array([rows.index(value) for value in cells[row]]) + mark.offset
        low, high = (cells[name].to_numpy() for name in mark.bounds)
        for is_cut, edge, shape in ((low < 1 / widest, 1 / widest, "<"), (high > widest, widest, ">")):
            for place in places[is_cut]:
                axes.plot(edge, place, shape, color=ACCENT, markersize=4, clip_on=False, zorder=3)


def _label(axes: Axes, table: pd.DataFrame, row: str, marks: tuple[_Mark, ...]) -> None:
    """Name the two dots once, right of the bars of the group of the first panel that leaves most room there."""
    cells = table[table["category"] == table["category"].iloc[0]].dropna(subset=_numbers(marks))
    if cells.empty:
        return
    chosen = cells.loc[cells[[mark.bounds[1] for mark in marks]].max(axis=1).idxmin()]
    place = list(table[row].drop_duplicates()).index(chosen[row])
    for mark in marks:
        end = min(float(chosen[mark.bounds[1]]), axes.get_xlim()[1])
        axes.annotate(
            mark.label, (end, place + mark.offset), (4, 0), textcoords="offset points", va="center", fontsize=6.5, color=INK
        )  # fmt: skip
