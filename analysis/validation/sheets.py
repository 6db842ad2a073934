"""The coding sheet: an Excel workbook with one row an item, drop-downs for the answers and the codebook beside them."""

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.core.escaping import in_cell
from analysis.core.files import told_of_scratch, workbook_without_times, write_whole
from analysis.core.origin import fact
from analysis.reading.given import TokensLike, tokens_of
from analysis.validation.codebooks import Codebook, Variable
from analysis.validation.coding_values import shown_code
from analysis.validation.passages import Passage, marked_spans, passages_of, pieces
from analysis.validation.work import work_of

CODING, CODEBOOK, ABOUT = "Coding", "Codebook", "About"
ITEM, CHECK, COMMENT = "item", "check", "comment"
OF = "="  # between a variable that takes several codes and each of them, in the first row
CHOSEN = "x"
HEAD = 2  # rows above the items: names for the computer, and what coders read
READING = ("asked about", "before", "text", "after", "marked words")
_WIDTHS = {ITEM: 8, CHECK: 8, "asked about": 14, "before": 32, "text": 60, "after": 32, "marked words": 16, COMMENT: 30}
_ANSWER_WIDTH = 18
_MOST_LETTERS = 32_000  # a cell holds 32,767
_ASKED = PatternFill("solid", fgColor="FFF8E1")
_NOT_ASKED = PatternFill("solid", fgColor="D9D9D9")
_TOP = Alignment(wrap_text=True, vertical="top")
_LETTERS = re.compile(r"\w+")


def write_sheet(sample: pd.DataFrame, tokens: TokensLike, codebook: Codebook, path: str | Path, *, coder: str) -> Path:
    """Write the coding sheet of one coder: a workbook with one row an item and one column a question, with drop-downs.

    Questions that take several codes have one column a code, to be marked with x. Cells of questions that are not asked of an item are grey.
    Only the answers can be changed; the protection has no password. `read_codings` reads the sheet that comes back.

    Parameters
    ----------
    sample : pandas.DataFrame
        SAMPLE, as `analysis.sample` returned it; the items of `coder` are taken.
    tokens : Tokens
        The corpus that the sample was drawn from.
    codebook : Codebook
        Questions, codes, definitions.
    path : str or pathlib.Path
        The file to write, .xlsx.
    coder : str
        Who codes, as the sample's column ``coders`` names them.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    SchemaError
        When the sample is of another corpus, or has no item for the coder.
    """
    write_whole(Path(path), coding_sheet(sample, tokens, codebook, coder=coder))
    return Path(path)


def coding_sheet(sample: pd.DataFrame, tokens: TokensLike, codebook: Codebook, *, coder: str) -> bytes:
    """Return the file that `write_sheet` writes; raises as that does."""
    tokens = tokens_of("write_sheet(sample, tokens, codebook, path, coder=…)", tokens)
    work = work_of(sample, coder)
    book = Workbook()
    book.remove(book.worksheets[0])
    coding = book.create_sheet(CODING)
    last = _write_codebook(book.create_sheet(CODEBOOK), codebook)
    _write_items(coding, work, passages_of(work, tokens), codebook)
    _add_lists(coding, codebook, last, len(work))
    facts = {"coder": coder, "sample_id": str(fact(sample, "sample_id")), **codebook.named}
    about = book.create_sheet(ABOUT)
    for row, (name, value) in enumerate(facts.items(), start=1):
        _put(about, row, 1, name)
        _put(about, row, 2, value)
    about.protection.sheet = True
    packed = io.BytesIO()
    with told_of_scratch():
        book.save(packed)
    return workbook_without_times(packed.getvalue())


def answer_columns(codebook: Codebook) -> dict[str, tuple[Variable, str]]:
    """Return the columns of answers by their name in the first row: the variable, and the code where it takes several."""
    columns: dict[str, tuple[Variable, str]] = {}
    for variable in codebook.variables:
        if variable.several:
            columns |= {f"{variable.name}{OF}{code}": (variable, code) for code in variable.codes}
        else:
            columns[variable.name] = (variable, "")
    return columns


def check_of(item: str, text: str) -> str:
    """Return what tells a row whose cells were moved apart: eight hex digits of the item and the letters of its sentence."""
    letters = " ".join(_LETTERS.findall(text.casefold()))
    return hashlib.sha256(f"{item}\n{letters}".encode("utf-8", "replace")).hexdigest()[:8]


def _write_items(sheet: Worksheet, work: pd.DataFrame, passages: dict[str, Passage], codebook: Codebook) -> None:
    answers = answer_columns(codebook)
    names = [ITEM, CHECK, *READING, *answers, COMMENT]
    for column, name in enumerate(names, start=1):
        variable, code = answers.get(name, (None, ""))
        label = next((value.label for value in variable.values if value.code == code), "") if variable else ""
        _put(sheet, 1, column, name)
        heading = f"{variable.question} [{label}]" if variable and code else variable.question if variable else name
        _put(sheet, HEAD, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _ANSWER_WIDTH)
    spans = marked_spans(work, passages)
    for row, item in enumerate(work.to_dict("records"), start=HEAD + 1):
        passage = passages[item["unit_id"]]
        for column, text in enumerate(_texts(item, passage, spans[item["item"]]), start=1):
            _put(sheet, row, column, text)
        for column, name in enumerate(names, start=1):
            variable, _ = answers.get(name, (None, ""))
            if variable or name == COMMENT:
                _prepare(sheet.cell(row, column), variable, item["about"])
    sheet.row_dimensions[1].hidden = True
    for column in (1, 2):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = f"C{HEAD + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _prepare(cell: Any, variable: Variable | None, about: str) -> None:
    """Make a cell one to write in, or a grey one where its question is not asked of the item; without a variable it is for comments."""
    is_asked = variable is None or variable.about == about
    cell.fill = _ASKED if is_asked else _NOT_ASKED
    cell.protection = Protection(locked=not is_asked)
    cell.alignment = _TOP
    if variable is None or not variable.number:
        cell.number_format = "@"  # a code stays as it is typed


def _texts(item: dict[Any, Any], passage: Passage, spans: list[tuple[int, int]]) -> list[str | CellRichText]:
    """Return the cells that are read: name, check, what is asked about, context, sentence with its matches, and the match."""
    is_match = item["about"] == "match"
    parts = list(pieces(in_cell(passage.text)[:_MOST_LETTERS], spans))
    bold = InlineFont(b=True, u="single")
    marked = CellRichText(*(TextBlock(bold, part) if is_marked else part for part, is_marked in parts))
    what = "the marked words" if is_match else "the article" if item["field"] == "" else "the sentence"
    words = "; ".join(part for part, is_marked in parts if is_marked)
    check = check_of(item["item"], "".join(part for part, _ in parts))
    return [item["item"], check, what, passage.before, marked if words else str(marked), passage.after, words]


def _put(sheet: Worksheet, row: int, column: int, text: str | CellRichText) -> Any:
    """Write a text that no spreadsheet takes for a formula, a number or a date."""
    cell = sheet.cell(row, column)
    if isinstance(text, CellRichText):
        cell.value = text
    else:
        cell.value = in_cell(text)[:_MOST_LETTERS]
        cell.data_type = "s"
    cell.quotePrefix = True  # it stays a text when somebody edits it
    cell.alignment = _TOP
    return cell


def _write_codebook(sheet: Worksheet, codebook: Codebook) -> dict[str, tuple[int, int]]:
    """Write every code with its meaning; return the first and last row of each variable's codes."""
    rows = {}
    headings = ("question", "answer", "definition", "examples", "rules")
    for column, (name, width) in enumerate(zip(headings, (40, 32, 60, 60, 60), strict=True), start=1):
        _put(sheet, 1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 2
    for variable in codebook.variables:
        rules = "\n".join(variable.rules)
        if not variable.values:
            kind = f"a number from {variable.number[0]:g} to {variable.number[1]:g}" if variable.number else "in words"
            for column, text in ((1, variable.question), (2, kind), (5, rules)):
                _put(sheet, row, column, text)
            row += 1
            continue
        rows[variable.name] = (row, row + len(variable.values) - 1)
        for value in variable.values:
            cells = (
                variable.question,
                shown_code(value.code, value.label),
                value.definition,
                "\n".join(value.examples),
            )
            for column, text in enumerate((*cells, "\n".join([*value.rules, rules]).strip()), start=1):
                _put(sheet, row, column, text)
            row += 1
    for rule in codebook.rules:
        _put(sheet, row, 5, rule)
        row += 1
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    return rows


def _add_lists(sheet: Worksheet, codebook: Codebook, rows: dict[str, tuple[int, int]], n_items: int) -> None:
    """Add what may be chosen in each column of answers."""
    first = 1 + 2 + len(READING)
    for column, (variable, code) in enumerate(answer_columns(codebook).values(), start=first):
        if code:
            allowed = DataValidation(type="list", formula1=f'"{CHOSEN}"', allow_blank=True)
            hint = f"Write {CHOSEN} where it holds; several may."
        elif variable.values:
            top, bottom = rows[variable.name]
            allowed = DataValidation(type="list", formula1=f"{CODEBOOK}!$B${top}:$B${bottom}", allow_blank=True)
            hint = "Choose from the list; the sheet Codebook says what each means."
        elif variable.number:
            low, high = (f"{bound:g}" for bound in variable.number)
            allowed = DataValidation(type="decimal", operator="between", formula1=low, formula2=high, allow_blank=True)
            hint = f"A number from {low} to {high}."
        else:
            continue
        allowed.showErrorMessage, allowed.error, allowed.errorTitle = True, hint, "No answer of the codebook"
        letter = get_column_letter(column)
        allowed.add(f"{letter}{HEAD + 1}:{letter}{HEAD + n_items}")
        sheet.add_data_validation(allowed)
