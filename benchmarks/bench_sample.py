"""A sample for hand coding from a large corpus on disk: how long it takes to draw 1,000 sentences, and articles.

Usage: python benchmarks/bench_sample.py FOLDER      the corpus that laptop.py makes, of FRAMING_ARTICLES articles (200,000 without it),
                                                     and its hits stay in FOLDER

The hits are there already: what is measured is `fa.sample` alone, in a process that has not read the corpus before.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from laptop import LEXICON, measured, write_corpus

import analysis as fa

N_ARTICLES = int(os.environ.get("FRAMING_ARTICLES", "200000"))
SCREEN = ["aides", "rivals", "pressure", "crisis talks", "doubt*", "allies", "tensions", "talks", "support", "struggl*"]
N_UNITS, N_RUNS = 1_000, 5
CASES = {
    "sentences by category": {},
    "sentences by category, zone, voice": {"by": ["category", "zone", "voice"]},
    "sentences by category, near words screened": {"screen": SCREEN},
    "articles by category and outlet": {"unit": "article", "by": ["category", "outlet"]},
}


def prepare(folder: Path) -> None:
    """Write the corpus and its hits where they are not there yet."""
    path = folder / f"corpus-{N_ARTICLES}.parquet"
    if not path.exists():
        write_corpus(path, N_ARTICLES)
    if not (folder / "corpus.framing").exists():
        fa.save_corpus(fa.read(path, boilerplate="keep"), folder / "corpus.framing")
    tokens = fa.open_corpus(folder / "corpus.framing")
    fa.find_hits(tokens, LEXICON, out=folder / "hits")


def measure(folder: Path) -> None:
    """Print how long a sample takes, the first time and the median of several runs."""
    small = fa.tokenize("data/articles")
    fa.sample(fa.find_hits(small, LEXICON), small, n=50, screen=SCREEN)  # compiled before
    print("| step | wall s | CPU s | peak GB |")
    tokens = fa.open_corpus(folder / "corpus.framing")
    hits = measured("`open_hits(…).read()`", lambda: fa.open_hits(folder / "hits").read())
    for name, options in CASES.items():
        measured(f"`fa.sample`, {name}, first", lambda options=options: fa.sample(hits, tokens, n=N_UNITS, **options))
        print(f"    median of {N_RUNS} further runs: {median(hits, tokens, options):.2f} s")
    n_sentences = len(tokens.sentence_starts)
    print(f"{len(tokens.articles):,} articles, {n_sentences:,} sentences, {len(tokens):,} words, {len(hits):,} hits")


def median(hits, tokens, options) -> float:
    seconds = []
    for seed in range(N_RUNS):
        begin = time.perf_counter()
        fa.sample(hits, tokens, n=N_UNITS, seed=seed, **options)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if len(sys.argv) == 3:
        prepare(where)
        sys.exit()
    where.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, __file__, str(where), "prepare"], check=True)
    measure(where)
