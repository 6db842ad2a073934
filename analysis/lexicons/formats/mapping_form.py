"""Lexicons written in Python: a mapping of category to words."""

from collections.abc import Mapping, Sequence

from analysis.lexicons.checks import Problem, problems, refuse, shown
from analysis.lexicons.model import Category, Entry, Lexicon


def lexicon_from_mapping(
    categories: Mapping[str, Sequence[str]], *, name: str = "lexicon", version: str = "0"
) -> Lexicon:
    """Return a lexicon from category names and their words.

    Parameters
    ----------
    categories : mapping of str to sequence of str
        For example ``{"weakness": ["weak", "fail*"]}``.
    name, version : str
        What results call the lexicon.

    Returns
    -------
    Lexicon
        Its entries have weight 1 and no line.

    Raises
    ------
    LexiconError
        When an entry can never match, stands twice in its category, or there is none; the message lists all mistakes.

    Examples
    --------
    >>> import analysis as fa
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]}, name="frames")
    >>> frames.category_names
    ('weakness',)
    >>> [entry.text for entry in frames.entries]
    ['weak', 'fail*']
    >>> frames.hash
    '7a0d27675c8d'
    """
    mistakes: list[Problem] = [(0, text) for item in categories.items() if (text := _mistake(*item))]
    refuse(f"lexicon {shown(name)}", mistakes)
    entries = tuple(Entry(text, category) for category, words in categories.items() for text in words)
    lexicon = Lexicon(name, version, "", "", (), tuple(Category(category) for category in categories), entries)
    refuse(f"lexicon {shown(name)}", problems(lexicon))
    return lexicon


def _mistake(category: object, words: object) -> str:
    """Return what keeps `words` from being the entries of `category`, "" where nothing does."""
    if not isinstance(category, str) or not category.strip():
        return f"a category is named {category!r}; its name must be a string with a letter"
    if isinstance(words, str):
        return f"category {shown(category)} is a string, {shown(words)}; give a list of words"
    if not isinstance(words, Sequence):
        return f"category {shown(category)} needs a list of words, found a value of type {type(words).__name__}"
    wrong = [word for word in words if not isinstance(word, str)]
    if wrong:
        return f"category {shown(category)} holds {wrong[0]!r}, which is no string; put quotes round it"
    return ""
