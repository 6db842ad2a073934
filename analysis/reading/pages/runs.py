"""The visible text of a page in runs, one between two edges of blocks, and what surrounds an article on a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_NO_TEXT = frozenset("head script style template iframe object option textarea video audio canvas".split())
_BESIDE = frozenset("noscript svg select button nav footer aside form figure dialog label".split())
_AROUND = re.compile(
    r"comment|disqus|related|recommend|newsletter|cookie|consent|gdpr|footer|sidebar|side-bar|promo|subscri|teaser|popular"
    r"|trending|more-from|hidden|modal|popup|popmake|share|social|banner|breadcrumb|caption|credit|author-bio|widget|outbrain|taboola",
    re.IGNORECASE,
)
# The longest paragraph of a page may stand in one of these, and is none of an article.
_NEVER_WRAPPER = re.compile(r"comment|disqus|cookie|consent|gdpr|newsletter|modal|popup|popmake", re.IGNORECASE)


class Run(NamedTuple):
    """Text between two edges of blocks.

    Attributes
    ----------
    text : str
        As written.
    container : HtmlElement
        The element around its block.
    block : HtmlElement
        The block itself.
    beside : HtmlElement or None
        The outermost element around it that is no part of an article by its name or class: aside, nav, comments.
    """

    text: str
    container: HtmlElement
    block: HtmlElement
    beside: HtmlElement | None


def runs_of(tree: HtmlElement, headline: HtmlElement | None) -> list[Run]:
    """Return the runs of a page that are not mostly links, in order."""
    wrappers = _wrappers(tree, headline)
    runs: list[Run] = []
    run: list[str] = []
    n_linked = 0

    def end_run(container: HtmlElement, block: HtmlElement, beside: HtmlElement | None) -> None:
        nonlocal n_linked
        text = "".join(run)
        if 2 * n_linked < len(text) and not text.isspace():
            runs.append(Run(text, container, block, beside))
        run.clear()
        n_linked = 0

    def walk(element: HtmlElement, block: HtmlElement, beside: HtmlElement | None, in_link: bool) -> None:
        nonlocal n_linked
        if element.text:
            run.append(element.text)
            n_linked += len(element.text) if in_link else 0
        for child in element:
            is_block = child.tag in _BLOCKS
            if is_block:
                end_run(element, block, beside)
            within = (
                child
                if beside is None and child not in wrappers and (has_side_tag(child) or has_side_name(child))
                else beside
            )
            if child.tag not in _NO_TEXT:
                walk(
                    child,
                    child if is_block else block,
                    within,
                    in_link or (child.tag == "a" and "href" in child.attrib),
                )
            if is_block:
                end_run(element, child, within)
            if child.tail:
                run.append(child.tail)
                n_linked += len(child.tail) if in_link else 0

    walk(tree, tree, None, False)
    return runs


def has_side_tag(element: HtmlElement) -> bool:
    """Return whether an element is beside an article by its tag, into which a slip in the mark-up may put an article."""
    return element.tag in _BESIDE


def has_side_name(element: HtmlElement) -> bool:
    """Return whether an element is beside an article by its class or id, which no slip in the mark-up brings about."""
    return _matches(_AROUND, element)


def text_of(element: HtmlElement) -> str:
    """Return the text under an element in one line."""
    return " ".join(element.text_content().split())


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(text.casefold())


def key_of(text: str) -> str:
    """Return what two spellings of one passage share: its words."""
    return " ".join(words_of(text))


def _wrappers(tree: HtmlElement, headline: HtmlElement | None) -> set[HtmlElement]:
    """Return what wraps the headline or the longest paragraph: "has-sidebar" is often a class of the article itself."""
    wrappers = set(headline.iterancestors()) if headline is not None else set()
    longest = max(tree.iter("p"), key=lambda paragraph: len(paragraph.text or ""), default=None)
    if longest is not None:
        wrappers.update(around for around in longest.iterancestors() if not _matches(_NEVER_WRAPPER, around))
    return wrappers


def _matches(names: re.Pattern[str], element: HtmlElement) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return named != " " and names.search(named) is not None
