"""Quotations without an attribution of their own that go on with the speaker before them: "“…,” said X. “…”"; English only."""

import numpy as np
import numpy.typing as npt

from analysis.english.quotations import paragraph_starts, quotations
from analysis.english.speech import CATEGORY, CUE, CUE_LAST, DIRECT, FIRST, KIND, LAST, MENTION, MENTION_LAST, SCARE
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, column_of
from analysis.tokens.tokens import Tokens

_NONE = -1


def carry_speakers(tokens: Tokens, rows: npt.NDArray[np.int32]) -> None:
    """Write cue and mention of the speaker before into the rows of quotations without one.

    Within a paragraph that is the last one who is quoted there, else the last one who speaks there at all. A paragraph that is nothing
    but a quotation goes on with who is quoted last in the paragraph before. Whole sentences in marks are no scare quotes there, however
    short they are.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    rows : numpy.ndarray
        As `analysis.english.passages.find_speech` returns them; written into.
    """
    is_start = np.zeros(len(tokens) + 1, np.bool_)
    is_start[tokens.sentence_starts] = is_start[len(tokens)] = True
    _carry(rows, quotations(tokens).inside, paragraph_starts(tokens), tokens.field_starts, is_start)


@compiled_step
def _is_marked(rows, k, inside):
    """Whether a row begins or ends in marks."""
    return inside[rows[k, FIRST]] >= 0 or inside[rows[k, LAST]] >= 0


@compiled_step
def _go_on(rows, k, before):
    """Write the speaker of one row into another."""
    rows[k, CUE], rows[k, CUE_LAST] = rows[before, CUE], rows[before, CUE_LAST]
    rows[k, MENTION], rows[k, MENTION_LAST] = rows[before, MENTION], rows[before, MENTION_LAST]
    rows[k, CATEGORY] = rows[before, CATEGORY]


@compiled
def _carry(rows, inside, paragraphs, field_starts, is_start):
    quoted = spoken = np.int64(
        _NONE
    )  # the last row of the paragraph whose speaker is quoted, and that has a speaker at all
    above = np.int64(_NONE)  # the last row of the paragraph before whose speaker is quoted
    paragraph = field = 0
    for k in range(len(rows)):
        first = rows[k, FIRST]
        while first >= field_starts[field + 1]:
            field += 1
        if first >= paragraphs[paragraph + 1]:
            n_before = paragraph
            while first >= paragraphs[paragraph + 1]:
                paragraph += 1
            above = quoted if paragraph == n_before + 1 else np.int64(_NONE)
            quoted = spoken = np.int64(_NONE)
            if paragraphs[paragraph] == field_starts[field]:
                above = np.int64(_NONE)
        behind = rows[k, LAST] + 1
        sentences = rows[k, KIND] == SCARE and is_start[first] and is_start[behind] and column_of(field) >= BODY
        if (rows[k, KIND] == DIRECT or sentences) and rows[k, MENTION] < 0 and rows[k, CUE] < 0:
            is_whole = first == paragraphs[paragraph] and behind == paragraphs[paragraph + 1]
            before = quoted if quoted >= 0 else spoken
            if before < 0 and is_whole:
                before = above
            if before >= 0:
                _go_on(rows, k, before)
                rows[k, KIND] = DIRECT
        if rows[k, MENTION] >= 0:
            spoken = np.int64(k)
            if _is_marked(rows, k, inside):
                quoted = np.int64(k)
