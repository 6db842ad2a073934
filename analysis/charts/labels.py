"""Texts of a corpus as labels of a figure: drawn as typed, in fonts that have their letters."""

import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from analysis.core.escaping import LINE_ENDS, NO_CHARACTER

_SHOWN = NO_CHARACTER | LINE_ENDS
# Asked for only by texts that need them, so that other figures are the same whether these are installed or not.
FURTHER_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR",
    "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "PingFang SC", "Hiragino Sans", "Apple SD Gothic Neo",
    "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Arial Unicode MS",
)  # fmt: skip
_MOST_NAMED = 10
_FORMAT_CHARACTER = "Cf"  # joiners, direction marks: they are no letters, and no box stands for them


class GlyphWarning(UserWarning):
    """Characters of a figure that no font has."""


def label(value: object, *, longest: int = 40) -> str:
    """Return a value of a table as the label that a chart draws: as typed, on one line, up to `longest` characters.

    Line ends and tabs become spaces, control characters and halves of surrogate pairs U+FFFD; a longer text ends with "…", and one
    without a character to see is "(blank)". Beside a row there is room for 40 characters, over a whole figure for 90.
    """
    text = str(value).translate(_SHOWN)
    if not text.strip():
        return "(blank)"
    return text if len(text) <= longest else text[: longest - 1] + "…"


def either(values: Iterable[object]) -> str:
    """Return different values of a table as one label: "Mail or Post"."""
    return " or ".join(map(label, dict.fromkeys(values)))


def set_fallback_fonts(figure: Figure) -> None:
    """Let texts with letters that their font lacks, such as Chinese, take them from a further font that is installed."""
    lacking = [text for text in texts_of(figure) if _missing(text)]
    if lacking:
        installed = {font.name for font in font_manager.fontManager.ttflist}
        further = [name for name in FURTHER_FONTS if name in installed]
        for text in lacking:
            text.set_fontfamily([*text.get_fontfamily(), *further])


def missing_glyphs(figure: Figure) -> list[str]:
    """Return the characters of a figure's texts that none of their fonts has, in the order of their code points."""
    return sorted({character for text in texts_of(figure) for character in _missing(text)})


@contextmanager
def one_glyph_warning(figure: Figure) -> Iterator[None]:
    """Write a figure inside a ``with`` block; characters that no font has give one warning that names them all.

    Matplotlib's own warnings, one for each character and each time that it is drawn, stay silent in the block.

    Warns
    -----
    GlyphWarning
        When a text has a character that no font has.
    """
    missing = missing_glyphs(figure)
    if missing:
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing[:_MOST_NAMED])
        more = f" and {len(missing) - _MOST_NAMED:,} more" if len(missing) > _MOST_NAMED else ""
        warnings.warn(
            f"figure: no installed font has {named}{more}; PNG and PDF show boxes in their place. Install a font that has them "
            f"(Noto Sans CJK for Chinese, Japanese and Korean) and draw the figure again",
            GlyphWarning,
            stacklevel=4,
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


def texts_of(figure: Figure) -> list[Text]:
    """Return all texts of a figure that are not empty; asking the axes for their ticks gives those their texts."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels()
    return [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def _missing(text: Text) -> set[str]:
    needed = {
        character
        for character in text.get_text()
        if not character.isspace() and unicodedata.category(character) != _FORMAT_CHARACTER
    }
    if not needed:
        return needed
    for family in text.get_fontfamily():
        properties = text.get_fontproperties().copy()
        properties.set_family(family)
        needed -= characters_of(font_manager.findfont(properties))
    return needed


@cache
def characters_of(path: str) -> frozenset[str]:
    """Return the characters that a font file has."""
    return frozenset(map(chr, FT2Font(path).get_charmap()))
