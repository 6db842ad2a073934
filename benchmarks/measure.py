"""Alternating timed runs of two sides, in CPU time of this process, and their ratio."""

import statistics
import time
from collections.abc import Callable

RUNS = 5


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that one call takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def compare(name: str, ours: Callable[[], object], peer: Callable[[], object], megabytes: float) -> None:
    """Print the median of alternating runs of both sides, in MB of text a CPU second, and the ratio."""
    ours()  # compiled code is read from the cache before the first timed run
    times = [(cpu_seconds(ours), cpu_seconds(peer)) for _ in range(RUNS)]
    our_time, peer_time = (statistics.median(side) for side in zip(*times, strict=True))
    print(
        f"{name}: ours {megabytes / our_time:.0f} MB/s, peer {megabytes / peer_time:.0f} MB/s, "
        f"ratio {peer_time / our_time:.1f} (median of {RUNS} alternating runs, {megabytes:.0f} MB)",
        flush=True,
    )


def alone(name: str, work: Callable[[], object], megabytes: float) -> None:
    """Print the median of timed runs of one side, in MB of text a CPU second."""
    work()
    seconds = statistics.median(cpu_seconds(work) for _ in range(RUNS))
    print(
        f"{name}: {megabytes / seconds:.0f} MB/s (median of {RUNS} runs, {megabytes:.0f} MB, {seconds:.3f} s)",
        flush=True,
    )
