"""From a word with wildcards to the types that it matches, once per word and not once per token."""

import re
from bisect import bisect_left
from collections.abc import Iterable

_WILDCARD = re.compile(r"[*?]")

# In these 's is a verb or "us", not a possessive, so they stay whole.
_WHOLE = frozenset("it's he's she's that's this's what's who's there's here's where's how's when's why's let's".split())


def without_possessive(word: str) -> str:
    """Return a word without a possessive 's; "it's" and its kind stay whole."""
    if word.endswith(("'s", "'S")) and len(word) > 2 and word.lower() not in _WHOLE:
        return word[:-2]
    return word


class Vocabulary:
    """The distinct spellings of a corpus's types, with and without a possessive 's, sorted: a wildcard is a range of them.

    Parameters
    ----------
    spellings : iterable of str
        One spelling a type, in the order of the type ids.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._types: dict[str, list[int]] = {}
        for type_id, spelling in enumerate(spellings):
            self._types.setdefault(spelling, []).append(type_id)
            bare = without_possessive(spelling)
            if bare is not spelling:
                self._types.setdefault(bare, []).append(type_id)
        self._sorted = sorted(self._types)
        self._reversed: list[str] | None = None

    def types_of(self, word: str) -> set[int]:
        """Return the ids of the types that a pattern word matches."""
        wildcard = _WILDCARD.search(word)
        if wildcard is None:
            return set(self._types.get(word, ()))
        if word.endswith("*") and wildcard.end() == len(word):
            spellings = self._range(self._sorted, word[:-1])
        else:
            spellings = self._scan(word, wildcard.start())
        return {type_id for spelling in spellings for type_id in self._types[spelling]}

    def _scan(self, word: str, prefix_length: int) -> list[str]:
        matches = re.compile(
            "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in word), re.DOTALL
        )
        suffix = _WILDCARD.split(word)[-1]
        if prefix_length:
            candidates = self._range(self._sorted, word[:prefix_length])
        elif suffix:
            if self._reversed is None:
                self._reversed = sorted(spelling[::-1] for spelling in self._sorted)
            candidates = [spelling[::-1] for spelling in self._range(self._reversed, suffix[::-1])]
        else:
            candidates = self._sorted
        return [spelling for spelling in candidates if matches.fullmatch(spelling)]

    @staticmethod
    def _range(spellings: list[str], prefix: str) -> list[str]:
        return spellings[bisect_left(spellings, prefix) : bisect_left(spellings, prefix + "\U0010ffff")]
