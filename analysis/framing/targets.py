"""Whom a framing word frames: each hit is linked to a mention of a target by clause rules; English only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.framing.clauses import (
    ADVERB, AUXILIARY, BE, CALLING, CAPITAL, COORDINATOR, DETERMINER, FUNCTION, GENITIVE, GERUND, JUDGING, LINKING, NONE,
    OBJECT_PREPOSITION, OTHER, RIVAL, PAST, POSSESSIVE_PRONOUN, PREPOSITION, REPORTING, SUBJECT_PRONOUN, THIRD_PERSON, TITLE, VERB, clause_flags, is_name, read_clauses, resolved,
)  # fmt: skip
from analysis.framing.matching import Matches
from analysis.framing.mentions import Mentions
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

RULES = (
    "", "itself", "modifier", "possessive", "object", "of", "accusation", "copula", "passive", "subject", "apposition",
    "clause", "sentence", "headline", "clause-other", "sentence-other", "o-modifier","o-poss","o-object","o-of","o-accus","clause-rival","sent-rival"
)  # fmt: skip
(
    UNLINKED, ITSELF, MODIFIER, POSSESSIVE, OBJECT, OF, ACCUSATION, COPULA, PASSIVE, SUBJECT, APPOSITION,
    CLAUSE, SENTENCE, HEADLINE, CLAUSE_OTHER, SENTENCE_OTHER,
) = range(16)  # fmt: skip

REACH = 40  # mentions further than this many tokens from a hit are not looked at
MAX_CANDIDATES = 8


@dataclass(frozen=True, eq=False)
class Links:
    mention: npt.NDArray[np.int32]
    unresolved: npt.NDArray[np.bool_]
    rule: npt.NDArray[np.int8]
    candidates: npt.NDArray[Any]


_BREAK = gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.SENTENCE_END | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE


@njit(nogil=True, cache=True)
def _mention_in_phrase(text, mention_at, begin, end, reach):
    """Return the mention met from token `begin` on within one noun phrase, else NONE."""
    type_ids, gap, flags, _ = text
    for i in range(begin, min(end, begin + reach)):
        if i > begin and gap[i] & _BREAK:
            return NONE
        if mention_at[i] >= 0:
            return mention_at[i]
        f = flags[type_ids[i]]
        if is_name(f) and not f & TITLE:
            j = i
            while j + 1 < end and is_name(flags[type_ids[j + 1]]) and mention_at[j + 1] < 0 and not gap[j + 1] & _BREAK:
                j += 1
            if j + 1 < end and mention_at[j + 1] >= 0 and not gap[j + 1] & _BREAK and not flags[type_ids[j]] & GENITIVE:
                return mention_at[j + 1]
            return OTHER
        if f & (PREPOSITION | COORDINATOR | BE | AUXILIARY | SUBJECT_PRONOUN | GENITIVE | REPORTING) or (f & DETERMINER and i > begin):
            return NONE
    return NONE


@njit(nogil=True, cache=True)
def _before(text, mentions, mention_at, hit, edges):
    """Owner of the phrase that the hit stands in: a genitive or a possessive pronoun to its left."""
    type_ids, gap, flags, _ = text
    first, last, _, _ = mentions
    i = hit[0]
    while i > edges[0] and hit[0] - i < 5:
        if gap[i] & _BREAK:
            return NONE
        i -= 1
        f, m = flags[type_ids[i]], mention_at[i]
        if m >= 0:
            genitive = f & GENITIVE or gap[i + 1] & (7 << gaps.SINGLE_RIGHT | 7 << gaps.STRAIGHT_SINGLE) or f & POSSESSIVE_PRONOUN
            return m if genitive else NONE
        if f & POSSESSIVE_PRONOUN and f & THIRD_PERSON:
            return resolved(f, np.searchsorted(first, i) - 1, edges[2], mentions)
        if f & GENITIVE:
            return OTHER
        if f & FUNCTION:
            return NONE
    return NONE


@njit(nogil=True, cache=True)
def _accused(text, mention_at, hit, edges):
    """Object of a verb of calling to the hit's left: accused X of …, called X …"""
    type_ids, gap, flags, _ = text
    i = hit[0] - 1
    while i > edges[0] and hit[0] - i < 14:
        i -= 1
        if flags[type_ids[i]] & CALLING and mention_at[i] < 0:
            m = _mention_in_phrase(text, mention_at, i + 1, hit[0], 4)
            if m != NONE:
                return m
        if gap[i + 1] & (_BREAK & ~gaps.COMMA):
            return NONE
    return NONE


@njit(nogil=True, cache=True)
def _certain(text, mentions, mention_at, hit, edges):
    """Return mention and rule of the rules that look at the words next to the hit."""
    type_ids, gap, flags, _ = text
    h, l = hit
    end = edges[1]
    if mention_at[h] >= 0:
        return mention_at[h], ITSELF
    f = flags[type_ids[l]]
    before = flags[type_ids[h - 1]] if h > edges[0] else np.uint32(0)
    verbal = f & (VERB | PAST | GERUND) != 0 and before & (DETERMINER | GENITIVE | POSSESSIVE_PRONOUN) == 0
    following = flags[type_ids[l + 1]] if l + 1 < end else np.uint32(0)
    if l + 1 < end and not gap[l + 1] & _BREAK and not following & (COORDINATOR | PREPOSITION):
        m = _mention_in_phrase(text, mention_at, l + 1, end, 4)
        if m != NONE and (verbal or not following & DETERMINER):
            return m, OBJECT if verbal else MODIFIER
    owner = _before(text, mentions, mention_at, hit, edges)
    if owner != NONE:
        return owner, POSSESSIVE
    i = l + 1
    while i < end and i < l + 4 and not gap[i] & _BREAK:
        f = flags[type_ids[i]]
        if f & OBJECT_PREPOSITION:
            m = _mention_in_phrase(text, mention_at, i + 1, end, 4)
            if m != NONE:
                return m, OF
            break
        if f & FUNCTION:
            break
        i += 1
    m = _accused(text, mention_at, hit, edges)
    if m != NONE:
        return m, ACCUSATION
    return NONE, UNLINKED


@njit(nogil=True, cache=True)
def _by_clause(text, mentions, hit, edges, clauses):
    """Return mention and rule of the rules that look at the subject of the clause."""
    type_ids, gap, flags, _ = text
    clause_of, subjects, verbs = clauses
    h, l = hit
    c = clause_of[h - edges[0]]
    m, verb = subjects[c], verbs[c]
    if m < 0:
        return m, UNLINKED
    if verb < 0:
        return m, APPOSITION
    if mentions[0][m] > h:
        return NONE, UNLINKED
    v = flags[type_ids[verb]]
    if v & (BE | LINKING) and verb < h:
        if flags[type_ids[h]] & (PAST | VERB) and h - verb < 4:
            return m, PASSIVE
        return m, COPULA
    return m, SUBJECT


@njit(nogil=True, cache=True)
def _link(text, mentions, mention_at, spans, hits, out):
    type_ids, gap, flags, speakers = text
    first, last, target, kind = mentions
    starts, ends, paragraphs, longest = spans
    hit_first, hit_last = hits
    links, rules, candidates, n_candidates = out
    clause_of, subjects, verbs = np.empty(longest, np.int32), np.empty(longest, np.int64), np.empty(longest, np.int64)
    clauses = (clause_of, subjects, verbs)
    sentence, read = -1, -1
    for k in range(len(hit_first)):
        h, l = hit_first[k], hit_last[k]
        while sentence + 1 < len(starts) and starts[sentence + 1] <= h:
            sentence += 1
        s, e = starts[sentence], ends[sentence]
        paragraph = starts[paragraphs[sentence]]
        if read != sentence:
            read_clauses(text, mentions, mention_at, (s, e, paragraph), clauses)
            read = sentence
        edges = (s, e, paragraph)
        m, rule = _certain(text, mentions, mention_at, (h, l), edges)
        state = 0
        orule = rule + 14 if m == OTHER else 0
        if m < 0:
            m, rule = _by_clause(text, mentions, (h, l), edges, clauses)
            state = m
            if m >= 0 and orule:
                rule = orule
        if m < 0:
            begin = np.searchsorted(first, s)
            for same in range(1, -1, -1):
                m, rule, n = -1, 0, 0
                j = begin
                while j < len(first) and first[j] < e:
                    if (clause_of[first[j] - s] == clause_of[h - s]) == (same == 1):
                        known = False
                        for q in range(n):
                            known |= candidates[k, q] == target[j]
                        if not known and n < MAX_CANDIDATES:
                            candidates[k, n] = target[j]
                            n += 1
                        if m < 0 or abs(first[j] - h) < abs(first[m] - h):
                            m = j
                    j += 1
                if n:
                    rule = CLAUSE if same else SENTENCE
                    if state == OTHER:
                        rule = CLAUSE_OTHER if same else SENTENCE_OTHER
                    if state == RIVAL:
                        rule = 21 if same else 22
                    n_candidates[k] = n
                    break
        links[k], rules[k] = m, rule
        if n_candidates[k] > 1:
            links[k] = -1


@njit(nogil=True, cache=True)
def _mentions_by_token(n, first, last):
    mention_at = np.full(n, -1, np.int32)
    for m in range(len(first)):
        for i in range(first[m], last[m] + 1):
            mention_at[i] = m
    return mention_at


def link_targets(tokens: Tokens, matches: Any, mentions: Mentions, speakers: Any = None) -> Links:
    flags = clause_flags(tokens)
    n = len(matches.token)
    edges = tokens.sentence_edges.astype(np.int64)
    paragraph_begins = np.ones(len(edges) - 1, bool)
    paragraph_begins[1:] = np.diff(tokens.sentence_paragraphs) != 0
    paragraph_begins[tokens.first_sentences[tokens.first_sentences < len(edges) - 1]] = True
    paragraphs = np.maximum.accumulate(np.where(paragraph_begins, np.arange(len(edges) - 1), 0))
    kind = np.zeros(len(mentions), np.int8)
    out = (np.full(n, -1, np.int64), np.zeros(n, np.int8), np.full((n, MAX_CANDIDATES), -1, np.int32), np.zeros(n, np.int32))
    mention_at = _mentions_by_token(len(tokens), mentions.first, mentions.last)
    longest = int(np.diff(edges).max()) if len(edges) > 1 else 0
    _link(
        (tokens.type_ids, tokens.gaps, flags, np.empty(0, np.int64) if speakers is None else speakers),
        (mentions.first, mentions.last, mentions.target, kind),
        mention_at,
        (edges[:-1], edges[1:], paragraphs, longest),
        (matches.token, matches.last),
        out,
    )
    return Links(out[0], out[3] > 1, out[1], out[2])
