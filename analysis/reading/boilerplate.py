"""Cutting what web pages put into articles; every cut is listed with the rule that made it."""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import array_of, bytes_of, is_true, texts_at, with_texts
from analysis.reading.edges import edges_of
from analysis.reading.rooms import Room, parts_of

PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")

_FEWEST = 10
_LEAST_SHARE = 1 / 200
_PRIME = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, TAOCP 3, section 6.4)

Array = npt.NDArray[Any]

Cut = tuple[str, str]  # rule, passage


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate: `pattern` must match a whole passage, which holds one of `triggers`, in any case of letters where it `is_caseless`."""

    name: str
    where: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    is_caseless: bool

    def may_match(self, text: str) -> bool:
        """Whether a passage holds a trigger."""
        if self.is_caseless:
            folded = text.casefold()
            return any(trigger.casefold() in folded for trigger in self.triggers)
        return any(trigger in text for trigger in self.triggers)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of boilerplate.toml."""
    written = tomllib.loads(Path(__file__).with_name("boilerplate.toml").read_text(encoding="utf-8"))["rules"]
    patterns = [re.compile(rule["pattern"]) for rule in written]
    return tuple(
        Rule(rule["name"], rule["where"], tuple(rule["triggers"]), pattern, bool(pattern.flags & re.IGNORECASE))
        for rule, pattern in zip(written, patterns, strict=True)
    )


def cut_passages(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text without boilerplate, and what was cut as (rule, passage).

    A text without boilerplate comes back as it is, character for character.
    """
    candidates = [rule for rule in rules() if any(trigger in text for trigger in rule.triggers)]
    if not candidates:
        return text, []
    removed: list[tuple[str, str]] = []
    kept = []
    for paragraph in PARAGRAPH_BREAK.split(text):
        here = [rule for rule in candidates if rule.may_match(paragraph)]
        rest = _cut_paragraph(paragraph, here, removed) if here else paragraph
        if rest.strip():
            kept.append(rest)
    return ("\n\n".join(kept), removed) if removed else (text, [])


def _cut_paragraph(paragraph: str, candidates: list[Rule], removed: list[tuple[str, str]]) -> str:
    whole = paragraph.strip()
    for rule in candidates:
        if rule.where == "paragraph" and rule.pattern.fullmatch(whole):
            removed.append((rule.name, whole))
            return ""
    lines = []
    for line in paragraph.split("\n"):
        rule_name = next(
            (rule.name for rule in candidates if rule.where == "line" and rule.pattern.fullmatch(line.strip())), None
        )
        if rule_name is None:
            lines.append(line)
        else:
            removed.append((rule_name, line.strip()))
    return "\n".join(lines)


def cut_articles(articles: pd.DataFrame, cuts: list[list[Cut]], room: Room) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return ARTICLES with bodies free of boilerplate, and for each article `cuts` and what was cut here."""
    cuts = list(cuts)
    return articles.assign(body=room.column(_cut_parts(articles, cuts, room))), cuts


def _cut_parts(articles: pd.DataFrame, cuts: list[list[Cut]], room: Room) -> Iterator[pd.Series]:
    """Yield the bodies of each part as they are free of boilerplate; note in `cuts` what was cut."""
    triggers = "|".join(re.escape(trigger) for rule in rules() for trigger in rule.triggers)
    for first, end in room.edges(articles):
        bodies = articles["body"].iloc[first:end]
        touched = np.flatnonzero(is_true(pc.match_substring_regex(array_of(bodies), triggers)))
        places, shorter = [], []
        for place, text in zip(touched.tolist(), texts_at(bodies, touched), strict=True):
            rest, found = cut_passages(text)
            if found:
                places.append(place)
                shorter.append(rest)
                cuts[first + place] = cuts[first + place] + found
        yield with_texts(bodies, places, shorter)


def cut_repeated(articles: pd.DataFrame, cuts: list[list[Cut]], room: Room) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return ARTICLES without the passages that an outlet puts at the begin or end of its articles.

    A passage is a paragraph among the first two or last four of a body. It is cut where it stands there in ten or more
    articles of the outlet, all under headlines of their own, and in at least one of its articles in two hundred. What comes
    to stand there when others are cut is looked at in the same way, so that cutting again cuts nothing. A body that
    would lose all its paragraphs is the article and no passage of it, and stays.
    """
    told = _told(articles)
    cuts = list(cuts)
    passages = np.concatenate([edges_of(array_of(part["body"])).passages for part in parts_of(room, articles)])
    passages[told.outlets < 0] = 0
    rounds: dict[int, list[list[str]]] = {}
    while True:
        repeated = np.where(_is_repeated(told, passages), passages, 0)
        changed = [
            place
            for first, end in room.edges(articles)
            for place in _cut_of_part(articles["body"].iloc[first:end], first, repeated[first:end], passages, rounds)
        ]
        if not changed:
            break
    for place, of_article in rounds.items():
        cuts[place] = cuts[place] + [("repeated by the outlet", passage) for found in of_article for passage in found]
    if not rounds:
        return articles, cuts
    return articles.assign(body=room.column(_shorter_parts(articles, rounds, room))), cuts


class _Told(NamedTuple):
    """What is known of the articles: outlet (-1 for none) and headline as numbers, and how many articles the outlet has."""

    outlets: Array
    headlines: Array
    sizes: Array


def _told(articles: pd.DataFrame) -> _Told:
    outlets, _ = pd.factorize(articles["outlet"].mask(articles["outlet"] == ""))
    headlines, _ = pd.factorize(articles["headline"])
    return _Told(outlets, headlines, np.bincount(outlets[outlets >= 0], minlength=1)[outlets])


def _is_repeated(told: _Told, passages: Array) -> npt.NDArray[np.bool_]:
    """Return which passages stand under ten or more headlines of their outlet, and in one of its articles in two hundred."""
    articles, places = np.nonzero(passages)
    # 64 bits of outlet and passage, and of these and the headline.
    keys = passages[articles, places] * _PRIME + told.outlets[articles].astype(np.uint64)
    under = pd.DataFrame({"key": keys, "headline": told.headlines[articles]}).drop_duplicates()["key"].value_counts()
    n_headlines = under.reindex(keys).to_numpy()
    found = np.zeros(passages.shape, bool)
    found[articles, places] = (n_headlines >= _FEWEST) & (n_headlines >= _LEAST_SHARE * told.sizes[articles])
    return found


def _cut_of_part(
    bodies: pd.Series, first: int, repeated: Array, passages: Array, rounds: dict[int, list[list[str]]]
) -> list[int]:
    """Note the repeated passages of some bodies, and those that stand at their edges then; return which articles lose any.

    Parameters
    ----------
    bodies : pandas.Series
        The bodies of a part as they were before the first round.
    first : int
        The number of its first article.
    repeated : numpy.ndarray of uint64
        The numbers of the passages of each that are repeated, 0 elsewhere.
    passages : numpy.ndarray of uint64
        The numbers of the passages at the edges of all articles, which this round may change.
    rounds : dict of int to list of list of str
        For each article, the passages that each round so far takes from it; added to.
    """
    with_some = np.flatnonzero(repeated.any(axis=1))
    taken = [
        _after_rounds(text, rounds.get(first + place, []))
        for place, text in zip(with_some.tolist(), texts_at(bodies, with_some), strict=True)
    ]
    changed, shorter = [], []
    for place, text, edges in zip(with_some.tolist(), taken, _edges_of_texts(taken), strict=True):
        numbers = set(repeated[place].tolist())
        found = [passage for number, passage in edges if number in numbers]
        rest = _without(text, set(found))
        if rest.strip():
            rounds.setdefault(first + place, []).append(found)
            changed.append(first + place)
            shorter.append(rest)
    if changed:
        passages[changed] = edges_of(pa.array(shorter, pa.large_string())).passages
    return changed


def _edges_of_texts(texts: list[str]) -> list[list[tuple[int, str]]]:
    """Return the passages at begin and end of some texts, each once, with the number that stands for it."""
    listed = pa.array(texts, pa.large_string())
    data, _ = bytes_of(listed)
    edges = edges_of(listed)
    return [
        [
            (number, sys.intern(bytes(data[begin:end]).decode("utf-8")))
            for number, (begin, end) in dict(zip(numbers, bounds, strict=True)).items()
            if number
        ]
        for numbers, bounds in zip(edges.passages.tolist(), edges.places.tolist(), strict=True)
    ]


def _shorter_parts(articles: pd.DataFrame, rounds: dict[int, list[list[str]]], room: Room) -> Iterator[pd.Series]:
    """Yield the bodies of each part without the passages that are taken from them."""
    for first, end in room.edges(articles):
        bodies = articles["body"].iloc[first:end]
        places = np.array([place for place in range(end - first) if first + place in rounds], np.int64)
        texts = zip(places.tolist(), texts_at(bodies, places), strict=True)
        yield with_texts(bodies, places, [_after_rounds(text, rounds[first + place]) for place, text in texts])


def _after_rounds(text: str, rounds: list[list[str]]) -> str:
    for passages in rounds:
        text = _without(text, set(passages))
    return text


def _without(body: str, passages: set[str]) -> str:
    stripped = ((paragraph, paragraph.strip()) for paragraph in PARAGRAPH_BREAK.split(body))
    return "\n\n".join(paragraph for paragraph, passage in stripped if passage and passage not in passages)
