"""News agencies' XML: NITF (also of the New York Times corpus), NewsML-G2, NewsML 1 and Reuters' RCV1.

References
----------
IPTC. News Industry Text Format 3.6; NewsML-G2 2.35 specification; NewsML 1.2 functional specification.
"""

import re
from collections.abc import Mapping
from typing import Any

from analysis.core.word_lists import word_lists
from analysis.reading.cell_markup import html_text, plain_text
from analysis.reading.markup import paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.records import Found, Reader, Record, Unread, filled

_HEAD = r"\s*(?:<\?[\w-]+[^<>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*>\s*)*<(?:[\w-]+:)?"
_ROOTS = "nitf|newsItem|newsMessage|packageItem|conceptItem|knowledgeItem|planningItem|catalogItem|NewsML|newsitem"
_START = re.compile(rf"{_HEAD}(?:{_ROOTS})\b", re.DOTALL)
_NEXT_DOCUMENT = re.compile(r"(?<=>)\s*(?=<\?xml\s)")
_TEXT_CLASS = re.compile(r"(?:^|[:/])(?:text|composite)$")
_VOCABULARY = re.compile(r"^[a-z]+:(?!//)")  # of a code such as "nprov:AFP"
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_NOT_BODY = (
    "media",
    "bibliography",
    "nitf-table",
    "figure",
    "aside",
    "head",
    "body.head",
    "body.end",
    "tagline",
    "style",
    "script",
)
_PLACES = word_lists("reading/archives/newsml.txt")


def is_newsml(text: str) -> bool:
    """Return whether a text begins as NITF, NewsML or RCV1 does."""
    return _START.match(text) is not None


def read_newsml(text: str) -> Found:
    """Return the articles of a file of NITF, NewsML-G2, NewsML 1 or RCV1, or of several such documents in a row.

    Pictures, sound, packages and lists of concepts are no articles and are listed as rejected.

    Raises
    ------
    CorpusError
        When it is no well-formed XML, or is too large to be read safely.
    """
    found = Found([])
    for document in _NEXT_DOCUMENT.split(text):
        root = xml_tree(document)
        for item in list(root.iter("newsItem", "NewsItem", "packageItem")) or [root]:
            position = f"article {len(found.records) + len(found.rejected) + 1}"
            reason, record = _record(item)
            if reason:
                found.rejected.append(Unread(position, reason, raw_of(item)))
            else:
                found.records.append(filled(record))
    return found


def _record(item: Any) -> tuple[str, Record]:
    """Return why an element is no article, "" where it is one, and its record."""
    class_ = next(iter(item.iterfind("itemMeta/itemClass")), None)
    kind = "" if class_ is None else str(class_.get("qcode") or class_.get("uri") or "")
    if kind and not _TEXT_CLASS.search(kind):
        return f"its class is {kind!r}, so this is no article", {}
    if item.tag == "nitf":
        record = _of_nitf(item)
    elif item.tag == "newsItem":
        record = _of_parts(item, _PLACES["NewsML-G2"], list(item.iterfind("contentSet/*")))
    elif item.tag == "NewsItem":
        record = _of_parts(item, _PLACES["NewsML 1"], list(item.iter("DataContent"))[:1])
    elif item.tag == "newsitem":
        record = {"outlet": "Reuters", **_values(item, _PLACES["RCV1"]), "body": "\n\n".join(_below(item.find("text")))}
    else:
        return f"<{item.tag}> is no article", {}
    return ("" if record["headline"] or record["body"] else "neither headline nor text"), record


def _of_nitf(nitf: Any) -> Record:
    """Return an article of NITF; the corpus of the New York Times has its day in ``meta``, its text in blocks of a class."""
    record = _values(nitf, _PLACES["NITF"])
    parts = [
        _value(nitf, f"head/meta[@name='publication_{part}']@content") for part in ("year", "month", "day_of_month")
    ]
    if all(parts):
        record["date"] = f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    content = nitf.find("body/body.content")
    blocks = {} if content is None else {block.get("class"): block for block in content.iter("block")}
    paragraphs = _below(blocks.get("full_text", content))
    lead = _below(blocks.get("lead_paragraph"))
    # The first paragraph stands twice in a part of that corpus, once with "LEAD:" before it.
    if len(paragraphs) > 1 and paragraphs[0].removeprefix("LEAD:").strip() == paragraphs[1]:
        paragraphs, lead = paragraphs[1:], lead[:1]
    if lead and "full_text" in blocks:
        record["lead_paragraphs"] = min(len(lead), len(paragraphs))
    return {**record, "body": "\n\n".join(paragraphs)}


def _of_parts(item: Any, places: Mapping[str, tuple[str, ...]], contents: list[Any]) -> Record:
    """Return an article whose text stands in elements of content: as NITF, as HTML, or as plain text."""
    record = {**_values(item, places), "body": ""}
    record["outlet"] = _VOCABULARY.sub("", str(record["outlet"]))
    for content in contents:
        nitf = next(iter(content.iter("nitf")), None)
        if nitf is not None:
            inner = _of_nitf(nitf)
            record |= {
                name: value for name, value in inner.items() if value and (name == "body" or not record.get(name))
            }
            record["byline"] = inner["byline"] or record["byline"]
        elif len(content):
            record["body"] = "\n\n".join(_below(content))
        else:
            record["body"] = _written(content)
        if record["body"]:
            break
    if " ".join(str(record["body"]).split()).startswith(" ".join(str(record["standfirst"]).split())):
        record["standfirst"] = ""
    return record


def _written(content: Any) -> str:
    """Return the text of an element that has only text, which may be HTML that was escaped."""
    text = (content.text or "").strip()
    if "html" in str(content.get("contenttype") or ""):
        return html_text(text)
    return plain_text(_LINE_BREAKS.sub("\n\n", text))


def _below(node: Any) -> list[str]:
    """Return the paragraphs of a text without pictures, tables and boxes."""
    if node is None:
        return []
    for part in list(node.iter(*_NOT_BODY)):
        if part is not node and part.getparent() is not None:
            part.tail, tail = None, part.tail
            part.clear()
            part.tail = tail
    return paragraphs_of(node)


def _values(node: Any, places: Mapping[str, tuple[str, ...]]) -> Record:
    return {"standfirst": "", **{name: _value(node, *several) for name, several in places.items()}}


def _value(node: Any, *places: str) -> str:
    """Return the text of the first element, or the first attribute, that has any."""
    for place in places:
        path, _, attribute = place.rpartition("@") if re.search(r"@[\w.-]+$", place) else (place, "", "")
        for found in [node] if path == "." else node.iterfind(path):
            value = " ".join(str(found.get(attribute) or "").split()) if attribute else text_of(found)
            if value:
                return value
    return ""


READERS = (Reader("NewsML or NITF", "text", is_newsml, read_newsml),)
