"""Which words stand under a negation, by which cue, and which are hedged: English, by rules and an editable lexicon."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.core.shipped import shipped
from analysis.english.quotations import text_of
from analysis.english.reaching import FACT, REJECTABLE
from analysis.english.scopes import CATEGORIES, FACTIVE, IDIOM, REJECTED_NOUN
from analysis.english.turning import Cues, Marked, mark
from analysis.english.words import word_flags
from analysis.lexicons import Lexicon, read_lexicon
from analysis.matching.matching import find_matches
from analysis.tokens.tokens import Tokens

NEGATORS = shipped("negators.yml")


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
        category as a place in `CATEGORIES`. Those behind "idiom" in that list are not among them: they turn and have no
        scope.
    """

    scope: npt.NDArray[np.uint8]
    turned: npt.NDArray[np.bool_]
    cue: npt.NDArray[np.int32]
    is_cue: npt.NDArray[np.bool_]
    hedged: npt.NDArray[np.bool_]
    hedge: npt.NDArray[np.int32]
    spans: npt.NDArray[np.int64]


@cache
def own_negators() -> Lexicon:
    """Return the negators of the project."""
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
    negators = negators or own_negators()
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
    roles = np.zeros(n, np.uint8)
    for kind, role in ((FACTIVE, FACT), (REJECTED_NOUN, REJECTABLE)):
        roles[matches.last[kinds == kind]] |= role
    cues = Cues(matches.token, matches.last, kinds, matches.sentence, roles)
    n_cues = mark(text_of(tokens, word_flags(tokens)), tokens.sentence_edges.astype(np.int64), cues, marked)
    return Negation(*marked[:-1], spans=marked.spans[:n_cues])


def _kinds(negators: Lexicon) -> npt.NDArray[np.int64]:
    unknown = [name for name in negators.category_names if name not in CATEGORIES]
    if unknown:
        raise LexiconError(
            f"lexicon '{negators.name}': category '{unknown[0]}' says nothing about scope; allowed are {', '.join(CATEGORIES)}"
        )
    return np.array([CATEGORIES.index(entry.category) for entry in negators.entries], np.int64)
