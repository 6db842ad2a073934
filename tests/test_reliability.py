"""The scorecard of reliability: how a case ends is told rightly, a row below its floor is an error, and no floor falls in silence."""

import json
import time
from collections import Counter
from datetime import date

import pytest

from analysis.core.errors import CorpusError
from reliability import __main__ as scorecard
from reliability import hostile, outcomes, outputs, polluted, tested
from reliability.outcomes import CRASHED, REFUSED, RIGHT, SILENT, Outcome, halved, judged


def refusing() -> str:
    raise CorpusError("a.csv, line 3: no text")


def test_how_a_case_ends():
    assert judged("a", lambda: "") == Outcome("a", RIGHT)
    assert judged("b", lambda: "2 of 3 articles") == Outcome("b", SILENT, "2 of 3 articles")
    assert judged("c", refusing) == Outcome("c", REFUSED, "a.csv, line 3: no text")
    assert judged("d", lambda: {}["x"]) == Outcome("d", CRASHED, "KeyError: 'x'")


def test_a_case_that_hangs_is_a_crash(monkeypatch):
    monkeypatch.setattr(outcomes, "LONGEST", 0.05)
    assert judged("a", lambda: time.sleep(10) or "").kind == CRASHED


def test_what_is_wrong_is_found_by_halves():
    asked = []

    def is_wrong(some):
        asked.append(some)
        return bool({3, 11} & {*some})

    assert list(halved([*range(16)], is_wrong)) == [3, 11]
    assert len(asked) < 20


@pytest.mark.parametrize(
    ("call", "seconds", "kind"),
    [
        (lambda: "listed", 5, RIGHT),
        (lambda: "wrong: lost", 5, SILENT),
        (refusing, 5, RIGHT),
        (lambda: {}["x"], 5, CRASHED),
        (lambda: sum(iter(lambda: 1, 0)), 1, CRASHED),
        (lambda: f"{len(bytearray(b'x') * (200 << 20))}", 5, CRASHED),
    ],
    ids=["listed", "wrong", "refused", "error", "endless", "too much memory"],
)
def test_a_bomb_is_judged_by_what_it_says_and_takes(call, seconds, kind):
    ended = hostile.in_child(call, seconds=seconds)
    assert hostile._outcome("a", ended, seconds=seconds, most=100 << 20).kind == kind


def test_polluted_tables_are_many_and_differ():
    files = dict(polluted.files())
    assert len(files) == len([*polluted.files()]) > 90
    assert len({*files.values()}) == len(files)


def test_names_of_paths_are_many():
    names = outputs.path_names()
    assert len(names) > 5_000
    assert "../../../etc" in names


@pytest.fixture
def measured(tmp_path, monkeypatch):
    ends = [RIGHT] * 8 + [REFUSED, SILENT]
    row = scorecard.Row("Things", lambda _: [Outcome(f"case {n}", end) for n, end in enumerate(ends)], is_quick=True)
    monkeypatch.setattr(scorecard, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(scorecard, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(scorecard, "ROWS", {1: row, 2: scorecard.Row("Absent", lambda _: [])})
    return ends


def test_floors_are_set_raised_and_never_lowered(measured, capsys):
    assert scorecard.main(["--accept"]) == 0
    floor = {"cases": 10, "right": 0.8, SILENT: 1, CRASHED: 0}
    assert json.loads(scorecard.FLOORS.read_text()) == {"1": floor}
    measured[0] = CRASHED
    assert scorecard.main(["--accept"]) == 1
    told = capsys.readouterr()
    assert "row 1, Things: 0.700 are right, the floor is 0.800" in told.err
    assert "row 1, Things: 1 cases end as crash, at most 0 may" in told.err
    assert " 2 Absent: not measured" in told.out
    assert json.loads(scorecard.FLOORS.read_text()) == {"1": floor}
    measured[0] = measured[9] = RIGHT
    assert scorecard.main(["--accept"]) == 0
    assert json.loads(scorecard.FLOORS.read_text())["1"] == floor | {"right": 0.9, SILENT: 0}


def test_other_cases_have_no_floor(measured, tmp_path):
    scorecard.main(["--accept"])
    measured[0] = CRASHED
    assert scorecard.main(["--cases", str(tmp_path)]) == 0
    measured.append(RIGHT)  # nor has a row of more or fewer cases, as where the shared data are not
    assert scorecard.main([]) == 0


def test_a_row_that_is_slow_is_left_out_of_a_quick_run(measured, monkeypatch, capsys):
    monkeypatch.setitem(scorecard.ROWS, 1, scorecard.ROWS[1]._replace(is_quick=False))
    assert scorecard.main(["--quick"]) == 0
    assert capsys.readouterr().out == ""


def test_the_page_has_a_row_each_keeps_older_ones_and_names_what_was_not_measured(measured, monkeypatch):
    score = scorecard.Score(1, "Things", Counter(measured), 1.0)
    page = scorecard.page([score], date(2026, 3, 1))
    assert "| 1 | Things | 10 | 8 | 1 | 1 | 0 | 2026-03-01 |\n| | all | 10 | 8 | 1 | 1 | 0 | |\n" in page
    assert "Not measured: 2 (Absent)." in page
    other = scorecard.Score(2, "Absent", Counter({RIGHT: 1_000}), 1.0)
    page = scorecard.page([other], date(2026, 3, 2), page)
    assert (
        "| 1 | Things | 10 | 8 | 1 | 1 | 0 | 2026-03-01 |\n| 2 | Absent | 1,000 | 1,000 | 0 | 0 | 0 | 2026-03-02 |\n"
        in page
    )
    assert "| | all | 1,010 | 1,008 | 1 | 1 | 0 | |\n" in page
    assert "Not measured" not in page


@pytest.mark.parametrize(
    ("when", "outcome", "said", "kind"),
    [
        ("call", "passed", "", RIGHT),
        ("call", "failed", "E   assert 1 == 2", SILENT),
        ("call", "failed", "E   KeyError: 'x'", CRASHED),
        ("setup", "failed", "E   assert 1 == 2", CRASHED),
        ("setup", "passed", "", None),
        ("call", "skipped", "", None),
    ],
)
def test_a_test_is_a_case(when, outcome, said, kind):
    collector = tested.Collector()
    report = pytest.TestReport("t.py::a", ("t.py", 1, "a"), {}, outcome, said or None, when)
    collector.pytest_runtest_logreport(report)
    assert [one.kind for one in collector.outcomes] == ([kind] if kind else [])


def test_tests_that_are_not_there_are_no_cases_and_others_that_cannot_be_run_an_error(tmp_path):
    assert list(tested.of_tests("tests/no_such_file.py")(tmp_path)) == []
    with pytest.raises(RuntimeError, match="could not be run"):
        list(tested.of_tests("README.md", match="(")(tmp_path))
