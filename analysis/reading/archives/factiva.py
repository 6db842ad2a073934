"""Factiva: pages in HTML with two-letter codes or without, in every language of its interface, and XML."""

import re
from typing import Any

from analysis.reading.archives.factiva_fields import (
    ACCESSION,
    PLACES,
    Head,
    of_codes,
    of_head,
    record_of,
)
from analysis.reading.archives.factiva_lines import (
    is_factiva_paragraphs,
    is_factiva_text,
    read_factiva_paragraphs,
    read_factiva_text,
)
from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, stated_count

# The class names the article's language, in two letters or four: enArticle, zhcnArticle.
_ARTICLE_TAG = re.compile(
    r"""<div\b[^<>]{0,300}?\bclass\s{0,5}=\s{0,5}["']article\s+[a-z]{1,20}Article\b""", re.IGNORECASE
)
_PAGE_OF_FACTIVA = re.compile(
    r"""<title[^<>]{0,100}>\s{0,100}(?:Dow Jones )?Factiva\s{0,100}</title|\bclass\s{0,5}=\s{0,5}["']?(?:factivalogo|fcpNavContainer)\b"""
    r"|/hp/printsavews\.aspx",
    re.IGNORECASE,
)
_WRAPPER_TAG = re.compile(r"""<div\b[^<>]{0,300}?\bid\s{0,5}=\s{0,5}["']article-[^"'<>]+["']""", re.IGNORECASE)
_END_MARK = re.compile(rf">[^<>]{{0,40}}?{ACCESSION}\s*<")
_XML_ROOT = re.compile(r"<(?:\w+:)?(?:PPSResponse|ppsArticleResponse|ppsarticleResultSet|ppsarticle)[\s/>]")
_XML_NUMBER = re.compile(r"<(?:\w+:)?accessionNo[\s>]")
_CODE = re.compile(r"[A-Z]{2,3}")
_COUNTER = re.compile(r"\d{1,6}\)\s+")
_MARK = re.compile(r"(?:\S+\s){1,4}(\S*\d\S*)")


def is_factiva_html(text: str) -> bool:
    """Return whether a page is one that Factiva saves; it may hold no article."""
    return _ARTICLE_TAG.search(text) is not None or _PAGE_OF_FACTIVA.search(text) is not None


def read_factiva_html(text: str) -> Found:
    """Return the articles of a page saved from Factiva, with codes or without, article by article.

    `stated` is what the head of the page claims, else the number of addresses or of accession numbers at the ends of articles;
    None where the page has none of them.

    Raises
    ------
    CorpusError
        When the page cannot be read safely and whole.
    """
    tree = html_tree(text)
    articles = [] if tree is None else _articles(tree)
    signs = (len(_WRAPPER_TAG.findall(text)), len(_END_MARK.findall(text)))
    found = Found([], stated=claimed_count(text, _ARTICLE_TAG) or stated_count(signs, len(articles)))
    are_bylines_marked = tree is not None and bool(tree.xpath("//div[@class='author']"))
    for number, node in enumerate(articles, start=1):
        rows = _rows(node)
        record = of_codes(rows) if rows else _of_divisions(node, are_bylines_marked=are_bylines_marked)
        found.take(record, number, raw_of(node))
    listed = [] if tree is None else tree.xpath("//*[@id='carryOver']//*[@data-accno]")
    if listed:
        finding = f"{len(listed):,} entries have a headline and no text, as Factiva saves blogs and pictures; they were not taken"
        found.notes.append(Note(finding, kind="left out", count=len(listed)))
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
    text = data if isinstance(data, str) else data.decode("ascii", "ignore")
    numbers = stated_count([len(_XML_NUMBER.findall(text))], len(articles))
    found = Found([], stated=sum(map(int, counts)) if are_numbers else numbers)
    for number, node in enumerate(articles, start=1):
        values = {name: " ".join(_elements(node, element)) for name, (element,) in PLACES["elements"].items()}
        values["page"] = values["page"] or " ".join(map(text_of, node.findall("pages")))
        lead = _elements(node, "leadParagraph")
        found.take(record_of(values, lead, _elements(node, "tailParagraphs")), number, raw_of(node))
    return found


def _articles(tree: Any) -> list[Any]:
    """Return the outermost elements of articles: by the class of their language, else by the address round them."""
    by_class = [node for node in tree.iter("div") if has_class(node, "article") and _names_language(node)]
    outermost = [node for node in by_class if not any(map(_names_language, node.iterancestors("div")))]
    wrappers = tree.xpath("//div[starts-with(@id, 'article-')]")
    bare = [node for node in wrappers if not any(map(_names_language, node.iter("div")))]
    wanted = {*outermost, *(node for node in bare if next(_paragraphs(node), None) is not None)}
    return [node for node in tree.iter("div") if node in wanted]


def _names_language(node: Any) -> bool:
    classes = (node.get("class") or "").casefold().split()
    return any(name.endswith("article") and name not in ("article", "lastarticle") for name in classes)


def _rows(article: Any) -> list[tuple[str, list[str]]]:
    rows = article.xpath("./table/tr | ./table/tbody/tr")
    cells = [row.xpath("./td") for row in rows]
    coded = [(text_of(row[0]), row[1]) for row in cells if len(row) > 1]
    return [(code, _of_cell(code, cell)) for code, cell in coded if _CODE.fullmatch(code)]


def _of_cell(code: str, cell: Any) -> list[str]:
    return [_without_counter(cell)] if code == "HD" else paragraphs_of(cell)


def _of_divisions(article: Any, *, are_bylines_marked: bool) -> Record:
    title = next((node for node in article.iter() if _is_headline(node)), None)
    lowest = [node for node in article.iter("div") if node is not article and node.find(".//div") is None]
    is_below = title is None
    before: list[str] = []
    after: list[str] = []
    bylines: list[str] = []
    for node in lowest:
        if title is not None and (node is title or title in node.iterdescendants()):
            is_below = True
        elif has_class(node, "author"):
            bylines.append(text_of(node))
        elif line := text_of(node):
            (after if is_below else before).append(line)
    if title is None:
        # Without a headline nothing parts the section from a credit.
        before, after = after[:1] if bylines else [], after[1:] if bylines else after
    headline = "" if title is None else _without_counter(title)
    values = of_head(Head(before, headline, after), are_bylines_marked=are_bylines_marked)
    values["byline"] = "; ".join(filter(None, bylines)) or values.get("byline", "")
    mark = _MARK.fullmatch((paragraphs_of(article) or [""])[-1])
    values["accession"] = mark[1] if mark else ""
    return {**record_of(values, [], [text_of(node) for node in _paragraphs(article)]), "lead_paragraphs": 1}


def _is_headline(node: Any) -> bool:
    classes = (node.get("class") or "").casefold().split()
    return any(name.endswith("headline") for name in classes)


def _paragraphs(article: Any) -> Any:
    return (node for node in article.iter("p") if "articleparagraph" in (node.get("class") or "").casefold())


def _without_counter(title: Any) -> str:
    """Return a headline without the number that the list of results puts before it, which its class announces."""
    is_counted = any(has_class(node, "counted") for node in title.iter())
    return _COUNTER.sub("", text_of(title), count=1) if is_counted else text_of(title)


def _elements(article: Any, name: str) -> list[str]:
    return [paragraph for node in article.findall(name) for paragraph in _of_element(node)]


def _of_element(node: Any) -> list[str]:
    found = [text_of(paragraph) for paragraph in node.iter("paragraph")] or paragraphs_of(node)
    return [paragraph for paragraph in found if paragraph]


READERS = (
    Reader("Factiva HTML", "text", is_factiva_html, read_factiva_html),
    Reader("Factiva XML", "text", is_factiva_xml, read_factiva_xml),
    Reader("Factiva text", "text", is_factiva_text, read_factiva_text),
    Reader("Factiva", "paragraphs", is_factiva_paragraphs, read_factiva_paragraphs),
)
