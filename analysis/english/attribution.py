"""From a cue to who speaks and what is said, by word order, marks and commas: compiled rules for voices; English only."""

from typing import Any, NamedTuple

import numpy as np

from analysis.english.agents import passive_parts
from analysis.english.content import content_end, content_start, has_verb, left_start, only_adjunct
from analysis.english.kinds import FOR, has_any_verb, is_finite, is_passive
from analysis.english.phrases import begins_name, next_comma, noun_phrase, phrase_end
from analysis.english.quotations import closed, flag, opens
from analysis.english.speech import (
    ADDRESS,
    AUXILIARY,
    BELIEF,
    CATEGORY,
    CUE,
    CUE_LAST,
    EVIDENCE,
    FIRST,
    KIND,
    LAST,
    MENTION,
    MENTION_LAST,
    OWNER,
    PAUSE,
    PREPOSITION,
    PRONOUN,
    SOURCE,
    SPEECH,
    SUBORDINATOR,
)
from analysis.english.subjects import mention_of
from analysis.english.words import (
    ADVERB,
    ARTICLE,
    BE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    GENITIVE,
    GERUND,
    NUMBER,
    PAST,
    POSSESSIVE,
    RELATIVE,
    SUBJECT,
    THAT,
    TIME,
    TO,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# Words that one cue can report; text without stops must not give an endless span.
LONGEST = 400
# The places of a cue or a mention that is not there; plain numbers would be types of their own.
NOWHERE = (np.int64(-1), np.int64(-1))

_BRACKETS = np.uint32(gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)


class Cues(NamedTuple):
    """First and last token and place in ``CATEGORIES`` of a cue, or of each of several."""

    first: Any
    last: Any
    category: Any


class Bounds(NamedTuple):
    """The unit of a cue and where it stands, the first token that is left to the cue, the first row of the unit, and the roles of types."""

    start: int
    end: int
    is_head: bool
    begins_paragraph: bool
    ends_field: bool
    floor: int
    n_before: int
    roles: Any


@compiled_step
def is_verb(text, cue, start, sentence_case):
    """Whether a cue is a verb where it stands, not a noun or a modifier."""
    if cue.category >= SOURCE:
        return True
    i = cue.first
    here, is_phrase = flag(text, i), cue.last > i
    if i == start:
        return here & GERUND != 0 or is_phrase or (cue.category <= ADDRESS and _is_elliptic(text, i))
    if here & CAPITAL and sentence_case:
        return False
    before = flag(text, i - 1)
    if before & (ARTICLE | POSSESSIVE | GENITIVE) and not text.gaps[i] & PAUSE:
        return False
    if text.gaps[i] & PAUSE or is_phrase or (cue.category <= ADDRESS and closed(text, i)):
        return True
    if before & PREPOSITION and not before & TO:
        return here & GERUND != 0
    following = flag(text, i + 1) if i + 1 < len(text.inside) else here & 0
    if here & PAST and before & NUMBER:
        return following & (PREPOSITION | DETERMINER | PRONOUN | THAT | TO | POSSESSIVE) != 0
    if here & (PAST | GERUND):
        return True
    if here & ENDS_IN_S:
        # "brought intense questions about", "answers to questions": a noun in the plural.
        if before & TO or (cue.category > EVIDENCE and following & PREPOSITION and not before & (CAPITAL | PRONOUN)):
            return False
        return before & (ENDS_IN_S | AUXILIARY) == 0 or before & CAPITAL != 0 or before & PRONOUN != 0
    if (
        before & (CAPITAL | NUMBER)
        and cue.category <= BELIEF
        and following & (DETERMINER | POSSESSIVE | THAT | SUBJECT)
    ):
        return True  # "Analysts at Goldmark say the bank is weak"
    return (
        before & (PRONOUN | TO | AUXILIARY | ADVERB | ENDS_IN_S | RELATIVE | COORDINATOR | DETERMINER) != 0
        or not sentence_case
    )


@compiled_step
def _is_elliptic(text, i):
    """Whether a verb that opens a sentence lacks its subject: "Says the plan is weak", but "Says the mayor: …"."""
    if not flag(text, i) & ENDS_IN_S or i + 2 >= len(text.inside):
        return False
    if not flag(text, i + 1) & (DETERMINER | POSSESSIVE | PRONOUN | THAT):
        return False
    stop = phrase_end(text, i + 1, min(i + 10, len(text.inside)))
    if stop >= len(text.inside) or text.gaps[stop] & (PAUSE | gaps.SENTENCE_END):
        return False
    return not opens(text, stop) or flag(text, stop) & AUXILIARY != 0


@compiled_step
def _owned(text, cue, bounds, rows, n):
    """Write the row of what somebody owns: "in Holt's view, …", "Holt's verdict: …", "for Holt, …"; return the next row and its end."""
    i, end, spot = cue.first, bounds.end, (cue.first, cue.last)
    if bounds.roles[text.type_ids[i]] == FOR:
        stop = max(i + 2, phrase_end(text, i + 1, end))
        if stop >= end or not text.gaps[stop] & gaps.COMMA or not _is_judged(text, bounds.roles, stop, end):
            return n, i + 1
        return emit(
            rows, n, (stop, content_end(text, stop, end, cue.category * 0 + SPEECH)), spot, (i + 1, stop - 1)
        ), end
    first = i - 1 if flag(text, i - 1) & POSSESSIVE else noun_phrase(text, i, bounds.floor)
    mention = (first, i - 1)
    fronted = first > bounds.start and flag(text, first - 1) & PREPOSITION
    if i + 1 < end and (
        text.gaps[i + 1] & gaps.COLON or (fronted and text.gaps[i + 1] & gaps.COMMA and first - 1 <= bounds.floor + 1)
    ):
        return emit(rows, n, (i + 1, end), spot, mention), end
    if fronted and first - 1 > bounds.floor and text.gaps[first - 1] & gaps.COMMA:
        return emit(rows, n, (left_start(text, bounds.floor, first - 1), first - 1), spot, mention), i + 1
    if i + 2 < end and flag(text, i + 1) & BE and flag(text, i + 2) & THAT:
        return emit(rows, n, (i + 2, content_end(text, i + 2, end, cue.category * 0 + SPEECH)), spot, mention), end
    return n, i + 1


@compiled_step
def _is_judged(text, roles, first, end):
    """Whether a clause says what somebody is, by a form of *be* behind its subject: "the party is weak"."""
    for i in range(first + 1, min(end - 1, first + 6)):
        if text.gaps[i] & PAUSE or is_finite(text, roles, i):
            return False
        if flag(text, i) & BE:
            following = i + 2 if flag(text, i + 1) & ADVERB else i + 1
            return following < end and not flag(text, following) & (PAST | GERUND | ARTICLE | TO | PREPOSITION)
    return False


@compiled_step
def emit(rows, n, content, cue, mention):
    """Write a row, its places as pairs: first token and end of the content, first and last of cue and mention; return the next row."""
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


@compiled_step
def _source_phrase(text, cue, bounds, rows, n):
    """Write the rows of "according to X": the clause before it or after the comma."""
    last, end, floor = cue.last, bounds.end, bounds.floor
    spot = (cue.first, last)
    if last + 1 >= end:
        return n, end
    mention = (last + 1, max(last + 2, phrase_end(text, last + 1, end)) - 1)
    stop = last + 2
    while stop < end and not text.gaps[stop] & (PAUSE & ~_BRACKETS):
        stop += 1
    after = (stop, content_end(text, stop, end, np.int64(SPEECH)))
    if cue.first <= floor + 1:
        # Who else speaks or believes there is read within it: "According to the Courier, Smith believes".
        return emit(rows, n, after, spot, mention), stop
    n = emit(rows, n, (left_start(text, floor, cue.first), cue.first), spot, mention)
    is_aside = text.gaps[cue.first] & gaps.COMMA and stop < end and text.gaps[stop] & gaps.COMMA
    if is_aside and not flag(text, stop) & (RELATIVE | COORDINATOR | SUBORDINATOR | GERUND | DETERMINER):
        return emit(rows, n, after, spot, mention), end
    return n, stop


@compiled_step
def inverted(text, cue, bounds):
    """Whether a cue is followed by its subject: "…," said X; … , says expert."""
    end, floor = bounds.end, bounds.floor
    i = cue.last + 1
    if i >= end or cue.first <= floor or opens(text, i) or text.gaps[i] & (PAUSE | gaps.SENTENCE_END):
        return False
    f = flag(text, i)
    if (
        f & (THAT | TO | PREPOSITION | ADVERB | RELATIVE | SUBORDINATOR | TIME)
        and not f & PRONOUN
        and not begins_name(text, i)
    ):
        return False
    stop = phrase_end(text, i, end)
    free = (
        stop >= end
        or text.gaps[stop] & PAUSE
        or opens(text, stop)
        or flag(text, stop) & (RELATIVE | PREPOSITION | TIME | SUBORDINATOR)
    )
    if closed(text, cue.first):
        return free != 0
    if not free or f & PRONOUN or cue.category == ADDRESS or flag(text, cue.first) & GERUND:
        return False
    has_left = has_verb(text, floor, cue.first)
    if text.gaps[cue.first] & gaps.COMMA:
        is_aside = stop < end and text.gaps[stop] & gaps.COMMA
        has_left = (
            has_left
            or bounds.is_head
            or (cue.category == SPEECH and has_any_verb(text, bounds.roles, floor, cue.first - 1))
        )
        return has_left and (is_aside or not has_verb(text, i, end)) and not f & POSSESSIVE
    if not bounds.is_head or end - i >= 6 or stop < end:
        return False
    return has_verb(text, floor, cue.first - 1) and cue.first - floor > 3


@compiled_step
def _is_passive_head(text, following, end):
    """Whether a headline's cue has somebody warned and not warning: "Mayor warned as council votes"."""
    if following >= end or text.gaps[following] & PAUSE:
        return False
    here = flag(text, following)
    return here & SUBORDINATOR != 0 and here & PREPOSITION != 0


@compiled_step
def _both_sides(text, spot, places, mention, rows, n):
    """Write what stands before a cue and its subject, and the quotation that follows them."""
    floor, left_end, right, end = places
    n = emit(rows, n, (left_start(text, floor, left_end), left_end), spot, mention)
    for i in range(right, end):
        if opens(text, i):
            return emit(rows, n, (i, end), spot, mention)
    return n


@compiled_step
def _cut_before(text, stretch, rows, row):
    """End a row's content where a new clause with its own speaker begins behind a comma: "…, while Smith said"."""
    first = rows[row, FIRST]
    if text.gaps[stretch] & gaps.COMMA and stretch > first + 1:
        rows[row, LAST] = stretch - 1
        return
    joins = flag(text, stretch - 1) & (COORDINATOR | SUBORDINATOR)
    if joins and stretch > first + 2 and text.gaps[stretch - 1] & gaps.COMMA:
        rows[row, LAST] = stretch - 2


@compiled_step
def _beyond(text, cue, bounds, mention, rows, n):
    """Write the row of a cue without content in its unit: the quotation that opens right behind, or closed right before it.

    Returns the next row and whether there is such a quotation.
    """
    start, end = bounds.start, bounds.end
    spot, category = (cue.first, cue.last), cue.category
    if not bounds.ends_field and end < len(text.inside) and text.gaps[end] & gaps.COLON and opens(text, end):
        stop = end
        while stop < len(text.inside) and text.inside[stop] == text.inside[end]:
            stop += 1
        return emit(rows, n, (end, stop), spot, mention), True
    if (
        bounds.begins_paragraph
        or mention[0] != start
        or not closed(text, start)
        or n == 0
        or rows[n - 1, LAST] != start - 1
    ):
        return n, False
    rows[n - 1, CUE], rows[n - 1, CUE_LAST] = spot
    rows[n - 1, MENTION], rows[n - 1, MENTION_LAST] = mention
    rows[n - 1, KIND], rows[n - 1, CATEGORY] = -1, category
    return n, True


@compiled_step
def _to_the_left(text, cue, bounds, subject, rows, n):
    """Write the rows of a cue behind what was said: `subject` is first and last token, its stretch, and whether a row holds the cue.

    Returns the next row and whether nothing is left to be written of the cue.
    """
    end, floor, spot = bounds.end, bounds.floor, (cue.first, cue.last)
    first, last, stretch, nested = subject
    right = content_start(text, cue.last + 1, end, cue.category)
    if floor < stretch < cue.first:
        if cue.category <= ADDRESS and closed(text, stretch):
            return _both_sides(text, spot, (floor, stretch, right, end), (first, last), rows, n), True
        ends_there = right >= end or (text.gaps[right] & gaps.COMMA and not opens(text, right))
        if cue.category <= BELIEF and text.gaps[stretch] & gaps.COMMA and ends_there and stretch > floor + 1:
            if nested:
                return n, True
            n = emit(rows, n, (left_start(text, floor, stretch), stretch), spot, (first, last))
            return emit(rows, n, (right, content_end(text, right, end, cue.category)), spot, (first, last)), True
    if cue.category <= ADDRESS and (right >= end or only_adjunct(text, right, end)):
        n, is_settled = _beyond(text, cue, bounds, (first, last), rows, n)
        if is_settled:
            return n, True
    if nested and right >= end and floor < stretch < cue.first and _joins_other(text, rows[n - 1], first, stretch):
        _cut_before(text, stretch, rows, n - 1)
    return n, right >= end


@compiled_step
def _joins_other(text, row, first, stretch):
    """Whether a clause without content of its own follows what another said: "[X said A], and Dunn agreed", but "…, and he agreed"."""
    joins = flag(text, stretch - 1) & (COORDINATOR | SUBORDINATOR) and text.gaps[stretch - 1] & gaps.COMMA
    return joins and first == stretch and flag(text, first) & (CAPITAL | DETERMINER) and row[CUE] < row[FIRST]


@compiled_step
def attribution(text, cue, bounds, rows, n):
    """Write the rows of one cue; return the next row, where its content ends, and whether the next cue begins a new clause there."""
    end, spot = bounds.end, (cue.first, cue.last)
    if cue.category == SOURCE:
        n, stop = _source_phrase(text, cue, bounds, rows, n)
        return n, stop, True
    if cue.category == OWNER:
        n, stop = _owned(text, cue, bounds, rows, n)
        return n, stop, stop == end
    if bounds.is_head and _is_passive_head(text, cue.last + 1, end):
        return n, end, True
    nested = n > bounds.n_before and rows[n - 1, LAST] >= cue.first
    if cue.category <= ADDRESS and not nested and inverted(text, cue, bounds):
        stop = max(cue.last + 2, phrase_end(text, cue.last + 1, end))
        places = (bounds.floor, cue.first, stop, end)
        return _both_sides(text, spot, places, (cue.last + 1, stop - 1), rows, n), end, True
    first, last, stretch = mention_of(text, cue, bounds, rows, n)
    if cue.category < SOURCE and is_passive(text, cue.first) and not closed(text, stretch):
        right, stop, first, last = passive_parts(text, cue, bounds)
        return emit(rows, n, (right, stop), spot, (first, last)), stop, False
    n, is_settled = _to_the_left(text, cue, bounds, (first, last, stretch, nested), rows, n)
    if is_settled:
        return n, end, True
    right = content_start(text, cue.last + 1, end, cue.category)
    if nested and stretch < cue.first:
        _cut_before(text, stretch, rows, n - 1)
    in_relative = first > bounds.floor and flag(text, first) & RELATIVE and text.gaps[first] & gaps.COMMA
    stop = next_comma(text, right, end) if in_relative else content_end(text, right, end, cue.category)
    return emit(rows, n, (right, stop), spot, (first, last)), stop, cue.category <= ADDRESS and not in_relative
