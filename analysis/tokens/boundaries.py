"""Where a word ends by UAX #29 (Unicode 15.0): the compiled rules for characters outside ASCII and for marks within words."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.tokens.compiling import compiled_step
from analysis.tokens.unicode import BLOCK, CLASS_MASK, CLASSES, IS_ALNUM, IS_PICTOGRAPHIC, tables

EXTEND, ZWJ, FORMAT = (CLASSES.index(name) for name in ("Extend", "ZWJ", "Format"))
KATAKANA, HEBREW, LETTER = (CLASSES.index(name) for name in ("Katakana", "Hebrew_Letter", "ALetter"))
SINGLE_QUOTE, DOUBLE_QUOTE = (CLASSES.index(name) for name in ("Single_Quote", "Double_Quote"))
MID_LETTER, MID_NUM, MID_NUM_LET = (CLASSES.index(name) for name in ("MidLetter", "MidNum", "MidNumLet"))
NUMERIC, EXTEND_NUM_LET = (CLASSES.index(name) for name in ("Numeric", "ExtendNumLet"))

_BLOCK_SHIFT = BLOCK.bit_length() - 1


class Characters(NamedTuple):
    """The properties of every code point, in blocks; see `analysis.tokens.unicode`."""

    indices: npt.NDArray[np.uint16]
    blocks: npt.NDArray[np.uint16]


class Field(NamedTuple):
    """The text of a field: ``data[start:end]`` in UTF-8."""

    data: Any
    start: int
    end: int


@cache
def characters() -> Characters:
    """Return the tables of characters as compiled functions take them."""
    return Characters(tables().index, tables().blocks)


def _joins() -> npt.NDArray[np.bool_]:
    """Which class continues a word after which (rules WB5, WB8–10, WB13, WB13a and WB13b)."""
    joins = np.zeros((len(CLASSES), len(CLASSES)), np.bool_)
    words = (LETTER, HEBREW, NUMERIC)
    for left in words:
        for right in words:
            joins[left, right] = True
    joins[KATAKANA, KATAKANA] = True
    for other in (*words, KATAKANA, EXTEND_NUM_LET):
        joins[other, EXTEND_NUM_LET] = joins[EXTEND_NUM_LET, other] = True
    return joins


_JOINS = _joins()


@compiled_step
def decode(data, i):
    """Return the code point at byte i and its number of bytes; Arrow strings are valid UTF-8."""
    byte = np.int64(data[i])
    if byte < 0x80:
        return byte, 1
    if byte < 0xE0:
        return ((byte & 0x1F) << 6) | (data[i + 1] & 0x3F), 2
    if byte < 0xF0:
        return ((byte & 0x0F) << 12) | ((data[i + 1] & 0x3F) << 6) | (data[i + 2] & 0x3F), 3
    point = ((byte & 0x07) << 18) | ((data[i + 1] & 0x3F) << 12) | ((data[i + 2] & 0x3F) << 6) | (data[i + 3] & 0x3F)
    return point, 4


@compiled_step
def as_meant(point):
    """Return the mark that a code point stands for in damaged text: U+0091 to U+0094 are ‘ ’ “ ”, the accents ` and ´ the mark '."""
    if 0x91 <= point <= 0x94:
        return point - 0x91 + (0x2018 if point < 0x93 else 0x201A)
    return 0x27 if point == 0x60 or point == 0xB4 else point


@compiled_step
def padding_end(data, i, end):
    """Return where the ignored characters end that make a damaged mark as long as it was; see `analysis.tokens.damaged_marks`."""
    while i + 1 < end:
        if data[i] == 0xC2 and data[i + 1] == 0xAD:
            i += 2
        elif data[i] == 0xE2 and i + 2 < end and data[i + 1] == 0x81 and data[i + 2] == 0xA0:
            i += 3
        else:
            break
    return i


@compiled_step
def properties(point, known):
    """Return the bits of a code point in the tables."""
    return np.int64(
        known.blocks[(np.int64(known.indices[point >> _BLOCK_SHIFT]) << _BLOCK_SHIFT) + (point & (BLOCK - 1))]
    )


@compiled_step
def _skip_ignorable(field, i, known):
    """Return where the Extend, Format and ZWJ characters after a character end (WB4), and whether the last is a ZWJ."""
    joined = False
    while i < field.end and field.data[i] >= 0x80:
        point, width = decode(field.data, i)
        kind = properties(point, known) & CLASS_MASK
        if kind != EXTEND and kind != FORMAT and kind != ZWJ:
            break
        joined = kind == ZWJ
        i += width
    return i, joined


@compiled_step
def _class_at(field, i, known):
    """Return the Word_Break class at byte i (-1 at the end of the field) and the width of its character."""
    if i >= field.end:
        return -1, 0
    point, width = decode(field.data, i)
    return properties(point, known) & CLASS_MASK, width


@compiled_step
def word_end(field, i, known):
    """Return the end of the segment that starts at byte i, and whether it holds a letter or a digit."""
    point, width = decode(field.data, i)
    found = properties(point, known)
    previous = found & CLASS_MASK
    is_word = found & IS_ALNUM != 0
    i, joined = _skip_ignorable(field, i + width, known)
    while i < field.end:
        point, width = decode(field.data, i)
        found = properties(point, known)
        kind = found & CLASS_MASK
        after = i + width
        if _JOINS[previous, kind] or (joined and found & IS_PICTOGRAPHIC != 0):
            previous = kind
            is_word |= found & IS_ALNUM != 0
        elif kind == SINGLE_QUOTE or kind == DOUBLE_QUOTE or MID_LETTER <= kind <= MID_NUM_LET:
            beyond, _ = _skip_ignorable(field, i + width, known)
            following, width_beyond = _class_at(field, beyond, known)
            if _bridges(previous, kind, following):
                after = beyond + width_beyond
                previous = following
            elif previous == HEBREW and kind == SINGLE_QUOTE:
                previous = SINGLE_QUOTE
            else:
                break
        else:
            break
        i, joined = _skip_ignorable(field, after, known)
    return i, is_word


@compiled_step
def _bridges(left, middle, right):
    """Whether a mark between two characters joins them (WB6, WB7, WB7b, WB7c, WB11, WB12)."""
    if right < 0:
        return False
    if (left == LETTER or left == HEBREW) and (right == LETTER or right == HEBREW):
        if middle == MID_LETTER or middle == MID_NUM_LET or middle == SINGLE_QUOTE:
            return True
        return middle == DOUBLE_QUOTE and left == HEBREW and right == HEBREW
    if left == NUMERIC and right == NUMERIC:
        return middle == MID_NUM or middle == MID_NUM_LET or middle == SINGLE_QUOTE
    return False
