"""The quality gate: a figure below its floor is an error, and no floor falls in silence."""

import json
from pathlib import Path

import numpy as np
import pytest

from quality import __main__ as gate
from quality.figures import Figure, f1
from quality.newsmtsc import macro_f1
from quality.texts import content_figures, read_texts, voices_by_strictness


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


def test_slow_measures_are_left_out_of_a_quick_run(measured, monkeypatch, capsys):
    monkeypatch.setattr(gate, "SLOW", ("data",))
    assert gate.main(["--quick"]) == 0
    assert capsys.readouterr().out == ""
    assert gate.main([]) == 0
    assert "thing, F1: 0.800" in capsys.readouterr().out


def test_rows_are_those_of_the_table_in_the_methods(measured, capsys):
    gate.main(["--table"])
    assert capsys.readouterr().out == "| thing, F1 | 0.800 | 0.700 to 0.900 | 0.500 |\n"


def test_macro_f1_is_the_mean_of_three():
    # By hand, gold in rows: F1 of negative 2·2/(3 + 2), of neutral 2·1/(1 + 2), of positive 2·1/(1 + 1).
    cells = np.array([[2, 1, 0], [0, 1, 0], [0, 0, 1]]).ravel()
    assert macro_f1(cells) == pytest.approx((4 / 5 + 2 / 3 + 1) / 3)


def test_contents_are_compared_token_by_token():
    body = "Rain fell. Vale said that the mill was safe."
    texts = read_texts([{"id": "a", "title": "", "body": body}], headlines=False)
    start = body.index("the mill")
    true = texts.covered([{"article_id": "a", "spans": [[start, len(body)]]}], "spans")
    counted = np.ones(len(true), np.bool_)
    figures = {one.name: one for one in content_figures(texts, voices_by_strictness(texts), true, counted, "here")}
    # By hand: of "that the mill was safe" the coder marked all but "that"; no token stands in marks.
    found = figures["called indirect, here, standard, share inside a content"]
    assert (found.n, found.value) == (5, 4 / 5)
    assert figures["attributed content, here, standard, token F1"].n == 4
