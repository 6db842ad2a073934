"""How often the six founding categories of frames.yml are right on news, by codings of a fresh sample that one reader made."""

from pathlib import Path

import pandas as pd

import analysis as fa
from quality import abp
from quality.figures import Figure

DATA = Path(__file__).resolve().parents[1] / "data"
CODINGS = DATA / "codings" / "frames-abp-fresh-2.csv"
FOUNDING = ["weakness", "strength", "failure", "success", "hostility", "cooperation"]


def measure(shared: Path) -> list[Figure]:
    """Return the precision of each founding category on abp, hits weighted by their probability; nothing where abp is absent."""
    corpus = abp.corpus(shared)
    if corpus is None:
        return []
    codings = fa.validate.read_codings([CODINGS], codebook=fa.validate.read_codebook(DATA / "codebooks" / "frames.yml"))
    hits = abp.hits_in(corpus.articles, codings.table["article_id"], DATA / "lexicons" / "frames.yml")
    founding = hits[hits["category"].isin(FOUNDING)].astype({"category": "str"})
    founding.attrs = hits.attrs
    return [_figure(row) for _, row in _accuracy(codings.table, founding).iterrows()]


def _accuracy(codings: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the accuracy of hits on coded words; accuracy counts people, and the figure's name says that this reader is none."""
    judged = codings.assign(kind="person")
    judged.attrs = codings.attrs
    places = ["article_id", "field", "start", "end"]
    shown = hits.astype({"article_id": "str", "field": "str"}).merge(codings[places].drop_duplicates(), on=places)
    shown.attrs = hits.attrs
    return fa.accuracy(judged, shown)


def _figure(row: pd.Series) -> Figure:
    name = f"precision of {row['category']} in frames.yml, abp, read by a language model"
    return Figure(name, row["precision"], row["precision_low"], row["precision_high"], float("nan"), int(row["n_hits"]))
