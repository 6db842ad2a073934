"""What a quality measure returns: a figure with its interval, beside the baseline computed in the same run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

N_DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of quality on development data.

    Attributes
    ----------
    name : str
        What is measured, with its unit ("attributed content, token F1").
    value, low, high : float
        The figure and its 95% interval from resampling documents.
    baseline : float
        The same figure for the baseline; NaN where there is none.
    n : int
        Number of units behind it.
    details : str
        Precision, recall and the like.
    """

    name: str
    value: float
    low: float
    high: float
    baseline: float
    n: int
    details: str = ""


def f1(true_found: float, n_found: float, n_true: float) -> float:
    """Return 2·hits / (found + true), NaN where both are 0."""
    return 2 * true_found / (n_found + n_true) if n_found + n_true else float("nan")


def interval(
    counts: npt.NDArray[np.float64], statistic: Callable[[npt.NDArray[np.float64]], float], seed: int = 1
) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic of summed counts, from resampling the rows (documents)."""
    rng = np.random.default_rng(seed)
    draws = [statistic(counts[rng.integers(0, len(counts), len(counts))].sum(axis=0)) for _ in range(N_DRAWS)]
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return float(low), float(high)


def fingerprint(paths: Sequence[str]) -> str:
    """Return what the development files hash to, so that a floor is compared on the same data only."""
    import hashlib
    from pathlib import Path

    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:16]
