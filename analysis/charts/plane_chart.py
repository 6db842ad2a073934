"""The plane of two frame axes: where each group stands on both, with its intervals as a cross."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.label_placing import place_labels
from analysis.charts.labels import label
from analysis.charts.numbers import number, spread
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, INK, chart
from analysis.core.errors import SchemaError

_HEIGHT = 4.6


@chart(shows="bias")
def plane_chart(table: pd.DataFrame, *, x: str, y: str, row: str = "outlet") -> Figure:
    """Return a dot for each group at its biases on two axes, with a cross of intervals and its name beside it.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.frame_axes` returns by `row`.
    x, y : str
        Names of the two axes, as in its column ``axis``: "weak–strong".
    row : str
        Column of the groups; those that were not measured on both axes are named below.

    Raises
    ------
    SchemaError
        When an axis is not in the table, or no group was measured on both.
    """
    sides = [_of(table, name, row) for name in (x, y)]
    cells = sides[0].add_suffix("_x").join(sides[1].add_suffix("_y"), how="inner")
    if cells.empty:
        raise SchemaError(f"plane_chart: no {row} was measured on both {x!r} and {y!r}; the column 'reason' says why")
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _HEIGHT))
    axes = figure.subplots()
    for side, draw in (("x", axes.axvline), ("y", axes.axhline)):
        for bias in cells[f"bias_corpus_{side}"].unique():
            draw(bias, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.hlines(cells["bias_y"], cells["bias_low_x"], cells["bias_high_x"], color=BAND, linewidth=1.6)
    axes.vlines(cells["bias_x"], cells["bias_low_y"], cells["bias_high_y"], color=BAND, linewidth=1.6)
    axes.plot(cells["bias_x"], cells["bias_y"], "o", color=ACCENT, markersize=5, markeredgecolor="white", zorder=3)
    axes.set_xlabel(_ends(sides[0]))
    axes.set_ylabel(_ends(sides[1]))
    n_left_out = table[row].nunique() - len(cells)
    left_out = f"; {number(n_left_out)} not measured on both axes, not drawn" if n_left_out else ""
    figure.supxlabel(
        f"bias: mean cosine of the words with the axis; dashed: whole corpus\n"
        f"cross: {table.attrs['interval']}, the vectors taken as known; n = articles{left_out}",
        fontsize=8,
    )
    n_articles = cells[["n_articles_x", "n_articles_y"]].agg(spread, axis=1)
    names = [f"{label(name)} (n = {n})" for name, n in n_articles.items()]
    across = cells[["bias_low_x", "bias_y", "bias_high_x", "bias_y"]]
    upright = cells[["bias_x", "bias_low_y", "bias_x", "bias_high_y"]]
    lines = [*across.dropna().to_numpy(), *upright.dropna().to_numpy()]
    place_labels(axes, cells[["bias_x", "bias_y"]].to_numpy(), names, lines=lines)
    return figure


def _of(table: pd.DataFrame, axis: str, row: str) -> pd.DataFrame:
    known = list(table["axis"].drop_duplicates())
    if axis not in known:
        raise SchemaError(f"plane_chart: axis {axis!r} is not in the table; it has {', '.join(map(repr, known))}")
    cells = table[table["axis"] == axis].set_index(row).dropna(subset=["bias"])
    if cells.empty:
        reason = table.loc[table["axis"] == axis, "reason"].iloc[0]
        raise SchemaError(f"plane_chart: axis {axis!r} was not measured: {reason}; choose another")
    return cells


def _ends(cells: pd.DataFrame) -> str:
    negative, positive = (" or ".join(map(label, cells[pole].unique())) for pole in ("negative", "positive"))
    return f"← {negative}    bias    {positive} →"
