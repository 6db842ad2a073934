"""The chart of a lexicon's edit: the rate of each category before and after, and the hits that came and went."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, INK, chart, hide_unused, panel_grid
from analysis.core.errors import SchemaError

_ROW_HEIGHT = 0.26


@chart(shows="rate_per_1000_after")
def effect_chart(rates: pd.DataFrame, entries: pd.DataFrame, *, n_panels: int = 6) -> Figure:
    """Return the rates before and after an edit, hollow and filled: one panel a group, one line a category that changed.

    Parameters
    ----------
    rates, entries : pandas.DataFrame
        Those tables of what `analysis.compare_lexicons` returns. The panels are the values of the first column of `rates`.
    n_panels : int
        How many groups to draw, those with the most hits gained and lost on balance; from 1.

    Raises
    ------
    SchemaError
        When `n_panels` is below 1, or the edit changes no hit.
    """
    if n_panels < 1:
        raise SchemaError(f"effect_chart: n_panels={n_panels}; give a number from 1")
    if entries.empty:
        raise SchemaError("effect_chart: the edit changes no hit, so there is nothing to draw")
    changed = entries.groupby("category")[["n_gained", "n_lost"]].sum()
    changed = changed.loc[changed.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    drawn, panel = rates[rates["category"].isin(changed.index)], str(rates.columns[0])
    change = (drawn["n_hits_after"].fillna(0) - drawn["n_hits_before"].fillna(0)).abs().groupby(drawn[panel]).sum()
    panels = sorted(change.sort_values(ascending=False, kind="stable").index[:n_panels])
    n_lines, n_columns = panel_grid(len(panels))
    height = n_lines * (_ROW_HEIGHT * len(changed) + 0.45) + 0.65
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, height))
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        _panel(axes, drawn[drawn[panel] == name].set_index("category").reindex(changed.index))
        axes.set_title(label(name))
    hide_unused(grid, len(panels))
    counts = changed.itertuples(name=None)
    names = [f"{label(name)} (+{number(gained)} −{number(lost)})" for name, gained, lost in counts]
    grid[0, 0].set_yticks(range(len(changed)), names)
    grid[0, 0].set_ylim(len(changed) - 0.5, -0.5)
    grid[0, 0].set_xlim(0, 1.35 * float(np.nanmax(drawn[["rate_per_1000_before", "rate_per_1000_after"]])))
    figure.supxlabel(_note(len(change) - len(panels)), fontsize=8)
    return figure


def _panel(axes: Axes, cells: pd.DataFrame) -> None:
    before, after = cells["rate_per_1000_before"], cells["rate_per_1000_after"]
    places = range(len(cells))
    axes.hlines(places, before, after, color=BAND, linewidth=2.4)
    axes.plot(before, places, "o", color=ACCENT, markerfacecolor="white", markersize=4.6, clip_on=False, zorder=3)
    axes.plot(after, places, "o", color=ACCENT, markersize=4.6, clip_on=False, zorder=4)
    hits = zip(cells["n_hits_before"].fillna(0), cells["n_hits_after"].fillna(0), strict=True)
    for place, right, (old, new) in zip(places, cells.filter(like="rate_per_1000_").max(axis=1), hits, strict=True):
        text = f"{number(int(old))} → {number(int(new))}" if old != new else f"{number(int(new))}, as before"
        axes.annotate(text, (right, place), (6, 0), textcoords="offset points", va="center", fontsize=6.5, color=INK)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def _note(n_left_out: int) -> str:
    more = f"; {number(n_left_out)} further groups not drawn" if n_left_out else ""
    return (
        f"hits per {number(1000)} words: hollow before, filled after the edit; numbers: hits before → after\n"
        f"in brackets: hits gained and lost in all groups{more}"
    )
