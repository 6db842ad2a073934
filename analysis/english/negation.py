"""Which words stand under a negation, by which cue, and which are hedged: English, by rules and an editable lexicon."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.core.errors import LexiconError
from analysis.core.shipped import shipped
from analysis.english import words
from analysis.english.words import AND, CONTRAST, HOLDS_NEGATION, IN_LY, LINKING, NO, OF, OR, SUBJECT, THAT, TO, WITH
from analysis.lexicons import Lexicon, read_lexicon
from analysis.matching.matching import find_matches
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

NEGATORS = shipped("negators.yml")

# The categories of the lexicon; each has a rule of its own for how far its cues reach.
CATEGORIES = (
    "adverb", "quantifier", "preposition", "coordinator", "affix", "idiom", "near negator", "negating verb",
    "hedge", "hedging adjective", "condition",
)  # fmt: skip
ADVERB, QUANTIFIER, PREPOSITION, COORDINATOR, AFFIX, IDIOM, NEAR, VERB, HEDGE, ADJECTIVE, CONDITION = range(
    len(CATEGORIES)
)

# No clause of news copy is as long; text without stops must not give an endless scope.
MOST_LEFT, MOST_RIGHT, MOST_TURNED = 30, 60, 30
MOST_IN_PHRASE = 4

AUXILIARY = words.AUXILIARY | words.BE | words.HALF_AUXILIARY
MAYBE_SUBJECT = words.PRONOUN | words.DEMONSTRATIVE | words.THAT | words.RELATIVE
QUESTION = words.RELATIVE | words.QUESTION
SUBORDINATOR = words.SUBORDINATOR | words.COMPARING | words.THAT
# These begin an adverbial ("if", "as"), which is outside of what is negated before it.
ADVERBIAL = words.SUBORDINATOR | words.COMPARING
DETERMINER = words.DETERMINER | words.POSSESSIVE | words.THAT
ADPOSITION = words.PREPOSITION | words.COMPARING | words.TO
# What leads into a clause ("but then") is not negated with it.
LEAD = words.ADVERB | words.COORDINATOR
_FUNCTION = (
    AUXILIARY | SUBJECT | QUESTION | SUBORDINATOR | AND | OR | CONTRAST | DETERMINER | ADPOSITION | MAYBE_SUBJECT
)

S_ENDING = 1 << 62

_HARD = (
    gaps.SENTENCE_END | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE | gaps.PARAGRAPH_END
)  # fmt: skip
_OPENING = (
    gaps.LOW_QUOTE | 1 << gaps.STRAIGHT_DOUBLE + gaps.LEFT_SPACE | 1 << gaps.STRAIGHT_SINGLE + gaps.LEFT_SPACE
    | 7 << gaps.DOUBLE_LEFT | 7 << gaps.SINGLE_LEFT
)  # fmt: skip
_CLOSING = gaps.ANGLE_CLOSE | 1 << gaps.STRAIGHT_DOUBLE + gaps.RIGHT_SPACE | 7 << gaps.DOUBLE_RIGHT
# After an s these may be a plural possessive, which closes nothing.
_MAYBE_CLOSING = 1 << gaps.STRAIGHT_SINGLE + gaps.RIGHT_SPACE | 1 << gaps.SINGLE_RIGHT + gaps.RIGHT_SPACE


@dataclass(frozen=True, eq=False)
class Negation:
    """Negation and hedges: arrays of one element a token, and the spans that they come from.

    There are two readings of "negated". `scope` is that of annotated corpora (CD-SCO): the whole clause that a cue
    denies, its subject included, affixes counted as cues. `turned` is what the polarity of a hit needs: only what stands
    to the right of the cue (and the verb before an object such as "nothing"), turned back by a second negation.

    Attributes
    ----------
    scope : numpy.ndarray of uint8
        How many scopes a token stands in (255 for more). A cue is not in its own scope, unless it is only a part of its
        word ("don't", "cannot", "unfair").
    turned : numpy.ndarray of bool
        Whether an odd number of cues turn the token.
    cue : numpy.ndarray of int32
        First token of the last cue that turns it, -1 where none does.
    is_cue : numpy.ndarray of bool
        Whether the token is, or is part of, a cue of negation.
    hedged : numpy.ndarray of bool
        Whether the token is hedged.
    hedge : numpy.ndarray of int32
        First token of the last cue that hedges it, -1 where none does.
    spans : numpy.ndarray of int64, shape (n_cues, 5)
        First and last token of each cue of negation, first and last of its scope (-1 where that is empty), and the cue's
        category as a place in `CATEGORIES`. Near negators and negating verbs are not among them: they turn what follows
        and have no scope.
    """

    scope: npt.NDArray[np.uint8]
    turned: npt.NDArray[np.bool_]
    cue: npt.NDArray[np.int32]
    is_cue: npt.NDArray[np.bool_]
    hedged: npt.NDArray[np.bool_]
    hedge: npt.NDArray[np.int32]
    spans: npt.NDArray[np.int64]


@cache
def _default_negators() -> Lexicon:
    return read_lexicon(NEGATORS)


def find_negation(tokens: Tokens, *, negators: Lexicon | None = None) -> Negation:
    """Return what is negated and what is hedged in `tokens`.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus, in English.
    negators : Lexicon, optional
        Cues in the categories that `CATEGORIES` lists; ``data/lexicons/negators.yml`` where none is given.

    Returns
    -------
    Negation
        No scope crosses a sentence, a semicolon, colon, dash or bracket, the edge of a quotation, or "but".

    Raises
    ------
    LexiconError
        When `negators` has a category that is none of those.
    """
    negators = negators or _default_negators()
    matches = find_matches(tokens, negators)
    kinds = _kinds(negators)[matches.entry]
    n = len(tokens)
    place = np.int32 if n < 2**31 else np.int64
    scope, turned, is_cue, hedged = (
        np.zeros(n, np.uint8),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
        np.zeros(n, np.bool_),
    )
    cue: npt.NDArray[Any] = np.full(n, -1, place)
    hedge = cue.copy()
    spans = np.empty((np.count_nonzero(kinds <= IDIOM), 5), np.int64)
    n_cues = _mark(
        (tokens.type_ids, tokens.gaps, _type_flags(tokens)),
        tokens.sentence_edges,
        (matches.token, matches.last, kinds, matches.sentence),
        (scope, turned, cue, is_cue, hedged, hedge, spans),
    )
    return Negation(scope, turned, cue, is_cue, hedged, hedge, spans[:n_cues])


def _kinds(negators: Lexicon) -> npt.NDArray[np.int64]:
    unknown = [name for name in negators.category_names if name not in CATEGORIES]
    if unknown:
        raise LexiconError(
            f"lexicon '{negators.name}': category '{unknown[0]}' says nothing about scope; allowed are {', '.join(CATEGORIES)}"
        )
    return np.array([CATEGORIES.index(entry.category) for entry in negators.entries], np.int64)


def _type_flags(tokens: Tokens) -> words.Flags:
    """Return the flags of the words, and which forms end in an s."""
    form_of_type, forms = tokens.form_ids
    in_s = np.fromiter((form.endswith("s") for form in forms), np.int64, len(forms))
    return words.word_flags(tokens) | S_ENDING * in_s[form_of_type]


@njit(nogil=True, cache=True)
def _flag(text, i):
    """Return the flags of token i."""
    type_ids, _, flags = text
    return flags[type_ids[i]]


@njit(nogil=True, cache=True)
def _closes(text, i):
    """Whether a quotation closes before token i."""
    gap = text[1][i]
    return gap & _CLOSING != 0 or (gap & _MAYBE_CLOSING != 0 and not _flag(text, i - 1) & S_ENDING)


@njit(nogil=True, cache=True)
def _left(text, i, first):
    """Return where the clause of token i begins."""
    before = text[1]
    edge = max(first, i - MOST_LEFT)
    j = i
    while j > edge and not before[j] & (_HARD | gaps.COMMA | _OPENING) and not _closes(text, j):
        here, previous = _flag(text, j), _flag(text, j - 1)
        if previous & QUESTION:
            return j - 1
        if previous & (SUBORDINATOR | AND | CONTRAST):
            return j - 1 if previous & THAT and here & AUXILIARY else j
        if here & SUBJECT or (here & MAYBE_SUBJECT and j < i and (j + 1 == i or _flag(text, j + 1) & AUXILIARY)):
            if not previous & AUXILIARY:
                return j
            return j - 2 if j - 1 > edge and _flag(text, j - 2) & QUESTION else j - 1
        j -= 1
    while j < i and _flag(text, j) & LEAD:
        j += 1
    return j


@njit(nogil=True, cache=True)
def _list_goes_on(text, i, end):
    """Whether the comma before token i stands in a list that ends in "or": "weak, tired or lost"."""
    for j in range(i, min(end, i + MOST_IN_PHRASE)):
        flag = _flag(text, j)
        if flag & OR:
            return True
        if flag & (SUBJECT | AUXILIARY | QUESTION | SUBORDINATOR | AND | CONTRAST) or text[1][j] & _HARD:
            return False
    return False


@njit(nogil=True, cache=True)
def _after_aside(text, i, end):
    """Return the token after an aside that begins with token i, between commas; -1 where none ends soon."""
    for j in range(i + 1, min(end, i + 2 * MOST_IN_PHRASE)):
        if text[1][j] & _HARD or _closes(text, j):
            return -1
        if text[1][j] & gaps.COMMA:
            return j
    return -1


@njit(nogil=True, cache=True)
def _begins_clause(text, i, end):
    """Whether token i is the subject of a clause: "he …", "it was"."""
    flag = _flag(text, i)
    return flag & SUBJECT != 0 or (flag & MAYBE_SUBJECT != 0 and i + 1 < end and _flag(text, i + 1) & AUXILIARY != 0)


@njit(nogil=True, cache=True)
def _right(text, i, end, is_condition=False):
    """Return the last token of the clause that goes on after token i; the main clause ends a condition."""
    before = text[1]
    depth = 0
    j = i + 1
    stop = min(end, i + 1 + MOST_RIGHT)
    while j < stop and not before[j] & _HARD:
        if _closes(text, j):
            if depth == 0:
                break
            depth -= 1
        if before[j] & gaps.COMMA:
            resume = _after_aside(text, j, stop) if j == i + 1 else -1
            if resume > 0:
                j = resume
            elif not _list_goes_on(text, j, stop):
                break
        if before[j] & _OPENING:
            depth += 1
        flag = _flag(text, j)
        if flag & CONTRAST or (is_condition and j > i + 1 and _begins_clause(text, j, end)):
            break
        if flag & AND and j + 1 < end and (_flag(text, j + 1) & AUXILIARY or _begins_clause(text, j + 1, end)):
            break
        j += 1
    return j - 1


@njit(nogil=True, cache=True)
def _turned_until(text, i, last):
    """Return the last token whose polarity a cue that ends at token i turns, of a clause that ends at `last`."""
    stop = min(last, i + MOST_TURNED)
    j = i + 1
    while j <= stop:
        flag = _flag(text, j)
        if j > i + 1 and (flag & ADVERBIAL or (flag & QUESTION and not _flag(text, j - 1) & ADPOSITION)):
            break
        j += 1
    return j - 1


@njit(nogil=True, cache=True)
def _phrase_end(text, i, end):
    """Return the last token of the noun phrase that token i stands in, without what is hung on it."""
    j = i + 1
    while j < end and j - i <= MOST_IN_PHRASE:
        if _flag(text, j) & _FUNCTION or text[1][j] & (_HARD | gaps.COMMA) or _closes(text, j):
            break
        j += 1
    return j - 1


@njit(nogil=True, cache=True)
def _phrase_start(text, i, first):
    """Return the first token of the noun phrase that token i stands in, its determiner included."""
    j = i
    while j > first and i - j < MOST_IN_PHRASE and not text[1][j] & (_HARD | gaps.COMMA | _OPENING):
        flag = _flag(text, j - 1)
        if flag & DETERMINER:
            return j - 1
        if flag & _FUNCTION:
            return j
        j -= 1
    return i


@njit(nogil=True, cache=True)
def _is_predicate(text, i, first):
    """Whether token i is said of a subject: a form of be, or a verb such as "seem", stands shortly before it."""
    j = i
    while j > first and i - j < MOST_IN_PHRASE and not text[1][j] & (_HARD | gaps.COMMA | _OPENING):
        flag = _flag(text, j - 1)
        if flag & (AUXILIARY | LINKING):
            return True
        if flag & (DETERMINER | ADPOSITION | AND):
            return False
        j -= 1
    return False


@njit(nogil=True, cache=True)
def _affix_scope(text, i, first, end):
    """Return the first and last token that the affix of token i negates."""
    is_adverb = _flag(text, i) & IN_LY
    last = _phrase_end(text, i, end)
    if last > i:
        if is_adverb:
            return i, last
        last = min(last, i + 2)
        if last + 1 < end and not text[1][last + 1] & (_HARD | gaps.COMMA) and _flag(text, last + 1) & OF:
            last = _right(text, last, end)
        return _phrase_start(text, i, first), last
    goes_on = i + 1 < end and not text[1][i + 1] & (_HARD | gaps.COMMA)
    if is_adverb:
        is_clause = i > first and (goes_on or i + 1 == end or text[1][i + 1] & _HARD != 0)
    else:
        is_clause = _is_predicate(text, i, first) or (goes_on and _flag(text, i + 1) & (TO | THAT))
    return (_left(text, i, first), _right(text, i, end)) if is_clause else (i, i)


@njit(nogil=True, cache=True)
def _is_answer(text, last, end):
    """Whether "no" stands for a sentence."""
    return _flag(text, last) & NO != 0 and (last + 1 == end or text[1][last + 1] & (_HARD | gaps.COMMA) != 0)


@njit(nogil=True, cache=True)
def _is_tag(text, i, first, end):
    """Whether a negated auxiliary asks for assent: ", isn't it?", ", is it not?"."""
    if _flag(text, i) & HOLDS_NEGATION:
        verb, last = i, i + 1
    else:
        verb, last = i - 2, i
    if verb <= first or last >= end or not text[1][verb] & gaps.COMMA or not _flag(text, verb) & AUXILIARY:
        return False
    return _flag(text, verb + 1) & (SUBJECT | MAYBE_SUBJECT) != 0 and (
        last + 1 == end or text[1][last + 1] & _HARD != 0
    )


@njit(nogil=True, cache=True)
def _scope_start(text, i, last, kind, first):
    """Return where the scope of a clause's cue begins: at the cue where it negates a phrase only."""
    if i == first or text[1][i] & gaps.COMMA or kind in (PREPOSITION, COORDINATOR, NEAR, VERB):
        return i
    previous = _flag(text, i - 1)
    if kind in (QUANTIFIER, IDIOM):
        return i if previous & WITH else _left(text, i, first)
    if previous & AND or (last + 1 < len(text[0]) and _flag(text, last + 1) & TO and not previous & AUXILIARY):
        return i
    return _left(text, i, first)


@njit(nogil=True, cache=True)
def _phrase_of_preposition(text, last, end):
    """Return where the phrase after a preposition ends: before "and" and before the verb of the clause that it stands in."""
    stop = _right(text, last, end)
    for j in range(last + 2, stop + 1):
        flag, previous = _flag(text, j), _flag(text, j - 1)
        is_verb = flag & AUXILIARY and not previous & (QUESTION | SUBJECT | MAYBE_SUBJECT | THAT)
        if flag & AND or is_verb or (flag & SUBJECT and not previous & THAT):
            return j - 1
    return stop


@njit(nogil=True, cache=True)
def _turned_from(text, i, first, kind):
    """Return the first token that a cue turns: the verb before "nothing", else the cue itself."""
    if kind != QUANTIFIER or i == first or text[1][i] & (_HARD | gaps.COMMA | _OPENING):
        return i
    previous = _flag(text, i - 1)
    return i if previous & _FUNCTION else i - 1


@njit(nogil=True, cache=True)
def _turn(turned, cue, i, span):
    for j in range(*span):
        turned[j] = not turned[j]
        cue[j] = i


@njit(nogil=True, cache=True)
def _mark_scope(text, scope, cue, span):
    for j in range(span[0], span[1] + 1):
        if (j < cue[0] or j > cue[1] or _flag(text, j) & HOLDS_NEGATION or span[2]) and scope[j] < 255:
            scope[j] += 1


@njit(nogil=True, cache=True)
def _mark(text, edges, cues, out):
    """Mark what each cue negates or hedges; return the number of cues of negation."""
    token, last_token, kinds, sentences = cues
    scope, turned, cue, is_cue, hedged, hedge, spans = out
    n = 0
    for k in range(len(token)):
        i, last, kind = token[k], last_token[k], kinds[k]
        first, end = edges[sentences[k]], edges[sentences[k] + 1]
        if kind >= HEDGE:
            stop = (
                _phrase_end(text, last, end)
                if kind == ADJECTIVE
                else _turned_until(text, last, _right(text, last, end))
            )
            hedged[last + 1 : stop + 1] = True
            hedge[last + 1 : stop + 1] = i
            continue
        if kind == ADVERB and _is_tag(text, i, first, end):
            continue
        if kind == IDIOM and (i == first or not _flag(text, i - 1) & AUXILIARY):
            continue
        start = stop = np.int64(-1)
        if kind == AFFIX:
            start, stop = _affix_scope(text, i, first, end)
        elif not (kind == QUANTIFIER and _is_answer(text, last, end)):
            start = _scope_start(text, i, last, kind, first)
            if kind == PREPOSITION:
                stop = _phrase_of_preposition(text, last, end)
            else:
                stop = _right(text, last, end, start > first and _flag(text, start - 1) & ADVERBIAL != 0)
            if kind != IDIOM:
                _turn(turned, cue, i, (last + 1, _turned_until(text, last, stop) + 1))
                _turn(turned, cue, i, (_turned_from(text, i, first, kind), i))
        is_cue[i : last + 1] = True
        if kind <= IDIOM:
            spans[n] = i, last, start, stop, kind
            n += 1
            if start >= 0:
                _mark_scope(text, scope, (i, last), (start, stop, kind == AFFIX))
    return n
