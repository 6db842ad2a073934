"""The coding sheet as Excel finds it: what may be written where, and nothing of an article that acts."""

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from coding_cases import CODEBOOK, corpus_of, sample_of, towns

import analysis as fa
from analysis.validation.codebooks import Variable
from analysis.validation.sheets import check_of, write_sheet

NUMBER = Variable("tone", "How strong is it?", "match", "other", level="interval", number=(-1.0, 1.0))
WORDS = Variable("note", "What else?", "unit", "other")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    tokens = towns(2)
    wide = replace(CODEBOOK, variables=(*CODEBOOK.variables, NUMBER, WORDS), rules=("In doubt, none.",))
    return write_sheet(sample_of(tokens), tokens, wide, tmp_path_factory.mktemp("sheet") / "a.xlsx", coder="B")


@pytest.fixture(scope="module")
def coding(path):
    return openpyxl.load_workbook(path, rich_text=True)["Coding"]


def column(coding, name):
    return [cell.value for cell in coding[1]].index(name) + 1


def test_a_row_an_item_with_its_context_and_match(coding):
    # By hand: two towns, of each the match and the sentence.
    rows = [[cell.value for cell in row[:7]] for row in coding.iter_rows(min_row=3)]
    assert [row[0] for row in rows] == ["u0000-1", "u0000", "u0001-1", "u0001"]
    assert rows[2][2:4] == ["the marked words", "Rain fell on “town” 1."]
    marked = rows[2][4]
    assert str(marked) == "The mayor of town 1 is weak 🙂."
    assert [(str(part), part.font.b) for part in marked if not isinstance(part, str)] == [("weak", True)]
    assert rows[2][5:] == ["Nobody at the port replied to us in 1.", "weak"]
    assert rows[3][2] == "the sentence"
    assert rows[3][1] == check_of("u0001", "The mayor of town 1 is weak 🙂.")


def test_what_may_be_written_where(coding):
    assert coding.protection.sheet
    assert coding.row_dimensions[1].hidden
    assert coding.column_dimensions["A"].hidden
    assert coding.column_dimensions["B"].hidden
    locked = {
        name: [coding.cell(row, column(coding, name)).protection.locked for row in (3, 4)]
        for name in ("item", "text", "voice", "relevant", "comment")
    }
    assert locked == {
        "item": [True, True], "text": [True, True], "voice": [False, True], "relevant": [True, False], "comment": [False, False],
    }  # fmt: skip


def test_each_column_of_answers_has_its_list(coding, path):
    lists = {str(one.sqref): (one.type, one.formula1, one.formula2) for one in coding.data_validations.dataValidation}
    letter = {
        name: coding.cell(1, column(coding, name)).column_letter
        for name in ("category", "voice", "missed=none", "tone")
    }
    # By hand: the codebook has its head in row 1, three categories, two voices, three of what was missed, two answers.
    assert lists[f"{letter['category']}3:{letter['category']}6"] == ("list", "Codebook!$B$2:$B$4", None)
    assert lists[f"{letter['voice']}3:{letter['voice']}6"] == ("list", "Codebook!$B$5:$B$6", None)
    assert lists[f"{letter['missed=none']}3:{letter['missed=none']}6"] == ("list", '"x"', None)
    assert lists[f"{letter['tone']}3:{letter['tone']}6"] == ("decimal", "-1", "1")
    book = openpyxl.load_workbook(path)["Codebook"]
    assert [cell.value for cell in book["B"]] == [
        "answer", "weakness", "strength", "none: No frame of these", "narrator: The paper", "source: Somebody else",
        "weakness", "strength", "none", "yes", "no", "a number from -1 to 1", "in words", None,
    ]  # fmt: skip
    assert [cell.value for cell in book[2]][2:] == ["Somebody lacks strength.", "a weak mayor", "Not of metals."]


def test_no_text_becomes_a_formula(tmp_path):
    tokens = corpus_of(["=1+1 it said. +2 is weak in @town. =cmd|' /C calc'!A0 it ended."])
    hostile = replace(
        CODEBOOK, name="=1+1", variables=(replace(CODEBOOK.variables[0], question="@SUM(1)"), *CODEBOOK.variables[1:])
    )
    path = write_sheet(sample_of(tokens), tokens, hostile, tmp_path / "a.xlsx", coder="A")
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    assert len(sheets) == 3
    assert not any(re.search(r"<f[ />]", sheet) for sheet in sheets)
    coding = openpyxl.load_workbook(path)["Coding"]
    assert coding["D3"].value == "=1+1 it said."
    assert coding["D3"].quotePrefix


def test_the_same_sample_gives_the_same_bytes(tmp_path):
    tokens = towns(2)
    written = [
        write_sheet(sample_of(tokens), tokens, CODEBOOK, tmp_path / f"{name}.xlsx", coder="A").read_bytes()
        for name in "ab"
    ]
    assert written[0] == written[1]


def test_a_coder_whom_the_sample_does_not_name_is_refused(tmp_path):
    tokens = towns(1)
    with pytest.raises(fa.SchemaError, match="no item is for coder 'C'; known are 'A', 'B'"):
        write_sheet(sample_of(tokens), tokens, CODEBOOK, tmp_path / "a.xlsx", coder="C")
