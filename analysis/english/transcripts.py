"""Turns of a transcript or an interview: what stands behind a speaker's label ("TAPPER:", "Q.") is what that speaker says; English only.

A label is a name, alone or with titles, at the start of a line (in capitals also behind a sentence's end), with a colon. One label is no transcript: a place, a
headline or a list of facts is written like it. `_is_transcript` says what shows one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import values_of
from analysis.english import words
from analysis.english.speech import NOT_NAME
from analysis.english.words import (
    AUXILIARY,
    CAPITAL,
    FEMALE,
    FIRST_PERSON,
    GENITIVE,
    HOLDS_NEGATION,
    INITIAL,
    MALE,
    NAME_LINK,
    NUMBER,
    ROLE,
    SUBJECT,
    THE,
    TITLE,
    TITLE_PART,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, article_of, column_of, field_of
from analysis.tokens.kept import kept_with_types
from analysis.tokens.tokens import Tokens

# What a spelling is here: all in capitals, who speaks without a name, the short labels of questions and answers, a word that heads a line and names
# nobody, a noise in brackets, and "you".
_LOUD, _UNNAMED, _SHORT, _HEADING, _NOISE, _YOU = (1 << bit for bit in range(6))
_LISTS = {
    _UNNAMED: "q a question answer interviewer moderator reporter host anchor caller announcer operator audience correspondent",
    _SHORT: "q a",
    _HEADING: """
        addendum advertisement advice age also analysis answer article background born breaking briefing chapter claim claims claimed click clarification clarifications conclusion
        contact copyright correction corrections credit credits date day deal details disclaimer editor engage exclusive fact facts fiction file filed final follow
        gallery graphic headline highlights image images implications indicator interactive ingredients key lesson lie lies link listen live location loser losers makes
        media more motto myth name note notes opinion overview party phone photo photographer photos picture pictures poll previous problem profile pros cons column published quiz quizzes quote
        rating read reality recommended related result results ruling score section see serves source sources statement status step story summary
        tags takeaway takeaways target time timeline tip tips title topic total transcript trending truth tweet update updated updates verdict version video videos
        view warning watch week where winner winners worst best""",
    _NOISE: """
        applause applauding audible boos booing cheering cheers chuckle chuckles chuckling clip cough coughs crosstalk gasps gavel inaudible laugh laughing laughs laughter
        music noise pause pauses sic sigh sighs silence soundbite unintel unintelligible video""",
    _YOU: "you your you're you've you'd you'll",
}  # fmt: skip
_LINE = np.uint32(gaps.LINE_END | gaps.PARAGRAPH_END)
_MARKS = np.uint32(sum(1 << bit for bit in range(gaps.LOW_QUOTE.bit_length() - 1, 31)))
_ENDED = np.uint32(gaps.SENTENCE_END | gaps.DASH | gaps.BRACKET_CLOSE) | _MARKS
_WORDS = 5  # words of a label's name with its titles
_LABEL = 12  # words of a label with what it adds: "JAKE TAPPER, CNN HOST:"
_NOISES = 8  # words of a stage direction
_NEAR = 5  # paragraphs without a label that a turn runs on through, whatever is in them, if another label follows
_TITLES = TITLE | TITLE_PART

# Columns of a label: its first token, the last one of its name, the first token of its turn, the form by which it is known, and what shows
# that it is a speaker's; of a turn: its tokens and those of its label.
_L_FIRST, _L_LAST, _L_TURN, _L_FORM, _L_SIGNS = range(5)
T_FIRST, T_LAST, T_LABEL, T_LABEL_LAST = range(4)
# Signs of a label: a title or a word for a speaker; a given name; several words; all in capitals; a word that heads a line; a title alone.
_TITLED, _GIVEN, _SEVERAL, _CAPITALS, _HEADS, _ROLE_ALONE = (1 << bit for bit in range(6))
_NOBODY = -1  # in place of the signs of a label that heads a line
# What an article shows of a form: it is part of a name of several words; it begins with a small letter.
_IN_NAME, _SMALL = 1, 2


class _Lines(NamedTuple):
    """The text as the rules for transcripts read it: tokens, what is known of their types, the forms of these, and which tokens stand in marks."""

    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    flags: words.Flags
    looks: npt.NDArray[np.int8]
    forms: npt.NDArray[np.int32]
    inside: npt.NDArray[np.int32]


def find_turns(tokens: Tokens, inside: npt.NDArray[np.int32], paragraphs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the turns of all transcripts, in the order of the text, a row for each paragraph and each stretch between stage directions.

    A turn runs to the next label, or to a line that heads something else ("Related: …"). Paragraphs go on with it until one names the speaker
    or ends with a colon: there the narrator speaks again; one that does not end like a sentence is a caption or a link, and nobody's. Where no label follows within five paragraphs, only such go on with it in which
    somebody says "I", "we" or "you".

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    inside : numpy.ndarray of int32
        The quotation in marks that each token stands in, or -1.
    paragraphs : numpy.ndarray of int64
        First tokens of all paragraphs, and the number of tokens.

    Returns
    -------
    numpy.ndarray of int64, shape (n_turns, 4)
        First and last token of each, and of the name in its label.
    """
    looks = _looks(tokens)
    forms = tokens.form_ids[0]
    text = _Lines(tokens.type_ids, tokens.gaps, words.word_flags(tokens), looks, forms, inside)
    places = _places(text)
    labels = np.empty((len(places), 5), np.int64)
    n = _find_labels(text, places, tokens.field_starts, labels)
    labels = labels[:n]
    # No more turns than labels, paragraphs and brackets that could part them.
    brackets = np.count_nonzero(tokens.gaps & gaps.BRACKET_OPEN) if n else 0
    turns = np.empty((n + (len(paragraphs) if n else 0) + brackets, 4), np.int64)
    shown = np.zeros(int(forms.max(initial=0)) + 1, np.int8)
    n = _read(text, tokens.field_starts, paragraphs, labels, shown, turns)
    return turns[:n].copy()


@kept_with_types
def _looks(tokens: Tokens) -> npt.NDArray[np.int8]:
    """Return what the spelling and the form of each type are for a label, as a bit set."""
    form_of_type, forms = tokens.form_ids
    known: dict[str, int] = {}
    for bit, listed in _LISTS.items():
        for word in listed.split():
            known[word] = known.get(word, 0) | bit
    looks = values_of(pa.array(forms, pa.large_string()), known)[form_of_type]
    loud = pc.match_substring_regex(pa.array(tokens.types, pa.large_string()), r"\A(Mac|Mc|O')?\p{Lu}[\p{Lu}'’.-]+\z")
    looks[loud.to_numpy(zero_copy_only=False)] |= _LOUD
    return looks.astype(np.int8)


def _places(text: _Lines) -> npt.NDArray[np.int64]:
    """Return the tokens before which a label may end: behind a colon, or behind "Q." and "A." at the start of a line."""
    colons = np.flatnonzero(text.gaps & gaps.COLON)
    short = np.flatnonzero((text.looks[text.type_ids[:-1]] & _SHORT != 0) & (text.gaps[1:] & gaps.STOP != 0))
    return np.union1d(colons, short + 1)


@compiled_step
def _flag(text, i):
    return text.flags[text.type_ids[i]]


@compiled_step
def _look(text, i):
    return text.looks[text.type_ids[i]]


@compiled_step
def _label_start(text, behind, floor):
    """Return the first token of the label that ends before a token, and whether a line begins there; -1 for none."""
    i = behind - 1
    while i >= floor and behind - i <= _LABEL:
        if i == floor or text.gaps[i] & _LINE:
            return i, True
        gap = text.gaps[i]
        if gap & (gaps.EXCLAMATION | gaps.ELLIPSIS | gaps.DASH | gaps.SEMICOLON | gaps.BRACKET_CLOSE | _MARKS):
            return i, False
        if gap & gaps.STOP and not _flag(text, i - 1) & (_TITLES | INITIAL):
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
        f = _flag(text, i)
        is_link = first < i < behind - 1 and f & NAME_LINK != 0
        is_article = i == first and f & THE and i + 1 < behind and _flag(text, i + 1) & (ROLE | _TITLES)
        is_short = behind == first + 1 and _look(text, i) & _SHORT
        if not (is_link or is_article or is_short) and not _may_name(f):
            return np.int64(-1)
        i += 1
    for k in range(i, behind):
        if _flag(text, k) & NUMBER:
            return np.int64(-1)
    return i if i - first <= _WORDS else np.int64(-1)


@compiled_step
def _signs_of(text, first, end):
    """Return what the words of a label show."""
    start = first
    while start < end - 1 and _flag(text, start) & (_TITLES | THE):
        start += 1
    signs = _TITLED if start > first or _look(text, end - 1) & _UNNAMED else 0
    if start + 1 < end:
        signs |= _SEVERAL
    elif not signs and _flag(text, start) & (ROLE | _TITLES):
        signs |= _ROLE_ALONE
    if _flag(text, start) & (MALE | FEMALE):
        signs |= _GIVEN
    is_loud = True
    for i in range(first, end):
        is_loud &= _look(text, i) & (_LOUD | _SHORT) != 0 or _flag(text, i) & (_TITLES | INITIAL) != 0
        if _look(text, i) & _HEADING and not _look(text, i) & _UNNAMED:
            signs |= _HEADS
    return signs | (_CAPITALS if is_loud else 0)


@compiled_step
def _is_loud(text, first, end):
    """Whether some words are all in capitals: a headline."""
    for i in range(first, end):
        if not _look(text, i) & _LOUD and not _flag(text, i) & (INITIAL | NUMBER):
            return False
    return end - first > 2


@compiled_step
def _is_ended(text, end):
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
        if first < 0 or (n and first < labels[n - 1, _L_TURN]):
            continue
        end = _name_end(text, first, behind)
        if end < 0:
            continue
        signs = _signs_of(text, first, end)
        if not text.gaps[behind] & gaps.COLON and (end > first + 1 or not begins_line):
            continue
        if not begins_line:
            if not signs & _CAPITALS or signs & _HEADS:
                continue
        elif not text.gaps[behind] & _LINE:
            stop = _line_end(text, behind, field_starts[field + 1])
            if _is_loud(text, behind, stop) or not (signs & (_CAPITALS | _TITLED) or _is_ended(text, stop)):
                signs |= _HEADS
        labels[n, _L_FIRST], labels[n, _L_LAST], labels[n, _L_TURN] = first, end - 1, behind
        labels[n, _L_FORM], labels[n, _L_SIGNS] = text.forms[text.type_ids[end - 1]], signs
        n += 1
    return n


@compiled_step
def _show(text, first, end, shown, clears):
    """Note which forms of a body are part of a name of several words, and which begin with a small letter; or forget it."""
    for i in range(first, end):
        form = text.forms[text.type_ids[i]]
        if clears:
            shown[form] = 0
        elif not _flag(text, i) & CAPITAL:
            shown[form] |= _SMALL
        elif i > first and text.gaps[i] == 0 and _flag(text, i - 1) & CAPITAL and not _flag(text, i - 1) & NOT_NAME:
            shown[form] |= _IN_NAME
            shown[text.forms[text.type_ids[i - 1]]] |= _IN_NAME


@compiled_step
def _names_speaker(label, shown):
    """Whether a label is a speaker's: by its own words, or as the text has a name of several words with it."""
    signs, seen = label[_L_SIGNS], shown[label[_L_FORM]]
    if signs & (_TITLED | _GIVEN) or (signs & _SEVERAL and signs & _CAPITALS):
        return True
    if signs & _CAPITALS:
        return seen & _IN_NAME != 0 or not seen & _SMALL
    return seen & _IN_NAME != 0 and not seen & _SMALL and not signs & _ROLE_ALONE


@compiled_step
def _says_i(text, first, end):
    """Whether somebody says "I", "we" or "you" outside of marks."""
    for i in range(first, end):
        f = _flag(text, i)
        if text.inside[i] < 0 and ((f & FIRST_PERSON and f & SUBJECT) or _look(text, i) & _YOU):
            return True
    return False


@compiled_step
def _names(text, first, end, form):
    """Whether a name that is known by a form stands among words."""
    for i in range(first, end):
        if text.forms[text.type_ids[i]] == form and _flag(text, i) & CAPITAL and not _look(text, i) & _UNNAMED:
            return True
    return False


@compiled_step
def _line_end(text, first, end):
    """Return the end of the line that begins at a token."""
    i = first + 1
    while i < end and not text.gaps[i] & _LINE:
        i += 1
    return i


@compiled_step
def _is_transcript(text, labels, span, end, shown):
    """Whether the labels of a body that are speakers' show a transcript.

    There are two speakers or more; in one of four lines or more somebody asks, calls out, or says "I", "we" or "you" and does not name the
    speaker; and one comes back after another, or all labels are in capitals, short ("Q.") or titled. Then a word in capitals that
    nothing shows to be a name needs such signs in every line.
    """
    n, n_spoken, n_bare, others, returns, all_plain = 0, 0, 0, 0, 0, True
    before, latest = np.int64(-1), np.int64(-1)
    for k in range(span[0], span[1]):
        if labels[k, _L_SIGNS] == _NOBODY:
            continue
        form = labels[k, _L_FORM]
        n += 1
        all_plain &= labels[k, _L_SIGNS] & (_CAPITALS | _TITLED) != 0
        n_bare += shown[form] & _IN_NAME == 0 and not labels[k, _L_SIGNS] & (_TITLED | _GIVEN | _SEVERAL)
        if form != latest:
            others += latest >= 0
            returns += form == before
            before, latest = latest, form
        stop = _line_end(text, labels[k, _L_TURN], end)
        asks = stop < end and text.gaps[stop] & gaps.EXCLAMATION
        spoken = asks or _says_i(text, labels[k, _L_TURN], stop)
        n_spoken += spoken and not _names(text, labels[k, _L_TURN], stop, form)
    if others == 0 or n_spoken == 0 or 4 * n_spoken < n:
        return False
    return returns > 0 or (all_plain and (n_bare == 0 or n_spoken == n))


@compiled_step
def _noise_end(text, i, end):
    """Return the end of the stage direction in brackets that begins at a token, or the token itself."""
    if not text.gaps[i] & gaps.BRACKET_OPEN:
        return i
    is_loud, noises, k = True, 0, i
    while k < end and k - i < _NOISES and (k == i or not text.gaps[k] & gaps.BRACKET_CLOSE):
        is_loud &= _look(text, k) & _LOUD != 0
        noises += _look(text, k) & _NOISE != 0
        k += 1
    return k if is_loud or noises else i


@compiled_step
def _write(text, first, end, label, turns, n):
    """Write a paragraph of a turn without its stage directions; return the next row."""
    i = begin = first
    while i <= end:
        stop = _noise_end(text, i, end) if i < end else i
        if i == end or stop > i:
            if i > begin:
                turns[n, T_FIRST], turns[n, T_LAST] = begin, i - 1
                turns[n, T_LABEL], turns[n, T_LABEL_LAST] = label[_L_FIRST], label[_L_LAST]
                n += 1
            begin = stop
        i = max(i + 1, stop)
    return n


@compiled_step
def _next_paragraph(paragraphs, i):
    return np.int64(paragraphs[np.searchsorted(paragraphs, i, side="right")])


@compiled_step
def _turn(text, paragraphs, label, stop, is_last, turns, n):
    """Write the rows of a turn that ends at `stop` at the latest; return the next row."""
    first = np.int64(label[_L_TURN])
    if text.gaps[first] & _MARKS and text.inside[first] >= 0:
        return n  # whom a quotation behind a colon belongs to is known without a transcript
    end = min(_next_paragraph(paragraphs, first), stop)
    n = _write(text, first, end, label, turns, n)
    last = np.searchsorted(paragraphs, stop) - np.searchsorted(paragraphs, end)
    is_near = not is_last and last <= _NEAR
    while end < stop:
        first, end = end, min(_next_paragraph(paragraphs, end), stop)
        introduces = end < len(text.gaps) and text.gaps[end] & gaps.COLON
        if introduces or _names(text, first, end, label[_L_FORM]) or not (is_near or _says_i(text, first, end)):
            break
        if _is_ended(text, end):
            n = _write(text, first, end, label, turns, n)
    return n


@compiled
def _read(text, field_starts, paragraphs, labels, shown, turns):
    """Write the turns of all bodies; return their number."""
    n, k = np.int64(0), 0
    while k < len(labels):
        article = article_of(np.searchsorted(field_starts, labels[k, _L_FIRST], side="right") - 1)
        field = field_of(article, BODY)
        begin, end = field_starts[field], field_starts[field + 1]
        stop = k
        while stop < len(labels) and labels[stop, _L_FIRST] < end:
            stop += 1
        if stop > k + 1:
            n = _read_body(text, paragraphs, (labels, k, stop), (begin, end), shown, turns, n)
        k = stop
    return n


@compiled_step
def _read_body(text, paragraphs, places, bounds, shown, turns, n):
    """Write the turns of one body; return the next row."""
    labels, k, stop = places
    begin, end = bounds
    _show(text, begin, end, shown, False)
    n_read = k
    for row in range(k, stop):
        heads = labels[row, _L_SIGNS] & _HEADS
        if heads or _names_speaker(labels[row], shown):
            for column in range(labels.shape[1]):
                labels[n_read, column] = labels[row, column]
            labels[n_read, _L_SIGNS] = _NOBODY if heads else labels[n_read, _L_SIGNS]
            n_read += 1
    is_one = _is_transcript(text, labels, (k, n_read), end, shown)
    _show(text, begin, end, shown, True)
    if not is_one:
        return n
    for row in range(k, n_read):
        if labels[row, _L_SIGNS] != _NOBODY:
            is_last = row + 1 == n_read
            limit = end if is_last else labels[row + 1, _L_FIRST]
            n = _turn(text, paragraphs, labels[row], limit, is_last, turns, n)
    return n
