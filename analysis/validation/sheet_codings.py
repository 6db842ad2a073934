"""Coding sheets that came back → codings, also where Excel or a hand changed them."""

from typing import Any

from analysis.core.near import did_you_mean
from analysis.reading.workbook import BROKEN, cell_text, opened
from analysis.validation.given_codings import PERSON, Filed, Given, fault_of_file
from analysis.validation.sheets import ABOUT, CHECK, CHOSEN, CODING, COMMENT, HEAD, ITEM, OF, READING, check_of
from analysis.validation.work import SEVERAL

_TEXT = "text"
_AGAIN = "take the sheet that was sent, and copy the answers into it"
# What people write in place of the x that marks a code.
_MARKS = {CHOSEN, "×", "✓", "✔", "1", "true", "wahr", "yes", "y", "ja", "j"}
_NO_MARKS = {"0", "false", "falsch", "no", "n", "nein", "-", "–"}


def read_sheet(file: str, data: bytes) -> Filed:
    """Return the codings of a coding sheet; its places are "row 12, column 'frame'"."""
    filed = Filed(file)
    try:
        book = opened(data, data_only=True)
        sheets = {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book.worksheets}
    except BROKEN as error:
        filed.faults.append(
            fault_of_file(
                file, "", f"cannot be read as an Excel workbook ({error}): it is broken or half a file", "save it again"
            )
        )
        return filed
    missing = [name for name in (CODING, ABOUT) if name not in sheets]
    if missing:
        reason = f"no sheet {' and '.join(map(repr, missing))}; found are {', '.join(map(repr, sheets))}"
        filed.faults.append(fault_of_file(file, "", reason, _AGAIN))
        return filed
    about = {cell_text(row[0]): cell_text(row[1]) for row in sheets[ABOUT] if len(row) > 1}
    filed.facts.update({name: value for name, value in about.items() if name != "coder"})
    names = [cell_text(cell) for cell in sheets[CODING][0]] if sheets[CODING] else []
    absent = [name for name in (ITEM, CHECK, _TEXT) if name not in names]
    if absent or not about.get("coder"):
        near = "".join(did_you_mean(name, names, what="column") for name in absent)
        what = (
            f"no column {', '.join(map(repr, absent))} in the first row{near}"
            if absent
            else "the sheet About names no coder"
        )
        filed.faults.append(fault_of_file(file, "", what, _AGAIN))
        return filed
    for number, row in enumerate(sheets[CODING][HEAD:], start=HEAD + 1):
        _take_row(filed, number, dict(zip(names, row, strict=False)), about["coder"])
    return filed


def _take_row(filed: Filed, number: int, row: dict[str, Any], coder: str) -> None:
    texts = {name: cell_text(cell).strip() for name, cell in row.items() if name}
    if not any(texts.values()):
        return
    item = texts[ITEM]
    answers = {name: texts[name] for name in _answers(row)}
    if texts[CHECK] != check_of(item, texts[_TEXT]):
        said = "; ".join(f"{name} {text!r}" for name, text in answers.items() if text)
        reason = f"item {item!r} does not belong to the sentence in this row: the item was changed, or a part of the rows was sorted"
        filed.faults.append(fault_of_file(filed.file, said, reason, _AGAIN, place=f"row {number}"))
        return
    by_variable: dict[str, dict[str, str]] = {}
    for name, text in answers.items():
        variable, _, code = name.partition(OF)
        by_variable.setdefault(variable, {})[code] = text
    for variable, cells in by_variable.items():
        is_grey = all(_is_locked(row[name]) for name in answers if name.partition(OF)[0] == variable)
        value = cells[""] if "" in cells else _chosen(cells)
        if is_grey and not value:
            continue  # it is not asked of this item
        place = f"row {number}, column {variable!r}"
        filed.given.append(
            Given(
                filed.file, place, coder, item, variable, value, texts.get(COMMENT, ""), PERSON, str(number - HEAD), {}
            )
        )


def _answers(row: dict[str, Any]) -> list[str]:
    """Return the columns of answers: those that are neither read nor the comment."""
    return [name for name in row if name and name not in (ITEM, CHECK, COMMENT, *READING)]


def _is_locked(cell: Any) -> bool:
    # A cell that no program stored has no style.
    return bool(getattr(cell, "has_style", False) and cell.protection.locked)


def _chosen(cells: dict[str, str]) -> str:
    """Return the codes that are marked; what is neither a mark nor none becomes a code that no codebook has, and is refused as such."""
    marked = [
        code if text.casefold() in _MARKS else f"{code}={text}"
        for code, text in cells.items()
        if text.casefold() not in {"", *_NO_MARKS}
    ]
    return SEVERAL.join(marked)
