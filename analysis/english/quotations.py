"""Quotations in marks and turns of transcripts, and the one place that says where they begin and end: all other rules ask it.

Marks inside an open quotation of the other kind pair among themselves: they are the edges of quotations within a quotation.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.english import marks as m
from analysis.english import words
from analysis.english.marks import ELISION, FUNCTION_WORD, IS_NUMBER, MAY_BE_CUT, WORD, read_marks
from analysis.english.transcripts import T_FIRST, T_LABEL, T_LABEL_LAST, T_LAST, find_turns
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.kept import kept_with_types
from analysis.tokens.tokens import Tokens

UNCLOSED, UNDECIDED, RUNS_ON, CONTINUES, TURN = 1, 2, 4, 8, 16

# What the gap before a token is: edges of a quotation, edges of one within a quotation, and a single mark that is no edge.
OPENS, CLOSES, INNER_OPENS, INNER_CLOSES, APOSTROPHE = 1, 2, 4, 8, 16
ANY_OPENS, ANY_CLOSES = OPENS | INNER_OPENS, CLOSES | INNER_CLOSES
EDGE = ANY_OPENS | ANY_CLOSES

# After a plural in s and a mark, one of these shows that the mark closed a quotation: no possessive stands before them.
_NEVER_OWNED = (
    words.ARTICLE | words.COORDINATOR | words.PREPOSITION | words.TO | words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
    | words.SUBORDINATOR | words.QUESTION | words.RELATIVE | words.THAT | words.BE | words.AUXILIARY | words.SUBJECT | words.PRONOUN
    | words.POSSESSIVE | words.ADDRESSEE | words.NEVER_OWNED
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Quotations:
    """The outermost quotations of a corpus, in the order of the text, and the edges of all.

    Attributes
    ----------
    first, last : numpy.ndarray of int64
        First and last token between the marks.
    flags : numpy.ndarray of uint8
        ``UNCLOSED``: no closing mark, bounded by the paragraph. ``UNDECIDED``: the closing mark could be a possessive.
        ``RUNS_ON`` and ``CONTINUES``: the quotation goes on in, or comes from, another paragraph. ``TURN``: no marks, but what somebody says
        in a transcript; marks within it are those of quotations within a quotation.
    labels : numpy.ndarray of int64, shape (n, 2)
        First and last token of the speaker's name in the label of a turn, -1 for a quotation in marks.
    inside : numpy.ndarray of int32, shape (n_tokens,)
        The quotation that a token stands in, or -1.
    edges : numpy.ndarray of uint8, shape (n_tokens + 1,)
        What the gap before each token is: ``OPENS`` and ``CLOSES`` for quotations, ``INNER_OPENS`` and ``INNER_CLOSES`` for
        those within one, ``APOSTROPHE`` for a single mark behind a word that closes nothing. The gap that ends a field counts as that
        before the next field's first token.
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    inside: npt.NDArray[np.int32]
    edges: npt.NDArray[np.uint8]


class Text(NamedTuple):
    """The tokens as compiled rules read them.

    Attributes
    ----------
    type_ids, gaps : numpy.ndarray
        Of each token, as in Tokens.
    flags : numpy.ndarray of int64
        What the rules know of each type; see `flag`.
    edges, inside : numpy.ndarray
        Of each token, as in `Quotations`.
    """

    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    flags: words.Flags
    edges: npt.NDArray[np.uint8]
    inside: npt.NDArray[np.int32]


# The same tokens are asked by voices, negation and targets, and again for every lexicon.
_KEPT: WeakKeyDictionary[Tokens, Quotations] = WeakKeyDictionary()


def quotations(tokens: Tokens) -> Quotations:
    """Return the quotations of a corpus, read on the first call and kept as long as the tokens are.

    Double marks (curly, straight, ``''`` pairs, mixed pairs, «») pair within a paragraph; a quotation whose next paragraph
    begins with an opening mark runs on there. A single mark opens before a word and closes after one; a mark after a
    plural in s that is followed by a noun is a possessive where a later mark can close.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    """
    if tokens not in _KEPT:
        _KEPT[tokens] = _read(tokens)
    return _KEPT[tokens]


def _read(tokens: Tokens) -> Quotations:
    marks, counts = read_marks(tokens, _type_flags(tokens))
    # Every mark opens at most one quotation.
    spans = np.empty((len(marks), 3), np.int64)
    inside, edges = np.full(len(tokens), -1, np.int32), np.zeros(len(tokens) + 1, np.uint8)
    paragraphs = paragraph_starts(tokens)
    spans = spans[: _pair(marks, counts, paragraphs, tokens.field_starts, spans, edges)].copy()
    _write_inside(spans, inside)
    turns = find_turns(tokens, inside, paragraphs)
    labels = np.full((len(spans), 2), -1, np.int64)
    if len(turns):
        spans, labels = _with_turns(spans, turns, edges)
        inside[:] = -1
        _write_inside(spans, inside)
    _mark_edges(marks, spans, edges)
    return Quotations(spans[:, 0].copy(), spans[:, 1].copy(), spans[:, 2].astype(np.uint8), labels, inside, edges)


def _with_turns(
    spans: npt.NDArray[np.int64], turns: npt.NDArray[np.int64], edges: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the quotations and turns in the order of the text, and the labels of each; what stands in marks within a turn gets inner edges."""
    turn = np.searchsorted(turns[:, T_FIRST], spans[:, 0], side="right") - 1
    within = (turn >= 0) & (spans[:, 0] <= turns[turn, T_LAST])
    edges[spans[within, 0]] |= INNER_OPENS
    edges[spans[within, 1] + 1] |= INNER_CLOSES
    spans = spans[~within]
    flagged = np.column_stack([turns[:, [T_FIRST, T_LAST]], np.full(len(turns), TURN)])
    labels = np.concatenate([np.full((len(spans), 2), -1), turns[:, [T_LABEL, T_LABEL_LAST]]])
    spans = np.concatenate([spans, flagged])
    order = np.argsort(spans[:, 0], kind="stable")
    return spans[order], labels[order]


def text_of(tokens: Tokens, flags: words.Flags) -> Text:
    """Return `tokens` for compiled rules, with what these know of each type."""
    found = quotations(tokens)
    return Text(tokens.type_ids, tokens.gaps, flags, found.edges, found.inside)


@compiled_step
def flag(text, i):
    """Return what the rules know of token i."""
    return text.flags[text.type_ids[i]]


@compiled_step
def opens(text, i):
    """Whether a quotation opens at token i."""
    return text.edges[i] & OPENS != 0


@compiled_step
def closed(text, i):
    """Whether a quotation closes right before token i."""
    return text.edges[i] & CLOSES != 0


def paragraph_starts(tokens: Tokens) -> npt.NDArray[Any]:
    """Return the first token of each paragraph of each field, and the number of tokens at the end."""
    paragraphs, starts = tokens.sentence_paragraphs, tokens.sentence_starts
    begins = np.ones(len(starts), np.bool_)
    begins[1:] = paragraphs[1:] != paragraphs[:-1]
    begins[tokens.first_sentences[np.diff(tokens.field_starts) > 0]] = True
    return np.append(starts[begins], len(tokens)).astype(np.int64)


def _ends_in(tokens: Tokens, pattern: str) -> npt.NDArray[np.bool_]:
    """Return whether the folded spelling of each type ends as the regular expression `pattern` says."""
    matched = pc.match_substring_regex(pa.array(tokens.folded, pa.large_string()), f"(?:{pattern})$")
    return np.asarray(matched.to_numpy(zero_copy_only=False), np.bool_)


@kept_with_types
def _type_flags(tokens: Tokens) -> npt.NDArray[np.uint8]:
    known = words.word_flags(tokens)
    said = (known & words.REPORTING != 0) & (known & words.PAST != 0)
    flags = np.full(len(tokens.types), WORD, np.uint8)
    flags[(known & _NEVER_OWNED != 0) | said] |= FUNCTION_WORD
    flags[(known & words.ELIDED != 0) | _ends_in(tokens, "[0-9]+s")] |= ELISION
    flags[(known & words.CUT_SHORT != 0) | _ends_in(tokens, "[szx]|..in")] |= MAY_BE_CUT
    flags[_ends_in(tokens, "[0-9]")] |= IS_NUMBER
    return flags


@compiled_step
def _closing_single(marks, at, stop):
    """Return the row of the mark that closes the single quotation opened at row `at`, -1 for none, and whether it is sure.

    The first mark that cannot be a possessive closes; where there is none, the first that is not likely one; else the last,
    and that is not sure if there are several.
    """
    likely, possessive, n_possessives = -1, -1, 0
    nested = False
    for row in range(at + 1, stop):
        lean = marks[row, m.LEAN]
        if marks[row, m.KIND] == m.DOUBLE:
            nested = not nested
        elif marks[row, m.TOKEN] == marks[at, m.TOKEN] or lean == m.EITHER or (nested and lean == m.OPENS):
            continue
        elif lean == m.OPENS:
            break
        elif lean == m.CLOSES:
            return row, True
        elif lean == m.LIKELY:
            likely = row if likely < 0 else likely
        else:
            possessive = row
            n_possessives += 1
    return (likely, True) if likely >= 0 else (possessive, n_possessives == 1)


@compiled_step
def _closing_double(marks, at, stop):
    """Return the row of the mark that closes the double quotation opened at row `at`, or -1 and the row that ends the search."""
    for row in range(at + 1, stop):
        if marks[row, m.KIND] != m.DOUBLE or marks[row, m.TOKEN] == marks[at, m.TOKEN]:
            continue
        if marks[row, m.LEAN] == m.OPENS:
            return -1, row
        return row, row
    return -1, stop


@compiled_step
def _can_open(marks, row):
    """Whether a mark opens a quotation where none of its kind is open."""
    return marks[row, m.LEAN] == m.OPENS or (marks[row, m.LEAN] == m.EITHER and marks[row, m.KIND] == m.DOUBLE)


@compiled_step
def _begins_open(marks, row, stop, token, kind):
    """Whether the paragraph that begins at `token`, whose marks begin at `row`, opens with a mark of this kind."""
    while row < stop and marks[row, m.TOKEN] <= token:
        if marks[row, m.TOKEN] == token and marks[row, m.KIND] == kind and marks[row, m.LEAN] != m.CLOSES:
            return True
        row += 1
    return False


@compiled_step
def _pair_inner(marks, at, stop, edges):
    """Write the edges of the quotations that marks of the other kind enclose within the one of rows `at` to `stop`."""
    row = at + 1
    while row < stop:
        close = -1
        if marks[row, m.KIND] != marks[at, m.KIND] and _can_open(marks, row):
            single = marks[row, m.KIND] == m.SINGLE
            close = _closing_single(marks, row, stop)[0] if single else _closing_double(marks, row, stop)[0]
        if close >= 0:
            edges[marks[row, m.TOKEN]] |= INNER_OPENS
            edges[marks[close, m.TOKEN]] |= INNER_CLOSES
            row = close
        row += 1


class _Paragraph(NamedTuple):
    """A paragraph: its first token and its end, the rows of its marks, and the kinds of mark that run over its bounds.

    ``double_follows`` and ``single_follows`` say whether the next paragraph opens with a mark of that kind; ``continues`` is the kind
    that the paragraph before left open, or -1.
    """

    first: int
    end: int
    row: int
    stop: int
    double_follows: bool
    single_follows: bool
    continues: int


@compiled_step
def _close_of(marks, row, paragraph):
    """Return the row of the mark that closes the quotation of a row (or -1), where the search ends, and whether it is sure."""
    if marks[row, m.KIND] == m.DOUBLE:
        close, limit = _closing_double(marks, row, paragraph.stop)
        return close, limit, True
    close, sure = _closing_single(marks, row, paragraph.stop)
    if paragraph.single_follows and close >= 0 and marks[close, m.LEAN] >= m.POSSESSIVE:
        close = -1
    return close, paragraph.stop, sure


@compiled_step
def _pair_paragraph(marks, paragraph, spans, n, edges):
    """Pair the marks of one paragraph; return the next free span and the kind of the quotation that runs on, or -1."""
    row, runs_on = paragraph.row, -1
    while row < paragraph.stop:
        kind, token = marks[row, m.KIND], marks[row, m.TOKEN]
        if not _can_open(marks, row) or token >= paragraph.end:
            row += 1
            continue
        close, limit, sure = _close_of(marks, row, paragraph)
        last, flag = paragraph.end - 1, UNCLOSED
        if close >= 0:
            last, flag = np.int64(marks[close, m.TOKEN]) - 1, 0 if sure else UNDECIDED
        elif limit < paragraph.stop:
            last = np.int64(marks[limit, m.TOKEN]) - 1
        elif paragraph.double_follows if kind == m.DOUBLE else paragraph.single_follows:
            flag, runs_on = RUNS_ON, kind
        elif kind == m.SINGLE and token != paragraph.first:
            row += 1  # an apostrophe: nothing closes it
            continue
        if token == paragraph.first and paragraph.continues == kind:
            flag |= CONTINUES
        if last >= token:
            spans[n, 0], spans[n, 1], spans[n, 2] = token, last, flag
            n += 1
        _pair_inner(marks, row, close if close >= 0 else limit, edges)
        row = close + 1 if close >= 0 else max(row + 1, limit)
    return n, runs_on


@compiled_step
def _belongs_before(marks, row, token):
    """Whether a mark in the gap before a paragraph's first token belongs to the paragraph before."""
    return marks[row, m.TOKEN] == token and not marks[row, m.AFTER_LINE] and marks[row, m.LEAN] != m.OPENS


@compiled
def _pair(marks, counts, paragraphs, field_starts, spans, edges):
    """Write the outermost quotations (first token, last token, flags) and the edges of those within; return their number."""
    n = np.int64(0)
    at = 0
    for field in range(len(field_starts) - 1):
        row, stop, field_end = counts[field], counts[field + 1], field_starts[field + 1]
        continues = -1
        while at < len(paragraphs) - 1 and paragraphs[at] < field_end:
            first, end = paragraphs[at], min(paragraphs[at + 1], field_end)
            is_last = end == field_end
            next_row = row
            while next_row < stop and (
                marks[next_row, m.TOKEN] < end + is_last or _belongs_before(marks, next_row, end)
            ):
                next_row += 1
            double = not is_last and _begins_open(marks, next_row, stop, end, m.DOUBLE)
            single = not is_last and _begins_open(marks, next_row, stop, end, m.SINGLE)
            paragraph = _Paragraph(first, end, row, next_row, double, single, continues)
            n, continues = _pair_paragraph(marks, paragraph, spans, n, edges)
            row = next_row
            at += 1
    return n


@compiled
def _write_inside(spans, inside):
    """Write which quotation each token stands in."""
    for k in range(len(spans)):
        for i in range(spans[k, 0], spans[k, 1] + 1):
            inside[i] = k


@compiled
def _mark_edges(marks, spans, edges):
    """Write the edges of the outermost quotations, and the single marks that are none."""
    for k in range(len(spans)):
        edges[spans[k, 0]] |= OPENS
        edges[spans[k, 1] + 1] |= CLOSES
    for row in range(len(marks)):
        token = marks[row, m.TOKEN]
        if marks[row, m.KIND] == m.SINGLE and marks[row, m.LEAN] != m.OPENS and not edges[token] & ANY_CLOSES:
            edges[token] |= APOSTROPHE
