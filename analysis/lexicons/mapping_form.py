"""Lexicons written in Python: a mapping of category to words."""

from collections.abc import Mapping, Sequence

from analysis.errors import LexiconError
from analysis.lexicons.checks import problems
from analysis.lexicons.model import Category, Entry, Lexicon


def lexicon_from_mapping(
    categories: Mapping[str, Sequence[str]], *, name: str = "lexicon", version: str = "0"
) -> Lexicon:
    """Return a lexicon from category names and their words.

    Raises
    ------
    LexiconError
        When an entry can never match, stands twice in its category, or there is none.
    """
    for category, words in categories.items():
        if isinstance(words, str):
            raise LexiconError(f"lexicon '{name}': category '{category}' is a string, {words!r}; give a list of words")
    entries = tuple(Entry(text, category) for category, words in categories.items() for text in words)
    lexicon = Lexicon(name, version, "", "", (), tuple(Category(category) for category in categories), entries)
    found = problems(lexicon)
    if found:
        raise LexiconError("\n".join(f"lexicon '{name}': {text}" for _, text in found))
    return lexicon
