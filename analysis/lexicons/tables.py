"""Lexicons as tables: CSV, TSV, XLSX and LIWC-22 (.dicx), long or wide, and lists of scores without a header.

Long: a column of terms, one of categories, and perhaps weights. Wide: a column of terms and one column a category, whose cells
are weights or marks; an empty cell or 0 is no member. General Inquirer tables are wide too: their cells repeat the name of
the column, or begin with it. Terms with a score and no category become the categories "positive" and "negative".
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analysis.lexicons.checks import shown
from analysis.lexicons.draft import NUMBER_ALLOWED, Draft, as_number
from analysis.lexicons.word_list import is_comment

Row = tuple[int, list[str]]

_TERMS = (
    "term", "terms", "word", "words", "dicterm", "entry", "entries", "token", "phrase", "pattern", "keyword", "lemma", "verb",
    "english word", "english (en)",
)  # fmt: skip
_CATEGORIES = ("category", "categories", "sentiment", "affect", "emotion", "frame", "class", "dimension", "polarity")
_WEIGHTS = ("weight", "score", "value", "intensity", "sentiment")
_LONG = ("case", "except", "note", "notes", "comment", "parent", "valence")
_MARKS = ("x", "X")
# Of NRC's lists some have the affect first; its names tell which.
_AFFECTS = frozenset("anger anticipation disgust fear joy negative positive sadness surprise trust".split())
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_BY_SPREADSHEET = re.compile(
    rf"\d\d?-{_MONTH}(?:-\d+)?|{_MONTH}-\d\d|\d(?:\.\d+)?E\+\d+|#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!)"
    r"|\d{4}-\d\d-\d\dT[\d:.]+"
)
_SENSE = re.compile(r"\S+#\d+")
_OPEN_QUOTE = "a quotation mark is not closed, or stands within a cell; close it, or double it within a quoted cell"


def read_text_table(text: str, draft: Draft) -> None:
    """Put the rows of a CSV or TSV file into `draft`."""
    read_table(_cut(text, draft), draft)


def _cut(text: str, draft: Draft) -> Iterator[Row]:
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = "\t" if "\t" in first else max(",;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise draft.error(line, f"{_OPEN_QUOTE} ({error})") from error


def read_table(rows: Iterable[Row], draft: Draft) -> None:
    """Put the rows of a table into `draft`; the first row may be the names of the columns."""
    filled = (row for row in rows if "".join(row[1]).strip())
    line, first = next(filled, (0, []))
    if not first:
        raise draft.error(0, "the file is empty; write the columns 'term,category' and a row at least")
    header = [cell.strip() for cell in first]
    if not any(name.casefold() in _TERMS for name in header) and any(
        as_number(name) is not None for name in header[1:]
    ):
        _without_header([(line, first), *filled], draft)
        return
    _check_header(line, header, draft)
    rest = _of_length(filled, header, draft)
    table = _Columns(line, header)
    if len(header) == 1:
        _list(rest, draft)
    elif table.category is None:
        _wide(list(rest), table, draft)
    else:
        _long(rest, table, draft)


class _Columns:
    """Where the columns stand whose names are known."""

    def __init__(self, line: int, header: list[str]) -> None:
        self.line, self.names = line, header
        self.places = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
        self.term = self.find(_TERMS) or 0
        self.category = self.find(_CATEGORIES)
        self.weight = self.find(_WEIGHTS)
        # A column of scores may be called sentiment, and is told from one of names by its only companion.
        if self.category is not None and self.category == self.weight:
            self.weight = None

    def find(self, names: Iterable[str]) -> int | None:
        """Return the place of the first column that has one of `names`."""
        return min((self.places[name] for name in names if name in self.places), default=None)


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


def _is_sound(line: int, term: str, draft: Draft) -> bool:
    """Whether a term is not doubtful in itself."""
    if not term:
        draft.doubt(line, "", "the cell of the term is empty; write a word or take the row out")
    elif _BY_SPREADSHEET.fullmatch(term):
        remedy = "write the word itself into a column formatted as text"
        draft.doubt(
            line, term, f"entry {shown(term)} looks like a date, number or error made by a spreadsheet; {remedy}"
        )
    elif _SENSE.fullmatch(term):
        draft.doubt(
            line, term, f"entry {shown(term)} is one sense of a word; senses cannot be told apart, so write the word"
        )
    else:
        return True
    return False


def _list(rows: Iterable[Row], draft: Draft) -> None:
    category = draft.category(draft.path.stem)
    for line, cells in rows:
        if not is_comment(cells[0].strip()) and _is_sound(line, cells[0].strip(), draft):
            draft.add(line, cells[0].strip(), (category,))


def _long(rows: Iterable[Row], table: _Columns, draft: Draft) -> None:
    category_at, weight_at, term_at = table.category or 0, table.weight, table.term
    known = {term_at, category_at, weight_at, *(table.places[name] for name in _LONG if name in table.places)}
    for place, name in enumerate(table.names):
        if place not in known:
            allowed = f"known are term, category, weight, {', '.join(_LONG)}"
            draft.doubt(table.line, name, f"column {shown(name)} is not known beside a column of categories; {allowed}")
    details = [name for name in _LONG if name in table.places]
    scores = len(table.names) == 2 and weight_at is None and table.names[category_at].casefold() in _WEIGHTS
    for line, cells in rows:
        term, category = cells[term_at].strip(), cells[category_at].strip()
        if not category:
            draft.doubt(line, term, f"{shown(term)} has no category; write one")
            continue
        weight: float | None = 1.0
        if scores and (weight := as_number(category)) is not None:
            category = ""
        elif scores:
            weight, scores = 1.0, False
        elif weight_at is not None and (weight := as_number(cells[weight_at].strip())) is None:
            found = cells[weight_at].strip()
            draft.doubt(line, found, f"weight {shown(found)} of {shown(term)}; {NUMBER_ALLOWED}")
            continue
        if category not in draft.categories:
            draft.category(category)
        n_before = len(draft.entries)
        if _is_sound(line, term, draft):
            draft.add(line, term, (category,), weight if weight is not None else 1.0)
        if details and len(draft.entries) > n_before:
            _detail(cells, category, table, draft)


def _detail(cells: list[str], category: str, table: _Columns, draft: Draft) -> None:
    """Give the entry that was added last, and its category, what further columns say."""
    found = {name: cells[table.places[name]].strip() for name in _LONG if name in table.places}
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


def _wide(rows: list[Row], table: _Columns, draft: Draft) -> None:
    readers = {}
    only = len(table.names) == 2 and table.weight is not None
    for place, name in enumerate(table.names):
        if place != table.term and _is_category(place, name, rows, table, draft):
            readers[place] = draft.category("" if only else name)
    for line, cells in rows:
        term = cells[table.term].strip()
        if not _is_sound(line, term, draft):
            continue
        for place, name in readers.items():
            _cell(line, term, cells[place].strip(), name, draft)


def _is_category(place: int, name: str, rows: list[Row], table: _Columns, draft: Draft) -> bool:
    """Whether a column's cells say which terms belong to it; a column of text or without a name is doubtful."""
    values = Counter(cell for _, cells in rows if (cell := cells[place].strip()))
    if not values:
        return bool(name)
    if draft.path.suffix.lower() == ".dicx" and name:
        return True
    told = sum(count for value, count in values.items() if _means_member(value, name))
    if name and 2 * told > values.total():
        return True
    example = next(value for value in values if not _means_member(value, name))
    allowed = "allowed are a number, X, or the name of the column; for a list of terms and categories name the columns term and category"
    draft.doubt(table.line, name, f"column {shown(name)} holds {shown(example)}, which names no member; {allowed}")
    return False


def _means_member(value: str, name: str) -> bool:
    return bool(name) and (
        as_number(value) is not None or value in _MARKS or value.casefold().startswith(name.casefold())
    )


def _cell(line: int, term: str, cell: str, name: str, draft: Draft) -> None:
    weight = as_number(cell) if cell else 0.0
    if weight == 0:
        return
    if weight is not None:
        draft.add(line, term, (name,), weight)
    elif cell in _MARKS or draft.path.suffix.lower() == ".dicx" or cell.casefold() == name.casefold():
        draft.add(line, term, (name,))
    elif cell.casefold().startswith(name.casefold()):
        draft.add(line, term, (draft.category(cell),))
    else:
        draft.doubt(line, cell, f"cell {shown(cell)} of {shown(term)} in column {shown(name)}; {NUMBER_ALLOWED}, or X")


def _without_header(rows: list[Row], draft: Draft) -> None:
    """Read lists of scores (AFINN), of words, affects and scores (NRC), and of words, means and ratings (VADER)."""
    n = len(rows[0][1])
    second = as_number(rows[0][1][1].strip())
    by_affect = n == 3 and all(cells[0].strip() in _AFFECTS for _, cells in rows)
    if n >= 4 and second is not None and rows[0][1][-1].strip().startswith("["):
        draft.remark(0, "", "deviations and single ratings are not read; the mean is the weight")
    elif not (n == 2 and second is not None) and not (n == 3 and second is None):
        raise draft.error(rows[0][0], "the first row names no column; write a header, such as 'term,category,weight'")
    for line, cells in _of_length(rows, rows[0][1], draft):
        term, category, weight = _scored([cell.strip() for cell in cells], by_affect)
        if n == 3 and weight in ("0", "0.0"):
            continue
        number = as_number(weight)
        if number is None:
            draft.doubt(line, weight, f"score {shown(weight)} of {shown(term)}; {NUMBER_ALLOWED}")
        elif _is_sound(line, term, draft):
            draft.add(line, term, (draft.category(category),), number)


def _scored(cells: list[str], by_affect: bool) -> tuple[str, str, str]:
    if len(cells) != 3:
        return cells[0], "", cells[1]
    return (cells[1], cells[0], cells[2]) if by_affect else (cells[0], cells[1], cells[2])
