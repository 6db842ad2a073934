"""JSON of web services and collecting programs: each field in its column, whatever wraps the records, and no JSON source as text."""

import json

import pandas as pd
import pytest
from archives.services import FORMS, answer, expected
from archives.stories import stories
from test_archives import assert_rows

from analysis.cli import main
from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.services import services


def written(tmp_path, content, name="a.json"):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def kinds(corpus):
    return [note.kind for note in corpus.notes]


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_service_is_read(tmp_path, form):
    made = stories(11, 20)
    (tmp_path / "a.json").write_bytes(answer(form, made))
    corpus = read(tmp_path / "a.json", boilerplate="keep")
    assert_rows(corpus, expected(form, made))
    assert not {"mark-up read", "text not taken"} & {*kinds(corpus)}


@pytest.mark.parametrize("form", FORMS)
def test_records_in_lines_are_read_as_those_of_an_answer(tmp_path, form):
    made = stories(12, 5)
    (tmp_path / "a.jl").write_bytes(answer(form, made, lines=True))
    assert_rows(read(tmp_path / "a.jl", boilerplate="keep"), expected(form, made))


def test_the_command_line_reads_an_answer(tmp_path):
    made = stories(13, 3)
    (tmp_path / "a.json").write_bytes(answer("guardian", made))
    assert main(["read", str(tmp_path / "a.json"), "--out", str(tmp_path / "a.parquet"), "--boilerplate", "keep"]) == 0
    assert pd.read_parquet(tmp_path / "a.parquet")["body"].tolist() == [story.body for story in made]


@pytest.mark.parametrize(("form", "kind"), [("gdelt", "no body"), ("nyt", "cut body"), ("guardian", None)])
def test_a_missing_or_cut_body_is_noted(tmp_path, form, kind):
    (tmp_path / "a.json").write_bytes(answer(form, stories(14, 5)))
    found = [name for name in kinds(read(tmp_path / "a.json")) if name in ("no body", "cut body")]
    # Once: what the service does not give is no second note that a column was not found.
    assert found == ([kind] if kind else [])


def test_services_are_declared_once_and_their_paths_lead_to_columns():
    names = [(service.name, service.signs) for service in services()]
    assert len(names) == len({*names})
    assert all(service.paths and {"headline", "date"} <= service.paths.keys() for service in services())


ARTICLE = {"title": "Ferry stays", "text": "The board voted.", "date": "2021-03-02", "outlet": "Quay"}


@pytest.mark.parametrize(
    "wrapped",
    [
        [ARTICLE],
        ARTICLE,
        {"articles": [ARTICLE]},
        {"response": {"docs": [ARTICLE]}},
        {"status": "ok", "data": {"page": {"items": [ARTICLE], "tags": [{"name": "x"}]}}},
        [{"response": {"results": [ARTICLE]}}],
        {"hits": {"total": 1, "hits": [{"_id": "1", "_source": ARTICLE}]}},
        {"data": [{"type": "article", "attributes": ARTICLE}]},
        {"data": {"articles": {"edges": [{"node": ARTICLE}]}}},
        {"title": "Export", "description": "of a day", "items": [ARTICLE]},
        {"values": [list(ARTICLE), list(ARTICLE.values())]},
        {name: [value] for name, value in ARTICLE.items()},
    ],
)
def test_records_are_found_in_what_wraps_them(tmp_path, wrapped):
    articles = read(written(tmp_path, wrapped)).articles
    assert articles[["headline", "body", "outlet"]].to_numpy().tolist() == [["Ferry stays", "The board voted.", "Quay"]]
    assert articles.at[0, "date"] == pd.Timestamp("2021-03-02")


@pytest.mark.parametrize("orient", ["columns", "index", "records", "split", "table"])
@pytest.mark.parametrize("index", [[0, 1], ["a1", "a2"]])
def test_what_pandas_writes_is_read(tmp_path, orient, index):
    # Expected: the table itself. Days are the milliseconds of their midnight, as pandas 3 writes them (by hand: 86,400,000 times
    # the days since 1970), and ISO in the form "table".
    days = ["2021-03-02", "1972-01-02"]
    table = pd.DataFrame({"title": ["Ferry", "Bridge"], "text": ["Voted.", "Said."]}, index=index)
    table["date"] = days if orient == "table" else [18_688 * 86_400_000, 731 * 86_400_000]
    path = written(tmp_path, table.to_json(orient=orient))
    articles = read(path).articles
    assert articles["headline"].tolist() == ["Ferry", "Bridge"]
    assert articles["body"].tolist() == ["Voted.", "Said."]
    assert articles["date"].tolist() == [pd.Timestamp(day) for day in days]


def test_a_table_without_names_of_columns_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="rows without the names of their columns"):
        read(written(tmp_path, [["Ferry", "Voted."], ["Bridge", "Said."]]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["Ada Fenwick", "Tom Reed"], "Ada Fenwick; Tom Reed"),
        ([], ""),
        ([{"name": "Ada Fenwick", "id": 1}, {"name": "Tom Reed"}], "Ada Fenwick; Tom Reed"),
        ({"name": "Ada Fenwick", "url": "x"}, "Ada Fenwick"),
        ({"original": "By Ada Fenwick", "person": []}, "By Ada Fenwick"),
        ({"rendered": {"text": "Ada Fenwick"}}, "Ada Fenwick"),
        ({"rank": [1, 2]}, ""),
    ],
)
def test_lists_and_objects_become_their_text(tmp_path, value, text):
    articles = read(written(tmp_path, [{**ARTICLE, "author": value}])).articles
    assert ("" if pd.isna(articles.at[0, "byline"]) else articles.at[0, "byline"]) == text


def test_an_object_that_is_no_text_is_noted_or_its_article_rejected(tmp_path):
    odd = {"blocks": [{"kind": "p", "data": {"x": "hidden words"}}]}
    corpus = read(written(tmp_path, [ARTICLE, {**ARTICLE, "text": odd}, {**ARTICLE, "layout": odd}]))
    assert len(corpus.articles) == 2
    assert "'text' is an object or list" in corpus.rejected.at[0, "reason"]
    assert any(note.kind == "text not taken" and "'layout' (1)" in note for note in corpus.notes)
    assert "{" not in corpus.articles.to_csv()


def test_a_list_of_paragraphs_is_a_body(tmp_path):
    assert read(written(tmp_path, [{**ARTICLE, "text": ["One.", "Two."]}])).articles.at[0, "body"] == "One.\n\nTwo."


def test_a_path_of_the_user_goes_first(tmp_path):
    record = {"webTitle": "T", "webPublicationDate": "2021-03-02", "fields": {"body": "<p>B</p>", "short": "S."}}
    corpus = read(written(tmp_path, [record]), columns={"body": "fields.short"})
    assert corpus.articles.at[0, "body"] == "S."
    assert corpus.articles.at[0, "headline"] == "T"


@pytest.mark.parametrize(
    "message", [{"status": "error", "message": "The key is invalid"}, {"fault": {"faultstring": "The key is invalid"}}]
)
def test_a_message_of_an_error_is_no_article(tmp_path, message):
    with pytest.raises(CorpusError, match="in place of articles: 'The key is invalid'"):
        read(written(tmp_path, message))


def test_two_lists_of_articles_are_refused_by_name(tmp_path):
    with pytest.raises(CorpusError, match=r"several lists of articles: 'left' \(1\), 'right' \(2\)"):
        read(written(tmp_path, {"left": [ARTICLE], "right": [ARTICLE, ARTICLE]}))


def test_an_answer_without_results_is_noted(tmp_path):
    corpus = read(written(tmp_path, {"status": "ok", "totalResults": 0, "articles": []}))
    assert len(corpus.articles) == 0
    assert any("holds no article" in note for note in corpus.notes)


def test_a_picture_is_no_article(tmp_path):
    picture = {"uri": "x", "type": "picture", "versioncreated": "2021-03-02", "headline": "The quay"}
    corpus = read(written(tmp_path, [picture, {**picture, "type": "text", "body_text": "The board voted."}]))
    assert len(corpus.articles) == 1
    assert corpus.rejected.at[0, "reason"] == "type is 'picture', so this is no article"


def test_a_standfirst_that_begins_the_body_is_none(tmp_path):
    post = {"id": "1", "link": "https://www.a.invalid/1", "date": "2021-03-02", "title": {"rendered": "T"}}
    body = {"content": {"rendered": "<p>The board voted on it.</p>"}}
    first = {**post, **body, "excerpt": {"rendered": "<p>The board voted [&hellip;]</p>"}}
    second = {**post, **body, "id": "2", "excerpt": {"rendered": "<p>A hard choice.</p>"}}
    articles = read(written(tmp_path, [first, second])).articles
    assert articles["standfirst"].tolist() == ["", "A hard choice."]
    assert articles["outlet"].tolist() == ["a.invalid", "a.invalid"]


def test_names_with_dots_in_a_csv_are_those_of_the_service(tmp_path):
    text = "web_url,pub_date,headline.main,byline.original,abstract\nu,2021-03-02T09:20:00+0000,Ferry,By Ada,Short.\n"
    articles = read(written(tmp_path, text, "a.csv")).articles
    assert articles[["headline", "byline", "standfirst"]].to_numpy().tolist() == [["Ferry", "By Ada", "Short."]]
