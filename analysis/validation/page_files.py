"""The files that a coding page saves → codings; of half a file what is whole."""

import json
import re
from typing import Any

from analysis.validation.given_codings import FACTS, PERSON, Fault, Filed, Given, fault_of_file

_TEXTS = ("item", "variable", "value")
_LIST = re.compile(r'"codings"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_SAVE_AGAIN = "open the coding page, save again and take that file"
_SHOWN = 80


def read_page_file(file: str, text: str) -> Filed:
    """Return the codings of a file that a coding page saved.

    A file that ends in the middle is told, and the codings before the break are kept.
    """
    filed = Filed(file)
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        tree = _salvaged(text)
        if tree is None:
            reason = f"no file of a coding page (line {error.lineno}: {error.msg})"
            filed.faults.append(fault_of_file(file, text[:_SHOWN], reason, _SAVE_AGAIN))
            return filed
        reason = f"half a file: it breaks off in line {text.count(chr(10)) + 1}, behind {len(tree['codings'])} whole codings, which are read"
        filed.faults.append(fault_of_file(file, text[-_SHOWN:], reason, _SAVE_AGAIN))
        tree.pop("n_codings", None)
    if (
        not isinstance(tree, dict)
        or not isinstance(tree.get("codings"), list)
        or not isinstance(tree.get("coder"), str)
    ):
        reason = "no file of a coding page: it names no coder, or holds no list 'codings'"
        filed.faults.append(fault_of_file(file, text[:_SHOWN], reason, _SAVE_AGAIN))
        return filed
    filed.facts.update({name: str(tree[name]) for name in FACTS if name in tree})
    for number, row in enumerate(tree["codings"], start=1):
        read = _given(file, number, row, tree["coder"])
        if isinstance(read, Given):
            filed.given.append(read)
        else:
            filed.faults.append(read)
    stated = tree.get("n_codings", len(tree["codings"]))
    if stated != len(tree["codings"]):
        reason = f"the file says that it holds {stated} codings and holds {len(tree['codings'])}: it was changed after it was saved"
        filed.faults.append(fault_of_file(file, str(len(tree["codings"])), reason, _SAVE_AGAIN))
    return filed


def _given(file: str, number: int, row: Any, coder: str) -> Given | Fault:
    place = f"coding {number}"
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _TEXTS):
        found = json.dumps(row, ensure_ascii=False)[:_SHOWN]
        return fault_of_file(
            file, found, f"no coding, which has {', '.join(_TEXTS)} as texts", _SAVE_AGAIN, place=place
        )
    item, variable, value = (row[name] for name in _TEXTS)
    turn = str(row["place"]) if row.get("place") else ""
    return Given(file, place, coder, item, variable, value, str(row.get("comment") or ""), PERSON, turn, {})


def _salvaged(text: str) -> dict[str, Any] | None:
    """Return what is whole of a file that breaks off, None where that is not even its head."""
    head = _LIST.search(text)
    if head is None:
        return None
    try:
        tree = json.loads(text[: head.end()] + "]}")
    except json.JSONDecodeError:
        return None
    decoder = json.JSONDecoder()
    at = _BETWEEN.match(text, head.end()).end()  # type: ignore[union-attr]  # it matches nothing too
    while at < len(text):
        try:
            row, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break
        tree["codings"].append(row)
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    return dict(tree)
