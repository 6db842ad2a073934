"""From what a cell holds to a code of the codebook: also where Excel, R or a coder's hand changed how it is written."""

import re
from typing import NamedTuple

from analysis.core.near import known_names
from analysis.validation.codebooks import NONE, YES_NO, Variable
from analysis.validation.work import SEVERAL

_TRUE = {"true", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar"}
_FALSE = {"false", "falsch", "faux", "falso", "onwaar"}
# A day as Excel, or a reader of its files, writes it: 2026-01-02, 02.01.2026, 1/2/26, 2-Jan, Jan 26, Jan-26.
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ][\d:.]+)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[-. ]+[^\W\d_]{3,9}\.?([- ]\d{2,4})?|[^\W\d_]{3}\.?[- ]\d{2,4}"
)
_AS_TEXT = "make the column one of text (Excel: Format cells, Text), write the code again and save"


class Read(NamedTuple):
    """What became of a cell: the value, and how else it stood there ("" for just so); or why it is none, and what to do."""

    value: str
    mended: str = ""
    reason: str = ""
    remedy: str = ""


def read_value(found: str, variable: Variable) -> Read:
    """Return the value that a cell means.

    A code is known by itself, by its label, by both as drop-downs show them ("code: label"), and in other capitals; 1.0 is the code 1
    where that is one, and TRUE is yes where yes and no are the codes. Everything else is refused, with what is allowed.
    """
    if variable.number:
        return _number(found, variable.number)
    if not variable.values:
        return Read(found)
    if not variable.several:
        return _code(found, variable)
    parts = [part.strip() for part in found.split(SEVERAL) if part.strip()]
    read = [_code(part, variable) for part in parts]
    refused = next((one for one in read if one.reason), None)
    if refused:
        return refused
    codes = {one.value for one in read}
    if NONE in codes and len(codes) > 1:
        return Read("", reason=f"'{NONE}' stands beside other codes", remedy=f"take '{NONE}' out, or the others")
    value = SEVERAL.join(code for code in variable.codes if code in codes)
    return Read(value, found if any(one.mended for one in read) else "")


def shown_code(code: str, label: str) -> str:
    """Return a code as drop-downs show it: with its label where that says more."""
    return code if label.casefold() in ("", code.casefold()) else f"{code}: {label}"


def _code(found: str, variable: Variable) -> Read:
    if found in variable.codes:
        return Read(found)
    meant = _by_name(found, variable) or _by_number(found, variable.codes) or _by_truth(found, variable.codes)
    if meant:
        is_shown = any(found == shown_code(value.code, value.label) for value in variable.values)
        return Read(meant, "" if is_shown else found)
    if _DAY.fullmatch(found):
        return Read("", reason=f"a date, which Excel makes of a code; {_allowed(variable)}", remedy=_AS_TEXT)
    return Read(
        "",
        reason=f"no code of {variable.name!r}; {known_names(found, variable.codes)}",
        remedy="write one of its codes",
    )


def _allowed(variable: Variable) -> str:
    return f"codes of {variable.name!r} are {', '.join(map(repr, variable.codes))}"


def _by_name(found: str, variable: Variable) -> str:
    """Return the only code that is, or whose label is, `found` but for capitals and spaces; "" for none."""
    wanted = _plain(found)
    names = {
        value.code: {_plain(value.code), _plain(value.label), _plain(f"{value.code}: {value.label}")}
        for value in variable.values
    }
    return _only([code for code, known in names.items() if wanted in known])


def _by_number(found: str, codes: tuple[str, ...]) -> str:
    """Return the code that is a whole number, where a program wrote it with decimals or without its zeros: 1.0 or 1 for 01."""
    number = _as_number(found)
    return "" if number is None else _only([code for code in codes if _as_number(code) == number])


def _by_truth(found: str, codes: tuple[str, ...]) -> str:
    yes, no = YES_NO
    if not {yes, no} <= set(codes):
        return ""
    word = found.casefold()
    return yes if word in _TRUE else no if word in _FALSE else ""


def _number(found: str, bounds: tuple[float, float]) -> Read:
    number = _as_number(found)
    allowed = f"allowed is a number from {bounds[0]:g} to {bounds[1]:g}"
    if number is None and _DAY.fullmatch(found):
        return Read("", reason=f"a date, which Excel makes of numbers such as 1.5; {allowed}", remedy=_AS_TEXT)
    if number is None or not bounds[0] <= number <= bounds[1]:
        return Read("", reason=f"no number that is allowed; {allowed}", remedy="write such a number")
    value = repr(number).removesuffix(".0")
    return Read(value, found if "," in found else "")


def _as_number(text: str) -> float | None:
    """Return a number, also one with a decimal comma; None for what is none."""
    return float(text.replace(",", ".")) if re.fullmatch(r"[+-]?\d+([.,]\d+)?", text) else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _only(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else ""
