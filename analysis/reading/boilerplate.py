"""Cutting what web pages put into articles; every cut is listed with the rule that made it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")

_FIRST, _LAST = 2, 4
_FEWEST = 10
_LEAST_SHARE = 1 / 200

Cut = tuple[str, str]  # rule, passage


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate: `pattern` must match a whole passage, which holds `trigger`."""

    name: str
    where: str
    trigger: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of boilerplate.yml."""
    written = YAML(typ="safe", pure=True).load(Path(__file__).with_name("boilerplate.yml"))
    return tuple(Rule(rule["name"], rule["where"], rule["trigger"], re.compile(rule["pattern"])) for rule in written)


def cut_passages(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text without boilerplate, and what was cut as (rule, passage).

    A text without boilerplate comes back as it is, character for character.
    """
    candidates = [rule for rule in rules() if rule.trigger in text]
    if not candidates:
        return text, []
    removed: list[tuple[str, str]] = []
    kept = []
    for paragraph in PARAGRAPH_BREAK.split(text):
        rest = _cut_paragraph(paragraph, candidates, removed)
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


def cut_articles(articles: pd.DataFrame, cuts: list[list[Cut]]) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return ARTICLES with bodies free of boilerplate, and for each article `cuts` and what was cut here."""
    triggers = "|".join(re.escape(rule.trigger) for rule in rules())
    touched = np.flatnonzero(articles["body"].str.contains(triggers).to_numpy())
    bodies = articles["body"].astype(object).to_numpy(copy=True)
    cuts = list(cuts)
    for place in touched:
        bodies[place], found = cut_passages(bodies[place])
        cuts[place] = cuts[place] + found
    return articles.assign(body=pd.Series(bodies, index=articles.index, dtype="str")), cuts


def cut_repeated(articles: pd.DataFrame, cuts: list[list[Cut]]) -> tuple[pd.DataFrame, list[list[Cut]]]:
    """Return ARTICLES without the passages that an outlet puts at the begin or end of its articles.

    A passage is a paragraph among the first two or last four of a body. It is cut where it stands there in ten or more
    articles of the outlet, all under headlines of their own, and in at least one of its articles in two hundred. What comes
    to stand there when others are cut is looked at in the same way, so that cutting again cuts nothing. A body that
    would lose all its paragraphs is the article and no passage of it, and stays.
    """
    outlets = _outlets(articles)
    bodies = articles["body"].astype(object).to_numpy(copy=True)
    edges = [_edges(body) if outlet else [] for body, outlet in zip(bodies, outlets, strict=True)]
    cuts, changed = list(cuts), True
    while changed:
        repeated = _repeated(articles, edges)
        changed = False
        for place, outlet in enumerate(outlets):
            found = [passage for passage in edges[place] if (outlet, passage) in repeated]
            shorter = _without(bodies[place], set(found)) if found else ""
            if shorter.strip():
                bodies[place], edges[place], changed = shorter, _edges(shorter), True
                cuts[place] = cuts[place] + [("repeated by the outlet", passage) for passage in found]
    return articles.assign(body=pd.Series(bodies, index=articles.index, dtype="str")), cuts


def _outlets(articles: pd.DataFrame) -> list[str]:
    return articles["outlet"].fillna("").tolist()


def _edges(body: str) -> list[str]:
    """Return the first two and last four paragraphs of a body that has more than six."""
    paragraphs = [paragraph.strip() for paragraph in PARAGRAPH_BREAK.split(body) if paragraph.strip()]
    if len(paragraphs) <= _FIRST + _LAST:
        return list(dict.fromkeys(paragraphs[-_LAST:])) if len(paragraphs) > 1 else []
    return list(dict.fromkeys(paragraphs[:_FIRST] + paragraphs[-_LAST:]))


def _repeated(articles: pd.DataFrame, edges: list[list[str]]) -> set[tuple[str, str]]:
    headlines: dict[tuple[str, str], set[str]] = {}
    for outlet, headline, passages in zip(_outlets(articles), articles["headline"], edges, strict=True):
        for passage in passages:
            headlines.setdefault((outlet, passage), set()).add(headline)
    per_outlet = articles["outlet"].value_counts()
    return {
        key
        for key, under in headlines.items()
        if len(under) >= _FEWEST and len(under) >= _LEAST_SHARE * per_outlet[key[0]]
    }


def _without(body: str, passages: set[str]) -> str:
    paragraphs = [paragraph for paragraph in PARAGRAPH_BREAK.split(body) if paragraph.strip()]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip() not in passages)
