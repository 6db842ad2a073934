"""Europresse: pages of articles in HTML, each in an ``<article>``, or in a table cell as pages before 2015 have it."""

import re
from typing import Any

from analysis.core.word_lists import word_lists
from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of
from analysis.reading.records import Found, Reader, Record, stated_count

_PUBLICATION_TAG = re.compile(
    r"""<\w[^<>]{0,300}?\bclass\s{0,5}=\s{0,5}["']?[^"'<>]{0,100}\bDocPublicationName\b""", re.IGNORECASE
)
_ARTICLE_TAG = re.compile(r"<article[\s>]", re.IGNORECASE)
_WEEKDAYS = "|".join(word_lists("reading/archives/europresse.txt")["dates"]["weekdays"])
_DATE = re.compile(
    rf"""(?:^|(?<=[\s,]))(?:(?:{_WEEKDAYS})\s*,?\s+)?
    (\d{{1,2}}(?:er|\.|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]+\.?\s+(?:de\s+)?\d{{4}}    # 14 mars 2006
    |[^\W\d_]+\.?\s+\d{{1,2}},?\s+\d{{4}}                                           # March 14, 2006
    |\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}
    |[^\W\d_]+\s+\d{{4}})(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_PAGE = re.compile(r",?\s*\b(?:pp?|S)\.\s*([^,]+?)[\s,]*$")
# "Magazine, no. 5968": the number of the issue stands behind the name of the publication, in the language of the interface.
_ISSUE = re.compile(
    r"(?:\s*[,;]\s*|\s+(?=no\.|n[°º]|№))(?P<issue>(?:vol(?:ume)?\.?\s*\w+\s*[,;]?\s*)?(?:n[o°ºr]s?|№|num|núm|numéro|número|numero|nummer|issue|ausgabe|heft|edición)"
    r"\.?\s*\d[\w./-]*)(?:\s*[,;]\s*(?P<edition>.+))?$",
    re.IGNORECASE,
)
_WIDE_SPACE = re.compile(r"\s{8,}")
_TITLE_TAG = re.compile(r"""\bclass\s{0,5}=\s{0,5}["']?[^"'<>]{0,100}\btitreArticleVisu\b""", re.IGNORECASE)
_NUMBER = re.compile(r"\b[a-z]+·\d+·[^\s·]+·\S+")
_RIGHTS = re.compile(r"©|Numéro de document|Document number", re.IGNORECASE)
_MOST_BYLINE_WORDS = 8


def is_europresse(text: str) -> bool:
    """Return whether a page holds articles as Europresse saves them."""
    return _PUBLICATION_TAG.search(text) is not None


def read_europresse(text: str) -> Found:
    """Return the articles of a page saved from Europresse.

    `stated` is what the head of the page claims, else the number of publications or, where these tell the articles, of headlines; None
    where some articles have none.

    Raises
    ------
    CorpusError
        When the page cannot be read safely and whole.
    """
    tree = html_tree(text)
    opened = _ARTICLE_TAG.findall(text)
    articles = [] if tree is None else list(tree.iter("article")) if opened else _cells(tree)
    sign = len((_PUBLICATION_TAG if opened else _TITLE_TAG).findall(text))
    found = Found([], stated=claimed_count(text, _PUBLICATION_TAG) or stated_count([sign], len(articles)))
    for number, node in enumerate(articles, start=1):
        found.take(_record(node), number, raw_of(node))
    return found


def _cells(tree: Any) -> list[Any]:
    publications = [node for node in tree.iter() if has_class(node, "DocPublicationName")]
    return [next(node.iterancestors("td"), node.getparent()) for node in publications]


def _record(article: Any) -> Record:
    publication = next((node for node in article.iter() if has_class(node, "DocPublicationName")), None)
    # The parts of an old heading bring their own commas and spaces, which text_of would take away.
    heads = ["".join(node.itertext()) for node in article.iter() if has_class(node, "DocHeader")]
    fields = {**_of_publication(publication), **_of_heading(" ".join("".join(heads).split())), **_of_title(article)}
    number = _NUMBER.search(" ".join(paragraphs_of(article)))
    fields["accession"] = number[0] if number else ""
    section = next(article.iter("section"), None)
    body = _body(section) if section is not None else _after_title(article, fields)
    always = ("outlet", "date", "headline", "standfirst", "byline", "section")
    record: Record = {name: value for name, value in fields.items() if value or name in always}
    return {**record, "url": "", "body": "\n\n".join(body), "lead_paragraphs": 1}


def _of_publication(node: Any) -> dict[str, str]:
    """Return outlet, edition and number of the issue; a wide space parts the outlet from its edition."""
    if node is None:
        return {"outlet": ""}
    name, *editions = (" ".join(part.split()) for part in _WIDE_SPACE.split("".join(node.itertext()).strip()))
    found = {"outlet": name, "edition": " ".join(editions)}
    issue = _ISSUE.search(name)
    if not issue:
        return found
    edition = " ".join(filter(None, (issue["edition"], found["edition"])))
    return {"outlet": name[: issue.start()], "edition": edition, "issue": _issue_number(issue["issue"])}


def _issue_number(written: str) -> str:
    """Return "5968" of "no. 5968"; with a volume, which starts the numbers anew, all of it."""
    return written if written.casefold().startswith("vol") else re.sub(r"^\D+", "", written)


def _of_heading(heading: str) -> dict[str, str]:
    page = _PAGE.search(heading)
    if page:
        heading = heading[: page.start()]
    dates = list(_DATE.finditer(heading))
    date = dates[-1] if dates else None
    return {
        "section": (heading[: date.start()] if date else heading).strip(" ,"),
        "date": date[1] if date else "",
        "page": page[1] if page else "",
    }


def _of_title(article: Any) -> dict[str, str]:
    box: Any = next((node for node in article.iter() if has_class(node, "titreArticle")), None)
    title: Any = next(
        (node for node in article.iter() if has_class(node, "titreArticleVisu", "rdp__articletitle")), box
    )
    fields = {"headline": text_of(title) if title is not None else "", "standfirst": "", "byline": ""}
    if title is None:
        return fields
    below = list(title.itersiblings())
    if title is not box and box is not None:
        fields["kicker"] = " ".join(map(text_of, title.itersiblings(preceding=True)))
        below += box.itersiblings()
    if next(title.iterancestors("header"), None) is not None:
        for node in below:
            is_byline = "subtitle" not in (node.get("class") or "").casefold() and node.getparent() is not box
            name = "byline" if is_byline else "standfirst"
            fields[name] = f"{fields[name]} {text_of(node)}".strip()
    return fields


def _body(section: Any) -> list[str]:
    texts = [node for node in section.iter() if has_class(node, "DocText")] or [section]
    return [paragraph for node in texts for paragraph in paragraphs_of(node)]


def _after_title(cell: Any, fields: dict[str, str]) -> list[str]:
    paragraphs = paragraphs_of(cell)
    last = fields["headline"] or fields["date"] or fields["outlet"]
    at = next((at for at, paragraph in enumerate(paragraphs) if last and paragraph.endswith(last)), -1)
    body = paragraphs[at + 1 :]
    end = next((at for at, paragraph in enumerate(body) if _RIGHTS.match(paragraph)), len(body))
    body = body[:end]
    if len(body) > 1 and len(body[0].split()) < _MOST_BYLINE_WORDS and not re.search(r"[.!?…]\W*$", body[0]):
        fields["byline"] = body.pop(0)
    return body


READERS = (Reader("Europresse HTML", "text", is_europresse, read_europresse),)
