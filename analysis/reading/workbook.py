"""Excel workbooks → rows of strings as Excel shows them."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

import pandas as pd

from analysis.core.errors import CorpusError
from analysis.reading.columns import folded, has_usual_names, is_usual_name
from analysis.reading.notes import Note
from analysis.reading.records import Unread
from analysis.reading.tables import with_names

_LONGEST_CELL = 32_767
_MOST_BEFORE = 20  # rows before the header: a title, the search, the day of the export
# What openpyxl, and zipfile and expat or lxml below it, raise for a workbook that is broken: it checks little of what it takes apart.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, ValueError, SyntaxError, TypeError, AttributeError,
    ArithmeticError, RuntimeError, AssertionError,
)  # fmt: skip
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
# A format of zeros and literal letters, such as 000, 00-000 or "A"0000: what it shows is an id.
_OF_ZEROS = re.compile(r'(?:0|"[^"]*"|\\.|[-/ ])+')
_PARTS = re.compile(r'0|"([^"]*)"|\\(.)|(.)')
_FIRST_DAY, _LAST_DAY = 10_000, 80_000  # 1927 to 2119 as Excel counts days


def read_excel(data: bytes, named: Iterable[str] = ()) -> tuple[pd.DataFrame, list[Unread], list[Note]]:
    """Return the rows of one sheet of a workbook as strings, the rows that cannot be read, and what must be known of it.

    Parameters
    ----------
    data : bytes
        The file.
    named : iterable of str
        Columns that the user named, by which a header is known too.

    Notes
    -----
    The sheet is the first one that is not hidden and whose first 21 rows hold a header with columns of articles; else the first
    that holds anything, hidden ones last. The header is that row, else the first one that is not blank. Rows may be shorter
    than it; cells beyond it are kept as ``column 7`` and so on.

    A number is read as its format shows it where that is of zeros (7 as 007), else as it is; a number in a column of dates is
    the day that Excel counts so, and a note says so. ``_x000D_`` and other escapes are decoded (ECMA-376, part 1, 22.9.2.19).
    Excel cuts a cell at 32,767 characters without a word, so rows with a cell of that length are rejected as cut.

    Raises
    ------
    CorpusError
        When the workbook is broken.
    """
    wanted = {folded(name) for name in named}
    try:
        book = opened(data, data_only=True)
        for sheet in book.worksheets:
            # The size that a file states is wrong in some, and then cells would be missed.
            sheet.reset_dimensions()
        sheets = [_look(sheet, wanted) for sheet in book.worksheets]
        chosen = min(sheets, key=_rank, default=None)
        if chosen is None:
            return pd.DataFrame(), [], []
        rows = [list(cells) for cells in chosen.sheet.iter_rows()]
        notes = [*_other_sheets(chosen, sheets), *_without_value(data, book, chosen), *_merged(book, chosen)]
        table, rejected, dated = _table(rows, chosen, book.epoch)
    except BROKEN as error:
        raise CorpusError(f"cannot be read as an Excel workbook ({error}); save it again, or as CSV") from error
    return with_names(table), rejected, [*notes, *dated]


def opened(data: bytes, *, data_only: bool) -> Any:
    """Return a workbook to be read row by row; one of `BROKEN` is raised where it is none."""
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of styles and menus that it does not know, which hold no text.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)


class _Sheet(NamedTuple):
    """A sheet, the place of its header among its rows, whether that names columns of articles, and whether all is blank."""

    sheet: Any
    header: int
    is_of_articles: bool
    is_blank: bool


def _look(sheet: Any, wanted: set[str]) -> _Sheet:
    first = list(_texts(sheet, _MOST_BEFORE + 1))
    for number, names in enumerate(first):
        if has_usual_names(names) or (wanted and wanted <= {folded(name) for name in names}):
            return _Sheet(sheet, number, True, False)
    filled = (number for number, names in enumerate(first) if any(map(str.strip, names)))
    header = next(filled, None)
    is_blank = header is None and not any(any(map(str.strip, row)) for row in _texts(sheet, None))
    return _Sheet(sheet, header or 0, False, is_blank)


def _texts(sheet: Any, most: int | None) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=most, values_only=True):
        yield ["" if value is None else str(value) for value in row]


def _rank(found: _Sheet) -> tuple[bool, bool, bool]:
    return found.is_blank, found.sheet.sheet_state != "visible", not found.is_of_articles


def _other_sheets(chosen: _Sheet, sheets: list[_Sheet]) -> list[Note]:
    """Return a note on the sheets that are not read, by whether they hold articles."""
    others = [found for found in sheets if found is not chosen and not found.is_blank]
    notes = []
    for holds_articles, kind in ((True, "sheets not read"), (False, "left out")):
        names = [_name(found) for found in others if found.is_of_articles == holds_articles]
        if names:
            what = "sheets of articles" if holds_articles else "other sheets"
            finding = f"only sheet {_name(chosen)} is read; {what} that are not: {', '.join(names)}"
            remedy = "save each as a file of its own" if holds_articles else ""
            notes.append(Note(finding, kind=kind, count=len(names), remedy=remedy))
    return notes


def _name(found: _Sheet) -> str:
    return f"'{found.sheet.title}'" + ("" if found.sheet.sheet_state == "visible" else " (hidden)")


def _xml(book: Any, found: _Sheet) -> bytes:
    # openpyxl keeps neither merged cells nor formulas when it reads row by row, so the sheet is looked at as it is stored.
    return bytes(book._archive.read(found.sheet._worksheet_path))


def _without_value(data: bytes, book: Any, chosen: _Sheet) -> list[Note]:
    """Return a note on formulas whose value was not stored, as programs write them that do not compute."""
    if not _FORMULA.search(_xml(book, chosen)):
        return []
    formulas = opened(data, data_only=False)[chosen.sheet.title]
    formulas.reset_dimensions()
    places = [
        shown.coordinate
        for written, stored in zip(formulas.iter_rows(), chosen.sheet.iter_rows(), strict=False)
        for shown, value in zip(written, stored, strict=False)
        if shown.data_type == "f" and value.value is None
    ]
    if not places:
        return []
    finding = f"{len(places):,} cells hold a formula without a stored value and are read as empty (first: {places[0]})"
    remedy = "open the workbook in Excel or LibreOffice and save it"
    return [Note(finding, kind="no value", count=len(places), remedy=remedy)]


def _merged(book: Any, chosen: _Sheet) -> list[Note]:
    ranges = [
        match for match in _MERGED.finditer(_xml(book, chosen))
        if int(match[2]) > chosen.header + 1 and int(match[4]) > int(match[2])
    ]  # fmt: skip
    if not ranges:
        return []
    first = f"{ranges[0][1].decode()}{ranges[0][2].decode()}:{ranges[0][3].decode()}{ranges[0][4].decode()}"
    finding = f"{len(ranges):,} cells are merged over several rows (first: {first}), of which only the first row has the value"
    return [Note(finding, kind="no value", count=len(ranges), remedy="unmerge them and fill each row")]


def _table(rows: list[list[Any]], chosen: _Sheet, epoch: datetime) -> tuple[pd.DataFrame, list[Unread], list[Note]]:
    names = [cell_text(cell) for cell in rows[chosen.header]] if rows else []
    width = max((len(row) for row in rows[chosen.header :]), default=0)
    names += [""] * (width - len(names))
    days = {place for place, name in enumerate(names) if is_usual_name(name, "date")}
    kept: list[list[str]] = []
    rejected: list[Unread] = []
    counted: list[Any] = []
    for number, row in enumerate(rows[chosen.header + 1 :], start=chosen.header + 2):
        texts = [cell_text(cell) for cell in row]
        for place in days & {*range(len(row))}:
            if _is_day_number(row[place]):
                texts[place] = _day(row[place].value, epoch)
                counted.append(row[place])
        texts += [""] * (width - len(texts))
        if any(len(text) >= _LONGEST_CELL for text in texts):
            reason = f"a cell of {_LONGEST_CELL:,} characters, where Excel cuts; export as CSV or JSON"
            rejected.append(Unread(f"row {number}", reason, "\t".join(texts)))
        elif any(map(str.strip, texts)):
            kept.append([text.replace("\r\n", "\n").replace("\r", "\n") for text in texts])
    table = pd.DataFrame(kept, columns=pd.Index(names, dtype="object"), dtype="str")
    return table, rejected, _of_days(counted, epoch)


def _is_day_number(cell: Any) -> bool:
    return (
        isinstance(cell.value, int | float)
        and not isinstance(cell.value, bool)
        and _FIRST_DAY <= cell.value < _LAST_DAY
    )


def _day(number: float, epoch: datetime) -> str:
    from openpyxl.utils.datetime import from_excel

    return str(from_excel(number, epoch).date().isoformat())


def _of_days(cells: list[Any], epoch: datetime) -> list[Note]:
    if not cells:
        return []
    first = cells[0]
    finding = f"{len(cells):,} dates are stored as numbers and are read as days ({first.value} in {first.coordinate} as {_day(first.value, epoch)})"
    return [Note(finding, kind="mended", count=len(cells))]


def cell_text(cell: Any) -> str:
    """Return what a cell shows: a whole number without decimals, a day as 2026-01-02, TRUE; "" for nothing."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_padded = isinstance(value, int) and value >= 0 and _OF_ZEROS.fullmatch(cell.number_format or "")
    return _padded(value, cell.number_format) if is_padded else str(value)


def _unescaped(text: str) -> str:
    from openpyxl.utils.escape import unescape

    if "_x" not in text:
        return text
    # A letter beyond U+FFFF is escaped as a pair of surrogates; a half of one is no letter and becomes U+FFFD.
    return str(unescape(text)).encode("utf-16", "surrogatepass").decode("utf-16", "replace").rstrip("\r\n")


def _padded(number: int, number_format: str) -> str:
    """Return a number as a format of zeros and literal letters shows it."""
    parts = [(part[0] == "0", part[1] or part[2] or part[3] or "") for part in _PARTS.finditer(number_format)]
    n_zeros = sum(is_zero for is_zero, _ in parts)
    if not n_zeros:
        return str(number)
    digits = str(number).zfill(n_zeros)
    # The first zero stands for all the digits that the others leave.
    rest = iter([digits[: len(digits) - n_zeros + 1], *digits[len(digits) - n_zeros + 1 :]])
    return "".join(next(rest) if is_zero else letters for is_zero, letters in parts)
