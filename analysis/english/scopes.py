"""What stands in the scope of each cue of negation, as annotated corpora have it: compiled rules; English only.

What a cue turns or hedges is less; `analysis.english.turning` says how much.
"""

import numpy as np

from analysis.english import words
from analysis.english.quotations import ANY_CLOSES, ANY_OPENS, CLOSES, EDGE, INNER_CLOSES, INNER_OPENS, OPENS, flag
from analysis.english.words import (
    AND,
    CONTRAST,
    HOLDS_NEGATION,
    IN_LY,
    IT,
    LINKING,
    NO,
    OF,
    OR,
    PAST,
    SUBJECT,
    THAT,
    TO,
    WITH,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# The categories of the lexicon; each has a rule of its own for how far its cues reach.
CATEGORIES = (
    "adverb", "quantifier", "preposition", "coordinator", "affix", "failing verb", "idiom", "near negator", "negating verb",
    "rejection", "rejected noun", "acquittal", "misjudgement", "absence", "factive verb",
    "hedge", "hedging adjective", "condition", "inverted condition",
)  # fmt: skip
(
    ADVERB, QUANTIFIER, PREPOSITION, COORDINATOR, AFFIX, FAILING, IDIOM, NEAR, VERB,
    REJECTION, REJECTED_NOUN, ACQUITTAL, MISJUDGEMENT, ABSENCE, FACTIVE,
    HEDGE, ADJECTIVE, CONDITION, INVERTED,
) = range(len(CATEGORIES))  # fmt: skip

# No clause of news copy is as long; text without stops must not give an endless scope.
MOST_LEFT, MOST_RIGHT, MOST_TURNED = 30, 60, 30
MOST_IN_PHRASE = 4

AUXILIARY = words.AUXILIARY | words.BE | words.BARE_AUXILIARY
MAYBE_SUBJECT = words.PRONOUN | words.DEMONSTRATIVE | words.THAT | words.RELATIVE
QUESTION = words.RELATIVE | words.QUESTION
SUBORDINATOR = words.SUBORDINATOR | words.HALF_SUBORDINATOR | words.THAT
# These begin an adverbial ("if", "as"), which is outside of what is negated before it.
ADVERBIAL = words.SUBORDINATOR
DETERMINER = words.DETERMINER | words.POSSESSIVE | words.THAT
ADPOSITION = words.PREPOSITION | words.TO
# What leads into a clause ("but then") is not negated with it.
LEAD = words.ADVERB | words.COORDINATOR
FUNCTION = AUXILIARY | SUBJECT | QUESTION | SUBORDINATOR | AND | OR | CONTRAST | DETERMINER | ADPOSITION | MAYBE_SUBJECT

HARD = (
    gaps.SENTENCE_END | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE | gaps.PARAGRAPH_END
)  # fmt: skip

# Of the type that a comparison has: a plain False would be a type of its own, for which `_right` would be compiled once more.
PLAIN = np.bool_(False)


@compiled_step
def left(text, i, first):
    """Return where the clause of token i begins."""
    floor = max(first, i - MOST_LEFT)
    j = i
    while j > floor and not text.gaps[j] & (HARD | gaps.COMMA) and not text.edges[j] & EDGE:
        here, previous = flag(text, j), flag(text, j - 1)
        if previous & QUESTION:
            return j - 1
        if previous & (SUBORDINATOR | AND | CONTRAST):
            return j - 1 if previous & THAT and here & AUXILIARY else j
        if here & SUBJECT or (here & MAYBE_SUBJECT and j < i and (j + 1 == i or flag(text, j + 1) & AUXILIARY)):
            if not previous & AUXILIARY:
                return j
            return j - 2 if j - 1 > floor and flag(text, j - 2) & QUESTION else j - 1
        j -= 1
    while j < i and flag(text, j) & LEAD:
        j += 1
    return j


@compiled_step
def _list_goes_on(text, i, end):
    """Whether the comma before token i stands in a list that ends in "or": "weak, tired or lost"."""
    if flag(text, i) & words.PRONOUN:
        return False
    for j in range(i, min(end, i + MOST_IN_PHRASE)):
        here = flag(text, j)
        if here & OR:
            return True
        if here & (SUBJECT | AUXILIARY | QUESTION | SUBORDINATOR | AND | CONTRAST) or text.gaps[j] & HARD:
            return False
    return False


@compiled_step
def _after_aside(text, i, end):
    """Return the token after an aside that begins with token i, between commas; -1 where none ends soon."""
    for j in range(i + 1, min(end, i + 2 * MOST_IN_PHRASE)):
        if text.gaps[j] & HARD or text.edges[j] & ANY_CLOSES:
            return -1
        if text.gaps[j] & gaps.COMMA:
            return j
    return -1


@compiled_step
def begins_clause(text, i, end):
    """Whether token i is the subject of a clause: "he …", "it was", "it fell"."""
    here = flag(text, i)
    if here & SUBJECT:
        return True
    if i + 1 >= end or not here & MAYBE_SUBJECT:
        return False
    following = flag(text, i + 1)
    return following & AUXILIARY != 0 or (here & IT != 0 and following & PAST != 0)


@compiled_step
def _n_closed(text, i):
    """Return how many quotations close right before token i, one within another counted too."""
    return (text.edges[i] & CLOSES != 0) + (text.edges[i] & INNER_CLOSES != 0)


@compiled_step
def _n_opened(text, i):
    """Return how many quotations open at token i, one within another counted too."""
    return (text.edges[i] & OPENS != 0) + (text.edges[i] & INNER_OPENS != 0)


@compiled_step
def right(text, i, end, is_condition):
    """Return the last token of the clause that goes on after token i; the main clause ends a condition."""
    depth = 0
    j = i + 1
    stop = min(end, i + 1 + MOST_RIGHT)
    while j < stop and not text.gaps[j] & HARD:
        depth -= _n_closed(text, j)
        if depth < 0:
            break
        if text.gaps[j] & gaps.COMMA:
            resume = _after_aside(text, j, stop) if j == i + 1 else -1
            if resume > 0:
                j = resume
            elif not _list_goes_on(text, j, stop):
                break
        depth += _n_opened(text, j)
        here = flag(text, j)
        if here & CONTRAST or (is_condition and j > i + 1 and begins_clause(text, j, end)):
            break
        if here & AND and j + 1 < end and (flag(text, j + 1) & (AUXILIARY | THAT) or begins_clause(text, j + 1, end)):
            break
        j += 1
    return j - 1


@compiled_step
def phrase_end(text, i, end):
    """Return the last token of the noun phrase that token i stands in, without what is hung on it."""
    j = i + 1
    while j < end and j - i <= MOST_IN_PHRASE:
        if flag(text, j) & FUNCTION or text.gaps[j] & (HARD | gaps.COMMA) or text.edges[j] & ANY_CLOSES:
            break
        j += 1
    return j - 1


@compiled_step
def parts(text, i):
    """Whether a mark before token i parts it from the words of its phrase to the left."""
    return text.gaps[i] & (HARD | gaps.COMMA) != 0 or text.edges[i] & ANY_OPENS != 0


@compiled_step
def _phrase_start(text, i, first):
    """Return the first token of the noun phrase that token i stands in, its determiner included."""
    j = i
    while j > first and i - j < MOST_IN_PHRASE and not parts(text, j):
        previous = flag(text, j - 1)
        if previous & DETERMINER:
            return j - 1
        if previous & FUNCTION:
            return j
        j -= 1
    return i


@compiled_step
def _is_predicate(text, i, first):
    """Whether token i is said of a subject: a form of be, or a verb such as "seem", stands shortly before it."""
    j = i
    while j > first and i - j < MOST_IN_PHRASE and not parts(text, j):
        previous = flag(text, j - 1)
        if previous & (AUXILIARY | LINKING):
            return True
        if previous & (DETERMINER | ADPOSITION | AND):
            return False
        j -= 1
    return False


@compiled_step
def _affix_scope(text, i, first, end):
    """Return the first and last token that the affix of token i negates."""
    is_adverb = flag(text, i) & IN_LY
    last = phrase_end(text, i, end)
    if last > i:
        if is_adverb:
            return i, last
        last = min(last, i + 2)
        if last + 1 < end and not text.gaps[last + 1] & (HARD | gaps.COMMA) and flag(text, last + 1) & OF:
            last = right(text, last, end, PLAIN)
        return _phrase_start(text, i, first), last
    goes_on = i + 1 < end and not text.gaps[i + 1] & (HARD | gaps.COMMA)
    if is_adverb:
        is_clause = i > first and (goes_on or i + 1 == end or text.gaps[i + 1] & HARD != 0)
    else:
        is_clause = _is_predicate(text, i, first) or (goes_on and flag(text, i + 1) & (TO | THAT))
    return (left(text, i, first), right(text, i, end, PLAIN)) if is_clause else (i, i)


@compiled_step
def is_answer(text, last, end):
    """Whether "no" stands for a sentence."""
    return flag(text, last) & NO != 0 and (last + 1 == end or text.gaps[last + 1] & (HARD | gaps.COMMA) != 0)


@compiled_step
def is_tag(text, i, first, end):
    """Whether a negated auxiliary asks for assent: ", isn't it?", ", is it not?"."""
    if flag(text, i) & HOLDS_NEGATION:
        verb, last = i, i + 1
    else:
        verb, last = i - 2, i
    if verb <= first or last >= end or not text.gaps[verb] & gaps.COMMA or not flag(text, verb) & AUXILIARY:
        return False
    return flag(text, verb + 1) & (SUBJECT | MAYBE_SUBJECT) != 0 and (
        last + 1 == end or text.gaps[last + 1] & HARD != 0
    )


@compiled_step
def _scope_start(text, i, last, kind, first):
    """Return where the scope of a clause's cue begins: at the cue where it negates a phrase only."""
    if (
        i == first
        or text.gaps[i] & gaps.COMMA
        or kind == PREPOSITION
        or kind == COORDINATOR
        or kind == NEAR
        or kind == VERB
    ):
        return i
    previous = flag(text, i - 1)
    if kind == QUANTIFIER or kind == IDIOM:
        return i if previous & WITH else left(text, i, first)
    if previous & AND or (last + 1 < len(text.type_ids) and flag(text, last + 1) & TO and not previous & AUXILIARY):
        return i
    return left(text, i, first)


@compiled_step
def _phrase_of_preposition(text, last, end):
    """Return where the phrase after a preposition ends: before "and" and before the verb of the clause that it stands in."""
    stop = right(text, last, end, PLAIN)
    for j in range(last + 2, stop + 1):
        here, previous = flag(text, j), flag(text, j - 1)
        is_verb = here & AUXILIARY and not previous & (QUESTION | SUBJECT | MAYBE_SUBJECT | THAT)
        if here & AND or is_verb or (here & SUBJECT and not previous & THAT):
            return j - 1
    return stop


@compiled_step
def scope(text, i, last, kind, first, end):
    """Return the first and last token of a cue's scope, -1 where it has none."""
    if kind == AFFIX:
        return _affix_scope(text, i, first, end)
    if kind == QUANTIFIER and is_answer(text, last, end):
        return -1, -1
    start = _scope_start(text, i, last, kind, first)
    if kind == PREPOSITION:
        return start, _phrase_of_preposition(text, last, end)
    return start, right(text, last, end, start > first and flag(text, start - 1) & ADVERBIAL != 0)
