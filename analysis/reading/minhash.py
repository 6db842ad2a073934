"""Words of articles → which articles may be copies of which: MinHash signatures of their shingles, and the bands that several share.

Signatures only propose pairs, which are judged by their shingles, so that precision does not hang on MinHash. One hash a shingle fills
all bins (one-permutation MinHash: Li, Owen and Zhang 2012), and empty bins borrow from others (Shrivastava 2017, "Optimal densification for
fast and accurate minwise hashing").
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.core.progress import watched
from analysis.reading.compared import Compared, words_of
from analysis.reading.rooms import Room
from analysis.tokens.compiling import compiled, compiled_step

SHINGLE = 5
# Two bins a band: a pair of Jaccard 0.15 shares one of them with probability 1 - (1 - 0.15²)^256 = 0.997.
N_BANDS = 256
N_BINS = 2 * N_BANDS

_BIN_SHIFT = np.uint64(64 - 9)  # the first nine bits of a hash name its bin
_PRIME = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, TAOCP 3, section 6.4)
_POWER = np.uint64(pow(int(_PRIME), SHINGLE, 1 << 64))
_MIX = np.uint64(0xC4CEB9FE1A85EC53)  # of the finaliser of MurmurHash3
_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_AT_ONCE = 4096  # articles between two steps of the progress bar

Array = npt.NDArray[Any]


class Signed(NamedTuple):
    """The articles of a corpus as MinHash sees them.

    Attributes
    ----------
    signatures : numpy.ndarray of uint16, shape (n_articles, N_BINS)
        The last bits of the least hash in each bin.
    texts : numpy.ndarray of uint64, shape (n_articles,)
        64 bits of the whole sequence of words: equal for equal sequences.
    """

    signatures: npt.NDArray[np.uint16]
    texts: npt.NDArray[np.uint64]


class Bands(NamedTuple):
    """Groups of articles that have a band in common, two or more each.

    Attributes
    ----------
    starts : numpy.ndarray of int64, shape (n_articles + 1,)
        Where the groups of each article begin.
    groups : numpy.ndarray of int32
        The groups of each article, one article after another.
    n_groups : int
        How many there are.
    """

    starts: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int32]
    n_groups: int


def sign(compared: Compared, counts: Array, room: Room) -> Signed:
    """Return the signatures of all articles, given how many words each has; they lie where texts do, being 1 KB each."""
    n = len(counts)
    signed = Signed(room.zeros((n, N_BINS), np.uint16), np.empty(n, np.uint64))
    most = int(counts.max(initial=0)) + 1
    scratch = (np.empty(most, np.uint64), np.empty(most, np.uint64), np.empty(N_BINS, np.uint64))
    blocks = range(0, n, _AT_ONCE)
    for first in watched(blocks, "looking for copies", total=len(blocks), unit=" blocks"):
        _sign(compared, first, min(first + _AT_ONCE, n), scratch, signed)
    return signed


@compiled_step
def shingles_of(compared: Compared, article: int, words: Array, shingles: Array) -> tuple[int, int]:
    """Write the words of an article and the 64 bits of each run of five; return how many words and shingles there are.

    A text of fewer than five words is one shingle, which is none of another text.
    """
    n = words_of(compared, article, words)
    if n < SHINGLE:
        shingles[0] = np.uint64(1)
        return n, 1
    value = np.uint64(0)
    for k in range(n):
        # The sum of word · prime^(places from the last one); the word before the five goes.
        value = value * _PRIME + words[k]
        if k >= SHINGLE:
            value -= words[k - SHINGLE] * _POWER
        if k >= SHINGLE - 1:
            mixed = (value ^ (value >> np.uint64(32))) * _MIX
            shingles[k - SHINGLE + 1] = mixed ^ (mixed >> np.uint64(29))
    return n, n - SHINGLE + 1


@compiled
def _sign(compared: Compared, first: int, last: int, scratch: tuple[Array, Array, Array], signed: Signed) -> None:
    words, shingles, bins = scratch
    for article in range(first, last):
        n, n_shingles = shingles_of(compared, article, words, shingles)
        value = np.uint64(n)
        for k in range(n):
            value = (value ^ (value >> np.uint64(31))) * _PRIME + words[k]
        signed.texts[article] = value
        if n < SHINGLE:
            continue
        bins[:] = _NONE
        for k in range(n_shingles):
            place = np.int64(shingles[k] >> _BIN_SHIFT)
            bins[place] = min(bins[place], shingles[k])
        _fill(bins, signed.signatures, article)


@compiled_step
def _fill(bins: Array, signatures: Array, article: int) -> None:
    """Write the last 16 bits of each bin; an empty one takes those of the first full bin of an order that is its own."""
    for place in range(N_BINS):
        value = bins[place]
        step = np.uint64(place)
        while value == _NONE:
            step = (step + np.uint64(1)) * _PRIME
            value = bins[np.int64(step >> _BIN_SHIFT)]
        signatures[article, place] = np.uint16(value & np.uint64(0xFFFF))


def shared_bands(signed: Signed, is_signed: npt.NDArray[np.bool_]) -> Bands:
    """Return the groups of the articles with a signature that have a band in common."""
    n = len(is_signed)
    keys = signed.signatures.view(np.uint32)  # two bins a band, of 16 bits each
    chosen = np.flatnonzero(is_signed)
    slots = np.empty(1 << max(4, int(2 * len(chosen) - 1).bit_length()), np.int32)
    of_bands, n_groups = [], 0
    counts = np.zeros(n, np.int64)
    for band in range(N_BANDS):
        of_band = np.ascontiguousarray(keys[:, band])
        found = np.empty(n, np.int32)
        n_groups = _group(of_band, chosen, slots, found, n_groups)
        members = np.flatnonzero(found >= 0).astype(np.int32)
        of_bands.append((members, found[members]))
        counts[members] += 1
    starts = np.concatenate([[0], np.cumsum(counts)])
    # An article is in one group of a band at most. What was found of a band goes when it is written: there may be 256 numbers an article.
    groups, place = np.empty(starts[-1], np.int32), starts[:-1].copy()
    of_bands.reverse()
    while of_bands:
        members, of_members = of_bands.pop()
        groups[place[members]] = of_members
        place[members] += 1
    return Bands(starts, groups, n_groups)


@compiled
def _group(keys: Array, chosen: Array, slots: Array, found: Array, n_groups: int) -> int:
    """Give the articles with equal keys, two or more each, a number from `n_groups` on, the others -1; return the next number."""
    slots[:] = -1
    found[:] = -1
    for article in chosen:
        slot = np.int64((np.uint64(keys[article]) * _PRIME) >> np.uint64(32)) & (len(slots) - 1)
        while slots[slot] >= 0 and keys[slots[slot]] != keys[article]:
            slot = (slot + 1) & (len(slots) - 1)
        first = slots[slot]
        if first < 0:
            slots[slot] = article
            continue
        if found[first] < 0:
            found[first] = n_groups
            n_groups += 1
        found[article] = found[first]
    return n_groups
