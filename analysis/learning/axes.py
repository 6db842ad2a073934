"""FrameAxis: towards which of two antonyms the words of a group lean, and how strongly they use the axis at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.errors import LexiconError, SchemaError
from analysis.core.near import did_you_mean, known_names
from analysis.core.origin import with_origin
from analysis.counting.by import article_names, cluster_codes, numbered_articles, resolve
from analysis.counting.resampling import ONE_ALONE, Resampling, interval, ratio, resampled, summed_by
from analysis.learning.vectors import Vectors
from analysis.lexicons.checks import Problem, refuse, shown
from analysis.lexicons.formats.strings_yaml import Node, read_strings
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.parts import in_parts
from analysis.tokens.segmentation import pattern_words
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_FILE_KEYS = ("name", "version", "description", "axes")
_AXIS_KEYS = ("negative", "positive", "note")
_MEASURES = ("bias", "intensity")
_ALIKE = 1e-12  # what rounding may move a mean of cosines


@dataclass(frozen=True, slots=True)
class Axis:
    """Two antonyms; the axis runs from `negative` to `positive`."""

    negative: str
    positive: str

    @property
    def name(self) -> str:
        """Both words, "weak–strong"."""
        return f"{self.negative}–{self.positive}"


@dataclass(frozen=True, slots=True)
class Axes:
    """A named, versioned list of axes."""

    name: str
    version: str
    axes: tuple[Axis, ...]


def read_axes(path: str | Path) -> Axes:
    """Return the axes of a YAML file; see data/axes.yml for its form.

    Raises
    ------
    LexiconError
        When the file cannot be read or holds a mistake; the message lists all mistakes with their lines.
    """
    path = Path(path)
    root, found = read_strings(path)
    reader = _Reader(list(found))
    axes = reader.axes(root)
    refuse(str(path), reader.problems)
    return axes


class _Reader:
    """One file on its way to axes; mistakes are collected, so that a researcher sees all of them at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def axes(self, root: Node) -> Axes:
        top = root.value if isinstance(root.value, dict) else {}
        self._check_keys(root, _FILE_KEYS, "a file of axes")
        made: dict[Axis, int] = {}
        for node in self._items(top.get("axes"), root.line):
            axis = self._axis(node)
            if axis is None:
                continue
            earlier = made.setdefault(Axis(axis.negative, axis.positive), node.line)
            if earlier != node.line or Axis(axis.positive, axis.negative) in made:
                self._refuse(node.line, f"the axis {axis.name} stands twice, perhaps turned round; take one out")
        name, version = (self._text(top, key, root.line) for key in ("name", "version"))
        return Axes(name, version, tuple(made))

    def _items(self, node: Node | None, line: int) -> list[Node]:
        if node is None or not isinstance(node.value, list) or not node.value:
            at = line if node is None else node.key_line
            self._refuse(at, "'axes' must be a list with an axis at least: '- {negative: weak, positive: strong}'")
            return []
        return node.value

    def _axis(self, node: Node) -> Axis | None:
        if not isinstance(node.value, dict):
            self._refuse(node.line, "an axis is written '- {negative: weak, positive: strong}'")
            return None
        n_before = len(self.problems)
        self._check_keys(node, _AXIS_KEYS, "an axis")
        negative, positive = (self._word(node.value, key, node.line) for key in ("negative", "positive"))
        if negative == positive and len(self.problems) == n_before:
            self._refuse(node.line, f"both words of the axis are {shown(negative)}; an axis needs two antonyms")
        return Axis(negative, positive) if len(self.problems) == n_before else None

    def _word(self, fields: dict[str, Node], key: str, line: int) -> str:
        word = self._text(fields, key, line)
        if word and (pattern_words(word) != [word] or "*" in word or "?" in word or word != word.lower()):
            self._refuse(fields[key].line, f"{key} {shown(word)} must be one word in lower case without * and ?")
        return word

    def _text(self, fields: dict[str, Node], key: str, line: int) -> str:
        node = fields.get(key)
        if node is None or not isinstance(node.value, str) or not node.value:
            self._refuse(node.key_line if node else line, f"'{key}' is missing or no word; write '{key}: …'")
            return ""
        return node.value

    def _check_keys(self, node: Node, allowed: Sequence[str], place: str) -> None:
        if not isinstance(node.value, dict):
            self._refuse(node.line, f"{place} is a mapping with {', '.join(allowed)}")
            return
        for key, value in node.value.items():
            if key not in allowed:
                meant = did_you_mean(key[:40], allowed)
                text = f"unknown key {shown(key)} in {place}; allowed are {', '.join(allowed)}{meant}"
                self._refuse(value.key_line, text)

    def _refuse(self, line: int, text: str) -> None:
        self.problems.append((line, text))


def frame_axes(
    tokens: TokensLike,
    vectors: Vectors,
    axes: Axes,
    *,
    by: str | Sequence[str] = "outlet",
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return bias and intensity of each group on each axis.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    vectors : Vectors
        Trained on the corpus, or read from a file; ``vectors.without(STOP_WORDS)`` leaves words out of the measure.
    axes : Axes
        What `read_axes` returned.
    by : str or sequence of str
        Columns of ARTICLES, or ``day``, ``week``, ``month`` or ``year`` of the date; none takes all articles together. Articles whose
        group is missing are left out of the groups.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row a group and axis: `by`, ``axis``, ``negative``, ``positive``, ``n_articles``, ``n_tokens``, ``n_known`` (tokens with a
        vector), ``bias`` (-1 to 1) and ``intensity`` (0 to 4), each with ``_low`` and ``_high`` (95% interval from resampling the group's
        articles), ``bias_corpus``, and ``reason``: why a measure or its interval is NaN, "" where none is. ``attrs`` name vectors,
        axes, token rule and interval.

    Raises
    ------
    SchemaError
        When a name of `by`, or the cluster, is unknown or could mean two things, or no article has a value of it.
    LexiconError
        When no axis has vectors for both its words.

    Notes
    -----
    With the axis v = v(positive) - v(negative), the contribution c(w) = cos(v(w), v) of each word, and n(w) uses of it
    in the group,

        bias B = Σ n(w) c(w) / Σ n(w),
        intensity I = Σ n(w) (c(w) - B_corpus)² / Σ n(w),

    over all words that have a vector. B_corpus is the bias of the whole corpus, and the intervals take it as known.

    References
    ----------
    Kwak, H., An, J., Jing, E., & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with word
    embedding. PeerJ Computer Science 7, e644.
    """
    tokens = tokens_of("frame_axes(tokens, vectors, axes)", tokens)
    resampling = resampling or Resampling()
    by = resolve("frame_axes", by, article_names(tokens), tokens=tokens)
    groups, clusters = _groups(tokens, by), cluster_codes(tokens, resampling.cluster)
    contributions, reasons = _contributions(vectors, axes)
    counts = _counts(tokens, vectors)
    uses = _uses(counts, vectors)
    totals = uses @ contributions
    baseline = ratio(totals, np.full(len(totals), float(uses.sum())))
    squares = (contributions - baseline) ** 2
    stats = np.vstack([_sums_of(of_part, contributions, squares) for of_part in counts])
    words = tokens.tokens_per_article.to_numpy()
    named = {
        "axis": [axis.name for axis in axes.axes],
        **{pole: [getattr(axis, pole) for axis in axes.axes] for pole in _AXIS_KEYS[:2]},
    }
    parts = []
    for number, (group, rows) in enumerate(groups):
        sums = summed_by(stats[rows], clusters[rows])
        sizes = {"n_articles": len(rows), "n_tokens": int(words[rows].sum()), "n_known": int(sums[:, 0].sum())}
        measured, missing = _measured(sums, resampling, (resampling.seed, number))
        why = [axis or cell for axis, cell in zip(reasons, missing, strict=True)]
        columns = group | named | sizes | measured
        parts.append(pd.DataFrame(columns).assign(bias_corpus=baseline, reason=why))
    table = pd.concat(parts, ignore_index=True)
    return with_origin(
        table,
        tokens,
        vectors,
        vectors_hash=vectors.hash,
        axes=f"{axes.name} {axes.version}",
        interval=str(resampling),
    )


def _measured(sums: Array, resampling: Resampling, seed: tuple[int, int]) -> tuple[dict[str, Array], list[str]]:
    """Return bias and intensity of a group on each axis with their bounds, and why one of them is NaN."""
    total = sums.sum(axis=0)
    estimates = _measures(total[None])[0]
    bounds = interval(_measures, resampled(sums, resampling, seed=seed))
    bounds[:, np.isclose(bounds[0], bounds[1], rtol=0, atol=_ALIKE)] = np.nan
    columns, unknown = {}, []
    for name, part in zip(_MEASURES, np.split(np.vstack([estimates, bounds]), 2, axis=1), strict=True):
        columns[name], columns[f"{name}_low"], columns[f"{name}_high"] = part
        unknown.append(np.isnan(part[1]))
    if not total[0]:
        return columns, ["no word of the group has a vector"] * len(unknown[0])
    if len(sums) < 2:
        return columns, [ONE_ALONE] * len(unknown[0])
    texts = ["", *(f"all resamples alike: no interval of {name}" for name in _MEASURES)]
    return columns, [texts[place] for place in np.select(unknown, [1, 2], 0)]


def axis_words(tokens: TokensLike, vectors: Vectors, axes: Axes, *, axis: str, n: int = 20) -> pd.DataFrame:
    """Return the words that move the corpus most on an axis: what its bias is made of, to be read before it is trusted.

    Parameters
    ----------
    tokens, vectors, axes
        As for `frame_axes`.
    axis : str
        Name of the axis, "weak–strong".
    n : int
        How many words.

    Returns
    -------
    pandas.DataFrame
        ``word``, ``n`` (uses), ``contribution`` (cosine with the axis, -1 to 1) and ``share`` (n · contribution / all known words; the
        shares of all words sum to the bias), those of the largest absolute share first.

    Raises
    ------
    LexiconError
        When there is no such axis, or its words have no vector.
    """
    tokens = tokens_of("axis_words(tokens, vectors, axes)", tokens)
    chosen = [one for one in axes.axes if one.name == axis]
    if not chosen:
        known = known_names(axis, (one.name for one in axes.axes), what="axis")
        raise LexiconError(f"no axis {axis!r} in {axes.name} {axes.version}; {known}")
    contributions, _ = _contributions(vectors, Axes(axes.name, axes.version, tuple(chosen)))
    counts = _uses(_counts(tokens, vectors), vectors)
    shares = ratio(counts * contributions[:, 0], np.full(len(counts), float(counts.sum())))
    order = np.argsort(-np.abs(shares), kind="stable")[:n]
    order = order[counts[order] > 0]
    return pd.DataFrame(
        {
            "word": [vectors.words[row] for row in order],
            "n": counts[order],
            "contribution": contributions[order, 0],
            "share": shares[order],
        }
    )


def _groups(tokens: Tokens, by: list[str]) -> list[tuple[dict[str, Any], Array]]:
    """Return the values of each group, and the rows of its articles in the order of their ids."""
    groups, values = numbered_articles(tokens, by)
    if not len(values):
        raise SchemaError(f"frame_axes: every article lacks a value of {', '.join(by)}; choose another column")
    in_order = groups[tokens.rows_by_id]
    return [
        ({str(name): value for name, value in group.items()}, tokens.rows_by_id[in_order == number])
        for number, group in enumerate(values.to_dict("records"))
    ]


def _contributions(vectors: Vectors, axes: Axes) -> tuple[Array, list[str]]:
    """Return the cosine of each word with each axis (NaN for an axis without vectors), and why an axis has none."""
    # In double precision, for a bias is small beside the cosines that it is the mean of.
    matrix = vectors.matrix.astype(np.float64)
    lengths = np.linalg.norm(matrix, axis=1)
    contributions = np.full((len(vectors), len(axes.axes)), np.nan)
    reasons = []
    for column, axis in enumerate(axes.axes):
        missing = [word for word in (axis.negative, axis.positive) if word not in vectors]
        if missing:
            reasons.append(f"no vector for {' and '.join(missing)}")
            continue
        direction = vectors[axis.positive].astype(np.float64) - vectors[axis.negative]
        length = np.linalg.norm(direction)
        reasons.append("" if length else "both words have the same vector")
        if length:
            contributions[:, column] = np.nan_to_num(ratio(matrix @ (direction / length), lengths))
    if all(reasons):
        raise LexiconError(
            f"axes {axes.name} {axes.version}: no axis can be measured ({axes.axes[0].name}: {reasons[0]}); "
            f"choose commoner words, or vectors with more words (these have {len(vectors):,})"
        )
    return contributions, reasons


@dataclass(frozen=True, eq=False)
class _Counts:
    """How often each article uses each word that has a vector: a matrix a part of the corpus, made each time that they are gone through."""

    tokens: Tokens
    vectors: Vectors

    def __iter__(self) -> Iterator[sparse.csr_array]:
        for part in in_parts("counting words that have a vector", self.tokens):
            yield _counts_of(part, self.vectors)


def _counts(tokens: Tokens, vectors: Vectors) -> Iterable[sparse.csr_array]:
    """Return the counts of each part; where the corpus is one part they are kept."""
    counts = _Counts(tokens, vectors)
    return [*counts] if len(tokens.articles_of_parts) == 1 else counts


def _uses(counts: Iterable[sparse.csr_array], vectors: Vectors) -> Array:
    """Return the uses of each word in the whole corpus."""
    return sum((np.asarray(of_part.sum(axis=0)) for of_part in counts), np.zeros(len(vectors), np.int64))


def _sums_of(counts: sparse.csr_array, contributions: Array, squares: Array) -> Array:
    """Return the words of each article that have a vector, and their sums of contributions and of squares."""
    return np.column_stack([np.asarray(counts.sum(axis=1), np.float64), counts @ contributions, counts @ squares])


def _counts_of(tokens: Tokens, vectors: Vectors) -> sparse.csr_array:
    form_of_type, forms = tokens.form_ids
    row_of_form = np.array([vectors.index.get(form, -1) for form in forms], np.int64)
    word = row_of_form[form_of_type][tokens.type_ids] if len(forms) else np.zeros(0, np.int64)
    article = np.repeat(np.arange(len(tokens.articles)), tokens.tokens_per_article.to_numpy())
    known = word >= 0
    shape = (len(tokens.articles), len(vectors))
    return sparse.csr_array((np.ones(known.sum(), np.int64), (article[known], word[known])), shape=shape)


def _measures(sums: Array) -> Array:
    """Return bias and intensity of each axis, side by side, from the sums of words, contributions and squares."""
    return ratio(sums[:, 1:], np.broadcast_to(sums[:, :1], sums[:, 1:].shape))
