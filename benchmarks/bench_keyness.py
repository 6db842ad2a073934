"""Keyness of all unigrams and bigrams between two outlets; TF-IDF by article from text, against scikit-learn's TfidfVectorizer."""

import statistics
import time

import numpy as np
import pandas as pd
from corpora import abp, megabytes, texts
from measure import RUNS, compare
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

import analysis as fa
from analysis.contrast.tfidf import TermWeights, term_weights


def key_terms(corpus: fa.Corpus) -> None:
    tokens = fa.tokenize(corpus)
    focus, reference = corpus.articles["outlet"].value_counts().index[:2]

    def work() -> pd.DataFrame:
        return fa.keyness(tokens, focus={"outlet": focus}, reference={"outlet": reference}, ngrams=(1, 2))

    table = work()  # compiled code is read from the cache before the first timed run
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    n_words = table.attrs["n_tokens_focus"] + table.attrs["n_tokens_reference"]
    print(
        f"keyness, {focus} against {reference}, {len(table):,} unigrams and bigrams of {n_words:,} words, tokens in memory: "
        f"{statistics.median(times):.2f} s (median of {RUNS} runs)",
        flush=True,
    )


def plain_corpus(corpus: fa.Corpus) -> fa.Corpus:
    """Return the articles with letters a to z and spaces only, where both sides see the same words."""
    bodies = pd.Series(texts(corpus)).str.lower().str.replace(r"[^a-z]+", " ", regex=True)
    table = pd.DataFrame({"article_id": corpus.articles["article_id"], "body": bodies})
    return fa.read(table, boilerplate="keep")


def main() -> None:
    corpus = abp()
    key_terms(corpus)
    plain = plain_corpus(corpus)
    bodies = plain.articles["body"].tolist()
    peer = TfidfVectorizer(token_pattern=r"[a-z]+", lowercase=False, min_df=2)

    def ours() -> TermWeights:
        return term_weights(fa.tokenize(plain, threads=1), stop_words=(), min_articles=2)

    def scikit_learn() -> sparse.csr_matrix:
        return peer.fit_transform(bodies)

    found, expected = ours(), scikit_learn()
    order = pd.Index(found.terms).get_indexer(pd.Index(peer.get_feature_names_out()))
    assert len(order) == len(found.terms) and (order >= 0).all()
    assert np.abs(found.matrix[:, order] - expected).max() < 1e-12
    compare("TF-IDF by article from text, equal weights", ours, scikit_learn, megabytes(plain))


if __name__ == "__main__":
    main()
