"""The command that draws figures: the project's own, or those of the course on another corpus."""

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import analysis as fa
from analysis.charts.captions import first_sentence
from analysis.charts.manifest import read_manifest
from analysis.commands.corpora import main_language, read_corpus, with_language
from analysis.commands.defaults import CORPUS, FRAMES, PROJECT, SAMPLE_TARGETS, TARGETS
from analysis.commands.outputs import output_folder, refuse_read
from analysis.commands.telling import tell_findings
from analysis.commands.wording import duration
from analysis.core.errors import FramingError
from analysis.core.naming import n_of
from analysis.reproducing.course import (
    course_folder,
    course_notebooks,
    progress_line,
    propose_targets,
    run_course,
    summary_line,
)
from analysis.reproducing.notebooks import Outcome
from analysis.reproducing.outputs import unrun_line
from analysis.reproducing.rebuilding import rebuild, stale_notebooks
from analysis.reproducing.staleness import stale_figures

_JOBS = 2
_SECONDS_PER_NOTEBOOK = 20  # on two cores, with what is compiled once in the cache


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
    if options.check:
        return _check_figures(figures)
    with output_folder(figures, reads=()):
        return _rebuild(figures)


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
    if stale:
        sys.stderr.write(
            f"framing: {n_of(len(stale), 'notebook')} with figures that are out of date will be run, "
            f"{_JOBS} at a time, in about {duration(len(stale) * _SECONDS_PER_NOTEBOOK / _JOBS)}: "
            f"{', '.join(path.stem for path in stale)}\n"
        )
    _told(rebuild(stale, figures=figures, jobs=_JOBS), len(stale))
    left = _say_stale(figures)
    known = read_manifest(figures)["figures"]
    sys.stderr.write(f"framing: {n_of(len(known), 'figure')} in {figures}; {n_of(len(stale), 'notebook')} run\n")
    sys.stdout.writelines(f"{name}: {first_sentence(entry['caption'])}\n" for name, entry in sorted(known.items()))
    _tell_sample(figures.parent / "report.html")
    return int(len(left) > 0)


def _tell_sample(report: Path) -> None:
    """Print what the texts of the sample corpus say now, and write their report."""
    lexicon, targets = fa.read_lexicon(FRAMES), fa.read_lexicon(SAMPLE_TARGETS)
    tell_findings(fa.read(CORPUS), lexicon, targets=targets, report=report)


def _say_stale(figures: Path) -> pd.DataFrame:
    """Return what is out of date, each with a line on stdout."""
    stale = stale_figures(figures, course_folder())
    for row in stale.to_dict("records"):
        notebook = f" ({row['notebook']})" if row["notebook"] else ""
        sys.stdout.write(f"{row['figure'] or '(no figure yet)'}{notebook}: {row['reason']}\n")
    return stale


def course(options: argparse.Namespace) -> int:
    """Run every notebook of the course on a corpus, with a line of progress for each."""
    out = options.out or Path("results")
    refuse_read(out / "corpus.parquet", options.corpus)
    with output_folder(out, reads=[options.corpus]):
        return _course(options, out)


def _course(options: argparse.Namespace, out: Path) -> int:
    corpus = with_language(read_corpus(options.corpus, options))
    lexicon, targets = options.lexicon or FRAMES, options.targets or _targets(corpus, out / "targets.yml")
    outcomes = _told(run_course(corpus, lexicon=lexicon, targets=targets, out=out), len(course_notebooks()))
    sys.stderr.write(f"framing: {summary_line(outcomes, out)}\n")
    return int(len(corpus.rejected) > 0 or any(outcome.status == "failed" for outcome in outcomes))


def _targets(corpus: fa.Corpus, proposed: Path) -> Path:
    """Return the file of targets where none was named: one proposed from the names of the corpus, or edited since."""
    if proposed.exists():
        sys.stderr.write(f"framing: targets: {proposed}, as it stands there\n")
        return proposed
    is_english = main_language(corpus.articles) in ("", "en")
    if is_english and (n := propose_targets(corpus, proposed)):
        sys.stderr.write(
            f"framing: targets: {n_of(n, 'name')} of these articles, proposed in {proposed}; edit it and run this again\n"
        )
        return proposed
    why = "no name stands in two articles" if is_english else "names are found in English text only"
    sys.stderr.write(f"framing: targets: those of {TARGETS.name}, as {why}; --targets takes your own\n")
    return TARGETS


def _told(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    """Return the outcomes, with a line on stderr for each as it comes, and how much time is left."""
    seen: list[Outcome] = []
    started = time.perf_counter()
    for outcome in outcomes:
        seen.append(outcome)
        left = (time.perf_counter() - started) / len(seen) * (total - len(seen))
        rest = f" (about {duration(left)} left)" if len(seen) < total else ""
        sys.stderr.write(f"{progress_line(len(seen), total, outcome)}{rest}\n")
    return seen
