"""The sentence of each hit, and where in it the hit stands."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.tokens.fields import article_of
from analysis.tokens.kwic import printed_sentences
from analysis.tokens.offsets import code_points
from analysis.tokens.rows import hit_fields, sentence_places
from analysis.tokens.spans import texts_of
from analysis.tokens.tokens import Tokens

_KEY = ["article_id", "field", "sentence"]


def sentences_with_hits(tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    """Return each sentence that holds a hit, once.

    Returns
    -------
    pandas.DataFrame
        One row a sentence, in the order of `hits`: ``article_id``, ``field``, ``sentence``, ``article`` (its row in ARTICLES),
        ``sentence_text`` (as `analysis.hits.concordance.sentences_of` prints it) and ``sentence_start``: the code point of the
        field that the first character of ``sentence_text`` would have, did no line end of two characters stand before.
    """
    keys = hits[[*_KEY]].astype({"article_id": "str", "field": "str"})
    is_first = ~keys.duplicated().to_numpy()
    table = keys[is_first].reset_index(drop=True)
    fields, sentences = hit_fields(table, tokens), sentence_places(table, tokens)
    first = tokens.sentence_starts[sentences]
    starts, _ = code_points(tokens, fields, first, first)
    texts = printed_sentences(tokens, sentences)
    words = texts_of(tokens, first, first)
    # Only marks that open the sentence stand before its first word.
    opening = [text.index(word) for text, word in zip(texts, words, strict=True)]
    return table.assign(article=article_of(fields), sentence_text=texts, sentence_start=starts - opening)


def placed_hits(tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    """Return hits with their sentence and their place in it.

    Returns
    -------
    pandas.DataFrame
        `hits` with a new index and, besides, ``passage`` (the sentence's row in `sentences_with_hits`), ``article`` (row in
        ARTICLES), ``sentence_text``, ``sentence_start``, and ``place``: the first code point of the match in it.
    """
    sentences = sentences_with_hits(tokens, hits)
    keys = hits[_KEY].astype({"article_id": "str", "field": "str"})
    passage = pd.MultiIndex.from_frame(sentences[_KEY]).get_indexer(pd.MultiIndex.from_frame(keys))
    of_hit = sentences.iloc[passage]
    placed = hits.reset_index(drop=True).assign(
        passage=passage,
        article=of_hit["article"].to_numpy(),
        sentence_text=of_hit["sentence_text"].to_numpy(),
    )
    placed["sentence_start"] = of_hit["sentence_start"].to_numpy()
    return placed.assign(place=place_in_sentence(tokens, placed, placed["start"].to_numpy()))


def place_in_sentence(tokens: Tokens, placed: pd.DataFrame, offsets: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return where in ``sentence_text`` of each row of `placed` the code point of the field at `offsets` stands."""
    begins = placed["sentence_start"].to_numpy()
    places: npt.NDArray[np.int64] = offsets - begins
    if any(b"\r\n" in buffer.tobytes() for buffer in tokens.buffers):
        # A line end of two characters is shown as one space.
        spans = zip(placed["article"].tolist(), placed["field"], begins.tolist(), offsets.tolist(), strict=True)
        counts = [tokens.text_of(row, field).count("\r\n", max(0, begin), end) for row, field, begin, end in spans]
        places -= np.array(counts, np.int64)
    return places
