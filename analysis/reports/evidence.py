"""The hits of a report as data for its page: a small index of all, and parts with their sentences, unpacked when they are opened."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.charts.names import written_name
from analysis.core.coding import codes_in
from analysis.lexicons import Lexicon
from analysis.reports.passages import place_in_sentence, placed_hits
from analysis.reports.target_mentions import target_mentions
from analysis.tokens.tokens import Tokens

HITS_PER_PART = 2_000
# What a number of the report can be a count of; a hit has a place in the levels of each.
DIMENSIONS = ("outlet", "period", "category", "zone", "voice", "target")
_OF_ARTICLE = ("outlet", "period")
_LINK = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Evidence:
    """The hits as the page holds them.

    Attributes
    ----------
    levels : dict of str to list of str
        The values of each dimension.
    index : dict
        JSON: the levels as readers see them, for each hit its place in them, column by column, and the entries of the lexicon that have
        a hit.
    parts : iterable of dict
        JSON: for each 2,000 hits their sentences and articles, each once, and what else is said of a hit. Each is made when it is asked
        for, and once: the page writes it and lets it go.
    """

    levels: Mapping[str, Sequence[str]]
    index: Mapping[str, Any]
    parts: Iterable[Mapping[str, Any]]

    def where(self, values: Mapping[str, object]) -> str:
        """Return the hits with these values of some dimensions, as the page reads it: ``"outlet=0 category=3"``."""
        return " ".join(f"{name}={self.levels[name].index(str(value))}" for name, value in values.items())


def evidence_of(tokens: Tokens, hits: pd.DataFrame, *, targets: Lexicon | pd.DataFrame | None = None) -> Evidence:
    """Return the evidence of `hits`.

    Parameters
    ----------
    tokens : Tokens
        The corpus, with the column ``period`` that `analysis.counting.periods.with_period` gives.
    hits : pandas.DataFrame
        HITS of `tokens`.
    targets : Lexicon or pandas.DataFrame, optional
        The targets that they were found with; a target that the sentence names is marked in it.
    """
    placed = placed_hits(tokens, hits)
    named = target_mentions(tokens, placed, targets)
    for side in ("start", "end"):
        offsets = named[side].to_numpy()
        placed[f"target_{side}"] = np.where(offsets < 0, -1, place_in_sentence(tokens, placed, offsets))
    levels, codes = {}, {}
    for name in DIMENSIONS:
        column = (tokens.articles if name in _OF_ARTICLE else hits)[name]
        is_listed = isinstance(column.dtype, pd.CategoricalDtype)
        values = column.cat.categories if is_listed else column.dropna().unique()
        of_hit = codes_in(column, values)
        levels[name] = list(map(str, values))
        codes[name] = (of_hit[placed["article"].to_numpy()] if name in _OF_ARTICLE else of_hit).tolist()
    shown = {name: [written_name(hits, name, value) for value in values] for name, values in levels.items()}
    entries = _dictionary(_texts(placed["entry"]))
    placed["entry"] = entries["codes"]
    index = {
        "n": len(hits), "per_part": HITS_PER_PART, "levels": shown, "codes": codes, "entries": entries["values"],
    }  # fmt: skip
    chunks = (placed.iloc[begin : begin + HITS_PER_PART] for begin in range(0, len(placed), HITS_PER_PART))
    return Evidence(levels, index, (_part(tokens.articles, chunk) for chunk in chunks))


def _part(articles: pd.DataFrame, hits: pd.DataFrame) -> dict[str, Any]:
    """Return what the page shows of some hits, column by column, in the numbers that pack well: steps and lengths."""
    of_article, rows = pd.factorize(hits["article"])
    of_sentence, first = np.unique(hits["passage"].to_numpy(), return_index=True)
    sentences = hits["sentence_text"].iloc[first].tolist()
    local = np.searchsorted(of_sentence, hits["passage"].to_numpy())
    ends = hits["place"] + hits["text"].astype("str").str.replace("\r\n", " ").str.len()
    texts = [sentences[number] for number in local.tolist()]
    start, end, target_start, target_end = (
        _utf16(texts, places) for places in (hits["place"], ends, hits["target_start"], hits["target_end"])
    )
    return {
        "sentences": sentences,
        "articles": _articles(articles.iloc[rows]),
        "article_step": _steps(of_article),
        "sentence_step": _steps(local),
        "start": start.tolist(),
        "length": (end - start).tolist(),
        "target_start": target_start.tolist(),
        "target_length": (target_end - target_start).tolist(),
        "entry": hits["entry"].tolist(),
        "speaker": _dictionary(_said_by(hits)),
        **{name: _dictionary(_texts(hits[name])) for name in ("cue", "candidates")},
        **{name: hits[name].eq(True).fillna(False).astype(int).tolist() for name in ("negated", "hedged")},
    }


def _steps(numbers: npt.NDArray[Any]) -> list[int]:
    """Return by how much each number is more than the one before it, the first than 0."""
    steps: list[int] = np.diff(numbers, prepend=0).tolist()
    return steps


def _articles(rows: pd.DataFrame) -> dict[str, list[str]]:
    return {
        "headline": _texts(rows["headline"]),
        "date": _texts(rows["date"].dt.strftime("%Y-%m-%d")),
        "url": [url if _LINK.fullmatch(url) else "" for url in _texts(rows["url"])],
        "id": _texts(rows["article_id"]),
    }


def _texts(column: pd.Series) -> list[str]:
    return [value if isinstance(value, str) else "" for value in column]


def _said_by(hits: pd.DataFrame) -> list[str]:
    """Return the speaker of each hit, or the mention where nobody is named."""
    mentions = zip(_texts(hits["speaker"]), _texts(hits["speaker_text"]), strict=True)
    return [speaker or mention for speaker, mention in mentions]


def _dictionary(texts: list[str]) -> dict[str, list[Any]]:
    """Return each distinct text once, and the place of each row's text."""
    codes, values = pd.factorize(pd.Series(texts, dtype="str"))
    return {"values": [str(value) for value in values], "codes": codes.tolist()}


def _utf16(texts: Sequence[str], places: pd.Series) -> npt.NDArray[np.int64]:
    """Return places in texts as a browser counts: a letter beyond the Basic Multilingual Plane is two; -1 stays."""
    shown = [
        place if place < 0 or text.isascii() else len(text[:place].encode("utf-16-le")) // 2
        for text, place in zip(texts, places.tolist(), strict=True)
    ]
    return np.array(shown, np.int64)
