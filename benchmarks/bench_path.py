"""The way from file to table on all of abp: reading with copies and boilerplate, HITS with voices, negation and targets, the whole process.

Usage: python benchmarks/against.py before-speed benchmarks/bench_path.py      beside the last commit before the issue on speed

Run by itself it prints the CPU seconds of each work once.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

import analysis as fa
from analysis.reading.fetching import shared_folder

ABP = shared_folder() / "abp" / "articles.dev.parquet"
ROOT = Path(fa.__file__).resolve().parents[1]
LEXICONS = ROOT / "data" / "lexicons"


def prepare() -> pd.DataFrame:
    """Return the articles as they lie in the file."""
    return fa.read(ABP, boilerplate="keep", duplicates="keep").articles


def read_and_encode(_: object) -> dict[str, object]:
    """Read the file, find boilerplate and copies, encode."""
    corpus = fa.read(ABP)
    tokens = fa.tokenize(corpus)
    return {"articles": corpus.articles, "removed": corpus.removed, "ids": tokens.type_ids, "starts": tokens.starts}


def hits(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every hit in articles that are encoded here too, as nothing may be kept from an earlier run."""
    tokens = fa.tokenize(articles)
    return fa.find_hits(
        tokens, fa.read_lexicon(LEXICONS / "frames.yml"), targets=fa.read_lexicon(LEXICONS / "targets.yml")
    )


def encode(articles: pd.DataFrame) -> int:
    """Encode the articles, which is a part of `hits`."""
    return len(fa.tokenize(articles))


def process(_: object) -> pd.DataFrame:
    """Run the command, from Parquet to Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "hits.parquet"
        command = [sys.executable, "-m", "analysis", "hits", str(ABP), "--targets", str(LEXICONS / "targets.yml")]
        subprocess.run([*command, "--out", str(out)], check=False, cwd=ROOT, stderr=subprocess.DEVNULL)
        return pd.read_parquet(out)


def start(_: object) -> pd.DataFrame:
    """Run the command on the sample, where start-up is most of it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "hits.parquet"
        command = [sys.executable, "-m", "analysis", "hits", str(ROOT / "data" / "articles"), "--out", str(out)]
        subprocess.run(command, check=False, cwd=ROOT, stderr=subprocess.DEVNULL)
        return pd.read_parquet(out)


WORKS = {"read_and_encode": read_and_encode, "encode": encode, "hits": hits, "process": process, "start": start}


def main() -> None:
    articles = prepare()
    for name, work in WORKS.items():
        begin = sum(os.times()[:4])
        work(articles)
        print(f"{name}: {sum(os.times()[:4]) - begin:.1f} CPU s", flush=True)


if __name__ == "__main__":
    main()
