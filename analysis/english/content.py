"""Where what is said begins and ends, and the noun phrases that say by whom: compiled rules for voices; English only."""

from analysis.english.phrases import phrase_end
from analysis.english.quotations import flag, opens
from analysis.english.speech import (
    ADDRESS,
    AUXILIARY,
    BELIEF,
    FUNCTION,
    NAMING,
    PAUSE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
)
from analysis.english.words import (
    ADDRESSEE,
    CAPITAL,
    COORDINATOR,
    DETERMINER,
    ENDS_IN_S,
    GENITIVE,
    GERUND,
    MEDIUM,
    NUMBER,
    POSSESSIVE,
    RELATIVE,
    THAT,
    TIME,
    TO,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step


@compiled_step
def is_sentence_case(text, start, end):
    """Whether capitals mean something here: a word that is no function word begins with a small letter."""
    small = 0
    for i in range(start, min(end, start + 40)):
        small += flag(text, i) & (FUNCTION | CAPITAL | NUMBER) == 0
    return 4 * small > min(end - start, 40)


@compiled_step
def has_verb(text, first, last):
    """Whether an auxiliary stands between two tokens."""
    for i in range(first, last):  # noqa: SIM110 - a generator is slow in compiled code
        if flag(text, i) & AUXILIARY:
            return True
    return False


@compiled_step
def holds_marks(text, first, end):
    """Whether one of some words stands within marks."""
    for i in range(first, end):  # noqa: SIM110 - a generator is slow in compiled code
        if text.inside[i] >= 0:
            return True
    return False


@compiled_step
def _addressee_end(text, i, end):
    """Return the end of the addressee: a name, or a determiner with its noun."""
    first = i
    if flag(text, i) & (DETERMINER | POSSESSIVE):
        i += 1
    capital = flag(text, i) & CAPITAL if i < end else 0
    while i < end:
        f = flag(text, i)
        if i > first and (text.gaps[i] & PAUSE or opens(text, i)):
            break
        if (
            f & (PRONOUN | DETERMINER | THAT | TO | AUXILIARY | PREPOSITION | TIME | SUBORDINATOR | POSSESSIVE)
            and i > first
        ):
            break
        if capital and not f & (CAPITAL | COORDINATOR) and i > first:
            break
        i += 1
        if flag(text, i - 1) & GENITIVE:
            capital = 0
    return i


@compiled_step
def _is_adverbial(text, i, end):
    """Whether the prepositional phrase at i tells time or medium ("in a statement", "on Tuesday", "at a rally")."""
    stop = phrase_end(text, i + 1, end)
    if stop >= end or text.gaps[stop] & gaps.COMMA or flag(text, stop) & THAT or opens(text, stop):
        return True
    for k in range(i + 1, stop):
        if flag(text, k) & (MEDIUM | TIME):
            return True
    return stop == i + 1


@compiled_step
def _is_infinitive(text, i, end):
    """Whether a verb follows *to*: "promised to rebuild the wall", but "promised to voters that"."""
    if i + 2 >= end or text.gaps[i + 2] & PAUSE:
        return False
    f, following = flag(text, i + 1), flag(text, i + 2)
    if f & (CAPITAL | NUMBER | DETERMINER | POSSESSIVE | PRONOUN | ADDRESSEE | ENDS_IN_S | PREPOSITION):
        return False
    return f & (VERB | AUXILIARY) != 0 or following & (DETERMINER | POSSESSIVE | ADDRESSEE) != 0


@compiled_step
def content_start(text, i, end, category):
    """Return where what is said begins after a cue: past the addressee and adverbials ("told CNN on Tuesday that")."""
    if category > ADDRESS or i >= end:
        return i
    n_nouns = 1 if category != ADDRESS else 0
    while i < end:
        f = flag(text, i)
        if opens(text, i) or f & THAT or text.gaps[i] & (gaps.COLON | gaps.COMMA):
            return i
        if f & TIME and not f & AUXILIARY:
            i += 1
        elif f & TO and _is_infinitive(text, i, end):
            return i
        elif f & (PREPOSITION | TO):
            if category != ADDRESS and not _is_adverbial(text, i, end):
                return i
            i = phrase_end(text, i + 1, end)
        elif n_nouns == 0:
            n_nouns = 1
            i = i + 1 if f & ADDRESSEE else _addressee_end(text, i, end)
        else:
            return i
    return i


@compiled_step
def content_end(text, first, end, category):
    """Return the end of what is said, by category."""
    for i in range(first + 1, end):
        if text.inside[i] >= 0 and text.inside[i - 1] == text.inside[i]:
            continue
        if text.gaps[i] & gaps.SEMICOLON:
            return i
        if category < BELIEF:
            continue
        f = flag(text, i)
        if text.gaps[i] & gaps.DASH:
            return i
        if text.gaps[i] & gaps.COMMA and f & (COORDINATOR | RELATIVE | SUBORDINATOR | GERUND | PRONOUN | PREPOSITION):
            return i
        if category >= NAMING and f & (SUBORDINATOR | RELATIVE) and not f & PREPOSITION:
            return i
    return end


@compiled_step
def left_start(text, floor, end):
    """Return where content to the left begins: past a leading "but" or "and" outside of marks."""
    if floor < end and text.inside[floor] < 0 and flag(text, floor) & COORDINATOR:
        return floor + 1
    return floor


@compiled_step
def only_adjunct(text, right, end):
    """Whether a few words without a verb are left behind a cue ("in the lobby"), too little to be what was said."""
    return (
        end - right < 8
        and not opens(text, right)
        and not has_verb(text, right, end)
        and not flag(text, right) & (THAT | TO | PRONOUN)
    )


@compiled_step
def is_title(text, first, last):
    """Whether words in marks are capitalised like a title."""
    small = PREPOSITION | DETERMINER | COORDINATOR | TO | POSSESSIVE
    for i in range(first, last + 1):
        if not flag(text, i) & (CAPITAL | NUMBER | small):
            return False
    return last > first
