"""JSON and JSON Lines → rows of articles."""

import json
from typing import Any

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.records import Unread
from analysis.reading.tables import Rows


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
