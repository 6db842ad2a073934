"""Who says what: attributed content, quotations and speakers on PolNeAR, loaded words in quotations on BASIL."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from analysis.english.quotations import quotations
from analysis.english.voices import DIRECT, token_voices, voices
from analysis.tokens.offsets import code_points
from quality.figures import Figure, f1, interval

LONG = 5  # words of a quotation segment that is counted

Counts = npt.NDArray[np.float64]
Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Texts:
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


def measure(shared: Path) -> list[Figure]:
    """Return the figures of voices on the development halves of PolNeAR and BASIL; nothing where they are absent.

    *Attributed content*: tokens of PolNeAR's contents (direct, indirect, mixed; primary coder) against tokens whose voice is direct
    or indirect; the baseline takes the tokens inside marks.

    *Quotation segments*: passages in double marks of five or more words, found with the same first and last word; passages in
    single marks are not in the data and not counted.

    *Speaker mention*: share of PolNeAR's direct and mixed attributions for which the mention of the row of VOICES that covers
    most of the content, the innermost of equals, shares a token with the source. The baseline takes the last capitalised
    word before the content. *Of indirect*: the same for PolNeAR's indirect attributions.

    *In quotation or not*: whether most tokens of BASIL's lexical spans are direct, against its coders; the baseline is the
    commoner answer.
    """
    figures = []
    if (shared / "polnear").exists():
        figures += _polnear(shared / "polnear")
    if (shared / "basil").exists():
        figures.append(_basil(shared / "basil"))
    return figures


def _records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _texts(articles: list[Record], headlines: bool) -> _Texts:
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
    return _Texts(tokens, {name: row for row, name in enumerate(table["article_id"])}, starts, ends)


def _polnear(folder: Path) -> list[Figure]:
    texts = _texts(_records(folder / "articles.dev.jsonl"), headlines=False)
    attributions = [record for record in _records(folder / "attributions.dev.jsonl") if record["primary"]]
    segments = _records(folder / "quotation_segments.dev.jsonl")
    spans = _mentions(texts)
    direct = [record for record in attributions if record["type"] in ("direct", "mixed")]
    indirect = [record for record in attributions if record["type"] == "indirect"]
    return [
        _content(texts, attributions),
        _segments(texts, segments),
        _speakers("speaker mention overlaps the source, PolNeAR", texts, spans, direct),
        _speakers("speaker mention of indirect overlaps the source, PolNeAR", texts, spans, indirect),
    ]


def _f1_figure(name: str, counts: Counts, baseline: float) -> Figure:
    hits, n_found, n_true = counts.sum(axis=0)
    low, high = interval(counts, lambda total: f1(*total))
    details = f"precision {hits / n_found:.3f}, recall {hits / n_true:.3f}"
    return Figure(name, f1(hits, n_found, n_true), low, high, baseline, int(n_true), details)


def _content(texts: _Texts, attributions: list[Record]) -> Figure:
    true = np.zeros(len(texts.tokens), np.bool_)
    for record in attributions:
        for span in record["content_spans"]:
            true[texts.within(record, span)] = True
    voice = token_voices(texts.tokens).voice
    ours = _by_article(texts, (voice == 1) | (voice == 2), true)
    marks = _by_article(texts, quotations(texts.tokens).inside >= 0, true)
    return _f1_figure("attributed content, PolNeAR, token F1", ours, f1(*marks.sum(axis=0)))


def _by_article(texts: _Texts, found: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> Counts:
    """Return the tokens of each article that are found and true, found, true."""
    edges = texts.tokens.field_starts[::3]
    sums = [np.append(0, np.cumsum(side))[edges] for side in (found & true, found, true)]
    return np.diff(np.array(sums, np.float64)).T


def _segments(texts: _Texts, segments: list[Record]) -> Figure:
    true = set()
    for record in segments:
        if record["words"] >= LONG:
            span = texts.within(record, (record["start"], record["end"]))
            true.add((span.start, span.stop - 1))
    found = quotations(texts.tokens)
    long = found.last - found.first + 1 >= LONG
    ours = set(zip(found.first[long].tolist(), found.last[long].tolist(), strict=True))
    counts = np.zeros((len(texts.rows), 3))
    for column, spans in enumerate((ours & true, ours, true)):
        firsts = np.array([first for first, _ in spans], np.int64)
        np.add.at(counts[:, column], texts.tokens.fields_at(firsts) // 3, 1)
    return _f1_figure("quotation segments of 5+ words, PolNeAR, F1", counts, float("nan"))


def _speakers(name: str, texts: _Texts, spans: npt.NDArray[np.int64], attributions: list[Record]) -> Figure:
    counts = np.zeros((len(texts.rows), 3))
    for record in attributions:
        if record["source_spans"] and record["content_spans"]:
            content = [texts.within(record, span) for span in record["content_spans"]]
            sources = [texts.within(record, span) for span in record["source_spans"]]
            mention = _mention_of(spans, content)
            counts[texts.rows[record["article_id"]]] += (
                any(source.start <= mention[1] and mention[0] < source.stop for source in sources),
                _capital_before(texts, content[0].start, sources),
                1,
            )
    hits, simple, n = counts.sum(axis=0)
    low, high = interval(counts, lambda total: float(total[0] / total[2]))
    return Figure(name, hits / n, low, high, simple / n, int(n))


def _mentions(texts: _Texts) -> npt.NDArray[np.int64]:
    """Return first and last token of the content and of the mention of each row of VOICES that somebody utters."""
    table = voices(texts.tokens)
    table = table[table["voice"] != "scare"]
    names = table["article_id"].astype("str")
    spans = []
    for name, start, end, first, last in zip(
        names, table["start"], table["end"], table["speaker_start"], table["speaker_end"], strict=True
    ):
        content = texts.within({"article_id": name}, (start, end))
        mention = texts.within({"article_id": name}, (first, last)) if first >= 0 else slice(-1, -1)
        spans.append((content.start, content.stop - 1, mention.start, mention.stop - 1))
    return np.array(spans, np.int64)


def _mention_of(spans: npt.NDArray[np.int64], content: list[slice]) -> tuple[int, int]:
    shared = np.zeros(len(spans), np.int64)
    for part in content:
        shared += np.clip(np.minimum(spans[:, 1] + 1, part.stop) - np.maximum(spans[:, 0], part.start), 0, None)
    if not shared.any():
        return -1, -2
    best = np.lexsort((spans[:, 1] - spans[:, 0], -shared))[0]
    return int(spans[best, 2]), int(spans[best, 3])


def _capital_before(texts: _Texts, place: int, sources: list[slice]) -> bool:
    types = texts.tokens.types
    for i in range(place - 1, max(place - 40, -1), -1):
        if types[texts.tokens.type_ids[i]][0].isupper():
            return any(source.start <= i < source.stop for source in sources)
    return False


def _basil(folder: Path) -> Figure:
    texts = _texts(_records(folder / "articles.dev.jsonl"), headlines=True)
    voice = token_voices(texts.tokens).voice
    counts = np.zeros((len(texts.rows), 3))
    for record in _records(folder / "annotations.dev.jsonl"):
        if record["bias"] == "lexical":
            span = voice[texts.within(record, (record["start"], record["end"]))]
            true = record["in_quote"] == "yes"
            found = bool(len(span)) and float(np.mean(span == DIRECT)) >= 0.5
            counts[texts.rows[record["article_id"]]] += (found == true, true, 1)
    hits, n_true, n = counts.sum(axis=0)
    low, high = interval(counts, lambda total: float(total[0] / total[2]))
    common = max(n_true, n - n_true) / n
    return Figure("in quotation or not, BASIL lexical spans, accuracy", hits / n, low, high, common, int(n))
