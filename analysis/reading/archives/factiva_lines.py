"""Factiva in lines: rich text, Word files and plain text, with two-letter codes or without."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from analysis.reading.archives.factiva_fields import (
    ACCESSION,
    BYLINE,
    RIGHTS,
    Head,
    of_codes,
    of_head,
    record_of,
    start_of,
)
from analysis.reading.notes import Note
from analysis.reading.records import Found, Record, Unread, stated_count

Rows = list[tuple[str, list[str]]]

_CODES = "CLM|SE|HD|BY|CR|WC|PD|ET|SN|SC|NGC|GC|ED|PG|VOL|LA|CY|LP|TD|CT|CX|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN"
_CELL = re.compile(rf"({_CODES})[ \xa0]*([\t|])(.*)", re.DOTALL)
_ALONE = re.compile(rf"({_CODES})()")
_GAP = re.compile(rf"({_CODES})(?:(?:\t|[ \xa0]{{2,}})[ \xa0\t]*(.*))?")
_SPACE = re.compile(rf"({_CODES})(?: (.+))?")
# How the code of the headline stands tells how all codes of a file stand.
_STYLES = (
    (re.compile(r"^[ \t]*HD[ \xa0]*$", re.MULTILINE), _ALONE),
    (re.compile(r"^[ \t]*HD(?:\t|[ \xa0]{2})", re.MULTILINE), _GAP),
    (re.compile(r"^[ \t]*HD \S", re.MULTILINE), _SPACE),
)
_LINE_OF_CODE = re.compile(rf"^[ \t]*({_CODES})(?:[ \xa0\t]|$)", re.MULTILINE)
_FEWEST_CODES = 4
_FIRST_CODES = {"CLM", "SE", "HD"}
_TEXT_CODES = {"LP", "TD"}
# In running text a line may begin with a word that is a code too: "IN 2020 …", "CO prices …".
_IN_TEXT = re.compile(r"(?:TD|PUB|IPC|IPD|ART|RF) .+|(?:CO|IN|NS|RE) \S+ : .+|AN \S+ \S*\d\S*")
_END_MARK = re.compile(rf"(?:\S+[ \xa0]+){{1,4}}{ACCESSION}")
_LINE_OF_END_MARK = re.compile(rf"^[ \t\xa0]*(?:[^\s\d]+[ \xa0]+){{1,4}}{ACCESSION}[ \t\xa0]*$", re.MULTILINE)
_PAGE_FOOT = re.compile(r"(?:\S+ )?\d+ \S+ \d+\b.*\bFactiva\b.*|(?:Dow Jones )?Factiva|Dow Jones|©.*\bFactiva\b.*")
_MOST_HEAD_LINES = 14
_LONG_LINE = 55
_LONGEST_WRAP = 120
_MOST_PUBLISHER_WORDS = 8
_COMPANY = re.compile(
    r"\b(?:Ltd|Limited|Inc|LLC|LLP|plc|PLC|Co|Corp|Corporation|Company|GmbH|AG|SE|KG|S\.?A|SAS|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V|A/?S|AB|Oy)\b\.?$"
)
_FINAL_STOP = re.compile(r"[.!?…。！？]\W*$")


def is_factiva_text(text: str) -> bool:
    """Return whether a plain text is an export of Factiva, with codes or without."""
    return _style(text) is not None or (_LINE_OF_END_MARK.search(text) is not None and _n_starts(_lines(text)) > 0)


def read_factiva_text(text: str) -> Found:
    """Return the articles of a plain text.

    With codes, an article ends with its accession number or where the codes begin anew; `stated` counts the accession numbers.
    Without codes, it ends with the line of its accession number; `stated` counts the lines of a length with a date below.
    """
    style = _style(text)
    if style is None:
        return _without_codes(_lines(text))
    articles = list(_grouped(_rows_of_text(_lines(text), style)))
    return _of_articles(articles, len(re.findall(ACCESSION, text)))


def is_factiva_paragraphs(paragraphs: list[str]) -> bool:
    """Return whether the paragraphs of a rich text or Word file are an export of Factiva, with codes or without."""
    codes = {match[1] for match in map(_CELL.match, paragraphs) if match}
    if {"HD", "SN"} <= codes or {"HD", "PD"} <= codes or {"HD", "AN"} <= codes:
        return True
    return is_factiva_text("\n\n".join(paragraphs))


def read_factiva_paragraphs(paragraphs: list[str]) -> Found:
    """Return the articles of a rich text or Word file, given as paragraphs.

    A code and its value are parted by a tab or, where they are cells of a table, by ``|``; a cell then goes on to a
    paragraph that ends with ``|``, so that a line of the text that begins with two capitals is no code. In a Word file each cell
    is a paragraph. An article ends with its accession number, or where the codes begin anew. `stated` is as for plain text.
    """
    if not any(map(_CELL.match, paragraphs)):
        return read_factiva_text("\n\n".join(paragraphs))
    articles = list(_grouped(_rows_of_cells(paragraphs)))
    return _of_articles(articles, sum(len(re.findall(ACCESSION, paragraph)) for paragraph in paragraphs))


def _of_articles(articles: list[Rows], n_numbers: int) -> Found:
    found = Found([], stated=stated_count([n_numbers], len(articles)))
    for number, rows in enumerate(articles, start=1):
        raw = "\n".join(f"{code}\t{text}" for code, texts in rows for text in texts)
        found.take(of_codes(rows), number, raw)
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\f", "\n").split("\n")]


def _style(text: str) -> re.Pattern[str] | None:
    """Return how a code and its value stand in a text, None where there are no codes."""
    codes = set(_LINE_OF_CODE.findall(text))
    if "HD" not in codes or not codes & {"SN", "PD", "AN"} or len(codes) < _FEWEST_CODES:
        return None
    return next((rows for headline, rows in _STYLES if headline.search(text)), None)


def _rows_of_text(lines: list[str], style: re.Pattern[str]) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    for line in lines:
        match = style.fullmatch(line)
        code = rows[-1][0] if style is _SPACE and rows else ""
        if match and not (code in _TEXT_CODES and match[2] and (match[1] == code or not _IN_TEXT.fullmatch(line))):
            rows.append((match[1], [match[2] or ""]))
        elif rows:
            rows[-1][1].append(line)
    are_parted = any(code in _TEXT_CODES and len(_blocks(values)) > 1 for code, values in rows)
    return [(code, _paragraphs(values, are_parted=are_parted)) for code, values in rows]


def _rows_of_cells(paragraphs: list[str]) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    is_open_cell = False
    for paragraph in paragraphs:
        match = None if is_open_cell else _CELL.match(paragraph)
        text = match[3] if match else paragraph
        if match:
            rows.append((match[1], []))
            is_open_cell = match[2] == "|"
        if is_open_cell and text.rstrip().endswith("|"):
            text = text.rstrip()[:-1]
            is_open_cell = False
        if rows and text.strip():
            rows[-1][1].append(" ".join(text.strip().split("\n")))
    return rows


def _grouped(rows: Iterable[tuple[str, list[str]]]) -> Iterator[Rows]:
    """Yield the rows of each article."""
    article: Rows = []
    seen: set[str] = set()
    for code, texts in rows:
        if "AN" in seen or (code in _FIRST_CODES and (code in seen or seen - _FIRST_CODES)):
            yield article
            article, seen = [], set()
        seen.add(code)
        article.append((code, texts[:1] if code == "AN" else texts))
    if article:
        yield article


def _blocks(lines: Iterable[str]) -> list[list[str]]:
    """Return the runs of lines between blank ones."""
    return [list(run) for is_filled, run in groupby(lines, bool) if is_filled]


def _paragraphs(lines: Iterable[str], *, are_parted: bool) -> list[str]:
    """Return lines as paragraphs: parted by blank lines, and by line ends where these are no mere wraps."""
    blocks = _blocks(lines)
    joined = ([" ".join(block)] if _is_wrapped(block, are_parted=are_parted) else block for block in blocks)
    return [paragraph for block in joined for paragraph in block]


def _is_wrapped(block: list[str], *, are_parted: bool) -> bool:
    """Whether the lines of a block are parts of one paragraph.

    None is very long, and none but the last had room for the first word of the next. Where blank lines part no paragraphs in the
    file, some must end without a stop too.
    """
    inner, width = block[:-1], max(map(len, block), default=0)
    if width > _LONGEST_WRAP or not (are_parted or any(map(_is_open, inner))):
        return False
    return all(len(line) + 1 + len(below.split(" ")[0]) > width for line, below in zip(inner, block[1:], strict=True))


def _is_open(line: str) -> bool:
    return _FINAL_STOP.search(line) is None


def _is_end_mark(line: str) -> bool:
    return _END_MARK.fullmatch(line.strip()) is not None


def _n_starts(lines: list[str]) -> int:
    """Return how many lines of a length with a date below there are."""
    left, count = [line.strip() for line in lines if line.strip()], 0
    while (start := start_of(left)) is not None:
        left, count = left[start + 2 :], count + 1
    return count


def _without_codes(lines: list[str]) -> Found:
    lines = [line for line in lines if not _PAGE_FOOT.fullmatch(line)]
    pieces: list[list[str]] = [[]]
    for line in lines:
        pieces[-1].append(line)
        if _is_end_mark(line):
            pieces.append([])
    rest = pieces.pop()
    found = Found([])
    if _n_starts(rest):
        finding = "the last article has no line with its accession number, as if the file were cut off"
        found.notes.append(Note(finding, kind="cut body", remedy="export it again"))
        pieces.append(rest)
    for number, piece in enumerate(pieces, start=1):
        record = _of_piece(piece)
        if record is None:
            reason = "no line with the length and none with the date above the text"
            found.rejected.append(Unread(f"article {number}", reason, "\n".join(piece)))
        else:
            found.take(record, number, "\n".join(piece))
    _part_publishers(found.records)
    stated = stated_count([_n_starts(lines)], len(pieces))
    return Found(found.records, found.rejected, stated, found.notes)


def _of_piece(piece: list[str]) -> Record | None:
    """Return the record of an article without codes; None where nothing tells its head from its text."""
    accession = piece[-1].split()[-1] if _is_end_mark(piece[-1]) else ""
    lines = piece[:-1] if accession else piece
    filled = [place for place, line in enumerate(lines) if line]
    start = start_of([lines[place] for place in filled])
    if start is None:
        return None
    first = filled[start]
    end = _head_end(lines, first)
    values = of_head(_head(lines[:first], [line for line in lines[first:end] if line]))
    body = _paragraphs(lines[end:], are_parted=len(_blocks(lines[end:])) > 1)
    return {**record_of({**values, "accession": accession}, [], body), "lead_paragraphs": 1}


def _head_end(lines: list[str], first: int) -> int:
    """Return where the text begins: below the rights, else below the block of the length."""
    near = range(first, min(first + 2 * _MOST_HEAD_LINES, len(lines)))
    rights = next((place for place in near if RIGHTS.search(lines[place])), None)
    blank = next((place for place in near if not lines[place]), len(lines))
    end = rights + 1 if rights is not None else blank
    while rights is not None and 0 < end < len(lines) and lines[end] and len(lines[end - 1]) >= _LONG_LINE:
        end += 1  # The rights go on in the next line.
    return end


def _head(above: list[str], below: list[str]) -> Head:
    """Return the head of an article from the lines above its length and those from there on.

    The headline is the longest of the lines that are no byline: a section above it and a credit below it are short.
    """
    joined: list[str] = []
    goes_on = False
    for line in above:
        if line and goes_on:
            joined[-1] += f" {line}"
        elif line:
            joined.append(line)
        goes_on = len(line) >= _LONG_LINE
    bylines = [joined.pop()] if len(joined) > 1 and BYLINE.match(joined[-1]) else []
    if not joined:
        return Head([], "", [*bylines, *below])
    place = max(range(len(joined)), key=lambda at: len(joined[at]))
    return Head(joined[:place], joined[place], [*joined[place + 1 :], *bylines, *below])


def _part_publishers(records: list[Record]) -> None:
    """Take the name of the publisher, which stands below the text of each article, out of the bodies."""
    lasts = [str(record["body"]).rpartition("\n\n") for record in records]
    counts = Counter(last for before, _, last in lasts if before)
    for record, (before, _, last) in zip(records, lasts, strict=True):
        is_name = len(last.split()) <= _MOST_PUBLISHER_WORDS and not (
            _FINAL_STOP.search(last) and not _COMPANY.search(last)
        )
        if before and is_name and (counts[last] > 1 or _COMPANY.search(last)):
            record["body"], record["publisher"] = before, last
