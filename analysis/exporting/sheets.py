"""Tables for spreadsheets: .xlsx with readable names and a sheet about the table. Numbers keep all their digits."""

import io

import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.charts.names import with_names
from analysis.core.cells import guarded
from analysis.core.errors import FramingError
from analysis.core.escaping import in_cell
from analysis.core.files import told_of_scratch, workbook_without_times
from analysis.core.origin import origin_sentences
from analysis.exporting.columns import Columns
from analysis.exporting.presented import sentence

_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 1_048_576, 16_384, 32_767  # of a sheet and of a cell
_WIDTHS = (8, 60)
_SAMPLE = 200  # rows whose texts decide how wide a column is


def workbook(table: pd.DataFrame, *, title: str, note: str = "") -> bytes:
    """Return the table as .xlsx: the sheet "Table" with readable names, and "About" with caption, note and what the columns mean.

    Raises
    ------
    FramingError
        When the table has more rows or columns, or a text more characters, than a sheet can hold.
    """
    _check_room(table)
    (table,) = with_names(table)
    columns = Columns(table)
    names = [str(name) for name in table.columns]
    headings = columns.headings(names)
    written = _writable(table).set_axis(headings, axis="columns")
    about = pd.DataFrame(
        [("caption", " ".join([sentence(title), *origin_sentences(table)]), "")]
        + ([("note", sentence(note), "")] if note else [])
        + [(f"column: {heading}", name, columns.meaning(name)) for heading, name in zip(headings, names, strict=True)]
    )
    packed = io.BytesIO()
    with told_of_scratch(), pd.ExcelWriter(packed, engine="openpyxl") as writer:
        guarded(written).to_excel(writer, sheet_name="Table", index=False, freeze_panes=(1, 0), inf_rep="∞")
        guarded(about).to_excel(writer, sheet_name="About", index=False, header=False)
        _lay_out(writer.sheets["Table"], written)
        _lay_out_about(writer.sheets["About"])
    return workbook_without_times(packed.getvalue())


def _check_room(table: pd.DataFrame) -> None:
    n_rows, n_columns = table.shape
    if n_rows >= _MOST_ROWS or n_columns > _MOST_COLUMNS:
        raise FramingError(
            f"export: the table has {n_rows:,} rows and {n_columns:,} columns, a sheet of .xlsx at most {_MOST_ROWS - 1:,} and "
            f"{_MOST_COLUMNS:,}; write .csv"
        )
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name].dtype):
            lengths = table[name].astype("object").map(lambda value: len(value) if isinstance(value, str) else 0)
            if lengths.max() >= _MOST_CHARACTERS:  # with an apostrophe before it, one more
                place = int(lengths.to_numpy().argmax())
                raise FramingError(
                    f"export: column {name!r}, row {place + 1}: a text of {lengths.iloc[place]:,} characters, a cell of .xlsx holds "
                    f"{_MOST_CHARACTERS - 1:,}; write .csv, or leave the column out"
                )


def _writable(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with texts that XML can hold."""
    made = table.copy()
    for place, dtype in enumerate(table.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            cells = table.iloc[:, place].astype("object")
            made.isetitem(place, cells.map(lambda value: in_cell(value) if isinstance(value, str) else value).array)
    return made


def _lay_out(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Make the head bold, and columns as wide as their first cells within bounds."""
    for place, heading in enumerate(table.columns, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")
        texts = [str(heading).replace(" ", "\n"), *map(str, table.iloc[:_SAMPLE, place - 1])]
        longest = max(len(line) for text in texts for line in text.split("\n"))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])
    sheet.auto_filter.ref = sheet.dimensions


def _lay_out_about(sheet: Worksheet) -> None:
    for letter, width in (("A", 36), ("B", 80), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
