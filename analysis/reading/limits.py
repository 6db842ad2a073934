"""How much is read at most: of one document, of the columns of a table, of HTML and XML that would take a parser minutes.

An export holds thousands of articles and a web page one, so that they have limits of their own; what is counted, and how, is
the same but for quotation marks, which libxml2 and browsers read differently.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from analysis.core.errors import CorpusError

# Far above any article or book: "War and Peace" has 3 MB. What is longer is a file that was read wrongly.
MOST_DOCUMENT_BYTES = 64 << 20
MOST_COLUMNS = 10_000

# As HTML reads them, quotation marks count only after "="; possessive, so that no page can make the search go back.
_COMMENT_SCRIPT_OR_TAG = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+"
    r"""|(<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)""",
    re.IGNORECASE,
)
# As libxml2 reads them, they count wherever they stand.
_ANY_TAG = re.compile(r"""(<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+'|<)*+)""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")
_SPACES = re.compile(r"[\s=]+")


class Limits(NamedTuple):
    """How much of a file is read at most, what to do where it is more, and how its parser reads a tag and its attributes."""

    what: str
    characters: int
    tags: int
    attributes: int
    remedy: str
    tag: re.Pattern[str]
    n_attributes: Callable[[str], int]


def _as_a_browser(tag: str) -> int:
    return len(_BETWEEN_ATTRIBUTES.split(_QUOTED.sub(" ", tag).rstrip())) - 1


def _at_most(tag: str) -> int:
    # Spaces count in quoted values too, so that no odd quotation mark can hide attributes; slashes cannot, because pictures that
    # are written into a tag are full of them.
    return len(_SPACES.findall(tag)) + _QUOTED.sub("", tag).count("/")


# libxml2's HTML parser takes quadratic time in the attributes of one tag: 10,000 a quarter second, 200,000 five minutes.
EXPORT = Limits("file", 50_000_000, 1_000_000, 2_000, "export fewer articles to a file", _ANY_TAG, _at_most)
# Far above any real page (7,140 tags and 1 MB were the most of 187).
PAGE = Limits("page", 10_000_000, 40_000, 1_000, "save the article alone", _COMMENT_SCRIPT_OR_TAG, _as_a_browser)


def check_size(data: str | bytes, most: Limits) -> None:
    """Raise a CorpusError where a file is longer than is read, or has more tags."""
    n_tags = data.count("<") if isinstance(data, str) else data.count(b"<")
    for count, allowed, unit in ((len(data), most.characters, "characters"), (n_tags, most.tags, "tags")):
        if count > allowed:
            raise CorpusError(f"the {most.what} has {count:,} {unit}; allowed are {allowed:,}; {most.remedy}")


def check_attributes(text: str, most: Limits) -> None:
    """Raise a CorpusError where a tag has more attributes than are read; the message begins with the line."""
    for match in most.tag.finditer(text):
        # An attribute takes two characters at least; shorter tags need no count.
        if (
            match[1]
            and len(match[1]) > 2 * most.attributes
            and (count := most.n_attributes(match[1])) > most.attributes
        ):
            line = text.count("\n", 0, match.start()) + 1
            raise CorpusError(
                f"line {line}: one tag with up to {count:,} attributes; allowed are {most.attributes:,}; "
                f"take it out, or {most.remedy}"
            )
