"""Where a noun phrase begins and ends, and the first one of a unit: compiled rules for voices; English only."""

from analysis.english.quotations import closed, flag, opens
from analysis.english.speech import AUXILIARY, PAUSE, PREPOSITION, PRONOUN, SUBORDINATOR
from analysis.english.words import (
    ADVERB,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    GERUND,
    IT,
    NUMBER,
    OF,
    PAST,
    POSSESSIVE,
    RELATIVE,
    THAT,
    TIME,
    TO,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# A word that names nobody, though a capital may begin it.
NEVER_NAMED = PREPOSITION | SUBORDINATOR | COORDINATOR | ADVERB | TIME
_DATELINE = 10  # tokens of a dateline
_OPENING = 400  # tokens of a unit among which its first phrase is looked for; a unit without stops may be a book


@compiled_step
def begins_name(text, i):
    """Whether an auxiliary in capitals is a given name: "said Will Rogers", "May Holt said"; a question may begin with one ("Will Rogers win?")."""
    f = flag(text, i)
    if not f & CAPITAL or not f & AUXILIARY or i == 0 or i + 1 >= len(text.type_ids):
        return False
    if text.gaps[i] & (gaps.SENTENCE_END | gaps.LINE_END | gaps.PARAGRAPH_END) or text.edges[i] or text.gaps[i + 1]:
        return False
    following = flag(text, i + 1)
    return following & CAPITAL != 0 and following & (NEVER_NAMED | AUXILIARY | DETERMINER | PRONOUN) == 0


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
def phrase_end(text, i, end):
    """Return the end of the noun phrase that begins at i: before a pause, a verb, a pronoun or an adverbial of time."""
    first = i
    while i < end:
        f = flag(text, i)
        if i > first and (text.gaps[i] & PAUSE or opens(text, i)):
            break
        if (f & (AUXILIARY | THAT | RELATIVE | TIME | TO) and not begins_name(text, i)) or (f & PRONOUN and i > first):
            break
        if i > first and f & (PREPOSITION | SUBORDINATOR) and not f & OF:
            break
        i += 1
    return i


@compiled_step
def is_fronted(text, first, end):
    """Whether a stretch up to a comma stands before the subject: "In May", "Asked about it", "Speaking for them", "This week"."""
    head = flag(text, first)
    if head & PRONOUN:
        return False
    if head & (PREPOSITION | SUBORDINATOR | TO | ADVERB | TIME) or (head & COORDINATOR and end == first + 1):
        return True
    following = flag(text, first + 1) if first + 1 < end else 0
    if head & GERUND:
        return head & VERB != 0 or (end > first + 1 and not following & CAPITAL)
    if head & PAST and following & PREPOSITION and not following & OF:
        return True
    return flag(text, end - 1) & TIME != 0 and following & CAPITAL == 0


@compiled_step
def next_comma(text, i, end):
    """Return the first token behind i that a comma outside of marks stands before, or `end`."""
    i += 1
    while i < end and (not text.gaps[i] & gaps.COMMA or text.inside[i] >= 0):
        i += 1
    return i


@compiled_step
def _behind_dateline(text, start, end):
    """Return where a unit begins behind a dateline: "Leeds (AP) - Smith …"."""
    for i in range(start + 1, min(end, start + _DATELINE)):
        if text.gaps[i] & gaps.BRACKET_CLOSE and text.gaps[i] & gaps.DASH:
            return i
    return start


@compiled_step
def _behind_fronted(text, start, end):
    """Return where a unit begins behind what is fronted: "But in May, asked about it, Smith …"."""
    i = _behind_dateline(text, start, end)
    while i < end:
        if flag(text, i) & COORDINATOR:
            i += 1
            continue
        stop = next_comma(text, i, end)
        if stop >= end or not is_fronted(text, i, stop):
            break
        i = stop
    return i if i < end else start


@compiled_step
def opening_phrase(text, start, end):
    """Return the first noun phrase of a unit that names somebody: a name, a pronoun, or what the unit opens with."""
    end = min(end, start + _OPENING)
    opening = _behind_fronted(text, start, end)
    for i in range(opening, end):
        f = flag(text, i)
        if text.inside[i] >= 0 or f & IT:
            continue
        if f & PRONOUN:
            return i, i
        if i == opening and f & (DETERMINER | POSSESSIVE | NUMBER):
            return i, _noun_end(text, i, end) - 1
        if f & CAPITAL and not f & NEVER_NAMED:
            stop = i + 1
            while stop < end and flag(text, stop) & CAPITAL and not text.gaps[stop] & PAUSE:
                stop += 1
            return i, stop - 1
    return -1, -1


@compiled_step
def _noun_end(text, first, end):
    """Return the end of the noun phrase that a determiner begins: before a verb, too."""
    stop = max(first + 1, phrase_end(text, first, end))
    for i in range(first + 2, stop):
        if flag(text, i) & (VERB | PAST) and not flag(text, i - 1) & (DETERMINER | POSSESSIVE | OF):
            return i
    return stop
