"""What every form of ProQuest has in common: its labels, and the columns that they become."""

import re
from collections.abc import Mapping

from analysis.core.word_lists import word_lists
from analysis.reading.records import Record

PLACES = word_lists("reading/archives/proquest.txt")
LABELS = {label.casefold(): label for label in PLACES["labels"]["labels"]}
COLUMNS = {column: label for column, (label,) in PLACES["columns"].items()}
_ALWAYS = ("outlet", "date", "headline", "standfirst", "byline", "section", "url")
LABEL = re.compile(rf"({'|'.join(map(re.escape, LABELS))}):(?=\s|$)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SOURCE = re.compile(
    r"(?:(?P<byline>.+)\.\s+)?(?P<outlet>[^;\[]+?)(?:;[^\[]*)?\s*\[[^\]]*\]\W*(?P<date>[^:]*)(?::(?P<page>.*))?"
)
_NOT_THERE = re.compile(r"(?:none|not) available\.?|anonymous", re.IGNORECASE)
_EDITION = re.compile(r"(?P<name>.+?)(?:,\s*|:?\s*\[)(?P<edition>[^,\[\]]*\bedition\b[^\[\]]*)\]?", re.IGNORECASE)


def label_of(block: str) -> str | None:
    """Return the label that a block begins with, as it is usually written."""
    match = LABEL.match(block)
    return LABELS[match[1].casefold()] if match else None


def fields_of(blocks: list[str]) -> dict[str, str]:
    """Return the values of labelled blocks; of two of one label the first counts."""
    fields: dict[str, str] = {}
    for block in blocks:
        label = label_of(block)
        if label:
            fields.setdefault(label, in_one_line(block.split(":", 1)[1]))
    return fields


def columns_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of labelled values."""
    values = {name: in_one_line(fields.get(label, "")) for name, label in COLUMNS.items()}
    source = _SOURCE.match(fields.get("Publication info", ""))
    for name in ("outlet", "date", "page"):
        if source and not values[name]:
            values[name] = (source[name] or "").strip(" .")
    # "Los Angeles Times; Los Angeles, Calif.", "New York Times, Late Edition (East Coast)", "Ferry sinks: [Final Edition]".
    values["outlet"] = values["outlet"].split(";")[0].strip()
    for name in ("headline", "outlet"):
        if edition := _EDITION.fullmatch(values[name]):
            values |= {name: edition["name"].strip(), "edition": edition["edition"].strip()}
    return {name: "" if _NOT_THERE.fullmatch(value) else value for name, value in values.items()}


def in_one_line(text: str) -> str:
    """Return a text with single blanks."""
    # A no-break space is part of the text.
    return _SPACES.sub(" ", text).strip()


def record_of(values: Mapping[str, str], body: list[str]) -> Record:
    """Return a record of columns and paragraphs."""
    record: Record = {
        name: values.get(name, "")
        for name in (*COLUMNS, "edition", "length_stated")
        if values.get(name) or name in _ALWAYS
    }
    return {**record, "body": "\n\n".join(body), "lead_paragraphs": 1}
