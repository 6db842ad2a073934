"""The documented CSV form → codings: one row a coder, item and variable, from a script, a model, a service or another program."""

from analysis.core.cells import unguarded
from analysis.core.errors import CorpusError
from analysis.core.near import did_you_mean
from analysis.reading.decoding import Decoded
from analysis.reading.delimited import read_csv
from analysis.validation.given_codings import PERSON, Filed, Given, fault_of_file

NEEDED = ("coder", "item", "variable", "value")
WHERE = ("article_id", "field", "start", "end")
_FACTS = ("sample_id", "codebook", "codebook_version")
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
    for name in _FACTS:
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
        filed.given.append(Given(file, f"row {number}", coder, item, variable, value, comment, kind, turn, places))
    return filed
