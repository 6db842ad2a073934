"""The passages that somebody else than the narrator says, in the order of the text: those of each cue, and quotations without one."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english.attribution import LONGEST, NOWHERE, Bounds, Cues, attribution, emit, is_verb
from analysis.english.beside import name_speakers
from analysis.english.content import is_sentence_case, is_title
from analysis.english.headings import by_colon
from analysis.english.kinds import FOR, OWNED, has_any_verb, roles_of, write_contents
from analysis.english.nesting import trailing, within_marks
from analysis.english.phrases import opening_phrase
from analysis.english.quotations import Text, flag, paragraph_starts, quotations, text_of
from analysis.english.speech import (
    ADDRESS,
    BELIEF,
    CATEGORY,
    CLAUSE,
    CONTENT,
    CUE,
    CUE_LAST,
    DIRECT,
    FIRST,
    KIND,
    LAST,
    MENTION,
    MENTION_LAST,
    N_COLUMNS,
    NOUN,
    OWNER,
    SCARE,
    SPEECH,
    TITLE,
    TURN,
)
from analysis.english.words import CAPITAL, GENITIVE, POSSESSIVE, THAT, Flags
from analysis.matching.matching import Matches
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, column_of
from analysis.tokens.tokens import Tokens


class Quotes(NamedTuple):
    """First and last token of each quotation, and those of its label, -1 where it stands in marks."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]


class _Unit(NamedTuple):
    """A stretch of text that is read at once: its first token and end, where it stands, and where the one before it in its paragraph begins."""

    start: int
    end: int
    is_head: bool
    begins_paragraph: bool
    ends_field: bool
    before: int
    roles: Any


# Of the type that a comparison has: a plain True would be a type of its own, for which `is_verb` would be compiled once more.
_SENTENCE_CASE = np.bool_(True)


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
    """Return the attributions of a corpus, one row each, in the columns of `analysis.english.speech`; -1 is for what it has not.

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
    marked = quotations(tokens)
    text, roles = text_of(tokens, word_flags), roles_of(tokens)
    spots = _with_owners(text, roles, Cues(cues.token, cues.last, category_of[cues.entry]), tokens.sentence_starts)
    rows = np.full((2 * len(spots.first) + 2 * len(marked.first) + 1, N_COLUMNS), -1, np.int32)
    quotes = Quotes(marked.first, marked.last, marked.labels)
    units = _Units(*np.empty((2, len(tokens.sentence_starts) + 1), np.int64))
    bare = text._replace(inside=np.full_like(text.inside, -1))
    n_units = _divide(text.inside, tokens.sentence_starts, paragraph_starts(tokens), units)
    n = _walk(
        (text, bare, marked.labels),
        spots,
        quotes,
        _Units(*(array[: n_units + 1] for array in units)),
        (tokens.field_starts, roles),
        rows,
    )
    found = rows[:n].astype(np.int64)  # as wide as other places, or the rules would be compiled for both
    name_speakers(tokens, text, roles, found)
    write_contents(text, roles, found)
    return found.astype(np.int32)


def _with_owners(text: Text, roles: npt.NDArray[np.int8], cues: Cues, sentences: npt.NDArray[np.integer]) -> Cues:
    """Return the cues with the nouns by which somebody owns what is said ("in Holt's view"), and "For Holt" at a sentence's start."""
    if not len(text.type_ids):
        return cues
    role, known = roles[text.type_ids], text.flags[text.type_ids]
    nouns = np.flatnonzero(role[1:] == OWNED) + 1
    nouns = np.setdiff1d(nouns[known[nouns - 1] & (GENITIVE | POSSESSIVE) != 0], sentences)
    starts = sentences[sentences < len(role) - 1]
    starts = starts[(role[starts] == FOR) & (known[starts + 1] & CAPITAL != 0)]
    owners = np.concatenate([nouns, starts]).astype(cues.first.dtype)
    first = np.concatenate([owners, cues.first])
    order = np.argsort(first, kind="stable")
    last = np.concatenate([owners.astype(cues.last.dtype), cues.last])
    category = np.concatenate([np.full(len(owners), OWNER, cues.category.dtype), cues.category])
    return Cues(first[order], last[order], category[order])


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
def _cue_at(cues, place):
    return Cues(cues.first[place], cues.last[place], cues.category[place])


@compiled_step
def _set_category(rows, first, end, category, is_head):
    """Note the category of the cue of some rows; what stands before a cue in a headline is a clause without its verb."""
    for k in range(first, end):
        rows[k, CATEGORY] = category
        if is_head and rows[k, LAST] < rows[k, CUE]:
            rows[k, CONTENT] = CLAUSE


@compiled_step
def _read_inner(texts, cues, c, unit, rows, n):
    """Write the rows of the cues of a unit that stand within marks; return the next row."""
    text = texts[0]
    while c < len(cues.first) and cues.first[c] < unit.end:
        best, c = _best_cue(cues, c, unit.end)
        cue = _cue_at(cues, best)
        if (
            text.inside[cue.first] >= 0
            and text.inside[cue.last] == text.inside[cue.first]
            and is_verb(text, cue, unit.start, _SENTENCE_CASE)
        ):
            n_read = n
            n = within_marks(texts, cue, unit.roles, rows, n)
            _set_category(rows, n_read, n, cue.category, unit.is_head)
    return n


@compiled_step
def _final_cue(text, cues, c, unit):
    """Return the place of the last cue of a unit outside of marks that may end it, where another stands before it, or -1."""
    final, n = -1, 0
    while c < len(cues.first) and cues.first[c] < unit.end:
        best, c = _best_cue(cues, c, unit.end)
        if text.inside[cues.first[best]] < 0:
            final, n = best, n + 1
    return final if n > 1 and cues.category[final] <= BELIEF else -1


@compiled_step
def _reach(cue, start, end):
    """Return the part of a unit that a cue is read in: all of it but where no sentence of news is as long."""
    return max(start, cue.first - LONGEST), min(end, cue.last + 1 + LONGEST)


@compiled_step
def _read_unit(text, cues, c, unit, rows, n):
    """Write the rows of one unit; return the next row and the next cue."""
    start, end = unit.start, unit.end
    if c >= len(cues.first) or cues.first[c] >= end:
        return n, c
    sentence_case = is_sentence_case(text, start, end)
    final = _final_cue(text, cues, c, unit)
    if final >= 0 and is_verb(text, _cue_at(cues, final), start, sentence_case):
        begin, stop = _reach(_cue_at(cues, final), start, end)
        bounds = Bounds(begin, stop, unit.is_head, unit.begins_paragraph, unit.ends_field, begin, n, unit.roles)
        n_read = n
        n, limit = trailing(text, _cue_at(cues, final), bounds, rows, n)
        _set_category(rows, n_read, n, cues.category[final], unit.is_head)
        end = limit if limit >= 0 else end
    n_before = n
    settled = floor = start
    while c < len(cues.first) and cues.first[c] < unit.end:
        best, c = _best_cue(cues, c, unit.end)
        cue = _cue_at(cues, best)
        if cue.last >= end or text.inside[cue.first] >= 0 or not is_verb(text, cue, start, sentence_case):
            continue
        if cue.first < settled and not _is_read_within(text, cue):
            continue
        begin, stop = _reach(cue, start, end)
        places = (max(floor, begin), n_before, unit.roles)
        bounds = Bounds(begin, stop, unit.is_head, unit.begins_paragraph, unit.ends_field, *places)
        n_read = n
        n, stop, is_clause = attribution(text, cue, bounds, rows, n)
        if n > n_read and cue.first == start and rows[n - 1, MENTION] < 0 and cue.category <= ADDRESS:
            rows[n - 1, MENTION], rows[n - 1, MENTION_LAST] = opening_phrase(text, unit.before, start)
        _set_category(rows, n_read, n, cue.category, unit.is_head)
        settled = max(settled, stop)
        if is_clause and stop < end:
            floor = max(floor, stop)
    return n, c


@compiled_step
def _is_read_within(text, cue):
    """Whether a cue is read within what another reports: one of saying, and one of believing before *that*."""
    following = flag(text, cue.last + 1) if cue.last + 1 < len(text.inside) else 0
    return cue.category <= ADDRESS or cue.category == NOUN or (cue.category <= BELIEF and following & THAT != 0)


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
    mention, spot, kind = NOWHERE, NOWHERE, SCARE
    if first == unit.start and last >= unit.end - 1 and previous >= 0:
        kind = DIRECT
        spot = (rows[previous, CUE], rows[previous, CUE_LAST])
        mention = (rows[previous, MENTION], rows[previous, MENTION_LAST])
        rows[n, CATEGORY] = rows[previous, CATEGORY]
    elif first > unit.start and text.gaps[first] & gaps.COLON and not unit.is_head:
        kind = DIRECT
        mention = opening_phrase(text, unit.start, first)
    elif first > unit.start and text.gaps[first] & gaps.COLON and has_any_verb(text, unit.roles, first, last):
        kind = DIRECT
    elif last - first >= 4 and not unit.is_head and not is_title(text, first, last):
        kind = DIRECT
        if first > unit.start:
            mention = opening_phrase(text, unit.start, first)
    if kind == SCARE and is_title(text, first, last):
        kind = TITLE
    rows[n, KIND] = kind
    return emit(rows, n, (first, last + 1), spot, mention)


@compiled_step
def _of_turn(quote, label, rows, n):
    """Write the row of a turn of a transcript: its label is its cue and names its speaker, and it is as long as it is; return the next row."""
    rows[n, FIRST], rows[n, LAST] = quote
    rows[n, CUE], rows[n, CUE_LAST] = label
    rows[n, MENTION], rows[n, MENTION_LAST] = label
    rows[n, KIND], rows[n, CATEGORY], rows[n, CONTENT] = DIRECT, SPEECH, TURN
    return n + 1


@compiled_step
def _quotes_left(text, quotes, q, unit, context, rows, n):
    """Write the quotations of a unit that no cue covers; `context` is the unit's first row, and that of the speaker before."""
    n_before, previous = context
    n_cued = n
    while q < len(quotes.first) and quotes.first[q] < unit.end:
        first, last, label = quotes.first[q], quotes.last[q], quotes.labels[q, 0]
        q += 1
        if label >= 0:
            n = _of_turn((first, last), (label, quotes.labels[q - 1, 1]), rows, n)
        elif not _is_covered(rows, max(0, n_before - 3), n_cued, first, last):
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
def _walk(texts, cues, quotes, units, places, rows):
    """Write the rows of a corpus, in the order of the text; return their number."""
    begins, numbers = units.begins, units.paragraphs
    field_starts, roles = places
    text = texts[0]
    n = c = q = np.int64(0)
    field = 0
    previous = np.int64(-1)  # the row whose speaker a quotation without a cue would inherit
    for u in range(len(begins) - 1):
        start, end = begins[u], begins[u + 1]
        while field + 1 < len(field_starts) and field_starts[field + 1] <= start:
            field += 1
        is_first = u == 0 or numbers[u] != numbers[u - 1]
        before = start if is_first else begins[u - 1]
        unit = _Unit(start, end, column_of(field) < BODY, is_first, end >= field_starts[field + 1], before, roles)
        # Those within marks go first: who is quoted is the last speaker, not whom he quotes.
        n = n_before = _read_inner(texts, cues, c, unit, rows, n)
        n, c = _read_unit(text, cues, c, unit, rows, n)
        if unit.is_head and n == n_before:
            n = by_colon(text, unit, rows, n)
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
