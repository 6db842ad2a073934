"""Turns of a transcript or an interview: what stands behind a speaker's label ("TAPPER:", "Q.") is what that speaker says; English only.

A label is a name, alone or with titles, at the start of a line (in capitals also behind a sentence's end), with a colon. One label is no
transcript: a place, a headline or a list of facts is written like it. `_is_transcript` says what shows one.
"""

import numpy as np
import numpy.typing as npt

from analysis.english.labels import (
    CAPITALS,
    FAR,
    GIVEN,
    HEADS,
    L_FIRST,
    L_FORM,
    L_LAST,
    L_SIGNS,
    L_TURN,
    LOUD,
    MARKS,
    NOISE,
    ROLE_ALONE,
    SEVERAL,
    TITLED,
    UNNAMED,
    YOU,
    find_labels,
    flag,
    is_ended,
    line_end,
    look,
)
from analysis.english.speech import NOT_NAME
from analysis.english.words import CAPITAL, FIRST_PERSON, SUBJECT
from analysis.tokens import gaps
from analysis.tokens.compiling import ZERO, compiled, compiled_step
from analysis.tokens.fields import BODY, article_of, field_of
from analysis.tokens.tokens import Tokens

_NOISES = 8  # words of a stage direction
_NEAR = 5  # paragraphs without a label that a turn runs on through, whatever is in them, if another label follows
_DENSE = 4  # paragraphs for each label, or fewer, where the text is a transcript and does not only quote one

# Columns of a turn: its first and last token, and those of the name in its label.
T_FIRST, T_LAST, T_LABEL, T_LABEL_LAST = range(4)
_NOBODY = -1  # in place of the signs of a label that heads something else
# What a body shows of a form: bits (it is part of a name of several words; it begins with a small letter), how many lines it labels, and in how
# many of them somebody speaks.
_BITS, _N_LINES, _N_SPOKEN = range(3)
_IN_NAME, _SMALL = 1, 2


def find_turns(
    tokens: Tokens, inside: npt.NDArray[np.int32], paragraphs: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the turns of all transcripts, in the order of the text, a row for each paragraph and each stretch between stage directions.

    A turn runs to the next label, or to a line that heads something else ("Related: …"). Paragraphs go on with it until one names the
    speaker or ends with a colon: there the narrator speaks again. One that does not end like a sentence is a caption or a link, and
    nobody's. Where at least one of four paragraphs has a label, the text is a transcript: the last turn goes on as long as each paragraph
    has "I", "we" or "you" outside of marks, and others go on whatever is in them. Else the article quotes from one: its last turn is one
    paragraph, and where no label follows within five paragraphs, a turn goes on as long as each has such a word.

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
    text, labels = find_labels(tokens, inside)
    # No more turns than labels, paragraphs and brackets that could part them.
    brackets = np.count_nonzero(tokens.gaps & gaps.BRACKET_OPEN)
    turns = np.empty((len(labels) and len(labels) + len(paragraphs) + brackets, 4), np.int64)
    shown = np.zeros((int(text.forms.max(initial=0)) + 1, 3), np.int32)
    n = _read(text, tokens.field_starts, paragraphs, labels, shown, turns)
    return turns[:n].copy()


@compiled_step
def _show(text, first, end, shown):
    """Note which forms of a body are part of a name of several words, and which begin with a small letter."""
    for i in range(first, end):
        form = text.forms[text.type_ids[i]]
        if not flag(text, i) & CAPITAL:
            shown[form, _BITS] |= _SMALL
        elif i > first and text.gaps[i] == 0 and flag(text, i - 1) & CAPITAL and not flag(text, i - 1) & NOT_NAME:
            shown[form, _BITS] |= _IN_NAME
            shown[text.forms[text.type_ids[i - 1]], _BITS] |= _IN_NAME


@compiled_step
def _forget(text, first, end, shown):
    """Take back what was noted of the forms of a body."""
    for i in range(first, end):
        shown[text.forms[text.type_ids[i]]] = 0


@compiled_step
def _names_speaker(label, shown):
    """Whether a label is a speaker's: by its own words, as part of a name in the text, or as it comes back before what is spoken."""
    signs, form = label[L_SIGNS], label[L_FORM]
    seen, spoken = shown[form, _BITS], shown[form, _N_SPOKEN]
    is_phrase = signs & SEVERAL and not signs & CAPITALS  # "Power Play", but "Fox News" where it asks again and again
    if spoken > (3 if is_phrase else 1) and 3 * spoken >= shown[form, _N_LINES]:
        return True
    if signs & (TITLED | GIVEN) or (signs & SEVERAL and signs & CAPITALS):
        return True
    if signs & CAPITALS:
        return seen & _IN_NAME != 0 or not seen & _SMALL
    return seen & _IN_NAME != 0 and not seen & _SMALL and not signs & ROLE_ALONE


@compiled_step
def _says_i(text, first, end):
    """Whether somebody says "I", "we" or "you" outside of marks."""
    for i in range(first, end):
        f = flag(text, i)
        if text.inside[i] < 0 and ((f & FIRST_PERSON and f & SUBJECT) or look(text, i) & YOU):
            return True
    return False


@compiled_step
def _names(text, first, end, form):
    """Whether a name that is known by a form stands among words, outside of marks."""
    for i in range(first, end):
        if text.inside[i] < 0 and text.forms[text.type_ids[i]] == form and flag(text, i) & CAPITAL:
            return not look(text, i) & UNNAMED
    return False


@compiled_step
def _is_quoted(text, label):
    """Whether a quotation in marks opens behind a label."""
    first = label[L_TURN]
    return text.gaps[first] & MARKS != 0 and text.inside[first] >= 0


@compiled_step
def _is_spoken(text, labels, row, n, end):
    """Whether somebody speaks in the line of a label: asks, calls out, or says "I", "we" or "you", and does not name the speaker."""
    first = np.int64(labels[row, L_TURN])
    limit = labels[row + 1, L_FIRST] if row + 1 < n else end
    stop = line_end(text, first, min(limit, first + FAR))
    asks = stop < end and text.gaps[stop] & gaps.EXCLAMATION
    return (asks or _says_i(text, first, stop)) and not _names(text, first, stop, labels[row, L_FORM])


@compiled_step
def _is_transcript(text, labels, span, end, shown):
    """Whether the labels of a body that are speakers' show a transcript.

    There are two speakers or more; in one of four lines or more somebody speaks; and one comes back after another, or all labels are in
    capitals, short ("Q.") or titled. Then a word in capitals that nothing shows to be a name needs such signs in every line.
    """
    n, n_spoken, n_bare, has_others, returns, all_plain = 0, 0, 0, False, False, True
    before = latest = np.int64(-1)
    for k in range(span[0], span[1]):
        if labels[k, L_SIGNS] == _NOBODY or _is_quoted(text, labels[k]):
            continue
        form = labels[k, L_FORM]
        n += 1
        all_plain &= labels[k, L_SIGNS] & (CAPITALS | TITLED) != 0
        n_bare += shown[form, _BITS] & _IN_NAME == 0 and not labels[k, L_SIGNS] & (TITLED | GIVEN | SEVERAL)
        if form != latest:
            if latest >= 0:
                has_others = True
            if form == before:
                returns = True
            before, latest = latest, form
        n_spoken += _is_spoken(text, labels, k, span[1], end)
    if not has_others or n_spoken == 0 or 4 * n_spoken < n:
        return False
    return returns or (all_plain and (n_bare == 0 or n_spoken == n))


@compiled_step
def _noise_end(text, i, end):
    """Return the end of the stage direction in brackets that begins at a token, or the token itself."""
    if not text.gaps[i] & gaps.BRACKET_OPEN:
        return i
    is_loud, noises, k = True, 0, i
    while k < end and k - i < _NOISES and (k == i or not text.gaps[k] & gaps.BRACKET_CLOSE):
        is_loud &= look(text, k) & LOUD != 0
        noises += look(text, k) & NOISE != 0
        k += 1
    is_closed = k == end or text.gaps[k] & gaps.BRACKET_CLOSE
    return k if is_closed and (is_loud or noises) else i


@compiled_step
def _write(text, first, end, label, turns, n):
    """Write a paragraph of a turn without its stage directions; return the next row."""
    i = begin = first
    while i <= end:
        stop = _noise_end(text, i, end) if i < end else i
        if i == end or stop > i:
            if i > begin:
                turns[n, T_FIRST], turns[n, T_LAST] = begin, i - 1
                turns[n, T_LABEL], turns[n, T_LABEL_LAST] = label[L_FIRST], label[L_LAST]
                n += 1
            begin = stop
        i = max(i + 1, stop)
    return n


@compiled_step
def _n_paragraphs(paragraphs, first, end):
    """Return how many paragraphs begin in a stretch of text."""
    return np.searchsorted(paragraphs, end) - np.searchsorted(paragraphs, first)


@compiled_step
def _next_paragraph(paragraphs, i):
    return np.int64(paragraphs[np.searchsorted(paragraphs, i, side="right")])


@compiled_step
def _turn(text, paragraphs, label, stop, places, turns, n):
    """Write the rows of a turn that ends at `stop` at the latest; return the next row.

    `places` says whether it is the last one, and whether labels are dense.
    """
    is_last, is_dense = places
    first = np.int64(label[L_TURN])
    if _is_quoted(text, label):
        return n  # whom a quotation behind a colon belongs to is known without a transcript
    end = min(_next_paragraph(paragraphs, first), stop)
    n = _write(text, first, end, label, turns, n)
    if is_last and not is_dense:
        return n
    is_sure = not is_last and (is_dense or _n_paragraphs(paragraphs, end, stop) <= _NEAR)
    while end < stop:
        first, end = end, min(_next_paragraph(paragraphs, end), stop)
        introduces = end < len(text.gaps) and text.gaps[end] & gaps.COLON
        if introduces or _names(text, first, end, label[L_FORM]) or not (is_sure or _says_i(text, first, end)):
            break
        if is_ended(text, end):
            n = _write(text, first, end, label, turns, n)
    return n


@compiled
def _read(text, field_starts, paragraphs, labels, shown, turns):
    """Write the turns of all bodies; return their number."""
    n, k = ZERO, ZERO
    while k < len(labels):
        article = article_of(np.searchsorted(field_starts, labels[k, L_FIRST], side="right") - 1)
        field = field_of(article, BODY)
        begin, end = field_starts[field], field_starts[field + 1]
        stop = k
        while stop < len(labels) and labels[stop, L_FIRST] < end:
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
    _show(text, begin, end, shown)
    for row in range(k, stop):
        shown[labels[row, L_FORM], _N_LINES] += 1
        shown[labels[row, L_FORM], _N_SPOKEN] += _is_spoken(text, labels, row, stop, end)
    n_read = k
    for row in range(k, stop):
        heads = labels[row, L_SIGNS] & HEADS
        if heads or _names_speaker(labels[row], shown):
            for column in range(labels.shape[1]):
                labels[n_read, column] = labels[row, column]
            labels[n_read, L_SIGNS] = _NOBODY if heads else labels[n_read, L_SIGNS]
            n_read += 1
    is_one = _is_transcript(text, labels, (k, n_read), end, shown)
    _forget(text, begin, end, shown)
    if not is_one:
        return n
    is_dense = _DENSE * (n_read - k) >= _n_paragraphs(paragraphs, np.int64(labels[k, L_FIRST]), end)
    for row in range(k, n_read):
        if labels[row, L_SIGNS] != _NOBODY:
            is_last = row + 1 == n_read
            limit = end if is_last else labels[row + 1, L_FIRST]
            n = _turn(text, paragraphs, labels[row], limit, (is_last, is_dense), turns, n)
    return n
