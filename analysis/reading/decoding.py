"""Bytes → text: byte-order mark, strict UTF-8, declared charset, then cp1252; which of them is recorded."""

import codecs

from analysis.errors import CorpusError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of a file with single line feeds as line ends, and the encoding that was used.

    Parameters
    ----------
    data : bytes
        The file.
    declared : str, optional
        The charset that the file says it has; it is believed where the bytes are not valid UTF-8.

    Raises
    ------
    CorpusError
        When no encoding fits, or the text holds NUL characters, as binary files and UTF-16 without its mark do; the message
        begins with the line.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or (
        "utf-8" if _fits(data, "utf-8") else _known(data, declared) or "cp1252"
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(
            f"line {line}: byte 0x{data[error.start]:02X} fits neither UTF-8 nor {encoding}; save the file as UTF-8"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CorpusError(
            f"line {line}: a NUL character, so this is no plain text (or UTF-16 without a byte-order mark); save it as UTF-8"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _known(data: bytes, declared: str | None) -> str | None:
    """Return the declared charset where Python has it and it fits; browsers read Latin-1 as cp1252, and so do we."""
    try:
        name = codecs.lookup(declared).name if declared else None
    except LookupError:
        return None
    if name in (None, "iso8859-1", "ascii") or not _fits(data, str(name)):
        return None
    return name
