"""Text files in pieces: decoded, with single line feeds as line ends, never whole in memory."""

import codecs
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from analysis.reading.decoding import Codec, is_no_text, told_at_once

_BYTES = 1 << 23
_CHARACTERS = 1 << 22

Opened = Callable[[], BinaryIO]


class Streamed(NamedTuple):
    """A text that can be gone through in pieces, as often as is needed: `pieces` gives it anew; see also `analysis.reading.decoding.Decoded`."""

    pieces: Callable[[], Iterator[str]]
    encoding: str
    n_replaced: int


def streamed(opened: Opened, asked: str | None) -> Streamed | None:
    """Return the text of a file, None where only the whole file tells its encoding, or that it is no text.

    Parameters
    ----------
    opened : callable
        Opens the file.
    asked : str, optional
        The encoding that the user names.
    """
    with opened() as file:
        codec = told_at_once(file.read(_BYTES), asked)
    return _scanned(opened, codec) if codec else None


def _scanned(opened: Opened, codec: Codec) -> Streamed | None:
    n_characters = n_nul = n_replaced = 0
    try:
        for text in _decoded(opened, codec):
            if codec.is_guess and ("\x1b" in text or "~{" in text):
                return None
            n_characters += len(text)
            n_nul += text.count("\0")
            n_replaced += text.count("\ufffd")
    except (UnicodeError, LookupError):
        return None
    if is_no_text(n_nul, n_characters):
        return None
    return Streamed(lambda: _decoded(opened, codec), codec.name, n_replaced)


def _decoded(opened: Opened, codec: Codec) -> Iterator[str]:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec.name)(), translate=True)
    with opened() as file:
        while data := file.read(_BYTES):
            if text := decoder.decode(data):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text


def pieces_of(text: str) -> Iterator[str]:
    """Yield a text in pieces."""
    for begin in range(0, len(text), _CHARACTERS):
        yield text[begin : begin + _CHARACTERS]


def lines_of(texts: Iterator[str], most: int) -> Iterator[tuple[int, str | None, int]]:
    """Yield the number of each line, the line, None where it is longer than `most` characters, and its length."""
    number, kept, size = 1, list[str](), 0
    for text in texts:
        begin = 0
        while (end := text.find("\n", begin)) >= 0:
            size += end - begin
            yield number, "".join([*kept, text[begin:end]]) if size <= most else None, size
            number, kept, size, begin = number + 1, [], 0, end + 1
        size += len(text) - begin
        kept = [*kept, text[begin:]] if size <= most else []
    yield number, "".join(kept) if size <= most else None, size
