"""The noun phrases that say who speaks: where one begins and ends, and which is the subject of a cue: compiled rules for voices; English only."""

import numpy as np

from analysis.english.quotations import closed, flag, opens
from analysis.english.speech import (
    AUXILIARY,
    CUE,
    MENTION,
    MENTION_LAST,
    NOUN,
    PAUSE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
)
from analysis.english.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    GENITIVE,
    GERUND,
    OF,
    POSSESSIVE,
    RELATIVE,
    THAT,
    TIME,
    TO,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

_HARD = np.uint32(gaps.SEMICOLON | gaps.COLON)


@compiled_step
def noun_phrase(text, end, floor):
    """Return the first token of the noun phrase that ends right before `end`."""
    i = end - 1
    if flag(text, i) & (PRONOUN | RELATIVE | THAT):
        return i
    stop = (PRONOUN | SUBORDINATOR | RELATIVE | THAT | AUXILIARY) & ~PREPOSITION
    while i > floor and end - i < 16:
        if text.gaps[i] & PAUSE or closed(text, i) or opens(text, i):
            break
        left = flag(text, i - 1)
        if left & stop and not left & PREPOSITION:
            break
        if left & COORDINATOR and not (flag(text, i) & CAPITAL and i - 2 >= floor and flag(text, i - 2) & CAPITAL):
            break
        i -= 1
    return _after_adjunct(text, i, end)


@compiled_step
def _after_adjunct(text, first, end):
    """Return where the noun phrase begins in a stretch that may begin with an adverbial ("On Tuesday Smith")."""
    if not flag(text, first) & (PREPOSITION | TIME | ADVERB | TO):
        return first
    i = end - 1
    if flag(text, i) & CAPITAL:
        while i > first and flag(text, i - 1) & CAPITAL and not flag(text, i - 1) & (TIME | PREPOSITION):
            i -= 1
        return i
    while i > first and not flag(text, i) & (DETERMINER | POSSESSIVE):
        i -= 1
    return i if flag(text, i) & (DETERMINER | POSSESSIVE) else end - 1


@compiled_step
def opening_phrase(text, start, end):
    """Return the first noun phrase of a unit that names somebody: a name, a pronoun or a determiner with its noun."""
    i = start
    while i < end:
        f = flag(text, i)
        if text.inside[i] < 0 and (
            f & PRONOUN or (f & CAPITAL and not f & (PREPOSITION | SUBORDINATOR | COORDINATOR | ADVERB | TIME))
        ):
            stop = i + 1
            while stop < end and flag(text, stop) & CAPITAL and not text.gaps[stop] & PAUSE and not f & PRONOUN:
                stop += 1
            return i, stop - 1
        i += 1
    return -1, -1


@compiled_step
def phrase_end(text, i, end):
    """Return the end of the noun phrase that begins at i: before a pause, a verb, a pronoun or an adverbial of time."""
    first = i
    while i < end:
        f = flag(text, i)
        if i > first and (text.gaps[i] & PAUSE or opens(text, i)):
            break
        if f & (AUXILIARY | THAT | RELATIVE | TIME | TO) or (f & PRONOUN and i > first):
            break
        if i > first and f & (PREPOSITION | SUBORDINATOR) and not f & OF:
            break
        i += 1
    return i


@compiled_step
def borrows_subject(text, cue, floor):
    """Whether the subject of a cue is that of an earlier verb: ", saying that", "was quick to add", "and called"."""
    if text.gaps[cue] & gaps.COMMA and flag(text, cue) & GERUND:
        return True
    i = cue - 1
    while i > floor and flag(text, i) & (AUXILIARY | ADVERB) and not flag(text, i) & PRONOUN:
        i -= 1
    return i > floor and flag(text, i) & (TO | COORDINATOR) != 0


@compiled_step
def subject_of(text, cue, floor):
    """Return first and last token of the noun phrase before a cue, and where its stretch begins; -1 for none."""
    end = cue
    while end > floor and not text.gaps[end] & PAUSE:
        if not flag(text, end - 1) & (AUXILIARY | ADVERB | TO) or flag(text, end - 1) & PRONOUN:
            break
        end -= 1
    if end <= floor or text.inside[end - 1] >= 0:
        return -1, -1, end
    if not text.gaps[end] & gaps.COMMA:
        first = noun_phrase(text, end, floor)
        return first, end - 1, first
    # An apposition stands before the cue: the name stands before its first comma.
    best = -1
    i = end - 1
    while i > floor and end - i < 40 and text.inside[i] < 0:
        if text.gaps[i] & _HARD or closed(text, i):
            break
        if text.gaps[i] & gaps.COMMA:
            first = noun_phrase(text, i, floor)
            if not flag(text, first) & (PREPOSITION | SUBORDINATOR | ADVERB | TIME):
                best = i
        i -= 1
    if best < 0:
        first = noun_phrase(text, end, floor)
        return first, end - 1, first
    first = noun_phrase(text, best, floor)
    return first, best - 1, first


@compiled_step
def mention_of(text, cue, bounds, rows, n):
    """Return the mention of a cue's speaker (first and last token, -1 for none) and where its stretch of text begins."""
    at, floor = cue.first, bounds.floor
    if cue.category == NOUN:
        for i in range(at - 1, max(floor, at - 4) - 1, -1):
            if flag(text, i) & (GENITIVE | POSSESSIVE):
                return noun_phrase(text, i + 1, floor) if flag(text, i) & GENITIVE else i, i, at
    if cue.category == NOUN or borrows_subject(text, at, bounds.start):
        if n > bounds.n_before and rows[n - 1, CUE] < at and not flag(text, np.int64(rows[n - 1, MENTION])) & RELATIVE:
            return rows[n - 1, MENTION], rows[n - 1, MENTION_LAST], at
        first, last = opening_phrase(text, bounds.start, at)
        return first, last, at
    first, last, stretch = subject_of(text, at, floor)
    if first < 0:
        first, last = opening_phrase(text, bounds.start, at)
    return first, last, stretch
