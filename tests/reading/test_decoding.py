"""Bytes to text: which encoding was used, and what is refused."""

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.decoding import decode

NUL = (
    "a NUL character, so this is no plain text (or UTF-16 without a byte-order mark); save it as UTF-8, "
    "or name its encoding, as in encoding='utf-16-le'"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("é".encode(), ("é", "utf-8")),
        ("é".encode("utf-8-sig"), ("é", "utf-8-sig")),
        ("é".encode("utf-16"), ("é", "utf-16")),
        (b"\xfe\xff\x00\xe9", ("é", "utf-16")),
        # The bytes of the quotation marks and é are those of Windows' code page 1252.
        (b"\x93caf\xe9\x94", ("“café”", "cp1252")),
        (b"a\r\nb\rc\n", ("a\nb\nc\n", "utf-8")),
        (b"", ("", "utf-8")),
    ],
)
def test_encodings_and_line_ends(data, expected):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == expected
    assert bool(decoded.sample) == (decoded.encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        # 0x81 is one of the five bytes that cp1252 leaves empty; it stands in the second line.
        (
            b"one\r\ntwo \x81",
            "line 2: byte 0x81 fits neither UTF-8 nor cp1252; save it as UTF-8, or name its encoding, as in encoding=",
        ),
        ("é\n\0".encode(), f"line 2: {NUL}"),
        ("Title\n\nText.".encode("utf-16-le"), f"line 1: {NUL}"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data, message):
    with pytest.raises(CorpusError) as caught:
        decode(data)
    assert str(caught.value).startswith(message)


def test_half_a_utf16_character_is_refused_as_input_not_as_a_crash():
    with pytest.raises(CorpusError):
        decode(b"\xff\xfea\x00b")


def test_the_encoding_is_recorded_and_unreadable_files_are_listed(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"Title\n\n\x81")
    (tmp_path / "nul.txt").write_bytes(b"Title\0")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt").write_bytes(b"Title\n\nCaf\xe9.")
    corpus = read(tmp_path)
    assert corpus.articles[["article_id", "body", "encoding"]].to_numpy().tolist() == [["sub/good", "Café.", "cp1252"]]
    assert corpus.rejected[["source_file", "position"]].to_numpy().tolist() == [
        [str(tmp_path / "bad.txt"), "line 3"],
        [str(tmp_path / "nul.txt"), "line 1"],
    ]
    bad, nul = corpus.rejected["reason"]
    assert bad.startswith(
        "line 3: byte 0x81 fits neither UTF-8 nor cp1252; save it as UTF-8, or name its encoding, as in"
    )
    assert nul == f"line 1: {NUL}"
    (note,) = [note for note in corpus.notes if note.kind == "encoding"]
    assert (note.file, "'Café'" in note) == (str(tmp_path / "sub" / "good.txt"), True)


@pytest.mark.parametrize("charset", ["rot13", "zip", "unknown-8", "\0", "utf-16"])
def test_a_declared_charset_that_is_none_is_not_believed(charset):
    # zip and rot13 are codecs of Python, but no encodings of text; a declaration in single bytes is not in UTF-16.
    assert decode(b"caf\xe9", charset)[:2] == ("café", "cp1252")


def test_an_encoding_that_is_not_known_is_refused():
    with pytest.raises(CorpusError, match="encoding='cp12500' is no encoding that is known here"):
        decode(b"a", encoding="cp12500")
    with pytest.raises(CorpusError, match="line 1: byte 0xE9 fits neither UTF-8 nor utf-8; save it as UTF-8"):
        decode(b"caf\xe9", encoding="utf-8")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_table_with_bytes_of_no_encoding_is_refused_with_its_file(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"body\n\x81\n")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert (
        "line 2: byte 0x81 fits neither UTF-8 nor cp1252; save it as UTF-8, or name its encoding, as in encoding="
        in str(caught.value)
    )
