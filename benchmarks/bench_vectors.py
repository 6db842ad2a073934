"""Vectors for a vocabulary of 50,000 words on the whole of abp: seconds, memory and neighbours to judge by eye."""

import resource
import time

from corpora import abp

import analysis as fa
from analysis.learning.vectors import ppmi, train_vectors

WORDS = ("weak", "failing", "hostile", "biden", "economy")


def main() -> None:
    tokens = fa.tokenize(abp())
    print(f"{tokens}; peak memory before: {_peak():.2f} GB")
    begin = time.perf_counter()
    matrix, _ = ppmi(tokens, n_words=50_000, min_count=3, window=5)
    print(f"counting and PPMI: {time.perf_counter() - begin:.1f} s, {matrix.nnz:,} positive elements", flush=True)
    del matrix
    begin, cpu = time.perf_counter(), time.process_time()
    vectors = train_vectors(tokens, n_words=50_000, min_count=3)
    seconds = f"{time.perf_counter() - begin:.1f} s ({time.process_time() - cpu:.1f} CPU seconds)"
    print(f"{vectors}: {seconds}, peak memory {_peak():.2f} GB")
    for word in WORDS:
        print(f"{word}: {', '.join(vectors.nearest(word, 8)['word'])}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
