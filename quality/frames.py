"""How well frames are coded from headlines: nested cross-validation on the gun-violence frame corpus."""

import json
from pathlib import Path

import pandas as pd

import analysis as fa
from quality.figures import Figure

# Every third article is enough: vectors of all of them raise the accuracy by less than 0.01 and take a minute more.
EVERY = 3


def measure(shared: Path) -> list[Figure]:
    """Return the accuracy over nine frames, without and with vectors of other news, beside that of always taking the commonest."""
    path = shared / "gvfc" / "headlines.dev.jsonl"
    if not path.exists():
        return []
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    coded = [record for record in records if record["relevant"] == 1 and record["frame1_name"]]
    figures = [figure("first frame of nine from the headline, GVFC, accuracy", coded, None)]
    if (shared / "abp" / "articles.dev.parquet").exists():
        name = "first frame of nine from the headline, with vectors of other news, GVFC, accuracy"
        figures.append(figure(name, coded, news_vectors(shared)))
    return figures


def figure(name: str, coded: list[dict[str, str]], vectors: fa.learn.Vectors | None) -> Figure:
    labels = [record["frame1_name"] for record in coded]
    found = fa.learn.cross_validate([record["headline"] for record in coded], labels, vectors=vectors)
    commonest = max(labels.count(name) for name in set(labels)) / len(labels)
    is_either = [
        frame in (record["frame1_name"], record["frame2_name"])
        for frame, record in zip(found.predictions["predicted"], coded, strict=True)
    ]
    details = f"nested, 5 folds; first or second coded frame {sum(is_either) / len(coded):.3f}"
    return Figure(name, found.accuracy, found.low, found.high, commonest, len(labels), details)


def news_vectors(shared: Path) -> fa.learn.Vectors:
    articles = pd.read_parquet(shared / "abp" / "articles.dev.parquet", columns=["id", "title", "body"])[::EVERY]
    table = articles.rename(columns={"id": "article_id", "title": "headline"})
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    return fa.learn.train_vectors(tokens, n_words=20_000, n_dimensions=100)
