"""The body of a page: what trafilatura takes for the article, and the lines beside it that it left out by mistake."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.pages.facts import Stated
from analysis.reading.pages.headline import Title, standfirst_of
from analysis.reading.pages.runs import Run, key_of, runs_of, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Under this share of the visible running text the record is flagged; 185 of 187 real pages had 0.8 or more.
LEAST_SHARE = 0.6

_OVERLAP = 6
_LEAST_LINE = 4
_LEAST_RUN = 8
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_OTHER_ARTICLE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "time"))


class Body(NamedTuple):
    """One reading of a page.

    Attributes
    ----------
    standfirst : str
        The standfirst, "" if none is displayed.
    paragraphs : list of str
        The paragraphs of the body, without headline and standfirst.
    share : float
        The share of the visible running text that was kept.
    n_left : int
        The words of running text that were not.
    """

    standfirst: str
    paragraphs: list[str]
    share: float
    n_left: int


def body_of(tree: HtmlElement, stated: Stated, title: Title) -> Body:
    """Return the reading of a page that keeps most; trafilatura's wider search is asked only where its first lost much."""
    runs = runs_of(tree, title.element)
    body = _reading(tree, runs, stated, title, recall=False)
    if body.share < LEAST_SHARE:
        body = max(body, _reading(tree, runs, stated, title, recall=True), key=lambda reading: reading.share)
    return body


def _reading(tree: HtmlElement, runs: list[Run], stated: Stated, title: Title, *, recall: bool) -> Body:
    lines = _lines(tree, recall=recall)
    standfirst = standfirst_of(tree, stated, title, lines)
    repeated = {key_of(title.text), key_of(standfirst)}
    body = [line for line in lines if key_of(line) not in repeated]
    if not body:
        return Body(standfirst, [], 0.0, 0)
    found = _Found(body, [title.text, standfirst], runs, title)
    n_kept = found.n_kept
    n_left = found.n_left()
    return Body(standfirst, found.completed(), n_kept / max(1, n_kept + n_left), n_left)
