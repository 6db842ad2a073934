"""English words and their kinds: one bit set a type, which every rule for English asks.

``words.txt`` and ``first_names.txt`` list the words; what a word's spelling tells (a capital, an ending) is added here.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import values_of
from analysis.core.errors import FramingError
from analysis.core.shipped import shipped
from analysis.lexicons import read_lexicon
from analysis.lexicons.inflection import inflections, irregular_pasts, irregular_verbs_file
from analysis.lexicons.spelling import other_spelling
from analysis.tokens.kept import kept_with_types
from analysis.tokens.sentences import abbreviations_file, title_abbreviations
from analysis.tokens.tokens import Tokens

CUES = shipped("cues.yml")
Flags = npt.NDArray[np.int64]

# The kinds that the files name. "addressee" is who is told without "to" ("told him"), "object preposition" joins a phrase to what it
# is about ("contempt for"), "half auxiliary" a verb that stands before another verb like one ("seems to say"), "bare auxiliary" one that
# is none in its other forms ("need he go", "he needs it"), "half subordinator" one whose clause is no adverbial, or that begins none
# ("whether", "not once"), "title part" a word that belongs to a title only beside one ("Shadow Secretary"), "no name" a word with a
# capital that is none, "never owned" a word before which no possessive stands, "cut short" a word that an apostrophe can end, "no adverb"
# a word in -ly that is none, "transitive" a cue whose object is somebody or something rather than a clause ("hates him", "asked him"), "part"
# an office, quality or act that is somebody's own, so that what is said of it is said of him ("her leadership", "his plan").
KINDS = (
    "male", "female", "subject", "pronoun", "he", "she", "it", "they", "first person", "addressee", "demonstrative", "determiner",
    "article", "possessive", "preposition", "object preposition", "preposition or conjunction", "comparing", "coordinator",
    "subordinator", "half subordinator", "question", "relative", "contrast", "that", "to", "of", "the", "and", "or", "with", "no", "auxiliary", "be",
    "half auxiliary", "bare auxiliary", "holds a negation", "verb", "linking", "calling", "opposing", "adverb", "time", "title",
    "title part", "role", "thing", "medium", "no name", "name link", "never owned", "elided", "cut short", "part", "no adverb", "transitive",
)  # fmt: skip
# What the spelling tells, and whether a verb is a cue of saying or believing that reports a clause.
CAPITAL, NUMBER, INITIAL, GENITIVE, PAST, GERUND, ENDS_IN_S, IN_LY, REPORTING = (1 << bit for bit in range(9))
(
    MALE, FEMALE, SUBJECT, PRONOUN, HE, SHE, IT, THEY, FIRST_PERSON, ADDRESSEE, DEMONSTRATIVE, DETERMINER,
    ARTICLE, POSSESSIVE, PREPOSITION, OBJECT_PREPOSITION, PREPOSITION_OR_CONJUNCTION, COMPARING, COORDINATOR,
    SUBORDINATOR, HALF_SUBORDINATOR, QUESTION, RELATIVE, CONTRAST, THAT, TO, OF, THE, AND, OR, WITH, NO, AUXILIARY, BE,
    HALF_AUXILIARY, BARE_AUXILIARY, HOLDS_NEGATION, VERB, LINKING, CALLING, OPPOSING, ADVERB, TIME, TITLE,
    TITLE_PART, ROLE, THING, MEDIUM, NO_NAME, NAME_LINK, NEVER_OWNED, ELIDED, CUT_SHORT, PART, NO_ADVERB, TRANSITIVE,
) = (1 << 9 + bit for bit in range(len(KINDS)))  # fmt: skip
# The flags of a type are 63 bits; the last two kinds are asked only while the list is read.
_IN_FLAGS = NO_ADVERB - 1
# A form of a verb has these kinds of its plain form, not what that is as a noun ("tweet").
_OF_VERBS = VERB | LINKING | CALLING | OPPOSING | HALF_AUXILIARY | TRANSITIVE
# What a word with a possessive 's still is.
_OF_NOUNS = MALE | FEMALE | TITLE | TITLE_PART | ROLE | THING | MEDIUM | TIME | NO_NAME | PART
_JOINED = {"'m": BE, "'re": BE, "'s": BE, "'ve": AUXILIARY, "'d": AUXILIARY, "'ll": AUXILIARY}
_TAKES_VERB = SUBJECT | PRONOUN | DEMONSTRATIVE | THAT | RELATIVE | QUESTION
# Categories of cues whose verbs report a clause: "says he is weak", "thinks he is weak". One that links has a predicate of its
# subject ("seems weak"), one that calls or is transitive an object ("considers him weak", "urged him").
_REPORTING = ("speech", "announcement", "remark", "address", "belief")


@cache
def word_files() -> tuple[Path, ...]:
    """Return the lists of English words that the rules read, beside the lexicons."""
    here = Path(__file__)
    words, first_names, labels = (here.with_name(f"{name}.txt") for name in ("words", "first_names", "labels"))
    return words, first_names, irregular_verbs_file(), abbreviations_file(), labels


def listed(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each word of a list with its kinds.

    Raises
    ------
    FramingError
        When a line is no word with kinds, or names a kind that is none of `KINDS`.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        word, _, kinds = line.partition(": ")
        names = kinds.split(", ")
        unknown = [name for name in names if name not in KINDS]
        if unknown:
            raise FramingError(
                f"{path.name}, line {number}: {word!r} is of kind {unknown[0]!r}; write 'word: kind, kind' with kinds of {', '.join(KINDS)}"
            )
        yield word, names


@cache
def kinds_of_words() -> dict[str, int]:
    """Return the kinds of each word as a bit set: of listed words, forms of verbs, both spellings, and words joined to a verb."""
    kinds = dict.fromkeys(title_abbreviations(), TITLE)
    for path in word_files()[:2]:
        for word, names in listed(path):
            kinds[word] = kinds.get(word, 0) | sum(MALE << KINDS.index(name) for name in names)
    for word, kind in list(kinds.items()):
        if kind & PART:
            _add(kinds, inflections(word)[1:2], PART)
        if kind & _OF_VERBS:
            _add(kinds, inflections(word), kind & _OF_VERBS | VERB)
        if kind & _TAKES_VERB:
            for ending, joined in _JOINED.items():
                _add(kinds, (word + ending,), kind | joined)
    for word, kind in list(kinds.items()):
        _add(kinds, filter(None, [other_spelling(word)]), kind)
    for word in irregular_pasts() & kinds.keys():
        kinds[word] |= PAST
    for word in _reporting_cues():
        reports = kinds.get(word, 0) & (VERB | LINKING | CALLING | TRANSITIVE) == VERB
        _add(kinds, (word,), REPORTING * reports | PAST * (word in irregular_pasts()))
    return kinds


def _add(kinds: dict[str, int], words: Iterator[str] | tuple[str, ...], kind: int) -> None:
    for word in words:
        kinds[word] = kinds.get(word, 0) | kind


def _reporting_cues() -> list[str]:
    return [entry.text for entry in read_lexicon(CUES).entries if entry.category in _REPORTING]


def _kinds_of(forms: list[str]) -> Flags:
    """Return the kinds of each form as the lists and its ending tell them."""
    known, words = kinds_of_words(), pa.array(forms, pa.large_string())
    kinds = values_of(words, {word: kind & _IN_FLAGS for word, kind in known.items()})
    no_adverbs = values_of(words, {word: 1 for word, kind in known.items() if kind & NO_ADVERB})
    kinds[_matches(words, "ly$") & (no_adverbs == 0)] |= IN_LY
    for i in np.flatnonzero(_matches(words, "n't$")).tolist():
        kinds[i] |= HOLDS_NEGATION | (known.get(forms[i].removesuffix("n't"), 0) & BE or AUXILIARY)
    return kinds


@kept_with_types
def word_flags(tokens: Tokens) -> Flags:
    """Return the kinds of each type as a bit set."""
    form_of_type, forms = tokens.form_ids
    flags = _kinds_of(forms)[form_of_type]
    spellings, folded, bare = (
        pa.array(texts, pa.large_string()) for texts in (tokens.types, tokens.folded, tokens.forms)
    )
    owned = pc.not_equal(folded, bare).to_numpy(zero_copy_only=False)
    flags[owned] = flags[owned] & _OF_NOUNS | GENITIVE
    capital = _matches(spellings, r"^\p{Lu}")
    flags[capital] |= CAPITAL
    flags[_matches(spellings, "^[0-9]")] |= NUMBER
    flags[tokens.type_lengths == 1] |= INITIAL
    flags[_matches(folded, "...ed$")] |= PAST
    flags[_matches(folded, "...ing$")] |= GERUND
    flags[_matches(folded, "[^sui']s$")] |= ENDS_IN_S
    flags[(flags & IN_LY != 0) & ~capital] |= ADVERB
    return flags


def _matches(words: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(words, pattern).to_numpy(zero_copy_only=False), np.bool_)
