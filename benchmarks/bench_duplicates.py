"""Duplicates and events of the whole of abp: seconds, memory, what is found; and how well planted copies are found."""

import random
import resource
import sys
import time
from pathlib import Path

import pandas as pd
from corpora import SHARED, abp

from analysis.reading import read
from analysis.reading.duplicates import find_duplicates
from analysis.reading.events import find_events

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))
from test_duplicates import pairs_of, with_planted_copies
from test_events import pairwise_f1


def planted(articles: pd.DataFrame, natural: pd.DataFrame, n_originals: int = 1000) -> None:
    """Print recall and precision of pairs for two planted copies of each of some articles, within the whole corpus."""
    alone = articles[~articles["article_id"].isin(natural["article_id"])]
    originals = alone.sample(n_originals, random_state=1)
    with_copies, truth = with_planted_copies(originals, 2, seed=1)
    others = articles[~articles["article_id"].isin(originals["article_id"])]
    found = pairs_of(find_duplicates(pd.concat([with_copies, others], ignore_index=True))) - pairs_of(natural)
    hits = len(found & truth)
    print(f"planted copies: recall {hits / len(truth):.4f}, precision {hits / len(found):.4f} ({len(truth)} pairs)")


def basil_halves(n_splits: int = 10) -> None:
    """Print the pairwise F1 of events for BASIL's development half, and for halves of it."""
    path = SHARED / "basil" / "articles.dev.jsonl"
    if not path.exists():
        sys.exit(f"{path}: not there; set FRAMING_SHARED to the folder of the shared data")
    basil = read(path, boilerplate="keep").articles
    print(f"events of BASIL: pairwise F1 {pairwise_f1(find_events(basil), basil['triplet']):.3f}")
    names = sorted(basil["triplet"].unique())
    scores = []
    for seed in range(n_splits):
        drawn = random.Random(seed).sample(names, len(names) // 2)
        for half in (basil[basil["triplet"].isin(drawn)], basil[~basil["triplet"].isin(drawn)]):
            scores.append(pairwise_f1(find_events(half), half["triplet"]))
    print(f"halves of BASIL: lowest F1 {min(scores):.3f}, mean {sum(scores) / len(scores):.3f} ({len(scores)} halves)")


def main() -> None:
    articles = abp().articles
    begin = time.perf_counter()
    duplicates = find_duplicates(articles)
    print(f"duplicates of {len(articles)} articles: {time.perf_counter() - begin:.1f} s")
    print(f"{duplicates['duplicate_group'].nunique()} groups; {duplicates['kind'].value_counts().to_dict()}")
    begin = time.perf_counter()
    events = find_events(articles)
    print(f"events of {len(articles)} articles: {time.perf_counter() - begin:.1f} s")
    print(f"{events.nunique()} events with {events.notna().sum()} articles")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    planted(articles, duplicates)
    basil_halves()


if __name__ == "__main__":
    main()
