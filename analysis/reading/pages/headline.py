"""The headline of a page and its standfirst, both as displayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.reading.pages.facts import Stated
from analysis.reading.pages.runs import key_of, text_of, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|dek|strapline|sous-titre|chapo|chapeau)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST_WORDS = range(4, 81)
_NEAR_HEADLINE = 80
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+")


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, and its element if the page displays it."""

    text: str
    element: HtmlElement | None


def titles_in(tree: HtmlElement) -> list[str]:
    """Return what a page calls itself: its title, whole and up to its first separator, and its first headings."""
    title = tree.find(".//title")
    written = text_of(title) if title is not None else ""
    headings = [text_of(heading) for heading in tree.iter("h1")][:2]
    return [written, _SEPARATOR.split(written, maxsplit=1)[0], *headings]


def headline_of(tree: HtmlElement, stated: Stated, site: set[str]) -> Title:
    """Return the headline: the heading that a statement of the page confirms, or what it states."""
    title = tree.find(".//title")
    written = text_of(title) if title is not None else ""
    hints = [hint for hint in (stated.linked("headline"), stated.first("og:title", "twitter:title"), written) if hint]
    displayed = [(element, text) for element in tree.iter("h1", "h2") if (text := text_of(element))]
    displayed = [(element, text) for element, text in displayed if squeezed(text) not in site]
    for hint in hints:
        for element, text in displayed:
            if _alike(text, hint):
                return Title(text, element)
    element, text = next(((element, text) for element, text in displayed if element.tag == "h1"), (None, ""))
    return Title(_without_site(hints[0], site) if hints else text, element)


def _alike(displayed: str, hint: str) -> bool:
    ours, theirs = set(words_of(displayed)), set(words_of(hint))
    return len(ours & theirs) >= 0.6 * max(1, len(theirs)) or (len(ours) > 2 and ours <= theirs)


def _without_site(title: str, site: set[str]) -> str:
    separators = _SEPARATOR.findall(title)
    if not separators:
        return title
    # Other separators may stand in the headline itself: only what follows the last one can be the site.
    headline, _, last = title.rpartition(separators[-1])
    return headline if "|" in separators[-1] or any(squeezed(last).startswith(name) for name in site) else title


def squeezed(text: str) -> str:
    """Return the letters of a name, to compare "The Harbour Post" with harbourpost."""
    return "".join(words_of(text))


def standfirst_of(tree: HtmlElement, stated: Stated, title: Title, paragraphs: list[str]) -> str:
    """Return the standfirst that is displayed near the headline, "" if there is none."""
    descriptions = {key_of(stated.first(name)) for name in ("description", "og:description", "twitter:description")}
    descriptions |= {key_of(stated.linked("description")), key_of(stated.linked("alternativeHeadline"))}
    descriptions.discard("")
    lead = key_of(paragraphs[0]) if paragraphs else ""
    for element in _after(tree, title.element):
        text = text_of(element)
        if len(words_of(text)) not in _STANDFIRST_WORDS or key_of(text) == key_of(title.text):
            continue
        if _is_standfirst(element, key_of(text) in descriptions):
            return text
        if key_of(text) == lead:
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
