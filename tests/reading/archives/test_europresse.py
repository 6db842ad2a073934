"""Europresse pages that a generator wrote from the same description, pages of the old kind, and what no archive wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading.archives.europresse import is_europresse, read_europresse
from analysis.reading.decoding import decode
from archives import europresse
from archives.records_check import check
from archives.stories import stories


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"language": "en", "title_class": "titreArticle"},
        {"language": "de", "title_class": "TitreArticleVisu", "byline": True, "standfirst": True},
        {"weekday": False, "first": False, "section": False, "page": False},
        {"language": "de", "page": False, "word_count": True},
        {"language": "en", "page": False, "weekday": False, "word_count": True},
        {"month_only": True, "word_count": True, "byline": True},
        {"title_class": "titreArticle", "byline": True, "standfirst": True, "split_heading": True},
        {"byline": True, "standfirst": True, "wrap": 50, "entities": True, "encoding": "cp1252"},
        {"photo_only": {0, 5}, "stated_count": 60, "encoding": "utf-16"},
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_field_of_a_generated_export(options, seed):
    told = stories(seed, 60)
    text = decode(europresse.html(told, **options))[0]
    assert is_europresse(text)
    found = read_europresse(text)
    check(found, europresse.expected(told, **options))
    assert (found.stated, found.rejected) == (60, [])


def test_five_hundred_articles_and_one():
    for count in (500, 1):
        told = stories(4, count)
        check(read_europresse(decode(europresse.html(told))[0]), europresse.expected(told))


def cell(*lines):
    return "<table><tr><td>" + "\n".join(lines) + "</td></tr></table>"


def test_old_pages_have_cells_for_articles():
    text = cell(
        '<span class="DocPublicationName">Le Môle, no. 5</span><br><span class="DocHeader">Éditorial, </span>'
        '<span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span>'
        '<span class="DocHeader">, p. 03</span><br><br><span class="TitreArticleVisu">Le <i>bac</i></span><br><br>',
        "Zoé Marchelune<br><p></p>Il est <b>parti</b>.<p></p>Il revient.<p></p><b>© 2012 Le Môle.</b><p></p>",
        "Numéro de document : news·20121004·MO·17<br>",
    ) + cell('<span class="DocPublicationName">Le Môle</span>')
    found = read_europresse(text)
    assert found.records == [
        {
            "outlet": "Le Môle",
            "issue": "5",
            "section": "Éditorial",
            "date": "4 octobre 2012",
            "page": "03",
            "headline": "Le bac",
            "standfirst": "",
            "byline": "Zoé Marchelune",
            "accession": "news·20121004·MO·17",
            "url": "",
            "body": "Il est parti.\n\nIl revient.",
            "lead_paragraphs": 1,
        }
    ]
    assert [(one.position, one.reason) for one in found.rejected] == [("article 2", "neither headline nor text")]
    assert found.stated is None  # The second has no headline.
    lost = text.replace("DocPublicationName", "Lost", 1)
    assert (len(read_europresse(lost).records), read_europresse(lost).stated) == (0, 1)


@pytest.mark.parametrize(
    ("publication", "expected"),
    [
        ("Le Môle", ("Le Môle", None, None)),
        ("Le Môle, no. 43018", ("Le Môle", "43018", None)),
        ("Le Môle no. 43018", ("Le Môle", "43018", None)),
        ("Le 1, n° 300", ("Le 1", "300", None)),
        ("Der Uferbote, Nr. 12/2020", ("Der Uferbote", "12/2020", None)),
        ("La Ría, núm. 15", ("La Ría", "15", None)),
        ("Le Môle, vol. 12, no. 3", ("Le Môle", "vol. 12, no. 3", None)),
        ("Le Môle, no. 5, Le Môle et vous", ("Le Môle", "5", "Le Môle et vous")),
        ("Le Môle, no. 5\n                Édition du port", ("Le Môle", "5", "Édition du port")),
        ("Nos Temps, Nouvelle Série", ("Nos Temps, Nouvelle Série", None, None)),
        ("No. 1 Magazine", ("No. 1 Magazine", None, None)),
    ],
)
def test_the_number_of_the_issue_is_no_part_of_the_outlet(publication, expected):
    page = europresse.html(stories(4, 1)).decode()
    outlet = stories(4, 1)[0].outlet.replace("&", "&amp;").replace("’", "&#x27;")
    assert page.count(">" + outlet) == 1
    record = read_europresse(page.replace(">" + outlet, ">" + publication)).records[0]
    assert (record["outlet"], record.get("issue"), record.get("edition")) == expected


PIECES = st.sampled_from(
    [
        "<article>",
        "</article>",
        "<header>",
        "</header>",
        '<span class="DocPublicationName">',
        '<span class="DocHeader">, p. 5',
        "</span>",
        '<p class="TitreArticleVisu">',
        '<div class="titreArticle">',
        "<td>",
        "1 mai 2001",
        "©",
        "<section>",
        "&#0;",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_ends_in_a_result_or_a_corpus_error(text):
    is_europresse(text)
    try:
        found = read_europresse(text)
    except CorpusError:
        return
    assert all(isinstance(record["body"], str) for record in found.records)
