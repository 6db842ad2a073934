"""Mark-up and entities in cells of tables and JSON: read as text where they are mark-up, left where they are words."""

import json
import time

import pandas as pd
import pytest

import analysis as fa
from analysis.reading import read
from analysis.reading.cell_markup import has_markup, html_text, plain_text

# By hand: what a browser shows of the cell, its blocks parted by a blank line.
DECODED = {
    "<p>The board&#8217;s vote.</p><p>It <strong>was</strong> close.</p>": "The board’s vote.\n\nIt was close.",
    "&quot;The minister is weak,&quot; P said.": '"The minister is weak," P said.',
    "It isn&#39;t weak": "It isn't weak",
    "It isn&amp;#39;t weak": "It isn't weak",
    "Smith & Sons &amp; Co": "Smith & Sons & Co",
    "&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;": "One & two\n\nThree",
    "One&lt;br /&gt;&lt;br /&gt;Two": "One\n\nTwo",
    "One<br>two<br/><BR />Three": "One two\n\nThree",
    "One <i>old</i> boat.\n\nTwo\nlines.": "One old boat.\n\nTwo\nlines.",
    "<p>One\nwrapped</p>\n\nTwo": "One wrapped\n\nTwo",
    '<figure><img src="a"><figcaption>A > b</figcaption></figure><p>Body&nbsp;&hellip;</p><p>&nbsp;</p>': "Body\u00a0…",
    "<P class=\"a\" data-b='1 > 0' hidden>One": "One",
    "<script>if (a<b) {}</script>One<!-- <p>no</p> -->": "One",
    '<a href="https://a.invalid/?x=1&amp;y=2">One</a> &#x201C;two&#x201D;': "One “two”",
    "<ul><li>One</li><li>Two</li></ul>": "One\n\nTwo",
    "<p>use <code>&lt;b&gt;</code></p>": "use <b>",
    '<p>One</p><p class="wp-caption-text">The quay</p>': "One",
}
KEPT = [
    "if x<y and y>z",
    "a<b and b>c",
    "a < b > c",
    "AT&T, R&D; &c and Q&A;",
    "fish &chips; and M&S;",
    "I <3 this",
    "<name@a.invalid> wrote",
    "<unknown>x</unknown>",
    "5 & 6; 7 &lt 8",
    "STANDARD OIL <SRD> TO FORM",
    "",
]


@pytest.mark.parametrize(("cell", "text"), DECODED.items())
def test_markup_is_read_as_a_browser_shows_it(cell, text):
    assert plain_text(cell) == text
    assert has_markup(pd.Series([cell], dtype="str")).tolist() == [True]


@pytest.mark.parametrize("cell", KEPT)
def test_what_is_no_markup_stays_character_for_character(cell):
    assert plain_text(cell) == cell
    assert has_markup(pd.Series([cell], dtype="str")).tolist() == [False]


@pytest.mark.parametrize("text", [*DECODED.values(), *KEPT])
def test_plain_text_is_left_alone_the_second_time(text):
    assert plain_text(text) == text or text == "use <b>"


def test_a_field_that_is_html_has_no_lines_of_its_own():
    assert html_text("One\nwrapped\n\nTwo &amp; three") == "One wrapped\n\nTwo & three"


def test_the_mask_is_the_same_as_asking_each_cell():
    cells = pd.Series([*DECODED, *KEPT, None, "ä" * 50 + "<p>"] * 3, dtype="str")
    wanted = [isinstance(cell, str) and plain_text(cell) != cell for cell in cells]
    assert has_markup(cells).tolist() == wanted
    assert has_markup(cells.iloc[5:40]).tolist() == wanted[5:40]
    assert has_markup(pd.Series([], dtype="str")).tolist() == []


TABLE = pd.DataFrame({"title": ["Ferry &amp; sails", "AT&T"], "text": ["<p>One.</p><p>Two.</p>", "if x<y and y>z"]})
READ = [["Ferry & sails", "One.\n\nTwo."], ["AT&T", "if x<y and y>z"]]


def write(table, path):
    if path.suffix == ".csv":
        table.to_csv(path, index=False)
    elif path.suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        path.write_text(json.dumps(table.to_dict("records")))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".json"])
@pytest.mark.parametrize("boilerplate", ["cut", "keep"])
def test_every_kind_of_table_is_decoded_and_says_so(tmp_path, suffix, boilerplate):
    path = tmp_path / f"a{suffix}"
    write(TABLE, path)
    corpus = read(path, boilerplate=boilerplate)
    assert corpus.articles[["headline", "body"]].to_numpy().tolist() == READ
    notes = [note for note in corpus.notes if note.kind == "mark-up read"]
    assert [(note.count, note.file) for note in notes] == [(1, str(path))]
    assert "mark-up" not in [note.kind for note in corpus.notes]


def test_a_table_that_is_kept_stays_character_for_character():
    corpus = read(TABLE, boilerplate="keep")
    assert corpus.articles[["headline", "body"]].to_numpy().tolist() == TABLE.to_numpy().tolist()
    assert "mark-up" in [note.kind for note in corpus.notes]
    assert read(TABLE).articles[["headline", "body"]].to_numpy().tolist() == READ


def test_a_clean_table_has_no_note_of_markup():
    corpus = read(pd.DataFrame({"title": KEPT[:5], "text": KEPT[:5]}))
    assert not {"mark-up", "mark-up read"} & {note.kind for note in corpus.notes}


def test_decoded_words_are_quoted_and_negated(tmp_path):
    # By hand: the first is said by Pell in marks, the second is negated.
    (tmp_path / "a.csv").write_text(
        "headline,text\nOne,&quot;The minister is weak&quot; said Ann Pell.\nTwo,The minister isn&#39;t weak at all.\n"
    )
    tokens = fa.tokenize(read(tmp_path / "a.csv"))
    (tmp_path / "frames.yml").write_text("weakness:\n  - weak\n")
    hits = fa.find_hits(tokens, fa.read_lexicon(tmp_path / "frames.yml"))
    assert hits["voice"].tolist() == ["direct", "narrator"]
    assert hits["negated"].tolist() == [False, True]


def test_clean_cells_cost_little():
    # A bound far above what is measured (0.03 s), so that only another kind of search can break it.
    cells = pd.Series(["The board voted on Tuesday to keep the old ferry in service. " * 10] * 100_000, dtype="str")
    begin = time.process_time()
    assert not has_markup(cells).any()
    assert time.process_time() - begin < 1
