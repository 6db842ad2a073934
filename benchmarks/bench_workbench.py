"""Trials of entries on the whole of abp, tokens in memory: what the workbench does at each keystroke."""

import statistics
import time

from corpora import abp

import analysis as fa
from analysis.core.shipped import shipped
from analysis.extending.trial_html import trial_html
from analysis.extending.trials import Trials
from analysis.lexicons import Entry

CATEGORY = "weakness"
ENTRIES = [
    "weak", "the", "said", "president", "government", "palestinian", "feeble", "dither", "zzz",  # words
    "government*", "weak*", "fail*", "the*", "*ing", "un*ed", "*ly", "c*", "p?ace", "wom?n", "b*",  # wildcards
    "prime minister", "back down", "peace talks", "of the", "in the west bank", "said that", "hostile polic*", "fail* to",
    "the government*", "for the first time", "give* in", "the prime minister",  # phrases
]  # fmt: skip
EXCEPT = {
    "weak": ("weak coffee", "weak signal*"),
    "government*": ("government bond*",),
    "fail* to": ("fail* to appear",),
}
RUNS = 5
LIMIT = 0.3  # seconds


def seconds(trials: Trials, entry: Entry) -> tuple[float, float]:
    """Return wall-clock and CPU seconds of one trial, from the entry to the HTML that the browser is sent."""
    begin = time.perf_counter(), time.process_time()
    trial_html(trials.of(entry))
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def main() -> None:
    tokens = fa.tokenize(abp())
    begin = time.perf_counter()
    trials = Trials(tokens, fa.read_lexicon(shipped("frames.yml")))
    for text in ("peace talk*", "*ness"):
        trials.of(Entry(text, CATEGORY, exceptions=(f"{text} today",)))
    print(f"{tokens}; once: {time.perf_counter() - begin:.1f} s", flush=True)
    entries = [Entry(text, CATEGORY) for text in ENTRIES]
    entries += [Entry(text, CATEGORY, exceptions=exceptions) for text, exceptions in EXCEPT.items()]
    medians = []
    for entry in entries:
        runs = [seconds(trials, entry) for _ in range(RUNS)]
        wall, cpu = (statistics.median(times) for times in zip(*runs, strict=True))
        medians.append((wall, cpu, entry.text))
        exceptions = f" except {', '.join(entry.exceptions)}" if entry.exceptions else ""
        print(f"  {wall:.3f} s, CPU {cpu:.3f} s  {trials.of(entry)}{exceptions}", flush=True)
    print(f"{len(entries)} entries, the median of {RUNS} runs each; limit {LIMIT} s")
    for place, name in enumerate(("wall clock", "CPU")):
        times = [entry[place] for entry in medians]
        worst = medians[times.index(max(times))]
        print(f"  {name}: median {statistics.median(times):.3f} s, worst {worst[place]:.3f} s ({worst[2]!r})")


if __name__ == "__main__":
    main()
