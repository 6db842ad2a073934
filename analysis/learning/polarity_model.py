"""A trained model of polarity: weights of hits and words in plain numbers, kept as JSON that is known again when read."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import FramingError
from analysis.core.files import write_whole
from analysis.learning.polarity_features import REGIONS

LABELS = ("negative", "neutral", "positive")
SHIPPED = Path(__file__).with_name("polarity_newsmtsc.json")

_FORMAT = "polarity towards a target, media-framing-analysis"
_VERSION = 1
_UNIT = 100  # weights are kept in hundredths
_OUTER = [LABELS.index("negative"), LABELS.index("positive")]


@dataclass(frozen=True, eq=False)
class PolarityModel:
    """Weights by which `fa.learn.polarity` codes mentions; the probabilities are the softmax of their sums.

    Attributes
    ----------
    intercept : numpy.ndarray, shape (3,)
        Where the sums begin, for negative, neutral and positive.
    signs : dict of str to numpy.ndarray, shape (3,)
        Weights of what the rules say of hits.
    words : tuple of str
        The words that have weights, as forms.
    word_weights : numpy.ndarray, shape (3, n_words, 3)
        Their weights in the sentence, before and after the mention.
    origin : dict
        Data, lexicon, seed and figures of the training; it travels with results.
    """

    intercept: npt.NDArray[np.float64]
    signs: dict[str, npt.NDArray[np.float64]]
    words: tuple[str, ...]
    word_weights: npt.NDArray[np.float64]
    origin: dict[str, Any]

    def __repr__(self) -> str:
        return f"PolarityModel({len(self.words):,} words, {len(self.signs)} signs of hits, {self.hash})"

    @cached_property
    def index(self) -> pd.Index:
        """The words as an index."""
        return pd.Index(self.words, dtype="str")

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change with any weight or fact."""
        return _digest(self._content())[:12]

    def strongest(self, n: int = 15) -> pd.DataFrame:
        """Return the words and signs of hits that speak most for each label.

        Parameters
        ----------
        n : int
            How many for each label.

        Returns
        -------
        pandas.DataFrame
            ``label``, ``rank`` (from 1), ``term``, ``weight``.
        """
        names = [*self.signs, *(f"“{word}” {region}" for region in REGIONS for word in self.words)]
        weights = np.vstack([np.array(list(self.signs.values())).reshape(-1, 3), self.word_weights.reshape(-1, 3)])
        parts = []
        for column, label in enumerate(LABELS):
            best = np.argsort(-weights[:, column], kind="stable")[:n]
            terms = [names[place] for place in best.tolist()]
            parts.append(
                pd.DataFrame(
                    {
                        "label": label,
                        "rank": np.arange(1, len(best) + 1),
                        "term": terms,
                        "weight": weights[best, column],
                    }
                )
            )
        return pd.concat(parts, ignore_index=True)

    def save(self, path: str | Path) -> None:
        """Write the model as JSON, which `read_polarity` reads; the same model gives the same bytes."""
        content = self._content()
        write_whole(Path(path), _text(content | {"sha256": _digest(content)}).encode("utf-8"))

    def _content(self) -> dict[str, Any]:
        by_word = self.word_weights[:, :, _OUTER].transpose(1, 0, 2).reshape(len(self.words), -1)
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "unit": _UNIT,
            "origin": self.origin,
            "intercept": _whole(self.intercept[_OUTER]),
            "signs": {name: _whole(weights[_OUTER]) for name, weights in self.signs.items()},
            "words": dict(zip(self.words, map(_whole, by_word), strict=True)),
        }


def rounded(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return weights of the three labels in the last axis as a file keeps them: in hundredths, neutral being minus the sum of the others."""
    centred = weights - weights.mean(axis=-1, keepdims=True)
    return _with_neutral(np.round(centred[..., _OUTER] * _UNIT))


def _with_neutral(outer: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    return np.stack([outer[..., 0], -outer.sum(axis=-1), outer[..., 1]], axis=-1) / _UNIT


def _whole(weights: npt.NDArray[np.float64]) -> list[int]:
    return [int(weight) for weight in np.round(weights * _UNIT)]


def _text(content: dict[str, Any]) -> str:
    """Return JSON with a line for each fact, sign and word, so that versions can be compared."""
    lines = []
    for name, value in content.items():
        if name in ("signs", "words"):
            inner = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}:{_compact(one)}" for key, one in value.items())
            lines.append(f'"{name}": {{\n{inner}\n}}')
        else:
            lines.append(f'"{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_compact(content).encode("utf-8")).hexdigest()


def read_polarity(path: str | Path | None = None) -> PolarityModel:
    """Return a model of polarity from its file, by default the one that comes with the project.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        What ``model.save`` wrote.

    Raises
    ------
    FramingError
        When the file cannot be read, is no such model, is of another version, or was cut or altered since it was written.
    """
    path = SHIPPED if path is None else Path(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FramingError(f"{path}: cannot be read ({error.strerror}); give what model.save(path) wrote") from error
    except ValueError as error:
        raise FramingError(
            f"{path}: is no JSON, or is cut short ({error}); give what model.save(path) wrote, or train the model anew"
        ) from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise FramingError(
            f"{path}: is no model of polarity; give what model.save(path) of fa.learn.train_polarity wrote"
        )
    if content.get("version") != _VERSION:
        raise FramingError(
            f"{path}: version {content.get('version')!r} of the file's form is not known, allowed is {_VERSION}; "
            f"train the model anew, or read it with the program that wrote it"
        )
    stated = content.pop("sha256", None)
    if stated != _digest(content):
        raise FramingError(
            f"{path}: was altered since it was written (its SHA-256 is not the one that it states); get it anew, or train "
            f"your own with fa.learn.train_polarity"
        )
    return _model(content)


def _model(content: dict[str, Any]) -> PolarityModel:
    words = np.array(list(content["words"].values()), np.float64).reshape(-1, len(REGIONS), len(_OUTER))
    return PolarityModel(
        _with_neutral(np.array(content["intercept"], np.float64)),
        {name: _with_neutral(np.array(weights, np.float64)) for name, weights in content["signs"].items()},
        tuple(content["words"]),
        _with_neutral(words).transpose(1, 0, 2),
        content["origin"],
    )
