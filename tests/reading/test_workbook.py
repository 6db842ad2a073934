"""Excel workbooks as people and programs write them: what is shown is what is read."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

from analysis.reading import read
from analysis.reading.workbook import read_excel

HEADER = ["id", "Headline", "Full text", "Newspaper", "Date"]
ROW = ["7", "Ferry stays", "The board said so.", "Post", "2021-03-02"]


def workbook(*rows: list, change: Callable = lambda book, sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows_of(data: bytes) -> list[list[str]]:
    table, rejected, _ = read_excel(data)
    assert rejected == []
    return [list(table.columns), *table.to_numpy().tolist()]


def kinds_of(data: bytes) -> list[str]:
    return [note.kind for note in read_excel(data)[2]]


def test_a_plain_workbook_has_no_note():
    assert rows_of(workbook(HEADER, ROW)) == [HEADER, ROW]
    assert kinds_of(workbook(HEADER, ROW)) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One._x000D_\nTwo.", "One.\nTwo."),
        ("One._x000D__x000A_Two.", "One.\nTwo."),
        ("One._x000d_Two.", "One.\nTwo."),
        ("One._x000D_", "One."),
        ("caf_x00e9_", "café"),
        ("a _x005F_x000D_ b", "a _x000D_ b"),  # ECMA-376: _x005F_ is an underscore, so the rest was meant
        ("smile _xD83D__xDE00_", "smile 😀"),
        ("half _xD83D_", "half \ufffd"),
        ("snake_x_case _x12_", "snake_x_case _x12_"),
    ],
)
def test_escapes_are_decoded(written, shown):
    assert rows_of(workbook(["title", "text"], ["a", written]))[1][1] == shown


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (7, "000", "007"),
        (1234, "000", "1234"),
        (7, '"A"0000', "A0007"),
        (12345, "00-000", "12-345"),
        (123456, "00-000", "123-456"),
        (7, "\\N000", "N007"),
        (7, "General", "7"),
        (7.0, "General", "7"),
        (7, "0", "7"),
        (1.5, "0.00", "1.5"),
        (1234, "#,##0", "1234"),
        (-7, "000", "-7"),
        (True, "General", "TRUE"),
        (date(2021, 3, 2), "dd.mm.yyyy", "2021-03-02"),
        (datetime(2021, 3, 2, 9, 20), "dd.mm.yyyy hh:mm", "2021-03-02T09:20:00"),
    ],
)
def test_cells_are_read_as_they_are_shown(number, number_format, shown):
    def change(book, sheet):
        sheet["A2"] = number
        sheet["A2"].number_format = number_format

    assert rows_of(workbook(["id", "title", "text"], [None, "a", "b"], change=change))[1][0] == shown


def test_rows_shorter_and_longer_than_the_header():
    found = rows_of(workbook(["title", "text", "note"], ["a", "b"], ["c", "d", "e", "f"], [], ["g"]))
    assert found == [["title", "text", "note", "column 4"], ["a", "b", "", ""], ["c", "d", "e", "f"], ["g", "", "", ""]]


@pytest.mark.parametrize("above", [[[]], [["Results of March"]], [["Results"], [], ["Search:", "ferry"]]])
def test_rows_above_the_header_are_passed_over(above):
    assert rows_of(workbook(*above, HEADER, ROW)) == [HEADER, ROW]


def test_a_header_of_names_that_are_not_known_is_the_first_row_that_is_not_blank():
    assert rows_of(workbook([], ["kicker", "words"], ["a", "b"])) == [["kicker", "words"], ["a", "b"]]
    data = workbook(["Results"], ["kicker", "words"], ["a", "b"])
    assert list(read_excel(data, ["words"])[0].columns) == ["kicker", "words"]


def test_formulas_without_a_stored_value_are_named():
    def change(book, sheet):
        sheet["C3"] = "=B3&B2"

    table, _, notes = read_excel(workbook(["title", "text", "text2"], ["a", "b", "c"], ["d", "e"], change=change))
    assert table["text2"].tolist() == ["c", ""]
    assert [(note.kind, note.count) for note in notes] == [("no value", 1)]
    assert "(first: C3)" in notes[0]


def test_cells_merged_over_rows_are_named_and_a_merged_title_is_not():
    def change(book, sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("C3:C4")

    rows = [["Results"], ["title", "text", "outlet"], ["a", "b", "Post"], ["c", "d"]]
    notes = read_excel(workbook(*rows, change=change))[2]
    assert [(note.kind, note.count) for note in notes] == [("no value", 1)]
    assert "(first: C3:C4)" in notes[0]


def test_dates_stored_as_numbers_are_days_and_said():
    # 44257 is 2 March 2021 in the count of days from 1900 that Excel uses; 61 in that count is 1 March 1900, too early for news.
    table, _, notes = read_excel(workbook(["title", "text", "Datum", "n"], ["a", "b", 44257, 44257], ["c", "d", 61, 1]))
    assert table.to_numpy().tolist() == [["a", "b", "2021-03-02", "44257"], ["c", "d", "61", "1"]]
    assert [str(note) for note in notes] == [
        "1 dates are stored as numbers and are read as days (44257 in C2 as 2021-03-02)"
    ]


def another_sheet(*rows: list, state: str = "visible", first: str = "visible") -> Callable:
    def change(book, sheet):
        other = book.create_sheet("Other")
        for row in rows:
            other.append(row)
        other.sheet_state, sheet.sheet_state = state, first
        book.active = 1 if first == "hidden" else 0

    return change


@pytest.mark.parametrize(
    ("rows", "change", "title", "kinds"),
    [
        ([HEADER, ROW], another_sheet(), "Ferry stays", []),  # a blank sheet, as old Excel adds two
        ([HEADER, ROW], another_sheet(["n", 3]), "Ferry stays", ["left out"]),
        ([HEADER, ROW], another_sheet(HEADER, ROW), "Ferry stays", ["sheets not read"]),
        ([["Read me"]], another_sheet(HEADER, ROW), "Ferry stays", ["left out"]),
        (
            [HEADER, ["8", "Old", "x", "Post", ""]],
            another_sheet(HEADER, ROW, first="hidden"),
            "Ferry stays",
            ["sheets not read"],
        ),
        ([HEADER, ROW], another_sheet(HEADER, ROW, state="hidden"), "Ferry stays", ["sheets not read"]),
    ],
)
def test_which_sheet_is_read(rows, change, title, kinds):
    table, _, notes = read_excel(workbook(*rows, change=change))
    assert table["Headline"].tolist() == [title]
    assert [note.kind for note in notes] == kinds


@pytest.mark.parametrize(
    ("first", "state", "named"),
    [("hidden", "visible", "'Sheet' (hidden)"), ("visible", "veryHidden", "'Other' (hidden)")],
)
def test_a_hidden_sheet_is_named(first, state, named):
    note = read_excel(workbook(HEADER, ROW, change=another_sheet(HEADER, ROW, first=first, state=state)))[2][0]
    assert f"sheets of articles that are not: {named}" in note


def test_a_cell_that_excel_cut_rejects_its_row():
    _, rejected, _ = read_excel(workbook(["title", "text"], ["a", "x" * 32_767], ["b", "x" * 32_766]))
    assert [unread.position for unread in rejected] == ["row 2"]


def test_a_size_that_a_file_states_wrongly_hides_no_cell():
    import re
    import zipfile

    data = workbook(HEADER, ROW)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', old.read(name)))
    assert rows_of(changed.getvalue()) == [HEADER, ROW]


def test_a_workbook_becomes_articles(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        workbook(
            ["Headline", "Full text", "Newspaper", "Date"], ["Ferry stays", "One._x000D_\n_x000D_\nTwo.", "Post", 44257]
        )
    )
    row = read(path).articles.iloc[0]
    assert (row["headline"], row["body"], row["outlet"]) == ("Ferry stays", "One.\n\nTwo.", "Post")
    assert str(row["date"].date()) == "2021-03-02"
