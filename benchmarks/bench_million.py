"""From a Parquet file to rates by a corpus on disk, at growing sizes: wall and CPU time and memory of each step, and how CPU time grows.

Usage: python benchmarks/bench_million.py      FRAMING_SIZES="10000 100000 1000000" for other sizes; FRAMING_BENCH=folder keeps the corpora

The corpora are those of `laptop.py`. Each step is a process of its own. "Own memory" is what only that process holds; "with mapped files" counts
pages of files too, which the system takes back when it needs room. Both are peaks, looked at every 50 ms (Linux).
"""

import itertools
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from laptop import LEXICON, TARGETS, write_corpus

SIZES = [int(size) for size in os.environ.get("FRAMING_SIZES", "2000 10000").split()]
PARTS = ("RssAnon", "RssFile", "RssShmem")
STEPS = ("encode", "hits", "rates", "divergence")
START = "open"  # a process that opens the corpus and does no more
PAUSE = 0.05


class Cost(NamedTuple):
    """What a step took."""

    wall: float
    cpu: float
    own: float
    mapped: float


def step(name: str, folder: Path) -> None:
    """Do one step in this process."""
    import analysis as fa

    tokens = fa.open_corpus(folder / "corpus.framing")
    if name == START:
        return
    if name == "hits":
        fa.find_hits(tokens, LEXICON, targets=TARGETS, out=folder / "hits")
        return
    hits = fa.find_hits(tokens, LEXICON, targets=TARGETS, out=folder / "hits").read()
    if name == "rates":
        fa.rates(hits, tokens, by=["outlet", "category"])
    else:
        fa.divergence(hits, tokens)


def cost(command: list[str]) -> Cost:
    """Run a command, and return what it took."""
    begin, before = time.perf_counter(), os.times()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    own = mapped = 0
    while running.poll() is None:
        held = _held(running.pid)
        own, mapped = max(own, held[0]), max(mapped, sum(held))
        time.sleep(PAUSE)
    after = os.times()
    if running.returncode:
        sys.exit(f"{' '.join(command)}: failed; what it said stands above")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - begin, cpu, own / 1024**2, mapped / 1024**2)


def _held(pid: int) -> list[int]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:  # it has ended
        return [0]
    found = dict(line.split(":") for line in lines if line.startswith(PARTS))
    return [int(found.get(name, "0").split()[0]) for name in PARTS]


def measured(folder: Path, size: int) -> dict[str, Cost]:
    """Return what each step took on a corpus of some articles."""
    corpus = folder / f"corpus-{size}.parquet"
    if not corpus.exists():
        write_corpus(corpus, size)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        store = Path(made) / "corpus.framing"
        found = {"encode": cost([sys.executable, "-m", "analysis", "encode", str(corpus), "--out", str(store)])}
        for name in (*STEPS[1:], START):
            found[name] = cost([sys.executable, __file__, name, made])
    return found


def main(folder: Path) -> None:
    print("| articles | MB of Parquet | step | wall s | CPU s | own memory GB | with mapped files GB |")
    print("|---|---|---|---|---|---|---|")
    totals: dict[int, float] = {}
    for size in SIZES:
        found = measured(folder, size)
        totals[size] = sum(of_step.cpu for name, of_step in found.items() if name in STEPS)
        totals[size] -= len(STEPS) * found[START].cpu
        megabytes = (folder / f"corpus-{size}.parquet").stat().st_size / 1e6
        for name, of_step in found.items():
            print(
                f"| {size:,} | {megabytes:,.0f} | {name} | {of_step.wall:.0f} | {of_step.cpu:.1f} | {of_step.own:.2f} | {of_step.mapped:.2f} |",
                flush=True,
            )
    for small, large in itertools.pairwise(SIZES):
        exponent = math.log(totals[large] / totals[small]) / math.log(large / small)
        print(
            f"{small:,} to {large:,} articles: CPU less {len(STEPS)} starts {totals[small]:.0f} to {totals[large]:.0f} s, exponent {exponent:.2f}"
        )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        step(sys.argv[1], Path(sys.argv[2]))
    elif kept := os.environ.get("FRAMING_BENCH"):
        main(Path(kept))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
