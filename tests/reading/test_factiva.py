"""Factiva exports that a generator wrote from the same description, and files that no archive wrote."""

import pandas as pd
import pytest
from archives import factiva
from archives.stories import stories
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import CorpusError
from analysis.reading.archives.factiva import (
    is_factiva_html,
    is_factiva_paragraphs,
    is_factiva_xml,
    read_factiva_html,
    read_factiva_paragraphs,
    read_factiva_xml,
)
from analysis.reading.dates import days
from analysis.reading.decoding import decode
from analysis.reading.rtf import rtf_paragraphs

READERS = {
    "html": (is_factiva_html, read_factiva_html),
    "html_plain": (is_factiva_html, read_factiva_html),
    "xml": (is_factiva_xml, read_factiva_xml),
    "rtf": (is_factiva_paragraphs, read_factiva_paragraphs),
}


def read(form, told, options):
    data = getattr(factiva, form)(told, **options)
    recognise, reader = READERS[form]
    opened = rtf_paragraphs(data) if form == "rtf" else decode(data)[0]
    assert recognise(opened)
    return reader(opened)


def check(found, expected):
    assert len(found.records) == len(expected)
    written = pd.Series([record["date"] for record in found.records])
    for record, row, day in zip(found.records, expected, days(written, place="test"), strict=True):
        made = {**record, "date": None if pd.isna(day) else day.date()}
        assert {name: made[name] for name in row} == row


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("html", {}),
        ("html", {"language": "fr", "clock": False, "coded": False, "quotes": '"', "nbsp": False}),
        ("html", {"language": "de", "without": {"BY", "SE"}, "split_heading": True, "encoding": "cp1252"}),
        ("html", {"all_in": "LP", "wrap": 50, "entities": True, "meta": False, "encoding": "utf-16"}),
        ("html", {"all_in": "TD", "month_only": True, "stated_count": 60}),
        ("html", {"without": {"AN", "PD"}}),
        ("html_plain", {}),
        ("html_plain", {"language": "fr", "clock": True, "section": False}),
        ("html_plain", {"language": "de", "page": True, "split_heading": True, "wrap": 40, "entities": True}),
        ("html_plain", {"month_only": True, "page": True, "section": False, "encoding": "cp1252"}),
        ("xml", {}),
        ("xml", {"date_element": "dateTime", "highlights": True, "split_heading": True}),
        ("xml", {"without": {"byline", "sectionName", "leadParagraph"}, "namespace": "http://example.org/pps"}),
        ("xml", {"all_in": "TD", "encoding": "cp1252", "stated_count": 60}),
        ("rtf", {}),
        ("rtf", {"table": False, "language": "fr", "escapes": "ansi"}),
        ("rtf", {"split_heading": True, "all_in": "LP", "coded": False}),
        ("rtf", {"table": False, "split_heading": True, "without": {"AN", "SE"}}),
        ("rtf", {"without": {"AN"}, "coded": False, "clock": False}),
        ("rtf", {"all_in": "TD", "month_only": True, "language": "de"}),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_field_of_a_generated_export(form, options, seed):
    told = stories(seed, 60)
    found = read(form, told, options)
    check(found, factiva.expected(told, form, **options))
    assert (found.stated, found.rejected) == (60, [])


@pytest.mark.parametrize("form", READERS)
def test_five_hundred_articles_and_one(form):
    for count in (500, 1):
        told = stories(5, count)
        check(read(form, told, {}), factiva.expected(told, form))


def test_further_columns():
    told = stories(3, 1)
    for form in ("html", "rtf"):
        record = read(form, told, {}).records[0]
        assert record["length_stated"] == f"{told[0].words} words"
        assert (record["page"], record["edition"]) == ("5", "1")
        assert record["accession"].startswith("TESTFR00")


def test_an_article_without_headline_and_text_is_unread():
    told = stories(3, 3)
    found = read("html", told, {"without": {"HD", "LP", "TD"}})
    assert not found.records
    assert [one.position for one in found.rejected] == ["article 1", "article 2", "article 3"]
    assert told[1].outlet.split()[-1] in found.rejected[1].raw
    assert found.stated == 3


def test_the_page_may_claim_more_than_it_holds():
    assert read("html", stories(3, 3), {"stated_count": 4}).stated == 4
    assert read("xml", stories(3, 3), {"stated_count": 4}).stated == 4


def test_bytes_of_xml_are_read_by_their_declaration():
    told = stories(3, 5)
    check(read_factiva_xml(factiva.xml(told, encoding="cp1252")), factiva.expected(told, "xml"))


PIECES = st.sampled_from(
    [
        "<div class='article enArticle'>",
        "</div>",
        "<table><tr><td><b>HD</b></td><td>",
        "</td></tr>",
        "<div>12 words</div><div>1 May 2001</div>",
        "<span class='enHeadline'>",
        "<p class='articleParagraph'>",
        "<article>",
        "</article>",
        "<PPSResponse>",
        "</PPSResponse>",
        "<headline><paragraph>",
        "&nbsp;",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "<!--",
        "word",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_ends_in_a_result_or_a_corpus_error(text):
    for reader in (read_factiva_html, read_factiva_xml):
        try:
            found = reader(text)
        except CorpusError:
            continue
        assert all(isinstance(record["body"], str) for record in found.records)


@given(st.lists(st.one_of(st.text(), st.sampled_from(["HD|", "HD\tx", "AN|Document 1|", "TD|", "|", "", "LP"]))))
def test_any_paragraphs_are_read(paragraphs):
    found = read_factiva_paragraphs(paragraphs)
    assert len(found.records) + len(found.rejected) == found.stated
