"""What an archive sets below the text of an article: captions, headlines of related articles, corrections, the address."""

import re
from typing import NamedTuple

from analysis.reading.archives.nexis_head import add, record
from analysis.reading.archives.nexis_labels import capital_column, capital_label, is_mark
from analysis.reading.records import CUTS, Record

RELATED = "headlines of related articles"

_PICTURES = (
    r"(?:PHOTOS?|PHOTOGRAPHS?|PICTURES?|IMAGES?|CHARTS?|MAPS?|DRAWINGS?|GRAPHICS?|GRAPHS?|DIAGRAMS?|CARTOONS?|ILLUSTRATIONS?"
    r"|FOTOS?|BILD(?:ER)?|GRAFIK(?:EN)?|KARTEN?|GRAPHIQUES?|CARTES?|DESSINS?|AFBEELDING(?:EN)?|FOTO'?S|TEKENING(?:EN)?)"
)
_CAPTION = re.compile(rf"{_PICTURES}(?:\s*,\s*[^:;]{{1,20}})?\s*[:;(]\s*\S.*", re.DOTALL)
_CREDIT = re.compile(
    r"\((?:PHOTOGRAPHS?|PHOTOS?|DRAWINGS?|ILLUSTRATIONS?|CHARTS?|FOTOS?|Photo(?:graph)?s?)\s(?:BY|by|VON|PAR)\b"
)
_ADDRESS = re.compile(r"https?://\S+")
_LAST_ADDRESS = re.compile(r"\s*;\s*(https?://\S+)$")
_MOST_RELATED = 12
_LONGEST_HEADLINE = 160
_MOST_CORRECTION = 6


class Body(NamedTuple):
    """The text of an article, and what stood below it."""

    paragraphs: list[str]
    captions: list[str]
    correction: list[str]
    related: list[str]
    url: str


def article(fields: dict[str, str], paragraphs: list[str]) -> Record:
    """Return an article from its fields and its text, with what stood below the text in fields of its own."""
    found = parted(paragraphs)
    fields = dict(fields)
    for column, lines in (("graphic", found.captions), ("correction", found.correction)):
        add(fields, column, "\n".join(lines))
    address = _LAST_ADDRESS.search(fields.get("standfirst", ""))
    if address:
        fields["standfirst"] = fields["standfirst"][: address.start()]
    if not fields.get("url"):
        fields["url"] = found.url or (address[1] if address else "")
    made = record(fields, found.paragraphs)
    return {**made, CUTS: [(RELATED, "\n\n".join(found.related))]} if found.related else made


def parted(paragraphs: list[str]) -> Body:
    """Return the text without the captions, the correction and the related headlines that the archive set below it."""
    body, captions = _without_section(paragraphs, "graphic")
    body, correction = _without_section(body, "correction")
    if not captions:
        # The caption may stand above the correction.
        body, captions = _without_section(body, "graphic")
    url, length = "", -1
    related: list[str] = []
    while length != len(body):
        length = len(body)
        body, found = _without_related(body)
        related = [*found, *related]
        if len(body) > 1 and _CAPTION.fullmatch(body[-1]):
            captions = [body[-1], *captions]
            body = body[:-1]
        elif len(body) > 1 and not url and _ADDRESS.fullmatch(body[-1]):
            url = body[-1]
            body = body[:-1]
    credited = [line for line in body if _CAPTION.fullmatch(line) and _CREDIT.search(line)]
    return Body([line for line in body if line not in credited], [*credited, *captions], correction, related, url)


def _without_section(body: list[str], mark: str) -> tuple[list[str], list[str]]:
    """Return the body above the last line that is the mark alone, and what stands below it."""
    place = max((place for place, line in enumerate(body) if is_mark(line, mark)), default=len(body))
    below = body[place + 1 :]
    if mark == "correction" and len(below) > _MOST_CORRECTION:
        return body, []
    return body[:place], below


def _without_related(body: list[str]) -> tuple[list[str], list[str]]:
    """Return the body without a list of related headlines at its end, and the list with its heading."""
    for count in range(1, min(_MOST_RELATED, len(body) - 1) + 1):
        line = body[-count]
        if is_mark(line, "related"):
            return body[:-count], body[-count:]
        if len(line) > _LONGEST_HEADLINE or capital_column(capital_label(line)[0]):
            break
    return body, []
