"""The marks that charts are made of, each with one look: dots, bars, lines of reference, shaded cells, and the texts beside them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from analysis.charts.style import ACCENT, BAND, INK
from analysis.counting.ratios import FEWEST_ARTICLES

DASHED = (0, (4, 3))
_FARTHEST = 3  # times the highest estimate: longer bars are cut
TOO_FEW = "too few articles"
TEXT_SIZE = 7  # points: of texts within panels
HOLLOW = "white"  # the face of a dot, told from a filled one in greyscale too

Numbers = npt.ArrayLike


class Estimate(NamedTuple):
    """The columns of an estimate and of the two ends of its interval."""

    value: str
    low: str
    high: str


RATE = Estimate("rate_per_1000", "rate_low", "rate_high")
DIFFERENCE = Estimate("difference_per_1000", "difference_low", "difference_high")
SHARE = Estimate("share", "share_low", "share_high")


def columns_of(value: str, *, prefix: str = "") -> Estimate:
    """Return the columns of an estimate whose interval stands in ``prefix_low`` and ``prefix_high``; the prefix is `value` unless given."""
    name = prefix or value
    return Estimate(value, f"{name}_low", f"{name}_high")


def in_percent(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its shares and their intervals times 100."""
    return table.assign(**{name: 100 * table[name] for name in SHARE})


def dots(axes: Axes, x: Numbers, y: Numbers, *, face: str = ACCENT, shape: str = "o", size: float = 4.2) -> None:
    """Draw dots, filled or with the face that is given, whole also at the edge of the panel; nothing where there is none."""
    across, along = np.asarray(x, float), np.asarray(y, float)
    # A mark that may stand beyond the panel and stands nowhere takes the layout all its room.
    if not (np.isfinite(across) & np.isfinite(along)).any():
        return
    axes.plot(
        across, along, shape, color=ACCENT, markerfacecolor=face, markersize=size,
        markeredgewidth=0.9, clip_on=False, zorder=3,
    )  # fmt: skip


def level_bars(axes: Axes, cells: pd.DataFrame, columns: Estimate, places: Numbers, *, color: str = ACCENT) -> None:
    """Draw intervals from left to right, their ends higher than dots, so that a short one is seen too."""
    axes.hlines(places, cells[columns.low], cells[columns.high], color=color, linewidth=1.6)
    for ends in (columns.low, columns.high):
        axes.scatter(cells[ends], np.asarray(places, float), marker="|", s=44, color=color, linewidth=1, zorder=4)


def upright_bars(axes: Axes, cells: pd.DataFrame, columns: Estimate, places: Numbers, *, width: float = 2.4) -> None:
    """Draw intervals from below to above, behind what is drawn at their places, their ends wider than dots."""
    axes.vlines(places, cells[columns.low], cells[columns.high], color=BAND, linewidth=width)
    for ends in (columns.low, columns.high):
        axes.scatter(np.asarray(places), cells[ends], marker="_", s=24, color=ACCENT, linewidth=0.7, zorder=2)


def estimates(
    axes: Axes, cells: pd.DataFrame, columns: Estimate, places: Numbers, *, face: str = ACCENT, shape: str = "o"
) -> None:
    """Draw each estimate as a dot on the bar of its interval; nothing stands where it is missing.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    cells : pandas.DataFrame
        The part of a table that the panel shows.
    columns : Estimate
        Columns of the estimates and their intervals.
    places : array_like of float
        How far below the first row each stands, as `analysis.charts.panels.Rows.places` says.
    face, shape : str
        Of the dots.
    """
    level_bars(axes, cells, columns, places)
    dots(axes, cells[columns.value], places, face=face, shape=shape)


def has_enough(table: pd.DataFrame) -> pd.Series:
    """Return whether each row of a table has the articles that its measure asked for, five where it does not say."""
    is_enough: pd.Series = table["n_articles"] >= fewest(table)
    return is_enough


def fewest(table: pd.DataFrame) -> int:
    """Return the fewest articles of a group that is drawn: what the measure asked for, five where the table does not say."""
    return int(table.attrs.get("min_articles", FEWEST_ARTICLES))


def estimates_of_enough(axes: Axes, cells: pd.DataFrame, columns: Estimate, places: Numbers) -> None:
    """Draw the estimates of groups that have enough articles, with arrows where they go on, and say of the others that they have too few.

    The axis has its limits before.
    """
    is_enough, places = has_enough(cells).to_numpy(), np.asarray(places, float)
    estimates(axes, cells[is_enough], columns, places[is_enough])
    arrows(axes, cells[is_enough], columns, places[is_enough])
    beside(axes, [TOO_FEW] * int((~is_enough).sum()), 0, places[~is_enough])


def reach(table: pd.DataFrame, columns: Estimate) -> float:
    """Return how far an axis from 0 must go to show all estimates, and all bars that are not more than three times as long.

    One bar of a group with a single hit would leave no room for the others: it is cut, and has an arrow.
    """
    drawn = table[has_enough(table)]
    top, ends = float(drawn[columns.value].max()), drawn[columns.high]
    near = ends[ends <= _FARTHEST * top] if top > 0 else ends
    farthest = float(np.nanmax([top, near.max(), 0]))
    return 1.04 * farthest or 1.0


def bar_notes(table: pd.DataFrame, columns: Estimate) -> str:
    """Say what is special about the bars of a table: those of estimates of 0, and those that are cut."""
    drawn = table[has_enough(table)]
    notes = []
    if ((drawn[columns.value] == 0) & drawn[columns.high].notna()).any():
        notes.append("; of 0: one-sided bound, Poisson times pooled dispersion")
    if (drawn[columns.high] > reach(table, columns)).any():
        notes.append("; some bars go on beyond the edge")
    return "".join(notes)


def arrows(axes: Axes, cells: pd.DataFrame, columns: Estimate, places: Numbers) -> None:
    """Mark the bars and dots that go on beyond the left or right edge of the panel."""
    left, right = axes.get_xlim()
    numbers, places = cells[list(columns)], np.asarray(places, float)
    for is_cut, edge, shape in ((numbers.min(axis=1) < left, left, "<"), (numbers.max(axis=1) > right, right, ">")):
        for place in places[is_cut.to_numpy()]:
            dots(axes, [edge], [place], shape=shape)


def upright_line(axes: Axes, place: float, *, style: Any = "-") -> None:
    """Draw a line of reference through the panel, behind the dots."""
    axes.axvline(place, color=INK, linewidth=0.8, linestyle=style, zorder=1)


def level_line(axes: Axes, place: float, *, style: Any = "-") -> None:
    """Draw a level line of reference through the panel, behind the dots."""
    axes.axhline(place, color=INK, linewidth=0.8, linestyle=style, zorder=1)


def name_line(axes: Axes, place: float, text: str) -> None:
    """Write what an upright line of reference is below the numbers of the x axis; the panel has no name of its axis."""
    axes.annotate(
        text, (place, 0), (0, -16), xycoords=("data", "axes fraction"), textcoords="offset points", ha="center", va="top",
        fontsize=TEXT_SIZE, color=INK,
    )  # fmt: skip


def name_level_line(axes: Axes, place: float, text: str) -> None:
    """Write what a level line of reference is, right of the panel."""
    axes.annotate(
        text, (1, place), (3, 0), xycoords=("axes fraction", "data"), textcoords="offset points", ha="left", va="center",
        fontsize=TEXT_SIZE, color=INK,
    )  # fmt: skip


def beside(axes: Axes, texts: Iterable[str], x: Numbers, y: Numbers) -> None:
    """Write each text right of its mark; where a mark is missing, the text says why."""
    texts = list(texts)
    ends, places = (np.broadcast_to(np.asarray(each, float), len(texts)) for each in (x, y))
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}  # no line of reference runs through the letters
    for text, end, place in zip(texts, ends, places, strict=True):
        axes.annotate(
            text, (end, place), (5, 0), textcoords="offset points", va="center", fontsize=TEXT_SIZE, color=INK, bbox=paper
        )  # fmt: skip


def shaded_cells(
    axes: Axes, values: pd.DataFrame, texts: pd.DataFrame, *, colors: pd.DataFrame, shades: Colormap, top: float
) -> None:
    """Draw a map: each value as a shade, the darkest from `top` on, with its text.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel. The middle of the cell of the first row and column is at 0.5, 0.5.
    values, texts, colors : pandas.DataFrame
        For each cell its value, its text and the colour of the text.
    shades : matplotlib.colors.Colormap
        From light to dark.
    top : float
        The value of the darkest shade; 0 has the lightest.
    """
    axes.pcolormesh(values.to_numpy(float), cmap=shades, vmin=0, vmax=top, edgecolors="white", linewidth=0.8)
    for (row, column), text in np.ndenumerate(texts.to_numpy()):
        axes.text(
            column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=TEXT_SIZE, color=colors.iat[row, column]
        )  # fmt: skip
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
