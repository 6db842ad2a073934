"""The lexicon: categories and entries, as a researcher wrote them."""

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a category or an entry must hit, or must not hit."""

    text: str
    hit: bool
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of a category.

    Attributes
    ----------
    text : str
        As written in the file; ``*`` stands for any letters or none, ``?`` for exactly one.
    category : str
        The category that it belongs to.
    weight : float
        Greater than 0; 1 unless the file says.
    case : {"fold", "exact"}
        Whether capitals matter.
    exceptions : tuple of str
        Phrases that undo a hit which they cover.
    note : str
        For readers.
    examples : tuple of Example
        Sentences to test the entry with.
    line : int
        Line in its file, 0 where there is none.
    """

    text: str
    category: str
    weight: float = 1.0
    case: str = "fold"
    exceptions: tuple[str, ...] = ()
    note: str = ""
    examples: tuple[Example, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """A frame, or any other group of entries; `valence` is -1, 0 or 1, None where the file is silent."""

    name: str
    definition: str = ""
    valence: int | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A named, versioned set of categories and entries.

    Attributes
    ----------
    name, version, language, description : str
        As the file says; language is an ISO 639-1 code, "" where unknown.
    sources : tuple of str
        What the lexicon rests on.
    categories : tuple of Category
        In the order of the file.
    entries : tuple of Entry
        In the order of the file, which decides between equal matches.
    """

    name: str
    version: str
    language: str
    description: str
    sources: tuple[str, ...]
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]

    @property
    def category_names(self) -> tuple[str, ...]:
        """The names of the categories, in the order of the file."""
        return tuple(category.name for category in self.categories)

    @property
    def hash(self) -> str:
        """Twelve hex digits (SHA-256) of what changes a count: categories, entries, weights, case, exceptions."""
        counted = [[e.category, e.text, float(e.weight), e.case, list(e.exceptions)] for e in self.entries]
        canonical = json.dumps([list(self.category_names), counted], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:12]
