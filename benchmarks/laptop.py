"""What a large corpus takes on a laptop: wall and CPU time and peak memory of each step, from a Parquet file to the report.

Usage: python benchmarks/laptop.py FOLDER [ARTICLES]      200,000 where nothing is said; corpus and report stay in FOLDER

The corpus is made from abp: each article has the outlet, the day and the paragraphs of a real one, and sentences drawn without
replacement from all of its outlet; five words of each are new ones, so that the vocabulary grows as in real news. One article in a
hundred is a copy. The peak is that of Linux (/proc).
"""

import platform
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from corpora import SHARED

import analysis as fa

T = TypeVar("T")
LEXICON, TARGETS = "data/lexicons/frames.yml", "data/lexicons/targets.yml"
N_ARTICLES = 200_000
NEW_WORDS = 5
COPY_EVERY = 100
SENTENCE = re.compile(r"(?<=[.!?”\"]) +(?=[A-Z“\"])")


def write_corpus(path: Path, n_articles: int) -> None:
    """Write a made corpus, a round over all real articles at a time, so that few are in memory at once."""
    articles = pd.read_parquet(SHARED / "abp" / "articles.dev.parquet")[["outlet", "date", "title", "body"]]
    shapes = {
        str(outlet): [[SENTENCE.split(paragraph) for paragraph in body.split("\n")] for body in own["body"]]
        for outlet, own in articles.groupby("outlet")
    }
    random = np.random.default_rng(1)
    writer = None
    for begin in range(0, n_articles, len(articles)):
        made = pd.DataFrame(list(_round(articles, shapes, random))[: n_articles - begin])
        made.insert(0, "article_id", [f"a{number:07d}" for number in range(begin, begin + len(made))])
        copies = np.arange(COPY_EVERY, len(made), COPY_EVERY)
        made.loc[copies, "body"] = made["body"].to_numpy()[copies - 1]
        table = pa.Table.from_pandas(made, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _round(
    articles: pd.DataFrame, shapes: dict[str, list[list[list[str]]]], random: np.random.Generator
) -> Iterator[dict[str, str]]:
    for outlet, own in articles.groupby("outlet"):
        shape = shapes[str(outlet)]
        pool = [sentence for paragraphs in shape for paragraph in paragraphs for sentence in paragraph]
        drawn = iter([pool[place] for place in random.permutation(len(pool))])
        titles = random.permutation(own["title"].to_numpy(dtype=object))
        for date, title, paragraphs in zip(own["date"], titles, shape, strict=True):
            body = "\n\n".join(" ".join(next(drawn) for _ in paragraph) for paragraph in paragraphs)
            yield {"outlet": str(outlet), "date": date, "headline": title, "body": _with_new_words(body, random)}


def _with_new_words(body: str, random: np.random.Generator) -> str:
    words = body.split(" ")
    for place in random.integers(len(words), size=NEW_WORDS):
        words[place] += "".join(chr(97 + letter) for letter in random.integers(26, size=6))
    return " ".join(words)


def peak_gigabytes() -> float:
    """Return the most memory that this process has had since `forget_peak`."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024**2


def forget_peak() -> None:
    """Let the peak begin anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def measured(name: str, step: Callable[[], T]) -> T:
    """Return what a step gives, and print a row of the table."""
    forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    result = step()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {name} | {wall:,.0f} | {cpu:,.0f} | {peak_gigabytes():.1f} |", flush=True)
    return result


def counted(corpus: fa.Corpus) -> str:
    """Measure the steps from the corpus to rates, and return how much there was to do."""
    tokens = measured("`fa.tokenize`", lambda: fa.tokenize(corpus))
    hits = measured("`fa.find_hits`", lambda: fa.find_hits(tokens, LEXICON, targets=TARGETS))
    measured("`fa.rates`", lambda: fa.rates(hits, tokens, by=["outlet", "category"]))
    return f"{len(tokens):,} words, {len(tokens.types):,} types, {len(hits):,} hits"


def main(folder: Path, n_articles: int) -> None:
    path = folder / f"corpus-{n_articles}.parquet"
    if not path.exists():
        write_corpus(path, n_articles)
    fa.find_hits(fa.tokenize("data/articles"), LEXICON, targets="data/lexicons/targets-sample.yml")  # compiled before
    print(
        f"{n_articles:,} articles, {path.stat().st_size / 1e6:,.0f} MB of Parquet; Python {platform.python_version()}"
    )
    print("| step | wall s | CPU s | peak GB |")
    corpus = measured("`fa.read`", lambda: fa.read(path))
    size = counted(corpus)
    report = measured("`fa.report`", lambda: fa.report(corpus, LEXICON, folder / "report.html", targets=TARGETS))
    print(f"{len(corpus.articles):,} kept, {len(corpus.removed):,} passages cut, {size}")
    print(f"report of {report.stat().st_size / 1e6:,.0f} MB; {len(corpus.notes)} notes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else N_ARTICLES)
