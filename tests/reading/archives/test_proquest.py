"""ProQuest exports that a generator wrote from the same description, and files that no archive wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading.archives.proquest import (
    is_proquest_html,
    is_proquest_text,
    is_proquest_xml,
    read_proquest_html,
    read_proquest_text,
    read_proquest_xml,
)
from analysis.reading.decoding import decode
from archives import proquest
from archives.records_check import check
from archives.stories import stories

RULE = "_" * 60
READERS = {
    "txt": (is_proquest_text, read_proquest_text),
    "html": (is_proquest_html, read_proquest_html),
    "mail": (is_proquest_html, read_proquest_html),
    "xml": (is_proquest_xml, read_proquest_xml),
}


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("txt", {}),
        ("txt", {"date_style": "long", "abstract": False}),
        ("txt", {"date_style": "iso", "full_text_first": False}),
        ("txt", {"date_style": "month", "title_label": False}),
        ("txt", {"no_full_text": {0, 3, 4, 49}}),
        ("txt", {"no_full_text": {0, 3}, "full_text_first": False, "split_heading": True}),
        ("txt", {"split_heading": True, "credit_capitals": True, "leading_rule": False}),
        ("txt", {"notice": False, "blank_lines": 2, "newline": "\r\n"}),
        ("txt", {"encoding": "cp1252", "blank_lines": 0}),
        ("txt", {"encoding": "utf-16", "stated_count": 50}),
        ("txt", {"stated_count": 50, "leading_rule": False}),
        ("html", {}),
        ("html", {"date_style": "iso", "abstract": False, "split_heading": True}),
        ("html", {"date_style": "month", "wrap": 60, "entities": True}),
        ("html", {"no_full_text": {0, 7}, "stated_count": 50, "encoding": "cp1252"}),
        ("mail", {}),
        ("mail", {"addresses": False, "bold": "b"}),
        ("mail", {"text_element": "empty", "date_style": "long", "abstract": False}),
        ("mail", {"text_element": "none", "addresses": False, "wrap": 60, "no_full_text": {0, 3, 49}}),
        ("mail", {"text_element": "none", "edition": "Final Edition", "encoding": "cp1252"}),
        ("xml", {}),
        ("xml", {"compact_date": True, "text": "cdata", "split_heading": True}),
        ("xml", {"text": "elements", "no_full_text": {2}, "encoding": "cp1252"}),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_field_of_a_generated_export(form, options, seed):
    told = stories(seed, 50)
    data = getattr(proquest, form)(told, **options)
    recognise, read = READERS[form]
    text = decode(data)[0]
    assert recognise(text)
    found = read(text)
    check(found, proquest.expected(told, form, **options))
    assert (found.stated, found.rejected) == (50, [])
    if form == "xml":
        assert read(data) == found


@pytest.mark.parametrize("form", READERS)
def test_five_hundred_articles_and_one(form):
    for count in (500, 1):
        told = stories(9, count)
        check(READERS[form][1](decode(getattr(proquest, form)(told))[0]), proquest.expected(told, form))


def article(title, *body, tail=""):
    return f"{title}\n\nFull text: " + "\n\n".join(body) + f"\n\n{tail}Title: {title}\n\nDatabase: Newsstream\n\n"


@pytest.mark.parametrize(
    "body",
    [
        ("It began.", RULE, "It ended."),
        ("It began.", RULE, RULE, "Copy was late.", "It ended."),
        ("It began.", "Title: the word on the stone.", "Database: what is that?", "It ended."),
        ("It began.", "Database: what is that?"),
        ("It began.", "Full text: to follow.", "It ended."),
    ],
)
def test_lookalikes_inside_an_article_do_not_end_it(body):
    text = f"{RULE}\n\n{article('One', *body)}{RULE}\n\n{article('Two', 'B.', tail='Subject: Tides')}{RULE}\n\nContact us\n"
    found = read_proquest_text(text)
    assert [record["headline"] for record in found.records] == ["One", "Two"]
    wanted = [paragraph for paragraph in body if paragraph != RULE]
    kept = [paragraph for paragraph in found.records[0]["body"].split("\n\n") if paragraph != RULE]
    assert kept == wanted


def test_a_piece_without_labels_is_unread_not_lost():
    found = read_proquest_text(f"{RULE}\n\nJust words\n\n{RULE}\n\n{article('One', 'Text.')}")
    assert [(one.position, one.reason) for one in found.rejected] == [
        ("article 1", "no label such as 'Full text:' or 'Title:'")
    ]
    assert "Just words" in found.rejected[0].raw
    assert (len(found.records), found.stated) == (1, None)  # The first piece has no document number.


def test_the_numbers_of_documents_are_no_headlines_and_say_which_part_it_is():
    def numbered(*numbers):
        return "".join(
            f"{RULE}\n\nDocument {number} of 500\n\n{article(f'No. {number}', 'Text.')}" for number in numbers
        )

    found = read_proquest_text(numbered(11, 12))
    assert [record["headline"] for record in found.records] == ["No. 11", "No. 12"]
    assert [(str(note).split(";")[0], note.kind, note.count) for note in found.notes] == [
        ("documents 11 to 12 of 500", "part of a download", 2)
    ]
    assert not read_proquest_text(numbered(11, 12).replace("500", "2")).notes


def test_labels_that_are_not_known_stay_out_of_the_text():
    tail = "Subject: Tides\n\nFirst page: A.11\n\nUnheard-of label: 7\n\nPublication title: The Gull\n\n"
    text = f"{RULE}\n\n{article('One', 'It began.', 'The mayor said: no.', tail=tail)}{RULE}\n\n{article('Two', 'B.')}"
    record = read_proquest_text(text).records[0]
    assert (record["body"], record["outlet"]) == ("It began.\n\nThe mayor said: no.", "The Gull")


def test_place_edition_and_what_is_not_there_are_no_names():
    page = proquest.mail(stories(5, 1), edition="Late Edition (East Coast)", abstract=False).decode()
    record = read_proquest_html(page).records[0]
    assert (record["outlet"], record["edition"]) == (stories(5, 1)[0].outlet, "Late Edition (East Coast)")
    assert (record["headline"], record["standfirst"]) == (stories(5, 1)[0].headline, "")


def test_a_page_with_a_lost_article_says_how_many_there_were():
    page = proquest.mail(stories(5, 3)).decode().replace('<a name="DocID_MSTAR_1"></a>', "")
    found = read_proquest_html(page)
    assert (len(found.records), found.stated) == (2, 3)


def test_a_page_about_a_few_labels_is_no_export():
    assert not is_proquest_html(
        "<p><strong>Author:</strong> A</p><p><strong>Section:</strong> B</p><p><b>Full text:</b></p>"
    )


def test_the_end_of_a_text_that_mentions_copyright_is_kept():
    text = f"{RULE}\n\nOne\n\nTitle: One\n\nFull text: It began.\n\nCopyright was never the point.\n\n"
    assert read_proquest_text(text).records[0]["body"] == "It began.\n\nCopyright was never the point."


PIECES = st.sampled_from(
    f"{RULE}\n|\n|\n\n|Title: |Full text: |Database: |<text>|</text>|<p class='documentTitle'>|<RECORD>|</RECORD>|<Text>|"
    "</Text>|<TitleAtt><Title>|</Title></TitleAtt>|word|&amp;|&x;|<![CDATA[|]]>|<!--|<div class=titleAuthorETC>[".split(
        "|"
    )
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_ends_in_a_result_or_a_corpus_error(text):
    for recognise, read in READERS.values():
        recognise(text)
        try:
            found = read(text)
        except CorpusError:
            continue
        assert all(isinstance(record["body"], str) for record in found.records)
