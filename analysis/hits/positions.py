"""Where in their articles hits stand, counted in words."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.offsets import code_points
from analysis.tokens.rows import article_rows, hit_fields, hits_by_part, hits_in_corpus, sentence_places
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
_OF_HITS = ["article_id", "zone", "category", "voice", "target", "text"]


def hit_positions(hits: pd.DataFrame, tokens: TokensLike) -> pd.DataFrame:
    """Return where in its article each hit stands.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, or some of its rows.
    tokens : Tokens
        The corpus that the hits were found in.

    Returns
    -------
    pandas.DataFrame
        One row a hit, in the order of `hits`: ``article_id``, ``outlet``, ``zone``, ``category``, ``voice``, ``target``, ``text``; ``word``, the
        number of its first word in the article, from 1, headline, standfirst and body read in this order; ``n_tokens``, the words of
        the article; and ``position``, the share of these words that stand before it: (word - 1) / n_tokens, from 0 to below 1.

    Raises
    ------
    SchemaError
        When HITS lacks a column, or a hit is not in the corpus.
    """
    tokens = tokens_of("hit_positions(hits, tokens)", tokens)
    hits_in_corpus(hits, tokens)
    rows = article_rows(hits, tokens)
    word = np.zeros(len(hits), np.int64)
    for part, of_part in hits_by_part("counting words before hits", hits, tokens):
        own = hits.iloc[of_part]
        word[of_part] = _first_tokens(own, part) - part.article_starts[article_rows(own, part)] + 1
    n_tokens = tokens.tokens_per_article.to_numpy()[rows]
    table = hits[_OF_HITS].reset_index(drop=True)
    table.insert(1, "outlet", tokens.articles["outlet"].array[rows])
    table = table.assign(word=word, n_tokens=n_tokens, position=(word - 1) / n_tokens)
    return with_origin(table, hits, tokens)


def _first_tokens(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the first token of each hit: the one of its sentence that begins where the hit begins."""
    sentences = sentence_places(hits, tokens)
    with_hit = np.zeros(len(tokens.sentence_starts), np.bool_)
    with_hit[sentences] = True
    words = np.flatnonzero(np.repeat(with_hit, tokens.sentence_lengths))
    fields = tokens.fields_at(words)
    places = _places(fields, code_points(tokens, fields, words, words)[0])
    wanted = _places(hit_fields(hits, tokens), hits["start"].to_numpy())
    found = np.minimum(np.searchsorted(places, wanted), max(0, len(places) - 1))
    stray = np.flatnonzero(places[found] != wanted) if len(wanted) else found
    if len(stray):
        hit = hits.iloc[int(stray[0])]
        raise SchemaError(
            f"HITS: in the {hit['field']} of article {hit['article_id']!r} no word of sentence {hit['sentence']} begins at character "
            f"{hit['start']}; give the tokens that the hits were found in"
        )
    return words[found] if len(wanted) else np.zeros(0, np.int64)


def _places(fields: Array, starts: Array) -> Array:
    """Return one rising number for each field and character."""
    return fields.astype(np.int64) << 32 | starts.astype(np.int64)
