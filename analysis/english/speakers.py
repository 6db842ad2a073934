"""Who a mention of a speaker means: the name in it, or the name last introduced that agrees with it; English only."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english import speech, words
from analysis.english.carrying import carry_speakers
from analysis.english.naming import bare, is_name_word, name_before, name_in, run_end, without_rank
from analysis.english.quotations import Text, flag, quotations, text_of
from analysis.english.words import FEMALE, FIRST_PERSON, HE, MALE, RELATIVE, ROLE, SHE, THE, THING
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, article_of, field_of
from analysis.tokens.tokens import Tokens

NOBODY = -1

# Columns of a name: its tokens, the form of its last word, the gender that a title or a pronoun told and the one that its given name
# hints at, whether it opens a sentence, and the row of the name before it with the same last word.
N_FIRST, N_LAST, N_FORM, N_TOLD, N_HINT, N_OPENS, N_BEFORE = range(7)
_SEVERAL = -2  # in place of a row: more than one name
_NAMES = 40  # how many names back a pronoun can mean, and how many tokens back if nothing tells the gender of the name
_TOKENS = 40


class _Index(NamedTuple):
    """The names of an article and, by the form of a word: the first and the latest name that it ends, and the only one that it begins.

    `forms` has the form of each type.
    """

    forms: npt.NDArray[np.int32]
    names: npt.NDArray[np.int64]
    first: npt.NDArray[np.int32]
    latest: npt.NDArray[np.int32]
    given: npt.NDArray[np.int32]


class _Speaker(NamedTuple):
    """First and last token of the last speaker's name, his gender as told and as hinted, his row, and the last token that he says; -1 for nobody."""

    first: np.int64
    last: np.int64
    told: np.int64
    hint: np.int64
    row: np.int64
    at: np.int64


def resolve_speakers(tokens: Tokens, rows: npt.NDArray[np.int32], word_flags: words.Flags) -> npt.NDArray[np.int32]:
    """Return first and last token of the name of each row's speaker, -1 where nobody is named.

    A surname is the full name last introduced with it (the next one in the article where there is none before: headlines), any other
    single name the only full name that begins with it. "He" and "she" are the last speaker, or a name that has opened a sentence
    since, if the gender does not forbid it. "The expert" is the last speaker. A title and an earlier pronoun tell a gender; a given
    name makes another name go before it, but forbids nothing. A quotation without a mention goes on with the speaker
    before: `analysis.english.carrying`.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    rows : numpy.ndarray
        As `analysis.english.passages.find_speech` returns them.
    word_flags : numpy.ndarray of int64
        As `analysis.english.words.word_flags` returns them.
    """
    carry_speakers(tokens, rows)
    text, forms = text_of(tokens, word_flags), tokens.form_ids[0]
    is_start = np.zeros(len(tokens) + 1, np.bool_)
    is_start[tokens.sentence_starts] = True
    longest = int(np.diff(tokens.article_starts).max(initial=0))
    n_forms = int(forms.max(initial=0)) + 1
    index = _Index(forms, np.empty((longest // 2 + 1, 7), np.int64), *np.full((3, n_forms), NOBODY, np.int32))
    found = np.full((len(rows), 2), NOBODY, np.int32)
    _resolve(text, tokens.field_starts, is_start, _with_labels(tokens, text, rows), index, found)
    return found


def _with_labels(tokens: Tokens, text: Text, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the rows with the speaker's label for whoever says "I" or "we" in a turn of a transcript."""
    labels, mentions = quotations(tokens).labels, rows[:, speech.MENTION]
    at = np.flatnonzero((mentions >= 0) & (mentions == rows[:, speech.MENTION_LAST]))
    at = at[text.flags[text.type_ids[mentions[at]]] & FIRST_PERSON != 0]
    turn = text.inside[mentions[at]]
    at, turn = at[turn >= 0], turn[turn >= 0]
    is_turn = labels[turn, 0] >= 0
    read = rows.copy()
    read[at[is_turn, None], [[speech.MENTION, speech.MENTION_LAST]]] = labels[turn[is_turn]]
    return read


@compiled_step
def _introduce(text, bounds, is_start, index):
    """Write the names of two to four words, or with a title, of a stretch of text; return their number."""
    names, n = index.names, np.int64(0)
    i, end = bounds
    while i < end:
        if not is_name_word(text, i):
            i += 1
            continue
        stop = run_end(text, i, end)
        last = without_rank(text, i, stop)
        start, told, hint = bare(text, i, last)
        if 2 <= last - start <= 4 or start > i:
            names[n, N_FIRST], names[n, N_LAST], names[n, N_FORM] = (
                start,
                last - 1,
                index.forms[text.type_ids[last - 1]],
            )
            names[n, N_TOLD], names[n, N_HINT], names[n, N_OPENS], names[n, N_BEFORE] = told, hint, is_start[i], NOBODY
            n += 1
        i = stop
    return n


@compiled_step
def _enter(text, index, n):
    """Enter the first n names into the index by first and last word."""
    names = index.names
    for k in range(n):
        if names[k, N_FIRST] < names[k, N_LAST]:
            form, given = names[k, N_FORM], index.forms[text.type_ids[names[k, N_FIRST]]]
            if index.first[form] == NOBODY:
                index.first[form] = k
            if index.given[given] == NOBODY:
                index.given[given] = k
            elif index.given[given] >= 0 and names[index.given[given], N_FORM] != form:
                index.given[given] = _SEVERAL


@compiled_step
def _clear(text, index, n):
    """Take the first n names out of the index."""
    for k in range(n):
        form, given = index.names[k, N_FORM], index.forms[text.type_ids[index.names[k, N_FIRST]]]
        index.first[form] = index.latest[form] = index.given[given] = NOBODY


@compiled_step
def _read_up_to(index, known, n, token):
    """Make the names up to a token the latest with their last word; return how many names are known then."""
    names = index.names
    while known < n and names[known, N_FIRST] <= token:
        if names[known, N_FIRST] < names[known, N_LAST]:
            names[known, N_BEFORE] = index.latest[names[known, N_FORM]]
            index.latest[names[known, N_FORM]] = known
        known += 1
    return known


@compiled_step
def _full_name(text, token, told, index):
    """Return the row of the name of several words that a single one stands for, -1 for none; a title must not forbid it."""
    form = index.forms[text.type_ids[token]]
    k = np.int64(index.latest[form])
    for _ in range(_NAMES):
        if k < 0:
            break
        if _agrees(index.names[k, N_TOLD] or index.names[k, N_HINT], told):
            return k
        k = index.names[k, N_BEFORE]
    k = np.int64(index.first[form])
    if k >= 0 and index.names[k, N_FIRST] > token and _agrees(index.names[k, N_TOLD] or index.names[k, N_HINT], told):
        return k
    return np.int64(index.given[form]) if k < 0 and index.given[form] >= 0 else np.int64(NOBODY)


@compiled_step
def _agrees(gender, wanted):
    return wanted == 0 or gender == 0 or gender == wanted


@compiled_step
def _named(index, k, told):
    """Return a name of the index as a speaker, with the gender that a title or a pronoun told of it."""
    names = index.names
    if told:
        names[k, N_TOLD] = told
    return _Speaker(names[k, N_FIRST], names[k, N_LAST], names[k, N_TOLD], names[k, N_HINT], np.int64(k), np.int64(0))


@compiled_step
def _nobody():
    nobody = np.int64(NOBODY)
    return _Speaker(nobody, nobody, np.int64(0), np.int64(0), nobody, nobody)


@compiled_step
def _in_full(text, name, index):
    """Return who a name means (first token, end, genders): a single word is the full name that it stands for."""
    first, end, told, hint = name
    if first < 0:
        return _nobody()
    k = _full_name(text, first, told, index) if first + 1 == end else np.int64(NOBODY)
    if k >= 0:
        return _named(index, k, told)
    return _Speaker(np.int64(first), np.int64(end - 1), np.int64(told), np.int64(hint), np.int64(NOBODY), np.int64(0))


@compiled_step
def _is_person(text, names, k):
    """Whether nothing says that a name is no person's: an article before it, or a word for a thing in it."""
    for i in range(names[k, N_FIRST], names[k, N_LAST] + 1):
        if flag(text, i) & THING:
            return False
    return names[k, N_FIRST] == 0 or not flag(text, names[k, N_FIRST] - 1) & THE


@compiled_step
def _antecedent(text, at, wanted, speaker, index, known):
    """Return who a pronoun of a gender means; a name whose given name hints at the other comes last."""
    names = index.names
    for hints in (True, False):
        k = known - 1
        last = max(0, known - _NAMES)
        while k >= last and names[k, N_FIRST] > speaker.at:
            gender = names[k, N_TOLD] or (names[k, N_HINT] if hints else 0)
            if names[k, N_OPENS] and names[k, N_FIRST] < at and _agrees(gender, wanted) and _is_person(text, names, k):
                return _named(index, k, wanted)
            k -= 1
        if speaker.first >= 0 and _agrees(speaker.told or (speaker.hint if hints else 0), wanted):
            if speaker.row >= 0:
                return _named(index, speaker.row, wanted)
            return _Speaker(speaker.first, speaker.last, np.int64(wanted), speaker.hint, speaker.row, np.int64(0))
        for k in range(known - 1, last - 1, -1):
            gender = names[k, N_TOLD] or (names[k, N_HINT] if hints else 0)
            near = at - names[k, N_LAST] < _TOKENS and _is_person(text, names, k)
            if names[k, N_FIRST] < at and (gender == wanted or (gender == 0 and near)):
                return _named(index, k, wanted)
    return _nobody()


@compiled_step
def _meant(text, mention, speaker, index, known, floor):
    """Return who a mention means."""
    first, last = mention
    head = flag(text, first)
    if first == last and head & (HE | SHE):
        return _antecedent(text, first, np.int64(MALE if head & HE else FEMALE), speaker, index, known)
    if head & RELATIVE:
        return _in_full(text, name_before(text, first, floor), index)
    meant = _in_full(text, name_in(text, first, last), index)
    if meant.first < 0 and head & THE and first < last and flag(text, last) & ROLE:
        return speaker
    return meant


@compiled_step
def _field_start(field_starts, article, token):
    """Return the first token of the field of an article that a token stands in: no name runs over its start."""
    column = BODY
    while field_starts[field_of(article, column)] > token:
        column -= 1
    return np.int64(field_starts[field_of(article, column)])


@compiled
def _resolve(text, field_starts, is_start, rows, index, found):
    row = 0
    for article in range(article_of(len(field_starts) - 1)):
        end = field_starts[field_of(article + 1, 0)]
        n = _introduce(text, (field_starts[field_of(article, BODY)], end), is_start, index)
        _enter(text, index, n)
        known = np.int64(0)
        speaker = _nobody()
        while row < len(rows) and rows[row, speech.FIRST] < end:
            mention = (np.int64(rows[row, speech.MENTION]), np.int64(rows[row, speech.MENTION_LAST]))
            if mention[0] >= 0:
                known = _read_up_to(index, known, n, mention[1])
                meant = _meant(text, mention, speaker, index, known, _field_start(field_starts, article, mention[0]))
                found[row, 0], found[row, 1] = meant.first, meant.last
                if meant.first >= 0:
                    at = np.int64(rows[row, speech.LAST])
                    speaker = _Speaker(meant.first, meant.last, meant.told, meant.hint, meant.row, at)
            row += 1
        _clear(text, index, n)
