"""What the rules of speech know of a word and of a cue, and the columns of a row that they write; English only."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.english.quotations import ends_in, flags_of_words
from analysis.tokens import gaps
from analysis.tokens.tokens import Tokens

PRONOUN, DETERMINER, POSSESSIVE, PREPOSITION, COORDINATOR, SUBORDINATOR, RELATIVE, THAT = (1 << bit for bit in range(8))
TO, AUXILIARY, ADVERB, TIME, CAPITAL, NUMBER, GENITIVE, OBJECT = (1 << bit for bit in range(8, 16))
GERUND, PAST, OF, MEDIUM, BE, ENDS_IN_S, ARTICLE = (1 << bit for bit in range(16, 23))

_WORDS = {
    PRONOUN: "he she they we i you it he's she's they're we're i'm you're it's he'd she'd they'd we'd i'd you'd he'll she'll "
    "they'll we'll i'll you'll it'll i've we've they've you've there there's who's everyone everybody nobody someone",
    DETERMINER: "the a an this these those some any every each no all both another such many most several few other one two "
    "three four five six seven eight nine ten half",
    ARTICLE: "the a an this these those every each no any such",
    POSSESSIVE: "his her their its my our your whose",
    PREPOSITION: "of in on at by for with from into onto about over under against between among during through without "
    "within toward towards upon across behind beyond around near off out up down despite per via amid as than after before",
    COORDINATOR: "and or but nor yet",
    SUBORDINATOR: "because while if when although though since unless until where whereas whether why how what after before as once",
    RELATIVE: "who which whom whose",
    THAT: "that",
    TO: "to",
    AUXILIARY: "is are was were am be been being has have had having do does did will would can could may might must shall "
    "should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't "
    "shouldn't mustn't ain't seems seemed appears appeared",
    BE: "is are was were am be been being isn't aren't wasn't weren't i'm he's she's it's they're we're you're",
    ADVERB: "not never also now still just only even again ever always often already really simply then later once first "
    "recently repeatedly publicly previously earlier soon instead too perhaps further longer thus therefore however both",
    TIME: "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow january february march "
    "april may june july august september october november december week month year morning night afternoon evening "
    "weekend recently earlier later last next ago days weeks months years hours",
    OBJECT: "him her them us me it you himself herself themselves reporters",
    OF: "of",
    PAST: "said told wrote written thought knew known felt saw seen found swore sworn foresaw understood meant sought heard held "
    "forgot chose spoke shown went made put hit shot took taught read cast",
    MEDIUM: "statement interview email e-mail tweet speech letter memo press news conference briefing report rally town hall "
    "phone telephone call post facebook twitter tv television radio show program reporters supporters crowd audience "
    "debate article column essay op-ed editorial testimony",
}  # fmt: skip

SPEECH, ADDRESS, EVIDENCE, BELIEF, INTENTION, STANCE, SOURCE, NOUN = range(8)
CATEGORIES = ("speech", "address", "evidence", "belief", "intention", "stance", "source", "noun")

FUNCTION = (
    PRONOUN | DETERMINER | POSSESSIVE | PREPOSITION | COORDINATOR | SUBORDINATOR | RELATIVE | THAT | TO | AUXILIARY
)

PAUSE = np.uint32(gaps.COMMA | gaps.COLON | gaps.SEMICOLON | gaps.DASH | gaps.BRACKET_OPEN | gaps.BRACKET_CLOSE)


def word_flags(tokens: Tokens) -> npt.NDArray[np.uint32]:
    """Return what the speech rules need to know of each type, as a bit set."""
    flags = flags_of_words(tokens, {flag: words.split() for flag, words in _WORDS.items()})
    spellings = pa.array(tokens.types, pa.large_string())
    capital = np.asarray(pc.match_substring_regex(spellings, r"^\p{Lu}").to_numpy(zero_copy_only=False), np.bool_)
    known = flags != 0
    flags[capital] |= CAPITAL
    flags[ends_in(tokens, "'s") & ~known] |= GENITIVE
    flags[np.asarray(pc.match_substring_regex(spellings, "^[0-9]").to_numpy(zero_copy_only=False), np.bool_)] |= NUMBER
    flags[ends_in(tokens, "ing")] |= GERUND
    flags[ends_in(tokens, "ed")] |= PAST
    flags[ends_in(tokens, "ly") & ~capital] |= ADVERB
    flags[ends_in(tokens, "[^sui']s")] |= ENDS_IN_S
    return flags


# Columns of a row that the kernel writes.
FIRST, LAST, CUE, CUE_LAST, MENTION, MENTION_LAST, KIND = range(7)
DIRECT, INDIRECT, SCARE, MIXED, TITLE = 1, 2, 3, 4, 5
