"""The hits whose sentences a report holds: all, or, where they are too many for a page, some that are drawn so that every number opens some."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in
from analysis.tokens.rows import article_rows
from analysis.tokens.tokens import Tokens

# They take about 100 bytes of the page each.
MOST_HITS = 400_000
# What a number of the report can be a count of; every table has the hits of a category, alone or with one of the others.
DIMENSIONS = ("outlet", "period", "category", "zone", "voice", "target")
_OF_ARTICLE = ("outlet", "period")
_SEED = 1

Array = npt.NDArray[Any]


class Held(NamedTuple):
    """The hits that a page holds.

    Attributes
    ----------
    rows : numpy.ndarray of int
        Their rows in HITS, article by article.
    n_least : int
        Of every number of the report it holds at least so many hits, or all.
    """

    rows: Array
    n_least: int


def held_hits(hits: pd.DataFrame, tokens: Tokens) -> Held:
    """Return the hits that a page holds.

    Where some are drawn, the hits of each number are put into an order by chance. A hit's place is the best that it has in any number, and
    those with the best places are held. So rare groups keep all of their hits, and each large one has a sample by chance.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus, with the column ``period`` that `analysis.counting.periods.with_period` gives.
    """
    in_text = np.argsort(article_rows(hits, tokens), kind="stable")
    if len(hits) <= MOST_HITS:
        return Held(in_text, len(hits))
    by_chance = _by_chance(hits, tokens)
    best = np.full(len(hits), np.iinfo(np.int32).max, np.int32)
    categories = levels_of(hits, tokens, "category")
    category = codes_of(hits, tokens, "category", categories)
    for name in DIMENSIONS:
        values = levels_of(hits, tokens, name)
        codes = codes_of(hits, tokens, name, values)
        cell = (codes * len(categories) + category)[by_chance]
        places = pd.Series(cell).groupby(cell).cumcount().to_numpy(np.int32)
        is_counted = codes[by_chance] >= 0
        best[by_chance] = np.where(is_counted, np.minimum(places, best[by_chance]), best[by_chance])
    drawn = by_chance[np.argsort(best[by_chance], kind="stable")[:MOST_HITS]]
    is_drawn = np.zeros(len(hits), np.bool_)
    is_drawn[drawn] = True
    # All hits of a better place than the last one that is held are held too.
    return Held(in_text[is_drawn[in_text]], int(best[drawn[-1]]))


def levels_of(hits: pd.DataFrame, tokens: Tokens, name: str) -> pd.Index:
    """Return the values of a dimension."""
    column = _column(hits, tokens, name)
    is_listed = isinstance(column.dtype, pd.CategoricalDtype)
    values: pd.Index = pd.Index(column.cat.categories if is_listed else column.dropna().unique())
    return values


def codes_of(hits: pd.DataFrame, tokens: Tokens, name: str, values: pd.Index) -> Array:
    """Return the place of each hit in the values of a dimension, -1 where it has none."""
    codes = codes_in(_column(hits, tokens, name), values)
    return codes[article_rows(hits, tokens)] if name in _OF_ARTICLE else codes


def _column(hits: pd.DataFrame, tokens: Tokens, name: str) -> pd.Series:
    return tokens.articles[name] if name in _OF_ARTICLE else hits[name]


def _by_chance(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the rows of the hits in an order by chance, which hangs on the articles' ids and not on their order."""
    rank = np.empty(len(tokens.articles), np.int64)
    rank[tokens.rows_by_id] = np.arange(len(rank))
    by_id = np.argsort(rank[article_rows(hits, tokens)], kind="stable")
    return by_id[np.random.default_rng(_SEED).permutation(len(hits))]
