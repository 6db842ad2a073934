"""Training a model of polarity: logistic regression over signs of hits, single words and vectors of words, calibrated."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import StratifiedGroupKFold

from analysis.core.errors import FramingError
from analysis.core.schema import MENTIONS
from analysis.learning.polarity import Known, check_hits, known_of, softmax
from analysis.learning.polarity_features import REGIONS
from analysis.learning.polarity_model import LABELS, PolarityModel, rounded
from analysis.learning.vectors import Vectors
from analysis.reading.given import TokensLike, tokens_of

Array = npt.NDArray[Any]

_STRENGTHS = (0.01, 0.03, 0.1)  # of the penalty; the folds choose
_WORD_SCALE = 3.0  # how much weaker the penalty is on words than on signs, as cross-validation on NewsMTSC chose
_FOLDS = 5
_MIN_COUNT = 2  # mentions that a word must stand near to have a weight of its own
_MOST_STEPS = 500


def train_polarity(
    tokens: TokensLike,
    mentions: pd.DataFrame,
    *,
    hits: pd.DataFrame,
    groups: Sequence[str] | None = None,
    vectors: Vectors | None = None,
    seed: int = 1,
) -> PolarityModel:
    """Return a model of polarity trained on mentions that people coded.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    mentions : pandas.DataFrame
        MENTIONS with a further column ``label``: "negative", "neutral" or "positive".
    hits : pandas.DataFrame
        HITS of the tokens with ``targets=mentions``, of a lexicon whose categories have a valence. The model fits this lexicon only.
    groups : sequence of str, optional
        What must not be on both sides of a fold, such as the document of each mention; by default its article.
    vectors : Vectors, optional
        Vectors of words from more text, names left out: words that no coded sentence holds then have weights too.
    seed : int
        Seed of the folds.

    Returns
    -------
    PolarityModel
        ``origin`` holds what it was trained on, the chosen strength and macro F1 on the folds.

    Raises
    ------
    FramingError
        When a label is none of the three or stands in fewer than five groups, groups and mentions differ in number, or `polarity` would
        refuse the hits.

    Notes
    -----
    Multinomial logistic regression over signs of hits (by link, rule, side, distance, voice) and words, labels weighing the same. The
    weight of a word in a region (sentence, before, after) is its own, if it stands near two mentions, plus the product of its vector and a
    vector of the region that is learned with it. The scores of five folds are calibrated by a second regression with three inputs
    (Platt's sigmoid for three labels), and both are multiplied into one set of weights, kept in hundredths.

    References
    ----------
    Platt, J. (2000). Probabilities for SV machines. In Advances in large margin classifiers. MIT Press.
    """
    tokens = tokens_of("train_polarity(tokens, mentions)", tokens)
    MENTIONS.check(mentions)
    check_hits(hits, tokens)
    label, group = _labels(mentions, groups)
    known = [part for _, part in known_of(tokens, mentions, hits)]
    order = np.concatenate([part.mentions.row for part in known])
    y, group = label[order], group[order]
    words = _vocabulary(known, vectors)
    names = sorted({name for part in known for name in part.signs["name"]})
    design = _Design(known, names, words, vectors)
    splits = list(StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=seed).split(y, y, group))
    strength, scores = _chosen(design.matrix, y, splits)
    weights, start = _fitted(design.matrix, y, strength)
    turn = LogisticRegression(C=1e3, max_iter=_MOST_STEPS).fit(scores, y)
    weights, start = turn.coef_ @ weights, turn.coef_ @ start + turn.intercept_
    origin = {
        **({} if vectors is None else {**vectors.origin, "vectors_hash": vectors.hash}),
        **{name: hits.attrs[name] for name in ("lexicon", "lexicon_version", "lexicon_hash")},
        "n_coded": len(y),
        "seed": seed,
        "strength": strength,
        "macro_f1_folds": round(float(f1_score(y, scores.argmax(axis=1), average="macro")), 4),
    }
    signs, by_word = design.unfolded(weights)
    return PolarityModel(
        rounded(start), dict(zip(names, rounded(signs), strict=True)), tuple(words), rounded(by_word), origin
    )


def _labels(mentions: pd.DataFrame, groups: Sequence[str] | None) -> tuple[Array, Array]:
    if "label" not in mentions:
        raise FramingError(f"train_polarity: the mentions have no column 'label'; give {', '.join(LABELS)} for each")
    label = pd.Index(LABELS).get_indexer(pd.Index(mentions["label"].astype(object)))
    if (label < 0).any():
        row = int(np.argmax(label < 0))
        raise FramingError(
            f"train_polarity: row {row} has the label {mentions['label'].iloc[row]!r}; allowed are {', '.join(LABELS)}"
        )
    names = list(mentions["article_id"] if groups is None else groups)
    if len(names) != len(mentions):
        raise FramingError(
            f"train_polarity: {len(mentions)} mentions and {len(names)} groups; give one group a mention"
        )
    counts = (
        pd.DataFrame({"label": label, "group": names})
        .groupby("label")["group"]
        .nunique()
        .reindex(range(len(LABELS)), fill_value=0)
    )
    if counts.min() < _FOLDS:
        few = ", ".join(f"{name} ({n})" for name, n in zip(LABELS, counts, strict=True) if n < _FOLDS)
        raise FramingError(
            f"train_polarity: each label needs at least {_FOLDS} groups, found are {few}; code more mentions"
        )
    return label, pd.factorize(np.array(names, dtype=object))[0]


def _vocabulary(known: list[Known], vectors: Vectors | None) -> list[str]:
    """Return the words that get weights: those with a vector, or those that stand near enough mentions."""
    if vectors is not None:
        return list(vectors.words)
    counts: Counter[str] = Counter()
    for part in known:
        pairs = pd.DataFrame({"row": part.words.row, "form": part.words.form}).drop_duplicates()
        counts.update(part.forms[form] for form in pairs["form"].tolist())
    return sorted(word for word, n in counts.items() if n >= _MIN_COUNT)


class _Design:
    """The matrix that is learned from, and the way back from its columns to words: signs, single words, and vectors by region."""

    def __init__(self, known: list[Known], names: list[str], words: list[str], vectors: Vectors | None) -> None:
        signs = sparse.vstack([_sign_matrix(part, names) for part in known])
        counted = sparse.vstack([_word_matrix(part, words) for part in known]).tocsc()
        self.n_words = len(words)
        self.single = np.flatnonzero(np.diff(counted.indptr) >= _MIN_COUNT)
        self.unit = np.zeros((len(words), 0)) if vectors is None else vectors.unit.astype(np.float64)
        if len(self.unit.T):
            self.unit -= self.unit.mean(axis=0)
        by_region = [
            counted[:, place * self.n_words : (place + 1) * self.n_words] @ self.unit for place in range(len(REGIONS))
        ]
        dense = sparse.csr_array(np.hstack(by_region) * _WORD_SCALE)
        self.n_signs = len(names)
        self.matrix = sparse.hstack([signs, counted[:, self.single] * _WORD_SCALE, dense]).tocsr()

    def unfolded(self, weights: Array) -> tuple[Array, Array]:
        """Return the weights of signs, shape (n_signs, 3), and of words, shape (3, n_words, 3)."""
        n_labels, edge = len(weights), self.n_signs + len(self.single)
        by_word = np.zeros((len(REGIONS) * self.n_words, n_labels))
        by_word[self.single] = weights[:, self.n_signs : edge].T
        shaped = by_word.reshape(len(REGIONS), self.n_words, n_labels)
        of_regions = weights[:, edge:].reshape(n_labels, len(REGIONS), -1)
        shaped += np.einsum("wd,lrd->rwl", self.unit, of_regions)
        return weights[:, : self.n_signs].T, shaped * _WORD_SCALE


def _sign_matrix(known: Known, names: list[str]) -> sparse.csr_array:
    columns = pd.Index(names).get_indexer(pd.Index(known.signs["name"]))
    return sparse.csr_array(
        (known.signs["value"], (known.signs["row"], columns)), shape=(len(known.mentions), len(names))
    )


def _word_matrix(known: Known, words: list[str]) -> sparse.csr_array:
    """Return how much each word counts in each region, regions side by side."""
    place = pd.Index(words).get_indexer(pd.Index(known.forms))[known.words.form]
    here = place >= 0
    columns = known.words.region[here] * len(words) + place[here]
    shape = (len(known.mentions), len(REGIONS) * len(words))
    return sparse.csr_array((known.words.value[here], (known.words.row[here], columns)), shape=shape)


def _chosen(matrix: Any, y: Array, splits: list[tuple[Array, Array]]) -> tuple[float, Array]:
    """Return the strength whose scores of unseen folds fit best (log loss), and these scores."""
    found = {}
    for strength in _STRENGTHS:
        scores = np.zeros((len(y), len(LABELS)))
        for train, test in splits:
            weights, start = _fitted(matrix[train], y[train], strength)
            scores[test] = matrix[test] @ weights.T + start
        found[strength] = scores
    best = min(found, key=lambda strength: log_loss(y, softmax(found[strength])))
    return best, found[best]


def _fitted(matrix: Any, y: Array, strength: float) -> tuple[Array, Array]:
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=_MOST_STEPS).fit(matrix, y)
    return model.coef_, model.intercept_
