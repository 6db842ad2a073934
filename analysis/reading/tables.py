"""Tables of articles: CSV, TSV, Excel, JSON, JSON Lines and Parquet, whose columns are mapped to those of ARTICLES."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analysis.errors import CorpusError
from analysis.reading.notes import Note
from analysis.reading.records import Unread
from analysis.schema import ARTICLES, TEXT_FIELDS

_LONGEST_EXCEL_CELL = 32_767

_USUAL_NAMES = {
    "article_id": ("article_id", "id", "guid", "doc_id"),
    "outlet": ("outlet", "publication", "newspaper", "publisher", "media_name", "source_name"),
    "date": ("date", "published", "publish_date", "publishedat", "published_at", "pubdate"),
    "headline": ("headline", "title"),
    "standfirst": ("standfirst", "description", "summary", "subtitle", "dek"),
    "body": ("body", "text", "content", "article", "fulltext", "full_text"),
    "url": ("url", "link"),
    "byline": ("byline", "author", "authors"),
    "section": ("section",),
    "source_file": ("source_file",),
    "lead_paragraphs": ("lead_paragraphs",),
}

Rows = tuple[pd.DataFrame, list[Unread]]


def read_csv(text: str) -> Rows:
    """Return the rows of comma-, semicolon- or tab-separated text as strings, and the rows of too few or too many cells.

    Text that quotes as RFC 4180 says and whose rows are of one length is read by pyarrow; any other by Python's strict csv
    reader, which finds the line at fault.
    """
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader(io.StringIO(header), delimiter=delimiter), [])
    if len(set(names)) < len(names):
        raise CorpusError(f"line 1: a column name stands twice in {names}; rename one")
    data = text.encode("utf-8", "surrogatepass")
    table = _read_regular_csv(data, delimiter, names) if _quotes_regularly(data, delimiter) else None
    return (table, []) if table is not None else _read_csv_by_rows(text, delimiter)


def _quotes_regularly(data: bytes, delimiter: str) -> bool:
    """Whether every quotation mark opens a cell at its start, closes it at its end, or is doubled inside it."""
    buffer = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(buffer == ord('"'))
    if len(marks) % 2:
        return False
    edges = np.array([ord(delimiter), ord("\n"), ord('"')], np.uint8)
    opening, closing = marks[::2], marks[1::2]
    before, after = opening[opening > 0] - 1, closing[closing < len(buffer) - 1] + 1
    # A mark beside another one counts as closing and opening again, which is what a doubled mark does.
    return bool(np.isin(buffer[before], edges).all() and np.isin(buffer[after], edges).all())


def _read_regular_csv(data: bytes, delimiter: str, names: list[str]) -> pd.DataFrame | None:
    try:
        table = pa_csv.read_csv(
            io.BytesIO(data),
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=max(len(data), 1 << 20)),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    frame: pd.DataFrame = table.to_pandas()
    return frame if list(frame.columns) == names else None


def _read_csv_by_rows(text: str, delimiter: str) -> Rows:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    rejected: list[Unread] = []
    begin = 1
    try:
        names = next(reader, [])
        begin = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(names):
                reason = f"{len(row)} cells where the header has {len(names)}"
                rejected.append(Unread(f"line {begin}", reason, delimiter.join(row)))
            elif row:
                rows.append(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(
            f"line {begin}: {error}; a quotation mark that opens there is not closed, or not doubled"
        ) from error
    return pd.DataFrame(rows, columns=names, dtype="str"), rejected


class _KeyTwiceError(ValueError):
    """A JSON object names a key twice, so that one of the two values would be lost."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _KeyTwiceError(f"the key {twice!r} stands twice")
    return record


def _parse_json(text: str) -> Any:
    """Return parsed JSON with numbers as written."""
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_without_doubles
    )


def _no_constant(name: str) -> Any:
    raise _KeyTwiceError(f"{name} is no value of JSON")


def read_jsonl(text: str) -> Rows:
    """Return the objects of JSON Lines, and the lines that are none."""
    lines = ((f"line {number}", line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    rows: list[dict[str, str | None]] = []
    rejected: list[Unread] = []
    for position, line in lines:
        try:
            record = _parse_json(line)
        except (ValueError, RecursionError) as error:
            rejected.append(Unread(position, f"not valid JSON ({error})", line))
            continue
        _add_record(record, Unread(position, "", line), rows, rejected)
    return pd.DataFrame(rows, dtype="str"), rejected


def read_json(text: str) -> tuple[pd.DataFrame, list[Unread], int | None]:
    """Return the objects of a JSON array, or of the array ``articles`` in an object, what is none, and the stated count.

    NewsAPI's ``totalResults`` counts the results of the search and not those of the file, so it is no stated count.
    """
    try:
        written = _parse_json(text)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"not valid JSON ({error}); export it again") from error
    records = written.get("articles", [written]) if isinstance(written, dict) else written
    if not isinstance(records, list):
        raise CorpusError('no list of articles; allowed are [{"headline": …}, …] and {"articles": […]}')
    rows: list[dict[str, str | None]] = []
    rejected: list[Unread] = []
    for number, record in enumerate(records, start=1):
        raw = "" if isinstance(record, dict) else json.dumps(record)
        _add_record(record, Unread(f"article {number}", "", raw), rows, rejected)
    return pd.DataFrame(rows, dtype="str"), rejected, len(records)


def _add_record(record: Any, found: Unread, rows: list[dict[str, str | None]], rejected: list[Unread]) -> None:
    """Add a JSON value to `rows`, or `found` with the reason to `rejected`."""
    reason = _why_no_record(record)
    if reason:
        rejected.append(found._replace(reason=reason, raw=found.raw or json.dumps(record)))
    else:
        rows.append({name: _as_text(value) for name, value in record.items()})


def _why_no_record(record: Any) -> str:
    if not isinstance(record, dict):
        return 'not a JSON object of the form {"headline": …}'
    for name, value in record.items():
        for text in (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)):
            if not _is_encodable(text):
                return "half of a surrogate pair, which is no character"
            if "\0" in text:
                return "a NUL character, so this is no plain text"
    return ""


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if isinstance(value, dict) and isinstance(value.get("name"), str):  # NewsAPI's source: {"id": …, "name": …}
        return str(value["name"])
    return json.dumps(value, ensure_ascii=False)


def read_parquet(data: bytes) -> Rows:
    """Return the rows of a Parquet file."""
    try:
        return pq.read_table(pa.BufferReader(data)).to_pandas(), []
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"cannot be read as Parquet ({error}); export it again") from error


def read_excel(data: bytes) -> tuple[pd.DataFrame, list[Unread], list[Note]]:
    """Return the rows of the first sheet of an Excel workbook as strings, what cannot be read, and notes.

    Excel cuts a cell at 32,767 characters without a word, so rows with a cell of that length are rejected as cut.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        cells = [[_cell_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise CorpusError(f"cannot be read as an Excel workbook ({error}); save it again, or as CSV") from error
    names, *rows = cells or [[]]
    only_first = Note(f"only the first of {len(book.worksheets)} sheets is read", kind="sheets not read")
    kept: list[list[str]] = []
    rejected: list[Unread] = []
    for number, row in enumerate(rows, start=2):
        if any(len(cell) >= _LONGEST_EXCEL_CELL for cell in row):
            reason = f"a cell of {_LONGEST_EXCEL_CELL:,} characters, where Excel cuts; export as CSV or JSON"
            rejected.append(Unread(f"row {number}", reason, "\t".join(row)))
        elif any(row):
            kept.append(row)
    return pd.DataFrame(kept, columns=names, dtype="str"), rejected, [only_first] if len(book.worksheets) > 1 else []


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def map_columns(table: pd.DataFrame, columns: Mapping[str, str] | None) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return `table` with its columns named as in ARTICLES, and which of its columns was guessed to be which.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows as found.
    columns : mapping of str to str, optional
        Our name to theirs, such as ``{"headline": "heading"}``; what is not named is guessed from usual names.

    Raises
    ------
    CorpusError
        When a named column is not there, two columns have one name, or no column holds text.
    """
    _refuse_doubles(table.columns)
    found = ", ".join(f"'{name}'" for name in table.columns) or "no column at all"
    chosen = dict(columns or {})
    for ours, theirs in chosen.items():
        if ours not in ARTICLES.names:
            raise CorpusError(
                f"columns= names '{ours}', which is no column of ARTICLES; allowed are {', '.join(ARTICLES.names)}"
            )
        if theirs not in table.columns:
            raise CorpusError(f"no column '{theirs}' (given for '{ours}'); found {found}")
    lower = {str(name).casefold(): str(name) for name in reversed(table.columns)}
    guessed: dict[str, str] = {}
    for ours, usual in _USUAL_NAMES.items():
        guess = next((lower[name] for name in usual if name in lower), None)
        if ours not in chosen and guess is not None and guess not in chosen.values():
            chosen[ours] = guess
            if ours != guess:
                guessed[guess] = ours
    if not any(field in chosen for field in TEXT_FIELDS):
        raise CorpusError(f"no text column; found {found}; name one with columns={{'body': '…'}}")
    renamed = {theirs: ours for ours, theirs in chosen.items()}
    # A column that has one of our names, but stands for nothing, keeps its values under another name.
    for name in table.columns:
        if name not in renamed and name in ARTICLES.names:
            renamed[name] = f"{name}_as_found"
    return table.rename(columns=renamed), guessed


def has_usual_names(names: list[str]) -> bool:
    """Whether a header names a text column and one other column of ARTICLES by a usual name."""
    folded = {name.strip().casefold() for name in names}
    known = {ours for ours, usual in _USUAL_NAMES.items() if folded & set(usual)}
    return len(known) > 1 and bool(known & set(TEXT_FIELDS))


def _refuse_doubles(names: Iterable[Any]) -> None:
    listed = [str(name) for name in names]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise CorpusError(f"the column name '{twice[0]}' stands twice; rename one")
