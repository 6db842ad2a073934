"""Who is named beside a quotation that no reporting verb takes: a heading, a dash, a sentence round it; English only."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english.attribution import NOWHERE
from analysis.english.kinds import OWNED, has_any_verb, is_finite
from analysis.english.naming import is_name_word
from analysis.english.quotations import CONTINUES, RUNS_ON, Text, flag, paragraph_starts, quotations
from analysis.english.speech import (
    AUXILIARY,
    CATEGORY,
    CUE,
    CUE_LAST,
    DIRECT,
    FIRST,
    KIND,
    LAST,
    MENTION,
    MENTION_LAST,
    SCARE,
)
from analysis.english.words import (
    HE,
    OF,
    PAST,
    ROLE,
    SHE,
    THE,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, column_of
from analysis.tokens.tokens import Tokens

_SHORT = 8  # words of a line that introduces, or signs, a quotation


class _Places(NamedTuple):
    """First tokens of the sentences, paragraphs and fields, each with the end of the text."""

    sentences: npt.NDArray[np.int64]
    paragraphs: npt.NDArray[np.int64]
    fields: npt.NDArray[np.int64]


class _Round(NamedTuple):
    """Where the sentences before and behind a quotation begin and end, its paragraph, and the paragraph above."""

    before: int
    behind: int
    behind_end: int
    paragraph: int
    paragraph_end: int
    above: int


def name_speakers(tokens: Tokens, text: Text, roles: npt.NDArray[np.int8], rows: npt.NDArray[np.int64]) -> None:
    """Write who says quotations without a cue into their rows, where somebody is named beside them.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    text, roles
        As `analysis.english.quotations.text_of` and `analysis.english.kinds.roles_of` return them.
    rows : numpy.ndarray
        Attributions in the order of the text; written into.
    """
    found, paragraphs = quotations(tokens), paragraph_starts(tokens)
    sentences = np.append(tokens.sentence_starts, len(tokens)).astype(np.int64)
    places = _Places(sentences, paragraphs, tokens.field_starts.astype(np.int64))
    firsts, lasts = rows[:, FIRST], rows[:, LAST]
    at = np.stack(
        [np.searchsorted(array, firsts, "right") - 1 for array in places]
        + [np.searchsorted(sentences, lasts, "right") - 1],
        axis=1,
    ).astype(np.int64)
    _name_all(text, roles, places, at, rows)
    of_quotation = np.full(len(found.first) + 1, -1, np.int32)
    _share(text.inside, found.flags, of_quotation, rows)


@compiled
def _name_all(text, roles, places, at, rows):
    for k in range(len(rows)):
        kind = rows[k, KIND]
        if (
            (kind != DIRECT and kind != SCARE)
            or rows[k, MENTION] >= 0
            or rows[k, CUE] >= 0
            or column_of(at[k, 2]) != BODY
        ):
            continue
        first, last = rows[k, FIRST], rows[k, LAST]
        sentence, paragraph, final = at[k, 0], at[k, 1], at[k, 3]
        whole = places.sentences[sentence] == first and places.sentences[final + 1] == last + 1
        if not whole or last - first < 2 or not has_any_verb(text, roles, first, last):
            continue
        start, end = places.paragraphs[paragraph], places.paragraphs[paragraph + 1]
        in_body = paragraph > 0 and places.paragraphs[paragraph - 1] >= places.fields[at[k, 2]]
        above = places.paragraphs[paragraph - 1] if in_body else start
        before = places.sentences[sentence - 1] if first > start else first
        behind_end = places.sentences[final + 2] if last + 1 < end else last + 1
        rows[k, KIND] = DIRECT
        round_it = _Round(before, last + 1, behind_end, start, end, above)
        mention = _named_beside(text, roles, first, round_it)
        if mention[0] >= 0:
            rows[k, MENTION], rows[k, MENTION_LAST] = mention


@compiled_step
def _named_beside(text, roles, first, places):
    """Return first and last token of who is named beside a quotation that stands alone, or -1 for nobody."""
    if places.behind < places.behind_end and text.inside[places.behind] < 0:
        if text.gaps[places.behind] & gaps.DASH and places.paragraph_end - places.behind <= _SHORT:
            return _name_run(text, places.behind, places.paragraph_end)
        for i in range(places.behind + 1, min(places.behind_end - 1, places.behind + _SHORT)):
            if roles[text.type_ids[i]] == OWNED and flag(text, i + 1) & OF:
                return _name_run(text, i + 2, places.behind_end)
    if first == places.paragraph and places.above < first and text.gaps[first] & gaps.COLON:
        return _last_name(text, places.above, first)
    if places.before < first and text.inside[first - 1] < 0:
        return _acting(text, roles, places.before, first)
    if first == places.paragraph and places.behind < places.behind_end:
        return _acting(text, roles, places.behind, places.behind_end)
    if first == places.paragraph and places.behind == places.paragraph_end and first - places.above <= _SHORT:
        return _acting(text, roles, places.above, first)
    return NOWHERE


@compiled_step
def _name_run(text, i, end):
    """Return first and last token of the name that begins at i, or -1."""
    stop = i
    while stop < end and is_name_word(text, stop) and (stop == i or not text.gaps[stop] & gaps.COMMA):
        stop += 1
    return (i, stop - 1) if stop > i else NOWHERE


@compiled_step
def _last_name(text, start, end):
    """Return first and last token of the last name of a line, or -1."""
    i = end - 1
    while i >= start and not is_name_word(text, i):
        i -= 1
    last = i
    while i > start and is_name_word(text, i - 1) and not text.gaps[i] & gaps.COMMA:
        i -= 1
    return (i, last) if last >= start else NOWHERE


@compiled_step
def _acting(text, roles, start, end):
    """Return first and last token of the person who does something in a sentence, its subject, or -1."""
    if text.inside[start] >= 0 or end - start < 2:
        return NOWHERE
    f = flag(text, start)
    first, last = _name_run(text, start, end)
    if first < 0 and f & (HE | SHE):
        first = last = start
    elif first < 0 and f & THE and flag(text, start + 1) & ROLE:
        first, last = start, start + 1
    if first < 0 or last + 1 >= end:
        return NOWHERE
    acts = is_finite(text, roles, last + 1) or flag(text, last + 1) & (PAST | AUXILIARY) != 0
    return (first, last) if acts else NOWHERE


@compiled_step
def _is_nested(inside, row):
    """Whether the cue of a row stands in the quotation that its content does."""
    return row[CUE] >= 0 and inside[row[CUE]] == inside[row[FIRST]]


@compiled
def _share(inside, quote_flags, of_quotation, rows):
    """Give the parts of a quotation that runs over paragraphs the speaker of the part that has one."""
    for k in range(len(rows)):
        quotation = inside[rows[k, FIRST]]
        if quotation < 0 or quotation != inside[rows[k, LAST]]:
            continue
        if (of_quotation[quotation] < 0 or rows[k, MENTION] >= 0) and not _is_nested(inside, rows[k]):
            of_quotation[quotation] = k
    q = 0
    while q < len(quote_flags):
        end = q + 1
        while end < len(quote_flags) and quote_flags[end - 1] & RUNS_ON and quote_flags[end] & CONTINUES:
            end += 1
        speaker = -1
        for part in range(q, end):
            k = of_quotation[part]
            if speaker < 0 and k >= 0 and rows[k, MENTION] >= 0:
                speaker = k
        for part in range(q, end):
            k = of_quotation[part]
            if speaker >= 0 and k >= 0 and rows[k, MENTION] < 0:
                rows[k, CUE], rows[k, CUE_LAST] = rows[speaker, CUE], rows[speaker, CUE_LAST]
                rows[k, MENTION], rows[k, MENTION_LAST] = rows[speaker, MENTION], rows[speaker, MENTION_LAST]
                rows[k, KIND], rows[k, CATEGORY] = DIRECT, rows[speaker, CATEGORY]
        q = end
