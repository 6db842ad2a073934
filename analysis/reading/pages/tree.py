"""The text of a page → the tree that a browser builds of it, as lxml has it; what no browser shows is left out.

libxml2, lxml's own parser, is none of HTML5: text behind an open `svg`, `template` or `select` gets lost in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis.core.errors import CorpusError
from analysis.reading.limits import PAGE, check_attributes, check_size

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from selectolax.lexbor import LexborNode

# lxml copies trees by recursion; trafilatura walks them so.
_MOST_DEPTH = 255
# Each block repeats the formatting that is open at its start, so that open tags cost memory by their number times the blocks.
_MOST_OPEN = 64
_MOST_ELEMENTS = 4 * PAGE.tags

_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
_UNKNOWN = "x-unknown"

_EMPTY = frozenset("style template desc metadata annotation".split())
# Their text is shown as it stands; trafilatura knows no such element.
_SOURCE_TEXT = frozenset("plaintext xmp listing".split())
_KNOWN = frozenset(
    "html head title base link meta style script noscript template body article section nav aside h1 h2 h3 h4 h5 h6 hgroup "
    "header footer address main search p hr pre blockquote ol ul menu li dl dt dd figure figcaption div a em strong small s "
    "cite q dfn abbr ruby rt rp rb rtc data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins del picture "
    "source img iframe embed object param video audio track map area svg table caption colgroup col tbody thead tfoot tr td "
    "th form label input button select datalist optgroup option textarea output progress meter fieldset legend details "
    "summary dialog canvas slot center font big tt strike dir applet acronym nobr marquee frameset frame noframes basefont".split()
)
_PHRASES = frozenset(
    "a em strong small s cite q dfn abbr ruby data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins del img "
    "font big tt strike acronym nobr script style link meta wbr input object iframe svg picture source noscript video audio "
    "button label select textarea map area param track embed canvas rp rt rb rtc output progress meter".split()
)
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
# What trafilatura passes over with all its text, though a browser shows it.
_LEAST_WRAPPED = 0.4
_PASSED_OVER = (
    "svg form fieldset menu ins marquee dialog button label legend select object applet noscript blink".split()
)


class Page(NamedTuple):
    """A page as a browser builds it.

    Attributes
    ----------
    tree : HtmlElement
        The root of what is shown, and of what the page states.
    n_hidden : int
        Words in templates and descriptions of drawings, which no browser shows.
    """

    tree: HtmlElement
    n_hidden: int


def page_of(text: str) -> Page:
    """Return the tree that a browser builds of a page.

    Raises
    ------
    CorpusError
        When the page is larger, has more tags or attributes or is nested deeper than any real page.
    """
    if not text.strip():
        raise CorpusError("the page is empty; save it with its text, or remove the file")
    check_size(text, PAGE)
    check_attributes(text, PAGE)
    _check_open(text)
    # Both take a while to import; who reads no web page does not wait for them.
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    root = LexborHTMLParser(_xml(text), options=LexborDocumentOptions.WO_EVENTS).root
    if root is None:
        raise CorpusError("no page could be made of its mark-up; save the page again")
    tree = _copied(root)
    _part_blocks(tree)
    _open_wrappers(tree)
    return Page(tree, sum(_n_hidden(node) for node in root.css("template, desc, svg title")))


def _n_hidden(node: LexborNode) -> int:
    if _is_shown(node):
        return 0
    pieces = [node, *(node.template_fragments() if node.tag == "template" else ())]
    return sum(len(piece.text(separator=" ").split()) for piece in pieces)


def _check_open(text: str) -> None:
    n_open = 0
    for match in _FORMATTING.finditer(text):
        n_open = max(0, n_open - 1) if match[1] else n_open + 1
        if n_open > _MOST_OPEN:
            line = text.count("\n", 0, match.start()) + 1
            raise CorpusError(
                f"line {line}: {n_open} tags such as <b> and <font> are open at once; at most {_MOST_OPEN} are read; "
                "save the article alone"
            )


def _copied(root: LexborNode) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser

    tree: HtmlElement = HTMLParser().makeelement("html", _attributes(root))
    waiting = [(root, tree, 1)]
    n_elements = 0
    while waiting:
        node, element, depth = waiting.pop()
        if depth > _MOST_DEPTH or n_elements > _MOST_ELEMENTS:
            raise CorpusError(
                f"part of the page would be lost: more than {_MOST_DEPTH} tags within tags, or {_MOST_ELEMENTS:,} elements; "
                "save the article alone"
            )
        last = None
        for child in _children(node):
            if child.is_text_node:
                written = child.text_content or ""
                if last is None:
                    element.text = _xml(f"{element.text or ''}{written}")
                else:
                    last.tail = _xml(f"{last.tail or ''}{written}")
            elif child.is_element_node:
                last = etree.SubElement(element, _tag(child), _attributes(child))
                n_elements += 1
                waiting.append((child, last, depth + 1))
    return tree


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the children that are shown: of a script only linked data are kept, of a template only a shadow root."""
    if node.tag == "template":
        for fragment in node.template_fragments() if _is_shown(node) else ():
            yield from _chain(fragment)
        return
    if node.tag in _EMPTY or (node.tag == "title" and (node.parent is None or node.parent.tag != "head")):
        return
    if node.tag == "script" and (node.attributes.get("type") or "").lower() != "application/ld+json":
        return
    yield from _chain(node)


def _chain(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _is_shown(node: LexborNode) -> bool:
    """Return whether it is a template that a browser shows: the root of a component's own tree."""
    return node.tag == "template" and "shadowrootmode" in node.attributes


def _tag(node: LexborNode) -> str:
    name = node.tag or ""
    if _is_shown(node):
        return "div"
    if name in _SOURCE_TEXT:
        return "p"
    return name if name in _KNOWN else _UNKNOWN


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: _xml(value or "") for name, value in node.attributes.items() if _XML_NAME.match(name)}


def _xml(text: str) -> str:
    return _NO_XML.sub("", text)


def _part_blocks(tree: HtmlElement) -> None:
    """Part the paragraphs that hold blocks, where trafilatura loses text, and make unknown elements blocks or phrases."""
    for element in reversed(list(tree.iter())):
        if element.tag == _UNKNOWN:
            element.tag = "div" if _holds_block(element) else "span"
        elif element.tag in _PARAGRAPHS and _holds_block(element):
            _part(element)


def _holds_block(element: HtmlElement) -> bool:
    return any(child.tag not in _PHRASES for child in element)


def _part(paragraph: HtmlElement) -> None:
    children = list(paragraph)
    name, first = paragraph.tag, paragraph.text
    paragraph.tag, paragraph.text = "div", None
    piece = paragraph.makeelement(name)
    piece.text = first
    for child in children:
        if child.tag in _PHRASES:
            piece.append(child)
            continue
        if len(piece) or (piece.text or "").strip():
            child.addprevious(piece)
        piece = paragraph.makeelement(name)
        piece.text, child.tail = child.tail, None
    if len(piece) or (piece.text or "").strip():
        paragraph.append(piece)


def _open_wrappers(tree: HtmlElement) -> None:
    """Make plain blocks of the forms and the like that are wrapped round much of a page's paragraphs."""
    least = _LEAST_WRAPPED * paragraph_length(tree)
    for element in list(tree.iter(*_PASSED_OVER)):
        if 0 < least <= paragraph_length(element):
            element.tag = "div"


def paragraph_length(element: HtmlElement) -> int:
    """Return how many characters the paragraphs under an element have."""
    return sum(len(piece) for paragraph in element.iter("p") for piece in paragraph.itertext())
