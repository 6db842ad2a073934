"""Plain text files: an optional front matter, then headline, standfirst and body as paragraphs."""

import re

from analysis.errors import CorpusError
from analysis.reading.boilerplate import PARAGRAPH_BREAK, cut_passages

_MOST_STANDFIRST_WORDS = 40
_FINAL_STOP = re.compile(r"[.!?…][\"'’”»)\]]*$")
_FRONT_MATTER_LINE = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(.*))?")


def parse_article(text: str, *, boilerplate: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the fields of one plain text article, and what was cut as (rule, passage).

    Paragraph 1 is the headline, and paragraph 2 the standfirst if it has under 40 words and no final stop; boilerplate is
    cut before. A headline or standfirst in the front matter goes first; then no paragraph is taken for it.

    Raises
    ------
    CorpusError
        When the front matter is not closed or a line of it is no ``key: value``; the message begins with the line.
    """
    fields, text = _front_matter(text)
    removed: list[tuple[str, str]] = []
    if boilerplate == "cut":
        text, removed = cut_passages(text)
    paragraphs = [paragraph.strip() for paragraph in PARAGRAPH_BREAK.split(text) if paragraph.strip()]
    if "headline" not in fields and paragraphs and (len(paragraphs) > 1 or _is_short(paragraphs[0])):
        fields["headline"] = paragraphs.pop(0)
    if "standfirst" not in fields and len(paragraphs) > 1 and _is_short(paragraphs[0]):
        fields["standfirst"] = paragraphs.pop(0)
    return {**fields, "body": "\n\n".join(paragraphs)}, removed


def _is_short(paragraph: str) -> bool:
    return len(paragraph.split()) < _MOST_STANDFIRST_WORDS and not _FINAL_STOP.search(paragraph)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return fields, "\n".join(lines[number:])
        match = _FRONT_MATTER_LINE.fullmatch(line.rstrip())
        if match and (match[1] == "body" or match[1] in fields):
            raise CorpusError(
                f"line {number}: '{match[1]}' is not allowed here or stands twice; write each key once, the body below"
            )
        if match:
            fields[match[1]] = (match[2] or "").strip()
        elif line.strip():
            raise CorpusError(
                f"line {number}: {line.strip()!r} is no 'key: value' line of the front matter; mend it or close with '---'"
            )
    raise CorpusError("line 1: the front matter is not closed; end it with a line '---'")
