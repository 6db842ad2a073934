"""What the subject of a hit's clause tells of the hit: passives, fronted phrases, and what somebody says of himself; English only."""

import numpy as np

from analysis.english.antecedents import (
    FUNCTION,
    NONE,
    PREPOSITION,
    RELATIVE,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    THIRD_PERSON,
    is_name,
    speaker_of,
)
from analysis.english.quotations import flag
from analysis.english.words import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    BE,
    CALLING,
    COMPARING,
    COORDINATOR,
    DETERMINER,
    FIRST_PERSON,
    GENITIVE,
    GERUND,
    LINKING,
    OF,
    PAST,
    POSSESSIVE,
    REPORTING,
    ROLE,
    THE,
    TITLE,
    TO,
    VERB,
)
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled_step

# Reaches in tokens: of a phrase, from a predicate to its verb, and of a clause, however long it is without stops.
PREDICATE, REACH = 4, 60


@compiled_step
def clause_of(clauses, h, s):
    """Return subject and verb of the clause that token h of a sentence from s on stands in."""
    clause = clauses.of[h - s]
    return clauses.subject[clause], clauses.verb[clause]


@compiled_step
def is_his_own(named, m, h):
    """Whether a hit stands in words of the very target that a mention outside these words names."""
    speaker = speaker_of(named, h)
    return speaker >= 0 and named.target[m] == speaker and named.speaker[named.first[m]] != speaker


@compiled_step
def speaks_of_himself(text, h, s, clauses):
    """Whether a speaker says the hit of himself: "I …", "said he …", "denied being …", "promised to …" and no noun in between."""
    clause = clauses.of[h - s]
    verb = clauses.verb[clause]
    if verb < 0 or verb > h:
        return clauses.pronoun[clause] != 0 and verb < 0
    if not clauses.pronoun[clause] and text.inside[h] < 0 and not flag(text, verb) & (REPORTING | GERUND):
        return True
    if not clauses.pronoun[clause] and not flag(text, verb) & GERUND:
        i = verb + 1
        while i < h and flag(text, i) & ADVERB:
            i += 1
        return i < h and flag(text, i) & TO != 0 and _is_near(text, verb, h)
    return _is_near(text, verb, h)


@compiled_step
def _is_near(text, verb, h):
    """Whether a hit is a verb, or stands behind it in the verb's group or as its predicate."""
    is_predicate = False
    for i in range(verb, h):
        f = flag(text, i)
        is_predicate |= f & (BE | LINKING) != 0
        in_group = f & (BE | AUXILIARY | VERB | PAST | GERUND | ADVERB | TO)
        if h - i > REACH or not (in_group or (is_predicate and h - i <= PREDICATE and not f & PREPOSITION)):
            return False
    return True


@compiled_step
def called(text, named, h, sentence, clauses):
    """Return whom a passive calls or accuses of what the hit says ("was accused of weakness", "Seen as weak, Smith …"), else NONE."""
    s = sentence.first
    subject, verb = clause_of(clauses, h, s)
    begin = _begin_of(clauses, h, s)
    if verb < 0 and begin < h and flag(text, begin) & CALLING:
        return fronted(text, named, h, sentence, clauses)
    if verb < 0 or verb > h or subject == NONE:
        return NONE
    is_passive = flag(text, verb) & BE != 0
    if sentence.in_headline and verb < h and flag(text, verb) & CALLING and flag(text, verb) & PAST:
        is_passive = verb + 1 == h or flag(text, verb + 1) & (PREPOSITION | COMPARING | ARTICLE) != 0
    for i in range(verb, min(h + 1, verb + REACH)):
        f = flag(text, i)
        is_passive |= f & BE != 0
        if is_passive and f & CALLING and f & PAST:
            return subject
    return NONE


@compiled_step
def _begin_of(clauses, h, s):
    """Return the first token of the clause of token h, or that REACH tokens before it."""
    begin = h
    while begin > s and h - begin < REACH and clauses.of[begin - 1 - s] == clauses.of[h - s]:
        begin -= 1
    return begin


@compiled_step
def urged(text, named, h, s, clauses):
    """Return whom the clause of a hit urges or helps to be what it says ("urged Smith to be strong"), else NONE."""
    _, verb = clause_of(clauses, h, s)
    if verb < 0 or verb + 1 >= h:
        return NONE
    m = np.int64(named.at[verb + 1])
    if m < 0 or named.last[m] + 1 >= h or not flag(text, named.last[m] + 1) & TO:
        return NONE
    return m if _is_near(text, named.last[m] + 1, h) else NONE


@compiled_step
def is_participle(text, h, s, clauses):
    """Whether a hit is the participle of a passive: whoever follows its preposition did it ("was attacked by")."""
    _, verb = clause_of(clauses, h, s)
    return 0 <= verb < h and h - verb <= PREDICATE and flag(text, verb) & BE != 0 and flag(text, h) & PAST != 0


@compiled_step
def is_within_subject(text, named, m, h, s, clauses):
    """Whether mention m only tells who the subject is of which the clause says the hit: "The man who met Smith was weak".

    What somebody has done or owns ("the campaign of Smith") is his.
    """
    subject, verb = clause_of(clauses, h, s)
    if subject == NONE or subject >= 0 or verb < 0 or not s <= named.last[m] < verb or not _is_near(text, verb, h):
        return False
    if clauses.of[named.first[m] - s] != clauses.of[h - s]:
        return clauses.of[named.first[m] - s] == clauses.of[h - s] - 1 and _begin_of(clauses, h, s) == verb
    return _tells_who(text, named, m, s, verb)


@compiled_step
def _tells_who(text, named, m, s, verb):
    """Whether a mention before a verb belongs to the person who is its subject: "the aide to Smith", "Smith's aide"."""
    first, last = named.first[m], named.last[m]
    if flag(text, last) & GENITIVE:
        i = last + 1
        while i < min(verb, last + PREDICATE) and not flag(text, i) & ROLE:
            i += 1
        return i < verb and flag(text, i) & ROLE != 0
    i = first - 1
    while i > s and first - i < PREDICATE and not flag(text, i) & PREPOSITION:
        i -= 1
    if i <= s or not flag(text, i) & PREPOSITION:
        return False
    return not flag(text, i) & OF or flag(text, i - 1) & ROLE != 0


@compiled_step
def fronted(text, named, h, sentence, clauses):
    """Return the subject of the main clause behind a fronted phrase that holds the hit ("Far from weak, Smith …"), else NONE."""
    s = sentence.first
    begin = _begin_of(clauses, h, s)
    if begin > s and flag(text, begin) & (COORDINATOR | SUBORDINATOR) == 0:
        return NONE
    is_noun = _describes(text, begin, h)
    if is_noun < 0:
        return NONE
    clause = clauses.of[h - s]
    for i in range(h + 1, min(sentence.end, h + REACH)):
        c = clauses.of[i - s]
        if c == clause:
            continue
        subject, verb = clauses.subject[c], clauses.verb[c]
        if not text.gaps[i] & gaps.COMMA or text.inside[i] != text.inside[h]:
            return NONE
        is_said = verb >= 0 and flag(text, verb) & REPORTING
        if is_said and (is_noun or verb + 1 == sentence.end or not _opens_words(text, verb + 1)):
            return NONE
        if verb >= 0 or subject >= 0:
            return subject if _begins_with(text, named, i, subject) else NONE
        clause = c
    return NONE


@compiled_step
def _opens_words(text, i):
    """Whether what somebody says begins at token i, rather than the end of "…, Smith said on Monday"."""
    return flag(text, i) & (RELATIVE | SUBJECT_PRONOUN | DETERMINER | TO) != 0 and not text.gaps[i] & gaps.COMMA


@compiled_step
def _describes(text, begin, h):
    """Return 0 for a phrase that describes whoever comes next, 1 where it is a noun with "a", -1 where it does not."""
    i = begin
    while i < h and flag(text, i) & (ADVERB | COORDINATOR | SUBORDINATOR) and not flag(text, i) & COMPARING:
        i += 1
    f = flag(text, i)
    if f & COMPARING or i == h:
        return 0
    if f & ARTICLE and not f & THE:
        return 1 if h - i <= PREDICATE else -1
    if f & PREPOSITION:
        is_his = flag(text, h - 1) & POSSESSIVE and flag(text, h - 1) & THIRD_PERSON
        return 0 if is_his or flag(text, i + 1) & GERUND else -1
    return -1 if f & (FUNCTION | FIRST_PERSON) or (i > begin and is_name(f)) else 0


@compiled_step
def _begins_with(text, named, i, subject):
    """Whether the clause that begins at token i begins with its subject, which is a mention or a pronoun that stands for one."""
    if subject < 0:
        return False
    j, end = i, min(i + PREDICATE, len(named.at) - 1)
    while j < end and named.at[j] < 0 and flag(text, j) & (DETERMINER | TITLE) and not flag(text, j) & SUBJECT_PRONOUN:
        j += 1
    return named.at[j] == subject or flag(text, j) & SUBJECT_PRONOUN != 0
