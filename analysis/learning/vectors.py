"""Word vectors: trained on the corpus by counting, or read from a file in word2vec's or GloVe's text form."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import svds

from analysis.core.errors import FramingError
from analysis.counting.counts import uses_of_forms
from analysis.learning.memory import tell_of_memory
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.compiling import compiled_step, compiled_with_arrays
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_SMOOTHING = 0.75
_SINGULAR_POWER = 0.5
# The matrix is in single precision: smaller singular values, as shares of the largest, are its rounding.
_SMALLEST_SHARE = float(np.sqrt(np.finfo(np.float32).eps))
_DECIMALS = 5  # further ones differ from processor to processor


@dataclass(frozen=True, eq=False)
class Vectors:
    """Words and their vectors.

    Attributes
    ----------
    words : sequence of str
        Distinct words; vectors trained here have the forms of the corpus, commonest first.
    matrix : numpy.ndarray of float32, shape (n_words, n_dimensions)
        One row a word. A row of zeros has no direction, so the word counts as one without a vector.
    origin : dict
        Where they come from, with every setting; it travels with results.
    """

    words: Sequence[str]
    matrix: npt.NDArray[np.float32]
    origin: dict[str, Any]

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self.index

    def __getitem__(self, word: str) -> npt.NDArray[np.float32]:
        """Return the vector of a word.

        Raises
        ------
        FramingError
            When the word has none.
        """
        if word not in self.index:
            raise FramingError(
                f"no vector for {word!r}; words are compared letter by letter and those of a corpus are in lower case; "
                f"choose another word or vectors with more words (these have {len(self):,})"
            )
        vector: npt.NDArray[np.float32] = self.matrix[self.index[word]]
        return vector

    def __repr__(self) -> str:
        return f"Vectors({len(self):,} words, {self.matrix.shape[1]} dimensions, {self.hash})"

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each word whose vector has a direction."""
        return {self.words[row]: row for row in np.flatnonzero(self._lengths).tolist()}

    @cached_property
    def _lengths(self) -> Array:
        lengths: Array = np.linalg.norm(self.matrix.astype(np.float64), axis=1)  # the same on every processor
        return lengths

    @cached_property
    def unit(self) -> npt.NDArray[np.float32]:
        """The rows scaled to length 1; rows of zeros stay."""
        scaled: npt.NDArray[np.float32] = (self.matrix / np.where(self._lengths, self._lengths, 1)[:, None]).astype(
            np.float32
        )
        return scaled

    @cached_property
    def hash(self) -> str:
        """Twelve hex digits (SHA-256) of words and numbers."""
        digest = hashlib.sha256("\n".join(self.words).encode("utf-8", "surrogatepass"))
        digest.update(np.ascontiguousarray(self.matrix, dtype="<f4").tobytes())
        return digest.hexdigest()[:12]

    def nearest(self, word: str, n: int = 10) -> pd.DataFrame:
        """Return the `n` words whose vectors point most nearly the same way, with their cosine (-1 to 1).

        Raises
        ------
        FramingError
            When the word has no vector.
        """
        # In double precision: in single, the seventh digit hangs on the processor.
        vector = self[word].astype(np.float64)
        cosines = self.unit @ (vector / np.linalg.norm(vector))
        # Rounded, so that the order of ties does not hang on the last bit of a sum.
        order = np.argsort(-cosines.round(6), kind="stable")
        chosen = [row for row in order.tolist() if self._lengths[row] and row != self.index[word]][:n]
        return pd.DataFrame({"word": [self.words[row] for row in chosen], "cosine": cosines[chosen]})

    def without(self, words: Collection[str]) -> Self:
        """Return the vectors of all other words, for example those that are no stop words."""
        left_out = set(words)
        kept = [row for row, word in enumerate(self.words) if word not in left_out]
        origin = {**self.origin, "words_left_out": len(self) - len(kept)}
        return type(self)([self.words[row] for row in kept], self.matrix[kept], origin)


def train_vectors(
    tokens: TokensLike,
    *,
    n_words: int = 50_000,
    min_count: int = 5,
    window: int = 5,
    n_dimensions: int = 200,
    seed: int = 1,
) -> Vectors:
    """Return vectors of the words of a corpus, from the words that stand near them.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    n_words : int
        Most words that get a vector: the commonest forms, those equally common in alphabetical order.
    min_count : int
        Uses that a form must have.
    window : int
        How many words to the left and to the right count as near; words without a vector keep their place in it, and
        it never crosses a sentence.
    n_dimensions : int
        Numbers a vector.
    seed : int
        Seed of the vector that the decomposition starts from; another seed moves no number but by rounding.

    Returns
    -------
    Vectors

    Raises
    ------
    FramingError
        When an option is below 1, there are not more words than dimensions, or no two words are associated.

    Notes
    -----
    The matrix M of positive pointwise mutual information, with n(w, c) the times that c stands near w,

        M(w, c) = max(0, ln(n(w, c) · Σ n(c')^0.75 / (n(w) · n(c)^0.75))),

    is decomposed to M ≈ U S Vᵀ, and the vectors are the rows of U √S. The power 0.75 keeps rare neighbours from having the
    highest values; the root of S weighs the dimensions better for similarity than S itself (Levy, Goldberg & Dagan
    2015). U, S and V are iterated to double precision (ARPACK): with a few power iterations of a randomised algorithm, the biases of
    small corpora moved with its seed as much as from one outlet to the next. Each column of U has the sign that makes its
    largest element positive; the vectors keep five decimals, which are the same on every processor.

    References
    ----------
    Levy, O., Goldberg, Y., & Dagan, I. (2015). Improving distributional similarity with lessons learned from word
    embeddings. Transactions of the ACL 3, 211-225.
    Lehoucq, R. B., Sorensen, D. C., & Yang, C. (1998). ARPACK users' guide. SIAM.
    """
    tokens = tokens_of("train_vectors(tokens)", tokens)
    tell_of_memory("train_vectors(tokens)", tokens)
    association, words = ppmi(tokens, n_words=n_words, min_count=min_count, window=window)
    if not 1 <= n_dimensions < len(words):
        raise FramingError(
            f"train_vectors: n_dimensions={n_dimensions}, but {len(words):,} words stand in the corpus at least "
            f"{min_count} times; allowed is 1 to one fewer than the words; lower n_dimensions or min_count"
        )
    if not association.nnz:
        raise FramingError(
            "train_vectors: no two words stand near each other more often than by chance; give more text or a wider window"
        )
    matrix = _left_vectors(association, n_dimensions, seed)
    origin = {
        "vectors": f"PPMI (contexts to the power {_SMOOTHING}) and SVD (singular values to the power {_SINGULAR_POWER})",
        "token_rule": tokens.rule,
        "vectors_n_tokens": len(tokens),
        "min_count": min_count,
        "window": window,
        "n_dimensions": n_dimensions,
        "vectors_seed": seed,
    }
    return Vectors(words, matrix, origin)


def _left_vectors(association: sparse.csr_array, n_dimensions: int, seed: int) -> npt.NDArray[np.float32]:
    """Return U √S of the largest singular values, those that rounding cannot tell from 0 as columns of zeros."""
    rng = np.random.default_rng(seed)
    association = association.astype(np.float64)
    _, singular, right = svds(association, n_dimensions, return_singular_vectors="vh", rng=rng)
    singular, right = singular[::-1], right[::-1]  # largest first
    is_above = singular > _SMALLEST_SHARE * singular[0]
    scale = np.power(singular, _SINGULAR_POWER - 1, out=np.zeros_like(singular), where=is_above)
    # U = M V / S; a word without neighbours then has zeros and not what rounding leaves of them.
    matrix = (association @ right.T) * scale
    largest = matrix[np.abs(matrix).argmax(axis=0), np.arange(n_dimensions)]
    return np.asarray(np.round(matrix * np.where(largest < 0, -1, 1), _DECIMALS), np.float32)


def ppmi(tokens: Tokens, *, n_words: int, min_count: int, window: int) -> tuple[sparse.csr_array, list[str]]:
    """Return the matrix of positive pointwise mutual information that `train_vectors` decomposes, and its words.

    Pairs are counted one row at a time and only positive elements are kept, 8 bytes each.

    Raises
    ------
    FramingError
        When an option is below 1.
    """
    for name, value in (("n_words", n_words), ("min_count", min_count), ("window", window)):
        if value < 1:
            raise FramingError(f"train_vectors: {name}={value}; it must be at least 1")
    word_of, words = _vocabulary(tokens, n_words, min_count)
    sentence_of = np.repeat(
        np.arange(len(tokens.sentence_starts), dtype=np.int32), np.diff(tokens.sentence_edges).astype(np.int64)
    )
    totals = _pair_totals(word_of, sentence_of, window, len(words))
    contexts = totals**_SMOOTHING
    # No pair has a total of 0, so the stand-in is never used; it only keeps the division quiet.
    base = contexts / (contexts.sum() or 1)
    bounds = np.append(0, np.cumsum(np.bincount(word_of[word_of >= 0], minlength=len(words))))
    places = np.argsort(word_of, kind="stable")[np.count_nonzero(word_of < 0) :]
    counted = (places, bounds, word_of, sentence_of, window)
    row_bounds = np.append(0, np.cumsum(_row_sizes(*counted, totals, base)))
    columns = np.empty(row_bounds[-1], np.int32)
    values = np.empty(row_bounds[-1], np.float32)
    _fill_rows(*counted, totals, base, row_bounds, columns, values)
    return sparse.csr_array((values, columns, row_bounds), shape=(len(words), len(words))), words


def _vocabulary(tokens: Tokens, n_words: int, min_count: int) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return the number of each token's word, -1 for a word without a vector, and the words, commonest first."""
    form_of_type, forms = tokens.form_ids
    counts = uses_of_forms(tokens)
    common = np.flatnonzero(counts >= min_count).tolist()
    chosen = sorted(common, key=lambda form: (-counts[form], forms[form]))[:n_words]
    number = np.full(len(forms), -1, np.int32)
    number[chosen] = np.arange(len(chosen))
    return number[form_of_type][tokens.type_ids], [forms[form] for form in chosen]


def _pair_totals(word_of: Array, sentence_of: Array, window: int, n_words: int) -> npt.NDArray[np.float64]:
    """Return for each word in how many pairs of near words it stands."""
    totals = np.zeros(n_words, np.int64)
    for step in range(1, window + 1):
        left, right = word_of[:-step], word_of[step:]
        near = (left >= 0) & (right >= 0) & (sentence_of[:-step] == sentence_of[step:])
        totals += np.bincount(left[near], minlength=n_words) + np.bincount(right[near], minlength=n_words)
    return totals.astype(np.float64)


@compiled_step
def _count_row(
    places: Array, word_of: Array, sentence_of: Array, window: int, counts: Array, touched: Array
) -> int:  # pragma: no cover
    """Count the words near `places` into `counts`, list them in `touched`, and return how many they are."""
    n = 0
    for place in places:
        for other in range(max(0, place - window), min(len(word_of), place + window + 1)):
            word = word_of[other]
            if other == place or word < 0 or sentence_of[other] != sentence_of[place]:
                continue
            if counts[word] == 0:
                touched[n] = word
                n += 1
            counts[word] += 1
    return n


@compiled_with_arrays
def _row_sizes(
    places: Array, bounds: Array, word_of: Array, sentence_of: Array, window: int, totals: Array, base: Array
) -> Array:  # pragma: no cover
    n_words = len(totals)
    sizes = np.zeros(n_words, np.int64)
    counts, touched = np.zeros(n_words, np.int32), np.empty(n_words, np.int32)
    for row in range(n_words):
        n = _count_row(places[bounds[row] : bounds[row + 1]], word_of, sentence_of, window, counts, touched)
        for column in touched[:n]:
            sizes[row] += counts[column] > totals[row] * base[column]
            counts[column] = 0
    return sizes


@compiled_with_arrays
def _fill_rows(
    places: Array, bounds: Array, word_of: Array, sentence_of: Array, window: int, totals: Array, base: Array,
    row_bounds: Array, columns: Array, values: Array,
) -> None:  # pragma: no cover  # fmt: skip
    n_words = len(totals)
    counts, touched = np.zeros(n_words, np.int32), np.empty(n_words, np.int32)
    for row in range(n_words):
        n = _count_row(places[bounds[row] : bounds[row + 1]], word_of, sentence_of, window, counts, touched)
        at = row_bounds[row]
        for column in touched[:n]:
            if counts[column] > totals[row] * base[column]:
                columns[at] = column
                values[at] = np.log(counts[column] / (totals[row] * base[column]))
                at += 1
            counts[column] = 0


def read_vectors(path: str | Path, *, words: Collection[str] | None = None) -> Vectors:
    """Return the vectors of a text file: a word a line, then its numbers, all separated by one space.

    Parameters
    ----------
    path : str or pathlib.Path
        word2vec's text form, whose first line holds the number of words and of dimensions, or GloVe's, which has no
        such line.
    words : collection of str, optional
        Only these are kept, for example the forms of a corpus; large files then need little memory.

    Returns
    -------
    Vectors
        Words as the file writes them. ``origin`` names the file.

    Raises
    ------
    FramingError
        When the file cannot be read, a line has another number of values than the first, a value is no finite number, a
        word stands twice, or the number of words is not the stated one; the message names the line.
    """
    path = Path(path)
    wanted = None if words is None else set(words)
    reader = _VectorFile(path)
    rows = {word: values for word, values in reader if wanted is None or word in wanted}
    if not rows:
        found = "holds no word" if wanted is None else f"holds none of the {len(wanted):,} words asked for"
        raise FramingError(f"{path}: {found}; give a file of lines such as 'weak 0.12 -0.30 …'")
    return Vectors(list(rows), np.stack(list(rows.values())), {"vectors": path.name, "n_dimensions": reader.n_values})


class _VectorFile:
    """The lines of a file of vectors, checked as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = self.n_values = self.n_lines = 0
        self.n_stated: int | None = None
        self.seen: dict[str, int] = {}

    def __iter__(self) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
        try:
            # Only a line feed ends a line: some words of published files hold other characters that Python takes for an end.
            with self.path.open(encoding="utf-8", newline="\n") as file:
                for self.line, text in enumerate(file, start=1):
                    fields = text.rstrip("\r\n ")
                    if self.line == 1 and self._is_header(fields):
                        continue
                    yield self._parsed(fields)
        except UnicodeDecodeError as error:
            raise FramingError(f"{self.path}, after line {self.line}: not UTF-8; save the vectors as text") from error
        except OSError as error:
            raise FramingError(
                f"{self.path}: cannot be read ({error.strerror}); give the path of a text file"
            ) from error
        if self.n_stated not in (None, len(self.seen)):
            raise FramingError(
                f"{self.path}: its first line states {self.n_stated:,} words, {len(self.seen):,} follow; "
                f"the file is cut short or joined; get it anew"
            )

    def _is_header(self, text: str) -> bool:
        fields = text.split(" ")
        if len(fields) != 2 or not all(field.isdecimal() for field in fields):
            return False
        self.n_stated, self.n_values = map(int, fields)
        return True

    def _parsed(self, text: str) -> tuple[str, npt.NDArray[np.float32]]:
        self.n_values = self.n_values or text.count(" ")
        # Some words of published files hold spaces, so the numbers are counted from the end.
        word, *fields = text.rsplit(" ", self.n_values) if self.n_values else [text]
        if not word or not fields or len(fields) != self.n_values:
            raise self._error(f"found {len(fields)} numbers after the word, needed are {self.n_values or 'some'}")
        try:
            values = np.array(fields, dtype=np.float32)
        except ValueError as error:
            raise self._error(f"{error}; after the word only numbers may stand") from error
        if not np.isfinite(values).all():
            raise self._error("a value is not finite; take the word out")
        if word in self.seen:
            raise self._error(
                f"{word!r} stands here for the second time (first in line {self.seen[word]}); take one out"
            )
        self.seen[word] = self.line
        return word, values

    def _error(self, found: str) -> FramingError:
        return FramingError(f"{self.path}, line {self.line}: {found}")
