"""The chart of frames from elements: which share of each cluster's articles has each element."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.style import ACCENT, DOUBLE_COLUMN, INK, chart
from analysis.core.errors import SchemaError

_ROW_HEIGHT = 0.2
_DARK = 0.8  # from this share on white numbers read better than dark ones
_SHADES = LinearSegmentedColormap.from_list("shares", ["white", ACCENT])


@chart(shows="")
def elements_chart(elements: pd.DataFrame, clusters: pd.DataFrame, *, n_elements: int = 5) -> Figure:
    """Return a map of shares: one column a cluster, one row an element, the share as a shade and as a number.

    Parameters
    ----------
    elements, clusters : pandas.DataFrame
        Those tables of what `analysis.measures.elements.frames_from_elements` returns.
    n_elements : int
        How many elements of each cluster to draw: those with the largest difference from the other articles, and none below 0. An
        element of several clusters stands with the one that it marks most.

    Raises
    ------
    SchemaError
        When `n_elements` is below 1.
    """
    if n_elements < 1:
        raise SchemaError(f"elements_chart: n_elements={n_elements}; give a number from 1")
    chosen = elements[elements["difference"] > 0].groupby("cluster", sort=False).head(n_elements)
    marked = chosen.sort_values("difference", ascending=False, kind="stable").drop_duplicates("element")
    rows = marked.sort_values("cluster", kind="stable")
    shares = elements.pivot(index="element", columns="cluster", values="share").loc[
        rows["element"], clusters["cluster"]
    ]
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _ROW_HEIGHT * len(shares) + 1.1))
    axes = figure.subplots()
    _cells(axes, shares)
    axes.set_yticks([place + 0.5 for place in range(len(shares))], [label(name) for name in shares.index])
    heads = zip(clusters["cluster"], clusters["n_articles"], clusters["stability"], strict=True)
    labels = [f"cluster {cluster}\nn = {number(n)}\nstability {number(value, '.2f')}" for cluster, n, value in heads]
    axes.set_xticks([place + 0.5 for place in range(len(clusters))], labels)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    _rules(axes, rows["cluster"].tolist())
    figure.supxlabel(_note(elements), fontsize=8)
    return figure


def _cells(axes: Axes, shares: pd.DataFrame) -> None:
    axes.pcolormesh(shares.to_numpy(), cmap=_SHADES, vmin=0, vmax=1, edgecolors="white", linewidth=0.8)
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    for row, values in enumerate(shares.to_numpy()):
        for column, share in enumerate(values):
            color = "white" if share >= _DARK else INK
            axes.text(column + 0.5, row + 0.5, f"{100 * share:.0f}", ha="center", va="center", fontsize=7, color=color)


def _rules(axes: Axes, clusters: list[int]) -> None:
    """Draw a line where the elements of the next cluster begin."""
    for place in range(1, len(clusters)):
        if clusters[place] != clusters[place - 1]:
            axes.axhline(place, color=INK, linewidth=0.6)


def _note(elements: pd.DataFrame) -> str:
    return (
        "% of the cluster's articles with the element; n = articles\n"
        f"stability: mean Jaccard similarity, {elements.attrs['interval'].split(', ', 1)[1]}"
    )
