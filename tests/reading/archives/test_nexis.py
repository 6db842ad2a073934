"""Nexis exports: what the generators write comes back field by field, and nothing is lost in silence."""

import datetime
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis import is_nexis_text, read_nexis
from analysis.reading.archives.nexis_old import is_old_nexis, read_old_nexis
from analysis.reading.decoding import decode
from analysis.reading.docx import docx_paragraphs
from analysis.reading.records import CUTS, Found
from analysis.reading.rtf import rtf_paragraphs
from archives import nexis, stories
from archives.common import MONTHS

NUMBERS = {month: number for names in MONTHS.values() for number, month in enumerate(names, 1)}


def parsed(text: str) -> datetime.date | None:
    """Return the day of "July 1, 2019 Monday", "Montag, 1. Juli 2019" or "1 juillet 2019"; None without a day."""
    month = next(NUMBERS[word] for word in re.findall(r"[^\W\d]+", text) if word in NUMBERS)
    year = next(re.finditer(r"\d{4}", text))
    day = re.search(r"(?<![\d:])\d{1,2}(?![\d:])", text[: year.end()])
    return datetime.date(int(year[0]), month, int(day[0])) if day else None


def found_in(form: str, made: list[stories.Story], **options: object) -> Found:
    data = getattr(nexis, form)(made, **options)
    if form == "txt":
        text = decode(data)[0]
        assert is_old_nexis(text)
        return read_old_nexis(text)
    paragraphs = {"docx": docx_paragraphs, "rtf": rtf_paragraphs}[form](data)
    assert is_nexis_text(paragraphs)
    return read_nexis(paragraphs)


def assert_as_expected(form: str, made: list[stories.Story], **options: object) -> Found:
    found = found_in(form, made, **options)
    assert found.rejected == []
    assert [note.kind for note in found.notes] == (["part of a download"] if options.get("first_number", 1) > 1 else [])
    assert len(found.records) == len(made)
    for record, expected in zip(found.records, nexis.expected(made, form, **options), strict=True):
        for column, value in expected.items():
            assert (parsed(record[column]) if column == "date" else record[column]) == value, (column, options)
        assert all(isinstance(value, str) and value for name, value in record.items() if name not in expected)
    return found


SHARED = [
    {}, {"language": "de"}, {"language": "fr"}, {"blank_lines": 0}, {"blank_lines": 2}, {"blank_lines": 4},
    {"photo_only": (0, 3, 7)}, {"graphic": (0, 2, 5)}, {"photo_only": range(30)}, {"split_heading": True},
    {"month_only": True}, {"month_only": True, "split_heading": True}, {"weekday_first": True}, {"city": True},
    {"stated_count": 99}, {"language": "fr", "photo_only": (0, 1), "graphic": (2, 3), "city": True},
    {"language": "de", "weekday_first": True, "graphic": range(30), "split_heading": True},
]  # fmt: skip
LAYOUTS = [
    {"cover": False}, {"cover_blanks": 0}, {"cover_blanks": 0, "month_only": True}, {"cover_blanks": 9},
    {"cover_blanks": 0, "header_blanks": 4}, {"cover_blanks": 0, "split_heading": True, "language": "de"},
    {"copyright_line": False}, {"all_rights": False}, {"classification": False}, {"header_blanks": 0},
    {"header_blanks": 0, "cover_blanks": 0, "blank_lines": 0, "copyright_line": False, "classification": False},
    {"header_blanks": 5, "blank_lines": 5}, {"glued_highlight": True}, {"glued_highlight": True, "language": "fr"},
    {"glued_highlight": True, "language": "de", "nbsp": False}, {"nbsp": False}, {"byline_label": "Author"},
    {"body_label": "Text"}, {"clock": False}, {"dateline": True}, {"abstract": True}, {"highlight": False},
    {"abstract": True, "graphic": range(30), "classification": False}, {"photo_only": range(30), "cover": False},
    {"split_heading": True, "heading_break": "break"}, {"dateline": True, "glued_highlight": True, "language": "de"},
]  # fmt: skip
ONLY_DOCX = [
    {"heading_style": True}, {"link": True}, {"runs": 3}, {"runs": 40, "link": True},
]  # fmt: skip
ONLY_TXT = [
    {"encoding": "cp1252"}, {"encoding": "utf-16"}, {"newline": "\r\n"}, {"first_number": 51}, {"wrap": 72},
    {"wrap": 60, "blank_lines": 3, "highlight": True}, {"centred": False}, {"edition": "Late Edition - Final"},
    {"edition": "Edition 1;", "month_only": True}, {"highlight": True}, {"dateline": "before"}, {"dateline": "after"},
    {"dateline": "before", "highlight": True, "wrap": 70, "language": "de"}, {"copyright_at": "start"},
    {"copyright_at": "end"}, {"load_date": False}, {"load_date": False, "graphic": range(30), "copyright_at": "end"},
    {"photo_only": range(30), "dateline": "before"}, {"copyright_at": "start", "month_only": True, "centred": False},
]  # fmt: skip
CASES = [
    *[(form, options) for form in ("docx", "rtf", "txt") for options in SHARED],
    *[(form, options) for form in ("docx", "rtf") for options in LAYOUTS],
    *[("docx", options) for options in ONLY_DOCX],
    *[("rtf", {"escapes": "ansi", **options}) for options in ({}, {"cover_blanks": 0}, {"split_heading": True})],
    *[("txt", options) for options in ONLY_TXT],
]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("form", "options"), CASES, ids=lambda value: str(value)[:60])
def test_every_field_of_a_generated_file(form, options, seed):
    made = stories.stories(seed, 30)
    found = assert_as_expected(form, made, **options)
    stated = options.get("stated_count") if options.get("cover", True) else None
    assert found.stated == (stated or len(made))


@pytest.mark.parametrize("form", ["docx", "rtf", "txt"])
def test_a_full_file_of_500_articles(form):
    assert_as_expected(form, stories.stories(4, 500))


NBSP = "\u00a0"
COVER = ["Date and Time: Monday", "Job Number: 1", "", "Documents (2)", "1. A", "2. B", "", "", ""]
HEAD = ["Ferry sinks", "The Post(Kiel)", "July 1, 2019 Monday", "Copyright 2019 The Post", "", f"Length:{NBSP}3 words"]
TAIL = ["", f"Load-Date:{NBSP}July 2, 2019", "", "End of Document", ""]
ARTICLE = [*HEAD, "", "Body", "", "One.", "", "Two.", *TAIL]


def only(paragraphs: list[str]) -> dict[str, object]:
    found = read_nexis(paragraphs)
    assert found.rejected == []
    assert len(found.records) == 1
    return found.records[0]


def test_one_article_whole():
    assert only(ARTICLE) == {
        "outlet": "The Post", "city": "Kiel", "date": "July 1, 2019 Monday", "headline": "Ferry sinks", "standfirst": "",
        "byline": "", "section": "", "url": "", "body": "One.\n\nTwo.", "lead_paragraphs": 1,
        "copyright": "Copyright 2019 The Post", "length_stated": "3 words", "load_date": "July 2, 2019",
    }  # fmt: skip


# Each line is what the newspaper printed, in a place where a reader may take it for the export's own.
@pytest.mark.parametrize(
    "line",
    [
        *[
            "Body",
            "Text",
            "Classification",
            f"Load-Date:{NBSP}tomorrow",
            f"Length:{NBSP}3",
            "The End of Document came.",
            "SECTION: x",
        ],
        *[
            "1 of 10 DOCUMENTS",
            "Documents (10)",
            "July 4, 2019",
            "Copyright 2019 was hers.",
            "Highlight: one",
            "FULL TEXT",
        ],
    ],
)
def test_lines_of_the_text_stay_in_it(line):
    for body in ([line, "One."], ["One.", "", line, "Two."], ["One.", line]):
        record = only([*HEAD, "Body", *body, *TAIL])
        if body[0] != "FULL TEXT":
            assert record["body"] == "\n\n".join(filter(None, body))


def test_headline_that_looks_like_a_label():
    for headline in ("Body", "Length: 3 words", "July 4, 2019", "End of Document is near", "Graphic"):
        assert only([headline, *ARTICLE[1:]])["headline"] == headline


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ([], "1 lines before the first label"),
        (
            ["More of the text", "and more", "and yet more"],
            "no line 'Body', so the text from 'and yet more'|this is no article",
        ),
        (["A", "B"], "this is no article"),
        (
            [*HEAD, "Leipäteksti", "One.", "Two."],
            "no line 'Body', so the text from 'Leipäteksti' on is neither a label nor the body",
        ),
        (
            [*HEAD, f"Highlight:{NBSP}x", "Leipäteksti", "One.", "Two."],
            "no line 'Body', so the text from 'Leipäteksti' on",
        ),
        ([*HEAD, *["One.", ""] * 200_000], "200,005 lines before a line 'Body'; 1,000 are allowed"),
        ([*COVER[:-3], "A headline"], "where the first article begins is unknown"),
    ],
)
def test_every_end_mark_gives_a_record_or_a_rejection(piece, reason):
    found = read_nexis([*ARTICLE, *piece, *TAIL[1:], *ARTICLE])
    assert (len(found.records), len(found.rejected)) == (2, 1)
    assert found.rejected[0].position == "article 2"
    assert re.search(reason, found.rejected[0].reason)
    assert all(line in found.rejected[0].raw for line in piece)


def test_text_after_the_last_end_mark_is_a_rejection():
    found = read_nexis([*ARTICLE, *HEAD, "Body", "The download stopped he"])
    assert [(one.position, one.reason[:10]) for one in found.rejected] == [("article 2", "not closed")]
    assert found.rejected[0].raw.endswith("stopped he")


def test_the_count_stated_is_that_of_the_covers_or_of_the_end_marks():
    assert read_nexis([*COVER, *ARTICLE]).stated == 2
    assert read_nexis([*COVER, *ARTICLE, *ARTICLE, *COVER, *ARTICLE]).stated == 4
    assert read_nexis([*ARTICLE, *ARTICLE, *ARTICLE]).stated == 3
    assert len(read_nexis([*COVER, *ARTICLE, *ARTICLE, *COVER, *ARTICLE]).records) == 3


def test_what_has_no_label_is_kept():
    record = only([*HEAD[:3], "Late Edition - Final", *HEAD[3:], "Source: an agency", "Body", "One.", *TAIL])
    assert (record["edition"], record["further"], record["body"]) == (
        "Late Edition - Final",
        "Source: an agency",
        "One.",
    )
    dateless = only([HEAD[0], HEAD[1], *HEAD[3:], "Body", "One.", *TAIL])
    assert (dateless["date"], dateless["outlet"], dateless["body"]) == ("", "The Post", "One.")


def with_head(*top: str) -> dict[str, object]:
    """Return an article of Nexis Uni with some lines above its labels."""
    return only([*top, "", f"Length:{NBSP}2 words", "", "Body", "", "One.", "", "Two.", *TAIL])


# What stands as outlet and below it → outlet, and the column that keeps the rest.
OUTLETS = [
    (["The Post"], {}),
    (["The Post (Kiel)"], {"city": "Kiel"}),
    (["The Post (Kiel) - Final Edition"], {"city": "Kiel", "edition": "Final Edition"}),
    (["The Post - Final Edition"], {"edition": "Final Edition"}),
    (["The Post, Late Edition"], {"edition": "Late Edition"}),
    (["The Post - Final Edition (Kiel)"], {"city": "Kiel", "edition": "Final Edition"}),
    (["The Post (Kiel)", "Final Edition"], {"city": "Kiel", "edition": "Final Edition"}),
    (["The Post(Kiel)", "(Green)"], {"city": "Kiel", "outlet_also": "Green"}),
    (["The Post (TP)"], {"outlet_also": "TP"}),
    (["The Post (f/k/a Old Post) (Kiel)"], {"city": "Kiel", "outlet_also": "f/k/a Old Post"}),
    (["The Post."], {}),
    (["The Post", "No Post material may be republished without permission of the Post."], {}),
]


@pytest.mark.parametrize(("outlet", "kept"), OUTLETS)
def test_one_outlet_in_all_its_forms(outlet, kept):
    record = with_head("Ferry sinks", *outlet, "July 1, 2019 Monday")
    assert (record["headline"], record["outlet"], record["date"]) == ("Ferry sinks", "The Post", "July 1, 2019 Monday")
    assert {name: record[name] for name in ("city", "edition", "outlet_also") if name in record} == kept


# The line of the date → date, time and edition.
DATES = [
    ("July 1, 2019 Monday, Late Edition - Final", "July 1, 2019 Monday", "", "Late Edition - Final"),
    ("July 1, 2019 Monday Final Edition", "July 1, 2019 Monday", "", "Final Edition"),
    ("July 1, 2019, Monday, Final Edition", "July 1, 2019 Monday", "", "Final Edition"),
    ("July 1, 2019 Monday 18:44 EST", "July 1, 2019 Monday", "18:44 EST", ""),
    ("July 1, 2019 4:11 AM EST", "July 1, 2019", "4:11 AM EST", ""),
    (
        "July 1, 2019 Monday 13:00:00 - 18:00:00 Eastern Time",
        "July 1, 2019 Monday",
        "13:00:00 - 18:00:00 Eastern Time",
        "",
    ),
    ("July 1, 2019 Monday, The Post on the Web", "July 1, 2019 Monday", "", "The Post on the Web"),
    ("1. Juli 2019 Montag 9:50 PM GMT+1", "1. Juli 2019 Montag", "9:50 PM GMT+1", ""),
    ("Montag 1. Juli 2019", "1. Juli 2019 Montag", "", ""),
    ("lundi 1er juillet 2019", "1er juillet 2019 lundi", "", ""),
    ("1 de julio de 2019 lunes", "1 de julio de 2019 lunes", "", ""),
    ("Onsdag 3. Juli 2019", "3. Juli 2019", "", ""),
    ("July 2019", "July 2019", "", ""),
    ("Summer 2019", "Summer 2019", "", ""),
    ("Correction Appended", "", "", ""),
]


@pytest.mark.parametrize(("line", "date", "time", "edition"), DATES)
def test_the_date_is_read_from_the_start_of_its_line(line, date, time, edition):
    record = with_head("SHIPPING;\nFerry sinks", "The Post", line)
    assert (record["headline"], record["outlet"]) == ("SHIPPING; Ferry sinks", "The Post")
    assert (record["date"], record.get("time", ""), record.get("edition", "")) == (date, time, edition)


def test_a_headline_of_several_lines_ends_above_the_outlet():
    record = with_head("SHIPPING NEWS", "Ferry sinks", "Crew is safe", "The Post", "July 1, 2019 Monday")
    assert (record["headline"], record["outlet"]) == ("SHIPPING NEWS Ferry sinks Crew is safe", "The Post")


# What the archive sets below the text → the columns that keep it.
TAILS = [
    (["PHOTO: A weak engine. (PHOTOGRAPH BY A B)"], {"graphic": "PHOTO: A weak engine. (PHOTOGRAPH BY A B)"}),
    (["PHOTO, B/W, Reuters", "CHART: Fares"], {"graphic": "CHART: Fares"}),
    (["Graphic", "PHOTO: A weak engine.", "Two"], {"graphic": "PHOTO: A weak engine.\nTwo"}),
    (
        ["Related Articles", "A Hostile Mayor", "Bridge Fails."],
        {CUTS: "Related Articles\n\nA Hostile Mayor\n\nBridge Fails."},
    ),
    (["PHOTOS: One", "Related Articles", "A"], {"graphic": "PHOTOS: One", CUTS: "Related Articles\n\nA"}),
    (["Related Articles", "A", "PHOTOS: One"], {"graphic": "PHOTOS: One", CUTS: "Related Articles\n\nA"}),
    (["FOTO: Ein Boot", "Mehr zum Thema", "A"], {"graphic": "FOTO: Ein Boot", CUTS: "Mehr zum Thema\n\nA"}),
    (["https://post.example.org/a"], {"url": "https://post.example.org/a"}),
    (["Correction", "A name was wrong."], {"correction": "A name was wrong."}),
    (
        ["Correction", "A name was wrong.", "Graphic", "MAP: Kiel"],
        {"correction": "A name was wrong.", "graphic": "MAP: Kiel"},
    ),
    (
        ["Graphic", "MAP: Kiel", "Correction", "A name was wrong."],
        {"correction": "A name was wrong.", "graphic": "MAP: Kiel"},
    ),
]


@pytest.mark.parametrize(("below", "kept"), TAILS)
def test_what_stands_below_the_text_is_kept_apart(below, kept):
    record = with_text("One.", "Two.", *below)
    found = {name: record[name] for name in ("graphic", "correction", "url") if record.get(name)}
    found |= {name: passage for name, of_article in record.items() if name == CUTS for _, passage in of_article}
    assert found == kept
    assert record["body"] == ("One.\n\nTwo." + ("\n\nPHOTO, B/W, Reuters" if "PHOTO, B/W, Reuters" in below else ""))


# Paragraphs that look alike and are text.
@pytest.mark.parametrize(
    "text",
    [
        ("One.", "Related Articles", "A paragraph " * 20, "The end."),
        ("PHOTO: taken by the mayor, it hung there.", "The end."),
        ("Correction", *["One."] * 9),
        ("https://post.example.org/a", "One."),
        ("REED: I know.", "FEN: You do."),
        ("CHART: all there is",),
    ],
)
def test_text_that_looks_like_it_stays(text):
    assert with_text(*text)["body"] == "\n\n".join(map(str.strip, text))


def with_text(*text: str) -> dict[str, object]:
    return only([*HEAD, "", "Body", *(line for paragraph in text for line in ("", paragraph)), *TAIL])


def test_two_articles_whose_end_mark_is_lost_are_counted():
    found = read_nexis([*ARTICLE[:-3], *ARTICLE])
    assert (len(found.records), found.stated) == (1, 2)


def test_many_marks_do_not_slow_the_reader():
    record = only(
        [*HEAD, "Body", *["Classification", f"Subject:{NBSP}x", "One.", "Two."] * 50_000, "Three.", "Four.", *TAIL]
    )
    assert str(record["body"]).count("One.") == 50_000


def test_other_texts_are_no_nexis():
    assert not is_nexis_text(["Title", "", "The words End of Document, Body, Length: 3", "End of Document"])
    assert not is_nexis_text([])
    assert is_nexis_text([*COVER, "Title"])
    assert not is_old_nexis("Title\n\nThere were 1 of 10 DOCUMENTS\n\nLENGTH: long")
    assert not is_old_nexis("")


OLD = "The Post\n\nJuly 1, 2019 Monday\n\nFerry sinks\n\nBYLINE: A B\n\nLENGTH: 3 words\n\nOne.\n\nTwo.\n\nLANGUAGE: ENGLISH\n\n"


def old(*numbers: int, total: int = 3, text: str = OLD) -> str:
    return "".join(f"          {number} of {total} DOCUMENTS\n\n\n{text}\n" for number in numbers)


def test_old_separators_in_the_text_and_joined_files():
    fake = OLD.replace("Two.", "2 of 3 DOCUMENTS\n\nwere lost, 1 of 3 DOCUMENTS\n\n1 of 3 DOCUMENTS\n\nTwo.")
    found = read_old_nexis(old(1, text=fake) + old(2, 3))
    assert (len(found.records), found.stated) == (3, 3)
    assert "2 of 3 DOCUMENTS\n\nwere lost, 1 of 3 DOCUMENTS\n\n1 of 3" in found.records[0]["body"]
    joined = read_old_nexis(old(1, 2, 3) + old(1, 2, 3) + old(1, total=1))
    assert (len(joined.records), joined.stated) == (7, 7)


# Numbers in the separators and their total → what the file states, and the numbers of a part of a download.
PARTS = [
    ((1, 2, 3), 3, 3, ""),
    ((1, 2, 3), 500, 500, ""),  # begins at 1 and ends at no end of a part: cut
    ((201, 202, 203), 500, 3, "documents 201 to 203 of 500"),
    ((3, 17), 40, 2, "documents 3, 17 of 40"),
    ((1, 7), 40, 2, "documents 1, 7 of 40"),
    ((2,), 2, 1, "documents 2 of 2"),
    ((1,), 1, 1, ""),
    ((1,), 8, 8, ""),
    (tuple(range(1, 51)), 62, 50, "documents 1 to 50 of 62"),
    (tuple(range(1, 50)), 62, 62, ""),
    ((1999, 2000, 2001), 2146, 3, "documents 1,999 to 2,001 of 2,146"),
]


@pytest.mark.parametrize(("numbers", "total", "stated", "part"), PARTS)
def test_old_parts_of_a_download_are_whole_files_with_a_note(numbers, total, stated, part):
    found = read_old_nexis(old(*numbers, total=total))
    assert (len(found.records), found.stated) == (len(numbers), stated)
    assert [(note.kind, note.count) for note in found.notes] == ([("part of a download", len(numbers))] if part else [])
    assert all(part in note for note in found.notes)


def test_one_odd_total_among_numbers_that_go_up_by_one_is_no_other_download():
    found = read_old_nexis(old(1, total=3) + old(2, total=383) + old(3, total=3))
    assert (len(found.records), found.stated, found.notes) == (3, 3, [])


def test_an_old_file_cut_within_its_last_article_is_refused():
    whole = old(201, 202, 203, total=500)
    with pytest.raises(CorpusError, match="the file is cut off"):
        read_old_nexis(whole[: whole.rindex("Two.")])
    lacking = old(201, 202, total=500) + old(203, total=500).replace("3 words", "2 words").replace(
        "LANGUAGE: ENGLISH", ""
    )
    assert len(read_old_nexis(lacking).records) == 3


def test_an_old_file_that_lost_a_separator_rejects_the_article_that_is_two():
    found = read_old_nexis(old(1) + old(2) + old(3).replace("3 of 3 DOCUMENTS", ""))
    assert [one.position for one in found.rejected] == ["article 2"]
    assert "2 lines with a length in one article" in found.rejected[0].reason


def test_old_articles_without_length_or_text():
    short = read_old_nexis(
        old(1) + old(2, text="The Post\n\nJuly 1, 2019\n\nTitle\n\nOne.\n\nTwo.\n") + old(3, text="")
    )
    assert short.records[1]["body"] == "One.\n\nTwo."
    assert [(one.position, one.reason) for one in short.rejected] == [
        ("article 3", "no publication, date and headline before the first label")
    ]


def test_old_labels_that_are_unknown_stand_among_known_ones_or_are_text():
    tail = "NOTES: by a desk\n\nTwo.\n\nLOAD-DATE: July 2, 2019\n\nDOCUMENT-TYPE: News\n\nLANGUAGE: ENGLISH\n\nJOURNAL-CODE: P\n"
    record = read_old_nexis(old(1, text=OLD[: OLD.index("Two.")] + tail)).records[0]
    assert (record["body"], record["load_date"]) == ("One.\n\nNOTES: by a desk\n\nTwo.", "July 2, 2019")
    assert record["classification"] == "DOCUMENT-TYPE: News\nJOURNAL-CODE: P"


def test_old_request_page_is_known_and_other_text_before_is_told():
    assert (
        read_old_nexis("\n\nDownload Request: Selected Items: 1-3\nTime Of Request: now\n\n" + old(1, 2, 3)).notes == []
    )
    assert read_old_nexis("Lost text\n\n" + old(1)).notes == ["text before the first article was left out: 'Lost text'"]


@pytest.mark.parametrize(
    "line", ["FOO: x", "GRAPHIC: x", "TEXT: x", "1 of 3 DOCUMENTS", "Related Articles", "July 1, 2019"]
)
def test_many_lines_that_look_like_labels_do_not_slow_the_reader_of_old_files(line):
    # Each was quadratic at some time; 20,000 of them then took half a minute.
    started = time.process_time()
    read_old_nexis(old(1, text=OLD + f"{line}\n\n" * 20_000))
    assert time.process_time() - started < 10


LINES = st.lists(
    st.sampled_from([*COVER, *ARTICLE, "Graphic", "Abstract", "FULL TEXT", "Classification", f"Byline:{NBSP}"])
)


@given(LINES)
def test_any_order_of_lines_is_read(lines):
    found = read_nexis(lines)
    assert len(found.records) + len(found.rejected) - lines.count("End of Document") in (0, 1)


@given(st.lists(st.sampled_from([*OLD.split("\n"), "1 of 3 DOCUMENTS", "2 of 3 DOCUMENTS", "GRAPHIC: x", "\f"])))
def test_any_order_of_old_lines_is_read(lines):
    try:
        found = read_old_nexis("\n".join(lines))
    except CorpusError as error:
        assert "the file is cut off" in str(error)
        return
    assert len(found.records) + len(found.rejected) >= len({line for line in lines if line.endswith("DOCUMENTS")})
