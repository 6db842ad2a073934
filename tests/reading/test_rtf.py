"""Rich text: what striprtf does not do by itself, and files that must be refused."""

import pytest
from archives import common
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.errors import CorpusError
from analysis.reading.rtf import rtf_paragraphs


def document(body: bytes, page: bytes = b"\\ansicpg1252") -> bytes:
    return b"{\\rtf1\\ansi" + page + b"\\deff0\\uc1{\\fonttbl{\\f0\\fcharset0 Times;}}\n" + body + b"}"


# What each control means is in the RTF specification 1.9.1; the bytes are those of cp1252, unless the case says another.
@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (rb"One\par\par Two\par", ["One", "", "Two", ""]),
        (rb"It\rquote s \ldblquote so\rdblquote\endash no\emdash", ["It’s “so”–no—"]),
        (rb"caf\'e9 \'93q\'94 \'80", ["café “q” €"]),
        (b"caf\xe9 \x93q\x94", ["café “q”"]),
        (rb"\u8217?\u233\'e9\u-10179?\u-8704?!", ["’é😀!"]),
        (rb"\uc0\u233 x\uc2\u233\'c3\'a9y", ["éxéy"]),
        (rb"half \u-10179? pair", ["half \ufffd pair"]),
        (rb"a\line b\par c\u8217?\line d", ["a\nb", "c’\nd"]),
        (rb"\linemod1 a\\line b", ["a\\line b"]),
        (rb"\{5 \\ 6\} A\~B co\-op non\_stop", ["{5 \\ 6} A\u00a0B co\u00adop non\u2011stop"]),
        (rb"{\header Page 1\par}{\footer 2\par}{\*\generator X;}{\info{\title T}}Text", ["Text"]),
        (rb"{\pict\pngblip\bin5 }}}}}}Text", ["Text"]),
        (rb"a{\footnote\chftn Note}{\*\annotation Comment}{\*\atnid X}b{\headerl Page\par}", ["ab"]),
        # Hidden, deleted and moved text, and how each ends; inserted text is printed.
        (rb"a {\v b\'e9\u8217?\tab }c \v d\v0 e \v f\plain g", ["a c e g"]),
        (rb"a {\deleted\revauthdel1 b}{\revised c}\deleted d\deleted0  e{\mvf f}{\mvt g}", ["a c eg"]),
        (rb"One\par {\v Two\par }Three\par", ["One", "Three", ""]),
        (rb"a {\v b {\v0 c} d}e \\v f \view1 \viewkind4 g", ["a ce \\v f g"]),
        # A text box stands last, wherever it is anchored.
        (
            rb"Head{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv 1}}{\shptxt\pard {\b Box}ed\par}}{\shprslt{\*\do{\dptxbxtext Boxed}}}}\par Body",
            ["Head", "Body", "Boxed", ""],
        ),
        (rb"{\*\objdata\bin3 abc}Text \\bin2 xy", ["Text \\bin2 xy"]),
    ],
)
def test_text(body, paragraphs):
    assert rtf_paragraphs(document(body)) == paragraphs


LINK = rb'{\field{\*\fldinst{HYPERLINK "http://example.org/a"}}{\fldrslt{\ul the town}}}'


@pytest.mark.parametrize(
    "link",
    [
        LINK,
        rb'{\field{\*\fldinst HYPERLINK "http://example.org/a"}{\fldrslt the town}}',
        rb'{\field{\*\fldinst { HYPERLINK "http://example.org/a" }}{\fldrslt {the town}}}',
        rb'{\field\fldedit{\*\fldinst{HYPERLINK "http://example.org/a"}}{\fldrslt{the town}}}',
        rb'{\FIELD{\*\fldinst{HYPERLINK "http://example.org/a"}}{\fldrslt{\b the town}}}',
    ],
)
def test_addresses_of_links_stay_out(link):
    # Two links in a line: the search of striprtf goes from the first to the last.
    assert rtf_paragraphs(document(b"In " + link + b' a "quoted" word, ' + link + rb"\par")) == [
        'In the town a "quoted" word, the town',
        "",
    ]


def test_code_page_of_the_file_and_of_the_font():
    assert rtf_paragraphs(document(rb"\'b3\'f3d\'9f", b"\\ansicpg1250").replace(b"\\fcharset0", b"")) == ["łódź"]
    assert rtf_paragraphs(document(rb"\f0\'cc\'e8\'f0").replace(b"fcharset0", b"fcharset204")) == ["Мир"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04", r"byte 1: b'PK"),
        (b"", "byte 1"),
        (document(rb"x\'e9", b"\\ansicpg=252"), r"byte 12: '\\\\ansicpg=252.* no known code page"),
        (document(rb"x", b"\\ansicpg77777"), "no known code page"),
        (document(rb"\'81 x"), r"cannot be decoded \('charmap' codec can't decode byte 0x81"),
        (document(rb"\uc\u99?"), "cannot be decoded"),
        (document(rb"\u99999999?"), "cannot be decoded"),
        (document(rb"\f0\'e9").replace(b"fcharset0", b"fcharset78"), "cannot be decoded"),
        (document(b"One article")[:-1], "1 groups are not closed at the end, so the file is cut off"),
        (document(b"One } lost text"), r"the document ends .* but 10 bytes follow \('lost text}"),
        (b"{\\rtf1{\\fonttbl" + b"\\f1" * 10_000 + b";}}", "the font table has an entry of 30,0"),
    ],
)
def test_what_would_be_wrong_or_lost_is_an_error(data, message):
    with pytest.raises(CorpusError, match=message):
        rtf_paragraphs(data)


def test_too_large(monkeypatch):
    monkeypatch.setattr("analysis.reading.rtf._MOST_BYTES", 100)
    with pytest.raises(CorpusError, match=r"200,\d+ bytes; 100 are allowed"):
        rtf_paragraphs(document(b"x" * 200_000))


WORDS = st.sampled_from(
    [
        *[
            rb"\par ",
            rb"\line",
            rb"{",
            rb"}",
            rb"\'e9",
            rb"\'81",
            rb"\u8217?",
            rb"\u-1",
            rb"\uc",
            rb"\bin3 ",
            rb"\bin",
            rb"\pict",
        ],
        *[
            rb"\ansicpg",
            rb"\ansicpg1250",
            rb"{\field{\*\fldinst{HYPERLINK ",
            rb'"x"}}{\fldrslt y}}',
            rb"\*",
            rb"\fonttbl",
        ],
        *[
            rb"\f1\fcharset128 MS;",
            rb"\f1",
            rb"\fcharset77 ",
            b"\\",
            b"\x00",
            b"\xff",
            b"text ",
            b"\r\n",
            b";",
            rb"\'8",
        ],
    ]
)


@given(st.one_of(st.binary(), st.lists(st.one_of(WORDS, st.binary(max_size=3))).map(b"".join)), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_bytes_end_in_paragraphs_or_an_error(body, whole):
    try:
        paragraphs = rtf_paragraphs(document(body) if whole else body)
    except CorpusError:
        return
    # No half of a surrogate pair is left, which nothing could write.
    assert not set("\r\u2028") & set("".join(paragraphs).encode().decode())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])), st.text(st.sampled_from("aé’{}\\€ \u00a0")))
@settings(deadline=None)
def test_written_text_comes_back(text, western):
    body = f"{common.rtf_text(text)}\\par\n{common.rtf_text(western, 'ansi')}".encode("ascii")
    assert rtf_paragraphs(common.rtf_document(body.decode())) == [text, western]
