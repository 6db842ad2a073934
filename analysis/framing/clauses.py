"""The clauses of a sentence and the subject of each, decided from word lists, capitals and the gap bits; English only."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

BE, AUXILIARY, LINKING, REPORTING, JUDGING, CALLING, VERB = (1 << bit for bit in range(7))
DETERMINER, POSSESSIVE_PRONOUN, PREPOSITION, OBJECT_PREPOSITION = (1 << bit for bit in range(7, 11))
COORDINATOR, SUBORDINATOR, RELATIVE = (1 << bit for bit in range(11, 14))
HE, SHE, IT, THEY, FIRST_PERSON, SUBJECT_PRONOUN = (1 << bit for bit in range(14, 20))
ADVERB, TITLE, CAPITAL, PAST, GERUND, GENITIVE, ENDS_IN_S = (1 << bit for bit in range(20, 27))

FINITE = BE | AUXILIARY | LINKING | REPORTING | VERB | PAST
FUNCTION = (
    DETERMINER
    | POSSESSIVE_PRONOUN
    | PREPOSITION
    | COORDINATOR
    | SUBORDINATOR
    | RELATIVE
    | BE
    | AUXILIARY
    | SUBJECT_PRONOUN
)
THIRD_PERSON = HE | SHE | IT | THEY

_SECTIONS = {
    "[be]": BE,
    "[auxiliary]": AUXILIARY,
    "[linking verbs]": LINKING | VERB,
    "[reporting verbs]": REPORTING | VERB,
    "[judging verbs]": JUDGING | VERB,
    "[calling verbs]": CALLING | VERB,
    "[verbs]": VERB,
    "[determiners]": DETERMINER,
    "[possessives]": POSSESSIVE_PRONOUN,
    "[prepositions]": PREPOSITION,
    "[objects]": OBJECT_PREPOSITION,
    "[coordinators]": COORDINATOR,
    "[subordinators]": SUBORDINATOR,
    "[relatives]": RELATIVE,
    "[he]": HE,
    "[she]": SHE,
    "[it]": IT,
    "[they]": THEY,
    "[first person]": FIRST_PERSON,
    "[subject pronouns]": SUBJECT_PRONOUN,
    "[adverbs]": ADVERB,
    "[titles]": TITLE,
}

NONE, OTHER, RIVAL = -1, -2, -3


@cache
def _words() -> dict[str, int]:
    flags: dict[str, int] = {}
    section = 0
    for line in Path(__file__).with_name("clause_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = _SECTIONS[line]
        elif not line.startswith("#"):
            for word in line.split():
                for form in _inflected(word) if section & VERB else (word,):
                    flags[form] = flags.get(form, 0) | section
    return flags


def _inflected(verb: str) -> tuple[str, ...]:
    """Return a verb with its regular forms; for an irregular form that is listed itself the made forms match nothing."""
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    doubled = verb + verb[-1]
    sibilant = verb.endswith(("s", "x", "sh", "ch", "z"))
    return verb, verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing", doubled + "ing", doubled + "ed"


def clause_flags(tokens: Tokens) -> npt.NDArray[np.uint32]:
    """Return what the clause rules need to know of each type, as a bit set."""
    words = _words()
    pairs = zip(tokens.types, tokens.folded, strict=True)
    return np.fromiter(
        (words.get(folded, 0) | _spelling(spelling, folded) for spelling, folded in pairs), np.uint32, len(tokens.types)
    )


def _spelling(spelling: str, folded: str) -> int:
    flags = GENITIVE if folded.endswith("'s") and folded not in _words() else 0
    if spelling[0].isupper():
        return flags | CAPITAL
    if folded.endswith("ed") and len(folded) > 4:
        flags |= PAST
    elif folded.endswith("ing") and len(folded) > 5:
        flags |= GERUND
    elif folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        flags |= ENDS_IN_S
    elif folded.endswith("ly"):
        flags |= ADVERB
    return flags


_FRESH = gaps.COLON | gaps.SEMICOLON | gaps.LINE_END
_ASIDE = gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
DOUBLE_QUOTE = 7 << gaps.DOUBLE_LEFT | 7 << gaps.DOUBLE_RIGHT | 7 << gaps.STRAIGHT_DOUBLE
UNKNOWN, MALE, FEMALE, THING = range(4)


@njit(nogil=True, cache=True)
def _agrees(pronoun, kind):
    """Whether a pronoun can stand for a target of that kind; a target of unknown kind agrees with all."""
    if kind == MALE:
        return pronoun & HE != 0
    if kind == FEMALE:
        return pronoun & SHE != 0
    if kind == THING:
        return pronoun & (IT | THEY) != 0
    return pronoun & THEY == 0


@njit(nogil=True, cache=True)
def resolved(pronoun, before, floor, mentions):
    """Return the last mention before the mention `before` that agrees and begins at token `floor` or later, else OTHER."""
    first, _, _, kind = mentions
    m = before
    while m >= 0 and first[m] >= floor:
        if _agrees(pronoun, kind[m]):
            return m
        m -= 1
    return OTHER


@njit(nogil=True, cache=True)
def _boundary(f, gap, before, verb, own):
    """Return how a clause begins at a word, 0 where none does."""
    if gap & _FRESH or (gap & gaps.COMMA and gap & DOUBLE_QUOTE):
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
    if verb >= 0 and before & REPORTING and not f & (PREPOSITION | ADVERB):
        return START_FRESH
    return 0


START_FRESH, START_JOINED, START_COMMA, START_RELATIVE = 1, 2, 3, 4


@njit(nogil=True, cache=True)
def is_name(f):
    """Whether a word is part of a name, by its capital."""
    return f & CAPITAL != 0 and f & (FUNCTION | ADVERB | FIRST_PERSON | VERB | REPORTING) == 0


@njit(nogil=True, cache=True)
def _is_finite(f, before, gap, after_mention):
    """Whether a word can be the finite verb of its clause, given the word before it."""
    if f & (BE | AUXILIARY):
        return True
    if f & GERUND or before & (DETERMINER | POSSESSIVE_PRONOUN | PREPOSITION | GENITIVE):
        return False
    return f & FINITE != 0 or (after_mention and f & ENDS_IN_S != 0)


@njit(nogil=True, cache=True)
def read_clauses(text, mentions, mention_at, edges, out):
    """Divide the sentence of tokens edges[0] to edges[1] into clauses; edges[2] is where its paragraph begins.

    Fills clause_of (one element a token) and for each clause its subject (a mention, OTHER or NONE) and its verb (-1 where
    it has none); returns the number of clauses.
    """
    type_ids, before_gap, flags, speakers = text
    first, last, _, _ = mentions
    s, e, paragraph = edges
    clause_of, subjects, verbs = out
    c, own, inherited, main, verb = 0, NONE, NONE, NONE, -1
    in_phrase, in_relative = False, False
    previous = np.uint32(0)
    subjects[0], verbs[0] = NONE, -1
    for i in range(s, e):
        f, m = flags[type_ids[i]], mention_at[i]
        gap = before_gap[i] if i > s else np.uint32(0)
        inside = m >= 0 and first[m] < i
        how = 0 if inside or i == s else _boundary(f, gap, previous, verb, own)
        if how == 0 and verb >= 0 and not inside and previous & (PREPOSITION | AUXILIARY) == 0 and i > s:
            following = flags[type_ids[i + 1]] if i + 1 < e else np.uint32(0)
            if m >= 0:
                after = last[m] + 1
                following = (
                    flags[type_ids[after]] if after < e and before_gap[after] & gaps.COMMA == 0 else np.uint32(0)
                )
            if (f & SUBJECT_PRONOUN and (f & (HE | SHE | THEY | FIRST_PERSON) or following & (BE | AUXILIARY | VERB))) or (
                (m >= 0 or is_name(f))
                and following & (BE | AUXILIARY | VERB | REPORTING)
                and not before_gap[i] & gaps.COMMA
            ):
                how = START_FRESH
        if how:
            current = subjects[c]
            if verb < 0 and current == NONE:
                current = own
                subjects[c] = own
            if not in_relative:
                main = current
            if how == START_FRESH:
                inherited = NONE
            elif how == START_RELATIVE:
                if m < 0 and mention_at[i - 1] >= 0:
                    inherited = mention_at[i - 1]
                elif previous & REPORTING or (previous & CAPITAL == 0 and f & IT):
                    inherited = NONE
                else:
                    inherited = OTHER
            elif how == START_COMMA and in_relative:
                inherited = main
            else:
                inherited = current
            in_relative = how == START_RELATIVE
            c += 1
            subjects[c], verbs[c] = inherited, -1
            own, verb, in_phrase = NONE, -1, False
        elif gap & gaps.COMMA:
            in_phrase = False
        clause_of[i - s] = c
        if verb < 0:
            after_mention = i > s and mention_at[i - 1] >= 0 and gap == 0
            if m >= 0:
                if not in_phrase and own < 0:
                    own = m
            elif (
                (i > s and f & FINITE and _is_finite(f, previous, gap, after_mention)) or (after_mention and f & ENDS_IN_S)
            ):
                verb = verbs[c] = i
                if own == NONE and i > s and mention_at[i - 1] >= 0:
                    own = mention_at[i - 1]
                if own != NONE:
                    subjects[c] = own
            elif f & GERUND and own == NONE and inherited != NONE and not in_phrase:
                verb = verbs[c] = i
            elif f & PREPOSITION:
                in_phrase = True
            elif f & SUBJECT_PRONOUN:
                if f & FIRST_PERSON:
                    own = speakers[i] if len(speakers) else OTHER
                elif f & THIRD_PERSON:
                    own = resolved(f, _mention_before(first, i), paragraph, mentions)
                else:
                    own = OTHER
                if f & BE:
                    verb = verbs[c] = i
                    subjects[c] = own
            elif i > s and own < 0 and own != RIVAL and not in_phrase and is_name(f) and not f & TITLE and not previous & GENITIVE:
                own = RIVAL
            elif (
                own == NONE
                and not in_phrase
                and f & (ADVERB | GERUND | COORDINATOR | SUBORDINATOR | RELATIVE | TITLE) == 0
            ):
                own = OTHER
        previous = f
    if verb < 0 and subjects[c] == NONE:
        subjects[c] = own
    return c + 1


@njit(nogil=True, cache=True)
def _mention_before(first, i):
    """Return the last mention that begins before token i, -1 where there is none."""
    return np.searchsorted(first, i) - 1
