"""Polarity towards a target on NewsMTSC: by the rules with the list of Hu and Liu, and by the shipped model of polarity."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from quality.figures import Figure, interval
from quality.texts import records

LISTS = Path("lexicons") / "quanteda.dictionaries"
FRAMES = Path(__file__).resolve().parents[1] / "data" / "lexicons" / "frames.yml"
WINDOW = 50  # characters on both sides of the target, about eight words: the baseline's reach
PARTS = {"rw": "devtest_rw", "mt": "devtest_mt"}
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}

Array = npt.NDArray[Any]
Counts = npt.NDArray[np.float64]  # a row a document: the nine cells of gold (-1, 0, 1) by predicted


def measure(shared: Path) -> list[Figure]:
    """Return macro F1 on NewsMTSC's development part of devtest-rw and devtest-mt; nothing where data or list are absent.

    A sentence of NewsMTSC is an article and its target the only one, with its further mentions. By rules, the polarity is the sign
    of the sum of the polarities of the hits that `find_hits` links to the target, 0 being neutral, with the whole list as its files
    are read. The baseline sums the plain polarities of all hits within fifty characters of a mention.

    The learned polarity is that of `fa.learn.polarity` for the coded mention, with the shipped model and lexicon, on targets whose document
    has no target in the train part. Its baseline is the polarity by rules of the same targets.
    """
    path, lexicon = shared / "newsmtsc" / "targets.dev.jsonl", whole_list(shared / LISTS)
    if lexicon is None or not path.exists():
        return []
    read = pd.DataFrame(records(path))
    trained = set(read["doc"][read["official_part"] == "train"])
    rows = read[read["official_part"].isin(PARTS.values())].reset_index(drop=True)
    gold = rows["polarity"].map({"neg": -1, "neu": 0, "pos": 1}).to_numpy()
    tokens = fa.tokenize(
        fa.read(pd.DataFrame({"article_id": rows["id"], "body": rows["sentence"]}), boilerplate="keep")
    )
    mentions = mention_table(rows)
    hits = fa.find_hits(tokens, lexicon, targets=mentions)
    by_rules = signs(hits["article_id"], hits["polarity"].where(hits["target"].isin(mentions["target"])), rows["id"])
    baseline = signs(hits["article_id"], _plain(hits).where(_is_near(hits, mentions)), rows["id"])
    learned = _learned(tokens, mentions, rows)
    figures = []
    for part, official in PARTS.items():
        name = f"polarity towards the target, NewsMTSC {part}"
        here = rows["official_part"] == official
        other = (here & ~rows["doc"].isin(trained)).to_numpy()
        for title, chosen, ours, theirs in (
            (f"{name}, Hu-Liu, macro F1", here.to_numpy(), by_rules, baseline),
            (f"{name}, learned, macro F1", other, learned, by_rules),
        ):
            documents = pd.factorize(rows["doc"][chosen])[0]
            cells = (cells_by_document(documents, gold[chosen], side[chosen]) for side in (ours, theirs))
            figures.append(figure(title, macro_f1, *cells))
    return figures


def whole_list(folder: Path) -> fa.Lexicon | None:
    """Return the list of Hu and Liu as its two files are read, with valences; None where they are absent."""
    paths = {"positive": folder / "positive-words.txt", "negative": folder / "negative-words-UTF8.txt"}
    if not all(path.exists() for path in paths.values()):
        return None
    kept = {name: [entry.text for entry in fa.read_lexicon(path).entries] for name, path in paths.items()}
    lexicon = fa.extend.lexicon_from_mapping(kept, name="hu-liu")
    return replace(lexicon, categories=tuple(replace(one, valence=SIGNS[one.name]) for one in lexicon.categories))


def mention_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return MENTIONS of the coded mention and the further ones of each row."""
    places = [[start, end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    spans = [[first, *more] for first, more in zip(places, rows["further_mentions"], strict=True)]
    table = pd.DataFrame({"article_id": rows["id"], "target": rows["target"], "span": spans}).explode("span")
    span = np.array(table["span"].tolist(), np.int64)
    return table.assign(field="body", start=span[:, 0], end=span[:, 1]).drop(columns="span").reset_index(drop=True)


def _learned(tokens: fa.Tokens, mentions: pd.DataFrame, rows: pd.DataFrame) -> Array:
    """Return the sign that the shipped model gives the coded mention of each row."""
    hits = fa.find_hits(tokens, fa.read_lexicon(FRAMES), targets=mentions)
    coded = fa.learn.polarity(tokens, mentions, hits=hits)
    places = rows[["id", "start", "end"]].reset_index()
    pairs = places.merge(
        coded.astype({"article_id": "str"}), left_on="id", right_on="article_id", suffixes=("", "_of_mention")
    )
    # Offsets of the data may hold marks or parts of words, those of mentions are those of their words.
    meets = (pairs["start_of_mention"] < pairs["end"]) & (pairs["end_of_mention"] > pairs["start"])
    label = pairs[meets].groupby("index")["label"].first().reindex(rows.index)
    found: Array = label.map(SIGNS).to_numpy()
    return found


def _plain(hits: pd.DataFrame) -> pd.Series:
    return hits["polarity"].where(~hits["negated"].astype(bool), -hits["polarity"])


def _is_near(hits: pd.DataFrame, mentions: pd.DataFrame) -> Array:
    """Return which hits stand within the window of a mention of their article."""
    places = hits[["article_id", "start", "end"]].astype({"article_id": "str"}).reset_index()
    pairs = places.merge(mentions[["article_id", "start", "end"]], on="article_id", suffixes=("", "_of_mention"))
    gap = np.maximum(pairs["start"] - pairs["end_of_mention"], pairs["start_of_mention"] - pairs["end"])
    near: Array = hits.index.isin(pairs["index"][gap <= WINDOW])
    return near


def signs(articles: pd.Series, values: pd.Series, ids: pd.Series) -> Array:
    """Return the sign of the sum of each article's values, 0 where it has none."""
    sums = values.fillna(0).groupby(articles.astype("str")).sum()
    found: Array = np.sign(sums.reindex(ids, fill_value=0)).to_numpy()
    return found


def cells_by_document(documents: Array, gold: Array, predicted: Array) -> Counts:
    """Return the nine cells of gold by predicted of each document."""
    counts = np.zeros((documents.max() + 1, 9))
    np.add.at(counts, (documents, (3 * (gold + 1) + predicted + 1).astype(np.int64)), 1)
    return counts


def macro_f1(cells: Counts) -> float:
    """Return the mean F1 of the three classes from the cells of gold by predicted."""
    table = cells.reshape(3, 3)
    both = table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * np.diag(table) / np.where(both > 0, both, 1)))


def figure(name: str, statistic: Any, counts: Counts, baseline: Counts) -> Figure:
    """Return a figure of a statistic of cells, with accuracy in its details."""
    cells = counts.sum(axis=0)
    low, high = interval(counts, statistic)
    n = int(cells.sum())
    accuracy = np.diag(cells.reshape(3, 3)).sum() / n
    return Figure(name, statistic(cells), low, high, statistic(baseline.sum(axis=0)), n, f"accuracy {accuracy:.3f}")
