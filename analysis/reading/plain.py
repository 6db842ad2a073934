"""Plain text files: optional front matter, then paragraphs separated by blank lines.

Paragraph 1 is the headline. Paragraph 2 is the standfirst if it has under 40 words and no final stop. The rest is the
body. Front matter goes first: with a ``headline`` there, the standfirst rule looks at paragraph 1; with a
``standfirst`` there, the rule is not used; a key without a value counts as absent. A file of one paragraph without a
``headline`` in front matter is a headline if it has under 40 words and no final stop, else a body. Boilerplate is cut
before these rules look at the paragraphs, except from the paragraph that is the headline.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import CorpusError
from analysis.reading.boilerplate import Cut, cut_text
from analysis.reading.decoding import decode, refuse_nul
from analysis.reading.raw import Raw, Rejection

MAX_STANDFIRST_WORDS = 39
_FENCE = "---"
_KEY_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[^\S\n]*:(.*)")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_CLOSERS = "\"'”’»›)]}"
_STOPS = (".", "!", "?", "…")
_SET_BY_READER = ("body", "source_file", "encoding", "date_raw")


def read_plain(files: Sequence[tuple[Path, str]], boilerplate: str) -> Raw:
    """Read text files, one article each.

    Parameters
    ----------
    files : sequence of (Path, str)
        Each file, and the article_id that it has unless its front matter names another.
    boilerplate : {"cut", "keep"}
        Whether boilerplate is cut.

    Returns
    -------
    Raw
        Files that cannot be read are among its rejections.
    """
    articles: list[dict[str, str]] = []
    rejected: list[Rejection] = []
    cuts: dict[int, list[Cut]] = {}
    for path, article_id in files:
        data = path.read_bytes()
        try:
            text, encoding = decode(data)
            refuse_nul(text)
            article, found = parse(text, boilerplate)
        except CorpusError as error:
            position, _, reason = str(error).partition(": ")
            rejected.append((str(path), position, reason, data.decode("utf-8", "backslashreplace")))
            continue
        if found:
            cuts[len(articles)] = found
        articles.append({"article_id": article_id, **article, "source_file": str(path), "encoding": encoding})
    table = pd.DataFrame(articles, dtype="str") if articles else pd.DataFrame({"article_id": []}, dtype="str")
    positions = pd.Series("line 1", index=table.index, dtype="str")
    return Raw(table, positions, rejected, len(files), cuts, is_cut=True)


def parse(text: str, boilerplate: str = "cut") -> tuple[dict[str, str], list[Cut]]:
    """Return the fields of one text file, and what was cut from it.

    Parameters
    ----------
    text : str
        The decoded file.
    boilerplate : {"cut", "keep"}
        Whether boilerplate is cut.

    Returns
    -------
    tuple
        The fields by name, and (rule, passage) pairs.

    Raises
    ------
    CorpusError
        When the front matter is malformed; the message starts with the line.
    """
    fields, rest = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = [paragraph.strip() for paragraph in _BLANK_LINES.split(rest.strip()) if paragraph.strip()]
    cuts: list[Cut] = []
    if boilerplate == "cut":
        n_safe = 0 if "headline" in fields else 1
        left, cuts = cut_text("\n\n".join(paragraphs[n_safe:]))
        paragraphs = paragraphs[:n_safe] + ([part for part in left.split("\n\n") if part.strip()])
    return {**fields, **_divided(paragraphs, fields)}, cuts


def _divided(paragraphs: Sequence[str], given: dict[str, str]) -> dict[str, str]:
    left = list(paragraphs)
    found: dict[str, str] = {}
    if "headline" not in given and left and (len(left) > 1 or _is_short_and_open(left[0])):
        found["headline"] = left.pop(0)
    has_headline = "headline" in given or "headline" in found
    if has_headline and "standfirst" not in given and left and _is_short_and_open(left[0]):
        found["standfirst"] = left.pop(0)
    found["body"] = "\n\n".join(left)
    return found


def _is_short_and_open(paragraph: str) -> bool:
    """Tell whether a paragraph has under 40 words and does not end in a stop, marks behind it aside."""
    is_open = not paragraph.rstrip(_CLOSERS + " ").endswith(_STOPS)
    return is_open and len(paragraph.split()) <= MAX_STANDFIRST_WORDS


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return {}, text
    seen: dict[str, int] = {}
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _FENCE:
            return fields, "\n".join(lines[number:])
        if not line.strip():
            continue
        key, value = _key_and_value(line, number)
        if key in seen:
            raise CorpusError(f"line {number}: '{key}' stands in line {seen[key]} already; keep one of the two")
        seen[key] = number
        if value:
            fields[key] = value
    raise CorpusError("line 1: front matter opens with '---' and is not closed; add a line '---' behind it")


def _key_and_value(line: str, number: int) -> tuple[str, str]:
    match = _KEY_LINE.fullmatch(line.strip())
    if not match:
        raise CorpusError(
            f"line {number}: found '{line.strip()}' in the front matter; allowed are lines 'key: value' such as "
            "'outlet: Daily News'; correct the line, or close the front matter with '---' before it"
        )
    if match[1] in _SET_BY_READER:
        raise CorpusError(
            f"line {number}: '{match[1]}' cannot stand in the front matter, as the reader sets it; delete the line"
        )
    return match[1], match[2].strip()
