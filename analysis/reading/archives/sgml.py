"""Reuters-21578, and the collections of TREC and the LDC: SGML that is no XML, with one element an article.

References
----------
Lewis, D. D. (1997). Reuters-21578 text categorization test collection, README (elements, TYPE="BRIEF" and "UNPROC").
Voorhees, E. M. and Harman, D. K. (2005). TREC: Experiment and evaluation in information retrieval, chapter 2 (document formats).
"""

import html
import re
import textwrap
from datetime import datetime

from analysis.core.word_lists import word_lists
from analysis.reading.records import Found, Reader, Record, filled

_REUTERS = re.compile(r"\s*(?:<!DOCTYPE\s+lewis\b[^<>]*>\s*)?<REUTERS\b", re.IGNORECASE)
_OPEN_REUTERS = re.compile(r"<REUTERS\b([^<>]*)>", re.IGNORECASE)
_DOC = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>]*>\s*|<DOCSTREAM>\s*)*"
    r"<DOC\b[^<>]*>\s*(?:<DOC(?:NO|ID)>|<[A-Z_]+>|<!--)",
    re.DOTALL,
)
_OPEN_DOC = re.compile(r"^[ \t]*<DOC\b([^<>]*)>", re.MULTILINE)
_ID = re.compile(r"""\b(?:NEWID|id)\s*=\s*["']?([^"'\s>]+)""")
_CONTROL = re.compile(r"&#(?:[0-8]|1[124-9]|2[0-9]|3[01]|127);")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"[ \t\n]+")
_PARAGRAPH_TAG = re.compile(r"</?(?:P|SUBHEAD|H[1-9]|ANNOTATION|BR)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w.-]*(?:\s[^<>]*)?>")
# A new paragraph: a blank line, or a line that is set in; a copy of Reuters that goes round has "&\\t" for the spaces.
_INDENT = re.compile(r"\n(?:[ \t]*\n)+|\n(?:\t+| {3,}|&(?:\\t|\t))(?=\S)")
_SIGNATURE = re.compile(r"\n[ \t]*REUTERS?[ \t]*$", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}-[A-Z]{3}-\d{4}|[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}")
_SHORT_DAY = re.compile(r"(\d{2})(\d{2})(\d{2})")
_ID_PARTS = re.compile(r"([A-Z]+)(?:_[A-Z]{3}_?)?(\d{8}|\d{6})?")
_PAGE_OF_SOURCE = re.compile(r"\s*\([A-Z]{1,3}\).*|,\s*PAGE.*", re.DOTALL)
_SOURCES = word_lists("reading/archives/sgml.txt")["sources"]
# Elements of the collections, the likeliest first; a document has one or two of each list.
_HEADLINES = ("HEADLINE", "HL", "HEAD", "TITLE", "TI", "HT")
_DATES = ("DATE_TIME", "DATETIME", "DATE", "DATE1", "DD", "PUBDATE")
_OUTLETS = ("PUB", "PUBLISHER", "SO", "SOURCE", "JOURNAL")
_BYLINES = ("BYLINE", "BY", "AUTHOR")
_LEADS = ("LP", "LEADPARA")


def is_reuters(text: str) -> bool:
    """Return whether a text begins as a file of Reuters-21578 does."""
    return _REUTERS.match(text) is not None


def is_trec(text: str) -> bool:
    """Return whether a text begins as a file of TREC or the LDC does."""
    return _DOC.match(text) is not None


def read_reuters(text: str) -> Found:
    """Return the stories of a file of Reuters-21578; `stated` counts the tags that close one.

    A story of type BRIEF is a headline without a body: the collectors put three words there, which are no text of Reuters.
    """
    found = Found([], stated=len(re.findall(r"</REUTERS>", text, re.IGNORECASE)))
    for number, (attributes, story) in enumerate(_parts(text, _OPEN_REUTERS), start=1):
        inner = _element(story, "TEXT")
        body = _element(story, "BODY")
        if not body and 'TYPE="BRIEF"' not in story:
            body = re.sub(r"<(TITLE|DATELINE|AUTHOR)\b.*?</\1>", "", inner, flags=re.DOTALL)
        headline = _line(_element(story, "TITLE"))
        text_of_body = _paragraphs(_SIGNATURE.sub("", _CONTROL.sub("", body).rstrip()))
        id_ = _ID.search(attributes)
        record: Record = {"article_id": f"reuters-{id_[1]}"} if id_ else {}
        record |= {
            "outlet": "Reuters",
            "date": _day(_line(_element(story, "DATE"))),
            "headline": headline,
            "body": text_of_body,
            "byline": _line(_element(story, "AUTHOR")),
            "dateline": _line(_element(story, "DATELINE")).rstrip(" -"),
            "subject": "; ".join(re.findall(r"<D>([^<>]*)</D>", _element(story, "TOPICS"))),
        }
        found.take(filled(record), number, story)
    return found


def read_trec(text: str) -> Found:
    """Return the documents of a file of TREC or the LDC; `stated` counts the tags that close one.

    The number of a document says its outlet, and often its day, where no element does.
    """
    found = Found([], stated=len(re.findall(r"</DOC>", text)))
    for number, (attributes, document) in enumerate(_parts(text, _OPEN_DOC), start=1):
        found.take(_document(attributes, _COMMENT.sub("", document)), number, document)
    return found


def _document(attributes: str, document: str) -> Record:
    named = _ID.search(attributes)
    id_ = _line(_element(document, "DOCNO")) or (named[1] if named else "") or _line(_element(document, "DOCID"))
    outlet, day = _of_id(id_)
    lead = _paragraphs("\n\n".join(_element(document, name) for name in _LEADS))
    text = _paragraphs("\n\n".join(_elements(document, "TEXT")))
    record: Record = {"article_id": id_} if id_ else {}
    if lead and text:
        record["lead_paragraphs"] = lead.count("\n\n") + 1
    headline = _first(document, _HEADLINES)
    record |= {
        "outlet": outlet or _PAGE_OF_SOURCE.sub("", _first(document, _OUTLETS)),
        "date": _day(_first(document, _DATES)) or day,
        "headline": re.sub(r"^FT\s+\d{2} [A-Z]{3} \d{2} / ", "", headline),
        "body": "\n\n".join(part for part in (lead, text) if part),
        "byline": _first(document, _BYLINES),
        "section": _first(document, ("SECTION",)),
        "dateline": _first(document, ("DATELINE",)),
    }
    return filled(record)


def _parts(text: str, opening: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the attributes of each opening tag, and what follows up to the next one."""
    matches = list(opening.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [(match[1], text[match.end() : end]) for match, end in zip(matches, ends, strict=True)]


def _element(text: str, name: str) -> str:
    return next(iter(_elements(text, name)), "")


def _elements(text: str, name: str) -> list[str]:
    return re.findall(rf"<{name}(?:\s[^<>]*)?>(.*?)</{name}>", text, re.DOTALL)


def _first(document: str, names: tuple[str, ...]) -> str:
    return next((line for line in (_line(_element(document, name)) for name in names) if line), "")


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", _CONTROL.sub("", text)))


def _line(text: str) -> str:
    return _SPACES.sub(" ", _plain(text)).strip()


def _paragraphs(text: str) -> str:
    """Return text with wrapped lines joined, and paragraphs parted by a blank line."""
    parted = _PARAGRAPH_TAG.sub("\n\n", _CONTROL.sub("", text))
    # Where every line is set in, none of them begins a paragraph by that.
    lines = (_line(passage) for passage in _INDENT.split("\n" + textwrap.dedent(parted)))
    return "\n\n".join(line for line in lines if line)


def _day(written: str) -> str:
    """Return the day of a date line, without the weekday and edition that stand behind it."""
    short = _SHORT_DAY.fullmatch(written)
    if short:
        return f"19{short[1]}-{short[2]}-{short[3]}"
    day = _DAY.match(written)
    return day[0] if day else written


def _of_id(id_: str) -> tuple[str, str]:
    """Return the outlet and the day that the number of a document says, "" where it says none."""
    parts = _ID_PARTS.match(id_)
    outlet, *forms = _SOURCES.get(parts[1], ("",)) if parts else ("",)
    try:
        day = datetime.strptime(parts[2] or "", forms[0]).date().isoformat() if parts and forms else ""
    except ValueError:
        day = ""
    return outlet, day


READERS = (
    Reader("Reuters-21578 SGML", "text", is_reuters, read_reuters),
    Reader("TREC SGML", "text", is_trec, read_trec),
)
