"""Articles as the rows of a comparison: their words, their hits of each category, and what they are adjusted for."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.coding import codes_in, levels
from analysis.core.errors import SchemaError
from analysis.counting.by import article_names, resolve_one, values_of
from analysis.hits.find import hits_of_one_lexicon
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


def words_per_article(tokens: Tokens) -> Array:
    """Return the words of each article as float64, in the order of ARTICLES."""
    return tokens.tokens_per_article.to_numpy(np.float64)


def counted(rows: Array, kinds: Array, shape: tuple[int, int], *, weights: Array | None = None) -> sparse.csr_array:
    """Return how often each kind stands in each row: the one count behind the measures of hits.

    Counts of parts of a corpus are added, or stacked where the parts are of other articles, before anything is divided.

    Parameters
    ----------
    rows, kinds : numpy.ndarray of integers
        Row and kind of each hit; -1 in either is counted nowhere.
    shape : (int, int)
        How many rows and kinds there are, those without a hit too.
    weights : numpy.ndarray, optional
        What each hit counts; by default 1.
    """
    known = (rows >= 0) & (kinds >= 0)
    values = np.ones(int(known.sum()), np.int64) if weights is None else weights[known]
    return sparse.csr_array((values, (rows[known], kinds[known])), shape=shape)


def counts_by_article(
    hits: pd.DataFrame, tokens: Tokens, kinds: Array, n_kinds: int, *, weights: Array | None = None
) -> sparse.csr_array:
    """Return the hits of each article in each kind, or the sums of their weights; further as `counted`."""
    return counted(article_rows(hits, tokens), kinds, (len(tokens.articles), n_kinds), weights=weights)


def hits_in_articles(hits: pd.DataFrame, tokens: Tokens, *, weights: Array | None = None) -> Array:
    """Return how many of `hits` each article has, or the sum of their weights, in the order of ARTICLES."""
    of_one_kind = np.zeros(len(hits), np.int64)
    counts: Array = counts_by_article(hits, tokens, of_one_kind, 1, weights=weights).toarray()[:, 0]
    return counts


def hits_per_article(hits: pd.DataFrame, tokens: Tokens) -> tuple[list[str], Array]:
    """Return the categories, those without a hit too, and the hits of each article in each, shape (n_articles, n_categories).

    Raises
    ------
    SchemaError
        When `hits` are not HITS, know of no category, or are of an article that the corpus lacks.
    """
    categories = levels(hits_of_one_lexicon(hits, tokens)["category"])
    if not categories:
        raise SchemaError("comparison: HITS hold no hit and no category; take them as find_hits returns them")
    counts = counts_by_article(hits, tokens, codes_in(hits["category"], categories), len(categories))
    return list(map(str, categories)), counts.toarray().astype(np.float64)


def covariate(measure: str, tokens: Tokens, name: str) -> pd.Series:
    """Return what the articles are grouped by or adjusted for.

    Parameters
    ----------
    measure : str
        The public function, for errors.
    tokens : Tokens
        The corpus.
    name : str
        A column of ARTICLES; ``day``, ``week``, ``month`` or ``year`` of the date; or ``length``, the natural logarithm of an
        article's words.

    Returns
    -------
    pandas.Series
        float64 where the column holds numbers, else str; one element an article, missing where the article has no value.

    Raises
    ------
    SchemaError
        When there is no such column, or the name could mean two things.
    """
    name = resolve_one(measure, name, [*article_names(tokens), "length"], tokens=tokens)
    if name == "length":
        words = pd.Series(words_per_article(tokens))
        return words.where(words > 0).transform(np.log)
    column = values_of(tokens, name)
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return column.astype("float64" if is_number else "str")
