"""The old nexis.com in HTML, in every order and language, and the heads that its articles have."""

import datetime
from typing import Any

import pandas as pd
import pytest
from archives import nexis_old
from archives.stories import Story, stories

import analysis as fa
from analysis.reading import read
from analysis.reading.archives.nexis_old import read_old_nexis

STORY = Story(
    outlet="The Quay",
    date=datetime.date(2019, 7, 1),
    headline="Ferry stays",
    standfirst="",
    lead=("The board kept the ferry on Monday.",),
    rest=("It had been a close vote.", "Nobody objected."),
    byline="Ada Fen",
    section="News; Pg. 4",
    url="",
    city="Kiel",
)
OTHER = Story("The Quay", datetime.date(2019, 7, 2), "Bridge opens", "", ("In May.",), ("So they said.",), "", "", "")


def corpus_of(tmp_path, data: bytes, suffix: str = "txt", **options: Any) -> fa.Corpus:
    path = tmp_path / f"export.{suffix}"
    path.write_bytes(data)
    return read(path, **{"boilerplate": "keep", **options})


def assert_rows(corpus: fa.Corpus, expected: list[dict[str, Any]]) -> None:
    assert (len(corpus.articles), len(corpus.rejected)) == (len(expected), 0)
    for found, wanted in zip(corpus.articles.to_dict("records"), expected, strict=True):
        for column, value in wanted.items():
            if column == "date":
                assert found["date"] == pd.Timestamp(value)
            else:
                assert value == ("" if pd.isna(found[column]) else found[column]), (column, found["article_id"])


def first(tmp_path, *, suffix: str = "txt", **layout: Any) -> dict[str, Any]:
    """Return the first article of a file of two with the same layout, as read in both forms that have it."""
    records = []
    for form, write in (("txt", nexis_old.txt), ("html", nexis_old.html)):
        corpus = corpus_of(tmp_path, write([STORY, OTHER], **layout), form)
        assert (len(corpus.articles), len(corpus.rejected)) == (2, 0)
        record = corpus.articles.iloc[0].to_dict()
        records.append({name: value for name, value in record.items() if name not in ("source_file", "encoding")})
    assert str(records[0]) == str(records[1])
    return records[0]


ORDERS = ["usual", "labelled", "agency"]


@pytest.mark.parametrize("language", nexis_old.LABELS)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("form", ["txt", "html", "rtf"])
def test_every_order_and_language_of_labels(tmp_path, form, order, language):
    made = stories(11, 30)
    corpus = corpus_of(tmp_path, getattr(nexis_old, form)(made, order=order, language=language), form)
    assert_rows(corpus, nexis_old.expected(made, order=order))
    assert corpus.files["n_stated"].tolist() == [30]
    # Some of the stories are about mark-up.
    assert {note.kind for note in corpus.notes} <= {"mark-up"}


@pytest.mark.parametrize("wrap", [0, 60, 72, 80, 95])
def test_wrapped_lines_are_one_paragraph(tmp_path, wrap):
    made = stories(12, 30)
    corpus = corpus_of(tmp_path, nexis_old.txt(made, wrap=wrap))
    assert_rows(corpus, nexis_old.expected(made))


def test_a_phrase_over_the_wrap_is_found(tmp_path):
    # By hand: at width 20 the line breaks between "trade" and "war".
    story = Story(**{**vars(STORY), "lead": ("They all feared a trade war at once.",), "rest": ("Then came peace.",)})
    corpus = corpus_of(tmp_path, nexis_old.txt([story, OTHER], wrap=24))
    assert "trade\nwar" in nexis_old.txt([story, OTHER], wrap=24).decode()
    assert len(fa.concordance(fa.tokenize(corpus), "trade war")) == 1


def test_lines_that_end_early_on_purpose_are_paragraphs(tmp_path):
    text = nexis_old.txt([STORY, OTHER], wrap=0).decode()
    verse = (
        "Short line\nAnother one\n" + "and here a line that runs on until the width of this file makes it\ngo on below."
    )
    text = text.replace("It had been a close vote.", verse)
    body = corpus_of(tmp_path, text.encode()).articles["body"][0].split("\n\n")
    assert body[1:4] == ["Short line", "Another one", verse.split("\n", 2)[2].replace("\n", " ")]


HTML = [
    {}, {"comments": False}, {"upper": False}, {"stated_count": 30}, {"encoding": "cp1252"}, {"comments": False, "upper": False},
    {"copyright_at": "start"}, {"body_mark": True}, {"mark": "FOCUS - {} of {} DOCUMENTS"},
]  # fmt: skip


@pytest.mark.parametrize("options", HTML, ids=str)
def test_pages_of_html(tmp_path, options):
    made = stories(13, 30)
    corpus = corpus_of(tmp_path, nexis_old.html(made, **options), "html")
    assert_rows(corpus, nexis_old.expected(made))
    assert corpus.files[["format", "n_found", "n_stated"]].to_numpy().tolist() == [["Nexis HTML", 30, 30]]


def test_a_page_that_is_cut_off_is_refused(tmp_path):
    page = nexis_old.html([STORY, OTHER])
    with pytest.raises(fa.FramingError, match="document 2 of 2 is not closed by </DOCFULL>"):
        corpus_of(tmp_path, page[: page.index(b"they said")], "html")


def test_a_page_that_lost_a_document_is_refused(tmp_path):
    page = nexis_old.html([STORY, OTHER, STORY], comments=True)
    start, end = page.index(b'<A NAME="DOC_ID_0_2">'), page.index(b"</BODY>")
    with pytest.raises(fa.FramingError, match="says that it holds 3 articles, but 2 were found"):
        corpus_of(tmp_path, page[:start] + page[end:], "html")


def test_a_document_that_the_page_could_not_show_is_rejected(tmp_path):
    page = nexis_old.html([STORY, OTHER]).decode()
    start, end = page.rindex("<DOCFULL> -->"), page.rindex("<!-- Hide XML")
    sorry = "<DOCFULL> --><DIV><P>We are sorry, this document cannot be shown.</P></DIV>"
    corpus = corpus_of(tmp_path, (page[:start] + sorry + page[end:]).encode(), "html")
    assert corpus.rejected[["position", "reason"]].to_numpy().tolist() == [
        ["article 2", "neither a date nor a label, so this is no article"]
    ]
    assert corpus.articles["headline"].tolist() == ["Ferry stays"]


# The line of the date, and what stands below it → edition and time; the day is July 1 in each.
DATES = [
    ("{} Monday", [], "", ""),
    ("{} Monday, Final Edition", [], "Final Edition", ""),
    ("{}, Monday, Late Edition - Final", [], "Late Edition - Final", ""),
    ("Monday {}", ["FINAL EDITION"], "FINAL EDITION", ""),
    ("{} Monday", ["1 - State Edition"], "1 - State Edition", ""),
    ("{}, CITY EDITION", [], "CITY EDITION", ""),
    ("{} Monday 6:10 PM  EST", [], "", "6:10 PM EST"),
    ("{} Monday 18:44 EST", [], "", "18:44 EST"),
    ("{} Monday 9:50 PM GMT+1", [], "", "9:50 PM GMT+1"),
    ("{} Monday 13:00:00 - 18:00:00 Eastern Time", [], "", "13:00:00 - 18:00:00 Eastern Time"),
    ("{}, Monday", ["19:53 Central European Time"], "", "19:53 Central European Time"),
    ("{} Monday 9:20 AM GMT, Suburban Edition", [], "Suburban Edition", "9:20 AM GMT"),
    ("{} Monday, The Quay on the Web", [], "The Quay on the Web", ""),
    ("{} Monday, All but Toronto Edition", [], "All but Toronto Edition", ""),
    ("{} (Monday)", ["Correction Appended"], "", ""),
]


@pytest.mark.parametrize(("date", "below", "edition", "time"), DATES)
def test_the_date_is_read_from_the_start_of_its_line(tmp_path, date, below, edition, time):
    record = first(tmp_path, date=date, below_date=below)
    assert record["date"] == pd.Timestamp("2019-07-01")
    assert (record["headline"], record["outlet"]) == ("Ferry stays", "The Quay")
    assert [record.get("edition", ""), record.get("time", "")] == [edition, time]


@pytest.mark.parametrize(
    ("language", "date"),
    [("de", "Montag {}"), ("nl", "{} maandag"), ("fr", "lundi {}"), ("es", "{} lunes"), ("it", "{} lunedì")],
)
def test_weekdays_of_other_languages(tmp_path, language, date):
    assert first(tmp_path, language=language, date=date)["date"] == pd.Timestamp("2019-07-01")


@pytest.mark.parametrize(
    "date", ["July 2019", "Summer 2019", "July/August 2019", "July 1 - July 8, 2019", "Correction Appended"]
)
@pytest.mark.parametrize("order", ["usual", "labelled"])
def test_a_date_without_a_day_is_missing_with_a_note(tmp_path, date, order):
    record = first(tmp_path, order=order, date=date)
    assert pd.isna(record["date"])
    assert (record["outlet"], record["headline"]) == ("The Quay", "Ferry stays")
    corpus = corpus_of(tmp_path, nexis_old.txt([STORY, OTHER], date=date))
    assert {note.kind for note in corpus.notes} & {"no date", "dates unread"}


# What stands as the outlet → outlet, and the column that keeps the rest.
OUTLETS = [
    ("{} (London)", "", "city", "London"),
    ("{}(London)", "", "city", "London"),
    ("{} - Final Edition", "", "edition", "Final Edition"),
    ("{} (London) - Final Edition", "", "edition", "Final Edition"),
    ("{}, Late Edition", "", "edition", "Late Edition"),
    ("{} (f/k/a The Old Quay) (Canada)", "", "outlet_also", "f/k/a The Old Quay"),
    ("{} (TQ)", "", "outlet_also", "TQ"),
    ("{}.", "", "outlet", "The Quay"),
    (
        "{}",
        "No Quay material may be republished without the express written\npermission of The Quay, Inc.",
        "further",
        "No Quay material may be republished without the express written permission of The Quay, Inc.",
    ),
    ("{}", "http://quay.example.org/a/\nb", "url", "http://quay.example.org/a/b"),
]


@pytest.mark.parametrize(("outlet", "below", "column", "kept"), OUTLETS)
def test_one_outlet_in_all_its_forms(tmp_path, outlet, below, column, kept):
    below = below if not below.startswith("http") else f"\n{below}"
    corpus = corpus_of(tmp_path, nexis_old.txt([STORY, OTHER], outlet=outlet, below_outlet=below))
    assert corpus.articles["outlet"].tolist() == ["The Quay", "The Quay"]
    assert corpus.articles[column].tolist() == [kept, kept]
    assert corpus.articles["headline"].tolist() == ["Ferry stays", "Bridge opens"]


def test_an_outlet_on_two_lines_is_one(tmp_path):
    assert first(tmp_path, outlet="{} of the\nNorth")["outlet"] == "The Quay of the North"


HEADLINES = [
    "CITY: {}", "SERIES: {}", "SUBJECT: {}", "PERSON: {}", "COMPANY: {}", "LANGUAGE: {}", "URL: {}", "LEADALL: {}", "SECTION: {}",
    "BYLINE: {}", "LENGTH: {}", "STATE: {}", "COUNTRY: {}", "TEXT: {}", "PHOTO: {}", "GRAPHIC: {}", "SHOW: {}",
]  # fmt: skip


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_that_begins_like_a_label_is_the_headline(tmp_path, headline):
    record = first(tmp_path, headline=headline)
    assert (record["headline"], record["byline"]) == (headline.format("Ferry stays"), "Ada Fen")
    assert record["body"] == STORY.body


def test_show_guests_and_notices_of_transcripts_are_columns(tmp_path):
    data = nexis_old.txt(
        [STORY, OTHER], below_date=["", "SHOW: QUAY TONIGHT 7:00 PM EST"], below_headline=["\nGUESTS: Tom Reed"]
    )
    corpus = corpus_of(tmp_path, data)
    assert corpus.articles["show"].tolist() == ["QUAY TONIGHT 7:00 PM EST"] * 2
    assert corpus.articles["headline"].tolist()[0] == "Ferry stays"


@pytest.mark.parametrize(
    "layout", [{}, {"below_date": ["", "FIRST EDITION"]}, {"language": "nl", "order": "labelled"}], ids=str
)
def test_articles_without_separators(tmp_path, layout):
    for made in ([STORY], stories(14, 20)):
        corpus = corpus_of(tmp_path, nexis_old.txt(made, separators=False, **layout))
        assert_rows(corpus, nexis_old.expected(made, **layout))
        assert corpus.files["n_stated"].tolist() == [len(made)]


def test_a_head_that_is_not_found_is_an_error(tmp_path):
    # Without its date the second head is none, so two articles would be one.
    text = (
        nexis_old.txt([STORY, OTHER], separators=False)
        .decode()
        .replace("July 2, 2019\n\nBridge", "Bridge")
        .replace("LENGTH: 5", "SIZE: 5")
    )
    text = text.replace("SIZE: 5 words", "\n".join(["Words."] * 20) + "\n\nLENGTH: 5 words")
    found = read_old_nexis(text)
    assert (len(found.records), [one.position for one in found.rejected]) == (0, ["article 1"])
    assert "2 lines with a length in one article" in found.rejected[0].reason


MARKS = [
    "{} of {} DOCUMENTS", "FOCUS - {} of {} DOCUMENTS", "LEVEL 1 - {} OF {} STORIES", "Document {} of {}", "DOCUMENT {} DE {}",
    "Dokument {} von {}", "Documento {} di {}", "{} de {} DOCUMENTOS", "{} van {} DOCUMENTEN",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_separators(tmp_path, mark):
    assert_rows(corpus_of(tmp_path, nexis_old.txt([STORY, OTHER], mark=mark)), nexis_old.expected([STORY, OTHER]))


def test_the_page_of_the_request_is_known(tmp_path):
    request = "Printopdracht: Alle documenten: 1-2\nTijdstip printopdracht: Wed Sep 7\n\nZoektermen: (ferry OR quay)\n\nProject ID:\n\n\n"
    known = corpus_of(tmp_path, nexis_old.txt([STORY, OTHER], request=request))
    assert [note.kind for note in known.notes] == ["short bodies"]
    lost = corpus_of(tmp_path, nexis_old.txt([STORY, OTHER], request="Lost words of an article.\n\n"))
    assert [note.kind for note in lost.notes] == ["text not taken", "short bodies"]


BODIES = [
    ("CITY: the mayor spoke.",), ("FLASH: VOTE ENDS",), ("LENGTH: 19.43 metres. SPEED: 30 knots.",),
    ("F-15: an aircraft.\nLENGTH: 19.43 metres. SPEED: 3,000 kph.",), ("SECTION: one of ten.", "The end."),
    ("Text", "The end."), ("REED: I know.", "FEN: You do."),
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_text_that_looks_like_labels_is_text(tmp_path, body):
    story = Story(**{**vars(STORY), "lead": (), "rest": body})
    record = corpus_of(tmp_path, nexis_old.txt([story, OTHER])).articles["body"][0]
    assert record == "\n\n".join(body).replace("metres.\nLENGTH", "metres. LENGTH").replace("aircraft.\n", "aircraft. ")


def test_a_graphic_of_several_paragraphs_belongs_to_no_body(tmp_path):
    data = nexis_old.txt([STORY, OTHER]).replace(
        b"PUBLICATION-TYPE", b"GRAPHIC: One picture\n\nAnother picture\n\nPUBLICATION-TYPE"
    )
    corpus = corpus_of(tmp_path, data)
    assert corpus.articles["body"].tolist() == [STORY.body, OTHER.body]
    assert corpus.articles["graphic"].tolist() == ["One picture\nAnother picture"] * 2


def test_what_stands_below_the_text_is_cut_and_kept(tmp_path):
    text = nexis_old.txt([STORY, OTHER], wrap=0).decode()
    tail = (
        "Nobody objected.\n\nPHOTO: The weak engine. (PHOTOGRAPH BY A B)\n\nPHOTOS: More (A1)\n\nRelated Articles\n\nA Hostile Mayor\n\n"
        "Bridge Fails."
    )
    record = corpus_of(tmp_path, text.replace("Nobody objected.", tail).encode())
    assert record.articles["body"][0] == STORY.body
    assert record.articles["graphic"][0] == "PHOTO: The weak engine. (PHOTOGRAPH BY A B)\nPHOTOS: More (A1)"
    assert record.removed[["article_id", "field", "rule", "text"]].to_numpy().tolist() == [
        ["export-1", "body", "headlines of related articles", "Related Articles\n\nA Hostile Mayor\n\nBridge Fails."]
    ]
