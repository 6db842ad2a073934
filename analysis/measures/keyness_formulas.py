"""The measures of keyness: formulas over the counts of each term in focus and reference.

Of each term a of the n1 words of the focus and b of the n2 words of the reference are uses of it. With c = n1 - a, d = n2 - b and N = n1 + n2
the expected counts are E = (row sum · column sum) / N, as in a table of four cells.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.core.errors import FramingError

Array = npt.NDArray[Any]

Unit = Literal["words", "articles"]
Correction = Literal["benjamini_hochberg", "bonferroni", "none"]
SharedWords = Literal["refuse", "leave_out"]


@dataclass(frozen=True)
class KeynessOptions:
    """What else decides about keyness; every value stands in the result's ``attrs``.

    Attributes
    ----------
    unit : {"words", "articles"}
        Whether uses are counted or articles with the term (document frequency).
    min_articles : int
        Terms in fewer articles, of focus and reference together, are left out; the totals keep their words.
    correction : {"benjamini_hochberg", "bonferroni", "none"}
        How p is corrected for the number of terms. The interval of the conservative log ratio is widened by Bonferroni unless this is "none".
    shared_words : {"refuse", "leave_out"}
        What happens to words that are in focus and in reference: an error, or they count on neither side.
    prior : float, optional
        Log-odds. With the uninformative prior, the pseudocount of each term (0.01 if None); with the informative prior, the
        sum of all pseudocounts, in words (if None, as many as focus and reference have).
    smoothing : float
        The number that simple maths adds to both rates, in uses per million.
    confidence : float
        Level of the conservative log ratio's interval.
    """

    unit: Unit = "words"
    min_articles: int = 1
    correction: Correction = "benjamini_hochberg"
    shared_words: SharedWords = "refuse"
    prior: float | None = None
    smoothing: float = 1.0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        for name, kind in (("unit", Unit), ("correction", Correction), ("shared_words", SharedWords)):
            if getattr(self, name) not in get_args(kind):
                raise FramingError(f"keyness: {name}={getattr(self, name)!r}; known are {', '.join(get_args(kind))}")
        if (self.prior is not None and not self.prior > 0) or not self.smoothing > 0 or self.min_articles < 1:
            raise FramingError(
                f"keyness: prior={self.prior}, smoothing={self.smoothing}, min_articles={self.min_articles}; each must be above 0"
            )
        if not 0 < self.confidence < 1:
            raise FramingError(
                f"keyness: confidence={self.confidence}; give a number between 0 and 1, for example 0.95"
            )


@dataclass(frozen=True, eq=False)
class Counts:
    """Uses of each term in focus (a of n1) and reference (b of n2), and how many terms there are."""

    a: npt.NDArray[np.float64]
    b: npt.NDArray[np.float64]
    n1: float
    n2: float
    n_types: int

    @property
    def total(self) -> float:
        """All words of both sides."""
        return self.n1 + self.n2

    @property
    def expected(self) -> tuple[Array, Array]:
        """The expected counts of a and b."""
        share: Array = (self.a + self.b) / self.total
        return share * self.n1, share * self.n2

    @property
    def sign(self) -> Array:
        """1 where the focus uses the term more than expected, -1 where less."""
        sign: Array = np.sign(self.a - self.expected[0])
        return sign


def log_likelihood(counts: Counts, options: KeynessOptions) -> Array:
    """Return signed G² over four cells: 2 Σ O ln(O / E) (Dunning 1993; quanteda without correction, AntConc)."""
    rest = Counts(counts.n1 - counts.a, counts.n2 - counts.b, counts.n1, counts.n2, counts.n_types)
    score: Array = counts.sign * np.maximum(_two_cells(counts) + _two_cells(rest), 0)
    return score


def log_likelihood_two_cells(counts: Counts, options: KeynessOptions) -> Array:
    """Return signed G² over two cells: 2 (a ln(a / E₁) + b ln(b / E₂)) (Rayson & Garside 2000)."""
    score: Array = counts.sign * np.maximum(_two_cells(counts), 0)
    return score


def _two_cells(counts: Counts) -> Array:
    first, second = counts.expected
    likelihood: Array = special.xlogy(counts.a, _over(counts.a, first)) + special.xlogy(
        counts.b, _over(counts.b, second)
    )
    return 2 * likelihood


def _over(above: Array, below: Array | float) -> Array:
    """Divide, with NaN where the divisor is 0; a term that everybody always uses has nothing expected of the others."""
    quotient: Array = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) != 0)
    return quotient


def chi_squared(counts: Counts, options: KeynessOptions) -> Array:
    """Return signed Pearson's chi²: N (ad - bc)² / ((a + b)(c + d)(a + c)(b + d))."""
    return _chi_squared(counts, np.zeros(len(counts.a)))


def chi_squared_yates(counts: Counts, options: KeynessOptions) -> Array:
    """Return signed chi² with Yates' correction in every table: |ad - bc| is lessened by N / 2, at most to 0."""
    return _chi_squared(counts, np.full(len(counts.a), counts.total / 2))


def chi_squared_conditional_yates(counts: Counts, options: KeynessOptions) -> Array:
    """Return signed chi² with Yates' correction only where |ad - bc| ≥ N / 2 and a cell expects less than 5 (quanteda)."""
    first, second = counts.expected
    fewest = np.minimum.reduce([first, second, counts.n1 - first, counts.n2 - second])
    corrected = (np.abs(_cross(counts)) >= counts.total / 2) & (fewest < 5)
    return _chi_squared(counts, np.where(corrected, counts.total / 2, 0.0))


def _cross(counts: Counts) -> Array:
    return counts.a * counts.n2 - counts.b * counts.n1


def _chi_squared(counts: Counts, lessened: Array) -> Array:
    used = counts.a + counts.b
    distance = np.maximum(np.abs(_cross(counts)) - lessened, 0)
    return counts.sign * _over(counts.total * distance**2, used * (counts.total - used) * counts.n1 * counts.n2)


def log_odds(counts: Counts, options: KeynessOptions) -> Array:
    """Return z of the log-odds ratio with the same pseudocount for each term (Monroe et al. 2008, uninformative prior)."""
    pseudocount = 0.01 if options.prior is None else options.prior
    return _log_odds(counts, np.full(len(counts.a), pseudocount), pseudocount * counts.n_types)


def log_odds_informative(counts: Counts, options: KeynessOptions) -> Array:
    """Return z of the log-odds ratio with pseudocounts as both sides together use the terms (Monroe et al. 2008, eq. 23)."""
    total = counts.total if options.prior is None else options.prior
    return _log_odds(counts, (counts.a + counts.b) * (total / counts.total), total)


def _log_odds(counts: Counts, prior: Array, total: float) -> Array:
    a, b = counts.a + prior, counts.b + prior
    rest_a, rest_b = counts.n1 + total - a, counts.n2 + total - b
    # A vocabulary of one term has no odds: nothing else could have been said.
    odds_a, odds_b = _over(a, np.maximum(rest_a, 0)), _over(b, np.maximum(rest_b, 0))
    return (np.log(odds_a) - np.log(odds_b)) / np.sqrt(1 / a + 1 / b)


def log_ratio(counts: Counts, options: KeynessOptions) -> Array:
    """Return log₂ of the ratio of the rates, a count of 0 taken as 0.5 (Hardie 2014)."""
    a, b = (np.where(count == 0, 0.5, count) for count in (counts.a, counts.b))
    return np.log2(a / counts.n1) - np.log2(b / counts.n2)


def log_ratio_interval(counts: Counts, options: KeynessOptions) -> tuple[Array, Array]:
    """Return the interval of the log ratio, infinite where a term is absent from one side.

    Given a + b uses, a is binomial with probability π; the exact interval of π (Clopper & Pearson 1934) is turned into one of
    log₂(π / (1 - π) · n2 / n1) (Evert 2022).
    """
    error = (1 - options.confidence) / 2
    if options.correction != "none":
        error /= max(len(counts.a), 1)
    # Most terms share their two counts with many others, and the inverse beta function is dear.
    pairs, places = np.unique(np.stack([counts.a, counts.b]), axis=1, return_inverse=True)
    a, b = pairs
    low = np.where(a == 0, 0.0, special.betaincinv(np.maximum(a, 1), b + 1, error))
    high = np.where(b == 0, 1.0, special.betaincinv(a + 1, np.maximum(b, 1), 1 - error))
    scale = np.log2(counts.n2) - np.log2(counts.n1)
    bounds = [(special.xlogy(1, share) - special.xlog1py(1, -share)) / np.log(2) + scale for share in (low, high)]
    return bounds[0][places], bounds[1][places]


def conservative_log_ratio(counts: Counts, options: KeynessOptions) -> Array:
    """Return LRC: the end of the log ratio's interval that is nearer to 0, and 0 where 0 is inside (Evert 2022)."""
    return nearer_to_zero(*log_ratio_interval(counts, options))


def nearer_to_zero(low: Array, high: Array) -> Array:
    """Return the end of each interval that is nearer to 0, and 0 where 0 is inside."""
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def simple_maths(counts: Counts, options: KeynessOptions) -> Array:
    """Return (rate in focus + k) / (rate in reference + k), rates per million, k the smoothing (Kilgarriff 2009)."""
    return (1e6 * counts.a / counts.n1 + options.smoothing) / (1e6 * counts.b / counts.n2 + options.smoothing)


def percent_difference(counts: Counts, options: KeynessOptions) -> Array:
    """Return %DIFF: 100 (rate in focus - rate in reference) / rate in reference (Gabrielatos & Marchi 2011); NaN without one."""
    return 100 * _over(counts.a / counts.n1 - counts.b / counts.n2, counts.b / counts.n2)


MEASURES: dict[str, Callable[[Counts, KeynessOptions], Array]] = {
    measure.__name__: measure
    for measure in (
        log_likelihood,
        log_likelihood_two_cells,
        chi_squared,
        chi_squared_yates,
        chi_squared_conditional_yates,
        log_odds,
        log_odds_informative,
        log_ratio,
        conservative_log_ratio,
        simple_maths,
        percent_difference,
    )
}


def p_values(measure: str, scores: Array, counts: Counts, options: KeynessOptions) -> tuple[Array, str]:
    """Return two-sided p, and the measure that it belongs to: measures of size alone have that of the log-likelihood."""
    if measure.startswith("log_odds"):
        return 2 * special.ndtr(-np.abs(scores)), measure
    if not measure.startswith(("log_likelihood", "chi_squared")):
        measure, scores = "log_likelihood", log_likelihood(counts, options)
    # The chi² distribution with one degree of freedom is that of a squared normal, and much faster so.
    return 2 * special.ndtr(-np.sqrt(np.abs(scores))), measure


def corrected(p: Array, correction: Correction) -> Array:
    """Return p corrected for the number of tests, NaN left as NaN and not counted (Benjamini & Hochberg 1995; Bonferroni)."""
    known = ~np.isnan(p)
    result = np.array(p, np.float64)
    if correction == "bonferroni":
        result[known] = np.minimum(p[known] * known.sum(), 1)
    elif correction == "benjamini_hochberg" and known.any():
        # All of scipy.stats takes a second to import, which other measures need not wait for.
        from scipy.stats import false_discovery_control

        result[known] = false_discovery_control(p[known])
    return result
