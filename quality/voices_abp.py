"""Voice and negation of 200 hits of frames.yml on abp, one an article, against codes that one reader gave before the output was seen."""

from pathlib import Path

import pandas as pd

from analysis.counting.resampling import wilson_interval
from quality import abp
from quality.figures import Figure

DATA = Path(__file__).resolve().parents[1] / "data"
CODINGS = DATA / "codings" / "voices-abp.csv"
PLACES = ["article_id", "field", "start", "end"]


def measure(shared: Path) -> list[Figure]:
    """Return the shares of hits whose voice, negation and hedging are as coded; nothing where abp is absent."""
    corpus = abp.corpus(shared)
    if corpus is None:
        return []
    coded = pd.read_csv(CODINGS, dtype={"article_id": "str", "field": "str"})
    hits = abp.hits_in(corpus.articles, coded["article_id"], DATA / "lexicons" / "frames.yml")
    found = hits.astype({"article_id": "str", "field": "str"}).drop_duplicates(PLACES)
    both = coded.merge(found, on=PLACES, suffixes=("_coded", ""))
    right = {
        "voice": both["voice"].astype("str") == both["voice_coded"],
        "negated": both["negated"].fillna(False) == (both["negated_coded"] == "yes"),
        "hedged": both["hedged"].fillna(False) == (both["hedged_coded"] == "yes"),
    }
    return [_figure(name, is_right) for name, is_right in right.items()]


def _figure(name: str, is_right: pd.Series) -> Figure:
    low, high = wilson_interval([is_right.sum()], [len(is_right)])[:, 0]
    return Figure(
        f"{name} of hits, abp, read by a language model", is_right.mean(), low, high, float("nan"), len(is_right)
    )
