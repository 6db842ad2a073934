"""The old nexis.com in HTML, in every order and language, and the heads that its articles have."""

import datetime
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main
from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis_html import is_nexis_html
from analysis.reading.archives.nexis_old import (
    is_old_nexis,
    is_old_nexis_paragraphs,
    read_old_nexis,
    read_old_nexis_html,
    read_old_nexis_paragraphs,
)
from analysis.reading.dates import readings
from analysis.reading.records import Found
from analysis.reading.rtf import rtf_paragraphs
from archives import nexis_old
from archives.stories import Story, stories

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
# At a width of 80, the line ends between "trade" and "war".
WRAPPED = replace(
    STORY,
    lead=(
        "The board kept the ferry on Monday, since all of its members had feared a trade war with the ports of the north.",
    ),
)
OTHER = Story("The Quay", datetime.date(2019, 7, 2), "Bridge opens", "", ("In May.",), ("So they said.",), "", "", "")


READERS = {"txt": (is_old_nexis, read_old_nexis), "html": (is_nexis_html, read_old_nexis_html)}


def found_in(data: bytes, form: str = "txt", encoding: str = "utf-8") -> Found:
    """Return what the reader of a form finds in a file that it must know by its content."""
    if form == "rtf":
        paragraphs = rtf_paragraphs(data)
        assert is_old_nexis_paragraphs(paragraphs)
        return read_old_nexis_paragraphs(paragraphs)
    read_form = READERS[form][1]
    text = data.decode(encoding)
    assert [fits(text) for fits, _ in READERS.values()] == [name == form for name in READERS]
    return read_form(text)


def assert_rows(found: Found, expected: list[dict[str, Any]]) -> None:
    assert found.rejected == []
    assert len(found.records) == len(expected)
    days = readings(pd.Series([record["date"] for record in found.records], dtype="str"), place="file")["day"]
    for record, day, wanted in zip(found.records, days, expected, strict=True):
        assert day == pd.Timestamp(wanted["date"])
        for column, value in wanted.items():
            assert column == "date" or record[column] == value, (column, wanted["headline"])


def first(**layout: Any) -> dict[str, Any]:
    """Return the first article of a file of two with the same layout, which text and HTML must give alike."""
    found = [
        found_in(write([STORY, OTHER], **layout), form)
        for form, write in (("txt", nexis_old.txt), ("html", nexis_old.html))
    ]
    assert [(len(one.records), one.rejected) for one in found] == [(2, [])] * 2
    assert found[0].records == found[1].records
    return found[0].records[0]


def day_of(record: dict[str, Any]) -> pd.Timestamp:
    return readings(pd.Series([record["date"]], dtype="str"), place="file")["day"][0]


ORDERS = ["usual", "labelled", "agency"]


@pytest.mark.parametrize("language", nexis_old.LABELS)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("form", ["txt", "html", "rtf"])
def test_every_order_and_language_of_labels(form, order, language):
    made = stories(11, 30)
    found = found_in(getattr(nexis_old, form)(made, order=order, language=language), form)
    assert_rows(found, nexis_old.expected(made, order=order))
    assert (found.stated, found.notes) == (30, [])


@pytest.mark.parametrize("wrap", [0, 60, 72, 80, 95])
def test_wrapped_lines_are_one_paragraph(wrap):
    made = stories(12, 30)
    assert_rows(found_in(nexis_old.txt(made, wrap=wrap)), nexis_old.expected(made))


@pytest.mark.parametrize("form", ["txt", "html", "rtf"])
def test_read_and_the_command_line_know_the_form(tmp_path, form):
    path = tmp_path / f"export.{form}"
    path.write_bytes(getattr(nexis_old, form)([WRAPPED, OTHER]))
    assert (b"trade\nwar" in path.read_bytes()) == (form == "txt")
    corpus = fa.read(path)
    name = {"txt": "Nexis text", "html": "Nexis HTML", "rtf": "Nexis RTF"}[form]
    assert corpus.files[["format", "n_found", "n_stated"]].to_numpy().tolist() == [[name, 2, 2]]
    assert corpus.notes == ()
    # The phrase stands over the end of a wrapped line.
    assert len(fa.concordance(fa.tokenize(corpus), "trade war")) == 1
    assert main(["read", str(path), "--out", str(tmp_path / "read.parquet")]) == 0
    written = pd.read_parquet(tmp_path / "read.parquet")
    assert written[["headline", "outlet"]].to_numpy().tolist() == [
        ["Ferry stays", "The Quay"],
        ["Bridge opens", "The Quay"],
    ]
    assert written["date"].tolist() == [pd.Timestamp("2019-07-01"), pd.Timestamp("2019-07-02")]


def test_lines_that_end_early_on_purpose_are_paragraphs():
    text = nexis_old.txt([STORY, OTHER], wrap=0).decode()
    verse = (
        "Short line\nAnother one\n" + "and here a line that runs on until the width of this file makes it\ngo on below."
    )
    text = text.replace("It had been a close vote.", verse)
    body = str(found_in(text.encode()).records[0]["body"]).split("\n\n")
    assert body[1:4] == ["Short line", "Another one", verse.split("\n", 2)[2].replace("\n", " ")]


HTML = [
    {}, {"comments": False}, {"upper": False}, {"stated_count": 30}, {"encoding": "cp1252"}, {"comments": False, "upper": False},
    {"copyright_at": "start"}, {"body_mark": True}, {"mark": "FOCUS - {} of {} DOCUMENTS"},
]  # fmt: skip


@pytest.mark.parametrize("options", HTML, ids=str)
def test_pages_of_html(options):
    made = stories(13, 30)
    found = found_in(nexis_old.html(made, **options), "html", str(options.get("encoding", "utf-8")))
    assert_rows(found, nexis_old.expected(made))
    assert (found.stated, found.notes) == (30, [])


def test_a_page_that_is_cut_off_is_refused():
    page = nexis_old.html([STORY, OTHER])
    with pytest.raises(CorpusError, match="document 2 of 2 is not closed by </DOCFULL>"):
        found_in(page[: page.index(b"they said")], "html")


def test_a_page_that_lost_a_document_states_more_than_it_holds():
    page = nexis_old.html([STORY, OTHER, STORY])
    start, end = page.index(b'<A NAME="DOC_ID_0_2">'), page.index(b"</BODY>")
    found = found_in(page[:start] + page[end:], "html")
    assert (len(found.records), found.stated) == (2, 3)


def test_a_page_that_lost_a_separator_states_all_its_documents():
    page = nexis_old.html([STORY, OTHER]).replace(b"1 of 2 DOCUMENTS", b"").replace(b"2 of 2 DOCUMENTS", b"")
    found = found_in(page, "html")
    assert (len(found.records), found.stated) == (2, 2)


def test_a_document_that_the_page_could_not_show_is_rejected():
    page = nexis_old.html([STORY, OTHER]).decode()
    start, end = page.rindex("<DOCFULL> -->"), page.rindex("<!-- Hide XML")
    sorry = "<DOCFULL> --><DIV><P>We are sorry, this document cannot be shown.</P></DIV>"
    found = found_in((page[:start] + sorry + page[end:]).encode(), "html")
    assert [one[:2] for one in found.rejected] == [("article 2", "neither a date nor a label, so this is no article")]
    assert [record["headline"] for record in found.records] == ["Ferry stays"]


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
def test_the_date_is_read_from_the_start_of_its_line(date, below, edition, time):
    record = first(date=date, below_date=below)
    assert day_of(record) == pd.Timestamp("2019-07-01")
    assert (record["headline"], record["outlet"]) == ("Ferry stays", "The Quay")
    assert [record.get("edition", ""), record.get("time", "")] == [edition, time]


@pytest.mark.parametrize(
    ("language", "date"),
    [("de", "Montag {}"), ("nl", "{} maandag"), ("fr", "lundi {}"), ("es", "{} lunes"), ("it", "{} lunedì")],
)
def test_weekdays_of_other_languages(language, date):
    assert day_of(first(language=language, date=date)) == pd.Timestamp("2019-07-01")


@pytest.mark.parametrize(
    "date", ["July 2019", "Summer 2019", "July/August 2019", "July 1 - July 8, 2019", "Correction Appended"]
)
@pytest.mark.parametrize("order", ["usual", "labelled"])
def test_a_date_without_a_day_is_missing(date, order):
    record = first(order=order, date=date)
    assert pd.isna(day_of(record))
    assert (record["outlet"], record["headline"]) == ("The Quay", "Ferry stays")


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
def test_one_outlet_in_all_its_forms(outlet, below, column, kept):
    below = below if not below.startswith("http") else f"\n{below}"
    records = found_in(nexis_old.txt([STORY, OTHER], outlet=outlet, below_outlet=below)).records
    assert [record["outlet"] for record in records] == ["The Quay", "The Quay"]
    assert [record[column] for record in records] == [kept, kept]
    assert [record["headline"] for record in records] == ["Ferry stays", "Bridge opens"]


def test_an_outlet_on_two_lines_is_one():
    assert first(outlet="{} of the\nNorth")["outlet"] == "The Quay of the North"


HEADLINES = [
    "CITY: {}", "SERIES: {}", "SUBJECT: {}", "PERSON: {}", "COMPANY: {}", "LANGUAGE: {}", "URL: {}", "LEADALL: {}", "SECTION: {}",
    "BYLINE: {}", "LENGTH: {}", "STATE: {}", "COUNTRY: {}", "TEXT: {}", "PHOTO: {}", "GRAPHIC: {}", "SHOW: {}",
]  # fmt: skip


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_that_begins_like_a_label_is_the_headline(headline):
    record = first(headline=headline)
    assert (record["headline"], record["byline"]) == (headline.format("Ferry stays"), "Ada Fen")
    assert record["body"] == STORY.body


def test_show_guests_and_notices_of_transcripts_are_columns():
    data = nexis_old.txt(
        [STORY, OTHER], below_date=["", "SHOW: QUAY TONIGHT 7:00 PM EST"], below_headline=["\nGUESTS: Tom Reed"]
    )
    record = found_in(data).records[0]
    assert (record["show"], record["headline"]) == ("QUAY TONIGHT 7:00 PM EST", "Ferry stays")
    assert record["further"] == "GUESTS: Tom Reed"


@pytest.mark.parametrize("length", ["TAMANHO: {} palavras", "LÄNGD: {} ord", "LÆNGDE: {} ord"])
def test_lengths_in_further_languages_are_no_text(length):
    data = nexis_old.txt([STORY, OTHER]).decode().replace("LENGTH: ", "")
    data = re.sub(r"^(\d+) words$", lambda found: length.format(found[1]), data, flags=re.MULTILINE)
    records = read_old_nexis(data).records
    assert [record["body"] for record in records] == [STORY.body, OTHER.body]
    assert [record["headline"] for record in records] == ["Ferry stays", "Bridge opens"]


def test_guests_below_the_length_of_a_transcript_are_no_text():
    data = nexis_old.txt([STORY, OTHER]).decode()
    at = data.index("\n\n", data.index("LENGTH"))
    record = read_old_nexis(data[:at] + "\n\nGUESTS: Tom Reed\n\nHIGHLIGHT: The ferry." + data[at:]).records[0]
    assert (record["further"], record["standfirst"], record["body"]) == ("GUESTS: Tom Reed", "The ferry.", STORY.body)


@pytest.mark.parametrize(
    "layout", [{}, {"below_date": ["", "FIRST EDITION"]}, {"language": "nl", "order": "labelled"}], ids=str
)
def test_articles_without_separators(layout):
    for made in ([STORY], stories(14, 20)):
        found = found_in(nexis_old.txt(made, separators=False, **layout))
        assert_rows(found, nexis_old.expected(made, **layout))
        assert found.stated == len(made)


def test_a_head_that_is_not_found_is_rejected():
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
def test_separators(mark):
    assert_rows(found_in(nexis_old.txt([STORY, OTHER], mark=mark)), nexis_old.expected([STORY, OTHER]))


def test_the_page_of_the_request_is_known():
    request = "Printopdracht: Alle documenten: 1-2\nTijdstip printopdracht: Wed Sep 7\n\nZoektermen: (ferry OR quay)\n\nProject ID:\n\n\n"
    assert found_in(nexis_old.txt([STORY, OTHER], request=request)).notes == []
    lost = found_in(nexis_old.txt([STORY, OTHER], request="Lost words of an article.\n\n"))
    assert [note.kind for note in lost.notes] == ["text not taken"]


BODIES = [
    ("CITY: the mayor spoke.",), ("FLASH: VOTE ENDS",), ("LENGTH: 19.43 metres. SPEED: 30 knots.",),
    ("F-15: an aircraft.\nLENGTH: 19.43 metres. SPEED: 3,000 kph.",), ("SECTION: one of ten.", "The end."),
    ("Text", "The end."), ("REED: I know.", "FEN: You do."),
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_text_that_looks_like_labels_is_text(body):
    story = replace(STORY, lead=(), rest=body)
    record = found_in(nexis_old.txt([story, OTHER])).records[0]["body"]
    assert record == "\n\n".join(body).replace("metres.\nLENGTH", "metres. LENGTH").replace("aircraft.\n", "aircraft. ")


def test_a_graphic_of_several_paragraphs_belongs_to_no_body():
    data = nexis_old.txt([STORY, OTHER]).replace(
        b"PUBLICATION-TYPE", b"GRAPHIC: One picture\n\nAnother picture\n\nPUBLICATION-TYPE"
    )
    records = found_in(data).records
    assert [record["body"] for record in records] == [STORY.body, OTHER.body]
    assert [record["graphic"] for record in records] == ["One picture\nAnother picture"] * 2


def test_what_stands_below_the_text_is_cut_and_kept(tmp_path):
    text = nexis_old.txt([STORY, OTHER], wrap=0).decode()
    tail = (
        "Nobody objected.\n\nPHOTO: The weak engine. (PHOTOGRAPH BY A B)\n\nPHOTOS: More (A1)\n\nRelated Articles\n\nA Hostile Mayor\n\n"
        "Bridge Fails."
    )
    path = tmp_path / "export.txt"
    path.write_text(text.replace("Nobody objected.", tail), encoding="utf-8")
    corpus = fa.read(path)
    assert corpus.articles["body"][0] == STORY.body
    assert corpus.articles["graphic"][0] == "PHOTO: The weak engine. (PHOTOGRAPH BY A B)\nPHOTOS: More (A1)"
    assert corpus.removed.to_numpy().tolist() == [
        ["export-1", "body", "headlines of related articles", "Related Articles\n\nA Hostile Mayor\n\nBridge Fails."]
    ]
