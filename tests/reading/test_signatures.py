"""Files that hold no text: each is refused by the name of what it is, with what to do, alone and in a folder."""

import io
import zipfile

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read

# The first bytes of each kind, as its specification or the file program's list of magic numbers has them.
STARTS = {
    "a PDF": b"%PDF-1.7\n",
    "a web archive (WARC)": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n",
    "a page saved as MHTML": b"From: <Saved by Blink>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n",
    "a binary property list": b"bplist00\xd1\x01",
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "an old Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le"),
    "an Office file with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 512
    + "EncryptedPackage".encode("utf-16-le"),
    "a SQLite database": b"SQLite format 3\0",
    "an SPSS file": b"$FL2@(#) IBM SPSS",
    "a Stata file": b"<stata_dta><header>",
    "an R data file": b"RDX3\nX\n",
    "a 7z archive": b"7z\xbc\xaf\x27\x1c",
    "a RAR archive": b"Rar!\x1a\x07\x01\0",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "sound or film": b"ID3\x04\0",
    "a Python pickle": b"\x80\x04\x95",
}


@pytest.mark.parametrize(("kind", "start"), STARTS.items(), ids=list(STARTS))
@pytest.mark.parametrize("name", ["a.txt", "a.bin", "export"])
def test_what_holds_no_text_is_refused_by_name(tmp_path, kind, start, name):
    path = tmp_path / name
    path.write_bytes(start)
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: the file is {kind}")
    assert ", which is not read; " in str(caught.value)
    (tmp_path / "b.txt").write_text("---\noutlet: The Quay\n---\n\nFerry stays\n\nThe board voted.")
    corpus = read(tmp_path)
    assert (len(corpus.articles), len(corpus.rejected)) == (1, 1)


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("META-INF/container.xml", "an e-book"),
        ("content.xml", "an OpenDocument file"),
        ("ppt/presentation.xml", "a presentation"),
    ],
)
def test_documents_of_other_programs_are_named(tmp_path, member, kind):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(member, "<x/>")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    corpus = read(tmp_path)
    assert corpus.rejected["reason"].iat[0].startswith(f"the file is {kind}")


@pytest.mark.parametrize("members", [[], ["__MACOSX/._a.txt"], [".hidden.txt"]])
def test_an_archive_without_files_is_said(tmp_path, members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    corpus = read(tmp_path / "a.zip")
    assert corpus.articles.empty
    assert corpus.rejected["reason"].tolist() == ["the archive holds no file; export the articles again"]


def test_a_text_that_begins_like_a_letter_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("From: the editor\n\nContent-Type: of a multipart kind, said Reed.\n\nThe board voted.")
    assert len(read(path).articles) == 1
