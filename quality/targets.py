"""Polarity towards a target on NewsMTSC, and of headlines on ecosent, with the list of Hu and Liu."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import analysis as fa
from analysis.english.mentions import Mentions, find_mentions
from analysis.english.negation import find_negation
from analysis.english.targets import link_targets
from analysis.matching.matching import Matches, find_matches
from quality.figures import Figure, interval

NEWSMTSC = Path("newsmtsc") / "targets.dev.jsonl"
ECOSENT = Path("ecosent") / "items.dev.jsonl"
LISTS = Path("lexicons") / "quanteda.dictionaries"
WINDOW = 8  # tokens on both sides of the target, the baseline's reach
PARTS = {"rw": "devtest_rw", "mt": "devtest_mt"}

Counts = npt.NDArray[np.float64]  # a row a document: the nine cells of gold (-1, 0, 1) by predicted


def measure(shared: Path) -> list[Figure]:
    """Return macro F1 on NewsMTSC's development part of devtest-rw and devtest-mt, and ordinal alpha on ecosent's headlines.

    A sentence of NewsMTSC is an article and its target the only one, with its further mentions. The polarity is the sign
    of the sum of the polarities of the hits linked to it, turned where negated; 0 is neutral. The baseline sums the plain polarities of all
    hits within eight tokens of a mention. On ecosent (DeepL's English) the baseline is the sign of the plain sum.

    Of the list entries with other signs than hyphens ("a+", "sh*t") are left out on both sides, and "trump", here a name.
    """
    lexicon = _lexicon(shared / LISTS)
    if lexicon is None:
        return []
    return [*_newsmtsc(shared / NEWSMTSC, lexicon), *_ecosent(shared / ECOSENT, lexicon)]


def _newsmtsc(path: Path, lexicon: fa.Lexicon) -> list[Figure]:
    if not path.exists():
        return []
    read = pd.DataFrame(_records(path))
    rows = read[read["official_part"].isin(PARTS.values())].reset_index(drop=True)
    gold = rows["polarity"].map({"neg": -1, "neu": 0, "pos": 1}).to_numpy()
    tokens = _tokens(rows["id"], rows["sentence"])
    matches = find_matches(tokens, lexicon)
    mentions = find_mentions(tokens, _mention_table(rows))
    plain, turned = _polarities(tokens, lexicon, matches)
    linked = link_targets(tokens, matches, mentions).mention >= 0
    near = _is_near(tokens, matches, mentions)
    article = tokens.fields_at(matches.token) // 3
    ours, baseline = (_signs(article, values, len(rows)) for values in (turned * linked, plain * near))
    figures = []
    for part, official in PARTS.items():
        chosen = (rows["official_part"] == official).to_numpy()
        documents = pd.factorize(rows["doc"][chosen])[0]
        counts, theirs = (_counts(documents, gold[chosen], side[chosen]) for side in (ours, baseline))
        name = f"polarity towards the target, NewsMTSC {part}, Hu-Liu, macro F1"
        figures.append(_figure(name, macro_f1, counts, theirs))
    return figures


def _ecosent(path: Path, lexicon: fa.Lexicon) -> list[Figure]:
    if not path.exists():
        return []
    rows = pd.DataFrame(_records(path)).dropna(subset=["gold", "headline_en_deepl"]).reset_index(drop=True)
    tokens = _tokens(rows["id"], rows["headline_en_deepl"])
    matches = find_matches(tokens, lexicon)
    article = tokens.fields_at(matches.token) // 3
    sides = (_signs(article, values, len(rows)) for values in reversed(_polarities(tokens, lexicon, matches)))
    counts, theirs = (_counts(np.arange(len(rows)), rows["gold"].to_numpy(), side) for side in sides)
    return [_figure("headline polarity, ecosent, Hu-Liu, ordinal alpha", ordinal_alpha, counts, theirs)]


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _lexicon(folder: Path) -> fa.Lexicon | None:
    paths = {"positive": folder / "positive-words.txt", "negative": folder / "negative-words-UTF8.txt"}
    if not all(path.exists() for path in paths.values()):
        return None
    words = {name: path.read_text(encoding="utf-8", errors="replace").split("\n") for name, path in paths.items()}
    kept = {name: list(dict.fromkeys(filter(_is_word, map(str.strip, lines)))) for name, lines in words.items()}
    return fa.extend.lexicon_from_mapping(kept, name="hu-liu")


def _is_word(line: str) -> bool:
    return line.replace("-", "").isalpha() and line != "trump"


def _tokens(ids: pd.Series, texts: pd.Series) -> fa.Tokens:
    return fa.tokenize(fa.read(pd.DataFrame({"article_id": ids, "body": texts}), boilerplate="keep"))


def _mention_table(rows: pd.DataFrame) -> pd.DataFrame:
    places = [[start, end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    spans = [[first, *more] for first, more in zip(places, rows["further_mentions"], strict=True)]
    table = pd.DataFrame({"article_id": rows["id"], "target": rows["target"], "span": spans}).explode("span")
    span = np.array(table["span"].tolist(), np.int64)
    return table.assign(field="body", start=span[:, 0], end=span[:, 1]).drop(columns="span")


def _polarities(tokens: fa.Tokens, lexicon: fa.Lexicon, matches: Matches) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the polarity of each hit as the list has it, and turned where negated."""
    valence = np.array([1 if entry.category == "positive" else -1 for entry in lexicon.entries])[matches.entry]
    return valence, np.where(find_negation(tokens).turned[matches.token], -valence, valence)


def _is_near(tokens: fa.Tokens, matches: Matches, mentions: Mentions) -> npt.NDArray[np.bool_]:
    """Return which hits stand within the window of a mention of their article."""
    edges = np.zeros(len(tokens) + 1, np.int64)
    fields = tokens.fields_at(mentions.first)
    np.add.at(edges, np.maximum(mentions.first - WINDOW, tokens.field_starts[fields]), 1)
    np.add.at(edges, np.minimum(mentions.last + WINDOW + 1, tokens.field_starts[fields + 1]), -1)
    near: npt.NDArray[np.bool_] = np.cumsum(edges)[matches.token] > 0
    return near


def _signs(article: npt.NDArray[Any], values: npt.NDArray[Any], n: int) -> npt.NDArray[np.float64]:
    signs: npt.NDArray[np.float64] = np.sign(np.bincount(article, weights=values, minlength=n))
    return signs


def _counts(documents: npt.NDArray[Any], gold: npt.NDArray[Any], predicted: npt.NDArray[Any]) -> Counts:
    counts = np.zeros((documents.max() + 1, 9))
    np.add.at(counts, (documents, (3 * (gold + 1) + predicted + 1).astype(np.int64)), 1)
    return counts


def macro_f1(cells: Counts) -> float:
    """Return the mean F1 of the three classes from the cells of gold by predicted."""
    table = cells.reshape(3, 3)
    both = table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * np.diag(table) / np.where(both > 0, both, 1)))


def ordinal_alpha(cells: Counts) -> float:
    """Return Krippendorff's alpha with the ordinal metric for two coders without missing codes (Krippendorff 2011)."""
    table = cells.reshape(3, 3)
    coincidences = table + table.T
    n = coincidences.sum(axis=0)
    places = np.cumsum(n) - n / 2
    distance = (places[:, None] - places[None, :]) ** 2
    expected = (np.outer(n, n) * distance).sum() / (n.sum() - 1)
    return float(1 - (coincidences * distance).sum() / expected) if expected else float("nan")


def _figure(name: str, statistic: Any, counts: Counts, baseline: Counts) -> Figure:
    cells = counts.sum(axis=0)
    low, high = interval(counts, statistic)
    n = int(cells.sum())
    accuracy = np.diag(cells.reshape(3, 3)).sum() / n
    return Figure(name, statistic(cells), low, high, statistic(baseline.sum(axis=0)), n, f"accuracy {accuracy:.3f}")
