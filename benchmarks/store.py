"""What a corpus on disk takes: wall and CPU time and peak memory of each step, from the open store to the measures.

Usage: python benchmarks/store.py CORPUS.parquet FOLDER      FOLDER/corpus.framing is written where it is not there yet

`laptop.py` writes such a corpus. The peak counts the pages of the store that are mapped, which the system takes back when it needs room;
the first step is in a process of its own, so that the memory of reading does not count for what comes after it.
"""

import subprocess
import sys
from pathlib import Path

from laptop import LEXICON, TARGETS, measured

import analysis as fa


def write(path: Path, store: Path) -> None:
    corpus = measured("`fa.read`", lambda: fa.read(path, boilerplate="keep"))
    measured("`fa.save_corpus`", lambda: fa.save_corpus(corpus, store))


def measure(store: Path) -> None:
    fa.find_hits(fa.tokenize("data/articles"), LEXICON, targets="data/lexicons/targets-sample.yml")  # compiled before
    tokens = measured("`fa.open_corpus`", lambda: fa.open_corpus(store))
    measured("its articles", lambda: tokens.articles)
    hits = measured(
        "`fa.find_hits(out=)`", lambda: fa.find_hits(tokens, LEXICON, targets=TARGETS, out=store.parent / "hits")
    )
    table = measured("`hits.read()`", hits.read)
    measured("`fa.rates`", lambda: fa.rates(table, tokens, by=["outlet", "category"]))
    measured("`fa.divergence`", lambda: fa.divergence(table, tokens))
    measured("`fa.tfidf`", lambda: fa.tfidf(tokens))
    outlet = tokens.articles["outlet"].iloc[0]
    measured("`fa.keyness`", lambda: fa.keyness(tokens, focus={"outlet": outlet}))
    measured("`fa.concordance`", lambda: fa.concordance(tokens, "weak president"))
    print(
        f"{len(tokens.articles):,} articles, {len(tokens):,} words, {len(tokens.manifest.parts)} parts, {len(hits):,} hits"
    )


if __name__ == "__main__":
    corpus_file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    if len(sys.argv) == 4:
        write(corpus_file, folder / "corpus.framing")
        sys.exit()
    print("| step | wall s | CPU s | peak GB |", flush=True)
    if not (folder / "corpus.framing").exists():
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "write"], check=True)
    measure(folder / "corpus.framing")
