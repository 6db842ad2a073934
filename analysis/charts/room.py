"""How much room a text takes before it is drawn: measured in the font of the figures, so that no layout is needed first."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # ships with matplotlib, so figures do not hang on the machine's fonts

# Of no bracket: "(n = 12)" stays on one line.
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
    font = FontProperties(family=FONT, size=size, weight="bold" if is_bold else "normal")
    return max(_width(line, size, font) for line in text.split("\n"))


def _width(line: str, size: float, font: FontProperties) -> float:
    # The font of the figures has no Chinese letters, and those of the fonts that do fill a square.
    square = [letter for letter in line if unicodedata.east_asian_width(letter) in "WF"]
    others = "".join(letter for letter in line if unicodedata.east_asian_width(letter) not in "WF")
    width, _, _ = text_to_path.get_text_width_height_descent(others, font, ismath=False)
    return size * len(square) + float(width)


def wrapped(text: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """Return a text on as many lines as it needs to be at most `room` points wide; a word or bracket is never parted."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) > room:
            lines.append(word)
        else:
            lines[-1:] = [longer]
    return "\n".join(lines)


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
