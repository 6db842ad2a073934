"""Who a mention of a speaker means: the name in it, or the name last introduced that agrees with it; English only."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.english import speech, words
from analysis.english.carrying import carry_speakers
from analysis.english.quotations import flag
from analysis.english.words import CAPITAL, FEMALE, HE, INITIAL, MALE, RELATIVE, ROLE, SHE, THE
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.fields import BODY, article_of, field_of
from analysis.tokens.tokens import Tokens

# What may stand in a run of capitals before the name in it.
TITLE = words.TITLE | words.TITLE_PART
NOT_NAME = (
    speech.PRONOUN | words.DETERMINER | words.POSSESSIVE | words.COORDINATOR | speech.SUBORDINATOR | words.RELATIVE
    | words.THAT | words.TO | speech.AUXILIARY | words.ADVERB | words.TIME | speech.PREPOSITION
)  # fmt: skip

NOBODY = -1

# Columns of a name: its tokens, the form of its last word, its gender, and whether it opens a sentence.
N_FIRST, N_LAST, N_FORM, N_GENDER, N_OPENS = range(5)


class _Text(NamedTuple):
    """The tokens, with flags and form of each type."""

    type_ids: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.uint32]
    flags: words.Flags
    forms: npt.NDArray[np.int32]


class _Speaker(NamedTuple):
    """First and last token of the last speaker's name, his gender, and the last token that he says; -1 for nobody."""

    first: np.int64
    last: np.int64
    gender: np.int64
    at: np.int64


def resolve_speakers(tokens: Tokens, rows: npt.NDArray[np.int32], word_flags: words.Flags) -> npt.NDArray[np.int32]:
    """Return first and last token of the name of each row's speaker, -1 where nobody is named.

    A surname is the full name last introduced with it (the next one in the article where there is none before: headlines).
    "He" and "she" are the last speaker, or a name that has opened a sentence since, if the gender does not forbid it. "The
    expert" is the last speaker. Gender is known from titles and common given names.

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
    text = _Text(tokens.type_ids, tokens.gaps, word_flags, tokens.form_ids[0])
    is_start = np.zeros(len(tokens) + 1, np.bool_)
    is_start[tokens.sentence_starts] = True
    longest = int(np.diff(tokens.article_starts).max(initial=0))
    names = np.empty((longest + 1, 5), np.int64)
    found = np.full((len(rows), 2), NOBODY, np.int32)
    _resolve(text, tokens.field_starts, is_start, rows, names, found)
    return found


@compiled_step
def _is_name_word(text, i):
    f = flag(text, i)
    return f & CAPITAL != 0 and f & NOT_NAME == 0


@compiled_step
def _joined(text, i):
    """Whether a word goes on the name before it: only white space, or the stop of a title or an initial, lies between."""
    gap = text.gaps[i]
    if gap == 0:
        return True
    return gap == gaps.STOP and flag(text, i - 1) & (INITIAL | TITLE) != 0


@compiled_step
def _run_end(text, i, end):
    """Return the end of the run of capitalised words that begins at i."""
    i += 1
    while i < end and _is_name_word(text, i) and _joined(text, i):
        i += 1
    return i


@compiled_step
def _bare(text, first, end):
    """Return where a run of capitalised words has its name, behind titles, and the gender that titles and given name tell."""
    gender = 0
    start = first
    for i in range(first, end):
        f = flag(text, i)
        if f & TITLE and i + 1 < end:
            start = i + 1
            gender |= f & (MALE | FEMALE)
    gender |= flag(text, start) & (MALE | FEMALE) if end - start > 1 else 0
    if gender == MALE | FEMALE:
        gender = 0
    return start, gender


@compiled_step
def _introduce(text, bounds, is_start, names, n):
    """Write the names of two to four words of a stretch of text: first, last, form of the last word, gender, at a sentence's start."""
    i, end = bounds
    while i < end:
        if not _is_name_word(text, i):
            i += 1
            continue
        stop = _run_end(text, i, end)
        start, gender = _bare(text, i, stop)
        titled = start > i
        if 2 <= stop - start <= 4 or titled:
            names[n, N_FIRST], names[n, N_LAST], names[n, N_FORM] = start, stop - 1, text.forms[text.type_ids[stop - 1]]
            names[n, N_GENDER], names[n, N_OPENS] = gender, is_start[i]
            n += 1
        i = stop
    return n


@compiled_step
def _full_name(text, last, names, n):
    """Return the row of the name of several words that the surname at token `last` stands for: the last one before it, else the next one."""
    form = text.forms[text.type_ids[last]]
    best = -1
    for k in range(n):
        if names[k, N_FORM] == form and names[k, N_LAST] > names[k, N_FIRST]:
            if names[k, N_FIRST] > last and best >= 0:
                break
            best = k
            if names[k, N_FIRST] > last:
                break
    return best


@compiled_step
def _in_full(text, name, names, n):
    """Return a name with its gender in full: a surname as the full name that it stands for."""
    first, last, gender = name
    k = _full_name(text, last, names, n) if 0 <= first == last else -1
    if k < 0:
        return first, last, np.int64(gender)
    return names[k, N_FIRST], names[k, N_LAST], np.int64(gender) if gender else np.int64(names[k, N_GENDER])


@compiled_step
def _name_in(text, first, last):
    """Return the name in a mention (first, end), its gender, or (-1, -1, 0): the last run that does not follow a preposition."""
    best = best_end = np.int64(-1)
    after_of = False
    i = first
    while i <= last:
        if _is_name_word(text, i):
            stop = _run_end(text, i, last + 1)
            if not after_of or (best < 0 and i == first):
                best, best_end = i, stop
            i = stop
            continue
        f = flag(text, i)
        if not f & THE:
            after_of = f & NOT_NAME != 0 and i > first
        i += 1
    if best < 0:
        return -1, -1, 0
    start, gender = _bare(text, best, best_end)
    return start, best_end, gender


@compiled_step
def _agrees(gender, wanted):
    return wanted == 0 or gender == 0 or gender == wanted


@compiled_step
def _antecedent(at, wanted, last_speaker, names, n):
    """Return (first, last) of the name that a pronoun or a description at token `at` means, or (-1, -1)."""
    k = n - 1
    while k >= 0 and names[k, N_FIRST] >= at:
        k -= 1
    while k >= 0 and names[k, N_FIRST] > last_speaker.at:
        if names[k, N_OPENS] and _agrees(names[k, N_GENDER], wanted):
            return names[k, N_FIRST], names[k, N_LAST], np.int64(names[k, N_GENDER])
        k -= 1
    if last_speaker.first >= 0 and _agrees(last_speaker.gender, wanted):
        return last_speaker.first, last_speaker.last, last_speaker.gender
    while k >= 0:
        if wanted and names[k, N_GENDER] == wanted:
            return names[k, N_FIRST], names[k, N_LAST], np.int64(names[k, N_GENDER])
        k -= 1
    return -1, -1, 0


@compiled_step
def _meant(text, mention, last_speaker, names, n):
    """Return first token, last token and gender of the name that a mention means, -1 where it means nobody named."""
    first, last = mention
    head = flag(text, first)
    if first == last and head & (HE | SHE):
        wanted = MALE if head & HE else FEMALE
        start, final, _ = _in_full(text, _antecedent(first, wanted, last_speaker, names, n), names, n)
        return start, final, wanted if start >= 0 else 0
    if head & RELATIVE:
        for k in range(n):
            if first - 3 <= names[k, N_LAST] < first:
                return names[k, N_FIRST], names[k, N_LAST], names[k, N_GENDER]
        return -1, -1, 0
    start, end, gender = _name_in(text, first, last)
    if start >= 0:
        return _in_full(text, (start, end - 1, gender), names, n)
    if head & THE and first < last and flag(text, last) & ROLE:
        # Only the last speaker comes into question, not a name since.
        speaker = _Speaker(last_speaker.first, last_speaker.last, last_speaker.gender, np.int64(first))
        return _in_full(text, _antecedent(first, np.int64(0), speaker, names, n), names, n)
    return -1, -1, 0


@compiled
def _resolve(text, field_starts, is_start, rows, names, found):
    row = 0
    for article in range(article_of(len(field_starts) - 1)):
        begin, end = field_starts[field_of(article, 0)], field_starts[field_of(article + 1, 0)]
        n = _introduce(text, (field_starts[field_of(article, BODY)], end), is_start, names, np.int64(0))
        speaker = _Speaker(np.int64(-1), np.int64(-1), np.int64(0), np.int64(begin))
        while row < len(rows) and rows[row, speech.FIRST] < end:
            mention = (np.int64(rows[row, speech.MENTION]), np.int64(rows[row, speech.MENTION_LAST]))
            if mention[0] >= 0:
                first, last, gender = _meant(text, mention, speaker, names, n)
                found[row, 0], found[row, 1] = first, last
                if first >= 0:
                    at = np.int64(rows[row, speech.LAST])
                    speaker = _Speaker(np.int64(first), np.int64(last), np.int64(gender), at)
            row += 1
