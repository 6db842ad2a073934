"""Agreement of 10 coders on 10,000 items with 2,000 resamples, beside a loop over the krippendorff library's alpha: CPU seconds.

The peer draws the same items and is given the codings as arrays, in two ways: as codes of coders by items, and, which is faster, as counts of values
by item, made before. Ours is given the table of codings, and makes percent, kappa and AC1 besides.
"""

import statistics

import krippendorff
import numpy as np
import pandas as pd
from measure import RUNS, cpu_seconds

import analysis as fa

N_ITEMS, N_CODERS, N_VALUES, N_DRAWS = 10_000, 10, 5, 2_000
_PEER_DRAWS = 100  # of 2,000; its time is proportional to them


def codings() -> tuple[pd.DataFrame, np.ndarray]:
    """Return codings, seven of ten right, as a table and as codes of coders by items."""
    rng = np.random.default_rng(1)
    truth = rng.integers(1, N_VALUES + 1, size=N_ITEMS)
    guessed = rng.integers(1, N_VALUES + 1, size=(N_CODERS, N_ITEMS))
    codes = np.where(rng.random((N_CODERS, N_ITEMS)) < 0.7, truth, guessed)
    table = pd.DataFrame(
        {
            "coder": np.repeat([f"coder {number}" for number in range(N_CODERS)], N_ITEMS),
            "item": np.tile([f"u{number:05}" for number in range(N_ITEMS)], N_CODERS),
            "variable": "tone",
            "value": codes.ravel().astype(str),
        }
    )
    return table, codes


def main() -> None:
    table, codes = codings()
    values = np.arange(1, N_VALUES + 1)
    counts = np.stack([(codes == value).sum(axis=0) for value in values], axis=1)
    for level in ("nominal", "ordinal", "interval"):

        def ours(level: str = level) -> pd.DataFrame:
            return fa.agreement(table, level=level, resampling=fa.Resampling(n_draws=N_DRAWS))

        def loop(of: str, level: str = level) -> list[float]:
            drawn = np.random.default_rng(1).integers(N_ITEMS, size=(_PEER_DRAWS, N_ITEMS))
            if of == "codes":
                return [krippendorff.alpha(codes[:, row], level_of_measurement=level) for row in drawn]
            return [
                krippendorff.alpha(value_counts=counts[row], value_domain=values, level_of_measurement=level)
                for row in drawn
            ]

        whole = krippendorff.alpha(codes, level_of_measurement=level)
        assert abs(ours()["estimate"][0] - whole) < 1e-12
        times = [
            (
                cpu_seconds(ours),
                *(cpu_seconds(lambda of=of: loop(of)) * N_DRAWS / _PEER_DRAWS for of in ("codes", "counts")),
            )
            for _ in range(RUNS)
        ]
        our_time, by_codes, by_counts = (statistics.median(side) for side in zip(*times, strict=True))
        print(
            f"agreement, {level}, {N_CODERS} coders, {N_ITEMS:,} items, {N_DRAWS:,} draws: ours {our_time:.2f} s; loop over krippendorff.alpha of "
            f"codes {by_codes:.1f} s, ratio {by_codes / our_time:.0f}; of counts {by_counts:.1f} s, ratio {by_counts / our_time:.0f} "
            f"(median of {RUNS} alternating runs)",
            flush=True,
        )


if __name__ == "__main__":
    main()
