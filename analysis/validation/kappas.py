"""Percent agreement, Fleiss' and Cohen's kappa and Gwet's AC1, each a formula on sums over items."""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.counting.resampling import ratio
from analysis.validation.alpha import Parts, beside, counts_of, times

Array = npt.NDArray[Any]

PERCENT, FLEISS, AC1, COHEN = "percent_agreement", "fleiss_kappa", "gwet_ac1", "cohen_kappa"
_NO_CHANCE_LEFT = 1e-12  # what is left of 1 after subtracting chance where all codings are one value


def kappa_parts(codes: Array, n_values: int, n_choices: int) -> Parts:
    """Return percent agreement, Fleiss' kappa and Gwet's AC1.

    Parameters
    ----------
    codes : numpy.ndarray of int, shape (n_items, n_coders)
        The number of the value that a coder gave to an item, -1 where the coder did not code it.
    n_values : int
        How many values there are in the codings.
    n_choices : int
        How many a coder could choose from, for AC1.

    Notes
    -----
    p is the mean, over items that two or more coded, of the share of an item's pairs of codings that agree. π is the mean, over all items, of the
    share of an item's codings that have a value. Chance is Σ π² for Fleiss and (1 − Σ π²) / (q − 1) for AC1 with q choices; a coefficient is
    (p − chance) / (1 − chance). Where all items are coded equally often, Fleiss is that of 1971.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76(5).
    Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.), ch. 2 and 5. Advanced Analytics.
    """
    coded = (codes >= 0).sum(axis=1)
    counts = counts_of(codes, n_values, fewest=1)
    agree = ratio(counts.power(2).sum(axis=1) - coded, coded * (coded - 1))
    each = times(counts, 1 / np.maximum(coded, 1))
    columns = np.column_stack([coded >= 2, np.nan_to_num(agree), coded >= 1]).astype(np.float64)

    def estimate(sums: Array) -> Array:
        percent = ratio(sums[:, 1], sums[:, 0])
        alike = (ratio(sums[:, 3:], sums[:, 2:3]) ** 2).sum(axis=1)
        by_chance = (1 - alike) / (n_choices - 1) if n_choices > 1 else np.full(len(sums), np.nan)
        return np.column_stack([percent, _beyond(percent, alike), _beyond(percent, by_chance)])

    return Parts((PERCENT, FLEISS, AC1), beside(columns, each), estimate)


def cohen_parts(codes: Array, n_values: int) -> Parts:
    """Return Cohen's kappa of two coders, over the items that both coded.

    Notes
    -----
    κ = (p − Σ p₁ p₂) / (1 − Σ p₁ p₂), with p the share of items with equal codings and p₁, p₂ the shares of each value by each coder.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20(1).
    """
    both = (codes >= 0).all(axis=1)
    first, second = (counts_of(np.where(both, coder, -1)[:, None], n_values, fewest=1) for coder in codes.T)
    columns = np.column_stack([both, both & (codes[:, 0] == codes[:, 1])]).astype(np.float64)

    def estimate(sums: Array) -> Array:
        n = sums[:, 0]
        chance = ratio((sums[:, 2 : 2 + n_values] * sums[:, 2 + n_values :]).sum(axis=1), n**2)
        return _beyond(ratio(sums[:, 1], n), chance)[:, None]

    return Parts((COHEN,), beside(columns, first, second), estimate)


def _beyond(agreement: Array, chance: Array) -> Array:
    """Return which part of the agreement that chance leaves open was reached, NaN where it leaves none."""
    left = 1 - chance
    return ratio(agreement - chance, np.where(left < _NO_CHANCE_LEFT, 0, left))
