"""What a report says of a corpus of one article: its text with the hits marked, and counts, never a rate."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.charts.names import with_names
from analysis.lexicons import Lexicon
from analysis.reading.corpus import Corpus
from analysis.reports.article import read_article
from analysis.reports.marked_text import marked_html
from analysis.reports.passages import placed_hits
from analysis.tokens.tokens import Tokens

_NOT_READ = "Voices, targets, negation and quotations are read in English text only, and were not read here."


def single_article(
    corpus: Corpus, tokens: Tokens, hits: pd.DataFrame, lexicon: Lexicon, targets: Lexicon | pd.DataFrame | None
) -> Mapping[str, Any]:
    """Return what the template says of the one article of `corpus`: findings, text, traced quotes, headline frames, cuts."""
    article = corpus.articles.iloc[0]
    content = {
        "headline": article["headline"] or article["article_id"],
        "facts": [str(article[name]) for name in ("outlet", "byline") if isinstance(article[name], str)]
        + ([f"{article['date']:%Y-%m-%d}"] if pd.notna(article["date"]) else []),
        "text": Markup(marked_html(tokens, hits, article["article_id"])),
        "cuts": corpus.removed[["rule", "text"]].to_dict("records"),
        "hits": _hits(tokens, hits),
    }
    if len(hits) and hits["voice"].isna().all():
        return content | {"findings": [_NOT_READ], "traces": [], "frames": []}
    reading = read_article(tokens, lexicon, targets=targets)
    frames = reading.divergence[reading.divergence["status"] != "supported"]
    return content | {
        "findings": reading.findings(),
        "traces": reading.traces.to_dict("records"),
        "frames": with_names(frames)[0].to_dict("records"),
    }


def _hits(tokens: Tokens, hits: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each hit with its sentence, cut in three at the match."""
    rows = []
    named, _ = with_names(placed_hits(tokens, hits), hits)
    for hit in named.to_dict("records"):
        sentence, start = hit["sentence_text"], hit["place"]
        end = start + len(hit["text"].replace("\r\n", " "))
        parts = {"left": sentence[:start], "match": sentence[start:end], "right": sentence[end:]}
        rows.append({str(name): "" if pd.isna(value) else value for name, value in hit.items()} | parts)
    return rows
