"""Lexicons of others against words that people marked: biased words (BABE) and words of lexical bias (BASIL)."""

from pathlib import Path

import pandas as pd

import analysis as fa
from quality.figures import Figure
from quality.newsmtsc import LISTS, whole_list
from quality.texts import records

RESAMPLING = fa.Resampling(n_draws=500)
BIAS_WORDS = Path("lexicons") / "babe" / "bias_word_lexicon.txt"


def babe(shared: Path) -> list[Figure]:
    """Return precision and recall of the list of bias words that came with BABE, by the words that coders marked in its sentences."""
    path, words = shared / "babe" / "sentences.dev.jsonl", shared / BIAS_WORDS
    if not path.exists() or not words.exists():
        return []
    rows = pd.DataFrame(records(path)).drop_duplicates("sentence").drop_duplicates("id")
    tokens = _read(rows["id"], rows["sentence"])
    marked = rows[["id", "biased_spans"]].explode("biased_spans").dropna()
    spans = _spans(marked["id"], marked["biased_spans"].str[0], marked["biased_spans"].str[1], "biased")
    lexicon = fa.read_lexicon(words)
    (category,) = lexicon.category_names
    return _figures("biased words, BABE, its list of bias words", spans.assign(value=category), tokens, lexicon)


def basil(shared: Path) -> list[Figure]:
    """Return precision and recall of negative words (Hu-Liu) for passages of lexical bias that are negative, in whole articles."""
    folder, lexicon = shared / "basil", whole_list(shared / LISTS)
    if lexicon is None or not (folder / "annotations.dev.jsonl").exists():
        return []
    articles, marked = (pd.DataFrame(records(folder / f"{name}.dev.jsonl")) for name in ("articles", "annotations"))
    table = articles[["body"]].assign(article_id=articles["id"], headline=articles["title"])
    tokens = fa.tokenize(fa.read(table, boilerplate="keep", duplicates="keep"))
    marked = marked[(marked["bias"] == "lexical") & (marked["polarity"] == "neg")]
    marked = marked.assign(field=marked["field"].replace("title", "headline"), value="negative")
    spans = marked[["article_id", "field", "start", "end", "value"]]
    negative = fa.extend.lexicon_from_mapping(
        {"negative": [entry.text for entry in lexicon.entries if entry.category == "negative"]}
    )
    return _figures("negative lexical bias, BASIL, negative words of Hu-Liu", spans, tokens, negative)


def _read(ids: pd.Series, texts: pd.Series) -> fa.Tokens:
    table = pd.DataFrame({"article_id": ids, "body": texts})
    return fa.tokenize(fa.read(table, boilerplate="keep", duplicates="keep"))


def _spans(ids: pd.Series, starts: pd.Series, ends: pd.Series, value: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": ids, "field": "body", "start": starts.astype(int), "end": ends.astype(int), "value": value}
    )


def _figures(name: str, spans: pd.DataFrame, tokens: fa.Tokens, lexicon: fa.Lexicon) -> list[Figure]:
    hits = fa.find_hits(tokens, lexicon)
    row = fa.accuracy(fa.validate.codings_of_spans(spans, tokens), hits, resampling=RESAMPLING).iloc[0]
    baseline = float("nan")
    counts = {"precision": int(row["n_hits"]), "recall": int(row["n_coded"])}
    return [
        Figure(f"{name}, {measure}", row[measure], row[f"{measure}_low"], row[f"{measure}_high"], baseline, n)
        for measure, n in counts.items()
    ]
