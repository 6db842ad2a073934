"""The clauses of a sentence and the subject of each, decided from word lists, capitals and the gap bits; English only."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

BE, AUXILIARY, LINKING, REPORTING, JUDGING, CALLING, VERB = (1 << bit for bit in range(7))
DETERMINER, POSSESSIVE_PRONOUN, PREPOSITION, OBJECT_PREPOSITION = (1 << bit for bit in range(7, 11))
COORDINATOR, SUBORDINATOR, RELATIVE = (1 << bit for bit in range(11, 14))
HE, SHE, IT, THEY, FIRST_PERSON, SUBJECT_PRONOUN = (1 << bit for bit in range(14, 20))
ADVERB, TITLE, CAPITAL, PAST, GERUND, GENITIVE, ENDS_IN_S = (1 << bit for bit in range(20, 27))

FINITE = BE | AUXILIARY | LINKING | REPORTING | VERB | PAST
FUNCTION = (
    DETERMINER | POSSESSIVE_PRONOUN | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | BE | AUXILIARY | SUBJECT_PRONOUN
)
THIRD_PERSON = HE | SHE | IT | THEY

_SECTIONS = {
    "[be]": BE,
    "[auxiliary]": AUXILIARY,
    "[linking verbs]": LINKING | VERB,
    "[reporting verbs]": REPORTING | VERB,
    "[judging verbs]": JUDGING | VERB,
    "[calling verbs]": CALLING | VERB,
    "[verbs]": VERB,
    "[determiners]": DETERMINER,
    "[possessives]": POSSESSIVE_PRONOUN,
    "[prepositions]": PREPOSITION,
    "[objects]": OBJECT_PREPOSITION,
    "[coordinators]": COORDINATOR,
    "[subordinators]": SUBORDINATOR,
    "[relatives]": RELATIVE,
    "[he]": HE,
    "[she]": SHE,
    "[it]": IT,
    "[they]": THEY,
    "[first person]": FIRST_PERSON,
    "[subject pronouns]": SUBJECT_PRONOUN,
    "[adverbs]": ADVERB,
    "[titles]": TITLE,
}

NONE, OTHER = -1, -2


@cache
def _words() -> dict[str, int]:
    flags: dict[str, int] = {}
    section = 0
    for line in Path(__file__).with_name("clause_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = _SECTIONS[line]
        elif not line.startswith("#"):
            for word in line.split():
                for form in _inflected(word) if section & VERB else (word,):
                    flags[form] = flags.get(form, 0) | section
    return flags


def _inflected(verb: str) -> tuple[str, ...]:
    """Return a verb with its regular forms; for an irregular form that is listed itself the made forms match nothing."""
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    doubled = verb + verb[-1]
    sibilant = verb.endswith(("s", "x", "sh", "ch", "z"))
    return verb, verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing", doubled + "ing", doubled + "ed"


def clause_flags(tokens: Tokens) -> npt.NDArray[np.uint32]:
    """Return what the clause rules need to know of each type, as a bit set."""
    words = _words()
    pairs = zip(tokens.types, tokens.folded, strict=True)
    return np.fromiter((words.get(folded, 0) | _spelling(spelling, folded) for spelling, folded in pairs), np.uint32, len(tokens.types))


def _spelling(spelling: str, folded: str) -> int:
    flags = 0
    if folded.endswith(("'s", "s'")):
        flags |= GENITIVE
    if spelling[0].isupper():
        return flags | CAPITAL
    if folded.endswith("ed") and len(folded) > 4:
        flags |= PAST
    elif folded.endswith("ing") and len(folded) > 5:
        flags |= GERUND
    elif folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        flags |= ENDS_IN_S
    elif folded.endswith("ly"):
        flags |= ADVERB
    return flags
