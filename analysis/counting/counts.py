"""How often each article uses each term, counted from the form ids: no Python object is made for a token."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.core.errors import SchemaError
from analysis.tokens.compiling import compiled_with_arrays
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class TermCounts:
    """Uses of the terms of one length.

    Attributes
    ----------
    tokens : Tokens
        The corpus.
    length : int
        Words of a term.
    matrices : tuple of scipy.sparse.csr_array, shape (n_articles, n_terms)
        Uses by article, one matrix a side.
    sizes : tuple of numpy.ndarray, shape (n_articles,)
        Runs of `length` words of each article, those of left-out terms too, one array a side.
    examples : numpy.ndarray of int64, shape (n_terms,)
        First token of one use of each term.
    n_types : int
        Distinct terms before `min_articles` left some out.
    """

    tokens: Tokens
    length: int
    matrices: tuple[sparse.csr_array, ...]
    sizes: tuple[Array, ...]
    examples: Array
    n_types: int

    @property
    def terms(self) -> pa.LargeStringArray:
        """The terms, their forms joined by spaces."""
        form_of_type, forms = self.tokens.form_ids
        spellings = pa.array(forms, pa.large_string())
        words = [
            spellings.take(pa.array(form_of_type[self.tokens.type_ids[self.examples + step]]))
            for step in range(self.length)
        ]
        return pc.binary_join_element_wise(*words, pa.scalar(" ", pa.large_string()))


def count_terms(
    tokens: Tokens,
    ngrams: tuple[int, int],
    *,
    sides: npt.NDArray[np.int8] | None = None,
    is_content: npt.NDArray[np.bool_] | None = None,
    min_articles: int = 1,
) -> Iterator[TermCounts]:
    """Yield the counts of each length of term.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    ngrams : (int, int)
        Shortest and longest term in words; no term crosses a sentence or leaves a side.
    sides : numpy.ndarray of int8, optional
        The side (0, 1 …) of each token, -1 where it is on none; without it all tokens are on side 0.
    is_content : numpy.ndarray of bool, optional
        Whether a term may begin and end with each form.
    min_articles : int
        Terms in fewer articles, of all sides together, are left out.

    Raises
    ------
    SchemaError
        When `ngrams` is not a range from 1.
    """
    if not isinstance(ngrams, tuple | list) or len(ngrams) != 2 or not 1 <= ngrams[0] <= ngrams[1]:
        raise SchemaError(f"ngrams {ngrams} is no range; give shortest and longest, for example (1, 2)")
    form_of_type, forms = tokens.form_ids
    form_ids = form_of_type[tokens.type_ids]
    content = np.ones(len(forms), np.bool_) if is_content is None else is_content
    side_of = np.zeros(len(tokens), np.int8) if sides is None else sides
    n_sides = int(side_of.max(initial=0)) + 1
    first = np.arange(len(tokens)) if sides is None else np.flatnonzero(sides >= 0)
    # The forms number the terms of one word; longer terms are numbered as pairs of a term and one more word.
    ids, n_ids = form_ids if sides is None else form_ids[first], len(forms)
    for length in range(1, ngrams[1] + 1):
        if length > 1:
            # Asked for here and not before, because single words need no sentences, which are costly to find.
            first, ids = _that_go_on(first, ids, length, _continues(tokens, side_of))
            ids, n_ids = _numbered(ids, form_ids[first + length - 1])
        if length >= ngrams[0]:
            bounds = np.searchsorted(first, tokens.article_starts)
            n_articles, examples = _articles_with(ids, first, bounds, n_ids)
            allowed = content[form_ids[examples]] & content[form_ids[examples + length - 1]] & (n_articles > 0)
            kept = allowed & (n_articles >= min_articles)
            rows = [_matrix((first, ids, side_of), bounds, side, n_articles, kept) for side in range(n_sides)]
            matrices, sizes = zip(*rows, strict=True)
            yield TermCounts(tokens, length, matrices, sizes, examples[kept], int(allowed.sum()))


def _continues(tokens: Tokens, side_of: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    """Return whether each token goes on with the sentence and the side of the token before it."""
    continues = np.ones(len(tokens) + 1, np.bool_)
    continues[tokens.sentence_edges] = False
    continues[1:-1] &= side_of[1:] == side_of[:-1]
    return continues


def _that_go_on(first: Array, ids: Array, length: int, continues: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    # A run that ends with the corpus points one past the last token, which continues nothing.
    longer = continues[first + length - 1]
    return first[longer], ids[longer]


def _numbered(prefixes: Array, following: Array) -> tuple[Array, int]:
    """Return the number of each pair of a prefix and the form behind it, in order of first appearance, and how many pairs there are."""
    ids, pairs = pd.factorize(prefixes.astype(np.int64) << 32 | following)
    return ids.astype(np.int32), len(pairs)


def _matrix(
    runs: tuple[Array, Array, Array], bounds: Array, side: int, n_articles: Array, kept: Array
) -> tuple[sparse.csr_array, Array]:
    """Return the uses of the kept terms by article on one side, and the number of all its runs in each article."""
    column_of = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    n_terms, n_entries = int(kept.sum()), int(n_articles[kept].sum())
    indptr, indices, data, sizes = _rows(runs, bounds, side, column_of, (n_terms, n_entries))
    # scipy widens both index arrays to the wider of them.
    indptr = indptr.astype(np.int32) if n_entries < 2**31 else indptr
    return sparse.csr_array((data, indices, indptr), shape=(len(sizes), n_terms)), sizes


@compiled_with_arrays
def _articles_with(ids, first, bounds, n):  # type: ignore[no-untyped-def]
    """Return in how many articles each id stands, and the first word of its first use."""
    last = np.full(n, -1, np.int32)
    counts = np.zeros(n, np.int32)
    examples = np.zeros(n, np.int64)
    for article in range(len(bounds) - 1):
        for i in range(bounds[article], bounds[article + 1]):
            number = ids[i]
            if last[number] != article:
                if counts[number] == 0:
                    examples[number] = first[i]
                last[number] = article
                counts[number] += 1
    return counts, examples


@compiled_with_arrays
def _rows(runs, bounds, side, column_of, shape):  # type: ignore[no-untyped-def]
    """Return indptr, indices and data of the counts of one side, and the number of its runs in each article."""
    first, ids, sides = runs
    n_terms, n_entries = shape
    last = np.full(n_terms, -1, np.int64)
    indptr = np.zeros(len(bounds), np.int64)
    indices = np.empty(n_entries, np.int32)
    data = np.empty(n_entries, np.int64)
    sizes = np.zeros(len(bounds) - 1, np.int64)
    n = 0
    for article in range(len(bounds) - 1):
        begin = n
        for i in range(bounds[article], bounds[article + 1]):
            if sides[first[i]] != side:
                continue
            sizes[article] += 1
            column = column_of[ids[i]]
            if column < 0:
                continue
            # Entries are written article by article, so an entry of this article stands at or after its first.
            if last[column] < begin:
                last[column] = n
                indices[n] = column
                data[n] = 1
                n += 1
            else:
                data[last[column]] += 1
        indptr[article + 1] = n
    return indptr, indices[:n], data[:n], sizes
