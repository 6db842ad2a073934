"""The quality gate: every measure on the development data, beside its baseline, against floors that never fall in silence.

Usage: python -m quality [--quick] [--table] [--accept]

A figure below its floor, or a floor of other data, is an error. ``--accept`` writes floors for new measures and raises those
that were passed; it never lowers one: to lower a floor, edit floors.json and say why in the commit. ``--quick`` leaves out what
takes a minute or trains on all of abp; ``--table`` prints the rows of the table in docs/methods.md.
"""

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

from analysis.reading.fetching import shared_folder
from quality import (
    basil,
    cases,
    ecosent,
    founding,
    frames,
    gum,
    negation,
    newsmtsc,
    polnear,
    suggestions,
    validation,
    voices_abp,
)
from quality.figures import Figure, fingerprint

FLOORS = Path(__file__).with_name("floors.json")
SHARED = shared_folder()
MEASURES: dict[str, Callable[[Path], list[Figure]]] = {
    "polnear": polnear.measure,
    "gum": gum.measure,
    "basil": lambda shared: [*basil.measure(shared), *validation.basil(shared)],
    "babe": validation.babe,
    "negation_cdsco": negation.measure,
    "newsmtsc": newsmtsc.measure,
    "ecosent": ecosent.measure,
    "../cases/voices": cases.measure,
    "gvfc": frames.measure,
    "abp": lambda shared: [*voices_abp.measure(shared), *founding.measure(shared), *suggestions.measure(shared)],
}
SLOW = ("polnear", "gvfc", "abp")  # a minute of voices by strictness; the others train on all of abp
# A floor stands this far below the figure that set it, so that rounding in another environment is no alarm.
SLACK = 0.002


def main(arguments: list[str]) -> int:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failures = []
    for folder, measure in MEASURES.items():
        if "--quick" in arguments and folder in SLOW:
            continue
        if not (SHARED / folder).exists():
            print(f"{folder}: not measured, {SHARED / folder} is not there", file=sys.stderr)
            continue
        data = fingerprint([str(path) for path in sorted((SHARED / folder).iterdir()) if path.is_file()])
        for figure in measure(SHARED):
            floor = floors.get(figure.name)
            print(row(figure) if "--table" in arguments else line(figure, floor))
            if floor and floor["data"] != data:
                failures.append(f"{figure.name}: the data are others than those of the floor; set a new floor for them")
            elif floor and figure.value < floor["value"]:
                failures.append(f"{figure.name}: {figure.value:.3f} is below the floor of {floor['value']:.3f}")
            elif "--accept" in arguments:
                floors[figure.name] = {"value": math.floor(1000 * (figure.value - SLACK)) / 1000, "data": data}
    if "--accept" in arguments and not failures:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    for failure in failures:
        print(failure, file=sys.stderr)
    return int(bool(failures))


def line(figure: Figure, floor: dict[str, float] | None) -> str:
    """Say what was measured: value, interval, baseline, floor and n."""
    baseline = "" if math.isnan(figure.baseline) else f", baseline {figure.baseline:.3f}"
    pinned = f", floor {floor['value']:.3f}" if floor else ", no floor"
    details = f"; {figure.details}" if figure.details else ""
    return f"{figure.name}: {figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f}){baseline}{pinned}, n = {figure.n:,}{details}"


def row(figure: Figure) -> str:
    """Return a figure as a row of the table in docs/methods.md."""
    baseline = "" if math.isnan(figure.baseline) else f"{figure.baseline:.3f} "
    return f"| {figure.name} | {figure.value:.3f} | {figure.low:.3f} to {figure.high:.3f} | {baseline}|"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
