"""The text of a lexicon file, decoded, with one kind of line end."""

import re
from pathlib import Path

from analysis.errors import LexiconError

_LINE_END = re.compile("\r+\n?")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTES = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls); save it as .xlsx or .csv",
    b"\x1f\x8b": "compressed (gzip, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
    b"BZh": "compressed (bzip2, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
    b"\xfd7zXZ": "compressed (xz, or an R data file); unpack it, or write it from R with quanteda's as.yaml",
}


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


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text, with one line feed at every line end, and a remark where it is not UTF-8, else "".

    Raises
    ------
    LexiconError
        When the bytes are neither UTF-8 nor UTF-16 with its mark nor windows-1252; the message names the line.
    """
    text, remark = _decoded(data, path)
    return _LINE_END.sub("\n", text), remark


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    try:
        if data.startswith(_UTF_16):
            return data.decode("utf-16"), ""
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X} is not {'UTF-16' if data.startswith(_UTF_16) else 'UTF-8'}"
        line = _LINE_END.sub("\n", error.object[: error.start].decode("latin-1")).count("\n") + 1
    try:
        return data.decode("windows-1252"), f"{found} (line {line}), so the file was read as windows-1252"
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}, line {line}: {found}, nor is the file windows-1252; save it as UTF-8") from error
