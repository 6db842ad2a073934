"""Run benchmarks, and write what they print into results.md, each with machine, commit and day; draw where the time goes into the docs.

Usage: python benchmarks/results.py [NAME ...]

NAME is a benchmark such as bench_encoding, or one beside another commit, such as against:before-speed:bench_path:encode; without any, all
bench_*.py run. What is not run keeps the section that it has. A benchmark that fails keeps it too, and is named at the end.
"""

import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
from bench_million import START
from matplotlib.figure import Figure

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.md"
CHART = HERE.parent / "docs" / "assets" / "where-the-time-goes.svg"
HEAD = """# Results of the benchmarks

Written by `python benchmarks/results.py` (`make bench` runs all of them); each section says where and when. Times are CPU seconds where nothing
else is said. The load is the mean number of processes that wanted a core in the last minute before: where it is above the number of cores, wall times
are long, and CPU times some tens of per cent longer than on a quiet machine. Compare ratios, which alternate in one run.
"""
COLORS = ("#0072b2", "#e69f00", "#56b4e9", "#cc79a7")  # of Okabe and Ito, which are told apart by all eyes
_SECTION = re.compile(r"^## (.+)\n((?:(?!^## ).*\n?)*)", re.MULTILINE)
_ROW = re.compile(r"^\| ([\d,]+) \| [\d,]+ \| (\w+) \| \d+ \| ([\d.]+) \|", re.MULTILINE)


def command_of(name: str) -> list[str]:
    """Return the command of a benchmark."""
    kind, *rest = name.split(":")
    if kind == "against":
        revision, file, *works = rest
        return [sys.executable, str(HERE / "against.py"), revision, str(HERE / f"{file}.py"), *works]
    path = HERE / f"{kind}.py"
    if not path.is_file():
        sys.exit(f"{name}: no such benchmark; there are {', '.join(all_names())}")
    return [sys.executable, str(path)]


def all_names() -> list[str]:
    """Return the names of all benchmarks."""
    return sorted(path.stem for path in HERE.glob("bench_*.py"))


def machine() -> str:
    """Return day, commit and machine, as each section says them."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True
    )
    cpu = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = next(
        (int(line.split()[1]) / 1024**2 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    return (
        f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}, commit {commit.stdout.strip()}, {os.cpu_count()} cores "
        f"({cpu.partition(':')[2].strip() or 'unknown'}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, {load}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def section_of(name: str) -> str | None:
    """Run a benchmark, and return its section; None where it failed."""
    said = machine()
    print(f"== {name}", file=sys.stderr, flush=True)
    ran = subprocess.run(command_of(name), cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    sys.stdout.write(ran.stdout)
    if ran.returncode:
        return None
    return f"\n{said}\n\n{_as_markdown(ran.stdout)}\n"


def _as_markdown(text: str) -> str:
    """Return what a benchmark printed: its tables as they are, all else as a list."""
    lines = [line if line.startswith("|") else f"- {line}" for line in text.splitlines() if line.strip()]
    return "\n".join(
        f"\n{line}" if number and line.startswith("- ") and lines[number - 1].startswith("|") else line
        for number, line in enumerate(lines)
    )


def draw(section: str) -> None:
    """Draw the CPU time of each step, per 1,000 articles, for the sizes that `bench_million.py` measured."""
    rows = [(size, step, float(seconds)) for size, step, seconds in _ROW.findall(section) if step != START]
    if not rows:
        return
    sizes, steps = list(dict.fromkeys(row[0] for row in rows)), list(dict.fromkeys(row[1] for row in rows))
    mpl.rcParams["svg.hashsalt"] = "where the time goes"
    figure = Figure(figsize=(7, 0.8 + 0.6 * len(sizes)), layout="constrained")
    axes = figure.subplots()
    left = [0.0] * len(sizes)
    for color, step in zip(COLORS, steps, strict=False):
        widths = [
            1000 * next((s for n, name, s in rows if (n, name) == (size, step)), 0.0) / int(size.replace(",", ""))
            for size in sizes
        ]
        axes.barh(sizes, widths, left=left, label=step, color=color, edgecolor="white")
        left = [begin + width for begin, width in zip(left, widths, strict=True)]
    axes.set_xlabel("CPU seconds per 1,000 articles, start of each process included")
    axes.set_ylabel("articles")
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(ncols=len(steps), frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1))
    figure.savefig(CHART, metadata={"Date": None})


def main(names: list[str]) -> None:
    sections = dict(_SECTION.findall(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}
    failed = []
    for name in names or all_names():
        section = section_of(name)
        if section is None:
            failed.append(name)
            continue
        sections[name] = section
        body = "".join(f"\n## {title}\n\n{text.strip()}\n" for title, text in sorted(sections.items()))
        RESULTS.write_text(f"{HEAD}{body}", encoding="utf-8")
        if name == "bench_million":
            draw(section)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; what they said stands above")


if __name__ == "__main__":
    main(sys.argv[1:])
