"""How large figures are: two columns of print unless asked, one column or a slide inside a block."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from analysis.core.errors import SchemaError


@dataclass(frozen=True, slots=True)
class FigureSize:
    """A place for figures, and how charts are laid out for it.

    A chart is laid out with type of 7 to 8.5 points and then enlarged as a whole (`analysis.charts.enlarging`), so that all its parts keep
    their proportions, texts beside marks too.

    Attributes
    ----------
    width : float
        Inches of the finished figure.
    height : float
        Inches of the finished figure; 0 where it is as tall as its rows.
    laid_out : float
        Inches of its width before it is enlarged, the least where the height is fixed.
    columns, most_columns : int
        How many panels stand side by side at most, and how many where the figure would otherwise be taller than `tallest`.
    tallest : float
        Inches of all panels, before they are enlarged, from which further columns are taken.
    label_kinds : tuple of str
        Which of the lexicon's labels are written; the next where there is none of the first.
    """

    width: float
    height: float
    laid_out: float
    columns: int
    most_columns: int
    tallest: float
    label_kinds: tuple[str, ...] = ("label",)

    @property
    def is_narrow(self) -> bool:
        """Whether panels that stand side by side elsewhere have no room for that."""
        return self.columns == 1

    def points(self, share: float = 1) -> float:
        """Return points of a share of the width at which charts are laid out."""
        return 72 * share * self.laid_out

    def inches(self, height: float) -> tuple[float, float]:
        """Return width and height at which a chart is laid out that needs this height."""
        if not self.height:
            return self.laid_out, height
        height = max(height, self.laid_out * self.height / self.width)
        return height * self.width / self.height, height

    def factor(self, laid_out: float) -> float:
        """Return by how much a figure is enlarged that is laid out with a width, 0 where it is not."""
        factor = self.width / laid_out
        return 0.0 if math.isclose(factor, 1) else factor

    def n_columns(self, n: int, height: float, *, wanted: int) -> int:
        """Return how many of `n` panels of a height stand side by side, where a wide figure would have `wanted`."""
        chosen = min(n, wanted, self.columns)
        while chosen < min(n, self.most_columns) and math.ceil(n / chosen) * height > self.tallest:
            chosen += 1
        return chosen


_SMALLEST = 6 / 7  # of the type as it is laid out, so that its 7 points are 6 in print
_SIZES = {
    "single": FigureSize(3.4, 0, 3.4 / _SMALLEST, 1, 2, 7.0, ("short_label", "label")),
    "double": FigureSize(7.2, 0, 7.2, 3, 3, math.inf),
    "slides": FigureSize(40 / 3, 7.5, 20 / 3, 3, 4, 4.5),
}
# Of the thread or task that draws.
_current: ContextVar[FigureSize] = ContextVar("figure_size", default=_SIZES["double"])


@contextmanager
def figure_size(name: str) -> Iterator[None]:
    """Draw charts for another place inside a ``with`` block; a figure keeps its size, also where it is saved later.

    Parameters
    ----------
    name : {"single", "double", "slides"}
        One column of print (3.4 inches wide, type from 6 points, the lexicon's short labels), two columns (7.2 inches, the default), or a
        slide (16:9, 13.3 by 7.5 inches, type twice as large as long as all rows have room).

    Raises
    ------
    SchemaError
        When `name` is none of the three.
    """
    if name not in _SIZES:
        raise SchemaError(f"figure_size: {name!r} is not known; choose {', '.join(_SIZES)}")
    earlier = _current.set(_SIZES[name])
    try:
        yield
    finally:
        _current.reset(earlier)


def current_size() -> FigureSize:
    """Return the size that charts are drawn in now."""
    return _current.get()
