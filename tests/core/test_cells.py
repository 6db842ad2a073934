"""No cell that we write is live in a spreadsheet, and each comes back as it was."""

import json

import pandas as pd
import pytest

from analysis.core.cells import guarded, unguarded

OURS = [
    "=1+1",
    "+1",
    "-x",
    "@sum",
    "\t=1",
    " =1",
    "\u00a0=1",
    "'=1",
    "'",
    "|x",
    ";=1",
    '"=1',
    "plain",
    "",
    "a=1",
    "it's",
]


def texts(shared_data):
    path = shared_data / "robustness" / "csv-formula"
    if not path.is_dir():
        return []
    return [json.loads(line)["text"] for file in path.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]


def test_no_live_cell_and_all_come_back(shared_data):
    cells = [*OURS, *texts(shared_data)]
    table = pd.DataFrame({"text": cells, "kind": pd.Categorical(cells), "n": -1.5})
    safe = guarded(table)
    for column in ("text", "kind"):
        assert not safe[column].astype(str).str.lstrip().str.match(r"[=+\-@|%;]").any()
        assert unguarded(safe)[column].tolist() == cells
    assert safe["n"].tolist() == table["n"].tolist()  # a number is a number
    assert table["text"].tolist() == cells  # the argument is left alone


@pytest.mark.parametrize(("text", "expected"), [("=1", "'=1"), ("'=1", "''=1"), ("plain", "plain"), ("a-b", "a-b")])
def test_what_is_guarded(text, expected):
    assert guarded(pd.DataFrame({"t": [text]}))["t"].tolist() == [expected]


def test_missing_cells_stay_missing():
    table = pd.DataFrame({"t": pd.array(["=1", None], dtype="str")})
    assert guarded(table)["t"].isna().tolist() == [False, True]
