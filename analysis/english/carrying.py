"""Quotations without an attribution of their own that go on with the speaker before them: "“…,” said X. “…”"; English only."""

import numpy as np
import numpy.typing as npt

from analysis.english.quotations import paragraph_starts, quotations
from analysis.english.speech import CATEGORY, CUE, CUE_LAST, DIRECT, FIRST, KIND, LAST, MENTION, MENTION_LAST
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.tokens import Tokens

_NONE = -1


def carry_speakers(tokens: Tokens, rows: npt.NDArray[np.int32]) -> None:
    """Write cue and mention of the speaker before into the rows of quotations without one.

    Within a paragraph that is the last one who is quoted there, else the last one who speaks there at all. A paragraph that is nothing
    but a quotation goes on with who is quoted last in the paragraph before.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    rows : numpy.ndarray
        As `analysis.english.passages.find_speech` returns them; written into.
    """
    _carry(rows, quotations(tokens).inside, paragraph_starts(tokens), tokens.field_starts)


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
def _carry(rows, inside, paragraphs, field_starts):
    quoted = spoken = np.int64(
        _NONE
    )  # the last row of the paragraph whose speaker is quoted, and that has a speaker at all
    above = np.int64(_NONE)  # the last row of the paragraph before whose speaker is quoted
    paragraph = field = 0
    for k in range(len(rows)):
        first = rows[k, FIRST]
        if first >= paragraphs[paragraph + 1]:
            n_before = paragraph
            while first >= paragraphs[paragraph + 1]:
                paragraph += 1
            above = quoted if paragraph == n_before + 1 else np.int64(_NONE)
            quoted = spoken = np.int64(_NONE)
            while first >= field_starts[field + 1]:
                field += 1
            if paragraphs[paragraph] == field_starts[field]:
                above = np.int64(_NONE)
        if rows[k, KIND] == DIRECT and rows[k, MENTION] < 0 and rows[k, CUE] < 0:
            is_whole = first == paragraphs[paragraph] and rows[k, LAST] + 1 == paragraphs[paragraph + 1]
            before = quoted if quoted >= 0 else spoken
            if before < 0 and is_whole:
                before = above
            if before >= 0:
                _go_on(rows, k, before)
        if rows[k, MENTION] >= 0:
            spoken = np.int64(k)
            if _is_marked(rows, k, inside):
                quoted = np.int64(k)
