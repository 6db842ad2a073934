"""How many units are to be coded for an interval, or an alpha, of a wished width: plain numbers, before anything is drawn."""

import math
from typing import Literal, get_args

from scipy import stats

from analysis.core.errors import SchemaError

Goal = Literal["precision", "recall", "rate", "alpha"]
_CALL = "plan_sample"
_TOO_WIDE = 0.5


def plan_sample(
    goal: Goal,
    *,
    half_width: float | None = None,
    expected: float | None = None,
    smallest: float = 0.667,
    level: float = 0.95,
    population: int | None = None,
    coders: int = 2,
) -> int:
    """Return how many units are needed: of hits for precision, of true units for recall, of any for a rate, coded by all coders for alpha.

    Parameters
    ----------
    goal : {"precision", "recall", "rate", "alpha"}
        What is to be known. For the first three: a share, with an interval of `half_width`. For ``alpha``: whether coders agree better than
        `smallest`.
    half_width : float, optional
        Half of the interval's width that is wished for a share, such as 0.05.
    expected : float, optional
        Of a share: what it will be about, such as 0.8; without it 0.5, which needs most. Of alpha: the share of units that belong to the
        rarest category, such as 0.1, which must be given.
    smallest : float
        The alpha below which codings would not be accepted.
    level : float
        The confidence level; of alpha 1 less the probability of accepting codings whose alpha is below `smallest`.
    population : int, optional
        How many units there are, where that is few (the hits of a small corpus): fewer are needed then.
    coders : int
        Of alpha: how many code each unit.

    Returns
    -------
    int
        For ``recall`` this is the number of units in which the category truly is; how many must be drawn to meet them hangs on how frequent
        it is: divide by its share. For simple random sampling: strata of unequal probability need more.

    Raises
    ------
    SchemaError
        When a number is out of its range, or one that the goal needs is missing.

    Notes
    -----
    A share p: the smallest n whose Wilson interval is no wider, which is half of its width at p,
    z / (1 + z²/n) · √(p (1 − p) / n + z² / (4 n²)) ≤ half width (Wilson 1927, solved for n).
    A population of N: n / (1 + (n − 1) / N) (Cochran 1977, eq. 4.2). Alpha, for nominal codings of c coders:
    c z² ((1 + α) (3 − α) / (4 p (1 − p) (1 − α)) − α), with p the share of the rarest category and z of a one-sided test (Krippendorff 2019, from
    Bloch & Kraemer 1989, eq. 3.7).

    References
    ----------
    Bloch, D. A., & Kraemer, H. C. (1989). 2 x 2 kappa coefficients: Measures of agreement or association. Biometrics, 45(1).
    Cochran, W. G. (1977). Sampling techniques (3rd ed.), ch. 4.
    Krippendorff, K. (2019). Content analysis (4th ed.), ch. 12.
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association, 22.

    Examples
    --------
    >>> import analysis as fa
    >>> fa.validate.plan_sample("precision", half_width=0.05, expected=0.8)
    245
    >>> fa.validate.plan_sample("alpha", smallest=0.8, expected=0.25)
    139
    """
    if goal not in get_args(Goal):
        raise SchemaError(f"{_CALL}: goal={goal!r}; known are {', '.join(map(repr, get_args(Goal)))}")
    level = _within("level", level, 0, 1)
    if population is not None and population < 1:
        raise SchemaError(f"{_CALL}: population={population}; allowed is a whole number from 1")
    if goal == "alpha":
        if expected is None:
            raise SchemaError(f"{_CALL}: alpha needs expected, the share of units of the rarest category, such as 0.1")
        rarest = _within("expected", expected, 0, _TOO_WIDE, closed=True)
        if coders < 2:
            raise SchemaError(f"{_CALL}: coders={coders}; alpha needs two at least")
        n = _units_for_alpha(rarest, _within("smallest", smallest, 0, 1), level, coders)
    else:
        if half_width is None:
            raise SchemaError(f"{_CALL}: {goal} needs half_width, half of the interval's width, such as 0.05")
        share = 0.5 if expected is None else _within("expected", expected, 0, 1)
        n = _units_for_share(share, _within("half_width", half_width, 0, _TOO_WIDE), level)
    return n if population is None else min(population, math.ceil(n / (1 + (n - 1) / population)))


def _within(name: str, value: float, low: float, high: float, *, closed: bool = False) -> float:
    """Return a number between two, or the upper one where that is allowed."""
    if not (low < value < high or (closed and value == high)):
        raise SchemaError(
            f"{_CALL}: {name}={value}; allowed is a number above {low} and {'at most' if closed else 'below'} {high}"
        )
    return value


def wilson_half_width(share: float, n: int, level: float = 0.95) -> float:
    """Return half of the width of Wilson's interval of a share of `n` units."""
    z = float(stats.norm.ppf((1 + level) / 2))
    return z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))


def _units_for_share(share: float, half_width: float, level: float) -> int:
    """Return the smallest number of units whose interval is no wider, by halving: the width falls with the number."""
    low, high = 0, 1
    while wilson_half_width(share, high, level) > half_width:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if wilson_half_width(share, middle, level) <= half_width else (middle, high)
    return high


def _units_for_alpha(rarest: float, smallest: float, level: float, coders: int) -> int:
    z = float(stats.norm.ppf(level))
    unlike = (1 + smallest) * (3 - smallest) / (4 * rarest * (1 - rarest) * (1 - smallest))
    return math.ceil(coders * z**2 * (unlike - smallest))
