"""How good a lexicon is: precision, recall, F1 and specificity against codings by people of a sample with known probabilities."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.origin import Facts, with_origin
from analysis.core.schema import HITS
from analysis.counting.by import HIT_COLUMNS, article_names, resolve
from analysis.counting.resampling import Resampling
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens
from analysis.validation.estimates import Design, Judged, stated
from analysis.validation.grouping import Groups, grouped
from analysis.validation.judging import PLACES, Comparison, compared
from analysis.validation.places import clusters_of_units
from analysis.validation.scores import Evidence, scores
from analysis.validation.truth import TRUTH, checked

Array = npt.NDArray[Any]

_OF_LEXICON = ("lexicon", "lexicon_version", "lexicon_hash", "lexicon_left_out")


def accuracy(
    codings: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    by: str | Sequence[str] = "category",
    tokens: TokensLike | None = None,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how well hits agree with what people coded.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS of a sample. Of several coders the adjudicated code counts, else what more than half of them gave; an even split is left
        out and counted. Codes of models count nowhere. Without ``probability`` all units are alike.
    hits : pandas.DataFrame
        HITS of the corpus that the sample is of, by the lexicon that the sample was drawn with or by another version of it.
    by : str or list of str
        ``category``, ``entry``, ``zone``, ``voice``, ``target`` or another column of HITS; with `tokens` a column of ARTICLES such as
        ``outlet``, or a period. An empty list gives one row.
    tokens : Tokens, optional
        The corpus, for columns of ARTICLES, and for the zone of sentences without a hit.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals; a cluster is a column of ARTICLES, for which `tokens` are needed.

    Returns
    -------
    pandas.DataFrame
        ACCURACY: one row a group. Precision is of hits: the share of them that the coders put into their category. Recall is of frames that
        the coders see: the share of them that a hit has. Specificity is of units and categories: where the coders see none, the share
        without a hit. All are weighted by 1 / probability. NaN where there is nothing to share, or nobody was asked; ``reason`` says which.

    Raises
    ------
    SchemaError
        When a table lacks a column, `by` is unknown, or the codings do not fit the hits.

    Notes
    -----
    Precision = Σ right / π over Σ hits / π; recall = Σ found / π over Σ coded / π, in units whose coders were asked what is missed; F1 is
    their harmonic mean. A hit is judged by the coding of its words; a hit of another version of the lexicon, whose words were not shown, is wrong
    where the coders name no frame of its category as missed, and cannot be told where they do. Where no frame was missed, recall has
    the lower bound found / (found + 3 w) with the largest weight w of a unit, since 3 missed of such units would have been seen with 95% chance;
    where strata without one missed lie beside others, it is not above found / (coded + 3 w) with the largest weight in them.

    References
    ----------
    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA, 249(13).
    Rao, J. N. K., & Wu, C. F. J. (1988). Resampling inference with complex survey data. JASA, 83(401).
    Song, H., et al. (2020). In validations we trust? The impact of imperfect human annotations as a gold standard. Political Communication, 37(4).
    """
    checked(codings, *PLACES)
    corpus = None if tokens is None else tokens_of("accuracy(codings, hits, tokens=…)", tokens)
    check_hits(hits, corpus)
    names = resolve("accuracy", by, known_names(corpus), tokens=corpus)
    resampling = resampling or Resampling()
    found = compared(codings, hits)
    design = Design.of(found.units, clusters_of_units(found.units, resampling.cluster, corpus))
    table = _table(found, grouped(found, names, corpus), design, resampling)
    return with_origin(table, facts_of_sample(codings), hits, interval=stated(resampling), truth=TRUTH)


def facts_of_sample(codings: pd.DataFrame) -> Facts:
    """Return what codings say of sample, corpus and search; their lexicon, which may be of another version than the hits, as ``sample_lexicon…``."""
    kept = {name: fact for name, fact in codings.attrs.items() if str(name).startswith(("sample", "corpus", "search"))}
    return kept | {f"sample_{name}": codings.attrs[name] for name in _OF_LEXICON if name in codings.attrs}


def check_hits(hits: pd.DataFrame, tokens: Tokens | None) -> None:
    """Refuse a table that is not HITS, or not of this corpus and one lexicon."""
    if tokens is None:
        HITS.check(hits)
    else:
        hits_of_one_lexicon(hits, tokens)


def known_names(tokens: Tokens | None) -> list[str]:
    """Return what hits are grouped by: columns of HITS and, with the corpus, of ARTICLES."""
    return ["category", "zone", *HIT_COLUMNS[1:], *(article_names(tokens) if tokens is not None else [])]


def _table(found: Comparison, groups: Groups, design: Design, resampling: Resampling) -> pd.DataFrame:
    evidence = Evidence(
        _judged(found.hits, groups.of_hits),
        _judged(found.coded, groups.of_coded),
        _judged(found.cells, groups.of_cells),
        groups.why_no_recall,
    )
    table = pd.concat([groups.table, scores(evidence, design, len(groups.table), resampling)], axis=1)
    of_hits, of_coded = (
        _undecided(found.hits, groups.of_hits, len(table)),
        _undecided(found.coded, groups.of_coded, len(table)),
    )
    table.insert(len(groups.table.columns) + 5, "n_undecided", of_hits + of_coded)
    return table


def _undecided(part: pd.DataFrame, group: Array, n_groups: int) -> Array:
    """Return how much of a table cannot be told, of each group."""
    is_in = (group >= 0) & part["is_right"].iloc[: len(group)].isna().to_numpy()
    return np.bincount(group[is_in], minlength=n_groups)


def _judged(part: pd.DataFrame, group: Array) -> Judged:
    """Return what of a table is in a group and can be told."""
    part = part.iloc[: len(group)]
    is_in = (group >= 0) & part["is_right"].notna().to_numpy()
    return Judged(part["unit"].to_numpy()[is_in], group[is_in], part["is_right"][is_in].to_numpy(np.bool_))
