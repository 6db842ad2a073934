"""Columns of a table → those of ARTICLES: by the names that people, archives and services give them, and by what they hold."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from analysis.core.errors import CorpusError, NoTextColumnError
from analysis.core.schema import ARTICLES, TEXT_FIELDS
from analysis.core.word_lists import word_lists
from analysis.reading.missing import is_missing_word
from analysis.reading.notes import Note

# What R (make.names) and wrongly decoded files leave of a byte-order mark before the first name.
_BYTE_ORDER_MARK = re.compile(r"^(?:\ufeff|ï»¿|ï\.\.|X\.U\.FEFF\.)")
_MARKS_AND_SPACE = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9.,]*\s*")
_DIGIT = re.compile(r"[0-9]")
_PAGE = re.compile(r"\s*(?:https?://)?[^\s/]+\.[a-z]+/[^\s/]\S*\s*", re.IGNORECASE)
_NO_NUMBERS = ("outlet", "byline", *TEXT_FIELDS)
_SAMPLE = 200  # cells that are enough to tell what a column holds

# A table of few columns, one of them of words, is a lexicon, which is read elsewhere.
_OF_LEXICONS = {"term", "word", "entry", "category"}
_MOST_OF_LEXICONS = 4


def folded(name: object) -> str:
    """Return a column name as it is compared: no case, accents, byte-order mark, blanks, hyphens, underscores or dots."""
    text = _BYTE_ORDER_MARK.sub("", str(name).strip())
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS_AND_SPACE.sub("", "".join(sign for sign in letters if not unicodedata.combining(sign)))


_RANKS = {
    ours: {folded(name): rank for rank, name in enumerate([ours, *usual])}
    for ours, usual in word_lists("reading/columns.txt")["usual names"].items()
}


class Mapped(NamedTuple):
    """A table with the columns of ARTICLES.

    Attributes
    ----------
    table : pandas.DataFrame
        The rows, with columns named as in ARTICLES where they were recognised, and the others as they were.
    read_as : dict of str to str
        Which of their columns became which of ours, where the names differ.
    notes : list of Note
        Columns that fit as well as the one that was taken, and columns that do not hold what their name says.
    """

    table: pd.DataFrame
    read_as: dict[str, str]
    notes: list[Note]


def map_columns(table: pd.DataFrame, columns: Mapping[str, str] | None) -> Mapped:
    """Return `table` with its columns named as in ARTICLES, which became which, and what must be known of that.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows as found.
    columns : mapping of str to str, optional
        Our name to theirs, such as ``{"headline": "heading"}``; what is not named is found by usual names.

    Notes
    -----
    Names are compared without case, accents, blanks, hyphens, underscores, dots and byte-order marks. Where two columns fit one of
    ours, our own name goes first, then the order of the list of usual names, but a column without any value goes last; the other
    one keeps its name and a note says so. A column must also hold what its name says: one of numbers is no text, outlet or
    byline, one without any digit no date, and one of addresses of pages no outlet. Only our own names are taken whatever they hold.
    "Hold" means the first 200 cells that are neither blank nor a word for a missing value (`analysis.reading.missing`).

    Raises
    ------
    CorpusError
        When a named column is not there, two columns have one name, or no column holds text.
    """
    _refuse_doubles(table.columns)
    chosen = _named(table, columns or {})
    notes: list[Note] = []
    for ours in _RANKS:
        if ours not in chosen:
            found, about = _found(table, ours, taken={*chosen.values()})
            chosen |= {ours: found} if found is not None else {}
            notes += about
    if not any(field in chosen for field in TEXT_FIELDS):
        names = {str(name).strip().lower() for name in table.columns}
        lexicon = (
            "; a lexicon is read with fa.read_lexicon"
            if names & _OF_LEXICONS and len(names) <= _MOST_OF_LEXICONS
            else ""
        )
        raise NoTextColumnError(
            f"no text column; found {_listed(table)}; name one with columns={{'body': '…'}}{lexicon}",
            _longest_first(table),
        )
    renamed = {theirs: ours for ours, theirs in chosen.items()}
    read_as = {str(theirs): ours for theirs, ours in renamed.items() if theirs != ours}
    # A column that has one of our names, but stands for nothing, keeps its values under another name.
    renamed |= {name: f"{name}_as_found" for name in table.columns if name in ARTICLES.names and name not in renamed}
    return Mapped(table.rename(columns=renamed), read_as, notes)


def has_usual_names(names: Iterable[str]) -> bool:
    """Whether a header names a text column and one other column of ARTICLES by a usual name."""
    found = {folded(name) for name in names}
    known = {ours for ours, ranks in _RANKS.items() if found & ranks.keys()}
    return len(known) > 1 and bool(known & {*TEXT_FIELDS})


def is_usual_name(name: object, ours: str) -> bool:
    """Whether a column of that name is, by its name alone, the column `ours` of ARTICLES."""
    return folded(name) in _RANKS[ours]


def column_named(name: object) -> str:
    """Return the column of ARTICLES that a name usually means, or ""."""
    key = folded(name)
    return next((ours for ours, ranks in _RANKS.items() if key in ranks), "")


def _named(table: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns that the user named; one that is not there as written may differ as `folded` names may."""
    chosen: dict[str, Any] = {}
    for ours, theirs in columns.items():
        if ours not in ARTICLES.names:
            raise CorpusError(
                f"columns= names '{ours}', which is no column of ARTICLES; allowed are {', '.join(ARTICLES.names)}"
            )
        alike = [name for name in table.columns if folded(name) == folded(theirs)]
        if theirs not in table.columns and len(alike) != 1:
            raise CorpusError(f"no column '{theirs}' (given for '{ours}'); found {_listed(table)}")
        chosen[ours] = theirs if theirs in table.columns else alike[0]
    return chosen


def _found(table: pd.DataFrame, ours: str, taken: set[Any]) -> tuple[Any, list[Note]]:
    """Return the column that is `ours` by its name and what it holds, None where there is none, and what must be known."""
    ranks = _RANKS[ours]
    named = sorted(
        (name for name in table.columns if name not in taken and folded(name) in ranks),
        key=lambda name: (str(name) != ours, ranks[folded(name)]),
    )
    held = {name: "" if folded(name) == folded(ours) else _misfit(ours, _cells(table[name])) for name in named}
    fitting = [name for name in named if not held[name]]
    if not fitting:
        return None, [_misfit_note(ours, name, held[name]) for name in named]
    first = next((name for name in fitting if _cells(table[name])), fitting[0])
    others = [
        name for name in fitting if name != first and _cells(table[name]) and not table[name].equals(table[first])
    ]
    return first, [_rival_note(ours, first, other) for other in others]


def _cells(values: pd.Series) -> list[str]:
    """Return the first cells of a column that hold something, as strings."""
    present = values[values.notna()]
    for part in (present.iloc[: 5 * _SAMPLE], present):
        cells = [text for text in map(str, part) if text.strip() and not is_missing_word(text)]
        if cells or len(part) == len(present):
            return cells[:_SAMPLE]
    return []


def _misfit(ours: str, cells: list[str]) -> str:
    """Return what a column holds other than its name says, "" where it may be what it says."""
    if not cells:
        return ""
    if ours in _NO_NUMBERS and all(_NUMBER.fullmatch(cell) for cell in cells):
        return "numbers"
    if ours == "outlet" and sum(bool(_PAGE.fullmatch(cell)) for cell in cells) > len(cells) / 2:
        return "addresses of pages"
    if ours == "date" and not any(_DIGIT.search(cell) for cell in cells):
        return "no dates"
    if ours == "url" and not any("." in cell or "/" in cell for cell in cells):
        return "no web addresses"
    return ""


def _misfit_note(ours: str, name: Any, held: str) -> Note:
    return Note(
        f"column '{name}' holds {held}, so it is not read as {ours}",
        kind="text column not used" if ours in TEXT_FIELDS else "columns not used",
        remedy=f"name it with columns={{'{ours}': '{name}'}} if it is",
    )


def _rival_note(ours: str, first: Any, other: Any) -> Note:
    return Note(
        f"columns '{first}' and '{other}' both fit {ours}; '{first}' is read",
        kind="columns not used",
        remedy=f"columns={{'{ours}': '{other}'}} takes the other one",
    )


def _longest_first(table: pd.DataFrame) -> list[str]:
    """Return the names of the columns, those of the longest texts first."""
    lengths = {name: max(map(len, _cells(table[name])), default=0) for name in table.columns}
    return [str(name) for name in sorted(table.columns, key=lambda name: -lengths[name])]


def _listed(table: pd.DataFrame) -> str:
    return ", ".join(f"'{name}'" for name in table.columns) or "no column at all"


def _refuse_doubles(names: Iterable[Any]) -> None:
    listed = [str(name) for name in names]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise CorpusError(f"the column name '{twice[0]}' stands twice; rename one")
