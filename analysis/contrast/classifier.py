"""A frame classifier from hand-coded texts: TF-IDF and a linear model, cross-validated, as one more coder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from analysis.errors import FramingError

_STRENGTHS = (0.1, 0.5, 2.0)  # of the penalty; the inner folds choose
_INNER_FOLDS = 3
_N_DRAWS = 1_000


def linear_model() -> Pipeline:
    """Return the model: TF-IDF of words and pairs of words, and of letters within words, into a linear support vector machine."""
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
    letters = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5))
    return make_pipeline(make_union(words, letters), LinearSVC(class_weight="balanced"))


@dataclass(frozen=True, eq=False)
class CrossValidation:
    """How well the model codes texts that it has not seen.

    Attributes
    ----------
    codings : pandas.DataFrame
        One row a text, in the order given: ``label``, ``predicted``, ``probability`` (of the predicted label, calibrated), ``fold``. The
        predictions can be held against any coder like another coder's.
    by_label : pandas.DataFrame
        ``label``, ``n``, ``precision``, ``recall``, ``f1``, each with ``_low`` and ``_high`` (95%, from resampling texts).
    accuracy, low, high : float
        Share of texts coded as by hand, and its 95% interval from resampling texts.
    """

    codings: pd.DataFrame
    by_label: pd.DataFrame
    accuracy: float
    low: float
    high: float


def cross_validate(
    texts: Sequence[str], labels: Sequence[str], *, groups: Sequence[str] | None = None, n_folds: int = 5, seed: int = 1
) -> CrossValidation:
    """Return how well frames can be coded from texts, by nested cross-validation.

    Parameters
    ----------
    texts, labels : sequence of str
        Hand-coded texts and their frames.
    groups : sequence of str, optional
        What must not be on both sides of a fold, such as the event or the article of each text.
    n_folds : int
        Outer folds; within each, the strength of the penalty is chosen by three inner folds of its training texts.
    seed : int
        Seed of the folds and of the intervals.

    Raises
    ------
    FramingError
        When texts and labels differ in number, or a label has fewer texts than there are folds.

    References
    ----------
    Varma, S., & Simon, R. (2006). Bias in error estimation when using cross-validation for model selection.
    """
    _check(texts, labels, n_folds)
    x, y = np.array(texts, dtype=object), np.array(labels, dtype=object)
    of = np.array(groups if groups is not None else range(len(x)), dtype=object)
    predicted, probability, fold_of = np.empty(len(x), object), np.zeros(len(x)), np.zeros(len(x), int)
    folds = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed).split(x, y, of)
    for fold, (train, test) in enumerate(folds, start=1):
        strength = _chosen_strength(x[train], y[train], of[train], seed)
        model = CalibratedClassifierCV(linear_model().set_params(linearsvc__C=strength), cv=_INNER_FOLDS)
        model.fit(x[train], y[train])
        probabilities = model.predict_proba(x[test])
        predicted[test] = model.classes_[probabilities.argmax(axis=1)]
        probability[test], fold_of[test] = probabilities.max(axis=1), fold
    codings = pd.DataFrame({"label": y, "predicted": predicted, "probability": probability, "fold": fold_of})
    right = (y == predicted).astype(float)
    draws = np.random.default_rng(seed).integers(0, len(x), (_N_DRAWS, len(x)))
    low, high = np.percentile(right[draws].mean(axis=1), [2.5, 97.5])
    return CrossValidation(codings, _by_label(y, predicted, draws), float(right.mean()), float(low), float(high))


def deciding_words(texts: Sequence[str], labels: Sequence[str], *, n: int = 15) -> pd.DataFrame:
    """Return the words and pairs of words that speak most for each label, in a model of all texts.

    Returns
    -------
    pandas.DataFrame
        ``label``, ``rank`` (from 1), ``term``, ``weight``.

    Raises
    ------
    FramingError
        As `cross_validate` does.
    """
    _check(texts, labels, 2)
    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
    model = LinearSVC(class_weight="balanced").fit(vectorizer.fit_transform(texts), list(labels))
    weights = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
    terms = vectorizer.get_feature_names_out()
    parts = []
    for label, row in zip(model.classes_, weights, strict=True):
        best = np.argsort(-row, kind="stable")[:n]
        parts.append(
            pd.DataFrame({"label": label, "rank": range(1, len(best) + 1), "term": terms[best], "weight": row[best]})
        )
    return pd.concat(parts, ignore_index=True)


def _check(texts: Sequence[str], labels: Sequence[str], n_folds: int) -> None:
    if len(texts) != len(labels):
        raise FramingError(f"classifier: {len(texts)} texts and {len(labels)} labels; give one label a text")
    counts = pd.Series(list(labels)).value_counts()
    if len(counts) < 2 or counts.min() < n_folds:
        rare = ", ".join(f"{name!r} ({n})" for name, n in counts[counts < n_folds].items()) or "only one label"
        raise FramingError(
            f"classifier: too few texts for {n_folds} folds: {rare}; code more, join labels, or take fewer folds"
        )


def _chosen_strength(x: npt.NDArray[Any], y: npt.NDArray[Any], groups: npt.NDArray[Any], seed: int) -> float:
    inner = StratifiedGroupKFold(_INNER_FOLDS, shuffle=True, random_state=seed)
    search = GridSearchCV(linear_model(), {"linearsvc__C": list(_STRENGTHS)}, cv=inner, refit=False)
    return float(search.fit(x, y, groups=groups).best_params_["linearsvc__C"])


def _by_label(y: npt.NDArray[Any], predicted: npt.NDArray[Any], draws: npt.NDArray[Any]) -> pd.DataFrame:
    labels = sorted(set(y.tolist()))
    codes = {label: code for code, label in enumerate(labels)}
    true, found = (np.array([codes.get(name, -1) for name in names.tolist()]) for names in (y, predicted))
    measured = np.stack(_scores(true, found, labels))
    drawn = np.stack([np.stack(_scores(true[draw], found[draw], labels)) for draw in draws[:200]])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    table = pd.DataFrame({"label": labels, "n": [int((true == code).sum()) for code in range(len(labels))]})
    for place, name in enumerate(("precision", "recall", "f1")):
        table[name], table[f"{name}_low"], table[f"{name}_high"] = measured[place], low[place], high[place]
    return table


def _scores(true: npt.NDArray[Any], found: npt.NDArray[Any], labels: list[str]) -> list[npt.NDArray[Any]]:
    scores = precision_recall_fscore_support(true, found, labels=list(range(len(labels))), zero_division=0.0)
    return [np.asarray(score, float) for score in scores[:3]]
