"""Pages of the old nexis.com → the text of their documents, in lines and blocks."""

import re

from lxml import html

from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis_labels import separator

_DOCUMENT = re.compile(r"<DOCFULL>\s*(?:-->)?(.*?)(?:<!--[^<>]*)?</DOCFULL>", re.DOTALL | re.IGNORECASE)
_OPENED = re.compile(r"<DOCFULL>", re.IGNORECASE)
_SEPARATOR = re.compile(r">\s*[^<>]{0,40}\d[^<>]{0,40}(?:DOCUMENT|DOKUMENT)[^<>]{0,40}\s*<", re.IGNORECASE)
_BLOCKS = frozenset("p div table tr li ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr center body".split())
_SKIPPED = frozenset(("script", "style", "head", "title"))
_HEAD_CHARACTERS = 200_000


def is_nexis_html(text: str) -> bool:
    """Return whether a page is an export of the old nexis.com: its marks of documents, or separators among its tags."""
    if text.lstrip()[:1] != "<":
        return False
    if _OPENED.search(text, 0, _HEAD_CHARACTERS):
        return True
    return any(separator(match[0].strip("<> \n")) for match in _SEPARATOR.finditer(text[:_HEAD_CHARACTERS]))


def page_documents(text: str) -> list[str]:
    """Return the documents between the marks that such pages hide in comments; none where a browser took them out.

    Raises
    ------
    CorpusError
        When the last document is not closed.
    """
    found = _DOCUMENT.findall(text)
    n_opened = len(_OPENED.findall(text))
    if n_opened > len(found):
        raise CorpusError(
            f"document {len(found) + 1} of {n_opened} is not closed by </DOCFULL>, so the page is cut off; download it anew"
        )
    return [flat_text(document) for document in found]


def flat_text(page: str) -> str:
    """Return the text of a page: blocks parted by a blank line, the lines of a block as its <BR> part them."""
    tree = html.fromstring(f"<div>{page}</div>")
    pieces: list[str] = []
    _add(tree, pieces)
    lines = [line.strip() for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _add(element: html.HtmlElement, pieces: list[str]) -> None:
    """Add the text of an element and of what follows it within its parent; only what is nested goes deeper."""
    tag = element.tag if isinstance(element.tag, str) else ""
    is_block = tag in _BLOCKS
    if is_block:
        pieces.append("\n\n")
    if tag == "br":
        pieces.append("\n")
    elif tag and tag not in _SKIPPED:
        pieces.append(_inline(element.text))
        for child in element:
            _add(child, pieces)
            pieces.append(_inline(child.tail))
    if is_block:
        pieces.append("\n\n")
    elif tag in ("td", "th"):
        pieces.append(" ")


def _inline(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
