"""Signs of an entry or a search pattern that no word keeps: without its sign, "a+" would be the word "a".

The token rule drops whatever is no letter or digit. Most of that separates words in texts and entries alike (the hyphen of
"far-right", the stop of "U.S.", the slash of "and/or", quotation marks and commas). The rest says which word is meant, and
an entry that has it must not become the word that is left.
"""

import re
import unicodedata
from collections.abc import Iterator

from analysis.tokens.segmentation import PLAIN_WORDS, pattern_words

# Marks that are no symbols for Unicode, but never a mere separator. Brackets hold an optional part, a gloss or a face.
_TELLING = frozenset("#%‰@\\†‡•§¶!¡()[]{}")
_WILDCARDS = "*?"
_QUOTES = "\"'“”„‟‘’‚‛«»‹›,"
_DASHES = "‐‑‒–—―-"  # the last one is a hyphen and ends the sets below
# A stop directly before a letter (".net"), the start of a face (":D"), an ending ("-gate") and a path ("/s").
_LEADING = re.compile(rf"(?:(?P<face>[:;])[{_DASHES}]?|(?P<sign>[./&{_DASHES}]))\w")
# "anti-" finds "anti-war", but "in-" would be the word "in".
_TRAILING = re.compile(rf"(?:\w(?P<sign>[/&])|^\w{{1,2}}(?P<prefix>[{_DASHES}])|(?<!\w)\w[{_DASHES}]?(?P<face>[:;]))$")
_FACE = re.compile(rf"[:;][{_DASHES}]|[{_DASHES}][:;]")
_REGEX = re.compile(r"\\|(?<!\.\w)\.[*+?]|[)\]][*+?{]|\[[^\]\s]+\]|\w\|\w|\(\?")


def lost_signs(text: str) -> str:
    """Return the signs of an entry that carry meaning and that the token rule drops, "" where there are none.

    Parameters
    ----------
    text : str
        An entry or a search pattern; ``*`` and ``?`` are wildcards, not signs.

    Examples
    --------
    >>> [lost_signs(text) for text in ("a+", "#MeToo", ".net", ":D", "far-right", "U.S.", "and/or")]
    ['+', '#', '.', ':', '', '', '']
    """
    if PLAIN_WORDS.fullmatch(text):
        return ""
    return "".join(dict.fromkeys(_signs(text)))


def is_regex(text: str) -> bool:
    """Whether an entry is written as a regular expression, such as ``fraud.*`` or ``[Ff]raud``."""
    return _REGEX.search(text) is not None


def _signs(text: str) -> Iterator[str]:
    kept = set("".join(pattern_words(text)))
    pieces = text.split()
    for piece in pieces:
        core = piece.strip(_QUOTES)
        edges = [match for match in (_LEADING.match(core), _TRAILING.search(core)) if match]
        if face := _FACE.search(core):
            yield face[0].strip(_DASHES)
        for sign in (next(filter(None, match.groups())) for match in edges):
            # In "pre- and post-war" the hyphen stands for a part that the phrase has elsewhere.
            if sign not in _DASHES or len(pieces) == 1:
                yield sign
        yield from (character for character in core if _is_telling(character, kept))


def _is_telling(character: str, kept: set[str]) -> bool:
    if character in kept or character in _WILDCARDS:
        return False
    # Raised digits and the like are words of their own; only what no word keeps is lost.
    return character in _TELLING or unicodedata.category(character)[0] in "SN"
