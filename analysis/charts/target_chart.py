"""The chart of targets: a map with a row for each target and a column for each frame, the numbers written in."""

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import level_line, shaded_cells
from analysis.charts.numbers import number
from analysis.charts.panels import figure_of, row_label
from analysis.charts.sizes import current_size
from analysis.charts.style import chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES
from analysis.measures.divergence import UNRESOLVED

_ROW_HEIGHT, _UPRIGHT_HEIGHT = 0.2, 0.36  # inches: of a row with level numbers, and with upright ones
_MOST_LEVEL = 6  # columns that have room for level numbers in a narrow figure
# Lightness falls evenly, so the order of the cells stays in greyscale.
_SHADES = LinearSegmentedColormap.from_list("targets", ["white", "#6BAED6"])  # light enough for black numbers
_WITHOUT_TARGET = {
    UNRESOLVED: "unresolved, several possible",
    "nobody": "nobody, no target found",
    "": "nobody, no target found",
}
_ZERO = "#767676"  # a number that stands back; on white its contrast is 4.5
_MEASURES = ("n_hits", "rate_per_1000")
_WHOLE_FROM = 100  # hits per 1,000 words: decimals say nothing there


@chart(shows="measure", table=TABLES["RATES"].of("target", "category", "n_hits"))
def target_chart(
    table: pd.DataFrame, *, n_targets: int = 15, measure: Literal["rate_per_1000", "n_hits"] = "rate_per_1000"
) -> Figure:
    """Return a map of rates: one row a target, one column a category, most hits first, each cell with its number.

    The rows of further targets together, of hits whose target the rules do not decide and of hits about nobody stand below a line. The
    shades are those of the named targets; a larger number below the line has the darkest.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.rates` returns by ``target`` and ``category``, of hits that were found with ``targets=``. It has no row for hits
        about nobody unless their target, "", is named "nobody" before.
    n_targets : int
        How many targets to name, those with the most hits; from 1.
    measure : {"rate_per_1000", "n_hits"}
        What stands in the cells and makes their shade: hits per 1,000 words, or hits. Rows and columns name their hits either way.

    Raises
    ------
    SchemaError
        When `n_targets` is below 1, `measure` is neither of the two, or the table has no hit.
    """
    if n_targets < 1:
        raise SchemaError(f"target_chart: n_targets={n_targets}; give a number from 1")
    if measure not in _MEASURES:
        raise SchemaError(f"target_chart: measure {measure!r} is not known; choose {' or '.join(_MEASURES)}")
    TABLES["RATES"].of(measure).check(table)
    if not table["n_hits"].sum():
        raise SchemaError("target_chart: the table has no hit; were the hits found with targets=?")
    cells, n_named = _cells(table, n_targets, measure)
    n_hits, _ = _cells(table, n_targets, "n_hits")
    columns = [f"{label(name)} ({number(int(n))})" for name, n in n_hits.sum().items()]
    top = float(cells.iloc[: n_named or len(cells)].to_numpy(float).max())
    unit = "hits" if measure == "n_hits" else f"hits per {number(1000)} words"
    note = f"in the cells: {unit}, darkest from {_written(top, measure)}; n and in brackets: hits"
    # Slanted names of more than twenty letters need more room above.
    longest = max(map(len, columns))
    is_narrow = current_size().is_narrow  # names stand upright, and where there are many, numbers too
    is_tight = is_narrow and len(columns) > _MOST_LEVEL
    room = 0.2 + 0.075 * longest if is_narrow else 0.8 + 0.045 * max(0, longest - 20)
    figure = figure_of((_UPRIGHT_HEIGHT if is_tight else _ROW_HEIGHT) * len(cells) + room, [note])
    axes = figure.subplots()
    texts = cells.map(lambda value: _written(value, measure) if value else "0")
    colors = cells.map(lambda value: "black" if value else _ZERO)
    shaded_cells(axes, cells, texts, colors=colors, shades=_SHADES, top=top)
    if 0 < n_named < len(cells):
        level_line(axes, n_named)
    rows = zip(cells.index, n_hits.sum(axis=1), strict=True)
    axes.set_yticks(np.arange(len(cells)) + 0.5, [row_label(f"{name} (n = {number(int(n))})") for name, n in rows])
    places = np.arange(len(columns)) + 0.5
    if is_narrow:
        axes.set_xticks(places, columns, rotation=90)
    else:
        axes.set_xticks(places, columns, rotation=40, ha="left", rotation_mode="anchor")
    for number_of_cell in axes.texts:
        number_of_cell.set_rotation(90 if is_tight else 0)
    return figure


def _written(value: float, measure: str) -> str:
    """Return a number of hits or a rate: with two decimals below a hundred, whole from there on, so that it fits its cell."""
    return number(value, ",.2f" if measure == "rate_per_1000" and value < _WHOLE_FROM else ",.0f")


def _cells(table: pd.DataFrame, n_targets: int, measure: str) -> tuple[pd.DataFrame, int]:
    """Return the cells, their rows named as they are drawn, and how many rows are single targets."""
    target = table["target"].astype("str")
    by_total = table.groupby(target)["n_hits"].sum().sort_values(ascending=False, kind="stable")
    with_hit = [name for name in by_total[by_total > 0].index if name not in _WITHOUT_TARGET]
    named, further = with_hit[:n_targets], with_hit[n_targets:]
    categories = table.groupby("category", observed=True)["n_hits"].sum().sort_values(ascending=False, kind="stable")
    values = table.assign(target=target).pivot(index="target", columns="category", values=measure)[
        categories[categories > 0].index
    ]
    parts = [values.loc[named].set_axis([label(name) for name in named])]
    if further:
        # Hits and rates per word of the whole corpus add up.
        parts.append(values.loc[further].sum().to_frame(f"{number(len(further))} further targets").T)
    for name, shown in _WITHOUT_TARGET.items():
        if by_total.get(name, 0):
            parts.append(values.loc[[name]].set_axis([shown]))
    return pd.concat(parts), len(named)
