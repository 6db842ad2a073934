"""The clauses of a sentence and the subject of each, decided from word lists, capitals and the gap bits; English only."""

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.english import words
from analysis.english.mentions import Mentions
from analysis.english.words import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    COMPARING,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    FEMALE,
    FIRST_PERSON,
    GENITIVE,
    GERUND,
    HE,
    IT,
    MALE,
    PAST,
    POSSESSIVE,
    REPORTING,
    SHE,
    THEY,
    THING,
    TITLE,
    VERB,
    word_flags,
)
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

SUBJECT_PRONOUN = words.SUBJECT | words.PRONOUN
PREPOSITION = words.PREPOSITION | words.COMPARING | words.TO
SUBORDINATOR = words.SUBORDINATOR | words.QUESTION
RELATIVE = words.RELATIVE | words.THAT
FINITE = BE | AUXILIARY | VERB | PAST
FUNCTION = (
    DETERMINER | POSSESSIVE | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | BE | AUXILIARY | SUBJECT_PRONOUN
)
THIRD_PERSON = HE | SHE | IT | THEY

NONE, OTHER, RIVAL = -1, -2, -3


def clause_flags(tokens: Tokens) -> words.Flags:
    """Return what `word_flags` does, but that a word with a capital is no verb by its ending alone: it may be a name."""
    flags = word_flags(tokens)
    return np.where(flags & CAPITAL, flags & ~(PAST | GERUND | ENDS_IN_S), flags)


_FRESH = gaps.COLON | gaps.SEMICOLON | gaps.LINE_END
_ASIDE = gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
DOUBLE_QUOTE = 7 << gaps.DOUBLE_LEFT | 7 << gaps.DOUBLE_RIGHT | 7 << gaps.STRAIGHT_DOUBLE
UNKNOWN, HE_KIND, SHE_KIND, IT_KIND = range(4)
START_FRESH, START_JOINED, START_COMMA, START_RELATIVE = 1, 2, 3, 4

SINGLE_QUOTE = 7 << gaps.SINGLE_LEFT | 7 << gaps.SINGLE_RIGHT | 7 << gaps.STRAIGHT_SINGLE
NOT_A_NAME = FUNCTION | ADVERB | FIRST_PERSON | VERB
_LOOK_BACK = 200


@njit(nogil=True, cache=True)
def is_name(f):
    """Whether a word is part of a name, by its capital."""
    return f & CAPITAL != 0 and f & NOT_A_NAME == 0


@njit(nogil=True, cache=True)
def _agrees(pronoun, kind):
    if kind == HE_KIND:
        return pronoun & HE != 0
    if kind == SHE_KIND:
        return pronoun & SHE != 0
    if kind == IT_KIND:
        return pronoun & (IT | THEY) != 0
    return pronoun & THEY == 0


@njit(nogil=True, cache=True)
def resolved(text, mentions, i, paragraph):
    """Return the mention that the pronoun at token i stands for, else OTHER.

    First person is the speaker; any other is the last mention in agreement since `paragraph`, unless another name has been
    the subject of a verb since then.
    """
    type_ids, _, flags, speakers = text
    first, last, target, kind, mention_at = mentions
    f = flags[type_ids[i]]
    m = np.searchsorted(first, i) - 1
    if f & FIRST_PERSON:
        if len(speakers) and speakers[i] >= 0:
            for j in range(m, max(-1, m - _LOOK_BACK), -1):
                if target[j] == speakers[i]:
                    return j
        return OTHER
    if not f & THIRD_PERSON:
        return OTHER
    at = i - 1
    while m >= 0 and first[m] >= paragraph:
        while at > last[m]:
            following = flags[type_ids[at + 1]]
            if mention_at[at] < 0 and is_name(flags[type_ids[at]]) and following & FINITE and not following & CAPITAL:
                return OTHER
            at -= 1
        if _agrees(f, kind[m]):
            return m
        m -= 1
    return OTHER


@njit(nogil=True, cache=True)
def _boundary(f, gap, previous, verb, own):
    """Return how a clause begins at a word, 0 where none does."""
    if (
        gap & _FRESH
        or (gap & gaps.COMMA and gap & DOUBLE_QUOTE)
        or (gap & _ASIDE and gap & (DOUBLE_QUOTE | SINGLE_QUOTE))
    ):
        return START_FRESH
    if gap & _ASIDE:
        return START_JOINED
    if f & RELATIVE:
        return START_RELATIVE
    if f & SUBORDINATOR:
        return START_JOINED
    if gap & gaps.COMMA and (verb >= 0 or own != NONE):
        return START_COMMA
    if f & COORDINATOR and verb >= 0:
        return START_JOINED
    if verb >= 0 and previous & REPORTING and not f & (PREPOSITION | ADVERB):
        return START_FRESH
    return 0


@njit(nogil=True, cache=True)
def _opens_content(text, mentions, i, end):
    """Whether a subject with its verb begins at token i without a conjunction ("he thinks Trump is …")."""
    type_ids, gap, flags, _ = text
    last, mention_at = mentions[1], mentions[4]
    f, m = flags[type_ids[i]], mention_at[i]
    previous = flags[type_ids[i - 1]]
    if previous & (PREPOSITION | AUXILIARY) and not previous & COMPARING:
        return False
    after = last[m] + 1 if m >= 0 else i + 1
    following = 0
    if after < end and not (m >= 0 and gap[after] & gaps.COMMA):
        following = flags[type_ids[after]]
    if f & SUBJECT_PRONOUN:
        return f & (HE | SHE | THEY | FIRST_PERSON) != 0 or following & (BE | AUXILIARY | VERB) != 0
    return (m >= 0 or is_name(f)) and following & (BE | AUXILIARY | VERB) != 0 and not gap[i] & gaps.COMMA


@njit(nogil=True, cache=True)
def _handed_down(how, f, previous, m, before, state):
    """Return the subject that a clause has until it names one: state is that of the clause before and of the main clause."""
    current, main, in_relative = state
    if how == START_FRESH:
        return NONE
    if how == START_RELATIVE:
        if m < 0 and before >= 0:
            return before
        return NONE if previous & REPORTING or (not previous & CAPITAL and f & IT) else OTHER
    return main if how == START_COMMA and in_relative else current


@njit(nogil=True, cache=True)
def _is_verb(f, previous, after_mention):
    """Whether a word can be the verb of its clause, given the word before it."""
    if f & (BE | AUXILIARY):
        return True
    if after_mention and f & ENDS_IN_S:
        return True
    if f & GERUND or previous & (DETERMINER | POSSESSIVE | PREPOSITION | GENITIVE):
        return False
    return f & FINITE != 0


@njit(nogil=True, cache=True)
def _named_subject(text, mentions, i, own, edges):
    """Return the subject of a clause after its word i, which is no verb: a mention, RIVAL for another name, else OTHER."""
    type_ids, _, flags, _ = text
    f, m = flags[type_ids[i]], mentions[4][i]
    if m >= 0:
        return m if own < 0 else own
    if f & SUBJECT_PRONOUN:
        return resolved(text, mentions, i, edges[2])
    if own < 0 and i > edges[0] and is_name(f) and not f & TITLE and not flags[type_ids[i - 1]] & GENITIVE:
        return RIVAL
    if own == NONE and not f & (ADVERB | GERUND | COORDINATOR | SUBORDINATOR | RELATIVE | TITLE):
        return OTHER
    return own


@njit(nogil=True, cache=True)
def read_clauses(text, mentions, edges, clauses):
    """Divide the sentence of tokens edges[0] to edges[1] into clauses; edges[2] is the first token of its paragraph.

    Fills the arrays of `clauses`: the clause of each token, and for each clause its subject (a mention, or NONE, OTHER, RIVAL)
    and the token of its verb, -1 where it has none. A clause that names no subject has that of the clause
    before ("he came and saw"), of its antecedent ("Smith, who …") or, after an inserted one, of the main clause.
    """
    type_ids, gap, flags, _ = text
    first, mention_at = mentions[0], mentions[4]
    clause_of, subjects, verbs = clauses
    s, e = edges[0], edges[1]
    c, own, main, verb = 0, NONE, NONE, -1
    in_phrase, in_relative = False, False
    subjects[0], verbs[0] = NONE, -1
    for i in range(s, e):
        f, m = flags[type_ids[i]], mention_at[i]
        previous = flags[type_ids[i - 1]] if i > s else 0
        before = mention_at[i - 1] if i > s else -1
        how = 0
        if i > s and not (m >= 0 and first[m] < i):
            how = _boundary(f, gap[i], previous, verb, own)
            if how == 0 and verb >= 0 and _opens_content(text, mentions, i, e):
                how = START_FRESH
        if how:
            if verb < 0 and subjects[c] == NONE:
                subjects[c] = own
            if not in_relative:
                main = subjects[c]
            handed = _handed_down(how, f, previous, m, before, (subjects[c], main, in_relative))
            in_relative = how == START_RELATIVE
            c += 1
            subjects[c], verbs[c] = handed, -1
            own, verb, in_phrase = NONE, -1, False
        elif i > s and gap[i] & gaps.COMMA:
            in_phrase = False
        clause_of[i - s] = c
        if verb >= 0:
            continue
        after_mention = before >= 0 and gap[i] == 0
        if m < 0 and i > s and _is_verb(f, previous, after_mention):
            verb = verbs[c] = i
            if own == NONE and f & SUBJECT_PRONOUN:
                own = resolved(text, mentions, i, edges[2])
            elif own == NONE and before >= 0:
                own = before
            if own != NONE:
                subjects[c] = own
        elif m < 0 and f & GERUND and own == NONE and subjects[c] != NONE and not in_phrase:
            verb = verbs[c] = i
        elif m < 0 and f & PREPOSITION:
            in_phrase = True
        elif not in_phrase or (m < 0 and f & SUBJECT_PRONOUN):
            own = _named_subject(text, mentions, i, own, edges)
    if verb < 0 and subjects[c] == NONE:
        subjects[c] = own


def target_kinds(tokens: Tokens, mentions: Mentions, flags: words.Flags) -> npt.NDArray[np.int8]:
    """Return of each target which pronoun takes it up (HE_KIND, SHE_KIND, IT_KIND), by titles, first names and words for things.

    What most mentions tell counts ("Mrs Clinton" beside one "Mr Clinton"); UNKNOWN where nothing tells, or as much tells another
    ("Virginia", "Gayle King").
    """
    of_token = flags[tokens.type_ids] if len(mentions) else flags
    before = of_token[np.maximum(mentions.first - 1, 0)]
    told = np.stack([of_token[mentions.first], of_token[mentions.last], np.where(before & TITLE, before, 0)])
    counts = [
        np.bincount(mentions.target, (told & kinds != 0).any(axis=0), minlength=len(mentions.names))
        for kinds in (MALE | HE, FEMALE | SHE, THING | IT | THEY)
    ]
    most = np.max(counts, axis=0)
    is_alone = np.sum(counts == most, axis=0) == 1
    return np.where(is_alone, np.argmax(counts, axis=0) + 1, UNKNOWN).astype(np.int8)
