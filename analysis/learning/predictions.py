"""What predicted labels are worth beside the coded ones: scores of each label, confusions, and whether probabilities hold."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import resolve_one
from analysis.counting.resampling import (
    WILSON,
    Resampling,
    interval,
    one_interval_of_two,
    ratio,
    resampled,
    summed_by,
    takes_old_draws,
    wilson_interval,
)

Array = npt.NDArray[Any]


@takes_old_draws(n_draws=1_000)
def label_scores(predictions: pd.DataFrame, *, resampling: Resampling | None = None) -> pd.DataFrame:
    """Return precision, recall and F1 of each label.

    Parameters
    ----------
    predictions : pandas.DataFrame
        ``label`` (coded) and ``predicted``, and ``group`` where texts belong together: then groups are resampled and not texts.
    resampling : Resampling, optional
        Draws, seed and method of the intervals; by default 1,000 draws. A cluster is a column of `predictions`, by default ``group``.

    Returns
    -------
    pandas.DataFrame
        One row a label, in alphabetical order: ``label``, ``n`` (texts coded so), ``n_predicted``, ``precision``, ``recall``, ``f1`` (0 to 1),
        each with ``_low`` and ``_high`` (95%). Precision is NaN where a label is never predicted, recall where it is never coded.

    Raises
    ------
    SchemaError
        When a column is missing or there is no row.

    Notes
    -----
    Precision = hits / predicted, recall = hits / coded, F1 = 2 · hits / (predicted + coded). Intervals of precision and recall are
    Wilson's, which have a width even where all of six texts are right; those of F1, and all where texts stand in groups, come from
    resampling.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA, 22(158).

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> coded = pd.DataFrame({"label": ["conflict"] * 3 + ["none"] * 2,
    ...                        "predicted": ["conflict", "conflict", "none", "none", "none"]})
    >>> fa.learn.label_scores(coded)[["label", "n", "precision", "recall", "f1"]].round(2)
          label  n  precision  recall   f1
    0  conflict  3       1.00    0.67  0.8
    1      none  2       0.67    1.00  0.8
    """
    _check(predictions, "label", "predicted")
    labels = _labels(predictions)
    coded, predicted = (predictions[name].to_numpy()[:, None] == labels for name in ("label", "predicted"))
    counts = np.hstack([coded & predicted, predicted, coded]).astype(np.float64)
    sums = counts.sum(axis=0)
    measured = _scores(sums[None])[0]
    resampling = resampling or Resampling(n_draws=1_000)
    clusters, units = _clusters(predictions, resampling)
    bounds = interval(_scores, resampled(summed_by(counts, clusters), resampling))
    stated = resampling.named(units)
    if units == "texts":
        stated = one_interval_of_two(resampling, units, wilson="precision and recall", resampled="F1")
        bounds[:, : 2 * len(labels)] = wilson_interval(np.tile(sums[: len(labels)], 2), sums[len(labels) :])
    low, high = bounds
    table = pd.DataFrame({"label": labels, "n": coded.sum(axis=0), "n_predicted": predicted.sum(axis=0)})
    for place, name in enumerate(("precision", "recall", "f1")):
        of = slice(place * len(labels), (place + 1) * len(labels))
        table[name], table[f"{name}_low"], table[f"{name}_high"] = measured[of], low[of], high[of]
    return with_origin(table, predictions, interval=stated)


def accuracy_with_interval(predictions: pd.DataFrame, *, resampling: Resampling) -> tuple[float, float, float]:
    """Return the share of texts predicted as coded, and its 95% interval from resampling texts (or ``group``, where it is given).

    Raises
    ------
    SchemaError
        When a column is missing or there is no row.
    """
    _check(predictions, "label", "predicted")
    right = (predictions["label"] == predictions["predicted"]).to_numpy(np.float64)
    sums = summed_by(np.column_stack([right, np.ones(len(right))]), _clusters(predictions, resampling)[0])
    low, high = interval(lambda drawn: ratio(drawn[:, :1], drawn[:, 1:]), resampled(sums, resampling))[:, 0]
    return float(right.mean()), float(low), float(high)


def confusion(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return how many texts of each coded label were predicted to have each label.

    Parameters
    ----------
    predictions : pandas.DataFrame
        ``label`` (coded) and ``predicted``.

    Returns
    -------
    pandas.DataFrame
        One row a coded label: ``label``, then one column of counts for each predicted label, both in alphabetical order. Right
        predictions stand on the diagonal.

    Raises
    ------
    SchemaError
        When a column is missing or there is no row.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> coded = pd.DataFrame({"label": ["conflict"] * 3 + ["none"] * 2,
    ...                        "predicted": ["conflict", "conflict", "none", "none", "none"]})
    >>> fa.learn.confusion(coded)
          label  conflict  none
    0  conflict         2     1
    1      none         0     2
    """
    _check(predictions, "label", "predicted")
    labels = _labels(predictions)
    table = pd.crosstab(predictions["label"], predictions["predicted"]).reindex(labels, axis=0, fill_value=0)
    table = table.reindex(labels, axis=1, fill_value=0).rename_axis(columns=None).rename_axis("label").reset_index()
    return with_origin(table, predictions)


def calibration(predictions: pd.DataFrame, *, n_bins: int = 5) -> pd.DataFrame:
    """Return whether texts predicted with a probability of 0.8 are right in eight of ten cases, by bins of probability.

    Parameters
    ----------
    predictions : pandas.DataFrame
        ``label`` (coded), ``predicted``, and ``probability`` (of the predicted label, 0 to 1).
    n_bins : int
        Bins of equal width from 0 to 1.

    Returns
    -------
    pandas.DataFrame
        One row a bin with texts: ``probability_from`` and ``probability_to`` (the upper end belongs to the next bin, but 1 to the last),
        ``n``, ``probability`` (mean), ``share_right`` with ``share_right_low`` and ``share_right_high`` (95% Wilson interval).
        ``attrs``: ``brier``, the mean of (probability − right)² with right 1 or 0, where lower is better; ``brier_constant``, the same for
        a coder who always states the overall accuracy; ``calibration_error``, the mean distance of probability and share right over
        bins, weighted by n.

    Raises
    ------
    SchemaError
        When a column is missing, there is no row, a probability is not from 0 to 1, or `n_bins` is below 1.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review, 78(1).
    Niculescu-Mizil, A., & Caruana, R. (2005). Predicting good probabilities with supervised learning. ICML.
    """
    _check(predictions, "label", "predicted", "probability")
    if n_bins < 1:
        raise SchemaError(f"calibration: n_bins={n_bins}; give a number from 1")
    probability = predictions["probability"].to_numpy(np.float64)
    outside = ~((probability >= 0) & (probability <= 1))
    if outside.any():
        raise SchemaError(f"calibration: probability {probability[outside][0]}; give numbers from 0 to 1")
    right = (predictions["label"] == predictions["predicted"]).to_numpy(np.float64)
    edges = np.arange(n_bins + 1) / n_bins  # the nearest number to 0.6, so that 0.6 itself is in the bin from 0.6
    bin_of = np.searchsorted(edges[1:-1], probability, side="right")
    rows = [
        _bin(edges[code : code + 2], probability[bin_of == code], right[bin_of == code]) for code in np.unique(bin_of)
    ]
    table = pd.DataFrame(rows)
    distance = (table["probability"] - table["share_right"]).abs()
    return with_origin(
        table,
        predictions,
        interval=WILSON,
        brier=float(((probability - right) ** 2).mean()),
        brier_constant=float(right.mean() * (1 - right.mean())),
        calibration_error=float((distance * table["n"]).sum() / len(right)),
    )


def _bin(edges: Array, probability: Array, right: Array) -> dict[str, float]:
    low, high = wilson_interval(right.sum()[None], np.array([len(right)]))[:, 0]
    return {
        "probability_from": edges[0],
        "probability_to": edges[1],
        "n": len(right),
        "probability": probability.mean(),
        "share_right": right.mean(),
        "share_right_low": low,
        "share_right_high": high,
    }


def _check(predictions: pd.DataFrame, *columns: str) -> None:
    missing = [name for name in columns if name not in predictions.columns]
    if missing:
        known = ", ".join(map(repr, predictions.columns))
        raise SchemaError(f"predictions: no column {missing[0]!r}; found are {known}; needed are {', '.join(columns)}")
    if predictions.empty:
        raise SchemaError("predictions: no row; give at least one text that is coded and predicted")


def _labels(predictions: pd.DataFrame) -> Array:
    return np.array(sorted({*predictions["label"], *predictions["predicted"]}), dtype=object)


def _clusters(predictions: pd.DataFrame, resampling: Resampling) -> tuple[Array, str]:
    """Return the number of the cluster of each text, in the order in which they come, and what is drawn."""
    column = resampling.cluster
    if column == "article_id":
        column = "group"
        if column not in predictions.columns:
            return np.arange(len(predictions)), "texts"
    name = resolve_one(
        "resampling", column, list(map(str, predictions.columns)), purpose="of the predictions to draw by"
    )
    return pd.factorize(predictions[name], use_na_sentinel=False)[
        0
    ], "groups" if name == "group" else f"clusters by {name}"


def _scores(sums: Array) -> Array:
    """Return precision, recall and F1 of each label, side by side, from sums of hits, predicted and coded."""
    hits, predicted, coded = np.split(sums, 3, axis=1)
    return np.hstack([ratio(hits, predicted), ratio(hits, coded), ratio(2 * hits, predicted + coded)])
