"""TF-IDF by article from text against scikit-learn's TfidfVectorizer as it comes, on one core, on abp."""

import numpy as np
import pandas as pd
from corpora import abp, megabytes, texts
from measure import compare
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

import analysis as fa
from analysis.contrast.tfidf import TermWeights, term_weights


def plain_corpus(corpus: fa.Corpus) -> fa.Corpus:
    """Return the words of two or more letters A to Z with a space between them, in which both sides see the same words."""
    bodies = pd.Series(texts(corpus)).str.findall("[A-Za-z]{2,}").str.join(" ")
    table = pd.DataFrame({"article_id": corpus.articles["article_id"], "body": bodies})
    return fa.read(table, boilerplate="keep")


def main() -> None:
    plain = plain_corpus(abp())
    bodies = plain.articles["body"].tolist()
    peer = TfidfVectorizer()

    def ours() -> TermWeights:
        return term_weights(fa.tokenize(plain, threads=1), stop_words=(), min_articles=1)

    def scikit_learn() -> sparse.csr_matrix:
        return peer.fit_transform(bodies)

    found, expected = ours(), scikit_learn()
    order = pd.Index(found.terms).get_indexer(pd.Index(peer.get_feature_names_out()))
    assert len(order) == len(found.terms) and (order >= 0).all()
    assert np.abs(found.matrix[:, order] - expected).max() < 1e-12
    name = f"TF-IDF of {len(bodies):,} articles from text, {len(found.terms):,} words, equal weights"
    compare(name, ours, scikit_learn, megabytes(plain))


if __name__ == "__main__":
    main()
