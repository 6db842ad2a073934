"""The encoding kernel: UTF-8 bytes in, type ids, offsets and gap bits out.

One pass, compiled by numba without the interpreter's lock. Words are the segments of UAX #29 (Unicode 15.0) that hold a
letter or a digit. Every distinct spelling is a type; its id is its place of first appearance. A type table is a set of
plain arrays that grow inside the kernel, so no Python object is made for a token or for a type.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_into
from analysis.tokens.fields import column_of
from analysis.tokens.unicode import BLOCK, CLASS_MASK, CLASSES, IS_ALNUM, IS_PICTOGRAPHIC

CR, LF, NEWLINE = (CLASSES.index(name) for name in ("CR", "LF", "Newline"))
EXTEND, ZWJ, FORMAT = (CLASSES.index(name) for name in ("Extend", "ZWJ", "Format"))
KATAKANA, HEBREW, LETTER = (CLASSES.index(name) for name in ("Katakana", "Hebrew_Letter", "ALetter"))
SINGLE_QUOTE, DOUBLE_QUOTE = (CLASSES.index(name) for name in ("Single_Quote", "Double_Quote"))
MID_LETTER, MID_NUM, MID_NUM_LET = (CLASSES.index(name) for name in ("MidLetter", "MidNum", "MidNumLet"))
NUMERIC, EXTEND_NUM_LET, SPACE = (CLASSES.index(name) for name in ("Numeric", "ExtendNumLet", "WSegSpace"))

N_CLASSES = len(CLASSES)
BLOCK_SHIFT = BLOCK.bit_length() - 1
SHORT = 7  # bytes of a spelling that fit a fingerprint beside its top byte
LONG = np.uint64(1 << 63)
UNDERSCORE = 0x5F
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, TAOCP 3, section 6.4)

Array = npt.NDArray[Any]


def _joins() -> npt.NDArray[np.bool_]:
    """Which class continues a word after which (rules WB5, WB8–10, WB13, WB13a and WB13b)."""
    joins = np.zeros((N_CLASSES, N_CLASSES), np.bool_)
    words = (LETTER, HEBREW, NUMERIC)
    for left in words:
        for right in words:
            joins[left, right] = True
    joins[KATAKANA, KATAKANA] = True
    for other in (*words, KATAKANA, EXTEND_NUM_LET):
        joins[other, EXTEND_NUM_LET] = joins[EXTEND_NUM_LET, other] = True
    return joins


JOINS = _joins()


def _ascii_words() -> npt.NDArray[np.bool_]:
    """ASCII letters, digits and the underscore: the bytes that continue a word without a look at any rule."""
    return np.array([chr(byte).isalnum() or byte == ord("_") if byte < 128 else False for byte in range(256)])


ASCII_WORD = _ascii_words()


def _ascii_gaps() -> npt.NDArray[np.uint32]:
    """Give the gap bit of each ASCII byte whose meaning does not hang on its neighbours."""
    bits = np.zeros(256, np.uint32)
    marks = {"!": gaps.EXCLAMATION, "?": gaps.EXCLAMATION, ",": gaps.COMMA, ":": gaps.COLON, ";": gaps.SEMICOLON}
    marks |= dict.fromkeys("([{", gaps.BRACKET_OPEN) | dict.fromkeys(")]}", gaps.BRACKET_CLOSE) | {"|": gaps.SEPARATOR}
    for mark, bit in marks.items():
        bits[ord(mark)] = bit
    return bits


ASCII_GAP = _ascii_gaps()


class TypeTable(NamedTuple):
    """Distinct spellings, as arrays that the kernel reads and grows.

    `slots` is an open-addressing hash table: the fingerprint of a spelling beside its type id + 1, 0 for an empty slot.
    `spellings` holds the bytes of all types one after another, `bounds` where each begins.
    """

    slots: Array
    spellings: Array
    bounds: Array
    n_types: int


def empty_type_table(n_slots: int = 1 << 16) -> TypeTable:
    """Return a table without a type; it grows from `n_slots`, a power of 2, on."""
    return TypeTable(
        np.zeros((n_slots, 2), np.uint64), np.zeros(4 * n_slots, np.uint8), np.zeros(n_slots // 2, np.int64), 0
    )


@compiled_into
def _grown(array, size):
    larger = np.zeros(max(size, 2 * len(array)), array.dtype)
    larger[: len(array)] = array
    return larger


@compiled
def _fingerprint(data, start, end):
    """Return 64 bits of a spelling: its own bytes where it has at most SHORT of them, else a hash with the top bit set.

    Two short spellings are the same when their fingerprints are, so most words are found without a look at their bytes.
    """
    packed = np.uint64(0)
    value = np.uint64(0)
    for i in range(start, end):
        packed = (packed << np.uint64(8)) | np.uint64(data[i])
        if (i - start) & 7 == 7:
            value = (value ^ packed) * MULTIPLIER
            value ^= value >> np.uint64(32)
            packed = np.uint64(0)
    if end - start <= SHORT:
        return packed
    return ((value ^ packed) * MULTIPLIER) | LONG


@compiled_into
def _first_slot(value, slots):
    """Return where the search for a fingerprint begins: bits of the product that hang on every byte."""
    return np.int64((value * MULTIPLIER) >> np.uint64(36)) & (len(slots) - 1)


@compiled
def _rehashed(slots):
    larger = np.zeros((2 * len(slots), 2), np.uint64)
    for old in range(len(slots)):
        if slots[old, 1] != 0:
            slot = _first_slot(slots[old, 0], larger)
            while larger[slot, 1] != 0:
                slot = (slot + 1) & (len(larger) - 1)
            larger[slot, 0], larger[slot, 1] = slots[old, 0], slots[old, 1]
    return larger


@compiled
def _is_spelled(data, start, end, type_id, spellings, bounds):
    """Whether a type is spelled ``data[start:end]``."""
    first = bounds[type_id]
    if bounds[type_id + 1] - first != end - start:
        return False
    for i in range(end - start):  # noqa: SIM110 - a generator is slow in compiled code
        if spellings[first + i] != data[start + i]:
            return False
    return True


@compiled
def _with_room(n_more, n_bytes, slots, spellings, bounds, n_types):
    """Return the table's arrays with room for `n_more` types of `n_bytes` in all, so that adding need not grow them."""
    if bounds[n_types] + n_bytes > len(spellings):
        spellings = _grown(spellings, bounds[n_types] + n_bytes)
    if n_types + n_more + 1 > len(bounds):
        bounds = _grown(bounds, n_types + n_more + 1)
    while 2 * (n_types + n_more) > len(slots):
        slots = _rehashed(slots)
    return slots, spellings, bounds


@compiled
def _add_type(data, start, end, spellings, bounds, n_types):
    first = bounds[n_types]
    for i in range(end - start):
        spellings[first + i] = data[start + i]
    bounds[n_types + 1] = first + end - start


@compiled_into
def _type_id(data, start, end, value, slots, spellings, bounds, n_types):
    """Return the id of a spelling with fingerprint `value`, which is `n_types` if it was not in the table before."""
    slot = _first_slot(value, slots)
    while slots[slot, 1] != 0:
        if slots[slot, 0] == value:
            type_id = np.int64(slots[slot, 1]) - 1
            if value < LONG or _is_spelled(data, start, end, type_id, spellings, bounds):
                return type_id
        slot = (slot + 1) & (len(slots) - 1)
    _add_type(data, start, end, spellings, bounds, n_types)
    slots[slot, 0], slots[slot, 1] = value, np.uint64(n_types + 1)
    return n_types


@compiled
def merge(data, starts, slots, spellings, bounds, n_types):
    """Add each spelling ``data[starts[i]:starts[i+1]]`` to a type table; return its type ids and the table's arrays."""
    n = len(starts) - 1
    slots, spellings, bounds = _with_room(n, starts[n], slots, spellings, bounds, n_types)
    ids = np.empty(n, np.int32)
    for i in range(n):
        value = _fingerprint(data, starts[i], starts[i + 1])
        ids[i] = _type_id(data, starts[i], starts[i + 1], value, slots, spellings, bounds, n_types)
        n_types = max(n_types, ids[i] + 1)
    return ids, slots, spellings, bounds, n_types


@compiled_into
def _decode(data, i):
    """Return the code point at byte i and its number of bytes; Arrow strings are valid UTF-8."""
    byte = np.int32(data[i])
    if byte < 0x80:
        return byte, 1
    if byte < 0xE0:
        return ((byte & 0x1F) << 6) | (data[i + 1] & 0x3F), 2
    if byte < 0xF0:
        return ((byte & 0x0F) << 12) | ((data[i + 1] & 0x3F) << 6) | (data[i + 2] & 0x3F), 3
    point = ((byte & 0x07) << 18) | ((data[i + 1] & 0x3F) << 12) | ((data[i + 2] & 0x3F) << 6) | (data[i + 3] & 0x3F)
    return point, 4


@compiled_into
def _properties(point, index, blocks):
    return np.int64(blocks[(np.int64(index[point >> BLOCK_SHIFT]) << BLOCK_SHIFT) + (point & (BLOCK - 1))])


@compiled
def _skip_ignorable(data, i, end, index, blocks):
    """Return where the Extend, Format and ZWJ characters after a character end (WB4), and whether the last is a ZWJ."""
    joined = False
    while i < end and data[i] >= 0x80:
        point, width = _decode(data, i)
        kind = _properties(point, index, blocks) & CLASS_MASK
        if kind != EXTEND and kind != FORMAT and kind != ZWJ:
            break
        joined = kind == ZWJ
        i += width
    return i, joined


@compiled
def _class_at(data, i, end, index, blocks):
    """Return the Word_Break class at byte i (-1 at the end of the field) and the width of its character."""
    if i >= end:
        return -1, 0
    point, width = _decode(data, i)
    return _properties(point, index, blocks) & CLASS_MASK, width


@compiled
def _word_end(data, i, end, index, blocks):
    """Return the end of the segment that starts at byte i, and whether it holds a letter or a digit."""
    point, width = _decode(data, i)
    found = _properties(point, index, blocks)
    previous = found & CLASS_MASK
    is_word = found & IS_ALNUM != 0
    i, joined = _skip_ignorable(data, i + width, end, index, blocks)
    while i < end:
        point, width = _decode(data, i)
        found = _properties(point, index, blocks)
        kind = found & CLASS_MASK
        after = i + width
        if JOINS[previous, kind] or (joined and found & IS_PICTOGRAPHIC != 0):
            previous = kind
            is_word |= found & IS_ALNUM != 0
        elif kind == SINGLE_QUOTE or kind == DOUBLE_QUOTE or MID_LETTER <= kind <= MID_NUM_LET:
            beyond, _ = _skip_ignorable(data, i + width, end, index, blocks)
            following, width_beyond = _class_at(data, beyond, end, index, blocks)
            if _bridges(previous, kind, following):
                after = beyond + width_beyond
                previous = following
            elif previous == HEBREW and kind == SINGLE_QUOTE:
                previous = SINGLE_QUOTE
            else:
                break
        else:
            break
        i, joined = _skip_ignorable(data, after, end, index, blocks)
    return i, is_word


@compiled_into
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


@compiled_into
def _is_space(data, i, start, end):
    """Whether white space, a no-break or typographic space, or the field's edge stands at byte i."""
    if i < start or i >= end:
        return True
    byte = data[i]
    if byte < 0x80:
        return byte == 0x20 or 0x09 <= byte <= 0x0D
    while data[i] & 0xC0 == 0x80 and i > start:
        i -= 1
    point, _ = _decode(data, i)
    if point < 0x2000:
        return point == 0x85 or point == 0xA0 or point == 0x1680
    return point <= 0x200A or 0x2028 <= point <= 0x202F or point == 0x205F or point == 0x3000


@compiled
def _quote_bits(shift, data, i, width, start, end):
    left, right = _is_space(data, i - 1, start, end), _is_space(data, i + width, start, end)
    bits = 0
    if left:
        bits |= 1 << (shift + gaps.LEFT_SPACE)
    if right:
        bits |= 1 << (shift + gaps.RIGHT_SPACE)
    if not left and not right:
        bits |= 1 << (shift + gaps.NO_SPACE)
    return np.uint32(bits)


@compiled
def _ascii_mark(data, i, start, end):
    """Return the gap bits of an ASCII mark whose meaning hangs on its neighbours."""
    byte = data[i]
    if byte == 0x22:
        return _quote_bits(gaps.STRAIGHT_DOUBLE, data, i, 1, start, end)
    if byte == 0x27:
        return _quote_bits(gaps.STRAIGHT_SINGLE, data, i, 1, start, end)
    if byte == 0x2E:
        if i >= start + 2 and data[i - 1] == 0x2E and data[i - 2] == 0x2E:
            return np.uint32(gaps.ELLIPSIS | gaps.STOP)
        if (
            i >= start + 4
            and data[i - 1] == 0x20
            and data[i - 2] == 0x2E
            and data[i - 3] == 0x20
            and data[i - 4] == 0x2E
        ):
            return np.uint32(gaps.ELLIPSIS | gaps.STOP)
        return np.uint32(gaps.STOP)
    if byte == 0x2D:
        doubled = (i > start and data[i - 1] == 0x2D) or (i + 1 < end and data[i + 1] == 0x2D)
        if doubled or (_is_space(data, i - 1, start, end) and _is_space(data, i + 1, start, end)):
            return np.uint32(gaps.DASH)
    return np.uint32(0)


@compiled
def _wide_mark(point, data, i, width, start, end):
    """Return the gap bits of a mark outside ASCII."""
    if point == 0x201C:
        return _quote_bits(gaps.DOUBLE_LEFT, data, i, width, start, end)
    if point == 0x201D:
        return _quote_bits(gaps.DOUBLE_RIGHT, data, i, width, start, end)
    if point == 0x2018:
        return _quote_bits(gaps.SINGLE_LEFT, data, i, width, start, end)
    if point == 0x2019:
        return _quote_bits(gaps.SINGLE_RIGHT, data, i, width, start, end)
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


@compiled_into
def _may_continue(data, i, end):
    """Whether the byte after an ASCII word can belong to the word: an apostrophe, a decimal point, a letter outside ASCII."""
    if i >= end or data[i] == 0x20:
        return False
    byte = data[i]
    if byte >= 0x80:
        return True
    if byte == 0x27 or byte == 0x2E or byte == 0x2C or byte == 0x3A or byte == 0x3B:
        return i + 1 < end and (ASCII_WORD[data[i + 1]] or data[i + 1] >= 0x80)
    return False


@compiled_into
def _ascii_word(data, word, end):
    """Return the end of a run of ASCII letters, digits and underscores, and its last eight bytes packed."""
    packed = np.uint64(0)
    i = word
    while i < end and ASCII_WORD[data[i]]:
        packed = (packed << np.uint64(8)) | np.uint64(data[i])
        i += 1
    return i, packed


@compiled
def _line_bits(data, i, start, last_line_end):
    """Return the gap bits of a line feed or carriage return; one that only white space parts from another ends a paragraph."""
    if data[i] == 0x0A and i > start and data[i - 1] == 0x0D:
        return np.uint32(0)
    return np.uint32(gaps.LINE_END | gaps.PARAGRAPH_END) if last_line_end >= start else np.uint32(gaps.LINE_END)


@compiled
def _encode_field(data, start, end, index, blocks, slots, spellings, bounds, n_types, ids, starts, before, n):
    """Encode ``data[start:end]`` from token `n` on; return the next token, the number of types and the last gap."""
    i = start
    gap = np.uint32(0)
    line_end = start - 1  # the last line end, while only white space has followed it; start - 1 for none
    while i < end:
        byte = data[i]
        word = i
        if byte == 0x20:
            i += 1
            continue
        if ASCII_WORD[byte]:
            i, value = _ascii_word(data, word, end)
            is_word = True
            if byte == UNDERSCORE or _may_continue(data, i, end):
                i, is_word = _word_end(data, word, end, index, blocks)
                value = _fingerprint(data, word, i)
            elif i - word > SHORT:
                value = _fingerprint(data, word, i)
        elif byte < 0x80:
            if byte == 0x0A or byte == 0x0D:
                gap |= _line_bits(data, i, start, line_end)
                line_end = i
            elif byte != 0x09:
                line_end = start - 1
                gap |= ASCII_GAP[byte]
                if byte == 0x22 or byte == 0x27 or byte == 0x2D or byte == 0x2E:
                    gap |= _ascii_mark(data, i, start, end)
            i += 1
            continue
        else:
            point, width = _decode(data, i)
            found = _properties(point, index, blocks)
            kind = found & CLASS_MASK
            if found & IS_ALNUM == 0 and kind != EXTEND_NUM_LET and kind != LETTER and kind != ZWJ:
                gap |= _wide_mark(point, data, i, width, start, end)
                if kind != FORMAT and kind != EXTEND and not _is_space(data, i, start, end):
                    line_end = start - 1
                i += width
                continue
            i, is_word = _word_end(data, word, end, index, blocks)
            value = _fingerprint(data, word, i)
        line_end = start - 1
        if is_word:
            type_id = _type_id(data, word, i, value, slots, spellings, bounds, n_types)
            n_types = max(n_types, type_id + 1)
            ids[n], starts[n], before[n] = type_id, word - start, gap
            gap = np.uint32(0)
            n += 1
    return n, n_types, gap


@compiled
def encode(
    buffers, bounds_of_fields, index, blocks, slots, spellings, bounds, n_types, ids, starts, before, n, firsts, tails
):
    """Encode the fields of some articles from token `n` on: headline, standfirst and body of each in turn.

    `buffers` are the UTF-8 bytes of the three columns, `bounds_of_fields` first and last byte of each field. It fills
    `ids`, `starts` (bytes from the field's start) and `before` (gap bits before the word) with one element a token, `firsts`
    (the field's first token) and `tails` (gap bits after its last word) with one a field. Returns the next token and the
    arrays of the type table.
    """
    for field in range(len(bounds_of_fields)):
        start, end = bounds_of_fields[field, 0], bounds_of_fields[field, 1]
        slots, spellings, bounds = _with_room((end - start) // 2 + 1, end - start, slots, spellings, bounds, n_types)
        firsts[field] = n
        n, n_types, tails[field] = _encode_field(
            buffers[column_of(field)],
            start,
            end,
            index,
            blocks,
            slots,
            spellings,
            bounds,
            n_types,
            ids,
            starts,
            before,
            n,
        )
    return n, slots, spellings, bounds, n_types
