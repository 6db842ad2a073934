"""How many units of a sample go to each stratum."""

import numpy as np

from analysis.tokens.rows import Array

FEWEST = 2  # units of a stratum, by which a variance within it can be known
RULE = "half to units without hits, 2 a stratum at least, the others by the square root of its size"


def allocated(sizes: Array, n: int) -> Array:
    """Return how many units of each stratum are drawn: two, or all that it has, and the others by the square root of its size.

    Units go one by one to the stratum whose root of the size, divided by the units that it has and a half, is largest (the divisor rule of
    Webster), so that nothing is rounded and no stratum is given more than it has; of equal ones the first.

    Parameters
    ----------
    sizes : numpy.ndarray of int
        Units of each stratum.
    n : int
        Units to draw, from the sum of the smallest numbers to the sum of the sizes.

    References
    ----------
    Bankier, M. D. (1988). Power allocations: Determining sample sizes for subnational areas. The American Statistician, 42(3).
    """
    fewest = np.minimum(sizes, FEWEST)
    room = np.minimum(sizes, n) - fewest
    stratum = np.repeat(np.arange(len(sizes)), room)
    place = np.arange(len(stratum)) - np.repeat(np.cumsum(room) - room, room) + fewest[stratum]
    priority = np.sqrt(sizes[stratum]) / (place + 0.5)
    chosen = np.argsort(-priority, kind="stable")[: n - int(fewest.sum())]
    found: Array = fewest + np.bincount(stratum[chosen], minlength=len(sizes))
    return found


def halves(n: int, n_with: int, n_without: int, *, fewest_without: int) -> tuple[int, int]:
    """Return how many units with and without hits are drawn: half of each, more where the others are too few.

    Parameters
    ----------
    n : int
        Units to draw.
    n_with, n_without : int
        Units that there are.
    fewest_without : int
        Units without hits that are needed for two a stratum.
    """
    fewest_with = min(n_with, FEWEST)
    without = max(n // 2, fewest_without, n - n_with)
    without = min(without, n_without, n - fewest_with)
    return n - without, without
