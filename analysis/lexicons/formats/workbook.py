"""Lexicons in Excel workbooks (.xlsx): a table in one sheet or in several, or a list of words a sheet."""

import datetime
import io
import zipfile

from analysis.core.errors import LexiconError
from analysis.lexicons.checks import shown
from analysis.lexicons.draft import Draft
from analysis.lexicons.formats.columns import TERMS, WEIGHTS, Row, is_category
from analysis.lexicons.formats.tables import read_table
from analysis.lexicons.scores import is_sound

# Packed, a bomb of zeros is a thousand times smaller than this.
_MOST_BYTES = 1_000_000_000
_Sheets = dict[str, list[Row]]


def read_workbook(data: bytes, draft: Draft) -> None:
    """Put the sheets of a workbook into `draft`.

    One sheet with content, or several with the same header, are one table. Sheets of one column each, or of terms and scores
    without a category, are categories with the names of the sheets. Else the only sheet whose header names a column of terms is
    read, or the first one.
    """
    sheets = _sheets(data, draft)
    if not sheets:
        raise draft.error(0, "the workbook is empty; write the columns 'term,category' and a row at least")
    headers = {name: _header(rows) for name, rows in sheets.items()}
    first, *_ = sheets
    if len(sheets) == 1:
        read_table(sheets[first], draft)
    elif all(len(header) == 1 for header in headers.values()):
        for name, rows in sheets.items():
            _list_of(name, rows, draft)
    elif len(set(map(tuple, headers.values()))) == 1:
        joined = _with_names(sheets, headers[first]) if _are_scores(headers[first]) else sheets
        read_table([*joined[first], *(row for name in joined if name != first for row in joined[name][1:])], draft)
    else:
        _one_of(sheets, headers, draft)


def _are_scores(header: list[str]) -> bool:
    names = [name.casefold() for name in header]
    return (
        any(name in TERMS for name in names)
        and any(name in WEIGHTS for name in names)
        and not any(map(is_category, names))
    )


def _with_names(sheets: _Sheets, header: list[str]) -> _Sheets:
    """Return the sheets with a further column of categories, the names of the sheets."""
    n = len(header)
    return {
        name: [
            (line, [*cells[:n], *[""] * (n - len(cells)), name if place else "category"])
            for place, (line, cells) in enumerate(rows)
        ]
        for name, rows in sheets.items()
    }


def _one_of(sheets: _Sheets, headers: dict[str, list[str]], draft: Draft) -> None:
    told = [name for name, header in headers.items() if any(cell.casefold() in TERMS for cell in header)]
    chosen = told[0] if len(told) == 1 else next(iter(sheets))
    for name in sheets:
        if name != chosen:
            reason = f"sheet {shown(name)} is not read, only {shown(chosen)} is; save it as a file of its own"
            draft.unread(0, name, reason)
    read_table(sheets[chosen], draft)


def _list_of(name: str, rows: list[Row], draft: Draft) -> None:
    category = draft.category(name)
    for number, (line, cells) in enumerate(rows):
        term = next(filter(None, map(str.strip, cells)))
        is_header = not number and term.casefold() in (*TERMS, name.casefold())
        if not is_header and is_sound(line, term, draft):
            draft.add(line, term, [category])


def _header(rows: list[Row]) -> list[str]:
    """Return the names of the columns, empty ones at the end cut off; where later rows are longer, all of these columns."""
    width = max(place + 1 for _, cells in rows for place, cell in enumerate(cells) if cell.strip())
    return [cell.strip() for cell in rows[0][1][:width]]


def _sheets(data: bytes, draft: Draft) -> _Sheets:
    """Return the rows of each sheet that has content."""
    # Only here, as openpyxl takes longer to import than most lexicons to read.
    from analysis.reading.workbook import BROKEN, opened

    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if size > _MOST_BYTES:
            raise draft.error(
                0, f"the workbook unpacks to {size:,} bytes; {_MOST_BYTES:,} are allowed, so use a CSV file"
            )
        book = opened(data, data_only=True)
        sheets = {
            sheet.title: list(enumerate(map(_cells, sheet.iter_rows(values_only=True)), start=1))
            for sheet in book.worksheets
        }
    except LexiconError:
        raise
    except BROKEN as error:
        raise draft.error(0, f"not a workbook that can be read ({error}); save it as .xlsx or .csv again") from error
    filled = {name: [row for row in rows if "".join(row[1]).strip()] for name, rows in sheets.items()}
    return {name: rows for name, rows in filled.items() if rows}


def _cells(row: tuple[object, ...]) -> list[str]:
    return [_written(value) for value in row]


def _written(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return datetime.datetime.fromisoformat(value.isoformat()).isoformat()
    return "" if value is None else str(value)
