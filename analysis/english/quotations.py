"""Quotations in marks: which mark opens, which closes, and what only looks like one.

The gap bits say where a mark stands; the few gaps that hold one are read again byte by byte, because several marks can
stand in one gap and their order counts. Marks inside an open quotation of the other kind are nested and left alone.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from analysis.english import words
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

UNCLOSED, UNDECIDED, RUNS_ON, CONTINUES = 1, 2, 4, 8

# What the pairing rules know of a type.
ELISION, FUNCTION_WORD, MAY_BE_CUT, IS_NUMBER, WORD = 1, 2, 4, 8, 16

_DOUBLE = 7 << gaps.DOUBLE_LEFT | 7 << gaps.DOUBLE_RIGHT | 7 << gaps.STRAIGHT_DOUBLE
_SINGLE = 7 << gaps.SINGLE_LEFT | 7 << gaps.SINGLE_RIGHT | 7 << gaps.STRAIGHT_SINGLE
MARKS = np.uint32(_DOUBLE | _SINGLE | gaps.LOW_QUOTE | gaps.ANGLE_CLOSE)

_NONE, _OPENS, _CLOSES, _EITHER, _POSSESSIVE, _LIKELY = range(6)
_DOUBLE_KIND, _SINGLE_KIND = 0, 1

# After a plural in s and a mark, one of these shows that the mark closed a quotation: no possessive stands before them.
_NEVER_OWNED = (
    words.ARTICLE | words.COORDINATOR | words.PREPOSITION | words.TO | words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
    | words.SUBORDINATOR | words.QUESTION | words.RELATIVE | words.THAT | words.BE | words.AUXILIARY | words.SUBJECT | words.PRONOUN
    | words.POSSESSIVE | words.ADDRESSEE | words.NEVER_OWNED
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Quotations:
    """The outermost quotations of a corpus, in the order of the text; four arrays of one element a quotation.

    Attributes
    ----------
    first, last : numpy.ndarray of int64
        First and last token between the marks.
    flags : numpy.ndarray of uint8
        ``UNCLOSED``: no closing mark, bounded by the paragraph. ``UNDECIDED``: the closing mark could be a possessive.
        ``RUNS_ON`` and ``CONTINUES``: the quotation goes on in, or comes from, another paragraph.
    inside : numpy.ndarray of int32, shape (n_tokens,)
        The quotation that a token stands in, or -1.
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    inside: npt.NDArray[np.int32]


def quotations(tokens: Tokens) -> Quotations:
    """Return the outermost quotations of a corpus.

    Double marks (curly, straight, ``''`` pairs, mixed pairs, «») pair within a paragraph; a quotation whose next paragraph
    begins with an opening mark runs on there. A single mark opens before a word and closes after one; a mark after a
    plural in s that is followed by a noun is a possessive where a later mark can close.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    """
    flags = _type_flags(tokens)
    marked = np.flatnonzero(tokens.gaps & MARKS)
    # Every mark opens at most one quotation; a gap rarely holds more than three.
    capacity = 4 * (len(marked) + int(np.count_nonzero(tokens.tails & MARKS))) + 1
    marks = np.empty((capacity, 4), np.int32)
    counts = np.zeros(len(tokens.field_starts), np.int64)
    ends = tokens.type_lengths
    _read_marks(
        tokens.buffers, tokens.bounds, tokens.type_ids, tokens.starts, ends, tokens.gaps, tokens.tails,
        tokens.field_starts, flags, marks, counts,
    )  # fmt: skip
    paragraphs = paragraph_starts(tokens)
    spans = np.empty((capacity, 3), np.int64)
    inside = np.full(len(tokens), -1, np.int32)
    n = _pair(marks, counts, paragraphs, tokens.field_starts, spans, inside)
    return Quotations(spans[:n, 0].copy(), spans[:n, 1].copy(), spans[:n, 2].astype(np.uint8), inside)


def paragraph_starts(tokens: Tokens) -> npt.NDArray[Any]:
    """Return the first token of each paragraph of each field, and the number of tokens at the end."""
    paragraphs, starts = tokens.sentence_paragraphs, tokens.sentence_starts
    begins = np.ones(len(starts), np.bool_)
    begins[1:] = paragraphs[1:] != paragraphs[:-1]
    begins[tokens.first_sentences[np.diff(tokens.field_starts) > 0]] = True
    return np.append(starts[begins], len(tokens)).astype(np.int64)


def _ends_in(tokens: Tokens, pattern: str) -> npt.NDArray[np.bool_]:
    """Return whether the folded spelling of each type ends as the regular expression `pattern` says."""
    matched = pc.match_substring_regex(pa.array(tokens.folded, pa.large_string()), f"(?:{pattern})$")
    return np.asarray(matched.to_numpy(zero_copy_only=False), np.bool_)


def _type_flags(tokens: Tokens) -> npt.NDArray[np.uint8]:
    known = words.word_flags(tokens)
    said = (known & words.REPORTING != 0) & (known & words.PAST != 0)
    flags = np.full(len(tokens.types), WORD, np.uint8)
    flags[(known & _NEVER_OWNED != 0) | said] |= FUNCTION_WORD
    flags[(known & words.ELIDED != 0) | _ends_in(tokens, "[0-9]+s")] |= ELISION
    flags[(known & words.CUT_SHORT != 0) | _ends_in(tokens, "[szx]|..in")] |= MAY_BE_CUT
    flags[_ends_in(tokens, "[0-9]")] |= IS_NUMBER
    return flags


@njit(nogil=True, cache=True)
def _point(data, i, end):
    """Return the code point at byte i and its width; 0x20 at or beyond the end."""
    if i >= end:
        return 0x20, 1
    byte = np.int64(data[i])
    if byte < 0x80:
        return byte, 1
    if byte < 0xE0:
        return ((byte & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F), 2
    if byte < 0xF0:
        return ((byte & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F), 3
    return 0x10000, 4


@njit(nogil=True, cache=True)
def _is_space(point):
    if point < 0x2000:
        return point <= 0x20 or point == 0xA0 or point == 0x85 or point == 0x1680
    return point <= 0x200B or 0x2028 <= point <= 0x202F or point == 0x205F or point == 0x3000


@njit(nogil=True, cache=True)
def _is_opener(point):
    """Whether a character left of a mark shows that the mark opens: white space, a bracket, a dash, another opening mark."""
    return (
        _is_space(point) or point == 0x28 or point == 0x5B or point == 0x2D or 0x2012 <= point <= 0x2015
        or point == 0x201C or point == 0x2018 or point == 0x2F or point == 0x3A
    )  # fmt: skip


@njit(nogil=True, cache=True)
def _kind_of(point):
    """Return 0 for a double mark, 1 for a single one, -1 for anything else."""
    if point == 0x22 or 0x201C <= point <= 0x201F or point == 0xAB or point == 0xBB:
        return _DOUBLE_KIND
    if point == 0x27 or 0x2018 <= point <= 0x201B or point == 0x2039 or point == 0x203A:
        return _SINGLE_KIND
    return -1


@njit(nogil=True, cache=True)
def _lean(point, left, right):
    """Return whether a mark opens or closes by its shape and by what stands beside it."""
    opener, spaced = _is_opener(left), _is_space(right)
    if point == 0xAB or point == 0x2039 or point == 0x201E or point == 0x201A:
        return _OPENS
    if point == 0xBB or point == 0x203A:
        return _CLOSES
    if opener and not spaced and not _is_space(left) and (point == 0x201D or point == 0x2019):
        return _CLOSES
    if opener and not spaced:
        return _OPENS
    if spaced and not _is_space(left):
        return _CLOSES
    if point == 0x201C or point == 0x2018:
        return _OPENS
    if point == 0x201D or point == 0x2019:
        return _CLOSES
    return _EITHER


@njit(nogil=True, cache=True)
def _single_lean(lean, left, right, before, after):
    """Return what a single mark is, from the words on both sides; their flags are 0 where a field ends."""
    if lean == _OPENS and not _is_opener(left):
        lean = _EITHER
    joined_left = not _is_opener(left)
    if lean == _OPENS:
        return _NONE if after & ELISION and not _is_space(right) else _OPENS
    if not joined_left:
        return _NONE
    punctuated = left < 0x30 or left == 0x3F or left == 0x3B or left == 0x2026 or 0x2018 <= left <= 0x201F
    if punctuated or not before & MAY_BE_CUT or not _is_space(right) or not after & WORD:
        return _CLOSES
    return _LIKELY if after & FUNCTION_WORD else _POSSESSIVE


@njit(nogil=True, cache=True)
def _read_gap(data, span, flags, token, marks, n):
    """Write the marks between two words as (token, kind, lean, whether a line end precedes); return the next free row."""
    begin, end, floor, ceiling = span
    before, after = flags
    i = begin
    left = np.int64(0x20)
    if begin > floor:
        back = begin - 1
        while back > floor and data[back] & 0xC0 == 0x80:
            back -= 1
        left, _ = _point(data, back, ceiling)
    broken = False
    while i < end and n < len(marks):
        point, width = _point(data, i, ceiling)
        kind = _kind_of(point)
        right, right_width = _point(data, i + width, ceiling)
        if kind == _SINGLE_KIND and right == point and i + width < end:
            kind = _DOUBLE_KIND  # '' and ‘‘ stand for a double mark
            width += right_width
            right, _ = _point(data, i + width, ceiling)
        broken |= point == 0x0A
        if kind >= 0:
            lean = _lean(point, left, right)
            # A closing mark after which the gap goes on (full stop, other mark) is not a possessive.
            if kind == _SINGLE_KIND:
                follows = after if i + width + 1 >= end else 0
                lean = _single_lean(lean, left, right, before if i == begin else 0, follows | (after & ELISION))
            elif lean == _EITHER and left >= 0x30 and left <= 0x39 and before & IS_NUMBER:
                lean = _CLOSES  # 6'2" is a measure unless a quotation is open
            if lean != _NONE:
                marks[n, 0], marks[n, 1], marks[n, 2], marks[n, 3] = token, kind, lean, broken
                n += 1
        left = point
        i += width
    return n


@njit(nogil=True, cache=True)
def _read_marks(buffers, bounds, type_ids, starts, lengths, before, tails, firsts, flags, marks, counts):
    """Read all marks, field by field; ``counts[f]`` is the first row of field f."""
    n = 0
    for field in range(len(firsts) - 1):
        counts[field] = n
        first, last = firsts[field], firsts[field + 1]
        data = buffers[field % 3]
        floor, ceiling = bounds[field, 0], bounds[field, 1]
        if first == last:
            continue
        for i in range(first, last + 1):
            gap = before[i] if i < last else tails[field]
            if not gap & MARKS:
                continue
            begin = floor if i == first else floor + starts[i - 1] + lengths[type_ids[i - 1]]
            end = ceiling if i == last else floor + starts[i]
            left = flags[type_ids[i - 1]] if i > first else np.uint8(0)
            right = flags[type_ids[i]] if i < last else np.uint8(0)
            n = _read_gap(data, (begin, end, floor, ceiling), (left, right), i, marks, n)
    counts[len(firsts) - 1] = n


@njit(nogil=True, cache=True)
def _closing_single(marks, at, stop):
    """Return the row of the mark that closes the single quotation opened at row `at`, -1 for none, and whether it is sure.

    The first mark that cannot be a possessive closes; where there is none, the first that is not likely one; else the last,
    and that is not sure if there are several.
    """
    likely, possessive, n_possessives = -1, -1, 0
    nested = False
    for row in range(at + 1, stop):
        lean = marks[row, 2]
        if marks[row, 1] == _DOUBLE_KIND:
            nested = not nested
        elif marks[row, 0] == marks[at, 0] or lean == _EITHER or (nested and lean == _OPENS):
            continue
        elif lean == _OPENS:
            break
        elif lean == _CLOSES:
            return row, True
        elif lean == _LIKELY:
            likely = row if likely < 0 else likely
        else:
            possessive = row
            n_possessives += 1
    return (likely, True) if likely >= 0 else (possessive, n_possessives == 1)


@njit(nogil=True, cache=True)
def _closing_double(marks, at, stop):
    """Return the row of the mark that closes the double quotation opened at row `at`, or -1 and the row that ends the search."""
    for row in range(at + 1, stop):
        if marks[row, 1] != _DOUBLE_KIND or marks[row, 0] == marks[at, 0]:
            continue
        if marks[row, 2] == _OPENS:
            return -1, row
        return row, row
    return -1, stop


@njit(nogil=True, cache=True)
def _begins_open(marks, row, stop, token, kind):
    """Whether the paragraph that begins at `token`, whose marks begin at `row`, opens with a mark of this kind."""
    while row < stop and marks[row, 0] <= token:
        if marks[row, 0] == token and marks[row, 1] == kind and marks[row, 2] != _CLOSES:
            return True
        row += 1
    return False


@njit(nogil=True, cache=True)
def _pair_paragraph(marks, rows, paragraph, following, continues, spans, n):
    """Pair the marks of one paragraph; return the next free span and the kind of the quotation that runs on, or -1."""
    first, end = paragraph
    row, stop = rows
    runs_on = -1
    while row < stop:
        kind, lean, token = marks[row, 1], marks[row, 2], marks[row, 0]
        opens = lean == _OPENS or (lean == _EITHER and kind == _DOUBLE_KIND)
        if not opens or token >= end:
            row += 1
            continue
        sure, flag = True, 0
        if kind == _SINGLE_KIND:
            close, sure = _closing_single(marks, row, stop)
            limit = stop
            if following[kind] and close >= 0 and marks[close, 2] >= _POSSESSIVE:
                close = -1
        else:
            close, limit = _closing_double(marks, row, stop)
        last = end - 1
        if close >= 0:
            last = marks[close, 0] - 1
            flag = 0 if sure else UNDECIDED
        elif limit < stop:
            last = marks[limit, 0] - 1
            flag = UNCLOSED
        elif following[kind]:
            flag, runs_on = RUNS_ON, kind
        elif kind == _SINGLE_KIND and token != first:
            row += 1  # an apostrophe: nothing closes it
            continue
        else:
            flag = UNCLOSED
        if token == first and continues == kind:
            flag |= CONTINUES
        if last >= token:
            spans[n, 0], spans[n, 1], spans[n, 2] = token, last, flag
            n += 1
        row = close + 1 if close >= 0 else max(row + 1, limit)
    return n, runs_on


@njit(nogil=True, cache=True)
def _belongs_before(marks, row, token):
    """Whether a mark in the gap before a paragraph's first token belongs to the paragraph before."""
    return marks[row, 0] == token and not marks[row, 3] and marks[row, 2] != _OPENS


@njit(nogil=True, cache=True)
def _pair(marks, counts, paragraphs, firsts, spans, inside):
    n = 0
    at = 0
    following = np.zeros(2, np.bool_)
    for field in range(len(firsts) - 1):
        row, stop = counts[field], counts[field + 1]
        continues = -1
        while at < len(paragraphs) - 1 and paragraphs[at] < firsts[field + 1]:
            first, end = paragraphs[at], min(paragraphs[at + 1], firsts[field + 1])
            is_last = end == firsts[field + 1]
            next_row = row
            while next_row < stop and (marks[next_row, 0] < end + is_last or _belongs_before(marks, next_row, end)):
                next_row += 1
            for kind in range(2):
                following[kind] = not is_last and _begins_open(marks, next_row, stop, end, kind)
            n, continues = _pair_paragraph(marks, (row, next_row), (first, end), following, continues, spans, n)
            row = next_row
            at += 1
    for k in range(n):
        for i in range(spans[k, 0], spans[k, 1] + 1):
            inside[i] = k
    return n
