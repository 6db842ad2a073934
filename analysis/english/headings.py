"""Who speaks where a colon or a dash stands for the verb: headlines ("Dunne 'weak' on flooding: Holt"); compiled rules, English only."""

from analysis.english.attribution import NOWHERE, emit
from analysis.english.content import has_verb, holds_marks
from analysis.english.kinds import ON, has_clause, is_finite
from analysis.english.quotations import closed, flag, opens
from analysis.english.speech import AUXILIARY, CATEGORY, CLAUSE, CONTENT, PREPOSITION, PRONOUN, SOURCE, SUBORDINATOR
from analysis.english.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    GERUND,
    NUMBER,
    POSSESSIVE,
    QUESTION,
    ROLE,
    THAT,
    TIME,
    TO,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

_LONGEST = 4  # words of a name before a colon, or behind one
_NO_SOURCE = (
    PRONOUN
    | PREPOSITION
    | COORDINATOR
    | SUBORDINATOR
    | THAT
    | TO
    | AUXILIARY
    | ADVERB
    | TIME
    | QUESTION
    | GERUND
    | NUMBER
)


@compiled_step
def by_colon(text, unit, rows, n):
    """Write the row of what a headline attributes by a colon or a dash; return the next row."""
    start, end, roles = unit.start, unit.end, unit.roles
    first_pause, last_pause = _pauses(text, start, end)
    if last_pause < 0:
        return n
    quoted = holds_marks(text, start, last_pause)
    if quoted and _names_source(text, roles, last_pause, end):
        return _attributed(rows, emit(rows, n, (start, last_pause), NOWHERE, (last_pause, end - 1)), n)
    if quoted and closed(text, first_pause) and opens(text, start):
        stop = _name_end(text, roles, first_pause, end)
        if stop > first_pause:
            return _attributed(rows, emit(rows, n, (start, first_pause), NOWHERE, (first_pause, stop - 1)), n)
    stop = _topic(text, roles, start, first_pause)
    if not text.gaps[first_pause] & gaps.COLON or not _names_source(text, roles, start, stop):
        return n
    if opens(text, first_pause) or (stop == first_pause and _is_told(text, roles, first_pause, end)):
        n = _attributed(rows, emit(rows, n, (first_pause, end), NOWHERE, (start, stop - 1)), n)
    return n


@compiled_step
def _is_told(text, roles, start, end):
    """Whether what stands behind a colon is a clause, or a verb in marks is in it: "hospital 'failed' patients"."""
    if has_clause(text, roles, start, end - 1):
        return True
    for i in range(start + 1, end):  # noqa: SIM110 - a generator is slow in compiled code
        if text.inside[i] >= 0 and is_finite(text, roles, i):
            return True
    return False


@compiled_step
def _pauses(text, start, end):
    """Return the first and the last token outside of marks that a colon or a dash precedes, or -1."""
    first, last = start * 0 - 1, start * 0 - 1
    for i in range(start + 1, end):
        if text.gaps[i] & (gaps.COLON | gaps.DASH) and (text.inside[i] < 0 or opens(text, i)):
            first = i if first < 0 else first
            last = i
    return first, last


@compiled_step
def _names_source(text, roles, start, end):
    """Whether words are a short noun phrase that can speak: "Holt", "watchdog", "the Treasury"; not "what we know"."""
    if not 0 < end - start <= _LONGEST or has_verb(text, start, end):
        return False
    n_small = 0
    for i in range(start, end):
        f = flag(text, i)
        joins = start < i < end - 1 and f & COORDINATOR
        if text.inside[i] >= 0 or (f & _NO_SOURCE and not joins) or (is_finite(text, roles, i) and not f & CAPITAL):
            return False
        n_small += f & (CAPITAL | DETERMINER) == 0 and not joins
    return not flag(text, end - 1) & (DETERMINER | POSSESSIVE) and (n_small < 2 or flag(text, end - 1) & ROLE != 0)


@compiled_step
def _topic(text, roles, start, end):
    """Return where "on Y" begins in "X on Y: …", or the end."""
    for i in range(start + 1, end):
        if roles[text.type_ids[i]] == ON:
            return i
    return end


@compiled_step
def _name_end(text, roles, start, end):
    """Return the end of the noun phrase with which a clause begins, before its verb: "Vale" of "Vale hits out"; its begin where there is none."""
    if flag(text, start) & _NO_SOURCE:
        return start
    for i in range(start + 1, min(end, start + _LONGEST + 1)):
        if is_finite(text, roles, i) or flag(text, i) & AUXILIARY:
            return i
        if flag(text, i) & _NO_SOURCE:
            return start
    return start


@compiled_step
def _attributed(rows, end, n):
    """Note that a row, where one was written, is a clause of a source; return the next row."""
    if end > n:
        rows[n, CATEGORY], rows[n, CONTENT] = SOURCE, CLAUSE
    return end
