"""Which format a file has, told by its content, and its articles as a table with the columns of ARTICLES."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.cell_markup import marked_up, without_markup
from analysis.reading.containers import Piece
from analysis.reading.decoding import decode
from analysis.reading.docx import docx_paragraphs
from analysis.reading.europresse import is_europresse, read_europresse
from analysis.reading.factiva import (
    is_factiva_html,
    is_factiva_paragraphs,
    is_factiva_xml,
    read_factiva_html,
    read_factiva_paragraphs,
    read_factiva_xml,
)
from analysis.reading.json_records import Parsed, read_json, read_jsonl
from analysis.reading.nexis import is_nexis_text, is_old_nexis, read_nexis, read_old_nexis
from analysis.reading.plain import parse_article
from analysis.reading.proquest import (
    is_proquest_html,
    is_proquest_text,
    is_proquest_xml,
    read_proquest_html,
    read_proquest_text,
    read_proquest_xml,
)
from analysis.reading.records import Found, Record, Unread
from analysis.reading.rtf import rtf_paragraphs
from analysis.reading.services import odd as odd_services
from analysis.reading.services import service_of
from analysis.reading.tables import (
    has_usual_names,
    map_columns,
    read_csv,
    read_excel,
    read_parquet,
)
from analysis.reading.webpage import declared_charset, is_web_page, read_web_page

MOST_DOCUMENT_BYTES = 64 << 20
CUTS = " cuts"  # what was cut from a text file, until it is known which articles are kept

_PLAIN_SUFFIXES = ("", ".txt", ".text", ".md")
_ALLOWED = "text, CSV, TSV, Excel, JSON, JSON Lines, Parquet, web pages, and exports of Nexis, Factiva, ProQuest and Europresse"


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
    warnings : list of str
        What the user must know of the file.
    """

    rows: pd.DataFrame | list[Record]
    format: str
    encoding: str = ""
    rejected: list[Unread] = field(default_factory=list)
    stated: int | None = None
    n_replaced: int = 0
    warnings: list[str] = field(default_factory=list)


_OF_TEXT: tuple[tuple[str, Callable[[str], bool], Callable[[str], Found]], ...] = (
    ("Factiva HTML", is_factiva_html, read_factiva_html),
    ("Factiva XML", is_factiva_xml, read_factiva_xml),
    ("ProQuest HTML", is_proquest_html, read_proquest_html),
    ("ProQuest XML", is_proquest_xml, read_proquest_xml),
    ("Europresse HTML", is_europresse, read_europresse),
    ("web page", is_web_page, read_web_page),
    ("Nexis text", is_old_nexis, read_old_nexis),
    ("ProQuest text", is_proquest_text, read_proquest_text),
)
_OF_PARAGRAPHS: tuple[tuple[str, Callable[[list[str]], bool], Callable[[list[str]], Found]], ...] = (
    ("Nexis", is_nexis_text, read_nexis),
    ("Factiva", is_factiva_paragraphs, read_factiva_paragraphs),
)


def read_piece(piece: Piece, columns: Mapping[str, str] | None, boilerplate: str) -> FileRead:
    """Return the articles of a file of any format that is known.

    Raises
    ------
    CorpusError
        When the file is of no known format, or broken as a whole; the message says where in the file.
    """
    data = piece.data
    suffix = PurePath(piece.place.removesuffix(".gz")).suffix.lower()
    if data.startswith(b"PAR1") or suffix == ".parquet":
        return _of_table(read_parquet(data), columns, "Parquet")
    if data.startswith(b"PK\x03\x04"):
        return _of_office(data, columns, boilerplate)
    if len(data) > MOST_DOCUMENT_BYTES and suffix not in (".csv", ".tsv", ".json", ".jsonl", ".ndjson"):
        raise CorpusError(
            f"{len(data) / 1e6:,.0f} MB in one document; at most {MOST_DOCUMENT_BYTES / 1e6:,.0f} MB are read; split it"
        )
    if data.startswith(b"{\\rtf"):
        return _of_paragraphs(rtf_paragraphs(data), "RTF", boilerplate)
    text, encoding = decode(data, declared_charset(data))
    read = _of_text(text, suffix, columns, boilerplate)
    return replace(read, encoding=encoding, n_replaced=text.count("\ufffd"))


def _of_text(text: str, suffix: str, columns: Mapping[str, str] | None, boilerplate: str) -> FileRead:
    if suffix in (".csv", ".tsv"):
        return _of_table(read_csv(text), columns, "CSV")
    if suffix in (".jsonl", ".ndjson"):
        return _of_parsed(read_jsonl(text, _named(columns)), columns, "JSON Lines")
    if suffix == ".json" or text.lstrip()[:1] in ("{", "["):
        return _of_json(text, columns)
    for name, fits, reader in _OF_TEXT:
        if fits(text):
            return _of_found(reader(text), name)
    if suffix not in _PLAIN_SUFFIXES:
        raise CorpusError(f"files of type '{suffix}' are not read; allowed are {_ALLOWED}")
    if _is_table(text):
        return _of_table(read_csv(text), columns, "CSV")
    return _of_plain(text, "text", boilerplate)


def _is_table(text: str) -> bool:
    """Whether the first line of a text names columns of articles."""
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    return delimiter in header and has_usual_names(next(csv.reader(io.StringIO(header), delimiter=delimiter), []))


def _of_json(text: str, columns: Mapping[str, str] | None) -> FileRead:
    first = text.lstrip().split("\n", 1)
    if len(first) == 2 and first[0].rstrip().endswith("}") and first[1].lstrip().startswith("{"):
        return _of_parsed(read_jsonl(text, _named(columns)), columns, "JSON Lines")
    return _of_parsed(read_json(text, _named(columns)), columns, "JSON")


def _named(columns: Mapping[str, str] | None) -> frozenset[str]:
    return frozenset((columns or {}).values())


def _of_parsed(parsed: Parsed, columns: Mapping[str, str] | None, name: str) -> FileRead:
    if parsed.table.empty and parsed.rejected:
        return FileRead(pd.DataFrame({"body": []}, dtype="str"), name, "", parsed.rejected)
    read = _of_table((parsed.table, parsed.rejected), columns, _named_after(parsed, name))
    odd = [finding for _, finding, _ in odd_services(parsed.services.values(), parsed.table)]
    lost = ", ".join(f"'{field}' ({count:,})" for field, count in parsed.not_text.items())
    unread = [f"objects or lists whose text is not known were not read: {lost}"] if lost else []
    return replace(read, warnings=[*odd, *unread, *read.warnings])


def _named_after(parsed: Parsed, name: str) -> str:
    """Return the format with the service that all its records are of."""
    service = next(iter(parsed.services), "")
    return (
        f"{service} {name}" if len(parsed.services) == 1 and parsed.services[service][1] == len(parsed.table) else name
    )


def _of_table(rows: tuple[pd.DataFrame, list[Unread]], columns: Mapping[str, str] | None, name: str) -> FileRead:
    found, rejected = rows
    service = service_of(dict.fromkeys(map(str, found.columns))) if columns is None else None
    if service is not None:
        found = service.table(found)
    table, guessed = map_columns(found, columns)
    marked = marked_up(table)
    table = without_markup(table, marked)
    listed = ", ".join(f"'{theirs}' as {ours}" for theirs, ours in guessed.items())
    warnings = [f"columns read by their usual names: {listed}"] if guessed else []
    odd = [finding for _, finding, _ in odd_services([(service, len(found))] if service else [], table)]
    decoded = (
        [f"HTML tags or entities in the text of {int(marked.any(axis=1).sum()):,} articles were read"]
        if len(marked.columns)
        else []
    )
    return FileRead(table, name, "", rejected, None, 0, [*odd, *decoded, *warnings])


def _of_office(data: bytes, columns: Mapping[str, str] | None, boilerplate: str) -> FileRead:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise CorpusError(f"a broken Office file ({error}); save it again") from error
    if "xl/workbook.xml" in members:
        table, rejected, warnings = read_excel(data)
        read = _of_table((table, rejected), columns, "Excel")
        return replace(read, warnings=[*read.warnings, *warnings])
    return _of_paragraphs(docx_paragraphs(data), "DOCX", boilerplate)


def _of_paragraphs(paragraphs: list[str], kind: str, boilerplate: str) -> FileRead:
    for name, fits, reader in _OF_PARAGRAPHS:
        if fits(paragraphs):
            return _of_found(reader(paragraphs), f"{name} {kind}")
    return _of_plain("\n\n".join(paragraphs), kind, boilerplate)


def _of_plain(text: str, name: str, boilerplate: str) -> FileRead:
    fields, cuts = parse_article(text, boilerplate=boilerplate)
    return FileRead([{**fields, CUTS: cuts}], name)


def _of_found(found: Found, name: str) -> FileRead:
    return FileRead(found.records, name, "", found.rejected, found.stated, 0, found.warnings)
