"""A frame classifier from hand-coded texts: TF-IDF and a linear model, cross-validated, as one more coder."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import Normalizer
from sklearn.svm import LinearSVC

from analysis.core.errors import FramingError
from analysis.core.origin import with_origin
from analysis.counting.resampling import Resampling
from analysis.learning.memory import tell_of_texts
from analysis.learning.predictions import accuracy_with_interval, label_scores
from analysis.learning.vectors import Vectors
from analysis.tokens.segmentation import folded_word, words
from analysis.tokens.vocabulary import without_possessive

Array = npt.NDArray[Any]
Split = tuple[Array, Array]

CODER = "classifier"

_STRENGTHS = (0.1, 0.5, 2.0)  # of the penalty; the inner folds choose
_INNER_FOLDS = 3
_MOST_STEPS = 10_000


def forms(text: str) -> list[str]:
    """Return the words of a text as the corpus counts them: in lower case, without a possessive 's."""
    return [without_possessive(folded_word(word)) for word in words(text)]


class MeanVector(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """The mean of the vectors (each of length 1) of a text's words, scaled to length 1; zeros where no word has one.

    Parameters
    ----------
    vectors : Vectors
        Words are looked up by their form.
    """

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = vectors

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Return the transformer; vectors need no training here."""
        return self

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return the mean vectors, shape (n_texts, n_dimensions)."""
        counts = CountVectorizer(analyzer=forms, vocabulary=list(self.vectors.words)).transform(texts)
        return sparse.csr_array(Normalizer().transform(counts @ self.vectors.unit))


def linear_model(vectors: Vectors | None = None, *, seed: int = 1) -> Pipeline:
    """Return the untrained model: a linear support vector machine over TF-IDF.

    The terms are words, pairs of words, and runs of two to five letters within words, by 1 + ln(uses); with `vectors`, the text's mean vector
    stands beside them. Labels weigh the same, however many texts they have.
    """
    terms = TfidfVectorizer(sublinear_tf=True, tokenizer=forms, token_pattern=None, lowercase=False, ngram_range=(1, 2))
    letters = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5))
    features = [terms, letters] if vectors is None else [terms, letters, MeanVector(vectors)]
    return make_pipeline(
        make_union(*features), LinearSVC(class_weight="balanced", max_iter=_MOST_STEPS, random_state=seed)
    )


@dataclass(frozen=True, eq=False)
class FrameClassifier:
    """A trained classifier, a coder of any number of texts.

    Attributes
    ----------
    model : sklearn.calibration.CalibratedClassifierCV
        What was trained; ``classes_`` are the labels, and ``predict_proba`` gives the probability of each.
    origin : dict
        Model, number of texts, chosen strength, vectors and seed; it travels with codings.
    """

    model: CalibratedClassifierCV
    origin: dict[str, Any]

    def code(self, texts: Sequence[str], *, units: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the label of each text, in the form of a coder's codings.

        Parameters
        ----------
        texts : sequence of str
            Texts of the kind that the classifier was trained on.
        units : sequence of str, optional
            Name of each text, such as its article; without it they are numbered from 1.

        Returns
        -------
        pandas.DataFrame
            One row a text, in the order given: ``unit``, ``coder`` ("classifier"), ``label``, ``probability`` (0 to 1, calibrated). A text
            of which the classifier knows no word has the label that it would guess blind.

        Raises
        ------
        FramingError
            When a text is no string, or texts and units differ in number.
        """
        _check_texts(texts)
        names = _units(units, len(texts))
        labels, probability = _coded(self.model, np.array(texts, dtype=object))
        table = pd.DataFrame({"unit": names, "coder": CODER, "label": labels, "probability": probability})
        return with_origin(table, self.origin)


def train_classifier(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    vectors: Vectors | None = None,
    seed: int = 1,
) -> FrameClassifier:
    """Return a classifier trained on hand-coded texts. How good it is, `cross_validate` says.

    Parameters
    ----------
    texts, labels : sequence of str
        Hand-coded texts and their frames.
    groups : sequence of str, optional
        What must not be on both sides of a fold (see `cross_validate`).
    vectors : Vectors, optional
        Vectors of words from other texts, best many of the same kind: a frame coded rarely is then known by words that its few texts lack.
    seed : int
        Seed of folds and model.

    Raises
    ------
    FramingError
        When texts, labels and groups differ in number, a text is no string, no text has a word, there is one label only, or a label
        stands in fewer than three texts (or groups).

    Notes
    -----
    Three folds choose the strength of the penalty and then, with the model of all texts, the sigmoid that makes a probability of each label's
    distance from the border (Platt 2000), scaled to a sum of 1.

    References
    ----------
    Platt, J. (2000). Probabilities for SV machines. In Advances in large margin classifiers. MIT Press.
    """
    _check(texts, labels, groups, _INNER_FOLDS)
    tell_of_texts("train_classifier(texts, labels)", texts)
    x, y, of = _arrays(texts, labels, groups)
    return _trained(x, y, of, vectors, seed)


@dataclass(frozen=True, eq=False)
class CrossValidation:
    """How well the model codes texts that it has not seen.

    Attributes
    ----------
    predictions : pandas.DataFrame
        One row a text, in the order given: ``label`` (coded by hand), ``predicted``, ``probability`` (of the predicted label, calibrated),
        ``fold``, and ``group`` where groups were given. `confusion` and `calibration` are made of it.
    by_label : pandas.DataFrame
        What `label_scores` returns of the predictions.
    accuracy, low, high : float
        Share of texts coded as by hand, and its 95% interval from resampling texts, or groups where they were given.
    """

    predictions: pd.DataFrame
    by_label: pd.DataFrame
    accuracy: float
    low: float
    high: float

    def codings(self, *, units: Sequence[str] | None = None, coder: str = "hand") -> pd.DataFrame:
        """Return hand coding and classifier as two coders of the same texts, for measures of agreement.

        Parameters
        ----------
        units : sequence of str, optional
            Name of each text; without it they are numbered from 1.
        coder : str
            Name of who coded by hand.

        Returns
        -------
        pandas.DataFrame
            Two rows a text: ``unit``, ``coder``, ``label``, ``probability`` (NaN for the hand coding).

        Raises
        ------
        FramingError
            When texts and units differ in number, or `coder` is "classifier".
        """
        if coder == CODER:
            raise FramingError(f"codings: coder={coder!r} is the classifier's own name; give the hand coder another")
        names = _units(units, len(self.predictions))
        by_hand = pd.DataFrame(
            {"unit": names, "coder": coder, "label": self.predictions["label"], "probability": np.nan}
        )
        found = by_hand.assign(
            coder=CODER, label=self.predictions["predicted"], probability=self.predictions["probability"]
        )
        table = pd.concat([by_hand, found], ignore_index=True)
        return with_origin(table, self.predictions)


def cross_validate(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    vectors: Vectors | None = None,
    n_folds: int = 5,
    seed: int = 1,
) -> CrossValidation:
    """Return how well frames can be coded from texts, by nested cross-validation.

    Parameters
    ----------
    texts, labels : sequence of str
        Hand-coded texts and their frames.
    groups : sequence of str, optional
        What must not be on both sides of a fold, such as the event or the article of each text.
    vectors : Vectors, optional
        Vectors of words from other texts than these, as `train_classifier` takes them.
    n_folds : int
        Outer folds. Each is coded by `train_classifier` on the others, so that all choices are made without its texts.
    seed : int
        Seed of the folds, of the model and of the intervals.

    Raises
    ------
    FramingError
        As `train_classifier` does, and when a label has too few texts (or groups) for the folds.

    References
    ----------
    Varma, S., & Simon, R. (2006). Bias in error estimation when using cross-validation for model selection. BMC Bioinformatics, 7(91).
    """
    if n_folds < 2:
        raise FramingError(f"cross_validate: n_folds={n_folds}; give a number from 2")
    _check(texts, labels, groups, _fewest(n_folds))
    tell_of_texts("cross_validate(texts, labels)", texts)
    x, y, of = _arrays(texts, labels, groups)
    table = pd.DataFrame({"label": y, "predicted": y, "probability": np.nan, "fold": 0})
    for fold, (train, test) in enumerate(_splits(y, of, n_folds, seed), start=1):
        trained = _trained(x[train], y[train], None if of is None else of[train], vectors, seed)
        found, probability = _coded(trained.model, x[test])
        table.loc[test, "predicted"], table.loc[test, "probability"], table.loc[test, "fold"] = found, probability, fold
    if of is not None:
        table["group"] = of
    with_origin(table, _origin(len(x), vectors, seed), validation=f"nested, {n_folds} folds")
    resampling = Resampling(n_draws=1_000, seed=seed)
    scores = label_scores(table, resampling=resampling)
    return CrossValidation(table, scores, *accuracy_with_interval(table, resampling=resampling))


def deciding_words(texts: Sequence[str], labels: Sequence[str], *, n: int = 15, seed: int = 1) -> pd.DataFrame:
    """Return the words and pairs of words that speak most for each label, in a model of all texts that knows nothing else.

    Returns
    -------
    pandas.DataFrame
        ``label``, ``rank`` (from 1), ``term``, ``weight`` (how far a TF-IDF of 1 moves a text towards the label).

    Raises
    ------
    FramingError
        As `train_classifier` does.
    """
    _check(texts, labels, None, _INNER_FOLDS)
    model = linear_model(seed=seed)
    features, machine = model["featureunion"].transformer_list[0][1], model["linearsvc"]
    machine.fit(features.fit_transform(texts), list(labels))
    weights = machine.coef_ if len(machine.classes_) > 2 else np.vstack([-machine.coef_, machine.coef_])
    terms = features.get_feature_names_out()
    parts = []
    for label, row in zip(machine.classes_, weights, strict=True):
        best = np.argsort(-row, kind="stable")[:n]
        parts.append(
            pd.DataFrame({"label": label, "rank": range(1, len(best) + 1), "term": terms[best], "weight": row[best]})
        )
    return pd.concat(parts, ignore_index=True)


def _trained(x: Array, y: Array, groups: Array | None, vectors: Vectors | None, seed: int) -> FrameClassifier:
    splits = _splits(y, groups, _INNER_FOLDS, seed)
    strength = _chosen_strength(x, y, splits, linear_model(vectors, seed=seed))
    model = linear_model(vectors, seed=seed).set_params(linearsvc__C=strength)
    # One model of all texts, whose distances are calibrated by those of the folds: fewer texts held back than by one model a fold.
    calibrated = CalibratedClassifierCV(model, cv=splits, ensemble=False).fit(x, y)
    return FrameClassifier(calibrated, _origin(len(x), vectors, seed) | {"strength": strength})


def _chosen_strength(x: Array, y: Array, splits: list[Split], model: Pipeline) -> float:
    """Return the strength with which most texts of the folds are coded right, the smallest of equals."""
    features, machine = model[0], model[1]
    n_right = np.zeros(len(_STRENGTHS))
    for train, test in splits:
        known, unseen = features.fit_transform(x[train]), features.transform(x[test])
        for place, strength in enumerate(_STRENGTHS):
            found = machine.set_params(C=strength).fit(known, y[train]).predict(unseen)
            n_right[place] += (found == y[test]).sum()
    return _STRENGTHS[int(n_right.argmax())]


def _coded(model: CalibratedClassifierCV, x: Array) -> tuple[Array, Array]:
    """Return the most probable label of each text, and its probability."""
    probabilities = model.predict_proba(x) if len(x) else np.empty((0, len(model.classes_)))
    return model.classes_[probabilities.argmax(axis=1)], probabilities.max(axis=1)


def _splits(y: Array, groups: Array | None, n_folds: int, seed: int) -> list[Split]:
    if groups is None:
        return list(StratifiedKFold(n_folds, shuffle=True, random_state=seed).split(y, y))
    splits = list(StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed).split(y, y, groups))
    for train, test in splits:
        unseen = set(y.tolist()) - set(y[train].tolist())
        if unseen or not len(test):
            raise FramingError(
                f"classifier: the groups are too few or too uneven for {n_folds} folds"
                f"{': one would train without ' + repr(min(unseen)) if unseen else ': one would be empty'}; "
                f"code more groups, join labels, or take smaller groups"
            )
    return splits


def _origin(n: int, vectors: Vectors | None, seed: int) -> dict[str, Any]:
    origin = {} if vectors is None else {**vectors.origin, "vectors_hash": vectors.hash}
    return origin | {"model": "TF-IDF and linear support vector machine", "n_coded": n, "seed": seed}


def _arrays(
    texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None
) -> tuple[Array, Array, Array | None]:
    return (
        np.array(texts, dtype=object),
        np.array(labels, dtype=object),
        None if groups is None else np.array(groups, dtype=object),
    )


def _fewest(n_folds: int) -> int:
    """Return how many texts a label needs for three to be left when one of `n_folds` is taken away."""
    return next(n for n in count(n_folds) if n - -(-n // n_folds) >= _INNER_FOLDS)


def _check(texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None, fewest: int) -> None:
    if len(texts) != len(labels):
        raise FramingError(f"classifier: {len(texts)} texts and {len(labels)} labels; give one label a text")
    if groups is not None and len(groups) != len(texts):
        raise FramingError(f"classifier: {len(texts)} texts and {len(groups)} groups; give one group a text")
    _check_texts(texts)
    if not any(map(forms, texts)):
        raise FramingError("classifier: no text holds a word; give the texts that were coded")
    table = pd.DataFrame({"label": list(labels), "unit": range(len(texts)) if groups is None else list(groups)})
    if table.isna().any(axis=None):
        raise FramingError("classifier: a label or group is missing; leave out texts without one")
    counts = table.groupby("label")["unit"].nunique()
    if len(counts) < 2:
        raise FramingError(f"classifier: only one label, {counts.index[0]!r}; give texts of at least two")
    if counts.min() < fewest:
        found = ", ".join(f"{name!r} ({n})" for name, n in counts[counts < fewest].items())
        what = "texts" if groups is None else "groups"
        raise FramingError(
            f"classifier: a label needs at least {fewest} {what}, found are {found}; code more, join labels, or take fewer folds"
        )


def _check_texts(texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            raise FramingError(f"classifier: text {number} is {text!r}, no string; leave it out or give its text")


def _units(units: Sequence[str] | None, n: int) -> list[str]:
    names = [str(number) for number in range(1, n + 1)] if units is None else list(units)
    if len(names) != n:
        raise FramingError(f"classifier: {n} texts and {len(names)} units; give one unit a text")
    return names
