"""Where sentences and paragraphs begin, decided from the gap bits and the types."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import values_of
from analysis.tokens import gaps
from analysis.tokens.compiling import compiled, compiled_step

LOWER, NEVER_ENDS, MAY_END, INITIAL, STARTER, NUMBERS, DIGIT, FIRST_PERSON = 1, 2, 4, 8, 16, 32, 64, 128

_TITLES = "[never end: titles]"
_SECTIONS = {
    _TITLES: NEVER_ENDS,
    "[never end]": NEVER_ENDS,
    "[may end]": MAY_END,
    "[before a number]": NUMBERS,
}

# Words that begin a sentence far more often than they follow an abbreviation inside one.
_STARTERS = frozenset(
    "the a an this that these those he she it they we you i but and so if in on at for from with as when while after "
    "before since although however there his her their its our my what who why how where some many most".split()
)

_INITIALS = re.compile(r"[A-Z](\.[A-Z])+")  # J.R. and U.S.; the last stop stands outside the word


def abbreviations_file() -> Path:
    """Return where the abbreviations are listed."""
    return Path(__file__).with_name("abbreviations.txt")


@cache
def _abbreviations() -> dict[str, str]:
    """Return the section of each abbreviation."""
    sections: dict[str, str] = {}
    section = ""
    for line in abbreviations_file().read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            sections[line] = section
    return sections


def title_abbreviations() -> list[str]:
    """Return the abbreviations that are titles, such as "mr" and "gov"."""
    return [word for word, section in _abbreviations().items() if section == _TITLES]


def type_flags(types: list[str], form_ids: tuple[npt.NDArray[np.int32], list[str]]) -> npt.NDArray[np.uint8]:
    """Return what the sentence rules need to know of each type, as a bit set."""
    form_of_type, forms = form_ids
    of_word = {word: _SECTIONS[section] for word, section in _abbreviations().items()}
    of_word |= {word: of_word.get(word, 0) | STARTER for word in _STARTERS}
    of_form = values_of(pa.array(forms, pa.large_string()), of_word).astype(np.uint8)
    spellings = pa.array(types, pa.large_string())
    # Most words begin with a small letter of ASCII.
    is_lower = pc.match_substring_regex(spellings, "^[a-z]").to_numpy(zero_copy_only=False)
    of_spelling = np.where(is_lower, np.uint8(LOWER), np.uint8(0))
    others = np.flatnonzero(~is_lower)
    of_spelling[others] = np.fromiter((_spelling_flags(types[i]) for i in others.tolist()), np.uint8, len(others))
    return of_form[form_of_type] | of_spelling if forms else of_spelling


def _spelling_flags(spelling: str) -> int:
    first = spelling[0]
    if first.islower():
        return LOWER
    if first.isdigit():
        return DIGIT
    if spelling == "I":
        return FIRST_PERSON
    if len(spelling) == 1:
        return INITIAL if first.isupper() else 0
    return MAY_END if _INITIALS.fullmatch(spelling) else 0


@compiled_step
def _begins(gap, previous, following):
    """Whether a sentence begins after a gap, from the flags of the words on both sides."""
    if gap & gaps.PARAGRAPH_END:
        return True
    if not gap & gaps.SENTENCE_END or following & LOWER:
        return False
    if gap & gaps.EXCLAMATION:
        return True
    if gap & gaps.ELLIPSIS:
        return not following & FIRST_PERSON
    if previous & (NEVER_ENDS | INITIAL) or (previous & NUMBERS and following & DIGIT):
        return False
    return not previous & MAY_END or following & STARTER != 0


@compiled
def _starts(type_ids, before, firsts, flags, sentences, paragraphs):
    n = 0
    for field in range(len(firsts) - 1):
        first, last = firsts[field], firsts[field + 1]
        blank_lines = False
        for i in range(first + 1, last):
            blank_lines |= before[i] & gaps.PARAGRAPH_END != 0
        paragraph = 1
        for i in range(first, last):
            if i == first or _begins(before[i], flags[type_ids[i - 1]], flags[type_ids[i]]):
                ends = gaps.PARAGRAPH_END if blank_lines else gaps.LINE_END
                if i > first and before[i] & ends:
                    paragraph += 1
                sentences[n] = i
                paragraphs[n] = paragraph
                n += 1
    return n


def sentence_starts(
    type_ids: npt.NDArray[np.int32],
    before: npt.NDArray[np.uint32],
    firsts: npt.NDArray[np.int64],
    flags: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the first token of each sentence and the sentence's paragraph within its field, from 1.

    A stop, an exclamation or question mark or an ellipsis ends a sentence unless a lower-case word follows, or "I" after an
    ellipsis; a stop after an abbreviation or an initial does not. A blank line always does. In a field without blank lines a line end
    that follows a sentence's end begins a paragraph.
    """
    # No sentence has less than one token; a news sentence has some twenty, so the work arrays are cut at once.
    sentences = np.empty(len(type_ids), np.int32 if len(type_ids) < 2**31 else np.int64)
    paragraphs = np.empty(len(type_ids), np.int32)
    n = _starts(type_ids, before, firsts, flags, sentences, paragraphs)
    return sentences[:n].copy(), paragraphs[:n].copy()
