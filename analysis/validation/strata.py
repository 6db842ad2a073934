"""The units that a sample is drawn from, and the stratum of each: by what its rarest hit is, by a near word, or the rest."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.counting.by import HIT_COLUMNS, values_of
from analysis.lexicons import lexicon_from_mapping
from analysis.matching.matching import find_matches
from analysis.tokens.fields import N_FIELDS
from analysis.tokens.parts import in_parts
from analysis.tokens.rows import Array, Unit, article_rows, sentence_places
from analysis.tokens.tokens import Tokens

SCREENED, REST = "screened", "rest"
ALL_HITS, RARE = "hits", "hits, rare cells"
_OF_HITS = (*HIT_COLUMNS, "zone")


class Units(NamedTuple):
    """The units of a corpus, numbered article by article in the order of the articles' ids.

    So a number that is drawn is the same unit whatever the order of the articles, and however the corpus is cut on disk. The `place` of a
    sentence is that in ``tokens.sentence_starts``, the place of an article its row.

    Attributes
    ----------
    rows : numpy.ndarray of int
        The rows of the articles in the order of their ids.
    firsts : numpy.ndarray of int, shape (n_articles + 1,)
        The number of the first unit of each of them; the last one is the number of units.
    first_places : numpy.ndarray of int
        The place of the first unit of each article, in the order of the rows.
    """

    rows: Array
    firsts: Array
    first_places: Array

    @property
    def n(self) -> int:
        """How many units there are."""
        return int(self.firsts[-1])

    @property
    def of_articles(self) -> Array:
        """How many units each article has, in the order of the rows."""
        n_units = np.empty(len(self.rows), np.int64)
        n_units[self.rows] = np.diff(self.firsts)
        return n_units

    def numbers(self, places: Array) -> Array:
        """Return the number of the unit in each place."""
        rows = np.searchsorted(self.first_places, places, side="right") - 1
        first_of_row = np.empty(len(self.rows), np.int64)
        first_of_row[self.rows] = self.firsts[:-1]
        numbers: Array = first_of_row[rows] + places - self.first_places[rows]
        return numbers

    def places(self, numbers: Array) -> Array:
        """Return the place of each numbered unit."""
        at = np.searchsorted(self.firsts, numbers, side="right") - 1
        places: Array = self.first_places[self.rows[at]] + numbers - self.firsts[at]
        return places


class Strata(NamedTuple):
    """The stratum of each unit, as a place in `names`; those with hits come first, then the screened one and the rest."""

    of_unit: Array
    names: list[str]

    @property
    def sizes(self) -> Array:
        """How many units each stratum has."""
        return np.bincount(self.of_unit, minlength=len(self.names))


def units_of(tokens: Tokens, unit: Unit) -> Units:
    """Return the sentences of a corpus, or its articles with a word."""
    rows = tokens.rows_by_id
    if unit == "article":
        n_units = (np.diff(tokens.article_starts) > 0).astype(np.int64)
        first_places = np.arange(len(rows))
    else:
        first_places = tokens.first_sentences[::N_FIELDS]
        n_units = np.diff(np.append(first_places, len(tokens.sentence_starts)))
    return Units(rows, np.append(0, np.cumsum(n_units[rows])), first_places)


def places_of_hits(hits: pd.DataFrame, tokens: Tokens, unit: Unit) -> Array:
    """Return the place of the unit that each hit stands in."""
    return article_rows(hits, tokens) if unit == "article" else sentence_places(hits, tokens)


def screened_places(tokens: Tokens, words: Sequence[str], unit: Unit) -> Array:
    """Return the places of the units in which one of the words stands, a place as often as they do.

    Raises
    ------
    LexiconError
        When a word can match nothing.
    """
    if not words:
        return np.zeros(0, np.int64)
    lexicon = lexicon_from_mapping({"near": list(dict.fromkeys(words))}, name="screen")
    found, n_articles, n_sentences = [], 0, 0
    for part in in_parts("looking for near words", tokens):
        matches = find_matches(part, lexicon)
        of_part = n_articles + part.articles_at(matches.token) if unit == "article" else n_sentences + matches.sentence
        found.append(of_part.astype(np.int64))
        n_articles, n_sentences = n_articles + len(part.articles), n_sentences + len(part.sentence_starts)
    return np.concatenate(found)


def cells_of_hits(hits: pd.DataFrame, tokens: Tokens, names: Sequence[str]) -> tuple[Array, list[str]]:
    """Return the cell of each hit by columns of HITS and ARTICLES, and what each cell is called, in the order of these names."""
    if not names:
        return np.zeros(len(hits), np.int64), [ALL_HITS]
    rows = article_rows(hits, tokens)
    columns = {name: hits[name].array if name in _OF_HITS else values_of(tokens, name).array[rows] for name in names}
    grouped = pd.DataFrame(columns, index=range(len(hits))).groupby(list(names), observed=True, dropna=False)
    called = [_called(key) for key in grouped.size().index.to_frame(index=False).itertuples(index=False)]
    cells = sorted(set(called))
    code = {cell: number for number, cell in enumerate(cells)}
    of_group = np.array([code[cell] for cell in called], np.int64)
    return of_group[grouped.ngroup().to_numpy()], cells


def _called(values: Sequence[object]) -> str:
    """Return the name of a cell: "hits: weakness, headline"."""
    return f"{ALL_HITS}: " + ", ".join(map(_in_words, values))


def _in_words(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return "missing"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value) or "none"


def rarest_cells(units: Array, cells: Array, n_cells: int) -> tuple[Array, Array]:
    """Return the units that have hits, sorted, and the cell of each: of the cells of its hits the one that fewest units have, then the first.

    Parameters
    ----------
    units, cells : numpy.ndarray of int
        Unit and cell of each hit.
    n_cells : int
        How many cells there are.
    """
    pairs = distinct(units * n_cells + cells)
    units, cells = pairs // n_cells, pairs % n_cells
    sizes = np.bincount(cells, minlength=n_cells)
    rank = np.empty(n_cells, np.int64)
    order = np.argsort(sizes, kind="stable")
    rank[order] = np.arange(n_cells)
    firsts = np.flatnonzero(np.diff(units, prepend=-1))
    return units[firsts], order[np.minimum.reduceat(rank[cells], firsts)] if len(firsts) else cells


def distinct(numbers: Array) -> Array:
    """Return the numbers, none below 0, each once, sorted: `numpy.unique` takes them into a table of hashes, which is slower here."""
    ordered = np.sort(numbers, kind="stable")
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def strata_of(units: Units, of_hits: tuple[Array, Array, list[str]], screened: Array, most: int) -> Strata:
    """Return the stratum of each unit.

    Parameters
    ----------
    units : Units
        All of them.
    of_hits : tuple
        The numbers of the units with hits, the cell of each, and the names of the cells.
    screened : numpy.ndarray of int
        The numbers of the units with a near word.
    most : int
        How many units are drawn of those with hits. Where they are not two for each cell, the largest cells are strata of their own, as
        many as two thirds of the units suffice for, and the others are one stratum, `RARE`.
    """
    with_hits, cells, names = of_hits
    cells, names = _together(cells, names, most)
    names = [*names, SCREENED, REST]
    # Numbers of 16 bits are sorted in one pass; more strata than they can name are rare.
    kind = np.int16 if len(names) < 2**15 else np.int32
    of_unit = np.full(units.n, len(names) - 1, kind)
    of_unit[screened] = len(names) - 2
    of_unit[with_hits] = cells
    return _without_empty(Strata(of_unit, names))


def _together(cells: Array, names: list[str], most: int) -> tuple[Array, list[str]]:
    """Return the cells with those that are too rare for a stratum of their own as one."""
    sizes = np.bincount(cells, minlength=len(names))
    used = int((sizes > 0).sum())
    if int(np.minimum(sizes, 2).sum()) <= most:
        return cells, names
    largest = np.argsort(-sizes, kind="stable")[:used]
    kept = sorted(largest[: most // 3].tolist()) if most > 3 else []
    new = np.full(len(names), len(kept), np.int64)
    new[kept] = np.arange(len(kept))
    return new[cells], [*(names[cell] for cell in kept), RARE if kept else ALL_HITS]


def _without_empty(strata: Strata) -> Strata:
    used = np.flatnonzero(strata.sizes)
    new = np.zeros(len(strata.names), strata.of_unit.dtype)
    new[used] = np.arange(len(used))
    return Strata(new[strata.of_unit], [strata.names[place] for place in used])
