"""Precision, recall, F1 and specificity of groups, from what was found and what coders see."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counting.ratios import FEWEST_ARTICLES, ONE_SIDED
from analysis.counting.resampling import Resampling, interval, ratio
from analysis.validation.estimates import Design, Judged, Shares, one_weight, shares

Array = npt.NDArray[Any]

_FEW = f"fewer than {FEWEST_ARTICLES} articles"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What scores are made of.

    Attributes
    ----------
    found : Judged
        What was found; right is what the coders see too.
    coded : Judged
        What the coders see, where they were asked for all of it; right is what was found too.
    absent : Judged
        What the coders do not see, where they were asked for all of it; right is what was not found either.
    why_no_recall : str
        Why `coded` and `absent` are empty, else "".
    """

    found: Judged
    coded: Judged
    absent: Judged
    why_no_recall: str = ""


def scores(evidence: Evidence, design: Design, n_groups: int, resampling: Resampling) -> pd.DataFrame:
    """Return the scores of each group: counts as drawn, ``precision``, ``recall``, ``f1`` and ``specificity`` with bounds, and ``reason``."""
    units = _joined(evidence.coded, evidence.absent)
    alike = one_weight(units.group, design.weight[units.unit], n_groups)
    precision = shares(evidence.found, design, n_groups, resampling)
    recall = shares(evidence.coded, design, n_groups, resampling, alike=alike)
    specificity = shares(evidence.absent, design, n_groups, resampling, alike=alike)
    is_wilson = alike & (recall.n == recall.n_articles)
    _bound_recall(recall, _unseen(evidence, design, n_groups), is_wilson)
    table = pd.DataFrame(
        {
            "n_hits": precision.n,
            "n_right": precision.n_right,
            "n_coded": recall.n,
            "n_found": recall.n_right,
            "n_absent": specificity.n,
        }
    )
    f1 = _f1(precision, recall)
    for name, measured in (
        ("precision", (precision.share, precision.low, precision.high)),
        ("recall", (recall.share, recall.low, recall.high)),
        ("f1", f1),
        ("specificity", (specificity.share, specificity.low, specificity.high)),
    ):
        table[name], table[f"{name}_low"], table[f"{name}_high"] = measured
    table["reason"] = _reasons(precision, recall, specificity, evidence.why_no_recall)
    return table


def _joined(first: Judged, second: Judged) -> Judged:
    pairs = zip((first.unit, first.group, first.is_right), (second.unit, second.group, second.is_right), strict=True)
    return Judged(*(np.concatenate(pair) for pair in pairs))


def _unseen(evidence: Evidence, design: Design, n_groups: int) -> Array:
    """Return how much could be missed in strata where nothing was: 3 of their heaviest units, of each group; 0 where no stratum is so."""
    units = _joined(evidence.coded, evidence.absent)
    n_strata = int(design.strata.max(initial=-1)) + 1
    heaviest, n_missed = np.zeros((n_groups, n_strata)), np.zeros((n_groups, n_strata))
    np.maximum.at(heaviest, (units.group, design.stratum[units.unit]), design.weight[units.unit])
    coded = evidence.coded
    np.add.at(n_missed, (coded.group, design.stratum[coded.unit]), ~coded.is_right)
    most = np.where(n_missed == 0, heaviest, 0).max(axis=1, initial=0)
    unseen: Array = -np.log(ONE_SIDED) * most
    return unseen


def _bound_recall(recall: Shares, unseen: Array, is_wilson: Array) -> None:
    """Lower the bound of recall to what is left of it if as much is missed as may be in strata where nothing missed was seen."""
    found, coded = np.split(recall.sums.total[0], 2)
    left = ratio(found, coded + unseen)
    is_all = (recall.n > 0) & (recall.n_right == recall.n)
    recall.low[is_all] = left[is_all]
    is_part = ~is_all & ~is_wilson
    recall.low[is_part] = np.minimum(recall.low, left)[is_part]


def _f1(precision: Shares, recall: Shares) -> tuple[Array, Array, Array]:
    """Return F1 and its interval, which is never narrower than that of precision or recall alone would make it."""
    estimate = _harmonic(precision.share, recall.share)

    def drawn(of_hits: Array, of_coded: Array) -> Array:
        return _harmonic(ratio(*np.split(of_hits, 2, axis=1)), ratio(*np.split(of_coded, 2, axis=1)))

    low, high = interval(drawn, precision.sums, recall.sums)
    lows = [low, _harmonic(precision.low, recall.share), _harmonic(precision.share, recall.low)]
    highs = [high, _harmonic(precision.high, recall.share), _harmonic(precision.share, recall.high)]
    is_known = ~np.isnan(precision.low) & ~np.isnan(recall.low)
    return (
        estimate,
        np.where(is_known, np.minimum.reduce(lows), np.nan),
        np.where(is_known, np.maximum.reduce(highs), np.nan),
    )


def _harmonic(precision: Array, recall: Array) -> Array:
    """Return F1; 0 where nothing of what the coders see was found, also without a hit."""
    return np.where(recall == 0, 0.0, ratio(2 * precision * recall, precision + recall))


def _reasons(precision: Shares, recall: Shares, specificity: Shares, why_no_recall: str) -> list[str]:
    return [
        "; ".join(part for part in (
            _why("precision", precision, group, "no hit was judged"),
            _why("recall", recall, group, why_no_recall or "the coders see none"),
            _why("specificity", specificity, group, why_no_recall or "the coders see it in every unit"),
        ) if part)
        for group in range(len(precision.n))
    ]  # fmt: skip


def _why(measure: str, of: Shares, group: int, nothing: str) -> str:
    if not of.n[group]:
        return f"{measure}: {nothing}"
    if np.isnan(of.low[group]):
        return f"no interval of {measure}: {_FEW if of.n_articles[group] < FEWEST_ARTICLES else 'it does not vary'}"
    return ""
