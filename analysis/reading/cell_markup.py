"""HTML mark-up and character entities inside the cells of tables and JSON: found, and turned into plain paragraphs."""

import html
import re
from html.entities import name2codepoint

import numpy as np
import pandas as pd

from analysis.core.arrow import array_of, texts_at, with_texts
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.signs import MARKUP, signs_in

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|apos|" + "|".join(sorted(name2codepoint, key=len, reverse=True)) + ");"
)
# Elements that are no running text of the article: captions, boxes beside it, scripts, forms.
_LEFT_OUT = "aside|audio|button|figcaption|figure|form|head|iframe|noscript|object|script|style|svg|template|video"
_BLOCK = (
    "address|article|blockquote|body|center|dd|div|dl|dt|footer|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|table|"
    "tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|amp-[a-z-]+|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|embed|font|i|img|input|ins|kbd|label|mark|o:p|"
    "picture|q|s|samp|small|source|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_ATTRIBUTES = (
    r"""(?:\s+[A-Za-z_:@][\w:.-]*+(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))|\s+[a-z]+(?=\s*/?>))*+\s*/?"""
)
_TAG = re.compile(rf"<(/?)({_BLOCK}|{_INLINE}|{_LEFT_OUT})({_ATTRIBUTES})>", re.IGNORECASE)
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
_HTML_NAME = re.compile(rf"{_BLOCK}|{_INLINE}|{_LEFT_OUT}|base|link|meta|title", re.IGNORECASE)
# Tags that were escaped as a whole come in pairs or rows; a text about HTML names one ("the &lt;br&gt; tag").
_PAIR = re.compile(rf"</(?:{_BLOCK}|{_INLINE})\s*>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_BARE = re.compile(r"<(?:[\s\d=]|$)")
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^<>]*>", re.DOTALL | re.IGNORECASE)
_NOT_TEXT = re.compile(
    rf"<({_LEFT_OUT})\b{_ATTRIBUTES}>.*?</\1\s*>"
    r"""|<p\s[^<>]*\bclass=["'][^"'<>]*\bwp-caption-text\b[^<>]*>.*?</p\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_LINE = "\ue000"  # stands for <br> while white space is folded; of the private use area
_LINES = re.compile(rf"\s*{_LINE}\s*(?:{_LINE}\s*)+")


def plain_text(text: str) -> str:
    r"""Return a text without HTML tags and with its entities as characters; a text that has neither comes back as it is.

    A tag is a name that HTML knows with well-formed attributes, an entity one of HTML 4 that ends in a semicolon, so that
    "x<y and y>z", "AT&T" and "R&D;" stay. Block elements part paragraphs. Captions, scripts and boxes beside the text are
    left out. Entities that were escaped twice (``&amp;#8217;``) and tags that were escaped are read as well.

    Examples
    --------
    >>> plain_text("<p>The board&#8217;s vote.</p><p>AT&amp;T was <b>not</b> named.</p>")
    'The board’s vote.\n\nAT&T was not named.'
    >>> plain_text("if x<y and y>z, AT&T and R&D")
    'if x<y and y>z, AT&T and R&D'
    """
    if _has_tags(text):
        return _unescaped(_without_tags(text))
    plain = _unescaped(text)
    return _without_tags(plain) if plain is not text and _PAIR.search(plain) else plain


def _has_tags(text: str) -> bool:
    """Return whether a text is HTML by its tags; who writes "5 < 7" as it is writes no HTML, and "<b>" is a word there."""
    if _COMMENT.search(text):
        return True
    names = {match[2].casefold() for match in _TAG.finditer(text)}
    return any(name == "br" or _IS_BLOCK.fullmatch(name) for name in names) or bool(names and not _BARE.search(text))


def _unescaped(text: str) -> str:
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(_character, text)
    return text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def html_text(text: str) -> str:
    """Return the text of a field that is HTML: as `plain_text`, but line breaks are white space whether there are tags or not."""
    return _unescaped(_paragraphs(_NOT_TEXT.sub("", _COMMENT.sub("", text))))


def _without_tags(text: str) -> str:
    text = _NOT_TEXT.sub("", _COMMENT.sub("", text))
    tags = {match[2].casefold() for match in _TAG.finditer(text)}
    if any(tag == "br" or _IS_BLOCK.fullmatch(tag) for tag in tags):
        return _paragraphs(text)
    return _ENTITY.sub(_character, _TAG.sub("", text))


def _paragraphs(text: str) -> str:
    passages = _BREAK.split(_TAG.sub(_break_for, text))
    # A line break of the source is white space in HTML; <br> alone is one too, twice it parts paragraphs.
    lines = (part for passage in passages for part in _LINES.split(_SPACES.sub(" ", passage)))
    paragraphs = (_SPACES.sub(" ", _ENTITY.sub(_character, line).replace(_LINE, " ")).strip() for line in lines)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _break_for(tag: re.Match[str]) -> str:
    if tag[2].casefold() == "br":
        return _LINE
    return "\n\n" if _IS_BLOCK.fullmatch(tag[2]) else ""


def is_html_tag(name: str) -> bool:
    """Return whether HTML has an element of that name."""
    return _HTML_NAME.fullmatch(name) is not None


def has_markup(texts: pd.Series) -> np.ndarray:
    """Return which strings hold an HTML tag, a comment or an entity, as a mask.

    Only those with an ampersand or an opening angle bracket are looked at closely, so that clean ones cost little.
    """
    mask = (signs_in(array_of(texts)) & MARKUP) > 0
    likely = np.flatnonzero(mask)
    mask[likely] = [_ENTITY.search(text) is not None or _has_tags(text) for text in texts_at(texts, likely)]
    return mask


def marked_up(table: pd.DataFrame) -> pd.DataFrame:
    """Return which cells of the text columns of ARTICLES in `table` hold mark-up; no column without any is in it.

    A column that holds anything but strings is passed over: it is refused when the articles are put together.
    """
    masks = {}
    for field in TEXT_FIELDS:
        if field in table.columns and _holds_strings(table[field]):
            try:
                mask = has_markup(table[field])
            except UnicodeEncodeError:  # half of a surrogate pair, which is refused later, with its place
                continue
            if mask.any():
                masks[field] = mask
    return pd.DataFrame(masks, index=table.index)


def _holds_strings(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.StringDtype) or pd.api.types.infer_dtype(values, skipna=True) == "string"


def without_markup(table: pd.DataFrame, where: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with plain text in the cells that `where`, of `marked_up`, names."""
    changed = {}
    for field in where.columns:
        places = np.flatnonzero(where[field].to_numpy())
        changed[field] = with_texts(table[field], places, [plain_text(text) for text in texts_at(table[field], places)])
    return table.assign(**changed)
