"""Attributions that stand where another is read: one that ends a sentence of others' words, and one within marks; compiled rules, English only."""

from analysis.english.attribution import Bounds, emit, inverted
from analysis.english.content import content_end, content_start, holds_marks, left_start, only_adjunct
from analysis.english.kinds import is_passive
from analysis.english.phrases import phrase_end
from analysis.english.quotations import INNER_CLOSES, INNER_OPENS, closed, flag
from analysis.english.speech import ADDRESS, BELIEF, PRONOUN, SOURCE, SUBORDINATOR
from analysis.english.subjects import mention_of
from analysis.english.words import ADDRESSEE, FIRST_PERSON, GERUND, PREPOSITION, RELATIVE, THAT
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

_REACH = 60  # words round a cue within marks that are looked at


@compiled_step
def trailing(text, cue, bounds, rows, n):
    """Write the row of an attribution that ends its unit behind a comma: "…, Dunne said."; return the next row, and where the rest ends or -1.

    What stands before the comma is what is said, whatever cues stand in it.
    """
    start, end = bounds.start, bounds.end
    if flag(text, cue.first) & GERUND or (flag(text, start) & SUBORDINATOR and not flag(text, start) & PREPOSITION):
        return n, -1
    right = content_start(text, cue.last + 1, end, cue.category)
    if cue.category <= ADDRESS and text.gaps[cue.first] & gaps.COMMA and inverted(text, cue, bounds):
        stop = max(cue.last + 2, phrase_end(text, cue.last + 1, end))
        limit, first, last = cue.first, cue.last + 1, stop - 1
        right = stop
    else:
        first, last, limit = mention_of(text, cue, bounds, rows, n)
    if right < end and not (cue.category <= ADDRESS and only_adjunct(text, right, end)):
        return n, -1
    if limit < start + 3 or first < 0 or not text.gaps[limit] & gaps.COMMA or closed(text, limit):
        return n, -1
    if holds_marks(text, start, limit):
        return n, -1
    return emit(rows, n, (left_start(text, start, limit), limit), (cue.first, cue.last), (first, last)), limit


@compiled_step
def within_marks(texts, cue, roles, rows, n):
    """Write the row of a cue within marks whose speaker is somebody else than who is quoted; return the next row.

    In a turn of a transcript the speaker may be the same: "I think that". `texts` is the text with its marks, the same without, as whoever is
    quoted said it, and the labels of turns.
    """
    text, bare, labels = texts
    is_turn = labels[text.inside[cue.first], 0] >= 0
    if cue.category >= SOURCE or is_passive(text, cue.first):
        return n
    is_said = cue.category <= ADDRESS or (cue.category <= BELIEF and _precedes_that(text, cue))
    if not is_said and not is_turn:
        return n
    start, end = _sentence_round(text, cue)
    bounds = Bounds(start, end, False, False, False, start, n, roles)
    if cue.last + 1 >= end or cue.first <= start:
        return n
    first, last, _ = mention_of(bare, cue, bounds, rows, n)
    head = flag(text, first) if first >= start else 0
    if first < start or last >= cue.first or (head & PRONOUN and head & ADDRESSEE):
        return n
    is_own = head & FIRST_PERSON and first == last  # "I think", but "my staff says"
    if (head & FIRST_PERSON and not is_turn) or not (is_own or is_said):
        return n
    if head & RELATIVE and first == start:
        return n  # "Who says so?"
    right = content_start(bare, cue.last + 1, end, cue.category)
    if right >= end or flag(text, right) & PREPOSITION:
        return n
    stop = content_end(bare, right, end, cue.category)
    if text.edges[right] & INNER_OPENS:
        stop = right + 1
        while stop < end and not text.edges[stop] & INNER_CLOSES:
            stop += 1
    return emit(rows, n, (right, stop), (cue.first, cue.last), (first, last))


@compiled_step
def _precedes_that(text, cue):
    i = cue.last + 1
    return i < len(text.inside) and flag(text, i) & THAT != 0 and text.inside[i] == text.inside[cue.first]


@compiled_step
def _sentence_round(text, cue):
    """Return where the sentence of a cue begins and ends within its quotation."""
    here, start, end = text.inside[cue.first], cue.first, cue.last + 1
    while start > 0 and cue.first - start < _REACH and text.inside[start - 1] == here:
        if text.gaps[start] & gaps.SENTENCE_END:
            break
        start -= 1
    while end < len(text.inside) and end - cue.last < _REACH and text.inside[end] == here:
        if text.gaps[end] & gaps.SENTENCE_END:
            break
        end += 1
    return start, end
