"""Where hits stand, as numbers: the article, the field and the sentence of each hit."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in
from analysis.core.errors import SchemaError
from analysis.core.schema import HITS, TEXT_FIELDS
from analysis.tokens.fields import field_of
from analysis.tokens.parts import in_parts
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]
Unit = Literal["sentence", "article"]
_SPAN = ("field", "start", "end", "text")


def hits_in_corpus(hits: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Return the hits unchanged if they are HITS, none of them twice, and were found in `tokens`.

    Hits name their corpus in ``attrs``. Where they do not, as where tables of two lexicons were joined or read from a file, the
    text of each is looked up in the corpus.

    Raises
    ------
    SchemaError
        When HITS lacks a column, a hit stands in two rows, or the hits are of another corpus or token rule.
    """
    HITS.check(hits)
    stated = hits.attrs.get("corpus_hash")
    if stated is None:
        _check_texts(hits, tokens)
        return hits
    if stated != tokens.corpus_hash:
        raise SchemaError(
            f"HITS: they were found in the corpus {stated}, these tokens are of the corpus {tokens.corpus_hash}; give the tokens that the "
            f"hits were found in, or find the hits anew in these with fa.find_hits"
        )
    if hits.attrs.get("token_rule", tokens.rule) != tokens.rule:
        raise SchemaError(
            f"HITS: they were found by the token rule {hits.attrs['token_rule']}, these tokens follow {tokens.rule}; find the hits anew "
            f"with fa.find_hits"
        )
    return hits


def _check_texts(hits: pd.DataFrame, tokens: Tokens) -> None:
    """Raise where a hit's text is not what the corpus has in its place."""
    ids = tokens.articles["article_id"]
    rows = article_rows(hits, tokens).tolist()
    shown, text = (-1, ""), ""
    for row, field, start, end, found in zip(rows, *(hits[name] for name in _SPAN), strict=True):
        if (row, field) != shown:
            shown, text = (row, field), tokens.text_of(row, field)
        if text[start:end] != found:
            raise SchemaError(
                f"HITS: article {ids.iat[row]!r} has {text[start:end]!r} and not {found!r} at characters {start} to {end} of its {field}; "
                f"give the tokens that the hits were found in, or find the hits anew with fa.find_hits"
            )


def hits_by_part(what: str, hits: pd.DataFrame, tokens: Tokens) -> Iterator[tuple[Tokens, Array]]:
    """Yield each part of the corpus, and the rows of the hits in it; what is done with them is shown where it takes long, as by `in_parts`.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus.
    """
    part_of = np.repeat(np.arange(len(tokens.articles_of_parts)), tokens.articles_of_parts)[article_rows(hits, tokens)]
    rows = np.argsort(part_of, kind="stable")
    ends = np.searchsorted(part_of[rows], np.arange(len(tokens.articles_of_parts)), side="right")
    yield from zip(in_parts(what, tokens), np.split(rows, ends[:-1]), strict=True)


def article_rows(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the row in ``tokens.articles`` of each hit's article.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus.
    """
    rows = codes_in(hits["article_id"], tokens.articles["article_id"])
    if (rows < 0).any():
        stray = hits["article_id"].to_numpy()[rows < 0][0]
        raise SchemaError(f"HITS: article {stray!r} is not in the corpus; give the tokens that the hits were found in")
    return rows


def hit_fields(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the field of the corpus that each hit stands in.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus, or has no such field.
    """
    columns = codes_in(hits["field"], TEXT_FIELDS)
    if (columns < 0).any():
        stray = hits["field"].to_numpy()[columns < 0][0]
        raise SchemaError(
            f"HITS: no field {stray!r}; known are {', '.join(TEXT_FIELDS)}; take hits as find_hits returns them"
        )
    fields: Array = field_of(article_rows(hits, tokens), columns)
    return fields


def sentence_places(hits: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the place in ``tokens.sentence_starts`` of each hit's sentence.

    Raises
    ------
    SchemaError
        When a hit's article is not in the corpus, or its field has no such sentence.
    """
    fields = hit_fields(hits, tokens)
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
