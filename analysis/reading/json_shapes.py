"""Where the articles stand in a JSON document: in a list, in an answer that wraps one, or in a table that pandas or R wrote."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.core.errors import CorpusError
from analysis.reading.columns import has_usual_names, is_usual_name
from analysis.reading.services import day_of_stamp, service_of

_DEEPEST = 5
# What services call their list of articles, the likeliest first; other lists beside it (sections, tags) are about something else.
_LISTS = (
    "articles docs results hits posts stories items entry entries news records documents data value content matches rows nodes"
).split()
_RECORD_PARTS = ("_source", "article", "attributes", "document", "node", "fields", "story", "post", "item")
# Fields of an object that is one value: its parts, or the same text in several languages.
_OF_ONE_VALUE = re.compile(
    r"main|name|rendered|raw|protected|value|text|original|label|id|url|[#$@_].*|[a-z]{2,3}(?:[-_][A-Z]{2})?"
)
_MESSAGES = ("message", "error", "errors", "fault", "faultstring", "detail", "Note", "errorMessage")


def records_in(written: Any) -> list[Any] | None:
    """Return the records of a JSON document, or None where there is no list of them.

    Raises
    ------
    CorpusError
        When two lists could be meant, the document is a message of an error, or a table came without names of its columns.
    """
    if isinstance(written, list):
        return _of_list(written)
    if not isinstance(written, dict):
        return None
    table = _of_table(written)
    if table is not None:
        return table
    if _is_record(written):
        return [_unwrapped(written)]
    found = _below(written)
    if found is not None:
        return found
    message = _message(written)
    if message:
        raise CorpusError(f"a message of the service in place of articles: {message!r}; ask it again")
    return [written] if written else None


def _of_list(written: list[Any]) -> list[Any]:
    """Return the records of a list: its elements, or those of the answers that are its elements."""
    if written and all(isinstance(row, list) for row in written):
        return _of_rows(written)
    records: list[Any] = []
    for element in written:
        inner = None
        if isinstance(element, dict) and not _is_record(element):
            inner = _of_table(element) or _below(element)
        records += [_unwrapped(element)] if inner is None else inner
    return records


def _of_rows(rows: list[list[Any]]) -> list[Any]:
    """Return the records of a list of rows whose first one names the columns."""
    names = rows[0]
    if not all(isinstance(name, str) for name in names) or not has_usual_names(names):
        raise CorpusError("rows without the names of their columns; write them with to_json(orient='records')")
    return [dict(zip(names, row, strict=False)) if len(row) <= len(names) else row for row in rows[1:]]


def _is_record(value: Mapping[str, Any]) -> bool:
    """Return whether an object is an article: of a known service, or with fields that are usual names of a text and another column."""
    if service_of(value) is not None:
        return True
    if any(name in _LISTS and _holds_records(inner) for name, inner in value.items()):
        return False
    filled = [name for name, inner in value.items() if not _is_list_of_objects(inner)]
    return has_usual_names(filled) or _unwrapped(value) is not value


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def _unwrapped(record: Any) -> Any:
    """Return the article inside a record that only wraps it, as search engines and databases write them."""
    if not isinstance(record, dict) or service_of(record) is not None:
        return record
    for name in _RECORD_PARTS:
        inner = record.get(name)
        if isinstance(inner, dict) and (service_of(inner) is not None or has_usual_names(list(inner))):
            beside = {key: value for key, value in record.items() if key != name and key not in inner}
            return {**beside, **inner}
    return record


def _below(written: Mapping[str, Any]) -> list[Any] | None:
    """Return the records of the list, or the article, that stands highest in an answer."""
    level: list[tuple[str, Any]] = list(written.items())
    for _ in range(_DEEPEST):
        lists = {name: _of_list(value) for name, value in level if _holds_records(value)}
        if lists:
            return _chosen(lists)
        single = [value for _, value in level if isinstance(value, dict) and _is_record(value)]
        if len(single) == 1:
            return [_unwrapped(single[0])]
        tables = [table for table in (_of_table(value) for _, value in level if isinstance(value, dict)) if table]
        if len(tables) == 1:
            return tables[0]
        empty = [name for name, value in level if value == [] and name in _LISTS]
        level = [item for _, value in level if isinstance(value, dict) for item in value.items()]
        if empty and not level:
            return []
    return None


def _holds_records(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    if value and all(isinstance(row, list) for row in value):
        return all(isinstance(name, str) for name in value[0]) and has_usual_names(value[0])
    objects = [item for item in value if isinstance(item, dict)]
    return bool(objects) and any(_is_record(item) for item in objects[:20])


def _chosen(lists: Mapping[str, list[Any]]) -> list[Any]:
    named = [name for name in _LISTS if name in lists]
    if len(lists) > 1 and not named:
        listed = ", ".join(f"'{name}' ({len(records)})" for name, records in lists.items())
        raise CorpusError(f"several lists of articles: {listed}; keep the one that is meant")
    return lists[named[0] if named else next(iter(lists))]


def _message(written: Mapping[str, Any]) -> str:
    for name in _MESSAGES:
        value = written.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, dict) and _message(value):
            return _message(value)
    return ""


def _of_table(written: Mapping[str, Any]) -> list[Any] | None:
    """Return the rows of a table that pandas (orient columns, index or split) or R wrote as one object, or None."""
    values = list(written.values())
    if {"columns", "data"} <= written.keys() and _are_names(written["columns"]) and isinstance(written["data"], list):
        names = written["columns"]
        return _dated(
            [dict(zip(names, row, strict=False)) if isinstance(row, list) else row for row in written["data"]]
        )
    if not values or service_of(written) is not None:
        return None
    if all(isinstance(value, dict) for value in values):
        if _is_by_column(written):
            return _dated([{name: column[key] for name, column in written.items()} for key in values[0]])
        if len(values) > 1 and all(_is_record(value) for value in values):
            return _dated([_with_key(key, _unwrapped(value)) for key, value in written.items()])
    is_columns = all(isinstance(value, list) and len(value) == len(values[0]) for value in values)
    if is_columns and len(written) > 1 and has_usual_names(list(written)) and _has_plain_headlines(written):
        return [dict(zip(written, row, strict=True)) for row in zip(*values, strict=True)]
    return None


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_by_column(written: Mapping[str, Any]) -> bool:
    """Return whether an object holds columns, each an object from the name of the row to the value."""
    keys = next(iter(written.values())).keys()
    is_even = all(column.keys() == keys for column in written.values())
    is_flat = all(not isinstance(value, dict) for column in written.values() for value in column.values())
    is_named = not any(_OF_ONE_VALUE.fullmatch(key) for key in keys)
    return bool(keys) and is_even and is_flat and is_named and has_usual_names(list(written))


def _has_plain_headlines(written: Mapping[str, Any]) -> bool:
    return all(
        item is None or isinstance(item, str)
        for name, column in written.items()
        if is_usual_name(name, "headline")
        for item in column
    )


def _with_key(key: str, record: Any) -> Any:
    has_id = any(is_usual_name(name, "article_id") for name in record)
    return record if has_id or key.isdecimal() else {"article_id": key, **record}


def _dated(records: list[Any]) -> list[Any]:
    """Return rows with days in place of pandas' milliseconds, which it writes of the time as it stands, of no zone."""
    return [
        {name: day_of_stamp(value) if _is_stamp(name, value) else value for name, value in record.items()}
        if isinstance(record, dict)
        else record
        for record in records
    ]


def _is_stamp(name: str, value: Any) -> bool:
    return isinstance(value, str) and is_usual_name(name, "date") and len(value.lstrip("-")) >= 11
