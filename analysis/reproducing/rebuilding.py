"""The figures of the project drawn anew, those that are out of date and no others."""

from collections.abc import Iterator
from pathlib import Path

from analysis.core.files import scratch_folder
from analysis.reproducing.notebooks import Outcome, run_notebooks
from analysis.reproducing.staleness import begin_run, record_run, stale_figures


def stale_notebooks(figures: Path, notebooks: Path) -> list[Path]:
    """Return the notebooks with a figure that is out of date, in their order."""
    names = set(stale_figures(figures, notebooks)["notebook"])
    return [path for path in sorted(notebooks.glob("*.ipynb")) if path.stem in names]


def rebuild(stale: list[Path], *, figures: Path, jobs: int = 2) -> Iterator[Outcome]:
    """Run notebooks with their own parameters, so that their figures are drawn anew; return the outcome of each.

    Parameters
    ----------
    stale : list of pathlib.Path
        What `stale_notebooks` returns. The notebooks and their stored outputs stay as they are.
    figures : pathlib.Path
        Folder of the figures and their manifest.
    jobs : int
        How many notebooks run at a time.
    """
    sources = {path: begin_run(figures, path) for path in stale}
    with scratch_folder() as copies:
        for outcome in run_notebooks(stale, out=copies, figures=figures, parameters={}, jobs=jobs):
            if outcome.status == "done":
                record_run(figures, sources[outcome.notebook])
            yield outcome
