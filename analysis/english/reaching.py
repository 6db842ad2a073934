"""How far a cue of negation or hedging reaches to the right, and what on the way is taken for granted: compiled rules; English only."""

from typing import NamedTuple

import numpy as np

from analysis.english.quotations import ANY_CLOSES, flag
from analysis.english.scopes import (
    ADPOSITION,
    ADVERB,
    ADVERBIAL,
    AUXILIARY,
    CONDITION,
    DETERMINER,
    FUNCTION,
    HARD,
    HEDGE,
    MOST_IN_PHRASE,
    MOST_TURNED,
    NEAR,
    QUESTION,
    REJECTION,
    VERB,
    begins_clause,
    parts,
    right,
)
from analysis.english.words import (
    ADDRESSEE,
    AND,
    ARTICLE,
    BE,
    CALLING,
    CAPITAL,
    COMPARING,
    DEMONSTRATIVE,
    GENITIVE,
    GERUND,
    IN_LY,
    LINKING,
    OF,
    PAST,
    POSSESSIVE,
    REPORTING,
    SUBJECT,
    THAT,
    THE,
    TIME,
)
from analysis.english.words import ADVERB as WORD_ADVERB
from analysis.english.words import PREPOSITION as WORD_PREPOSITION
from analysis.english.words import VERB as WORD_VERB
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# What a token is to the cues before it: the last word of a factive verb, a noun that can be rejected ("claim"), one that was.
FACT, REJECTABLE, REJECTED = 1, 2, 4

MODIFIES_VERB = WORD_ADVERB | IN_LY
ANY_PART = HARD | gaps.COMMA
# Of the type that arrays of flags have: a plain False would be a type of its own, for which a function would be compiled once more.
FALSE = np.bool_(False)


class Cue(NamedTuple):
    """One cue, and first token and end of its sentence."""

    first: int
    last: int
    kind: int
    floor: int
    end: int


@compiled_step
def _is_definite(text, j):
    """Whether token j begins a definite or possessive phrase: "the", "this", "his", "Marsh's", "with that"."""
    here = flag(text, j)
    if here & (THE | GENITIVE) or (here & DEMONSTRATIVE and here & ARTICLE):
        return True
    previous = flag(text, j - 1) if j > 0 else np.int64(0)
    if here & THAT:
        return previous & ADPOSITION != 0 and not parts(text, j)
    if not here & POSSESSIVE:
        return False
    # "called her weak" has an object, "hid her weakness" a possessive.
    return not here & ADDRESSEE or not previous & (CALLING | REPORTING | LINKING)


@compiled_step
def _behind_definite(text, roles, j, end):
    """Return the token behind the definite phrase that begins at j, what *of* hangs on it included."""
    k = j + 1
    while k < min(end, j + 3 * MOST_IN_PHRASE) and not text.gaps[k] & ANY_PART and not text.edges[k] & ANY_CLOSES:
        here, previous = flag(text, k), flag(text, k - 1)
        if here & OF:
            if k == j + 1 or roles[k - 1] & REJECTABLE:
                break
        elif here & FUNCTION:
            if not here & DETERMINER or not (k == j + 1 or previous & OF):
                break
        elif k > j + 1 and here & (PAST | GERUND) and not previous & (MODIFIES_VERB | DETERMINER | OF):
            break
        k += 1
    # "call the leader weak": the last word is said of the phrase.
    return k - 1 if k - j > 2 and j > 0 and flag(text, j - 1) & (CALLING | REPORTING) else k


@compiled_step
def _is_said(text, j, cue):
    """Whether the definite phrase at token j is itself denied or hedged: "is not the weak leader", "allegedly the bank …"."""
    if j == cue.last + 1:
        if cue.kind == NEAR:
            return not flag(text, cue.last) & (OF | COMPARING)
        return cue.kind == ADVERB or cue.kind >= HEDGE
    return flag(text, j - 1) & (BE | LINKING) != 0


@compiled_step
def next_said(text, roles, j, cue, is_turned):
    """Return the first token from j on that is not taken for granted by the phrase that begins at j."""
    if not _is_definite(text, j) or _is_said(text, j, cue):
        return j
    behind = _behind_definite(text, roles, j, cue.end)
    # What is prevented, or absent, is the noun itself: "avoided the failure"; a second negation has passed it by.
    keeps_noun = (cue.kind == VERB and j == cue.last + 1) or (j < cue.first and cue.kind != REJECTION)
    return behind - 1 if keeps_noun and not is_turned else behind


@compiled_step
def _is_relative(text, j, end):
    """Whether "that" at token j stands for the noun before it: "the bank that failed"."""
    if j + 1 >= end or flag(text, j - 1) & (WORD_VERB | AUXILIARY):
        return False
    following = flag(text, j + 1)
    return following & AUXILIARY != 0 or (
        following & (WORD_VERB | PAST) != 0 and not following & (DETERMINER | SUBJECT)
    )


@compiled_step
def _opens_clause(text, j, end):
    """Whether the words behind "and", from token j on, are a clause with a subject of its own: "and the bill failed"."""
    if begins_clause(text, j, end):
        return True
    if not flag(text, j) & (DETERMINER | POSSESSIVE | CAPITAL | GENITIVE):
        return False
    for k in range(j + 1, min(end, j + 1 + MOST_IN_PHRASE)):
        here = flag(text, k)
        if text.gaps[k] & ANY_PART or (here & FUNCTION and not here & AUXILIARY):
            return False
        if here & AUXILIARY or (k > j + 1 and here & PAST):
            return True
    return False


@compiled_step
def _goes_on_with(text, j, cue):
    """Whether what stands behind "and", at token j, is denied too: "did not stumble and fail", not "denied it and left"."""
    if j >= cue.end or _opens_clause(text, j, cue.end):
        return False
    if not flag(text, j) & PAST:
        return True
    before = flag(text, cue.first) | (flag(text, cue.first - 1) if cue.first > cue.floor else np.int64(0))
    return before & (BE | LINKING) != 0


@compiled_step
def _takes_object(text, cue):
    """Whether a noun phrase follows a negating verb, rather than a clause or what somebody does."""
    if cue.kind != VERB or cue.last + 1 >= cue.end:
        return False
    return not flag(text, cue.last + 1) & (GERUND | BE | THAT | SUBJECT)


@compiled_step
def _is_gerund(text, cue):
    """Whether a negated gerund begins a sentence, so that its verb is not negated: "Not acting is the most expensive course"."""
    return (
        cue.kind == ADVERB
        and cue.first == cue.floor
        and cue.last + 1 < cue.end
        and flag(text, cue.last + 1) & GERUND != 0
    )


@compiled_step
def _leaves_object(text, j, end):
    """Whether the preposition at token j ends the object of a negating verb: "stop payments amid", not "stop them from failing"."""
    here = flag(text, j)
    if not here & WORD_PREPOSITION or here & OF or j + 1 >= end:
        return False
    return not flag(text, j + 1) & (GERUND | BE | TIME)


@compiled_step
def _is_called(text, j, cue):
    """Whether "as" at token j is that of a verb such as "describe": "did not describe Marsh as weak"."""
    if not flag(text, j) & COMPARING:
        return False
    called = np.int64(0)
    for k in range(max(cue.last + 1, j - 1 - MOST_IN_PHRASE), j):
        called |= flag(text, k) & CALLING
    return called != 0


@compiled_step
def reach(text, roles, cue):
    """Return the last token of its clause to which a cue reaches."""
    stop = min(right(text, cue.last, cue.end, np.bool_(cue.kind == CONDITION)), cue.last + MOST_TURNED)
    takes_object, is_gerund = _takes_object(text, cue), _is_gerund(text, cue)
    n_that = 0
    for j in range(cue.last + 1, stop + 1):
        here = flag(text, j)
        if here & THAT and not flag(text, j - 1) & ADPOSITION:
            n_that += 1
            if n_that > 1 or _is_relative(text, j, cue.end):
                return j - 1
        if j == cue.last + 1:
            continue
        if roles[j - 1] & FACT or (here & AND and not _goes_on_with(text, j + 1, cue)):
            return j - 1
        if (here & ADVERBIAL and not _is_called(text, j, cue)) or (
            here & QUESTION and not flag(text, j - 1) & ADPOSITION
        ):
            return j - 1
        if here & COMPARING and not here & ADVERBIAL and j > cue.last + 2:
            return j - 1  # "nothing feeds anger more than …": what is compared with is not denied
        if (takes_object and _leaves_object(text, j, cue.end)) or (is_gerund and here & AUXILIARY):
            return j - 1
    return stop
