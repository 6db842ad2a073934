"""The distinct spellings of a corpus, as arrays that compiled code searches and fills: no Python object is made for a type."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.eight_bytes import WIDTH, load_eight, next_eight, trailing_zeros

LONG = np.uint64(1 << 63)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, TAOCP 3, section 6.4)
_HALF, _BITS = np.uint64(32), np.uint64(64)

Array = npt.NDArray[Any]


class TypeTable(NamedTuple):
    """Distinct spellings, each a type whose id is its place of first appearance.

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


def with_room(table: TypeTable, n_more: int, n_bytes: int) -> TypeTable:
    """Return a table with room for `n_more` types of `n_bytes` in all, so that adding them need not grow it."""
    slots = table.slots
    while 2 * (table.n_types + n_more) > len(slots):
        larger = np.zeros((2 * len(slots), 2), np.uint64)
        _rehash(slots, larger)
        slots = larger
    spellings = _grown(table.spellings, int(table.bounds[table.n_types]) + n_bytes)
    return TypeTable(slots, spellings, _grown(table.bounds, table.n_types + n_more + 1), table.n_types)


def _grown(array: Array, size: int) -> Array:
    if size <= len(array):
        return array
    larger = np.zeros(max(size, 2 * len(array)), array.dtype)
    larger[: len(array)] = array
    return larger


@compiled_step
def has_room(table, n_types, n_more, n_bytes):
    """Whether a table that holds `n_types` types by now has room for `n_more` of `n_bytes` in all."""
    return (
        2 * (n_types + n_more) <= len(table.slots)
        and n_types + n_more + 1 <= len(table.bounds)
        and table.bounds[n_types] + n_bytes <= len(table.spellings)
    )


@compiled_step
def fingerprint(data, start, end):
    """Return 64 bits of a spelling: its own bytes where it has at most eight and the top bit is free, else a hash with that bit set.

    Two spellings are the same when their fingerprints are and the top bit is not set, so most words are found without a look at
    their bytes. 0 is no word's.
    """
    if end - start <= WIDTH:
        packed = next_eight(data, start, end)
        if packed < LONG:
            return packed
    value = np.uint64(0)
    for i in range(start, end - WIDTH, WIDTH):
        value = (value ^ load_eight(data, i)) * _MULTIPLIER
        value ^= value >> _HALF
    return ((value ^ load_eight(data, end - WIDTH)) * _MULTIPLIER) | LONG


@compiled_step
def first_slot(value, slots):
    """Return where the search for a fingerprint begins: the topmost bits of the product, which hang on every byte."""
    return (value * _MULTIPLIER) >> (_BITS - trailing_zeros(np.uint64(len(slots))))


@compiled
def _rehash(slots, larger):
    last = np.uint64(len(larger) - 1)
    for old in range(len(slots)):
        if slots[old, 0] != 0:
            slot = first_slot(slots[old, 0], larger)
            while larger[slot, 0] != 0:
                slot = (slot + np.uint64(1)) & last
            larger[slot, 0], larger[slot, 1] = slots[old, 0], slots[old, 1]


@compiled_step
def _is_spelled(data, start, end, type_id, table):
    """Whether a type is spelled ``data[start:end]``, which are eight bytes or more: a hash says that, and of at least eight."""
    first = table.bounds[type_id]
    size = end - start
    if table.bounds[type_id + 1] - first != size:
        return False
    for k in range(0, size - WIDTH, WIDTH):
        if load_eight(table.spellings, first + k) != load_eight(data, start + k):
            return False
    return load_eight(table.spellings, first + size - WIDTH) == load_eight(data, end - WIDTH)


@compiled_step
def type_id_of(data, word, value, table, n_types):
    """Return the id of the spelling ``data[word[0]:word[1]]`` with fingerprint `value`; `n_types` for one that is added now."""
    start, end = word
    last = np.uint64(len(table.slots) - 1)
    slot = first_slot(value, table.slots)
    while table.slots[slot, 0] != 0:
        if table.slots[slot, 0] == value:
            type_id = np.int64(table.slots[slot, 1]) - 1
            if value < LONG or _is_spelled(data, start, end, type_id, table):
                return type_id
        slot = (slot + np.uint64(1)) & last
    first = table.bounds[n_types]
    for k in range(end - start):
        table.spellings[first + k] = data[start + k]
    table.bounds[n_types + 1] = first + end - start
    table.slots[slot, 0], table.slots[slot, 1] = value, np.uint64(n_types + 1)
    return np.int64(n_types)


@compiled
def _merge(other, table, ids):
    n_types = table.n_types
    for i in range(other.n_types):
        word = other.bounds[i], other.bounds[i + 1]
        value = fingerprint(other.spellings, word[0], word[1])
        ids[i] = type_id_of(other.spellings, word, value, table, n_types)
        n_types = max(n_types, ids[i] + 1)
    return n_types


def merge(other: TypeTable, table: TypeTable) -> tuple[npt.NDArray[np.int32], TypeTable]:
    """Add the types of another table to `table`; return their ids there, and the table."""
    table = with_room(table, other.n_types, int(other.bounds[other.n_types]))
    spellings = other.spellings.view()
    spellings.flags.writeable = False  # as texts are: for arrays of another kind all would be compiled once more
    other = other._replace(spellings=spellings)
    ids = np.empty(other.n_types, np.int32)
    return ids, table._replace(n_types=_merge(other, table, ids))
