"""Word files: text in all its places, limits that hold before memory is used, and files that must be refused."""

import contextlib
import io
import random
import struct
import tracemalloc
import zipfile

import pytest
from archives import nexis, stories
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon

from analysis.core.errors import CorpusError
from analysis.reading.docx import docx_paragraphs, read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(document: str | bytes, *, name: str = "word/document.xml", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        archive.writestr(name, document)
    return written.getvalue()


def document(body: str, space: str = W) -> str:
    return f'<w:document xmlns:w="{space}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def hidden(text: str, value: str = "") -> str:
    return f"<w:r><w:rPr><w:vanish {value}/></w:rPr><w:t>{text}</w:t></w:r>"


ON, OFF = 'w:val="1"', 'w:val="false"'
MARK = "<w:pPr><w:rPr>{}</w:rPr></w:pPr>"
BOX = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"


# What each element means is in ECMA-376, part 1, chapter 17.
@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (
            f"<w:p>{run('One ')}{run('two')}</w:p><w:p/><w:p>{run(' &amp; <![CDATA[<]]>')}</w:p>",
            ["One two", "", " & <"],
        ),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r></w:p>", ["a\tb\nc\n"]),
        ("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/></w:r></w:p>", ["co\u2011op\u00ad"]),
        (f"<w:p><w:hyperlink>{run('linked')}</w:hyperlink> <w:ins>{run(' new')}</w:ins></w:p>", ["linked new"]),
        (f"<w:p>{run('a')}<w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>", ["a"]),
        (
            f"<w:p><w:moveFrom>{run('moved')}</w:moveFrom></w:p><w:p><w:moveTo>{run('moved')}</w:moveTo></w:p>",
            ["", "moved"],
        ),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>", ["cell"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('control')}</w:p></w:sdtContent></w:sdt>", ["control"]),
        ("<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r></w:p>", [""]),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>stops</w:t></w:r></w:p>", ["stops"]),
        (
            f"<w:p>{run('a')}<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
            f"</mc:AlternateContent>{run('b')}</w:p><w:p>{run('c')}</w:p>",
            ["ab", "boxed", "c"],
        ),
        # A box in a box; a hidden run hides the box that it holds.
        (
            f"<w:p>{run('a')}<w:r>{BOX.replace('boxed', 'outer</w:t>' + BOX + '<w:t>')}</w:r></w:p>",
            ["a", "boxed", "outer"],
        ),
        (f"<w:p>{run('a')}<w:r><w:rPr><w:vanish/></w:rPr>{BOX}</w:r></w:p>", ["a"]),
        # Hidden text, its switch, and what the properties were before a change.
        (f"<w:p>{run('a')}{hidden('b')}{run('c')}</w:p>", ["ac"]),
        (f"<w:p>{hidden('a', ON)}{run('b')}</w:p>", ["b"]),
        (f"<w:p>{hidden('a', OFF)}{run('b')}</w:p>", ["ab"]),
        (
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>",
            ["a"],
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t><w:tab/><w:br/></w:r></w:p>", [""]),
        # Deleted signs, and a deleted or hidden end of a paragraph, which the next one goes on in.
        (f"<w:p>{run('a')}<w:del><w:r><w:delText>b</w:delText><w:br/><w:tab/></w:r></w:del>{run('c')}</w:p>", ["ac"]),
        (f"<w:p>{MARK.format('<w:del/>')}{run('a ')}</w:p><w:p>{run('b')}</w:p><w:p>{run('c')}</w:p>", ["a b", "c"]),
        (f"<w:p>{MARK.format('<w:vanish/>')}{hidden('a')}</w:p><w:p>{run('b')}</w:p>", ["b"]),
        (f"<w:p>{MARK.format('<w:ins/>')}<w:ins>{run('a')}</w:ins></w:p><w:p>{run('b')}</w:p>", ["a", "b"]),
        (f"<w:p>{run('a')}</w:p><w:p>{MARK.format('<w:del/>')}{run('b')}</w:p>", ["a", "b"]),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{MARK.format('<w:del/>')}{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
            ["a", "b"],
        ),
        (f"<w:p>{run('a')}<w:r><w:footnoteReference/><w:commentReference/></w:r>{run('b')}</w:p>", ["ab"]),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('kana')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby></w:r></w:p>",
            ["word"],
        ),
    ],
)
@pytest.mark.parametrize("space", [W, STRICT])
def test_text(body, paragraphs, space):
    assert docx_paragraphs(packed(document(body, space))) == paragraphs


def test_text_boxes_stand_after_their_paragraph_or_last():
    body = f"<w:p>{run('Headline')}<w:r>{BOX}</w:r></w:p><w:p/><w:p>{run('Body')}<w:r>{BOX.replace('boxed', 'more')}</w:r></w:p>"
    found = read_docx(packed(document(body)))
    assert found.in_place() == ["Headline", "boxed", "", "Body", "more"]
    assert found.boxes_last() == ["Headline", "", "Body", "boxed", "more"]
    assert found.boxes == [(0, "boxed"), (2, "more")]


STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:styleId="Shown"><w:basedOn w:val="Child"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("paragraph", "run_style", "text"),
    # ECMA-376, part 1, 17.7.3: hiding is a toggle, so that a hidden style in a hidden paragraph shows the text.
    [
        ("", "Secret", ""),
        ("", "Child", ""),
        ("", "Shown", "x"),
        ("", "Loop", "x"),
        ("Child", "", ""),
        ("Secret", "Child", "x"),
    ],
)
def test_styles_hide_text(paragraph, run_style, text):
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr><w:r><w:rPr><w:rStyle w:val="{run_style}"/></w:rPr>'
        f"<w:t>x</w:t></w:r></w:p>"
    )
    written = io.BytesIO(packed(document(body)))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/styles.xml", STYLES)
    assert docx_paragraphs(written.getvalue()) == [text]


def test_encodings_and_the_other_name_of_the_part():
    text = ('<?xml version="1.0" encoding="UTF-16"?>' + document(f"<w:p>{run('é')}</w:p>")).encode("utf-16")
    assert docx_paragraphs(packed(text, name="word/document2.xml", method=zipfile.ZIP_STORED)) == ["é"]


LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'


@pytest.mark.parametrize(
    "subset",
    [
        "",
        f"[{LAUGHS}]",
        '[<!ENTITY a SYSTEM "file:///etc/hostname">]',
        'SYSTEM "file:///x.dtd"',
        "[<!ELEMENT w:p ANY>]",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(subset, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document {subset}>' + document(
        f"<w:p>{run('x')}</w:p>"
    )
    with pytest.raises(CorpusError, match="declares a document type"):
        docx_paragraphs(packed(text.encode(encoding)))


def encrypted(data: bytes) -> bytes:
    """Return the archive with the flag of encryption set in both of its headers."""
    at = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01" + data[7 : at + 8] + b"\x01" + data[at + 9 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is no intact .docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "no intact .docx .* an old .doc"),
        (packed("x", name="word/other.xml"), r"word/document.xml stands 0 times"),
        (packed(document("<w:p>")), "word/document.xml: Opening and ending tag mismatch"),
        (packed(""), "word/document.xml: "),
        (packed(document("&a;")), "word/document.xml: Entity 'a' not defined"),
        (packed(document("<w:p/>"), method=zipfile.ZIP_BZIP2), "compression method 12; 0 and 8 are allowed"),
        (encrypted(packed(document("<w:p/>"))), "no intact .docx .*encrypted"),
        (packed(document("<w:p/>"))[:-30], "no intact .docx"),
    ],
)
def test_broken_files_are_errors(data, message):
    with pytest.raises(CorpusError, match=message):
        docx_paragraphs(data)


# Sizes and the limit of 500 MB are those of the faults that this project wants survived.
BOMBS = {
    "2 million paragraphs": (
        lambda: document("<w:p/>" * 2_000_000),
        "more than 500,000 paragraphs, which is the limit",
    ),
    "300 MB": (lambda: document("x" * 300_000_000), "300,.* bytes when unpacked; 67,108,864 are allowed"),
    "60 MB in a word": (lambda: document(f"<w:p>{run('x' * 60_000_000)}</w:p>"), ""),
    "200,000 attributes": (lambda: document("<w:p " + " ".join(f'a{n}=""' for n in range(200_000)) + "/>"), ""),
    "nesting": (lambda: document("<w:p>" * 1_000_000), "nested deeper than 256 levels"),
}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_meet_a_limit_soon(bomb):
    text, message = BOMBS[bomb]
    data = packed(text())
    tracemalloc.start()
    with soon(), pytest.raises(CorpusError, match=message) if message else contextlib.nullcontext():
        docx_paragraphs(data)
    assert tracemalloc.get_traced_memory()[1] < 500 * 2**20
    tracemalloc.stop()


def test_a_wrong_size_in_the_directory_does_not_unpack_more():
    data = packed(document(f"<w:p>{run('x' * 1000)}</w:p>"))
    at = data.index(b"PK\x01\x02") + 24
    with pytest.raises(CorpusError):
        docx_paragraphs(data[:at] + struct.pack("<I", 100) + data[at + 4 :])


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_are_paragraphs_or_an_error(data):
    for candidate in (data, packed(data), packed(document(f"<w:p>{run('x')}</w:p>").encode() + data)):
        try:
            assert isinstance(docx_paragraphs(candidate), list)
        except CorpusError:
            continue


def test_any_damage_ends_in_paragraphs_or_an_error():
    whole, random_ = nexis.docx(stories.stories(5, 2)), random.Random(5)
    for _ in range(2_000):
        data = bytearray(whole)
        for _ in range(random_.randint(1, 4)):
            data[random_.randrange(len(data))] = random_.randrange(256)
        try:
            docx_paragraphs(bytes(data[: random_.randint(1, 3 * len(data))]))
        except CorpusError:
            continue
