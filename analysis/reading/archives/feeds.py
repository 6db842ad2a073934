"""Feeds of news sites: RSS 2.0, RSS 1.0 and Atom, with whole articles or with headlines and teasers only.

References
----------
RSS Advisory Board (2009). RSS 2.0 specification; RSS-DEV Working Group (2000). RDF Site Summary 1.0; RFC 4287 (Atom).
"""

import re
from typing import Any

from analysis.core.schema import TEXT_FIELDS
from analysis.reading.cell_markup import html_text
from analysis.reading.markup import paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, Unread, filled, unless_begin_of

_START = re.compile(
    r"\s*(?:<\?[\w-]+[^<>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*>\s*)*"
    r"<(?:rss\b|(?:\w+:)?RDF\b[^<>]*\bpurl\.org/rss|(?:\w+:)?feed\b[^<>]*\bw3\.org/2005/Atom)",
    re.DOTALL | re.IGNORECASE,
)
_OPEN_ITEM = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")


def is_feed(text: str) -> bool:
    """Return whether a text begins as a feed does."""
    return _START.match(text) is not None


def read_feed(text: str) -> Found:
    """Return the articles of a feed; `stated` counts the tags that close one in the text as written.

    A description is the standfirst, and none where it is the beginning of the body.

    Raises
    ------
    CorpusError
        When it is no well-formed XML, or is too large to be read safely.
    """
    root = xml_tree(text)
    found = Found([], stated=len(_OPEN_ITEM.findall(text)))
    outlet = _first(root, "channel/title", "title")
    items = list(root.iter("item", "entry"))
    for number, item in enumerate(items, start=1):
        record = {"outlet": outlet, **(_of_entry(item) if item.tag == "entry" else _of_item(item))}
        if not any(record[name] for name in TEXT_FIELDS):
            found.rejected.append(Unread(f"article {number}", "neither headline nor text", raw_of(item)))
            continue
        found.records.append(filled(record))
    if found.records and not any(record["body"] for record in found.records):
        finding = "a feed of headlines and descriptions, which holds no body text: only these can be measured"
        found.notes.append(Note(finding, kind="no body", count=len(found.records)))
    return found


def _of_item(item: Any) -> Record:
    body = _html(item, "encoded")
    described = _html(item, "description")
    record: Record = {
        "article_id": _first(item, "guid", "link"),
        "date": _first(item, "pubDate", "date", "issued"),
        "headline": _html(item, "title").replace("\n\n", " "),
        "standfirst": unless_begin_of(body, described),
        "body": body,
        "url": _first(item, "link", "guid[@isPermaLink='true']"),
        "byline": _first(item, "creator", "author"),
        "section": "; ".join(text_of(node) for node in item.iterfind("category")),
    }
    source = _first(item, "source")
    return {**record, "outlet": source} if source else record


def _of_entry(entry: Any) -> Record:
    body = _html(entry, "content")
    links = [link.get("href") for link in entry.iterfind("link") if link.get("rel") in (None, "alternate")]
    record: Record = {
        "article_id": _first(entry, "id"),
        "date": _first(entry, "published", "issued", "updated", "modified"),
        "headline": _html(entry, "title").replace("\n\n", " "),
        "standfirst": unless_begin_of(body, _html(entry, "summary")),
        "body": body,
        "url": next(iter(links), ""),
        "byline": "; ".join(text_of(node) for node in entry.iterfind("author/name")),
        "section": "; ".join(str(node.get("label") or node.get("term")) for node in entry.iterfind("category")),
    }
    source = _first(entry, "source/title")
    return {**record, "outlet": source} if source else record


def _first(node: Any, *paths: str) -> str:
    return next((text for text in (text_of(found) for path in paths for found in node.iterfind(path)) if text), "")


def _html(node: Any, path: str) -> str:
    """Return the text of an element: of the elements below it, or of the HTML that it holds as text."""
    found = node.find(path)
    if found is None:
        return ""
    return "\n\n".join(paragraphs_of(found)) if len(found) else html_text(found.text or "")


READERS = (Reader("feed", "text", is_feed, read_feed),)
