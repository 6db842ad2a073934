"""Plain word lists: one term a line, comments behind ; or #; the file's name is the category."""

import re

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft

_MOST_WORDS = 8
# A list with more doubtful lines than one in ten is no list: skipping them would make a lexicon of what is left.
_LEAST_SOUND = 0.9
_COMMENT = re.compile(r";|#(?:#|\s|$)")
_NO_TERM = re.compile(r"- |.*[:;,]$|.*[.!?] .*|.*\t|#|[\[{<]|.*[\x00-\x08\x0e-\x1f\x7f]")


def read_word_list(text: str, draft: Draft) -> None:
    """Put the terms of a word list into `draft`."""
    category = draft.category(draft.path.stem)
    terms = 0
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        if not content or is_comment(content):
            continue
        terms += 1
        if _NO_TERM.match(content) or len(content.split()) > _MOST_WORDS:
            remedy = "write one term a line, and comments behind '# ' or ';'"
            draft.doubt(number, content, f"{shown(content)} is no term of a word list; {remedy}")
        else:
            draft.add(number, content, [category])
    if draft.doubts and len(draft.doubts) > (1 - _LEAST_SOUND) * terms:
        first = draft.doubts[0]
        found = f"{len(draft.doubts)} of {terms} lines are no terms, so this is no word list"
        raise draft.error(first.line, f"{first.reason} ({found})")


def is_comment(line: str) -> bool:
    """Whether a line is for readers; "#metoo" is none, since it may be a word."""
    return _COMMENT.match(line) is not None
