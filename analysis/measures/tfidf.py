"""TF-IDF by article and by group, and distinctive terms."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import article_names, numbered_articles, resolve
from analysis.counting.counts import count_terms
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

# Alone, these words and the commonest reporting words tell nothing of an outlet; inside a longer term they stay ("war on terror").
STOP_WORDS = frozenset(ENGLISH_STOP_WORDS) | {
    "did",
    "does",
    "don't",
    "didn't",
    "doesn't",
    "mr",
    "mrs",
    "ms",
    "dr",
    "said",
    "says",
}
_WEIGHTING = "tf × smooth idf over articles, norm l2"
_MOST_NAMED = 10


def tfidf(
    tokens: TokensLike,
    *,
    by: str | Sequence[str] = "outlet",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Collection[str] = STOP_WORDS,
    min_articles: int = 2,
    n_terms: int = 20,
) -> pd.DataFrame:
    """Return the most distinctive terms of each group.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    by : str or sequence of str
        Columns of ARTICLES, or ``day``, ``week``, ``month`` or ``year`` of the date; the articles of one value, or of one combination of
        values, are one document.
    ngrams : (int, int)
        Shortest and longest term in words; no term crosses a sentence.
    stop_words : collection of str
        Forms that are no term, and that no longer term begins or ends with. They are left out after counting and
        after lexicon matching, never before, so "war on terror" stays a term.
    min_articles : int
        Terms in fewer articles of the corpus are left out.
    n_terms : int
        How many terms a group.

    Returns
    -------
    pandas.DataFrame
        `by`, ``rank`` (from 1), ``term``, ``tfidf`` (0 to 1; rows of one group have length 1 over all its terms), ``n`` (uses in the
        group), ``n_articles`` (articles of the group with the term). Ties are in alphabetical order. ``attrs`` names the weighting, and
        ``attrs["reason"]`` the groups without a term, which have no row.

    Raises
    ------
    SchemaError
        When a name of `by` is unknown or could mean two things, no article has a value of it, or `ngrams` is not a range from 1.

    Notes
    -----
    scikit-learn's weighting: tf · (ln((1 + N) / (1 + n)) + 1), then scaled to length 1; tf counts the
    uses in the group, N is the number of articles of the corpus, and n how many of them have the term. Articles, not groups, are
    the documents of the second factor, because a handful of outlets cannot tell a common word from a rare one.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "body": ["Weak, weak, weak Hurd.", "Hurd holds talks. Talks go on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.tfidf(tokens, min_articles=1, n_terms=2).round(2)
      outlet  rank   term  tfidf  n  n_articles
    0      A     1   weak   0.97  3           1
    1      A     2   hurd   0.23  1           1
    2      B     1  talks   0.85  2           1
    3      B     2  holds   0.43  1           1
    """
    tokens = tokens_of("tfidf(tokens)", tokens)
    weights = term_weights(tokens, by=by, ngrams=ngrams, stop_words=stop_words, min_articles=min_articles)
    return distinctive_terms(weights, n_terms=n_terms)


@dataclass(frozen=True, eq=False)
class TermWeights:
    """The weight of each term in each article or group.

    Attributes
    ----------
    rows : pandas.DataFrame
        What the rows stand for: one row each, its values of the columns of ARTICLES or periods that they were grouped by.
    terms : numpy.ndarray of object
        The terms of the columns.
    matrix : scipy.sparse.csr_array, shape (n_rows, n_terms)
        The weights.
    counts, carried : scipy.sparse.csr_array, shape (n_rows, n_terms)
        Uses of each term in each row, and how many articles of the row carry it.
    attrs : dict
        Weighting, token rule, length of terms and the rows without terms (``reason``), for results.
    """

    rows: pd.DataFrame
    terms: npt.NDArray[Any]
    matrix: sparse.csr_array
    counts: sparse.csr_array
    carried: sparse.csr_array
    attrs: dict[Hashable, Any]


def term_weights(
    tokens: Tokens,
    *,
    by: str | Sequence[str] = "article_id",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Collection[str] = STOP_WORDS,
    min_articles: int = 2,
) -> TermWeights:
    """Return the TF-IDF weights of all terms, by article or by group, as scikit-learn's TfidfVectorizer makes them.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    by : str or sequence of str
        As for `tfidf`. Articles without a value are in no row.
    ngrams, stop_words, min_articles
        As for `tfidf`.

    Raises
    ------
    SchemaError
        As `tfidf`.
    """
    by = resolve("tfidf", by, article_names(tokens), tokens=tokens, fewest=1)
    if not 1 <= ngrams[0] <= ngrams[1]:
        raise SchemaError(f"tfidf: ngrams {ngrams} is no range; give shortest and longest, for example (1, 2)")
    rows, membership = _groups(tokens, by)
    is_content = np.array([form not in stop_words for form in tokens.form_ids[1]], np.bool_)
    blocks = list(count_terms(tokens, ngrams, is_content=is_content, min_articles=min_articles))
    counts = blocks[0].matrices[0]
    if len(blocks) > 1:
        counts = sparse.csr_array(sparse.hstack([block.matrices[0] for block in blocks], format="csr"))
    terms = np.concatenate([block.terms.to_numpy(zero_copy_only=False) for block in blocks])
    is_used = sparse.csr_array((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)
    uses, carried = (counts, is_used) if membership is None else (membership @ counts, membership @ is_used)
    n_carrying = np.bincount(counts.indices, minlength=len(terms))
    attrs: dict[Hashable, Any] = {
        "weighting": _WEIGHTING,
        **tokens.origin,
        "ngrams": ngrams,
        "reason": _without_terms(rows, uses),
    }
    return TermWeights(rows, terms, _weighted(uses, n_carrying, len(tokens.articles)), uses, carried, attrs)


def _groups(tokens: Tokens, by: list[str]) -> tuple[pd.DataFrame, sparse.csr_array | None]:
    """Return the groups, and a matrix of groups by articles that is 1 where an article is of a group; None where each is one itself."""
    if by == ["article_id"]:
        return tokens.articles[by].reset_index(drop=True), None
    codes, groups = numbered_articles(tokens, by)
    if len(codes) and not len(groups):
        raise SchemaError(f"tfidf: every article lacks a value of {', '.join(by)}; choose another column")
    known = np.flatnonzero(codes >= 0)
    ones = np.ones(len(known), np.int64)
    return groups, sparse.csr_array((ones, (codes[known], known)), shape=(len(groups), len(tokens.articles)))


def _without_terms(rows: pd.DataFrame, uses: sparse.csr_array) -> str:
    empty = [" · ".join(map(str, row)) for row in rows[np.diff(uses.indptr) == 0].itertuples(index=False)]
    if not empty:
        return ""
    more = f" and {len(empty) - _MOST_NAMED:,} more" if len(empty) > _MOST_NAMED else ""
    return f"without terms: {', '.join(empty[:_MOST_NAMED])}{more}"


def _weighted(uses: sparse.csr_array, n_carrying: npt.NDArray[Any], n_articles: int) -> sparse.csr_array:
    """Return uses times the inverse frequency of articles, each row scaled to length 1; every term is carried by an article."""
    inverse_frequency = np.log((n_articles + 1) / (n_carrying + 1)) + 1
    data = uses.data * inverse_frequency[uses.indices]
    lengths = np.sqrt(_row_sums(uses, data**2))
    return sparse.csr_array(
        (data / np.repeat(lengths, np.diff(uses.indptr)), uses.indices, uses.indptr), shape=uses.shape
    )


def _row_sums(uses: sparse.csr_array, data: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the sums of `data` over the rows of `uses`, added from the smallest up, so that no digit hangs on the order of the terms."""
    return np.array([np.sort(data[begin:end]).sum() for begin, end in pairwise(uses.indptr.tolist())], np.float64)


def distinctive_terms(weights: TermWeights, *, n_terms: int = 20) -> pd.DataFrame:
    """Return the terms with the highest weights of each row; columns as `tfidf` describes them.

    Parameters
    ----------
    weights : TermWeights
        What `term_weights` returns.
    n_terms : int
        How many terms a row.
    """
    parts = [
        _top(weights, row, n_terms).assign(**{str(name): value for name, value in group.items()})
        for row, group in enumerate(weights.rows.to_dict("records"))
    ]
    columns = [*map(str, weights.rows.columns), "rank", "term", "tfidf", "n", "n_articles"]
    table = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    return with_origin(table, weights.attrs)


def _top(weights: TermWeights, row: int, n_terms: int) -> pd.DataFrame:
    places = slice(*weights.matrix.indptr[row : row + 2].tolist())
    columns, values = weights.matrix.indices[places], weights.matrix.data[places]
    lowest = np.partition(values, -n_terms)[-n_terms] - 1e-9 if len(values) > n_terms else 0.0
    near = np.flatnonzero(values >= lowest)
    terms = weights.terms[columns[near]]
    order = near[np.lexsort((terms, -values[near].round(12)))][:n_terms]
    carried = weights.carried
    articles = pd.Series(
        carried.data[carried.indptr[row] : carried.indptr[row + 1]],
        index=carried.indices[carried.indptr[row] : carried.indptr[row + 1]],
    )
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "term": weights.terms[columns[order]],
            "tfidf": values[order],
            "n": weights.counts.data[places][order],
            "n_articles": articles.reindex(columns[order]).to_numpy(),
        }
    )
