"""The clauses of a sentence and the subject of each, decided from word lists, capitals and the gap bits; English only."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english import words
from analysis.english.mentions import Mentions
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
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.tokens import Tokens

SUBJECT_PRONOUN = words.SUBJECT | words.PRONOUN
PREPOSITION = words.PREPOSITION | words.COMPARING | words.TO
SUBORDINATOR = words.SUBORDINATOR | words.HALF_SUBORDINATOR | words.QUESTION
RELATIVE = words.RELATIVE | words.THAT
FINITE = BE | AUXILIARY | VERB | PAST
FUNCTION = (
    DETERMINER | POSSESSIVE | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | BE | AUXILIARY | SUBJECT_PRONOUN
)
THIRD_PERSON = HE | SHE | IT | THEY

# Numbers of one width: a plain -1 would be a type of its own, for which what is given it would be compiled once more.
NONE, OTHER, RIVAL = np.int64(-1), np.int64(-2), np.int64(-3)


def clause_flags(tokens: Tokens) -> words.Flags:
    """Return what `word_flags` does, but that a word with a capital is no verb by its ending alone: it may be a name.

    Nor does "as" begin a clause by itself: only a subject and its verb behind it do.
    """
    flags = word_flags(tokens)
    flags = np.where(flags & CAPITAL, flags & ~(PAST | GERUND | ENDS_IN_S), flags)
    return np.where(flags & COMPARING, flags & ~words.SUBORDINATOR, flags)


_NO_VERB = np.int64(-1)
_FRESH = gaps.COLON | gaps.SEMICOLON | gaps.LINE_END
_ASIDE = gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
UNKNOWN, HE_KIND, SHE_KIND, IT_KIND = range(4)
START_FRESH, START_JOINED, START_COMMA, START_RELATIVE = 1, 2, 3, 4
NOT_A_NAME = FUNCTION | ADVERB | FIRST_PERSON | VERB
_LOOK_BACK = 200


class Named(NamedTuple):
    """Where the targets are named, and who speaks: what `analysis.english.mentions.Mentions` holds, as compiled rules read it.

    Attributes
    ----------
    first, last, target, kind : numpy.ndarray
        Of each mention: its tokens, its target, and which pronoun takes that up (HE_KIND, SHE_KIND, IT_KIND, else UNKNOWN).
    at : numpy.ndarray of int32
        Of each token the mention that covers it, or -1.
    speaker : numpy.ndarray of int32
        Of each token the target whose words it belongs to, or -1; empty where nobody asked.
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    target: npt.NDArray[np.int32]
    kind: npt.NDArray[np.int8]
    at: npt.NDArray[np.int32]
    speaker: npt.NDArray[np.int32]


class Sentence(NamedTuple):
    """First token and end of a sentence, first token of its paragraph, and whether it stands in a headline."""

    first: int
    end: int
    paragraph: int
    in_headline: bool


class Clauses(NamedTuple):
    """The clauses of a sentence: of each of its tokens the clause, of each clause its subject and the token of its verb.

    A subject is a mention, or NONE, OTHER, RIVAL; a clause without a verb has -1.
    """

    of: npt.NDArray[np.int32]
    subject: npt.NDArray[np.int64]
    verb: npt.NDArray[np.int64]


@compiled_step
def is_name(f):
    """Whether a word is part of a name, by its capital."""
    return f & CAPITAL != 0 and f & NOT_A_NAME == 0


@compiled_step
def _agrees(pronoun, kind):
    if kind == HE_KIND:
        return pronoun & HE != 0
    if kind == SHE_KIND:
        return pronoun & SHE != 0
    if kind == IT_KIND:
        return pronoun & (IT | THEY) != 0
    return pronoun & THEY == 0


@compiled_step
def resolved(text, named, i, paragraph):
    """Return the mention that the pronoun at token i stands for, else OTHER.

    First person is the speaker; any other is the last mention in agreement since `paragraph`, unless another name has been
    the subject of a verb since then.
    """
    pronoun = flag(text, i)
    if pronoun & FIRST_PERSON:
        return _last_of_speaker(named, i)
    if not pronoun & THIRD_PERSON:
        return OTHER
    m = np.searchsorted(named.first, i) - 1
    at = i - 1
    while m >= 0 and named.first[m] >= paragraph:
        while at > named.last[m]:
            following = flag(text, at + 1)
            if named.at[at] < 0 and is_name(flag(text, at)) and following & FINITE and not following & CAPITAL:
                return OTHER
            at -= 1
        if _agrees(pronoun, named.kind[m]):
            return m
        m -= 1
    return OTHER


@compiled_step
def _last_of_speaker(named, i):
    """Return the last mention before token i of the target that speaks it, else OTHER."""
    if len(named.speaker) and named.speaker[i] >= 0:
        m = np.searchsorted(named.first, i) - 1
        for k in range(m, max(-1, m - _LOOK_BACK), -1):
            if named.target[k] == named.speaker[i]:
                return k
    return OTHER


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
        return START_FRESH
    return 0


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
    if how == START_RELATIVE:
        if m < 0 and before >= 0:
            return before
        return NONE if previous & REPORTING or (not previous & CAPITAL and f & IT) else OTHER
    return main if how == START_COMMA and in_relative else current


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
    """Return the subject of a clause after its word i, which is no verb: a mention, RIVAL for another name, else OTHER."""
    here, m = flag(text, i), named.at[i]
    if m >= 0:
        return m if own < 0 else own
    if here & SUBJECT_PRONOUN:
        return resolved(text, named, i, sentence.paragraph)
    if own < 0 and i > sentence.first and is_name(here) and not here & TITLE and not flag(text, i - 1) & GENITIVE:
        return RIVAL
    if own == NONE and not here & (ADVERB | GERUND | COORDINATOR | SUBORDINATOR | RELATIVE | TITLE):
        return OTHER
    return own


@compiled_step
def _start_of(text, named, i, sentence, has_verb, own):
    """Return how a clause begins at token i, 0 where none does: never at a sentence's first token or inside a mention."""
    m = named.at[i]
    if i == sentence.first or (m >= 0 and named.first[m] < i):
        return 0
    how = _boundary(text, i, flag(text, i - 1), has_verb, own != NONE)
    return START_FRESH if how == 0 and has_verb and _opens_content(text, named, i, sentence.end) else how


@compiled_step
def _subject_of_verb(text, named, i, own, sentence):
    """Return the subject of the clause whose verb is token i: a pronoun with its verb ("he's"), or a mention right before it."""
    if own == NONE and flag(text, i) & SUBJECT_PRONOUN:
        return resolved(text, named, i, sentence.paragraph)
    return named.at[i - 1] if own == NONE and named.at[i - 1] >= 0 else own


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
    clauses.subject[0], clauses.verb[0] = NONE, _NO_VERB
    for i in range(s, sentence.end):
        here, m = flag(text, i), named.at[i]
        previous = flag(text, i - 1) if i > s else 0
        before = named.at[i - 1] if i > s else -1
        how = _start_of(text, named, i, sentence, verb >= 0, own)
        if how:
            if verb < 0 and clauses.subject[c] == NONE:
                clauses.subject[c] = own
            if not in_relative:
                main = clauses.subject[c]
            handed = _handed_down(how, here, previous, m, before, (clauses.subject[c], main, in_relative))
            in_relative = how == START_RELATIVE
            c += 1
            clauses.subject[c], clauses.verb[c] = handed, _NO_VERB
            own, verb, in_phrase = NONE, _NO_VERB, False
        elif i > s and text.gaps[i] & gaps.COMMA:
            in_phrase = False
        clauses.of[i - s] = c
        if verb >= 0:
            continue
        if m < 0 and i > s and _is_verb(here, previous, before >= 0 and text.gaps[i] == 0):
            verb = clauses.verb[c] = np.int64(i)
            own = _subject_of_verb(text, named, i, own, sentence)
            if own != NONE:
                clauses.subject[c] = own
        elif m < 0 and here & GERUND and own == NONE and clauses.subject[c] != NONE and not in_phrase:
            verb = clauses.verb[c] = np.int64(i)
        elif m < 0 and here & PREPOSITION:
            in_phrase = True
        elif not in_phrase or (m < 0 and here & SUBJECT_PRONOUN):
            own = _named_subject(text, named, i, own, sentence)
    if verb < 0 and clauses.subject[c] == NONE:
        clauses.subject[c] = own


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
