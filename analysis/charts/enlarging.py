"""A finished chart made larger or smaller as a whole: type, lines, marks and their distances with the figure."""

from typing import Any, cast

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text


def enlarge(figure: Figure, factor: float) -> None:
    """Make a figure `factor` times as large; the settings that it was drawn with must still hold."""
    figure.set_size_inches(*(factor * figure.get_size_inches()))
    engine = cast(Any, figure.get_layout_engine())
    if engine is not None:
        engine.set(**{pad: factor * engine.get()[pad] for pad in ("w_pad", "h_pad")})
    for text in figure.texts:
        _enlarge(text, factor)
    for legend in figure.legends:
        for part in (*legend.get_texts(), *legend.get_patches()):
            _enlarge(part, factor)
    for axes in figure.axes:
        _enlarge_axes(axes, factor)


def _enlarge_axes(axes: Axes, factor: float) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.labelpad *= factor
        _enlarge(axis.label, factor)
        for which in ("major", "minor"):
            _enlarge_ticks(axis, which, factor)
    for child in axes.get_children():
        _enlarge(child, factor)


def _enlarge_ticks(axis: Any, which: str, factor: float) -> None:
    """Enlarge the ticks that are there, and those that come with another scale."""
    settings: Any = mpl.rcParams
    name = f"{axis.axis_name}tick"
    usual = {
        "length": settings[f"{name}.{which}.size"],
        "width": settings[f"{name}.{which}.width"],
        "pad": settings[f"{name}.{which}.pad"],
        "labelsize": settings[f"{name}.labelsize"],
        "grid_linewidth": settings["grid.linewidth"],
    }
    ticks = axis.get_major_ticks() if which == "major" else axis.get_minor_ticks()
    labels = [label for tick in ticks for label in (tick.label1, tick.label2)]
    sizes = [label.get_fontsize() for label in labels]
    chosen = axis.get_tick_params(which=which)
    axis.set_tick_params(which=which, **{part: factor * chosen.get(part, value) for part, value in usual.items()})
    for label, size in zip(labels, sizes, strict=True):  # some have a size of their own
        label.set_fontsize(factor * size)


def _enlarge(artist: Artist, factor: float) -> None:
    """Enlarge a text, line, mark or area; the parts of an axis come with its ticks."""
    if isinstance(artist, Annotation):
        if artist.anncoords == "offset points":
            across, up = artist.get_position()
            artist.set_position((factor * across, factor * up))
        if artist.arrow_patch is not None:
            artist.arrow_patch.set_linewidth(factor * artist.arrow_patch.get_linewidth())
    if isinstance(artist, Text):
        artist.set_fontsize(factor * float(artist.get_fontsize()))
    elif isinstance(artist, Line2D):
        artist.set_linewidth(factor * artist.get_linewidth())
        artist.set_markersize(factor * artist.get_markersize())
        artist.set_markeredgewidth(factor * artist.get_markeredgewidth())
    elif isinstance(artist, Collection):
        artist.set_linewidth((factor * np.asarray(artist.get_linewidth())).tolist())
        if isinstance(artist, PathCollection):
            artist.set_sizes(factor**2 * artist.get_sizes())
    elif isinstance(artist, Patch):
        artist.set_linewidth(factor * artist.get_linewidth())
