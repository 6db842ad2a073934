"""What stands above the text of a Nexis article: the line of its date, its outlet, and notices that are neither."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from analysis.core.word_lists import word_lists
from analysis.reading.archives.nexis_labels import is_mark, one_line
from analysis.reading.records import Record

_LISTS = word_lists("reading/archives/nexis.txt")["dates"]
_MONTH = "|".join(sorted(_LISTS["months"], key=len, reverse=True))
_DAY_NAME = "|".join(sorted((*_LISTS["weekdays"], *_LISTS["other weekdays"]), key=len, reverse=True))
# The reader of dates knows these weekdays, and not the others.
_READ_WEEKDAYS = frozenset(name.lower() for name in _LISTS["weekdays"])
_ZONE = (
    r"(?:(?:GMT|UTC|[ECMPA][SD]?T|[WE]ES?T|CES?T|MES?Z|BST|IST|MSK|JST|KST|HKT|SGT|A[ECW][SD]T|NZ[SD]T|AK[SD]T|HST|BRT|ART)"
    r"(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\b|(?:[A-Z][a-z]+\s){1,3}Time\b)"
)
_CLOCK = (
    r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AP]\.?\s?M\b\.?)?|\d{1,2}\s?[AP]\.?M\b\.?|\d{1,2}h(?:\d\d)?\b)"
    rf"(?:\s?(?:Uhr|uur|h)\b)?(?:\s+{_ZONE})?"
)
_TIME = re.compile(rf"(?:at\s|um\s|à\s|om\s|alle\s|a\slas\s)?{_CLOCK}(?:\s*[-–—]\s*{_CLOCK})?", re.IGNORECASE)
_DAY = re.compile(
    rf"""(?:(?P<before>{_DAY_NAME})\b[.,]?\s+)? (?:(?:the|den|der|le|el|il|de)\s)?
    (?P<day>(?:{_MONTH})\b\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}
      |\d{{1,2}}(?:\.|er|º|st|nd|rd|th)?\s(?:de\s|di\s|of\s)?(?:{_MONTH})\b\.?,?\s(?:de\s|del\s)?\d{{4}}
      |\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})(?!\d)
    (?:,?\s*[(]?(?P<after>{_DAY_NAME})\b[)]?)?""",
    re.VERBOSE | re.IGNORECASE,
)
# A date without a day, or a span of days: kept as found, and no day is read from it.
_NO_DAY = re.compile(
    rf"""(?:(?:{_DAY_NAME}|{_MONTH}|spring|summer|autumn|fall|winter|holiday|annual|frühjahr|frühling|sommer|herbst
      |printemps|été|automne|hiver|zomer|herfst|lente|primavera|verano|otoño|invierno|estate|autunno|inverno
      |week|woche|semaine|quarter|issue|no|nr|q[1-4]|the|of|de|and|und|et|through|to|bis)\b\.?
      |\d{{1,2}}(?:st|nd|rd|th|\.)?(?!\d)|[-–—/,&\s])*\b(?:1[6-9]|20)\d\d\b(?:\s*[-–—/]\s*\d{{2,4}}\b)?\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_EDITION_WORD = (
    r"(?:editions?|ed\.|ausgabe|auflage|édition|edición|edicion|edizione|editie|edição|oplage|udgave|upplaga)"
)
_EDITION = re.compile(
    rf"(?=.{{1,80}}$)(?:(?:\S+\s){{0,6}}{_EDITION_WORD}(?:\W+\S+){{0,4}}|final|(?:late\s|early\s)?(?:city\s)?final"
    r"|(?:first|second|third|\d(?:st|nd|rd|th)?)\sstar\S*|correction appended)",
    re.IGNORECASE,
)
_OUTLET_EDITION = re.compile(r"(\S.*?)\s*(?:\s[-–—]\s|[,;:–—]\s*)(.+)")
_BRACKET = re.compile(r"(\S.*?)\s?\(([^()]+)\)\.?")
_NAME_BEFORE = re.compile(r"[fa]\s?/\s?k\s?/\s?a\b|formerly\b|vormals\b|ehemals\b|anciennement\b", re.IGNORECASE)
_SHORT_NAME = re.compile(r"[A-Z]{2,5}")
_ENDS_IN_STOP = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Cie|Bros|[A-Z])\.$")
_NOTICE_WORDS = re.compile(
    r"\b(?:republished|reproduced|permission|prepared by|responsibility|transcription|transcript|copyrighted|redistributed"
    r"|may not|may be|genehmigung|autorisation|toestemming|permiso|permesso)\b",
    re.IGNORECASE,
)
_FEWEST_NOTICE_WORDS = 6
_MOST_BEHIND_DATE = 60
_STANDARD = ("outlet", "date", "headline", "standfirst", "byline", "section", "url")


class DateLine(NamedTuple):
    """What the line of the date says: the day with its weekday, the time, and what else stands there."""

    date: str
    time: str
    rest: str


def date_line(line: str) -> DateLine | None:
    """Return what a line says that begins with a full date, "March 2, 2021 Tuesday 6:10 PM EST, Final Edition", or None."""
    line = " ".join(line.split())
    found = _DAY.match(line)
    if not found or len(line) - found.end() > _MOST_BEHIND_DATE:
        return None
    rest = line[found.end() :]
    if rest and rest[0].isalnum():
        return None
    rest = rest.strip(" ,;")
    time = _TIME.match(rest)
    if time and time[0]:
        rest = rest[time.end() :].strip(" ,;")
    names = [name for name in (found["before"], found["after"]) if name and name.lower() in _READ_WEEKDAYS]
    return DateLine(" ".join([found["day"], *names[:1]]), time[0] if time else "", rest)


def is_date_without_day(line: str) -> bool:
    """Whether a line is a date that names no day: "January 2009", "Summer, 2008", "January 2 - 8, 2009"."""
    return len(line) < _MOST_BEHIND_DATE and bool(_NO_DAY.fullmatch(line.strip()))


def is_correction(line: str) -> bool:
    """Whether a line says that a correction was appended, as stands in the place of a date."""
    return is_mark(line, "correction")


# What may stand in the place of the date, the likeliest first.
DATE_FORMS: tuple[Callable[[str], object], ...] = (date_line, is_date_without_day, is_correction)


def is_weekday(line: str) -> bool:
    """Whether a line is the name of a weekday."""
    return bool(re.fullmatch(_DAY_NAME, line.strip(" ,."), re.IGNORECASE))


def is_time(line: str) -> bool:
    """Whether a line is a time of day, or a span of one."""
    return bool(_TIME.fullmatch(line.strip(" ,.")))


def is_edition(line: str) -> bool:
    """Whether a line names an edition: "Final Edition", "1 - State Edition", "Late City Final"."""
    return bool(_EDITION.fullmatch(line.strip()))


def is_notice(text: str) -> bool:
    """Whether a text is a notice of the archive and no name: "No … material may be republished without permission."."""
    words = text.split()
    return len(words) >= _FEWEST_NOTICE_WORDS and bool(_NOTICE_WORDS.search(text))


def is_notice_start(line: str) -> bool:
    """Whether a line may be the first of a notice."""
    return bool(_NOTICE_WORDS.search(line))


def add(fields: dict[str, str], column: str, text: str, joint: str = "\n") -> None:
    """Add a text to what a field holds."""
    if text:
        fields[column] = f"{fields[column]}{joint}{text}" if fields.get(column) else text


def add_date(fields: dict[str, str], line: str) -> None:
    """Add what a line of the date says to the fields: date, time, edition, and whether a correction was appended."""
    found = date_line(line)
    if not found:
        add(fields, "date", line.strip(), joint=" ")
        return
    fields["date"] = found.date
    add(fields, "time", found.time)
    add(fields, "correction" if is_mark(found.rest, "correction") else "edition", found.rest, joint="; ")


def add_below_date(fields: dict[str, str], line: str) -> None:
    """Add a line that stands below the date: the note of a correction, a time, a weekday, the edition, or what else."""
    if is_mark(line, "correction"):
        add(fields, "correction", line)
    elif is_time(line):
        add(fields, "time", line)
    elif is_weekday(line) or date_line(line):
        # "woensdag", or the same day in another language.
        add(fields, "date_further", line)
    else:
        add(fields, "edition" if is_edition(line) else "further", line)


def _with_outlet(fields: dict[str, str], written: str) -> str:
    """Return the outlet's name without edition, city and other name, which become fields of their own."""
    name = one_line(written)
    while True:
        bracket, edition = _BRACKET.fullmatch(name), _OUTLET_EDITION.fullmatch(name)
        if bracket:
            is_place = not _NAME_BEFORE.match(bracket[2]) and not _SHORT_NAME.fullmatch(bracket[2])
            column = "city" if is_place and "city" not in fields else "outlet_also"
            add(fields, "edition" if is_edition(bracket[2]) else column, bracket[2], joint="; ")
            name = bracket[1]
        elif edition and is_edition(edition[2]):
            add(fields, "edition", edition[2].strip(), joint="; ")
            name = edition[1]
        else:
            return name if _ENDS_IN_STOP.search(name) else name.removesuffix(".")


def record(fields: dict[str, str], body: Iterable[str]) -> Record:
    """Return an article from its fields and the paragraphs of its body."""
    fields = dict(fields)
    made: Record = {column: fields.pop(column, "") for column in _STANDARD}
    made["outlet"] = _with_outlet(fields, str(made["outlet"]))
    return {
        **made,
        "body": "\n\n".join(body),
        "lead_paragraphs": 1,
        **{name: text for name, text in fields.items() if text},
    }
