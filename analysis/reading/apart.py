"""Files that may take a parser long, read in a process of their own with limits of time and memory: what ends it is said of that file alone."""

import io
import os
import pickle
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from threading import Timer
from typing import Any, BinaryIO, NamedTuple

from analysis.core.errors import CorpusError, NoTextColumnError
from analysis.reading.containers import Piece
from analysis.reading.formats import FileRead, read_piece
from analysis.reading.options import Reading

# What is smaller is read at once: to start a process takes a second, and no parser takes long for it.
_LARGE_UNPACKED = 8 << 20
_LARGE_TEXT = 1 << 20
_LENGTH = struct.Struct(">Q")


class Allowed(NamedTuple):
    """How many seconds one file may take, how many more for each MB of it, and how many bytes its process may take."""

    seconds: float = 60
    seconds_a_megabyte: float = 2
    memory: int = 3 << 30


def is_risky(data: bytes) -> bool:
    """Whether a file is large for its format, of those whose parsers take more than a few times their size: Office, RTF, HTML and XML."""
    if data.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile, ValueError, OSError, NotImplementedError, LookupError):
            return sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _LARGE_UNPACKED
        return False  # a broken archive is told at once
    return len(data) > _LARGE_TEXT and data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{\\rtf"))


class Apart:
    """A process that reads files, started when the first one is given and again where it died; to be closed."""

    def __init__(self, allowed: Allowed | None = None) -> None:
        self._allowed = allowed or Allowed()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._end(self._process)

    def read(self, piece: Piece, how: Reading) -> FileRead:
        """Return what `analysis.reading.formats.read_piece` does.

        Raises
        ------
        CorpusError
            As that does, and when the file takes more time or memory than is allowed.
        """
        process = self._process = self._process or _started(self._allowed.memory)
        seconds = self._allowed.seconds + self._allowed.seconds_a_megabyte * len(piece.data) / 1e6
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            answer = _asked(process, (piece, how))
        finally:
            timer.cancel()
        if answer is None:
            self._end(process)
            raise CorpusError(
                f"to read it takes more than {seconds:,.0f} seconds or {self._allowed.memory / 1e9:,.1f} GB, or its parser breaks down; "
                "a file made to do harm does so, or one far too large: export fewer articles to a file"
            )
        if isinstance(answer, _Refused):
            raise NoTextColumnError(answer.message, answer.columns) if answer.columns else CorpusError(answer.message)
        read: FileRead = answer
        return read

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # of a process that is dead, what was not taken by it is lost
                (stream or io.BytesIO()).close()
        self._process = None


class _Refused(NamedTuple):
    """The message of a CorpusError, and the columns of one that names them."""

    message: str
    columns: list[str]


def _started(memory: int) -> "subprocess.Popen[bytes]":
    code = f"import sys; sys.path[:] = {sys.path!r}; from analysis.reading.apart import serve; serve({memory})"
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _asked(process: "subprocess.Popen[bytes]", question: tuple[Piece, Reading]) -> Any:
    """Return the answer of a process, None where it died."""
    assert process.stdin and process.stdout
    try:
        _send(process.stdin, question)
        return _received(process.stdout)
    except (OSError, EOFError):
        return None


def _send(stream: BinaryIO | Any, value: object) -> None:
    data = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: BinaryIO | Any) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve(memory: int) -> None:
    """Answer what is asked on the standard input until that ends; whatever is no CorpusError ends the process, and so answers too."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    _limit_memory(memory)
    while True:
        try:
            piece, how = _received(sys.stdin.buffer)
        except EOFError:
            return
        try:
            _send(answers, read_piece(piece, how))
        except CorpusError as error:
            _send(answers, _Refused(str(error), getattr(error, "columns", [])))


def _limit_memory(memory: int) -> None:
    """Let this process take so many bytes more than it has, where the system can be told so."""
    with suppress(ImportError, OSError, ValueError):
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
