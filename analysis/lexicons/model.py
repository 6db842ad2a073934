"""The lexicon: categories and entries, as a researcher wrote them.

A category may be part of another one, its parent, and what it hits counts for the parent too: `with_parents` gives the
parent a copy of each entry, whose `via` names the category that it comes from. So matching knows nothing of parents, a
parent counts an entry of two of its parts once, and a lexicon without parents is what it always was.
"""

import hashlib
import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeAlias

from analysis.core.near import did_you_mean
from analysis.core.origin import VALIDATED
from analysis.core.showing import shown_html
from analysis.lexicons.validated import NEVER, Validation

SEPARATOR = " > "
_MOST_CATEGORIES = 12
_MOST_ENTRIES = 3
_MOST_LETTERS = 40


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
    via : str
        The category below whose entry this is a copy of, "" for an entry of the category itself.
    """

    text: str
    category: str
    weight: float = 1.0
    case: str = "fold"
    exceptions: tuple[str, ...] = ()
    note: str = ""
    examples: tuple[Example, ...] = ()
    line: int = 0
    via: str = ""


# Language (ISO 639-1, "" where unknown) and text; that of the lexicon's own language comes first and stands in for those that are missing.
Labels: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A frame, or any other group of entries.

    Attributes
    ----------
    name, definition : str
        As the file says; in formats that are trees the names of all levels, such as "economy > inflation".
    valence : {-1, 0, 1}, optional
        None where the file is silent.
    examples : tuple of Example
        Sentences to test the category with.
    parent : str
        The category that this one is part of, "" for none.
    label, short_label : tuple of (str, str)
        What charts, reports and tables write in place of the name, by language; the short one where there is little room.
    """

    name: str
    definition: str = ""
    valence: int | None = None
    examples: tuple[Example, ...] = ()
    parent: str = ""
    label: Labels = ()
    short_label: Labels = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a reader left out or doubts.

    Attributes
    ----------
    line : int
        0 for the whole file.
    found : str
        What stands there.
    reason : str
        Why, as a sentence; what to do stands behind its last "; ".
    severity : {"error", "warning", "hint"}
        An error is an entry that is left out. A warning is what may change counts: a column that was not read, a guessed
        encoding. A hint changes none, such as a word that stands twice.
    """

    line: int
    found: str
    reason: str
    severity: str = "error"


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
        In the order of the file, which decides between equal matches; copies that parents have come last.
    skipped : tuple of Skipped
        What the file holds and this lexicon does not, and what is doubtful about the file.
    validation : Validation, optional
        How this version, or an earlier one, was validated; None where no record stands beside the file.
    """

    name: str
    version: str
    language: str
    description: str
    sources: tuple[str, ...]
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()
    validation: Validation | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        lines = [f"- {name}: {fact}" for name, fact in self._facts().items()]
        return "\n".join([f"Lexicon {self.title}", *lines, *(f"- {line}" for line in self._beside())])

    def _repr_html_(self) -> str:
        return shown_html(f"Lexicon {self.title}", self._facts(), self._beside())

    def _facts(self) -> dict[str, str]:
        """Return the first categories with their number of entries and the first of them."""
        facts = {}
        for name, entries in list(self.by_category().items())[:_MOST_CATEGORIES]:
            texts = ", ".join(_shortened(entry.text) for entry in entries[:_MOST_ENTRIES])
            rest = ", …" if len(entries) > _MOST_ENTRIES else ""
            facts[_shortened(name)] = (
                f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}{': ' if entries else ''}{texts}{rest}"
            )
        return facts

    def _beside(self) -> list[str]:
        """Return what there is beside the categories that are shown."""
        more = len(self.categories) - _MOST_CATEGORIES
        counts = f"{len(self.own_entries):,} entries in {len(self.categories):,} categories"
        return [
            *([f"{more:,} more categories: .category_names"] if more > 0 else []),
            f"{counts}{', in ' + repr(self.language) if self.language else ''}",
            *([f"left out of the file: {self.n_left_out:,}; .skipped says why"] if self.n_left_out else []),
        ]

    @property
    def own_entries(self) -> tuple[Entry, ...]:
        """The entries that the file holds, without the copies that parents have."""
        return tuple(entry for entry in self.entries if not entry.via)

    @property
    def category_names(self) -> tuple[str, ...]:
        """The names of the categories, in the order of the file."""
        return tuple(category.name for category in self.categories)

    def by_category(self) -> dict[str, list[Entry]]:
        """Return the file's entries of each category, in its order."""
        found: dict[str, list[Entry]] = {name: [] for name in self.category_names}
        for entry in self.own_entries:
            found[entry.category].append(entry)
        return found

    def no_category(self, name: str) -> str:
        """Return that there is no such category, which there are, and which of them is near: for the error of who asked for it."""
        listed = ", ".join(map(repr, self.category_names))
        return f"no category {name!r}; it has {listed}{did_you_mean(name, self.category_names, what='category')}"

    @property
    def n_left_out(self) -> int:
        """How many entries of the file are left out, each with its reason in ``skipped``."""
        return sum(skipped.severity == "error" for skipped in self.skipped)

    @property
    def origin(self) -> dict[Hashable, Any]:
        """What every result says of the lexicon in its attrs: name, version, hash, entries left out, how it was validated, and its labels."""
        return {
            "lexicon": self.name,
            "lexicon_version": self.version,
            "lexicon_hash": self.hash,
            "lexicon_left_out": self.n_left_out,
            VALIDATED: self.validated,
            **self.labels_as("category"),
        }

    def labels_as(self, column: str) -> dict[Hashable, Any]:
        """Return the labels of the categories as the fact ``labels``, for the column that names them; nothing where the file gives none."""
        given = {
            category.name: {"label": dict(category.label), "short_label": dict(category.short_label)}
            for category in self.categories
            if category.label or category.short_label
        }
        return {"labels": {column: given}} if given else {}

    def origin_as(self, role: str) -> dict[str, str]:
        """Return what results say of a lexicon of another role than frames, such as ``cues``: name, version and hash under that role."""
        return {role: self.name, f"{role}_version": self.version, f"{role}_hash": self.hash}

    @property
    def title(self) -> str:
        """The lexicon in one line, for results that name several: "frames 1.1.0 (e61f8ef40249)"."""
        return f"{self.name} {self.version} ({self.hash})"

    @property
    def validated(self) -> str:
        """How the lexicon was validated, in a few words; after an edit only what still holds."""
        return self.validation.said_of(self) if self.validation else NEVER

    @property
    def hash(self) -> str:
        """Twelve hex digits (SHA-256) of what changes a count: categories, entries, weights, case, exceptions.

        Labels are not among them: results of a lexicon whose labels were written later are still results of that lexicon.
        """
        return _hash_of(self.category_names, self.entries)


# Every result of a corpus names the same few lexicons.
@lru_cache(maxsize=8)
def _hash_of(category_names: tuple[str, ...], entries: tuple[Entry, ...]) -> str:
    counted = [[e.category, e.text, float(e.weight), e.case, list(e.exceptions)] for e in entries]
    canonical = json.dumps([list(category_names), counted], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def with_parents(lexicon: Lexicon) -> Lexicon:
    """Return `lexicon` with a copy of every entry for each category above its own.

    Parameters
    ----------
    lexicon : Lexicon
        Every parent is one of its categories, and no category stands above itself.

    Returns
    -------
    Lexicon
        The same lexicon where no category has a parent. An entry that a parent has already is not added again.
    """
    above = {category.name: category.parent for category in lexicon.categories if category.parent}
    if not above:
        return lexicon
    known = {_same_for(entry) for entry in lexicon.entries}
    copies: list[Entry] = []
    for entry in lexicon.entries:
        for name in _ancestors(entry.category, above):
            copy = replace(entry, category=name, via=entry.via or entry.category)
            if _same_for(copy) not in known:
                known.add(_same_for(copy))
                copies.append(copy)
    return replace(lexicon, entries=(*lexicon.entries, *copies))


def _same_for(entry: Entry) -> tuple[str, str, str, tuple[str, ...]]:
    return entry.category, entry.text, entry.case, entry.exceptions


def _ancestors(name: str, above: dict[str, str]) -> Iterable[str]:
    while name := above.get(name, ""):
        yield name
