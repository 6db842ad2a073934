"""Words that programs write in place of a missing value, by the column in which they stand."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import array_of, is_true
from analysis.core.word_lists import word_lists
from analysis.reading.notes import Note

METADATA = ("outlet", "date", "byline", "section", "url")
TEXTS = ("headline", "standfirst", "body")
_LISTS = word_lists("reading/missing.txt")
_WORDS = frozenset(word for words in _LISTS["words"].values() for word in words)
# A person's words for "we do not know": metadata only, since texts may be called so.
_OF_METADATA = frozenset(_LISTS["others"]["metadata"])
_LONGEST = max(map(len, _WORDS | _OF_METADATA)) + 8  # with white space around


def is_missing_word(text: str) -> bool:
    """Whether a whole cell is a word for a missing value: NA, N/A, #N/A, null, None, nan, ``-``, ``.`` and the like, in any case."""
    return len(text) <= _LONGEST and text.strip().casefold() in _WORDS


def without_missing_words(table: pd.DataFrame, names: Iterable[str]) -> tuple[pd.DataFrame, list[Note]]:
    """Return a table with missing values where whole cells are blank or words for them, and a note where a text was one.

    Parameters
    ----------
    table : pandas.DataFrame
        Articles with the column names of ARTICLES.
    names : iterable of str
        The columns that are meant: METADATA, or TEXTS too.

    Notes
    -----
    The rule is named ``missing words by column``: in outlet, date, byline, section and url a cell that is blank or one of
    the words is missing, and there so are "unknown", "not available", their translations and codes such as -99. A headline,
    standfirst or body that is nothing but a word that programs write is missing too; since it might be meant ("None"), a note
    says so. Inside running text the words are words, and in ids and further columns they stay as they are.
    """
    table, found = without_missing_cells(table, names)
    return table, missing_notes(found)


def without_missing_cells(table: pd.DataFrame, names: Iterable[str]) -> tuple[pd.DataFrame, dict[str, Counter[str]]]:
    """Return a table as `without_missing_words` does, and which words were found in each text column, and how often."""
    changed: dict[str, pd.Series] = {}
    words: dict[str, Counter[str]] = {}
    for name in names:
        if name not in table.columns or not _is_text(table[name]):
            continue
        found = _missing(table[name], _is_missing_metadata if name in METADATA else is_missing_word)
        if not found.any():
            continue
        changed[name] = table[name].mask(found)
        if name in TEXTS:
            words[name] = Counter(str(word).strip() for word in table.loc[found, name])
    return (table.assign(**changed) if changed else table), words


def missing_notes(found: Mapping[str, Counter[str]]) -> list[Note]:
    """Return a note on each text column in which a text was a word for a missing value."""
    notes = []
    for name in TEXTS:
        if n := found.get(name, Counter()).total():
            words = sorted(found[name])[:3]
            finding = f"the whole {name} of {n:,} articles is {' or '.join(map(repr, words))}, which is read as missing"
            remedy = "put a full stop behind such a word where it is meant"
            notes.append(Note(finding, kind="missing words", count=n, remedy=remedy))
    return notes


def _is_text(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.StringDtype) or values.dtype == object


def are_missing_words(values: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which cells are a word for a missing value; see `is_missing_word`."""
    return _missing(values, is_missing_word)


def _missing(values: pd.Series, is_missing: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Return which cells a rule calls missing, asked once for each different one that is short: nearly all texts are too long."""
    found = np.zeros(len(values), bool)
    if not isinstance(values.dtype, pd.StringDtype):
        found[:] = [isinstance(cell, str) and is_missing(cell) for cell in values]
        return found
    array = array_of(values)
    short = np.flatnonzero(is_true(pc.less_equal(pc.utf8_length(array), _LONGEST)))
    cells = array.take(pa.array(short)).dictionary_encode()
    of_cells = np.array([is_missing(cell) for cell in cells.dictionary.to_pylist()], bool)
    found[short] = of_cells[cells.indices.to_numpy()] if len(short) else False
    return found


def _is_missing_metadata(cell: str) -> bool:
    return not cell.strip() or is_missing_word(cell) or cell.strip().casefold() in _OF_METADATA
