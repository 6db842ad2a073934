"""What the rules of speech know of a word and of a cue, and the columns of a row that they write; English only."""

import numpy as np

from analysis.english import words
from analysis.tokens import gaps

PRONOUN = words.SUBJECT | words.PRONOUN
PREPOSITION = words.PREPOSITION | words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
SUBORDINATOR = words.SUBORDINATOR | words.HALF_SUBORDINATOR | words.QUESTION
AUXILIARY = words.AUXILIARY | words.BE | words.HALF_AUXILIARY

SPEECH, ADDRESS, EVIDENCE, BELIEF, INTENTION, STANCE, SOURCE, NOUN = range(8)
CATEGORIES = ("speech", "address", "evidence", "belief", "intention", "stance", "source", "noun")

FUNCTION = (
    PRONOUN | words.DETERMINER | words.POSSESSIVE | PREPOSITION | words.COORDINATOR | SUBORDINATOR | words.RELATIVE | words.THAT
    | words.TO | AUXILIARY
)  # fmt: skip

PAUSE = np.uint32(gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)


# Columns of a row that the kernel writes.
FIRST, LAST, CUE, CUE_LAST, MENTION, MENTION_LAST, KIND = range(7)
DIRECT, INDIRECT, SCARE, MIXED, TITLE = 1, 2, 3, 4, 5
