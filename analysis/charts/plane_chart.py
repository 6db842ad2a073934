"""The plane of two frame axes: where each group stands on both, with its intervals as a cross."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.label_placing import place_labels
from analysis.charts.labels import either, label
from analysis.charts.marks import (
    DASHED,
    TEXT_SIZE,
    Estimate,
    dots,
    level_bars,
    level_line,
    name_level_line,
    upright_bars,
    upright_line,
)
from analysis.charts.numbers import number, percentages, spread
from analysis.charts.panels import figure_of
from analysis.charts.room import wrapped
from analysis.charts.style import BAND, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.near import known_names
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_HEIGHT = 4.0  # inches of the panel
_LABEL_SIZE = 8  # points


@chart(
    shows="bias",
    table=TABLES["FRAME_AXES"].of(*"axis negative positive n_articles bias bias_low bias_high bias_corpus".split()),
)
def plane_chart(table: pd.DataFrame, *, x: str, y: str, row: str = "outlet") -> Figure:
    """Return a dot for each group at its biases on two axes, with a cross of intervals and its name beside it.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.learn.frame_axes` returns by `row`.
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
    n_left_out = table[row].nunique() - len(cells)
    left_out = f"; {number(n_left_out)} not measured on both axes, not drawn" if n_left_out else ""
    note = [
        "bias: mean cosine of the words with the axis; dashed: whole corpus",
        f"cross: {percentages(fact(table, 'interval'))}, the vectors taken as known; n = articles{left_out}",
    ]
    figure = figure_of(_HEIGHT, note)
    axes = figure.subplots()
    for side, draw in (("x", upright_line), ("y", level_line)):
        for bias in cells[f"bias_corpus_{side}"].unique():
            draw(axes, bias, style=DASHED)
    across, upright = (Estimate(f"bias_{side}", f"bias_low_{side}", f"bias_high_{side}") for side in "xy")
    level_bars(axes, cells, across, cells["bias_y"], color=BAND)
    upright_bars(axes, cells, upright, cells["bias_x"], width=1.6)
    dots(axes, cells["bias_x"], cells["bias_y"])
    _no_lean(axes)
    axes.set_xlabel(_ends(sides[0]))
    axes.set_ylabel(wrapped(_ends(sides[1]), 72 * _HEIGHT, _LABEL_SIZE))
    n_articles = cells[["n_articles_x", "n_articles_y"]].agg(spread, axis=1)
    names = [f"{label(name)} (n = {n})" for name, n in n_articles.items()]
    bars = [
        *cells[[across.low, "bias_y", across.high, "bias_y"]].dropna().to_numpy(),
        *cells[["bias_x", upright.low, "bias_x", upright.high]].dropna().to_numpy(),
    ]
    place_labels(axes, cells[["bias_x", "bias_y"]].to_numpy(), names, lines=bars)
    return figure


def _no_lean(axes: Axes) -> None:
    """Draw the lines of bias 0 that lie within the panel, each with its name at its end."""
    (left, right), (foot, head) = axes.get_xlim(), axes.get_ylim()
    if left < 0 < right:
        upright_line(axes, 0)
        axes.annotate(
            "neither side",
            (0, 1),
            (0, 2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=TEXT_SIZE,
            color=INK,
        )
    if foot < 0 < head:
        level_line(axes, 0)
        name_level_line(axes, 0, "neither side")


def _of(table: pd.DataFrame, axis: str, row: str) -> pd.DataFrame:
    known = list(table["axis"].drop_duplicates())
    if axis not in known:
        raise SchemaError(f"plane_chart: axis {axis!r} is not in the table; {known_names(axis, known, what='axis')}")
    cells = table[table["axis"] == axis].set_index(row).dropna(subset=["bias"])
    if cells.empty:
        reason = table.loc[table["axis"] == axis, "reason"].iloc[0]
        raise SchemaError(f"plane_chart: axis {axis!r} was not measured: {reason}; choose another")
    return cells


def _ends(cells: pd.DataFrame) -> str:
    return f"← {either(cells['negative'])}    bias    {either(cells['positive'])} →"
