"""Bodies → the paragraphs at their begin and end, as 64 bits of each: passages that an outlet repeats stand there."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.core.arrow import bytes_of
from analysis.tokens.compiling import ZERO, compiled, compiled_step

FIRST, LAST = 2, 4
MOST = FIRST + LAST

_LINE_FEED, _SPACE = 0x0A, 0x20
_LONG = 16  # bytes: shorter paragraphs may repeat
_KINDS = 4096  # of longer ones, by length and some bytes: few of one text fall together by chance
_LEAST_WIDE, _MOST_WIDE = 0xC2, 0xE3  # first bytes of white space outside ASCII
_PRIME = np.uint64(0x100000001B3)  # of the hash FNV-1a, as its start is
_OFFSET = np.uint64(0xCBF29CE484222325)

Array = npt.NDArray[Any]


class Edges(NamedTuple):
    """The paragraphs at begin and end of some texts, in the order of each text; 0 and (0, 0) where one has fewer than six.

    Attributes
    ----------
    passages : numpy.ndarray of uint64, shape (n_texts, 6)
        64 bits of each paragraph: equal for equal ones.
    places : numpy.ndarray of int64, shape (n_texts, 6, 2)
        Its first byte, and the byte behind its last one, among the bytes of all texts.
    """

    passages: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]


def edges_of(texts: pa.LargeStringArray) -> Edges:
    """Return the first two and last four paragraphs of each text that has more than six, else its last four; none of a text of one.

    Paragraphs are parted by blank lines, and white space around them does not count.
    """
    data, bounds = bytes_of(texts)
    edges = Edges(np.zeros((len(texts), MOST), np.uint64), np.zeros((len(texts), MOST, 2), np.int64))
    _find(data, bounds, edges.passages, edges.places, np.empty((MOST, 2), np.int64))
    return edges


@compiled
def _find(data: Array, bounds: Array, passages: Array, places: Array, of_text: Array) -> None:
    for text in range(len(passages)):
        n = _paragraphs(data, bounds[text], bounds[text + 1], of_text)
        # All six of a long text; of a short one the last four, and nothing where the text is one paragraph.
        first = 0 if n > MOST else max(0, n - LAST)
        for place in range(first, min(n, MOST) if n > 1 else 0):
            begin, end = of_text[place, 0], of_text[place, 1]
            passages[text, place - first] = _hash(data, begin, end)
            places[text, place - first, 0], places[text, place - first, 1] = begin, end


@compiled_step
def _paragraphs(data: Array, start: int, end: int, places: Array) -> int:
    """Write first and last byte of the paragraphs of a text: the first two, then the last four; return how many it has."""
    n = ZERO
    begin, last = ZERO - 1, start
    line_ends = 0
    i = start
    while i < end:
        byte = data[i]
        width = 0
        if byte == _SPACE:
            width = 1
        elif byte < _SPACE or _LEAST_WIDE <= byte <= _MOST_WIDE:
            width = _width_of_space(data, i)
        if width:
            line_ends += byte == _LINE_FEED
            i += width
            continue
        if begin < 0 or line_ends > 1:
            if begin >= 0:
                n = _take(places, n, begin, last)
            begin = i
        line_ends = 0
        i += 1
        while i < end and _SPACE < data[i] < _LEAST_WIDE:
            i += 1
        last = i
    return _take(places, n, begin, last) if begin >= 0 else n


@compiled_step
def _take(places: Array, n: int, begin: int, end: int) -> int:
    """Write down paragraph number `n`; of those behind the first two, the last four are kept, in order."""
    if n >= MOST:
        for place in range(FIRST, MOST - 1):
            places[place, 0], places[place, 1] = places[place + 1, 0], places[place + 1, 1]
    place = min(n, MOST - 1)
    places[place, 0], places[place, 1] = begin, end
    return n + 1


@compiled_step
def _width_of_space(data: Array, i: int) -> int:
    """Return the bytes of the white space at byte i, as Python's str.isspace has it; 0 where none is, or a space of ASCII."""
    byte = data[i]
    if byte < _SPACE:
        return 1 if 0x09 <= byte <= 0x0D or byte >= 0x1C else 0
    if byte == 0xC2:
        return 2 if data[i + 1] == 0x85 or data[i + 1] == 0xA0 else 0
    if byte == 0xE2:
        if data[i + 1] == 0x80:
            last = data[i + 2]
            return 3 if last <= 0x8A or last == 0xA8 or last == 0xA9 or last == 0xAF else 0
        return 3 if data[i + 1] == 0x81 and data[i + 2] == 0x9F else 0
    if byte == 0xE1:
        return 3 if data[i + 1] == 0x9A and data[i + 2] == 0x80 else 0
    return 3 if byte == 0xE3 and data[i + 1] == 0x80 and data[i + 2] == 0x80 else 0


@compiled_step
def _hash(data: Array, begin: int, end: int) -> np.uint64:
    value = _OFFSET
    for i in range(begin, end):
        value = (value ^ np.uint64(data[i])) * _PRIME
    return (value ^ (value >> np.uint64(32))) | np.uint64(1)  # 0 means none


def may_repeat(texts: pa.LargeStringArray, least: int) -> npt.NDArray[np.bool_]:
    """Return which texts may have `least` paragraphs of eight words that are equal; paragraphs are parted by two line feeds here."""
    data, bounds = bytes_of(texts)
    found = np.zeros(len(texts), np.bool_)
    _find_repeats(data, bounds, least, np.zeros(_KINDS, np.uint16), found)
    return found


@compiled
def _find_repeats(data: Array, bounds: Array, least: int, counts: Array, found: Array) -> None:
    for text in range(len(found)):
        counts[:] = 0
        begin, end = bounds[text], bounds[text + 1]
        i = begin
        while i <= end:
            if i < end and (data[i] != _LINE_FEED or i + 1 == end or data[i + 1] != _LINE_FEED):
                i += 1
                continue
            if i - begin >= _LONG:
                kind = (np.uint64(i - begin) * _PRIME + data[begin]) * _PRIME + data[i - 1]
                kind = (kind * _PRIME + data[(begin + i) // 2]) * _PRIME + data[begin + _LONG // 2]
                kind = np.int64((kind * _PRIME) >> np.uint64(32)) % _KINDS
                counts[kind] += np.uint16(1)
                found[text] |= counts[kind] >= least
            i += 2
            begin = i
