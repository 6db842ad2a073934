"""Plain text files: fields from the path and an optional front matter, then headline, standfirst and body as paragraphs."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

from analysis.core.errors import CorpusError
from analysis.reading.boilerplate import PARAGRAPH_BREAK, cut_passages
from analysis.reading.columns import column_named

_MOST_STANDFIRST_WORDS = 40
_FINAL_STOP = re.compile(r"[.!?…][\"'’”»)\]]*$")
_FIELD = re.compile(r"\\\{([A-Za-z_]\w*)\\\}")
_DATE = r"\d{4}[-._ ]?\d{2}[-._ ]?\d{2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{4}"
_FRONT_MATTER_LINE = re.compile(r"([^\W\d](?:[\w -]*\w)?)\s?:(?:\s+(.*))?")
_QUOTED = re.compile(r"\"(.*)\"|'(.*)'")
_FEWEST_LABELS = 2


def parse_article(text: str, *, boilerplate: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the fields of one plain text article, and what was cut as (rule, passage).

    Paragraph 1 is the headline, and paragraph 2 the standfirst if it has under 40 words and no final stop; boilerplate is
    cut before. A headline or standfirst in the front matter goes first; then no paragraph is taken for it.

    Raises
    ------
    CorpusError
        When the front matter is not closed or a line of it is no ``key: value``; the message begins with the line.
    """
    fields, text = _front_matter(text) if text.split("\n", 1)[0].rstrip() == "---" else _labelled(text)
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
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return fields, "\n".join(lines[number:])
        match = _FRONT_MATTER_LINE.fullmatch(line.rstrip())
        name = (column_named(match[1]) or match[1]) if match else ""
        if match and (name == "body" or name in fields):
            raise CorpusError(
                f"line {number}: '{match[1]}' is not allowed here or stands twice; write each key once, the body below"
            )
        if match:
            fields[name] = _unquoted((match[2] or "").strip())
        elif line.strip():
            raise CorpusError(
                f"line {number}: {line.strip()!r} is no 'key: value' line of the front matter; mend it or close with '---'"
            )
    raise CorpusError("line 1: the front matter is not closed; end it with a line '---'")


def _labelled(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the labelled lines above a text, and the text; none where fewer than two are, or where they come again."""
    lines = text.split("\n")
    fields: dict[str, str] = {}
    below = 0
    while below < len(lines) and "body" not in fields:
        match = _FRONT_MATTER_LINE.fullmatch(lines[below].strip())
        name = column_named(match[1]) if match else ""
        if match and name and name not in fields and (name == "body" or match[2]):
            fields[name] = (match[2] or "").strip()
        elif lines[below].strip():
            break
        below += 1
    rest = "\n".join([fields.pop("body", ""), *lines[below:]])
    if len(fields) < _FEWEST_LABELS or not fields.keys() & {"outlet", "date", "headline"} or not rest.strip():
        return {}, text
    return ({}, text) if _comes_again(fields, rest) else (fields, rest)


def _comes_again(fields: dict[str, str], rest: str) -> bool:
    """Whether two of the labels stand below as well, as where several articles follow one another."""
    matches = (_FRONT_MATTER_LINE.fullmatch(line.strip()) for line in rest.split("\n"))
    return len({column_named(match[1]) for match in matches if match} & fields.keys()) >= _FEWEST_LABELS


def _unquoted(value: str) -> str:
    """Return a value without the quotation marks that YAML allows around it."""
    match = _QUOTED.fullmatch(value)
    return (match[1] or match[2] or "") if match else value


def fields_of_path(place: str, outlet_from: str | None) -> dict[str, str]:
    """Return the fields of an article that the path of its file names.

    Parameters
    ----------
    place : str
        The file, or ``archive.zip: member`` for a file in an archive.
    outlet_from : str, optional
        ``"folder"``: the folder of a file is the outlet. Or a pattern with named fields, such as ``"{outlet}_{date}_{id}.txt"``;
        with a slash it holds for folders too (``"{outlet}/{date}.txt"``), without a suffix for files of any. A field takes one letter
        or more of one name; ``{date}`` is a day in digits (2020-01-31, 20200131, 31.1.2020) and ``{id}`` the article_id.

    Raises
    ------
    CorpusError
        When the file lies in no folder, its path does not fit the pattern, or fits it in two ways.
    """
    if outlet_from is None:
        return {}
    path = PurePosixPath(place.rsplit(".zip: ", 1)[-1].replace("\\", "/"))
    if outlet_from == "folder":
        if not path.parent.name:
            raise CorpusError("lies in no folder that could be its outlet (outlet_from='folder'); put it into one")
        return {"outlet": path.parent.name}
    lazy, greedy = _pattern(outlet_from)
    pattern = PurePosixPath(outlet_from)
    parts = path.parts[-len(pattern.parts) :]
    name = "/".join([*parts[:-1], path.name if "." in pattern.name else path.stem])
    match, other = lazy.fullmatch(name), greedy.fullmatch(name)
    if match is None or other is None:
        raise CorpusError(f"its path does not fit outlet_from={outlet_from!r}; rename it, or give another pattern")
    if match.groupdict() != other.groupdict():
        raise CorpusError(
            f"its path fits outlet_from={outlet_from!r} as {match.groupdict()} and as {other.groupdict()}; "
            "rename the files so that no field holds what parts them"
        )
    fields = {name: value.strip() for name, value in match.groupdict().items()}
    if "id" in fields:
        fields["article_id"] = fields.pop("id")
    if "date" in fields:
        fields["date"] = re.sub(r"[ _]", "-", fields["date"])
    return fields


@lru_cache
def _pattern(outlet_from: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern of paths in which fields are as short as they can be, and one in which they are as long.

    Raises
    ------
    CorpusError
        When it has no field, or one twice.
    """
    escaped = re.escape(outlet_from)
    names = _FIELD.findall(escaped)
    if not names or len({*names}) < len(names):
        raise CorpusError(
            f"outlet_from={outlet_from!r}: allowed are 'folder' and a pattern of the file's path with fields that stand once, "
            "such as '{outlet}_{date}_{id}.txt'"
        )

    def compiled(other: str) -> re.Pattern[str]:
        return re.compile(
            _FIELD.sub(lambda field: f"(?P<{field[1]}>{_DATE if field[1] == 'date' else other})", escaped)
        )

    return compiled("[^/]+?"), compiled("[^/]+")


def check_outlet_from(outlet_from: str | None) -> None:
    """Raise a CorpusError where ``outlet_from`` is neither ``"folder"`` nor a pattern with fields; see `fields_of_path`."""
    if outlet_from not in (None, "folder"):
        _pattern(str(outlet_from))
