"""How a case ends: right, a clear refusal, wrong in silence, or a crash."""

import contextlib
import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from analysis.core.errors import FramingError

RIGHT, REFUSED, SILENT, CRASHED = KINDS = ("right", "clear refusal", "silent wrong", "crash")
LONGEST = 60.0  # seconds that a case may take on a busy machine; one that takes longer hangs
ROOT = Path(__file__).resolve().parent.parent

_Item = TypeVar("_Item")


class Outcome(NamedTuple):
    """How one case ended, and where it is not right, what was found."""

    case: str
    kind: str
    found: str = ""


class HangError(Exception):
    """A case took longer than LONGEST."""


def judged(case: str, check: Callable[[], str]) -> Outcome:
    """Return how a case ends: `check` returns "" when all is right, else what is wrong and nobody was told.

    An error of the project is a clear refusal, any other a crash. A refusal that a case asks for is no concern here: there
    `check` is to return "" for it.
    """
    try:
        with at_most(LONGEST):
            wrong = check()
    except FramingError as refusal:
        return Outcome(case, REFUSED, str(refusal))
    except Exception as error:  # whatever it is, a user would see a traceback
        return Outcome(case, CRASHED, f"{type(error).__name__}: {error}")
    return Outcome(case, SILENT if wrong else RIGHT, wrong)


def refused(call: Callable[[], object], otherwise: str) -> str:
    """Return "" where a call is refused with an error of the project, `otherwise` where it is not."""
    try:
        call()
    except FramingError:
        return ""
    return otherwise


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise a HangError in what takes longer; where the system has no alarm, nothing is watched."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise HangError(f"more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def halved(items: list[_Item], is_wrong: Callable[[list[_Item]], bool]) -> Iterator[_Item]:
    """Yield the items that are wrong, found by judging many at once and parting those that are."""
    if not items or not is_wrong(items):
        return
    if len(items) == 1:
        yield items[0]
        return
    middle = len(items) // 2
    yield from halved(items[:middle], is_wrong)
    yield from halved(items[middle:], is_wrong)


def records(cases: Path, suite: str) -> list[dict[str, Any]]:
    """Return the cases of one suite of a folder as that of the robustness data; none where it is not there."""
    files = sorted((cases / suite).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").split("\n") if line]


def whole_texts(cases: Path, *suites: str) -> list[str]:
    """Return the texts of some suites, sorted, each once; half a surrogate pair, which no table can hold, is replaced."""
    texts = {one["text"].encode("utf-8", "replace").decode() for suite in suites for one in records(cases, suite)}
    return sorted(text for text in texts if text.strip())


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep notes and warnings, of which broken input has many, from standard error."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(disabled)


def with_tests() -> None:
    """Let the generators and oracles of the tests be imported, so that none is written twice."""
    for folder in ("tests/reports", "tests/tokens", "tests/reading", "tests"):
        if (path := str(ROOT / folder)) not in sys.path:
            sys.path.insert(0, path)
