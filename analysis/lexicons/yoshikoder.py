"""Yoshikoder dictionaries (.ykd, and .lcd of older Lexicoder): a tree of <cnode> with patterns in <pnode>."""

import re
from typing import cast

from lxml import etree

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft, path_name

_MAX_DEPTH = 20
_REGEX = re.compile(r"[\\^$.|+()\[\]{}*?]")


def read_yoshikoder(data: bytes, draft: Draft) -> str:
    """Put the patterns of a .ykd file into `draft`; return the name of the dictionary."""
    root = _root(data, draft)
    if root.tag != "dictionary":
        raise draft.error(_line(root), f"<{root.tag}> begins the file; a Yoshikoder file begins with <dictionary>")
    is_regex = root.get("patternengine") == "regexp"
    nodes = root.findall("cnode")
    name = nodes[0].get("name", "").strip() if len(nodes) == 1 else ""
    # The one outermost node is the dictionary itself, unless it has patterns of its own.
    if len(nodes) == 1 and nodes[0].find("pnode") is None:
        nodes = nodes[0].findall("cnode")
    for node in nodes:
        _category(node, "", draft, is_regex)
    return name


def _root(data: bytes, draft: Draft) -> etree._Element:
    if b"<!DOCTYPE" in data:
        raise draft.error(1, "a document type (<!DOCTYPE>) is not allowed; take it out")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise draft.error(error.lineno or 1, f"not valid XML: {error.msg}; mend the line") from error
    return root


def _category(node: etree._Element, parent: str, draft: Draft, is_regex: bool) -> None:
    name, line = node.get("name", "").strip(), _line(node)
    path = path_name(parent, name)
    if not name or path in draft.categories:
        raise draft.error(line, f"category {shown(path)} has no name or one that stands above; give it its own")
    if sum(1 for _ in node.iterancestors()) > _MAX_DEPTH:
        raise draft.error(line, f"category {shown(path)} is nested more than {_MAX_DEPTH} deep; use fewer levels")
    draft.category(path, parent, node.get("desc", "").strip())
    for child in node:
        if child.tag == "cnode":
            _category(child, path, draft, is_regex)
        elif child.tag == "pnode":
            _pattern(child, path, draft, is_regex)
        elif isinstance(child.tag, str):
            raise draft.error(_line(child), f"<{child.tag}> is not known; allowed are cnode and pnode")


def _pattern(node: etree._Element, category: str, draft: Draft, is_regex: bool) -> None:
    term, score, line = node.get("name", "").strip(), node.get("score"), _line(node)
    if is_regex and _REGEX.search(term):
        remedy = "regular expressions are not supported, so write the words out"
        draft.doubt(line, term, f"pattern {shown(term)} is a regular expression; {remedy}")
    else:
        draft.add_weighted(line, term, category, score or "1")


def _line(node: etree._Element) -> int:
    return cast(int, node.sourceline or 0)
