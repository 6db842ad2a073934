"""Word families: which forms of a corpus are inflections or derivations of a word, and British and American spellings."""

import re
from collections.abc import Collection, Iterable, Iterator

from analysis.tokens.segmentation import folded_word, pattern_words

Family = tuple[str, ...]

# Endings by which English forms one word from another; a family shares what is left without one.
_ENDINGS = (
    "ization isation fulness lessness ations ation ments ment ness ities ity ingly edly ings ing ers er ed es ies ied ily ly "
    "less ful ive ous able ible ions ion ist ists ism al s e y d".split()
)
_SHORTEST_STEM = 3
_SPELLINGS = (
    (re.compile(r"our(s|ed|ing|able|ful|ite|ites)?$"), r"or\1"), (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"), (re.compile(r"(cent|theat|fib|met|lit)re(s?)$"), r"\1er\2"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"), (re.compile(r"(def|off|pret)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"ogue(s?)$"), r"og\1"), (re.compile(r"mme(s?)$"), r"m\1"),
)  # fmt: skip
_AMERICAN_ENDINGS = (
    ("or", "our"), ("ors", "ours"), ("ize", "ise"), ("izes", "ises"), ("ized", "ised"), ("izing", "ising"), ("yze", "yse"),
    ("ense", "ence"),
)  # fmt: skip
_DOUBLED = re.compile(r"([bdfgklmnprt])\1$")


def stem(word: str) -> str:
    """Return what a word shares with its family: the word without its longest ending, a doubled consonant and a final i."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            left = word.removesuffix(ending)
            return _DOUBLED.sub(r"\1", left.removesuffix("i") if len(left) > _SHORTEST_STEM else left)
    return _DOUBLED.sub(r"\1", word)


def families(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the words of each stem, in the order given."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(stem(word), []).append(word)
    return found


def family_of(entry: str) -> Family:
    """Return the stems of the words of an entry, which words and phrases of one family share; ``*`` and ``?`` at a word's end do not count."""
    return tuple(stem(folded_word(word).rstrip("*?")) for word in pattern_words(entry))


def is_judged(term: str, decided: Collection[Family]) -> bool:
    """Return whether the family of a term was decided on, or that of every word of it."""
    family = family_of(term)
    return family in decided or all((word,) in decided for word in family)


def spelling_variants(word: str) -> Iterator[str]:
    """Yield the American spelling of a British one, and the other way round, where a rule knows it."""
    for british, american in _SPELLINGS:
        if british.search(word):
            yield british.sub(american, word)
    for ending, other in _AMERICAN_ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + other
