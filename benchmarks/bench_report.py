"""The report of all of abp beside the one that another commit writes: bytes, writing, and how soon Chromium shows it and opens a number.

Usage: python benchmarks/bench_report.py [REV]      before-speed without one

Each side writes its report in a process of its own (CPU seconds and the memory that writing adds; hits found before, compiled before). Then
Chromium opens both, five times each, in turn one side and the other first: milliseconds to the first view, until the page can be
used, and from a click on the first number to its sentences. Medians are compared.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from against import ROOT, Side, work_tree
from measure import RUNS

BUILD = ROOT / "build" / "report"
TIMES = ("first view", "usable", "sentences")
# Milliseconds since the page was asked for, and those that a click takes.
_FIRST_VIEW = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
_USABLE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_OPENED = """() => new Promise((done) => {
  const start = performance.now();
  const look = () => {
    const shown = document.getElementById("evidence").open && document.querySelector("#evidence-list > li");
    if (shown) requestAnimationFrame(() => done(performance.now() - start));
    else setTimeout(look, 1);
  };
  document.querySelector("button.open").click();
  look();
})"""


def write(path: Path) -> None:
    """Write the report of abp with the package that this process imports, and print what it took as JSON."""
    from corpora import abp

    import analysis as fa
    from analysis.core.shipped import shipped
    from analysis.reports.writing import write_report

    frames, targets = fa.read_lexicon(shipped("frames.yml")), fa.read_lexicon(shipped("targets.yml"))
    # A small one first: what it compiles is no part of the time.
    fa.report(ROOT / "data" / "articles", frames, path.with_name("small.html"), targets=targets)
    corpus = abp()
    tokens = fa.tokenize(corpus)
    hits = fa.find_hits(tokens, frames, targets=targets)
    memory, start = _peak(), time.process_time()
    write_report(corpus, tokens, hits, frames, path, targets=targets)
    print(json.dumps({"seconds": time.process_time() - start, "memory": _peak() - memory, "hits": len(hits)}))


def _peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def written(side: Side, path: Path) -> dict[str, float]:
    """Return what writing the report of one side took."""
    shared = os.environ.get("FRAMING_SHARED") or str(ROOT.parent / "shared" / "data")
    environment = os.environ | {"PYTHONPATH": str(side.tree), "FRAMING_SHARED": shared}
    command = [sys.executable, str(Path(__file__).resolve()), "--write", str(path)]
    ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{side.name} ({side.tree}): writing the report failed; what it said stands above")
    took: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return took


def opened(browser: Any, path: Path) -> dict[str, float]:
    """Return the milliseconds of one opening by name."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.set_default_timeout(120_000)
    tab.goto(path.as_uri())
    times = [tab.evaluate(program) for program in (_FIRST_VIEW, _USABLE, _OPENED)]
    tab.close()
    return dict(zip(TIMES, times, strict=True))


def main(arguments: list[str]) -> None:
    chromium = os.environ.get("FRAMING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no chromium found; install it or set FRAMING_CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    BUILD.mkdir(parents=True, exist_ok=True)
    sides = {
        Side("this tree", ROOT): BUILD / "this.html",
        work_tree((arguments or ["before-speed"])[0]): BUILD / "other.html",
    }
    for side, path in sides.items():
        took = written(side, path)
        print(
            f"{side.name}: {took['hits']:,} hits, {path.stat().st_size:,} bytes, written in {took['seconds']:.1f} CPU s "
            f"with {took['memory']:,.0f} MB more than the hits took",
            flush=True,
        )
    runs: dict[Side, list[dict[str, float]]] = {side: [] for side in sides}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for number in range(RUNS + 1):
            for side in list(sides)[:: 1 if number % 2 else -1]:
                runs[side].append(opened(browser, sides[side]))
        browser.close()
    for name in TIMES:
        ours, theirs = (statistics.median(run[name] for run in times[1:]) for times in runs.values())
        print(
            f"{name}: {ours:,.0f} ms here, {theirs:,.0f} ms there, ratio {ours / theirs:.2f} (median of {RUNS} alternating runs)"
        )
    ours, theirs = (path.stat().st_size for path in sides.values())
    print(f"bytes: ratio {ours / theirs:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
