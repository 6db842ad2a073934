"""What kind of content a cue reports: a clause, *that*, an infinitive, an object, marks or a turn; compiled rules for voices, English only."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import values_of
from analysis.english.quotations import Text, flag
from analysis.english.speech import (
    ADDRESS,
    AUXILIARY,
    BELIEF,
    CATEGORY,
    CLAUSE,
    CONTENT,
    CUE,
    CUE_LAST,
    FIRST,
    INFINITIVE,
    INTENTION,
    JUDGING,
    KIND,
    LAST,
    MARKS,
    NAMING,
    NOUN,
    OBJECT,
    OWNER,
    PAUSE,
    PREPOSITION,
    PRONOUN,
    SOURCE,
    SPEECH,
    SUBORDINATOR,
    THAT_CLAUSE,
    TURN,
)
from analysis.english.words import (
    ADDRESSEE,
    ADVERB,
    ARTICLE,
    BE,
    CAPITAL,
    COMPARING,
    COORDINATOR,
    DETERMINER,
    GERUND,
    NAME_LINK,
    OBJECT_PREPOSITION,
    OF,
    PAST,
    POSSESSIVE,
    QUESTION,
    RELATIVE,
    SUBJECT,
    THAT,
    THE,
    TIME,
    TO,
    VERB,
    kinds_of_words,
)
from analysis.lexicons.inflection import inflections, irregular_verbs
from analysis.tokens.compiling import compiled, compiled_step
from analysis.tokens.kept import kept_with_types
from analysis.tokens.tokens import Tokens

# What a form is for the rules: perhaps a finite verb ("failed", "fails") or surely one ("went"), what names who does it in the passive,
# a noun by which somebody owns what is said ("in her view"), what may name whose view it is ("for Holt, …"), a topic ("on tax: …").
MAYBE, SURELY, BY, OWNED, FOR, ON = 1, 2, 3, 4, 5, 6
_OWNED = "view words opinion eyes telling estimation judgment judgement reckoning account assessment verdict conclusion".split()
_REACH = 20  # words of a content in which its verb is looked for
_AFTER_VERB = DETERMINER | POSSESSIVE | PREPOSITION | PRONOUN | TO | ADDRESSEE
_NO_SUBJECT = DETERMINER | POSSESSIVE | PREPOSITION | COORDINATOR | TO | ADVERB


@kept_with_types
def roles_of(tokens: Tokens) -> npt.NDArray[np.int8]:
    """Return what each type is: 0, ``MAYBE``, ``SURELY``, ``BY``, ``OWNED``, ``FOR`` or ``ON``."""
    form_of_type, forms = tokens.form_ids
    words = pa.array(forms, pa.large_string())
    known = _finite_forms() | dict.fromkeys(_OWNED, OWNED) | {"by": BY, "for": FOR, "on": ON, "about": ON, "over": ON}
    found = values_of(words, known)
    is_past = pc.match_substring_regex(words, r"\A[a-z]{3,}ed\z").to_numpy(zero_copy_only=False)
    found[(found == 0) & is_past] = MAYBE
    return found.astype(np.int8)[form_of_type]


@cache
def _finite_forms() -> dict[str, int]:
    """Return the finite forms of the verbs that are known: past tenses that are no participles are sure."""
    found: dict[str, int] = {}
    for verb, pasts in irregular_verbs().items():
        found[inflections(verb)[1]] = MAYBE
        for past in pasts:
            found[past] = SURELY if past == pasts[0] and len(pasts) > 1 and past != verb else MAYBE
    for word, kinds in kinds_of_words().items():
        if kinds & VERB and word.endswith("s"):
            found.setdefault(word, MAYBE)
    return found


@compiled
def write_contents(text: Text, roles: npt.NDArray[np.int8], rows: npt.NDArray[np.int64]) -> None:
    """Write the kind of content of each row."""
    for k in range(len(rows)):
        rows[k, CONTENT] = _content_of(text, roles, rows[k])


@compiled_step
def _content_of(text, roles, row):
    """Return the kind of content of a row."""
    first, last, category = row[FIRST], row[LAST], row[CATEGORY]
    if row[CONTENT] == TURN:
        return TURN
    if row[KIND] >= 0 or (text.inside[first] >= 0 and text.inside[first] == text.inside[last]):
        return MARKS
    here, closing = flag(text, first), flag(text, row[CUE_LAST])
    if row[CONTENT] >= 0:
        return row[CONTENT]
    if row[CUE] > last and category < SOURCE:
        return CLAUSE if has_any_verb(text, roles, first, last) else OBJECT
    if category == SOURCE or category == OWNER:
        return CLAUSE
    if here & THAT or (closing & THAT and category == NOUN):
        return THAT_CLAUSE
    if here & TO or (closing & TO and (category == NOUN or category == INTENTION)):
        return INFINITIVE
    if category == NOUN:
        return OBJECT
    return CLAUSE if _is_clause(text, roles, row) else OBJECT


@compiled_step
def is_finite(text, roles, i):
    """Whether a token is, or may be, a finite verb other than an auxiliary."""
    role = roles[text.type_ids[i]]
    return role == MAYBE or role == SURELY


@compiled_step
def has_any_verb(text, roles, first, last):
    """Whether a verb, or what may be one, stands among words."""
    for i in range(first, last + 1):  # noqa: SIM110 - a generator is slow in compiled code
        if flag(text, i) & (AUXILIARY | VERB | GERUND) or is_finite(text, roles, i):
            return True
    return False


@compiled_step
def _is_clause(text, roles, row):
    """Whether what stands behind a cue, without *that*, is a clause or says what somebody is."""
    first, last, category = row[FIRST], row[LAST], row[CATEGORY]
    here = flag(text, first)
    if category == NAMING or category == JUDGING:
        return _is_predication(text, row)
    passive = is_passive(text, row[CUE])
    if here & (QUESTION | SUBORDINATOR) and not here & PREPOSITION:
        return category <= ADDRESS and not passive
    if here & AUXILIARY and category <= ADDRESS and not passive:
        return True
    if here & GERUND and not here & PREPOSITION and category <= ADDRESS and not passive:
        # "denied being weak", "admitted misleading the house", but "reported falling sales".
        return (
            category == SPEECH or here & AUXILIARY != 0 or (first < last and flag(text, first + 1) & _AFTER_VERB != 0)
        )
    if (category == SPEECH or category == ADDRESS) and not passive and not here & PREPOSITION:
        return True
    if here & PREPOSITION and not here & COMPARING:
        return category == SPEECH and has_clause(text, roles, first, last)
    if has_clause(text, roles, first, last):
        return not passive or category == ADDRESS
    return category == BELIEF and not passive and _is_predication(text, row)


@compiled_step
def is_passive(text, cue):
    """Whether a cue is a participle behind a form of *be*: "was ordered", "has been widely reported"."""
    if not flag(text, cue) & PAST:
        return False
    i = cue - 1
    while i > 0 and flag(text, i) & ADVERB and not text.gaps[i + 1]:
        i -= 1
    return i >= 0 and flag(text, i) & BE != 0 and not text.gaps[i + 1]


@compiled_step
def has_clause(text, roles, first, last):
    """Whether words begin with a clause: a subject and a finite verb that is not in a relative clause."""
    for i in range(first, min(last, first + _REACH) + 1):
        f = flag(text, i)
        if i > first and text.gaps[i] & PAUSE:
            return False
        if f & SUBJECT:
            return i == first
        if i == first:
            continue
        if f & (RELATIVE | THAT | SUBORDINATOR) and not f & PREPOSITION:
            return False
        before = flag(text, i - 1)
        if before & COORDINATOR and (f & AUXILIARY or is_finite(text, roles, i)):
            return False
        if f & AUXILIARY:
            if not before & TO and not f & GERUND:
                return True
        elif not before & _NO_SUBJECT and _is_predicate(text, roles, (first, i, last)):
            return True
    return False


@compiled_step
def _is_predicate(text, roles, places):
    """Whether the word at the middle of three places, a content's first and last token round it, is a verb of its clause."""
    first, i, last = places
    sure = roles[text.type_ids[i]]
    if sure != MAYBE or flag(text, i) & CAPITAL:
        return sure == SURELY
    if i == last:
        return False
    # "sales hit by rain", "a deal signed in May": a participle; "reported increased sales" has one before its noun.
    following = flag(text, i + 1)
    if following & OBJECT_PREPOSITION and flag(text, first) & (ARTICLE | DETERMINER):
        return False
    return following & (DETERMINER | POSSESSIVE | PREPOSITION | TO | ADVERB | PRONOUN | TIME | THAT) != 0


@compiled_step
def _is_predication(text, row):
    """Whether an object is said to be something: "called the bill weak", "accused her of weakness", "saw it as weak"."""
    first, last, calls = row[FIRST], row[LAST], row[CATEGORY] != BELIEF
    passive = is_passive(text, row[CUE])
    if calls and flag(text, row[CUE_LAST]) & OF:
        return True
    for i in range(first, min(last, first + _REACH)):
        f, following = flag(text, i), flag(text, i + 1)
        if i > first and text.gaps[i] & PAUSE:
            break
        if i > first and f & (RELATIVE | SUBORDINATOR | THAT) and not f & PREPOSITION:
            return False
        if f & COMPARING and f & PREPOSITION and not f & OBJECT_PREPOSITION:
            return i > first or passive
        if calls and f & OF:
            return i > first or passive
        if calls and f & NAME_LINK and f & OBJECT_PREPOSITION and following & (POSSESSIVE | DETERMINER):
            return True
    return not passive and row[CATEGORY] == NAMING and _has_complement(text, first, last)


@compiled_step
def _has_complement(text, first, last):
    """Whether more than a definite object stands there: "the bill weak", "him a failure", "Nair weak"."""
    f = flag(text, first)
    i = first + 1
    if f & (THE | POSSESSIVE):
        i += 1
    elif f & CAPITAL:
        while i <= last and flag(text, i) & CAPITAL and not text.gaps[i]:
            i += 1
    elif not f & (PRONOUN | ADDRESSEE):
        return False
    ends_it = PREPOSITION | COORDINATOR | TIME | TO | CAPITAL | ADVERB | AUXILIARY
    return i <= last and not text.gaps[i] & PAUSE and not flag(text, i) & ends_it
