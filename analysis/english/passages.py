"""The passages that somebody else than the narrator says, in the order of the text: those of each cue, and quotations without one."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english.attribution import Bounds, Cues, attribution, emit, is_verb
from analysis.english.content import is_sentence_case, is_title
from analysis.english.quotations import paragraph_starts, quotations, text_of
from analysis.english.speech import (
    ADDRESS,
    CUE,
    CUE_LAST,
    DIRECT,
    FIRST,
    KIND,
    LAST,
    MENTION,
    MENTION_LAST,
    SCARE,
    TITLE,
)
from analysis.english.subjects import opening_phrase
from analysis.english.words import Flags
from analysis.matching.matching import Matches
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, column_of
from analysis.tokens.tokens import Tokens


class Quotes(NamedTuple):
    """First and last token of each quotation in marks."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]


class _Unit(NamedTuple):
    """A stretch of text that is read at once: its first token and end, and where it stands."""

    start: int
    end: int
    is_head: bool
    begins_paragraph: bool


class _Units(NamedTuple):
    """Where each unit begins, and the number of its paragraph in the corpus."""

    begins: npt.NDArray[np.int64]
    paragraphs: npt.NDArray[np.int64]


def find_speech(
    tokens: Tokens,
    cues: Matches,
    category_of: npt.NDArray[np.int64],
    word_flags: Flags,
) -> npt.NDArray[np.int32]:
    """Return the attributions of a corpus, one row each: content, cue, mention (first and last token, -1 for none), kind.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues : Matches
        Where cues stand.
    category_of : numpy.ndarray of integers
        Place in ``CATEGORIES`` of each entry's category.
    word_flags : numpy.ndarray of int64
        As `analysis.english.words.word_flags` returns them.
    """
    found = quotations(tokens)
    spots = Cues(cues.token, cues.last, category_of[cues.entry])
    rows = np.full((2 * len(cues.token) + 2 * len(found.first) + 1, 7), -1, np.int32)
    text, quotes = text_of(tokens, word_flags), Quotes(found.first, found.last)
    units = _Units(*np.empty((2, len(tokens.sentence_starts) + 1), np.int64))
    n_units = _divide(text.inside, tokens.sentence_starts, paragraph_starts(tokens), units)
    n = _walk(text, spots, quotes, _Units(*(array[: n_units + 1] for array in units)), tokens.field_starts, rows)
    return rows[:n].copy()


@compiled_step
def _best_cue(cues, c, end):
    """Return the longest of the cues that begin where cue c does, and the next cue behind it."""
    firsts, lasts = cues.first, cues.last
    best = c
    following = c + 1
    while following < len(firsts) and firsts[following] <= lasts[best] and firsts[following] < end:
        if firsts[following] == firsts[best] and lasts[following] > lasts[best]:
            best = following
        following += 1
    return best, following


@compiled_step
def _read_unit(text, cues, c, unit, rows, n):
    """Write the rows of one unit; return the next row and the next cue."""
    start, end = unit.start, unit.end
    n_before = n
    if c >= len(cues.first) or cues.first[c] >= end:
        return n, c
    sentence_case = is_sentence_case(text, start, end)
    settled = floor = start
    while c < len(cues.first) and cues.first[c] < end:
        best, c = _best_cue(cues, c, end)
        cue = Cues(cues.first[best], cues.last[best], cues.category[best])
        if text.inside[cue.first] >= 0 or not is_verb(text, cue, start, sentence_case):
            continue
        if cue.first < settled and cue.category > ADDRESS:
            continue
        bounds = Bounds(start, end, unit.is_head, unit.begins_paragraph, floor, n_before)
        n, stop, is_clause = attribution(text, cue, bounds, rows, n)
        settled = max(settled, stop)
        if is_clause and stop < end:
            floor = max(floor, stop)
    return n, c


@compiled_step
def _is_covered(rows, begin, end, first, last):
    """Whether one of some rows holds the tokens `first` to `last`."""
    for k in range(begin, end):  # noqa: SIM110 - a generator is slow in compiled code
        if rows[k, FIRST] <= first and last <= rows[k, LAST]:
            return True
    return False


@compiled_step
def _without_cue(text, quote, unit, previous, rows, n):
    """Write the row of a quotation without a cue: the words of the speaker before, of whom the unit names, or nobody's."""
    first, last = quote
    mention, spot, kind = (-1, -1), (-1, -1), SCARE
    if first == unit.start and last >= unit.end - 1 and previous >= 0:
        kind = DIRECT
        spot = (rows[previous, CUE], rows[previous, CUE_LAST])
        mention = (rows[previous, MENTION], rows[previous, MENTION_LAST])
    elif first > unit.start and text.gaps[first] & gaps.COLON and not unit.is_head:
        kind = DIRECT
        mention = opening_phrase(text, unit.start, first)
    elif last - first >= 4 and not unit.is_head and not is_title(text, first, last):
        kind = DIRECT
        if first > unit.start:
            mention = opening_phrase(text, unit.start, first)
    if kind == SCARE and is_title(text, first, last):
        kind = TITLE
    rows[n, KIND] = kind
    return emit(rows, n, (first, last + 1), spot, mention)


@compiled_step
def _quotes_left(text, quotes, q, unit, context, rows, n):
    """Write the quotations of a unit that no cue covers; `context` is the unit's first row, and that of the speaker before."""
    n_before, previous = context
    n_cued = n
    while q < len(quotes.first) and quotes.first[q] < unit.end:
        first, last = quotes.first[q], quotes.last[q]
        q += 1
        if not _is_covered(rows, max(0, n_before - 3), n_cued, first, last):
            n = _without_cue(text, (first, last), unit, previous, rows, n)
    return n, q


@compiled_step
def _sort(rows, first, end):
    """Sort a few rows by their first token."""
    for k in range(first + 1, end):
        i = k
        while i > first and rows[i - 1, FIRST] > rows[i, FIRST]:
            for column in range(rows.shape[1]):
                rows[i - 1, column], rows[i, column] = rows[i, column], rows[i - 1, column]
            i -= 1


@compiled
def _divide(inside, starts, paragraphs, units):
    """Write the units, each a sentence or several where a quotation runs over their bounds, and where the last one ends; return their number."""
    n = paragraph = 0
    for start in starts:
        new = paragraph < len(paragraphs) and paragraphs[paragraph] == start
        paragraph += new
        if not new and inside[start] >= 0 and inside[start - 1] == inside[start]:
            continue
        units.begins[n], units.paragraphs[n] = start, paragraph
        n += 1
    units.begins[n], units.paragraphs[n] = len(inside), -1
    return n


@compiled
def _walk(text, cues, quotes, units, field_starts, rows):
    """Write the rows of a corpus, in the order of the text; return their number."""
    begins, numbers = units.begins, units.paragraphs
    n = c = q = np.int64(0)
    field = 0
    previous = np.int64(-1)  # the row whose speaker a quotation without a cue would inherit
    for u in range(len(begins) - 1):
        start, end = begins[u], begins[u + 1]
        while field + 1 < len(field_starts) and field_starts[field + 1] <= start:
            field += 1
        n_before = n
        unit = _Unit(start, end, column_of(field) < BODY, u == 0 or numbers[u] != numbers[u - 1])
        n, c = _read_unit(text, cues, c, unit, rows, n)
        _sort(rows, n_before, n)
        n, q = _quotes_left(text, quotes, q, unit, (n_before, previous), rows, n)
        _sort(rows, n_before, n)
        if numbers[u] != numbers[u + 1]:
            quoted = n > n_before and rows[n - 1, LAST] == end - 1 and text.inside[end - 1] >= 0
            previous = np.int64(n - 1 if quoted or (previous >= 0 and n > n_before) else -1)
            if end == field_starts[field + 1]:
                previous = np.int64(-1)
        elif n > n_before:
            is_marked = text.inside[rows[n - 1, FIRST]] >= 0 or text.inside[rows[n - 1, LAST]] >= 0
            previous = np.int64(n - 1 if is_marked else -1)
    return n
