"""How often each article uses each term, counted from the form ids: no Python object is made for a token."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from analysis.core.errors import SchemaError
from analysis.tokens.compiling import compiled_with_arrays
from analysis.tokens.parts import in_parts
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


def uses_of_forms(tokens: Tokens) -> Array:
    """Return how often the corpus uses each form, in the order of ``tokens.form_ids``."""
    form_of_type, forms = tokens.form_ids
    counts = np.zeros(len(forms), np.int64)
    for part in in_parts("counting words", tokens):
        counts += np.bincount(form_of_type[part.type_ids], minlength=len(forms))
    return counts


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
    forms = tokens.form_ids[1]
    content = np.ones(len(forms), np.bool_) if is_content is None else is_content
    n_sides = 1 if sides is None else int(sides.max(initial=0)) + 1
    corpus = _Runs(tokens, sides)
    for length in range(1, ngrams[1] + 1):
        if length > 1:
            corpus.lengthen()
        if length >= ngrams[0]:
            n_articles, examples = _summed_articles(corpus)
            ends = [tokens.form_ids[0][tokens.type_ids[place]] for place in (examples, examples + length - 1)]
            allowed = content[ends[0]] & content[ends[1]] & (n_articles > 0)
            kept = allowed & (n_articles >= min_articles)
            matrices, sizes = _stacked_matrices(corpus, n_sides, n_articles, kept)
            yield TermCounts(tokens, length, matrices, sizes, examples[kept], int(allowed.sum()))


class _RunsOfPart(NamedTuple):
    """The runs of words of one length in a part of the corpus: first token and number of each, and the part's sides and first token."""

    tokens: Tokens
    first: Array
    ids: Array
    side_of: npt.NDArray[np.int8]
    first_token: int

    @property
    def bounds(self) -> Array:
        """Where the runs of each article begin, and those of the last one end."""
        return np.searchsorted(self.first, self.tokens.article_starts)


class _Runs:
    """The runs of words of a corpus, part by part, first of one word and then longer; numbers are the same in all parts.

    What is found in a corpus in memory, which is one part, is kept for the next length; parts on disk are read anew.
    """

    def __init__(self, tokens: Tokens, sides: npt.NDArray[np.int8] | None) -> None:
        self._tokens, self._sides = tokens, sides
        self.n_ids, self.length = len(tokens.form_ids[1]), 1  # the forms number the terms of one word
        self._numbers: list[list[Array]] = []
        self._kept: _RunsOfPart | None = None

    def __iter__(self) -> Iterator[_RunsOfPart]:
        if self._kept is not None:
            yield self._kept
            return
        first_token = 0
        for number, part in enumerate(in_parts("counting terms", self._tokens)):
            runs = self._single_words(part, first_token)
            for length, numbers in enumerate(self._numbers, 2):
                going_on, pairs = _longer(runs, length)
                runs = going_on._replace(ids=numbers[number][pd.factorize(pairs)[0]])
            if part is self._tokens:
                self._kept = runs
            yield runs
            first_token += len(part)

    def lengthen(self) -> None:
        """Make every run one word longer; longer terms are numbered as pairs of a term and one more word, in the order of the text."""
        self.length += 1
        in_parts = []
        for runs in self:
            going_on, pairs = _longer(runs, self.length)
            ids, distinct = pd.factorize(pairs)
            in_parts.append(distinct)
            if self._kept is not None:
                self._kept, self.n_ids = going_on._replace(ids=ids.astype(np.int32)), len(distinct)
                return
        numbers, distinct = pd.factorize(np.concatenate(in_parts))
        self._numbers.append(np.split(numbers.astype(np.int32), np.cumsum([len(part) for part in in_parts])[:-1]))
        self.n_ids = len(distinct)

    def _single_words(self, part: Tokens, first_token: int) -> _RunsOfPart:
        ids = part.form_ids[0][part.type_ids]
        if self._sides is None:
            return _RunsOfPart(part, np.arange(len(part)), ids, np.zeros(len(part), np.int8), first_token)
        side_of = self._sides[first_token : first_token + len(part)]
        first = np.flatnonzero(side_of >= 0)
        return _RunsOfPart(part, first, ids[first], side_of, first_token)


def _longer(runs: _RunsOfPart, length: int) -> tuple[_RunsOfPart, Array]:
    """Return the runs that go on for one more word, and for each the pair of its number and that word's form."""
    tokens, side_of = runs.tokens, runs.side_of
    # Asked for here and not before, because single words need no sentences, which are costly to find.
    continues = np.ones(len(tokens) + 1, np.bool_)
    continues[tokens.sentence_edges] = False
    continues[1:-1] &= side_of[1:] == side_of[:-1]
    # A run that ends with the corpus points one past the last token, which continues nothing.
    goes_on = continues[runs.first + length - 1]
    first, ids = runs.first[goes_on], runs.ids[goes_on]
    following = tokens.form_ids[0][tokens.type_ids[first + length - 1]]
    return runs._replace(first=first, ids=ids), ids.astype(np.int64) << 32 | following


def _summed_articles(corpus: _Runs) -> tuple[Array, Array]:
    """Return in how many articles each term stands, and the first word of its first use."""
    n_articles, examples = np.zeros(corpus.n_ids, np.int32), np.zeros(corpus.n_ids, np.int64)
    for runs in corpus:
        of_part, first = _articles_with(runs.ids, runs.first, runs.bounds, corpus.n_ids)
        is_new = (n_articles == 0) & (of_part > 0)
        examples[is_new] = first[is_new] + runs.first_token
        n_articles += of_part
    return n_articles, examples


def _stacked_matrices(
    corpus: _Runs, n_sides: int, n_articles: Array, kept: Array
) -> tuple[tuple[sparse.csr_array, ...], tuple[Array, ...]]:
    """Return for each side the uses of the kept terms by article, and the number of all runs of each article."""
    parts = [[_matrix(runs, side, n_articles, kept) for side in range(n_sides)] for runs in corpus]
    if len(parts) == 1:
        matrices, sizes = zip(*parts[0], strict=True)
        return matrices, sizes
    by_side = list(zip(*parts, strict=True))
    return (
        tuple(sparse.csr_array(sparse.vstack([matrix for matrix, _ in side], format="csr")) for side in by_side),
        tuple(np.concatenate([size for _, size in side]) for side in by_side),
    )


def _matrix(runs: _RunsOfPart, side: int, n_articles: Array, kept: Array) -> tuple[sparse.csr_array, Array]:
    """Return the uses of the kept terms by article on one side, and the number of all its runs in each article."""
    column_of = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    # No term has more entries than articles of the corpus, and all together not more than there are runs.
    n_terms, n_entries = int(kept.sum()), min(int(n_articles[kept].sum()), len(runs.ids))
    words = (runs.first, runs.ids, runs.side_of)
    indptr, indices, data, sizes = _rows(words, runs.bounds, side, column_of, (n_terms, n_entries))
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
