"""HTML and XML are read whole and safely, or refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import soon

from analysis.core.errors import CorpusError
from analysis.reading.markup import claimed_count, html_tree, paragraphs_of, text_of, xml_tree


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>One\n  two</p><p>three<br>four<br><br>five</p>", ["One two", "three four", "five"]),
        ("<div>a<p>b</p>c</div>d", ["a", "b", "c", "d"]),
        ("<p>St<b>or</b>m &lt;b&gt;</p><style>p {}</style><script>x</script><!-- y --><p> \n </p>", ["Storm <b>"]),
        ("<p>4&nbsp;000 \u2019</p>", ["4\u00a0000 \u2019"]),
        ('<meta charset="iso-8859-1"><p>é</p>', ["é"]),
    ],
)
def test_blocks_and_two_line_breaks_part_paragraphs(page, paragraphs):
    assert paragraphs_of(html_tree(page)) == paragraphs


def test_a_page_without_anything_has_no_tree():
    assert html_tree(" ") is None


@pytest.mark.parametrize("written", ['a{}="1"', "a{}=x", "a{}"])
def test_a_tag_with_absurdly_many_attributes_is_refused_at_once(written):
    page = "<p>\n<div " + " ".join(written.format(number) for number in range(200_000)) + ">x</div>"
    with soon(), pytest.raises(CorpusError, match=r"line 2: one tag with up to .* attributes; allowed are 2,000"):
        html_tree(page)


def test_a_picture_written_into_a_tag_is_no_attack():
    page = f'<p>a<img alt="the \'old\' > quay" src="data:image/png;base64,{"ab/+" * 50_000}==">b</p>'
    assert text_of(html_tree(page)) == "ab"


@pytest.mark.parametrize("page", ["<div>" * 3000 + "deep" + "</div>" * 3000, f"<p>{'x' * 11_000_000}</p>"])
def test_html_that_the_parser_would_cut_off_is_refused(page):
    with pytest.raises(CorpusError, match=r"line 1: (HTML that cannot be read to its end|no well-formed HTML)"):
        html_tree(page)


@pytest.mark.parametrize("page", ["<p>" * 1_000_001, "x" * 50_000_001])
def test_too_large_files_are_refused(page):
    for read in (html_tree, xml_tree):
        with pytest.raises(CorpusError, match=r"allowed are .*; export fewer articles to a file"):
            read(page)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE: the XML entity 'b' is declared"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', "DOCTYPE: the XML entity 'b'"),
        ('<!DOCTYPE a SYSTEM "a.dtd"><a>\n&b;</a>', "the XML entity 'b' is declared in the file or unknown"),
        ("<a>\n<b></a>", "line 2: no well-formed XML"),
        ("", "line 1: no well-formed XML"),
    ],
)
def test_entities_and_broken_xml_are_refused(file, message):
    with pytest.raises(CorpusError, match=message):
        xml_tree(file)


def test_xml_is_decoded_by_its_declaration_and_a_string_is_decoded_already():
    file = '<?xml version="1.0" encoding="iso-8859-1"?><a xmlns="urn:x"><b>é</b></a>'
    for data in (file, file.encode("iso-8859-1")):
        assert xml_tree(data).findtext("b") == "é"


def test_only_the_head_of_a_page_claims_a_count():
    page = "<h1>12 documents</h1><article><p>3 documents</p>"
    assert claimed_count(page, re.compile("<article")) == 12
    assert claimed_count(page[20:], re.compile("<article")) is None


@given(st.text(alphabet=st.sampled_from("<>/=\"'!&;[]-ab \n?")))
def test_any_text_ends_in_a_tree_or_a_corpus_error(text):
    for read in (html_tree, xml_tree):
        try:
            tree = read(text)
        except CorpusError:
            continue
        assert tree is None or isinstance(text_of(tree), str)
