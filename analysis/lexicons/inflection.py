"""Forms of English words: the inflections of a verb, and word families (which words are inflections or derivations of one)."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from analysis.tokens.segmentation import folded_word, pattern_words

Family = tuple[str, ...]

# Endings by which English forms one word from another; a family shares what is left without one.
_ENDINGS = (
    "ization isation fulness lessness ations ation ments ment ness ities ity ingly edly ings ing ers er ed es ies ied ily ly "
    "less ful ive ous able ible ions ion ist ists ism al s e y d".split()
)
_SHORTEST_STEM = 3
_DOUBLED = re.compile(r"([bdfgklmnprt])\1$")
# Verbs that double their last letter: of one syllable with one vowel and one consonant at its end ("stab"), or stressed on the last.
_DOUBLES = re.compile(
    r"[^aeiou]*(qu)?[aeiou][^aeiouwxy]"
    r"|((ad|com|per|sub|trans|re|o|e)mit|(pre|re|con|de|in|trans)fer|(oc|in|con|re)cur|(com|dis|ex|im|pro|re)pel"
    r"|equip|acquit|control|patrol|rebut|regret|rebel|abet|allot|forget|begin|upset)"
)


def irregular_verbs_file() -> Path:
    """Return where irregular verbs are listed."""
    return Path(__file__).with_name("irregular_verbs.txt")


@cache
def irregular_verbs() -> dict[str, list[str]]:
    """Return past tenses and participles of each irregular verb."""
    lines = irregular_verbs_file().read_text(encoding="utf-8").splitlines()
    verbs = (line.split() for line in lines if line and not line.startswith("#"))
    return {verb: list(dict.fromkeys(pasts)) for verb, *pasts in verbs}


@cache
def irregular_pasts() -> frozenset[str]:
    """Return the irregular past tenses and participles that differ from their verb's plain form."""
    return frozenset(past for verb, pasts in irregular_verbs().items() for past in pasts if past != verb)


def inflections(base: str) -> tuple[str, ...]:
    """Return the forms of a verb: plain form, -s, past tense and participle, -ing; empty where `base` cannot be a verb."""
    if not re.fullmatch(r"[a-z]{2,}", base):
        return ()
    stem = base
    if base.endswith("ie"):
        stem = base[:-2] + "y"
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        stem = base[:-1]
    elif _DOUBLES.fullmatch(base):
        stem = base + base[-1]
    written = re.sub(r"(?<=[^aeiou])y$", "ie", base)
    plural = f"{written}es" if re.search(r"(s|x|z|ch|sh|[^aeiou]o)$", base) else f"{written}s"
    past = f"{written}d" if written.endswith("e") else f"{stem}ed"
    return base, plural, *(form for form in irregular_verbs().get(base, [past]) if form != base), f"{stem}ing"


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
