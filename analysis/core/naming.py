"""How names of a lexicon, which often have no spaces, and counts are written for readers."""

import re
from collections.abc import Mapping

_BETWEEN = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")


def readable(name: str) -> str:
    """Return a name with spaces for the underscores between its letters or digits: "economic consequences"."""
    return _BETWEEN.sub(" ", name)


def in_language(labels: Mapping[str, str], language: str) -> str:
    """Return the label in a language; where there is none, the first, which is the lexicon's own; "" where there is no label."""
    return labels.get(language) or next(iter(labels.values()), "")


def n_of(count: int, one: str, several: str = "") -> str:
    """Return a number with its noun: "1 article", "2 articles"."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
