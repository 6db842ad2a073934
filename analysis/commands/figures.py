"""The command that draws figures: the project's own, or those of the course on another corpus."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.charts.manifest import read_manifest
from analysis.commands.corpora import read_corpus
from analysis.commands.defaults import FRAMES, PROJECT, TARGETS
from analysis.core.errors import FramingError
from analysis.reproducing.course import course_folder, course_notebooks, progress_line, run_course, summary_line
from analysis.reproducing.notebooks import Outcome
from analysis.reproducing.outputs import unrun_line
from analysis.reproducing.rebuilding import rebuild, stale_notebooks
from analysis.reproducing.staleness import stale_figures


def figures(options: argparse.Namespace) -> int:
    """Draw the project's figures that are out of date, say which those are, or run the course on another corpus."""
    if options.corpus:
        if options.check:
            raise FramingError("--check is about the project's own figures; leave --corpus out")
        return course(options)
    if options.lexicon or options.targets:
        raise FramingError("--lexicon and --targets go with --corpus; the project's notebooks name their own")
    if not (PROJECT / "data" / "articles").is_dir():
        raise FramingError("the project's own figures are drawn in its repository; name a corpus with --corpus")
    figures = options.out or PROJECT / "figures"
    return _check_figures(figures) if options.check else _rebuild(figures)


def _check_figures(figures: Path) -> int:
    stale = _say_stale(figures)
    unrun = [line for path in course_notebooks() if (line := unrun_line(path))]
    sys.stdout.write("".join(f"{line}\n" for line in unrun))
    known = set(read_manifest(figures)["figures"])
    n_current = len(known - set(stale["figure"]))
    sys.stderr.write(
        f"framing: {n_current} of {len(known)} figures are up to date; `framing figures` draws the others\n"
    )
    return int(len(stale) > 0 or len(unrun) > 0)


def _rebuild(figures: Path) -> int:
    stale = stale_notebooks(figures, course_folder())
    _told(rebuild(stale, figures=figures), len(stale))
    left = _say_stale(figures)
    n = len(read_manifest(figures)["figures"])
    sys.stderr.write(f"framing: {n} figures in {figures}; {len(stale)} notebooks were run\n")
    return int(len(left) > 0)


def _say_stale(figures: Path) -> pd.DataFrame:
    """Return what is out of date, each with a line on stdout."""
    stale = stale_figures(figures, course_folder())
    for row in stale.to_dict("records"):
        notebook = f" ({row['notebook']})" if row["notebook"] else ""
        sys.stdout.write(f"{row['figure'] or '(no figure yet)'}{notebook}: {row['reason']}\n")
    return stale


def course(options: argparse.Namespace) -> int:
    """Run every notebook of the course on a corpus, with a line of progress for each."""
    corpus, out = read_corpus(options.corpus, options), options.out or Path("results")
    lexicon, targets = options.lexicon or FRAMES, options.targets or TARGETS
    outcomes = _told(run_course(corpus, lexicon=lexicon, targets=targets, out=out), len(course_notebooks()))
    sys.stderr.write(f"framing: {summary_line(outcomes, out)}\n")
    return int(len(corpus.rejected) > 0 or any(outcome.status == "failed" for outcome in outcomes))


def _told(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    """Return the outcomes, with a line on stderr for each as it comes."""
    seen: list[Outcome] = []
    for outcome in outcomes:
        seen.append(outcome)
        sys.stderr.write(f"{progress_line(len(seen), total, outcome)}\n")
    return seen
