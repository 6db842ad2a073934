"""The corpora and lexicons that the benchmarks run on."""

import os
import sys

import pandas as pd

import analysis as fa
from analysis.reading.fetching import shared_folder

SHARED = shared_folder()


N_ARTICLES = int(os.environ.get("FRAMING_ARTICLES", "18828"))


def abp() -> fa.Corpus:
    """Return the first FRAMING_ARTICLES articles of abp (all 18,828 without it), or leave with a message where they are absent."""
    path = SHARED / "abp" / "articles.dev.parquet"
    if not path.exists():
        sys.exit(f"{path}: not there; set FRAMING_SHARED to the folder of the shared data")
    return fa.read(pd.read_parquet(path).head(N_ARTICLES), boilerplate="keep")


def texts(corpus: fa.Corpus) -> list[str]:
    """Return headline, standfirst and body of each article as one string."""
    articles = corpus.articles
    return (articles["headline"] + "\n\n" + articles["standfirst"] + "\n\n" + articles["body"]).tolist()


def plain_corpus(corpus: fa.Corpus) -> fa.Corpus:
    """Return the words of two or more letters A to Z with a space between them, in which both sides see the same words."""
    bodies = pd.Series(texts(corpus)).str.findall("[A-Za-z]{2,}").str.join(" ")
    table = pd.DataFrame({"article_id": corpus.articles["article_id"], "body": bodies})
    return fa.read(table, boilerplate="keep")


def megabytes(corpus: fa.Corpus) -> float:
    """Return the size of all three text columns in MB of UTF-8."""
    return (
        sum(
            int(corpus.articles[field].str.encode("utf-8").str.len().sum())
            for field in ("headline", "standfirst", "body")
        )
        / 1e6
    )


def made_lexicon(tokens: fa.Tokens, n_entries: int = 3000) -> fa.Lexicon:
    """Return a lexicon of words, wildcards and phrases drawn from the corpus: 30 categories, half of it wildcards, a quarter phrases."""
    counts = pd.Series(tokens.forms)[lambda forms: forms.str.fullmatch("[a-z]{4,}")].drop_duplicates()
    words = counts.sample(n_entries, random_state=1).tolist()
    entries = []
    for place, word in enumerate(words):
        if place % 4 == 3:
            entries.append(f"{words[place - 1]} {word}")
        elif place % 2:
            entries.append(f"{word[:5]}*")
        else:
            entries.append(word)
    entries = list(dict.fromkeys(entries))
    return fa.extend.lexicon_from_mapping({f"c{k}": entries[k::30] for k in range(30)}, name="made")
