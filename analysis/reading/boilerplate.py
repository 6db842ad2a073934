"""Cut passages that are no part of an article; the rules are data, in boilerplate.yml beside this file."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

# The line end is atomic, so that \r\n is never taken for two line ends.
_LINE_END = r"(?>\r\n|\r|\n)"
_LINE_BREAK = re.compile(f"({_LINE_END})")
_PARAGRAPH_BREAK = re.compile(rf"({_LINE_END}(?:[^\S\r\n]*{_LINE_END})+)")

Cut = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate; the fields are those that boilerplate.yml explains."""

    name: str
    where: str
    match: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    reason: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of boilerplate.yml in their order."""
    path = Path(__file__).with_name("boilerplate.yml")
    entries = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name=entry["name"],
            where=entry["where"],
            match=entry["match"],
            triggers=tuple(entry["triggers"]),
            pattern=re.compile(entry["pattern"], re.DOTALL),
            reason=entry["reason"],
        )
        for entry in entries
    )


def cut_text(text: str) -> tuple[str, list[Cut]]:
    """Cut the boilerplate of one text.

    Parameters
    ----------
    text : str
        Paragraphs separated by blank lines.

    Returns
    -------
    tuple
        The text without the passages, otherwise as it was, and (rule name, passage) in the order of the text.
    """
    tried = [rule for rule in rules() if any(trigger in text for trigger in rule.triggers)]
    if not tried:
        return text, []
    by_paragraph = [rule for rule in tried if rule.where == "paragraph"]
    by_line = [rule for rule in tried if rule.where == "line"]

    def cut_paragraph(paragraph: str) -> tuple[str, list[Cut]]:
        rest, cuts = _cut_unit(paragraph, by_paragraph)
        rest, more = _cut_units(rest, _LINE_BREAK, lambda line: _cut_unit(line, by_line))
        return rest, cuts + more

    return _cut_units(text, _PARAGRAPH_BREAK, cut_paragraph)


def cut_column(bodies: pd.Series) -> tuple[pd.Series, dict[int, list[Cut]]]:
    """Cut the boilerplate of many texts; texts without a trigger are passed over at the speed of Arrow.

    Parameters
    ----------
    bodies : pandas.Series
        Texts of dtype ``str`` without missing values.

    Returns
    -------
    tuple
        The texts, and for each row number with a cut its (rule name, passage) pairs.
    """
    any_trigger = "|".join(sorted({re.escape(trigger) for rule in rules() for trigger in rule.triggers}))
    touched = bodies.str.contains(any_trigger, regex=True).to_numpy(bool)
    cuts: dict[int, list[Cut]] = {}
    rests: list[str] = []
    rows = np.flatnonzero(touched)
    for row, text in zip(rows.tolist(), bodies.iloc[rows], strict=True):
        rest, found = cut_text(text)
        if found:
            cuts[row] = found
            rests.append(rest)
    if cuts:
        bodies = bodies.copy()
        bodies.iloc[list(cuts)] = rests
    return bodies, cuts


def _cut_units(
    text: str, break_: re.Pattern[str], cut: Callable[[str], tuple[str, list[Cut]]]
) -> tuple[str, list[Cut]]:
    """Apply ``cut`` to each unit; a unit of which nothing is left goes with the break behind it."""
    pieces = break_.split(text)
    cuts: list[Cut] = []
    kept: list[str] = []
    dropped = False
    for unit, break_behind in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        rest, found = cut(unit)
        cuts += found
        dropped = bool(found) and not rest.strip()
        if not dropped:
            kept += [rest, break_behind]
    if dropped and kept:
        kept.pop()
    return "".join(kept), cuts


def _cut_unit(unit: str, tried: Sequence[Rule]) -> tuple[str, list[Cut]]:
    cuts: list[Cut] = []
    bare = unit.strip()
    for rule in tried:
        if rule.match == "whole":
            if rule.pattern.fullmatch(bare):
                return "", [*cuts, (rule.name, bare)]
        elif rule.pattern.search(bare):
            cuts += [(rule.name, found[0].strip()) for found in rule.pattern.finditer(bare)]
            unit = bare = rule.pattern.sub("", bare)
    return unit, cuts
