"""What can be wrong with a figure in print: texts that cover one another, too small, cut; marks that are one in greyscale.

The rule for greyscale: two looks that differ in colour alone (dots of one shape, lines that are solid, or dashed, areas of one hatch) differ by at
least 10 in CIE L*, and every mark differs by as much from the paper, by its face or its edge.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.style import style

SMALLEST_TYPE = 6.0  # points
NARROWEST = 0.8  # inches
LEAST_STEP = 10.0  # in CIE L*, from 0 (black) to 100 (white)
_DPI = 300
_SLACK = 0.3  # points: boxes that only touch do not overlap
_PAPER = 100.0


@dataclass(frozen=True)
class Line:
    """One line of a text as it is drawn: its letters, size in points, and its box in points from the lower left."""

    text: str
    size: float
    box: Path


@dataclass(eq=False)
class _Recorder(RendererBase):
    """A renderer that draws nothing and keeps the texts; what the axes do not show is never given to it."""

    figure: Figure
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.figure.bbox.width, self.figure.bbox.height

    def points_to_pixels(self, points: float) -> float:
        return points * self.figure.dpi / 72

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
        placed = Affine2D().rotate_deg(angle).translate(x, self.figure.bbox.height - y).scale(72 / self.figure.dpi)
        slack = self.points_to_pixels(_SLACK)
        box = Path([[slack, slack - descent], [width - slack, slack - descent], [width - slack, height - descent - slack],
                    [slack, height - descent - slack], [slack, slack - descent]], closed=True)  # fmt: skip
        if s.strip():
            self.lines.append(Line(s, prop.get_size_in_points(), box.transformed(placed)))

    def draw_path(self, *arguments: Any) -> None: ...
    def draw_markers(self, *arguments: Any) -> None: ...
    def draw_path_collection(self, *arguments: Any, **options: Any) -> None: ...
    def draw_quad_mesh(self, *arguments: Any) -> None: ...
    def draw_image(self, *arguments: Any) -> None: ...


def printed_lines(figure: Figure) -> list[Line]:
    """Return all lines of text that the figure shows, laid out as `save_figure` does."""
    with style():
        figure.dpi = _DPI
        recorder = _Recorder(figure)
        figure.draw(recorder)
    return recorder.lines


def overlaps(lines: list[Line]) -> list[tuple[str, str]]:
    """Return the lines of text that cover one another."""
    return [(one.text, other.text) for one, other in combinations(lines, 2) if _touch(one.box, other.box)]


def _touch(one: Path, other: Path) -> bool:
    low, high = (
        np.maximum(one.vertices.min(axis=0), other.vertices.min(axis=0)),
        np.minimum(one.vertices.max(axis=0), other.vertices.max(axis=0)),
    )
    return bool((low < high).all()) and one.intersects_path(other, filled=True)


def too_small(lines: list[Line]) -> list[tuple[str, float]]:
    """Return the texts that are smaller than six points, with their size."""
    return [(line.text, line.size) for line in lines if line.size < SMALLEST_TYPE]


def cut(lines: list[Line], figure: Figure) -> list[str]:
    """Return the texts that reach over the edge of the figure."""
    edge = 72 * figure.get_size_inches()
    return [line.text for line in lines if (line.box.vertices < 0).any() or (line.box.vertices > edge).any()]


def strays(figure: Figure) -> list[str]:
    """Return the texts in a panel that reach into another one; lay the figure out before."""
    panels = [axes for axes in figure.axes if axes.get_visible()]
    return [
        text.get_text()
        for axes in panels
        for text in axes.texts
        for other in panels
        if other is not axes and text.get_text() and text.get_window_extent().overlaps(other.get_window_extent())
    ]


def narrow(figure: Figure) -> list[float]:
    """Return the widths, in inches, of panels that are too narrow to read; lay the figure out before."""
    widths = [axes.get_window_extent().width / figure.dpi for axes in figure.axes if axes.get_visible()]
    return [width for width in widths if width < NARROWEST]


def alike(figure: Figure) -> list[str]:
    """Return what greyscale does not tell apart: looks that differ in colour alone and too little, and marks as light as paper."""
    found = []
    for axes in figure.axes:
        lightnesses = defaultdict(set)
        for kind, face, edge in (look for artist in axes.get_children() for look in _looks(artist, axes)):
            lightnesses[kind].add(round(lightness(face), 1))
            if max(_PAPER - lightness(colour) for colour in (face, edge)) < LEAST_STEP:
                found.append(f"{kind} as light as paper")
        for kind, values in lightnesses.items():
            found += [f"{kind}: {a} and {b}" for a, b in combinations(sorted(values), 2) if b - a < LEAST_STEP]
    return found


def lightness(colour: Any) -> float:
    """Return CIE L* of a colour on white paper (sRGB, D65)."""
    red, green, blue, alpha = to_rgba(colour)
    mixed = alpha * np.array([red, green, blue]) + 1 - alpha
    linear = np.where(mixed <= 0.04045, mixed / 12.92, ((mixed + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * np.cbrt(luminance) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def _looks(artist: Artist, axes: Axes) -> Iterator[tuple[str, Any, Any]]:
    """Yield kind, face and edge of each look of an artist."""
    if artist is axes.patch or artist in axes.spines.values() or not artist.get_visible():
        return
    if isinstance(artist, Line2D):
        if artist.get_marker() not in ("", "None", None):
            face = (
                artist.get_markerfacecolor()
                if artist.get_marker() in Line2D.filled_markers
                else artist.get_markeredgecolor()
            )
            yield f"dot {artist.get_marker()}", face, artist.get_markeredgecolor()
        if artist.get_linestyle() != "None":
            yield f"line {'dashed' if artist.is_dashed() else 'solid'}", artist.get_color(), artist.get_color()
    elif isinstance(artist, LineCollection):
        for place, colour in enumerate(artist.get_color()):
            _, dashes = artist.get_linestyle()[place % len(artist.get_linestyle())]
            yield f"line {'dashed' if dashes else 'solid'}", colour, colour
    elif isinstance(artist, PathCollection | PolyCollection):
        edges = artist.get_edgecolor()
        for place, face in enumerate(artist.get_facecolor() if len(artist.get_facecolor()) else edges):
            shape = artist.get_paths()[0].vertices.tolist() if isinstance(artist, PathCollection) else "area"
            yield f"{shape} {artist.get_hatch()}", face, edges[place % len(edges)] if len(edges) else face
    elif hasattr(artist, "get_hatch") and hasattr(artist, "get_facecolor") and not hasattr(artist, "get_array"):
        yield f"area {artist.get_hatch()}", artist.get_facecolor(), artist.get_edgecolor()
