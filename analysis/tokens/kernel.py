"""The encoding kernel: UTF-8 bytes in, type ids, offsets and gap bits out.

One pass, compiled by numba without the interpreter's lock. Words are the segments of UAX #29 (Unicode 15.0) that hold a letter or a
digit. Most are ASCII letters and digits with a space behind them, at most seven: their eight bytes are loaded at once, the
word's own are its key in the type table, and the first slot tried holds it as a rule. What is rarer is left to functions.
"""

from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from analysis.tokens.boundaries import Field, characters, word_end
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.eight_bytes import WIDTH, byte_of, first_bytes, n_alphanumeric, next_eight
from analysis.tokens.fields import column_of
from analysis.tokens.gap_marks import gap_at
from analysis.tokens.type_table import LONG, TypeTable, fingerprint, first_slot, has_room, type_id_of, with_room

_SPACE = np.uint64(0x20)
_STRETCH = 1 << 10  # words between two rounds of looking up: their keys stay in the nearest cache
_ENDS, _HANGS, _CONTINUES = 0, 1, 2

Array = npt.NDArray[Any]


def _after_word() -> npt.NDArray[np.uint8]:
    """Whether a byte behind ASCII letters ends their word, may continue it, or does so if one of a word follows (' ` . , : ;)."""
    kinds = np.full(256, _ENDS, np.uint8)
    kinds[128:] = _CONTINUES
    for byte in range(128):
        if chr(byte).isalnum() or byte == ord("_"):
            kinds[byte] = _CONTINUES
    for mark in "'`.,:;":
        kinds[ord(mark)] = _HANGS
    return kinds


_AFTER_WORD = _after_word()


class Texts(NamedTuple):
    """The UTF-8 bytes of the three text columns, and first and last byte of each field: headline, standfirst, body of each article."""

    buffers: tuple[npt.NDArray[np.uint8], ...]
    bounds: npt.NDArray[np.int64]


class Encoded(NamedTuple):
    """What the kernel writes: three arrays with one element a token, two with one a field.

    `ids` are types, `starts` bytes from the field's start, `before` gap bits before the word; `firsts` is the field's first token, `tails`
    the gap bits after its last word.
    """

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    before: npt.NDArray[np.uint32]
    firsts: npt.NDArray[np.int64]
    tails: npt.NDArray[np.uint32]

    @classmethod
    def room_for(cls, bounds: npt.NDArray[np.int64]) -> Self:
        """Return room for all that some fields can hold: a word and what parts it from the next take two bytes at least."""
        n = int((bounds[:, 1] - bounds[:, 0]).sum()) // 2 + len(bounds)
        tokens = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint32)
        return cls(*tokens, np.empty(len(bounds), np.int64), np.empty(len(bounds), np.uint32))


class _Found(NamedTuple):
    """The words of a stretch of text before they are looked up: fingerprint and bytes of each."""

    keys: npt.NDArray[np.uint64]
    sizes: npt.NDArray[np.int32]


class _Place(NamedTuple):
    """Where the scan of a field stands: the next byte, the last line end as `gap_at` counts it, what stands since the last word."""

    byte: int
    line_end: int
    gap: np.uint32


def encode(texts: Texts, table: TypeTable, out: Encoded, n: int) -> tuple[int, TypeTable]:
    """Encode the fields of some articles from token `n` on; return the next token and the table with the types that were met."""
    field = 0
    found = _Found(np.empty(_STRETCH, np.uint64), np.empty(_STRETCH, np.int32))
    while True:
        field, n, n_types = encode_fields(texts, found, table, out, (field, n), characters())
        table = table._replace(n_types=n_types)
        if field == len(texts.bounds):
            return n, table
        first, last = texts.bounds[field].tolist()
        table = with_room(table, (last - first) // 2 + 1, last - first)


@compiled
def encode_fields(texts, found, table, out, begin, known):
    """Encode fields as long as the table has room; return the next field, token and type."""
    first, n = begin
    n_types = table.n_types
    for place in range(first, len(texts.bounds)):
        start, end = texts.bounds[place, 0], texts.bounds[place, 1]
        if not has_room(table, n_types, (end - start) // 2 + 1, end - start):
            return place, n, n_types
        out.firsts[place] = n
        field = Field(texts.buffers[column_of(place)], start, end)
        at = _Place(start, start - 1, np.uint32(0))
        while at.byte < end:
            n_found, at = _scan(field, at, found, out, n, known)
            n_types = _look_up(field, found, table, out, (n, n + n_found), n_types)
            n += n_found
        out.tails[place] = at.gap
    return len(texts.bounds), n, n_types


@compiled_step
def _scan(field, at, found, out, n, known):
    """Write the words from a place on, as many as `found` has room for, from token `n` on; return their number and the place behind."""
    data, i, line_end, gap = field.data, at.byte, at.line_end, at.gap
    no_line_end = field.start - 1
    k = 0
    while i < field.end and k < _STRETCH:
        word, eight = i, next_eight(data, i, field.end)
        if byte_of(eight, 0) == _SPACE:
            i += 1
            continue
        size = n_alphanumeric(eight)
        if 0 < size < WIDTH and _ends_word(field, i + size):
            key = first_bytes(eight, size)
            i += size
        else:
            if size == 0:
                i, bits, line_end = gap_at(field, i, line_end, known)
                gap = np.uint32(gap | bits)
                if i > word:
                    continue
            i, key = _rare_word(field, word, known)
        line_end = no_line_end
        if key != 0:
            found.keys[k], found.sizes[k] = key, i - word
            out.starts[n + k], out.before[n + k] = word - field.start, gap
            gap = np.uint32(0)
            k += 1
    return k, _Place(i, line_end, gap)


@compiled_step
def _look_up(field, found, table, out, tokens, n_types):
    """Write the types of the words in `found`, tokens ``tokens[0]:tokens[1]``; return the number of types.

    A loop of its own, so that the processor waits for many slots of the table at a time and not for one between two words.
    """
    first, end = tokens
    for n in range(first, end):
        key = found.keys[n - first]
        slot = first_slot(key, table.slots)
        if key == table.slots[slot, 0] and key < LONG:
            out.ids[n] = table.slots[slot, 1] - np.uint64(1)
        else:
            start = field.start + out.starts[n]
            type_id = type_id_of(field.data, (start, start + found.sizes[n - first]), key, table, n_types)
            n_types = max(n_types, type_id + 1)
            out.ids[n] = type_id
    return n_types


@compiled_step
def _ends_word(field, i):
    """Whether the byte after ASCII letters and digits cannot belong to their word."""
    if i >= field.end:
        return True
    kind = _AFTER_WORD[field.data[i]]
    if kind != _HANGS:
        return kind == _ENDS
    return i + 1 >= field.end or _AFTER_WORD[field.data[i + 1]] != _CONTINUES


@compiled_step
def _rare_word(field, word, known):
    """Return where the segment at byte `word` ends, and its fingerprint; 0 where it holds neither letter nor digit."""
    i, size = word, WIDTH
    while size == WIDTH:
        size = n_alphanumeric(next_eight(field.data, i, field.end))
        i += size
    if i == word or not _ends_word(field, i):
        i, is_word = word_end(field, word, known)
        if not is_word:
            return i, np.uint64(0)
    return i, fingerprint(field.data, word, i)
