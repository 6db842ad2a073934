"""Compile what a run of the tests will need, once, into the cache that all its processes read.

Usage: python tools/warm.py

A function that numba compiles is compiled by each process that calls it before another one has done so: without this, both
processes of the tests, and every command and notebook that they start, begin by compiling the same. Where all is in the cache, this takes
three seconds. What is left out here is compiled by the first test that calls it.
"""

import warnings
from pathlib import Path

import analysis as fa

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    corpus = fa.read(ROOT / "data" / "articles")
    tokens = fa.tokenize(corpus)
    lexicons = ROOT / "data" / "lexicons"
    frames, targets = fa.read_lexicon(lexicons / "frames.yml"), fa.read_lexicon(lexicons / "targets-sample.yml")
    hits = fa.find_hits(tokens, frames, targets=targets)
    fa.voices(tokens)
    fa.concordance(tokens, "weak")
    fa.names(tokens)
    fa.trace_quotes(tokens, hits=hits)
    fa.tfidf(tokens, by="outlet")
    fa.keyness(tokens, focus={"outlet": "The Daily Lantern", "voice": "narrator"})
    fa.learn.train_vectors(tokens, min_count=2, n_dimensions=10)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # results are thrown away
    main()
