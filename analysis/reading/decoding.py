"""Bytes to text: by the byte order mark, else as strict UTF-8, else as cp1252; never with replacement characters."""

import codecs

from analysis.errors import CorpusError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding that it was read in.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    tuple of str
        The text, and ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``.

    Raises
    ------
    CorpusError
        When no rule can decode a byte; the message names its offset and line, the caller adds the file.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "cp1252"


def refuse_nul(text: str) -> None:
    """Raise if the text holds a NUL character, which no article has and many a tool cuts a text at.

    Raises
    ------
    CorpusError
        Naming the offset in UTF-8 bytes and the line of the first NUL.
    """
    at = text.find("\0")
    if at >= 0:
        before = text[:at]
        raise CorpusError(
            f"byte {len(before.encode())}, line {_line_of(before)}: found a NUL character; "
            "allowed is plain text; save the file as UTF-8 text"
        )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        raise CorpusError(
            f"byte {error.start}, line {_line_of(before)}: found 0x{data[error.start]:02X}, which is no {encoding}; "
            "allowed are UTF-8, UTF-16 with a byte order mark and cp1252; save the file as UTF-8"
        ) from error


def _line_of(before: str) -> int:
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
