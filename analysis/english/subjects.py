"""The noun phrase that says who speaks: the subject of a reporting verb, or of the verb that governs it: compiled rules for voices; English only."""

import numpy as np

from analysis.english.phrases import NEVER_NAMED, is_fronted, next_comma, noun_phrase, opening_phrase, phrase_end
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
    ADDRESSEE,
    ADVERB,
    ARTICLE,
    BE,
    CAPITAL,
    CONTRAST,
    COORDINATOR,
    DETERMINER,
    GENITIVE,
    GERUND,
    MEDIUM,
    NUMBER,
    OF,
    PAST,
    POSSESSIVE,
    RELATIVE,
    ROLE,
    THING,
    TIME,
    TO,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import ZERO, compiled_step

_HARD = np.uint32(gaps.SEMICOLON | gaps.COLON)
_VERBS = 4  # verbs between a cue and its subject, and tokens between a comma before a verb and the start of its clause
_LONGEST = 60
_OBJECT = 5  # tokens of the object of "asked the coach to say"


@compiled_step
def _verb_group(text, cue, floor):
    """Return where the verbs that end in a cue begin: "has long said", "have in the past said", "have all said"."""
    end = _behind_subject(text, cue, floor)
    if text.gaps[end] & PAUSE:
        return end
    for i in range(end - 2, max(floor, end - 5), -1):
        if text.gaps[i + 1] & PAUSE:
            break
        f, following = flag(text, i), flag(text, i + 1)
        if f & AUXILIARY and not f & PRONOUN:
            floats = i == end - 2 and following & DETERMINER and not following & (ARTICLE | POSSESSIVE)
            return _behind_subject(text, i, floor) if floats or (following & PREPOSITION and not f & BE) else end
    return end


@compiled_step
def _behind_subject(text, end, floor):
    while end > floor and not text.gaps[end] & PAUSE:
        if not flag(text, end - 1) & (AUXILIARY | ADVERB | TO) or flag(text, end - 1) & PRONOUN:
            break
        end -= 1
    return end


@compiled_step
def subject_of(text, cue, floor):
    """Return first and last token of the noun phrase before a cue, and where its stretch begins; -1 for none.

    A verb with its object in between belongs to a clause within the subject, or to the same subject: "Those who have seen the plan
    said", "He will lead an effort to call".
    """
    at = np.int64(cue)
    first = end = at
    for _ in range(_VERBS):
        end = np.int64(_verb_group(text, at, floor))
        if end <= floor or text.inside[end - 1] >= 0:
            return -1, -1, end
        if text.gaps[end] & PAUSE and not text.gaps[end] & _HARD:
            return _across_pauses(text, end, floor)
        if at < cue and flag(text, end - 1) & RELATIVE and end - 1 > floor:
            first = at = end - 1  # the pronoun stands for the subject where no further verb is looked at
            continue
        first = np.int64(noun_phrase(text, end, floor))
        at = np.int64(_verb_within(text, first, floor))
        if at < 0:
            break
    return first, end - 1, first


@compiled_step
def _verb_within(text, first, floor):
    """Return the verb that what looks like a noun phrase begins with, or the relative pronoun before it; -1 for none."""
    if first <= floor or text.gaps[first] & PAUSE:
        return -1
    before = first - 1
    while before > floor and flag(text, before) & ADVERB:
        before -= 1
    here, left = flag(text, first), flag(text, before)
    if here & (CAPITAL | PRONOUN | DETERMINER | POSSESSIVE | NUMBER | RELATIVE):
        return -1
    if left & RELATIVE and before > floor:
        # "who praised him said", but "which private lenders said".
        has_object = flag(text, first + 1) & (CAPITAL | DETERMINER | POSSESSIVE | PREPOSITION | PRONOUN | TO)
        return before if here & (PAST | VERB) or has_object else -1
    if left & AUXILIARY and not left & PRONOUN and (not left & BE or here & (PAST | GERUND)):
        return first
    return first if left & PRONOUN and here & (PAST | VERB) else -1


@compiled_step
def _clause_start(text, end, floor):
    """Return where the clause begins that a comma, a dash or a bracket before `end` belongs to."""
    dashed = text.gaps[end] & gaps.DASH
    i = end - 1
    while i > floor and end - i < _LONGEST and text.inside[i - 1] < 0:
        if text.gaps[i] & _HARD or closed(text, i) or (text.gaps[i] & gaps.DASH and not dashed):
            break
        i -= 1
    return i


@compiled_step
def _holds_clause(text, first, end):
    """Whether a stretch has a finite verb of its own: an auxiliary that no relative pronoun precedes."""
    for i in range(first, end):
        if flag(text, i) & RELATIVE:
            return False
        if flag(text, i) & AUXILIARY:
            return True
    return False


@compiled_step
def _is_name(text, first, end):
    """Whether a stretch holds a name and nothing else."""
    for i in range(first, end):
        if not flag(text, i) & CAPITAL or flag(text, i) & NEVER_NAMED:
            return False
    return first < end


@compiled_step
def _across_pauses(text, end, floor):
    """Return the subject that appositions, relative clauses and brackets part from its verb, as `subject_of` does.

    What is fronted is none: "At the match, Anna Holt, the coach, told". A description gives way to the name in apposition: "The coach,
    Anna Holt, told".
    """
    first = stop = apposed = apposed_end = np.int64(-1)
    begin = np.int64(_clause_start(text, end, floor))
    bracketed = False
    i = begin
    while i < end:
        bracketed = (bracketed and not text.gaps[i] & gaps.BRACKET_CLOSE) or text.gaps[i] & gaps.BRACKET_OPEN != 0
        after = i + 1
        while after < end and not text.gaps[after] & PAUSE:
            after += 1
        here = flag(text, i)
        joins = i > begin and after > i + 1 and here & (CONTRAST | SUBORDINATOR) and not here & PREPOSITION
        if bracketed or here & RELATIVE or (here & SUBORDINATOR and _holds_clause(text, i + 1, after)):
            pass
        elif _holds_clause(text, i, after):
            first = np.int64(-1)
        elif joins:
            first, stop, apposed = np.int64(i + 1), np.int64(after), np.int64(-1)
        elif first < 0:
            if not is_fronted(text, i, after):
                first, stop = np.int64(i), np.int64(after)
        elif apposed < 0 and _is_name(text, i, after):
            apposed, apposed_end = np.int64(i), np.int64(after)
        i = after
    if first < 0:
        return first, first, end
    for k in range(first + 1, stop):
        if flag(text, k) & RELATIVE:
            stop = np.int64(k)
            break
    if apposed >= 0 and not flag(text, stop - 1) & CAPITAL:
        return apposed, apposed_end - 1, first
    first = np.int64(noun_phrase(text, stop, first))
    return first, stop - 1, first


@compiled_step
def _fronts_clause(text, cue, start):
    """Whether a participle stands before the subject of its sentence: "Recalling that", "By saying so", "While arguing that"."""
    if not flag(text, cue) & GERUND:
        return False
    return cue == start or (cue == start + 1 and flag(text, start) & (PREPOSITION | SUBORDINATOR | ADVERB) != 0)


@compiled_step
def borrows_subject(text, cue, floor):
    """Whether the subject of a cue is that of an earlier verb: ", saying that", "by saying that", "a letter saying", "and called"."""
    i = cue - 1
    if flag(text, cue) & GERUND and i >= floor:
        while i > floor and flag(text, i) & ADVERB and not text.gaps[i + 1] & PAUSE:
            i -= 1
        before = flag(text, i)
        if text.gaps[i + 1] & (gaps.COMMA | gaps.DASH) or (
            before & (PREPOSITION | SUBORDINATOR | MEDIUM | TIME) and not before & PRONOUN
        ):
            return True
    i = cue - 1
    while i > floor and flag(text, i) & (AUXILIARY | ADVERB) and not flag(text, i) & PRONOUN:
        i -= 1
    return i > floor and flag(text, i) & COORDINATOR != 0


@compiled_step
def _object_start(text, end, floor):
    """Return where the name, or the determiner with its noun, begins that ends right before `end`."""
    i = end - 1
    named = flag(text, i) & CAPITAL
    while (
        i > floor and end - i < _OBJECT and not text.gaps[i] & PAUSE and not flag(text, i) & (DETERMINER | POSSESSIVE)
    ):
        if named and not flag(text, i - 1) & CAPITAL:
            break
        i -= 1
    return i


@compiled_step
def _subject_behind(text, i, end):
    """Return first and last token of the subject that stands behind its verb at the head of a sentence: "Still, says Smith"."""
    if i >= end or text.gaps[i] & PAUSE or opens(text, i):
        return -1, -1
    f = flag(text, i)
    if f & (DETERMINER | POSSESSIVE) or (f & CAPITAL and not f & NEVER_NAMED):
        return i, max(i + 1, phrase_end(text, i, end)) - 1  # a name may look like a verb: "said Will Reed"
    return -1, -1


@compiled_step
def _subject_of_infinitive(text, cue, floor):
    """Return who is to say it, as `subject_of` does: "for Smith to say", "asked him to say", "He refused to say"; -1 for no infinitive."""
    i = cue - 1
    while i > floor and flag(text, i) & ADVERB:
        i -= 1
    if i <= floor or not flag(text, i) & TO or flag(text, i - 1) & COORDINATOR or text.gaps[i] & PAUSE:
        return -1, -1, cue
    end = i
    last = flag(text, end - 1)
    if last & (ADDRESSEE | PRONOUN):
        return end - 1, end - 1, end - 1
    if last & (CAPITAL | ROLE | THING):
        first = _object_start(text, end, floor)
        if first <= floor or not flag(text, first - 1) & OF:
            return first, end - 1, first
    before = flag(text, end - 2) if end - 2 >= floor else 0
    governs = last & (PAST | VERB | GERUND | AUXILIARY) and not before & (DETERMINER | POSSESSIVE | GENITIVE)
    return subject_of(text, end - 1 if governs or before & (AUXILIARY | ADVERB) else end, floor)


@compiled_step
def _is_verb_phrase(text, first, last):
    """Whether what looks like a subject is a verb with its object, whose own subject stands before: "[He wavered,] cast doubt on it, and said"."""
    f = flag(text, first)
    if f & (CAPITAL | DETERMINER | POSSESSIVE | PRONOUN) or not f & (VERB | PAST | GERUND) or first == last:
        return False
    return flag(text, first + 1) & (DETERMINER | POSSESSIVE | PREPOSITION | PRONOUN | TO | ADDRESSEE) != 0


@compiled_step
def mention_of(text, cue, bounds, rows, n):
    """Return the mention of a cue's speaker (first and last token, -1 for none) and where its stretch of text begins."""
    at, floor = cue.first, bounds.floor
    if cue.category == NOUN:
        for i in range(at - 1, max(floor, at - 4) - 1, -1):
            if flag(text, i) & (GENITIVE | POSSESSIVE):
                return noun_phrase(text, i + 1, floor) if flag(text, i) & GENITIVE else i, i, at
    elif _fronts_clause(text, at, bounds.start):
        first, last = opening_phrase(text, next_comma(text, at, bounds.end), bounds.end)
        return first, last, at
    if cue.category == NOUN or borrows_subject(text, at, bounds.start):
        if (
            n > bounds.n_before
            and rows[n - 1, CUE] < at
            and not flag(text, np.int64(rows[n - 1, MENTION])) & (RELATIVE | POSSESSIVE)
        ):
            return rows[n - 1, MENTION], rows[n - 1, MENTION_LAST], at
        first, last = opening_phrase(text, bounds.start, at)
        if first == last and last + 1 == at and first >= 0 and flag(text, first) & DETERMINER:
            first = last = ZERO - 1  # "The notion that": nobody's
        return first, last, at
    first, last, stretch = _subject_of_infinitive(text, at, floor)
    if first < 0:
        first, last, stretch = subject_of(text, at, floor)
    if first < 0 or (flag(text, first) & NEVER_NAMED and first == last) or _is_verb_phrase(text, first, last):
        first, last = opening_phrase(text, bounds.start, at)
        if first < 0 and text.gaps[at] & gaps.COMMA:
            first, last = _subject_behind(text, cue.last + 1, bounds.end)
    return first, last, stretch
