"""Cases of voices, targets and negation, one hit in a sentence each, as the program beside them compares them."""

import importlib.util
import logging
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from quality.figures import Figure
from quality.texts import records, share_figure

ROOT = Path(__file__).resolve().parents[1]
NOTHING = {
    "voice": "narrator",
    "speaker": "",
    "speaker_text": "",
    "target": "",
    "candidates": "",
    "negated": False,
    "hedged": False,
}


def measure(shared: Path) -> list[Figure]:
    """Return the share of cases that are right in all asked fields; the baseline says narrator, nobody, not negated, not hedged of all."""
    folder = shared.parent / "cases"
    if not (folder / "voices" / "cases.jsonl").exists():
        return []
    program = _program(folder / "run.py")
    disabled = logging.root.manager.disable
    with warnings.catch_warnings():
        tally = program.tally(folder / "voices", ROOT)
    logging.disable(disabled)  # the program silences every log for good
    counted = [case for case in records(folder / "voices" / "cases.jsonl") if not case.get("debatable")]
    wrong = set(tally.wrong)
    counts = np.array([(case["id"] not in wrong, 1) for case in counted], np.float64)
    simple = np.mean([_is_right(program, case["expected"]) for case in counted])
    return [share_figure("cases of voices, right in all asked fields", counts, float(simple))]


def _program(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_cases", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _is_right(program: Any, want: dict[str, Any]) -> bool:
    return all(is_right(want, NOTHING) for name, is_right in program.FIELDS.items() if name in want)
