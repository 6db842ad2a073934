"""CSV, JSON Lines, Parquet and DataFrames."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.reading import read


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiters_and_words_that_look_missing(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    rows = [["ID", "Title", "Text", "topic"], ["007", "NA", '"null, ""None""; x"', "1"], ["8", "", "None left", ""]]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
    articles = read(path).articles
    assert articles["article_id"].tolist() == ["007", "8"]
    # A whole cell NA is a missing headline (`missing words by column`); words within a text stay.
    assert articles["headline"].tolist() == ["", ""]
    assert articles["body"].tolist() == ['null, "None"; x', "None left"]
    assert articles["topic"].tolist() == ["1", ""]


def test_csv_rows_of_wrong_length_are_rejected_with_their_line(tmp_path):
    path = tmp_path / "a.csv"
    # The first row takes lines 2 and 3, so the short one is line 4; line 5 is blank, and the long row is line 6.
    path.write_text('title,body\n"two\nlines",x\nshort\n\na,b,c\nlast,y\n')
    corpus = read(path)
    assert corpus.articles["article_id"].tolist() == ["a-1", "a-2"]
    assert corpus.articles["headline"].tolist() == ["two\nlines", "last"]
    assert corpus.rejected.to_numpy().tolist() == [
        [str(path), "line 4", "1 cells where the header has 2", "short"],
        [str(path), "line 6", "3 cells where the header has 2", "a,b,c"],
    ]


def test_csv_unclosed_quote(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('title,body\nx,y\nx,"open\nmore\n')
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path}, line 3: unexpected end of data; a quotation mark that opens there is not closed, or not doubled"
    )


def test_csv_column_twice(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("body,body\nx,y\n")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value) == f"{path}, line 1: a column name stands twice in ['body', 'body']; rename one"


def test_csv_without_text_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,words\n1,x\n")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value) == (f"{path}: no text column; found 'id', 'words'; name one with columns={{'body': '…'}}")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_empty_table_file_is_refused_with_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_text("")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: no text column")


def test_a_long_cell_is_read_whole(tmp_path):
    path = tmp_path / "a.csv"
    # 140,000 is above the 131,072 characters at which Python's csv module stops unless told otherwise.
    path.write_text("body\n" + "x" * 140_000 + "\n")
    assert len(read(path).articles.at[0, "body"]) == 140_000


def test_jsonl_rejects_bad_lines_and_keeps_the_rest(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = ['{"id": 1.50, "title": "x", "n": 10}', "", "[1]", '{"title": ', '{"title": "\\ud800"}']
    path.write_text("\n".join([*lines, '{"id": "2", "title": null, "body": "None left", "n": true}']))
    corpus = read(path)
    assert corpus.articles[["article_id", "headline", "body", "n"]].to_numpy().tolist() == [
        ["1.50", "x", "", "10"],
        ["2", "", "None left", "true"],
    ]
    assert corpus.rejected.to_numpy().tolist() == [
        [str(path), "line 3", 'not a JSON object of the form {"headline": …}', "[1]"],
        [
            str(path),
            "line 4",
            "not valid JSON (Expecting value: line 1 column 11 (char 10))",  # json's own words
            '{"title": ',
        ],
        [str(path), "line 5", "half of a surrogate pair, which is no character", '{"title": "\\ud800"}'],
    ]


def test_parquet_keeps_further_columns_and_takes_written_days(tmp_path):
    path = tmp_path / "a.parquet"
    late = pd.Series(pd.to_datetime(["2020-01-31 23:30"])).dt.tz_localize("America/New_York")
    pd.DataFrame({"text": ["x"], "published": late, "topic": [3]}).to_parquet(path)
    row = read(path).articles.iloc[0]
    # In UTC the same moment is 1 February; the written day counts.
    assert (row["article_id"], row["date"], row["topic"]) == ("a-1", pd.Timestamp("2020-01-31"), 3)


def test_what_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"no parquet")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: cannot be read as Parquet (")
    assert str(caught.value).endswith("); export it again")


def test_dates_that_name_no_day_are_kept_as_written_and_noted():
    dates = ["2020-01-31 23:30 -0500", "2020-01-31T23:30:00Z", "July 2019", "0000-00-00", None, ""]
    corpus = read(pd.DataFrame({"body": [f"{n} words of a body" for n in range(6)], "date": dates}))
    assert corpus.articles["date"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2020-01-31"] * 2
    assert corpus.articles["date"].isna().tolist() == [False] * 2 + [True] * 4
    assert corpus.articles["date_raw"].dropna().tolist() == ["July 2019", "0000-00-00"]
    (note,) = [note for note in corpus.notes if note.kind == "dates unread"]
    assert note == "table: 2 of 6 dates name no day (first: 'July 2019'); see column date_raw"


def test_a_column_of_dates_that_may_be_read_in_two_ways_asks_for_the_order():
    table = pd.DataFrame({"body": ["x"], "date": ["03/04/2020"]})
    with pytest.raises(CorpusError, match=r"may be 2020-04-03 \(day first\) or 2020-03-04 \(month first\)"):
        read(table)
    assert read(table, dates="day first").articles["date"].tolist() == [pd.Timestamp("2020-04-03")]


def test_both_ways_of_reading_csv_give_the_same_rows(tmp_path):
    # The stray quotation mark in the last cell sends the second file to the row-by-row reader.
    rows = 'id,title,body\n1,"a ""b"", c","two\nlines"\n\n2,,NA left\n3,x,{}\n'
    (tmp_path / "a.csv").write_text(rows.format("plain"))
    (tmp_path / "b.csv").write_text(rows.format('5" pipe'))
    one, two = (read(tmp_path / name).articles for name in ("a.csv", "b.csv"))
    assert one.iloc[:2].drop(columns="source_file").equals(two.iloc[:2].drop(columns="source_file"))
    assert two["body"].tolist()[2] == '5" pipe'


def test_a_json_key_that_stands_twice_is_rejected(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "x", "body": "y"}\n{"body": "z"}\n')
    corpus = read(path)
    assert corpus.articles["body"].tolist() == ["z"]
    assert corpus.rejected["reason"].tolist() == ["not valid JSON (the key 'body' stands twice)"]


def test_two_columns_of_one_name_in_a_table_are_refused():
    table = pd.DataFrame([["x", "y"]], columns=["body", "body"])
    with pytest.raises(CorpusError, match="table: the column name 'body' stands twice; rename one"):
        read(table)


def test_a_column_that_another_one_stands_in_for_is_kept_under_another_name():
    row = read(pd.DataFrame({"headline": ["a"], "Kicker": ["b"]}), {"headline": "Kicker"}).articles.iloc[0]
    assert (row["headline"], row["headline_as_found"]) == ("b", "a")


def test_a_named_column_goes_before_a_usual_name():
    table = pd.DataFrame({"headline": ["a"], "Kicker": ["b"], "text": ["c"], "summary": ["d"]})
    row = read(table, {"headline": "Kicker"}).articles.iloc[0]
    assert (row["headline"], row["standfirst"], row["body"]) == ("b", "d", "c")


ALLOWED = "article_id, outlet, date, headline, standfirst, body, url, byline, section, source_file, lead_paragraphs"


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        ({"words": ["x"]}, None, "table: no text column; found 'words'; name one with columns={'body': '…'}"),
        ({"body": ["x"]}, {"headline": "kop"}, "table: no column 'kop' (given for 'headline'); found 'body'"),
        (
            {"body": ["x"]},
            {"titel": "body"},
            f"table: columns= names 'titel', which is no column of ARTICLES; allowed are {ALLOWED}",
        ),
        (
            {"body": ["x", 3]},
            None,
            "table, row 2, column 'body': found 3, which is no text; convert the column to strings",
        ),
    ],
)
def test_unusable_tables(table, columns, message):
    with pytest.raises(CorpusError) as caught:
        read(pd.DataFrame(table), columns)
    assert str(caught.value) == message


def test_half_a_surrogate_pair_in_a_table_is_refused_or_rejected():
    table = pd.DataFrame({"body": pd.Series(["x", "\ud800"], dtype=object)})
    try:
        corpus = read(table)
    except CorpusError:
        return
    assert corpus.articles["body"].tolist() == ["x"]
    assert len(corpus.rejected) == 1


cells = st.one_of(st.none(), st.text(max_size=12))


@given(st.lists(st.tuples(cells, cells, st.sampled_from(["a", "b", "c", None])), max_size=6))
def test_every_article_is_kept_unchanged_or_rejected(rows):
    table = pd.DataFrame(rows, columns=["headline", "body", "article_id"], dtype=object)
    corpus = read(table, boilerplate="keep")
    assert len(corpus.articles) + len(corpus.rejected) == len(rows)
    given_texts = [(headline or "", "", body or "") for headline, body, _ in rows]
    assert all(tuple(texts) in given_texts for texts in corpus.articles[list(TEXT_FIELDS)].to_numpy().tolist())
    assert not corpus.articles[list(TEXT_FIELDS)].isna().any(axis=None)
