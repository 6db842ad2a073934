"""What a page states about its article: in meta elements, in JSON-LD, in links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time article:published datepublished og:published_time parsely-pub-date sailthru.date pubdate "
    "publishdate publish-date date dc.date.issued dc.date dcterms.created".split()
)
# Content systems write the year 1 where they know no date.
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(slots=True)
class Stated:
    """What a page states about itself: its meta elements and the article of its JSON-LD."""

    meta: dict[str, str] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the first non-empty value of these meta elements."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    @property
    def is_locked(self) -> bool:
        """Whether its article is not free to read."""
        return str(self.article.get("isAccessibleForFree")).lower() == "false"

    def linked(self, name: str) -> str:
        """Return a string of the JSON-LD article, joined if there are several; of an object, its name."""
        values = self.article.get(name)
        found = [_name(value) for value in (values if isinstance(values, list) else [values])]
        return "; ".join(dict.fromkeys(filter(None, found)))


def stated_in(tree: HtmlElement) -> Stated:
    """Return what a page states."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name.lower(), content)
    return Stated(meta, _linked_article(tree))


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


def outlet_of(stated: Stated, url: str) -> str:
    """Return the name of the site, or its host."""
    named = stated.first("og:site_name", "application-name") or stated.linked("publisher")
    return host_of(named) or named.removeprefix("@") or host_of(url)


def host_of(url: str) -> str:
    """Return the host of an address, without "www."."""
    match = _HOST.match(url)
    return match[1].lower() if match else ""


def byline_of(stated: Stated) -> str:
    """Return who wrote it, several parted by a semicolon."""
    named = stated.linked("author") or stated.first("author", "byl", "parsely-author", "sailthru.author", "dc.creator")
    named = named or stated.first("article:author")
    return "" if named.startswith(("http:", "https:")) else re.sub(r"^by\s+", "", named, flags=re.IGNORECASE)


def date_of(tree: HtmlElement, stated: Stated) -> str:
    """Return the date of publication as written."""
    dates = [stated.linked("datePublished"), *(stated.first(name) for name in _DATE_NAMES)]
    dates += [(time.get("datetime") or "").strip() for time in tree.iter("time")]
    return next((date for date in dates if _YEAR.search(date)), "")


def url_of(tree: HtmlElement, stated: Stated) -> str:
    """Return the address that the page states as its own."""
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    candidates = (*links, stated.first("og:url"), stated.linked("url"))
    return next((url.strip() for url in candidates if url.strip().startswith(("http://", "https://"))), "")
