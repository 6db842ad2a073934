"""Yoshikoder and Lexicoder dictionaries (.ykd, .lcd): a tree of <cnode> with patterns in <pnode>."""

import re
from collections.abc import Callable
from typing import cast

from lxml import etree

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, path_name

_MAX_DEPTH = 20
_REGEX = re.compile(r"[\\^$.|+()\[\]{}*?]")
_Pattern = Callable[[str], str]


def read_yoshikoder(root: etree._Element, draft: Draft) -> str:
    """Put the patterns of a <dictionary> into `draft`; return the name of the dictionary."""
    nodes = root.findall("cnode")
    name = nodes[0].get("name", "").strip() if len(nodes) == 1 else root.get("name", "").strip()
    # The one outermost node is the dictionary itself, unless it has patterns of its own.
    if len(nodes) == 1 and nodes[0].find("pnode") is None:
        nodes = nodes[0].findall("cnode")
    elif len(nodes) == 1:
        name = root.get("name", "").strip()
    written = _with_edges if root.get("style", "").casefold() == "lexicoder" else str.strip
    if root.get("patternengine") == "regexp":
        _refuse_regex(root, draft)
    for node in nodes:
        _category(node, "", draft, written)
    return name


def _with_edges(name: str) -> str:
    """Return a pattern of Lexicoder with wildcards: where no blank stands, the word may go on."""
    term = name.strip()
    before = "" if name[:1].isspace() or term.startswith("*") else "*"
    behind = "" if name[-1:].isspace() or term.endswith("*") else "*"
    return f"{before}{term}{behind}" if term else ""


def _refuse_regex(root: etree._Element, draft: Draft) -> None:
    """Take the regular expressions out of the tree, each as a doubt."""
    for node in list(root.iter("pnode")):
        term = node.get("name", "").strip()
        if _REGEX.search(term) and (above := node.getparent()) is not None:
            remedy = "regular expressions are not supported, so write the words out"
            draft.doubt(_line(node), term, f"pattern {shown(term)} is a regular expression; {remedy}")
            above.remove(node)


def _category(node: etree._Element, parent: str, draft: Draft, written: _Pattern) -> None:
    name, line = node.get("name", "").strip(), _line(node)
    path = path_name(parent, name)
    if not name or path in draft.categories:
        raise draft.error(line, f"category {shown(path)} has no name or one that stands above; give it its own")
    if sum(1 for _ in node.iterancestors()) > _MAX_DEPTH:
        raise draft.error(line, f"category {shown(path)} is nested more than {_MAX_DEPTH} deep; use fewer levels")
    draft.category(path, parent, node.get("desc", "").strip())
    for child in node:
        if child.tag == "cnode":
            _category(child, path, draft, written)
        elif child.tag == "pnode":
            _pattern(child, path, draft, written)
        elif isinstance(child.tag, str):
            raise draft.error(_line(child), f"<{child.tag}> is not known; allowed are cnode and pnode")


def _pattern(node: etree._Element, category: str, draft: Draft, written: _Pattern) -> None:
    draft.add_weighted(_line(node), written(node.get("name", "")), category, node.get("score") or "1")


def _line(node: etree._Element) -> int:
    return cast(int, node.sourceline or 0)
