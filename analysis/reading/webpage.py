"""Web pages: the article's own text apart from the page around it, with a check on how much of it was kept."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from analysis.core.errors import CorpusError
from analysis.reading.notes import Note
from analysis.reading.pages.body import LEAST_SHARE, Body, body_of
from analysis.reading.pages.facts import Stated, byline_of, date_of, host_of, outlet_of, stated_in, url_of
from analysis.reading.pages.headline import headline_of, squeezed, titles_in
from analysis.reading.pages.refusals import refusal_of
from analysis.reading.pages.runs import text_of, words_of
from analysis.reading.pages.surroundings import Surrounding, cut_surroundings
from analysis.reading.pages.tree import page_of
from analysis.reading.records import CUTS, Found, Reader, Record, Unread

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SNIFFED = 4_000
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|main|article|section|header|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_LEAST_PARAGRAPH = 80
_FEW_PARAGRAPHS = 3
_SHORT = 150
_LONG_CELL = 200
_SEVERAL = 3


def is_web_page(text: str) -> bool:
    """Return whether a text begins as an HTML page does."""
    return _PAGE_START.match(text[:_SNIFFED]) is not None


def read_web_page(text: str) -> Found:
    """Return the article of a web page as one record.

    Next to the usual columns the record has ``language``, ``visible_share``, the share of the words in the page's visible
    running text that was kept, and ``extraction_flag``, empty or the reason to look at the page.

    Raises
    ------
    CorpusError
        When the page is larger, has more tags or attributes or is nested deeper than any real page, or holds no text.
    """
    page = page_of(text)
    tree = page.tree
    stated = stated_in(tree)
    url = url_of(tree, stated)
    outlet = outlet_of(stated, url)
    title = headline_of(tree, stated, {squeezed(outlet), squeezed(host_of(url).partition(".")[0])} - {""})
    _open_layout_tables(tree)
    _drop_link_lines(tree)
    _join_lines(tree)
    around = cut_surroundings(tree, title.element)
    body = body_of(page, stated, title)
    n_words = sum(len(words_of(paragraph)) for paragraph in body.paragraphs)
    if refused := refusal_of([title.text, *titles_in(tree)], n_words):
        return Found(
            [], [Unread("file", f"an error page, no article: {refused!r}", "\n\n".join(body.paragraphs) or refused)]
        )
    if not body.paragraphs:
        raise CorpusError("no article text was found in this page; save the page with its text, or remove the file")
    record: Record = {
        "headline": title.text,
        "standfirst": body.standfirst,
        "body": "\n\n".join(body.paragraphs),
        "outlet": outlet,
        "date": date_of(tree, stated),
        "url": url,
        "byline": byline_of(stated),
        "section": stated.first("article:section") or stated.linked("articleSection"),
        "language": tree.get("lang") or stated.linked("inLanguage") or stated.first("og:locale"),
        "visible_share": round(body.share, 3),
        "extraction_flag": _flag(body),
        CUTS: _cuts_within(around, body),
    }
    return Found([record], notes=[*_notes(stated, body, n_words), *_of_entries(tree, body)])


def _flag(body: Body) -> str:
    if body.share >= LEAST_SHARE:
        return ""
    return f"only {body.share:.0%} of the visible running text was kept, {body.n_left:,} words were not"


def _cuts_within(around: list[Surrounding], body: Body) -> list[tuple[str, str]]:
    """Return what was cut within the element around the body; what stands elsewhere on the page is no part of the text."""
    scope = body.scope
    return [
        (cut.rule, cut.text)
        for cut in around
        if scope is not None and (cut.place is scope or scope in cut.place.iterancestors())
    ]


def _notes(stated: Stated, body: Body, n_words: int) -> list[Note]:
    notes = []
    if body.share < LEAST_SHARE:
        notes.append(
            Note(
                "running text that the page shows was not taken",
                kind="text not taken",
                count=body.n_left,
                remedy="look at it beside the page; visible_share and extraction_flag say how much",
            )
        )
    if stated.is_locked and n_words < _SHORT:
        notes.append(
            Note(
                "the page says that it is not free, and holds little text: likely the beginning of an article",
                kind="cut body",
                remedy="save it while logged in, or leave it out",
            )
        )
    return notes


def _of_entries(tree: HtmlElement, body: Body) -> list[Note]:
    """Return a note where the text is that of several entries, each with a headline that leads to its own page: a list of articles."""
    taken = {*body.paragraphs}
    count = sum(
        entry.xpath("boolean(.//*[self::h1 or self::h2 or self::h3][.//a[@href] or parent::a[@href]])")
        and any(text_of(paragraph) in taken for paragraph in entry.iter("p"))
        for entry in tree.iter("article")
    )
    if count < _SEVERAL:
        return []
    return [
        Note(
            f"the page lists {count} articles, each with a link to its own page, and was read as one",
            kind="several articles in one",
            count=count,
            remedy="save the page of each article, or remove this one",
        )
    ]


def _open_layout_tables(tree: HtmlElement) -> None:
    for cell in list(tree.iter("td")):
        n_paragraphs = len(cell.findall(".//p"))
        is_long = n_paragraphs > 1 and len(text_of(cell)) >= _LONG_CELL
        if is_long or n_paragraphs > 2 or len(cell.findall(".//br")) > 5:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
                element.tag = "div"


def _drop_link_lines(tree: HtmlElement) -> None:
    """Drop the paragraphs that are one link: "Read more: …" to another article."""
    links = []
    n_written: Counter[HtmlElement | None] = Counter()
    for paragraph in tree.iter("p"):
        link = paragraph.find(".//a[@href]")
        text = text_of(paragraph)
        if link is not None and text and text_of(link) == text:
            links.append((paragraph.getparent(), link))
        elif len(text) >= _LEAST_PARAGRAPH:
            n_written[paragraph.getparent()] += 1
    for parent, link in links:
        # Beside few paragraphs the link may be what a short note is about.
        if n_written[parent] >= _FEW_PARAGRAPHS:
            link.drop_tree()


def _join_lines(tree: HtmlElement) -> None:
    """Join the lines that a paragraph has in the source only; trafilatura would take them for paragraphs."""
    for paragraph in tree.iter("p"):
        for element in paragraph.iter():
            if element.text and "\n" in element.text:
                element.text = element.text.replace("\n", " ")
            if element is not paragraph and element.tail and "\n" in element.tail:
                element.tail = element.tail.replace("\n", " ")


READERS = (Reader("web page", "text", is_web_page, read_web_page),)
