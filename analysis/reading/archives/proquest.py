"""ProQuest: text export with lines of 60 underscores, HTML print view, and the XML of the text mining service."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.records import Found, Reader, Record, Unread

_LABELS = {
    label.casefold(): label
    for label in (
        "Title|Author|Publication title|Publication year|Publication date|Publication info|Pages|Section|Dateline|Credit|"
        "People|Company / organization|Business indexing term|Location|Subject|Identifier / keyword|Abstract|Full text|"
        "Links|Document URL|ProQuest document ID|Document type|Source type|Language of publication|"
        "Country of publication|Place of publication|Publisher|Publication subject|ISSN|Copyright|Last updated|Database"
    ).split("|")
}
_COLUMNS = {
    "outlet": "Publication title",
    "date": "Publication date",
    "headline": "Title",
    "byline": "Author",
    "section": "Section",
    "url": "Document URL",
    "standfirst": "Abstract",
    "language": "Language of publication",
    "page": "Pages",
    "accession": "ProQuest document ID",
}
_ALWAYS = ("outlet", "date", "headline", "standfirst", "byline", "section", "url")
_SEPARATOR = re.compile(r"^[ \t]*_{60}[ \t]*$", re.MULTILINE)
_LABEL = re.compile(rf"({'|'.join(map(re.escape, _LABELS))}):(?=\s|$)", re.IGNORECASE)
_LINE_OF_LABEL = re.compile(rf"^{_LABEL.pattern}", re.IGNORECASE | re.MULTILINE)
_FULL_TEXT = re.compile(r"^Full text:(?=\s|$)", re.IGNORECASE | re.MULTILINE)
_LAST_LABELS = {"ProQuest document ID", "Last updated", "Database"}
_AFTER_TEXT = _LAST_LABELS | {"Document URL", "Publication title"}
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOTICE = re.compile(
    r"^(?:database copyright|copyright|©|contact (?:us|proquest)|terms and conditions)", re.IGNORECASE | re.MULTILINE
)
_LONGEST_NOTICE = 1_000
_SOURCE = re.compile(
    r"(?:(?P<byline>.+)\.\s+)?(?P<outlet>[^;\[]+?)(?:;[^\[]*)?\s*\[[^\]]*\]\W*(?P<date>[^:]*)(?::(?P<page>.*))?"
)
_MARKUP = re.compile(r"<(?:p|html|body|div|br)\b[^<>]*>", re.IGNORECASE)
_FIELD = "display_record_indexing_fieldname"
_FIRST = re.compile(r"documentTitle|titleAuthorETC|<text", re.IGNORECASE)
_CLAIM = re.compile(r"(\d{1,9}) documents?", re.IGNORECASE)
_NO_TEXT = "neither headline nor text"


def is_proquest_text(text: str) -> bool:
    """Return whether a text has ProQuest's separators and its labels."""
    return _SEPARATOR.search(text) is not None and len(set(map(str.casefold, _LINE_OF_LABEL.findall(text)))) > 2


def read_proquest_text(text: str) -> Found:
    """Return the articles of a text export.

    A line of underscores inside an article does not end it, and neither does a line of the text that looks like a label:
    labels after the text count only in the unbroken run of labelled blocks that ends the article. The last piece, the
    copyright notice, is no article.

    `stated` is what a line at the start claims ("10 documents"), else the number of pieces between separators, notice and false
    separators left out.
    """
    pieces = _pieces(text)
    claimed = _CLAIM.fullmatch(pieces[0].strip()) if pieces else None
    if claimed:
        pieces.pop(0)
    if len(pieces) > 1 and _is_notice(pieces[-1]):
        pieces.pop()
    found = Found([], stated=int(claimed[1]) if claimed else len(pieces))
    for number, piece in enumerate(pieces, start=1):
        if _LINE_OF_LABEL.search(piece) is None:
            reason = "no label such as 'Full text:' or 'Title:'"
            found.rejected.append(Unread(f"article {number}", reason, piece))
        else:
            _add(found, _of_piece(piece), number, piece)
    return found


def is_proquest_html(text: str) -> bool:
    """Return whether a page is a print view of ProQuest."""
    return (
        re.search(r"\b(?:documentTitle|abstract_Text|titleAuthorETC)\b", text) is not None
        and "<text" in text.casefold()
    )


def read_proquest_html(text: str) -> Found:
    """Return the articles of a print view; an article begins at each title or, where there are none, at each text.

    Raises
    ------
    CorpusError
        When the page cannot be read safely and whole.
    """
    tree = html_tree(text)
    nodes = [] if tree is None else list(tree.iter())
    first = "title" if any(has_class(node, "documentTitle") for node in nodes) else "text"
    articles: list[list[tuple[str, Any]]] = []
    for kind, node in ((_kind(node), node) for node in nodes):
        if kind == first or (kind and not articles):
            articles.append([])
        if kind:
            articles[-1].append((kind, node))
    found = Found([], stated=claimed_count(text, _FIRST) or len(articles))
    for number, parts in enumerate(articles, start=1):
        _add(found, _of_parts(parts), number, "\n".join(raw_of(node) for _, node in parts))
    return found


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
        _add(found, _of_element(node), number, raw_of(node))
    return found


def _add(found: Found, record: Record, number: int, raw: str) -> None:
    if record["headline"] or record["body"]:
        found.records.append(record)
    else:
        found.rejected.append(Unread(f"article {number}", _NO_TEXT, raw))


def _record(values: Mapping[str, str], body: list[str]) -> Record:
    record: Record = {name: values.get(name, "") for name in _COLUMNS if values.get(name) or name in _ALWAYS}
    return {**record, "body": "\n\n".join(body), "lead_paragraphs": 1}


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
    has_ended = _AFTER_TEXT & {_label(block) for block in blocks[_tail_at(blocks) :]}
    if text:
        return "ended" if has_ended else "labels to come"
    return "ended" if has_ended or (_labels(part) and state != "labels to come") else state


def _is_notice(piece: str) -> bool:
    is_short = len(piece) <= _LONGEST_NOTICE
    return is_short and _LINE_OF_LABEL.search(piece) is None and _NOTICE.search(piece) is not None


def _labels(text: str) -> list[str]:
    return [_LABELS[label.casefold()] for label in _LINE_OF_LABEL.findall(text)]


def _label(block: str) -> str | None:
    match = _LABEL.match(block)
    return _LABELS[match[1].casefold()] if match else None


def _tail_at(blocks: list[str]) -> int:
    # No label stands twice in an article, so that the first of two is a line of the text.
    seen: set[str] = set()
    at = len(blocks)
    while at and (label := _label(blocks[at - 1])) and label not in seen:
        seen.add(label)
        at -= 1
    return at


def _of_piece(piece: str) -> Record:
    blocks = _BLANK.split(piece.strip())
    is_after_labels = len(blocks) > 1 and _label(blocks[-2]) not in (None, "Full text")
    if is_after_labels and _is_notice(blocks[-1]):
        blocks.pop()
    text_at = next((at for at, block in enumerate(blocks) if at and _FULL_TEXT.match(block)), len(blocks))
    tail_at = max(_tail_at(blocks), text_at + 1)
    body = blocks[text_at:tail_at]
    if body:
        body[0] = body[0].split(":", 1)[1]
    if len(body) == 1:
        body = body[0].split("\n")
    fields = _fields(blocks[1:text_at] + blocks[tail_at:])
    fields.setdefault("Title", blocks[0])
    return _record(_columns(fields), [one for one in map(_in_one_line, body) if one])


def _fields(blocks: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for block in blocks:
        label = _label(block)
        if label:
            fields.setdefault(label, _in_one_line(block.split(":", 1)[1]))
    return fields


def _columns(fields: Mapping[str, str]) -> dict[str, str]:
    values = {name: _in_one_line(fields.get(label, "")) for name, label in _COLUMNS.items()}
    source = _SOURCE.match(fields.get("Publication info", ""))
    for name in ("outlet", "date", "page"):
        if source and not values[name]:
            values[name] = (source[name] or "").strip(" .")
    return values


def _in_one_line(text: str) -> str:
    # A no-break space is part of the text.
    return _SPACES.sub(" ", text).strip()


def _kind(node: Any) -> str | None:
    if next(node.iterancestors("text"), None) is not None:
        return None
    if node.tag == "text" or has_class(node, "documentTitle"):
        return "text" if node.tag == "text" else "title"
    if has_class(node, "titleAuthorETC"):
        return "source"
    if has_class(node, "abstract_Text") and next(node.iter("text"), None) is None:
        return "abstract"
    if has_class(node, _FIELD):
        return "field"
    is_lowest = node.tag in ("p", "div", "li", "td") and next(node.iter("p", "div", "li", "td", "text"), node) is node
    return "line" if is_lowest and _LABEL.match(text_of(node)) else None


def _of_parts(parts: list[tuple[str, Any]]) -> Record:
    lines = [text_of(node) for kind, node in parts if kind == "line"]
    for node in (node for kind, node in parts if kind == "field"):
        value = node.getnext()
        lines.append(f"{text_of(node).rstrip(' :')}: {text_of(value) if value is not None else ''}")
    fields = _fields(lines)
    titles = [text_of(node) for kind, node in parts if kind == "title"]
    fields["Title"] = " ".join(titles) or fields.get("Title", "")
    sources = [text_of(node) for kind, node in parts if kind == "source"]
    named = [source for source in sources if "[" in source]
    if "Abstract" not in fields:
        fields["Abstract"] = " ".join(text_of(node) for kind, node in parts if kind == "abstract")
    fields.setdefault("Publication info", " ".join(named))
    fields.setdefault("Author", " ".join(source.rstrip(" .") for source in sources if source not in named))
    body = [paragraph for kind, node in parts if kind == "text" for paragraph in paragraphs_of(node)]
    return _record(_columns(fields), body)


def _of_element(record: Any) -> Record:
    paths = {
        "outlet": ".//PubFrosting/Title",
        "date": ".//NumericDate",
        "headline": ".//TitleAtt/Title",
        "byline": ".//Contributor//OriginalForm",
        "section": ".//DocSection",
        "url": ".//Url",
        "standfirst": ".//Abstract//AbsText",
        "language": ".//RawLang",
        "page": ".//Pagination",
        "accession": ".//GOID",
    }
    values = {name: "; ".join(filter(None, map(text_of, record.iterfind(path)))) for name, path in paths.items()}
    body = [paragraph for node in record.iter("Text") for paragraph in _paragraphs_of_text(node)]
    return _record(values, body)


def _paragraphs_of_text(node: Any) -> list[str]:
    # The text is a page of its own, written as characters of the XML.
    text = "".join(node.itertext())
    if len(node):
        return paragraphs_of(node)
    tree = html_tree(text) if _MARKUP.search(text) else None
    if tree is not None:
        return paragraphs_of(tree)
    return [paragraph for paragraph in map(_in_one_line, _BLANK.split(text)) if paragraph]


READERS = (
    Reader("ProQuest HTML", "text", is_proquest_html, read_proquest_html),
    Reader("ProQuest XML", "text", is_proquest_xml, read_proquest_xml),
    Reader("ProQuest text", "text", is_proquest_text, read_proquest_text),
)
