"""Each format is read back by another program's reader; what cannot be written is an error that says what can."""

import math
import re
import sys
import zipfile
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

import analysis as fa
from analysis.exporting.plain_csv import csv_for_excel
from analysis.exporting.sheets import workbook
from analysis.exporting.writing import WRITERS

HARD = r"=1+1 50% & $5 #1_a {b} ~c^d \e | <b> *h* [f]"


@pytest.fixture
def table():
    """Return rates of two outlets; the name of one is made of signs that every format reserves."""
    made = pd.DataFrame(
        {
            "outlet": [HARD, "[B]\x00"], "category": ["economic_consequences", "threat"], "n_articles": [1200, 3],
            "rate_per_1000": [12.34567890123, 0.0], "rate_low": [8.1, math.nan], "rate_high": [18.4, math.nan],
            "reason": ["", "too few: no interval"],
        }
    )  # fmt: skip
    made.attrs = {
        "interval": "95% BCa",
        "lexicon": "my_own",
        "lexicon_version": "1",
        "lexicon_hash": "e1",
        "corpus_hash": "c0",
    }
    return made


CAPTION = "Money. Lexicon: my_own 1 (e1). Corpus: c0."
NOTE = "In brackets: 95% interval (BCa). (a) too few: no interval."


def test_word_has_a_real_table_with_caption_head_alt_text_and_note(table, tmp_path):
    document = Document(fa.export(table, tmp_path / "t.docx", caption="Money"))
    (written,) = document.tables
    assert [[cell.text for cell in row.cells] for row in written.rows] == [
        ["outlet", "category", "articles", "rate per 1,000 words [95% interval]"],
        [HARD, "economic consequences", "1,200", "12.3 [8.1, 18.4]"],
        ["[B]\ufffda", "threat", "3", "0.0"],
    ]
    assert written.rows[2].cells[0].paragraphs[0].runs[1].font.superscript
    caption, note = document.paragraphs
    assert caption.style.name == "Caption"
    assert "".join(text.text for text in caption._element.iter(qn("w:t"))) == f"Table 1. {CAPTION}"
    assert caption._element.find(qn("w:fldSimple")).get(qn("w:instr")) == r"SEQ Table \* ARABIC"
    assert note.text == f"Note. {NOTE}"
    properties = written._tbl.tblPr
    assert (
        properties.find(qn("w:tblDescription"))
        .get(qn("w:val"))
        .startswith("Money. A table of 2 rows. Columns: outlet, category")
    )
    # The order in which the standard (ECMA-376, 17.4.59) lists them; Word refuses another.
    order = ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    names = [child.tag.partition("}")[2] for child in properties]
    assert names == [name for name in order if name in names]
    assert written._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None


def test_a_table_too_wide_for_word_says_what_to_do(tmp_path):
    wide = pd.DataFrame({f"x{n}": [1] for n in range(64)})
    with pytest.raises(
        fa.FramingError, match=r"^export: the table has 64 columns, a table in Word at most 63; choose columns"
    ):
        fa.export(wide, tmp_path / "t.docx")


def test_latex_escapes_its_signs_and_no_row_begins_with_an_option(table, tmp_path):
    text = fa.export(table, tmp_path / "my table.tex", caption="Money").read_text(encoding="utf-8")
    # By hand, after the LaTeX Companion (3rd ed., 2023).
    hard = (
        r"=1+1 50\% \& \$5 \#1\_a \{b\} \textasciitilde{}c\textasciicircum{}d \textbackslash{}e \textbar{} \textless{}b\textgreater{} "
        r"*h* [f]"
    )
    assert text.splitlines() == [
        r"% Needs \usepackage{booktabs} in the preamble.",
        r"\begin{table}", r"\centering", r"\caption{Money. Lexicon: my\_own 1 (e1). Corpus: c0.}", r"\label{tab:my-table}",
        r"\begin{tabular}{p{0.80\linewidth}lrr}", r"\toprule",
        r"outlet & category & articles & rate per 1,000 words [95\% interval] \\", r"\midrule",
        rf"{hard} & economic consequences & 1,200 & 12.3 [8.1, 18.4] \\",
        "{}[B]\ufffd" + r"\textsuperscript{a} & threat & 3 & 0.0 \\", r"\bottomrule", r"\end{tabular}",
        r"\par\smallskip{\footnotesize\emph{Note.} In brackets: 95\% interval (BCa). (a) too few: no interval.\par}", r"\end{table}",
    ]  # fmt: skip


def test_a_long_latex_table_runs_over_pages_with_its_head_on_each(tmp_path):
    text = fa.export(pd.DataFrame({"x": range(41)}), tmp_path / "t.tex").read_text()
    assert text.count(r"x \\") == 2 and text.count(r"\begin{longtable}{r}") == 1 and r"\endhead" in text
    for opened in re.findall(r"\\begin\{(\w+)\}", text):
        assert text.count(f"\\end{{{opened}}}") == 1


def test_markdown_is_one_table_for_a_reader_of_it(table, tmp_path):
    text = fa.export(table, tmp_path / "t.md", caption="Money").read_text(encoding="utf-8")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [
        token.content if not token.children else "".join(part.content for part in token.children)
        for token in tokens
        if token.type == "inline"
    ]
    assert inline == [
        CAPTION, "outlet", "category", "articles", "rate per 1,000 words [95% interval]", HARD, "economic consequences", "1,200",
        "12.3 [8.1, 18.4]", "[B]\ufffd (a)", "threat", "3", "0.0", f"Note. {NOTE}",
    ]  # fmt: skip


def test_a_workbook_has_all_digits_readable_names_and_no_formula(table, tmp_path):
    book = openpyxl.load_workbook(fa.export(table, tmp_path / "t.xlsx", caption="Money"))
    rows = list(book["Table"].iter_rows(values_only=True))
    assert rows[0][:4] == ("outlet", "category", "articles", "rate per 1,000 words")
    assert rows[1] == (f"'{HARD}", "economic consequences", 1200, 12.34567890123, 8.1, 18.4, None)
    assert rows[2][:4] == ("[B]\ufffd", "threat", 3, 0)
    assert all(cell.data_type != "f" for row in book["Table"].iter_rows() for cell in row)
    about = list(book["About"].iter_rows(values_only=True))
    assert about[0][:2] == ("caption", "Money. Intervals: 95% BCa. Lexicon: my_own 1 (e1). Corpus: c0.")
    assert ("column: rate per 1,000 words", "rate_per_1000", "1,000 · hits / words") in about


def test_a_text_too_long_for_a_cell_is_refused_and_never_cut(tmp_path):
    long = pd.DataFrame({"body": ["short", "x" * 40_000]})
    with pytest.raises(fa.FramingError) as caught:
        fa.export(long, tmp_path / "t.xlsx")
    assert str(caught.value) == (
        "export: column 'body', row 2: a text of 40,000 characters, a cell of .xlsx holds 32,766; write .csv, or leave the column out"
    )


def test_more_rows_than_a_sheet_holds_are_refused():
    long = pd.DataFrame({"x": range(1_048_576)})
    with pytest.raises(fa.FramingError, match=r"has 1,048,576 rows and 1 columns, a sheet of \.xlsx at most 1,048,575"):
        workbook(long, title="T")


def test_csv_is_the_table_with_its_own_names(table, tmp_path):
    data = fa.export(table, tmp_path / "t.csv").read_bytes()
    back = pd.read_csv(BytesIO(data))
    assert list(back.columns) == list(table.columns)
    assert back["rate_per_1000"].tolist() == table["rate_per_1000"].tolist()
    assert back["outlet"][0] == f"'{HARD}"
    assert csv_for_excel(table) == b"\xef\xbb\xbf" + data


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_spss_and_stata_have_labels_and_all_digits(table, suffix, tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat", reason="the extra spss is not installed")
    table = table.assign(
        outlet=["Mäil", None],
        negated=[True, False],
        date=pd.to_datetime(["2025-01-02", None]),
        n_stated=pd.array([4, None], "Int64"),
    )
    path = str(fa.export(table, tmp_path / f"t{suffix}", caption="Money"))
    back, told = getattr(pyreadstat, f"read_{suffix[1:]}")(path)
    assert told.column_names_to_labels["rate_per_1000"] == "1,000 · hits / words"
    assert told.file_label == "Money"
    assert back["rate_per_1000"].tolist() == table["rate_per_1000"].tolist()
    assert back["rate_low"].isna().tolist() == back["n_stated"].isna().tolist() == [False, True]
    assert back["negated"].tolist() == [1, 0]
    assert back["outlet"].fillna("").tolist() == ["Mäil", ""]
    assert str(back["date"][0])[:10] == "2025-01-02"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            {"my name": [1]},
            r"^export: \.dta has no variable 'my name': a name there is a letter, then up to 31 letters, digits and '_'",
        ),
        (
            {"body": ["x" * 3000]},
            r"^export: column 'body' has a text of 3,000 bytes, \.dta holds 2,045; leave the column out, or write",
        ),
    ],
)
def test_what_stata_cannot_hold_is_refused(table, message, tmp_path):
    pytest.importorskip("pyreadstat", reason="the extra spss is not installed")
    with pytest.raises(fa.FramingError, match=message):
        fa.export(pd.DataFrame(table), tmp_path / "t.dta")


def test_without_the_extra_the_error_names_it(table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(fa.FramingError) as caught:
        fa.export(table, tmp_path / "t.sav")
    assert str(caught.value) == (
        "export: .sav needs pyreadstat, which is not installed; pip install 'media-framing-analysis[spss]'"
    )


@pytest.mark.parametrize("suffix", [".docx", ".tex", ".md", ".xlsx", ".csv"])
def test_the_same_table_gives_the_same_bytes(table, suffix, tmp_path):
    first = fa.export(table, tmp_path / f"a{suffix}", caption="Money").read_bytes()
    if zipfile.is_zipfile(BytesIO(first)):
        with zipfile.ZipFile(BytesIO(first)) as archive:
            dates = re.findall(rb"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml"))
            assert dates == [b"2000-01-01T"] * 2
    assert fa.export(table, tmp_path / f"a{suffix}", caption="Money").read_bytes() == first


def test_an_index_with_a_name_is_a_column_and_capitals_of_the_ending_do_not_matter(tmp_path):
    table = pd.DataFrame({"n_hits": [2]}, index=pd.Index(["A"], name="outlet"))
    assert fa.export(table, tmp_path / "T.CSV").read_text() == "outlet,n_hits\nA,2\n"
    assert fa.export(pd.DataFrame({"x": [1, 2]}).tail(1), str(tmp_path / "t.csv")).read_text() == "x\n2\n"


SUFFIXES = ".docx, .tex, .md, .xlsx, .csv, .sav or .dta"


def test_every_known_ending_is_named():
    assert SUFFIXES.replace(" or", ",").split(", ") == list(WRITERS)


def test_a_folder_that_is_not_there_is_made_as_for_every_other_output(tmp_path):
    path = fa.export(pd.DataFrame({"x": [1]}), tmp_path / "new" / "folder" / "t.csv")
    assert path.read_text(encoding="utf-8") == "x\n1\n"


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [
        ({"x": [1]}, "t.pdf", f"export: {{path}}: the ending '.pdf' is not known; write {SUFFIXES}"),
        ({"x": [1]}, "t", f"export: {{path}}: the name has no ending, which says the format; write {SUFFIXES}"),
        ({"x": [1]}, "", "export: {path} is a folder; give the file in it, such as {path}/table.docx"),
        (
            {"x": []}, "t.csv",
            "export: the table has no row (columns: 'x'); there is nothing to write. See what left it empty, such as a choice of rows",
        ),
        (
            [1], "t.csv",
            "export: found list, needed is a pandas.DataFrame, such as fa.rates returns; a field of a result that holds several is one "
            "(fa.describe(corpus).by_outlet)",
        ),
        (pd.DataFrame([[1, 2]], columns=["x", "x"]), "t.csv", "export: the column 'x' stands twice; rename one, or leave it out"),
        (
            pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "t.csv",
            "export: the columns have names on several levels; give a table with one row of names",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_written_says_why(table, name, message, tmp_path):
    path = tmp_path / name if name else tmp_path
    given = pd.DataFrame(table) if isinstance(table, dict) else table
    with pytest.raises(fa.FramingError) as caught:
        fa.export(given, path)
    assert str(caught.value) == message.format(path=path)
    assert [*tmp_path.iterdir()] == []
