"""The quotation marks of a corpus, one row each, read byte by byte where the gap bits say that one stands.

Several marks can stand in one gap, and their order counts. What a mark is (opening, closing, perhaps a possessive) is said here
from its shape and what adjoins it; which marks pair is decided in `analysis.english.quotations`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.tokens import gaps
from analysis.tokens.boundaries import as_meant, padding_end
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.damaged_marks import mended
from analysis.tokens.fields import column_of
from analysis.tokens.kernel import Texts
from analysis.tokens.tokens import Tokens

# What the rules know of a type.
ELISION, FUNCTION_WORD, MAY_BE_CUT, IS_NUMBER, WORD = 1, 2, 4, 8, 16

_DOUBLE = 7 << gaps.DOUBLE_LEFT | 7 << gaps.DOUBLE_RIGHT | 7 << gaps.STRAIGHT_DOUBLE
_SINGLE = 7 << gaps.SINGLE_LEFT | 7 << gaps.SINGLE_RIGHT | 7 << gaps.STRAIGHT_SINGLE
MARKS = np.uint32(_DOUBLE | _SINGLE | gaps.LOW_QUOTE | gaps.ANGLE_CLOSE)

# Columns of a mark's row: the token that it precedes, its kind, what it is, and whether a line end precedes it in its gap.
TOKEN, KIND, LEAN, AFTER_LINE = range(4)
DOUBLE, SINGLE = 0, 1
_NONE, OPENS, CLOSES, EITHER, POSSESSIVE, LIKELY = range(6)


class _Encoded(NamedTuple):
    """What is read of the tokens: the text in bytes, where each field and each word of it lies, and the gaps."""

    buffers: tuple[npt.NDArray[np.uint8], ...]
    bounds: npt.NDArray[np.int64]
    field_starts: npt.NDArray[np.int64]
    starts: npt.NDArray[Any]
    lengths: npt.NDArray[Any]
    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    tails: npt.NDArray[np.uint32]


def read_marks(tokens: Tokens, flags: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the marks of a corpus, one row each, and of each field its first row (and the number of rows at the end).

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    flags : numpy.ndarray of uint8
        What is known of each type: a bit set of ``ELISION``, ``FUNCTION_WORD`` and the others.
    """
    # A gap rarely holds more than three marks.
    n_gaps = int(np.count_nonzero(tokens.gaps & MARKS)) + int(np.count_nonzero(tokens.tails & MARKS))
    marks = np.empty((4 * n_gaps + 1, 4), np.int32)
    counts = np.zeros(len(tokens.field_starts), np.int64)
    texts = mended(Texts(tokens.buffers, tokens.bounds))
    encoded = _Encoded(
        texts.buffers, texts.bounds, tokens.field_starts, tokens.starts, tokens.type_lengths, tokens.type_ids,
        tokens.gaps, tokens.tails,
    )  # fmt: skip
    return marks[: _read_fields(encoded, flags, marks, counts)], counts


@compiled_step
def _point(data, i, end):
    """Return the code point at byte i as it is meant, and its width; 0x20 at or beyond the end."""
    if i >= end:
        return 0x20, 1
    byte = np.int64(data[i])
    if byte < 0x80:
        return as_meant(byte), 1
    if byte < 0xE0:
        return as_meant(((byte & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F)), 2
    if byte < 0xF0:
        return ((byte & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F), 3
    return 0x10000, 4


@compiled_step
def _is_space(point):
    if point < 0x2000:
        return point <= 0x20 or point == 0xA0 or point == 0x85 or point == 0x1680
    return point <= 0x200B or 0x2028 <= point <= 0x202F or point == 0x205F or point == 0x3000


@compiled_step
def _is_opener(point):
    """Whether a character left of a mark shows that the mark opens: white space, a bracket, a dash, another opening mark."""
    return (
        _is_space(point) or point == 0x28 or point == 0x5B or point == 0x2D or 0x2012 <= point <= 0x2015
        or point == 0x201C or point == 0x2018 or point == 0x2F or point == 0x3A
    )  # fmt: skip


@compiled_step
def _kind_of(point):
    """Return 0 for a double mark, 1 for a single one, -1 for anything else."""
    if point == 0x22 or 0x201C <= point <= 0x201F or point == 0xAB or point == 0xBB:
        return DOUBLE
    if point == 0x27 or 0x2018 <= point <= 0x201B or point == 0x2039 or point == 0x203A:
        return SINGLE
    return -1


@compiled_step
def _lean(point, left, right):
    """Return whether a mark opens or closes by its shape and by what stands beside it."""
    opener, spaced = _is_opener(left), _is_space(right)
    if point == 0xAB or point == 0x2039 or point == 0x201E or point == 0x201A:
        return OPENS
    if point == 0xBB or point == 0x203A:
        return CLOSES
    if opener and not spaced and not _is_space(left) and (point == 0x201D or point == 0x2019):
        return CLOSES
    if opener and not spaced:
        return OPENS
    if spaced and not _is_space(left):
        return CLOSES
    if point == 0x201C or point == 0x2018:
        return OPENS
    if point == 0x201D or point == 0x2019:
        return CLOSES
    return EITHER


@compiled_step
def _single_lean(lean, left, right, before, after):
    """Return what a single mark is, from the words on both sides; their flags are 0 where a field ends."""
    if lean == OPENS and not _is_opener(left):
        lean = EITHER
    joined_left = not _is_opener(left)
    if lean == OPENS:
        return _NONE if after & ELISION and not _is_space(right) else OPENS
    if not joined_left:
        return _NONE
    punctuated = left < 0x30 or left == 0x3F or left == 0x3B or left == 0x2026 or 0x2018 <= left <= 0x201F
    if punctuated or not before & MAY_BE_CUT or not _is_space(right) or not after & WORD:
        return CLOSES
    return LIKELY if after & FUNCTION_WORD else POSSESSIVE


class _Gap(NamedTuple):
    """A gap to read: its bytes, those of its field, and the token behind it with the flags of the words on both sides."""

    begin: int
    end: int
    floor: int
    ceiling: int
    token: int
    before: Any
    after: Any


@compiled_step
def _point_before(data, gap):
    """Return the code point that stands before a gap; white space where the field begins."""
    if gap.begin <= gap.floor:
        return np.int64(0x20)
    i = gap.begin - 1
    while i > gap.floor and data[i] & 0xC0 == 0x80:
        i -= 1
    return _point(data, i, gap.ceiling)[0]


@compiled_step
def _lean_in_gap(gap, i, kind, points, goes_on):
    """Return what the mark at byte i is: `points` are the mark and its neighbours, `goes_on` whether the gap holds more."""
    point, left, right = points
    lean = _lean(point, left, right)
    if kind == SINGLE:
        # A closing mark after which the gap goes on (full stop, other mark) is not a possessive.
        follows = 0 if goes_on else gap.after
        return _single_lean(lean, left, right, gap.before if i == gap.begin else 0, follows | (gap.after & ELISION))
    if lean == EITHER and 0x30 <= left <= 0x39 and gap.before & IS_NUMBER:
        return CLOSES  # 6'2" is a measure unless a quotation is open
    return lean


@compiled_step
def _read_gap(data, gap, marks, n):
    """Write the marks of one gap; return the next free row."""
    i = gap.begin
    left = _point_before(data, gap)
    after_line = False
    while i < gap.end and n < len(marks):
        point, width = _point(data, i, gap.ceiling)
        kind = _kind_of(point)
        if kind >= 0:
            width = padding_end(data, i + width, gap.end) - i
        right, right_width = _point(data, i + width, gap.ceiling)
        if kind == SINGLE and right == point and i + width < gap.end:
            kind = DOUBLE  # '' and ‘‘ stand for a double mark
            width = padding_end(data, i + width + right_width, gap.end) - i
            right, _ = _point(data, i + width, gap.ceiling)
        after_line |= point == 0x0A
        if kind >= 0:
            lean = _lean_in_gap(gap, i, kind, (point, left, right), i + width + 1 < gap.end)
            if lean != _NONE:
                marks[n, TOKEN], marks[n, KIND], marks[n, LEAN], marks[n, AFTER_LINE] = (
                    gap.token,
                    kind,
                    lean,
                    after_line,
                )
                n += 1
        left = point
        i += width
    return n


@compiled_step
def _read_field(text, field, flags, marks, n):
    """Write the marks of one field; return the next free row."""
    first, last = text.field_starts[field], text.field_starts[field + 1]
    floor, ceiling = text.bounds[field, 0], text.bounds[field, 1]
    for i in range(first, last + 1):
        bits = text.gaps[i] if i < last else text.tails[field]
        if not bits & MARKS:
            continue
        begin, before = floor, np.int64(0)
        if i > first:
            begin = floor + text.starts[i - 1] + text.lengths[text.type_ids[i - 1]]
            before = np.int64(flags[text.type_ids[i - 1]])
        end, after = ceiling, np.int64(0)
        if i < last:
            end, after = floor + text.starts[i], np.int64(flags[text.type_ids[i]])
        n = _read_gap(text.buffers[column_of(field)], _Gap(begin, end, floor, ceiling, i, before, after), marks, n)
    return n


@compiled
def _read_fields(text, flags, marks, counts):
    """Write all marks, field by field; ``counts[f]`` becomes the first row of field f. Return the number of rows."""
    n = np.int64(0)
    for field in range(len(text.field_starts) - 1):
        counts[field] = n
        if text.field_starts[field] < text.field_starts[field + 1]:
            n = _read_field(text, field, flags, marks, n)
    counts[len(text.field_starts) - 1] = n
    return n
