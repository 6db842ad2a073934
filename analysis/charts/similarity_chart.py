"""The chart of similar outlets: a matrix of similarities, and beside it the tree in which the groups join."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from scipy.cluster import hierarchy

from analysis.charts.labels import label
from analysis.charts.numbers import number
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, GRID, INK, chart, slanted_room
from analysis.core.errors import SchemaError

_MOST_WITH_NUMBERS = 15
_CELL, _CELL_WITHOUT_NUMBER = 0.3, 0.17  # inches
_DARK = 0.88  # above it white letters stand out more than dark ones
# From white to the accent, whose lightness falls evenly, so that the order of the cells stays in greyscale.
_COLOURS = LinearSegmentedColormap.from_list("similarity", ["white", BAND, ACCENT]).with_extremes(bad=GRID)


@chart(shows="")
def similarity_chart(similarities: pd.DataFrame, tree: pd.DataFrame) -> Figure:
    """Return the matrix of similarities in the order of the tree, with the tree to its right.

    Up to 15 groups the cells show their numbers; of more, the columns stand unnamed in the order of the rows. The diagonal is left
    out: each group is 1 to itself.

    Parameters
    ----------
    similarities : pandas.DataFrame
        What `analysis.measures.similarity.similarity` returns.
    tree : pandas.DataFrame
        What `analysis.measures.similarity.linkage` returns for it.

    Raises
    ------
    SchemaError
        When the tree has groups that the matrix lacks.
    """
    missing = [name for name in tree.attrs["labels"] if name not in similarities.index]
    if missing:
        raise SchemaError(
            f"similarity_chart: the tree has {missing[0]!r}, the matrix has not; give the matrix that the tree was made of"
        )
    drawn = hierarchy.dendrogram(tree.to_numpy(float), labels=tree.attrs["labels"], no_plot=True)
    cells = similarities.loc[drawn["ivl"], drawn["ivl"]]
    is_named = len(cells) <= _MOST_WITH_NUMBERS
    height = max(2.2, (_CELL if is_named else _CELL_WITHOUT_NUMBER) * len(cells) + 1.6)
    height += slanted_room([label(name) for name in cells.columns]) if is_named else 0
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, height))
    left, right = figure.subplots(1, 2, width_ratios=[3, 1])
    image = _matrix(left, cells)
    _tree(right, drawn, len(cells))
    n_articles = similarities.attrs["n_articles"]
    left.set_yticks(range(len(cells)), [f"{label(name)} (n = {number(n_articles[name])})" for name in cells.index])
    if not is_named:
        figure.colorbar(image, ax=left, location="top", shrink=0.5, label="similarity", aspect=30)
    figure.supxlabel(_note(tree), fontsize=8)
    return figure


def _matrix(axes: Axes, cells: pd.DataFrame) -> AxesImage:
    values = cells.to_numpy(float, copy=True)
    np.fill_diagonal(values, np.nan)
    image = axes.imshow(values, cmap=_COLOURS, vmin=0, vmax=1, aspect="auto")
    axes.set_xticks([])
    if len(cells) <= _MOST_WITH_NUMBERS:
        axes.set_xticks(
            range(len(cells)), [label(name) for name in cells.columns], rotation=40, ha="right", rotation_mode="anchor"
        )
        for (row, column), value in np.ndenumerate(values):
            if row != column:
                colour = "white" if value > _DARK else INK
                axes.text(column, row, number(value, ".2f"), ha="center", va="center", fontsize=7, color=colour)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image


def _tree(axes: Axes, drawn: dict[str, list[list[float]]], n_groups: int) -> None:
    # scipy sets leaf i at 5 + 10 i, and a step's lines at its distance.
    joins = [
        np.column_stack([across, (np.array(along) - 5) / 10])
        for across, along in zip(drawn["dcoord"], drawn["icoord"], strict=True)
    ]
    axes.add_collection(LineCollection(joins, colors=INK, linewidths=1.1))
    axes.set_xlim(0, 1.05 * max(max(across) for across in drawn["dcoord"]) or 1)
    axes.set_ylim(n_groups - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.locator_params(axis="x", nbins=3)
    axes.set_xlabel("1 − similarity")


def _note(tree: pd.DataFrame) -> str:
    attrs = tree.attrs
    return (
        f"cosine similarity of TF-IDF weights ({attrs['weighting']}); n = articles; columns in the order of the rows\n"
        f"tree: groups join where the lines meet ({attrs['linkage']} linkage)"
    )
