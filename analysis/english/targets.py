"""Whom a framing word frames: each hit is linked to a mention of a target by clause rules; English only.

The rules, in the order in which they are asked; `RULES` has their names as they stand in results.

itself
    The hit is part of the mention. A word in lower case frames ("the disgraced lawyer"); a name frames nobody.
modifier
    The hit stands before the mention in one noun phrase: "failing X".
object
    So does a verb: "criticised X", "hurt X".
possessive
    The mention owns the phrase of the hit: "X's hostile policy", "his weak plan". Of a phrase that another name owns no target
    is sought.
of
    The mention follows the hit's phrase and a preposition: "hostile policy of X", "contempt for X".
accusation
    A verb of calling or accusing has the mention as its object: "accused X of failure", "called X weak".
copula, passive, subject
    The mention is the subject of the hit's clause, whose verb is "be" or its kin, such a verb with a participle, or another.
    A subject is handed on to clauses that name none, and through "who" and its kin to its antecedent; what somebody
    says begins anew, so a speaker is the subject of his own words only where he names himself.
apposition
    The clause has no verb, and the mention before it is explained by it: "X, a failure, …".
clause
    The mention is the only target near the hit in its clause, whose subject is somebody else.
sentence
    The mention is the only target shortly before the hit in its sentence, and no other name is the clause's subject.
headline
    The mention is the only target of a headline whose fragment with the hit names no subject.

By the last three a hit for which more than one target comes into question is unresolved. What the subject fights, eases or
condemns ("X condemned the attack") says nothing of the subject. Pronouns stand for the last mention in agreement, first person for
the speaker.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from numba import njit

from analysis.english.clauses import (
    FUNCTION,
    NONE,
    OTHER,
    PREPOSITION,
    RELATIVE,
    RIVAL,
    SINGLE_QUOTE,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    clause_flags,
    is_name,
    read_clauses,
    resolved,
    target_kinds,
)
from analysis.english.mentions import Mentions
from analysis.english.words import (
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
    OBJECT_PREPOSITION,
    OPPOSING,
    PAST,
    REPORTING,
    TITLE,
    VERB,
)
from analysis.english.words import POSSESSIVE as POSSESSIVE_PRONOUN
from analysis.matching.matching import Matches
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

RULES = (
    "", "itself", "modifier", "object", "possessive", "of", "accusation", "copula", "passive", "subject", "apposition",
    "clause", "sentence", "headline",
)  # fmt: skip
(
    UNLINKED, ITSELF, MODIFIER, OBJECT, POSSESSIVE, OF, ACCUSATION, COPULA, PASSIVE, SUBJECT, APPOSITION, CLAUSE, SENTENCE, HEADLINE,
) = range(len(RULES))  # fmt: skip

# Reaches in tokens: long enough for what they are named after, short enough for text without stops.
PHRASE, OWNED, AFTER_HIT, CALLED, OPPOSED, NEAR, BEFORE, WHOLE = 4, 5, 3, 14, 4, 8, 16, 60
MAX_CANDIDATES = 8

_BREAK = (
    gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.SENTENCE_END | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
)  # fmt: skip
_ENDS_PHRASE = (
    PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | BE | AUXILIARY | SUBJECT_PRONOUN | GENITIVE | REPORTING
)


@dataclass(frozen=True, eq=False)
class Links:
    """Whom each hit is about: arrays of one element a hit.

    Attributes
    ----------
    mention : numpy.ndarray of int64
        Place of the mention among the mentions, -1 where there is none.
    rule : numpy.ndarray of int8
        Place in `RULES` of the rule that linked it, or that found the candidates; 0 where none applies.
    unresolved : numpy.ndarray of bool
        Whether the rules found more than one target and cannot decide.
    candidates : numpy.ndarray of object
        For an unresolved hit the targets in question, in the order of the text ("A; B"); else "".
    targets : pandas.Categorical
        The target of each hit, missing where there is none.
    """

    mention: npt.NDArray[np.int64]
    rule: npt.NDArray[np.int8]
    unresolved: npt.NDArray[np.bool_]
    candidates: npt.NDArray[Any]
    targets: "pd.Categorical[str]"

    @property
    def rules(self) -> "pd.Categorical[str]":
        """The name of the rule of each hit, for the column ``target_rule``."""
        return pd.Categorical.from_codes(self.rule, categories=pd.Index(RULES))


def link_targets(
    tokens: Tokens,
    hits: Matches | tuple[npt.NDArray[Any], npt.NDArray[Any]],
    mentions: Mentions,
    speakers: npt.NDArray[Any] | None = None,
) -> Links:
    """Return whom each hit is about, by the rules that this module lists.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus, in English.
    hits : Matches or pair of numpy.ndarray
        Matches of a lexicon, or first and last token of each hit, in the order of the text.
    mentions : Mentions
        Where the targets are named.
    speakers : numpy.ndarray of integers, optional
        For each token of the corpus the target (place in ``mentions.names``) whose words it belongs to, -1 where nobody's
        or another's. With it first person is the speaker, and a speaker is not the target of his own words unless he speaks of himself.

    Returns
    -------
    Links
        One element a hit.
    """
    first, last = (hits.token, hits.last) if isinstance(hits, Matches) else hits
    n = len(first)
    links, rules = np.full(n, -1, np.int64), np.zeros(n, np.int8)
    found, n_found = np.full((n, MAX_CANDIDATES), -1, np.int32), np.zeros(n, np.int32)
    if n and len(mentions):
        flags = clause_flags(tokens)
        kinds = target_kinds(tokens, mentions, flags)[mentions.target]
        said_by = np.empty(0, np.int32) if speakers is None else speakers.astype(np.int32)
        _link(
            (tokens.type_ids, tokens.gaps, flags, said_by),
            (
                mentions.first,
                mentions.last,
                mentions.target,
                kinds,
                _mention_at(len(tokens), mentions.first, mentions.last),
            ),
            _sentences(tokens),
            (first.astype(np.int64), last.astype(np.int64)),
            (links, rules, found, n_found),
        )
    targets = np.where(links >= 0, mentions.target[links] if len(mentions) else -1, -1)
    categories = pd.Index(mentions.names, dtype="str")
    return Links(
        links,
        rules,
        n_found > 1,
        _names_of(found, n_found, mentions.names),
        pd.Categorical.from_codes(targets, categories),
    )


def _sentences(tokens: Tokens) -> tuple[npt.NDArray[Any], ...]:
    """Return of each sentence its first token, its end, its paragraph's first token, and whether it is in a headline."""
    edges = tokens.sentence_edges.astype(np.int64)
    starts = edges[:-1]
    fields = tokens.fields_at(starts)
    begins = np.ones(len(starts), np.bool_)
    begins[1:] = (np.diff(fields) != 0) | (np.diff(tokens.sentence_paragraphs) != 0)
    paragraphs = np.maximum.accumulate(np.where(begins, starts, 0))
    return starts, edges[1:], paragraphs, fields % 3 == 0


def _names_of(found: npt.NDArray[Any], n_found: npt.NDArray[Any], names: tuple[str, ...]) -> npt.NDArray[Any]:
    listed = np.full(len(found), "", dtype=object)
    rows = np.flatnonzero(n_found > 1)
    if len(rows):
        distinct, place = np.unique(found[rows], axis=0, return_inverse=True)
        texts = ["; ".join(names[code] for code in codes if code >= 0) for codes in distinct.tolist()]
        listed[rows] = np.array(texts, dtype=object)[place.ravel()]
    return listed


@njit(nogil=True, cache=True)
def _mention_at(n, first, last):
    """Return the mention that covers each token, -1 where none does."""
    covering = np.full(n, -1, np.int32)
    for m in range(len(first)):
        for i in range(first[m], last[m] + 1):
            covering[i] = m
    return covering


@njit(nogil=True, cache=True)
def _following(text, mention_at, begin, end):
    """Return the mention that a noun phrase from token `begin` on names: OTHER for another name, NONE for neither."""
    type_ids, gap, flags, _ = text
    named = False
    for i in range(begin, min(end, begin + PHRASE)):
        if i > begin and gap[i] & _BREAK:
            break
        if mention_at[i] >= 0:
            return mention_at[i]
        f = flags[type_ids[i]]
        if f & _ENDS_PHRASE or (f & DETERMINER and i > begin):
            if is_name(f):
                named = True
            break
        # "Texas lawyer Smith": names before the mention are part of its phrase.
        named |= is_name(f) and not f & TITLE
    return OTHER if named else NONE


@njit(nogil=True, cache=True)
def _owner(text, mentions, hit, edges):
    """Return who owns the noun phrase of the hit, by a genitive or a possessive pronoun to its left."""
    type_ids, gap, flags, _ = text
    mention_at = mentions[4]
    i = hit[0]
    while i > edges[0] and hit[0] - i < OWNED and not gap[i] & _BREAK:
        i -= 1
        f, m = flags[type_ids[i]], mention_at[i]
        if m >= 0:
            owns = f & (GENITIVE | POSSESSIVE_PRONOUN) or gap[i + 1] & SINGLE_QUOTE
            return m if owns else NONE
        if f & POSSESSIVE_PRONOUN:
            owner = resolved(text, mentions, i, edges[2])
            return owner if owner >= 0 else NONE
        if f & GENITIVE:
            return OTHER
        if f & FUNCTION:
            return NONE
    return NONE


@njit(nogil=True, cache=True)
def _of(text, mention_at, last, end):
    """Return the mention after the hit's phrase and a preposition: "failure of X", "hostile policy towards X"."""
    type_ids, gap, flags, _ = text
    for i in range(last + 1, min(end, last + 1 + AFTER_HIT)):
        f = flags[type_ids[i]]
        if gap[i] & _BREAK:
            return NONE
        if f & OBJECT_PREPOSITION:
            return _following(text, mention_at, i + 1, end)
        if f & FUNCTION:
            return NONE
    return NONE


@njit(nogil=True, cache=True)
def _accused(text, mention_at, h, s):
    """Return the object of a verb of accusing or calling to the hit's left."""
    type_ids, gap, flags, _ = text
    i = h - 1
    while i > s and h - i < CALLED and not gap[i] & (_BREAK & ~gaps.COMMA):
        i -= 1
        if flags[type_ids[i]] & CALLING and mention_at[i] < 0:
            m = _following(text, mention_at, i + 1, h)
            if m != NONE:
                return m
    return NONE


@njit(nogil=True, cache=True)
def _beside(text, mentions, hit, edges):
    """Return mention and rule by the words next to the hit; OTHER where somebody who is no target is named there."""
    type_ids, gap, flags, _ = text
    mention_at = mentions[4]
    h, last = hit
    s, e = edges[0], edges[1]
    f = flags[type_ids[last]]
    if mention_at[h] >= 0:
        return (OTHER if is_capital(flags[type_ids[h]]) else mention_at[h]), ITSELF
    previous = flags[type_ids[h - 1]] if h > s else 0
    is_verb = f & (VERB | PAST | GERUND) != 0 and not previous & (DETERMINER | GENITIVE | POSSESSIVE_PRONOUN)
    if last + 1 < e and not gap[last + 1] & _BREAK:
        following = flags[type_ids[last + 1]]
        if not following & (COORDINATOR | PREPOSITION) and (is_verb or not following & DETERMINER):
            m = _following(text, mention_at, last + 1, e)
            if m >= 0:
                return m, OBJECT if is_verb else MODIFIER
    m = _owner(text, mentions, hit, edges)
    if m != NONE:
        return m, POSSESSIVE
    m = _of(text, mention_at, last, e)
    if m >= 0:
        return m, OF
    m = _accused(text, mention_at, h, s)
    return m, ACCUSATION


@njit(nogil=True, cache=True)
def is_capital(f):
    """Whether a word is written with a capital."""
    return f & CAPITAL != 0


@njit(nogil=True, cache=True)
def _by_subject(text, mentions, h, s, clauses):
    """Return mention and rule by the subject of the hit's clause; NONE, OTHER or RIVAL where that is no mention."""
    type_ids, _, flags, _ = text
    clause_of, subjects, verbs = clauses
    m, verb = subjects[clause_of[h - s]], verbs[clause_of[h - s]]
    if m < 0 or mentions[0][m] > h or (_is_his_own(text, mentions, m, h) and not _says_i(text, h, s, clause_of)):
        return min(m, NONE), UNLINKED
    if verb < 0:
        return m, APPOSITION
    if not flags[type_ids[verb]] & (BE | LINKING) or verb >= h:
        return m, SUBJECT
    f = flags[type_ids[h]]
    return m, PASSIVE if f & (PAST | VERB) and not f & GERUND and h - verb < PHRASE else COPULA


@njit(nogil=True, cache=True)
def _says_i(text, h, s, clause_of):
    """Whether first person stands before the hit in its clause."""
    type_ids, _, flags, _ = text
    i = h
    while i > s and clause_of[i - 1 - s] == clause_of[h - s]:
        i -= 1
        if flags[type_ids[i]] & FIRST_PERSON:
            return True
    return False


@njit(nogil=True, cache=True)
def _is_his_own(text, mentions, m, h):
    """Whether a hit stands in words of the very target that a mention outside these words names."""
    speakers = text[3]
    speaker = speakers[h] if len(speakers) else -1
    return speaker >= 0 and mentions[2][m] == speaker and speakers[mentions[0][m]] != speaker


@njit(nogil=True, cache=True)
def _is_opposed(text, h, s):
    """Whether the hit is what somebody fights, eases or condemns."""
    type_ids, gap, flags, _ = text
    i = h
    while i > s and h - i < OPPOSED and not gap[i] & (_BREAK & ~gaps.COMMA):
        i -= 1
        if flags[type_ids[i]] & OPPOSING:
            return True
    return False


@njit(nogil=True, cache=True)
def _reaches(rule, mentions, m, h, same_clause):
    first, last = mentions[0][m], mentions[1][m]
    if rule == CLAUSE:
        return same_clause and first - h <= NEAR and h - last <= NEAR
    if rule == SENTENCE:
        return last < h and h - last <= BEFORE
    return first - h <= WHOLE and h - last <= WHOLE


@njit(nogil=True, cache=True)
def _nearby(text, mentions, hit, edges, clause_of, rule, found):
    """Return the nearest mention that a rule reaches and the number of distinct targets, which `found` lists."""
    s, h = edges[0], hit[0]
    nearest, n = NONE, 0
    for m in range(
        np.searchsorted(mentions[0], max(s, h - WHOLE)), np.searchsorted(mentions[0], min(edges[1], h + WHOLE))
    ):
        same_clause = clause_of[mentions[0][m] - s] == clause_of[h - s]
        if not _reaches(rule, mentions, m, h, same_clause) or _is_his_own(text, mentions, m, h):
            continue
        if nearest < 0 or abs(mentions[0][m] - h) < abs(mentions[0][nearest] - h):
            nearest = m
        known = False
        for k in range(n):
            known |= found[k] == mentions[2][m]
        if not known and n < MAX_CANDIDATES:
            found[n] = mentions[2][m]
            n += 1
    return nearest, n


@njit(nogil=True, cache=True)
def _link_one(text, mentions, hit, edges, clauses, found):
    """Return mention, rule and number of candidates of one hit."""
    h, s = hit[0], edges[0]
    m, rule = _beside(text, mentions, hit, edges)
    if m >= 0:
        return m, rule, 1
    if m == OTHER:
        return NONE, UNLINKED, 0
    if _is_opposed(text, h, s):
        return NONE, UNLINKED, 0
    m, rule = _by_subject(text, mentions, h, s, clauses)
    if m >= 0:
        return m, rule, 1
    subject = m
    for rule in (CLAUSE, SENTENCE):
        if edges[3]:
            rule = HEADLINE
        if rule != CLAUSE and subject == RIVAL:
            break
        m, n = _nearby(text, mentions, hit, edges, clauses[0], rule, found)
        if m >= 0:
            return (m if n == 1 else NONE), rule, n
    return NONE, UNLINKED, 0


@njit(nogil=True, cache=True)
def _link(text, mentions, sentences, hits, out):
    starts, ends, paragraphs, in_headline = sentences
    links, rules, found, n_found = out
    longest = 0
    for k in range(len(starts)):
        longest = max(longest, ends[k] - starts[k])
    clauses = (np.empty(longest, np.int32), np.empty(longest, np.int64), np.empty(longest, np.int64))
    read = -1
    for k in range(len(hits[0])):
        hit = (hits[0][k], hits[1][k])
        at = np.searchsorted(starts, hit[0], side="right") - 1
        edges = (starts[at], ends[at], paragraphs[at], np.int64(in_headline[at]))
        if at != read:
            read_clauses(text, mentions, edges, clauses)
            read = at
        links[k], rules[k], n_found[k] = _link_one(text, mentions, hit, edges, clauses, found[k])
