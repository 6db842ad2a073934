"""Which column of a table is what: terms, categories, weights, and what says nothing about membership."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.core.word_lists import word_lists
from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, as_number

Row = tuple[int, list[str]]

_LISTS = word_lists("lexicons/columns.txt")
TERMS = _LISTS["roles"]["terms"]
# The first name wins wherever it stands; the others by place.
_CATEGORY = _LISTS["roles"]["category"]
_CATEGORIES = _LISTS["roles"]["categories"]
WEIGHTS = _LISTS["roles"]["weights"]
_EITHER = ("sentiment", "polarity")
DETAILS = ("case", "except", "note", "notes", "comment", "parent", "valence")
MARKS = ("x", "X")
# Names that R and pandas give to the numbers of rows, and others to numbers that identify words.
_INDEX = ("", *_LISTS["others"]["index"])
_STATISTIC = frozenset(_LISTS["others"]["statistics"])
# "Word No." numbers the words, while a column "no" may be a category.
_NUMBERING = re.compile(r".*[\W_](?:no|nr|num|number)\.?", re.IGNORECASE)
_WORD_OF_NAME = re.compile(r"[^\W\d_]+")
# "ValenceSD" are two words.
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Columns:
    """Where the columns stand: terms, categories and weights where there are such, and what else has a name.

    Attributes
    ----------
    line : int
        Line of the header.
    names : list of str
        The names of all columns.
    term : int
        The place of the terms.
    category, weight : int or None
        The places of the categories and weights.
    details : dict of str to int
        The places of case, exceptions, notes, parents and valence.
    are_named : bool
        Whether the user named the columns.
    """

    line: int
    names: list[str]
    term: int
    category: int | None
    weight: int | None
    details: dict[str, int]
    are_named: bool = False


def find_columns(line: int, names: list[str], rows: list[Row], draft: Draft) -> Columns:
    """Return which column is what: as the user says, else by its name, else by what stands in it.

    Raises
    ------
    LexiconError
        When no column can be told to be that of the terms, or one that the user names is not there.
    """
    places = {name.casefold(): place for place, name in reversed(list(enumerate(names)))}
    if draft.columns:
        return _as_named(line, names, places, draft)
    # A column of scores may be called sentiment or polarity, and is told from one of names by its numbers.
    scores = {name: place for name, place in places.items() if name in _EITHER and is_numeric(place, rows)}
    category = _first(places, _CATEGORY)
    if category is None:
        category = _first(places, [name for name in _CATEGORIES if name not in scores])
    weight = _first(places, WEIGHTS)
    if weight is None:
        weight = _first(scores, scores)
    details = {name: places[name] for name in DETAILS if name in places}
    term = _first(places, TERMS)
    if term is None:
        taken = {category, weight, *details.values()}
        term = _by_content(line, names, [place for place in range(len(names)) if place not in taken], rows, draft)
    return Columns(line, names, term, category, weight, details)


def index_column(names: list[str], rows: list[Row]) -> int | None:
    """Return the place of a first column that only numbers the rows, None where there is none."""
    if len(names) < 2 or names[0].casefold() not in _INDEX:
        return None
    cells = [cells[0].strip() for _, cells in rows if cells]
    return 0 if cells and all(cell.isdecimal() for cell in cells) else None


def is_category(name: str) -> bool:
    """Whether a folded name is one of a column of categories."""
    return name in _CATEGORY or name in _CATEGORIES


def is_numeric(place: int, rows: Iterable[Row]) -> bool:
    """Whether most cells of a column are numbers, as far as they hold anything."""
    cells = [cell for _, cells in rows if len(cells) > place and (cell := cells[place].strip())]
    return bool(cells) and sum(as_number(cell) is not None for cell in cells) * 2 > len(cells)


def is_statistic(name: str) -> bool:
    """Whether a column of numbers counts or measures something else than membership, as "V.SD.Sum" and "Word Count" do."""
    words = _WORD_OF_NAME.findall(_INNER_CAPITAL.sub(" ", name))
    return bool(_NUMBERING.fullmatch(name)) or any(word.casefold() in _STATISTIC for word in words)


def means_member(value: str, name: str) -> bool:
    """Whether a cell says that its term belongs to the category of the column."""
    return bool(name) and (
        as_number(value) is not None or value in MARKS or value.casefold().startswith(name.casefold())
    )


def _first(places: dict[str, int], names: Iterable[str]) -> int | None:
    return min((places[name] for name in names if name in places), default=None)


def _as_named(line: int, names: list[str], places: dict[str, int], draft: Draft) -> Columns:
    draft.used_columns = True
    found = {}
    for role, name in draft.columns.items():
        if name.strip().casefold() not in places:
            known = ", ".join(map(shown, filter(None, names)))
            raise draft.error(line, f"there is no column {shown(name)} for '{role}'; the columns are {known}")
        found[role] = places[name.strip().casefold()]
    return Columns(line, names, found["term"], found.get("category"), found.get("weight"), {}, True)


def _by_content(line: int, names: list[str], places: list[int], rows: list[Row], draft: Draft) -> int:
    """Return the place of the only column of words."""
    text = [place for place in places if not is_numeric(place, rows) and not _is_of_marks(place, names[place], rows)]
    if len(text) == 1 or (text and len(names) == 1):
        return text[0]
    what = f"the columns {', '.join(shown(names[place]) for place in text)} could" if text else "no column can"
    raise draft.error(
        line,
        f"{what} hold the terms; name the column of terms 'term' and that of categories 'category' in a first row, "
        f'or say which they are: columns={{"term": "…", "category": "…"}}; where each column is a category, write a row for each term',
    )


def _is_of_marks(place: int, name: str, rows: list[Row]) -> bool:
    cells = [cell for _, cells in rows if len(cells) > place and (cell := cells[place].strip())]
    return not cells or sum(means_member(cell, name) for cell in cells) * 2 > len(cells)
