"""Which format a file has, told by its content, and its articles as a table with the columns of ARTICLES."""

import csv
import io
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.archives import READERS
from analysis.reading.containers import Piece
from analysis.reading.decoding import Decoded, decode
from analysis.reading.docx import docx_paragraphs
from analysis.reading.notes import Note
from analysis.reading.oddities import unused_columns
from analysis.reading.options import Reading
from analysis.reading.plain import parse_article
from analysis.reading.records import Found, Record, Unread
from analysis.reading.rtf import rtf_paragraphs
from analysis.reading.signatures import unread_kind
from analysis.reading.tables import (
    has_usual_names,
    map_columns,
    read_csv,
    read_excel,
    read_json,
    read_jsonl,
    read_parquet,
)
from analysis.reading.webpage import declared_charset

MOST_DOCUMENT_BYTES = 64 << 20
CUTS = " cuts"  # what was cut from a text file, until it is known which articles are kept

_PLAIN_SUFFIXES = ("", ".txt", ".text", ".md")
_ALLOWED = "text, CSV, TSV, Excel, JSON, JSON Lines, Parquet, web pages, and exports of Nexis, Factiva, ProQuest and Europresse"
_MEDIA_CLOUD = frozenset({"media_name", "publish_date", "title"})
_NEWS_API_CUT = r"\s*…?\s*\[\+[0-9]+ chars\]\s*$"
_NEWS_API = frozenset({"urlToImage", "publishedAt", "content"})


@dataclass(frozen=True, slots=True)
class FileRead:
    """The articles of one file.

    Attributes
    ----------
    rows : pandas.DataFrame or list of dict
        One row an article, with columns of ARTICLES and further ones.
    format, encoding : str
        What the file was recognised as, and how its bytes were decoded ("" for binary formats).
    rejected : list of Unread
        What stands in the place of an article but is none.
    stated : int or None
        How many articles the file says that it holds.
    n_replaced : int
        Replacement characters U+FFFD in its text: letters that were lost before the file came here.
    notes : list of Note
        What the user must know of the file.
    columns_read : str
        Which of a table's columns were read as which of ours, where their names differ.
    """

    rows: pd.DataFrame | list[Record]
    format: str
    encoding: str = ""
    rejected: list[Unread] = field(default_factory=list)
    stated: int | None = None
    n_replaced: int = 0
    notes: list[Note] = field(default_factory=list)
    columns_read: str = ""


def read_piece(piece: Piece, how: Reading) -> FileRead:
    """Return the articles of a file of any format that is known.

    Raises
    ------
    CorpusError
        When the file is of no known format, or broken as a whole; the message says where in the file.
    """
    data = piece.data
    suffix = PurePath(piece.place.removesuffix(".gz")).suffix.lower()
    if data.startswith(b"PAR1") or suffix == ".parquet":
        return table_read(read_parquet(data)[0], how, "Parquet")
    if data.startswith(b"PK\x03\x04"):
        return _of_office(data, how)
    if kind := unread_kind(data):
        raise CorpusError(f"the file is {kind}")
    if len(data) > MOST_DOCUMENT_BYTES and suffix not in (".csv", ".tsv", ".json", ".jsonl", ".ndjson"):
        raise CorpusError(
            f"{len(data) / 1e6:,.0f} MB in one document; at most {MOST_DOCUMENT_BYTES / 1e6:,.0f} MB are read; split it"
        )
    if data.startswith(b"{\\rtf"):
        return _of_paragraphs(rtf_paragraphs(data), "RTF", how.boilerplate)
    decoded = decode(data, declared_charset(data), encoding=how.encoding)
    read = _of_text(decoded.text, suffix, how)
    n_replaced = decoded.text.count("\ufffd")
    return replace(
        read, encoding=decoded.encoding, n_replaced=n_replaced, notes=[*read.notes, *_of_letters(decoded, n_replaced)]
    )


def _of_letters(decoded: Decoded, n_replaced: int) -> list[Note]:
    notes = []
    if decoded.sample:
        notes.append(
            Note(
                f"no encoding is declared and it is not UTF-8, so it was read as {decoded.encoding}: {decoded.sample}",
                kind="encoding",
                remedy="if these words are wrong, name the encoding, as in encoding='cp1250'",
            )
        )
    if n_replaced:
        notes.append(Note(f"{n_replaced:,} letters were lost before (U+FFFD)", kind="letters lost", count=n_replaced))
    return notes


def _of_text(text: str, suffix: str, how: Reading) -> FileRead:
    if suffix in (".csv", ".tsv"):
        return _of_table(read_csv(text), how, "CSV")
    if suffix in (".jsonl", ".ndjson"):
        return _of_table(read_jsonl(text), how, "JSON Lines")
    if suffix == ".json" or text.lstrip()[:1] in ("{", "["):
        return _of_json(text, how)
    for reader in READERS:
        if reader.form == "text" and reader.fits(text):
            return _of_found(reader.read(text), reader.name)
    if suffix not in _PLAIN_SUFFIXES:
        raise CorpusError(f"files of type '{suffix}' are not read; allowed are {_ALLOWED}")
    if _is_table(text):
        return _of_table(read_csv(text), how, "CSV")
    return _of_plain(text, "text", how.boilerplate)


def _is_table(text: str) -> bool:
    """Whether the first line of a text names columns of articles."""
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    return delimiter in header and has_usual_names(next(csv.reader(io.StringIO(header), delimiter=delimiter), []))


def _of_json(text: str, how: Reading) -> FileRead:
    first = text.lstrip().split("\n", 1)
    if len(first) == 2 and first[0].rstrip().endswith("}") and first[1].lstrip().startswith("{"):
        return _of_table(read_jsonl(text), how, "JSON Lines")
    table, rejected, stated = read_json(text)
    return replace(_of_table((table, rejected), how, "JSON"), stated=stated)


def _of_table(rows: tuple[pd.DataFrame, list[Unread]], how: Reading, name: str) -> FileRead:
    found, rejected = rows
    return replace(table_read(found, how, name), rejected=rejected)


def table_read(found: pd.DataFrame, how: Reading, name: str) -> FileRead:
    """Return the articles of a table whose columns have any names.

    Raises
    ------
    CorpusError
        When a named column is not there, two columns have one name, or no column holds text.
    """
    columns = how.columns
    if set(found.columns) >= _NEWS_API and columns is None:
        uncut = found["content"].str.replace(_NEWS_API_CUT, "", regex=True)
        found = found.assign(content=uncut.str.replace(r"\n+", "\n\n", regex=True))
        columns = {"outlet": "source"} if "source" in found.columns else None
    table, guessed = map_columns(found, columns)
    listed = ", ".join(f"'{theirs}' as {ours}" for theirs, ours in guessed.items())
    notes = [*_of_web_service(found, table), *unused_columns(table)]
    return FileRead(table, name, notes=notes, columns_read=listed)


def _of_web_service(found: pd.DataFrame, table: pd.DataFrame) -> list[Note]:
    """Return a note for search services whose results hold no body, or a cut one: rates on them mean nothing."""
    if set(found.columns) >= _NEWS_API:
        finding = "results of NewsAPI, which cuts the body at some 200 characters: do not compare rates of the body"
        return [Note(finding, kind="cut body", count=len(found))]
    if set(found.columns) >= _MEDIA_CLOUD and "body" not in table.columns:
        finding = "results of Media Cloud, which hold no body text: only headlines can be measured"
        return [Note(finding, kind="no body", count=len(found))]
    return []


def _of_office(data: bytes, how: Reading) -> FileRead:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise CorpusError(f"a broken Office file ({error}); save it again") from error
    if "xl/workbook.xml" in members:
        table, rejected, notes = read_excel(data)
        read = _of_table((table, rejected), how, "Excel")
        return replace(read, notes=[*read.notes, *notes])
    return _of_paragraphs(docx_paragraphs(data), "DOCX", how.boilerplate)


def _of_paragraphs(paragraphs: list[str], kind: str, boilerplate: str) -> FileRead:
    for reader in READERS:
        if reader.form == "paragraphs" and reader.fits(paragraphs):
            return _of_found(reader.read(paragraphs), f"{reader.name} {kind}")
    return _of_plain("\n\n".join(paragraphs), kind, boilerplate)


def _of_plain(text: str, name: str, boilerplate: str) -> FileRead:
    fields, cuts = parse_article(text, boilerplate=boilerplate)
    return FileRead([{**fields, CUTS: cuts}], name)


def _of_found(found: Found, name: str) -> FileRead:
    return FileRead(found.records, name, "", found.rejected, found.stated, 0, found.notes)
