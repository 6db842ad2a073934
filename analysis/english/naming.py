"""The name in a mention of a speaker: which of its words are a name, and whether that is its head; English only."""

from analysis.english import speech, words
from analysis.english.phrases import begins_name
from analysis.english.quotations import flag
from analysis.english.words import (
    ADVERB,
    CAPITAL,
    DETERMINER,
    FEMALE,
    GENITIVE,
    HE,
    INITIAL,
    MALE,
    NO,
    NO_NAME,
    NUMBER,
    OF,
    RELATIVE,
    ROLE,
    SHE,
    THAT,
    THE,
    THEY,
    TIME,
    TO,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# What may stand in a run of capitals before the name in it.
TITLE = words.TITLE | words.TITLE_PART

# What ends the part of a mention that has its head ("analysts | at the bank"), and what may follow the head ("Smith herself yesterday").
_ENDS_HEAD = speech.PREPOSITION | speech.SUBORDINATOR | speech.AUXILIARY | RELATIVE | THAT | TO
_FOLLOWS_HEAD = ADVERB | TIME | HE | SHE | THEY | DETERMINER
_FAR = 16  # tokens before "who" in which its name is looked for


@compiled_step
def is_name_word(text, i):
    """Whether a word can be part of a name."""
    f = flag(text, i)
    return f & CAPITAL != 0 and (f & speech.NOT_NAME == 0 or begins_name(text, i))


@compiled_step
def _joined(text, i):
    """Whether a word goes on the name before it: only white space, or the stop of a title or an initial, lies between."""
    if flag(text, i - 1) & GENITIVE:
        return False
    gap = text.gaps[i]
    if gap == 0:
        return True
    return gap == gaps.STOP and flag(text, i - 1) & (INITIAL | TITLE) != 0


@compiled_step
def run_end(text, i, end):
    """Return the end of the run of capitalised words that begins at i."""
    i += 1
    while i < end and is_name_word(text, i) and _joined(text, i):
        i += 1
    return i


@compiled_step
def bare(text, first, end):
    """Return where a run of capitalised words has its name, behind titles, and the genders that titles and given name tell.

    A title decides, a given name only hints; 0 where nothing is told.
    """
    told = 0
    start = first
    for i in range(first, end):
        f = flag(text, i)
        if f & TITLE and i + 1 < end:
            start = i + 1
            told |= f & (MALE | FEMALE)
    hint = flag(text, start) & (MALE | FEMALE) if end - start > 1 else 0
    return start, told if told != MALE | FEMALE else 0, hint if hint != MALE | FEMALE else 0


@compiled_step
def without_rank(text, first, end):
    """Return the end of a name without what stands behind it: "Tom Reed MP"."""
    if end - first > 1 and flag(text, end - 1) & NO_NAME and flag(text, end - 1) & ROLE:
        return end - 1
    return end


@compiled_step
def _head_end(text, first, end):
    """Return the end of the part of a mention that has its head."""
    stop = first + 1
    while stop < end and not text.gaps[stop] & speech.PAUSE:
        f = flag(text, stop)
        if f & _ENDS_HEAD:
            break
        stop += 1
    while stop - 1 > first and flag(text, stop - 1) & _FOLLOWS_HEAD:
        stop -= 1
    return stop


@compiled_step
def _run_before(text, end, floor):
    """Return the run of capitalised words that ends before `end` as first token and end, (-1, -1) for none."""
    stop = end
    first = end - 1
    if first < floor:
        return -1, -1
    if flag(text, first) & NUMBER:
        # "No 10", "Channel 4": a number is part of a name only right behind another word of it.
        first -= 1
        if first < floor or text.gaps[first + 1] or not flag(text, first) & CAPITAL:
            return -1, -1
        if flag(text, first) & NO:
            return first, stop
    if not is_name_word(text, first):
        return -1, -1
    while first > floor and is_name_word(text, first - 1) and _joined(text, first):
        first -= 1
    stop = without_rank(text, first, stop)
    if flag(text, stop - 1) & NO_NAME:
        return -1, -1
    return first, stop


@compiled_step
def name_in(text, first, last):
    """Return the name in a mention: first token, end, and the genders that its title and given name tell; (-1, -1, 0, 0) for none.

    The head of the mention must be a name ("analysts at Reed Bank" is none), or a name stand in apposition to it.
    """
    end = last + 1
    stop = _head_end(text, first, end)
    begin, name_end = _run_before(text, stop, first)
    if begin < 0 and stop < end and text.gaps[stop] & (gaps.COMMA | gaps.DASH) and is_name_word(text, stop):
        begin, name_end = _run_before(text, run_end(text, stop, end), stop)
    if begin < 0:
        return -1, -1, 0, 0
    is_part = begin > first and flag(text, begin - 1) & THE and name_end < last and flag(text, name_end) & OF
    if is_part and is_name_word(text, name_end + 1):  # "the Bank of England"
        name_end = run_end(text, name_end + 1, end)
    start, told, hint = bare(text, begin, name_end)
    return start, name_end, told, hint


@compiled_step
def name_before(text, at, floor):
    """Return the name that "who" at token `at` means, as `name_in` does: "Reed, who", "Reed, a baker, who", "Reed of Leeds, who"."""
    floor = max(floor, at - _FAR)
    end = at
    while end > floor and not text.gaps[end] & gaps.SENTENCE_END:
        begin, stop = _run_before(text, end, floor)
        if begin >= 0:
            if begin - 1 > floor and flag(text, begin - 1) & speech.PREPOSITION:
                before, before_end = _run_before(text, begin - 1, floor)
                if before >= 0:
                    begin, stop = before, before_end
            start, told, hint = bare(text, begin, stop)
            return start, stop, told, hint
        # An apposition stands between: the name stands before its comma.
        if not text.gaps[end] & gaps.COMMA:
            break
        end -= 1
        while end > floor and not text.gaps[end] & gaps.COMMA:
            if text.gaps[end] & speech.PAUSE or flag(text, end) & speech.AUXILIARY:
                return -1, -1, 0, 0
            end -= 1
    return -1, -1, 0, 0
