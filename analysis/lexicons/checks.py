"""Checks of a lexicon that need no corpus: what can never match, stands twice, or says nothing."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from analysis.errors import LexiconError
from analysis.lexicons.model import Entry, Lexicon
from analysis.tokens.segmentation import folded_word, pattern_words

Problem = tuple[int, str]

_MOST_SHOWN = 20
_LONGEST_SHOWN = 60
_ONE_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+\*?")
_WILDCARDS_IN_A_ROW = re.compile(r"\*[*?]*\*")
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
    found = entry_problems(lexicon.entries)
    filled = {entry.category for entry in lexicon.entries}
    found += [
        (0, f"category {shown(name)} has no entry; give it one or take it out")
        for name in lexicon.category_names
        if name not in filled
    ]
    if not lexicon.categories:
        found.append((0, "there is no category; write 'category: [word, word]' at least"))
    return sorted(found)


def entry_problems(entries: Iterable[Entry]) -> list[Problem]:
    """Return every mistake in the entries as (line, message); the line is 0 where there is no file."""
    found: list[Problem] = []
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        words = [] if _SURROGATE.search(entry.text) else _words(entry.text)
        found += [(entry.line, text) for text in _of_text(entry.text, words)]
        if not words:
            continue
        found += [(entry.line, text) for text in _of_exceptions(entry, words)]
        key = (entry.category, entry.case, *(words if entry.case == "exact" else map(folded_word, words)))
        earlier = first.setdefault(key, entry)
        if earlier is not entry:
            found.append((entry.line, _twice(entry, earlier)))
    return found


def _words(text: str) -> list[str]:
    """Return the words as the matching sees them; a plain word, which most entries are, needs no cutting."""
    return [text] if _ONE_PLAIN_WORD.fullmatch(text) else pattern_words(text)


def _of_text(text: str, words: list[str]) -> Iterator[str]:
    if _SURROGATE.search(text):
        yield f"entry {shown(text)} holds half a character (a surrogate); write the character itself"
    elif not words:
        yield f"entry {shown(text)} has no letter or digit, so it can never match; take it out"
    elif any(_is_only_wildcards(word) for word in words):
        yield f"entry {shown(text)} has a word of wildcards only, which matches every word; write some letters of it"
    elif _WILDCARDS_IN_A_ROW.search(text):
        shorter = _WILDCARDS_IN_A_ROW.sub("*", text)
        yield f"entry {shown(text)} has two wildcards in a row; write {shown(shorter)}"


def _is_only_wildcards(word: str) -> bool:
    return ("*" in word or "?" in word) and not pattern_words(word.replace("*", " ").replace("?", " "))


def _of_exceptions(entry: Entry, words: list[str]) -> Iterator[str]:
    for exception in entry.exceptions:
        if _SURROGATE.search(exception) or not _covers(_words(exception), words):
            yield (
                f"exception {shown(exception)} of entry {shown(entry.text)} does not contain the entry's words, so it "
                f"can never undo a hit; write the whole phrase"
            )


def _covers(exception: list[str], words: list[str]) -> bool:
    outer, inner = [folded_word(word) for word in exception], [folded_word(word) for word in words]
    runs = (outer[place : place + len(inner)] for place in range(len(outer) - len(inner) + 1))
    return any(all(map(_meet, run, inner)) for run in runs)


def _meet(one: str, other: str) -> bool:
    return one == other or fnmatchcase(one, other) or fnmatchcase(other, one)


def _twice(entry: Entry, earlier: Entry) -> str:
    where = f" (line {earlier.line})" if earlier.line else ""
    return f"entry {shown(entry.text)} stands twice in category {shown(entry.category)}{where}; take one out"
