"""Factiva: HTML in "Article Format" with two-letter codes, newspaper HTML without codes, XML, and RTF as paragraphs."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.records import Found, Reader, Record, Unread

_CODES = {
    "outlet": "SN",
    "date": "PD",
    "headline": "HD",
    "byline": "BY",
    "section": "SE",
    "length_stated": "WC",
    "language": "LA",
    "edition": "ED",
    "page": "PG",
    "accession": "AN",
}
_ELEMENTS = {
    "outlet": "sourceName",
    "date": "publicationDate",
    "headline": "headline",
    "byline": "byline",
    "section": "sectionName",
    "length_stated": "wordCount",
    "language": "baseLanguage",
    "edition": "edition",
    "page": "page",
    "accession": "accessionNo",
}
_ALWAYS = ("outlet", "date", "headline", "byline", "section")
_NO_TEXT = "neither headline nor text"
_ARTICLE_TAG = re.compile(
    r"""<div\b[^<>]{0,300}?\bclass\s{0,5}=\s{0,5}["']article\s+[a-z]{2}Article\b""", re.IGNORECASE
)
_XML_ROOT = re.compile(r"<(?:\w+:)?(?:PPSResponse|ppsArticleResponse|ppsarticleResultSet|ppsarticle)[\s>]")
_CODE = re.compile(r"[A-Z]{2,3}")
_ROW = re.compile(
    r"(CLM|SE|HD|BY|CR|WC|PD|ET|SN|SC|NGC|GC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)[ \xa0]*([\t|])(.*)",
    re.DOTALL,
)
_FIRST_CODES = {"CLM", "SE", "HD"}
_LENGTH = re.compile(r"\d[\d.,'’\s]*[^\W\d_]+")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s.*)?")
_RIGHTS = re.compile(r"\(c\)|©|copyright", re.IGNORECASE)
_PAGE = re.compile(r"(?:(?:Page|Seite|Pg\.?|p\.|S\.)\s*)?[A-Z]{0,3}[-. ]?\d+[A-Z]?")


def is_factiva_html(text: str) -> bool:
    """Return whether a page holds articles as Factiva saves them."""
    return _ARTICLE_TAG.search(text) is not None


def read_factiva_html(text: str) -> Found:
    """Return the articles of a page saved from Factiva, with codes or without, article by article.

    `stated` is what the head of the page claims, else it counts the tags that open an article in the page as written, independently of the tree.

    Raises
    ------
    CorpusError
        When the page cannot be read safely and whole.
    """
    tree = html_tree(text)
    found = Found([], stated=claimed_count(text, _ARTICLE_TAG) or len(_ARTICLE_TAG.findall(text)))
    articles = [] if tree is None else [node for node in tree.iter("div") if _is_article(node)]
    for number, node in enumerate(articles, start=1):
        rows = _rows(node)
        record = _of_rows(rows) if rows else _of_divisions(node)
        _add(found, record, number, raw_of(node))
    return found


def is_factiva_xml(text: str) -> bool:
    """Return whether a file is an XML answer of Factiva."""
    return _XML_ROOT.search(text) is not None


def read_factiva_xml(data: str | bytes) -> Found:
    """Return the articles of an XML answer of Factiva, given as bytes or as a string that has been decoded.

    Raises
    ------
    CorpusError
        When it is no well-formed XML, or declares entities.
    """
    tree = xml_tree(data)
    articles = list(tree.iter("article"))
    counts = [node.get("count") for node in tree.iter() if node.tag.casefold().endswith("articleresultset")]
    are_numbers = bool(counts) and all(count and count.isascii() and count.isdigit() for count in counts)
    found = Found([], stated=sum(map(int, counts)) if are_numbers else len(articles))
    for number, node in enumerate(articles, start=1):
        values = {name: " ".join(_elements(node, element)) for name, element in _ELEMENTS.items()}
        values["page"] = values["page"] or " ".join(map(text_of, node.findall("pages")))
        lead = _elements(node, "leadParagraph")
        _add(found, _record(values, lead, _elements(node, "tailParagraphs")), number, raw_of(node))
    return found


def is_factiva_paragraphs(paragraphs: list[str]) -> bool:
    """Return whether the paragraphs of an RTF file are rows of Factiva's codes."""
    codes = {match[1] for match in map(_ROW.match, paragraphs) if match}
    return {"HD", "SN"} <= codes or {"HD", "PD"} <= codes or {"HD", "AN"} <= codes


def read_factiva_paragraphs(paragraphs: list[str]) -> Found:
    """Return the articles of an RTF file, given as paragraphs.

    A code and its value are parted by a tab or, where they are cells of a table, by ``|``; a cell then goes on to a
    paragraph that ends with ``|``, so that a line of the text that begins with two capitals is no code. An article ends with
    its accession number, or where the codes begin anew.
    """
    found = Found([])
    articles = _articles(paragraphs)
    for number, rows in enumerate(articles, start=1):
        raw = "\n".join(f"{code}\t{text}" for code, texts in rows for text in texts)
        _add(found, _of_rows(rows), number, raw)
    return replace(found, stated=len(articles))


def _articles(paragraphs: list[str]) -> list[list[tuple[str, list[str]]]]:
    articles: list[list[tuple[str, list[str]]]] = []
    seen: set[str] = {"AN"}
    is_open_cell = False
    for paragraph in paragraphs:
        match = None if is_open_cell else _ROW.match(paragraph)
        if match:
            code, mark, text = match.groups()
            if "AN" in seen or (code in _FIRST_CODES and (code in seen or seen - _FIRST_CODES)):
                articles.append([])
                seen = set()
            seen.add(code)
            articles[-1].append((code, []))
            is_open_cell = mark == "|"
        else:
            text = paragraph
        if is_open_cell and text.rstrip().endswith("|"):
            text = text.rstrip()[:-1]
            is_open_cell = False
        if articles and text.strip():
            articles[-1][-1][1].append(" ".join(text.strip().split("\n")))
    return articles


def _add(found: Found, record: Record, number: int, raw: str) -> None:
    if record["headline"] or record["body"]:
        found.records.append(record)
    else:
        found.rejected.append(Unread(f"article {number}", _NO_TEXT, raw))


def _record(values: Mapping[str, str], lead: list[str], tail: list[str]) -> Record:
    record: Record = {name: value for name, value in values.items() if value or name in _ALWAYS}
    body = "\n\n".join(lead + tail)
    return {**record, "standfirst": "", "url": "", "body": body, "lead_paragraphs": len(lead)}


def _is_article(node: Any) -> bool:
    return (
        has_class(node, "article") and re.search(r"\b[a-z]{2}Article\b", node.get("class"), re.IGNORECASE) is not None
    )


def _rows(article: Any) -> list[tuple[str, list[str]]]:
    rows = article.xpath("./table/tr | ./table/tbody/tr")
    cells = [row.xpath("./td") for row in rows]
    coded = [(text_of(row[0]), row[1]) for row in cells if len(row) > 1]
    return [(code, paragraphs_of(cell)) for code, cell in coded if _CODE.fullmatch(code)]


def _of_rows(rows: list[tuple[str, list[str]]]) -> Record:
    texts: dict[str, list[str]] = {}
    for code, paragraphs in rows:
        texts.setdefault(code, []).extend(paragraphs)
    values = {name: " ".join(texts.get(code, [])) for name, code in _CODES.items()}
    values["accession"] = values["accession"].split(" ")[-1]
    return _record(values, texts.get("LP", []), texts.get("TD", []))


def _of_divisions(article: Any) -> Record:
    headline = [text_of(node) for node in article.iter("span") if "headline" in (node.get("class") or "").casefold()]
    body = [text_of(node) for node in article.iter("p") if "articleparagraph" in (node.get("class") or "").casefold()]
    divisions = [text_of(node) for node in article.iter("div") if node is not article and node.find(".//div") is None]
    lines = [line for line in divisions if line and line not in headline]
    values = {**dict.fromkeys(_ALWAYS, ""), **_by_position(lines), "headline": " ".join(headline)}
    last = paragraphs_of(article)[-1:]
    if last and re.fullmatch(r"\w+ [A-Z]+[0-9]{4}\w+", last[0]):
        values["accession"] = last[0].split(" ")[-1]
    return {**_record(values, [], body), "lead_paragraphs": 1}


def _by_position(lines: list[str]) -> dict[str, str]:
    # Nothing but the order tells these lines: length, date, [time,] outlet, its code, [section, …,] language, rights.
    start = next((at for at, line in enumerate(lines[:-1]) if _starts_at(line, lines[at + 1])), None)
    if start is None:
        return {}
    rest = lines[start + 2 :]
    if rest and _TIME.fullmatch(rest[0]):
        rest = rest[1:]
    rights = next((at for at, line in enumerate(rest) if _RIGHTS.match(line)), len(rest))
    middle = rest[2 : rights - 1] if rights < len(rest) else rest[2:3]
    values = {"length_stated": lines[start], "date": lines[start + 1], "outlet": rest[0] if rest else ""}
    values["byline"] = lines[start - 1] if start else ""
    values["language"] = rest[rights - 1] if 2 < rights < len(rest) else ""
    for line in middle:
        name = "page" if _PAGE.fullmatch(line) else "section"
        values.setdefault("edition" if name in values else name, line)
    return values


def _starts_at(line: str, following: str) -> bool:
    return _LENGTH.fullmatch(line) is not None and re.search(r"\d", following) is not None


def _elements(article: Any, name: str) -> list[str]:
    return [paragraph for node in article.findall(name) for paragraph in _of_element(node)]


def _of_element(node: Any) -> list[str]:
    found = [text_of(paragraph) for paragraph in node.iter("paragraph")] or paragraphs_of(node)
    return [paragraph for paragraph in found if paragraph]


READERS = (
    Reader("Factiva HTML", "text", is_factiva_html, read_factiva_html),
    Reader("Factiva XML", "text", is_factiva_xml, read_factiva_xml),
    Reader("Factiva", "paragraphs", is_factiva_paragraphs, read_factiva_paragraphs),
)
