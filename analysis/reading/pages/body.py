"""The body of a page: what trafilatura takes for the article, and the lines beside it that it left out by mistake."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.pages.facts import Stated
from analysis.reading.pages.headline import Title, standfirst_of
from analysis.reading.pages.runs import Run, has_side_name, has_side_tag, key_of, runs_of, words_of
from analysis.reading.pages.tree import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Under this share of the visible running text the record is flagged; 185 of 187 real pages had 0.8 or more.
LEAST_SHARE = 0.6

_OVERLAP = 6
_LEAST_LINE = 4
# Where slips in the mark-up put half an article into an aside, a form or a template, the page is flagged.
_LEAST_BESIDE = 0.5
_LEAST_RUN = 8
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOST_STEPS = 8
_WHOLE = frozenset(("html", "body", "main"))


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
    scope : HtmlElement or None
        The smallest element around all of the body.
    """

    standfirst: str
    paragraphs: list[str]
    share: float
    n_left: int
    scope: HtmlElement | None


def body_of(page: Page, stated: Stated, title: Title) -> Body:
    """Return the reading of a page that keeps most; trafilatura's wider search is asked only where its first lost much."""
    runs = runs_of(page.tree, title.element)
    body = _reading(page, runs, stated, title, recall=False)
    if body.share < LEAST_SHARE:
        body = max(body, _reading(page, runs, stated, title, recall=True), key=lambda reading: reading.share)
    return body


def _reading(page: Page, runs: list[Run], stated: Stated, title: Title, *, recall: bool) -> Body:
    lines = _lines(page.tree, recall=recall)
    standfirst = standfirst_of(page.tree, stated, title, lines)
    repeated = {key_of(title.text), key_of(standfirst)}
    body = [line for line in lines if key_of(line) not in repeated]
    if not body:
        return Body(standfirst, [], 0.0, 0, None)
    kept = _Kept([title.text, standfirst], body)
    missed = _missed(runs, kept, title.element)
    n_kept = kept.n_words + sum(len(words_of(text)) for _, text in missed.lines)
    n_left = missed.n_left + (page.n_hidden if page.n_hidden > _LEAST_BESIDE * n_kept else 0)
    return Body(standfirst, _completed(body, missed.lines), n_kept / (n_kept + n_left), n_left, missed.scope)


class _Kept:
    """The texts that were kept, and on which line of the body any six of their words stand."""

    def __init__(self, around: list[str], body: list[str]) -> None:
        self.body = body
        self._keys = {
            key_of(text): number for number, text in reversed(list(enumerate((*around, *body), start=-len(around))))
        }
        words: list[str] = []
        numbers: list[int] = []
        for number, text in enumerate((*around, *body), start=-len(around)):
            found = words_of(text)
            words += found
            numbers += [number] * len(found)
        self.n_words = len(words)
        # Looked up, not searched for: a page with a million words would take minutes.
        self._lines = {hash(tuple(words[i : i + _OVERLAP])): numbers[i] for i in reversed(range(len(words)))}

    def line_of(self, words: list[str]) -> int | None:
        """Return the number of the line on which a run stands, negative outside the body, or None."""
        if len(words) < _OVERLAP:
            return self._keys.get(" ".join(words))
        first = self._lines.get(hash(tuple(words[:_OVERLAP])))
        return first if first is not None else self._lines.get(hash(tuple(words[-_OVERLAP:])))

    def holds(self, text: str) -> bool:
        """Return whether a text is one of those kept."""
        return key_of(text) in self._keys


class _Missed(NamedTuple):
    """What of the runs was not kept: lines to put back, each with the line that it follows, and words that stay out.

    Beside it, the smallest element around what was kept.
    """

    lines: list[tuple[int, str]]
    n_left: int
    scope: HtmlElement | None


def _missed(runs: list[Run], kept: _Kept, headline: HtmlElement | None) -> _Missed:
    words = [words_of(run.text) for run in runs]
    lines = [kept.line_of(of_run) for of_run in words]
    holding = {
        run.container
        for run, line, of_run in zip(runs, lines, words, strict=True)
        if line is not None and line >= 0 and len(of_run) >= _OVERLAP
    }
    siblings = _siblings(runs, holding)
    last = max((place for place, line in enumerate(lines) if line is not None and line >= 0), default=-1)
    back: list[tuple[int, str]] = []
    left: Counter[HtmlElement] = Counter()
    is_after_headline = headline is None
    number = -1
    for place, (run, line, of_run) in enumerate(zip(runs, lines, words, strict=True)):
        is_after_headline = is_after_headline or run.block is headline
        if line is not None:
            number = max(number, line) if run.container in holding else number
            continue
        text = " ".join(unicodedata.normalize("NFC", run.text).split())
        is_within = run.beside is None and (run.container in holding or run.container in siblings)
        if (
            is_within
            and is_after_headline
            and not kept.holds(text)
            and _is_line(run, of_run, text, is_last=place > last)
        ):
            back.append((number, text))
        elif len(of_run) >= _LEAST_RUN:
            left[run.beside if run.beside is not None else run.container] += len(of_run)
    # What stands beside kept text belongs to the article. Elsewhere there are teasers and comments, many but each short:
    # only a passage longer than all that was kept may be the article itself.
    n_left = sum(
        n
        for place, n in left.items()
        if place in holding
        or place in siblings
        or (n > kept.n_words * (_LEAST_BESIDE if has_side_tag(place) else 1) and not has_side_name(place))
    )
    return _Missed(back, n_left, _around(holding))


def _around(elements: set[HtmlElement]) -> HtmlElement | None:
    """Return the smallest element around all of some."""
    lines = [[*reversed(list(element.iterancestors())), element] for element in elements]
    shared = [level[0] for level in zip(*lines, strict=False) if len(set(level)) == 1]
    return shared[-1] if shared else None


def _siblings(runs: list[Run], holding: set[HtmlElement]) -> set[HtmlElement]:
    """Return the further parts of an article: containers of the same names and classes as one that holds its text.

    Up to the block that both stand in, each element around them must have the same name and class, too.
    """
    parts = {path for container in holding for path in _paths(container)}
    found = set()
    for container in {run.container for run in runs if run.beside is None} - holding:
        if any(path in parts for path in _paths(container)):
            found.add(container)
    return found


def _paths(container: HtmlElement) -> Iterator[tuple[HtmlElement, tuple[tuple[str, str | None], ...]]]:
    """Yield each of the nearest elements around a container, with the names and classes on the way to it."""
    names: tuple[tuple[str, str | None], ...] = ()
    element = container
    for _ in range(_MOST_STEPS):
        parent = element.getparent()
        if parent is None or element.tag in _WHOLE or _is_headed(element):
            return
        names = ((element.tag, element.get("class")), *names)
        yield parent, names
        element = parent


def _is_headed(element: HtmlElement) -> bool:
    """Return whether a heading in it links to another article, as in a list of teasers."""
    return any(
        heading.find(".//a[@href]") is not None or heading.getparent().tag == "a" for heading in element.iter(*_TITLES)
    )


def _is_line(run: Run, words: list[str], text: str, *, is_last: bool) -> bool:
    """Return whether a run in an article's container reads like a line of it: a sentence, or a heading between paragraphs."""
    if run.block.tag in _HEADINGS:
        return not is_last
    is_paragraph = run.block.tag == "p" and not is_last
    return len(words) >= _LEAST_LINE and (is_paragraph or _SENTENCE_END.search(text) is not None)


def _completed(body: list[str], back: list[tuple[int, str]]) -> list[str]:
    """Return the lines of a body with the missed ones put back, each after the line that it follows."""
    after: dict[int, list[str]] = {}
    for number, text in back:
        after.setdefault(number, []).append(text)
    return [*after.get(-1, []), *(text for number, line in enumerate(body) for text in (line, *after.get(number, [])))]


def _lines(tree: HtmlElement, *, recall: bool) -> list[str]:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    # Without its comparison with other extractors trafilatura is better on both development sets, and a third faster.
    document = bare_extraction(tree, fast=not recall, favor_recall=recall, include_comments=False, deduplicate=False)
    lines = (document.text or "").split("\n") if isinstance(document, Document) else []
    return [line for line in (_line(unicodedata.normalize("NFC", line)) for line in lines) if line]


def _line(line: str) -> str:
    return line.strip().strip("|").strip().removeprefix("- ")
