"""What stands on a page within an article and is none of it: captions, posts of others, teasers, letters to sign up for, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis.core.word_lists import lines_of
from analysis.reading.pages.runs import text_of, words_of
from analysis.reading.pages.tree import paragraph_length

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAPTION = re.compile(
    r"caption|cutline|(?:photo|image|img|picture|media)[-_]?credit|bildunterschrift|bildtext|pie-?de-?foto|didascalia",
    re.IGNORECASE,
)
_CAPTION_TAGS = ("figcaption", "p", "div", "span", "small", "em", "cite", "dd", "li")
_LONGEST_CAPTION = 80
_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video|timeline)|instagram-media|tiktok-embed|fb-(?:post|video)|reddit-(?:embed|card)\S*"
    r"|bluesky-embed|mastodon-embed|text-post-media|telegram-post)(?:$|\s)",
    re.IGNORECASE,
)
_TEASER = re.compile(rf"(?:{'|'.join(lines_of('reading/pages/teasers.txt'))})\W*", re.IGNORECASE)
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "header", "legend")
_LONGEST_TITLE = 12
_MOST_IN_TITLE = 3
_OFFERS = ("a", "form", "input", "button", "iframe")
_MOST_OF_PAGE = 0.4


class Surrounding(NamedTuple):
    """A passage that was cut: the rule, its text, and the element that it stood in."""

    rule: str
    text: str
    place: HtmlElement


def cut_surroundings(tree: HtmlElement, headline: HtmlElement | None) -> list[Surrounding]:
    """Cut from a tree what stands around the text of an article, and return it."""
    page = _Page(tree, headline)
    cuts: list[Surrounding] = []
    for rule, found in (("caption", _captions), ("post of a network", _posts), ("teaser", _teasers)):
        for element in list(found(tree, page)):
            place = element.getparent()
            if place is None or tree not in element.iterancestors():
                continue
            if text := " ".join(" ".join(element.itertext()).split()):
                cuts.append(Surrounding(rule, text, place))
            element.drop_tree()
    return cuts


class _Page:
    """What may not be cut: the headline, and what holds much of the page's text."""

    def __init__(self, tree: HtmlElement, headline: HtmlElement | None) -> None:
        self._around_headline = {headline, *headline.iterancestors()} if headline is not None else set()
        self._most = _MOST_OF_PAGE * paragraph_length(tree)

    def may_cut(self, element: HtmlElement) -> bool:
        return element not in self._around_headline and paragraph_length(element) <= self._most


def _captions(tree: HtmlElement, page: _Page) -> Iterator[HtmlElement]:
    for element in tree.iter(*_CAPTION_TAGS):
        if element.tag == "figcaption" or _CAPTION.search(element.get("class", "")):
            is_short = len(words_of(text_of(element))) <= _LONGEST_CAPTION and len(element.findall(".//p")) < 2
            if is_short and page.may_cut(element):
                yield element


def _posts(tree: HtmlElement, page: _Page) -> Iterator[HtmlElement]:
    for element in tree.iter("blockquote", "div"):
        if _POST.search(element.get("class", "")) and page.may_cut(element):
            yield element


def _teasers(tree: HtmlElement, page: _Page) -> Iterator[HtmlElement]:
    """Yield the boxes under a heading such as "Related stories"; where there is no box, the heading and the links after it."""
    for title in tree.iter(*_TITLES):
        if len(title) > (0 if title.tag in ("div", "header") else _MOST_IN_TITLE):
            continue
        text = text_of(title)
        if not text or len(text.split()) > _LONGEST_TITLE or not _TEASER.fullmatch(text):
            continue
        box = _box(title, page)
        if box is not title:
            if page.may_cut(box) and next(box.iter(*_OFFERS), None) is not None:
                yield box
        elif links := list(_links_after(title, page)):
            yield from (title, *links)


def _box(title: HtmlElement, page: _Page) -> HtmlElement:
    """Return the largest element whose text begins with a heading and that may be cut."""
    box = title
    while (parent := box.getparent()) is not None and _begins(parent, box) and page.may_cut(parent):
        box = parent
    return box


def _begins(parent: HtmlElement, box: HtmlElement) -> bool:
    before = [parent.text or ""]
    for child in parent:
        if child is box:
            break
        before += [text_of(child), child.tail or ""]
    return parent.tag not in ("body", "html", "main", "article") and not "".join(before).strip()


def _links_after(title: HtmlElement, page: _Page) -> Iterator[HtmlElement]:
    for element in title.itersiblings():
        if not text_of(element):
            continue
        n_linked = sum(len(text_of(link)) for link in element.iter("a"))
        if 2 * n_linked < len(text_of(element)) or not page.may_cut(element):
            return
        yield element
