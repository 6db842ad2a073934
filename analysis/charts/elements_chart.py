"""The chart of frames from elements: which share of each cluster's articles has each element."""

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import level_line, shaded_cells
from analysis.charts.numbers import number
from analysis.charts.panels import figure_of, row_label
from analysis.charts.room import n_lines
from analysis.charts.sizes import current_size
from analysis.charts.style import ACCENT, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.origin import fact
from analysis.core.schema import TABLES

_ROW_HEIGHT = 0.2
_DARK = 0.8  # from this share on white numbers read better than dark ones
_SHADES = LinearSegmentedColormap.from_list("shares", ["white", ACCENT])


@chart(
    shows="",
    elements=TABLES["CLUSTER_ELEMENTS"].of("cluster", "element", "share", "difference"),
    clusters=TABLES["ELEMENT_CLUSTERS"].of("cluster", "n_articles", "stability"),
)
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
    shares = elements.pivot(index="element", columns="cluster", values="share")
    shares = shares.loc[rows["element"], clusters["cluster"]]
    note = [
        "% of the cluster's articles with the element; n = articles",
        f"stability: mean Jaccard similarity, {fact(elements, 'interval').split(', ', 1)[1]}",
    ]
    names = [row_label(label(name)) for name in shares.index]
    figure = figure_of(_ROW_HEIGHT * n_lines(names) * len(shares) + 0.5, note)
    axes = figure.subplots()
    texts = shares.map(lambda share: f"{100 * share:.0f}")
    colors = shares.map(lambda share: "white" if share >= _DARK else INK)
    shaded_cells(axes, shares, texts, colors=colors, shades=_SHADES, top=1)
    axes.set_yticks(np.arange(len(shares)) + 0.5, names)
    heads = zip(clusters["cluster"], clusters["n_articles"], clusters["stability"], strict=True)
    labels = [f"cluster {cluster}\nn = {number(n)}\nstability {number(value, '.2f')}" for cluster, n, value in heads]
    axes.set_xticks(np.arange(len(labels)) + 0.5, labels, rotation=90 if current_size().is_narrow else 0)
    for place in (
        np.flatnonzero(np.diff(rows["cluster"])) + 1
    ).tolist():  # where the elements of the next cluster begin
        level_line(axes, place)
    return figure
