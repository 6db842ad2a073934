"""The specification curve: the estimates in order, above the choices that each was made with."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.marks import DIFFERENCE, HOLLOW, TEXT_SIZE, dots, level_line, name_level_line, upright_bars
from analysis.charts.numbers import interval_note, number, spread
from analysis.charts.panels import TITLE_SIZE, figure_of, name_rows, panel_width
from analysis.charts.room import width_of, wrapped
from analysis.charts.style import ACCENT, INK, chart
from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES

_CHOICES = ("lexicon", "zones", "voices", "duplicates", "overlap", "weighting")
_ROW_HEIGHT = 0.16
_CURVE_HEIGHT = 1.9
_RIGHT = 45.0  # points: the name of the line at 0


@chart(
    shows="difference_per_1000",
    table=TABLES["SPECIFICATION_CURVE"].of(
        *"rank lexicon zones voices duplicates overlap weighting n_articles_focus n_articles_reference".split(),
        "difference_per_1000",
        "difference_low",
        "difference_high",
    ),
)
def specification_chart(table: pd.DataFrame) -> Figure:
    """Return the estimates with intervals from the smallest to the largest, and below them a mark at each one's choices.

    Parameters
    ----------
    table : pandas.DataFrame
        What `analysis.learning.specification.specification_curve` returns. Choices with one alternative are not drawn.

    Raises
    ------
    SchemaError
        When no specification has an estimate.
    """
    drawn = table.dropna(subset=["difference_per_1000"])
    if drawn.empty:
        raise SchemaError(
            "specification_chart: no specification has an estimate; a group has no words in the chosen zones"
        )
    rows = [(choice, value) for choice in _CHOICES for value in _alternatives(table, choice)]
    names = [f"{choice}: {label(value)}" for choice, value in rows]
    heights = [_CURVE_HEIGHT, max(1, len(rows)) * _ROW_HEIGHT]
    figure = figure_of(sum(heights), _note(table, drawn))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=heights)
    _curve(above, drawn)
    _marks(below, drawn, rows)
    name_rows(below, names or [""])
    room = panel_width(1, left=max([width_of(name, TEXT_SIZE) for name in names], default=0) + _RIGHT)
    finding = label(table.attrs["finding"], longest=90) if "finding" in table.attrs else ""
    above.set_title(wrapped(finding, room, TITLE_SIZE, is_bold=True))
    return figure


def _alternatives(table: pd.DataFrame, choice: str) -> list[str]:
    values = list(table[choice].drop_duplicates().sort_values())
    return values if len(values) > 1 else []


def _curve(axes: Axes, cells: pd.DataFrame) -> None:
    is_clear = (cells["difference_low"] > 0) | (cells["difference_high"] < 0)
    upright_bars(axes, cells, DIFFERENCE, cells["rank"], width=1.4)
    for chosen, face in ((is_clear, ACCENT), (~is_clear, HOLLOW)):
        dots(axes, cells["rank"][chosen], cells["difference_per_1000"][chosen], face=face, size=3.2)
    level_line(axes, 0)
    name_level_line(axes, 0, "no\ndifference")
    axes.grid(axis="y")
    axes.set_ylabel(f"difference per {number(1000)} words")
    axes.tick_params(axis="x", length=0)


def _marks(axes: Axes, cells: pd.DataFrame, rows: list[tuple[str, str]]) -> None:
    for place, (choice, value) in enumerate(rows):
        ranks = cells.loc[cells[choice] == value, "rank"]
        axes.plot(ranks, [place] * len(ranks), "|", color=INK, markersize=6, markeredgewidth=1)
        if place and rows[place - 1][0] != choice:
            axes.axhline(place - 0.5, color=INK, linewidth=0.4)
    axes.tick_params(axis="y", length=0, labelsize=TEXT_SIZE)
    axes.locator_params(axis="x", nbins=8, integer=True)


def _note(table: pd.DataFrame, drawn: pd.DataFrame) -> list[str]:
    n_missing = len(table) - len(drawn)
    missing = f"; {n_missing} without an estimate, not drawn" if n_missing else ""
    focus, reference = spread(drawn["n_articles_focus"]), spread(drawn["n_articles_reference"])
    return [
        f"specifications from the smallest estimate to the largest (n = {number(len(drawn))}{missing})",
        f"bars: {interval_note(table)}; articles: {focus} of focus, {reference} of reference; filled: interval without 0",
    ]
