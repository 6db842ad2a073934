"""Lexicons as tables: CSV, TSV, XLSX and LIWC-22 (.dicx), long or wide.

Long: a column of terms, one of categories, and perhaps weights. Wide: a column of terms and one column a category, whose cells
are weights or marks; an empty cell or 0 is no member. General Inquirer tables are wide too: their cells repeat the name of
the column, or begin with it. In the master dictionary of Loughran and McDonald the cells are years: the word was taken into
the category then, or out of it where a minus stands before. Terms with a score and no category become the categories
"positive" and "negative".
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import NUMBER_ALLOWED, Draft, as_number
from analysis.lexicons.formats.columns import (
    MARKS,
    TERMS,
    Columns,
    Row,
    find_columns,
    index_column,
    is_statistic,
    means_member,
)
from analysis.lexicons.model import Entry, Lexicon
from analysis.lexicons.scores import is_sound, read_scores

_OPEN_QUOTE = "a quotation mark is not closed, or stands within a cell; close it, or double it within a quoted cell"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_COMMENT = re.compile(r"#\s|##|%%|;;")
_WITH_COMMA = re.compile(r"[+-]?\d+(?:,\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_MISSING = frozenset(("NA", "N/A", "#N/A", "<NA>", "NaN", "NULL"))
_YEARS = range(1900, 2101)


def read_text_table(text: str, draft: Draft) -> None:
    """Put the rows of a CSV or TSV file into `draft`."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if told := _SEPARATOR_LINE.fullmatch(first):
        # Excel writes and reads such a line; it names the separator. An empty line keeps the numbers of the others.
        text = text.replace(first, "", 1)
        delimiter = told[1]
    else:
        delimiter = _delimiter([line for line in lines if line.strip()])
    rows = _cut(text, delimiter, draft)
    read_table(_with_points(rows) if delimiter in ";\t" else rows, draft)


def _delimiter(lines: list[str]) -> str:
    first = next((line for line in lines if not _COMMENT.match(line)), lines[0] if lines else "")
    outside = re.sub(r'"[^"]*"', "", first)
    # A cell may hold commas where tabs part the cells, and seldom the other way round.
    found = "\t" if "\t" in outside else max(";,|", key=outside.count)
    if outside.count(found):
        return found
    # write.table of R puts strings in quotation marks and a space between cells.
    return " " if re.fullmatch(r'"[^"]*"(?: \S+)+', first) else ","


def _cut(text: str, delimiter: str, draft: Draft) -> list[Row]:
    try:
        rows = list(_rows(text, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error as error:
        if delimiter != "\t":
            line = _line_of_open_quote(text, delimiter)
            raise draft.error(line, f"{_OPEN_QUOTE} ({error})") from error
        rows = []
    # Many programs write no quotation marks into .tsv files, so one that is there is part of its cell.
    if delimiter == "\t" and (not rows or any("\n" in cell for _, cells in rows for cell in cells)):
        return [
            (line, [_QUOTED.sub(r"\1", cell) for cell in cells])
            for line, cells in _rows(text, delimiter, csv.QUOTE_NONE)
        ]
    return rows


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting)
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _line_of_open_quote(text: str, delimiter: str) -> int:
    line = 1
    try:
        for start, cells in _rows(text, delimiter, csv.QUOTE_MINIMAL):
            line = start + 1 + sum(cell.count("\n") for cell in cells)
    except csv.Error:
        return line
    return line


def _with_points(rows: list[Row]) -> list[Row]:
    """Return the rows with decimal points for decimal commas, in columns that have numbers with a comma only."""
    width = max((len(cells) for _, cells in rows), default=0)
    for place in range(1, width):
        cells = [cells[place].strip() for _, cells in rows[1:] if len(cells) > place and cells[place].strip()]
        commas = [cell for cell in cells if "," in cell]
        is_decimal = commas and all(map(_WITH_COMMA.fullmatch, cells)) and not all(map(_THOUSANDS.fullmatch, commas))
        if is_decimal:
            for number, (_, row) in enumerate(rows):
                if len(row) > place and (number or _WITH_COMMA.fullmatch(row[place].strip())):
                    row[place] = row[place].replace(",", ".")
    return rows


def read_table(rows: Iterable[Row], draft: Draft) -> None:
    """Put the rows of a table into `draft`; the first row may be the names of the columns."""
    filled = [row for row in rows if "".join(row[1]).strip()]
    while len(filled) > 1 and _COMMENT.match(filled[0][1][0]) and not any(map(str.strip, filled[0][1][1:])):
        filled.pop(0)
    if not filled:
        raise draft.error(0, "the file is empty; write the columns 'term,category' and a row at least")
    line, header = filled[0][0], [cell.strip().lstrip("\ufeff") for cell in filled[0][1]]
    rest = filled[1:]
    if not draft.columns and _is_without_header(header):
        read_scores(filled, draft)
        return
    # R's write.table leaves out the name of the column of row names.
    if rest and all(len(cells) == len(header) + 1 for _, cells in rest):
        header = ["", *header]
    _check_header(line, header, draft)
    terms = {
        place for place, name in enumerate(header) if name.casefold() in TERMS or name == draft.columns.get("term")
    }
    rest = [(line_of_row, _without_missing(cells, terms)) for line_of_row, cells in _of_length(rest, header, draft)]
    if not draft.columns and (number := index_column(header, rest)) is not None:
        draft.remark(line, header[number], f"column {shown(header[number])} numbers the rows, so it is not read")
        header = header[1:]
        rest = [(line_of_row, cells[1:]) for line_of_row, cells in rest]
    table = find_columns(line, header, rest, draft)
    if table.category is not None:
        _long(rest, table, draft)
    elif table.are_named:
        _named(rest, table, draft)
    elif len(header) == 1:
        _list(rest, table, draft)
    else:
        _wide(rest, table, draft)
    # A column "case" is of the project's own tables, whose terms are what they say.
    if "case" not in table.details:
        draft.doubt_lists()


def _without_missing(cells: list[str], terms: set[int]) -> list[str]:
    """Return a row with empty cells for missing values as programs write them; among the terms NA is a word."""
    return ["" if cell.strip() in _MISSING and place not in terms else cell for place, cell in enumerate(cells)]


def _is_without_header(header: list[str]) -> bool:
    return not any(name.casefold() in TERMS for name in header) and any(
        as_number(name) is not None for name in header[1:]
    )


def _check_header(line: int, header: list[str], draft: Draft) -> None:
    for name, count in Counter(map(str.casefold, header)).items():
        if name and count > 1:
            raise draft.error(line, f"{count} columns are named {shown(name)}; give each its own name")


def _of_length(rows: Iterable[Row], header: list[str], draft: Draft) -> Iterator[Row]:
    """Yield the rows with as many cells as the header; empty cells too many are cut off."""
    n = len(header)
    for line, cells in rows:
        if len(cells) != n and (len(cells) < n or any(cell.strip() for cell in cells[n:])):
            found = f"the row of {shown(cells[0])} has {len(cells)} cells and the header {n}"
            draft.doubt(line, cells[0], f"{found}; write as many, and quote a cell that holds the separator")
        else:
            yield line, cells


def _list(rows: Iterable[Row], table: Columns, draft: Draft) -> None:
    category = draft.category(draft.path.stem)
    for line, cells in rows:
        term = cells[table.term].strip()
        if not _COMMENT.match(term) and is_sound(line, term, draft):
            draft.add(line, term, (category,))


def _named(rows: Iterable[Row], table: Columns, draft: Draft) -> None:
    """Read terms, and weights where the user names a column of them, which names the category then."""
    category = draft.category(table.names[table.weight] if table.weight is not None else draft.path.stem)
    for line, cells in rows:
        term = cells[table.term].strip()
        if is_sound(line, term, draft):
            if table.weight is None:
                draft.add(line, term, (category,))
            elif weight := cells[table.weight].strip():
                draft.add_weighted(line, term, category, weight)


def _long(rows: Iterable[Row], table: Columns, draft: Draft) -> None:
    assert table.category is not None
    for name in _unread(table):
        both = f"terms stand in {shown(table.names[table.term])}, categories in {shown(table.names[table.category])}"
        draft.unread(
            table.line, name, f"column {shown(name)} is not read: {both}; take it out, or name others by columns="
        )
    for line, cells in rows:
        term, category = cells[table.term].strip(), cells[table.category].strip()
        if not category:
            draft.doubt(line, term, f"{shown(term)} has no category; write one")
            continue
        weight: float | None = 1.0
        if table.weight is not None and (weight := as_number(cells[table.weight].strip())) is None:
            found = cells[table.weight].strip()
            draft.doubt(line, found, f"weight {shown(found)} of {shown(term)}; {NUMBER_ALLOWED}")
            continue
        draft.category(category)
        n_before = len(draft.entries)
        if is_sound(line, term, draft):
            draft.add(line, term, (category,), weight if weight is not None else 1.0)
        if table.details and len(draft.entries) > n_before:
            _detail(cells, category, table, draft)


def _unread(table: Columns) -> list[str]:
    read = {table.term, table.category, table.weight, *table.details.values()}
    # Of a table whose columns the user names, the others are left on purpose.
    return [] if table.are_named else [name for place, name in enumerate(table.names) if place not in read and name]


def _detail(cells: list[str], category: str, table: Columns, draft: Draft) -> None:
    """Give the entry that was added last, and its category, what further columns say."""
    found = {name: cells[place].strip() for name, place in table.details.items()}
    entry = draft.entries[-1]
    case = found.get("case") or "fold"
    valence, parent = found.get("valence", ""), found.get("parent", "")
    if case not in ("fold", "exact") or valence not in ("", "-1", "0", "1"):
        draft.entries.pop()
        reason = f"case {shown(case)} or valence {shown(valence)} of {shown(entry.text)}; allowed are fold and exact, and -1, 0 and 1"
        draft.doubt(entry.line, entry.text, reason)
        return
    exceptions = tuple(part.strip() for part in found.get("except", "").split("|") if part.strip())
    note = found.get("note") or found.get("notes") or found.get("comment") or ""
    draft.entries[-1] = replace(entry, case=case, exceptions=exceptions, note=note)
    if valence:
        draft.set_valence(category, int(valence))
    if parent:
        draft.set_parent(entry.line, category, parent)


def _wide(rows: list[Row], table: Columns, draft: Draft) -> None:
    readers = {}
    # The tables of sentiment of R's package lexicon name their columns x and y.
    only = len(table.names) == 2 and (table.weight is not None or table.names[1 - table.term].casefold() == "y")
    years = set()
    for place, name in enumerate(table.names):
        if place != table.term and _is_category(place, name, rows, table, draft):
            readers[place] = draft.category("" if only else name)
            if _are_years(place, rows):
                years.add(place)
                draft.remark(table.line, name, f"the cells of column {shown(name)} are years, not weights")
    for line, cells in rows:
        term = cells[table.term].strip()
        if not is_sound(line, term, draft):
            continue
        for place, name in readers.items():
            cell = cells[place].strip()
            if place in years and cell.startswith("-"):
                draft.remark(line, term, f"{shown(term)} was taken out of {shown(name)} in {cell[1:]}")
            elif place in years and as_number(cell):
                draft.add(line, term, (name,))
            else:
                _cell(line, term, cell, name, draft)


def _is_category(place: int, name: str, rows: list[Row], table: Columns, draft: Draft) -> bool:
    """Whether a column's cells say which terms belong to it; a column of text, of counts or without a name is not read."""
    values = Counter(cell for _, cells in rows if (cell := cells[place].strip()))
    if not values:
        return bool(name)
    if draft.path.suffix.lower() == ".dicx" and name:
        return True
    told = sum(count for value, count in values.items() if means_member(value, name))
    if name and 2 * told > values.total():
        numbers = {as_number(value) for value in values}
        if is_statistic(name) and None not in numbers and not numbers <= {0.0, 1.0}:
            draft.remark(table.line, name, f"column {shown(name)} counts or measures something else, so it is not read")
            return False
        return True
    example = next(value for value in values if not means_member(value, name))
    allowed = "allowed are a number, X, or the name of the column; for a list of terms and categories name the columns term and category"
    draft.unread(table.line, name, f"column {shown(name)} holds {shown(example)}, which names no member; {allowed}")
    return False


def _are_years(place: int, rows: list[Row]) -> bool:
    numbers = [number for _, cells in rows if (number := as_number(cells[place].strip()))]
    return bool(numbers) and all(number.is_integer() and abs(int(number)) in _YEARS for number in numbers)


def _cell(line: int, term: str, cell: str, name: str, draft: Draft) -> None:
    weight = as_number(cell) if cell else 0.0
    if weight == 0:
        return
    if weight is not None:
        draft.add(line, term, (name,), weight)
    elif cell in MARKS or draft.path.suffix.lower() == ".dicx" or cell.casefold() == name.casefold():
        draft.add(line, term, (name,))
    elif cell.casefold().startswith(name.casefold()):
        draft.add(line, term, (draft.category(cell),))
    else:
        draft.doubt(line, cell, f"cell {shown(cell)} of {shown(term)} in column {shown(name)}; {NUMBER_ALLOWED}, or X")


def write_table(lexicon: Lexicon, delimiter: str = ",") -> str:
    """Return the lexicon as a long table, with the columns that any of its entries needs."""
    categories = {category.name: category for category in lexicon.categories}
    columns: dict[str, Callable[[Entry], object]] = {
        "term": lambda entry: entry.text,
        "category": lambda entry: entry.category,
        "weight": lambda entry: "" if entry.weight == 1 else repr(float(entry.weight)),
        "case": lambda entry: "" if entry.case == "fold" else entry.case,
        "except": lambda entry: "|".join(text for text in entry.exceptions if "|" not in text),
        "note": lambda entry: entry.note,
        "parent": lambda entry: categories[entry.category].parent,
        "valence": lambda entry: "" if (valence := categories[entry.category].valence) is None else valence,
    }
    entries = lexicon.own_entries
    used = {name: column for name, column in columns.items() if any(column(entry) != "" for entry in entries)}
    if "weight" in used:
        used["weight"] = lambda entry: repr(float(entry.weight))
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([column(entry) for column in used.values()] for entry in entries)
    return target.getvalue()
