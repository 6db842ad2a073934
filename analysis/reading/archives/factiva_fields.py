"""What every form of Factiva has in common: its codes, the lines round a headline, and the numbers that end its articles."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analysis.core.word_lists import word_lists
from analysis.reading.dates import names_day
from analysis.reading.records import Record

PLACES = word_lists("reading/archives/factiva.txt")
# Eight characters of the source, the day, and nine that tell its articles apart.
ACCESSION = r"(?<![A-Za-z0-9])[A-Za-z0-9]{8}(?:19|20)\d{6}[a-z0-9]{9}(?![A-Za-z0-9])"
BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Di|Da|Door|Av|Af|Autor|Texto|Автор|文|作者|記者|记者)\b[\s:：／/]*\S|.{1,30} ?(?:기자|記者|记者)$"
)
_ALWAYS = ("outlet", "date", "headline", "byline", "section")
_LENGTH = re.compile(r"\d[\d.,'’\s]*[^\d\s]+")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s.*)?")
_SOURCE_CODE = re.compile(r"[A-Z0-9&_]{1,10}")
RIGHTS = re.compile(
    r"\(c\)|©|copyright|\b(?:rights|rechte|droits|derechos|direitos|diritti|rechten|rättigheter|rettigheder|prawa|hakları|права)\b"
    r"|版权|版權|著作権|저작권|حقوق",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:(?:Pages?|Seiten?|Pg\.?|pp?\.|S\.)\s*)?[A-Z]{0,4}[-. ]?\d+[A-Za-z]?(?:\s*[-–,;]\s*[A-Z]{0,4}\d+[A-Za-z]?)*"
)


class Head(NamedTuple):
    """The lines of an article without codes before its text."""

    before: Sequence[str]  # above the headline
    headline: str
    after: Sequence[str]  # below the headline


def of_codes(rows: Iterable[tuple[str, list[str]]]) -> Record:
    """Return the record of an article whose values stand behind two-letter codes."""
    texts: dict[str, list[str]] = {}
    for code, paragraphs in rows:
        texts.setdefault(code, []).extend(paragraphs)
    values = {name: " ".join(texts.get(code, [])) for name, (code,) in PLACES["codes"].items()}
    values["accession"] = values["accession"].split(" ")[-1]
    return record_of(values, texts.get("LP", []), texts.get("TD", []))


def of_head(head: Head, *, are_bylines_marked: bool = False) -> dict[str, str]:
    """Return the columns that the lines round a headline give, by what they are and Factiva's order together.

    Above the headline stand column and section. Below it: byline, credit, length, date, time, outlet, its code, edition, page,
    volume, language, rights; all but outlet and date may be missing.
    """
    values = {"headline": head.headline, "section": head.before[-1] if head.before else ""}
    values["column"] = "; ".join(head.before[:-1])
    start = _start(head.after)
    if start is None:
        return values
    for line in head.after[: max(start, 0)]:
        is_byline = BYLINE.match(line) is not None or not are_bylines_marked
        name = "byline" if is_byline and not values.get("byline") else "credit"
        values[name] = f"{values[name]}; {line}" if values.get(name) else line
    values["length_stated"] = head.after[start] if start >= 0 else ""
    values["date"] = head.after[start + 1]
    return {**values, **_of_source(list(head.after[start + 2 :]))}


def start_of(lines: Sequence[str]) -> int | None:
    """Return the place of the line that states the length, which the date follows."""
    pairs = range(len(lines) - 1)
    return next((at for at in pairs if _LENGTH.fullmatch(lines[at]) and names_day(lines[at + 1])), None)


def record_of(values: Mapping[str, str], lead: list[str], rest: list[str]) -> Record:
    """Return a record; the lead paragraphs are those that Factiva parts from the rest."""
    record: Record = {name: value for name, value in values.items() if value or name in _ALWAYS}
    record |= {name: "" for name in _ALWAYS if name not in record}
    body = "\n\n".join(lead + rest)
    return {**record, "standfirst": "", "url": "", "body": body, "lead_paragraphs": len(lead)}


def _start(lines: Sequence[str]) -> int | None:
    """Return the place of the length, or of the line before the date where no length is stated: -1 for the very first."""
    start = start_of(lines)
    if start is None:
        # A date without its day, or in a language that is not known.
        near = (at for at, line in enumerate(lines[:-1]) if _LENGTH.fullmatch(line) and re.search(r"\d", lines[at + 1]))
        start = next(near, None)
    if start is None:
        start = next((at - 1 for at, line in enumerate(lines) if names_day(line)), None)
    return start


def _of_source(lines: list[str]) -> dict[str, str]:
    """Return the columns of the lines from the outlet on."""
    if lines and _TIME.fullmatch(lines[0]):
        lines = lines[1:]
    if not lines:
        return {}
    below = lines[2:] if len(lines) > 1 and _SOURCE_CODE.fullmatch(lines[1]) else lines[1:]
    rights = next((at for at, line in enumerate(below) if RIGHTS.search(line)), max(len(below) - 1, 1))
    values = {"outlet": lines[0], "language": below[rights - 1] if 0 < rights <= len(below) else ""}
    return {**values, **_of_edition(below[: max(rights - 1, 0)])}


def _of_edition(lines: list[str]) -> dict[str, str]:
    """Return edition and page of the lines between code and language; two numbers may be either, so that neither is taken."""
    pages = [at for at, line in enumerate(lines) if _PAGE.fullmatch(line)]
    if len(lines) == 3:
        return {"edition": lines[0], "page": lines[1] if 1 in pages else ""}
    if len(pages) == 1:
        return {"edition": " ".join(lines[: pages[0]]), "page": lines[pages[0]]}
    return {"edition": lines[0]} if lines and not pages else {}
