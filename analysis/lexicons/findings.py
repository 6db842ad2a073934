"""What a researcher may want to change in a lexicon, found without a corpus: mistakes, doubts, gaps."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.lexicons.checks import category_problems, judged, shown
from analysis.lexicons.inflection import inflections
from analysis.lexicons.model import Entry, Lexicon, Skipped
from analysis.lexicons.spelling import other_spelling
from analysis.tokens.segmentation import cut_pattern, folded_word, pattern_words
from analysis.tokens.sentences import sentence_starts, type_flags

COLUMNS = ("severity", "line", "category", "entry", "finding", "remedy")
_SEVERITIES = ("error", "warning", "hint")
# "war*" has three letters and catches warm, ward and warning.
_SHORT_STEM = 3
_ENGLISH = ("", "en")
# What stands before the letters of a word that has lost its beginning, such as 'cause; no quotation, which closes.
_CUT_OFF = re.compile(r"(?<!\S)[’'](?=\w)[^’']*(?!\S)")
_STOP_WITHIN = re.compile(r"[.!?…][^\w\s]*\s+\S")
_INNER_WILDCARD = re.compile(r"\w\*\w")
_MANY_LETTERS = "\0" * 100


class _Finding(NamedTuple):
    severity: str
    line: int
    category: str
    entry: str
    finding: str
    remedy: str


class _Word(NamedTuple):
    """An entry as the matching sees it."""

    entry: Entry
    words: tuple[str, ...]

    @property
    def is_wild(self) -> bool:
        return any("*" in word or "?" in word for word in self.words)


def findings(lexicon: Lexicon) -> pd.DataFrame:
    """Return what to look at in a lexicon.

    Parameters
    ----------
    lexicon : Lexicon
        Any; spellings and inflections are looked at where its language is English or not named.

    Returns
    -------
    pandas.DataFrame
        ``severity`` (error | warning | hint), ``line`` (0 where there is none), ``category``, ``entry``, ``finding`` and
        ``remedy``, by line. Errors are what a lexicon must not hold: entries that can never match, stand twice or match
        everything, and those that were left out when the file was read. Warnings change or may change what is counted:
        a guessed encoding, columns that were not read, entries that a wildcard of their category catches anyway, short stems,
        signs that are dropped, wildcards that stop at a hyphen, phrases in which a sentence ends, a word in categories of opposite
        valence. Hints are gaps, and what was harmless in the file.
    """
    own = lexicon.own_entries
    faulty = list(judged(own))
    wrong = {id(entry) for entry, _, _ in faulty}
    found = [_of_problem(text, entry) for entry, text, _ in faulty]
    found += [_of_problem(text, None) for _, text in category_problems(lexicon.categories, lexicon.entries)]
    found += map(_of_skipped, lexicon.skipped)
    words = [_seen(entry) for entry in own if id(entry) not in wrong]
    hiding = _Wildcards(words)
    found += [
        finding
        for word in words
        for finding in (*_hidden(word, hiding), *_broad(word), *_dropped(word), *_cut(word), *_crossing(word))
    ]
    found += _in_two_categories(words, lexicon)
    if lexicon.language in _ENGLISH:
        found += _gaps(words, hiding)
    found.sort(key=lambda finding: (finding.line, _SEVERITIES.index(finding.severity)))
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"line": "int64"})


def _seen(entry: Entry) -> _Word:
    words = pattern_words(entry.text)
    return _Word(entry, tuple(words if entry.case == "exact" else map(folded_word, words)))


def _of_problem(text: str, entry: Entry | None) -> _Finding:
    finding, _, remedy = text.rpartition("; ")
    place = (entry.line, entry.category, entry.text) if entry else (0, "", "")
    return _Finding("error", *place, finding, remedy)


def _of_skipped(skipped: Skipped) -> _Finding:
    finding, mark, remedy = skipped.reason.rpartition("; ")
    found = skipped.found if skipped.severity == "error" else ""
    return _Finding(skipped.severity, skipped.line, "", found, finding if mark else remedy, remedy if mark else "")


def _warning(word: _Word, finding: str, remedy: str, severity: str = "warning") -> _Finding:
    return _Finding(severity, word.entry.line, word.entry.category, word.entry.text, finding, remedy)


class _Wildcards:
    """The wildcard entries by category, number of words and what stands before their first wildcard."""

    def __init__(self, words: Iterable[_Word]) -> None:
        self._found: dict[tuple[str, int, str], list[_Word]] = defaultdict(list)
        for word in words:
            if word.is_wild:
                key = (word.entry.category, len(word.words), folded_word(_stem(" ".join(word.words))))
                self._found[key].append(word)

    def over(self, category: str, words: tuple[str, ...]) -> Iterator[_Word]:
        """Yield the entries of a category that catch whatever `words` catch."""
        # A wildcard of the caught entry stands for many letters, more than the "?" of any entry.
        texts = [word.replace("*", _MANY_LETTERS) for word in words]
        folded = [folded_word(text) for text in texts]
        start = folded_word(_stem(" ".join(words)))
        for length in range(len(start) + 1):
            for word in self._found.get((category, len(words), start[:length]), ()):
                compared = texts if word.entry.case == "exact" else folded
                if all(map(fnmatchcase, compared, word.words)):
                    yield word


def _stem(word: str) -> str:
    return re.split(r"[*?]", word, maxsplit=1)[0]


def _hidden(word: _Word, wildcards: _Wildcards) -> Iterator[_Finding]:
    for other in wildcards.over(word.entry.category, word.words):
        entry, over = word.entry, other.entry
        same = over.weight == entry.weight and not over.exceptions and not entry.exceptions
        if over is not entry and same and (over.case == "fold" or entry.case == "exact"):
            finding = f"{shown(over.text)}{_at(over)} catches all that {shown(entry.text)} catches"
            yield _warning(word, finding, "take one of the two out")
            return


def _at(entry: Entry) -> str:
    return f" (line {entry.line})" if entry.line else ""


def _broad(word: _Word) -> Iterator[_Finding]:
    if len(word.words) > 1 or "*" not in word.words[0]:
        return
    letters = len(word.words[0].replace("*", "").replace("?", ""))
    if letters <= _SHORT_STEM:
        finding = f"{shown(word.entry.text)} has {letters} letters only, so it catches many other words"
        yield _warning(word, finding, "write the words out, or lengthen the stem")


def _dropped(word: _Word) -> Iterator[_Finding]:
    matched = " ".join(word.words)
    if "&" in word.entry.text or _CUT_OFF.search(word.entry.text):
        sign = "&" if "&" in word.entry.text else "'"
        finding = f"the matching drops {shown(sign)}, so the entry is matched as {shown(matched)}"
        yield _warning(word, finding, "write it with letters, or take it out")


def _cut(word: _Word) -> Iterator[_Finding]:
    """Yield a finding where a wildcard within a word may be meant to stand for a hyphen, which parts words."""
    if _INNER_WILDCARD.search(word.entry.text):
        apart = re.sub(r"(?<=\w)\*(?=\w)", " ", word.entry.text)
        hyphened = shown(apart.replace(" ", "-"))
        finding = f"{shown(word.entry.text)} stays within one word, so it does not find {hyphened}, whose hyphen parts two words"
        yield _warning(word, finding, f"add {shown(apart)}, which finds both spellings of two words")


def _crossing(word: _Word) -> Iterator[_Finding]:
    """Yield a finding where a sentence ends within an entry, which no text that is written alike can match."""
    if not _STOP_WITHIN.search(word.entry.text):
        return
    parts = cut_pattern(word.entry.text)
    types = [part for part, _ in parts]
    forms = np.arange(len(types), dtype=np.int32), [folded_word(part) for part in types]
    edges = np.array([0, len(types)], np.int64)
    starts, _ = sentence_starts(
        forms[0], np.array([gap for _, gap in parts], np.uint32), edges, type_flags(types, forms)
    )
    if len(starts) > 1:
        finding = f"a sentence ends within {shown(word.entry.text)}, and no match crosses one, so it is not found where it is written like that"
        yield _warning(word, finding, "write an entry of words that stand in one sentence")


def _in_two_categories(words: Iterable[_Word], lexicon: Lexicon) -> Iterator[_Finding]:
    valence = {category.name: category.valence for category in lexicon.categories}
    first: dict[tuple[tuple[str, ...], str], _Word] = {}
    for word in words:
        earlier = first.setdefault((word.words, word.entry.case), word)
        if earlier.entry.category == word.entry.category:
            continue
        both = valence.get(word.entry.category), valence.get(earlier.entry.category)
        severity = "warning" if set(both) == {-1, 1} else "hint"
        finding = f"stands in category {shown(earlier.entry.category)} too{_at(earlier.entry)}, and counts for both"
        yield _warning(word, finding, "keep both if that is meant, else take one out", severity)


def _gaps(words: list[_Word], wildcards: _Wildcards) -> Iterator[_Finding]:
    there = {(word.entry.category, word.words) for word in words}

    def is_missing(category: str, form: str) -> bool:
        parts = tuple(form.split(" "))
        return (category, parts) not in there and not any(wildcards.over(category, parts))

    for word in words:
        text = " ".join(word.words)
        category = word.entry.category
        other = other_spelling(text)
        if other and is_missing(category, other):
            yield _warning(word, f"the other spelling, {shown(other)}, is missing", f"add {shown(other)}", "hint")
        if word.is_wild or len(word.words) > 1:
            continue
        forms = inflections(text)
        missing = [form for form in forms if is_missing(category, form)]
        # A form in -ed or -ing tells that the word is a verb; a base form alone may be a noun or an adjective.
        if missing and any((category, (form,)) in there for form in forms[2:]):
            names = ", ".join(map(shown, missing))
            yield _warning(word, f"forms of {shown(text)} are missing: {names}", f"add {names}", "hint")
