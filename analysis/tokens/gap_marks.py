"""What stands between two words, as the bits of `analysis.tokens.gaps`: the compiled rules for each mark, space and line end."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.tokens import gaps
from analysis.tokens.boundaries import (
    EXTEND,
    EXTEND_NUM_LET,
    FORMAT,
    LETTER,
    ZWJ,
    as_meant,
    decode,
    padding_end,
    properties,
)
from analysis.tokens.compiling import compiled_step
from analysis.tokens.unicode import CLASS_MASK, IS_ALNUM

_DOUBLE, _SINGLE, _GRAVE, _HYPHEN, _STOP, _UNDERSCORE = (ord(mark) for mark in "\"'`-._")
_TAB, _LINE_FEED, _RETURN = 0x09, 0x0A, 0x0D


def _ascii_gaps() -> npt.NDArray[np.uint32]:
    """Give the gap bit of each ASCII byte whose meaning does not hang on its neighbours."""
    bits = np.zeros(256, np.uint32)
    marks = {"!": gaps.EXCLAMATION, "?": gaps.EXCLAMATION, ",": gaps.COMMA, ":": gaps.COLON, ";": gaps.SEMICOLON}
    marks |= dict.fromkeys("([{", gaps.BRACKET_OPEN) | dict.fromkeys(")]}", gaps.BRACKET_CLOSE) | {"|": gaps.SEPARATOR}
    for mark, bit in marks.items():
        bits[ord(mark)] = bit
    return bits


_ASCII_GAP = _ascii_gaps()


class Mark(NamedTuple):
    """What stands at a byte that begins no word: where it ends, its bits, and the last line end as `gap_at` counts it."""

    end: int
    bits: np.uint32
    line_end: int


@compiled_step
def gap_at(field, i, line_end, known):
    """Return the `Mark` at byte i; it ends at i where a word may begin there.

    `line_end` is where the last line end stands, while only white space has followed it; one before the field's start for none.
    """
    byte = field.data[i]
    if byte >= 0x80:
        return _wide_gap(field, i, line_end, known)
    if byte == _LINE_FEED or byte == _RETURN:
        return Mark(i + 1, _line_bits(field, i, line_end), i)
    if byte == _TAB:
        return Mark(i + 1, np.uint32(0), line_end)
    if byte == _UNDERSCORE:
        return Mark(i, np.uint32(0), line_end)
    bits = _ASCII_GAP[byte]
    if byte == _DOUBLE or byte == _SINGLE or byte == _GRAVE or byte == _HYPHEN or byte == _STOP:
        bits |= _ascii_mark(field, i)
    return Mark(i + 1, np.uint32(bits), field.start - 1)


@compiled_step
def _wide_gap(field, i, line_end, known):
    point, width = decode(field.data, i)
    found = properties(point, known)
    kind = found & CLASS_MASK
    if found & IS_ALNUM != 0 or kind == EXTEND_NUM_LET or kind == LETTER or kind == ZWJ:
        return Mark(i, np.uint32(0), line_end)
    if kind != FORMAT and kind != EXTEND and not _is_space(field, i):
        line_end = field.start - 1
    return Mark(i + width, _wide_mark(field, i, point, width), line_end)


@compiled_step
def _is_space(field, i):
    """Whether white space, a no-break or typographic space, or the field's edge stands at byte i."""
    if i < field.start or i >= field.end:
        return True
    byte = field.data[i]
    if byte < 0x80:
        return byte == 0x20 or 0x09 <= byte <= 0x0D
    while field.data[i] & 0xC0 == 0x80 and i > field.start:
        i -= 1
    point, _ = decode(field.data, i)
    if point < 0x2000:
        return point == 0x85 or point == 0xA0 or point == 0x1680
    return point <= 0x200A or 0x2028 <= point <= 0x202F or point == 0x205F or point == 0x3000


@compiled_step
def _line_bits(field, i, line_end):
    """Return the bits of a line feed or carriage return; one that only white space parts from another ends a paragraph."""
    if field.data[i] == _LINE_FEED and i > field.start and field.data[i - 1] == _RETURN:
        return np.uint32(0)
    return np.uint32(gaps.LINE_END | gaps.PARAGRAPH_END) if line_end >= field.start else np.uint32(gaps.LINE_END)


@compiled_step
def _quote_bits(shift, field, i, width):
    left, right = _is_space(field, i - 1), _is_space(field, padding_end(field.data, i + width, field.end))
    bits = 0
    if left:
        bits |= 1 << (shift + gaps.LEFT_SPACE)
    if right:
        bits |= 1 << (shift + gaps.RIGHT_SPACE)
    if not left and not right:
        bits |= 1 << (shift + gaps.NO_SPACE)
    return np.uint32(bits)


@compiled_step
def _ascii_mark(field, i):
    """Return the bits of an ASCII mark whose meaning hangs on its neighbours."""
    data, start = field.data, field.start
    byte = data[i]
    if byte == _DOUBLE:
        return _quote_bits(gaps.STRAIGHT_DOUBLE, field, i, np.int64(1))
    if byte == _SINGLE or byte == _GRAVE:
        return _quote_bits(gaps.STRAIGHT_SINGLE, field, i, np.int64(1))
    if byte == _STOP:
        if i >= start + 2 and data[i - 1] == _STOP and data[i - 2] == _STOP:
            return np.uint32(gaps.ELLIPSIS | gaps.STOP)
        if (
            i >= start + 4
            and data[i - 1] == 0x20
            and data[i - 2] == _STOP
            and data[i - 3] == 0x20
            and data[i - 4] == _STOP
        ):
            return np.uint32(gaps.ELLIPSIS | gaps.STOP)
        return np.uint32(gaps.STOP)
    doubled = (i > start and data[i - 1] == _HYPHEN) or (i + 1 < field.end and data[i + 1] == _HYPHEN)
    if doubled or (_is_space(field, i - 1) and _is_space(field, i + 1)):
        return np.uint32(gaps.DASH)
    return np.uint32(0)


@compiled_step
def _wide_mark(field, i, point, width):
    """Return the bits of a mark outside ASCII."""
    point = as_meant(point)
    if point == 0x27:
        return _quote_bits(gaps.STRAIGHT_SINGLE, field, i, width)
    if point == 0x201C:
        return _quote_bits(gaps.DOUBLE_LEFT, field, i, width)
    if point == 0x201D:
        return _quote_bits(gaps.DOUBLE_RIGHT, field, i, width)
    if point == 0x2018:
        return _quote_bits(gaps.SINGLE_LEFT, field, i, width)
    if point == 0x2019:
        return _quote_bits(gaps.SINGLE_RIGHT, field, i, width)
    bits = 0
    if 0x2012 <= point <= 0x2015 or point == 0x2E3A or point == 0x2E3B:
        bits = gaps.DASH
    elif point == 0x2026:
        bits = gaps.ELLIPSIS
    elif point == 0x201E or point == 0x201A or point == 0xAB or point == 0x2039:
        bits = gaps.LOW_QUOTE
    elif point == 0xBB or point == 0x203A:
        bits = gaps.ANGLE_CLOSE
    elif point == 0x3002 or point == 0xFF0E or point == 0x0964 or point == 0x06D4:
        bits = gaps.EXCLAMATION  # 。．।۔ end a sentence as surely as ! and ? do
    elif point == 0xFF01 or point == 0xFF1F or point == 0x061F or point == 0x203D:
        bits = gaps.EXCLAMATION
    elif point == 0x2028 or point == 0x85:
        bits = gaps.LINE_END
    elif point == 0x2029:
        bits = gaps.LINE_END | gaps.PARAGRAPH_END
    elif point == 0x060C or point == 0x3001 or point == 0xFF0C:
        bits = gaps.COMMA
    elif point == 0x061B or point == 0xFF1B:
        bits = gaps.SEMICOLON
    elif point == 0xFF1A:
        bits = gaps.COLON
    elif point == 0xFF08 or point == 0x3010 or point == 0xFF3B:
        bits = gaps.BRACKET_OPEN
    elif point == 0xFF09 or point == 0x3011 or point == 0xFF3D:
        bits = gaps.BRACKET_CLOSE
    elif point == 0xA6 or point == 0xB7 or point == 0x2022 or point == 0x2023 or 0x25A0 <= point <= 0x25FF:
        bits = gaps.SEPARATOR
    return np.uint32(bits)
