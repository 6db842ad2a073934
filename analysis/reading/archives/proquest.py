"""ProQuest: text export with lines of 60 underscores, HTML print view, and the XML of the text mining service."""

import re
from typing import Any

from analysis.reading.archives.proquest_fields import (
    LABEL,
    LABELS,
    PLACES,
    columns_of,
    fields_of,
    in_one_line,
    label_of,
    record_of,
)
from analysis.reading.archives.proquest_html import is_proquest_html, read_proquest_html
from analysis.reading.markup import html_tree, paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, Unread, stated_count

_SEPARATOR = re.compile(r"^[ \t]*_{60}[ \t]*$", re.MULTILINE)
_LINE_OF_LABEL = re.compile(rf"^{LABEL.pattern}", re.IGNORECASE | re.MULTILINE)
_LINE_OF_ID = re.compile(r"^ProQuest document ID:", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"(?:\A|(?<=_\n))\s*Document (\d{1,9}) of (\d{1,9})[ \t]*$", re.MULTILINE)
_OF_NUMBER = re.compile(r"Document \d{1,9} of \d{1,9}\s*\n\s*")
_LIKE_LABEL = re.compile(r"[A-Z][\w /()-]{1,40}:[^\n]*")
_FULL_TEXT = re.compile(r"^Full text:(?=\s|$)", re.IGNORECASE | re.MULTILINE)
_LAST_LABELS = {"ProQuest document ID", "Last updated", "Database"}
_AFTER_TEXT = _LAST_LABELS | {"Document URL", "Publication title"}
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_NOTICE = re.compile(
    r"^(?:database copyright|copyright|©|contact (?:us|proquest)|terms and conditions)", re.IGNORECASE | re.MULTILINE
)
_LONGEST_NOTICE = 1_000
_MARKUP = re.compile(r"<(?:p|html|body|div|br)\b[^<>]*>", re.IGNORECASE)
_CLAIM = re.compile(r"(\d{1,9}) documents?", re.IGNORECASE)


def is_proquest_text(text: str) -> bool:
    """Return whether a text has ProQuest's separators and its labels."""
    return _SEPARATOR.search(text) is not None and len(set(map(str.casefold, _LINE_OF_LABEL.findall(text)))) > 2


def read_proquest_text(text: str) -> Found:
    """Return the articles of a text export.

    A line of underscores inside an article does not end it, and neither does a line of the text that looks like a label:
    labels after the text count only in the unbroken run of labelled blocks that ends the article. The last piece, the
    copyright notice, is no article.

    `stated` is what a line at the start claims ("10 documents"), else the number of document numbers or of lines such as
    "Document 5 of 10", whichever is larger.
    """
    pieces = _pieces(text)
    claimed = _CLAIM.fullmatch(pieces[0].strip()) if pieces else None
    if claimed:
        pieces.pop(0)
    if len(pieces) > 1 and _is_notice(pieces[-1]):
        pieces.pop()
    numbers = [(int(match[1]), int(match[2])) for match in _NUMBER.finditer(text)]
    signs = (len(_LINE_OF_ID.findall(text)), len(numbers))
    found = Found([], stated=int(claimed[1]) if claimed else stated_count(signs, len(pieces)), notes=_of_part(numbers))
    for number, piece in enumerate(pieces, start=1):
        if _LINE_OF_LABEL.search(piece) is None:
            reason = "no label such as 'Full text:' or 'Title:'"
            found.rejected.append(Unread(f"article {number}", reason, piece))
        else:
            found.take(_of_piece(piece), number, piece)
    return found


def _of_part(numbers: list[tuple[int, int]]) -> list[Note]:
    """Return a note where the numbers of the documents are a part of those that were found."""
    if not numbers or len(numbers) >= max(of for _, of in numbers):
        return []
    first, last = min(numbers)[0], max(numbers)[0]
    finding = f"documents {first:,} to {last:,} of {max(of for _, of in numbers):,}"
    return [Note(finding, kind="part of a download", count=len(numbers), remedy="read the other parts with it")]


def is_proquest_xml(text: str) -> bool:
    """Return whether a file is XML of ProQuest's text mining service."""
    return re.search(r"<(?:TitleAtt|PubFrosting)[\s>]", text) is not None


def read_proquest_xml(data: str | bytes) -> Found:
    """Return the articles of a file of the text mining service, given as bytes or as a string that has been decoded.

    Raises
    ------
    CorpusError
        When it is no well-formed XML, or declares entities.
    """
    tree = xml_tree(data)
    articles = list(tree.iter("Record", "RECORD")) or [tree]
    found = Found([], stated=len(articles))
    for number, node in enumerate(articles, start=1):
        found.take(_of_element(node), number, raw_of(node))
    return found


def _pieces(text: str) -> list[str]:
    separators = list(_SEPARATOR.finditer(text))
    starts = [0, *(separator.end() for separator in separators)]
    ends = [*(separator.start() for separator in separators), len(text)]
    pieces: list[tuple[int, int]] = []
    state = "ended"
    for start, end in zip(starts, ends, strict=True):
        part = text[start:end]
        if _goes_on(state, part):
            pieces[-1] = (pieces[-1][0], end)
        elif part.strip():
            pieces.append((start, end))
        state = _state(state, part)
    return [text[start:end] for start, end in pieces]


def _goes_on(state: str, part: str) -> bool:
    if state == "ended" or _FULL_TEXT.search(part) or _is_notice(part):
        return False
    return state == "labels to come" or _LINE_OF_LABEL.search(part) is None


def _state(state: str, part: str) -> str:
    text = _FULL_TEXT.search(part)
    if text and _LAST_LABELS & set(_labels(part[: text.start()])):
        return "labels seen"
    blocks = _BLANK.split(part.strip())
    has_ended = _AFTER_TEXT & {label_of(block) for block in blocks[_tail_at(blocks) :]}
    if text:
        return "ended" if has_ended else "labels to come"
    return "ended" if has_ended or (_labels(part) and state != "labels to come") else state


def _is_notice(piece: str) -> bool:
    is_short = len(piece) <= _LONGEST_NOTICE
    return is_short and _LINE_OF_LABEL.search(piece) is None and _NOTICE.search(piece) is not None


def _labels(text: str) -> list[str]:
    return [LABELS[label.casefold()] for label in _LINE_OF_LABEL.findall(text)]


def _tail_at(blocks: list[str]) -> int:
    # No label stands twice in an article, so that the first of two is a line of the text.
    seen: set[str] = set()
    at = len(blocks)
    while at:
        label = label_of(blocks[at - 1])
        if label is None and at > 1 and _LIKE_LABEL.fullmatch(blocks[at - 1].strip()):
            # A label that is not known, between two that are.
            at -= 1 if at < len(blocks) and label_of(blocks[at - 2]) not in (None, "Full text", *seen) else 0
            label = label_of(blocks[at - 1])
        if label is None or label in seen:
            return at
        seen.add(label)
        at -= 1
    return at


def _of_piece(piece: str) -> Record:
    blocks = _BLANK.split(_OF_NUMBER.sub("", piece.strip()))
    is_after_labels = len(blocks) > 1 and label_of(blocks[-2]) not in (None, "Full text")
    if is_after_labels and _is_notice(blocks[-1]):
        blocks.pop()
    text_at = next((at for at, block in enumerate(blocks) if at and _FULL_TEXT.match(block)), len(blocks))
    tail_at = max(_tail_at(blocks), text_at + 1)
    body = blocks[text_at:tail_at]
    if body:
        body[0] = body[0].split(":", 1)[1]
    if len(body) == 1:
        body = body[0].split("\n")
    fields = fields_of(blocks[1:text_at] + blocks[tail_at:])
    fields.setdefault("Title", blocks[0])
    return record_of(columns_of(fields), [one for one in map(in_one_line, body) if one])


def _of_element(record: Any) -> Record:
    values = {
        name: "; ".join(filter(None, map(text_of, record.iterfind(path))))
        for name, (path,) in PLACES["elements"].items()
    }
    body = [paragraph for node in record.iter("Text") for paragraph in _paragraphs_of_text(node)]
    return record_of(values, body)


def _paragraphs_of_text(node: Any) -> list[str]:
    # The text is a page of its own, written as characters of the XML.
    text = "".join(node.itertext())
    if len(node):
        return paragraphs_of(node)
    tree = html_tree(text) if _MARKUP.search(text) else None
    if tree is not None:
        return paragraphs_of(tree)
    return [paragraph for paragraph in map(in_one_line, _BLANK.split(text)) if paragraph]


READERS = (
    Reader("ProQuest HTML", "text", is_proquest_html, read_proquest_html),
    Reader("ProQuest XML", "text", is_proquest_xml, read_proquest_xml),
    Reader("ProQuest text", "text", is_proquest_text, read_proquest_text),
)
