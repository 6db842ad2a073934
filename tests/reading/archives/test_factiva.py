"""Factiva exports that a generator wrote from the same description, and files that no archive wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.core.errors import CorpusError
from analysis.reading.archives.factiva import (
    is_factiva_html,
    is_factiva_paragraphs,
    is_factiva_xml,
    read_factiva_html,
    read_factiva_paragraphs,
    read_factiva_xml,
)
from analysis.reading.archives.factiva_fields import Head, of_head
from analysis.reading.archives.factiva_lines import is_factiva_text, read_factiva_text
from analysis.reading.decoding import decode
from analysis.reading.records import Found
from analysis.reading.rtf import rtf_paragraphs
from archives import factiva
from archives.records_check import check
from archives.stories import stories

READERS = {
    "html": (is_factiva_html, read_factiva_html),
    "html_plain": (is_factiva_html, read_factiva_html),
    "xml": (is_factiva_xml, read_factiva_xml),
    "rtf": (is_factiva_paragraphs, read_factiva_paragraphs),
    "rtf_plain": (is_factiva_paragraphs, read_factiva_paragraphs),
    "text": (is_factiva_text, read_factiva_text),
}


def read(form, told, options):
    data = getattr(factiva, form)(told, **options)
    recognise, reader = READERS[form]
    opened = rtf_paragraphs(data) if form.startswith("rtf") else decode(data)[0]
    assert recognise(opened)
    return reader(opened)


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("html", {}),
        ("html", {"language": "fr", "clock": False, "coded": False, "quotes": '"', "nbsp": False}),
        ("html", {"language": "de", "without": {"BY", "SE"}, "split_heading": True, "encoding": "cp1252"}),
        ("html", {"all_in": "LP", "wrap": 50, "entities": True, "meta": False, "encoding": "utf-16"}),
        ("html", {"all_in": "TD", "month_only": True, "stated_count": 60}),
        ("html", {"without": {"PD"}}),
        ("html_plain", {}),
        ("html_plain", {"language": "fr", "clock": True, "section": False}),
        ("html_plain", {"language": "de", "page": True, "split_heading": True, "wrap": 40, "entities": True}),
        ("html_plain", {"month_only": True, "page": True, "section": False, "encoding": "cp1252"}),
        ("html_plain", {"headline_tag": "b", "wrapped": False}),
        ("html_plain", {"headline_tag": "b", "author": False, "page": True}),
        ("html_plain", {"counted": True, "language": "de", "carried": 3}),
        ("html_plain", {"languages": ("en", "zhcn", "zhtw", "ja", "ptbr"), "language": "zhcn", "clock": True}),
        ("html_plain", {"languages": ("undefined", "ko"), "language": "ko"}),
        *(("html_plain", {"language": name, "section": True}) for name in factiva.FURTHER_MONTHS),
        *(("html", {"language": name}) for name in ("ja", "zhtw", "ko", "ru", "pl", "tr")),
        ("xml", {}),
        ("xml", {"date_element": "dateTime", "highlights": True, "split_heading": True}),
        ("xml", {"without": {"byline", "sectionName", "leadParagraph"}, "namespace": "http://example.org/pps"}),
        ("xml", {"all_in": "TD", "encoding": "cp1252", "stated_count": 60}),
        ("rtf", {}),
        ("rtf", {"table": False, "language": "fr", "escapes": "ansi"}),
        ("rtf", {"split_heading": True, "all_in": "LP", "coded": False}),
        ("rtf", {"table": False, "split_heading": True, "without": {"SE"}}),
        ("rtf_plain", {}),
        ("rtf_plain", {"language": "fr", "escapes": "ansi"}),
        ("text", {}),
        ("text", {"style": "gap", "language": "de"}),
        ("text", {"style": "space", "without": {"SE", "BY"}}),
        ("text", {"wrap": 70, "encoding": "utf-8-sig"}),
        ("text", {"style": "gap", "blank": False}),
        ("text", {"style": "none"}),
        ("text", {"style": "none", "language": "zhcn", "summary": True}),
        ("text", {"style": "none", "wrap": 72, "feet": True, "language": "de"}),
        ("text", {"style": "none", "blank": False, "language": "ru"}),
        ("text", {"style": "none", "language": "ko"}),
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


def test_the_count_comes_from_other_signs_than_the_articles():
    told = stories(3, 5)
    page = factiva.html_plain(told).decode()
    # Without the class that tells articles, they are found by the addresses round them; without those too, they are missed.
    assert len(read_factiva_html(page.replace("Article", "")).records) == 5
    lost = page.replace('class="article frArticle"', "").replace('id="article-', 'name="', 1)
    assert lost != page
    found = read_factiva_html(page.replace('class="article enArticle"', "", 1).replace('id="article-', 'name="', 1))
    assert (len(found.records), found.stated) == (4, 5)
    # What stands beside some articles only is no count: the last one may be cut off.
    uncut = page.rpartition("<p>Document")[0]
    assert read_factiva_html(uncut.replace(' id="article-', ' data-id="')).stated is None


def test_entries_without_text_are_said():
    found = read_factiva_html(factiva.html_plain(stories(3, 2), carried=3).decode())
    assert [(note.kind, note.count) for note in found.notes] == [("left out", 3)]
    assert not read_factiva_html(factiva.html_plain(stories(3, 2)).decode()).notes


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Factiva</title></head><body><form>Search</form></body></html>",
        "<html><body><div id='navcontainer' class='fcpNavContainer'></div></body></html>",
    ],
)
def test_an_export_without_articles_is_no_web_page(page):
    assert is_factiva_html(page)
    assert read_factiva_html(page) == Found([])
    assert not is_factiva_html(page.replace(">Factiva<", ">Factiva changes its owner<").replace("fcpNav", "nav"))


def test_empty_exports_give_an_empty_corpus_that_says_so(tmp_path):
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?><PPSResponse><ppsArticleResponse/></PPSResponse>')
    (tmp_path / "b.html").write_text("<html><head><title>Factiva</title></head><body></body></html>")
    (tmp_path / "c.html").write_text('<div class="article enArticle">')
    corpus = fa.read(tmp_path)
    assert (len(corpus.articles), corpus.rejected["reason"].tolist()) == (0, ["neither headline nor text"])
    assert "holds no article" in str(corpus.notes)
    assert corpus.files["format"].tolist() == ["Factiva XML", "Factiva HTML", "Factiva HTML"]
    assert corpus.files["n_found"].tolist() == [0, 0, 1]
    assert corpus.files["n_stated"].isna().all()


# Written by hand after the order in which pages of Factiva have the lines.
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["4 May 2001", "The Gull", "GULL", "English", "(c) 2001"], {"date": "4 May 2001", "outlet": "The Gull"}),
        (
            [
                "3 Fragen an",
                "664 Wörter",
                "4 Mai 2001",
                "24 Hours",
                "TWFH",
                "14",
                "9",
                "Deutsch",
                "Alle Rechte vorbehalten",
            ],
            {"byline": "3 Fragen an", "length_stated": "664 Wörter", "outlet": "24 Hours", "language": "Deutsch"},
        ),
        (
            [
                "664 字",
                "2021 年 3 月 4 日 17:04",
                "海滨日报",
                "HAIB",
                "1; National",
                "13",
                "简体中文",
                "Copyright 2021",
            ],
            {"outlet": "海滨日报", "edition": "1; National", "page": "13", "language": "简体中文"},
        ),
        (
            ["80 words", "4 May 2001", "09:20", "W", "WMAG", "172", "ISSN: 0, Volume 4", "English", "© 2001 Gull"],
            {"outlet": "W", "page": "172", "edition": ""},
        ),
        (
            ["80 words", "May 2001", "The Gull", "GULL", "English"],
            {"date": "May 2001", "outlet": "The Gull", "language": "English"},
        ),
        (["The Gull", "GULL"], {"headline": "H"}),
    ],
)
def test_the_lines_below_a_headline(lines, expected):
    values = of_head(Head(["Comment", "News"], "H", lines))
    assert (values["column"], values["section"]) == ("Comment", "News")
    assert {name: values.get(name) for name in expected} == expected


@pytest.mark.parametrize("style", ["alone", "gap", "none"])
def test_cells_of_a_word_file_are_paragraphs_and_lines_may_be_indented(style):
    told = stories(6, 20)
    text = factiva.text(told, style=style).decode()
    paragraphs = [line for line in text.split("\n") if line]
    assert is_factiva_paragraphs(paragraphs)
    check(read_factiva_paragraphs(paragraphs), factiva.expected(told, "text", style=style))
    indented = "".join(f"  {line}\n" for line in text.split("\n"))
    assert is_factiva_text(indented)
    check(read_factiva_text(indented), factiva.expected(told, "text", style=style))


def test_a_text_that_is_cut_or_has_no_head(tmp_path):
    text = factiva.text(stories(3, 3), style="none").decode()
    found = read_factiva_text(text.rpartition("Document")[0])
    assert (len(found.records), [note.kind for note in found.notes]) == (3, ["cut body"])
    number = "Document TESTFR0020210302e70000009"
    found = read_factiva_text(f"{text}\nNo head\n\nNothing but text.\n\n{number}\n")
    assert [one.position for one in found.rejected] == ["article 4"]
    # A head whose accession number was lost hides in the text of another: the count says so.
    assert read_factiva_text(text.replace("Document TESTFR", "TESTFR", 1)).stated == 3


def test_what_only_looks_like_an_export_is_none():
    assert not is_factiva_text("The ferry\n\nDocument 5 of the board says so.\n\nAN\n")
    assert not is_factiva_text("HD video is cheap.\n\nPD said so.\n")
    assert not is_factiva_text("Length\n30 words\n2 March 2021\n")


def test_files_of_every_form(tmp_path):
    told = stories(8, 4)
    for number, (form, suffix) in enumerate(
        [("html", "html"), ("html_plain", "htm"), ("text", "txt"), ("rtf", "rtf"), ("rtf_plain", "rtf"), ("xml", "xml")]
    ):
        (tmp_path / f"{number}.{suffix}").write_bytes(getattr(factiva, form)(told))
    corpus = fa.read(tmp_path, boilerplate="keep")
    assert len(corpus.articles) == 24
    assert corpus.articles["headline"].tolist() == [story.headline for story in told] * 6
    assert corpus.articles["date"].dt.date.tolist() == [story.date for story in told] * 6
    assert corpus.files["n_stated"].tolist() == [4] * 6
    assert corpus.files["format"].tolist() == [
        "Factiva HTML", "Factiva HTML", "Factiva text", "Factiva RTF", "Factiva RTF", "Factiva XML",
    ]  # fmt: skip


def test_further_columns():
    told = stories(3, 1)
    for form in ("html", "rtf", "text"):
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
    is_factiva_text(text)
    for reader in (read_factiva_html, read_factiva_xml, read_factiva_text):
        try:
            found = reader(text)
        except CorpusError:
            continue
        assert all(isinstance(record["body"], str) for record in found.records)


@given(st.lists(st.one_of(st.text(), st.sampled_from(["HD|", "HD\tx", "AN|Document 1|", "TD|", "|", "", "LP"]))))
def test_any_paragraphs_are_read(paragraphs):
    found = read_factiva_paragraphs(paragraphs)
    assert found.stated is None or found.stated >= len(found.records) + len(found.rejected)
    assert all(isinstance(record["body"], str) for record in found.records)
