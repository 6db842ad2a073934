"""The compiled rules of `analysis.english.targets`: from a hit and its sentence to the mention that it is about; English only."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english.antecedents import (
    FINITE,
    FUNCTION,
    NONE,
    OTHER,
    PREPOSITION,
    RELATIVE,
    RIVAL,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    Sentence,
    is_name,
    resolved,
)
from analysis.english.clauses import read_clauses
from analysis.english.doubts import is_doubtful, preposition_of
from analysis.english.heads import pause_before
from analysis.english.lists import list_of, listed, subjects_of
from analysis.english.predicates import (
    REACH,
    called,
    clause_of,
    fronted,
    is_his_own,
    is_participle,
    is_within_subject,
    speaks_of_himself,
    urged,
)
from analysis.english.quotations import APOSTROPHE, flag
from analysis.english.rules import (
    ACCUSATION,
    APPOSITION,
    CLAUSE,
    COPULA,
    HEADLINE,
    ITSELF,
    MODIFIER,
    OBJECT,
    OF,
    PASSIVE,
    POSSESSIVE,
    SENTENCE,
    SUBJECT,
    UNLINKED,
)
from analysis.english.words import (
    ADDRESSEE,
    AUXILIARY,
    BE,
    CALLING,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    FIRST_PERSON,
    GENITIVE,
    GERUND,
    LINKING,
    NO_NAME,
    OBJECT_PREPOSITION,
    OPPOSING,
    PART,
    PAST,
    REPORTING,
    ROLE,
    TITLE,
    VERB,
)
from analysis.english.words import POSSESSIVE as POSSESSIVE_PRONOUN
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step

# Reaches in tokens: long enough for what they are named after, short enough for text without stops.
PHRASE, OWNED, CALLED, OPPOSED, NEAR, BEFORE, WHOLE = 4, 5, 14, 4, 8, 16, REACH

_ENDS_PHRASE = (
    PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | BE | AUXILIARY | SUBJECT_PRONOUN | GENITIVE | REPORTING
)


class Hit(NamedTuple):
    """First and last token of a hit, or of each of several."""

    first: Any
    last: Any


class Sentences(NamedTuple):
    """Of each sentence what `analysis.english.clauses.Sentence` holds of one."""

    first: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    paragraph: npt.NDArray[np.int64]
    earlier: npt.NDArray[np.int64]
    in_headline: npt.NDArray[np.bool_]


class Linked(NamedTuple):
    """What is written of each hit: its mention, the place of its rule in `RULES`, the candidates and their number."""

    mention: npt.NDArray[np.int64]
    rule: npt.NDArray[np.int8]
    found: npt.NDArray[np.int32]
    n_found: npt.NDArray[np.int32]


@compiled_step
def _following(text, named, begin, end):
    """Return the mention that a noun phrase from token `begin` on names: OTHER for another name, NONE for neither."""
    is_other = False
    for i in range(begin, min(end, begin + PHRASE)):
        if i > begin and pause_before(text, i):
            break
        if named.at[i] >= 0:
            return named.at[i]
        f = flag(text, i)
        if f & _ENDS_PHRASE or (f & DETERMINER and i > begin):
            if is_name(f):
                is_other = True
            break
        # "Texas lawyer Smith": names before the mention are part of its phrase.
        is_other |= is_name(f) and not f & TITLE
    return OTHER if is_other else NONE


@compiled_step
def _owner(text, named, hit, sentence):
    """Return who owns the noun phrase of the hit, by a genitive or a possessive pronoun to its left."""
    i = hit.first
    while i > sentence.first and hit.first - i < OWNED and not pause_before(text, i):
        i -= 1
        f, m = flag(text, i), named.at[i]
        if m >= 0:
            owns = f & (GENITIVE | POSSESSIVE_PRONOUN) or text.edges[i + 1] & APOSTROPHE
            return (OTHER if _is_of_aide(text, hit.last, sentence.end) else m) if owns else NONE
        if f & POSSESSIVE_PRONOUN:
            owner = resolved(text, named, i, sentence)
            return owner if owner >= 0 else NONE
        if f & GENITIVE:
            return OTHER
        if f & FUNCTION:
            return NONE
    return NONE


@compiled_step
def _is_of_aide(text, last, end):
    """Whether the phrase of a hit is somebody else, whom its owner has: "Smith's weak adviser"."""
    after = flag(text, last + 1) if last + 1 < end and not pause_before(text, last + 1) else 0
    return after & (ROLE | NO_NAME) != 0 and not after & (CAPITAL | PART)


@compiled_step
def _of(text, named, last, end):
    """Return the mention after the hit's phrase and a preposition: "failure of X", "hostile policy towards X"."""
    i = preposition_of(text, last, end)
    return _following(text, named, i + 1, end) if i >= 0 else NONE


@compiled_step
def _accused(text, named, h, sentence):
    """Return the object of a verb of accusing or calling to the hit's left."""
    i = h - 1
    while i > sentence.first and h - i < CALLED and not pause_before(text, i) & ~gaps.COMMA:
        i -= 1
        if flag(text, i) & CALLING and named.at[i] < 0:
            m = _object(text, named, i + 1, h, sentence)
            if m != NONE:
                return m
    return NONE


@compiled_step
def _object(text, named, begin, end, sentence):
    """Return the mention that the object at token `begin` names or stands for, OTHER for somebody else, NONE for nobody."""
    if begin < end and flag(text, begin) & ADDRESSEE and named.at[begin] < 0 and not pause_before(text, begin):
        return resolved(text, named, begin, sentence)
    return _following(text, named, begin, end)


@compiled_step
def _beside(text, named, hit, sentence, clauses):
    """Return mention and rule by the words next to the hit; OTHER where somebody who is no target is named there."""
    h, last = hit.first, hit.last
    s, e = sentence.first, sentence.end
    f = flag(text, last)
    if named.at[h] >= 0:
        return (OTHER if flag(text, h) & CAPITAL else named.at[h]), ITSELF
    previous = flag(text, h - 1) if h > s else 0
    is_verb = f & (VERB | PAST | GERUND) != 0 and not previous & (DETERMINER | GENITIVE | POSSESSIVE_PRONOUN)
    accused = called(text, named, h, sentence, clauses)
    if is_verb and accused >= 0:
        return accused, PASSIVE
    if last + 1 < e and not pause_before(text, last + 1):
        following = flag(text, last + 1)
        is_verb = is_verb or (f & GERUND != 0 and following & DETERMINER != 0)  # "those condemning the …"
        opens_phrase = not following & (COORDINATOR | PREPOSITION) and not f & OBJECT_PREPOSITION
        if opens_phrase and (is_verb or not following & DETERMINER):
            is_told = is_verb and not following & FIRST_PERSON
            m = _object(text, named, last + 1, e, sentence) if is_told else _following(text, named, last + 1, e)
            if m >= 0:
                return m, OBJECT if is_verb else MODIFIER
    m = _owner(text, named, hit, sentence)
    if m != NONE:
        return m, POSSESSIVE
    if accused != NONE:
        return accused, PASSIVE
    m = _of(text, named, last, e)
    if m >= 0 and not (is_participle(text, h, s, clauses) and clause_of(clauses, h, s)[0] >= 0):
        return m, OF
    return _accused(text, named, h, sentence), ACCUSATION


@compiled_step
def _by_subject(text, named, h, sentence, clauses):
    """Return mention and rule by the subject of the hit's clause; NONE, OTHER or RIVAL where that is no mention."""
    s = sentence.first
    m, verb = clause_of(clauses, h, s)
    if m < 0:
        ahead = fronted(text, named, h, sentence, clauses)
        if ahead >= 0:
            return ahead, APPOSITION
        return m, UNLINKED
    told = urged(text, named, h, s, clauses)
    if told >= 0:
        return told, SUBJECT
    if named.first[m] > h and not clauses.pronoun[clauses.of[h - s]]:
        return NONE, UNLINKED
    if is_his_own(named, m, h) and not speaks_of_himself(text, h, s, clauses):
        return NONE, UNLINKED
    if verb < 0:
        return m, APPOSITION
    if not flag(text, verb) & (BE | LINKING) or verb >= h:
        return m, SUBJECT
    f = flag(text, h)
    return m, PASSIVE if f & (PAST | VERB) and not f & GERUND and h - verb < PHRASE else COPULA


@compiled_step
def _is_opposed(text, h, s):
    """Whether the hit is what somebody fights, eases or condemns; "denied being …" and "denied that …" are of his own."""
    i = h
    while i > s and h - i < OPPOSED and not pause_before(text, i) & ~gaps.COMMA:
        following = flag(text, i)
        if following & (RELATIVE | SUBORDINATOR | SUBJECT_PRONOUN):
            return False
        i -= 1
        f = flag(text, i)
        if f & OPPOSING:
            return not following & GERUND or not (following & (BE | LINKING) or f & REPORTING)
    return False


@compiled_step
def _reaches(rule, named, m, h, same_clause):
    first, last = named.first[m], named.last[m]
    if rule == CLAUSE:
        return same_clause and first - h <= NEAR and h - last <= NEAR
    if rule == SENTENCE:
        return last < h and h - last <= BEFORE
    return first - h <= WHOLE and h - last <= WHOLE


@compiled_step
def _nearby(named, h, sentence, clauses, rule, found):
    """Return the nearest mention that a rule reaches and the number of distinct targets, which `found` lists."""
    s = sentence.first
    nearest, n = NONE, np.int64(0)
    begin = np.searchsorted(named.first, max(s, h - WHOLE))
    end = np.searchsorted(named.first, min(sentence.end, h + WHOLE))
    for m in range(begin, end):
        same_clause = clauses.of[named.first[m] - s] == clauses.of[h - s]
        if not _reaches(rule, named, m, h, same_clause) or is_his_own(named, m, h):
            continue
        if nearest < 0 or abs(named.first[m] - h) < abs(named.first[nearest] - h):
            nearest = np.int64(m)
        n = listed(named, m, found, n)
    return nearest, n


@compiled_step
def _is_alone(text, named, m, h, sentence, clauses):
    """Whether nobody but the target of a mention may be meant: no other name is a subject, and the hit's clause has none."""
    s = sentence.first
    subject, verb = clause_of(clauses, h, s)
    if subject != NONE and verb >= 0:
        return False
    for i in range(max(s, h - WHOLE), min(sentence.end, h + WHOLE)):
        subject, verb = clause_of(clauses, i, s)
        if verb == i and (subject == RIVAL or (subject >= 0 and named.target[subject] != named.target[m])):
            return False
    return True


@compiled_step
def _shared(text, named, m, rule, hit, sentence, clauses, found):
    """Return mention, rule and number of candidates, where mention m shares the hit with those that "and" joins to it."""
    first, last = m, m
    if rule >= COPULA:
        first, last = subjects_of(text, named, m, hit, sentence, clauses)
    elif rule != ITSELF and rule != MODIFIER:
        first, last = list_of(text, named, m, hit, sentence, clauses)
    n = np.int64(0)
    for k in range(first, last + 1):
        n = listed(named, k, found, n)
    is_sure = n == 1 and not is_doubtful(text, named, m, rule, hit, sentence, clauses)
    return (m if is_sure else NONE), rule, n


@compiled_step
def _is_his_name(text, named, hit):
    """Whether a hit is a target's name itself, which frames nobody: "Trump" in a list of words with "trump"; not "Crooked" in "Crooked X"."""
    m = named.at[hit.last]
    return m >= 0 and hit.last == named.last[m] and is_name(flag(text, hit.last))


@compiled_step
def _is_name(text, named, hit, sentence):
    """Whether a hit is part of a name, by its capital within a sentence where few words have one.

    What stands before a target frames it ("Crooked X"). The first word of a sentence is one where its verb follows, or where it owns something.
    """
    h, last = hit.first, hit.last
    following = flag(text, last + 1) if last + 1 < sentence.end else np.int64(0)
    is_described = last + 1 < sentence.end and named.at[last + 1] >= 0
    if sentence.in_headline or is_described or not is_name(flag(text, last)):
        return False
    if h == sentence.first or text.gaps[h] & ~gaps.STOP:
        return following & FINITE != 0 or flag(text, last) & GENITIVE != 0
    n_capitals, end = 0, min(sentence.end, sentence.first + WHOLE)
    for i in range(sentence.first, end):
        n_capitals += flag(text, i) & CAPITAL != 0
    return 2 * n_capitals < end - sentence.first


@compiled_step
def _link_one(text, named, hit, sentence, clauses, found):
    """Return mention, rule and number of candidates of one hit: the mention is NONE where several come into question."""
    h, s = hit.first, sentence.first
    if _is_his_name(text, named, hit) or _is_name(text, named, hit, sentence):
        return NONE, UNLINKED, 0
    m, rule = _beside(text, named, hit, sentence, clauses)
    if m >= 0:
        return _shared(text, named, m, rule, hit, sentence, clauses, found)
    if m == OTHER or _is_opposed(text, h, s):
        return NONE, UNLINKED, 0
    m, rule = _by_subject(text, named, h, sentence, clauses)
    if m >= 0:
        return _shared(text, named, m, rule, hit, sentence, clauses, found)
    subject = m
    for rule in (CLAUSE, SENTENCE):
        if sentence.in_headline:
            rule = HEADLINE
        if rule != CLAUSE and subject == RIVAL:
            break
        m, n = _nearby(named, h, sentence, clauses, rule, found)
        if m >= 0:
            if n == 1 and is_within_subject(text, named, m, h, s, clauses):
                return NONE, UNLINKED, 0
            is_sure = n == 1 and (rule != SENTENCE or _is_alone(text, named, m, h, sentence, clauses))
            if rule == CLAUSE and is_sure:
                is_sure = not is_doubtful(text, named, m, rule, hit, sentence, clauses)
            return (m if is_sure else NONE), rule, n
    return NONE, UNLINKED, 0


@compiled
def link(text, named, sentences, hits, clauses, linked):
    """Link each hit; `hits` are in the order of the text, and `clauses` has room for the longest sentence."""
    read = -1
    for k in range(len(hits.first)):
        hit = Hit(hits.first[k], hits.last[k])
        at = np.searchsorted(sentences.first, hit.first, side="right") - 1
        sentence = Sentence(
            sentences.first[at],
            sentences.end[at],
            sentences.paragraph[at],
            sentences.earlier[at],
            sentences.in_headline[at],
        )
        if at != read:
            read_clauses(text, named, sentence, clauses)
            read = at
        linked.mention[k], linked.rule[k], linked.n_found[k] = _link_one(
            text, named, hit, sentence, clauses, linked.found[k]
        )
