"""The words of one string, cut and normalised as the corpus is: for lexicon entries and search patterns."""

import re

import numpy as np

from analysis.tokens.kernel import Encoded, Texts, encode
from analysis.tokens.type_table import empty_type_table
from analysis.tokens.unicode import fold, normalise

# Two letters of Linear B stand in for the wildcards while an entry is cut into words, so that * and ? count as letters.
_AS_LETTERS = str.maketrans({"*": "\U00010000", "?": "\U00010001"})
_AS_WILDCARDS = str.maketrans({"\U00010000": "*", "\U00010001": "?"})
# Letters that stand as they are in NFC, so that cutting at spaces is all there is to do; most entries are such words.
PLAIN_WORDS = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]+\*?(?: [A-Za-z0-9À-ÖØ-öø-ÿ]+\*?)*")
_FEW_SLOTS = 1 << 6


def words(text: str) -> list[str]:
    """Return the words of `text` in NFC, with one kind of apostrophe and without invisible characters."""
    return [word for word, _ in _cut(text)]


def pattern_words(entry: str) -> list[str]:
    """Return the words of a lexicon entry with its wildcards ``*`` and ``?`` in them; case is kept."""
    return [word for word, _ in cut_pattern(entry)]


def cut_pattern(entry: str) -> list[tuple[str, int]]:
    """Return each word of a lexicon entry, as `pattern_words` does, with the bits of what stands before it there."""
    if PLAIN_WORDS.fullmatch(entry):
        return [(word, 0) for word in entry.split(" ")]
    return [(word.translate(_AS_WILDCARDS), gap) for word, gap in _cut(entry.translate(_AS_LETTERS))]


def _cut(text: str) -> list[tuple[str, int]]:
    """Return each word of `text` with the bits of what stands before it; see `analysis.tokens.gaps`."""
    data = np.frombuffer(text.encode("utf-8") or b" ", np.uint8)
    bounds = np.array([[0, len(data)]], np.int64)
    out = Encoded.room_for(bounds)
    n, table = encode(Texts((data, data, data), bounds), empty_type_table(_FEW_SLOTS), out, 0)
    edges = table.bounds.tolist()
    return [
        (normalise(bytes(table.spellings[edges[type_id] : edges[type_id + 1]]).decode("utf-8")), gap)
        for type_id, gap in zip(out.ids[:n].tolist(), out.before[:n].tolist(), strict=True)
    ]


def folded_word(word: str) -> str:
    """Return a pattern word with its case folded."""
    return word.lower() if word.isascii() else fold(word)
