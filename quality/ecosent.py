"""Polarity of headlines on ecosent, with the list of Hu and Liu."""

from pathlib import Path

import numpy as np
import pandas as pd

import analysis as fa
from quality.figures import Figure
from quality.newsmtsc import LISTS, Counts, cells_by_document, figure, signs, whole_list
from quality.texts import records


def measure(shared: Path) -> list[Figure]:
    """Return ordinal alpha with the gold codes of headlines (DeepL's English); nothing where data or list are absent.

    The polarity is the sign of the sum of the polarities of the hits, turned where negated; the baseline does not turn them.
    """
    path, lexicon = shared / "ecosent" / "items.dev.jsonl", whole_list(shared / LISTS)
    if lexicon is None or not path.exists():
        return []
    rows = pd.DataFrame(records(path)).dropna(subset=["gold", "headline_en_deepl"]).reset_index(drop=True)
    table = pd.DataFrame({"article_id": rows["id"], "body": rows["headline_en_deepl"]})
    hits = fa.find_hits(fa.tokenize(fa.read(table, boilerplate="keep")), lexicon)
    plain = hits["polarity"].where(~hits["negated"].astype(bool), -hits["polarity"])
    documents, gold = np.arange(len(rows)), rows["gold"].to_numpy()
    ours, theirs = (
        cells_by_document(documents, gold, signs(hits["article_id"], values, rows["id"]))
        for values in (hits["polarity"], plain)
    )
    return [figure("headline polarity, ecosent, Hu-Liu, ordinal alpha", ordinal_alpha, ours, theirs)]


def ordinal_alpha(cells: Counts) -> float:
    """Return Krippendorff's alpha with the ordinal metric for two coders without missing codes (Krippendorff 2011)."""
    table = cells.reshape(3, 3)
    coincidences = table + table.T
    n = coincidences.sum(axis=0)
    places = np.cumsum(n) - n / 2
    distance = (places[:, None] - places[None, :]) ** 2
    expected = (np.outer(n, n) * distance).sum() / (n.sum() - 1)
    return float(1 - (coincidences * distance).sum() / expected) if expected else float("nan")
