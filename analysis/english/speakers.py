"""Who a mention of a speaker means: the name in it, or the name last introduced that agrees with it; English only."""

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.english import speech, words
from analysis.english.words import CAPITAL, FEMALE, HE, INITIAL, MALE, RELATIVE, ROLE, SHE, THE
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

# What may stand in a run of capitals before the name in it.
TITLE = words.TITLE | words.TITLE_PART
NOT_NAME = (
    speech.PRONOUN | words.DETERMINER | words.POSSESSIVE | words.COORDINATOR | speech.SUBORDINATOR | words.RELATIVE
    | words.THAT | words.TO | speech.AUXILIARY | words.ADVERB | words.TIME | speech.PREPOSITION
)  # fmt: skip

NOBODY = -1


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
        As `analysis.english.speech.find_speech` returns them.
    word_flags : numpy.ndarray of int64
        As `analysis.english.words.word_flags` returns them.
    """
    text = (tokens.type_ids, tokens.gaps, word_flags, tokens.form_ids[0])
    is_start = np.zeros(len(tokens) + 1, np.bool_)
    is_start[tokens.sentence_starts] = True
    longest = int(np.diff(tokens.field_starts[::3]).max(initial=0))
    names = np.empty((longest + 1, 5), np.int32)
    found = np.full((len(rows), 2), NOBODY, np.int32)
    _resolve(text, tokens.field_starts, is_start, rows, names, found)
    return found


@njit(nogil=True, cache=True)
def _is_name_word(text, i):
    f = text[2][text[0][i]]
    return f & CAPITAL != 0 and f & NOT_NAME == 0


@njit(nogil=True, cache=True)
def _joined(text, i):
    """Whether a word goes on the name before it: only white space, or the stop of a title or an initial, lies between."""
    gap = text[1][i]
    if gap == 0:
        return True
    return gap == gaps.STOP and text[2][text[0][i - 1]] & (INITIAL | TITLE) != 0


@njit(nogil=True, cache=True)
def _run_end(text, i, end):
    """Return the end of the run of capitalised words that begins at i."""
    i += 1
    while i < end and _is_name_word(text, i) and _joined(text, i):
        i += 1
    return i


@njit(nogil=True, cache=True)
def _bare(text, first, end):
    """Return where a run of capitalised words has its name, behind titles, and the gender that titles and given name tell."""
    gender = 0
    start = first
    for i in range(first, end):
        f = text[2][text[0][i]]
        if f & TITLE and i + 1 < end:
            start = i + 1
            gender |= f & (MALE | FEMALE)
    gender |= text[2][text[0][start]] & (MALE | FEMALE) if end - start > 1 else 0
    if gender == MALE | FEMALE:
        gender = 0
    return start, gender


@njit(nogil=True, cache=True)
def _introduce(text, bounds, is_start, names, n):
    """Write the names of two to four words of a stretch of text: first, last, form of the last word, gender, at a sentence's start."""
    type_ids, _, _, forms = text
    i, end = bounds
    while i < end:
        if not _is_name_word(text, i):
            i += 1
            continue
        stop = _run_end(text, i, end)
        start, gender = _bare(text, i, stop)
        titled = start > i
        if 2 <= stop - start <= 4 or titled:
            names[n, 0], names[n, 1], names[n, 2] = start, stop - 1, forms[type_ids[stop - 1]]
            names[n, 3], names[n, 4] = gender, is_start[i]
            n += 1
        i = stop
    return n


@njit(nogil=True, cache=True)
def _full_name(text, spot, names, n):
    """Return the row of the name of several words that a surname stands for: the last one before it, else the next one."""
    type_ids, _, _, forms = text
    last = spot[1]
    form = forms[type_ids[last]]
    best = -1
    for k in range(n):
        if names[k, 2] == form and names[k, 1] > names[k, 0]:
            if names[k, 0] > last and best >= 0:
                break
            best = k
            if names[k, 0] > last:
                break
    return best


@njit(nogil=True, cache=True)
def _in_full(text, name, names, n):
    """Return a name with its gender in full: a surname as the full name that it stands for."""
    first, last, gender = name
    k = _full_name(text, (first, last), names, n) if 0 <= first == last else -1
    if k < 0:
        return first, last, np.int64(gender)
    return names[k, 0], names[k, 1], np.int64(gender) if gender else np.int64(names[k, 3])


@njit(nogil=True, cache=True)
def _name_in(text, first, last):
    """Return the name in a mention (first, end), its gender, or (-1, -1, 0): the last run that does not follow a preposition."""
    best, best_end = -1, -1
    after_of = False
    i = first
    while i <= last:
        if _is_name_word(text, i):
            stop = _run_end(text, i, last + 1)
            if not after_of or (best < 0 and i == first):
                best, best_end = i, stop
            i = stop
            continue
        f = text[2][text[0][i]]
        if not f & THE:
            after_of = f & NOT_NAME != 0 and i > first
        i += 1
    if best < 0:
        return -1, -1, 0
    start, gender = _bare(text, best, best_end)
    return start, best_end, gender


@njit(nogil=True, cache=True)
def _agrees(gender, wanted):
    return wanted == 0 or gender == 0 or gender == wanted


@njit(nogil=True, cache=True)
def _antecedent(at, wanted, last_speaker, names, n):
    """Return (first, last) of the name that a pronoun or a description at token `at` means, or (-1, -1)."""
    speaker_first, speaker_last, speaker_gender, speaker_at = last_speaker
    k = n - 1
    while k >= 0 and names[k, 0] >= at:
        k -= 1
    while k >= 0 and names[k, 0] > speaker_at:
        if names[k, 4] and _agrees(names[k, 3], wanted):
            return names[k, 0], names[k, 1], np.int64(names[k, 3])
        k -= 1
    if speaker_first >= 0 and _agrees(speaker_gender, wanted):
        return speaker_first, speaker_last, speaker_gender
    while k >= 0:
        if wanted and names[k, 3] == wanted:
            return names[k, 0], names[k, 1], np.int64(names[k, 3])
        k -= 1
    return -1, -1, 0


@njit(nogil=True, cache=True)
def _meant(text, mention, last_speaker, names, n):
    """Return first token, last token and gender of the name that a mention means, -1 where it means nobody named."""
    type_ids, _, flags, _ = text
    first, last = mention
    head = flags[type_ids[first]]
    if first == last and head & (HE | SHE):
        wanted = MALE if head & HE else FEMALE
        start, final, _ = _in_full(text, _antecedent(first, wanted, last_speaker, names, n), names, n)
        return start, final, wanted if start >= 0 else 0
    if head & RELATIVE:
        for k in range(n):
            if first - 3 <= names[k, 1] < first:
                return names[k, 0], names[k, 1], names[k, 3]
        return -1, -1, 0
    start, end, gender = _name_in(text, first, last)
    if start >= 0:
        return _in_full(text, (start, end - 1, gender), names, n)
    if head & THE and first < last and flags[type_ids[last]] & ROLE:
        return _in_full(
            text, _antecedent(first, 0, (last_speaker[0], last_speaker[1], last_speaker[2], first), names, n), names, n
        )
    return -1, -1, 0


@njit(nogil=True, cache=True)
def _resolve(text, field_starts, is_start, rows, names, found):
    row = 0
    for article in range((len(field_starts) - 1) // 3):
        begin, end = field_starts[3 * article], field_starts[3 * article + 3]
        n = _introduce(text, (field_starts[3 * article + 2], end), is_start, names, 0)
        speaker = (np.int64(-1), np.int64(-1), np.int64(0), np.int64(begin))
        while row < len(rows) and rows[row, speech.FIRST] < end:
            mention = (rows[row, speech.MENTION], rows[row, speech.MENTION_LAST])
            if mention[0] >= 0:
                first, last, gender = _meant(text, mention, speaker, names, n)
                found[row, 0], found[row, 1] = first, last
                if first >= 0:
                    speaker = (np.int64(first), np.int64(last), np.int64(gender), np.int64(rows[row, speech.LAST]))
            row += 1
