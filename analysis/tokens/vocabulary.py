"""From a word with wildcards to the types that it matches, once per word and not once per token."""

import re
from bisect import bisect_left
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
    spellings : list of str
        One spelling a type, in the order of the type ids.
    """

    def __init__(self, spellings: list[str]) -> None:
        found = pa.array(spellings, pa.large_string())
        owned = np.flatnonzero(pc.ends_with(found, "'s", ignore_case=True).to_numpy(zero_copy_only=False))
        bare = [(type_id, without_possessive(spellings[type_id])) for type_id in owned.tolist()]
        cut = [(type_id, word) for type_id, word in bare if word is not spellings[type_id]]
        words = pa.concat_arrays([found, pa.array([word for _, word in cut], pa.large_string())])
        types = np.append(np.arange(len(found)), np.array([type_id for type_id, _ in cut], np.int64))
        order = pc.sort_indices(words)
        words = words.take(order)
        begins = np.ones(len(words), np.bool_)
        begins[1:] = pc.not_equal(words[1:], words[:-1]).to_numpy(zero_copy_only=False)
        self._sorted: list[str] = words.filter(pa.array(begins)).to_pylist()
        self._types = types[order.to_numpy()]
        self._firsts = np.append(np.flatnonzero(begins), len(words))

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(spelling[::-1] for spelling in self._sorted)

    def types_of(self, word: str) -> set[int]:
        """Return the ids of the types that a pattern word matches."""
        wildcard = _WILDCARD.search(word)
        if wildcard is None:
            place = bisect_left(self._sorted, word)
            is_there = place < len(self._sorted) and self._sorted[place] == word
            return self._between(place, place + 1) if is_there else set()
        if word.endswith("*") and wildcard.end() == len(word):
            return self._between(*self._range(self._sorted, word[:-1]))
        return set().union(*(self._between(place, place + 1) for place in self._scan(word, wildcard.start())))

    def _between(self, first: int, end: int) -> set[int]:
        """Return the types of some spellings that follow one another in order."""
        return set(self._types[self._firsts[first] : self._firsts[end]].tolist())

    def _scan(self, word: str, prefix_length: int) -> list[int]:
        """Return the places of the spellings that a word with a wildcard before its end matches."""
        matches = re.compile(
            "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in word), re.DOTALL
        )
        suffix = _WILDCARD.split(word)[-1]
        if not prefix_length and suffix:
            first, end = self._range(self._reversed, suffix[::-1])
            candidates = [bisect_left(self._sorted, spelling[::-1]) for spelling in self._reversed[first:end]]
        else:
            candidates = list(range(*self._range(self._sorted, word[:prefix_length])))
        return [place for place in candidates if matches.fullmatch(self._sorted[place])]

    @staticmethod
    def _range(spellings: list[str], prefix: str) -> tuple[int, int]:
        """Return where the spellings with a prefix begin and end."""
        return bisect_left(spellings, prefix), bisect_left(spellings, prefix + "\U0010ffff")
