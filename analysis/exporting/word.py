"""Tables for Word and LibreOffice (.docx): a real table with a numbered caption, a repeated head, an alt text and a note."""

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell
from lxml.etree import _Element

from analysis.core.errors import FramingError
from analysis.core.escaping import in_cell
from analysis.core.files import zipped
from analysis.exporting.presented import Cell, Presented

_MOST_COLUMNS = 63  # that Word shows
_UPRIGHT = 6  # columns that a page has room for in portrait
_SIZE = Pt(9)
_BLACK = RGBColor(0, 0, 0)
_THICK, _THIN = "8", "4"  # eighths of a point
# Written into every file, so that the same table gives the same bytes.
_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def word_document(shown: Presented) -> bytes:
    """Return a document that holds the table.

    Raises
    ------
    FramingError
        When it has more columns than Word shows.
    """
    if len(shown.headings) > _MOST_COLUMNS:
        raise FramingError(
            f"export: the table has {len(shown.headings)} columns, a table in Word at most {_MOST_COLUMNS}; choose columns, "
            f'as table[["outlet", "n_hits"]], or write .xlsx'
        )
    document = Document()
    _set_up(document, shown)
    _add_caption(document, shown.caption)
    _add_table(document, shown)
    if shown.note:
        note = document.add_paragraph()
        note.add_run("Note. ").italic = True
        note.add_run(in_cell(shown.note))
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _set_up(document: Written, shown: Presented) -> None:
    """Set what is told of the file and the size of letters, and turn the page where the table is wide."""
    told = document.core_properties
    told.title, told.author, told.comments = in_cell(shown.title)[:255], "", ""
    told.created = told.modified = _DAY
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = _SIZE, Pt(2)
    document.styles["Caption"].font.color.rgb = _BLACK
    if len(shown.headings) > _UPRIGHT:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width


def _add_caption(document: Written, text: str) -> None:
    """Add the caption above the table; Word counts its number, so that a list of tables and references find it."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run("Table ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), r"SEQ Table \* ARABIC")
    field.append(paragraph.add_run("1")._element)
    paragraph._element.append(field)
    paragraph.add_run(f". {in_cell(text)}")


def _add_table(document: Written, shown: Presented) -> None:
    table = document.add_table(rows=len(shown.rows) + 1, cols=len(shown.headings))
    properties = table._tbl.tblPr
    borders = _with_borders("w:tblBorders", {"w:top": _THICK, "w:bottom": _THICK})
    properties.insert_element_before(borders, "w:tblLayout", "w:tblLook")  # Word wants them in this order
    for name, text in (("w:tblCaption", shown.title), ("w:tblDescription", _alt(shown))):
        told = OxmlElement(name)
        told.set(qn("w:val"), in_cell(text))
        properties.append(told)
    lines = [tuple(Cell(heading) for heading in shown.headings), *shown.rows]
    # The rows by their elements: python-docx looks up each of `table.cell(…)` in all of them.
    for line, row in zip(lines, table._tbl.tr_lst, strict=True):
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, element, number in zip(line, row.tc_lst, shown.is_number, strict=True):
            _fill(_Cell(element, table), cell, is_number=number)
    _mark_head(table)


def _fill(place: _Cell, cell: Cell, *, is_number: bool) -> None:
    paragraph = place.paragraphs[0]
    paragraph.add_run(in_cell(cell.text))
    if cell.mark:
        paragraph.add_run(cell.mark).font.superscript = True
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_head(table: Table) -> None:
    """Mark the first row as the head, which Word repeats on each page and screen readers name."""
    row = table._tbl.tr_lst[0]
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for element in row.tc_lst:
        element.get_or_add_tcPr().append(_with_borders("w:tcBorders", {"w:bottom": _THIN}))
        for run in _Cell(element, table).paragraphs[0].runs:
            run.bold = True


def _with_borders(name: str, sides: dict[str, str]) -> _Element:
    borders = OxmlElement(name)
    for side, size in sides.items():
        line = OxmlElement(side)
        for attribute, value in (("w:val", "single"), ("w:sz", size), ("w:space", "0"), ("w:color", "000000")):
            line.set(qn(attribute), value)
        borders.append(line)
    return borders


def _alt(shown: Presented) -> str:
    """Return the table in words, for readers who do not see it."""
    return (
        f"{shown.title} A table of {len(shown.rows):,} rows. Columns: {', '.join(shown.headings)}. {shown.note}".strip()
    )
