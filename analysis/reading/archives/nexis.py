"""Exports of Nexis Uni and Lexis Advance: the paragraphs of .docx or .rtf."""

import re
from collections.abc import Iterable

from analysis.core.errors import CorpusError
from analysis.core.word_lists import word_lists
from analysis.reading.archives.nexis_body import article, without_abstract
from analysis.reading.archives.nexis_head import (
    DATE_FORMS,
    add,
    add_below_date,
    add_date,
    date_line,
    is_correction,
    is_edition,
    is_notice,
)
from analysis.reading.archives.nexis_labels import (
    ALONE,
    CLASSIFICATION_COLUMNS,
    HEAD_COLUMNS,
    LABELS,
    column_of,
    folded,
    is_copyright,
    is_mark,
    label_words,
    one_line,
    stated_words,
    value_of,
)
from analysis.reading.records import Found, Reader, Record, Unread

_CLASSIFIED = tuple(column for column in CLASSIFICATION_COLUMNS if column != "load_date")
_PARAGRAPH_COLUMNS = ("standfirst", "graphic", "abstract")
_MOST_HEAD = 1_000
_COVER_BLANKS = 3
_COVER_LINES = 6
_FROM_LENGTH_TO_BODY = 8

_HEAD_LABEL = label_words(*HEAD_COLUMNS)
# With case: a label within a line is no end of another word.
_GLUED = re.compile(rf"(?<=\S)\s*(?=(?:{_HEAD_LABEL})\s?:\u00a0)")
_GLUED_HIGHLIGHT = re.compile(rf"(?<=\S)\s*(?=(?:{label_words('standfirst')})\s?:\s|(?:{_HEAD_LABEL})\s?:\u00a0)")
_COVER_NAMES = "|".join(map(re.escape, word_lists("reading/archives/nexis.txt")["cover"]["labels"]))
_COVER_LABEL = re.compile(rf"(?:{_COVER_NAMES})\s?:.*", re.IGNORECASE | re.DOTALL)
_COVER_COUNT = re.compile(r"(?:Document(?:s|en|os|i)?|Dokumente?|Documento)\s*\((\d{1,9})\)", re.IGNORECASE)
_COVER_LINE = re.compile(rf"(?:{_COVER_NAMES})\b.*|.*\t.*", re.IGNORECASE | re.DOTALL)
_ANY_COLON = re.compile(r"[^\s:][^:]{0,40}:\s")


def is_nexis_text(paragraphs: list[str]) -> bool:
    """Return whether the paragraphs are an export of Nexis Uni or Lexis Advance."""
    lines = _filled(paragraphs)
    if _is_cover(lines):
        return True
    return any(is_mark(line, "end") for line in lines) and any(
        is_mark(line, "body") or column_of(line) in ("length_stated", "load_date") for line in lines
    )


def read_nexis(paragraphs: list[str]) -> Found:
    """Return the articles of a Nexis Uni or Lexis Advance file from its paragraphs, the blank ones among them.

    Every "End of Document" gives one record or one Unread; so does text after the last one, which is an article cut off.
    """
    pieces, rest = _pieces(paragraphs)
    records: list[Record] = []
    rejected: list[Unread] = []
    counts: list[int] = []
    for number, piece in enumerate(pieces, start=1):
        try:
            records.append(_article(_without_cover(piece, counts)))
        except CorpusError as error:
            rejected.append(Unread(f"article {number}", str(error), "\n".join(piece).strip()))
    if any(line.strip() for line in rest):
        reason = "not closed by a line 'End of Document', so the file is cut off here; download it anew"
        rejected.append(Unread(f"article {len(pieces) + 1}", reason, "\n".join(rest).strip()))
    return Found(records, rejected, sum(counts) if counts else max(len(pieces), _heads(paragraphs)))


def _heads(paragraphs: list[str]) -> int:
    """Return how many lines "Length: 355 words" stand just above a line "Body": the heads of articles, without their ends."""
    lines = _filled(paragraphs)
    return sum(
        column_of(line) == "length_stated"
        and stated_words(value_of(line)) is not None
        and any(is_mark(below, "body") for below in lines[place + 1 : place + _FROM_LENGTH_TO_BODY])
        for place, line in enumerate(lines)
    )


def _filled(paragraphs: Iterable[str]) -> list[str]:
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


def _lines(paragraphs: Iterable[str]) -> list[str]:
    """Return the lines that are not blank; where a label is glued to the end of a labelled line, the line is parted."""
    parted_lines: list[str] = []
    for line in _filled(line for paragraph in paragraphs for line in paragraph.split("\n")):
        column = column_of(line)
        glue = _GLUED_HIGHLIGHT if column == "byline" else _GLUED
        parted_lines += _filled(glue.split(line)) if column in HEAD_COLUMNS else [line]
    return parted_lines


def _pieces(paragraphs: list[str]) -> tuple[list[list[str]], list[str]]:
    """Return what stands before each "End of Document", and what stands after the last."""
    pieces: list[list[str]] = []
    piece: list[str] = []
    for paragraph in paragraphs:
        if is_mark(paragraph, "end"):
            pieces.append(piece)
            piece = []
        else:
            piece.append(paragraph)
    return pieces, piece


def _is_cover(lines: list[str]) -> bool:
    found = sum(bool(_COVER_LABEL.fullmatch(line)) for line in lines[:_COVER_LINES])
    counted = any(_COVER_COUNT.fullmatch(line) for line in lines[:_COVER_LINES])
    return found + counted > 1


def _without_cover(piece: list[str], counts: list[int]) -> list[str]:
    """Return the article without the cover before it, and add the cover's number of documents to `counts`."""
    if not _is_cover(_filled(piece)):
        return piece
    stated = next((match for line in piece if (match := _COVER_COUNT.fullmatch(line.strip()))), None)
    if stated:
        counts.append(int(stated[1]))
    start = _start_by_blanks(piece)
    if start is None:
        start = _start_by_lines(piece, listed=int(stated[1]) if stated else len(piece))
    if start is None:
        raise CorpusError("no blank lines and no date after the cover, so where the first article begins is unknown")
    return piece[start:]


def _start_by_blanks(piece: list[str]) -> int | None:
    """Return the place after three blank lines that headline, publication and date begin."""
    blanks = [not line.strip() for line in piece]
    starts = [
        place
        for place in range(_COVER_BLANKS, len(piece))
        if not blanks[place] and all(blanks[place - _COVER_BLANKS : place])
    ]
    dated = [place for place in starts if _date_at(_filled(piece[place:])[:5])]
    undated = _date_at(_filled(piece)) is None
    return next(iter(starts if undated else dated), None)


def _start_by_lines(piece: list[str], *, listed: int) -> int | None:
    """Return the place after the last line of the cover, of `listed` documents, above headline, publication and date."""
    filled = [place for place, line in enumerate(piece) if line.strip()]
    date_at = _date_at([piece[place].strip() for place in filled])
    if not date_at:
        return None
    last, documents = None, 0
    for number in range(date_at - 2):
        line = piece[filled[number]].strip()
        # A headline may begin "3. März": in the list of the cover, the numbers go up by one.
        if documents < listed and line.startswith(f"{documents + 1}. "):
            documents += 1
            last = number
        elif _COVER_LINE.fullmatch(line):
            last = number
    return None if last is None else filled[last + 1]


def _date_at(lines: list[str]) -> int | None:
    """Return which line is the date, or stands in its place: not the first, if possible the third."""
    for fits in DATE_FORMS:
        dated = [place for place, line in enumerate(lines) if place and fits(line)]
        if dated:
            return 2 if 2 in dated else dated[0]
    return None


def _article(piece: list[str]) -> Record:
    body_at = _body_start(piece)
    tail_at = _tail_start(piece, body_at)
    above = piece[: min(body_at, tail_at)]
    if len(_lines(above)) > _MOST_HEAD:
        raise CorpusError(f"{len(_lines(above)):,} lines before a line 'Body'; {_MOST_HEAD:,} are allowed")
    fields = _head(above)
    if body_at == len(piece):
        _check_bodiless(fields)
    body = without_abstract(_filled(piece[body_at + 1 : tail_at]), fields)
    _read_tail(_filled(piece[tail_at:]), fields)
    return article(fields, body)


def _check_bodiless(fields: dict[str, str]) -> None:
    """Raise unless the article is a picture with its labels: text that no line "Body" announces must not vanish."""
    loose = [line for line in fields.get("further", "").split("\n") if line]
    loose += [line for column in ("standfirst", "abstract") for line in fields.get(column, "").split("\n")[1:]]
    if loose:
        raise CorpusError(f"no line 'Body', so the text from {loose[0][:80]!r} on is neither a label nor the body")
    if "length_stated" not in fields and not date_line(fields.get("date", "")):
        raise CorpusError("no headline, publication and date, no 'Length:' and no line 'Body', so this is no article")


def _body_start(piece: list[str]) -> int:
    """Return the place of the line "Body", or the end: the first such line after headline, publication and date."""
    filled = [place for place, line in enumerate(piece) if line.strip()]
    return next((place for place in filled[2:] if is_mark(piece[place], "body")), len(piece))


def _tail_start(piece: list[str], body_at: int) -> int:
    """Return where the classification and the last labels begin: what looks like them further above is body."""
    filled = [place for place, line in enumerate(piece) if line.strip()]
    start = _classification_start(piece, filled)
    seen = {column_of(line) for line in piece[start:]}
    for place in reversed([place for place in filled if place < start]):
        column = column_of(piece[place])
        if place in filled[:2] or place == body_at or column not in CLASSIFICATION_COLUMNS or column in seen:
            break
        seen.add(column)
        start = place
    return start


def _classification_start(piece: list[str], filled: list[int]) -> int:
    """Return the place of the last "Classification" that labels follow, in half of the lines at least."""
    labels, following = 0, ""
    for after, place in enumerate(reversed(filled)):
        line = piece[place].strip()
        if is_mark(line, "classification") and column_of(following) in _CLASSIFIED and labels * 2 >= after:
            return place
        labels += bool(_ANY_COLON.match(line))
        following = line
    return len(piece)


def _head(paragraphs: list[str]) -> dict[str, str]:
    """Return the fields before the body: headline, publication and date by the date, the others by their labels."""
    units = _filled(paragraphs)
    labelled = next((place for place, unit in enumerate(units) if place > 1 and _begins_labels(unit)), len(units))
    fields = _top(units[:labelled])
    column = ""
    for line in _lines(units[labelled:]):
        if _begins_labels(line):
            known = column_of(line) or _marked(line)
            column = known if known not in fields else "further"
            add(fields, column, value_of(line) if column == known else line)
        elif is_copyright(line):
            add(fields, "copyright", line)
        elif column in _PARAGRAPH_COLUMNS or (column and not fields.get(column)):
            add(fields, column, line)
        else:
            add(fields, "further", line)
    return fields


def _marked(line: str) -> str:
    """Return the column of a label that stands alone and without a colon: "Graphic"."""
    return next((column for column in ("graphic", "abstract") if folded(line) in map(folded, LABELS[column])), "")


def _begins_labels(line: str) -> bool:
    return column_of(line) in HEAD_COLUMNS or any(is_mark(line, mark) for mark in ("graphic", "abstract"))


def _top(units: list[str]) -> dict[str, str]:
    """Return headline, outlet and date: the outlet stands above the date, all that is above it is the headline."""
    if len(units) < 2:
        raise CorpusError(
            f"{len(units)} lines before the first label, where headline, publication and date should stand"
        )
    fields: dict[str, str] = {}
    date_at = _date_at(units)
    for line in [unit for unit in units[1 if date_at is None else date_at :] if is_copyright(unit)]:
        add(fields, "copyright", line)
    above = units[:date_at] if date_at else units[:2]
    below = [unit for unit in units[len(above) :] if not is_copyright(unit)]
    while len(above) > 2 and (column := _below_outlet(above[-1])):
        add(fields, column, above.pop().strip("()"))
    fields |= {"headline": " ".join(one_line(unit) for unit in above[:-1]), "outlet": above[-1]}
    if date_at:
        date, *further = below.pop(0).split("\n")
        (add_below_date if is_correction(date) else add_date)(fields, date)
        below = [*further, *below]
    for line in _lines(below):
        add_below_date(fields, line)
    return fields


def _below_outlet(line: str) -> str:
    """Return the column of a line that stands between outlet and date: an edition, a notice, or "(Green)" of "… Blogs"."""
    if line.startswith("(") and line.endswith(")"):
        return "outlet_also"
    return "edition" if is_edition(line) else "further" if is_notice(line) else ""


def _read_tail(lines: list[str], fields: dict[str, str]) -> None:
    others: list[str] = []
    for line in lines:
        column = column_of(line)
        if column in ALONE and column not in fields:
            fields[column] = value_of(line)
        elif not is_mark(line, "classification"):
            others.append(line)
    add(fields, "copyright", "\n".join(filter(is_copyright, others)))
    add(fields, "classification", "\n".join(line for line in others if not is_copyright(line)))


READERS = (Reader("Nexis", "paragraphs", is_nexis_text, read_nexis),)
