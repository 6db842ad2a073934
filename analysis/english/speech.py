"""What the rules of speech know of a word and of a cue, and the columns of a row that they write; English only."""

import numpy as np

from analysis.english import words
from analysis.tokens import gaps

PRONOUN = words.SUBJECT | words.PRONOUN
PREPOSITION = words.PREPOSITION | words.COMPARING | words.PREPOSITION_OR_CONJUNCTION
SUBORDINATOR = words.SUBORDINATOR | words.HALF_SUBORDINATOR | words.QUESTION
AUXILIARY = words.AUXILIARY | words.BE | words.HALF_AUXILIARY

# Categories of cues, those of saying first: rules ask whether one stands before another. OWNER is none of the lexicon: "in Holt's view".
SPEECH, ANNOUNCEMENT, REMARK, ADDRESS, EVIDENCE, BELIEF, INTENTION, NAMING, JUDGING, STANCE, SOURCE, NOUN, OWNER = (
    range(13)
)
CATEGORIES = (
    "speech", "announcement", "remark", "address", "evidence", "belief", "intention", "naming", "judging", "stance", "source",
    "noun",
)  # fmt: skip

# What a cue and its content are called in tables; "" where there is no cue.
CUE_KINDS = ("", "saying", "evidence", "belief", "intention", "judging", "stance", "source phrase", "noun")
CUE_KIND_OF_CATEGORY = np.array([1, 1, 1, 1, 2, 3, 4, 5, 5, 6, 7, 8, 7, 0], np.int8)  # the last for -1, no category
CONTENT_KINDS = ("clause", "that", "infinitive", "object", "marks", "turn")
CLAUSE, THAT_CLAUSE, INFINITIVE, OBJECT, MARKS, TURN = range(6)

FUNCTION = (
    PRONOUN | words.DETERMINER | words.POSSESSIVE | PREPOSITION | words.COORDINATOR | SUBORDINATOR | words.RELATIVE | words.THAT
    | words.TO | AUXILIARY
)  # fmt: skip

# What no word of a name is.
NOT_NAME = (
    PRONOUN | words.DETERMINER | words.POSSESSIVE | words.COORDINATOR | SUBORDINATOR | words.RELATIVE | words.THAT | words.TO | AUXILIARY
    | words.ADVERB | words.TIME | PREPOSITION
)  # fmt: skip

PAUSE = np.uint32(gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)


# Columns of a row that the kernel writes.
FIRST, LAST, CUE, CUE_LAST, MENTION, MENTION_LAST, KIND, CATEGORY, CONTENT = range(9)
N_COLUMNS = 9
DIRECT, INDIRECT, SCARE, MIXED, TITLE = 1, 2, 3, 4, 5
