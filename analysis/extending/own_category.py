"""A category of one's own from sentences: the words that carry it stand in square brackets, and sentences without brackets must not be hit."""

import re
from collections.abc import Iterable
from pathlib import Path

from analysis.core.errors import LexiconError
from analysis.extending.corpus_checks import check_lexicon
from analysis.lexicons import Category, Entry, Lexicon
from analysis.lexicons.model import Example
from analysis.tokens.segmentation import folded_word, pattern_words

_MARKED = re.compile(r"\[([^][]*)\]")


def lexicon_from_sentences(
    sentences: Iterable[str], category: str, *, definition: str = "", language: str = "en", source: str = ""
) -> Lexicon:
    """Return a lexicon of one category: its entries are the words in square brackets, its examples the sentences.

    Parameters
    ----------
    sentences : iterable of str
        Sentences that the category must hit, each with the words that carry it in brackets, and sentences without brackets that it must not
        hit. Empty ones and those that begin with ``#`` are left out.
    category : str
        Its name, which the lexicon has too.
    definition : str
        What counts and what does not, in a sentence.
    language : str
        ISO 639-1 code of the sentences.
    source : str
        Where they come from.

    Raises
    ------
    LexiconError
        When a bracket is left open, no word is marked, an entry can never match, or the words hit a sentence that they must miss.

    Examples
    --------
    >>> import analysis as fa
    >>> lexicon = fa.extend.lexicon_from_sentences(["He was a [laughing stock].", "The children laughed."], "ridicule")
    >>> [entry.text for entry in lexicon.entries]
    ['laughing stock']
    >>> [(example.text, example.hit) for example in lexicon.categories[0].examples]
    [('He was a laughing stock.', True), ('The children laughed.', False)]
    """
    lines = [
        line for line in (" ".join(sentence.split()) for sentence in sentences) if line and not line.startswith("#")
    ]
    marked = {_key(words): words for line in lines for words in _marked(line)}
    if not marked:
        raise LexiconError(
            f"category {category!r}: no word of the {len(lines):,} sentences is in brackets; mark those that carry the category: "
            f"'The minister was a [laughing stock].'"
        )
    examples = {_MARKED.sub(r"\1", line): bool(_MARKED.search(line)) for line in lines}
    made = Category(category, definition, examples=tuple(Example(text, hit) for text, hit in examples.items()))
    entries = tuple(Entry(words, category) for words in marked.values())
    lexicon = Lexicon(category, "0.1.0", language, "", (source,) if source else (), (made,), entries)
    found = check_lexicon(lexicon)
    errors = found[found["severity"] == "error"]
    if len(errors):
        said = "\n".join(f"  {row.finding}; {row.remedy}" for row in errors.itertuples())
        raise LexiconError(f"category {category!r}: its sentences do not fit its words:\n{said}")
    return lexicon


def read_sentences(path: str | Path) -> list[str]:
    """Return the lines of a text file, for `lexicon_from_sentences`.

    Raises
    ------
    LexiconError
        When it cannot be read.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read ({error}); give a text file in UTF-8, a sentence a line") from error


def _marked(line: str) -> list[str]:
    if set("[]") & set(_MARKED.sub("", line)):
        raise LexiconError(f"{line!r}: a bracket is left open; write each marked word or phrase as [laughing stock]")
    return [" ".join(words.split()) for words in _MARKED.findall(line)]


def _key(words: str) -> tuple[str, ...]:
    return tuple(folded_word(word) for word in pattern_words(words))
