"""KWIC: each match in the line of text that it stands in, and the sentences of a corpus as printed."""

import re
from typing import Any

import numpy.typing as npt
import pandas as pd

from analysis.tokens.fields import column_of
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

WIDTH = 50
_OPENS = re.compile(r"[“‘\"'(\[«„]+$")
_OPENS_NEXT = re.compile(r"\s+[“‘\"'(\[«„]+\s*$")  # what opens the next sentence stands before its first word
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")


def lines_of(tokens: Tokens, fields: Array, starts: Array, ends: Array, *, width: int = WIDTH) -> pd.DataFrame:
    """Return spans of characters with the text around them; line ends are shown as spaces.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    fields, starts, ends : numpy.ndarray of integers
        Field of each span, and its code points from the field's start, as HITS have them.
    width : int
        Characters of context on each side.

    Returns
    -------
    pandas.DataFrame
        ``left``, ``match`` and ``right``.
    """
    lines = []
    shown, text = -1, ""
    for field, start, end in zip(fields.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if field != shown:
            shown, text = field, tokens.text_of_field(field)
        lines.append(
            [_flat(part) for part in (text[max(0, start - width) : start], text[start:end], text[end : end + width])]
        )
    return pd.DataFrame(lines, columns=["left", "match", "right"], dtype="str")


def lines_of_tokens(tokens: Tokens, first: Array, last: Array) -> pd.DataFrame:
    """Return spans of tokens with the text around them, as `lines_of` does."""
    fields = tokens.fields_at(first)
    return lines_of(tokens, fields, *code_points(tokens, fields, first, last))


def printed_sentences(tokens: Tokens, sentences: Array) -> list[str]:
    """Return sentences, given by their places in ``tokens.sentence_starts``, with the marks that open and close them."""
    edges = tokens.sentence_edges
    firsts, followings = edges[sentences], edges[sentences + 1]
    fields = tokens.fields_at(firsts)
    found = []
    for field, first, following in zip(fields.tolist(), firsts.tolist(), followings.tolist(), strict=True):
        begin, end = tokens.bounds[field]
        data = tokens.buffers[column_of(field)]
        stop = begin + tokens.starts[following] if following < tokens.field_starts[field + 1] else end
        before = tokens.ends_of(first - 1) if first > tokens.field_starts[field] else 0
        opening = _OPENS.search(bytes(data[begin + before : begin + tokens.starts[first]]).decode("utf-8"))
        text = _flat(bytes(data[begin + tokens.starts[first] : stop]).decode("utf-8"))
        found.append((opening[0] if opening else "") + _OPENS_NEXT.sub("", text).strip())
    return found


def _flat(text: str) -> str:
    return _LINE_END.sub(" ", text)
