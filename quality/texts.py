"""Articles of development data as tokens, and what `fa.voices` says of each: shared by the measures of voices."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from analysis.english.quotations import quotations
from analysis.english.strictness import Strictness
from analysis.tokens.offsets import code_points
from quality.figures import Figure, f1, interval

STRICTNESS: tuple[Strictness, ...] = ("strict", "standard", "wide")
VOICES = ("direct", "indirect", "scare")

Counts = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Texts:
    """Articles as tokens, with each token's place in its text in code points."""

    tokens: fa.Tokens
    rows: dict[str, int]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]

    def within(self, record: Record, span: Iterable[int]) -> slice:
        """Return the tokens of a character span of an article."""
        field = 3 * self.rows[record["article_id"]] + (0 if record.get("field") in ("title", "headline") else 2)
        first, last = self.tokens.field_starts[field : field + 2]
        start, end = span
        begin = first + np.searchsorted(self.ends[first:last], start, side="right")
        return slice(int(begin), int(first + np.searchsorted(self.starts[first:last], end)))

    def covered(self, records: Iterable[Record], name: str) -> Mask:
        """Return which tokens stand in one of the spans that each record holds under `name`."""
        mask = np.zeros(len(self.tokens), np.bool_)
        for record in records:
            for span in record[name]:
                mask[self.within(record, span)] = True
        return mask

    def by_article(self, *sides: npt.NDArray[Any]) -> Counts:
        """Return the tokens of each article that each side counts; articles without a token are left out."""
        edges = self.tokens.field_starts[::3]
        sums = [np.append(0, np.cumsum(side))[edges] for side in sides]
        return np.diff(np.array(sums, np.float64)).T


def records(path: Path) -> list[Record]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_texts(articles: list[Record], *, headlines: bool) -> Texts:
    """Return articles as tokens, with their headlines or without."""
    table = pd.DataFrame(
        {
            "article_id": [article["id"] for article in articles],
            "headline": [article["title"] if headlines else "" for article in articles],
            "body": [article["body"] for article in articles],
        }
    )
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    places = np.arange(len(tokens))
    starts, ends = code_points(tokens, tokens.fields_at(places), places, places)
    return Texts(tokens, {name: row for row, name in enumerate(table["article_id"])}, starts, ends)


def voices_by_strictness(texts: Texts) -> dict[Strictness, pd.DataFrame]:
    """Return VOICES of each strictness, as a user gets them."""
    return {strictness: fa.voices(texts.tokens, strictness=strictness) for strictness in STRICTNESS}


def voice_of_tokens(texts: Texts, voices: pd.DataFrame) -> dict[str, Mask]:
    """Return which tokens stand in a direct, an indirect and a scare row of VOICES, the innermost counting; mixed rows are indirect."""
    painted = np.full(len(texts.tokens), -1, np.int8)
    names = [name if name != "mixed" else "indirect" for name in voices["voice"].astype("str")]
    columns = (voices[name].astype("str") for name in ("article_id", "field"))
    for article, field, start, end, name in zip(*columns, voices["start"], voices["end"], names, strict=True):
        painted[texts.within({"article_id": article, "field": field}, (start, end))] = VOICES.index(name)
    return {name: painted == number for number, name in enumerate(VOICES)}


def f1_figure(name: str, counts: Counts, baseline: float) -> Figure:
    """Return F1 of hits, found, true in three columns, a row an article."""
    hits, n_found, n_true = counts.sum(axis=0)
    low, high = interval(counts, lambda total: f1(*total))
    details = f"precision {hits / n_found:.3f}, recall {hits / n_true:.3f}"
    return Figure(name, f1(hits, n_found, n_true), low, high, baseline, int(n_true), details)


def share_figure(name: str, counts: Counts, baseline: float, details: str = "") -> Figure:
    """Return the share of the first column in the second, a row an article."""
    hits, n = counts.sum(axis=0)
    low, high = interval(counts, lambda total: float(total[0] / total[1]) if total[1] else float("nan"))
    return Figure(name, hits / n, low, high, baseline, int(n), details)


def content_figures(
    texts: Texts, voices: Mapping[Strictness, pd.DataFrame], true: Mask, counted: Mask, corpus: str
) -> list[Figure]:
    """Return what VOICES call somebody's words against contents that people marked, by strictness, of the tokens that are counted.

    *Attributed content*: tokens called direct or indirect against those of contents; the baseline takes the tokens in marks. *Called
    direct*, *called indirect*: the share of them inside a content, beside that of all tokens in marks, or outside them. *Called
    scare*: the share outside every content, beside that of all tokens in marks.
    """
    figures = []
    marks = quotations(texts.tokens).inside >= 0
    baseline = f1(*texts.by_article(marks & true & counted, marks & counted, true & counted).sum(axis=0))
    for strictness, table in voices.items():
        of_tokens = voice_of_tokens(texts, table)
        voice = {name: mask & counted for name, mask in of_tokens.items()}
        said = voice["direct"] | voice["indirect"]
        name = f"attributed content, {corpus}, {strictness}, token F1"
        figures.append(f1_figure(name, texts.by_article(said & true, said, true & counted), baseline))
        for kind, right, around in (
            ("direct", true, marks),
            ("indirect", true, ~marks),
            ("scare", ~true, marks),
        ):
            found, around = voice[kind], around & counted
            if not found.any():
                continue
            recall = (found & right).sum() / max((around & right).sum(), 1)
            side = "outside every content" if kind == "scare" else "inside a content"
            figures.append(
                share_figure(
                    f"called {kind}, {corpus}, {strictness}, share {side}",
                    texts.by_article(found & right, found),
                    (around & right).sum() / max(around.sum(), 1),
                    f"recall {recall:.3f} of such tokens {'outside' if kind == 'indirect' else 'in'} marks",
                )
            )
    return figures
