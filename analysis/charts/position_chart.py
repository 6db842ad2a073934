"""The concordance plot: where in their articles hits stand, headline and standfirst apart."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.panels import Rows, figure_of, name_rows, panel_width, row_label
from analysis.charts.style import ACCENT, GRID, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

Array = npt.NDArray[np.float64]

_TOP_ZONES = ("headline", "standfirst")
_TOP_WIDTH = 95.0  # points: the columns of headlines and standfirsts
_MOST_TICKS = 150  # in a line; more run into one another
_N_BINS = 50
_HALF = 0.4  # of a row: bars reach from below its middle to above


@chart(shows="position", table=TABLES["HIT_POSITIONS"].of("article_id", "zone", "position"))
def position_chart(table: pd.DataFrame, *, row: str = "category") -> Figure:
    """Return a line for each value of `row`, with a tick for each hit where it stands in its article.

    Hits of headlines and standfirsts stand in columns of their own, as numbers. Where a line has more than 150 ticks, all lines have bars
    instead: hits in each fiftieth of the article.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.hit_positions` returns.
    row : str
        Column of the lines, such as ``category`` or ``outlet``; those with the most hits come first, hits without a value are not drawn.

    Raises
    ------
    SchemaError
        When no hit has a value of `row`.
    """
    table = table[table[row].notna()].astype({row: "str"})
    if table.empty:
        raise SchemaError(f"position_chart: no hit has a value of {row!r}; is there a hit?")
    n_hits = table[row].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    rows = Rows(row, list(n_hits.index), [row_label(f"{label(name)} (n = {number(n)})") for name, n in n_hits.items()])
    is_top = table["zone"].isin(_TOP_ZONES)
    positions = {str(name): part.to_numpy() for name, part in table[~is_top].groupby(row)["position"]}
    counts = _bins(positions)
    figure = figure_of(rows.height * len(rows.labels) + 0.5, _note(table, counts))
    left, right = figure.subplots(
        1, 2, sharey=True, width_ratios=[_TOP_WIDTH, panel_width(1, left=rows.width + _TOP_WIDTH)]
    )
    _numbers(left, table[is_top], rows)
    _lines(right, rows.names, positions, counts)
    name_rows(left, rows.labels)
    return figure


def _bins(positions: dict[str, Array]) -> dict[str, Array]:
    """Return the hits in each fiftieth of the article, where a line has too many for ticks."""
    if max(map(len, positions.values()), default=0) <= _MOST_TICKS:
        return {}
    return {name: np.histogram(values, bins=_N_BINS, range=(0, 1))[0] for name, values in positions.items()}


def _tallest(counts: dict[str, Array]) -> int:
    return max((int(values.max()) for values in counts.values()), default=0)


def _numbers(axes: Axes, cells: pd.DataFrame, rows: Rows) -> None:
    for across, zone in enumerate(_TOP_ZONES):
        for name, n in cells.loc[cells["zone"] == zone, rows.column].value_counts().items():
            axes.text(across, rows.names.index(name), number(n), ha="center", va="center", fontsize=7.5, color=INK)
    axes.set_xticks(range(len(_TOP_ZONES)), _TOP_ZONES, fontsize=7)
    axes.set_xlim(-0.6, len(_TOP_ZONES) - 0.4)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)


def _lines(axes: Axes, names: list[object], positions: dict[str, Array], counts: dict[str, Array]) -> None:
    """Draw ticks, or bars where there are too many."""
    axes.hlines(np.arange(len(names)) + (_HALF if counts else 0), 0, 100, color=GRID, linewidth=0.6)
    width = 100 / _N_BINS
    for place, name in enumerate(names):
        if counts and name in counts:
            heights = -2 * _HALF * counts[name] / _tallest(counts)
            axes.bar(np.arange(_N_BINS) * width, heights, width, place + _HALF, align="edge", color=ACCENT)
        elif name in positions:
            axes.vlines(100 * positions[name], place - 0.3, place + 0.3, color=ACCENT, linewidth=0.9, alpha=0.75)
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 25))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title("lead and body", fontsize=7, fontweight="normal", loc="center")


def _note(table: pd.DataFrame, counts: dict[str, Array]) -> list[str]:
    n_articles = table["article_id"].nunique()
    articles = f"{number(n_articles)} articles with a hit" if n_articles > 1 else "one article"
    note = [f"% of the article's words that stand before the hit; n = hits, in {articles}"]
    bars = f"bars: hits in each fiftieth of the article, {number(_tallest(counts))} in the tallest"
    return [*note, bars] if counts else note
