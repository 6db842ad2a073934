"""Tables of articles: CSV, JSON Lines, Parquet and DataFrames, whose columns are mapped to those of ARTICLES."""

import csv
import io
import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import CorpusError
from analysis.reading.decoding import decode
from analysis.schema import ARTICLES, TEXT_FIELDS

_LOG = logging.getLogger(__name__)

_SURROGATE = re.compile("[\ud800-\udfff]")

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

Rejection = tuple[str, str, str, str]  # source_file, position, reason, raw


def _decoded(path: Path) -> str:
    try:
        return decode(path.read_bytes())[0]
    except CorpusError as error:
        raise CorpusError(f"{path}, {error}") from error


def read_csv(path: Path) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows of a CSV file as strings, and the rows that have too few or too many cells."""
    text = _decoded(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    rejected: list[Rejection] = []
    try:
        names = next(reader, [])
        if len(set(names)) < len(names):
            raise CorpusError(f"{path}, line 1: a column name stands twice in {names}; rename one")
        begin = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(names):
                reason = f"{len(row)} cells where the header has {len(names)}"
                rejected.append((str(path), f"line {begin}", reason, delimiter.join(row)))
            elif row:
                rows.append(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(
            f"{path}, line {begin}: {error}; a quotation mark that opens there is not closed, or not doubled"
        ) from error
    return pd.DataFrame(rows, columns=names, dtype="str"), rejected


def read_jsonl(path: Path) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the objects of a JSON Lines file, and the lines that are none."""
    text = _decoded(path)
    rows: list[dict[str, str | None]] = []
    rejected: list[Rejection] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
        except (json.JSONDecodeError, RecursionError) as error:
            rejected.append((str(path), f"line {number}", f"not valid JSON ({error})", line))
            continue
        if not isinstance(record, dict):
            rejected.append((str(path), f"line {number}", 'not a JSON object of the form {"headline": …}', line))
        elif _SURROGATE.search(json.dumps(record, ensure_ascii=False)):
            rejected.append((str(path), f"line {number}", "half of a surrogate pair, which is no character", line))
        else:
            rows.append(
                {key: value if isinstance(value, str | None) else json.dumps(value) for key, value in record.items()}
            )
    return pd.DataFrame(rows, dtype="str"), rejected


def read_parquet(path: Path) -> tuple[pd.DataFrame, list[Rejection]]:
    """Return the rows of a Parquet file."""
    try:
        return pq.read_table(path).to_pandas(), []
    except pa.ArrowException as error:
        raise CorpusError(f"{path}: cannot be read as Parquet ({error}); export it again") from error


def map_columns(table: pd.DataFrame, columns: Mapping[str, str] | None, place: str) -> pd.DataFrame:
    """Return `table` with its columns named as in ARTICLES; columns that are not mapped keep their names.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows as found.
    columns : mapping of str to str, optional
        Our name to theirs, such as ``{"headline": "heading"}``; what is not named is guessed from usual names.
    place : str
        The file, for messages.

    Raises
    ------
    CorpusError
        When a named column is not there, or no column holds text.
    """
    found = ", ".join(f"'{name}'" for name in table.columns)
    chosen = dict(columns or {})
    for ours, theirs in chosen.items():
        if ours not in ARTICLES.names:
            raise CorpusError(
                f"{place}: columns= names '{ours}', which is no column of ARTICLES; allowed are {', '.join(ARTICLES.names)}"
            )
        if theirs not in table.columns:
            raise CorpusError(f"{place}: no column '{theirs}' (given for '{ours}'); found {found}")
    lower = {str(name).casefold(): str(name) for name in reversed(table.columns)}
    for ours, usual in _USUAL_NAMES.items():
        guess = next((lower[name] for name in usual if name in lower), None)
        if ours not in chosen and guess is not None and guess not in chosen.values():
            chosen[ours] = guess
            if ours != guess:
                _LOG.info("%s: column '%s' is read as %s", place, guess, ours)
    if not any(field in chosen for field in TEXT_FIELDS):
        raise CorpusError(f"{place}: no text column; found {found}; name one with columns={{'body': '…'}}")
    renamed = {theirs: ours for ours, theirs in chosen.items()}
    kept = [name for name in table.columns if name in renamed or name not in ARTICLES.names]
    return table[kept].rename(columns=renamed)
