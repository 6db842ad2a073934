"""The hits of a report as data for its page: a small index, and parts with their sentences, unpacked when they are opened."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.charts.names import written_name
from analysis.lexicons import Lexicon
from analysis.reports.held_hits import DIMENSIONS, codes_of, held_hits, levels_of
from analysis.reports.passages import place_in_sentence, placed_hits
from analysis.reports.target_mentions import target_mentions
from analysis.tokens.rows import hits_by_part
from analysis.tokens.tokens import Tokens

HITS_PER_PART = 2_000
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
    note : str
        What is said of the hits that the page does not hold, "" where it holds all.
    """

    levels: Mapping[str, Sequence[str]]
    index: Mapping[str, Any]
    parts: Iterable[Mapping[str, Any]]
    note: str

    def places(self, values: Mapping[str, object]) -> dict[str, int]:
        """Return the places of some values in the levels of their dimensions."""
        return {name: self.levels[name].index(str(value)) for name, value in values.items()}

    def where(self, values: Mapping[str, object]) -> str:
        """Return the hits with these values of some dimensions, as the page reads it: ``"outlet=0 category=3"``."""
        return " ".join(f"{name}={place}" for name, place in self.places(values).items())

    def n_held(self, names: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return how many hits the page holds of each combination of the values of some dimensions, which are the axes."""
        codes = np.array([self.index["codes"][name] for name in names], np.int64)
        counts = np.zeros([len(self.levels[name]) for name in names], np.int64)
        np.add.at(counts, tuple(codes[:, (codes >= 0).all(axis=0)]), 1)
        return counts


def evidence_of(tokens: Tokens, hits: pd.DataFrame, *, targets: Lexicon | pd.DataFrame | None = None) -> Evidence:
    """Return the evidence of `hits`; their sentences are read part by part of the corpus, when the page asks for them.

    Parameters
    ----------
    tokens : Tokens
        The corpus, with the column ``period`` that `analysis.counting.periods.with_period` gives.
    hits : pandas.DataFrame
        HITS of `tokens`.
    targets : Lexicon or pandas.DataFrame, optional
        The targets that they were found with; a target that the sentence names is marked in it.
    """
    held = held_hits(hits, tokens)
    own = hits.iloc[held.rows]
    values = {name: levels_of(hits, tokens, name) for name in DIMENSIONS}
    levels = {name: list(map(str, of_name)) for name, of_name in values.items()}
    codes = {name: codes_of(own, tokens, name, of_name).tolist() for name, of_name in values.items()}
    shown = {name: [written_name(hits, name, value) for value in of_name] for name, of_name in levels.items()}
    entries = _dictionary(_texts(own["entry"]))
    index = {
        "n": len(own), "per_part": HITS_PER_PART, "levels": shown, "codes": codes, "entries": entries["values"],
    }  # fmt: skip
    parts = _parts(tokens, own.assign(entry=entries["codes"]), targets)
    return Evidence(levels, index, parts, _left_out(len(own), len(hits), held.n_least))


def _left_out(n_held: int, n_hits: int, n_least: int) -> str:
    if n_held == n_hits:
        return ""
    each = f"of every number {n_least:,} at least, or all that it counts" if n_least else "some numbers open none"
    return (
        f"All {n_hits:,} hits are counted, but the page holds the sentences of {n_held:,} only, drawn by chance: {each}. "
        f"analysis.sentences_of gives all."
    )


def _parts(tokens: Tokens, hits: pd.DataFrame, targets: Lexicon | pd.DataFrame | None) -> Iterator[dict[str, Any]]:
    """Yield what the page shows of each 2,000 hits, which are in the order of the articles."""
    waiting: list[pd.DataFrame] = []
    for placed in _placed(tokens, hits, targets):
        table = pd.concat([*waiting, placed], ignore_index=True)
        n_full = len(table) - len(table) % HITS_PER_PART
        for begin in range(0, n_full, HITS_PER_PART):
            yield _part(tokens.articles, table.iloc[begin : begin + HITS_PER_PART])
        waiting = [table.iloc[n_full:]]
    yield from (_part(tokens.articles, table) for table in waiting if len(table))


def _placed(tokens: Tokens, hits: pd.DataFrame, targets: Lexicon | pd.DataFrame | None) -> Iterator[pd.DataFrame]:
    """Yield for each part of the corpus its hits in their sentences, with the mention of their target."""
    n_passages = n_articles = 0
    for part, rows in hits_by_part("reading sentences", hits, tokens):
        placed = placed_hits(part, hits.iloc[rows])
        named = target_mentions(part, placed, targets)
        for side in ("start", "end"):
            offsets = named[side].to_numpy()
            placed[f"target_{side}"] = np.where(offsets < 0, -1, place_in_sentence(part, placed, offsets))
        # From here on they are numbered in the whole corpus.
        yield placed.assign(passage=placed["passage"] + n_passages, article=placed["article"] + n_articles)
        n_passages += int(placed["passage"].max()) + 1 if len(placed) else 0
        n_articles += len(part.articles)


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
