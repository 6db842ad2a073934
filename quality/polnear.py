"""Who says what: attributed content, quotations and speakers on PolNeAR."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.english.quotations import quotations
from quality.figures import Figure
from quality.texts import (
    Record,
    Texts,
    content_figures,
    f1_figure,
    read_texts,
    records,
    share_figure,
    voices_by_strictness,
)

LONG = 5  # words of a quotation segment that is counted
SPEAKERS = {"": ("direct", "mixed"), "of indirect contents ": ("indirect",)}


def measure(shared: Path) -> list[Figure]:
    """Return the figures of voices on the development half of PolNeAR; nothing where it is absent.

    *Contents*: those of the primary coder, direct, indirect and mixed, against `fa.voices`; see `quality.texts.content_figures`.

    *Quotation segments*: passages in double marks of five or more words, found with the same first and last word; passages in
    single marks are not in the data and not counted.

    *Speaker mention*: share of attributions, direct and mixed, or indirect, for which the mention of the row of VOICES that covers most of the
    content, the innermost of equals, shares a token with the source. The baseline takes the last capitalised word before the
    content.
    """
    folder = shared / "polnear"
    if not folder.exists():
        return []
    texts = read_texts(records(folder / "articles.dev.jsonl"), headlines=False)
    attributions = [record for record in records(folder / "attributions.dev.jsonl") if record["primary"]]
    true = texts.covered(attributions, "content_spans")
    voices = voices_by_strictness(texts)
    figures = content_figures(texts, voices, true, np.ones(len(true), np.bool_), "PolNeAR")
    figures.append(_segments(texts, records(folder / "quotation_segments.dev.jsonl")))
    for strictness, table in voices.items():
        spans = _mentions(texts, table)
        for name, types in SPEAKERS.items():
            chosen = [record for record in attributions if record["type"] in types]
            figures.append(
                _speakers(texts, chosen, spans, f"speaker mention {name}overlaps the source, PolNeAR, {strictness}")
            )
    return figures


def _segments(texts: Texts, segments: list[Record]) -> Figure:
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
    return f1_figure("quotation segments of 5+ words, PolNeAR, F1", counts, float("nan"))


def _speakers(texts: Texts, attributions: list[Record], spans: npt.NDArray[np.int64], name: str) -> Figure:
    counts = np.zeros((len(texts.rows), 3))
    for record in attributions:
        if record["source_spans"] and record["content_spans"]:
            content = [texts.within(record, span) for span in record["content_spans"]]
            sources = [texts.within(record, span) for span in record["source_spans"]]
            mention = _mention_of(spans, content)
            counts[texts.rows[record["article_id"]]] += (
                any(source.start <= mention[1] and mention[0] < source.stop for source in sources),
                1,
                _capital_before(texts, content[0].start, sources),
            )
    _, n, simple = counts.sum(axis=0)
    return share_figure(name, counts[:, :2], simple / n)


def _mentions(texts: Texts, voices: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return first and last token of the content and of the mention of each row of VOICES that somebody utters."""
    table = voices[voices["voice"] != "scare"]
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


def _capital_before(texts: Texts, place: int, sources: list[slice]) -> bool:
    types = texts.tokens.types
    for i in range(place - 1, max(place - 40, -1), -1):
        if types[texts.tokens.type_ids[i]][0].isupper():
            return any(source.start <= i < source.stop for source in sources)
    return False
