"""Cutting what web pages put into articles; every cut is listed with the rule that made it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


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


def cut_articles(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ARTICLES with bodies free of boilerplate, and the REMOVED rows."""
    triggers = "|".join(re.escape(rule.trigger) for rule in rules())
    touched = articles["body"].str.contains(triggers).to_numpy()
    cuts = [cut_passages(body) for body in articles.loc[touched, "body"]]
    bodies = articles["body"].astype(object).to_numpy(copy=True)
    bodies[touched] = [text for text, _ in cuts]
    names = articles.loc[touched, "article_id"]
    rows = [(name, "body", *cut) for name, (_, removed) in zip(names, cuts, strict=True) for cut in removed]
    table = pd.DataFrame(rows, columns=["article_id", "field", "rule", "text"], dtype="str")
    return articles.assign(body=pd.Series(bodies, index=articles.index, dtype="str")), table
