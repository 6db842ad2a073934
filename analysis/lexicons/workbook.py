"""The rows of an Excel workbook (.xlsx)."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from analysis.lexicons.draft import Draft
from analysis.lexicons.tables import Row

# Packed, a bomb of zeros is a thousand times smaller than this.
_MOST_BYTES = 1_000_000_000


def workbook_rows(data: bytes, draft: Draft) -> Iterator[Row]:
    """Yield the rows of the first sheet; further sheets with content are doubtful."""
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if size > _MOST_BYTES:
            raise draft.error(
                0, f"the workbook unpacks to {size:,} bytes; {_MOST_BYTES:,} are allowed, so use a CSV file"
            )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets[1:]:
            if any(value is not None for row in sheet.iter_rows(values_only=True, max_row=1) for value in row):
                draft.doubt(0, sheet.title, f"sheet '{sheet.title}' is not the first one; save it as a file of its own")
        for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield line, [_written(value) for value in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ParseError) as error:
        raise draft.error(0, f"not a workbook that can be read ({error}); save it as .xlsx or .csv again") from error


def _written(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return datetime.datetime.fromisoformat(value.isoformat()).isoformat()
    return "" if value is None else str(value)
