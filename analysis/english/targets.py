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
    is sought, nor where the owner has somebody who is what the hit says: "X's weak adviser".
of
    The mention follows the hit's phrase and a preposition: "hostile policy of X", "contempt for X".
accusation
    A verb of calling or accusing has the mention as its object: "accused X of failure", "called X weak", "calls me weak".
copula, passive, subject
    The mention is the subject of the hit's clause, whose verb is "be" or its kin, such a verb with a participle, or another.
    Of "X was accused of weakness by Y" it is X. A subject is handed on to clauses that name none, and through "who" and its kin
    to its antecedent, and a relative clause gives it back: "the man who met X was weak" says nothing of X. What somebody
    says begins anew, so a speaker is the subject of his own words only where he speaks of himself: "I …", "X said he …", "denied
    being …". Who is urged is the subject of what he is urged to be.
apposition
    The clause has no verb, and the mention before it is explained by it ("X, a failure, …"), or it is a phrase before its subject:
    "Far from weak, X …", "Seen as weak, X …".
clause
    The mention is the only target near and before the hit in its clause, whose subject is somebody else.
sentence
    The mention is the only target shortly before the hit in its sentence, the hit's clause has no subject, and no other name is one.
    Otherwise the hit is unresolved, and the mention its candidate.
headline
    The mention is the only target of a headline whose fragment with the hit names no subject.

A mention is a candidate and no target, and the hit unresolved, where what is said belongs to another noun: "the Smith deal failed", "Smith's
economy is weak", "critics of Smith", "a deal with Smith", "his weak allies"; not where that noun is a "part" of words.txt, an office, quality or
act that is somebody's own: "Smith's plan is weak", "the Smith campaign failed". A hit that is itself part of a name has no target.

By the last three a hit for which more than one target comes into question is unresolved. So it is, by any rule, where "and" joins
targets ("X and Y were weak"): the candidates are those that share it. What the subject fights, eases or condemns ("X condemned the
attack") says nothing of the subject. Pronouns stand for the last mention in agreement, in the first sentence of a paragraph also
for one of the paragraph before, "it" and "they" only for a subject; first person stands for the speaker.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.antecedents import Named, target_kinds
from analysis.english.clauses import Clauses, clause_flags
from analysis.english.linking import Hit, Linked, Sentences, link
from analysis.english.lists import MAX_CANDIDATES
from analysis.english.mentions import Mentions
from analysis.english.quotations import text_of
from analysis.english.rules import RULES
from analysis.matching.matching import Matches
from analysis.tokens.fields import HEADLINE, column_of
from analysis.tokens.spans import spans_at
from analysis.tokens.tokens import Tokens


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
        Whether the rules found targets that may be meant and cannot decide.
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
    linked = Linked(
        np.full(n, -1, np.int64),
        np.zeros(n, np.int8),
        np.full((n, MAX_CANDIDATES), -1, np.int32),
        np.zeros(n, np.int32),
    )
    if n and len(mentions):
        flags = clause_flags(tokens)
        said_by = np.empty(0, np.int32) if speakers is None else speakers.astype(np.int32)
        covering = spans_at(len(tokens), mentions.first, mentions.last)
        kinds = target_kinds(tokens, mentions, flags)[mentions.target]
        named = Named(mentions.first, mentions.last, mentions.target, kinds, covering, said_by)
        longest = int(tokens.sentence_lengths.max())
        link(
            text_of(tokens, flags),
            named,
            _sentences(tokens),
            Hit(first.astype(np.int64), last.astype(np.int64)),
            Clauses(np.empty(longest, np.int32), *(np.empty(longest, np.int64) for _ in range(3))),
            linked,
        )
    targets = np.where(linked.mention >= 0, mentions.target[linked.mention] if len(mentions) else -1, -1)
    unresolved = (linked.mention < 0) & (linked.n_found > 0)
    return Links(
        linked.mention,
        linked.rule,
        unresolved,
        _names_of(linked.found, unresolved, mentions.names),
        pd.Categorical.from_codes(targets, pd.Index(mentions.names, dtype="str")),
    )


def _sentences(tokens: Tokens) -> Sentences:
    edges = tokens.sentence_edges.astype(np.int64)
    starts = edges[:-1]
    fields = tokens.fields_at(starts)
    begins = np.ones(len(starts), np.bool_)
    begins[1:] = (np.diff(fields) != 0) | (np.diff(tokens.sentence_paragraphs) != 0)
    paragraphs = np.maximum.accumulate(np.where(begins, starts, 0))
    before = np.maximum(paragraphs[np.searchsorted(starts, paragraphs) - 1], 0) if len(starts) else paragraphs
    in_field = tokens.fields_at(np.maximum(before, 0)) == fields
    earlier = np.where(in_field & (before < paragraphs), before, paragraphs)
    return Sentences(starts, edges[1:], paragraphs, earlier, column_of(fields) == HEADLINE)


def _names_of(found: npt.NDArray[Any], unresolved: npt.NDArray[Any], names: tuple[str, ...]) -> npt.NDArray[Any]:
    listed = np.full(len(found), "", dtype=object)
    rows = np.flatnonzero(unresolved)
    if len(rows):
        distinct, place = np.unique(found[rows], axis=0, return_inverse=True)
        texts = ["; ".join(names[code] for code in codes if code >= 0) for codes in distinct.tolist()]
        listed[rows] = np.array(texts, dtype=object)[place.ravel()]
    return listed
