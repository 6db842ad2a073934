"""What a category has of a corpus: the forms that its entries name, and the words and sentences that it hits."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.lexicons import Lexicon
from analysis.matching.matching import find_matches
from analysis.tokens.parts import in_parts
from analysis.tokens.segmentation import folded_word, pattern_words
from analysis.tokens.spans import covered
from analysis.tokens.tokens import Tokens

# Where a token stands, as `analysis.counting.counts.count_terms` takes sides: in a sentence with a hit, in another one, or in a hit itself.
BESIDE, ELSEWHERE, HIT = 0, 1, -1


@dataclass(frozen=True, eq=False)
class Coverage:
    """What a category has of a corpus.

    Attributes
    ----------
    lexicon : Lexicon
        The lexicon.
    category : str
        One of its categories.
    forms : set of str
        The words of its entries of one word, wildcards filled in from the corpus.
    sides : numpy.ndarray of int8, shape (n_tokens,)
        `HIT` for each token of a hit of the category, `BESIDE` for the others of a sentence that has one, else `ELSEWHERE`.
    n_sentences : int
        The sentences that have a hit.
    """

    lexicon: Lexicon
    category: str
    forms: set[str]
    sides: npt.NDArray[np.int8]
    n_sentences: int

    @classmethod
    def of(cls, tokens: Tokens, lexicon: Lexicon, category: str) -> Self:
        """Return what `category` has of `tokens`.

        Raises
        ------
        LexiconError
            When the lexicon has no such category.
        """
        if category not in lexicon.category_names:
            raise LexiconError(f"lexicon {lexicon.name}: {lexicon.no_category(category)}")
        of_category = np.array([entry.category == category for entry in lexicon.entries], np.bool_)
        sides, first, n_sentences = np.empty(len(tokens), np.int8), 0, 0
        for part in in_parts("finding the hits of the category", tokens):
            sides[first : first + len(part)], n_of_part = _sides(part, lexicon, of_category)
            first, n_sentences = first + len(part), n_sentences + n_of_part
        return cls(lexicon, category, _forms(tokens, lexicon, category), sides, n_sentences)

    @property
    def is_hit(self) -> npt.NDArray[np.bool_]:
        """Whether each token stands in a hit of the category."""
        is_hit: npt.NDArray[np.bool_] = self.sides == HIT
        return is_hit


def _sides(tokens: Tokens, lexicon: Lexicon, of_category: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int8], int]:
    """Return where each token of a part of the corpus stands, and how many of its sentences have a hit."""
    matches = find_matches(tokens, lexicon)
    chosen = of_category[matches.entry]
    of_sentence = np.full(len(tokens.sentence_starts), ELSEWHERE, np.int8)
    of_sentence[matches.sentence[chosen]] = BESIDE
    sides = np.repeat(of_sentence, tokens.sentence_lengths)
    sides[covered(len(tokens), matches.token[chosen], matches.last[chosen])] = HIT
    return sides, int((of_sentence == BESIDE).sum())


def _forms(tokens: Tokens, lexicon: Lexicon, category: str) -> set[str]:
    forms: set[str] = set()
    for entry in lexicon.entries:
        words = pattern_words(entry.text) if entry.category == category else []
        if len(words) == 1:
            word = folded_word(words[0])
            forms |= {tokens.forms[type_id] for type_id in tokens.vocabulary.types_of(word)} or {word}
    return forms
