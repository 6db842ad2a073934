"""The lines of a body that begin with what may be a speaker's label ("TAPPER:", "SEN. HOLT, OF LEEDS:", "Q."), and what shows it; English only."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import values_of
from analysis.core.word_lists import word_lists
from analysis.english import words
from analysis.english.speech import NOT_NAME
from analysis.english.words import (
    AUXILIARY,
    CAPITAL,
    FEMALE,
    GENITIVE,
    HOLDS_NEGATION,
    INITIAL,
    MALE,
    NAME_LINK,
    NUMBER,
    ROLE,
    THE,
    TIME,
    TITLE,
    TITLE_PART,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, column_of
from analysis.tokens.kept import kept_with_types
from analysis.tokens.tokens import Tokens

# What a word is for a label: all in capitals, who speaks without a name, the short labels of questions and answers, what heads a line and names
# nobody, a noise in brackets, and "you".
LOUD, UNNAMED, _SHORT, _HEADING, NOISE, YOU = (1 << bit for bit in range(6))
_LISTS = {"unnamed": UNNAMED, "short": _SHORT, "heading": _HEADING, "noise": NOISE, "you": YOU}
LINE = np.uint32(gaps.LINE_END | gaps.PARAGRAPH_END)
MARKS = np.uint32(sum(1 << bit for bit in range(gaps.LOW_QUOTE.bit_length() - 1, gaps.STRAIGHT_SINGLE + 3)))
_ENDED = np.uint32(gaps.SENTENCE_END | gaps.DASH | gaps.BRACKET_CLOSE) | MARKS
_WORDS = 5  # words of a label's name with its titles
_LABEL = 12  # words of a label with what it adds: "JAKE TAPPER, CNN HOST:"
FAR = 400  # words of a line that are looked at; a line without an end may be a book
_TITLES = TITLE | TITLE_PART

# Columns of a label: its first token, the last one of its name, the first token behind it, the form by which it is known, and its signs: a title
# or a word for a speaker; a given name; several words; all in capitals; a word or a line that heads something else; a title alone.
L_FIRST, L_LAST, L_TURN, L_FORM, L_SIGNS = range(5)
TITLED, GIVEN, SEVERAL, CAPITALS, HEADS, ROLE_ALONE = (1 << bit for bit in range(6))


class Lines(NamedTuple):
    """The text as the rules for transcripts read it: tokens, what is known of their types, the forms of these, and which tokens stand in marks."""

    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    flags: words.Flags
    looks: npt.NDArray[np.int8]
    forms: npt.NDArray[np.int32]
    inside: npt.NDArray[np.int32]


@kept_with_types
def _looks(tokens: Tokens) -> npt.NDArray[np.int8]:
    """Return what the spelling and the form of each type are for a label, as a bit set."""
    form_of_type, forms = tokens.form_ids
    known: dict[str, int] = {}
    for name, listed in word_lists("english/labels.txt")["labels"].items():
        for word in listed:
            known[word] = known.get(word, 0) | _LISTS[name]
    looks = values_of(pa.array(forms, pa.large_string()), known)[form_of_type]
    loud = pc.match_substring_regex(pa.array(tokens.types, pa.large_string()), r"\A(Mac|Mc|O')?\p{Lu}[\p{Lu}'’.-]+\z")
    looks[loud.to_numpy(zero_copy_only=False)] |= LOUD
    return looks.astype(np.int8)


def _places(text: Lines) -> npt.NDArray[np.int64]:
    """Return the tokens before which a label may end: behind a colon, or behind "Q." and "A." at the start of a line."""
    colons = np.flatnonzero(text.gaps & gaps.COLON)
    short = np.flatnonzero((text.looks[text.type_ids[:-1]] & _SHORT != 0) & (text.gaps[1:] & gaps.STOP != 0))
    return np.union1d(colons, short + 1)


@compiled_step
def flag(text, i):
    """Return what the rules know of token i."""
    return text.flags[text.type_ids[i]]


@compiled_step
def look(text, i):
    """Return what token i is for a label."""
    return text.looks[text.type_ids[i]]


@compiled_step
def _label_start(text, behind, floor):
    """Return the first token of the label that ends before a token, and whether a line begins there; -1 for none."""
    i = behind - 1
    while i >= floor and behind - i <= _LABEL:
        if i == floor or text.gaps[i] & LINE:
            return i, True
        gap = text.gaps[i]
        if gap & (gaps.EXCLAMATION | gaps.ELLIPSIS | gaps.DASH | gaps.SEMICOLON | gaps.BRACKET_CLOSE | MARKS):
            return i, False
        if gap & gaps.STOP and not flag(text, i - 1) & (_TITLES | INITIAL):
            return i, False
        i -= 1
    return np.int64(-1), False


@compiled_step
def _may_name(f):
    """Whether a word can be part of a name: "MAY" and "WILL" can."""
    if not f & CAPITAL or f & (GENITIVE | NUMBER):
        return False
    return f & NOT_NAME == 0 or (f & AUXILIARY != 0 and not f & HOLDS_NEGATION)


@compiled_step
def _name_end(text, first, behind):
    """Return the end of the name of a label, before what a comma or a bracket adds; -1 where its words are no name."""
    i = first
    while i < behind and not (i > first and text.gaps[i] & (gaps.COMMA | gaps.BRACKET_OPEN)):
        f = flag(text, i)
        is_link = first < i < behind - 1 and f & NAME_LINK != 0
        is_article = i == first and f & THE and i + 1 < behind
        is_short = behind == first + 1 and f & CAPITAL and look(text, i) & _SHORT
        is_month = i + 1 < behind and f & TIME and _may_name(flag(text, i + 1))  # "AUGUST HOLT", "April Reed"
        if not (is_link or is_article or is_short or is_month) and not _may_name(f):
            return np.int64(-1)
        i += 1
    for k in range(i, behind):
        if flag(text, k) & NUMBER:
            return np.int64(-1)
    return i if i - first <= _WORDS else np.int64(-1)


@compiled_step
def _signs_of(text, first, end):
    """Return what the words of a label show."""
    start = first + (flag(text, first) & THE != 0)
    signs = TITLED if look(text, end - 1) & UNNAMED or (start > first and flag(text, start) & (ROLE | _TITLES)) else 0
    while start < end - 1 and flag(text, start) & _TITLES:
        start += 1
        signs |= TITLED
    if start + 1 < end:
        signs |= SEVERAL
    elif not signs and flag(text, start) & (ROLE | _TITLES):
        signs |= ROLE_ALONE
    if flag(text, start) & (MALE | FEMALE):
        signs |= GIVEN
    is_loud = look(text, end - 1) & (LOUD | _SHORT) != 0
    for i in range(first, end):
        is_loud &= look(text, i) & (LOUD | _SHORT) != 0 or flag(text, i) & (_TITLES | INITIAL) != 0
        if look(text, i) & _HEADING and not look(text, i) & UNNAMED:
            signs |= HEADS
    return signs | (CAPITALS if is_loud else 0)


@compiled_step
def _is_loud(text, first, end):
    """Whether some words are all in capitals: a headline."""
    for i in range(first, end):
        if not look(text, i) & LOUD and not flag(text, i) & (INITIAL | NUMBER):
            return False
    return end - first > 2


@compiled_step
def line_end(text, first, end):
    """Return the end of the line that begins at a token."""
    i = first + 1
    while i < end and not text.gaps[i] & LINE:
        i += 1
    return i


@compiled_step
def is_ended(text, end):
    """Whether what ends before a token ends like a sentence, broken off or not: a caption, a link or a headline does not."""
    return end >= len(text.gaps) or text.gaps[end] & _ENDED != 0


@compiled
def _find_labels(text, places, field_starts, labels):
    """Write what may be labels in bodies; return their number."""
    n, field = np.int64(0), 0
    for behind in places:
        while field_starts[field + 1] <= behind:
            field += 1
        floor = field_starts[field]
        if column_of(field) != BODY or behind == floor:
            continue
        first, begins_line = _label_start(text, behind, floor)
        if first < 0 or (n and first < labels[n - 1, L_TURN]):
            continue
        end = _name_end(text, first, behind)
        if end < 0:
            continue
        signs = _signs_of(text, first, end)
        if not text.gaps[behind] & gaps.COLON and (end > first + 1 or not begins_line):
            continue
        if not begins_line:
            if not signs & CAPITALS or signs & HEADS:
                continue
        elif not text.gaps[behind] & LINE:
            stop = line_end(text, behind, min(field_starts[field + 1], behind + FAR))
            if _is_loud(text, behind, stop) or not (signs & (CAPITALS | TITLED) or is_ended(text, stop)):
                signs |= HEADS
        labels[n, L_FIRST], labels[n, L_LAST], labels[n, L_TURN] = first, end - 1, behind
        labels[n, L_FORM], labels[n, L_SIGNS] = text.forms[text.type_ids[end - 1]], signs
        n += 1
    return n


def find_labels(tokens: Tokens, inside: npt.NDArray[np.int32]) -> tuple[Lines, npt.NDArray[np.int64]]:
    """Return the text as the rules for transcripts read it, and all that may be labels in bodies, in its order; see `find_turns` there."""
    flags, forms = words.word_flags(tokens), tokens.form_ids[0]
    text = Lines(tokens.type_ids, tokens.gaps, flags, _looks(tokens), forms, inside)
    places = _places(text)
    labels = np.empty((len(places), 5), np.int64)
    n = _find_labels(text, places, tokens.field_starts, labels)
    return text, labels[:n]
