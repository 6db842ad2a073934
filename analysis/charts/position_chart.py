"""The concordance plot: where in their articles hits stand, headline and standfirst apart."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.style import ACCENT, DOUBLE_COLUMN, GRID, INK, chart
from analysis.core.errors import SchemaError

Array = npt.NDArray[np.float64]

_ROW_HEIGHT = 0.26
_TOP_ZONES = ("headline", "standfirst")
_MOST_TICKS = 150  # in a line; more run into one another
_N_BINS = 50
_HALF = 0.4  # of a row: bars reach from below its middle to above


@chart(shows="position")
def position_chart(table: pd.DataFrame, *, row: str = "category") -> Figure:
    """Return a line for each value of `row`, with a tick for each hit where it stands in its article.

    Hits of headlines and standfirsts stand in columns of their own, as numbers. Where a line has more than 150 ticks, all lines have bars
    instead: hits in each fiftieth of the article.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.hit_positions` returns.
    row : str
        Column of the lines, such as ``category`` or ``outlet``; those with the most hits come first, hits without a value are not drawn.

    Raises
    ------
    SchemaError
        When no hit has a value of `row`.
    """
    table = table[table[row].notna()]
    if table.empty:
        raise SchemaError(f"position_chart: no hit has a value of {row!r}; is there a hit?")
    n_hits = table[row].astype("str").value_counts(sort=False).sort_values(ascending=False, kind="stable")
    rows = list(n_hits.index)
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _ROW_HEIGHT * len(rows) + 0.95))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[1, 3.6])
    is_top = table["zone"].isin(_TOP_ZONES)
    _numbers(left, table[is_top], row, rows)
    tallest = _lines(right, table[~is_top], row, rows)
    left.set_yticks(range(len(rows)), [f"{label(name)} (n = {number(n)})" for name, n in n_hits.items()])
    left.set_ylim(len(rows) - 0.5, -0.5)
    figure.supxlabel(_note(table, tallest), fontsize=8)
    return figure


def _numbers(axes: Axes, cells: pd.DataFrame, row: str, rows: list[str]) -> None:
    for across, zone in enumerate(_TOP_ZONES):
        for name, n in cells.loc[cells["zone"] == zone, row].astype("str").value_counts().items():
            axes.text(across, rows.index(str(name)), number(n), ha="center", va="center", fontsize=7.5, color=INK)
    axes.set_xticks(range(len(_TOP_ZONES)), _TOP_ZONES, fontsize=6.5)
    axes.set_xlim(-0.6, len(_TOP_ZONES) - 0.4)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)


def _lines(axes: Axes, cells: pd.DataFrame, row: str, rows: list[str]) -> int:
    """Draw ticks, or bars where there are too many; return how many hits the tallest bar has, 0 for ticks."""
    positions = {str(name): part.to_numpy() for name, part in cells["position"].groupby(cells[row].astype("str"))}
    is_crowded = max(map(len, positions.values()), default=0) > _MOST_TICKS
    feet = np.arange(len(rows)) + (_HALF if is_crowded else 0)
    axes.hlines(feet, 0, 100, color=GRID, linewidth=0.6)
    tallest = _bars(axes, positions, rows) if is_crowded else _ticks(axes, positions, rows)
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 25))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title("lead and body", fontsize=6.5, fontweight="normal", loc="center")
    return tallest


def _ticks(axes: Axes, positions: dict[str, Array], rows: list[str]) -> int:
    for name, values in positions.items():
        place = rows.index(name)
        axes.vlines(100 * values, place - 0.3, place + 0.3, color=ACCENT, linewidth=0.9, alpha=0.75)
    return 0


def _bars(axes: Axes, positions: dict[str, Array], rows: list[str]) -> int:
    counts = {name: np.histogram(values, bins=_N_BINS, range=(0, 1))[0] for name, values in positions.items()}
    tallest = max(int(values.max()) for values in counts.values())
    width = 100 / _N_BINS
    for name, values in counts.items():
        foot = rows.index(name) + _HALF
        axes.bar(np.arange(_N_BINS) * width, -2 * _HALF * values / tallest, width, foot, align="edge", color=ACCENT)
    return tallest


def _note(table: pd.DataFrame, tallest: int) -> str:
    n_articles = table["article_id"].nunique()
    articles = f"{number(n_articles)} articles with a hit" if n_articles > 1 else "one article"
    bars = f"\nbars: hits in each fiftieth of the article, {number(tallest)} in the tallest" if tallest else ""
    return f"% of the article's words that stand before the hit; n = hits, in {articles}{bars}"
