"""Eight bytes at a time: an unaligned load, and which bytes of the eight are ASCII letters and digits.

A byte of text is seven bits in an ASCII character, so a sum of seven-bit numbers never carries into the next byte: adding 0x80 less
a bound sets a byte's top bit exactly where the byte has reached that bound (Knuth, TAOCP 4A, section 7.1.3, "working with several
subwords at once").
"""

import sys
from typing import Any

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from analysis.tokens.compiling import compiled_step

WIDTH = 8

_TOPS = np.uint64(0x8080808080808080)
_REST = np.uint64(0x7F7F7F7F7F7F7F7F)
_SMALL = np.uint64(0x2020202020202020)  # the bit that makes a capital small
_FROM_A, _BEYOND_Z = (np.uint64(0x0101010101010101 * (0x80 - bound)) for bound in (ord("a"), ord("z") + 1))
_FROM_0, _BEYOND_9 = (np.uint64(0x0101010101010101 * (0x80 - bound)) for bound in (ord("0"), ord("9") + 1))
_ONE, _THREE, _EIGHT = np.uint64(1), np.uint64(3), np.uint64(8)


def _load_eight(typing_context, data, place):
    """Return ``data[place:place+8]`` as a number whose lowest byte is the first; the bytes must be within the array."""

    def generate(context, builder, signature, arguments):
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        at = builder.gep(array.data, [context.cast(builder, arguments[1], signature.args[1], types.intp)])
        eight = builder.load(builder.bitcast(at, context.get_value_type(types.uint64).as_pointer()), align=1)
        return eight if sys.byteorder == "little" else builder.bswap(eight)

    return types.uint64(data, place), generate


def _trailing_zeros(typing_context, number):
    """Return how many zeros stand below the lowest bit of a number, 64 for 0."""

    def generate(context, builder, signature, arguments):
        return builder.cttz(arguments[0], cgutils.false_bit)

    return types.uint64(types.uint64), generate


load_eight: Any = intrinsic(_load_eight)
trailing_zeros: Any = intrinsic(_trailing_zeros)


@compiled_step
def next_eight(data, i, end):
    """Return the eight bytes from `i` on as `load_eight` does, zeros for those at and after `end`."""
    if i + WIDTH <= end:
        return load_eight(data, i)
    eight = np.uint64(0)
    for k in range(end - i):
        eight |= np.uint64(data[i + k]) << np.uint64(WIDTH * k)
    return eight


@compiled_step
def n_alphanumeric(eight):
    """Return how many of eight bytes, from the first on, are ASCII letters and digits."""
    bare = eight & _REST
    small = bare | _SMALL
    letters = (small + _FROM_A) & ~(small + _BEYOND_Z)
    digits = (bare + _FROM_0) & ~(bare + _BEYOND_9)
    others = (~(letters | digits) | eight) & _TOPS
    return np.int64(trailing_zeros(others) >> _THREE)


@compiled_step
def first_bytes(eight, n):
    """Return the first n of eight bytes, with zeros in the place of the others; n is less than eight."""
    return eight & ((_ONE << (_EIGHT * np.uint64(n))) - _ONE)


@compiled_step
def byte_of(eight, n):
    """Return byte n of eight, from 0."""
    return (eight >> (_EIGHT * np.uint64(n))) & np.uint64(0xFF)
