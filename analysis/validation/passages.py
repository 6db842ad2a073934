"""What a coder reads: each drawn unit in its context, and where in it the words stand that are asked about."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.fields import column_of
from analysis.tokens.rows import article_rows, sentence_places
from analysis.tokens.tokens import Tokens

# Characters on each side of a sentence that can be shown on demand: some paragraphs, and never a whole book.
_WIDE = 1_500
# What stands right before the first word of a sentence: all signs since the last space, as in "$5", or what opens something.
_OPENS = re.compile(r"(?:(?:^|(?<=\s))[^\w\s]+|[“‘\"'(\[«„]+)$")
_BETWEEN_FIELDS = "\n\n"


class Passage(NamedTuple):
    """A unit in its context.

    Attributes
    ----------
    left, right : str
        The text around it, as far as it can be shown at all; "" around an article.
    text : str
        The unit itself: a sentence with the marks that open and close it, or headline, standfirst and body of an article with blank lines between.
    near_left, near_right : int
        How many of the last characters of `left`, and of the first of `right`, are the sentence before and the one after.
    start : int
        Where in its field `text` begins, in code points: before the marks that open the sentence.
    is_cut_left, is_cut_right : bool
        Whether the field goes on beyond `left`, and beyond `right`.
    """

    left: str
    text: str
    right: str
    near_left: int
    near_right: int
    start: int = 0
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
    places = sentence_places(sentences, tokens).tolist()
    return found | {str(unit): _around(tokens, place) for unit, place in zip(sentences["unit_id"], places, strict=True)}


def marked_spans(sample: pd.DataFrame, passages: Mapping[str, Passage]) -> dict[str, list[tuple[int, int]]]:
    """Return for each item what is marked in its passage, as places in its text: a match itself; in a unit all its matches.

    So whoever is asked what is missed in a unit sees what was found there. Matches that overlap are one mark.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    of_unit: dict[str, list[tuple[int, int]]] = {unit: [] for unit in passages}
    matches = sample[sample["about"] == "match"].sort_values(["unit_id", "start", "end"])
    for item, unit, start, end in zip(*(matches[name] for name in ("item", "unit_id", "start", "end")), strict=True):
        first, last = int(start) - passages[unit].start, int(end) - passages[unit].start
        spans[item] = [(first, last)]
        before = of_unit[unit]
        if before and first < before[-1][1]:
            before[-1] = (before[-1][0], max(last, before[-1][1]))
        else:
            before.append((first, last))
    units = sample.loc[sample["about"] == "unit", ["item", "unit_id"]]
    return spans | {item: of_unit[unit] for item, unit in units.itertuples(index=False)}


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, none of them empty, each with whether it is marked."""
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        yield from ((part, is_marked) for part, is_marked in ((text[at:start], False), (text[start:end], True)) if part)
        at = end


def _whole(tokens: Tokens, article: int) -> str:
    texts = (tokens.text_of(article, field) for field in TEXT_FIELDS)
    return _BETWEEN_FIELDS.join(text for text in texts if text.strip())


def _around(tokens: Tokens, place: int) -> Passage:
    """Return the passage of a sentence, given by its place in ``tokens.sentence_starts``."""
    field = int(tokens.fields_at(tokens.sentence_starts[[place]])[0])
    data = bytes(tokens.buffers[column_of(field)][slice(*tokens.bounds[field])])
    text = data.decode("utf-8")
    before, own, after, behind = (_begin(tokens, field, data, sentence) for sentence in range(place - 1, place + 3))
    start = _printed_start(text, own) or 0
    before, after, behind = (_printed_start(text, begin) for begin in (before, after, behind))
    end = _printed_end(text, after)
    left, right = text[max(0, start - _WIDE) : start], text[end : end + _WIDE]
    near_left = 0 if before is None else start - before
    near_right = 0 if after is None else _printed_end(text, behind) - end
    near = min(near_left, len(left)), min(near_right, len(right))
    return Passage(left, text[start:end], right, *near, start, len(left) < start, end + _WIDE < len(text))


def _begin(tokens: Tokens, field: int, data: bytes, sentence: int) -> int | None:
    """Return the first character of the first word of a sentence, None where the field has no such sentence."""
    if not 0 <= sentence < len(tokens.sentence_starts):
        return None
    first = int(tokens.sentence_starts[sentence])
    is_here = tokens.field_starts[field] <= first < tokens.field_starts[field + 1]
    return len(data[: int(tokens.starts[first])].decode("utf-8")) if is_here else None


def _printed_start(text: str, begin: int | None) -> int | None:
    """Return the start of a sentence with the signs that belong to its first word, None where there is none."""
    if begin is None:
        return None
    found = _OPENS.search(text[:begin])
    return begin - len(found[0]) if found else begin


def _printed_end(text: str, following: int | None) -> int:
    """Return the end of a sentence with the marks that close it, given where the next one begins, None where there is none."""
    return len(text[:following].rstrip())
