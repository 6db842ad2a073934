"""The words of one string, cut and normalised as the corpus is: for lexicon entries and search patterns."""

import re

import numpy as np

from analysis.tokens import kernel
from analysis.tokens.unicode import fold, normalise, tables

# Two letters of Linear B stand in for the wildcards while an entry is cut into words, so that * and ? count as letters.
_AS_LETTERS = str.maketrans({"*": "\U00010000", "?": "\U00010001"})
_AS_WILDCARDS = str.maketrans({"\U00010000": "*", "\U00010001": "?"})
# Letters that stand as they are in NFC, so that cutting at spaces is all there is to do; most entries are such words.
PLAIN_WORDS = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]+\*?(?: [A-Za-z0-9À-ÖØ-öø-ÿ]+\*?)*")
_FEW_SLOTS = 1 << 6


def words(text: str) -> list[str]:
    """Return the words of `text` in NFC, with one kind of apostrophe and without invisible characters."""
    data = np.frombuffer(text.encode("utf-8") or b" ", np.uint8)
    bounds = np.array([[0, len(data)]], np.int64)
    size = len(data) // 2 + 1
    ids, starts, before = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.uint32)
    characters, table = tables(), kernel.empty_type_table(_FEW_SLOTS)
    n, _, spellings, type_bounds, _ = kernel.encode(
        (data, data, data), bounds, characters.index, characters.blocks, *table,
        ids, starts, before, 0, np.empty(1, np.int64), np.empty(1, np.uint32),
    )  # fmt: skip
    return [
        normalise(bytes(spellings[type_bounds[type_id] : type_bounds[type_id + 1]]).decode("utf-8"))
        for type_id in ids[:n].tolist()
    ]


def pattern_words(entry: str) -> list[str]:
    """Return the words of a lexicon entry with its wildcards ``*`` and ``?`` in them; case is kept."""
    if PLAIN_WORDS.fullmatch(entry):
        return entry.split(" ")
    return [word.translate(_AS_WILDCARDS) for word in words(entry.translate(_AS_LETTERS))]


def folded_word(word: str) -> str:
    """Return a pattern word with its case folded."""
    return word.lower() if word.isascii() else fold(word)
