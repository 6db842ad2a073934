"""How much room a text takes before it is drawn: measured in the font of the figures, so that no layout is needed first."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.textpath import text_to_path

from analysis.charts.labels import characters_of

FONT = "DejaVu Sans"  # ships with matplotlib, so figures do not hang on the machine's fonts

# Of no bracket: "(n = 12)" stays on one line.
_WHOLE = "\u00a0"
_BREAK = re.compile(r" (?![^()]*\))")
_BESIDE = 7.0  # points between a mark and the text beside it, with half the mark
_MOST_OF_A_PANEL = 0.8  # that texts beside marks may take


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return how many points the longest line of a text is wide.

    Parameters
    ----------
    text : str
        On one line or several.
    size : float
        Of the type, in points.
    is_bold : bool
        Whether the letters are bold, as in titles.
    """
    return max(_width(line, size, is_bold) for line in text.split("\n"))


# Kept, since the panels of a chart, and the next chart, have the same names and notes: measuring was a fifth of the time of a chart.
@lru_cache(maxsize=10_000)
def _width(line: str, size: float, is_bold: bool) -> float:
    font = FontProperties(family=FONT, size=size, weight="bold" if is_bold else "normal")
    known = characters_of(findfont(font))
    drawn = "".join(letter for letter in line if letter in known)
    width, _, _ = text_to_path.get_text_width_height_descent(drawn, font, ismath=False)
    # The letters of other fonts, such as Chinese ones, fill a square.
    return float(width) + size * (len(line) - len(drawn))


def wrapped(text: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """Return a text on as many lines as it needs to be at most `room` points wide; a word or bracket is never parted.

    It is parted at a no-break space only where a line would not fit otherwise.
    """
    if width_of(text, size, is_bold=is_bold) <= room:
        return text
    lines: list[str] = []
    for word in _BREAK.split(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) > room:
            lines.append(word)
        else:
            lines[-1:] = [longer]
    is_whole = [_WHOLE not in line or width_of(line, size, is_bold=is_bold) <= room for line in lines]
    return "\n".join(
        line if fits else wrapped(line.replace(_WHOLE, " "), room, size, is_bold=is_bold)
        for line, fits in zip(lines, is_whole, strict=True)
    )


def n_lines(texts: Sequence[str]) -> int:
    """Return how many lines the text of the most lines has, 1 where there is no text."""
    return max((text.count("\n") + 1 for text in texts), default=1)


def end_of_axis(values: npt.ArrayLike, texts: Sequence[str], *, room: float, size: float) -> float:
    """Return where an axis from 0 must end for the text right of each value to stay in its panel.

    Parameters
    ----------
    values : array_like of float
        Where the texts begin.
    texts : sequence of str
        One for each value.
    room : float
        Points that the panel is wide.
    size : float
        Of the type, in points.
    """
    widths = np.array([width_of(text, size) for text in texts]) + _BESIDE
    left = room - np.minimum(widths, _MOST_OF_A_PANEL * room)
    return float(np.nanmax(np.asarray(values, float) * room / left))
