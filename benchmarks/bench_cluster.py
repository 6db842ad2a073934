"""Two workers of Dask against two plain processes: the same parts of a corpus on disk, the same hits.

Usage: python benchmarks/bench_cluster.py      FRAMING_ARTICLES=4000 for fewer articles of abp

Both sides have two processes of one thread, started and with the compiled code loaded before the first timed run. One process alone is
timed as well: the speed-up of a side is that time by its own. The runs alternate; medians of wall time are printed, so nothing else should
run on the machine.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from corpora import abp, megabytes
from distributed import Client, LocalCluster

import analysis as fa

PART_BYTES = 4 << 20
RUNS = 5
ALONE, PROCESSES, DASK = "one process", "two processes", "two Dask workers"


class Processes:
    """Plain processes in the place of a cluster: `submit` and `gather` as `analysis.find_hits` asks for them."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool = pool

    def submit(self, function: Callable[..., object], /, *args: object, pure: bool) -> Future:
        return self.pool.submit(function, *(arg.result() if isinstance(arg, Future) else arg for arg in args))

    def gather(self, futures: list[Future], *, errors: str) -> list[object]:
        return [future.result() for future in futures]


def compare(tokens: fa.Tokens, clients: dict[str, object]) -> dict[str, float]:
    """Return the median wall seconds of each side; every run must give the same hits to the last digit."""
    frames, targets = fa.read_lexicon("data/lexicons/frames.yml"), fa.read_lexicon("data/lexicons/targets.yml")
    expected = fa.find_hits(tokens, frames, targets=targets)
    seconds: dict[str, list[float]] = {name: [] for name in clients}
    for run in range(RUNS + 1):
        for name, client in clients.items():
            begin = time.perf_counter()
            hits = fa.find_hits(tokens, frames, targets=targets, client=client)
            if run:  # before the first timed run the compiled code is loaded and the corpus opened
                seconds[name].append(time.perf_counter() - begin)
            pd.testing.assert_frame_equal(hits, expected, check_exact=True)
            assert hits.attrs == expected.attrs
    return {name: statistics.median(of_side) for name, of_side in seconds.items()}


def main() -> None:
    corpus = abp()
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
        ProcessPoolExecutor(2, get_context("spawn")) as pool,
    ):
        tokens = fa.open_corpus(fa.save_corpus(corpus, Path(folder) / "corpus.framing", part_bytes=PART_BYTES))
        seconds = compare(tokens, {ALONE: None, PROCESSES: Processes(pool), DASK: client})
        n_parts = len(tokens.manifest.parts)
    size = megabytes(corpus)
    speed_ups = {name: seconds[ALONE] / seconds[name] for name in (PROCESSES, DASK)}
    print(
        f"{size:.0f} MB in {n_parts} parts, hits with voices, targets and negation; median of {RUNS} alternating runs"
    )
    for name, median in seconds.items():
        print(f"{name}: {median:.2f} s, {size / median:.1f} MB/s, speed-up {seconds[ALONE] / median:.2f}")
    print(f"two Dask workers have {speed_ups[DASK] / speed_ups[PROCESSES]:.2f} of the speed-up of two processes")


if __name__ == "__main__":
    main()
