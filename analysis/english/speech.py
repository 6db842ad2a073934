"""Indirect and mixed speech: from a cue to who speaks and what is said, by word order, marks and commas; English only."""

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.english import words
from analysis.english.quotations import Quotations, paragraph_starts
from analysis.english.words import (
    ADDRESSEE,
    ADVERB,
    ARTICLE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    GENITIVE,
    GERUND,
    MEDIUM,
    NUMBER,
    OF,
    PAST,
    POSSESSIVE,
    RELATIVE,
    THAT,
    TIME,
    TO,
)
from analysis.matching.matching import Matches
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

PRONOUN = words.SUBJECT | words.PRONOUN
PREPOSITION = words.PREPOSITION | words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
SUBORDINATOR = words.SUBORDINATOR | words.QUESTION | words.COMPARING
AUXILIARY = words.AUXILIARY | words.BE | words.HALF_AUXILIARY

# Words that one cue can report; text without stops must not give an endless span.
LONGEST = 400

SPEECH, ADDRESS, EVIDENCE, BELIEF, INTENTION, STANCE, SOURCE, NOUN = range(8)
CATEGORIES = ("speech", "address", "evidence", "belief", "intention", "stance", "source", "noun")

_FUNCTION = (
    PRONOUN | DETERMINER | POSSESSIVE | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | THAT | TO | AUXILIARY
)

_QUOTE = np.uint32(
    7 << gaps.DOUBLE_LEFT | 7 << gaps.DOUBLE_RIGHT | 7 << gaps.STRAIGHT_DOUBLE
    | 7 << gaps.SINGLE_LEFT | 7 << gaps.SINGLE_RIGHT | 7 << gaps.STRAIGHT_SINGLE
)  # fmt: skip
_PAUSE = np.uint32(gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)
_BRACKETS = np.uint32(gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)
_HARD = np.uint32(gaps.SEMICOLON | gaps.COLON)


# Columns of a row that the kernel writes.
FIRST, LAST, CUE, CUE_LAST, MENTION, MENTION_LAST, KIND = range(7)
DIRECT, INDIRECT, SCARE, MIXED, TITLE = 1, 2, 3, 4, 5


def find_speech(
    tokens: Tokens,
    cues: Matches,
    category_of: npt.NDArray[np.int64],
    found: Quotations,
    word_flags: words.Flags,
) -> npt.NDArray[np.int32]:
    """Return the attributions of a corpus, one row each: content, cue, mention (first and last token, -1 for none), kind.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    cues : Matches
        Where cues stand.
    category_of : numpy.ndarray of integers
        Place in ``CATEGORIES`` of each entry's category.
    found : Quotations
        The quotations in marks.
    word_flags : numpy.ndarray of int64
        As `analysis.english.words.word_flags` returns them.
    """
    text = (tokens.type_ids, tokens.gaps, word_flags, found.inside)
    spots = (cues.token, cues.last, category_of[cues.entry])
    units = _units(text, tokens.sentence_starts, paragraph_starts(tokens))
    rows = np.full((2 * len(cues.token) + 2 * len(found.first) + 1, 7), -1, np.int32)
    n = _walk(text, spots, (found.first, found.last, found.flags), units, tokens.field_starts, rows)
    return rows[:n].copy()


@njit(nogil=True, cache=True)
def _units(text, starts, paragraphs):
    """Return where each unit begins: a sentence, or several where a quotation runs over their bounds."""
    inside = text[3]
    units = np.empty((len(starts) + 1, 2), np.int64)
    n = paragraph = 0
    for start in starts:
        new = paragraph < len(paragraphs) and paragraphs[paragraph] == start
        paragraph += new
        if not new and inside[start] >= 0 and inside[start - 1] == inside[start]:
            continue
        units[n, 0], units[n, 1] = start, paragraph
        n += 1
    units[n, 0], units[n, 1] = len(inside), -1
    return units[: n + 1]


@njit(nogil=True, cache=True)
def _opens(text, i):
    """Whether a quotation opens at token i."""
    inside = text[3]
    return inside[i] >= 0 and (i == 0 or inside[i - 1] != inside[i])


@njit(nogil=True, cache=True)
def _closed(text, i):
    """Whether a quotation closes right before token i."""
    inside = text[3]
    return i > 0 and inside[i - 1] >= 0 and (i == len(inside) or inside[i - 1] != inside[i])


@njit(nogil=True, cache=True)
def _is_sentence_case(text, start, end):
    """Whether capitals mean something here: a word that is no function word begins with a small letter."""
    type_ids, _, flags, _ = text
    small = 0
    for i in range(start, min(end, start + 40)):
        small += flags[type_ids[i]] & (_FUNCTION | CAPITAL | NUMBER) == 0
    return 4 * small > min(end - start, 40)


@njit(nogil=True, cache=True)
def _is_verb(text, cue, last, category, start, sentence_case):
    """Whether a cue is a verb where it stands, not a noun or a modifier."""
    type_ids, gap, flags, _ = text
    if category == SOURCE or category == NOUN:
        return True
    here = flags[type_ids[cue]]
    if cue == start:
        return here & GERUND != 0 or last > cue
    if here & CAPITAL and sentence_case:
        return False
    before = flags[type_ids[cue - 1]]
    if before & (ARTICLE | POSSESSIVE | GENITIVE) and not gap[cue] & _PAUSE:
        return False
    if gap[cue] & _PAUSE or last > cue or (category <= ADDRESS and _closed(text, cue)):
        return True
    if before & PREPOSITION and not before & TO:
        return here & GERUND != 0
    if here & (PAST | GERUND):
        return True
    if here & ENDS_IN_S:
        return before & (ENDS_IN_S | AUXILIARY) == 0 or before & CAPITAL != 0 or before & PRONOUN != 0
    return (
        before & (PRONOUN | TO | AUXILIARY | ADVERB | ENDS_IN_S | RELATIVE | COORDINATOR | DETERMINER) != 0
        or not sentence_case
    )


@njit(nogil=True, cache=True)
def _noun_phrase(text, end, floor):
    """Return the first token of the noun phrase that ends right before `end`."""
    type_ids, before, flags, _ = text
    i = end - 1
    if flags[type_ids[i]] & (PRONOUN | RELATIVE | THAT):
        return i
    stop = (PRONOUN | SUBORDINATOR | RELATIVE | THAT | AUXILIARY) & ~PREPOSITION
    while i > floor and end - i < 16:
        if before[i] & _PAUSE or _closed(text, i) or _opens(text, i):
            break
        left = flags[type_ids[i - 1]]
        if left & stop and not left & PREPOSITION:
            break
        if left & COORDINATOR and not (
            flags[type_ids[i]] & CAPITAL and i - 2 >= floor and flags[type_ids[i - 2]] & CAPITAL
        ):
            break
        i -= 1
    return _after_adjunct(text, i, end)


@njit(nogil=True, cache=True)
def _after_adjunct(text, first, end):
    """Return where the noun phrase begins in a stretch that may begin with an adverbial ("On Tuesday Smith")."""
    type_ids, _, flags, _ = text
    if not flags[type_ids[first]] & (PREPOSITION | TIME | ADVERB | TO):
        return first
    i = end - 1
    if flags[type_ids[i]] & CAPITAL:
        while i > first and flags[type_ids[i - 1]] & CAPITAL and not flags[type_ids[i - 1]] & (TIME | PREPOSITION):
            i -= 1
        return i
    while i > first and not flags[type_ids[i]] & (DETERMINER | POSSESSIVE):
        i -= 1
    return i if flags[type_ids[i]] & (DETERMINER | POSSESSIVE) else end - 1


@njit(nogil=True, cache=True)
def _borrows_subject(text, cue, floor):
    """Whether the subject of a cue is that of an earlier verb: ", saying that", "was quick to add", "and called"."""
    type_ids, before, flags, _ = text
    if before[cue] & gaps.COMMA and flags[type_ids[cue]] & GERUND:
        return True
    i = cue - 1
    while i > floor and flags[type_ids[i]] & (AUXILIARY | ADVERB) and not flags[type_ids[i]] & PRONOUN:
        i -= 1
    return i > floor and flags[type_ids[i]] & (TO | COORDINATOR) != 0


@njit(nogil=True, cache=True)
def _subject(text, cue, floor):
    """Return first and last token of the noun phrase before a cue, and where its stretch begins; -1 for none."""
    type_ids, before, flags, inside = text
    end = cue
    while (
        end > floor and flags[type_ids[end - 1]] & (AUXILIARY | ADVERB | TO) and not flags[type_ids[end - 1]] & PRONOUN
    ):
        if before[end] & _PAUSE:
            break
        end -= 1
    if end <= floor or inside[end - 1] >= 0:
        return -1, -1, end
    if not before[end] & gaps.COMMA:
        first = _noun_phrase(text, end, floor)
        return first, end - 1, first
    # An apposition stands before the cue: the name stands before its first comma.
    best = -1
    i = end - 1
    while i > floor and end - i < 40 and inside[i] < 0:
        if before[i] & _HARD or _closed(text, i):
            break
        if before[i] & gaps.COMMA:
            first = _noun_phrase(text, i, floor)
            if not flags[type_ids[first]] & (PREPOSITION | SUBORDINATOR | ADVERB | TIME):
                best = i
        i -= 1
    if best < 0:
        first = _noun_phrase(text, end, floor)
        return first, end - 1, first
    first = _noun_phrase(text, best, floor)
    return first, best - 1, first


@njit(nogil=True, cache=True)
def _phrase_end(text, i, end):
    """Return the end of the noun phrase that begins at i: before a pause, a verb, a pronoun or an adverbial of time."""
    type_ids, before, flags, _ = text
    first = i
    while i < end:
        f = flags[type_ids[i]]
        if i > first and (before[i] & _PAUSE or _opens(text, i)):
            break
        if f & (AUXILIARY | THAT | RELATIVE | TIME | TO) or (f & PRONOUN and i > first):
            break
        if i > first and f & (PREPOSITION | SUBORDINATOR) and not f & OF:
            break
        i += 1
    return i


@njit(nogil=True, cache=True)
def _content_start(text, i, end, category):
    """Return where what is said begins after a cue: past the addressee and adverbials ("told CNN on Tuesday that")."""
    type_ids, before, flags, _ = text
    if category > ADDRESS or i >= end:
        return i
    n_nouns = 1 if category == SPEECH else 0
    while i < end:
        f = flags[type_ids[i]]
        if _opens(text, i) or f & THAT or before[i] & (gaps.COLON | gaps.COMMA):
            return i
        if f & TIME and not f & AUXILIARY:
            i += 1
        elif f & (PREPOSITION | TO):
            if category == SPEECH and not _is_adverbial(text, i, end):
                return i
            i = _phrase_end(text, i + 1, end)
        elif n_nouns == 0:
            n_nouns = 1
            i = i + 1 if f & ADDRESSEE else _addressee_end(text, i, end)
        else:
            return i
    return i


@njit(nogil=True, cache=True)
def _addressee_end(text, i, end):
    """Return the end of the addressee: a name, or a determiner with its noun."""
    type_ids, before, flags, _ = text
    first = i
    if flags[type_ids[i]] & (DETERMINER | POSSESSIVE):
        i += 1
    capital = flags[type_ids[i]] & CAPITAL if i < end else 0
    while i < end:
        f = flags[type_ids[i]]
        if i > first and (before[i] & _PAUSE or _opens(text, i)):
            break
        if (
            f & (PRONOUN | DETERMINER | THAT | TO | AUXILIARY | PREPOSITION | TIME | SUBORDINATOR | POSSESSIVE)
            and i > first
        ):
            break
        if capital and not f & (CAPITAL | COORDINATOR) and i > first:
            break
        i += 1
        if flags[type_ids[i - 1]] & GENITIVE:
            capital = 0
    return i


@njit(nogil=True, cache=True)
def _is_adverbial(text, i, end):
    """Whether the prepositional phrase at i tells time or medium ("in a statement", "on Tuesday", "at a rally")."""
    type_ids, before, flags, _ = text
    stop = _phrase_end(text, i + 1, end)
    if stop >= end or before[stop] & gaps.COMMA or flags[type_ids[stop]] & THAT or _opens(text, stop):
        return True
    for k in range(i + 1, stop):
        if flags[type_ids[k]] & (MEDIUM | TIME):
            return True
    return stop == i + 1


@njit(nogil=True, cache=True)
def _has_verb(text, first, last):
    """Whether an auxiliary stands between two tokens."""
    for i in range(first, last):  # noqa: SIM110 - a generator is slow in compiled code
        if text[2][text[0][i]] & AUXILIARY:
            return True
    return False


@njit(nogil=True, cache=True)
def _content_end(text, first, end, category):
    """Return the end of what is said, by category."""
    type_ids, before, flags, inside = text
    for i in range(first + 1, end):
        if inside[i] >= 0 and inside[i - 1] == inside[i]:
            continue
        if before[i] & gaps.SEMICOLON:
            return i
        if category < BELIEF:
            continue
        f = flags[type_ids[i]]
        if before[i] & gaps.DASH:
            return i
        if before[i] & gaps.COMMA and f & (COORDINATOR | RELATIVE | SUBORDINATOR | GERUND | PRONOUN | PREPOSITION):
            return i
        if category >= STANCE and f & (SUBORDINATOR | RELATIVE) and not f & PREPOSITION:
            return i
    return end


@njit(nogil=True, cache=True)
def _emit(rows, n, content, cue, mention):
    first, end = content
    if end <= first:
        return n
    if end - first > LONGEST:
        # What stands nearest to the cue is what the cue reports.
        first, end = (end - LONGEST, end) if cue[0] >= end else (first, first + LONGEST)
    rows[n, FIRST], rows[n, LAST] = first, end - 1
    rows[n, CUE], rows[n, CUE_LAST] = cue
    rows[n, MENTION], rows[n, MENTION_LAST] = mention
    return n + 1


@njit(nogil=True, cache=True)
def _left_start(text, floor, end):
    """Return where content to the left begins: past a leading "but" or "and" outside of marks."""
    type_ids, _, flags, inside = text
    if floor < end and inside[floor] < 0 and flags[type_ids[floor]] & COORDINATOR:
        return floor + 1
    return floor


@njit(nogil=True, cache=True)
def _source_phrase(text, spot, bounds, rows, n):
    """Write the rows of "according to X": the clause before it or after the comma."""
    type_ids, before, flags, _ = text
    cue, last = spot
    end, floor = bounds
    if last + 1 >= end:
        return n, end
    mention = (last + 1, max(last + 2, _phrase_end(text, last + 1, end)) - 1)
    stop = last + 2
    while stop < end and not before[stop] & (_PAUSE & ~_BRACKETS):
        stop += 1
    after = (stop, _content_end(text, stop, end, SPEECH))
    if cue <= floor + 1:
        return _emit(rows, n, after, spot, mention), end
    n = _emit(rows, n, (_left_start(text, floor, cue), cue), spot, mention)
    is_aside = before[cue] & gaps.COMMA and stop < end and before[stop] & gaps.COMMA
    if is_aside and not flags[type_ids[stop]] & (RELATIVE | COORDINATOR | SUBORDINATOR | GERUND | DETERMINER):
        return _emit(rows, n, after, spot, mention), end
    return n, stop


@njit(nogil=True, cache=True)
def _inverted(text, spot, category, bounds):
    """Whether a cue is followed by its subject: "…," said X; … , says expert."""
    type_ids, before, flags, _ = text
    cue, last = spot
    end, floor, is_head = bounds
    i = last + 1
    if i >= end or cue <= floor or _opens(text, i) or before[i] & (_PAUSE | gaps.SENTENCE_END):
        return False
    f = flags[type_ids[i]]
    if f & (THAT | TO | PREPOSITION | ADVERB | RELATIVE | SUBORDINATOR | TIME) and not f & PRONOUN:
        return False
    stop = _phrase_end(text, i, end)
    free = (
        stop >= end
        or before[stop] & _PAUSE
        or _opens(text, stop)
        or flags[type_ids[stop]] & (RELATIVE | PREPOSITION | TIME | SUBORDINATOR)
    )
    if _closed(text, cue):
        return free != 0
    if not free or f & PRONOUN or category == ADDRESS:
        return False
    if before[cue] & gaps.COMMA:
        return _has_verb(text, floor, cue) and not _has_verb(text, i, end) and not flags[type_ids[i]] & POSSESSIVE
    return is_head and end - i < 6 and stop >= end and _has_verb(text, floor, cue - 1) and cue - floor > 3


@njit(nogil=True, cache=True)
def _mention_of(text, cue, category, bounds, rows, n):
    """Return the mention of a cue's speaker (first and last token, -1 for none) and where its stretch of text begins."""
    type_ids, _, flags, _ = text
    start, _, floor, _, n_before, _ = bounds
    if category == NOUN:
        for i in range(cue - 1, max(floor, cue - 4) - 1, -1):
            if flags[type_ids[i]] & (GENITIVE | POSSESSIVE):
                return _noun_phrase(text, i + 1, floor) if flags[type_ids[i]] & GENITIVE else i, i, cue
    if category == NOUN or _borrows_subject(text, cue, start):
        if n > n_before and rows[n - 1, CUE] < cue and not flags[type_ids[rows[n - 1, MENTION]]] & RELATIVE:
            return rows[n - 1, MENTION], rows[n - 1, MENTION_LAST], cue
        first, last = _opening_phrase(text, start, cue)
        return first, last, cue
    first, last, stretch = _subject(text, cue, floor)
    if first < 0:
        first, last = _opening_phrase(text, start, cue)
    return first, last, stretch


@njit(nogil=True, cache=True)
def _attribution(text, spot, category, bounds, rows, n):
    """Write the rows of one cue; return the next row, where its content ends, and whether the next cue begins a new clause there."""
    type_ids, before, flags, _ = text
    cue, last = spot
    start, end, floor, is_head, n_before, begins_paragraph = bounds
    if category == SOURCE:
        n, stop = _source_phrase(text, spot, (end, floor), rows, n)
        return n, stop, True
    if is_head and _is_passive_head(text, last + 1, end):
        return n, end, True
    right = _content_start(text, last + 1, end, category)
    nested = n > n_before and rows[n - 1, LAST] >= cue
    if category <= ADDRESS and not nested and _inverted(text, spot, category, (end, floor, is_head)):
        stop = _phrase_end(text, last + 1, end)
        return _both_sides(text, spot, (floor, cue, stop, end), (last + 1, stop - 1), rows, n), end, True
    first, final, stretch = _mention_of(text, cue, category, bounds, rows, n)
    mention = (first, final)
    has_left = floor + 1 < stretch < cue
    if category <= ADDRESS and has_left and _closed(text, stretch):
        return _both_sides(text, spot, (floor, stretch, right, end), mention, rows, n), end, True
    if (
        category <= BELIEF
        and has_left
        and before[stretch] & gaps.COMMA
        and (right >= end or (before[right] & gaps.COMMA and not _opens(text, right)))
    ):
        if nested:
            return n, end, True
        n = _emit(rows, n, (_left_start(text, floor, stretch), stretch), spot, mention)
        return _emit(rows, n, (right, _content_end(text, right, end, category)), spot, mention), end, True
    if category <= ADDRESS and (right >= end or _only_adjunct(text, right, end)):
        n, is_settled = _beyond(text, spot, (start, end, begins_paragraph), mention, rows, n)
        if is_settled:
            return n, end, True
    if right >= end:
        return n, end, True
    if nested and stretch < cue:
        _cut_before(text, stretch, rows, n - 1)
    in_relative = first >= 0 and flags[type_ids[first]] & RELATIVE and first > floor and before[first] & gaps.COMMA
    stop = _comma_after(text, right, end) if in_relative else _content_end(text, right, end, category)
    return _emit(rows, n, (right, stop), spot, mention), stop, category <= ADDRESS and not in_relative


@njit(nogil=True, cache=True)
def _is_passive_head(text, following, end):
    """Whether a headline's cue has somebody warned and not warning: "Mayor warned as council votes"."""
    type_ids, before, flags, _ = text
    both = words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
    return following < end and flags[type_ids[following]] & both != 0 and not before[following] & _PAUSE


@njit(nogil=True, cache=True)
def _only_adjunct(text, right, end):
    """Whether a few words without a verb are left behind a cue ("in the lobby"), too little to be what was said."""
    return (
        end - right < 8
        and not _opens(text, right)
        and not _has_verb(text, right, end)
        and not text[2][text[0][right]] & (THAT | TO | PRONOUN)
    )


@njit(nogil=True, cache=True)
def _both_sides(text, spot, places, mention, rows, n):
    """Write what stands before a cue and its subject, and the quotation that follows them."""
    floor, left_end, right, end = places
    n = _emit(rows, n, (_left_start(text, floor, left_end), left_end), spot, mention)
    for i in range(right, end):
        if _opens(text, i):
            return _emit(rows, n, (i, end), spot, mention)
    return n


@njit(nogil=True, cache=True)
def _comma_after(text, i, end):
    """Return the first token after a comma outside of marks."""
    i += 1
    while i < end and (not text[1][i] & gaps.COMMA or text[3][i] >= 0):
        i += 1
    return i


@njit(nogil=True, cache=True)
def _cut_before(text, stretch, rows, row):
    """End a row's content where a new clause with its own speaker begins behind a comma: "…, while Smith said"."""
    type_ids, before, flags, _ = text
    first = rows[row, FIRST]
    if before[stretch] & gaps.COMMA and stretch > first + 1:
        rows[row, LAST] = stretch - 1
        return
    joins = flags[type_ids[stretch - 1]] & (COORDINATOR | SUBORDINATOR)
    if joins and stretch > first + 2 and before[stretch - 1] & gaps.COMMA:
        rows[row, LAST] = stretch - 2


@njit(nogil=True, cache=True)
def _beyond(text, spot, bounds, mention, rows, n):
    """Write the row of a cue without content in its unit: the quotation that opens right behind, or closed right before it.

    Returns the next row and whether there is such a quotation.
    """
    inside, before = text[3], text[1]
    start, end, begins_paragraph = bounds
    if end < len(inside) and before[end] & gaps.COLON and _opens(text, end):
        stop = end
        while stop < len(inside) and inside[stop] == inside[end]:
            stop += 1
        return _emit(rows, n, (end, stop), spot, mention), True
    if begins_paragraph or mention[0] != start or not _closed(text, start) or n == 0 or rows[n - 1, LAST] != start - 1:
        return n, False
    rows[n - 1, CUE], rows[n - 1, CUE_LAST] = spot
    rows[n - 1, MENTION], rows[n - 1, MENTION_LAST] = mention
    rows[n - 1, KIND] = -1
    return n, True


@njit(nogil=True, cache=True)
def _best_cue(spots, c, end):
    """Return the longest of the cues that begin where cue c does, and the next cue behind it."""
    firsts, lasts, _ = spots
    best = c
    following = c + 1
    while following < len(firsts) and firsts[following] <= lasts[best] and firsts[following] < end:
        if firsts[following] == firsts[best] and lasts[following] > lasts[best]:
            best = following
        following += 1
    return best, following


@njit(nogil=True, cache=True)
def _read_unit(text, spots, c, unit, rows, n):
    """Write the rows of one unit; return the next row and the next cue."""
    start, end, is_head, begins_paragraph = unit
    firsts, lasts, categories = spots
    n_before = n
    if c >= len(firsts) or firsts[c] >= end:
        return n, c
    sentence_case = _is_sentence_case(text, start, end)
    settled = floor = start
    while c < len(firsts) and firsts[c] < end:
        best, following = _best_cue(spots, c, end)
        cue, last, category = firsts[best], lasts[best], categories[best]
        c = following
        if text[3][cue] >= 0 or not _is_verb(text, cue, last, category, start, sentence_case):
            continue
        if cue < settled and category > ADDRESS:
            continue
        bounds = (start, end, floor, is_head, n_before, begins_paragraph)
        n, stop, is_clause = _attribution(text, (cue, last), category, bounds, rows, n)
        settled = max(settled, stop)
        if is_clause and stop < end:
            floor = max(floor, stop)
    return n, c


@njit(nogil=True, cache=True)
def _walk(text, spots, quotes, units, firsts, rows):
    """Write the rows of a corpus, in the order of the text; return their number."""
    n = c = q = 0
    field = 0
    inside = text[3]
    previous = -1  # the row whose speaker a quotation without a cue would inherit
    for u in range(len(units) - 1):
        start, end = units[u, 0], units[u + 1, 0]
        while field + 1 < len(firsts) and firsts[field + 1] <= start:
            field += 1
        n_before = n
        begins_paragraph = u == 0 or units[u, 1] != units[u - 1, 1]
        n, c = _read_unit(text, spots, c, (start, end, field % 3 < 2, begins_paragraph), rows, n)
        _sort(rows, n_before, n)
        n, q = _quotes_left(text, quotes, q, (start, end, field % 3 < 2), (n_before, previous), rows, n)
        _sort(rows, n_before, n)
        if units[u, 1] != units[u + 1, 1]:
            quoted = n > n_before and rows[n - 1, LAST] == end - 1 and inside[end - 1] >= 0
            previous = n - 1 if quoted or (previous >= 0 and n > n_before) else -1
            if end == firsts[field + 1]:
                previous = -1
        elif n > n_before and inside[rows[n - 1, FIRST]] + inside[rows[n - 1, LAST]] > -2:
            previous = n - 1
        elif n > n_before:
            previous = -1
    return n


@njit(nogil=True, cache=True)
def _sort(rows, first, end):
    for k in range(first + 1, end):
        i = k
        while i > first and rows[i - 1, FIRST] > rows[i, FIRST]:
            for column in range(rows.shape[1]):
                rows[i - 1, column], rows[i, column] = rows[i, column], rows[i - 1, column]
            i -= 1


@njit(nogil=True, cache=True)
def _quotes_left(text, quotes, q, bounds, context, rows, n):
    """Write the quotations of a unit that no cue covers."""
    before = text[1]
    start, end, is_head = bounds
    n_before, previous = context
    n_cued = n
    firsts, lasts, _ = quotes
    while q < len(firsts) and firsts[q] < end:
        first, last = firsts[q], lasts[q]
        q += 1
        covered = False
        for k in range(max(0, n_before - 3), n_cued):
            covered |= rows[k, FIRST] <= first and last <= rows[k, LAST]
        if covered:
            continue
        mention = (-1, -1)
        kind = SCARE
        spot = (-1, -1)
        if first == start and last >= end - 1 and previous >= 0:
            kind = DIRECT
            spot = (rows[previous, CUE], rows[previous, CUE_LAST])
            mention = (rows[previous, MENTION], rows[previous, MENTION_LAST])
        elif first > start and before[first] & gaps.COLON and not is_head:
            kind = DIRECT
            mention = _opening_phrase(text, start, first)
        elif last - first >= 4 and not is_head and not _is_title(text, first, last):
            kind = DIRECT
            if first > start:
                mention = _opening_phrase(text, start, first)
        if kind == SCARE and _is_title(text, first, last):
            kind = TITLE
        rows[n, KIND] = kind
        n = _emit(rows, n, (first, last + 1), spot, mention)
    return n, q


@njit(nogil=True, cache=True)
def _is_title(text, first, last):
    """Whether words in marks are capitalised like a title."""
    type_ids, _, flags, _ = text
    small = PREPOSITION | DETERMINER | COORDINATOR | TO | POSSESSIVE
    for i in range(first, last + 1):
        if not flags[type_ids[i]] & (CAPITAL | NUMBER | small):
            return False
    return last > first


@njit(nogil=True, cache=True)
def _opening_phrase(text, start, end):
    """Return the first noun phrase of a unit that names somebody: a name, a pronoun or a determiner with its noun."""
    type_ids, before, flags, inside = text
    i = start
    while i < end:
        f = flags[type_ids[i]]
        if inside[i] < 0 and (
            f & PRONOUN or (f & CAPITAL and not f & (PREPOSITION | SUBORDINATOR | COORDINATOR | ADVERB | TIME))
        ):
            stop = i + 1
            while stop < end and flags[type_ids[stop]] & CAPITAL and not before[stop] & _PAUSE and not f & PRONOUN:
                stop += 1
            return i, stop - 1
        i += 1
    return -1, -1
