"""What an archive sets below the text of an article: captions, headlines of related articles, corrections, the address."""

import re
from itertools import pairwise
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
_SECTIONS = ("graphic", "correction")


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


def without_abstract(paragraphs: list[str], fields: dict[str, str]) -> list[str]:
    """Return the text after "FULL TEXT"; the abstract before it, written by the archive, becomes a field."""
    full = next((place for place, line in enumerate(paragraphs) if is_mark(line, "full text")), None)
    if full is None or not (full == 0 or is_mark(paragraphs[0], "abstract")):
        return paragraphs
    add(fields, "abstract", "\n".join(paragraphs[1:full]))
    return paragraphs[full + 1 :]


def parted(paragraphs: list[str]) -> Body:
    """Return the text without the captions, the correction and the related headlines that the archive set below it."""
    body, sections = _without_sections(paragraphs)
    captions, correction = sections.get("graphic", []), sections.get("correction", [])
    url, below, end = "", -1, len(body)
    above: list[str] = []
    related: list[str] = []
    while below != end and end > 1:
        below = end
        if _CAPTION.fullmatch(body[end - 1]):
            end -= 1
            above.append(body[end])
        elif not url and _ADDRESS.fullmatch(body[end - 1]):
            end -= 1
            url = body[end]
        else:
            end = _related_start(body, end)
            related = [*body[end:below], *related]
    captions = [*reversed(above), *captions]
    credited = [bool(_CAPTION.fullmatch(line) and _CREDIT.search(line)) for line in body[:end]]
    text = [line for line, is_caption in zip(body, credited, strict=False) if not is_caption]
    captions = [*(line for line, is_caption in zip(body, credited, strict=False) if is_caption), *captions]
    return Body(text, captions, correction, related, url)


def _without_sections(body: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the body above the last lines "Graphic" and "Correction" that stand alone, and what stands below each."""
    last = {mark: place for place, line in enumerate(body) for mark in _SECTIONS if is_mark(line, mark)}
    sections = _sections(body, last)
    if len(sections.get("correction", [])) > _MOST_CORRECTION:
        # So long a text below it is no correction, but has a heading.
        del last["correction"]
        sections = _sections(body, last)
    return body[: min(last.values(), default=len(body))], sections


def _sections(body: list[str], places: dict[str, int]) -> dict[str, list[str]]:
    """Return what stands below each mark, up to the next one."""
    marks = sorted(places, key=lambda mark: places[mark])
    ends = pairwise([*(places[mark] for mark in marks), len(body)])
    return {mark: body[start + 1 : end] for mark, (start, end) in zip(marks, ends, strict=True)}


def _related_start(body: list[str], end: int) -> int:
    """Return where a list of related headlines begins that stands just above `end`, with its heading; `end` without one."""
    for place in range(end - 1, max(end - 1 - _MOST_RELATED, 0), -1):
        line = body[place]
        if is_mark(line, "related"):
            return place
        if len(line) > _LONGEST_HEADLINE or capital_column(capital_label(line)[0]):
            break
    return end
