"""The articles of abp, read once for all that is measured on them."""

from functools import cache
from pathlib import Path

import pandas as pd

import analysis as fa


def corpus(shared: Path) -> fa.Corpus | None:
    """Return abp, None where it is absent."""
    path = shared / "abp" / "articles.dev.parquet"
    return _read(path) if path.exists() else None


@cache
def _read(path: Path) -> fa.Corpus:
    return fa.read(path)


def hits_in(articles: pd.DataFrame, ids: pd.Series, lexicon: Path) -> pd.DataFrame:
    """Return the hits of a lexicon in the articles of these ids, texts left as they were read."""
    named = articles[articles["article_id"].isin(ids)]
    tokens = fa.tokenize(fa.read(named, boilerplate="keep", duplicates="keep"))
    return fa.find_hits(tokens, fa.read_lexicon(lexicon))
