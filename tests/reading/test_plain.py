"""Plain text files: front matter, and paragraphs that become headline, standfirst and body."""

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.plain import fields_of_path, parse_article


# The fields follow from the docstring of parse_article: under 40 words and no final stop makes a standfirst.
@pytest.mark.parametrize(
    ("text", "headline", "standfirst", "body"),
    [
        ("Mayor wins\n\nA close race\n\nShe said.\n\nHe did.", "Mayor wins", "A close race", "She said.\n\nHe did."),
        ("Mayor wins\n\nIt was close.\n\nMore.", "Mayor wins", "", "It was close.\n\nMore."),
        ("Mayor wins\n \t\n“It was close.”\n", "Mayor wins", "", "“It was close.”"),
        ("Mayor wins\n\nWhat we know:\n\nA lot.", "Mayor wins", "What we know:", "A lot."),
        ("Mayor wins\n\n" + "word " * 39 + "\n\nEnd.", "Mayor wins", ("word " * 39).strip(), "End."),
        ("Mayor wins\n\n" + "word " * 40 + "\n\nEnd.", "Mayor wins", "", ("word " * 40).strip() + "\n\nEnd."),
        ("Mayor wins", "Mayor wins", "", ""),
        ("The mayor won.", "", "", "The mayor won."),
        ("---\nheadline: Given\n---\nOpen line\n\nText.", "Given", "Open line", "Text."),
        ("---\nheadline: Given\nstandfirst: Too\n---\nOpen line\n\nText.", "Given", "Too", "Open line\n\nText."),
        ("---\nstandfirst: Given\n---\nTitle\n\nOpen line", "Title", "Given", "Open line"),
        ("", "", "", ""),
    ],
)
def test_paragraphs_become_fields(text, headline, standfirst, body):
    fields, cuts = parse_article(text, boilerplate="cut")
    assert (fields.get("headline", ""), fields.get("standfirst", ""), fields["body"]) == (headline, standfirst, body)
    assert cuts == []


def test_front_matter_fills_columns_and_further_ones(tmp_path):
    (tmp_path / "a.txt").write_text("---\noutlet: Daily: News\ndate: 2020-03-01\nevent_id: 7\n---\nTitle\n\nText.")
    row = read(tmp_path).articles.iloc[0]
    assert (row["outlet"], str(row["date"].date()), row["event_id"]) == ("Daily: News", "2020-03-01", "7")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "---\noutlet News\n---\nx",
            "line 2: 'outlet News' is no 'key: value' line of the front matter; mend it or close with '---'",
        ),
        (
            "---\noutlet: x\n\nTitle",
            "line 4: 'Title' is no 'key: value' line of the front matter; mend it or close with '---'",
        ),
        ("---\noutlet: x\n", "line 1: the front matter is not closed; end it with a line '---'"),
        (
            "---\nbody: x\n---\n",
            "line 2: 'body' is not allowed here or stands twice; write each key once, the body below",
        ),
        (
            "---\na: x\na: y\n---\n",
            "line 3: 'a' is not allowed here or stands twice; write each key once, the body below",
        ),
    ],
)
def test_malformed_front_matter_names_the_line(text, message):
    with pytest.raises(CorpusError) as caught:
        parse_article(text, boilerplate="cut")
    assert str(caught.value) == message


def test_a_broken_text_file_is_rejected_with_its_line_and_the_others_are_read(tmp_path):
    (tmp_path / "bad.txt").write_text("---\noutlet News\n---\nx")
    (tmp_path / "good.txt").write_text("Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["good"]
    assert corpus.rejected.to_numpy().tolist() == [
        [
            str(tmp_path / "bad.txt"),
            "line 2",
            "line 2: 'outlet News' is no 'key: value' line of the front matter; mend it or close with '---'",
            "---\noutlet News\n---\nx",
        ]
    ]


@pytest.mark.parametrize(
    ("place", "outlet_from", "fields"),
    [
        ("/x/Tide/a.txt", "folder", {"outlet": "Tide"}),
        ("/x/all.zip: Ebb/a.txt", "folder", {"outlet": "Ebb"}),
        ("/x/a.txt", None, {}),
        (
            "/x/Daily Tide_2020-01-31_5.txt",
            "{outlet}_{date}_{id}.txt",
            {"outlet": "Daily Tide", "date": "2020-01-31", "article_id": "5"},
        ),
        # A day holds digits only, so the outlet may hold what parts the fields.
        (
            "/x/Daily_Tide_20200131_5_b.txt",
            "{outlet}_{date}_{id}.txt",
            {"outlet": "Daily_Tide", "date": "20200131", "article_id": "5_b"},
        ),
        ("/x/Tide/2020_01_31.md", "{outlet}/{date}", {"outlet": "Tide", "date": "2020-01-31"}),
        ("/x/Tide/31.1.2020.txt", "{outlet}/{date}.txt", {"outlet": "Tide", "date": "31.1.2020"}),
        ("/x/DE/Tide-3.txt", "{country}/{outlet}-{id}", {"country": "DE", "outlet": "Tide", "article_id": "3"}),
        ("/x/Tide (3).txt", "{outlet} ({id}).txt", {"outlet": "Tide", "article_id": "3"}),
    ],
)
def test_the_path_of_a_file_names_fields(place, outlet_from, fields):
    assert fields_of_path(place, outlet_from) == fields


@pytest.mark.parametrize(
    ("place", "outlet_from", "message"),
    [
        ("all.zip: a.txt", "folder", "lies in no folder that could be its outlet"),
        ("/x/README.txt", "{outlet}_{date}.txt", "its path does not fit outlet_from="),
        ("/x/Tide_2020.txt", "{outlet}_{date}.txt", "its path does not fit outlet_from="),
        ("/x/Daily_Tide_5.txt", "{outlet}_{id}.txt", r"fits .* as \{'outlet': 'Daily', 'id': 'Tide_5'\} and as"),
    ],
)
def test_a_path_that_does_not_fit_or_fits_twice_is_no_guess(place, outlet_from, message):
    with pytest.raises(CorpusError, match=message):
        fields_of_path(place, outlet_from)


@pytest.mark.parametrize("outlet_from", ["folders", "{outlet}_{outlet}.txt", "", "{}.txt", 3])
def test_what_is_no_pattern_is_refused_before_files_are_read(outlet_from):
    with pytest.raises(CorpusError, match="allowed are 'folder' and a pattern"):
        read("not/there", outlet_from=outlet_from)


def test_the_path_fills_what_the_front_matter_does_not_say(tmp_path):
    for outlet in ("Tide", "Ebb"):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "2020-03-01_7.txt").write_text(f"Mayor wins\n\nIn {outlet} it was close.")
    (tmp_path / "Ebb" / "2020-03-02_8.txt").write_text("---\noutlet: Ebb on Sunday\nstandfirst:\n---\nTitle\n\nText.")
    (tmp_path / "Ebb" / "notes.txt").write_text("No article.")
    corpus = read(tmp_path, outlet_from="{outlet}/{date}_{number}.txt")
    rows = corpus.articles[["outlet", "number", "body"]].to_numpy().tolist()
    assert rows == [
        ["Ebb", "7", "In Ebb it was close."],
        ["Ebb on Sunday", "8", "Text."],
        ["Tide", "7", "In Tide it was close."],
    ]
    assert corpus.articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2020-03-01", "2020-03-02", "2020-03-01"]
    assert corpus.rejected["source_file"].tolist() == [str(tmp_path / "Ebb" / "notes.txt")]
    by_folder = read(tmp_path, outlet_from="folder").articles["outlet"].tolist()
    assert by_folder == ["Ebb", "Ebb on Sunday", "Ebb", "Tide"]


# Written by hand: what stands in the lines above the text, under any usual name of a column.
@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "Ferry stays"\nSource: The Quay\nPublication date: 2021-03-02\n---\n',
        "Title: Ferry stays\nSource: The Quay\nDate: 2021-03-02\n\n",
        "Überschrift: Ferry stays\n\nZeitung: The Quay\n\nDatum: 2021-03-02\n\nVolltext: ",
        "Journal : The Quay\nTitre : Ferry stays\nDate de parution : 2021-03-02\n",
    ],
    ids=["quoted, of usual names", "without marks", "German, with a label of the text", "French, with blanks"],
)
def test_front_matter_under_usual_names(tmp_path, head):
    (tmp_path / "a.txt").write_text(head + "The board voted.\n\nNobody objected.", encoding="utf-8")
    row = read(tmp_path).articles.iloc[0]
    assert (row["headline"], row["outlet"], str(row["date"].date())) == ("Ferry stays", "The Quay", "2021-03-02")
    assert row["body"] == "The board voted.\n\nNobody objected."


@pytest.mark.parametrize(
    "text",
    [
        "Date: we asked when.\n\nText.",
        "Q: Is it weak?\nA: No.\n\nText.",
        "Author: Ada Fen\nSection: News\n\nText.",
        "Title: One\nDate: 2 March 2021\n\nText.\n\nTitle: Two\nDate: 3 March 2021\n\nText.",
        "Title: One\nDate: 2 March 2021",
    ],
    ids=["one label", "an interview", "nothing that tells an article", "two articles", "no text"],
)
def test_lines_that_are_no_front_matter_stay_text(text):
    fields, _ = parse_article(text, boilerplate="keep")
    assert {*fields} <= {"headline", "standfirst", "body"}
    assert "\n\n".join(value for value in fields.values() if value) == text
