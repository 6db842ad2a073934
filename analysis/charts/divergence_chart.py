"""The chart of headline against body: what the body supports to the right, what it does not to the left."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.style import ACCENT, BAND, DOUBLE_COLUMN, FEWEST_ARTICLES, INK, chart
from analysis.core.errors import SchemaError
from analysis.measures.divergence import STATUSES

_ROW_HEIGHT = 0.28
_SUPPORTED, _ONLY_QUOTED, _UNSUPPORTED = STATUSES
_FACES = {_SUPPORTED: ACCENT, _ONLY_QUOTED: BAND, _UNSUPPORTED: "white"}
_MEANING = {
    _UNSUPPORTED: "not in the body",
    _ONLY_QUOTED: "only in words of others",
    _SUPPORTED: "in the narrator's voice",
}
_NARROWEST = 5  # % of the frames that leave room for a number in the bar


@chart(shows="share")
def divergence_chart(table: pd.DataFrame, *, row: str) -> Figure:
    """Return bars to both sides of a line at 0: right the frames of headlines that the body supports, left the others.

    A group of fewer than three articles is named and not drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.divergence_rates` returns by `row`.
    row : str
        Column of the groups.

    Raises
    ------
    SchemaError
        When the table has no row.
    """
    if table.empty:
        raise SchemaError("divergence_chart: the table has no row; does a headline carry a frame?")
    counts = table.groupby(row, sort=False)[["n_frames", "n_articles"]].agg(spread)
    rows = list(counts.index)
    figure = Figure(layout="constrained", figsize=(DOUBLE_COLUMN, _ROW_HEIGHT * (len(rows) + 1) + 0.7))
    axes = figure.subplots()
    for place, name in enumerate(rows):
        cells = table[table[row] == name].set_index("status")
        if cells["n_articles"].iloc[0] < FEWEST_ARTICLES:
            axes.text(2, place, "too few articles", va="center", fontsize=6.5, color=INK)
        else:
            _bars(axes, cells, place)
    axes.axvline(0, color=INK, linewidth=0.8)
    _name_sides(axes)
    names = [f"{label(name)} (n = {n} in {m})" for name, n, m in counts.itertuples(name=None)]
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.5, -1.2)
    axes.set_xlim(-101, 101)
    axes.set_xticks(range(-100, 101, 50), [str(abs(tick)) for tick in range(-100, 101, 50)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    figure.supxlabel(
        "% of headline frames; n = frames in articles, numbers in the bars: frames\n"
        f"line, at the supported share: {interval_note(table)}",
        fontsize=8,
    )
    return figure


def _bars(axes: Axes, cells: pd.DataFrame, place: int) -> None:
    shares, counts = 100 * cells["share"], cells["n"]
    quoted = -float(shares[_ONLY_QUOTED])
    spans = {
        _SUPPORTED: (0.0, float(shares[_SUPPORTED])),
        _ONLY_QUOTED: (quoted, -quoted),
        _UNSUPPORTED: (quoted - float(shares[_UNSUPPORTED]), float(shares[_UNSUPPORTED])),
    }
    for status, (left, width) in spans.items():
        axes.barh(place, width, left=left, height=0.5, color=_FACES[status], edgecolor=ACCENT, linewidth=0.8)
        if width >= _NARROWEST:
            colour = "white" if status == _SUPPORTED else INK
            where = min(width, 100.0) / 2
            axes.text(
                left + where, place, number(int(counts[status])), ha="center", va="center", fontsize=7, color=colour
            )
    interval = 100 * cells.loc[[_SUPPORTED], ["share_low", "share_high"]]
    axes.hlines(place + 0.36, interval["share_low"], interval["share_high"], color=INK, linewidth=1.2)


def _name_sides(axes: Axes) -> None:
    """Name the three bars above the first row, each by a small piece of it."""
    for status, left in ((_UNSUPPORTED, -98), (_ONLY_QUOTED, -56), (_SUPPORTED, 2)):
        axes.barh(-0.85, 4, left=left, height=0.3, color=_FACES[status], edgecolor=ACCENT, linewidth=0.8)
        axes.text(left + 5.5, -0.85, _MEANING[status], va="center", fontsize=7, color=INK)
