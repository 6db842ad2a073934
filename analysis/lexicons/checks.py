"""Checks of a lexicon that need no corpus: what can never match, stands twice, or says nothing."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from analysis.lexicons.model import Entry, Lexicon
from analysis.tokens.segmentation import folded_word, pattern_words

Problem = tuple[int, str]


def problems(lexicon: Lexicon) -> list[Problem]:
    """Return every mistake as (line, message), in the order of the file."""
    found = [problem for entry in lexicon.entries for problem in _of_entry(entry)]
    found += _duplicates(lexicon)
    filled = {entry.category for entry in lexicon.entries}
    found += [
        (0, f"category '{name}' has no entry; give it one or take it out")
        for name in lexicon.category_names
        if name not in filled
    ]
    if not lexicon.categories:
        found.append((0, "there is no category; write 'category: [word, word]' at least"))
    return sorted(found)


def _of_entry(entry: Entry) -> Iterator[Problem]:
    words = pattern_words(entry.text)
    if not words:
        yield entry.line, f"entry {entry.text!r} has no letter or digit, so it can never match; take it out"
    if re.search(r"\*[*?]*\*", entry.text):
        shorter = re.sub(r"\*[*?]*\*", "*", entry.text)
        yield entry.line, f"entry '{entry.text}' has two wildcards in a row; write '{shorter}'"
    elif any(not word.strip("*?") for word in words):
        yield (
            entry.line,
            f"entry '{entry.text}' has a word of wildcards only, which matches every word; write some letters of it",
        )
    for exception in entry.exceptions:
        if not _covers(pattern_words(exception), words):
            yield (
                entry.line,
                (
                    f"exception '{exception}' of entry '{entry.text}' does not contain the entry's words, so it can never undo a hit; "
                    f"write the whole phrase"
                ),
            )


def _covers(exception: list[str], words: list[str]) -> bool:
    outer, inner = [folded_word(word) for word in exception], [folded_word(word) for word in words]
    places = range(len(outer) - len(inner) + 1)
    return any(all(_meet(outer[place + k], word) for k, word in enumerate(inner)) for place in places)


def _meet(one: str, other: str) -> bool:
    return fnmatchcase(one.replace("[", "[[]"), other) or fnmatchcase(other.replace("[", "[[]"), one)


def _duplicates(lexicon: Lexicon) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Entry] = {}
    for entry in lexicon.entries:
        words = pattern_words(entry.text)
        key = (entry.category, entry.case, *(words if entry.case == "exact" else map(folded_word, words)))
        if words and key in first:
            where = f" (line {first[key].line})" if first[key].line else ""
            yield entry.line, f"entry '{entry.text}' stands twice in category '{entry.category}'{where}; take one out"
        first.setdefault(key, entry)
