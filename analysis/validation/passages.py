"""What a coder reads: each drawn unit in its context, and where in it the words stand that are asked about."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.fields import column_of
from analysis.tokens.rows import article_rows, sentence_places
from analysis.tokens.tokens import Tokens

# Characters on each side of a sentence that can be shown on demand: some paragraphs, and never a whole book.
_WIDE = 1_500
_OPENS = re.compile(r"[“‘\"'(\[«„]+$")
_OPENS_NEXT = re.compile(r"\s+[“‘\"'(\[«„]+\s*$")  # what opens the next sentence stands before its first word
_BETWEEN_FIELDS = "\n\n"


class Passage(NamedTuple):
    """A unit in its context.

    Attributes
    ----------
    left, right : str
        The text around it, as far as it can be shown at all; "" around an article.
    text : str
        The unit itself: a sentence, or headline, standfirst and body of an article with blank lines between.
    near_left, near_right : int
        How many of the last characters of `left`, and of the first of `right`, are the sentence before and the one after.
    is_cut_left, is_cut_right : bool
        Whether the field goes on beyond `left`, and beyond `right`.
    """

    left: str
    text: str
    right: str
    near_left: int
    near_right: int
    is_cut_left: bool = False
    is_cut_right: bool = False

    @property
    def before(self) -> str:
        """The sentence before it, "" where it is the first."""
        return self.left[len(self.left) - self.near_left :].strip()

    @property
    def after(self) -> str:
        """The sentence after it, "" where it is the last."""
        return self.right[: self.near_right].strip()


def passages_of(sample: pd.DataFrame, tokens: Tokens) -> dict[str, Passage]:
    """Return the passage of each unit of a sample, by ``unit_id``.

    Parameters
    ----------
    sample : pandas.DataFrame
        SAMPLE, or some of its rows.
    tokens : Tokens
        The corpus that it was drawn from.

    Raises
    ------
    SchemaError
        When the sample was drawn from another corpus.
    """
    stated = sample.attrs.get("corpus_hash", tokens.corpus_hash)
    if stated != tokens.corpus_hash:
        raise SchemaError(
            f"SAMPLE: it was drawn from the corpus {stated}, these tokens are of the corpus {tokens.corpus_hash}; give the tokens that it "
            f"was drawn from"
        )
    units = sample.drop_duplicates("unit_id").sort_values("unit_id")
    is_article = units["field"].astype("str") == ""
    articles, sentences = units[is_article], units[~is_article]
    found = {
        str(unit): Passage("", _whole(tokens, int(row)), "", 0, 0)
        for unit, row in zip(articles["unit_id"], article_rows(articles, tokens), strict=True)
    }
    places = sentence_places(sentences, tokens)
    spans = zip(sentences["unit_id"], sentences["unit_start"], sentences["unit_end"], places, strict=True)
    return found | {str(unit): _around(tokens, int(start), int(end), int(place)) for unit, start, end, place in spans}


def _whole(tokens: Tokens, article: int) -> str:
    texts = (tokens.text_of(article, field) for field in TEXT_FIELDS)
    return _BETWEEN_FIELDS.join(text for text in texts if text.strip())


def _around(tokens: Tokens, start: int, end: int, place: int) -> Passage:
    """Return the passage of a sentence: its characters in its field, and its place in ``tokens.sentence_starts``."""
    begins = tokens.sentence_starts
    field = int(tokens.fields_at(np.array([begins[place]]))[0])
    data = bytes(tokens.buffers[column_of(field)][slice(*tokens.bounds[field])])
    text = data.decode("utf-8")

    def begin_of(sentence: int) -> int | None:
        """Return the first character of a sentence of this field, None for one that is not there."""
        if not 0 <= sentence < len(begins):
            return None
        first = int(begins[sentence])
        is_here = tokens.field_starts[field] <= first < tokens.field_starts[field + 1]
        return len(data[: int(tokens.starts[first])].decode("utf-8")) if is_here else None

    before = begin_of(place - 1)
    opening = _OPENS.search(text[:before]) if before is not None else None
    near_left = start - before + (len(opening[0]) if opening else 0) if before is not None else 0
    near_right = len(_OPENS_NEXT.sub("", text[end : begin_of(place + 2)]).rstrip())
    left, right = text[max(0, start - _WIDE) : start], text[end : end + _WIDE]
    near = min(near_left, len(left)), min(near_right, len(right))
    return Passage(left, text[start:end], right, *near, is_cut_left=len(left) < start, is_cut_right=end + _WIDE < len(text))
