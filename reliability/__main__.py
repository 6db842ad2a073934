"""The scorecard of reliability: 27 rows of cases that end right, in a clear refusal, wrong in silence, or in a crash.

Usage: python -m reliability [--quick] [--row N ...] [--cases FOLDER] [--accept] [--write] [--verbose]

Cases stand in the folder of the robustness data, or are made here. ``--cases`` names another folder of the same form, of which no floor
is asked. A share of right cases below its floor, or more cases that are wrong in silence or crash than a row may have, is an error.
``--accept`` raises floors that were passed and never lowers one: to lower one, edit floors.json and say why in the commit. ``--quick`` leaves out
what takes long or is run by the tests anyway; ``--write`` writes docs/reliability.md; ``--verbose`` lists each case that is not right.
"""

import argparse
import json
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from analysis.reading.fetching import shared_folder
from reliability import hostile, lexicons, outputs, reading, sameness
from reliability.outcomes import CRASHED, KINDS, RIGHT, ROOT, SILENT, Outcome, quiet
from reliability.tested import of_tests

FLOORS = Path(__file__).with_name("floors.json")
PAGE = ROOT / "docs" / "reliability.md"
INTRODUCTION = Path(__file__).with_name("introduction.md")  # of the page
CASES = shared_folder() / "robustness"
WRITERS = (
    "tests/core/test_files.py",
    "tests/tokens/test_storing.py",
    "tests/test_on_disk.py",
    "tests/exporting/test_writing.py",
    "tests/commands/test_outputs.py",
    "tests/test_faults.py",
)
FUZZED = (
    "tests/test_fuzzing.py",
    "tests/reading/test_robustness.py",
    "tests/lexicons/test_round_trip.py",
    "tests/lexicons/test_hostile.py",
)

_ROW = re.compile(r"^\| (\d+) \| .*\|$", re.MULTILINE)


class Row(NamedTuple):
    """A row of the scorecard: what it is called, what judges its cases, and whether a quick run has it."""

    name: str
    judge: Callable[[Path], Iterable[Outcome]]
    is_quick: bool = False


ROWS = {
    1: Row("Every article accounted for", reading.accounting),
    2: Row("Encodings", reading.encodings, is_quick=True),
    3: Row("Words kept while reading", reading.words),
    4: Row("Round trip of every export", outputs.round_trips, is_quick=True),
    5: Row("Article text kept", reading.whole_pages, is_quick=True),
    6: Row("Lexicons load or are refused", lexicons.loading),
    7: Row("Lexicons match", lexicons.matching, is_quick=True),
    8: Row("Entries that can never hit", lexicons.unmatchable, is_quick=True),
    9: Row("Dates", reading.dates, is_quick=True),
    10: Row("Copies", reading.copies, is_quick=True),
    11: Row("Words of Unicode's tests", sameness.word_breaks, is_quick=True),
    12: Row("Same results", sameness.same_results),
    13: Row("A changed figure is noticed", of_tests("tests/test_planted_changes.py")),
    14: Row("Killed while writing", of_tests(*WRITERS, match="kill or interrupt or whole or broke or befalls")),
    15: Row("Full disk, read-only folder", of_tests(*WRITERS, match="full or disk or folder or read_only")),
    16: Row("Every n-th call of the system fails", of_tests("tests/test_faults.py")),
    17: Row("Two runs at once", of_tests(*WRITERS, match="lock or another or busy or twice or once")),
    18: Row("A worker or scheduler dies", of_tests("tests/test_cluster.py", "tests/tokens/test_workers.py")),
    19: Row("A big document", hostile.big_documents),
    20: Row("Input that changes", hostile.changed_input, is_quick=True),
    21: Row("Active content", outputs.active_content),
    22: Row("Labels", outputs.labels),
    23: Row("Formulas in cells", outputs.formula_cells),
    24: Row("Bombs", hostile.bombs),
    25: Row("Paths and archives", outputs.paths),
    26: Row("Fuzzing and properties", of_tests(*FUZZED)),
    27: Row("No network, no code run", of_tests("tests/test_locale.py", "tests/lexicons/test_hostile.py", match="network or hostile")),
}  # fmt: skip


class Score(NamedTuple):
    """The cases of one row."""

    number: int
    name: str
    counts: Counter[str]
    seconds: float

    @property
    def n(self) -> int:
        """The number of cases."""
        return self.counts.total()

    @property
    def share(self) -> float:
        """The share of cases that are right."""
        return self.counts[RIGHT] / self.n


def main(arguments: list[str]) -> int:
    """Judge the rows that are asked for, and return 1 where one is below its floor."""
    options = _options(arguments)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    has_floors = options.cases == CASES
    scores, failures = [], []
    for number, row in ROWS.items():
        if (options.row and number not in options.row) or (options.quick and not row.is_quick):
            continue
        score = _scored(number, row, options)
        if score is None:
            sys.stdout.write(f"{number:2} {row.name}: not measured, its cases or tests are not here\n")
            continue
        scores.append(score)
        floor = floors.get(str(number)) if has_floors else None
        sys.stdout.write(line(score, floor) + "\n")
        failures += below(score, floor)
    if options.accept and has_floors and not failures:
        _accept(scores, floors)
    if options.write and not failures:
        before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        PAGE.write_text(page(scores, date.today(), before), encoding="utf-8")
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    return int(bool(failures))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reliability", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only the rows that take seconds")
    parser.add_argument("--row", type=int, nargs="+", choices=ROWS, metavar="N", help="only these rows")
    parser.add_argument("--cases", type=Path, default=CASES, help="a folder of cases as that of the robustness data")
    parser.add_argument("--accept", action="store_true", help="raise the floors that were passed")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    parser.add_argument("--verbose", action="store_true", help="list each case that is not right")
    return parser.parse_args(arguments)


def _scored(number: int, row: Row, options: argparse.Namespace) -> Score | None:
    """Return how the cases of a row ended, None where there are none."""
    before = time.process_time()
    with quiet():
        outcomes = list(row.judge(options.cases))
    for outcome in outcomes:
        if outcome.kind in (SILENT, CRASHED) or (options.verbose and outcome.kind != RIGHT):
            sys.stderr.write(f"   {outcome.kind}: {outcome.case}: {outcome.found}\n")
    counts = Counter(outcome.kind for outcome in outcomes)
    return Score(number, row.name, counts, time.process_time() - before) if outcomes else None


def line(score: Score, floor: dict[str, float] | None) -> str:
    """Say how the cases of a row ended, and its floor."""
    counts = ", ".join(f"{score.counts[kind]:,} {kind}" for kind in KINDS)
    pinned = f"floor {floor['right']:.3f}" if floor else "no floor"
    return f"{score.number:2} {score.name}: {score.n:,} cases: {counts} ({pinned}, {score.seconds:.1f} CPU s)"


def below(score: Score, floor: dict[str, float] | None) -> list[str]:
    """Return in what a row falls below its floor; a row has a floor only for as many cases as set it."""
    if not floor or floor["cases"] != score.n:
        return []
    found = []
    if score.share < floor["right"]:
        found.append(
            f"row {score.number}, {score.name}: {score.share:.3f} are right, the floor is {floor['right']:.3f}"
        )
    for kind in (SILENT, CRASHED):
        if score.counts[kind] > floor[kind]:
            found.append(
                f"row {score.number}, {score.name}: {score.counts[kind]} cases end as {kind}, at most {floor[kind]:.0f} may"
            )
    return found


def _accept(scores: list[Score], floors: dict[str, dict[str, float]]) -> None:
    for score in scores:
        floors[str(score.number)] = {
            "cases": score.n, "right": math.floor(1000 * score.share) / 1000, SILENT: score.counts[SILENT], CRASHED: score.counts[CRASHED],
        }  # fmt: skip
    ordered = {key: floors[key] for key in sorted(floors, key=int)}
    FLOORS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


def page(scores: list[Score], day: date, before: str = "") -> str:
    """Return the page of the documentation with what was measured on a day; other rows stay as the page had them before."""
    rows = {int(match[1]): match[0] for match in _ROW.finditer(before)}
    for score in scores:
        counts = " | ".join(f"{score.counts[kind]:,}" for kind in KINDS)
        rows[score.number] = f"| {score.number} | {score.name} | {score.n:,} | {counts} | {day} |"
    lines = [rows[number] for number in ROWS if number in rows]
    cells = [[int(cell.replace(",", "")) for cell in line.split(" | ")[2:7]] for line in lines]
    total = " | ".join(f"{sum(column):,}" for column in zip(*cells, strict=True))
    unmeasured = [f"{number} ({row.name})" for number, row in ROWS.items() if number not in rows]
    missing = f"\nNot measured: {', '.join(unmeasured)}.\n" if unmeasured else ""
    return INTRODUCTION.read_text(encoding="utf-8") + "\n".join([*lines, f"| | all | {total} | |\n"]) + missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
