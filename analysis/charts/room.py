"""How much room a text takes before it is drawn: estimated from its letters, so that no layout is needed first."""

import textwrap
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Of the size of the type: the mean width of a letter, a little more than that of DejaVu Sans in prose; Chinese letters fill a square.
_NARROW, _BOLD, _WIDE = 0.6, 0.66, 1.0
_BESIDE = 7.0  # points between a mark and the text beside it, with half the mark
_MOST_OF_A_PANEL = 0.8  # that texts beside marks may take


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return about how many points a line of text is wide.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Of the type, in points.
    is_bold : bool
        Whether the letters are bold, as in titles.
    """
    n_wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * (n_wide * _WIDE + (len(text) - n_wide) * (_BOLD if is_bold else _NARROW))


def wrapped(text: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """Return a text on as many lines as it needs to be at most `room` points wide, broken between words where that can be."""
    width = width_of(text, size, is_bold=is_bold)
    if width <= room:
        return text
    n_letters = max(1, int(room * len(text) / width))
    # "n = 12" stays on one line.
    lines = textwrap.wrap(text.replace(" = ", "\u00a0=\u00a0"), n_letters, break_on_hyphens=False)
    return "\n".join(lines).replace("\u00a0=\u00a0", " = ")


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
