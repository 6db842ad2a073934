"""Whom a pronoun stands for: the last mention in agreement, or the speaker; English only."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english import words
from analysis.english.mentions import Mentions
from analysis.english.quotations import flag
from analysis.english.words import (
    ADVERB,
    AND,
    AUXILIARY,
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    FEMALE,
    FIRST_PERSON,
    GENITIVE,
    HE,
    IT,
    MALE,
    OBJECT_PREPOSITION,
    OR,
    PAST,
    POSSESSIVE,
    SHE,
    THEY,
    THING,
    TITLE,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step
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
NOT_A_NAME = FUNCTION | ADVERB | FIRST_PERSON | VERB

# Numbers of one width: a plain -1 would be a type of its own, for which what is given it would be compiled once more.
NONE, OTHER, RIVAL = np.int64(-1), np.int64(-2), np.int64(-3)
UNKNOWN, HE_KIND, SHE_KIND, IT_KIND = range(4)

# How far a pronoun looks: in mentions of the speaker, and in tokens, so that text without paragraphs takes no longer than other text.
_MENTIONS, _TOKENS = 200, 400


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
    """First token and end of a sentence, first token of its paragraph and of the one before, and whether it stands in a headline."""

    first: int
    end: int
    paragraph: int
    earlier: int
    in_headline: bool


@compiled_step
def is_name(f):
    """Whether a word is part of a name, by its capital."""
    return f & CAPITAL != 0 and f & NOT_A_NAME == 0


@compiled_step
def speaker_of(named, i):
    """Return the target whose words token i belongs to, -1 for nobody's."""
    return np.int64(named.speaker[i]) if len(named.speaker) else NONE


@compiled_step
def _lies(text, i, allowed):
    """Whether nothing but white space and an allowed sign lies before token i."""
    return text.gaps[i] | allowed == allowed


@compiled_step
def follows_in_list(text, named, m):
    """Return how mention m goes on a list with the mention before it: 2 behind "and" or "or", 1 behind a comma, else 0."""
    i = named.first[m] - 1
    while m > 0 and i > named.last[m - 1] and flag(text, i) & (DETERMINER | TITLE) and _lies(text, i + 1, gaps.STOP):
        i -= 1
    if m == 0 or i < named.last[m - 1] or not _lies(text, i + 1, gaps.COMMA | gaps.STOP):
        return 0
    if i == named.last[m - 1]:
        return 1 if text.gaps[i + 1] & gaps.COMMA else 0
    is_joined = i - 1 == named.last[m - 1] and flag(text, i) & (AND | OR) and _lies(text, i, gaps.COMMA)
    return 2 if is_joined else 0


@compiled_step
def _agrees(text, named, pronoun, m):
    kind = named.kind[m]
    if pronoun & THEY:
        return kind == IT_KIND or follows_in_list(text, named, m) == 2
    if kind == HE_KIND:
        return pronoun & HE != 0
    if kind == SHE_KIND:
        return pronoun & SHE != 0
    return kind == UNKNOWN or pronoun & IT != 0


@compiled_step
def resolved(text, named, i, sentence):
    """Return the mention that the pronoun at token i stands for, else OTHER.

    First person is the speaker. Any other is the last mention in agreement since the paragraph began, or, in its first sentence,
    since the one before began, unless another name has been the subject of a verb since then. In what somebody is reported to
    say it is the speaker where no mention comes before; inside marks it is never he.
    """
    pronoun, speaker = flag(text, i), speaker_of(named, i)
    if pronoun & FIRST_PERSON:
        return _mention_of(named, speaker, i)
    if not pronoun & THIRD_PERSON:
        return OTHER
    begin = sentence.earlier if sentence.first == sentence.paragraph else sentence.paragraph
    m = _antecedent(text, named, i, max(begin, i - _TOKENS), sentence)
    if m != NONE:
        return m
    told = _mention_of(named, speaker, i)
    if told >= 0 and text.inside[i] < 0 and _agrees(text, named, pronoun, told):
        return told
    return OTHER


@compiled_step
def _mention_of(named, target, i):
    """Return the last mention of a target before token i, else the next one, else OTHER."""
    if target < 0:
        return OTHER
    m = np.searchsorted(named.first, i) - 1
    for k in range(m, max(-1, m - _MENTIONS), -1):
        if named.target[k] == target:
            return np.int64(k)
    for k in range(m + 1, min(len(named.first), m + _MENTIONS)):
        if named.target[k] == target:
            return np.int64(k)
    return OTHER


@compiled_step
def _antecedent(text, named, i, begin, sentence):
    """Return the last mention from `begin` on that the pronoun at i agrees with, OTHER behind another name, NONE for neither.

    The agent of a passive gives way to its subject: "Smith was attacked by Jones for his plan".
    """
    pronoun, agent = flag(text, i), NONE
    m = np.searchsorted(named.first, i) - 1
    at = i - 1
    while m >= 0 and named.first[m] >= begin:
        while at > named.last[m]:
            if _is_rival(text, named, at, pronoun):
                return agent if agent >= 0 else OTHER
            at -= 1
        if _may_mean(text, named, m, i, sentence) and _agrees(text, named, pronoun, m):
            if pronoun & (IT | THEY) and not pronoun & (HE | SHE) and not _is_subject(text, named, m):
                return OTHER
            is_earlier = named.first[m] < sentence.first
            if agent >= 0 and is_earlier:
                return agent
            if agent >= 0 or is_earlier or not _is_agent(text, named, m):
                return np.int64(m)
            agent = np.int64(m)
        at = min(at, named.first[m] - 1)
        m -= 1
    return agent


@compiled_step
def _is_subject(text, named, m):
    """Whether a mention is the subject of the verb behind it, so that "it" and "they" rather mean it than a thing that its sentence names."""
    last = named.last[m]
    following = flag(text, last + 1)
    if not _lies(text, last + 1, gaps.STOP) or not following & (FINITE | ADVERB | ENDS_IN_S):
        return False
    i = named.first[m] - 1
    while i > 0 and flag(text, i) & (DETERMINER | TITLE) and _lies(text, i + 1, gaps.STOP):
        i -= 1
    return i < 0 or not _lies(text, i + 1, gaps.STOP) or not flag(text, i) & (PREPOSITION | GENITIVE)


@compiled_step
def _is_rival(text, named, at, pronoun):
    """Whether the word at a token is another name and the subject of a verb, and may be what the pronoun means."""
    f, following = flag(text, at), flag(text, at + 1)
    if following & ADVERB and at + 2 < len(named.at):
        following = flag(text, at + 2)
    if named.at[at] >= 0 or not is_name(f) or not following & FINITE or following & CAPITAL:
        return False
    before = flag(text, at - 1) if at > 0 and _lies(text, at, gaps.STOP) else 0
    told = (f | (before if before & CAPITAL else 0)) & (MALE | FEMALE)
    return not (told == MALE and pronoun & (SHE | IT)) and not (told == FEMALE and pronoun & (HE | IT))


@compiled_step
def _may_mean(text, named, m, i, sentence):
    """Whether the pronoun at token i, if it stands in somebody's words, may mean mention m: inside marks nobody calls himself "he".

    Words without marks do not take up whom their sentence names between speaker and words, but for whom it names last: whom he told.
    """
    speaker = speaker_of(named, i)
    if speaker < 0:
        return True
    if text.inside[i] >= 0:
        return named.target[m] != speaker or text.inside[named.first[m]] == text.inside[i]
    last = named.last[m]
    if m == 0 or named.target[m - 1] != speaker or named.first[m - 1] < sentence.first:
        return True
    return speaker_of(named, last) == speaker or speaker_of(named, last + 1) == speaker or last + 2 >= i


@compiled_step
def _is_agent(text, named, m):
    """Whether a mention follows a passive and its preposition: "was attacked by Jones"."""
    i = named.first[m] - 1
    while i > 0 and flag(text, i) & (DETERMINER | TITLE):
        i -= 1
    if i < 2 or not flag(text, i) & OBJECT_PREPOSITION or not flag(text, i - 1) & PAST:
        return False
    before = flag(text, i - 2) | (flag(text, i - 3) if i > 2 else 0)
    return before & BE != 0


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
