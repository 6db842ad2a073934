"""Charts as SVG to stand in a page: labels drawn as typed, a name for readers who do not see them."""

import re
import warnings
from collections import Counter

import pandas as pd
from lxml import etree
from matplotlib.figure import Figure

from analysis.charts.drawing import drawn_as
from analysis.charts.labels import label
from analysis.charts.style import style
from analysis.charts.svg import rounded_svg

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"(?<=url\(#)|^#")
# XML has no place for these. Pictures of control characters (U+2400 and on) show that they are there; the others have none.
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_SHOWN = _CONTROLS | dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)


def visible(text: str) -> str:
    """Return text with control characters as their pictures, and U+FFFD for what is no character: XML can hold it."""
    return text.translate(_SHOWN)


def labels(column: pd.Series) -> pd.Series:
    """Return texts as labels of a chart: on one line, at most 40 characters, different where the texts are."""
    names: dict[object, str] = {}
    taken: Counter[str] = Counter()
    for text in column.drop_duplicates():
        short = _label(str(text))
        taken[short] += 1
        names[text] = short if taken[short] == 1 else f"{short} ({taken[short]})"
    return column.astype("object").map(names)


def _label(text: str) -> str:
    return label(" ".join(visible(text).split()))


def svg_of(figure: Figure, *, name: str, description: str) -> str:
    """Return a figure as an ``<svg>`` element whose ids begin with `name`, so that several can stand in one page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What a chart function returned.
    name : str
        Letters, digits and hyphens; unique in the page.
    description : str
        What a screen reader says.
    """
    with style(), warnings.catch_warnings():
        # The letters are drawn by the browser and its fonts; that matplotlib's own lacks one is no matter.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        drawn = drawn_as("svg", figure, metadata={"Date": None, "Creator": None})
    root = etree.fromstring(rounded_svg(drawn.decode("utf-8")).encode("utf-8"))
    etree.strip_elements(root, f"{_SVG}metadata", f"{_SVG}style", with_tail=False)
    for element in root.iter(etree.Element):
        _rename(element, name)
    for side in ("width", "height"):
        del root.attrib[side]
    # What matplotlib's style sheet says of every element; a sheet would hold for the whole page.
    root.attrib.update({"stroke-linejoin": "round", "stroke-linecap": "butt", "role": "img", "aria-label": description})
    return etree.tostring(root, encoding="unicode")


def _rename(element: etree._Element, name: str) -> None:
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == _HREF or "url(#" in value:
            element.set(key, _REFERENCE.sub(lambda found: f"{found[0]}{name}-", value))
