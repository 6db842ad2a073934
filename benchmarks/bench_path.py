"""The way from file to table on all of abp: reading with copies and boilerplate, HITS with voices, negation and targets, the whole process.

Usage: python benchmarks/against.py before-speed benchmarks/bench_path.py      beside the last commit before the issue on speed

Run by itself it prints the CPU seconds of each work once. Both sides are given the entries of this tree's lexicon, and of their hits those
columns are compared that the rules of English do not decide: these rules became other ones since, with more to do. Words are compared in articles
without marks that were decoded wrongly, which were words then and are read as marks now.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

import analysis as fa
from analysis.reading.fetching import shared_folder

ABP = shared_folder() / "abp" / "articles.dev.parquet"
ROOT = Path(fa.__file__).resolve().parents[1]
LEXICONS = Path(__file__).resolve().parents[1] / "data" / "lexicons"
ODD_MARKS = "[\x80-\x9f\xb4`&]|\xe2\u20ac"
BY_WORDS = ["article_id", "start", "end", "entry", "category", "text"]


def prepare() -> pd.DataFrame:
    """Return the articles as they lie in the file."""
    return fa.read(ABP, boilerplate="keep", duplicates="keep").articles


def read_and_encode(_: object) -> dict[str, object]:
    """Read the file, find boilerplate and copies, encode."""
    corpus = fa.read(ABP)
    tokens = fa.tokenize(corpus)
    is_plain = ~(corpus.articles["headline"].astype("str") + corpus.articles["body"].astype("str")).str.contains(
        ODD_MARKS
    )
    n_words = np.asarray(tokens.tokens_per_article)
    starts = tokens.starts[np.repeat(is_plain.to_numpy(), n_words)]
    return {"articles": corpus.articles, "removed": corpus.removed, "n_words": n_words[is_plain], "starts": starts}


def hits(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every hit in articles that are encoded here too, as nothing may be kept from an earlier run."""
    tokens = fa.tokenize(articles)
    with tempfile.TemporaryDirectory() as folder:
        lexicon, targets = (fa.read_lexicon(path) for path in written_lexicons(Path(folder)))
    return _by_words(fa.find_hits(tokens, lexicon, targets=targets))


def encode(articles: pd.DataFrame) -> int:
    """Encode the articles, which is a part of `hits`."""
    return len(fa.tokenize(articles))


def process(_: object) -> pd.DataFrame:
    """Run the command, from Parquet to Parquet."""
    return _hits_of_command(ABP)


def start(_: object) -> pd.DataFrame:
    """Run the command on the sample, where start-up is most of it."""
    return _hits_of_command(ROOT / "data" / "articles")


def written_lexicons(folder: Path) -> tuple[Path, Path]:
    """Write frames and targets in a form that both sides read: categories and entries, without what was added to the format since."""
    for name in ("frames", "targets"):
        tree = yaml.safe_load((LEXICONS / f"{name}.yml").read_text(encoding="utf-8"))
        tree["categories"] = {name: {"entries": category["entries"]} for name, category in tree["categories"].items()}
        (folder / f"{name}.yml").write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder / "frames.yml", folder / "targets.yml"


def _hits_of_command(articles: Path) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        lexicon, targets = written_lexicons(Path(folder))
        out = Path(folder) / "hits.parquet"
        options = ["--lexicon", str(lexicon), "--targets", str(targets), "--out", str(out)]
        command = [sys.executable, "-m", "analysis", "hits", str(articles), *options]
        subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
        return _by_words(pd.read_parquet(out))


def _by_words(hits: pd.DataFrame) -> pd.DataFrame:
    """Return what the words alone decide; which codes stand for a category's values is no result."""
    return hits[BY_WORDS].astype({name: "str" for name in BY_WORDS if hits[name].dtype == "category"})


WORKS = {"read_and_encode": read_and_encode, "encode": encode, "hits": hits, "process": process, "start": start}


def main() -> None:
    articles = prepare()
    for name, work in WORKS.items():
        begin = sum(os.times()[:4])
        work(articles)
        print(f"{name}: {sum(os.times()[:4]) - begin:.1f} CPU s", flush=True)


if __name__ == "__main__":
    main()
