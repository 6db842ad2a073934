"""Lists and objects that pandas or a scraper wrote into a cell as source text: ``['Ada Fenwick', 'Tom Reed']`` → their text."""

import ast
import json

import numpy as np
import pandas as pd

from analysis.reading.json_records import text_of_value
from analysis.reading.notes import Note

NAMES = ("outlet", "byline", "section")  # where no cell begins with a bracket by itself
_LONGEST = 10_000  # characters; a longer cell is no list of names


def without_literals(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """Return a table whose outlets, bylines and sections are text, and a note where an object's text is not known.

    A list of texts is joined by ``; ``, an empty one is missing, and of an object its main part is taken, as in JSON
    (`analysis.reading.json_records`). A cell that only looks like one stays as it is.
    """
    changed: dict[str, pd.Series] = {}
    notes: list[Note] = []
    for name in NAMES:
        if name not in table.columns or not pd.api.types.is_string_dtype(table[name].dtype):
            continue
        places = np.flatnonzero(table[name].str.fullmatch(r"\s*(?:\[.*\]|\{.*\})\s*").fillna(False).to_numpy(bool))
        if not len(places):
            continue
        cells = table[name].astype(object).to_numpy(copy=True)
        unknown = 0
        for place in places:
            value = _value(str(cells[place]))
            text, is_text = text_of_value(value) if isinstance(value, list | dict) else (cells[place], True)
            cells[place] = text if is_text else None
            unknown += not is_text
        changed[name] = pd.Series(cells, index=table.index, dtype="str")
        if unknown:
            finding = f"the {name} of {unknown:,} articles is an object whose text is not known"
            notes.append(Note(finding, kind="text not taken", count=unknown))
    return (table.assign(**changed) if changed else table), notes


def _value(cell: str) -> object:
    if len(cell) > _LONGEST:
        return cell
    for parse in (json.loads, ast.literal_eval):
        try:
            return parse(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return cell
