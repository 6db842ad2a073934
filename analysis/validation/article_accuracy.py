"""How good a lexicon is for whole articles: whether a frame is present, and which is dominant."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import levels
from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.coded_units import unit_articles
from analysis.counting.resampling import Resampling
from analysis.hits.find import hits_of_one_lexicon
from analysis.measures.dominance import dominant_frames
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens
from analysis.validation.accuracy import facts_of_sample
from analysis.validation.estimates import Design, Judged, shares, stated
from analysis.validation.places import clusters_of_units
from analysis.validation.scores import Evidence, scores
from analysis.validation.truth import NONE, TRUTH, Truth, checked, needed_variable, truth_of

Array = npt.NDArray[Any]

_ALONE: dict[str, Any] = {"coder": "A", "stratum": "", "probability": 1.0}  # what a table of gold codes need not say
_LARGEST = 50  # a threshold of more hits is never tried


class _Articles(NamedTuple):
    """Coded articles: ``units`` (item, article_id, stratum, probability), one row each, what their coders hold true, and the corpus."""

    units: pd.DataFrame
    truth: Truth
    tokens: Tokens

    def at(self, chosen: Array) -> "_Articles":
        """Return some of the articles."""
        return self._replace(units=self.units[chosen].reset_index(drop=True))

    def design(self, resampling: Resampling) -> Design:
        """Return how they were drawn."""
        return Design.of(self.units, clusters_of_units(self.units, resampling.cluster, self.tokens))


def article_accuracy(
    codings: pd.DataFrame,
    hits: pd.DataFrame,
    tokens: TokensLike,
    *,
    threshold: int | None = None,
    seed: int = 1,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how well the number of hits tells whether a frame is present in an article.

    Parameters
    ----------
    codings : pandas.DataFrame
        Codings of whole articles: ``article_id`` and ``value``, the categories that are present, joined by ";", or "none". Further columns of
        CODINGS are used where they are there: several coders as in `analysis.accuracy`, and ``stratum`` and ``probability`` of a sample.
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus that holds the articles.
    threshold : int, optional
        How many hits make a frame present. Without it the number with the best F1 on one half of the articles, drawn by `seed`, is chosen for each
        category, and the scores are those of the other half.
    seed : int
        Which half.
    resampling : Resampling, optional
        Draws, seed and method of the intervals.

    Returns
    -------
    pandas.DataFrame
        ARTICLE_ACCURACY: one row a category of the lexicon that the coders could give.

    Raises
    ------
    SchemaError
        When a column is missing, an article is not in the corpus, the threshold is below 1, or the articles are too few to be halved.
    """
    articles = _articles("article_accuracy", codings, hits, tokens, measures="present")
    resampling = resampling or Resampling()
    categories = _asked(codings, hits)
    counts = np.column_stack([_hits_in(articles.units, hits, name) for name in categories])
    coded = np.column_stack([_codes(articles, name) for name in categories])
    if threshold is None:
        tested = _half(articles.units, seed)
        chosen = np.array([_best(counts[~tested, k], coded[~tested, k]) for k in range(len(categories))])
        how = f"chosen by F1 on one half of the articles, tested on the other, seed {seed}"
    elif threshold < 1:
        raise SchemaError(f"article_accuracy: threshold={threshold}; give a number of hits from 1")
    else:
        tested, chosen, how = np.ones(len(counts), np.bool_), np.full(len(categories), threshold), "given"
    table = _table(articles.at(tested), counts[tested] >= chosen, coded[tested], resampling)
    table.insert(0, "category", pd.Series(categories, dtype="str"))
    table.insert(1, "threshold", chosen)
    facts = {"interval": stated(resampling), "truth": TRUTH, "threshold": how}
    return with_origin(table, facts_of_sample(codings), hits, **facts)


def _table(articles: _Articles, found: Array, coded: Array, resampling: Resampling) -> pd.DataFrame:
    """Return the scores of each category from what was found in each article and what its coders see there."""
    design, n_categories = articles.design(resampling), coded.shape[1]
    table = scores(_evidence(found, coded), design, n_categories, resampling)
    table = table.drop(columns=["n_found", "n_absent"]).rename(columns={"n_hits": "n_found"})
    table.insert(0, "n_articles", (~np.isnan(coded)).sum(axis=0))
    article, category = np.nonzero(~np.isnan(coded))
    right = (found == (coded == 1))[article, category]
    measured = shares(Judged(article, category, right), design, n_categories, resampling)
    bounds = {"accuracy": measured.share, "accuracy_low": measured.low, "accuracy_high": measured.high}
    for place, (name, values) in enumerate(bounds.items(), start=4):
        table.insert(place, name, values)
    return table


def dominant_accuracy(
    codings: pd.DataFrame, hits: pd.DataFrame, tokens: TokensLike, *, resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return how often the category with most hits in an article is the one that people coded as its dominant frame.

    Parameters
    ----------
    codings : pandas.DataFrame
        Codings of whole articles: ``article_id`` and ``value``, one category or "none"; further as in `article_accuracy`.
    hits, tokens, resampling
        As in `article_accuracy`.

    Returns
    -------
    pandas.DataFrame
        DOMINANT_ACCURACY: one row. An article without a hit, or whose categories are tied, has "none" by the lexicon. Of several coders the code
        that more than half of them gave counts; articles without one are left out and counted.

    Notes
    -----
    Each class beside the others, and which are taken for which: `fa.learn.label_scores` and `fa.learn.confusion` of `dominant_predictions`.
    """
    resampling = resampling or Resampling()
    articles = _articles("dominant_accuracy", codings, hits, tokens, measures="dominant")
    pairs = dominant_predictions(codings, hits, tokens)
    decided = articles.at(articles.units["article_id"].isin(pairs["article_id"]).to_numpy())
    right = (pairs["label"] == pairs["predicted"]).to_numpy(np.bool_)
    n = len(decided.units)
    judged = Judged(np.arange(n), np.zeros(n, np.int64), right)
    found = shares(judged, decided.design(resampling), 1, resampling)
    table = pd.DataFrame(
        {
            "n_articles": found.n, "n_right": found.n_right, "n_undecided": [len(articles.units) - n],
            "accuracy": found.share, "accuracy_low": found.low, "accuracy_high": found.high,
            "reason": ["" if n else "no article has a code that more than half of its coders gave"],
        }
    )  # fmt: skip
    return with_origin(table, facts_of_sample(codings), hits, interval=stated(resampling), truth=TRUTH)


def dominant_predictions(codings: pd.DataFrame, hits: pd.DataFrame, tokens: TokensLike) -> pd.DataFrame:
    """Return the coded dominant frame of each article beside that by the lexicon, for `fa.learn.label_scores` and `fa.learn.confusion`.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``label`` (coded) and ``predicted`` (the category with most hits; "none" where none has or two are tied), one row an
        article, sorted by its id. Articles whose coders are tied are left out.
    """
    articles = _articles("dominant_predictions", codings, hits, tokens, measures="dominant")
    codes = articles.truth.codes[~articles.truth.codes["is_tied"]]
    several = codes["item"].duplicated()
    if several.any():
        raise SchemaError(
            f"codings: article {codes.loc[several, 'item'].iloc[0]!r} has several dominant frames; one is dominant at most, else code 'none'"
        )
    label = codes.set_index("item")["code"].reindex(articles.units["item"]).to_numpy(dtype=object)
    frames = dominant_frames(hits, tokens).set_index("article_id")["category"].replace("", NONE)
    predicted = frames.reindex(articles.units["article_id"]).to_numpy(dtype=object)
    table = pd.DataFrame({"article_id": articles.units["article_id"], "label": label, "predicted": predicted})
    return with_origin(table[table["label"].notna()].reset_index(drop=True), facts_of_sample(codings), hits)


def _articles(
    measure: str, codings: pd.DataFrame, hits: pd.DataFrame, tokens: TokensLike, *, measures: str
) -> _Articles:
    corpus: Tokens = tokens_of(f"{measure}(codings, hits, tokens)", tokens)
    hits_of_one_lexicon(hits, corpus)
    checked(codings, "article_id", "value")
    full = codings.copy()
    if "item" not in full.columns:
        full["item"] = full["article_id"]
    for name, value in _ALONE.items():
        if name not in full.columns:
            full[name] = value
    if "variable" not in codings.columns:
        full["variable"] = measures
    checked(full)
    truth = truth_of(full, needed_variable(full, measures))
    units = truth.items.astype({"article_id": "str"}).sort_values("article_id", ignore_index=True)
    if units["article_id"].duplicated().any():
        twice = units.loc[units["article_id"].duplicated(), "article_id"].iloc[0]
        raise SchemaError(f"codings: article {twice!r} is two items; give codings of whole articles, one item each")
    unit_articles(units, corpus)
    return _Articles(units[["item", "article_id", "stratum", "probability"]], truth, corpus)


def _asked(codings: pd.DataFrame, hits: pd.DataFrame) -> list[str]:
    """Return the categories of the lexicon that the coders could give: all, where no codebook says which."""
    known = list(map(str, levels(hits["category"])))
    facts = codings.attrs.get("variables", {}).values()
    codes = [code for one in facts if one.get("measures") == "present" for code in one.get("values") or known]
    asked = [name for name in known if name in codes] if codes else known
    if not asked:
        raise SchemaError(
            f"article_accuracy: no code ({', '.join(map(repr, codes))}) is a category of the lexicon ({', '.join(map(repr, known))}); give the "
            f"hits of the lexicon that the codebook was written for"
        )
    return asked


def _hits_in(units: pd.DataFrame, hits: pd.DataFrame, category: str) -> Array:
    counts = hits.loc[(hits["category"] == category).to_numpy(), "article_id"].astype("str").value_counts()
    return counts.reindex(units["article_id"], fill_value=0).to_numpy(np.int64)


def _codes(articles: _Articles, category: str) -> Array:
    """Return for each article 1 where its coders see the category, 0 where not, NaN where they are tied."""
    codes = articles.truth.codes
    tied = (
        codes[codes["code"] == category].set_index("item")["is_tied"].astype("float64").reindex(articles.units["item"])
    )
    return np.select([tied == 0, tied == 1], [1.0, np.nan], 0.0)


def _half(units: pd.DataFrame, seed: int) -> Array:
    """Return which articles are tested: half of them, drawn by their ids, so that their order changes nothing."""
    if len(units) < 4:
        raise SchemaError(f"article_accuracy: {len(units)} coded articles cannot be halved; give a threshold")
    tested = np.zeros(len(units), np.bool_)
    tested[np.random.default_rng(seed).permutation(len(units))[: len(units) // 2]] = True
    return tested


def _best(counts: Array, coded: Array) -> int:
    """Return the fewest hits that give the best F1; 1 where the frame is coded nowhere."""
    counts, is_coded = counts[~np.isnan(coded)], coded[~np.isnan(coded)] == 1
    tried = np.unique(np.clip(counts, 1, _LARGEST))
    f1 = [
        2 * (is_coded & (counts >= least)).sum() / max(is_coded.sum() + (counts >= least).sum(), 1) for least in tried
    ]
    return int(tried[int(np.argmax(f1))]) if len(tried) else 1


def _evidence(found: Array, coded: Array) -> Evidence:
    """Return what precision, recall and specificity are made of: articles down, categories across."""
    is_coded = coded == 1

    def judged(chosen: Array, is_right: Array) -> Judged:
        article, category = np.nonzero(chosen & ~np.isnan(coded))
        return Judged(article, category, is_right[article, category])

    return Evidence(judged(found, is_coded), judged(is_coded, found), judged(~is_coded, ~found))
