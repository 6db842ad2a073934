"""What a category has of a corpus: the forms that its entries name, and the words and sentences that it hits."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from analysis.core.errors import LexiconError
from analysis.lexicons import Lexicon
from analysis.matching.matching import find_matches
from analysis.tokens.segmentation import folded_word, pattern_words
from analysis.tokens.spans import covered
from analysis.tokens.tokens import Tokens

Mask = npt.NDArray[np.bool_]


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
    is_hit : numpy.ndarray of bool, shape (n_tokens,)
        Whether each token stands in a hit of the category.
    has_hit : numpy.ndarray of bool, shape (n_sentences,)
        Whether each sentence has one.
    """

    lexicon: Lexicon
    category: str
    forms: set[str]
    is_hit: Mask
    has_hit: Mask

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
        matches = find_matches(tokens, lexicon)
        chosen = of_category[matches.entry]
        has_hit = np.zeros(len(tokens.sentence_starts), np.bool_)
        has_hit[matches.sentence[chosen]] = True
        is_hit = covered(len(tokens), matches.token[chosen], matches.last[chosen])
        return cls(lexicon, category, _forms(tokens, lexicon, category), is_hit, has_hit)

    def in_sentences(self, tokens: Tokens) -> Mask:
        """Return whether each token stands in a sentence with a hit."""
        return np.repeat(self.has_hit, tokens.sentence_lengths)


def _forms(tokens: Tokens, lexicon: Lexicon, category: str) -> set[str]:
    forms: set[str] = set()
    for entry in lexicon.entries:
        words = pattern_words(entry.text) if entry.category == category else []
        if len(words) == 1:
            word = folded_word(words[0])
            forms |= {tokens.forms[type_id] for type_id in tokens.vocabulary.types_of(word)} or {word}
    return forms
