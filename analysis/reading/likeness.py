"""Words of two articles → whether one is a copy or a version of the other, by the shingles of both; `find_duplicates` says by which rules."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.reading.compared import Compared, words_of_field
from analysis.reading.minhash import N_BINS, Bands, Signed, shingles_of
from analysis.tokens.compiling import ZERO, compiled, compiled_step
from analysis.tokens.fields import HEADLINE, field_of

MIN_WORDS = 50
CONTAINMENT = 0.5
LEAD = 150
LEAD_CONTAINMENT = 0.2
UPDATE_CONTAINMENT = 0.8
UPDATE_HEADLINE = 0.5
UPDATE_DAYS = 3
UPDATE_ADDS = 20
ALIKE = 0.5
LONG_SHINGLES = 150
LONG_RUN = 38
# Of the pairs in one band, those whose estimated Jaccard is far below what a copy can have (0.15, standard error 0.016).
ESTIMATE = 0.1

KINDS = ("exact", "near", "update")
EXACT, NEAR, UPDATE = range(len(KINDS))
_NO_COPY = -1
_DAY = 86_400_000_000  # microseconds

Array = npt.NDArray[Any]


class Told(NamedTuple):
    """What is known of the articles beside their words.

    Attributes
    ----------
    n_words : numpy.ndarray of int64
        How many words each has.
    ranks : numpy.ndarray of int64
        The place of each in the order in which they are compared: by date.
    outlets : numpy.ndarray of int64
        The outlet of each as a number, -1 for none.
    times : numpy.ndarray of int64
        The date of each in microseconds, the least number there is for none.
    """

    n_words: Array
    ranks: Array
    outlets: Array
    times: Array


class Found(NamedTuple):
    """What was found of each article: the group's first article, itself where it is one, and how it relates to that.

    Attributes
    ----------
    firsts : numpy.ndarray of int32
        The first article of its group.
    kinds : numpy.ndarray of int8
        EXACT, NEAR or UPDATE: a place in KINDS.
    """

    firsts: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]


class _Side(NamedTuple):
    """Room for one of two articles that are compared: its words, its shingles in order, and a hash table of the different ones."""

    words: Array
    shingles: Array
    table: Array


class _Index(NamedTuple):
    """The first articles so far: by their text, and by group of a band as lists that are linked by place in ``bands.groups``."""

    of_text: Array
    heads: Array
    links: Array
    articles: Array
    looked_at: Array


class _Work(NamedTuple):
    """What the search reads, and room for the two articles that are compared and for their headlines."""

    compared: Compared
    signatures: Array
    bands: Bands
    told: Told
    known: _Index
    ours: _Side
    theirs: _Side
    heads: tuple[_Side, _Side]


def _side(most: int) -> _Side:
    return _Side(np.empty(most, np.uint64), np.empty(most + 1, np.uint64), np.zeros(_table_size(most), np.uint64))


def find_firsts(compared: Compared, signed: Signed, bands: Bands, told: Told, *, least: float | None) -> Found:
    """Return to which first article each belongs; `least` is the least similarity of a near copy, None for that of the rules."""
    n = len(told.n_words)
    found = Found(np.arange(n, dtype=np.int32), np.full(n, EXACT, np.int8))
    distinct, texts = np.unique(signed.texts, return_inverse=True)
    index = _Index(
        np.full(len(distinct), -1, np.int32), np.full(bands.n_groups, -1, np.int64), np.empty(len(bands.groups), np.int64),
        np.empty(len(bands.groups), np.int32), np.full(n, -1, np.int32),
    )  # fmt: skip
    most = int(told.n_words.max(initial=0))
    heads = (_side(most), _side(most))
    work = _Work(compared, signed.signatures, bands, told, index, _side(most), _side(most), heads)
    _find(work, np.argsort(told.ranks), texts, -1.0 if least is None else least, found)
    return found


@compiled
def _find(work: _Work, order: Array, texts: Array, least: float, found: Found) -> None:
    bands, told, index = work.bands, work.told, work.known
    for article in order:
        first, kind = index.of_text[texts[article]], EXACT
        if first < 0 and told.n_words[article] >= MIN_WORDS:
            first, kind = _match(work, article, least)
        if first >= 0:
            found.firsts[article], found.kinds[article] = first, kind
            continue
        index.of_text[texts[article]] = article
        for place in range(bands.starts[article], bands.starts[article + 1]):
            group = bands.groups[place]
            index.articles[place], index.links[place] = article, index.heads[group]
            index.heads[group] = place


@compiled_step
def _match(work: _Work, article: int, least: float) -> tuple[int, int]:
    """Return the earliest first article that an article belongs to, and how; -1 where there is none."""
    compared, signatures, bands, told, index, ours, theirs, heads = work
    best, best_kind = -1, _NO_COPY
    n_ours = n_different = 0
    for place in range(bands.starts[article], bands.starts[article + 1]):
        link = index.heads[bands.groups[place]]
        while link >= 0:
            first = index.articles[link]
            link = index.links[link]
            if index.looked_at[first] == article or (best >= 0 and told.ranks[first] > told.ranks[best]):
                continue
            index.looked_at[first] = article
            if _estimate(signatures, article, first) < ESTIMATE:
                continue
            if not n_ours:
                n_ours = shingles_of(compared, article, ours.words, ours.shingles)[1]
                n_different = _fill(ours, n_ours)
            is_same_story = _is_same_story(compared, told, article, first, heads)
            kind = _kind(compared, first, (ours, n_ours, n_different), theirs, is_same_story, least)
            if kind != _NO_COPY:
                best, best_kind = first, kind
    return best, best_kind


@compiled_step
def _estimate(signatures: Array, article: int, other: int) -> float:
    equal = 0
    for place in range(N_BINS):
        equal += signatures[article, place] == signatures[other, place]
    return equal / N_BINS


@compiled
def _table_size(n: int) -> int:
    """Return a power of 2 that leaves half of a table of n elements empty at least."""
    size = 4
    while size < 2 * n:
        size *= 2
    return size


@compiled_step
def _slot(table: Array, mask: int, value: np.uint64) -> Any:
    """Return where a shingle stands in a hash table, or the empty slot where it would."""
    slot = np.int64(value & np.uint64(mask))
    while table[slot] != 0 and table[slot] != value:
        slot = (slot + 1) & mask
    return slot


@compiled_step
def _fill(side: _Side, n: int) -> int:
    """Put the first n shingles of a side into its table; return how many different ones there are."""
    size = _table_size(n)
    side.table[:size] = 0
    different = 0
    for k in range(n):
        slot = _slot(side.table, size - 1, side.shingles[k])
        different += side.table[slot] == 0
        side.table[slot] = side.shingles[k]
    return different


@compiled_step
def _share(side: _Side, n: int, others: _Side, n_others: int) -> float:
    """Return the share of the first n shingles of one side that stand in the table of the other, which has n_others."""
    mask = _table_size(n_others) - 1
    shared = 0
    for k in range(n):
        shared += others.table[_slot(others.table, mask, side.shingles[k])] != 0
    return shared / n


@compiled_step
def _n_shared(side: _Side, n: int, others: _Side, n_others: int) -> int:
    """Return how many different shingles of one side stand in the table of the other."""
    mask = _table_size(n_others) - 1
    shared = 0
    for slot in range(_table_size(n)):
        value = side.table[slot]
        shared += value != 0 and others.table[_slot(others.table, mask, value)] != 0
    return shared


@compiled_step
def _longest_run(side: _Side, n: int, others: _Side, n_others: int) -> int:
    """Return how many successive shingles of one side stand in the table of the other, at most."""
    mask = _table_size(n_others) - 1
    longest = run = 0
    for k in range(n):
        run = run + 1 if others.table[_slot(others.table, mask, side.shingles[k])] != 0 else 0
        longest = max(longest, run)
    return longest


@compiled_step
def _kind(
    compared: Compared,
    first: int,
    ours_filled: tuple[_Side, int, int],
    theirs: _Side,
    is_same_story: bool,
    least: float,
) -> int:
    """Return how an article relates to another of other words: UPDATE, NEAR or _NO_COPY."""
    ours, n, a = ours_filled
    m = shingles_of(compared, first, theirs.words, theirs.shingles)[1]
    # The beginning is compared first: where thousands of articles share a notice, the whole texts would take hours.
    their_lead = _share(theirs, min(m, LEAD), ours, n)
    if not is_same_story and their_lead < LEAD_CONTAINMENT:
        return _NO_COPY
    b = _fill(theirs, m)
    shared = _n_shared(theirs, m, ours, n)
    containment = shared / min(a, b)
    if is_same_story and containment >= UPDATE_CONTAINMENT and max(a, b) - shared >= UPDATE_ADDS:
        return UPDATE
    our_lead = _share(ours, min(n, LEAD), theirs, m)
    if containment < CONTAINMENT or min(our_lead, their_lead) < LEAD_CONTAINMENT:
        return _NO_COPY
    similarity = shared / (a + b - shared)
    if similarity >= (ALIKE if least < 0 else least):
        return NEAR
    if least >= 0 or min(a, b) < LONG_SHINGLES:
        return _NO_COPY
    run = min(_longest_run(ours, n, theirs, m), _longest_run(theirs, m, ours, n))
    return NEAR if run >= LONG_RUN else _NO_COPY


@compiled_step
def _is_same_story(compared: Compared, told: Told, article: int, first: int, heads: tuple[_Side, _Side]) -> bool:
    """Return whether outlet, day and headline say that one article updates the other."""
    none = np.iinfo(np.int64).min
    if told.outlets[article] < 0 or told.outlets[article] != told.outlets[first]:
        return False
    if told.times[article] == none or told.times[first] == none:
        return False
    if told.times[article] - told.times[first] > UPDATE_DAYS * _DAY:
        return False
    n, a = _headline(compared, article, heads[0])
    m, b = _headline(compared, first, heads[1])
    return bool(_n_shared(heads[1], m, heads[0], n) >= UPDATE_HEADLINE * min(a, b) > 0)


@compiled_step
def _headline(compared: Compared, article: int, side: _Side) -> tuple[int, int]:
    """Put the words of a headline into a table; return how many there are, and how many different ones."""
    n = words_of_field(compared, field_of(article, HEADLINE), side.shingles, ZERO)
    return n, _fill(side, n)


def overlaps(compared: Compared, told: Told, articles: Array, firsts: Array) -> tuple[Array, Array]:
    """Return how many different shingles each of some articles shares with another, and how many both have together."""
    shared, together = np.empty(len(articles), np.int64), np.empty(len(articles), np.int64)
    most = int(told.n_words.max(initial=0))
    _overlap(compared, articles, firsts, (_side(most), _side(most)), (shared, together))
    return shared, together


@compiled
def _overlap(
    compared: Compared, articles: Array, firsts: Array, sides: tuple[_Side, _Side], results: tuple[Array, Array]
) -> None:
    ours, theirs = sides
    for k in range(len(articles)):
        n = shingles_of(compared, articles[k], ours.words, ours.shingles)[1]
        m = shingles_of(compared, firsts[k], theirs.words, theirs.shingles)[1]
        a, b = _fill(ours, n), _fill(theirs, m)
        results[0][k] = _n_shared(theirs, m, ours, n)
        results[1][k] = a + b - results[0][k]
