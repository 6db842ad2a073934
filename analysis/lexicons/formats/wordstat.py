"""WordStat dictionaries (.cat): a tree by tabs; entries end in a weight in brackets, rules begin with @."""

import re

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, path_name

_ENTRY = re.compile(r"(?P<term>\S.*?)\s*\((?P<weight>-?\d+(?:\.\d+)?)\)")
_RULE = re.compile(r"^@|\[\s*#|(?:^|\s)#\w")


def read_wordstat(text: str, draft: Draft) -> None:
    """Put the lines of a .cat file into `draft`."""
    above: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        # Spaces before the first tab occur in files of WordStat itself.
        depth = line[: len(line) - len(line.lstrip())].count("\t")
        entry = _ENTRY.fullmatch(content)
        if not content:
            continue
        if _RULE.search(content):
            draft.doubt(number, content, f"{shown(content)} is a rule; rules are not supported, so take it out")
        elif depth > len(above) or (entry and not depth):
            raise draft.error(number, f"{shown(content)} stands {depth} tabs deep, {_too_deep(above)}")
        elif entry:
            above = above[:depth]
            # WordStat writes the spaces of a phrase as underscores.
            draft.add(number, entry["term"].replace("_", " "), above[-1:], float(entry["weight"]))
        else:
            above = [*above[:depth], path_name(above[depth - 1] if depth else "", content)]
            draft.category(above[-1], parent=above[-2] if depth else "")


def _too_deep(above: list[str]) -> str:
    return f"but the line above it opens only {len(above)}; indent it by one tab more than its category"
