"""Files that change while they are read, that cannot be opened, and whose names are no UTF-8: each is named, and the others are read."""

import os
import sys

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import containers, read, streaming
from analysis.reading.options import Reading
from analysis.reading.saving import encode_files

CHANGED = "the file was changed while it was read; wait until it is written, and read again"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a file that is well and two that are changed in the tests."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "well.txt").write_text("Title\n\nText.")
    (made / "a.txt").write_text("Title\n\nHurd is weak.")
    (made / "b.csv").write_text("id,body\nb,Hurd is weak.\n")
    return made


def rewrite(path, data: bytes) -> None:
    """Write as many bytes to a file as it has, and give it its time back: neither size nor time tells."""
    before = path.stat()
    assert len(data) == before.st_size
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("where", [read, lambda path: encode_files([path], path.parent / "store.framing", Reading())])
def test_a_file_that_is_written_to_meanwhile_is_listed_and_refused_where_it_is_named(folder, monkeypatch, where):
    digest = containers._digest
    pieces = streaming._decoded

    def meanwhile(path):
        if path.name == "a.txt":
            rewrite(path, path.read_bytes().replace(b"weak", b"firm"))
        return digest(path)

    def between(opened, codec):
        yield from pieces(opened, codec)
        rewrite(folder / "b.csv", (folder / "b.csv").read_bytes().swapcase())

    monkeypatch.setattr(containers, "_digest", meanwhile)
    monkeypatch.setattr(streaming, "_decoded", between)
    # By size and times alone nothing is seen.
    monkeypatch.setattr(containers, "_state", lambda path: (path.stat().st_size, path.stat().st_mtime_ns))
    rejected = where(folder).rejected
    assert sorted(rejected["source_file"]) == [str(folder / "a.txt"), str(folder / "b.csv")]
    assert set(rejected["reason"]) == {CHANGED}
    (folder / "a.txt").write_text("Title\n\nHurd is weak.")
    with pytest.raises(CorpusError) as caught:
        where(folder / "a.txt")
    assert str(caught.value) == f"{folder / 'a.txt'}: {CHANGED}"


def test_a_file_that_grows_is_told_by_its_size(folder, monkeypatch):
    digest = containers._digest

    def meanwhile(path):
        with path.open("ab") as file:
            file.write(b" More.")
        return digest(path)

    monkeypatch.setattr(containers, "_digest", meanwhile)
    with pytest.raises(CorpusError, match=CHANGED):
        read(folder / "a.txt")


def test_a_file_that_cannot_be_opened_is_listed(folder, monkeypatch):
    def refused(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    opened = containers.bytes_in
    monkeypatch.setattr(containers, "bytes_in", refused)
    corpus = read(folder)
    assert corpus.articles["article_id"].tolist() == ["b", "well"]
    assert corpus.rejected["reason"].tolist() == ["cannot be read (Permission denied); allow it to be read"]
    with pytest.raises(CorpusError, match="cannot be read"):
        read(folder / "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are no UTF-8")
def test_names_that_are_no_utf8_are_shown_as_bytes(folder):
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(name, "wb") as file:
        file.write(b"Title\n\nText of it.")
    with open(os.fsencode(folder) + b"/\xff.html", "wb") as file:
        file.write(b"<html><body></body></html>")
    corpus = read(folder)
    assert sorted(corpus.articles["article_id"]) == ["a", "b", "caf\\xe9", "well"]
    assert corpus.rejected["source_file"].tolist() == [f"{folder}/\\xff.html"]
    assert read(os.fsdecode(name)).articles["source_file"].tolist() == [f"{folder}/caf\\xe9.txt"]
    with pytest.raises(CorpusError, match=r"\\xfe\.txt: there is no such file"):
        read(os.fsdecode(os.fsencode(folder) + b"/\xfe.txt"))


def test_what_is_no_file_below_a_folder_is_listed(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "c.txt").write_text("Title\n\nText.")
    (folder / "nothing.txt").symlink_to(folder / "gone.txt")
    (folder / "inside").mkdir()
    (folder / "inside" / "d.txt").write_text("Title\n\nText of d.")
    (folder / "again").symlink_to(folder / "inside")
    os.mkfifo(folder / "pipe.txt")
    corpus = read(folder)
    reasons = dict(zip(corpus.rejected["source_file"], corpus.rejected["reason"], strict=True))
    assert reasons == {
        str(folder / "nothing.txt"): "a link to nothing; take it out, or put the file there",
        str(folder / "again"): "a link to a folder, which is not followed",
        str(folder / "pipe.txt"): "a device or a pipe, which is no file",
    }
    assert sorted(corpus.articles["article_id"]) == ["a", "b", "inside/d", "well"]


def test_a_folder_that_cannot_be_read_is_listed(folder, monkeypatch):
    walk = os.walk

    def refused(path, onerror):
        onerror(PermissionError(13, "Permission denied", str(folder / "closed")))
        return walk(path)

    monkeypatch.setattr(containers.os, "walk", refused)
    corpus = read(folder)
    assert corpus.rejected["source_file"].tolist() == [str(folder / "closed")]
    assert len(corpus.articles) == 3
