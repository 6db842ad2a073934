"""Word lists in editable files beside the modules that use them, so that a further language or service is a further line.

A file has lines ``name: word; word`` below headings ``[section]``, or is a list of patterns, one a line; blank lines and lines
that begin with ``#`` are skipped.
"""

from functools import cache
from pathlib import Path

WordLists = dict[str, tuple[str, ...]]

_PACKAGE = Path(__file__).parents[1]


@cache
def word_lists(file: str) -> dict[str, WordLists]:
    """Return the lists of each section by their names, in the order of a file such as ``"reading/dates.txt"``."""
    sections: dict[str, WordLists] = {}
    lists: WordLists = {}
    for line in lines_of(file):
        name, _, words = line.partition(": ")
        if line.startswith("["):
            lists = sections.setdefault(line.strip("[]"), {})
        else:
            # A list may go on in a further line of the same name.
            lists[name] = (*lists.get(name, ()), *(word.strip() for word in words.split(";")))
    return sections


def lines_of(file: str) -> list[str]:
    """Return the lines of a file below the package that say something."""
    lines = (_PACKAGE / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
