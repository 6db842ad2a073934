"""Trials of entries on the whole of abp, tokens in memory: what the workbench does at each keystroke."""

import statistics
import time

from corpora import abp

import analysis as fa
from analysis.extending.trials import Trials
from analysis.lexicons import Entry
from analysis.lexicons.shipped import shipped

CATEGORY = "weakness"
ENTRIES = [
    "weak", "the", "said", "president", "government", "palestinian", "feeble", "dither", "zzz",  # words
    "government*", "weak*", "fail*", "the*", "*ing", "un*ed", "*ly", "c*", "p?ace", "wom?n", "b*",  # wildcards
    "prime minister", "back down", "peace talks", "of the", "in the west bank", "said that", "hostile polic*", "fail* to",
    "the government*", "for the first time", "give* in", "the prime minister",  # phrases
]  # fmt: skip
RUNS = 5
LIMIT = 0.3  # seconds


def seconds(trials: Trials, entry: Entry) -> float:
    """Return the wall-clock seconds of one trial."""
    begin = time.perf_counter()
    trials.of(entry)
    return time.perf_counter() - begin


def main() -> None:
    tokens = fa.tokenize(abp())
    lexicon = fa.read_lexicon(shipped("frames.yml"))
    begin = time.perf_counter()
    trials = Trials(tokens, lexicon)
    trials.of(Entry("peace talk*", CATEGORY))
    trials.of(Entry("*ness", CATEGORY))
    print(f"{tokens}; once: {time.perf_counter() - begin:.1f} s", flush=True)
    entries = [Entry(text, CATEGORY) for text in ENTRIES]
    times = {entry.text: statistics.median(seconds(trials, entry) for _ in range(RUNS)) for entry in entries}
    for text, taken in times.items():
        print(f"  {taken:.3f} s  {trials.of(Entry(text, CATEGORY))}")
    worst = max(times, key=lambda text: times[text])
    print(
        f"{len(times)} entries, each the median of {RUNS} runs: median {statistics.median(times.values()):.3f} s, "
        f"worst {times[worst]:.3f} s ({worst!r}), limit {LIMIT} s: {'kept' if times[worst] <= LIMIT else 'BROKEN'}"
    )


if __name__ == "__main__":
    main()
