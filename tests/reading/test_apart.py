"""Large files of risky formats are read in a process of their own: the same articles, and a limit of time or memory is said of one file alone."""

import io
import zipfile

import pandas as pd
import pytest
from archives import nexis, nexis_old
from archives.stories import stories

from analysis.core.errors import CorpusError
from analysis.reading import apart, read
from analysis.reading.apart import Allowed, Apart, is_risky
from analysis.reading.containers import Piece
from analysis.reading.formats import read_piece
from analysis.reading.options import Reading

MADE = stories(3, 3)


def workbook() -> bytes:
    file = io.BytesIO()
    pd.DataFrame({"title": ["A", "B"], "text": ["Hurd is weak.", "So he is."]}).to_excel(file, index=False)
    return file.getvalue()


FILES = {
    "a.docx": nexis.docx(MADE),
    "a.rtf": nexis.rtf(MADE),
    "a.html": nexis_old.html(MADE),
    "a.xlsx": workbook(),
    "broken.docx": b"PK\x03\x04 nothing",
    "empty.html": b"<html><body></body></html>",
    "other.xlsx": None,
}


def said(work):
    """Return what a call returns or refuses, as text."""
    try:
        found = work()
    except CorpusError as error:
        return type(error).__name__, str(error), getattr(error, "columns", None)
    rows = found.rows if isinstance(found.rows, pd.DataFrame) else pd.DataFrame(found.rows)
    return rows.to_csv(), found.format, found.encoding, found.rejected, found.stated, found.notes


def test_a_process_of_its_own_answers_the_same():
    table = io.BytesIO()
    pd.DataFrame({"n": [1]}).to_excel(table, index=False)
    with Apart() as process:
        for name, data in {**FILES, "other.xlsx": table.getvalue()}.items():
            piece = Piece(name, "a", data)
            assert said(lambda piece=piece: process.read(piece, Reading())) == said(
                lambda piece=piece: read_piece(piece, Reading())
            )


@pytest.mark.parametrize("allowed", [Allowed(seconds=0.01, seconds_a_megabyte=0), Allowed(memory=1 << 20)])
def test_a_limit_is_said_each_time(allowed):
    piece = Piece("a.txt", "a", b"word " * (8 << 20))
    with Apart(allowed) as process:
        for _ in range(2):
            with pytest.raises(CorpusError, match="to read it takes more than"):
                process.read(piece, Reading())


def test_in_a_folder_one_such_file_is_a_rejection(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "_LARGE_TEXT", 100)
    monkeypatch.setattr(Allowed, "__new__", lambda _: tuple.__new__(Allowed, (0.01, 0.0, 1 << 30)))
    (tmp_path / "a.html").write_bytes(FILES["a.html"])
    (tmp_path / "b.txt").write_text("Title\n\nText.")
    corpus = read(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["b"]
    assert corpus.rejected["source_file"].tolist() == [str(tmp_path / "a.html")]
    assert corpus.rejected["reason"].str.startswith("to read it takes more than 0 seconds").tolist() == [True]


def test_what_is_large_for_its_format_is_risky():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(9 << 20))
    assert is_risky(packed.getvalue())
    assert is_risky(b"  <html>" + b"a" * (1 << 20)) and is_risky(b"{\\rtf1 " + b"a" * (1 << 20))
    assert not any(is_risky(data) for data in FILES.values() if data)
    assert not is_risky(b"Title\n\n" + b"a" * (1 << 20))
