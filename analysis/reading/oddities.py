"""What is odd about the articles of a corpus, whatever files they came from, as notes."""

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import array_of, is_blank, is_true, texts_at
from analysis.core.schema import ARTICLES, TEXT_FIELDS
from analysis.core.word_lists import lines_of, word_lists
from analysis.reading.cell_markup import has_markup
from analysis.reading.edges import may_repeat
from analysis.reading.missing import are_missing_words
from analysis.reading.notes import Note
from analysis.reading.rooms import Room, parts_of
from analysis.reading.signs import BRACKET, WIDE, signs_in
from analysis.tokens.damaged_marks import have_damaged_marks

# A corpus that `framing read` wrote has columns that reading itself adds.
_OF_READING = frozenset(word_lists("reading/columns.txt")["of reading"]["columns"])
_Mask = npt.NDArray[np.bool_]

_MAY_BE_MISSING = ("outlet", "headline", "body")
_LONG_TEXT = 200  # characters, on average: longer than headlines and standfirsts are

MOST_WORDS = 20_000  # in one article; the longest features of newspapers stay below
_SHORT_BODY = 20  # words
_SHORT_SHARE = 0.2
_FEWEST_SHORT = 5
_NO_BODY_SHARE = 0.1
_STUB = 200  # words: what is longer is no error page
_LONGEST_WORD = 12  # bytes, in the mean of a text
_REPEATED_WORDS = 8
_REPEATS = 3
_MOST_OF_CELL = 32_767  # characters in a cell of Excel
_CUT = r"\[\s*(?:\+?[0-9]+ (?:chars|characters|words|more)|…|\.\.\.)\s*\]\s*$"
_HEAD = 400  # characters of the head of an entry
_SEPARATOR = (
    r"(?:\d{1,6} (?:of|OF|von|de|sur|van|di) \d{1,6}(?: (?:DOCUMENTS?|Dokumente?|documents?))?|(?:Dokument|Document|DOCUMENT|DOKUMENT)"
    r" \d{1,6} (?:von|de|of|OF|VON|DE) \d{1,6}|End of Document|Dokumentende|Fin du document|[_=*-]{10,}|[*#]{3,}"
    r"|Document [A-Za-z]{2,8}\d{9,}\w*)[ \t]*$"
)
_LABELS = (
    "Headline|Title|Titel|Titre|Kop|Überschrift|Length|Länge|Longueur|Byline|Author|Auteur|Autor|Publication|Publication title|"
    "Publication date|Newspaper|Zeitung|Source|Quelle|Date|Datum|Section|Load-Date|Full text|Volltext|Abstract|Document URL|"
    "ProQuest document ID|Copyright"
)
_LABEL = rf"(?:{_LABELS}|{_LABELS.upper()})[ \t]?:"
_CODE = r"(?:HD|BY|WC|PD|SN|SC|LA|CY|LP|TD|AN|NS|RE|PUB)(?:\t|[ \xA0]*$|[ \xA0]{2,})"
_TAG = r"<(?i:doc|docno|reuters|article|item|entry|nitf|newsitem|record|story)\b"
_SIGN = re.compile(rf"^[ \t]*({_SEPARATOR}|{_LABEL}|{_CODE}|{_TAG})", re.MULTILINE)
_NAMES = re.compile(r"[\d_=*#-]+")
_NUMBERED = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|\[\d{1,3}\])[ \t]", re.MULTILINE)
_ANY_SIGN = rf"(?:{_SIGN.pattern}|{_NUMBERED.pattern})"
_DATE_LINE = re.compile(
    r"^[^\n]{0,60}?\b(?:\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}|[^\W\d]{3,10} \d{1,2}, \d{4})"
    r"[^\n]{0,40}$",
    re.MULTILINE,
)
_MOJIBAKE = r"â€[œ\x9d™˜“”¦¢]|Ã[©¨¤¶¼Ÿ¡±³º­ª«®´¢§‰–œ]"
_SPLIT = "look at them, and export again in a format that is read, or split them"
_ERROR_PAGE = re.compile("|".join(lines_of("reading/error_pages.txt")), re.IGNORECASE)


def oddities(articles: pd.DataFrame, room: Room, noted: Iterable[Note] = ()) -> list[Note]:
    """Return what is odd about articles: what they lack, several in one, mark-up and missing-value words, error pages, short bodies.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    room : Room
        Where their texts lie.
    noted : iterable of Note
        What the readers of the files say already: bodies that a service does not give are no second note.
    """
    if articles.empty:
        return []
    seen = pd.concat([_seen(part) for part in parts_of(room, articles)])
    n_known = sum(note.count for note in noted if note.kind == "no body")
    return [
        *_bodiless(articles, seen, n_known),
        *_lacking(articles, "outlet", "an outlet", "or for text files outlet_from='folder'"),
        *_lacking(articles, "date", "a date"),
        *_several(articles, seen),
        *_giant(articles, seen),
        *_repeating(articles, seen),
        *_marked_up(articles, seen),
        *_misread(articles, seen),
        *_damaged_marks(articles, seen),
        *_lost_letters(articles, seen),
        *_cut(articles, seen),
        *_missing_words(articles, seen),
        *_error_pages(articles, seen),
        *_short(articles, seen),
    ]


def _seen(articles: pd.DataFrame) -> pd.DataFrame:
    """Return what is seen in the texts of each article; the notes are made of this alone, so that texts are read part by part."""
    n_words = _n_words(articles["body"])
    return pd.DataFrame(
        {
            "n_words": n_words,
            "bodiless": _is_blank(articles["body"]),
            "several": _repeated_signs(articles),
            "repeats": _are_repeating(articles["body"]),
            "marked_up": _any_field(has_markup(articles[field]) for field in TEXT_FIELDS),
            "misread": _any_field(_matches(articles[field], _MOJIBAKE, WIDE) for field in TEXT_FIELDS),
            "damaged": _any_field(have_damaged_marks(articles[field]) for field in TEXT_FIELDS),
            "lost": np.sum([_counts(articles[field], "\ufffd") for field in TEXT_FIELDS], axis=0),
            "cut": _are_cut(articles["body"]),
            "error_page": _are_error_pages(articles, n_words),
            **{f"missing {column}": are_missing_words(articles[column]) for column in _MAY_BE_MISSING},
        },
        index=articles.index,
    )


def _n_words(bodies: pd.Series) -> npt.NDArray[np.int64]:
    """Return how many words each body has, where that may be few or absurdly many; elsewhere `_STUB`, which is neither."""
    lengths = np.asarray(pc.binary_length(array_of(bodies)), np.int64)
    counts = np.full(len(bodies), _STUB, np.int64)
    places = np.flatnonzero((lengths < _STUB * _LONGEST_WORD) | (lengths > MOST_WORDS))
    counts[places] = [len(body.split()) for body in texts_at(bodies, places)]
    return counts


def _noted(articles: pd.DataFrame, at: _Mask, finding: str, *, kind: str, remedy: str = "") -> list[Note]:
    """Return a note with the number of the articles that are meant for ``{n}``, and the first of them; none where there is none."""
    if not at.any():
        return []
    n = int(at.sum())
    first = articles.iloc[int(np.flatnonzero(at)[0])]
    file = first["source_file"] if isinstance(first["source_file"], str) and first["source_file"] else "table"
    where = f"first: article '{first['article_id']}' of {file}"
    return [Note(f"{finding.replace('{n}', f'{n:,}')} ({where})", kind=kind, count=n, remedy=remedy)]


def _is_blank(values: pd.Series) -> _Mask:
    if not isinstance(values.dtype, pd.StringDtype):
        return values.isna().to_numpy(bool)
    return is_blank(values)


def _bodiless(articles: pd.DataFrame, seen: pd.DataFrame, n_known: int) -> list[Note]:
    no_body = seen["bodiless"].to_numpy()
    if no_body.sum() <= n_known:
        return []
    if no_body.all():
        finding = "no article has a body: only headlines and standfirsts can be measured"
        remedy = "name the column of the text, as in columns={'body': '…'}"
        return [Note(finding, kind="no body", count=len(articles), remedy=remedy)]
    if no_body.mean() <= _NO_BODY_SHARE:
        return []
    return _noted(articles, no_body, f"{{n}} of {len(articles):,} articles have no body", kind="no body")


def _lacking(articles: pd.DataFrame, column: str, named: str, otherwise: str = "") -> list[Note]:
    lacks = _is_blank(articles[column])
    if lacks.all():
        remedy = ", ".join(filter(None, (f"name the column, as in columns={{'{column}': '…'}}", otherwise)))
        return [Note(f"no article has {named}", kind=f"no {column}", count=len(articles), remedy=remedy)]
    return _noted(articles, lacks, f"{{n}} of {len(articles):,} articles have no {column}", kind=f"no {column}")


def _several(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    """Return a note on articles in which signs of a record repeat, as where several were read as one."""
    signs = seen["several"]
    first = next(filter(None, signs), "")
    finding = f"{{n}} articles look like several articles in one: {first}"
    return _noted(articles, (signs != "").to_numpy(bool), finding, kind="several articles in one", remedy=_SPLIT)


def _repeated_signs(articles: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return which sign of a record repeats in each article, "" where none does."""
    # The head of the first of several was taken for a headline and standfirst. Most texts hold no two signs of any kind.
    n_signs = sum(_counts(articles[field], _ANY_SIGN) for field in TEXT_FIELDS)
    likely = np.flatnonzero(n_signs > 1)
    texts = (
        articles["headline"].iloc[likely]
        + "\n\n"
        + articles["standfirst"].iloc[likely]
        + "\n\n"
        + articles["body"].iloc[likely]
    )
    of_kinds = [(_counts(texts, pattern.pattern), fewest) for pattern, fewest in ((_SIGN, 2), (_NUMBERED, _REPEATS))]
    certain = np.logical_or.reduce([counts >= fewest for counts, fewest in of_kinds])
    signs = np.full(len(articles), "", dtype=object)
    signs[likely] = [_repeated_sign(text) if is_one else "" for text, is_one in zip(texts, certain, strict=True)]
    return signs


def _counts(texts: pd.Series, pattern: str) -> npt.NDArray[np.int64]:
    """Return how often each text has a pattern; its ``^`` and ``$`` are the ends of lines."""
    return np.asarray(pc.count_substring_regex(array_of(texts), pattern=f"(?m){pattern}"), np.int64)


def _giant(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    n_words = seen["n_words"].to_numpy()
    finding = f"{{n}} articles have more than {MOST_WORDS:,} words, the longest {n_words.max():,}, and may be several articles in one"
    return _noted(articles, n_words > MOST_WORDS, finding, kind="giant article", remedy=_SPLIT)


def _repeating(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    finding = f"{{n}} articles have a paragraph {_REPEATS} times or more"
    remedy = "see whether they are several, or a menu"
    return _noted(articles, seen["repeats"].to_numpy(), finding, kind="repeating article", remedy=remedy)


def _are_repeating(bodies: pd.Series) -> _Mask:
    at = may_repeat(array_of(bodies), _REPEATS)
    likely = np.flatnonzero(at)
    at[likely] = [_repeats(body) for body in texts_at(bodies, likely)]
    return at


def _repeated_sign(body: str) -> str:
    """Return the sign of a record that stands twice or more in a body, beside another kind of sign where one alone says little."""
    found = [match[1].strip() for match in _SIGN.finditer(body)]
    kinds = Counter(_kind_of_sign(sign) for sign in found)
    name, count = kinds.most_common(1)[0] if kinds else ("", 0)
    strong = [sign for sign in found if re.fullmatch(_SEPARATOR, sign) and any(letter.isalpha() for letter in sign)]
    if len(strong) > 1 or len([kind for kind, n in kinds.items() if n > 1]) > 1:
        return f"'{strong[0] if len(strong) > 1 else name}' stands {count} times"
    if kinds.get("rule", 0) >= _REPEATS - 1 and len(_DATE_LINE.findall(body)) >= _REPEATS:
        return f"lines that part them stand {kinds['rule']} times"
    if any(kind.startswith("<") and n > 1 for kind, n in kinds.items()):
        return f"the tag {name} stands {count} times"
    dated = sum(_is_dated(body, match.end()) for match in _NUMBERED.finditer(body))
    return f"{dated} numbered entries, each with a date" if dated >= _REPEATS else ""


def _is_dated(body: str, start: int) -> bool:
    """Whether a line with a date stands within two lines below a place, as in the entries of a press review."""
    lines = [line for line in body[start : start + _HEAD].split("\n") if line.strip()]
    return any(_DATE_LINE.search(line) for line in lines[1:3])


def _kind_of_sign(sign: str) -> str:
    if not any(letter.isalpha() for letter in sign):
        return "rule"
    return _NAMES.sub("#", sign) if re.fullmatch(_SEPARATOR, sign) else sign.strip().casefold()


def _repeats(body: str) -> bool:
    """Whether a paragraph of some length stands three times in a body."""
    paragraphs = body.split("\n\n")
    if len(paragraphs) < _REPEATS or len(set(paragraphs)) > len(paragraphs) - (_REPEATS - 1):
        return False
    return any(n >= _REPEATS and len(text.split()) >= _REPEATED_WORDS for text, n in Counter(paragraphs).items())


def _marked_up(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    at = seen["marked_up"].to_numpy()
    finding = "{n} articles hold HTML tags or entities, which are counted as words"
    return _noted(articles, at, finding, kind="mark-up", remedy="export plain text")


def _any_field(masks: Iterable[_Mask]) -> _Mask:
    return np.asarray(np.logical_or.reduce(list(masks)), bool)


def _matches(texts: pd.Series, pattern: str, needed: int) -> _Mask:
    """Return which texts match; the pattern is tried only on those that hold a sign of `analysis.reading.signs`."""
    values = array_of(texts)
    found = (signs_in(values) & needed) > 0
    at = np.flatnonzero(found)
    found[at] = is_true(pc.match_substring_regex(values.take(pa.array(at)), pattern))
    return found


def _misread(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    """Return a note on texts whose UTF-8 was read as another encoding before they came here."""
    at = seen["misread"].to_numpy()
    finding = "{n} articles hold letters such as 'â€œ' or 'Ã©', so they were decoded wrongly before"
    return _noted(articles, at, finding, kind="encoding", remedy="fa.mend(corpus) mends them")


def _damaged_marks(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    """Return a note on texts whose quotation marks are damaged, but known as what they were; see `analysis.tokens.damaged_marks`."""
    at = seen["damaged"].to_numpy()
    finding = "{n} articles hold quotation marks or apostrophes written as '&ldquo;', 'â€œ', U+0093, '`' or the like, which are read as marks"
    return _noted(articles, at, finding, kind="damaged marks")


def _lost_letters(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    counts = seen["lost"].to_numpy()
    finding = f"{int(counts.sum()):,} letters of {{n}} articles were lost before, and are U+FFFD"
    return _noted(articles, counts > 0, finding, kind="letters lost", remedy="export the articles again, in UTF-8")


def _are_cut(bodies: pd.Series) -> _Mask:
    return _matches(bodies, _CUT, BRACKET) | (bodies.str.len() == _MOST_OF_CELL).to_numpy(bool)


def _cut(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    """Return a note on bodies that end in a mark of what is not there, as services cut them, or where Excel cuts a cell."""
    at = seen["cut"].to_numpy()
    finding = (
        f"{{n}} bodies end in a mark such as '[+1234 chars]', or at {_MOST_OF_CELL:,} characters, where Excel cuts"
    )
    return _noted(articles, at, finding, kind="cut body", remedy="get the whole texts: rates of cut ones differ")


def _missing_words(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    """Return a note on outlets and texts that are a word for "missing"."""
    notes = []
    for column in _MAY_BE_MISSING:
        at = seen[f"missing {column}"].to_numpy()
        word = articles[column][at].iat[0] if at.any() else ""
        finding = f"the {column} of {{n}} articles is {word!r}, a word for a missing value"
        notes += _noted(articles, at, finding, kind="missing words", remedy="leave such cells empty")
    return notes


def _are_error_pages(articles: pd.DataFrame, n_words: npt.NDArray[np.int64]) -> _Mask:
    stubs = np.flatnonzero(n_words < _STUB)
    texts = articles["headline"].iloc[stubs] + "\n" + articles["body"].iloc[stubs].str.slice(0, 2_000)
    at = np.zeros(len(articles), bool)
    at[stubs] = [_ERROR_PAGE.search(text) is not None for text in texts]
    return at


def _error_pages(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    finding = "{n} articles look like an error page or a wall, not an article"
    remedy = "look at them, and leave them out"
    return _noted(articles, seen["error_page"].to_numpy(), finding, kind="error page", remedy=remedy)


def _short(articles: pd.DataFrame, seen: pd.DataFrame) -> list[Note]:
    n_words = seen["n_words"].to_numpy()
    short = (n_words > 0) & (n_words < _SHORT_BODY)
    if short.sum() < _FEWEST_SHORT or short.sum() <= _SHORT_SHARE * len(articles):
        return []
    finding = f"{{n}} of {len(articles):,} bodies have fewer than {_SHORT_BODY} words"
    remedy = "they may be teasers: rates of so few words jump"
    return _noted(articles, short, finding, kind="short bodies", remedy=remedy)


def unused_columns(table: pd.DataFrame) -> list[Note]:
    """Return notes on the columns of a table that were taken for none of ours; they stay in ARTICLES as they are."""
    unused = [str(name) for name in table.columns if name not in ARTICLES.names and not _is_ours(str(name))]
    long = [name for name in unused if _mean_length(table[name]) > _LONG_TEXT]
    others = [name for name in unused if name not in long]
    notes = []
    if long:
        finding = f"long texts in {_listed(long)} are not read"
        remedy = f"if one is the text, say so, as in columns={{'body': '{long[0]}'}}"
        notes.append(Note(finding, kind="text column not used", count=len(long), remedy=remedy))
    if others:
        finding = f"columns that are not read: {_listed(others)}"
        remedy = "they stay in the table, and you may group by them"
        notes.append(Note(finding, kind="columns not used", count=len(others), remedy=remedy))
    return notes


def _is_ours(name: str) -> bool:
    return name in _OF_READING or name.startswith(" ") or name.endswith("_as_found")


def _mean_length(values: pd.Series) -> float:
    if not (pd.api.types.is_string_dtype(values.dtype) or values.dtype == "object"):
        return 0.0
    filled = values.dropna()
    return float(filled.astype("str").str.len().mean()) if len(filled) else 0.0


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
