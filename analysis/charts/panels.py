"""The frame that charts stand in: panels on common axes, rows with their names and numbers, periods, and a note below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import label
from analysis.charts.numbers import period_name, spread
from analysis.charts.room import n_lines as n_lines_of
from analysis.charts.room import width_of, wrapped
from analysis.charts.sizes import current_size
from analysis.core.errors import SchemaError
from analysis.counting.periods import length_of

Array = npt.NDArray[np.float64]

# How pandas calls each length of a period, and how its names are written.
_FORMS = {"month": ("M", "%Y-%m"), "quarter": ("Q", "%Y-Q%q"), "year": ("Y", "%Y")}

# Of the width of the figure: names of rows, and lines of the note, which come out wider in some formats than in others.
_LABEL_SHARE, _NOTE_SHARE = 0.43, 0.96

# Inches: a line within a row, the gap between rows, title and room of a panel, the numbers of the x axis, and a line of the note.
_PERIOD, _BESIDE_PERIODS = 0.5, 0.5  # the name of a period, and what is beside the axis of a panel
_LINE, _GAP, _TITLE, _TICKS, _NOTE = 0.13, 0.11, 0.3, 0.3, 0.15
# Points: the type of titles, of the names of rows and of the note, what stands left of a panel without names of rows, and the gap between panels.
TITLE_SIZE, ROW_SIZE, _NOTE_SIZE, _MARGIN, _PANEL_GAP = 8.5, 7.5, 8.0, 30.0, 18.0
_LONG_NAMES = 0.28  # of the width: names of rows that take more are long


@dataclass(frozen=True)
class Panels:
    """The panels of a figure, each for a value of a column.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The chart.
    names : list
        The values.
    axes : list of matplotlib.axes.Axes
        The panel of each.
    n_columns : int
        How many stand side by side.
    room : float
        About how many points a panel is wide.
    """

    figure: Figure
    names: list[object]
    axes: list[Axes]
    n_columns: int
    room: float

    @property
    def lowest(self) -> list[Axes]:
        """The panels with no other below, which bear the numbers of the common x axis."""
        return self.axes[-self.n_columns :]

    @property
    def first(self) -> Axes:
        """The panel at the upper left; what is set of its common axes holds for all."""
        return self.axes[0]

    def parts(self, table: pd.DataFrame, column: str) -> Iterator[tuple[Axes, pd.DataFrame]]:
        """Yield each panel with the rows of a table that have its value in a column."""
        for axes, name in zip(self.axes, self.names, strict=True):
            yield axes, table[table[column] == name]


@dataclass(frozen=True)
class Rows:
    """The rows of a chart, the first on top, each with as many lines as it shows estimates.

    Attributes
    ----------
    column : str
        Whose values the rows are.
    names : list
        The values.
    labels : list of str
        What is written beside the rows.
    n_lines : int
        Of each row.
    """

    column: str
    names: list[object]
    labels: list[str]
    n_lines: int = 1

    @property
    def height(self) -> float:
        """Inches of a row."""
        return _LINE * max(self.n_lines, n_lines_of(self.labels)) + _GAP

    @property
    def width(self) -> float:
        """About how many points their names take left of the panels."""
        return max(width_of(name, ROW_SIZE) for name in self.labels)

    @property
    def is_long(self) -> bool:
        """Whether their names leave room for two panels side by side only."""
        return self.width > current_size().points(_LONG_NAMES)

    def places(self, cells: pd.DataFrame, *, line: int = 0) -> Array:
        """Return how far below the middle of the first row each of the cells stands, in rows."""
        offset = (line - (self.n_lines - 1) / 2) * _LINE / self.height
        return np.array([self.names.index(name) for name in cells[self.column]], float) + offset


def rows_of(table: pd.DataFrame, column: str, *, n: str = "n_articles", n_lines: int = 1) -> Rows:
    """Return the values of a column as rows, in the order of the table; beside each stands how many lie behind it, as the column `n` says."""
    counts = table.groupby(column, sort=False, observed=True, dropna=False)[n].agg(spread)
    labels = [row_label(f"{label(name)} (n = {count})") for name, count in counts.items()]
    return Rows(column, list(counts.index), labels, n_lines)


def row_label(text: str) -> str:
    """Return what is written beside a row, on as many lines as leave room for the panels."""
    return wrapped(text, current_size().points(_LABEL_SHARE), ROW_SIZE)


def figure_of(height: float, note: Sequence[str]) -> Figure:
    """Return an empty figure of the current size.

    Parameters
    ----------
    height : float
        Inches of all panels, with their titles, without the numbers of the lowest x axis.
    note : sequence of str
        The lines below them: unit, interval, what n is.
    """
    lines = "\n".join(wrapped(line, current_size().points(_NOTE_SHARE), _NOTE_SIZE) for line in note)
    height += _TICKS + _NOTE * (lines.count("\n") + bool(note))
    figure = Figure(layout="constrained", figsize=current_size().inches(height))
    figure.supxlabel(lines, fontsize=_NOTE_SIZE)
    return figure


def panels(
    names: Iterable[object],
    *,
    height: float,
    note: Sequence[str],
    n_columns: int | None = None,
    titles: Sequence[str] | None = None,
    left: float = _MARGIN,
) -> Panels:
    """Return a figure with a panel for each name, all on the same axes.

    Parameters
    ----------
    names : iterable
        Of the panels; they become their titles, on several lines where they are long. None has no title.
    height : float
        Inches of a panel, with a title of one line.
    note : sequence of str
        The lines below all panels.
    n_columns : int, optional
        How many panels stand side by side where the figure is wide; without it three, or two where that leaves no gap.
    titles : sequence of str, optional
        Of the panels, in place of their names.
    left : float
        Points that stand left of the first panel.

    Raises
    ------
    SchemaError
        When there is no panel to draw.
    """
    names = list(names)
    if not names:
        raise SchemaError("the table has no row, so there is nothing to draw; is there a hit, an outlet, a date?")
    wanted = n_columns or (2 if len(names) in (2, 4) else 3)
    n_columns = current_size().n_columns(len(names), height, wanted=wanted)
    n_lines = -(-len(names) // n_columns)
    room = panel_width(n_columns, left=left)
    plain = titles or ["" if name is None else label(name) for name in names]
    lines = [wrapped(title, room, TITLE_SIZE, is_bold=True) for title in plain]
    figure = figure_of(n_lines * (height + _LINE * (n_lines_of(lines) - 1)), note)
    grid = figure.subplots(n_lines, n_columns, sharex=True, sharey=True, squeeze=False)
    for place in range(len(names), grid.size):
        grid.flat[place].set_visible(False)
        # The panel above an empty place has no other below it to bear the labels of the common x axis.
        grid.flat[place - n_columns].tick_params(axis="x", labelbottom=True)
    made = Panels(figure, names, list(grid.flat[: len(names)]), n_columns, room)
    for axes, title in zip(made.axes, lines, strict=True):
        axes.set_title(title)
    return made


def panel_width(n_columns: int, *, left: float = _MARGIN) -> float:
    """Return about how many points each of the panels side by side is wide, right of `left` points."""
    return (current_size().points() - left) / n_columns - _PANEL_GAP


def row_panels(
    names: Iterable[object], rows: Rows, *, note: Sequence[str], titles: Sequence[str] | None = None
) -> Panels:
    """Return a figure with a panel for each name; all have the same rows, which are named at the left.

    Parameters
    ----------
    names : iterable
        Of the panels; they become their titles. None has no title.
    rows : Rows
        The first on top.
    note : sequence of str
        The lines below all panels.
    titles : sequence of str, optional
        Of the panels, in place of their names.

    Raises
    ------
    SchemaError
        When there is no panel to draw.
    """
    n_columns = 2 if rows.is_long else None
    height = rows.height * len(rows.labels) + _TITLE
    made = panels(names, height=height, note=note, n_columns=n_columns, titles=titles, left=rows.width)
    name_rows(made.first, rows.labels)
    for axes in made.axes:
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
    return made


def name_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows of a panel, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)


def every_period(periods: pd.Series) -> list[str]:
    """Return the periods from the first to the last, those without an article too, so that time has one scale."""
    first, last = periods.min(), periods.max()
    frequency, form = _FORMS[length_of(first)]
    return [period.strftime(form) for period in pd.period_range(first, last, freq=frequency)]


def name_periods(axes: Axes, periods: Sequence[str], *, most: int) -> None:
    """Name periods on the x axis, every few of them where there are more than `most`, or than a panel has room for."""
    grid = axes.get_gridspec()
    room = current_size().laid_out / (grid.ncols if grid else 1) - _BESIDE_PERIODS
    most = max(2, min(most, int(room / _PERIOD)))
    step = max(1, -(-len(periods) // most))
    axes.set_xticks(range(0, len(periods), step), list(map(period_name, periods[::step])))
