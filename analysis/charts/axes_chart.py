"""The chart of frame axes: where each group stands between two antonyms."""

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import spread
from analysis.charts.style import ACCENT, DOUBLE_COLUMN, INK, chart, hide_unused
from analysis.core.errors import SchemaError

_ROW_HEIGHT = 0.24
_N_COLUMNS = 3
_XLABEL = {
    "bias": "bias: mean cosine of the words with the axis; dashed: whole corpus",
    "intensity": "intensity: mean squared distance of the words from the corpus bias",
}


@chart(shows="measure")
def axes_chart(table: pd.DataFrame, *, row: str, measure: Literal["bias", "intensity"] = "bias") -> Figure:
    """Return dots with intervals: one panel an axis, one line a value of `row`.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.learning.axes.frame_axes` returns by `row`. Axes without a measured group are named below the chart.
    row : str
        Column of the groups.
    measure : {"bias", "intensity"}
        Which of the two to draw.

    Raises
    ------
    SchemaError
        When no axis of the table was measured, or `measure` is neither of the two.
    """
    if measure not in _XLABEL:
        raise SchemaError(f"axes_chart: measure {measure!r} is not known; choose bias or intensity")
    drawn = table.dropna(subset=[measure])
    if drawn.empty:
        raise SchemaError("axes_chart: no axis was measured; the table's column 'reason' says why")
    panels, rows = list(drawn["axis"].drop_duplicates()), list(table[row].drop_duplicates())
    n_columns = min(_N_COLUMNS, len(panels))
    n_lines = -(-len(panels) // n_columns)
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, n_lines * (_ROW_HEIGHT * len(rows) + 0.5) + 0.6))
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for axes, name in zip(grid.flat, panels, strict=False):
        _panel(axes, drawn[drawn["axis"] == name], [rows.index(value) for value in _of(drawn, name, row)], measure)
    hide_unused(grid, len(panels))
    n_articles = table.groupby(row, sort=False)["n_articles"].agg(spread)
    grid[0, 0].set_yticks(range(len(rows)), [f"{label(name)} (n = {n_articles[name]})" for name in rows])
    grid[0, 0].set_ylim(len(rows) - 0.5, -0.5)
    if measure == "intensity":
        grid[0, 0].set_xlim(left=0)
    left_out = [name for name in table["axis"].drop_duplicates() if name not in panels]
    figure.supxlabel(_note(table, measure, left_out), fontsize=8)
    return figure


def _of(table: pd.DataFrame, axis: str, row: str) -> list[object]:
    return list(table.loc[table["axis"] == axis, row])


def _panel(axes: Axes, cells: pd.DataFrame, places: list[int], measure: str) -> None:
    negative, positive = (" or ".join(map(label, cells[pole].unique())) for pole in ("negative", "positive"))
    if measure == "bias":
        for bias in cells["bias_corpus"].unique():
            axes.axvline(bias, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.set_title(f"← {negative}")
        axes.set_title(f"{positive} →", loc="right")
    else:
        axes.set_title(f"{negative} – {positive}")
    axes.hlines(places, cells[f"{measure}_low"], cells[f"{measure}_high"], color=ACCENT, linewidth=1.6)
    axes.plot(
        cells[measure],
        places,
        "o",
        color=ACCENT,
        markersize=4.5,
        markeredgecolor="white",
        markeredgewidth=0.6,
        zorder=3,
    )
    axes.grid(axis="x")
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(axis="y", length=0)


def _note(table: pd.DataFrame, measure: str, left_out: list[str]) -> str:
    lines = [_XLABEL[measure], f"bars: {table.attrs['interval']}, the vectors taken as known; n = articles"]
    if left_out:
        shown = ", ".join(map(label, left_out[:3])) + (f" and {len(left_out) - 3} more" if len(left_out) > 3 else "")
        lines.append(f"not drawn, no vectors for their words: {shown}")
    return "\n".join(lines)
