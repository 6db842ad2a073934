"""ProQuest: text export with lines of 60 underscores, HTML print view, and the XML of the text mining service."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of, xml_tree
from analysis.reading.notes import Note
from analysis.reading.records import Found, Reader, Record, Unread, stated_count

_LABELS = {
    label.casefold(): label
    for label in (
        "Title|Author|Publication title|Publication year|Publication date|Publication info|Pages|Section|Dateline|Credit|"
        "People|Company / organization|Business indexing term|Location|Subject|Identifier / keyword|Abstract|Full text|"
        "Links|Document URL|ProQuest document ID|Document type|Source type|Language of publication|"
        "Country of publication|Place of publication|Publisher|Publication subject|ISSN|Copyright|Last updated|Database|"
        "First page|Start page|Number of pages|Volume|Issue|Edition|Column|Year|Alternate title|Correspondence author|Notes|Supplement|"
        "e-ISSN|ISBN|CODEN|DOI|Peer reviewed|Journal subject|Document feature|Special features|Classification|Product name|MeSH|"
        "Publication history|Online publication date|Publication frequency|Accession number|Reviewed work|Caption"
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
_LINE_OF_ID = re.compile(r"^ProQuest document ID:", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"(?:\A|(?<=_\n))\s*Document (\d{1,9}) of (\d{1,9})[ \t]*$", re.MULTILINE)
_OF_NUMBER = re.compile(r"Document \d{1,9} of \d{1,9}\s*\n\s*")
_LIKE_LABEL = re.compile(r"[A-Z][\w /()-]{1,40}:[^\n]*")
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
_FIRST = re.compile(r"documentTitle|titleAuthorETC|DocID_|<text", re.IGNORECASE)
_ANCHOR = "DocID_"
_ANCHOR_TAG = re.compile(rf"""<a\b[^<>]{{0,300}}?\bname\s{{0,5}}=\s{{0,5}}["']?{_ANCHOR}""", re.IGNORECASE)
_LABEL_TAG = re.compile(rf"<(?:strong|b|th|td|span|dt)\b[^<>]{{0,300}}>\s*({'|'.join(map(re.escape, _LABELS))})\s*:", re.IGNORECASE)
_ID_TAG = re.compile(r">\s*ProQuest document ID\s*:", re.IGNORECASE)
_FEWEST_LABELS = 4
# What stands between a headline and the text; other labels stand below the text.
_HEAD_LABELS = {"Author", "Publication info", "Abstract", "Links", "Full text", "Dateline", "Credit"}
_LINK = "ProQuest document link"
_NOT_THERE = re.compile(r"(?:none|not) available\.?|anonymous", re.IGNORECASE)
_EDITION = re.compile(r"(?P<name>.+?)(?:,\s*|:?\s*\[)(?P<edition>[^,\[\]]*\bedition\b[^\[\]]*)\]?", re.IGNORECASE)
_CLAIM = re.compile(r"(\d{1,9}) documents?", re.IGNORECASE)
_LINES = ("p", "div", "li", "td", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
_NO_TEXT = "neither headline nor text"


Part = tuple[str, Any]


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
            _add(found, _of_piece(piece), number, piece)
    return found


def _of_part(numbers: list[tuple[int, int]]) -> list[Note]:
    """Return a note where the numbers of the documents are a part of those that were found."""
    if not numbers or len(numbers) >= max(of for _, of in numbers):
        return []
    first, last = min(numbers)[0], max(numbers)[0]
    finding = f"documents {first:,} to {last:,} of {max(of for _, of in numbers):,}"
    return [Note(finding, kind="part of a download", count=len(numbers), remedy="read the other parts with it")]


def is_proquest_html(text: str) -> bool:
    """Return whether a page is a print view or a mail of ProQuest, or has its labels."""
    if re.search(r"\b(?:documentTitle|abstract_Text|titleAuthorETC)\b", text) and "<text" in text.casefold():
        return True
    labels = {label.casefold() for label in _LABEL_TAG.findall(text)}
    return len(labels) >= _FEWEST_LABELS and bool({"full text", "proquest document id", "document url"} & labels)


def read_proquest_html(text: str) -> Found:
    """Return the articles of a page.

    An article begins at each address of a document, else at each title that a class names, else at each line without a label
    that stands between the last label of one article and the first of the next, else at each text. `stated` is what the head of
    the page claims, else the number of document numbers or of texts, whichever is larger.

    Raises
    ------
    CorpusError
        When the page cannot be read safely and whole.
    """
    tree = html_tree(text)
    nodes = [] if tree is None else list(tree.iter())
    are_bold = any(_is_bold(node) and _LABEL.match(text_of(node)) for node in nodes)
    parts = [(kind, node) for node in nodes if (kind := _kind(node, are_bold=are_bold))]
    articles = _articles(parts)
    signs = (len(_ID_TAG.findall(text)), sum(node.tag == "text" for _, node in parts))
    found = Found([], stated=claimed_count(text, _FIRST) or stated_count(signs, len(articles)))
    for number, article in enumerate(articles, start=1):
        _add(found, _of_parts(article), number, "\n".join(raw_of(node) for _, node in article))
    return found


def _articles(parts: list[Part]) -> list[list[Part]]:
    """Return the parts of each article; what stands above the first is left out."""
    kinds = {kind for kind, _ in parts}
    starts = next((_starts_at(parts, kind) for kind in ("anchor", "title") if kind in kinds), None)
    starts = starts or _starts_between_labels(parts) or _starts_at(parts, "text") or [0]
    above = next((at for at, (kind, _) in enumerate(parts) if kind != "plain"), len(parts))
    if starts[0] > above and parts[above][0] == "text":
        starts = [above, *starts]
    ends = [*starts[1:], len(parts)]
    return [parts[start:end] for start, end in zip(starts, ends, strict=True) if start < end]


def _starts_at(parts: list[Part], wanted: str) -> list[int]:
    return [at for at, (kind, _) in enumerate(parts) if kind == wanted]


def _starts_between_labels(parts: list[Part]) -> list[int]:
    """Return the places of headlines that nothing marks: the line above is a label with its value, the line below a first label."""
    labels = [_label(text_of(node)) if kind == "line" else None for kind, node in parts]
    starts = []
    for at, (kind, _) in enumerate(parts[:-1]):
        is_below = at == 0 or parts[at - 1][0] == "plain" and not starts or _has_value(parts[at - 1])
        if kind == "plain" and is_below and labels[at + 1] in _HEAD_LABELS:
            starts.append(at)
    return starts


def _has_value(part: Part) -> bool:
    kind, node = part
    return kind == "line" and bool(text_of(node).partition(":")[2].strip())


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
    record: Record = {name: values.get(name, "") for name in (*_COLUMNS, "edition", "length_stated") if values.get(name) or name in _ALWAYS}
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
    while at:
        label = _label(blocks[at - 1])
        if label is None and at > 1 and _LIKE_LABEL.fullmatch(blocks[at - 1].strip()):
            # A label that is not known, between two that are.
            at -= 1 if at < len(blocks) and _label(blocks[at - 2]) not in (None, "Full text", *seen) else 0
            label = _label(blocks[at - 1])
        if label is None or label in seen:
            return at
        seen.add(label)
        at -= 1
    return at


def _of_piece(piece: str) -> Record:
    blocks = _BLANK.split(_OF_NUMBER.sub("", piece.strip()))
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
    # "Los Angeles Times; Los Angeles, Calif.", "New York Times, Late Edition (East Coast)", "Ferry sinks: [Final Edition]".
    values["outlet"] = values["outlet"].split(";")[0].strip()
    for name in ("headline", "outlet"):
        if edition := _EDITION.fullmatch(values[name]):
            values |= {name: edition["name"].strip(), "edition": edition["edition"].strip()}
    return {name: "" if _NOT_THERE.fullmatch(value) else value for name, value in values.items()}


def _in_one_line(text: str) -> str:
    # A no-break space is part of the text.
    return _SPACES.sub(" ", text).strip()


def _is_bold(node: Any) -> bool:
    return node.tag in ("strong", "b", "th", "dt")


def _kind(node: Any, *, are_bold: bool) -> str | None:
    """Return what part of an article a node is; where labels are bold, a line of the text that begins like one is none."""
    if next(node.iterancestors("text"), None) is not None:
        return None
    if node.tag == "a" and (node.get("name") or "").startswith(_ANCHOR):
        return "anchor"
    if node.tag == "text" or has_class(node, "documentTitle"):
        return "text" if node.tag == "text" else "title"
    if has_class(node, "titleAuthorETC"):
        return "source"
    if has_class(node, "abstract_Text") and next(node.iter("text"), None) is None:
        return "abstract"
    if has_class(node, _FIELD):
        return "field"
    if node.tag not in _LINES or next(node.iterdescendants(*_LINES, "text"), None) is not None:
        return None
    line = text_of(node)
    bold = next((inner for inner in node.iterdescendants() if _is_bold(inner)), None)
    is_label = _LABEL.match(line if not are_bold else "" if bold is None else text_of(bold))
    return "line" if is_label else "plain" if line and line != _LINK else None


def _of_parts(parts: list[Part]) -> Record:
    lines = _lines_of(parts)
    for node in (node for kind, node in parts if kind == "field"):
        value = node.getnext()
        lines.append(f"{text_of(node).rstrip(' :')}: {text_of(value) if value is not None else ''}")
    fields = _fields(lines)
    titles = [text_of(node) for kind, node in parts if kind == "title"]
    bare = [kind for kind, _ in parts if kind not in ("anchor", "source")]
    if not titles and bare[:1] == ["plain"]:
        titles = [next(text_of(node) for kind, node in parts if kind == "plain")]
    fields["Title"] = " ".join(titles) or fields.get("Title", "")
    sources = [text_of(node) for kind, node in parts if kind == "source"]
    named = [source for source in sources if "[" in source]
    if "Abstract" not in fields:
        fields["Abstract"] = " ".join(text_of(node) for kind, node in parts if kind == "abstract")
    fields.setdefault("Publication info", " ".join(named))
    fields.setdefault("Author", " ".join(source.rstrip(" .") for source in sources if source not in named))
    lengths = {node.get("wordcount") or "" for kind, node in parts if kind == "text"}
    values = {**_columns(fields), "length_stated": lengths.pop() if len(lengths) == 1 else ""}
    return _record(values, _body(parts))


def _lines_of(parts: list[Part]) -> list[str]:
    """Return the lines with labels; a label without a value takes the line below, but a text is not taken."""
    lines: list[str] = []
    is_open = False
    for kind, node in parts:
        line = text_of(node)
        if kind == "plain" and is_open:
            lines[-1] += f" {line}"
        if kind == "line":
            lines.append(line)
        is_open = kind == "line" and line.endswith(":") and _label(line) != "Full text"
    return lines


def _body(parts: list[Part]) -> list[str]:
    """Return the paragraphs of the texts or, where these are empty, those below them up to the next label."""
    texts = [node for kind, node in parts if kind == "text" and text_of(node)]
    if texts:
        return [paragraph for node in texts for paragraph in paragraphs_of(node)]
    body: list[str] = []
    is_text = False
    for kind, node in parts:
        line = text_of(node)
        if kind == "text":
            is_text = True
        elif kind == "line":
            is_text = _label(line) == "Full text"
            body += [line.partition(":")[2].strip()] if is_text else []
        elif kind == "plain" and is_text:
            body.append(line)
    return [paragraph for paragraph in body if paragraph]


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
