"""SGML and XML of agencies, collections and feeds, under any name; XML of no known kind is refused."""

import gzip

import pandas as pd
import pytest
from test_archives import assert_rows

from analysis.cli import main
from analysis.core.errors import CorpusError
from analysis.reading import read
from archives.newswire import FORMS, atom, expected, reuters, rss, trec, written
from archives.stories import stories


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", [".txt", ".xml", ".sgm", ""])
def test_every_article_is_read_whole_under_any_name(tmp_path, form, suffix):
    made = stories(21, 12)
    path = tmp_path / f"export{suffix}"
    path.write_bytes(written(form, made))
    corpus = read(path, boilerplate="keep")
    assert_rows(corpus, expected(form, made))
    assert corpus.files["format"].tolist() == [FORMS[form][1]]
    assert not {"several articles in one", "no body"} & {note.kind for note in corpus.notes}


@pytest.mark.parametrize("form", FORMS)
def test_a_single_article_and_gzip(tmp_path, form):
    made = stories(22, 1)
    (tmp_path / "a.gz").write_bytes(gzip.compress(written(form, made)))
    assert_rows(read(tmp_path / "a.gz", boilerplate="keep"), expected(form, made))


@pytest.mark.parametrize("form", ["reuters", "newsml_g2", "rss"])
def test_the_command_line_reads_it(tmp_path, form):
    made = stories(23, 3)
    (tmp_path / "a.txt").write_bytes(written(form, made))
    assert main(["read", str(tmp_path / "a.txt"), "--out", str(tmp_path / "a.parquet"), "--boilerplate", "keep"]) == 0
    assert pd.read_parquet(tmp_path / "a.parquet")["body"].tolist() == [story.body for story in made]


@pytest.mark.parametrize("writer", [reuters, trec, rss, atom])
def test_a_file_that_was_cut_is_an_error(tmp_path, writer):
    text = writer(stories(24, 5))
    (tmp_path / "a.txt").write_text(text[: int(len(text) * 0.9)], encoding="utf-8")
    with pytest.raises(
        CorpusError, match=r"the file says that it holds 3 articles, but 4 were found|no well-formed XML"
    ):
        read(tmp_path / "a.txt")


def test_headlines_without_a_body_and_texts_without_a_headline(tmp_path):
    # Expected: of a BRIEF only the headline, since the words after it are the collectors'; of an UNPROC all its text.
    (tmp_path / "a.sgm").write_text(
        '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="1">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT TYPE="BRIEF">&#2;\n'
        "******<TITLE>PORT &lt;PRT> SHUT\n</TITLE>Filler words here.\n&#3;\n</TEXT>\n</REUTERS>\n"
        '<REUTERS NEWID="2">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT TYPE="UNPROC">&#2;\n'
        "WEEKLY FERRY TABLE\n    Boats 12\n\n Reuter\n&#3;</TEXT>\n"
        "</REUTERS>\n"
    )
    articles = read(tmp_path / "a.sgm").articles
    assert articles["headline"].tolist() == ["PORT <PRT> SHUT", ""]
    assert articles["body"].tolist() == ["", "WEEKLY FERRY TABLE\n\nBoats 12"]


@pytest.mark.parametrize(
    ("number", "outlet", "day"),
    [
        ("AP880212-0001", "Associated Press", "1988-02-12"),
        ("WSJ870324-0001", "The Wall Street Journal", "1987-03-24"),
        ("LA010290-0001", "Los Angeles Times", "1990-01-02"),
        ("AFP_ENG_19940512.0001", "Agence France-Presse", "1994-05-12"),
        ("NYT19980601.0003", "The New York Times", "1998-06-01"),
        ("FT941-17652", "Financial Times", None),
        ("QP1", None, None),
    ],
)
def test_the_number_of_a_document_says_outlet_and_day(tmp_path, number, outlet, day):
    (tmp_path / "a").write_text(
        f"<DOC>\n<DOCNO> {number} </DOCNO>\n<TEXT>\n   The board\nvoted.\n   It did.\n</TEXT>\n</DOC>\n"
    )
    articles = read(tmp_path / "a").articles
    assert articles.at[0, "body"] == "The board voted.\n\nIt did."
    assert (None if pd.isna(articles.at[0, "outlet"]) else articles.at[0, "outlet"]) == outlet
    assert articles.at[0, "date"] is pd.NaT if day is None else articles.at[0, "date"] == pd.Timestamp(day)


def test_leads_of_their_own_are_the_lead(tmp_path):
    (tmp_path / "a").write_text(
        '<DOC id="X1">\n<HL>\nFerry stays\n</HL>\n<DD> 03/24/87</DD>\n<SO> QUAY JOURNAL (J), PAGE 16</SO>\n'
        "<LP>\n<P>One.</P>\n<P>Two.</P>\n</LP>\n<TEXT>\n<P>Three.</P>\n</TEXT>\n</DOC>\n"
    )
    article = read(tmp_path / "a").articles.iloc[0]
    assert (article["body"], article["lead_paragraphs"], article["outlet"]) == (
        "One.\n\nTwo.\n\nThree.",
        2,
        "QUAY JOURNAL",
    )


def test_pictures_and_packages_of_newsml_are_listed(tmp_path):
    item = (
        '<newsItem guid="{0}"><itemMeta><itemClass qcode="ninat:{0}"/></itemMeta><contentMeta><headline>H</headline></contentMeta>'
        '<contentSet><inlineData contenttype="text/plain">One.\nTwo.</inlineData></contentSet></newsItem>'
    )
    (tmp_path / "a.xml").write_text(
        f"<newsMessage><itemSet>{item.format('text')}{item.format('picture')}<packageItem/></itemSet></newsMessage>"
    )
    corpus = read(tmp_path / "a.xml")
    assert corpus.articles["body"].tolist() == ["One.\n\nTwo."]
    assert corpus.rejected["reason"].tolist() == [
        "its class is 'ninat:picture', so this is no article",
        "<packageItem> is no article",
    ]


def test_a_lead_that_stands_twice_in_the_times_corpus_stands_once(tmp_path):
    lead = '<block class="lead_paragraph"><p>LEAD: One.</p><p>One.</p></block>'
    blocks = lead + '<block class="full_text"><p>LEAD: One.</p><p>One.</p><p>Two.</p></block>'
    (tmp_path / "a.xml").write_text(
        f"<nitf><head><title>T</title></head><body><body.content>{blocks}</body.content></body></nitf>"
    )
    article = read(tmp_path / "a.xml").articles.iloc[0]
    assert (article["body"], article["lead_paragraphs"]) == ("One.\n\nTwo.", 1)


def test_a_feed_of_teasers_says_that_it_has_no_body(tmp_path):
    (tmp_path / "a.rss").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay</title></channel><item><title>Ferry &amp;#8217;s</title>'
        "<link>u</link><description>&lt;p&gt;A hard choice.&lt;/p&gt;</description><dc:date>2021-03-02T09:20:00+01:00</dc:date></item></rdf:RDF>"
    )
    corpus = read(tmp_path / "a.rss")
    assert corpus.articles[["headline", "standfirst", "body", "outlet"]].to_numpy().tolist() == [
        ["Ferry ’s", "A hard choice.", "", "Quay"]
    ]
    assert "no body" in [note.kind for note in corpus.notes]


@pytest.mark.parametrize("name", ["a.txt", "a.xml", "a"])
@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?>\n<articles><story><head>A</head></story><story><head>B</head></story></articles>',
        "<mediawiki><page><title>A</title></page><page><title>B</title></page></mediawiki>",
        "<article><headline>A</headline></article>\n<article><headline>B</headline></article>",
    ],
)
def test_xml_of_no_known_kind_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(CorpusError, match="stands in it 2 times, so it may hold several articles"):
        read(tmp_path / name)


def test_a_text_that_begins_with_a_bracket_is_a_text(tmp_path):
    (tmp_path / "a.txt").write_text("<3 from the quay\n\nThe board voted. It did.")
    assert read(tmp_path / "a.txt").articles.at[0, "headline"] == "<3 from the quay"


def test_entities_of_an_xml_file_are_not_filled_in(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<!DOCTYPE rss [<!ENTITY a "x">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    )
    with pytest.raises(CorpusError):
        read(tmp_path / "a.xml")


def test_a_declared_encoding_of_xml_is_believed(tmp_path):
    text = '<?xml version="1.0" encoding="iso-8859-2"?><rss><channel><title>Q</title><item><title>Łódź</title></item></channel></rss>'
    (tmp_path / "a.xml").write_bytes(text.encode("iso-8859-2"))
    corpus = read(tmp_path / "a.xml")
    assert corpus.articles.at[0, "headline"] == "Łódź"
    assert "encoding" not in [note.kind for note in corpus.notes]
