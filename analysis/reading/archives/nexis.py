"""Exports of Nexis: Nexis Uni and Lexis Advance (paragraphs of .docx or .rtf), and the text files of the old nexis.com."""

import re
from collections.abc import Iterable

from analysis.errors import CorpusError
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, Unread

# Column → its labels in the interface languages (English, German, French). A further language is further words here.
_LABELS = {
    "section": ("Section", "Rubrik", "Ressort", "Rubrique"),
    "length_stated": ("Length", "Länge", "Longueur"),
    "byline": ("Byline", "Author", "Autor", "Verfasser", "Auteur", "Signature"),
    "standfirst": ("Highlight", "Hervorhebung", "Zusammenfassung", "Highlights", "Résumé", "Point saillant"),
    "dateline": ("Dateline", "Ort", "Datumszeile", "Lieu", "Origine"),
    "graphic": ("Graphic", "Grafik", "Graphik", "Graphique", "Illustration"),
    "edition": ("Edition", "Ausgabe", "Édition"),
    "abstract": ("Abstract",),
    "headline": ("Headline", "Schlagzeile", "Überschrift", "Titre"),
    "language": ("Language", "Sprache", "Langue"),
    "load_date": ("Load-Date", "Update", "Ladedatum", "Date de chargement", "Date-Chargement"),
    "publication_type": ("Publication-Type", "Publikationstyp", "Publikationsart", "Type de publication"),
    "subject": ("Subject", "Thema", "Schlagwort", "Sujet"),
    "company": ("Company", "Unternehmen", "Firma", "Société", "Entreprise"),
    "organization": ("Organization", "Organisation"),
    "industry": ("Industry", "Branche", "Secteur"),
    "person": ("Person", "Personne"),
    "geographic": ("Geographic", "Geographie", "Geografie", "Géographie", "Lieu géographique"),
    "country": ("Country", "Land", "Pays"),
    "city": ("City", "Stadt", "Ville"),
    "state": ("State", "Staat", "État"),
    "ticker": ("Ticker",),
    "journal_code": ("Journal Code", "Journal-Code", "Code du journal"),
    "copyright": ("Copyright",),
    "url": ("URL",),
    "correction": ("Correction", "Correction-Date", "Korrektur"),
    "series": ("Series", "Serie", "Série"),
    "acc_no": ("Acc-No",),
}
# Lines that stand alone.
_MARK_WORDS = {
    "end": ("End of Document", "Ende des Dokuments", "Dokumentende", "Fin du document", "Fin de document"),
    "body": ("Body", "Text", "Full Text", "Volltext", "Textkörper", "Haupttext", "Corps", "Corps du texte", "Texte"),
    "classification": ("Classification", "Klassifizierung", "Klassifikation"),
    "graphic": _LABELS["graphic"],
    "abstract": _LABELS["abstract"],
    "full text": ("Full Text",),
}
_COVER_LABELS = (
    *("User Name", "Date and Time", "Job Number", "Client/Matter", "Search Terms", "Search Type", "Narrowed by"),
    *("Benutzername", "Datum und Uhrzeit", "Datum und Zeit", "Auftragsnummer", "Jobnummer"),
    *("Nom d'utilisateur", "Date et heure", "Numéro de tâche", "Numéro du travail"),
)
_HEAD_COLUMNS = ("section", "length_stated", "byline", "standfirst", "dateline", "graphic", "edition", "abstract")
_PARAGRAPH_COLUMNS = ("standfirst", "graphic", "abstract")
_CLASSIFICATION_COLUMNS = tuple(list(_LABELS)[list(_LABELS).index("language") :])
_CLASSIFIED = tuple(column for column in _CLASSIFICATION_COLUMNS if column != "load_date")
_AFTER_LENGTH = ("dateline", "standfirst")
_TAIL_COLUMNS = (*_CLASSIFICATION_COLUMNS, "graphic", "dateline")
_TAIL_ALONE = ("language", "load_date", "url", "copyright", "correction", "graphic", "dateline")
# Where these files are wrapped at all, it is at under 80 characters; with longer lines, a line is a paragraph.
_WRAP = 100
_MOST_HEAD = 1_000
_COVER_BLANKS = 3
_COVER_LINES = 6

_COLUMN_OF = {word.casefold(): column for column, words in _LABELS.items() for word in words}
_MARKS = {mark: frozenset(word.casefold() for word in words) for mark, words in _MARK_WORDS.items()}
_ANY_LABEL = "|".join(re.escape(word) for word in sorted(_COLUMN_OF, key=len, reverse=True))
_LABEL = re.compile(rf"({_ANY_LABEL})\s?:(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_HEAD_LABEL = "|".join(re.escape(word) for column in _HEAD_COLUMNS for word in _LABELS[column])
_HIGHLIGHT_LABEL = "|".join(_LABELS["standfirst"])
# With case: a label within a line is no end of another word.
_GLUED = re.compile(rf"(?<=\S)\s*(?=(?:{_HEAD_LABEL})\s?:\u00a0)")
_GLUED_HIGHLIGHT = re.compile(rf"(?<=\S)\s*(?=(?:{_HIGHLIGHT_LABEL})\s?:\s|(?:{_HEAD_LABEL})\s?:\u00a0)")
_COVER_NAMES = "|".join(map(re.escape, _COVER_LABELS))
_COVER_LABEL = re.compile(rf"(?:{_COVER_NAMES})\s?:.*", re.IGNORECASE | re.DOTALL)
_COVER_COUNT = re.compile(r"(?:Documents?|Dokumente?)\s*\((\d{1,9})\)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:(?:Copyright|©|\(c\))\W*(?:\(c\)\W*)?\d{4}\b|All rights reserved|Alle Rechte vorbehalten|Tous droits)",
    re.IGNORECASE,
)
_ANY_COLON = re.compile(r"[^\s:][^:]{0,40}:\s")
_DATE = re.compile(
    r"""(?:[^\W\d]+\.?,?\s)?                                             # Monday
    (?:[^\W\d]{3,}\.?\s\d{1,2},\s\d{4}                                   # July 1, 2019
      |\d{1,2}(?:\.|er|st|nd|rd|th)?\s(?:de\s)?[^\W\d]{3,}\.?,?\s(?:de\s)?\d{4}  # 1. Juli 2019, 1er juillet 2019
      |\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})
    (?!\d).{0,40}""",
    re.VERBOSE,
)
_MONTHS = (
    *"January February March April May June July August September October November December".split(),
    *"Januar Jänner Februar März Mai Juni Juli Oktober Dezember".split(),
    *"janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
)
# July 2019, as monthlies have it: a form that other lines than dates have too, unless the month is a known one.
_MONTH = re.compile(rf"(?:[^\W\d]+\.?,?\s)?(?:{'|'.join(_MONTHS)})\s\d{{4}}\b.{{0,40}}", re.IGNORECASE)
_CITY = re.compile(r"(\S.*?)\s?\(([^()]+)\)")
_COVER_LINE = re.compile(rf"(?:{_COVER_NAMES})\b.*|.*\t.*", re.IGNORECASE | re.DOTALL)
_REQUEST = re.compile(r"(?:[A-Z]\w+ Request|Time Of Request)\s?:", re.IGNORECASE)
_CAPITAL_LABEL = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?:[ -][A-ZÀ-ÖØ-Þ]+)*:\s")
_SEPARATOR = re.compile(
    r"(\d{1,9}) (?:of|OF) (\d{1,9}) DOCUMENTS?|(?:Dokument|Document|DOKUMENT|DOCUMENT) (\d{1,9}) (?:von|de|of|VON|DE|OF) (\d{1,9})"
)
_EDITION = re.compile(r"^(?:\S+\s){0,4}(?:edition|ausgabe|édition)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def is_nexis_text(paragraphs: list[str]) -> bool:
    """Return whether the paragraphs are an export of Nexis Uni or Lexis Advance."""
    lines = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
    if _is_cover(lines):
        return True
    return any(_is_mark(line, "end") for line in lines) and any(
        _is_mark(line, "body") or _column(line) in ("length_stated", "load_date") for line in lines
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
            article = _without_cover(piece, counts)
            records.append(_article(article))
        except CorpusError as error:
            rejected.append(Unread(f"article {number}", str(error), "\n".join(piece).strip()))
    if any(line.strip() for line in rest):
        reason = "not closed by a line 'End of Document', so the file is cut off here; download it anew"
        rejected.append(Unread(f"article {len(pieces) + 1}", reason, "\n".join(rest).strip()))
    return Found(records, rejected, sum(counts) if counts else len(pieces))


def is_old_nexis(text: str) -> bool:
    """Return whether the text is an export of the old nexis.com."""
    lines = text.splitlines()
    return any(map(_separator, lines)) and any(map(_old_column, lines))


def read_old_nexis(text: str) -> Found:
    """Return the articles of a text file of the old nexis.com.

    Every line "1 of 10 DOCUMENTS" that is no part of an article gives one record or one Unread.
    """
    lines = text.splitlines()
    starts = _article_starts(lines)
    ends = [*starts[1:], len(lines)] if starts else []
    pieces = ["\n".join(lines[start + 1 : end]).strip("\n") for start, end in zip(starts, ends, strict=True)]
    wrapped = not any(_has_long_lines(_old_parts(piece)[1]) for piece in pieces)
    records: list[Record] = []
    rejected: list[Unread] = []
    for number, piece in enumerate(pieces, start=1):
        try:
            records.append(_old_article(piece, wrapped=wrapped))
        except CorpusError as error:
            rejected.append(Unread(f"article {number}", str(error), piece))
    before = " ".join("\n".join(lines[: starts[0] if starts else None]).split())
    known = not before or _REQUEST.match(before)
    left_out = Note(f"text before the first article was left out: {before[:200]!r}", kind="left out")
    return Found(records, rejected, _stated(lines, starts), [] if known else [left_out])


def _is_mark(line: str, mark: str) -> bool:
    return line.strip().rstrip(":").rstrip().casefold() in _MARKS[mark]


def _column(line: str) -> str:
    """Return the column whose label begins the line, or ""."""
    match = _LABEL.fullmatch(line.strip())
    return _COLUMN_OF[match[1].casefold()] if match else ""


def _value(line: str) -> str:
    match = _LABEL.fullmatch(line.strip())
    return (match[2] or "").strip() if match else ""


def _filled(paragraphs: Iterable[str]) -> list[str]:
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


def _lines(paragraphs: Iterable[str]) -> list[str]:
    """Return the lines that are not blank; where a label is glued to the end of a labelled line, the line is parted."""
    lines = _filled(line for paragraph in paragraphs for line in paragraph.split("\n"))
    parted = lines[:2]
    for line in lines[2:]:
        column = _column(line)
        glue = _GLUED_HIGHLIGHT if column == "byline" else _GLUED
        parted += _filled(glue.split(line)) if column in _HEAD_COLUMNS else [line]
    return parted


def _add(fields: dict[str, str], column: str, text: str, joint: str = "\n") -> None:
    if text:
        fields[column] = f"{fields[column]}{joint}{text}" if fields.get(column) else text


def _pieces(paragraphs: list[str]) -> tuple[list[list[str]], list[str]]:
    """Return what stands before each "End of Document", and what stands after the last."""
    pieces: list[list[str]] = []
    piece: list[str] = []
    for paragraph in paragraphs:
        if _is_mark(paragraph, "end"):
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
    dated = [place for place in starts if _date_at(_filled(piece[place:])[:4])]
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
    """Return which line is the date: not the first, if possible the third, else the first in the form of one."""
    for form in (_DATE, _MONTH):
        dated = [place for place, line in enumerate(lines) if place and form.fullmatch(line)]
        if dated:
            return 2 if 2 in dated else dated[0]
    return None


def _article(piece: list[str]) -> Record:
    body_at = _body_start(piece)
    tail_at = _tail_start(piece, body_at)
    head = _lines(piece[: min(body_at, tail_at)])
    if len(head) > _MOST_HEAD:
        raise CorpusError(f"{len(head):,} lines before a line 'Body'; {_MOST_HEAD:,} are allowed")
    fields = _head(head)
    if body_at == len(piece):
        _check_bodiless(fields)
    body = piece[body_at + 1 : tail_at]
    if not any(_is_mark(line, "graphic") or _column(line) == "graphic" for line in head):
        body, fields["graphic"] = _without_graphic(body)
    body = _without_abstract(body, fields)
    _read_tail(_filled(piece[tail_at:]), fields)
    return _record(fields, _filled(body))


def _check_bodiless(fields: dict[str, str]) -> None:
    """Raise unless the article is a picture with its labels: text that no line "Body" announces must not vanish."""
    loose = [line for line in fields.get("further", "").split("\n") if line]
    loose += [
        line for column in ("edition", "standfirst", "abstract") for line in fields.get(column, "").split("\n")[1:]
    ]
    if loose:
        raise CorpusError(f"no line 'Body', so the text from {loose[0][:80]!r} on is neither a label nor the body")
    if "length_stated" not in fields and not _DATE.fullmatch(fields.get("date", "")):
        raise CorpusError("no headline, publication and date, no 'Length:' and no line 'Body', so this is no article")


def _record(fields: dict[str, str], body: list[str]) -> Record:
    standard = ("outlet", "date", "headline", "standfirst", "byline", "section", "url")
    record: Record = {column: fields.pop(column, "") for column in standard}
    bracket = _CITY.fullmatch(str(record["outlet"]))
    if bracket:
        # One outlet is written with and without its city, by the form of the export.
        record["outlet"], fields["city"] = bracket[1], bracket[2]
    return {
        **record,
        "body": "\n\n".join(body),
        "lead_paragraphs": 1,
        **{name: text for name, text in fields.items() if text},
    }


def _body_start(piece: list[str]) -> int:
    """Return the place of the line "Body", or the end: the first such line after headline, publication and date."""
    filled = [place for place, line in enumerate(piece) if line.strip()]
    return next((place for place in filled[2:] if _is_mark(piece[place], "body")), len(piece))


def _tail_start(piece: list[str], body_at: int) -> int:
    """Return where the classification and the last labels begin: what looks like them further above is body."""
    filled = [place for place, line in enumerate(piece) if line.strip()]
    start = _classification_start(piece, filled)
    seen = {_column(line) for line in piece[start:]}
    for place in reversed([place for place in filled if place < start]):
        column = _column(piece[place])
        if place in filled[:2] or place == body_at or column not in _CLASSIFICATION_COLUMNS or column in seen:
            break
        seen.add(column)
        start = place
    return start


def _classification_start(piece: list[str], filled: list[int]) -> int:
    """Return the place of the last "Classification" that labels follow, in half of the lines at least."""
    labels, following = 0, ""
    for after, place in enumerate(reversed(filled)):
        line = piece[place].strip()
        if _is_mark(line, "classification") and _column(following) in _CLASSIFIED and labels * 2 >= after:
            return place
        labels += bool(_ANY_COLON.match(line))
        following = line
    return len(piece)


def _head(lines: list[str]) -> dict[str, str]:
    """Return the fields before the body: headline, publication and date by their place, the others by their labels."""
    labelled = next((place for place, line in enumerate(lines) if place > 1 and _begins_labels(line)), len(lines))
    fields = _top(lines[:labelled])
    column = ""
    for line in lines[labelled:]:
        if _begins_labels(line):
            known = _COLUMN_OF.get(line.rstrip(":").strip().casefold(), "") or _column(line)
            column = known if known not in fields else "further"
            _add(fields, column, _value(line) if column == known else line)
        elif _COPYRIGHT.match(line):
            _add(fields, "copyright", line)
        elif column in _PARAGRAPH_COLUMNS or (column and not fields.get(column)):
            _add(fields, column, line)
        else:
            _add(fields, "further", line)
    return fields


def _begins_labels(line: str) -> bool:
    return _column(line) in _HEAD_COLUMNS or any(_is_mark(line, mark) for mark in ("graphic", "abstract"))


def _top(lines: list[str]) -> dict[str, str]:
    date_at = _date_at(lines) or 2
    if len(lines) < 2:
        raise CorpusError(
            f"{len(lines)} lines before the first label, where headline, publication and date should stand"
        )
    fields = {"headline": " ".join(lines[: date_at - 1]), "outlet": lines[date_at - 1]}
    after = lines[date_at:]
    if after and not _COPYRIGHT.match(after[0]):
        fields["date"] = after.pop(0)
    for line in after:
        _add(fields, "copyright" if _COPYRIGHT.match(line) else "edition", line)
    return fields


def _without_graphic(body: list[str]) -> tuple[list[str], str]:
    """Return the body without the captions at its end, and these."""
    place = max((place for place, line in enumerate(body) if _is_mark(line, "graphic")), default=len(body))
    return body[:place], "\n".join(_filled(body[place + 1 :]))


def _without_abstract(body: list[str], fields: dict[str, str]) -> list[str]:
    """Return the body after "FULL TEXT"; the abstract before it, written by the archive, becomes a column."""
    filled = [place for place, line in enumerate(body) if line.strip()]
    full = next((place for place in filled if _is_mark(body[place], "full text")), None)
    if full is not None and (full == filled[0] or _is_mark(body[filled[0]], "abstract")):
        _add(fields, "abstract", "\n".join(_filled(body[filled[0] + 1 : full])))
        body = body[full + 1 :]
    return body


def _read_tail(lines: list[str], fields: dict[str, str]) -> None:
    others: list[str] = []
    for line in lines:
        column = _column(line)
        if column in _TAIL_ALONE and column not in fields:
            fields[column] = _value(line)
        elif not _is_mark(line, "classification"):
            others.append(line)
    _add(fields, "copyright", "\n".join(filter(_COPYRIGHT.match, others)))
    _add(fields, "classification", "\n".join(line for line in others if not _COPYRIGHT.match(line)))


def _old_column(line: str) -> str:
    match = _LABEL.fullmatch(line.strip())
    return _COLUMN_OF[match[1].casefold()] if match and match[1].isupper() else ""


def _separator(line: str) -> tuple[int, int] | None:
    """Return (1, 10) for the line "1 of 10 DOCUMENTS"."""
    match = _SEPARATOR.fullmatch(" ".join(line.split()))
    return (int(match[1] or match[3]), int(match[2] or match[4])) if match else None


def _article_starts(lines: list[str]) -> list[int]:
    """Return the places of the separators.

    A line of an article's text may look like one. What labels follow is a separator; and so is, of the lines with a number
    that is none so far, the first: an article may lack labels, but then its number stands nowhere else.
    """
    looks = {place: numbers for place, line in enumerate(lines) if (numbers := _separator(line))}
    ends = [*list(looks)[1:], len(lines)]
    starts = {
        place for place, end in zip(looks, ends, strict=False) if "length_stated" in map(_old_column, lines[place:end])
    }
    known = {looks[place] for place in starts}
    for place, numbers in looks.items():
        if numbers not in known:
            starts.add(place)
            known.add(numbers)
    return sorted(starts)


def _stated(lines: list[str], starts: list[int]) -> int | None:
    """Return the number of articles that the separators state; where they begin anew, another export was joined on."""
    numbers = [numbers for place in starts if (numbers := _separator(lines[place]))]
    totals = [
        now[1] for before, now in zip([(0, 0), *numbers], numbers, strict=False) if now[0] <= before[0] or not before[0]
    ]
    return sum(totals) if totals else None


def _blocks(text: str) -> list[str]:
    """Return what blank lines part, without the indents."""
    blocks = ["\n".join(map(str.strip, block.split("\n"))).strip() for block in _BLANK_LINES.split(text)]
    return [block for block in blocks if block]


def _units(blocks: list[str]) -> list[str]:
    """Return the blocks, parted before each line that begins with a label as well."""
    units: list[list[str]] = []
    for block in blocks:
        for number, line in enumerate(block.split("\n")):
            if number and not _old_column(line):
                units[-1].append(line)
            else:
                units.append([line])
    return ["\n".join(unit) for unit in units]


def _old_article(piece: str, *, wrapped: bool) -> Record:
    head, body = _old_parts(piece)
    fields = _old_head(head)
    while body and _old_column(body[0]) in _AFTER_LENGTH and _old_column(body[0]) not in fields:
        fields[_old_column(body[0])] = _unwrapped(_value(body.pop(0)))
    tail_at = _old_tail_start(body)
    _read_tail([_unwrapped(unit) for unit in _units(body[tail_at:])], fields)
    body = _without_abstract(body[:tail_at], fields)
    return _record(fields, [_unwrapped(block) if wrapped else block.replace("\n", "\n\n") for block in body])


def _has_long_lines(blocks: list[str]) -> bool:
    return any(len(line) > _WRAP and " " in line[:_WRAP] for block in blocks for line in block.split("\n"))


def _unwrapped(block: str) -> str:
    return block.replace("\n", " ")


def _old_parts(piece: str) -> tuple[list[str], list[str]]:
    """Return the head as units and the body as blocks; LENGTH is the last label of the head, where it is given."""
    lines = piece.split("\n")
    length_at = next((place for place, line in enumerate(lines) if _old_column(line) == "length_stated"), None)
    if length_at is not None:
        head, body = _units(_blocks("\n".join(lines[: length_at + 1]))), _blocks("\n".join(lines[length_at + 1 :]))
    else:
        head, body = _parts_without_length(_blocks(piece))
    if body and _is_mark(body[0].split("\n")[0], "body"):
        body = [block for block in [body[0].partition("\n")[2], *body[1:]] if block]
    return head, body


def _parts_without_length(blocks: list[str]) -> tuple[list[str], list[str]]:
    """Return head and body: the head ends with the first run of labels, or without any after the third block."""
    end = next((place for place, block in enumerate(blocks) if _has_head_label(block)), 3)
    while end < len(blocks) and _has_head_label(blocks[end]):
        end += 1
    return _units(blocks[:end]), blocks[end:]


def _has_head_label(block: str) -> bool:
    return any(_old_column(line) in _HEAD_COLUMNS for line in block.split("\n"))


def _old_head(units: list[str]) -> dict[str, str]:
    labelled = next((place for place, unit in enumerate(units) if _old_column(unit)), len(units))
    fields = _old_top(units[:labelled])
    for unit in units[labelled:]:
        column = _old_column(unit)
        if column and not fields.get(column):
            fields[column] = _unwrapped(_value(unit))
        else:
            _add(fields, "further", _unwrapped(unit))
    return fields


def _old_top(units: list[str]) -> dict[str, str]:
    """Return publication, date, edition and headline, which have no labels: the date is known by its form."""
    fields: dict[str, str] = {}
    for unit in filter(_COPYRIGHT.match, units):
        _add(fields, "copyright", _unwrapped(unit))
    units = [unit for unit in units if not _COPYRIGHT.match(unit)]
    if not units:
        raise CorpusError("no publication, date and headline before the first label")
    dated = next((place for place, unit in enumerate(units) if any(map(_DATE.fullmatch, unit.split("\n")))), 1)
    if len(units) < 3 and not any(map(_DATE.fullmatch, units[-1].split("\n"))):
        return {**fields, "outlet": _unwrapped(units[0]), "headline": _unwrapped(" ".join(units[1:]))}
    dated = min(dated, len(units) - 1)
    lines = units[dated].split("\n")
    line = next((place for place, text in enumerate(lines) if _DATE.fullmatch(text)), 0)
    headline = units[dated + 1 :]
    _add(fields, "edition", " ".join(lines[line + 1 :]))
    if len(headline) > 1 and _EDITION.search(headline[0]):
        _add(fields, "edition", headline.pop(0))
    outlet = _unwrapped(" ".join([*units[:dated], *lines[:line]]))
    return {**fields, "outlet": outlet, "date": lines[line], "headline": _unwrapped(" ".join(headline))}


def _old_tail_start(body: list[str]) -> int:
    """Return where the labels after the text begin, each of which stands once; the same words further above are text."""
    seen: set[str] = set()
    start = len(body)
    for place in reversed(range(len(body))):
        columns = {_old_column(line) for line in body[place].split("\n")} - {""}
        is_tail = _old_column(body[place]) in _TAIL_COLUMNS or bool(_COPYRIGHT.match(body[place]))
        if columns & seen or not (is_tail or _CAPITAL_LABEL.match(body[place])):
            break
        seen |= columns
        # A label that is not known counts only where one that is stands above it.
        start = place if is_tail else start
    return start


READERS = (
    Reader("Nexis text", "text", is_old_nexis, read_old_nexis),
    Reader("Nexis", "paragraphs", is_nexis_text, read_nexis),
)
