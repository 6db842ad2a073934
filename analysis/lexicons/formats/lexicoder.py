"""Lexicoder dictionaries (.lc3): a line ``+Category``, then one pattern a line."""

import re

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft

_COLOUR = re.compile(r"\s*#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?\s*$")


def read_lexicoder(text: str, draft: Draft) -> None:
    """Put the lines of a .lc3 file into `draft`."""
    category = ""
    for number, line in enumerate(map(str.strip, text.split("\n")), start=1):
        if line.startswith("+"):
            # Lexicoder keeps the colour of a category behind its name.
            category = _COLOUR.sub("", line[1:]).strip()
            if not category or category in draft.categories:
                raise draft.error(number, f"{shown(line)} has no name or one that stands above; give it its own")
            draft.category(category)
        elif line and not category:
            raise draft.error(number, f"{shown(line)} stands before the first category; write '+Category' above it")
        elif line:
            draft.add(number, line, [category])
