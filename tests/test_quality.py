"""The quality gate: a figure below its floor is an error, and no floor falls in silence."""

import json
from pathlib import Path

import pytest

from quality import __main__ as gate
from quality.figures import Figure, f1


@pytest.fixture
def measured(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.jsonl").write_text("{}")
    figure = {"value": 0.8}

    def measure(_: Path) -> list[Figure]:
        return [Figure("thing, F1", figure["value"], 0.7, 0.9, 0.5, 10)]

    monkeypatch.setattr(gate, "SHARED", tmp_path)
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "MEASURES", {"data": measure})
    return figure


def test_floors_are_set_raised_and_never_lowered(measured, capsys):
    assert gate.main(["--accept"]) == 0
    floor = json.loads(gate.FLOORS.read_text())["thing, F1"]
    assert floor["value"] == 0.798  # 0.8 less the slack of 0.002
    measured["value"] = 0.7
    assert gate.main(["--accept"]) == 1
    assert "thing, F1: 0.700 is below the floor of 0.798" in capsys.readouterr().err
    assert json.loads(gate.FLOORS.read_text())["thing, F1"] == floor


def test_other_data_need_another_floor(measured, capsys):
    gate.main(["--accept"])
    (gate.SHARED / "data" / "a.jsonl").write_text("{} ")
    assert gate.main([]) == 1
    assert "the data are others than those of the floor" in capsys.readouterr().err


def test_f1_is_the_harmonic_mean():
    assert f1(2, 4, 2) == 2 / 3  # by hand: precision 1/2, recall 1
