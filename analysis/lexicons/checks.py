"""Checks of a lexicon that need no corpus: what can never match, stands twice, or says nothing."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from analysis.core.errors import LexiconError
from analysis.lexicons.model import Category, Entry, Lexicon
from analysis.lexicons.signs import is_regex, lost_signs
from analysis.tokens.segmentation import PLAIN_WORDS, folded_word, pattern_words

Problem = tuple[int, str]

_MOST_SHOWN = 20
_LONGEST_SHOWN = 60
_WILDCARDS_IN_A_ROW = re.compile(r"\*[*?]*\*")
# Of the searches of archives, which are no words of a text: "tax w/5 cut", "cost AND living".
_OPERATOR = re.compile(r"(?:^|\s)(AND|OR|NOT|(?i:near|onear|pre|w|n)/\d+)(?=\s|$)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """Return `text` in quotation marks for a message: on one line, printable and not endless."""
    line = " ".join(_SURROGATE.sub("\ufffd", text).split())
    line = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)
    return f"'{line}'" if len(line) <= _LONGEST_SHOWN else f"'{line[:_LONGEST_SHOWN]}…'"


def refuse(place: str, problems: Iterable[Problem]) -> None:
    """Raise one error that lists the problems by line; do nothing where there is none.

    Raises
    ------
    LexiconError
        When there is a problem; at most 20 are listed, the others counted.
    """
    found = sorted(problems, key=lambda problem: problem[0])
    if not found:
        return
    lines = [f"{place}, line {line}: {text}" if line else f"{place}: {text}" for line, text in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        lines.append(f"and {len(found) - _MOST_SHOWN} more")
    raise LexiconError("\n".join(lines))


def problems(lexicon: Lexicon) -> list[Problem]:
    """Return every mistake as (line, message), in the order of the file; the line is 0 where there is no file."""
    return sorted([*entry_problems(lexicon.own_entries), *category_problems(lexicon.categories, lexicon.entries)])


def category_problems(categories: Iterable[Category], entries: Iterable[Entry]) -> list[Problem]:
    """Return a problem for each category that has neither an entry nor a part, and one where there is no category."""
    categories = tuple(categories)
    filled = {entry.category for entry in entries} | {category.parent for category in categories}
    if not categories:
        return [(0, "there is no category; write 'category: [word, word]' at least")]
    return [
        (0, f"category {shown(category.name)} has no entry; give it one or take it out")
        for category in categories
        if category.name not in filled
    ]


def entry_problems(entries: Iterable[Entry]) -> list[Problem]:
    """Return every mistake in the entries as (line, message); the line is 0 where there is no file."""
    return [(entry.line, text) for entry, text, _ in judged(entries)]


def judged(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str, Entry | None]]:
    """Yield each mistake with its entry; of an entry that stands twice also the earlier one, else None."""
    first: dict[str, Entry] = {}
    for entry in entries:
        words = [] if _SURROGATE.search(entry.text) else pattern_words(entry.text)
        # Plain words are sound in themselves; most of a large file is.
        if not PLAIN_WORDS.fullmatch(entry.text) or _OPERATOR.search(entry.text):
            for text in _of_text(entry.text, words):
                yield entry, text, None
        if not words:
            continue
        if entry.exceptions:
            for text in _of_exceptions(entry, words):
                yield entry, text, None
        spelling = " ".join(words) if entry.case == "exact" else folded_word(" ".join(words))
        earlier = first.setdefault(f"{entry.category}\n{entry.case}\n{spelling}", entry)
        if earlier is not entry:
            yield entry, _twice(entry, earlier), earlier


def _of_text(text: str, words: list[str]) -> Iterator[str]:
    if _SURROGATE.search(text):
        yield f"entry {shown(text)} holds half a character (a surrogate); write the character itself"
    elif not words:
        yield f"entry {shown(text)} has no letter or digit, so it can never match; take it out"
    elif any(_is_only_wildcards(word) for word in words):
        yield f"entry {shown(text)} has a word of wildcards only, which matches every word; write some letters of it"
    elif _WILDCARDS_IN_A_ROW.search(text):
        # A shorter pattern is no remedy: of a word whose letters are hidden it would catch many others.
        yield f"entry {shown(text)} has two wildcards in a row, as a word with hidden letters has; write the word out"
    elif (operator := _OPERATOR.search(text)) and not text.isupper():
        yield f"entry {shown(text)} holds {shown(operator[1])}, the operator of a search, as a word; write an entry for each phrase"
    elif is_regex(text):
        yield f"entry {shown(text)} is a regular expression, and is no pattern of * and ? here; write the words out"
    elif signs := lost_signs(text):
        yield _of_signs(text, signs, words)


def _of_signs(text: str, signs: str, words: list[str]) -> str:
    without = (
        f"entry {shown(text)} would count as {shown(' '.join(words))}, since no word keeps the sign {shown(signs)}"
    )
    if text[0] in "#@" and len(words) == 1:
        return f"{without}; write {shown(words[0])} if that word is meant wherever it stands, else take the entry out"
    return f"{without}; write what is meant in letters and digits, or take the entry out"


def _is_only_wildcards(word: str) -> bool:
    return ("*" in word or "?" in word) and not pattern_words(word.replace("*", " ").replace("?", " "))


def _of_exceptions(entry: Entry, words: list[str]) -> Iterator[str]:
    for exception in entry.exceptions:
        if _SURROGATE.search(exception) or not _holds(pattern_words(exception), words):
            yield (
                f"exception {shown(exception)} of entry {shown(entry.text)} does not contain the entry's words, so it "
                f"can never undo a hit; write the whole phrase"
            )


def covers(exception: str, entry: str) -> bool:
    """Whether a phrase holds the words of an entry, so that it can undo a hit of it."""
    return _holds(pattern_words(exception), pattern_words(entry))


def _holds(exception: list[str], words: list[str]) -> bool:
    outer, inner = [folded_word(word) for word in exception], [folded_word(word) for word in words]
    runs = (outer[place : place + len(inner)] for place in range(len(outer) - len(inner) + 1))
    return any(all(map(_meet, run, inner)) for run in runs)


def _meet(one: str, other: str) -> bool:
    return one == other or fnmatchcase(one, other) or fnmatchcase(other, one)


def _twice(entry: Entry, earlier: Entry) -> str:
    where = f" (line {earlier.line})" if earlier.line else ""
    # Words with scores have no category before the sign of the score becomes one.
    place = f" in category {shown(entry.category)}" if entry.category else ""
    return f"entry {shown(entry.text)} stands twice{place}{where}; take one out"
