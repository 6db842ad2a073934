"""The documented CSV form → codings: one row a coder, item and variable, from a script, a model, a service or another program."""

import re

from analysis.core.cells import unguarded
from analysis.core.errors import CorpusError
from analysis.core.near import did_you_mean
from analysis.reading.decoding import Decoded
from analysis.reading.delimited import read_csv
from analysis.validation.given_codings import FACTS, PERSON, Filed, Given, fault_of, fault_of_file

NEEDED = ("coder", "item", "variable", "value")
# What the file may say of an item, as in SAMPLE.
WHERE = (
    "unit_id", "about", "article_id", "field", "start", "end", "unit_start", "unit_end", "stratum", "probability",
)  # fmt: skip
NUMBERS = ("start", "end", "unit_start", "unit_end", "probability")
_WHOLE, _DECIMAL = re.compile(r"\d+(\.0+)?"), re.compile(r"\d+(\.\d+)?(e-?\d+)?", re.IGNORECASE)
_FORM = f"write a first line with {','.join(NEEDED)}, and comment, place, kind and sample_id if there are such"


def read_csv_codings(file: str, decoded: Decoded) -> Filed:
    """Return the codings of a CSV file whose columns are named `coder`, `item`, `variable`, `value`, and further ones of CODINGS as it has them.

    Cells may be parted by commas, semicolons or tabs.
    """
    filed = Filed(file)
    if decoded.sample:
        filed.notes.append(f"{file}: read as {decoded.encoding}, which is a guess ({decoded.sample})")
    try:
        table, unread, notes = read_csv(decoded.text, NEEDED)
    except CorpusError as error:
        filed.faults.append(fault_of_file(file, "", str(error), "mend the line, or save it as CSV again"))
        return filed
    filed.notes.extend(f"{file}: {note}" for note in notes)
    filed.faults.extend(
        fault_of_file(file, one.raw, one.reason, "give the row as many cells as the first line has", place=one.position)
        for one in unread
    )
    table = unguarded(table.rename(columns=lambda name: str(name).strip().casefold()))
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        others = [name for name in table.columns if name not in NEEDED]
        near = "".join(did_you_mean(name, others, what="column") for name in missing)
        reason = f"no column {', '.join(map(repr, missing))}; found are {', '.join(map(repr, table.columns)) or 'none'}{near}"
        filed.faults.append(fault_of_file(file, f"{len(table)} rows", reason, _FORM))
        return filed
    for name in FACTS:
        for value in sorted(set(table.get(name, [])) - {""}):
            # A file that was put together of two samples is told by the second.
            filed.facts[name] = value if filed.facts.get(name, value) == value else f"{filed.facts[name]} and {value}"
    where = [name for name in WHERE if name in table.columns]
    for number, row in enumerate(table.to_dict("records"), start=2):
        texts = {str(name): str(cell).strip() for name, cell in row.items()}
        coder, item, variable, value = (texts[name] for name in NEEDED)
        kind, turn = texts.get("kind", "") or PERSON, texts.get("place", "")
        places = {name: texts[name] for name in where if texts[name]}
        comment = texts.get("comment", "")
        given = Given(file, f"row {number}", coder, item, variable, value, comment, kind, turn, places)
        odd = next((name for name in NUMBERS if not _form(name).fullmatch(places.get(name, "0"))), None)
        if odd:
            filed.faults.append(
                fault_of(given, f"{odd} {places[odd]!r} is no number", "write it as it stands in the sample")
            )
        else:
            filed.given.append(given)
    return filed


def _form(name: str) -> re.Pattern[str]:
    return _DECIMAL if name == "probability" else _WHOLE
