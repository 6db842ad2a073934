"""Web pages: the article's own text apart from the page around it, with a check on how much of it was kept."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.errors import CorpusError
from analysis.reading.records import Found, Reader, Record

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Far above any real page (7,140 tags and 1 MB were the most of 187); what passes took at most 9 s, and
# 600 MB; 2 GB if it is nothing but attributes.
MOST_CHARACTERS = 10_000_000
MOST_TAGS = 40_000
MOST_ATTRIBUTES = 1_000
# Under this share of the visible running text the record is flagged; 185 of 187 real pages had 0.8 or more.
LEAST_SHARE = 0.6

_SNIFFED = 4_000
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|main|article|section|header|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9][\w.:-]*)""", re.IGNORECASE)
_NOT_PARSED = re.compile(r"\A\s*<\?xml[^>]*>|</(?:body|html)\s*>", re.IGNORECASE)
# As HTML reads them, quotation marks count only after "="; possessive, so that no page can make the search go back.
_COMMENT_SCRIPT_OR_TAG = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+"
    r"""|(<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)""",
    re.IGNORECASE,
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")
_WORD = re.compile(r"\w+")
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)

_BLOCKS = frozenset(
    "address article blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main ol p pre section table tbody td th thead tr ul".split()
)
_UNSEEN = frozenset(
    "head script style noscript template svg iframe object select option textarea button nav footer aside form figure "
    "video audio canvas math dialog label".split()
)
_AROUND = re.compile(
    r"comment|disqus|related|recommend|newsletter|cookie|consent|gdpr|footer|sidebar|side-bar|promo|subscri|teaser|popular"
    r"|trending|more-from|hidden|modal|popup|share|social|banner|breadcrumb|caption|credit|author-bio|widget|outbrain|taboola",
    re.IGNORECASE,
)
_LEAST_RUN = 8
_OVERLAP = 6
_LEAST_PARAGRAPH = 80
_FEW_PARAGRAPHS = 3

_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|dek|strapline|sous-titre|chapo|chapeau)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST_WORDS = range(4, 81)
_NEAR_HEADLINE = 80
_DATE_NAMES = (
    "article:published_time article:published datepublished og:published_time parsely-pub-date sailthru.date pubdate "
    "publishdate publish-date date dc.date.issued dc.date dcterms.created".split()
)
# Content systems write the year 1 where they know no date.
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(slots=True)
class _Stated:
    """What a page states about itself: its meta elements and the article of its JSON-LD."""

    meta: dict[str, str] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the first non-empty value of these meta elements."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def linked(self, name: str) -> str:
        """Return a string of the JSON-LD article, joined if there are several; of an object, its name."""
        values = self.article.get(name)
        found = [_name(value) for value in (values if isinstance(values, list) else [values])]
        return "; ".join(dict.fromkeys(filter(None, found)))


def is_web_page(text: str) -> bool:
    """Return whether a text begins as an HTML page does."""
    return _PAGE_START.match(text[:_SNIFFED]) is not None


def declared_charset(data: bytes) -> str | None:
    """Return the character set that a page's ``<meta charset>`` names, in lower case, or None."""
    match = _CHARSET.search(data[:_SNIFFED])
    return match[1].decode("ascii").lower() if match else None


def read_web_page(text: str) -> Found:
    """Return the article of a web page as one record.

    Next to the usual columns the record has ``language``, ``visible_share``, the share of the words in the page's visible
    running text that was kept, and ``extraction_flag``, empty or the reason to look at the page.

    Raises
    ------
    CorpusError
        When the page is larger, has more tags or attributes or is nested deeper than any real page, or holds no text.
    """
    _check_size(text)
    tree = _parse(text)
    stated = _stated(tree)
    url = _url(tree, stated)
    outlet = _outlet(stated, url)
    title = _headline(tree, stated, {_squeezed(outlet), _squeezed(_host(url).partition(".")[0])} - {""})
    _open_layout_tables(tree)
    _drop_link_lines(tree)
    _join_lines(tree)
    article = _article(tree, stated, title, recall=False)
    if article.share < LEAST_SHARE:
        article = max(article, _article(tree, stated, title, recall=True), key=lambda reading: reading.share)
    if not article.body:
        raise CorpusError("no article text was found in this page; save the page with its text, or remove the file")
    record: Record = {
        "headline": title.text,
        "standfirst": article.standfirst,
        "body": "\n\n".join(article.body),
        "outlet": outlet,
        "date": _date(tree, stated),
        "url": url,
        "byline": _byline(stated),
        "section": stated.first("article:section") or stated.linked("articleSection"),
        "language": tree.get("lang") or stated.linked("inLanguage") or stated.first("og:locale"),
        "visible_share": round(article.share, 3),
        "extraction_flag": _flag(article.share),
    }
    return Found([record])


def _check_size(text: str) -> None:
    n_tags = text.count("<")
    if len(text) > MOST_CHARACTERS or n_tags > MOST_TAGS:
        raise CorpusError(
            f"the page has {len(text):,} characters and {n_tags:,} tags; at most {MOST_CHARACTERS:,} and {MOST_TAGS:,} are "
            "read; save the article alone"
        )
    for match in _COMMENT_SCRIPT_OR_TAG.finditer(text):
        # An attribute takes two characters at least; shorter tags need no count.
        if match[1] and len(match[1]) > 2 * MOST_ATTRIBUTES:
            n_attributes = len(_BETWEEN_ATTRIBUTES.split(_QUOTED.sub(" ", match[1]).rstrip())) - 1
            if n_attributes > MOST_ATTRIBUTES:
                line = text.count("\n", 0, match.start()) + 1
                raise CorpusError(
                    f"line {line}: a tag with {n_attributes:,} attributes; at most {MOST_ATTRIBUTES:,} are read; "
                    "save the article alone"
                )


def _parse(text: str) -> HtmlElement:
    # trafilatura, which brings lxml, takes half a second to import; who reads no web page does not wait for it.
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        # lxml refuses a str that declares the encoding of its bytes, and drops what follows an early </body> or </html>.
        tree = document_fromstring(_NOT_PARSED.sub("", text), parser=parser)
    except ParserError as error:
        raise CorpusError("the page is empty; save it with its text, or remove the file") from error
    if limits := [entry.message.strip() for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]:
        raise CorpusError(
            f"part of the page would be lost ({limits[0]}); at most 255 tags within tags and 10 MB in one piece of text are "
            "read; save the article alone"
        )
    return tree


# What the page states


def _stated(tree: HtmlElement) -> _Stated:
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name.lower(), content)
    return _Stated(meta, _linked_article(tree))


def _linked_article(tree: HtmlElement) -> dict[str, Any]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            for item in _linked_items(script.text):
                if any(
                    str(kind).endswith(("Article", "BlogPosting", "Report")) for kind in _as_list(item.get("@type"))
                ):
                    return item
    return {}


def _linked_items(script: str) -> Iterator[dict[str, Any]]:
    try:
        waiting = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):  # a page with broken JSON is still a page
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in item)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _outlet(stated: _Stated, url: str) -> str:
    named = stated.first("og:site_name", "application-name") or stated.linked("publisher")
    return _host(named) or named.removeprefix("@") or _host(url)


def _host(url: str) -> str:
    match = _HOST.match(url)
    return match[1].lower() if match else ""


def _byline(stated: _Stated) -> str:
    named = stated.linked("author") or stated.first("author", "byl", "parsely-author", "sailthru.author", "dc.creator")
    named = named or stated.first("article:author")
    return "" if named.startswith(("http:", "https:")) else re.sub(r"^by\s+", "", named, flags=re.IGNORECASE)


def _date(tree: HtmlElement, stated: _Stated) -> str:
    dates = [stated.linked("datePublished"), *(stated.first(name) for name in _DATE_NAMES)]
    dates += [(time.get("datetime") or "").strip() for time in tree.iter("time")]
    return next((date for date in dates if _YEAR.search(date)), "")


def _url(tree: HtmlElement, stated: _Stated) -> str:
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    candidates = (*links, stated.first("og:url"), stated.linked("url"))
    return next((url.strip() for url in candidates if url.strip().startswith(("http://", "https://"))), "")


# Headline and standfirst


@dataclass(frozen=True, slots=True)
class _Title:
    """The headline, and its element if the page displays it."""

    text: str
    element: HtmlElement | None


def _headline(tree: HtmlElement, stated: _Stated, site: set[str]) -> _Title:
    title = tree.find(".//title")
    written = _text(title) if title is not None else ""
    hints = [hint for hint in (stated.linked("headline"), stated.first("og:title", "twitter:title"), written) if hint]
    displayed = [(element, text) for element in tree.iter("h1", "h2") if (text := _text(element))]
    displayed = [(element, text) for element, text in displayed if _squeezed(text) not in site]
    for hint in hints:
        for element, text in displayed:
            if _alike(text, hint):
                return _Title(text, element)
    element, text = next(((element, text) for element, text in displayed if element.tag == "h1"), (None, ""))
    return _Title(_without_site(hints[0], site) if hints else text, element)


def _alike(displayed: str, hint: str) -> bool:
    ours, theirs = set(_words(displayed)), set(_words(hint))
    return len(ours & theirs) >= 0.6 * max(1, len(theirs)) or (len(ours) > 2 and ours <= theirs)


def _without_site(title: str, site: set[str]) -> str:
    separators = re.findall(r"\s+[|–—·•»:-]\s+", title)
    if not separators:
        return title
    # Other separators may stand in the headline itself: only what follows the last one can be the site.
    headline, _, last = title.rpartition(separators[-1])
    return headline if "|" in separators[-1] or any(_squeezed(last).startswith(name) for name in site) else title


def _squeezed(text: str) -> str:
    return "".join(_words(text))


def _standfirst(tree: HtmlElement, stated: _Stated, title: _Title, paragraphs: list[str]) -> str:
    descriptions = {_key(stated.first(name)) for name in ("description", "og:description", "twitter:description")}
    descriptions |= {_key(stated.linked("description")), _key(stated.linked("alternativeHeadline"))}
    descriptions.discard("")
    lead = _key(paragraphs[0]) if paragraphs else ""
    for element in _after(tree, title.element):
        text = _text(element)
        if len(_words(text)) not in _STANDFIRST_WORDS or _key(text) == _key(title.text):
            continue
        if _is_standfirst(element, _key(text) in descriptions):
            return text
        if _key(text) == lead:
            return ""
    return ""


def _after(tree: HtmlElement, headline: HtmlElement | None) -> Iterator[HtmlElement]:
    if headline is None:
        return
    following = headline.xpath(f"following::*[position() <= {_NEAR_HEADLINE}]")
    yield from (element for element in following if element.tag in ("p", "h2", "h3", "h4", "div", "span", "strong"))


def _is_standfirst(element: HtmlElement, is_description: bool) -> bool:
    if element.find(".//time") is not None:
        return False
    named = f"{element.get('class', '')} {element.get('itemprop', '')}"
    if _STANDFIRST_CLASS.search(named) or element.get("itemprop") in ("description", "alternativeHeadline"):
        return True
    # The description is often the first paragraph of the body, and stays there.
    siblings = [] if element.getparent() is None else element.getparent().findall("p")
    return is_description and (element.tag != "p" or len(siblings) < 2)


# The body


class _Article(NamedTuple):
    """One reading of the page, and the share of its visible running text that it keeps."""

    standfirst: str
    body: list[str]
    share: float


def _article(tree: HtmlElement, stated: _Stated, title: _Title, *, recall: bool) -> _Article:
    paragraphs = _paragraphs(tree, recall=recall)
    standfirst = _standfirst(tree, stated, title, paragraphs)
    repeated = {_key(title.text), _key(standfirst)}
    body = [paragraph for paragraph in paragraphs if _key(paragraph) not in repeated]
    return _Article(
        standfirst, body, _visible_share(tree, title.element, [title.text, standfirst, *body]) if body else 0.0
    )


def _paragraphs(tree: HtmlElement, *, recall: bool) -> list[str]:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    # Without its comparison with other extractors trafilatura is better on both development sets, and a third faster.
    document = bare_extraction(tree, fast=not recall, favor_recall=recall, include_comments=False, deduplicate=False)
    lines = (document.text or "").split("\n") if isinstance(document, Document) else []
    return [line for line in (_line(unicodedata.normalize("NFC", line)) for line in lines) if line]


def _line(line: str) -> str:
    return line.strip().strip("|").strip().removeprefix("- ")


def _open_layout_tables(tree: HtmlElement) -> None:
    for cell in list(tree.iter("td")):
        if len(cell.findall(".//p")) > 2 or len(cell.findall(".//br")) > 5:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
                element.tag = "div"


def _drop_link_lines(tree: HtmlElement) -> None:
    """Drop the paragraphs that are one link: "Read more: …" to another article."""
    links = []
    n_written: Counter[HtmlElement | None] = Counter()
    for paragraph in tree.iter("p"):
        link = paragraph.find(".//a[@href]")
        text = _text(paragraph)
        if link is not None and text and _text(link) == text:
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


# How much was kept


def _visible_share(tree: HtmlElement, headline: HtmlElement | None, kept: list[str]) -> float:
    kept_words = [word for text in kept for word in _words(text)]
    # Looked up, not searched for: a page with a million words would take minutes.
    known = {hash(tuple(kept_words[i : i + _OVERLAP])) for i in range(len(kept_words))}
    dropped: dict[HtmlElement, int] = {}
    holding: set[HtmlElement] = set()
    for run in _runs(tree, _wrappers(tree, headline)):
        words = _words(run.text)
        if hash(tuple(words[:_OVERLAP])) in known or hash(tuple(words[-_OVERLAP:])) in known:
            holding.add(run.container)
        elif len(words) >= _LEAST_RUN:
            dropped[run.container] = dropped.get(run.container, 0) + len(words)
    n_kept = len(kept_words)
    # What stands beside kept text belongs to the article. Elsewhere there are teasers and comments, many but each short:
    # only a passage longer than all that was kept may be the article itself.
    n_dropped = sum(n for container, n in dropped.items() if container in holding or n > n_kept)
    return n_kept / max(1, n_kept + n_dropped)


def _wrappers(tree: HtmlElement, headline: HtmlElement | None) -> set[HtmlElement]:
    """Return what wraps the headline or the longest paragraph: "has-sidebar" is often a class of the article itself."""
    inside = [headline] if headline is not None else []
    inside.extend(sorted(tree.iter("p"), key=lambda paragraph: len(paragraph.text or ""))[-1:])
    return {ancestor for element in inside for ancestor in element.iterancestors()}


class _Run(NamedTuple):
    """Text between two block boundaries, and the element around its block."""

    text: str
    container: HtmlElement


def _runs(tree: HtmlElement, wrappers: set[HtmlElement]) -> list[_Run]:
    """Return the pieces of text between block boundaries that are not around an article and not mostly links."""
    runs: list[_Run] = []
    run: list[str] = []
    n_linked = 0

    def end_run(container: HtmlElement) -> None:
        nonlocal n_linked
        text = "".join(run)
        if 2 * n_linked < len(text) and not text.isspace():
            runs.append(_Run(text, container))
        run.clear()
        n_linked = 0

    def walk(element: HtmlElement, in_link: bool) -> None:
        nonlocal n_linked
        if element.text:
            run.append(element.text)
            n_linked += len(element.text) if in_link else 0
        for child in element:
            is_block = child.tag in _BLOCKS
            if is_block:
                end_run(element)
            if child in wrappers or not _is_around(child):
                walk(child, in_link or (child.tag == "a" and "href" in child.attrib))
            if is_block:
                end_run(element)
            if child.tail:
                run.append(child.tail)
                n_linked += len(child.tail) if in_link else 0

    walk(tree, False)
    return runs


def _is_around(element: HtmlElement) -> bool:
    if element.tag in _UNSEEN:
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return named != " " and _AROUND.search(named) is not None


def _flag(share: float) -> str:
    return "" if share >= LEAST_SHARE else f"only {share:.0%} of the visible running text was kept"


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _key(text: str) -> str:
    return " ".join(_words(text))


READERS = (Reader("web page", "text", is_web_page, read_web_page),)
