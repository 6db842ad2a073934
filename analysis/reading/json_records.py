"""JSON and JSON Lines → rows of articles: the records are found in whatever wraps them, and none of their values is JSON source."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.reading import limits
from analysis.reading.columns import is_usual_name
from analysis.reading.json_shapes import records_in
from analysis.reading.records import Unread
from analysis.reading.rooms import InMemory, Room
from analysis.reading.services import Service, day_of_stamp, first_steps, service_of, text_at
from analysis.reading.streaming import lines_of, pieces_of
from analysis.reading.unfit import check_columns, raw_of, too_long, why_unfit

# The part of an object that says what the object is, the likeliest first: headline.main, source.name, title.rendered …
_MAIN_PARTS = (
    "main", "name", "rendered", "value", "text", "original", "content", "label", "title", "#text", "$t", "_",
    "$date", "$oid", "$numberLong", "$numberInt",
)  # fmt: skip
_MILLISECONDS_OF_A_DAY = 86_400_000
_PART = 1 << 23  # characters of lines that become one part of a table
_TOO_DEEP = "objects and lists nested too deeply to be read"


class Parsed(NamedTuple):
    """The articles of one file of JSON.

    Attributes
    ----------
    table : pandas.DataFrame
        One row an article; the columns of a service are named as in ARTICLES already.
    rejected : list of Unread
        What stands in the place of an article but is none.
    services : dict of Service to int
        Which known services the records are of, and how many.
    not_text : dict of str to int
        Fields that are objects or lists without a known main part, and in how many records; they were not read.
    """

    table: pd.DataFrame
    rejected: list[Unread]
    services: dict[str, tuple[Service, int]]
    not_text: dict[str, int]


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


def read_jsonl(text: str, named: Collection[str] = ()) -> Parsed:
    """Return the articles of JSON Lines, where each line is one article or an answer that wraps some; `named` as in `read_json`."""
    return read_jsonl_in_pieces(lambda: pieces_of(text), named, InMemory())


def read_jsonl_in_pieces(pieces: Callable[[], Iterator[str]], named: Collection[str], room: Room) -> Parsed:
    """Return what `read_jsonl` does of a text that is never whole in memory; its pieces are given, and the rows go to a room."""
    rows = _Rows(named)
    parts = _parts(pieces(), rows)
    first = next(parts, None)
    if first is None and not rows.rejected:
        return Parsed(pd.DataFrame(), [], {}, {})
    if first is None:
        return rows.parsed(None)
    return rows.parsed(room.table(chain([first], parts)))


def _parts(texts: Iterator[str], rows: "_Rows") -> Iterator[pa.Table]:
    """Yield the rows of some lines as they are enough for a part; what is no row is noted in `rows`."""
    waiting = 0
    for number, line, size in lines_of(texts, limits.MOST_DOCUMENT_BYTES):
        if line is None:
            rows.rejected.append(Unread(f"line {number}", too_long(size), ""))
        elif line.strip():
            _add_line(line, number, rows)
            waiting += size
        if waiting > _PART and rows.rows:
            yield rows.taken()
            waiting = 0
    if rows.rows:
        yield rows.taken()


def _add_line(line: str, number: int, rows: "_Rows") -> None:
    try:
        written = _parse_json(line)
        records = records_in(written) if isinstance(written, dict) else None
        for place, record in enumerate([written] if records is None else records, start=1):
            position = f"line {number}" if records is None or len(records) == 1 else f"line {number}, article {place}"
            rows.add(record, position, raw=line)
    except RecursionError:
        rows.rejected.append(Unread(f"line {number}", _TOO_DEEP, line))
    except CorpusError:
        raise
    except ValueError as error:
        rows.rejected.append(Unread(f"line {number}", f"not valid JSON ({error})", line))


def read_json(text: str, named: Collection[str] = ()) -> Parsed:
    """Return the articles of a JSON document: a list, an answer of a service that wraps one, or a table that pandas wrote.

    Parameters
    ----------
    text : str
        The file.
    named : collection of str, optional
        Fields, or paths such as ``fields.bodyText``, that become columns of that name in any case.

    Raises
    ------
    CorpusError
        When it is no valid JSON, holds no list of articles, or several that could be meant.
    """
    try:
        return _of_document(_parse_json(text), named)
    except RecursionError as error:
        raise CorpusError(f"{_TOO_DEEP}; export it again") from error
    except CorpusError:
        raise
    except ValueError as error:
        raise CorpusError(f"not valid JSON ({error}); export it again") from error


def _of_document(written: Any, named: Collection[str]) -> Parsed:
    records = records_in(written)
    if records is None:
        raise CorpusError(
            'no list of articles; allowed are [{"headline": …}, …], {"articles": […]}, and tables that pandas wrote with '
            "their column names"
        )
    rows = _Rows(named)
    for number, record in enumerate(records, start=1):
        rows.add(record, f"article {number}", raw="")
    return rows.parsed(rows.taken() if rows.rows else None)


class _Rows:
    """Rows that are being made of records."""

    def __init__(self, named: Collection[str]) -> None:
        self.named = named
        self.rows: list[dict[str, str | None]] = []
        self.rejected: list[Unread] = []
        self.services: dict[str, tuple[Service, int]] = {}
        self.not_text: Counter[str] = Counter()
        self._names: dict[str, None] = {}

    def add(self, record: Any, position: str, raw: str) -> None:
        """Add a JSON value to the rows, or to what is rejected with the reason."""
        service = service_of(record) if isinstance(record, dict) else None
        reason = _why_no_record(record) or (service.why_no_article(record) if service else "")
        row: dict[str, str | None] = {}
        if not reason:
            row, lost = self._row(record, service)
            if service is None:
                reason = _why_no_text(row, lost)
                self.not_text.update([] if reason else lost)
        if reason:
            self.rejected.append(Unread(position, reason, raw_of(raw or json.dumps(record))))
            return
        self.rows.append(row)
        self._names.update(dict.fromkeys(row))
        check_columns(self._names)
        if service:
            before = self.services.get(service.name, (service, 0))[1]
            self.services[service.name] = (service, before + 1)

    def _row(self, record: Mapping[str, Any], service: Service | None) -> tuple[dict[str, str | None], list[str]]:
        """Return a record as a row, and the fields of it that are no text."""
        read = {} if service is None else service.row(record)
        taken = frozenset() if service is None else first_steps(service)
        row: dict[str, str | None] = {}
        lost = []
        for name, value in record.items():
            text, is_text = text_of_value(value, is_paragraphs=is_usual_name(name, "body"))
            if name in taken and name not in self.named:
                continue
            if is_text:
                row[f"{name}_as_found" if name in read else name] = text
            else:
                lost.append(name)
        for path in self.named:
            if path not in record:
                row[path] = text_at(record, path, "body")
        return {**read, **row}, [name for name in lost if name not in self.named or row.get(name) is None]

    def taken(self) -> pa.Table:
        """Return the rows so far, in the columns of all before, and forget them."""
        table = pd.DataFrame(self.rows, columns=list(self._names), dtype="str")
        self.rows = []
        return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)

    def parsed(self, found: pa.Table | None) -> Parsed:
        """Return what was found, given the table of all rows."""
        if found is None:
            table = pd.DataFrame(columns=["body"], dtype="str")
        else:
            table = found.to_pandas()
        for name in table.columns.difference([*self.named]):
            values = table[name]
            # Ids are kept where every article has one; else all get a number.
            if is_usual_name(name, "article_id") and values.isna().any() and (self.services or values.isna().all()):
                table = table.drop(columns=name)
            elif is_usual_name(name, "date"):
                table[name] = _days_of_midnights(values)
        return Parsed(table, self.rejected, self.services, dict(self.not_text))


def _days_of_midnights(values: pd.Series) -> pd.Series:
    """Return time stamps as days where all of them are a midnight, which is how dates without a time are written."""
    written = values.dropna()
    is_midnight = written.str.fullmatch(r"-?[0-9]{11,13}") & written.str.endswith("00000")
    if not len(written) or not is_midnight.all() or (written.astype("int64") % _MILLISECONDS_OF_A_DAY).any():
        return values
    return values.map(day_of_stamp, na_action="ignore").astype("str")


def _why_no_text(row: Mapping[str, Any], lost: Iterable[str]) -> str:
    for name in lost:
        for field in TEXT_FIELDS:
            if is_usual_name(name, field) and not row.get(field):
                return f"'{name}' is an object or list without a part that is known to be its text; give a table with plain texts"
    return ""


def _why_no_record(record: Any) -> str:
    if not isinstance(record, dict):
        return 'not a JSON object of the form {"headline": …}'
    return why_unfit(_strings(record))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def text_of_value(value: Any, *, is_paragraphs: bool = False) -> tuple[str | None, bool]:
    """Return a value as text, and whether it is one: a list of texts is joined, an object is its known main part."""
    if value is None or value in ([], {}):
        return None, True
    if isinstance(value, bool):
        return str(value).lower(), True
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value, True
    if isinstance(value, dict):
        part = next((value[name] for name in _MAIN_PARTS if isinstance(value.get(name), str | dict)), None)
        return (None, False) if part is None else text_of_value(part)
    texts = [text_of_value(item) for item in value]
    if not all(is_text for _, is_text in texts) or any(isinstance(item, list) for item in value):
        return None, False
    return ("\n\n" if is_paragraphs else "; ").join(text for text, _ in texts if text) or None, True
