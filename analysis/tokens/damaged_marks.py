"""Quotation marks as they stand in damaged text ("&ldquo;", "â€œ"): found, and put right in a copy that the encoder reads.

In the copy each damaged mark is the right mark and behind it characters that words ignore, as many as make it as long as it was. So every
word keeps its place and its length, and all that is shown is cut from the text as it is. Nothing else is decoded. The marks of Windows-1252
that were read as control characters (U+0091 to U+0094) need no copy: the tables of `analysis.tokens.unicode` know them.
"""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import array_of, bytes_of
from analysis.tokens.compiling import compiled
from analysis.tokens.fields import N_FIELDS, column_of
from analysis.tokens.kernel import Texts

# What makes a mark longer and no word: two bytes and three.
_SOFT_HYPHEN, _WORD_JOINER = (sign.encode() for sign in ("\u00ad", "\u2060"))
_NAMED = {
    "quot": '"', "apos": "'", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bdquo": "„", "sbquo": "‚", "laquo": "«",
    "raquo": "»", "lsaquo": "‹", "rsaquo": "›",
}  # fmt: skip
# References to characters are read by Windows-1252 below 160, as browsers do.
_NUMBERED = {ord(mark): mark for mark in _NAMED.values()} | dict(
    zip((130, 132, *range(145, 149)), "‚„‘’“”", strict=True)
)
# UTF-8 read as Windows-1252: what stands behind "â€". A dash has a curly mark there, which may have been made straight.
_BEHIND = {
    "œ": "“", "\x9d": "”", "˜": "‘", "™": "’", "š": "‚", "ž": "„", "“": "–", "”": "—", '"': "—", "¦": "…", "": "”",
}  # fmt: skip
_READ_AS_WINDOWS = "â€".encode()
_MARKS_BEHIND = {tail.encode(): mark for tail, mark in _BEHIND.items()}
_DAMAGED = re.compile(
    rb"&(?:amp;)?(?:(?P<name>%s)|#(?P<number>0{0,4}[0-9]{2,4})|#[xX](?P<hex>0{0,4}[0-9A-Fa-f]{2,4}));|%s(?:(?P<tail>%s)|(?![\x80-\xff]))"
    % (
        "|".join(_NAMED).encode(),
        _READ_AS_WINDOWS,
        b"|".join(re.escape(tail) for tail in _MARKS_BEHIND if tail),
    )
)


def mended(texts: Texts) -> Texts:
    """Return the bytes of whole articles with damaged marks put right, each as long as it was; the same where there are none."""
    damaged = np.zeros(len(texts.bounds), np.bool_)
    _find(texts.buffers, texts.bounds, damaged)
    if not damaged.any():
        return texts
    bounds = texts.bounds.copy()
    pieces = []
    for column in range(N_FIELDS):
        of_column = bounds[column::N_FIELDS]
        begin, end = of_column[0, 0], of_column[-1, 1]
        pieces.append(texts.buffers[column][begin:end].copy())
        of_column -= begin
    for field in np.flatnonzero(damaged).tolist():
        data, (first, last) = pieces[column_of(field)], bounds[field].tolist()
        for begin, right in _marks_in(data[first:last].tobytes()):
            data[first + begin : first + begin + len(right)] = np.frombuffer(right, np.uint8)
    for piece in pieces:
        piece.flags.writeable = False  # as texts are: for arrays of another kind all would be compiled once more
    return Texts(tuple(pieces), bounds)


def may_be_padded(types: list[str]) -> npt.NDArray[np.bool_]:
    """Return which spellings may hold a mark that was put right, and so differ from what stands in the text."""
    padded = pc.match_substring_regex(pa.array(types, pa.large_string()), "[\u00ad\u2060]")
    return np.asarray(padded.to_numpy(zero_copy_only=False), np.bool_)


def have_damaged_marks(texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which texts have quotation marks that are damaged, or accents in their place, and are read as marks."""
    array = array_of(texts)
    data, edges = bytes_of(array)
    found = np.zeros(len(array), np.bool_)
    bounds = np.stack([edges[:-1], edges[1:]], axis=1)
    _find((data,) * N_FIELDS, bounds, found)
    for place in np.flatnonzero(found).tolist():
        found[place] = any(True for _ in _marks_in(data[edges[place] : edges[place + 1]].tobytes()))
    _find_single(data, bounds, found)
    return found


def _marks_in(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where each damaged mark of a text begins, and the right one in as many bytes."""
    for match in _DAMAGED.finditer(text):
        mark = _mark_of(match)
        if mark:
            yield match.start(), _padded(mark.encode(), match.end() - match.start())


def _mark_of(match: re.Match[bytes]) -> str | None:
    """Return the mark that is meant, None for a reference to another character."""
    if match["name"]:
        return _NAMED[match["name"].decode()]
    if match["number"] or match["hex"]:
        point = int(match["number"]) if match["number"] else int(match["hex"], 16)
        return _NUMBERED.get(point)
    return _MARKS_BEHIND[match["tail"] or b""]


def _padded(mark: bytes, size: int) -> bytes:
    """Return a mark with ignored characters behind it, `size` bytes in all; a rest of one byte is none of them."""
    rest = size - len(mark)
    return mark + _WORD_JOINER * (rest % 2) + _SOFT_HYPHEN * ((rest - 3 * (rest % 2)) // 2)


@compiled
def _find(
    buffers: tuple[npt.NDArray[np.uint8], ...], bounds: npt.NDArray[np.int64], found: npt.NDArray[np.bool_]
) -> None:
    """Write which fields may have a mark that is spelled by several characters; no mark that this looks for is shorter than five bytes."""
    for field in range(len(found)):
        data = buffers[column_of(field)]
        any_sign = np.uint8(0)
        # Comparisons alone, without a branch: the compiler makes of them steps of many bytes.
        for i in range(bounds[field, 0], bounds[field, 1] - 3):
            reference = np.uint8(data[i] == 0x26) & (
                np.uint8(data[i + 1] == 0x23)
                | np.uint8(data[i + 1] == 0x71)
                | np.uint8(data[i + 1] == 0x6C)
                | np.uint8(data[i + 1] == 0x72)
                | np.uint8(data[i + 1] == 0x61)
                | np.uint8(data[i + 1] == 0x62)
                | np.uint8(data[i + 1] == 0x73)
            )
            windows = np.uint8(data[i] == 0xA2) & np.uint8(data[i + 1] == 0xE2) & np.uint8(data[i + 2] == 0x82)
            any_sign |= reference | windows
        found[field] = any_sign != 0


@compiled
def _find_single(data: npt.NDArray[np.uint8], bounds: npt.NDArray[np.int64], found: npt.NDArray[np.bool_]) -> None:
    """Write which texts have a mark that is damaged and one character: U+0091 to U+0094, ` or ´."""
    for text in range(len(found)):
        any_sign = np.uint8(0)
        for i in range(bounds[text, 0], bounds[text, 1]):
            # In UTF-8 another byte stands before the second one of a character, so none is looked at beyond the text.
            behind = (
                np.uint8(data[i] == 0x91)
                | np.uint8(data[i] == 0x92)
                | np.uint8(data[i] == 0x93)
                | np.uint8(data[i] == 0x94)
                | np.uint8(data[i] == 0xB4)
            )
            any_sign |= (behind & np.uint8(data[i - 1] == 0xC2)) | np.uint8(data[i] == 0x60)
        found[text] |= any_sign != 0
