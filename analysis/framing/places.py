"""Where hits stand, as numbers: the article and the sentence of each hit, and the code of its value in a column."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import SchemaError
from analysis.schema import TEXT_FIELDS
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
Unit = Literal["sentence", "article"]


def article_rows(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the row in ``tokens.articles`` of each hit's article.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus.
    """
    codes, names = coded(hits["article_id"])
    rows: Array = pd.Index(tokens.articles["article_id"]).get_indexer(pd.Index(names))[codes]
    if (rows < 0).any():
        stray = hits["article_id"].to_numpy()[rows < 0][0]
        raise SchemaError(f"HITS: article {stray!r} is not in the corpus; give the tokens that the hits were found in")
    return rows


def sentence_places(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the place in ``tokens.sentence_starts`` of each hit's sentence.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus, or its field has no such sentence.
    """
    codes, names = coded(hits["field"])
    fields = 3 * article_rows(hits, tokens) + pd.Index(TEXT_FIELDS).get_indexer(pd.Index(names))[codes]
    firsts = np.append(tokens.first_sentences, len(tokens.sentence_starts))
    places: Array = firsts[fields] + hits["sentence"].to_numpy() - 1
    beyond = (places < firsts[fields]) | (places >= firsts[fields + 1])
    if beyond.any():
        stray = hits.iloc[int(np.flatnonzero(beyond)[0])]
        raise SchemaError(
            f"HITS: article {stray['article_id']!r} has no sentence {stray['sentence']} in its {stray['field']}; "
            f"give the tokens that the hits were found in"
        )
    return places


def coded(column: pd.Series) -> tuple[Array, list[Any]]:
    """Return the code of each value, -1 where it is missing, and the values in sorted order."""
    as_category = column.astype("category").cat.remove_unused_categories()
    names = as_category.cat.categories
    order = names.argsort()
    new = np.empty(len(names) + 1, np.int64)
    new[order], new[-1] = np.arange(len(names)), -1
    return new[as_category.cat.codes.to_numpy()], names[order].tolist()
