"""Loaded words in quotations on BASIL."""

from pathlib import Path

import numpy as np

from quality.figures import Figure
from quality.texts import read_texts, records, share_figure, voice_of_tokens, voices_by_strictness


def measure(shared: Path) -> list[Figure]:
    """Return whether most tokens of BASIL's lexical spans are called direct, against its coders; the baseline is the commoner answer."""
    folder = shared / "basil"
    if not folder.exists():
        return []
    texts = read_texts(records(folder / "articles.dev.jsonl"), headlines=True)
    spans = [record for record in records(folder / "annotations.dev.jsonl") if record["bias"] == "lexical"]
    n_quoted = sum(record["in_quote"] == "yes" for record in spans)
    common = max(n_quoted, len(spans) - n_quoted) / len(spans)
    figures = []
    for strictness, table in voices_by_strictness(texts).items():
        direct = voice_of_tokens(texts, table)["direct"]
        counts = np.zeros((len(texts.rows), 2))
        for record in spans:
            span = direct[texts.within(record, (record["start"], record["end"]))]
            found = bool(len(span)) and float(np.mean(span)) >= 0.5
            counts[texts.rows[record["article_id"]]] += (found == (record["in_quote"] == "yes"), 1)
        figures.append(
            share_figure(f"in quotation or not, BASIL lexical spans, {strictness}, accuracy", counts, common)
        )
    return figures
