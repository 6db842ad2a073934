"""A lexicon on its way out of a file: what its lines say, what is doubtful about them, and what becomes of it."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from analysis.core.errors import LexiconError
from analysis.lexicons.checks import Problem, category_problems, judged, refuse, shown
from analysis.lexicons.model import SEPARATOR, Category, Entry, Lexicon, Skipped, with_parents

Unsupported = Literal["skip", "raise"]
COLUMN_ROLES = ("term", "category", "weight")

NUMBER_ALLOWED = "allowed is a number with a decimal point, such as 0.5"
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\n-\x1f\x7f]")
# "tax_cut" is a phrase, "o_O" a face, and "run_VB" or "run/NN" a word with its part of speech.
_FACE = re.compile(r"\w_+\w")
_TAGGED = re.compile(
    r"[^\W\d_]{2}[/_|. ]((?:NN|VB|JJ|RB)[A-Z]{0,2}|NOUN|VERB|ADJ|ADV|PROPN"
    r"|(?<=[a-z][/_|.])(?:[A-Z]{2,7}|[nvar]|adj|adv|noun|verb|[nvasr]\.\d+))$"
)
# Several terms in one cell or line: "bomb, gun, knife".
_LISTED = re.compile(r"[^\W\d_]\W*?[,;](?:\s|(?=[^\W\d_]))")
_LISTED_SMALL = re.compile(r"[,;]\s*[^\W\d_A-ZÀ-ÖØ-Þ]")
_STEM = re.compile(r"[^\W\d_]\*$")
_HIDDEN = re.compile(r"(?=(?:\W*\w){1,4}\W*$)\w+\*\w+")
SIGNS = {-1: "negative", 1: "positive"}


class Draft:
    """Categories and entries in the order of the file, and the lines that a lexicon cannot hold.

    A doubtful line is skipped, or is an error where the user says so. A remark is never an error: it names what counts for
    nothing, such as a word that stands twice. A weight below 0 makes its category two, one for each
    sign, of which the category is the parent; entries without a category's name become "positive" and "negative".
    """

    def __init__(self, path: Path, *, columns: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.columns = dict(columns or {})  # which column of a table is the term, the category, the weight
        self.used_columns = False  # whether a table was found that has them
        self.is_own = False  # whether the file is in the project's form, whose wildcards are what they seem
        self.problems: list[Problem] = []  # errors, skip or not
        self.categories: dict[str, Category] = {}
        self.entries: list[Entry] = []
        self.doubts: list[Skipped] = []
        self.remarks: list[Skipped] = []

    def category(self, name: str, parent: str = "", definition: str = "") -> str:
        """Note a category where it is new; return its name."""
        if name not in self.categories:
            self.categories[name] = Category(name, definition, parent=parent)
        return name

    def set_valence(self, name: str, valence: int) -> None:
        """Give a category its valence, where it is there."""
        if name in self.categories:
            self.categories[name] = replace(self.categories[name], valence=valence)

    def set_parent(self, line: int, name: str, parent: str) -> None:
        """Make a category part of another one, which may come later in the file."""
        above, seen = parent, {name}
        while above and above not in seen:
            seen.add(above)
            above = self.categories[above].parent if above in self.categories else ""
        if above:
            raise self.error(
                line, f"parent {shown(parent)} of category {shown(name)} is part of it in turn; name another one"
            )
        if self.categories[name].parent not in ("", parent):
            both = f"{shown(self.categories[name].parent)} and {shown(parent)}"
            raise self.error(line, f"category {shown(name)} has two parents, {both}; name one")
        # A category without entries has no row of its own, but its name tells what stands above it.
        names = parent.split(SEPARATOR)
        for depth in range(1, len(names) + 1):
            self.category(SEPARATOR.join(names[:depth]), SEPARATOR.join(names[: depth - 1]))
        self.categories[name] = replace(self.categories[name], parent=parent)

    def add(self, line: int, term: str, categories: Iterable[str], weight: float = 1.0, note: str = "") -> None:
        """Add a term to each of `categories`; a weight of 0 says that it belongs to none."""
        if not weight:
            self.remark(line, term, f"entry {shown(term)} has the weight 0, so it counts for nothing and is left out")
        elif _CONTROL.search(term):
            self.doubt(line, term, f"entry {shown(term)} holds a control character or line end; take it out")
        else:
            self.entries += [Entry(term, category, weight, note=note, line=line) for category in categories]

    def add_weighted(self, line: int, term: str, category: str, weight: str) -> None:
        """Add a term whose weight is still as written."""
        number = as_number(weight)
        if number is None:
            self.doubt(line, weight, f"weight {shown(weight)} of {shown(term)}; {NUMBER_ALLOWED}")
        else:
            self.add(line, term, [category], number)

    def doubt_lists(self) -> None:
        """Doubt entries that are several terms in one cell or line, where most entries hold a comma, or one a semicolon.

        A comma may belong to a phrase ("first, do no harm"), but then few of the entries hold one, or capitals follow, as in lists of
        places ("Paris, Texas").
        """
        signs = {id(entry): len(_LISTED.findall(entry.text)) for entry in self.entries}
        is_usual = sum(signs.values()) > 1 and 2 * sum(map(bool, signs.values())) > len(signs)
        are_lists = is_usual and (
            max(signs.values()) > 1 or any(_LISTED_SMALL.search(entry.text) for entry in self.entries)
        )
        listed = [entry for entry in self.entries if signs[id(entry)] and (are_lists or ";" in entry.text)]
        for entry in listed:
            reason = f"entry {shown(entry.text)} seems to be several terms, which never stand so in a text; write a row for each"
            self.doubt(entry.line, entry.text, reason)
        lists = set(map(id, listed))
        self.entries = [entry for entry in self.entries if id(entry) not in lists]

    def doubt(self, line: int, found: str, reason: str) -> None:
        """Note what is an error unless it is to be skipped; `reason` is a sentence with the remedy."""
        self.doubts.append(Skipped(line, found, reason))

    def unread(self, line: int, found: str, reason: str) -> None:
        """Note a column or sheet that is not read, which is an error unless it is to be skipped."""
        self.doubts.append(Skipped(line, found, reason, "warning"))

    def remark(self, line: int, found: str, reason: str, severity: str = "hint") -> None:
        """Note what is left out, or done, in any case."""
        self.remarks.append(Skipped(line, found, reason, severity))

    def error(self, line: int, reason: str) -> LexiconError:
        """Return the error that refuses the file, skip or not."""
        return LexiconError(f"{self.path}, line {line}: {reason}" if line else f"{self.path}: {reason}")

    def lexicon(self, unsupported: Unsupported, name: str = "") -> Lexicon:
        """Return the lexicon.

        Raises
        ------
        LexiconError
            When a line is doubtful and `unsupported` is "raise", or when no entry is left.
        """
        entries = self._sound()
        problems = list(self.problems)
        # Where a mistake refuses the file anyway, all of them are said at once.
        if unsupported == "raise" or problems:
            # A category may be empty because of a mistake that is already listed.
            if self.is_own and not problems:
                problems += category_problems(self.categories.values(), self.entries)
            problems += [(doubt.line, doubt.reason) for doubt in self.doubts]
        refuse(str(self.path), problems)
        if not entries:
            refuse(str(self.path), [(doubt.line, doubt.reason) for doubt in self.doubts])
            raise self.error(0, "no entry can be read; give the file at least one word with a category")
        entries = self._by_sign(entries)
        categories = self._filled(entries)
        skipped = sorted(dict.fromkeys(self.doubts + self.remarks), key=lambda skipped: skipped.line)
        flat = Lexicon(name or self.path.stem, "0", "", "", (), categories, tuple(entries), tuple(skipped))
        return with_parents(flat)

    def _sound(self) -> list[Entry]:
        """Return the entries that can match, each once in its category."""
        if not self.is_own:
            self.entries = [self._unjoined(entry) for entry in self.entries]
        faulty = self._disguised()
        for entry, text, earlier in judged(entry for entry in self.entries if id(entry) not in faulty):
            faulty.add(id(entry))
            if earlier and replace(earlier, text=entry.text, line=entry.line, note=entry.note) == entry:
                self.remark(entry.line, entry.text, f"{text.partition(';')[0]}, so it is read once")
            elif earlier and earlier.weight != entry.weight:
                weights = f"once with the weight {earlier.weight:g}, once with {entry.weight:g}"
                self.doubt(entry.line, entry.text, f"{text.partition(';')[0]}, {weights}; take one out")
            else:
                self.doubt(entry.line, entry.text, text)
        return [entry for entry in self.entries if id(entry) not in faulty]

    def _unjoined(self, entry: Entry) -> Entry:
        """Return the entry with spaces for the underscores that other programs join the words of a phrase by."""
        if "_" not in entry.text or _FACE.fullmatch(entry.text) or _TAGGED.search(entry.text):
            return entry
        phrase = " ".join(entry.text.replace("_", " ").split())
        self.remark(entry.line, entry.text, f"underscores in {shown(entry.text)} are read as spaces")
        return replace(entry, text=phrase)

    def _disguised(self) -> set[int]:
        """Doubt entries of other programs that are no word as they stand, and return their ids."""
        if self.is_own:
            return set()
        found = set()
        has_stems = any(_STEM.search(entry.text) for entry in self.entries)
        for entry in self.entries:
            if match := _TAGGED.search(entry.text):
                reason = f"entry {shown(entry.text)} has a part of speech, {shown(match[1])}, which no text has; write the word alone"
            elif not has_stems and _HIDDEN.fullmatch(entry.text):
                why = "letters seem to be hidden, since no other entry of the file has a * at its end"
                reason = f"entry {shown(entry.text)} has a * between few letters, and {why}; write the word out"
            else:
                continue
            self.doubt(entry.line, entry.text, reason)
            found.add(id(entry))
        return found

    def _by_sign(self, entries: list[Entry]) -> list[Entry]:
        signed = {entry.category for entry in entries if entry.weight < 0 or not entry.category}
        if not signed:
            return entries
        made: dict[str, Category] = {}
        for name, category in self.categories.items():
            made.setdefault(name, category)
            if name in signed:
                made.update((child.name, child) for child in _signs_of(name))
        made.pop("", None)
        self.categories = made
        return [
            replace(entry, category=_signed_name(entry.category, entry.weight), weight=abs(entry.weight))
            if entry.category in signed
            else entry
            for entry in entries
        ]

    def _filled(self, entries: Iterable[Entry]) -> tuple[Category, ...]:
        """Return the categories that have an entry, or a part that has one."""
        filled = {entry.category for entry in entries}
        for name in list(filled):
            while name and (name := self.categories[name].parent):
                filled.add(name)
        for name in self.categories:
            if name not in filled:
                self.remark(0, name, f"category {shown(name)} has no entry, so it is left out")
        return tuple(category for name, category in self.categories.items() if name in filled)


def as_number(text: str) -> float | None:
    """Return the number that `text` is, None where it is none; the minus sign of Unicode is one too."""
    text = text.replace("−", "-")
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    return number if math.isfinite(number) else None


def path_name(parent: str, name: str) -> str:
    """Return the name of a category in a tree, such as "economy > inflation"."""
    return f"{parent}{SEPARATOR}{name}" if parent else name


def _signed_name(name: str, weight: float) -> str:
    return path_name(name, SIGNS[1 if weight > 0 else -1])


def _signs_of(name: str) -> Iterable[Category]:
    return (Category(path_name(name, word), valence=sign, parent=name) for sign, word in SIGNS.items())
