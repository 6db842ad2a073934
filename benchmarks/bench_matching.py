"""A 3,000-entry lexicon: cold from text against polars' extract_many, and again with tokens in memory."""

import numpy as np
import polars as pl
from corpora import abp, made_lexicon, megabytes, texts
from measure import alone, compare

import analysis as fa
from analysis.matching.matching import find_matches


def main() -> None:
    corpus = abp()
    size = megabytes(corpus)
    documents = pl.Series(texts(corpus))
    tokens = fa.tokenize(corpus, threads=1)
    lexicon = made_lexicon(tokens)
    # polars matches substrings: a space on both sides makes them words, and a wildcard goes without the second.
    patterns = [f" {entry.text.rstrip('*')}" + ("" if entry.text.endswith("*") else " ") for entry in lexicon.entries]

    def cold() -> int:
        return len(find_matches(fa.tokenize(corpus, threads=1), lexicon).entry)

    def polars() -> int:
        normalised = documents.str.to_lowercase().str.replace_all("’", "'").str.replace_all(r"[^\w']+", " ")
        found = (" " + normalised + " ").str.extract_many(patterns, overlapping=True)
        return int(found.list.len().sum())

    print(f"hits: ours {len(find_matches(tokens, lexicon, overlap='every_entry').entry):,}, polars {polars():,}")
    compare("cold count of 3,000 entries", cold, polars, size)

    def counts() -> np.ndarray:
        found = find_matches(tokens, lexicon)
        article = np.searchsorted(tokens.field_starts[::3], found.token, side="right") - 1
        return np.bincount(article, minlength=len(tokens.articles))

    alone("again, counts, tokens in memory", counts, size)
    alone("again, HITS table, tokens in memory", lambda: fa.find_hits(tokens, lexicon), size)
    hits = fa.find_hits(tokens, lexicon)
    print(f"HITS: {hits.memory_usage(index=False, deep=True).sum() / len(hits):.0f} bytes a row, {len(hits):,} rows")


if __name__ == "__main__":
    main()
