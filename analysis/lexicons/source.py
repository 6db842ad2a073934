"""The text of a lexicon file, decoded, with one kind of line end."""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from analysis.errors import LexiconError

_LINE_END = re.compile("\r+\n?")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTES = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls); save it as .xlsx or .csv",
    b"\x1f\x8b": "compressed (gzip, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
    b"BZh": "compressed (bzip2, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
    b"\xfd7zXZ": "compressed (xz, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
    b"RDX": "an R data file; write it from R with quanteda's as.yaml, or with write.csv",
    b"$FL2": "an SPSS file; save it as .csv or .xlsx",
    b"%PDF": "a PDF; copy its words into a text file, one a line",
}
_GUESS = "windows-1252"
# A symbol between letters, a capital of the upper half behind a small letter, and words of such letters only.
_IMPLAUSIBLE = re.compile(
    "[^\\W\\d_][\x80-\x9f¡-©«-¶¸¹»-¿×÷€‚ƒ„…†‡ˆ‰‹•˜™›\u2200-\u25ff][^\\W\\d_]|[a-zß-ÿ][ŠŒŽŸ]|\\b[À-ÿ]{5,}\\b"
)
_CANDIDATES = (
    "utf-8", "cp1250", "iso8859-2", "cp1251", "koi8-r", "cp1253", "cp1254", "mac-roman", "cp850", "iso8859-15",
)  # fmt: skip
_OUTSIDE_ASCII = re.compile(r"\S*[^\x00-\x7f]\S*")
_MOST_SAMPLED = 5
_MOST_NAMED = 4


class Decoded(NamedTuple):
    """A text, the encoding that it was read in, whether that is a guess, and words outside ASCII to judge it by."""

    text: str
    encoding: str
    is_guess: bool
    sample: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """Return what the file holds.

    Raises
    ------
    LexiconError
        When it cannot be read, or is of a kind that is no lexicon.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LexiconError(f"{path}: cannot be read ({reason}); give the path of a lexicon file") from error
    for start, kind in _BYTES.items():
        if data.startswith(start):
            raise LexiconError(f"{path}: the file is {kind}")
    return data


def decode(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """Return the text, with one line feed at every line end.

    Parameters
    ----------
    data : bytes
        The file.
    path : pathlib.Path
        Its name, for messages.
    encoding : str, optional
        What the user says it is in. Without it: a byte-order mark, UTF-8, or else windows-1252 as a guess.

    Raises
    ------
    LexiconError
        When the bytes do not fit the encoding, or when the guess gives letters that no word has; the message names the line.
    """
    known = encoding or ("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    try:
        return Decoded(_lines(data.decode(known_encoding(known, path))), known, False, ())
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X} is not {'UTF-8' if known == 'utf-8-sig' else known.upper()}"
        line = _lines(error.object[: error.start].decode("latin-1")).count("\n") + 1
    if known != "utf-8-sig":
        raise LexiconError(f"{path}, line {line}: {found}; name the encoding that the file was saved in")
    try:
        text = _lines(data.decode(_GUESS))
    except UnicodeDecodeError:
        text = ""
    if not text or _IMPLAUSIBLE.search(text):
        nor = f"as {_GUESS} its letters make no words" if text else f"the file is not {_GUESS} either"
        advice = 'say which it is, as in encoding="cp1250", or save the file as UTF-8'
        raise LexiconError(f"{path}, line {line}: {found}, and {nor}{_candidates(data)}; {advice}")
    return Decoded(text, _GUESS, True, _sample(text))


def guess_reason(decoded: Decoded) -> str:
    """Return the sentence that says on which guess a text rests."""
    words = ", ".join(decoded.sample)
    return (
        f"the file is not UTF-8 and names no encoding, so {decoded.encoding} is a guess, which gives {words}; "
        f"if these words are wrong, say encoding=…, else save the file as UTF-8"
    )


def _lines(text: str) -> str:
    return _LINE_END.sub("\n", text)


def known_encoding(encoding: str, path: Path) -> str:
    """Return the name that Python has for an encoding.

    Raises
    ------
    LexiconError
        When it has none.
    """
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise LexiconError(
            f"{path}: the encoding {encoding!r} is not known; name one such as utf-8, windows-1252, iso-8859-2 or mac-roman"
        ) from error


def _sample(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_OUTSIDE_ASCII.findall(text)))[:_MOST_SAMPLED]


def _candidates(data: bytes) -> str:
    """Return the encodings in which the bytes are words, each with some of them."""
    found = []
    for name in _CANDIDATES:
        # One byte that is no UTF-8 does not keep the others from being it.
        text = data.decode(name, "replace" if name == "utf-8" else "surrogateescape")
        is_sound = text.count("\ufffd") * 10 < len(_OUTSIDE_ASCII.findall(text)) and not re.search(
            "[\udc80-\udcff]", text
        )
        if is_sound and not _IMPLAUSIBLE.search(text):
            found.append(f"{name} ({', '.join(_sample(text)[:3])})")
    return f"; possible: {', '.join(found[:_MOST_NAMED])}" if found else ""
