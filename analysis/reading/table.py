"""Tables of articles: CSV, JSON Lines, Parquet and DataFrames, with their columns named or guessed."""

import csv
import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.decoding import decode
from analysis.reading.raw import Raw, Rejection
from analysis.schema import ARTICLES, TEXT_FIELDS

_log = logging.getLogger(__name__)

Mapped = Mapping[str, str | None]

_GUESSES = {
    "article_id": ("id", "guid", "doc_id"),
    "headline": ("title",),
    "standfirst": ("description", "summary", "subtitle", "dek"),
    "body": ("text", "content", "article", "fulltext", "full_text"),
    "outlet": ("publication", "newspaper", "publisher", "media_name", "source_name"),
    "date": ("published", "publish_date", "publishedat", "pubdate"),
    "byline": ("author", "authors"),
    "url": ("link",),
}


def read_table_file(path: Path, columns: Mapped) -> Raw:
    """Read a .csv, .jsonl or .parquet file.

    Parameters
    ----------
    path : Path
        The file.
    columns : mapping of str to str or None
        Our names to the file's; None says that the file has no such column.

    Returns
    -------
    Raw
        Its rows under our names.

    Raises
    ------
    CorpusError
        When the file cannot be read as a table or has no column of text.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _read_parquet(path, columns)
    try:
        text, encoding = decode(path.read_bytes())
    except CorpusError as error:
        raise CorpusError(f"{path}, {error}") from error
    if encoding == "cp1252":
        _log.warning("%s: not UTF-8; read as cp1252", path)
    raw = _read_csv(path, text) if suffix == ".csv" else _read_jsonl(path, text)
    table = raw.table
    if len(table.columns) or len(table):
        table = named(table, columns, str(path), path.stem, raw.positions)
        table["encoding"] = pd.Series(encoding, index=table.index, dtype="str")
    return Raw(table.assign(source_file=str(path)), raw.positions, raw.rejected, raw.count)


def read_dataframe(table: pd.DataFrame, columns: Mapped) -> Raw:
    """Take a DataFrame of articles; its texts stay character for character.

    Parameters
    ----------
    table : pandas.DataFrame
        Any of the columns of ARTICLES, under our names, usual other names or those of ``columns``.
    columns : mapping of str to str or None
        Our names to the table's; None says that the table has no such column.

    Returns
    -------
    Raw
        Its rows under our names.

    Raises
    ------
    CorpusError
        When it has no column of text, a column twice, or a text that is no string.
    """
    table = _with_plain_index(table)
    positions = _row_positions(len(table))
    table = named(table, columns, "the table", "row", positions)
    if "source_file" not in table:
        table["source_file"] = pd.Series("", index=table.index, dtype="str")
    return Raw(table, positions, [], len(table))


def named(table: pd.DataFrame, columns: Mapped, place: str, stem: str, positions: "pd.Series[str]") -> pd.DataFrame:
    """Return the table under the column names of ARTICLES, with an article_id; further columns are kept.

    Raises
    ------
    CorpusError
        When a named column is absent, a name stands twice, or there is no column of text.
    """
    _check_names(table, columns, place)
    chosen = _chosen(list(table.columns), columns, place)
    if not set(TEXT_FIELDS) & set(chosen):
        raise CorpusError(
            f"{place}: no column of text; found {_listed(table.columns)}; needed is one of {_listed(TEXT_FIELDS)}; "
            f'name the column, for example columns={{"body": "{next(iter(table.columns), "text")}"}}'
        )
    parts = {ours: table[theirs] for ours, theirs in chosen.items()}
    for name in table.columns:
        if name not in chosen.values():
            # A column that has one of our names but is not ours keeps its values under a name that cannot mislead.
            parts[f"{name}_original" if name in chosen or name in columns else name] = table[name]
    result = pd.DataFrame(parts, index=table.index)
    for field in TEXT_FIELDS:
        if field in result:
            _check_strings(result[field], field, place, positions)
    numbered = stem + "-" + pd.Series(result.index + 1, index=result.index).astype("str")
    ids = as_text(result["article_id"]) if "article_id" in result else numbered
    result["article_id"] = ids.where(ids.notna() & (ids != ""), numbered).astype("str")
    return result


def as_text(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return a column as ``str`` with missing values kept; 12.0 in a column of whole numbers is '12'."""
    if isinstance(column.dtype, pd.StringDtype):
        return column.astype("str")
    if pd.api.types.is_float_dtype(column.dtype) and all(number.is_integer() for number in column.dropna()):
        return column.astype("Int64").astype("str")
    if column.dtype == object:
        return column.map(_shown, na_action="ignore").astype("str")
    return column.astype("str")


def _shown(cell: object) -> str:
    return str(cell).encode("utf-8", "backslashreplace").decode()


def _check_names(table: pd.DataFrame, columns: Mapped, place: str) -> None:
    if not all(isinstance(name, str) for name in table.columns):
        raise CorpusError(
            f"{place}: column names are {_listed(table.columns)}; allowed are strings; rename the columns"
        )
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        raise CorpusError(f"{place}: column '{twice}' stands there twice; names must be unique; rename one of them")
    for ours, theirs in columns.items():
        if theirs is not None and theirs not in table.columns:
            raise CorpusError(
                f"{place}: columns names '{theirs}' for '{ours}', which is not there; found {_listed(table.columns)}; "
                "correct the name"
            )


def _chosen(found: list[str], columns: Mapped, place: str) -> dict[str, str]:
    """Return our name to theirs, for each column of ARTICLES that the table has."""
    chosen = {ours: theirs for ours, theirs in columns.items() if theirs is not None}
    for ours in ARTICLES.names:
        if ours in columns:
            continue
        for guess in (ours, *_GUESSES.get(ours, ())):
            free = [name for name in found if name.strip().lower() == guess and name not in chosen.values()]
            if free:
                chosen[ours] = guess if guess in free else free[0]
                break
    guessed = {ours: theirs for ours, theirs in chosen.items() if ours not in columns and ours != theirs}
    if guessed:
        _log.info("%s: %s", place, ", ".join(f"{ours} is column '{theirs}'" for ours, theirs in guessed.items()))
    return chosen


def _check_strings(column: "pd.Series[str]", field: str, place: str, positions: "pd.Series[str]") -> None:
    if isinstance(column.dtype, pd.StringDtype) or column.isna().all():
        return
    for cell, position in zip(column, positions, strict=True):
        if not isinstance(cell, str) and not _is_missing(cell):
            raise CorpusError(
                f"{place}, {position}, {field}: found {cell!r} of type {type(cell).__name__}; allowed are strings, "
                "None and NaN; convert the column, or name another one in columns"
            )


def _is_missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell)


def _read_parquet(path: Path, columns: Mapped) -> Raw:
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: no readable Parquet file ({error}); write the file again") from error
    table = _with_plain_index(table)
    positions = _row_positions(len(table))
    table = named(table, columns, str(path), path.stem, positions)
    return Raw(table.assign(source_file=str(path)), positions, [], len(table))


def _with_plain_index(table: pd.DataFrame) -> pd.DataFrame:
    is_data = table.index.name is not None and table.index.name not in table.columns
    return table.reset_index(drop=not is_data)


def _row_positions(n_rows: int) -> "pd.Series[str]":
    return "row " + pd.Series(range(1, n_rows + 1)).astype("str")


def _read_csv(path: Path, text: str) -> Raw:
    delimiter = _delimiter(text)
    lines: list[int] = []
    rows: list[list[str]] = []
    rejected: list[Rejection] = []
    records = _records(path, text, delimiter)
    _, first = next(records, (0, []))
    if not first:
        raise CorpusError(f"{path}: found no header line; the first line of a CSV file must name its columns; add it")
    header = [name.strip() or f"column_{number}" for number, name in enumerate(first, start=1)]
    for line, row in records:
        if len(row) == len(header):
            lines.append(line)
            rows.append(row)
        else:
            reason = f"{len(row)} cells where the header has {len(header)}; quote cells that hold the delimiter"
            rejected.append((str(path), f"line {line}", reason, delimiter.join(row)))
    table = pd.DataFrame(rows, columns=header, dtype="str")
    positions = "line " + pd.Series(lines, index=table.index, dtype="int64").astype("str")
    return Raw(table, positions, rejected, len(rows) + len(rejected))


def _delimiter(text: str) -> str:
    """Return the most frequent of comma, semicolon and tab in the header line, quoted cells aside."""
    header = next(iter(text.splitlines()), "")
    bare = "".join(header.split('"')[::2])
    return max(",;\t", key=bare.count)


def _records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is no blank line, and the line that it starts in."""
    # The limit is the csv module's own global; it is set back when the file has been read.
    limit = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            if row:
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(
            f"{path}, line {start}: the record that starts here has a quotation mark that is not closed or not doubled "
            f'({error}); allowed inside a quoted cell is ""; correct the record'
        ) from error
    finally:
        csv.field_size_limit(limit)


def _read_jsonl(path: Path, text: str) -> Raw:
    objects: list[dict[str, str | None]] = []
    lines: list[int] = []
    rejected: list[Rejection] = []
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        try:
            objects.append(_json_object(line))
            lines.append(number)
        except (ValueError, RecursionError) as error:
            rejected.append((str(path), f"line {number}", f"no usable JSON object: {error}", line.rstrip("\r\n")))
    names = list(dict.fromkeys(name for item in objects for name in item))
    table = pd.DataFrame({name: pd.Series([item.get(name) for item in objects], dtype="str") for name in names})
    positions = "line " + pd.Series(lines, index=table.index, dtype="int64").astype("str")
    return Raw(table, positions, rejected, len(objects) + len(rejected))


def _json_object(line: str) -> dict[str, str | None]:
    item = json.loads(
        line, parse_int=str, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=_unique_pairs
    )
    if not isinstance(item, dict):
        raise ValueError(f"found a {type(item).__name__}; write one object {{...}} a line")
    cells = {name: _cell(value) for name, value in item.items()}
    if "\\u" in line:
        # UnicodeEncodeError, a ValueError, when an escape makes a lone surrogate.
        json.dumps(cells, ensure_ascii=False).encode()
    return cells


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _refuse_constant(name: str) -> str:
    raise ValueError(f"{name} is no JSON; write null")


def _unique_pairs(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for name, value in pairs:
        if name in result:
            raise ValueError(f"'{name}' stands there twice; keep one")
        result[name] = value
    return result


def _listed(names: Iterable[object]) -> str:
    return ", ".join(f"'{name}'" for name in names)
