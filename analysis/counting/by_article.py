"""Articles as the rows of a comparison: their words, their hits of each category, and what they are adjusted for."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.counting.by import article_names, resolve_one, values_of
from analysis.hits.find import hits_of_one_lexicon
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


def words_per_article(tokens: Tokens) -> Array:
    """Return the words of each article as float64, in the order of ARTICLES."""
    return tokens.tokens_per_article.to_numpy(np.float64)


def hits_per_article(hits: pd.DataFrame, tokens: Tokens) -> tuple[list[str], Array]:
    """Return the categories, those without a hit too, and the hits of each article in each, shape (n_articles, n_categories).

    Raises
    ------
    SchemaError
        When `hits` are not HITS, know of no category, or are of an article that the corpus lacks.
    """
    categories = hits_of_one_lexicon(hits, tokens)["category"].astype("category").cat
    if not len(categories.categories):
        raise SchemaError("comparison: HITS hold no hit and no category; take them as find_hits returns them")
    counts = np.zeros((len(tokens.articles), len(categories.categories)))
    np.add.at(counts, (article_rows(hits, tokens), categories.codes.to_numpy()), 1)
    return [str(name) for name in categories.categories], counts


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
