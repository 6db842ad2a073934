"""ProQuest in HTML: the print view with its classes, mails, and pages whose labels alone tell their articles."""

import re
from typing import Any

from analysis.reading.archives.proquest_fields import LABEL, LABELS, columns_of, fields_of, label_of, record_of
from analysis.reading.markup import claimed_count, has_class, html_tree, paragraphs_of, raw_of, text_of
from analysis.reading.records import Found, Record, stated_count

Part = tuple[str, Any]

_FIELD = "display_record_indexing_fieldname"
_FIRST = re.compile(r"documentTitle|titleAuthorETC|DocID_|<text", re.IGNORECASE)
_ANCHOR = "DocID_"
_LABEL_TAG = re.compile(
    rf"<(?:strong|b|th|td|span|dt)\b[^<>]{{0,300}}>\s*({'|'.join(map(re.escape, LABELS))})\s*:", re.IGNORECASE
)
_ID_TAG = re.compile(r">\s*ProQuest document ID\s*:", re.IGNORECASE)
_FEWEST_LABELS = 4
# What stands between a headline and the text; other labels stand below the text.
_HEAD_LABELS = {"Author", "Publication info", "Abstract", "Links", "Full text", "Dateline", "Credit"}
_LINK = "ProQuest document link"
_LINES = ("p", "div", "li", "td", "dd", "h1", "h2", "h3", "h4", "h5", "h6")


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
    are_bold = any(_is_bold(node) and LABEL.match(text_of(node)) for node in nodes)
    parts = [(kind, node) for node in nodes if (kind := _kind(node, are_bold=are_bold))]
    articles = _articles(parts)
    signs = (len(_ID_TAG.findall(text)), sum(node.tag == "text" for _, node in parts))
    found = Found([], stated=claimed_count(text, _FIRST) or stated_count(signs, len(articles)))
    for number, article in enumerate(articles, start=1):
        found.take(_of_parts(article), number, "\n".join(raw_of(node) for _, node in article))
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
    labels = [label_of(text_of(node)) if kind == "line" else None for kind, node in parts]
    starts: list[int] = []
    for at, (kind, _) in enumerate(parts[:-1]):
        is_below = at == 0 or (parts[at - 1][0] == "plain" and not starts) or _has_value(parts[at - 1])
        if kind == "plain" and is_below and labels[at + 1] in _HEAD_LABELS:
            starts.append(at)
    return starts


def _has_value(part: Part) -> bool:
    kind, node = part
    return kind == "line" and bool(text_of(node).partition(":")[2].strip())


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
    is_label = LABEL.match(line if not are_bold else "" if bold is None else text_of(bold))
    return "line" if is_label else "plain" if line and line != _LINK else None


def _of_parts(parts: list[Part]) -> Record:
    lines = _lines_of(parts)
    for node in (node for kind, node in parts if kind == "field"):
        value = node.getnext()
        lines.append(f"{text_of(node).rstrip(' :')}: {text_of(value) if value is not None else ''}")
    fields = fields_of(lines)
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
    values = {**columns_of(fields), "length_stated": lengths.pop() if len(lengths) == 1 else ""}
    return record_of(values, _body(parts))


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
        is_open = kind == "line" and line.endswith(":") and label_of(line) != "Full text"
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
            is_text = label_of(line) == "Full text"
            body += [line.partition(":")[2].strip()] if is_text else []
        elif kind == "plain" and is_text:
            body.append(line)
    return [paragraph for paragraph in body if paragraph]
