"""The chart of headline against body: what the body supports to the right, what it does not to the left."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.charts.labels import label
from analysis.charts.marks import HOLLOW, TEXT_SIZE, TOO_FEW, has_enough, in_percent, upright_line
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import ROW_SIZE, figure_of, name_rows, panel_width, row_label
from analysis.charts.room import n_lines, width_of
from analysis.charts.sizes import current_size
from analysis.charts.style import ACCENT, BAND, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES
from analysis.measures.divergence import STATUSES

_ROW_HEIGHT, _KEY_HEIGHT = 0.28, 0.16  # inches
_SUPPORTED, _ONLY_QUOTED, _UNSUPPORTED = STATUSES
_FACES = {_SUPPORTED: ACCENT, _ONLY_QUOTED: BAND, _UNSUPPORTED: HOLLOW}
# Above the rows, from left to right as the bars stand.
_MEANING = {
    _UNSUPPORTED: "not in the body",
    _ONLY_QUOTED: "only in words of others",
    _SUPPORTED: "in the narrator's voice",
}
_END = 101  # %: where the axis ends, at both sides
_EDGES = 3.0  # points: of a bar, beside its number


@chart(
    shows="share",
    table=TABLES["DIVERGENCE_RATES"].of(*"n_articles n_frames status n share share_low share_high".split()),
)
def divergence_chart(table: pd.DataFrame, *, row: str) -> Figure:
    """Return bars to both sides of a line at 0: right the frames of headlines that the body supports, left the others.

    A group of fewer than three articles is named and not drawn.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.compare.divergence_rates` returns by `row`.
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
    note = [
        "% of headline frames; n = frames in articles, numbers in the bars: frames",
        f"line, at the supported share: {interval_note(table)}",
    ]
    names = [row_label(f"{label(name)} (n = {n} in {m})") for name, n, m in counts.itertuples(name=None)]
    points = panel_width(1, left=max(width_of(name, ROW_SIZE) for name in names)) / (2 * _END)
    n_keys = 1 if current_size().is_narrow else len(_MEANING)  # side by side
    height = _ROW_HEIGHT * max(1, 0.6 * n_lines(names)) * (len(counts) + 1)
    figure = figure_of(height + _KEY_HEIGHT * (len(_MEANING) // n_keys - 1) + 0.1, note)
    axes = figure.subplots()
    for place, name in enumerate(counts.index):
        cells = in_percent(table[table[row] == name].set_index("status"))
        if not has_enough(cells).iloc[0]:
            axes.text(2, place, TOO_FEW, va="center", fontsize=TEXT_SIZE, color=INK)
        else:
            _bars(axes, cells, place, points=points)
    upright_line(axes, 0)
    name_rows(axes, names)
    axes.set_xlim(-_END, _END)
    axes.set_xticks(range(-100, 101, 50), [str(abs(tick)) for tick in range(-100, 101, 50)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    keys = [
        Patch(facecolor=_FACES[status], edgecolor=ACCENT, linewidth=0.8, label=_MEANING[status]) for status in _MEANING
    ]
    figure.legend(
        handles=keys, loc="outside upper center", ncols=n_keys, frameon=False, fontsize=TEXT_SIZE, handlelength=1.2
    )
    return figure


def _bars(axes: Axes, cells: pd.DataFrame, place: int, *, points: float) -> None:
    """Draw the three bars of a group, with their numbers where a bar is wide enough; one % is so many points wide."""
    widths, counts = cells["share"], cells["n"]
    quoted = -widths[_ONLY_QUOTED]
    for status, left in ((_SUPPORTED, 0.0), (_ONLY_QUOTED, quoted), (_UNSUPPORTED, quoted - widths[_UNSUPPORTED])):
        width = widths[status]
        _bar(axes, status, place, left, width, height=0.5)
        text = number(counts[status])
        if points * width > width_of(text, TEXT_SIZE) + _EDGES:
            colour, middle = "white" if status == _SUPPORTED else INK, left + width / 2
            axes.text(middle, place, text, ha="center", va="center", fontsize=TEXT_SIZE, color=colour)
    interval = cells.loc[[_SUPPORTED]]
    axes.hlines(place + 0.36, interval["share_low"], interval["share_high"], color=INK, linewidth=1.2)


def _bar(axes: Axes, status: str, place: float, left: float, width: float, *, height: float) -> None:
    axes.barh(place, width, left=left, height=height, color=_FACES[status], edgecolor=ACCENT, linewidth=0.8)
