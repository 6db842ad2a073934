"""What each cue of negation turns and each hedge hedges: the compiled rules of `analysis.english.negation`; English only.

Less is turned than stands in the scope of a cue. What a phrase with "the", "this" or a possessive says of its noun is taken for granted
("did not rescue the weak lender"), and so is what stands behind a factive verb ("could not hide that …").
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english.quotations import ANY_CLOSES, flag
from analysis.english.reaching import (
    ANY_PART,
    FALSE,
    MODIFIES_VERB,
    REJECTABLE,
    REJECTED,
    Cue,
    next_said,
    reach,
)
from analysis.english.scopes import (
    ABSENCE,
    ACQUITTAL,
    ADJECTIVE,
    ADVERB,
    AFFIX,
    AUXILIARY,
    DETERMINER,
    FUNCTION,
    HARD,
    HEDGE,
    IDIOM,
    INVERTED,
    MISJUDGEMENT,
    MOST_IN_PHRASE,
    MOST_LEFT,
    QUANTIFIER,
    REJECTED_NOUN,
    REJECTION,
    VERB,
    is_tag,
    left,
    parts,
    phrase_end,
    right,
    scope,
)
from analysis.english.words import (
    BE,
    CALLING,
    CAPITAL,
    COMPARING,
    GERUND,
    HOLDS_NEGATION,
    LINKING,
    NO,
    OF,
    PAST,
    PRONOUN,
    REPORTING,
    SUBJECT,
    THAT,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step


class Cues(NamedTuple):
    """The cues, one element each, and the roles of all tokens.

    Of a cue: first and last token, place of the category in `CATEGORIES`, and sentence.
    """

    first: npt.NDArray[Any]
    last: npt.NDArray[Any]
    kind: npt.NDArray[np.int64]
    sentence: npt.NDArray[Any]
    roles: npt.NDArray[np.uint8]


class Marked(NamedTuple):
    """What is written of each token, and of each cue of negation; see `analysis.english.negation.Negation`."""

    scope: npt.NDArray[np.uint8]
    turned: npt.NDArray[np.bool_]
    cue: npt.NDArray[Any]
    is_cue: npt.NDArray[np.bool_]
    hedged: npt.NDArray[np.bool_]
    hedge: npt.NDArray[Any]
    spans: npt.NDArray[np.int64]


@compiled_step
def _turn(text, roles, out, cue, begin, end):
    """Turn the tokens from `begin` up to `end`, which the cue negates."""
    is_turned = out.turned[cue.first]
    j = begin
    while j < end:
        j = next_said(text, roles, j, cue, is_turned)
        if j < end:
            out.turned[j] = not out.turned[j]
            out.cue[j] = cue.first
        j += 1


@compiled_step
def _is_inverted(text, cue):
    """Whether "had", "were" or "should" begins a condition: "Had she been weak, …", "…, had she been weak"."""
    i = cue.first
    if i + 1 >= cue.end or parts(text, i + 1):
        return False
    subject = flag(text, i + 1)
    if i > cue.floor and not text.edges[i] & ANY_CLOSES and text.gaps[i] & gaps.COMMA:
        return subject & (SUBJECT | PRONOUN) != 0
    if i > cue.floor or not subject & (SUBJECT | PRONOUN | DETERMINER | CAPITAL):
        return False
    behind = right(text, i, cue.end, FALSE) + 1
    return behind < cue.end and text.gaps[behind] & gaps.COMMA != 0 and not text.edges[behind] & ANY_CLOSES


@compiled_step
def _mark_hedged(text, roles, cue, out):
    """Mark what a hedge hedges: nothing where it is a noun that was rejected ("dismissed suggestions")."""
    if roles[cue.first] & REJECTED or (cue.kind == INVERTED and not _is_inverted(text, cue)):
        return
    stop = phrase_end(text, cue.last, cue.end) if cue.kind == ADJECTIVE else reach(text, roles, cue)
    j = cue.last + 1
    while j <= stop:
        j = next_said(text, roles, j, cue, FALSE)
        if j <= stop:
            out.hedged[j], out.hedge[j] = True, cue.first
        j += 1


@compiled_step
def _noun_after(text, roles, cue):
    """Return the noun that a cue is the first to reject ("rejected the claim"), the cue where "that" follows it, -1 for none."""
    for j in range(cue.last + 1, min(cue.end, cue.last + 2 + MOST_IN_PHRASE)):
        here = flag(text, j)
        if text.gaps[j] & ANY_PART:
            return np.int64(-1)
        if roles[j] & REJECTABLE:
            return np.int64(-1) if roles[j] & REJECTED else np.int64(j)
        if j == cue.last + 1 and here & THAT and j + 1 < cue.end and not flag(text, j + 1) & AUXILIARY:
            return np.int64(cue.last)
        if here & FUNCTION and not here & (DETERMINER | COMPARING):
            return np.int64(-1)
    return np.int64(-1)


@compiled_step
def _noun_before(text, roles, verb, floor):
    """Return the noun of which something is said by the verb at a token ("claims that … are false"), -1 for none."""
    for j in range(verb - 1, max(floor, verb - MOST_LEFT) - 1, -1):
        if roles[j] & REJECTABLE:
            return np.int64(j)
        if text.gaps[j] & HARD:
            return np.int64(-1)
    return np.int64(-1)


@compiled_step
def _verb_before(text, cue):
    """Return the first auxiliary of the predicate that a cue ends ("has been ruled out"), -1 where none precedes it."""
    b = cue.first - 1
    while b > cue.floor and cue.first - b < MOST_IN_PHRASE and flag(text, b) & MODIFIES_VERB and not parts(text, b + 1):
        b -= 1
    if b <= cue.floor or parts(text, b + 1) or not flag(text, b) & (BE | LINKING):
        return np.int64(-1)
    while b - 1 > cue.floor and flag(text, b - 1) & AUXILIARY:
        b -= 1
    return np.int64(b)


@compiled_step
def _deny_subject(text, roles, cue, verb, out):
    """Turn what stands before the verb of a cue that denies it: "weakness was ruled out", "claims that he was weak are false"."""
    if out.turned[cue.first] or text.gaps[verb] & ANY_PART:
        return
    noun = _noun_before(text, roles, verb, cue.floor)
    if noun >= 0:
        roles[noun] |= REJECTED
        for j in range(noun + 1, verb):
            if out.hedge[j] == noun:
                out.hedged[j], out.hedge[j] = False, -1
        _turn(text, roles, out, cue, noun + 1, verb)
    elif cue.kind != REJECTION:
        _turn(text, roles, out, cue, left(text, verb, cue.floor), verb)


@compiled_step
def _reject(text, roles, cue, out):
    """Turn what a rejected noun says: "dismissed claims that …", "the claims were dismissed"."""
    noun = _noun_after(text, roles, cue)
    if noun >= 0:
        roles[noun] |= REJECTED
        of_noun = Cue(cue.first, noun, cue.kind, cue.floor, cue.end)
        _turn(text, roles, out, of_noun, noun + 1, reach(text, roles, of_noun) + 1)
        return
    verb = _verb_before(text, cue)
    if verb >= 0:
        _deny_subject(text, roles, cue, verb, out)


@compiled_step
def _turn_by_verb(text, roles, cue, out):
    """Turn what a negating verb denies: what follows it, in the passive what precedes it."""
    verb = _verb_before(text, cue) if flag(text, cue.first) & PAST else np.int64(-1)
    if verb >= 0 and not (cue.last + 2 < cue.end and flag(text, cue.last + 2) & GERUND):
        _deny_subject(text, roles, cue, verb, out)
        return
    noun = _noun_after(text, roles, cue)
    last = cue.last
    if noun >= 0:
        roles[noun] |= REJECTED
        last = noun
    until = reach(text, roles, Cue(cue.first, last, REJECTION if noun >= 0 else cue.kind, cue.floor, cue.end))
    _turn(text, roles, out, cue, cue.last + 1, until + 1)


@compiled_step
def _acquit(text, roles, cue, out):
    """Turn what somebody is cleared of: "cleared her of any failure"."""
    for j in range(cue.last + 1, min(cue.end, cue.last + 2 * MOST_IN_PHRASE)):
        if text.gaps[j] & ANY_PART:
            return
        if flag(text, j) & OF:
            of_charge = Cue(cue.first, j, cue.kind, cue.floor, cue.end)
            _turn(text, roles, out, of_charge, j + 1, reach(text, roles, of_charge) + 1)
            return


@compiled_step
def _answers_label(text, cue):
    """Whether a cue is all that stands behind a colon or dash: "Signs of weakness: none."; "no" answers a question."""
    if (cue.kind != QUANTIFIER and cue.kind != ABSENCE) or flag(text, cue.last) & NO:
        return False
    is_answer = cue.last + 1 == cue.end or text.gaps[cue.last + 1] & HARD != 0
    return cue.first > cue.floor and is_answer and text.gaps[cue.first] & (gaps.COLON | gaps.DASH) != 0


@compiled_step
def _label_start(text, cue):
    """Return the first token of what stands before a colon or dash."""
    j = cue.first - 1
    while j > max(cue.floor, cue.first - MOST_LEFT) and not text.gaps[j] & ANY_PART:
        j -= 1
    return j


@compiled_step
def _turned_from(text, cue):
    """Return the first token that a cue turns: the verb before "nothing", else the cue itself."""
    if cue.kind != QUANTIFIER or cue.first == cue.floor or parts(text, cue.first):
        return cue.first
    return cue.first if flag(text, cue.first - 1) & FUNCTION else cue.first - 1


@compiled_step
def _turn_by_word(text, roles, cue, out):
    """Turn what a cue whose place says nothing of its reach denies."""
    if _answers_label(text, cue):
        _turn(text, roles, out, cue, _label_start(text, cue), cue.first)
    elif cue.kind == ABSENCE:
        verb = _verb_before(text, cue)
        if verb >= 0:
            _deny_subject(text, roles, cue, verb, out)
    elif cue.kind == VERB:
        _turn_by_verb(text, roles, cue, out)
    elif cue.kind == REJECTION:
        _reject(text, roles, cue, out)
    elif cue.kind == ACQUITTAL:
        _acquit(text, roles, cue, out)
    elif cue.kind != MISJUDGEMENT or (cue.last + 1 < cue.end and flag(text, cue.last + 1) & (CALLING | REPORTING)):
        _turn(text, roles, out, cue, cue.last + 1, reach(text, roles, cue) + 1)


@compiled_step
def _count_scope(text, out, cue, first, last):
    """Count one more scope for tokens `first` to `last`; a cue is outside unless it is only a part of its word."""
    for j in range(first, last + 1):
        is_outside = j < cue.first or j > cue.last
        if (is_outside or flag(text, j) & HOLDS_NEGATION or cue.kind == AFFIX) and out.scope[j] < 255:
            out.scope[j] += 1


@compiled_step
def _is_void(text, cue):
    """Whether what is spelled like a cue denies nothing: ", isn't it?", a factive verb or noun, an idiom without "is"."""
    if cue.kind == ADVERB:
        return is_tag(text, cue.first, cue.floor, cue.end)
    if cue.kind == IDIOM:
        return cue.first == cue.floor or not flag(text, cue.first - 1) & AUXILIARY
    return cue.kind == REJECTED_NOUN or cue.kind > ABSENCE


@compiled
def mark(text, sentence_edges, cues, out):
    """Mark what each cue negates or hedges; return the number of cues of negation."""
    n = 0
    for k in range(len(cues.first)):
        floor, end = sentence_edges[cues.sentence[k]], sentence_edges[cues.sentence[k] + 1]
        cue = Cue(cues.first[k], cues.last[k], cues.kind[k], floor, end)
        if cue.kind >= HEDGE:
            _mark_hedged(text, cues.roles, cue, out)
            continue
        if _is_void(text, cue):
            continue
        for j in range(cue.first, cue.last + 1):
            out.is_cue[j] = True
        start, stop = np.int64(-1), np.int64(-1)
        if cue.kind <= IDIOM:
            start, stop = scope(text, cue.first, cue.last, cue.kind, floor, end)
            # One by one: a row written at once brings its own checks, which take longer to compile than this function.
            out.spans[n, 0], out.spans[n, 1], out.spans[n, 2], out.spans[n, 3], out.spans[n, 4] = (
                cue.first,
                cue.last,
                start,
                stop,
                cue.kind,
            )
            n += 1
        if cue.kind != AFFIX and cue.kind != IDIOM and (start >= 0 or cue.kind > IDIOM or _answers_label(text, cue)):
            _turn_by_word(text, cues.roles, cue, out)
            _turn(text, cues.roles, out, cue, _turned_from(text, cue), cue.first)
        if start >= 0:
            _count_scope(text, out, cue, start, stop)
    return n
