"""Whose quality a hit is: what the noun phrases round a mention and a hit are of; English only.

"Smith's plan is weak" says of Smith what it says of his plan; "Smith's economy is weak" does not, nor does "weak critics of Smith" or "the Smith
treaty is weak": there the rules have a candidate and no target.
"""

import numpy as np

from analysis.english.antecedents import FUNCTION, THIRD_PERSON
from analysis.english.clauses import NAME_IN_S
from analysis.english.quotations import APOSTROPHE, EDGE, flag
from analysis.english.words import (
    ADVERB,
    AUXILIARY,
    BE,
    CALLING,
    CAPITAL,
    DETERMINER,
    ENDS_IN_S,
    FIRST_PERSON,
    GENITIVE,
    GERUND,
    LINKING,
    NO_NAME,
    NUMBER,
    OF,
    PART,
    PAST,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    TIME,
    TO,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# What a noun phrase goes on behind: a name, an owner, a word that describes. Words that it goes on for, and tokens in which an owner is looked for.
NAME, OWNER, WORD = np.int64(0), np.int64(1), np.int64(2)
_PHRASE, _FAR = 5, 60

PAUSE = (
    gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.SENTENCE_END | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE
)
_ANOTHER = ROLE | NO_NAME
_NO_NOUN = FUNCTION | ADVERB | TIME | FIRST_PERSON | THIRD_PERSON


@compiled_step
def pause_before(text, i):
    """Return the signs before token i that part it from the one before it: not the stop of an abbreviation, which ends no sentence ("Mr. Smith")."""
    gap = text.gaps[i]
    return gap & PAUSE if gap != gaps.STOP else gap & 0


@compiled_step
def _goes_on(text, i, behind, is_first):
    """Whether the noun phrase that stands behind a name, owner or word goes on with token i."""
    f = flag(text, i)
    if pause_before(text, i) or text.gaps[i] & gaps.LINE_END or text.edges[i] & EDGE or f & _NO_NOUN:
        return False
    if f & PART or (f & _ANOTHER and not f & VERB):
        return True
    if is_first and behind == OWNER:
        return True
    if f & (PAST | GERUND):
        return False
    return not f & VERB or (is_first and behind == WORD and not f & ENDS_IN_S)


@compiled_step
def _head_behind(text, last, end, behind):
    """Return the last word of the noun phrase that goes on behind token `last`, or `last` itself."""
    head = last
    for i in range(last + 1, min(end, last + 1 + _PHRASE)):
        if not _goes_on(text, i, behind, head == last):
            break
        if behind == NAME and head == last and flag(text, i) & ENDS_IN_S and not flag(text, i) & (_ANOTHER | PART):
            break  # "Smith wants"
        head = i
        if flag(text, i) & GENITIVE:
            break
    return head


@compiled_step
def _is_part(text, last, head):
    """Whether the head of the noun phrase behind token `last` is an office, quality or act of its owner."""
    f = flag(text, head)
    if f & PART and not f & GENITIVE:
        return True
    # What ends in s behind it may be its verb: "his plan fails".
    return head - 1 > last and f & ENDS_IN_S != 0 and not f & _ANOTHER and flag(text, head - 1) & PART != 0


@compiled_step
def owns(text, i):
    """Whether token i ends an owner: "Smith's", "his"."""
    return flag(text, i) & (GENITIVE | POSSESSIVE) != 0 or text.edges[i + 1] & APOSTROPHE != 0


@compiled_step
def is_of_another(text, last, end, in_headline):
    """Whether what ends at token `last` only tells which noun is meant, one that is no part of it: "Smith's economy", "the Smith deal"."""
    owner = owns(text, last)
    if not owner:
        is_plural = flag(text, last) & (ENDS_IN_S | NAME_IN_S)
        following = flag(text, last + 1) if last + 1 < end else np.int64(0)
        # "Democrats weak on", and in a headline any word may have a capital.
        if is_plural or (following & CAPITAL and in_headline):
            return False
    head = _head_behind(text, last, end, OWNER if owner else NAME)
    return head > last and not _is_part(text, last, head)


@compiled_step
def modifies_another(text, last, end):
    """Whether a hit that ends at a token is, or is said of, somebody or something that is no part of its owner: "his critics", "a strong bill"."""
    f = flag(text, last)
    if f & (FUNCTION | ADVERB):
        return False
    head = _head_behind(text, last, end, WORD)
    if head == last:
        return f & _ANOTHER != 0 and not f & (PART | CAPITAL)
    return not _is_part(text, last, head)


@compiled_step
def is_of_people(text, last, end, behind):
    """Whether the noun phrase behind token `last`, or what ends there, is people other than whom it is about: "Smith's critics", "weak allies"."""
    head = _head_behind(text, last, end, behind)
    f = flag(text, head)
    return f & _ANOTHER != 0 and not f & (PART | CAPITAL) and (head > last or behind == WORD)


@compiled_step
def is_owned_by_other(text, pronoun, verb, sentence):
    """Whether the subject before a verb is only owned by whom the pronoun stands for: "his economy is weak"."""
    if not pronoun & POSSESSIVE:
        return False
    i = verb - 1
    while i >= sentence.first and verb - i < _FAR:
        if flag(text, i) & POSSESSIVE:
            return is_of_another(text, i, verb, sentence.in_headline)
        i -= 1
    return False


@compiled_step
def is_deep(text, verb, h):
    """Whether a hit stands in a phrase that only tells more of a verb's object: "warned of the specter of bigotry".

    Behind "be" an object is what an article opens: "was guilty of weakness", but "is the author of a weak bill".
    """
    is_predicate = flag(text, verb) & (BE | LINKING) != 0
    has_noun = False
    has_article = False
    i = verb + 1
    while i < h:
        f, following = flag(text, i), flag(text, i + 1)
        if f & TO and not following & (DETERMINER | POSSESSIVE | CAPITAL):
            has_noun = has_article = False
            i += 1
        elif f & (PREPOSITION | TO):
            is_object = has_noun and (has_article or not is_predicate)
            if is_object and not following & GERUND and not (f & OF and flag(text, i - 1) & PART):
                return not flag(text, h) & GERUND and not flag(text, h - 1) & TO
            has_noun = has_article = False
        elif f & (BE | AUXILIARY | GERUND | LINKING | CALLING) and not f & PART:
            has_noun = has_article = False
        elif f & (DETERMINER | POSSESSIVE | GENITIVE):
            has_article = True
        elif not f & (ADVERB | NUMBER | PAST | VERB):
            has_noun = True
        i += 1
    return False
