"""Which format a file has, told by its content, and its articles as a table with the columns of ARTICLES."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from analysis.core.errors import CorpusError
from analysis.reading import limits
from analysis.reading.archives import READERS
from analysis.reading.cell_markup import marked_up, without_markup
from analysis.reading.columns import map_columns
from analysis.reading.containers import Piece
from analysis.reading.decoding import Decoded, declared_charset, decode
from analysis.reading.delimited import is_delimited, read_csv, read_csv_in_pieces
from analysis.reading.docx import read_docx
from analysis.reading.json_records import Parsed, read_json, read_jsonl, read_jsonl_in_pieces
from analysis.reading.literals import without_literals
from analysis.reading.missing import METADATA, TEXTS, without_missing_words
from analysis.reading.notes import Note
from analysis.reading.oddities import unused_columns
from analysis.reading.options import Reading
from analysis.reading.plain import fields_of_path, parse_article
from analysis.reading.records import CUTS, Found, Record, Unread
from analysis.reading.rooms import InMemory, Room
from analysis.reading.rtf import rtf_paragraphs
from analysis.reading.services import Service, service_of
from analysis.reading.signatures import unread_kind
from analysis.reading.streaming import Opened, streamed
from analysis.reading.tables import read_parquet
from analysis.reading.unfit import raw_of, too_long, why_unfit
from analysis.reading.workbook import read_excel

OF_ROWS = (".csv", ".tsv", ".jsonl", ".ndjson")  # read row by row, so that no row needs the others
_LONG_SUFFIXES = (*OF_ROWS, ".json")
_PLAIN_SUFFIXES = ("", ".txt", ".text", ".md")
_PLAIN_FORMATS = ("text", "DOCX", "RTF")  # one article a file, of which the path may say more
_OF_LEXICONS = (".yml", ".yaml", ".dic", ".dicx", ".cat", ".lc3", ".lcd", ".ykd", ".tff")
_ALLOWED = (
    "text, CSV, TSV, Excel, JSON, JSON Lines, Parquet, web pages, feeds, NewsML, SGML of Reuters and TREC, and exports of Nexis, "
    "Factiva, ProQuest and Europresse"
)


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

    def with_notes(self, notes: Iterable[Note]) -> "FileRead":
        """Return the same with further notes behind its own."""
        return replace(self, notes=[*self.notes, *notes])


def read_piece(piece: Piece, how: Reading) -> FileRead:
    """Return the articles of a file of any format that is known.

    Raises
    ------
    CorpusError
        When the file is of no known format, or broken as a whole; the message says where in the file.
    """
    read = _without_unfit(_read(piece, how))
    if read.format not in _PLAIN_FORMATS or not isinstance(read.rows, list):
        return read
    of_path = fields_of_path(piece.place, how.outlet_from)
    rows = [
        {**of_path, **{name: value for name, value in row.items() if value or name not in of_path}} for row in read.rows
    ]
    return replace(read, rows=rows)


def _without_unfit(read: FileRead) -> FileRead:
    """Return the articles of a file that is no table without those that cannot be read, which are listed."""
    if isinstance(read.rows, pd.DataFrame):
        return read
    kept: list[Record] = []
    unfit: list[Unread] = []
    for number, record in enumerate(read.rows, start=1):
        texts = [value for value in record.values() if isinstance(value, str)]
        if reason := why_unfit(texts):
            unfit.append(Unread(f"article {number}", reason, "\n\n".join(map(raw_of, filter(None, texts)))))
        else:
            kept.append(record)
    return replace(read, rows=kept, rejected=[*read.rejected, *unfit]) if unfit else read


class TableFound(NamedTuple):
    """A table as a file has it: what was left out of it, its format, and what is added to what is read of its columns."""

    table: pd.DataFrame
    rejected: list[Unread]
    format: str
    finished: Callable[[FileRead], FileRead]


def rows_in(opened: Opened, suffix: str, how: Reading, room: Room) -> TableFound | None:
    """Return the table of a CSV, TSV or JSON Lines file, of which one part after the other is in memory.

    It is None where only the whole file tells its encoding.
    """
    text = streamed(opened, how.encoding)
    if text is None:
        return None
    if suffix in (".csv", ".tsv"):
        table, rejected, notes = read_csv_in_pieces(text.pieces, _named(how), room)
        found = TableFound(table, rejected, "CSV", lambda read: read.with_notes(notes))
    else:
        parsed = read_jsonl_in_pieces(text.pieces, _named(how), room)
        found = TableFound(parsed.table, parsed.rejected, "JSON Lines", lambda read: _with_parsed(read, parsed))
    return found._replace(
        finished=lambda read: replace(found.finished(read), encoding=text.encoding, n_replaced=text.n_replaced)
    )


def suffix_of(place: str) -> str:
    """Return the ending of the name of a file, or of what is packed in it."""
    return PurePath(place.removesuffix(".gz")).suffix.lower()


def _read(piece: Piece, how: Reading) -> FileRead:
    data = piece.data
    suffix = suffix_of(piece.place)
    if data.startswith(b"PAR1") or suffix == ".parquet":
        return of_table(read_parquet(data), how, "Parquet")
    if data.startswith(b"PK\x03\x04"):
        return _of_office(data, how)
    refuse_unread(data, suffix)
    if data.startswith(b"{\\rtf"):
        return _of_paragraphs(rtf_paragraphs(data), "RTF", how.boilerplate)
    found = rows_in(lambda: io.BytesIO(data), suffix, how, InMemory()) if suffix in OF_ROWS else None
    if found:
        return found.finished(of_table((found.table, found.rejected), how, found.format))
    decoded = decode(data, declared_charset(data), encoding=how.encoding, is_table=suffix in _LONG_SUFFIXES)
    read = _of_text(decoded.text, suffix, how).with_notes(_guessed(decoded))
    return replace(read, encoding=decoded.encoding, n_replaced=decoded.text.count("\ufffd"))


def refuse_unread(data: bytes, suffix: str) -> None:
    """Raise a CorpusError where a file is of a kind that is not read, or too long to be one document."""
    if kind := unread_kind(data):
        raise CorpusError(f"the file is {kind}")
    if len(data) > limits.MOST_DOCUMENT_BYTES and suffix not in _LONG_SUFFIXES:
        raise CorpusError(too_long(len(data)))


def _guessed(decoded: Decoded) -> list[Note]:
    if not decoded.sample:
        return []
    finding = f"no encoding is declared and it is not UTF-8, so it was read as {decoded.encoding}: {decoded.sample}"
    remedy = "if these words are wrong, name the encoding, as in encoding='cp1250'"
    return [Note(finding, kind="encoding", remedy=remedy)]


def _of_text(text: str, suffix: str, how: Reading) -> FileRead:
    if suffix in (".csv", ".tsv"):
        return _of_csv(text, how)
    if suffix in (".jsonl", ".ndjson"):
        return _of_parsed(read_jsonl(text, _named(how)), how, "JSON Lines")
    if suffix == ".json" or text.lstrip()[:1] in ("{", "["):
        return _of_json(text, how)
    for reader in READERS:
        if reader.form == "text" and reader.fits(text):
            return _of_found(reader.read(text), reader.name)
    if suffix not in _PLAIN_SUFFIXES:
        lexicon = "; a lexicon is read with fa.read_lexicon" if suffix in _OF_LEXICONS else ""
        raise CorpusError(f"files of type '{suffix}' are not read; allowed are {_ALLOWED}{lexicon}")
    if is_delimited(text):
        return _of_csv(text, how)
    return _of_plain(text, "text", how.boilerplate)


def _of_csv(text: str, how: Reading) -> FileRead:
    rows, rejected, notes = read_csv(text, _named(how))
    return of_table((rows, rejected), how, "CSV").with_notes(notes)


def _of_json(text: str, how: Reading) -> FileRead:
    first = text.lstrip().split("\n", 1)
    if len(first) == 2 and first[0].rstrip().endswith("}") and first[1].lstrip().startswith("{"):
        return _of_parsed(read_jsonl(text, _named(how)), how, "JSON Lines")
    return _of_parsed(read_json(text, _named(how)), how, "JSON")


def _named(how: Reading) -> frozenset[str]:
    """Return the fields that the user names, which are columns in any case."""
    return frozenset((how.columns or {}).values())


def _of_parsed(parsed: Parsed, how: Reading, name: str) -> FileRead:
    return _with_parsed(of_table((parsed.table, parsed.rejected), how, name), parsed)


def _with_parsed(read: FileRead, parsed: Parsed) -> FileRead:
    """Return what was read of the columns of a JSON file with what was found of its fields."""
    notes = [note for service, count in parsed.services.values() for note in _of_service(service, parsed.table, count)]
    if parsed.not_text:
        listed = ", ".join(f"'{field}' ({count:,})" for field, count in parsed.not_text.items())
        finding = f"objects or lists whose text is not known were not read: {listed}"
        notes.append(Note(finding, kind="text not taken", count=max(parsed.not_text.values())))
    names = ", ".join(parsed.services)
    read_as = ", ".join(filter(None, (f"the fields of {names}" if names else "", read.columns_read)))
    # What a known service says besides is known not to be text.
    others = [note for note in read.notes if not (parsed.services and note.kind == "columns not used")]
    return replace(read, notes=[*notes, *others], columns_read=read_as)


def of_table(rows: tuple[pd.DataFrame, list[Unread]], how: Reading, name: str) -> FileRead:
    """Return the articles of a table that a file holds, and its mark-up as text; raises as `table_read` does."""
    found, rejected = rows
    return with_plain_cells(replace(table_read(found, how, name), rejected=rejected))


def table_read(found: pd.DataFrame, how: Reading, name: str) -> FileRead:
    """Return the articles of a table whose columns have any names.

    Raises
    ------
    CorpusError
        When a named column is not there, two columns have one name, or no column holds text.
    """
    service = None if how.columns else service_of(dict.fromkeys(map(str, found.columns)))
    table, read_as, doubtful = map_columns(service.table(found) if service else found, how.columns)
    table, unknown = without_literals(table)
    # The texts of a table that was given stay as they are, character for character.
    table, missing = without_missing_words(table, METADATA if name == "table" else (*METADATA, *TEXTS))
    of_service = _of_service(service, table, len(table)) if service else []
    notes = [*of_service, *doubtful, *unknown, *missing, *unused_columns(table)]
    return FileRead(table, name, notes=notes, columns_read=columns_read(read_as))


def columns_read(read_as: Mapping[str, str]) -> str:
    """Return which columns were read as which of ours, as FILES says it."""
    return ", ".join(f"'{theirs}' as {ours}" for theirs, ours in read_as.items())


def with_plain_cells(read: FileRead) -> FileRead:
    """Return a table with HTML tags and entities in its texts read as text, and a note of how many articles had any."""
    if not isinstance(read.rows, pd.DataFrame):
        return read
    marked = marked_up(read.rows)
    count = int(marked.any(axis="columns").sum())
    return replace(read, rows=without_markup(read.rows, marked)).with_notes(markup_notes(count))


def markup_notes(count: int) -> list[Note]:
    """Return a note that mark-up was read in some articles; none for none."""
    finding = f"HTML tags or entities in {count:,} articles were read as mark-up, not as words"
    return [Note(finding, kind="mark-up read", count=count)] if count else []


def _of_service(service: Service, table: pd.DataFrame, count: int) -> list[Note]:
    """Return a note for services whose records hold no body, or a cut one: rates on them mean nothing."""
    has_body = "body" in table.columns and bool(table["body"].notna().any())
    if not service.odd or (service.odd[0] == "no body" and has_body):
        return []
    return [Note(service.odd[1], kind=service.odd[0], count=count)]


def _of_office(data: bytes, how: Reading) -> FileRead:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise CorpusError(f"a broken Office file ({error}); save it again") from error
    if "xl/workbook.xml" in members:
        table, rejected, notes = read_excel(data, _named(how))
        return of_table((table, rejected), how, "Excel").with_notes(notes)
    document = read_docx(data)
    # Where a document is one article, a text box is at its end, so that it is taken neither for a standfirst nor for the lead.
    return _of_paragraphs(document.in_place(), "DOCX", how.boilerplate, if_plain=document.boxes_last())


def _of_paragraphs(
    paragraphs: list[str], kind: str, boilerplate: str, *, if_plain: list[str] | None = None
) -> FileRead:
    for reader in READERS:
        if reader.form == "paragraphs" and reader.fits(paragraphs):
            return _of_found(reader.read(paragraphs), f"{reader.name} {kind}")
    return _of_plain("\n\n".join(if_plain or paragraphs), kind, boilerplate)


def _of_plain(text: str, name: str, boilerplate: str) -> FileRead:
    fields, cuts = parse_article(text, boilerplate=boilerplate)
    return FileRead([{**fields, CUTS: cuts}], name)


def _of_found(found: Found, name: str) -> FileRead:
    return FileRead(found.records, name, "", found.rejected, found.stated, 0, found.notes)
