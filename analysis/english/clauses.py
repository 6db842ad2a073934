"""The clauses of a sentence and the subject of each, decided from word lists, capitals and the gap bits; English only."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english import words
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
    THIRD_PERSON,
    is_name,
    resolved,
)
from analysis.english.quotations import EDGE, flag
from analysis.english.words import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    COMPARING,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    FIRST_PERSON,
    GENITIVE,
    GERUND,
    HE,
    IT,
    PAST,
    POSSESSIVE,
    REPORTING,
    ROLE,
    SHE,
    THEY,
    TITLE,
    VERB,
    word_flags,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.tokens import Tokens

_NO_VERB = np.int64(-1)
_FRESH = gaps.COLON | gaps.SEMICOLON | gaps.LINE_END
_ASIDE = gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
# No rule for clauses asks what an apostrophe can cut short, so the bit says here that a word with a capital ends in s and may be a plural.
NAME_IN_S = words.CUT_SHORT
START_FRESH, START_JOINED, START_COMMA, START_RELATIVE, START_RETURN, START_OTHER, START_CONTROLLED = range(1, 8)
# Words in -ing that are too short for the rule of that ending.
_SHORT_GERUNDS = frozenset(("being", "doing", "going", "using", "dying", "lying"))


def clause_flags(tokens: Tokens) -> words.Flags:
    """Return what `word_flags` does, but that a word with a capital is no verb by its ending alone: it may be a name.

    Nor does "as" begin a clause by itself: only a subject and its verb behind it do.
    """
    flags = word_flags(tokens)
    is_short = np.fromiter(map(_SHORT_GERUNDS.__contains__, tokens.folded), np.bool_, len(flags))
    flags = np.where(is_short, flags | GERUND, flags)
    flags = np.where((flags & CAPITAL != 0) & (flags & ENDS_IN_S != 0), flags | NAME_IN_S, flags & ~NAME_IN_S)
    flags = np.where(flags & CAPITAL, flags & ~(PAST | GERUND | ENDS_IN_S), flags)
    return np.where(flags & COMPARING, flags & ~words.SUBORDINATOR, flags)


class Clauses(NamedTuple):
    """The clauses of a sentence: of each of its tokens the clause, of each clause subject, token of its verb, and pronoun.

    A subject is a mention, or NONE, OTHER, RIVAL; a clause without a verb has -1. The pronoun that stands for the subject, or owns
    it, is given by its flags; 0 where none does.
    """

    of: npt.NDArray[np.int32]
    subject: npt.NDArray[np.int64]
    verb: npt.NDArray[np.int64]
    pronoun: npt.NDArray[np.int64]


@compiled_step
def _boundary(text, i, previous, has_verb, has_subject):
    """Return how a clause begins at token i, 0 where none does."""
    here, gap = flag(text, i), text.gaps[i]
    if gap & _FRESH or (gap & (gaps.COMMA | _ASIDE) and text.edges[i] & EDGE):
        return START_FRESH
    if gap & _ASIDE:
        return START_JOINED
    if here & RELATIVE:
        return START_RELATIVE
    if here & SUBORDINATOR:
        return START_JOINED
    if gap & gaps.COMMA and (has_verb or has_subject):
        return START_COMMA
    if here & COORDINATOR and has_verb:
        return START_JOINED
    if has_verb and previous & REPORTING and not here & (PREPOSITION | ADVERB):
        return START_CONTROLLED if here & GERUND else START_FRESH
    return 0


@compiled_step
def _returns(text, named, i, verb, in_relative):
    """Return how the main clause goes on with the verb at token i, behind a relative clause whose verb is known; 0 where it does not.

    "The man who beat Smith was weak", "the man Smith beat was weak": a second finite verb without a conjunction.
    """
    here, previous, first = flag(text, i), flag(text, i - 1), flag(text, verb)
    if named.at[i] >= 0 or first & REPORTING or text.gaps[i] or here & (GERUND | SUBJECT_PRONOUN | CAPITAL):
        return 0
    if i == verb + 1:
        is_past = first & PAST and not first & (BE | AUXILIARY)
        return START_OTHER if is_past and here & (BE | AUXILIARY) else 0
    if not in_relative or previous & (BE | AUXILIARY | FUNCTION | ADVERB):
        return 0
    is_finite = here & (BE | AUXILIARY) or (named.at[i - 1] >= 0 and here & (FINITE | ENDS_IN_S))
    return START_RETURN if is_finite else 0


@compiled_step
def _opens_content(text, named, i, end):
    """Whether a subject with its verb begins at token i without a conjunction ("he thinks Trump is …")."""
    here, m, previous = flag(text, i), named.at[i], flag(text, i - 1)
    if previous & (PREPOSITION | AUXILIARY) and not previous & COMPARING:
        return False
    after = named.last[m] + 1 if m >= 0 else i + 1
    following = 0
    if after < end and not (m >= 0 and text.gaps[after] & gaps.COMMA):
        following = flag(text, after)
    if here & SUBJECT_PRONOUN:
        return here & (HE | SHE | THEY | FIRST_PERSON) != 0 or following & (BE | AUXILIARY | VERB) != 0
    if m < 0 and not is_name(here):
        return False
    return following & (BE | AUXILIARY | VERB) != 0 and not text.gaps[i] & gaps.COMMA


@compiled_step
def _handed_down(how, f, previous, m, before, state):
    """Return the subject that a clause has until it names one: state is that of the clause before and of the main clause."""
    current, main, in_relative = state
    if how == START_FRESH:
        return NONE
    if how == START_OTHER:
        return OTHER
    if how == START_RELATIVE:
        if m < 0 and before >= 0:
            return before
        return NONE if previous & REPORTING or (not previous & CAPITAL and f & IT) else OTHER
    return main if how == START_RETURN or (how == START_COMMA and in_relative) else current


@compiled_step
def _is_verb(f, previous, after_mention):
    """Whether a word can be the verb of its clause, given the word before it."""
    if f & (BE | AUXILIARY):
        return True
    if after_mention and f & ENDS_IN_S:
        return True
    if f & GERUND or previous & (DETERMINER | POSSESSIVE | PREPOSITION | GENITIVE):
        return False
    return f & FINITE != 0


@compiled_step
def _named_subject(text, named, i, own, sentence):
    """Return the subject of a clause after its word i, which is no verb: a mention, RIVAL for another name, else OTHER.

    Who owns the subject counts as it ("her position"), but not where that is somebody else ("her aide").
    """
    here, m = flag(text, i), named.at[i]
    if m >= 0:
        return np.int64(m) if own < 0 else own
    if here & SUBJECT_PRONOUN or (own == NONE and here & POSSESSIVE and here & (THIRD_PERSON | FIRST_PERSON)):
        return resolved(text, named, i, sentence)
    if own >= 0 and here & ROLE and not here & CAPITAL and not text.gaps[i]:
        owner = flag(text, i - 1) | (flag(text, i - 2) if i - 1 > sentence.first and not text.gaps[i - 1] else 0)
        return OTHER if owner & (GENITIVE | POSSESSIVE) else own
    if own < 0 and i > sentence.first and is_name(here) and not here & TITLE and not flag(text, i - 1) & GENITIVE:
        return RIVAL
    if own == NONE and not here & (ADVERB | GERUND | COORDINATOR | SUBORDINATOR | RELATIVE | TITLE):
        return OTHER
    return own


@compiled_step
def _start_of(text, named, i, sentence, verb, state):
    """Return how a clause begins at token i, 0 where none does: never at a sentence's first token or inside a mention."""
    own, in_relative = state
    m = named.at[i]
    if i == sentence.first or (m >= 0 and named.first[m] < i):
        return 0
    how = _boundary(text, i, flag(text, i - 1), verb >= 0, own != NONE)
    if how or verb < 0:
        return how
    how = _returns(text, named, i, verb, in_relative)
    if how or (in_relative and not flag(text, verb) & REPORTING):
        return how
    return START_FRESH if _opens_content(text, named, i, sentence.end) else 0


@compiled_step
def _subject_of_verb(text, named, i, own, sentence):
    """Return the subject of the clause whose verb is token i: a pronoun with its verb ("he's"), or a mention right before it."""
    if own == NONE and flag(text, i) & SUBJECT_PRONOUN:
        return resolved(text, named, i, sentence)
    is_beside = own == NONE and named.at[i - 1] >= 0 and not text.gaps[i] & gaps.COMMA
    return np.int64(named.at[i - 1]) if is_beside else own


@compiled
def read_clauses(text, named, sentence, clauses):
    """Divide a sentence into clauses, and fill the arrays of `clauses`.

    A clause that names no subject has that of the clause before ("he came and saw"), of its antecedent ("Smith, who …") or,
    after an inserted one, of the main clause.
    """
    s = sentence.first
    c, own, main, verb = 0, NONE, NONE, _NO_VERB
    in_phrase = False
    in_relative: Any = np.bool_(False)
    clauses.subject[0], clauses.verb[0], clauses.pronoun[0] = NONE, _NO_VERB, 0
    for i in range(s, sentence.end):
        here, m = flag(text, i), named.at[i]
        previous = flag(text, i - 1) if i > s else 0
        before = named.at[i - 1] if i > s else -1
        how = _start_of(text, named, i, sentence, verb, (own, in_relative))
        if how:
            if verb < 0 and (clauses.subject[c] == NONE or own >= 0 > clauses.subject[c]):
                clauses.subject[c] = own
            if not in_relative:
                main = clauses.subject[c]
            handed = _handed_down(how, here, previous, m, before, (clauses.subject[c], main, in_relative))
            in_relative = how == START_RELATIVE
            c += 1
            clauses.subject[c], clauses.verb[c] = handed, _NO_VERB
            clauses.pronoun[c] = clauses.pronoun[c - 1] if handed == clauses.subject[c - 1] else 0
            own, verb, in_phrase = NONE, _NO_VERB, False
        elif i > s and text.gaps[i] & gaps.COMMA:
            in_phrase = False
        clauses.of[i - s] = c
        if verb >= 0:
            continue
        found = own
        if m < 0 and i > s and (how >= START_RETURN or _is_verb(here, previous, before >= 0 and text.gaps[i] == 0)):
            verb = clauses.verb[c] = np.int64(i)
            found = own if how >= START_RETURN else _subject_of_verb(text, named, i, own, sentence)
            if found != NONE:
                clauses.subject[c] = found
        elif m < 0 and here & GERUND and own == NONE and clauses.subject[c] != NONE and not in_phrase:
            verb = clauses.verb[c] = np.int64(i)
        elif m < 0 and here & PREPOSITION:
            in_phrase = True
        elif not in_phrase or (m < 0 and here & SUBJECT_PRONOUN):
            found = _named_subject(text, named, i, own, sentence)
        if found != own:
            clauses.pronoun[c] = here if m < 0 and found >= 0 else 0
            own = found
    if verb < 0 and (clauses.subject[c] == NONE or own >= 0 > clauses.subject[c]):
        clauses.subject[c] = own
