"""What several tests share: where the shared data are, and corpora made from texts."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

import analysis as fa
from analysis.reading.fetching import shared_folder

# How long an example takes tells how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

REPOSITORY = Path(__file__).resolve().parents[1]
FIGURES = REPOSITORY / "figures"
AS_COMMITTED = pytest.StashKey[dict[Path, bytes]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep what figures/ held before the notebooks were run, in the process that watches over the others."""
    if not hasattr(session.config, "workerinput"):
        session.config.stash[AS_COMMITTED] = {path: path.read_bytes() for path in _figure_files()}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when a notebook, which writes its figures as it runs, has written another file than the one that was there.

    nbval compares what a notebook shows, rounded as it is shown; this compares each table and picture to the byte.
    """
    before = session.config.stash.get(AS_COMMITTED, None)
    if before is None:
        return
    changed = [path.name for path in _figure_files() if path.read_bytes() != before.get(path)]
    if changed:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.section("figures that are not as they were", sep="=", red=True)
        reporter.line(
            f"{', '.join(changed)}: the notebooks draw them otherwise now; run `make figures`, look at them, commit them"
        )


def _figure_files() -> list[Path]:
    return sorted(path for path in FIGURES.glob("*.*") if path.suffix != ".lock")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the shared data; what lies in it may be absent, and tests skip then."""
    return shared_folder()


@pytest.fixture(scope="session")
def encode() -> Callable[..., fa.Tokens]:
    """Return a function from texts to Tokens: ``encode("body", "body")`` or ``encode(headline=[…], body=[…], outlet=[…])``."""

    def encoded(*bodies: str, threads: int | None = None, **columns: list) -> fa.Tokens:
        columns = columns or {"body": list(bodies)}
        n = len(next(iter(columns.values())))
        names = [f"a{number}" for number in range(1, n + 1)]
        table = pd.DataFrame({"article_id": names, "outlet": ["o"] * n} | columns)
        return fa.tokenize(fa.read(table, boilerplate="keep"), threads=threads)

    return encoded
