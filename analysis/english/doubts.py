"""Where a mention is found and the hit may yet be of somebody or something else, so that it is unresolved; English only."""

from analysis.english.antecedents import FUNCTION, PREPOSITION
from analysis.english.heads import (
    OWNER,
    WORD,
    is_deep,
    is_of_another,
    is_of_people,
    is_owned_by_other,
    modifies_another,
    owns,
    pause_before,
)
from analysis.english.quotations import flag
from analysis.english.rules import (
    ACCUSATION,
    APPOSITION,
    CLAUSE,
    COPULA,
    HEADLINE,
    MODIFIER,
    OBJECT,
    OF,
    POSSESSIVE,
    SUBJECT,
)
from analysis.english.words import (
    AUXILIARY,
    CAPITAL,
    DETERMINER,
    GENITIVE,
    GERUND,
    OBJECT_PREPOSITION,
    PAST,
    ROLE,
    TITLE,
    TO,
    VERB,
    WITH,
)
from analysis.english.words import POSSESSIVE as POSSESSIVE_PRONOUN
from analysis.tokens.compiling import compiled_step

AFTER_HIT = 3  # words of a hit's phrase behind it


@compiled_step
def preposition_of(text, last, end):
    """Return the preposition that ends a hit ("threat to") or stands behind its phrase ("hostile policy of"), -1 for none."""
    for i in range(last, min(end, last + 1 + AFTER_HIT)):
        f = flag(text, i)
        if i > last and pause_before(text, i):
            return -1
        if f & OBJECT_PREPOSITION:
            return i
        if f & FUNCTION:
            return -1
    return -1


@compiled_step
def is_doubtful(text, named, m, rule, hit, sentence, clauses):
    """Whether the hit may be of somebody or something else than mention m, which is then its candidate."""
    if rule == POSSESSIVE:
        return is_of_people(text, hit.last, sentence.end, WORD)
    if rule == MODIFIER or OBJECT <= rule <= ACCUSATION:
        return _is_doubtful_beside(text, named, m, rule, hit, sentence)
    if rule == CLAUSE and named.first[m] > hit.first:
        return True
    return rule >= COPULA and rule != HEADLINE and _is_doubtful_subject(text, named, m, rule, hit, sentence, clauses)


@compiled_step
def _is_doubtful_beside(text, named, m, rule, hit, sentence):
    """Whether a hit beside a mention may be of another: "opposed the Smith deal", "critics of Smith"; what a pronoun stands for is sure."""
    if named.first[m] <= hit.last and rule != ACCUSATION:
        return False
    if (rule == OF and _is_loose(text, hit.last, sentence.end)) or (
        rule == MODIFIER and _has_noun(text, named, m, hit)
    ):
        return True
    last, end = named.last[m], hit.first if named.first[m] < hit.first else sentence.end
    if owns(text, last):  # who criticises what is Smith's criticises Smith
        return is_of_people(text, last, end, OWNER)
    return is_of_another(text, last, end, sentence.in_headline)


@compiled_step
def _has_noun(text, named, m, hit):
    """Whether nouns stand between a hit and the mention that it seems to describe: "the weak peace deal Smith signed", not "a weak old Smith"."""
    if named.first[m] - hit.last <= 2:
        return False
    n_nouns = 0
    for i in range(hit.last + 1, named.first[m]):
        n_nouns += flag(text, i) & (TITLE | ROLE | CAPITAL | DETERMINER) == 0
    return n_nouns > 0


@compiled_step
def _is_doubtful_subject(text, named, m, rule, hit, sentence, clauses):
    """Whether what a clause says may be of another than mention m, its subject: "Smith's economy is weak", "the Smith deal failed"."""
    h, s = hit.first, sentence.first
    clause = clauses.of[h - s]
    verb, pronoun = clauses.verb[clause], clauses.pronoun[clause]
    if pronoun and rule != CLAUSE:
        if is_owned_by_other(text, pronoun, verb if verb >= 0 else h, sentence):
            return True
    elif s <= named.first[m] < h and is_of_another(text, named.last[m], h, sentence.in_headline):
        return True
    if rule == APPOSITION:
        verb = _verb_before(clauses, h - s)
        return verb >= 0 and named.first[m] < verb and is_deep(text, verb, h)
    return rule == SUBJECT and 0 <= verb < h and _is_of_other_people(text, named, m, hit, sentence)


@compiled_step
def _is_loose(text, last, end):
    """Whether a preposition joins a hit to its mention so that the quality is of both or of another: "deal with X", "critics of X"."""
    i = preposition_of(text, last, end)
    if i < 0 or flag(text, i) & (WITH | TO):
        return True
    return i > last and modifies_another(text, last, i)


@compiled_step
def _is_of_other_people(text, named, m, hit, sentence):
    """Whether a hit, which is no verb, is or describes people that its subject does something to: "met weak allies"."""
    h = hit.first
    previous = flag(text, h - 1)
    is_noun_place = previous & (DETERMINER | GENITIVE | POSSESSIVE_PRONOUN | PREPOSITION) and not previous & TO
    is_verb = flag(text, h) & (VERB | PAST | GERUND) and not is_noun_place
    if is_verb or previous & (TO | AUXILIARY) or named.last[m] == h - 1:
        return False
    return is_of_people(text, hit.last, sentence.end, WORD)


@compiled_step
def _verb_before(clauses, h):
    """Return the verb of the last clause that has one and the subject of the clause of token h, -1 for none."""
    c = clauses.of[h]
    subject = clauses.subject[c]
    while c > 0 and clauses.verb[c] < 0 and clauses.subject[c - 1] == subject:
        c -= 1
    return clauses.verb[c]
