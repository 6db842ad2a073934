"""The words of Nexis exports in the languages of its interfaces: labels, marks, separators, copyright lines and lengths."""

import re
import unicodedata
from functools import lru_cache

from analysis.core.word_lists import word_lists

_LISTS = word_lists("reading/archives/nexis.txt")
LABELS = _LISTS["labels"]
# Words that are labels in capitals only, as the old nexis.com has them: small, they begin too many lines of text.
_CAPITAL_LABELS = _LISTS["labels in capitals"]
ALONE = (
    "language",
    "load_date",
    "url",
    "copyright",
    "correction",
    "graphic",
    "dateline",
)  # below the text, a column each
HEAD_COLUMNS = ("section", "length_stated", "byline", "standfirst", "dateline", "graphic", "edition", "abstract")
CLASSIFICATION_COLUMNS = tuple(list(LABELS)[list(LABELS).index("language") :])

_COPYRIGHT = re.compile(
    r"(?:(?:Copyright|Copy|©|\(c\))\W*(?:\(c\)\W*|©\W*)?\d{4}\b|All rights reserved|Alle Rechte vorbehalten|Tous droits"
    r"|Alle rechten voorbehouden|Todos los derechos|Tutti i diritti|Todos os direitos)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:rights? )?reserved\b|(?:\w+ ){0,2}(?:vorbehalten|réservés|reservados|riservati)\b", re.IGNORECASE
)
_UNITS = "words?|wörter|woerter|worte|mots?|woorden|palabras|parole|palavras|ord"
_LENGTH = re.compile(rf"(\d[\d.,]*)\s*(?:{_UNITS})\b.{{0,20}}", re.IGNORECASE)
_NUMBERS = r"(\d[\d.,]{0,11}) (?:of|von|de|van|di|af|av|sur|aus) (\d[\d.,]{0,11})"
_DOCUMENTS = r"(?:documents?|dokumente?|documenten|documentos?|documenti|documento|stories|story)"
_SEPARATOR = re.compile(
    rf"(?:(?:focus|level \d+) ?- ?)?(?:{_NUMBERS} {_DOCUMENTS}|{_DOCUMENTS} {_NUMBERS})", re.IGNORECASE
)
_COUNTED = re.compile("[dD](?:OCUM|ocum|OKUM|okum)|STOR|stor")
_LONGEST_SEPARATOR = 200
_CAPITAL_LABEL = re.compile(r"([A-ZÀ-ÖØ-Þ]+(?:[ /-][A-ZÀ-ÖØ-Þ]+){0,4}) ?:(?:\s+(.*))?", re.DOTALL)


_LINE_END = re.compile(r"[ \t]*\n[ \t]*")


@lru_cache(2**12)
def folded(words: str) -> str:
    """Return words in small letters, without accents, full stops and hyphens."""
    kept = (char for char in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(kept).replace("-", " ").replace(".", " ").split())


_COLUMN_OF = {folded(word): column for column, words in reversed(LABELS.items()) for word in words}
_CAPITAL_COLUMN_OF = {
    **{folded(word): column for column, words in _CAPITAL_LABELS.items() for word in words},
    **_COLUMN_OF,
}
_MARKS = {mark: frozenset(folded(word) for word in words) for mark, words in _LISTS["marks"].items()}
_ANY_WORD = "|".join(
    re.escape(word).replace(r"\-", "[ -]")
    for word in sorted({word for words in LABELS.values() for word in words}, key=len, reverse=True)
)
_LABEL = re.compile(rf"({_ANY_WORD})\s?:(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def one_line(text: str) -> str:
    """Return a text without its line ends; other blanks, such as the narrow ones of French, stay."""
    return _LINE_END.sub(" ", text).strip()


def label_words(*columns: str) -> str:
    """Return an alternation of the labels of some columns, for patterns."""
    return "|".join(re.escape(word) for column in columns for word in LABELS[column])


def is_mark(line: str, mark: str) -> bool:
    """Whether a line is a mark and nothing else: "Body", "End of Document"."""
    return len(line) < 60 and folded(line.strip().rstrip(":")) in _MARKS[mark]


def is_mark_word(label: str, mark: str) -> bool:
    """Whether a label of the old nexis.com, such as "TEXT", announces what a mark does."""
    return folded(label) in _MARKS[mark]


def column_of(line: str) -> str:
    """Return the column whose label begins the line, or ""."""
    match = _LABEL.fullmatch(line.strip())
    return _COLUMN_OF[folded(match[1])] if match else ""


def value_of(line: str) -> str:
    """Return what stands behind the label of a line, or ""."""
    match = _LABEL.fullmatch(line.strip())
    return (match[2] or "").strip() if match else ""


def capital_label(line: str) -> tuple[str, str]:
    """Return the label in capitals that begins a line, known or not, and what stands behind it; ("", "") without one."""
    match = _CAPITAL_LABEL.fullmatch(line.strip())
    return (match[1], (match[2] or "").strip()) if match else ("", "")


def capital_column(label: str) -> str:
    """Return the column of a label of the old nexis.com, or ""."""
    return _CAPITAL_COLUMN_OF.get(folded(label), "") if label else ""


def is_copyright(line: str) -> bool:
    """Whether a line begins as a copyright notice does."""
    return bool(_COPYRIGHT.match(line))


def is_rest_of_copyright(line: str) -> bool:
    """Whether a line goes on with a copyright notice: "Rights Reserved"."""
    return bool(_COPYRIGHT.match(line) or _RIGHTS.match(line))


def stated_words(text: str) -> int | None:
    """Return the number in "355 words", or None where the text is no length."""
    match = _LENGTH.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match[1])) if match else None


def separator(line: str) -> tuple[int, int] | None:
    """Return (1, 10) for the line "1 of 10 DOCUMENTS"."""
    if len(line) > _LONGEST_SEPARATOR or not _COUNTED.search(line):
        return None
    match = _SEPARATOR.fullmatch(" ".join(line.split()))
    if not match:
        return None
    number, total = (int(re.sub(r"\D", "", group)) for group in match.groups() if group)
    return number, total
