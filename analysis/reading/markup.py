"""HTML and XML → trees and paragraphs, safely: nothing is fetched, no entity is filled in, nothing is cut off in silence.

Nodes are typed as Any, since lxml carries no types; no other module imports lxml.
"""

import re
from typing import Any

from lxml import etree

from analysis.core.errors import CorpusError
from analysis.reading.limits import EXPORT, check_attributes, check_size

_CLAIM = re.compile(r"[>:\s](\d{1,9})\s+(?:documents?|Dokumente?)\s*<", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r"\n[ ]*\n\s*")
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)


def html_tree(text: str) -> Any:
    """Return the root of an HTML page without comments, scripts and styles; None if there is nothing in it.

    Raises
    ------
    CorpusError
        When the page is too large, has absurdly many tags or attributes, or is nested too deeply to be read whole.
    """
    check_size(text, EXPORT)
    check_attributes(text, EXPORT)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _broken("HTML", error) from error
    # A fatal error in HTML raises nothing: the tree just ends there, and the articles after it would be lost.
    fatal = parser.error_log.filter_from_fatals()
    if fatal:
        raise CorpusError(
            f"line {fatal[0].line}: HTML that cannot be read to its end ({fatal[0].message}); "
            "export the articles again, fewer to a file"
        )
    if root is not None:
        etree.strip_elements(root, "script", "style", with_tail=False)
    return root


def xml_tree(data: str | bytes) -> Any:
    """Return the root of an XML file, its tags without namespaces.

    Bytes are decoded as their declaration says; a string has been decoded, so that its declaration is passed over.

    Raises
    ------
    CorpusError
        When it is no well-formed XML, is too large, declares entities or uses some that it does not declare.
    """
    check_size(data, EXPORT)
    encoding = "utf-8" if isinstance(data, str) else None
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.encode("utf-8", "replace") if isinstance(data, str) else data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken("XML", error) from error
    _check_entities(root)
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def paragraphs_of(node: Any) -> list[str]:
    """Return the text under a node as paragraphs, in order, blank ones left out.

    Block elements and two line breaks in a row part paragraphs; one line break and any white space become one space.
    """
    pieces: list[str] = []
    for event, part in etree.iterwalk(node, events=("start", "end")):
        is_start = event == "start"
        if part.tag == "br" and is_start:
            pieces.append("\n")
        elif part.tag in _BLOCKS:
            pieces.append("\n\n")
        text = part.text if is_start else part.tail if part is not node else None
        pieces.append(_SPACES.sub(" ", text or ""))
    found = (" ".join(_SPACES.split(paragraph)).strip() for paragraph in _BREAK.split("".join(pieces)))
    return [paragraph for paragraph in found if paragraph]


def text_of(node: Any) -> str:
    """Return the text under a node in one line."""
    return " ".join(paragraphs_of(node))


def has_class(node: Any, *names: str) -> bool:
    """Return whether an element has one of the classes, upper and lower case alike."""
    classes = (node.get("class") or "").casefold().split()
    return any(name.casefold() in classes for name in names)


def claimed_count(text: str, first: re.Pattern[str]) -> int | None:
    """Return how many documents the head of a page, before the first match of a pattern, says that it holds."""
    start = first.search(text)
    claim = _CLAIM.search(text, 0, start.start() if start else 0)
    return int(claim[1]) if claim else None


def raw_of(node: Any) -> str:
    """Return an element as written in the tree, for a message or a table of what was left out."""
    return str(etree.tostring(node, encoding="unicode", with_tail=False))


def _check_entities(root: Any) -> None:
    document_type = root.getroottree().docinfo.internalDTD
    declared = next(iter(document_type.iterentities()), None) if document_type is not None else None
    unknown: Any = next(root.iter(etree.Entity), None)
    if declared is None and unknown is None:
        return
    place, name = ("DOCTYPE", declared.name) if declared is not None else (f"line {unknown.sourceline}", unknown.name)
    raise CorpusError(
        f"{place}: the XML entity '{name}' is declared in the file or unknown; allowed are &amp; &lt; &gt; &quot; &apos; "
        "and character numbers; export the articles again"
    )


def _broken(kind: str, error: Any) -> CorpusError:
    return CorpusError(f"line {error.lineno or 1}: no well-formed {kind} ({error.msg}); export the articles again")
