"""Encoding against scikit-learn's CountVectorizer, on one core, on the whole of abp."""

from corpora import abp, megabytes, texts
from measure import compare
from sklearn.feature_extraction.text import CountVectorizer

import analysis as fa


def main() -> None:
    corpus = abp()
    documents = texts(corpus)

    def ours() -> int:
        tokens = fa.tokenize(corpus, threads=1)
        return len(tokens.form_ids[1]) + len(tokens.sentence_starts)

    compare(
        "encoding (words, offsets, gaps, forms, sentences)",
        ours,
        lambda: CountVectorizer().fit_transform(documents),
        megabytes(corpus),
    )
    tokens = fa.tokenize(corpus)
    # The same words must be found: what both call a word, two or more ASCII letters, is counted on both sides.
    vectorizer = CountVectorizer(token_pattern=r"(?<![\w'’.])[A-Za-z]{2,}(?![\w'’.:,])")
    theirs = set(vectorizer.fit(documents[:2000]).get_feature_names_out())
    ours_found = set(tokens.forms)
    print(f"words of the peer that ours lacks: {len(theirs - ours_found)} of {len(theirs)}")
    print(f"memory: {tokens.n_bytes / 1e6 / megabytes(corpus):.2f} bytes a byte of text")


if __name__ == "__main__":
    main()
