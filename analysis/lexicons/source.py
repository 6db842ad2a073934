"""The text of a lexicon file, decoded, with one kind of line end."""

import re
from pathlib import Path

from analysis.core.errors import CorpusError, LexiconError
from analysis.core.near import near_path
from analysis.reading.decoding import Decoded
from analysis.reading.decoding import decode as decode_bytes

# R on Windows can write two carriage returns before a line feed.
_RETURNS = re.compile(rb"\r+\n")
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


def read_bytes(path: Path) -> bytes:
    """Return what the file holds.

    Raises
    ------
    LexiconError
        When it cannot be read, or is of a kind that is no lexicon.
    """
    if path.is_dir():
        raise LexiconError(f"{path}: is a folder; give the path of one lexicon file{_first_lexicon(path)}")
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LexiconError(
            f"{path}: cannot be read ({reason}); give the path of a lexicon file{near_path(path)}"
        ) from error
    for start, kind in _BYTES.items():
        if data.startswith(start):
            raise LexiconError(f"{path}: the file is {kind}")
    return data


def _first_lexicon(folder: Path) -> str:
    """Return ", such as …" with the first file of a folder that may be a lexicon by its name, "" where none is."""
    found = sorted(path for path in folder.iterdir() if path.suffix in (".yml", ".yaml", ".dic", ".csv"))
    return f", such as {str(found[0])!r}" if found else ""


def decode(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """Return the text, with one line feed at every line end; the other arguments are those of articles' files.

    Raises
    ------
    LexiconError
        When the bytes do not fit the encoding, or when a guess gives letters that no word has; the message names the line.
    """
    try:
        decoded = decode_bytes(data if data.startswith(_UTF_16) else _RETURNS.sub(b"\n", data), encoding=encoding)
    except CorpusError as error:
        place = f"{path}, " if str(error).startswith("line ") else f"{path}: "
        raise LexiconError(f"{place}{error}") from error
    return decoded


def guess_reason(decoded: Decoded) -> str:
    """Return the sentence that says on which guess a text rests."""
    return (
        f"the file is not UTF-8 and names no encoding, so {decoded.encoding} is a guess, which gives {decoded.sample}; "
        f"if these words are wrong, say its encoding, else save the file as UTF-8"
    )
