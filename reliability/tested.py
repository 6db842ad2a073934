"""Rows that the tests judge already: faults of disks, processes and clusters, planted changes, fuzzing, the network.

Each test is a case: one that passes is right, one whose assertion fails is wrong in silence, one that ends in another error is a crash.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reliability.outcomes import CRASHED, RIGHT, ROOT, SILENT, Outcome


class Collector:
    """A plugin of pytest that notes how each test ended."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a test when its call has ended, or an error outside of it."""
        if report.when == "call" and report.passed:
            self.outcomes.append(Outcome(report.nodeid, RIGHT))
        elif report.failed:
            said = str(report.longrepr).splitlines()
            is_wrong = report.when == "call" and any(
                line.startswith("E ") and "assert" in line.lower() for line in said
            )
            self.outcomes.append(Outcome(report.nodeid, SILENT if is_wrong else CRASHED, said[-1] if said else ""))


def of_tests(*files: str, match: str = "") -> Callable[[Path], Iterator[Outcome]]:
    """Return a row whose cases are the tests of some files; where a file is not there, the row is not measured."""

    def judge(_: Path) -> Iterator[Outcome]:
        there = [file for file in files if (ROOT / file.partition("::")[0]).exists()]
        if not there:
            return
        collector = Collector()
        options = ["-q", "-p", "no:cacheprovider", "-p", "no:nbval", "-o", "addopts=--import-mode=importlib"]
        chosen = [*(["-k", match] if match else []), *(str(ROOT / file) for file in there)]
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = pytest.main([*options, *chosen], plugins=[collector])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
            raise RuntimeError(f"the tests of {', '.join(there)} could not be run:\n{said.getvalue()[-2000:]}")
        yield from collector.outcomes

    return judge
