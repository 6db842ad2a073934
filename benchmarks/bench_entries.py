"""Measuring with 1,000 to 100,000 entries: ours, re alternation and ahocorasick_rs on the same words, counts asserted equal.

Every preparation is timed: ours from the tokens in memory (a lexicon is changed, the corpus is not), the peers from the text in
memory, the building of their automata with them.
"""

import re
import statistics
import time
from collections.abc import Callable

import ahocorasick_rs
import numpy as np
from corpora import abp, megabytes, plain_corpus
from measure import RUNS

import analysis as fa
from analysis.matching.matching import find_matches

N_ARTICLES = 2_000
SIZES = (1_000, 10_000, 100_000)
MOST_FOR_RE = 1_000  # an alternation of more takes minutes


def main() -> None:
    corpus = abp()
    corpus = plain_corpus(fa.read(corpus.articles.head(N_ARTICLES), boilerplate="keep"))
    tokens = fa.tokenize(corpus)
    bodies = [f" {body} " for body in corpus.articles["body"].str.lower()]
    rng = np.random.default_rng(1)
    known = sorted({form for form in tokens.forms if len(form) > 3})
    words = [*rng.permutation(known).tolist(), *(f"qx{number}" for number in range(SIZES[-1]))]
    for size in SIZES:
        chosen = words[:size]

        def ours(chosen: list[str] = chosen) -> int:
            lexicon = fa.extend.lexicon_from_mapping({"words": chosen})
            return len(find_matches(tokens, lexicon, overlap="every_entry").token)

        def automaton(chosen: list[str] = chosen) -> int:
            search = ahocorasick_rs.AhoCorasick([f" {word} " for word in chosen])
            return sum(len(search.find_matches_as_indexes(body, overlapping=True)) for body in bodies)

        def alternation(chosen: list[str] = chosen) -> int:
            pattern = re.compile(f"(?<= )(?:{'|'.join(chosen)})(?= )")
            return sum(len(pattern.findall(body)) for body in bodies)

        peers = {"ahocorasick_rs": automaton} | ({"re": alternation} if size <= MOST_FOR_RE else {})
        compare(f"{size:,} entries, {megabytes(corpus):.0f} MB", ours, peers)


def compare(name: str, ours: Callable[[], int], peers: dict[str, Callable[[], int]]) -> None:
    """Print the medians of alternating runs and the ratios; the counts are equal."""
    sides = {"ours": ours, **peers}
    counts = {side: work() for side, work in sides.items()}
    assert len(set(counts.values())) == 1, counts
    times = {side: [] for side in sides}
    for _ in range(RUNS):
        for side, work in sides.items():
            begin = time.process_time()
            work()
            times[side].append(time.process_time() - begin)
    medians = {side: statistics.median(values) for side, values in times.items()}
    others = ", ".join(
        f"{side} {seconds:.2f} s (ratio {seconds / medians['ours']:.1f})"
        for side, seconds in medians.items()
        if side != "ours"
    )
    print(
        f"{name}, {counts['ours']:,} hits: ours {medians['ours']:.2f} s, {others} (CPU, median of {RUNS} alternating runs)",
        flush=True,
    )


if __name__ == "__main__":
    main()
