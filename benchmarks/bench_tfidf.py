"""TF-IDF by article from text against scikit-learn's TfidfVectorizer as it comes, on one core, on abp."""

import numpy as np
import pandas as pd
from corpora import abp, megabytes, plain_corpus
from measure import compare
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

import analysis as fa
from analysis.measures.tfidf import TermWeights, term_weights


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
