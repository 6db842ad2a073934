"""Which words stand under a negation, by which cue, and which are hedged: English, by rules and an editable lexicon."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.core.shipped import shipped
from analysis.english.quotations import text_of
from analysis.english.scopes import (
    ADPOSITION,
    ADVERBIAL,
    AND,
    AUXILIARY,
    BARE_NO,
    CATEGORIES,
    CONTRAST,
    DETERMINER,
    HOLDS_CUE,
    IDIOM,
    LEAD,
    LINKING,
    LY_ENDING,
    MAYBE_SUBJECT,
    NOR,
    OF,
    OR,
    QUESTION,
    S_ENDING,
    SUBJECT,
    SUBORDINATOR,
    THAT,
    TO,
    WITH,
    Cues,
    Marked,
    mark,
)
from analysis.lexicons import Lexicon, read_lexicon
from analysis.matching.matching import find_matches
from analysis.tokens.tokens import Tokens

NEGATORS = shipped("negators.yml")

_PRONOUNS = {"i": SUBJECT, "he": SUBJECT, "she": SUBJECT, "we": SUBJECT, "they": SUBJECT} | dict.fromkeys(
    "it you there this these those that who one".split(), MAYBE_SUBJECT
)
_AUXILIARIES = (
    "be am is are was were been being have has had having do does did will would shall should can could may might must "
    "need dare ought cannot"
).split()
_WORDS = (
    (AUXILIARY, _AUXILIARIES),
    (QUESTION, "who which whom whose what why how where".split()),
    (SUBORDINATOR, "that if because although though since as while whereas unless whether until till when after before lest".split()),
    (ADVERBIAL, "if because although though since while whereas unless until till when after before lest as where".split()),
    (CONTRAST, "but because although though whereas except".split()),
    (DETERMINER, "a an the this that these those my your his her its our their no any some such every each another one".split()),
    (ADPOSITION, "of in on at by for from with to into about against between through during over under upon toward towards "
                 "among around within without across behind beyond near off out up down than via amid".split()),
    (LINKING, "seem seems seemed appear appears appeared look looks looked feel feels felt remain remains remained become "
              "becomes became prove proves proved sound sounds sounded stay stays stayed get gets got getting".split()),
    (LEAD, "then now well indeed so surely certainly however perhaps also still yet and but or why oh ah".split()),
    (AND, ["and"]), (OR, ["or"]), (NOR, ["nor"]), (BARE_NO, ["no"]), (THAT, ["that"]), (TO, ["to"]), (WITH, ["with"]), (OF, ["of"]),
)  # fmt: skip
_ADJECTIVES_IN_LY = tuple("likely friendly holy ruly timely seemly godly worldly orderly manly".split())


@dataclass(frozen=True, eq=False)
class Negation:
    """Negation and hedges: arrays of one element a token, and the spans that they come from.

    There are two readings of "negated". `scope` is that of annotated corpora (CD-SCO): the whole clause that a cue
    denies, its subject included, affixes counted as cues. `turned` is what the polarity of a hit needs: only what stands
    to the right of the cue (and the verb before an object such as "nothing"), turned back by a second negation.

    Attributes
    ----------
    scope : numpy.ndarray of uint8
        How many scopes a token stands in (255 for more). A cue is not in its own scope, unless it is only a part of its
        word ("don't", "cannot", "unfair").
    turned : numpy.ndarray of bool
        Whether an odd number of cues turn the token.
    cue : numpy.ndarray of int32
        First token of the last cue that turns it, -1 where none does.
    is_cue : numpy.ndarray of bool
        Whether the token is, or is part of, a cue of negation.
    hedged : numpy.ndarray of bool
        Whether the token is hedged.
    hedge : numpy.ndarray of int32
        First token of the last cue that hedges it, -1 where none does.
    spans : numpy.ndarray of int64, shape (n_cues, 5)
        First and last token of each cue of negation, first and last of its scope (-1 where that is empty), and the cue's
        category as a place in `CATEGORIES`. Near negators and negating verbs are not among them: they turn what follows
        and have no scope.
    """

    scope: npt.NDArray[np.uint8]
    turned: npt.NDArray[np.bool_]
    cue: npt.NDArray[np.int32]
    is_cue: npt.NDArray[np.bool_]
    hedged: npt.NDArray[np.bool_]
    hedge: npt.NDArray[np.int32]
    spans: npt.NDArray[np.int64]


@cache
def _default_negators() -> Lexicon:
    return read_lexicon(NEGATORS)


def find_negation(tokens: Tokens, *, negators: Lexicon | None = None) -> Negation:
    """Return what is negated and what is hedged in `tokens`.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus, in English.
    negators : Lexicon, optional
        Cues in the categories that `CATEGORIES` lists; ``data/lexicons/negators.yml`` where none is given.

    Returns
    -------
    Negation
        No scope crosses a sentence, a semicolon, colon, dash or bracket, the edge of a quotation, or "but".

    Raises
    ------
    LexiconError
        When `negators` has a category that is none of those.
    """
    negators = negators or _default_negators()
    matches = find_matches(tokens, negators)
    kinds = _kinds(negators)[matches.entry]
    n = len(tokens)
    nowhere: npt.NDArray[Any] = np.full(n, -1, np.int32 if n < 2**31 else np.int64)
    marked = Marked(
        scope=np.zeros(n, np.uint8),
        turned=np.zeros(n, np.bool_),
        cue=nowhere,
        is_cue=np.zeros(n, np.bool_),
        hedged=np.zeros(n, np.bool_),
        hedge=nowhere.copy(),
        spans=np.empty((np.count_nonzero(kinds <= IDIOM), 5), np.int64),
    )
    cues = Cues(matches.token, matches.last, kinds, matches.sentence)
    n_cues = mark(text_of(tokens, _type_flags(tokens)), tokens.sentence_edges, cues, marked)
    return Negation(*marked[:-1], spans=marked.spans[:n_cues])


def _kinds(negators: Lexicon) -> npt.NDArray[np.int64]:
    unknown = [name for name in negators.category_names if name not in CATEGORIES]
    if unknown:
        raise LexiconError(
            f"lexicon '{negators.name}': category '{unknown[0]}' says nothing about scope; allowed are {', '.join(CATEGORIES)}"
        )
    return np.array([CATEGORIES.index(entry.category) for entry in negators.entries], np.int64)


@cache
def _word_flags() -> dict[str, int]:
    flags = dict(_PRONOUNS)
    for flag, words in _WORDS:
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    for word in (*_PRONOUNS, "what", "where", "how"):
        for verb in ("m", "re", "ve", "d", "ll", "s"):
            flags[f"{word}'{verb}"] = flags[word] | AUXILIARY
    flags["cannot"] |= HOLDS_CUE
    return flags


def _flags_of(form: str) -> int:
    flags = _word_flags().get(form, 0)
    if form.endswith("n't"):
        return flags | AUXILIARY | HOLDS_CUE
    is_adverb = form.endswith("ly") and not form.endswith(_ADJECTIVES_IN_LY)
    return flags | form.endswith("s") * S_ENDING | is_adverb * LY_ENDING


def _type_flags(tokens: Tokens) -> npt.NDArray[np.uint32]:
    """Return what the rules need to know of each type, as a bit set."""
    form_of_type, forms = tokens.form_ids
    return np.fromiter(map(_flags_of, forms), np.uint32, len(forms))[form_of_type]
