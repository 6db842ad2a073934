"""XML and SGML of no known kind: refused, since its tags would be counted as words and its articles as one."""

import re
from collections import Counter
from typing import NoReturn

from analysis.core.errors import CorpusError
from analysis.reading.cell_markup import is_html_tag
from analysis.reading.records import Reader

_START = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>]*(?:\[.*?\]\s*>|>)\s*)*<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?/?>",
    re.DOTALL,
)
# Of the elements that no HTML has, those that XML of articles has.
_OF_ARTICLES = re.compile(r"<(?:headline|byline|dateline|date|pubdate|source|lead|text)\b", re.IGNORECASE)
_CLOSING = re.compile(r"</([A-Za-z_][\w:.-]*)\s*>")
_NAMED = "exports of Nexis, Factiva, ProQuest and Europresse, Reuters-21578, TREC, NITF, NewsML, RSS and Atom"


def is_unknown_markup(text: str) -> bool:
    """Return whether a text begins with a tag that HTML does not know and closes it again, or holds articles in such tags."""
    start = _START.match(text)
    if start is None or not re.search(rf"</{re.escape(start[1])}\s*>", text):
        return False
    return not is_html_tag(start[1]) or (start[1] == "article" and _OF_ARTICLES.search(text) is not None)


def refuse(text: str) -> NoReturn:
    """Say what the file is, and that it may hold several articles.

    Raises
    ------
    CorpusError
        Always.
    """
    start = _START.match(text)
    name, count = Counter(_CLOSING.findall(text)).most_common(1)[0]
    raise CorpusError(
        f"XML or SGML of a kind that is not known: it begins with <{start[1] if start else name}>, and <{name}> stands in it {count:,} "
        f"times, so it may hold several articles; read are {_NAMED}; write one row an article as CSV or JSON"
    )


READERS = (Reader("unknown XML", "text", is_unknown_markup, refuse),)
