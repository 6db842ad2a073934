"""Labels beside their dots, placed so that they cover one another, a dot or a line as little as can be."""

from collections.abc import Sequence
from itertools import product
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from analysis.charts.style import INK

Array = npt.NDArray[Any]

_DOT = 4.0  # points: half the side of the square round a dot that a label keeps off
_LINE = 1.0  # points: half the width of a line
_NEAR = 6  # points between a dot and its label; farther off, a thin line leads there
# Beside the dot first, then above and below, then at the corners; then the same farther off, in points.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_PLACES = [(distance * across, distance * up) for distance, (across, up) in product((_NEAR, 18, 30), _SIDES)]


def place_labels(axes: Axes, points: Array, texts: Sequence[str], *, lines: Sequence[Array] = ()) -> None:
    """Write each text beside its point, at that of 24 places where it covers least; the first of equals.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to write. Everything else must have been drawn, and nothing may move after.
    points : numpy.ndarray of float, shape (n, 2)
        The dots, in units of the data.
    texts : sequence of str
        A text for each.
    lines : sequence of numpy.ndarray of float, shape (4,)
        Lines to keep off, upright or level: x and y of one end, x and y of the other.
    """
    figure = cast(Figure, axes.get_figure(root=True))
    figure.draw_without_rendering()
    pixels = figure.dpi / 72
    dots = [_around(axes, [point, point], _DOT * pixels) for point in points]
    taken = [_around(axes, line.reshape(2, 2), _LINE * pixels) for line in lines]
    for place, (point, text) in enumerate(zip(points, texts, strict=True)):
        label = axes.annotate(text, tuple(point), (0, 0), textcoords="offset points", fontsize=7, color=INK, zorder=4)
        others = [*taken, *dots[:place], *dots[place + 1 :]]
        costs = []
        for offset in _PLACES:
            _move(label, offset)
            costs.append(_covered(label.get_window_extent(), others, axes.get_window_extent()))
        chosen = _PLACES[int(np.argmin(costs))]
        _move(label, chosen)
        if max(map(abs, chosen)) > _NEAR:
            _lead(axes, point, chosen)
        taken.append(label.get_window_extent())


def _around(axes: Axes, ends: Any, margin: float) -> Bbox:
    (left, foot), (right, head) = axes.transData.transform(ends)
    return Bbox.from_extents(left - margin, foot - margin, right + margin, head + margin)


def _move(label: Annotation, offset: tuple[int, int]) -> None:
    across, up = offset
    label.set_position(offset)
    label.set_horizontalalignment("left" if across > 0 else "right" if across < 0 else "center")
    label.set_verticalalignment("bottom" if up > 0 else "top" if up < 0 else "center")


def _lead(axes: Axes, point: Array, offset: tuple[int, int]) -> None:
    line = {"arrowstyle": "-", "linewidth": 0.5, "color": INK, "shrinkA": 0, "shrinkB": 2}
    axes.annotate("", tuple(point), offset, textcoords="offset points", arrowprops=line)


def _covered(box: Bbox, others: Sequence[Bbox], frame: Bbox) -> float:
    """Return how much of a label lies on others or outside of the axes, in square pixels."""
    shared = [Bbox.intersection(box, other) for other in others]
    return 2 * _area(box) - 2 * _area(Bbox.intersection(box, frame)) + sum(map(_area, shared))


def _area(box: Bbox | None) -> float:
    return float(box.width * box.height) if box else 0.0
