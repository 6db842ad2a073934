"""Delimited text in the forms of Excel, R and others comes back cell by cell; what does not fit is refused or said."""

import pytest
from archives.delimited import FORMS, r_without_quotes
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.delimited import is_delimited, read_csv

NAMES = ["Headline", "Full text", "Newspaper", "n"]
ROWS = [
    ["Ferry; stays, for now", 'The board said "yes".\nAnd left | went.', "Quay Post", "1.234,50"],
    ["Bridge opens", "The mayor\tsaid so.", None, "-3,5"],
    ["Tram late", "A path C:\\new was shown.", "Lantern", "7"],
]


def rows_of(text: str) -> list[list[str]]:
    """Return what the reader finds, without R's row names; NA of R and a blank cell are both no value."""
    table, rejected, _ = read_csv(text.replace("\r\n", "\n"))
    assert rejected == []
    table = table.drop(columns="row_name", errors="ignore")
    assert list(table.columns) == NAMES
    return [["" if cell == "NA" else cell for cell in row] for row in table.to_numpy().tolist()]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_cells(form):
    # Expected: what the generator was given. Numbers stay as they are written, with their comma or point.
    assert rows_of(FORMS[form](NAMES, ROWS)) == [[cell or "" for cell in row] for row in ROWS]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\\"), min_size=1, max_size=12).filter(
    lambda cell: cell.strip() == cell and cell != "NA"
)


@given(st.lists(st.tuples(cells, cells, cells, cells), min_size=3, max_size=5), st.sampled_from(sorted(FORMS)))
def test_any_cells_come_back_from_any_form(rows, form):
    assert rows_of(FORMS[form](NAMES, rows)) == [list(row) for row in rows]


def test_tabs_without_quoting_keep_their_quotation_marks_and_say_so():
    rows = [["Ferry stays", '"Weak" is what he said', "Post", "1"], ['"We left', "So it is.", "Post", "2"]]
    text = r_without_quotes(NAMES, rows)
    assert rows_of(text) == rows
    notes = read_csv(text)[2]
    assert [note.kind for note in notes] == ["mended", "mended"]
    assert "quotation marks are read as text" in notes[1]


@pytest.mark.parametrize("text", ['title,body\nx,"open\n', 'title\tbody\nx\t"open\nmore\n', 'title;body\n"a" b;c\n'])
def test_a_mark_that_is_not_closed_stays_an_error(text):
    with pytest.raises(CorpusError, match="a quotation mark that opens there is not closed"):
        read_csv(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("title|body\nx, z|y\n", ["title", "body"]),
        # The header has more commas than semicolons, but only the semicolon parts it into names that are known.
        ("Titel;Text;Wert, in EUR, netto, 2020\na;b;1\n", ["Titel", "Text", "Wert, in EUR, netto, 2020"]),
        ("\n ;;\ntitle;body\nx;y\n", ["title", "body"]),
        ('"sep=|"\ntitle|body\nx|y\n', ["title", "body"]),
        ("title,body,,\nx,y,,\n", ["title", "body"]),
        ("title,,body,\nx,1,y,\n", ["title", "column 2", "body"]),
        ("kicker,words\nx,y\n", ["kicker", "words"]),
        ('title, "body"\nx, "y, z"\n', ["title", "body"]),
    ],
)
def test_what_parts_the_cells_and_which_columns_there_are(text, names):
    table, rejected, notes = read_csv(text)
    assert (list(table.columns), rejected, notes) == (names, [], [])
    assert len(table) == 1


def test_lines_above_the_header_are_said_and_count_for_the_lines_of_rejected_rows():
    table, rejected, notes = read_csv("Export of March\n\ntitle,body\na,b\nshort\nc,d\n")
    assert table["title"].tolist() == ["a", "c"]
    assert [unread.position for unread in rejected] == ["line 5"]
    assert [str(note) for note in notes] == [
        "the table begins in line 3; what stands above it is not read ('Export of March')"
    ]


def test_a_quotation_after_a_delimiter_and_a_blank_stays_text_where_cells_are_not_quoted():
    table, rejected, _ = read_csv('title;body\nx; "We are weak" he said\n')
    assert (table["body"].tolist(), rejected) == ([' "We are weak" he said'], [])


def test_a_header_below_a_title_is_found_by_the_columns_that_were_named():
    table, _, _ = read_csv("Export of March\nkicker,words\na,b\n", ["words"])
    assert table["words"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title,body\nMayor, clerk,text\nBaker, judge,text\nWell, tram,text\n", 0),  # commas that lack their marks
        ("title;body\n1;a;b\n2;c;d\n", 2),  # row numbers
        ("title;body\nx;a;b\ny;c;d\nz;e;f\n", 3),  # row names
        ("title;body\nx;a;b\nx;c;d\nz;e;f\n", 0),  # no row names: one stands twice
    ],
)
def test_row_names_of_r_are_told_from_rows_that_are_too_long(text, expected):
    table, rejected, _ = read_csv(text)
    assert len(table) == expected
    assert ("row_name" in table.columns) == (expected > 0)
    assert bool(rejected) == (expected == 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sep=;\nTitel;Text\na;b\n", True),
        ('"outlet" "text"\n"1" "A" "b"\n', True),
        ("Zeitung|Volltext\nA|b\n", True),
        ("Mayor wins, clerk says\n\nIt was close.", False),
        ("Text\n\nA story.", False),
    ],
)
def test_a_text_file_is_a_table_by_its_first_line(text, expected):
    assert is_delimited(text) is expected


def test_forms_are_read_from_files_with_their_articles(tmp_path):
    for form, write in FORMS.items():
        (tmp_path / f"{form}.csv").write_bytes(write(NAMES, ROWS).encode())
    corpus = read(tmp_path, boilerplate="keep")
    assert len(corpus.rejected) == 0
    for _, articles in corpus.articles.groupby("source_file"):
        assert articles["headline"].tolist() == [row[0] for row in ROWS]
        assert articles["outlet"].fillna("").tolist() == ["Quay Post", "", "Lantern"]
    assert corpus.files["n_kept"].tolist() == [3] * len(FORMS)
