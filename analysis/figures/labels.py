"""Text in figures and beside them: what no file format can hold is replaced where it can be seen."""

import re

from matplotlib.figure import Figure
from matplotlib.text import Text

# Control characters but tab and line ends, lone surrogates, and the two code points that XML forbids.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with U+FFFD in place of control characters, lone surrogates and noncharacters."""
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return the text printable and on one line: every run of white space is one space."""
    return " ".join(printable(text).split())


def make_printable(figure: Figure) -> None:
    """Replace in every text of a figure what SVG cannot hold; other texts stay as they are."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            # A tick label is written anew from its axis whenever the figure is drawn, so it is changed there.
            labels = [label.get_text() for label in axis.get_ticklabels()]
            if any(printable(label) != label for label in labels):
                axis.set_ticks(axis.get_ticklocs(), [printable(label) for label in labels])
    for text in figure.findobj(Text):
        if printable(text.get_text()) != text.get_text():
            text.set_text(printable(text.get_text()))
