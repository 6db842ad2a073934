"""Files, folders, zip archives and gzip → pieces of bytes, within stated limits; what breaks one is listed."""

import gzip
import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from analysis.core.errors import CorpusError
from analysis.core.near import near_path
from analysis.reading.records import Unread
from analysis.reading.signatures import unread_archive

MOST_BYTES = 2 << 30
MOST_UNPACKED = 512 << 20
MOST_RATIO = 200
_MOST_SHOWN = 1 << 20
MOST_MEMBERS = 100_000
_RATIO_FROM = 1 << 20  # small files of one letter pack well and do no harm

_SENTENCE = re.compile(r"\w+\s+\w+\s+\w+[.?!]?$|\n")
_A_TEXT = "a text belongs in a table: fa.read(pd.DataFrame({'body': [text]}))"
_CHANGED = "the file was changed while it was read; wait until it is written, and read again"
_ALLOW = "allow it to be read"
_OFFICE = ("word/document.xml", "xl/workbook.xml")


class Piece(NamedTuple):
    """The bytes of one file: `place` names it in messages, `name` is what an article in it is called."""

    place: str
    name: str
    data: bytes


class FileInPlace(NamedTuple):
    """A file that is read where it lies, part by part: `place` names it in messages, `name` is what an article in it is called."""

    place: str
    name: str
    path: Path

    @property
    def data(self) -> bytes:
        """The first of its bytes, to be shown where it cannot be read."""
        with self.path.open("rb") as file:
            return file.read(_MOST_SHOWN)


def _never(_: Path) -> bool:
    return False


class Fault(NamedTuple):
    """A file that could not be read, and why."""

    place: str
    error: CorpusError


Found = Piece | FileInPlace | Fault | tuple[str, Unread]


def shown(path: Path) -> str:
    r"""Return a path as it is named in messages and tables: bytes that are no UTF-8, which a name may have, as ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def pieces(paths: str | Path | Iterable[str | Path], *, in_place: Callable[[Path], bool] = _never) -> Iterator[Found]:
    """Yield every file below some paths, and (place, Unread) for what is too large, packed too tightly or out of bounds.

    Folders are read with all below them in order of their names, hidden files left out; zip archives and gzip are unpacked in
    memory, never on disk. An archive inside an archive is not unpacked. A file of which `in_place` says so is not read here.

    Raises
    ------
    CorpusError
        When a path is not there or a folder holds no file.
    """
    for given in [paths] if isinstance(paths, str | Path) else paths:
        path = Path(given)
        if path.is_file():
            yield from _of_file(path, shown(Path(path.stem)), in_place)
        elif path.is_dir():
            yield from _of_folder(path, in_place)
        else:
            remedy = _A_TEXT if _SENTENCE.search(str(path)) else f"check the path{near_path(path)}"
            raise CorpusError(f"{shown(path)}: there is no such file or folder; {remedy}")


def _of_folder(path: Path, in_place: Callable[[Path], bool]) -> Iterator[Found]:
    refused: list[OSError] = []
    found = [
        Path(folder, name)
        for folder, folders, names in os.walk(path, onerror=refused.append)
        for name in [*names, *(name for name in folders if Path(folder, name).is_symlink())]
    ]
    below = sorted(file for file in found if not _is_hidden(file.relative_to(path)))
    for error in refused:
        yield shown(Path(error.filename)), Unread("file", f"the folder cannot be read ({error.strerror}); {_ALLOW}", "")
    if not below and not refused:
        raise CorpusError(f"{shown(path)}: the folder holds no file; give a folder with articles, or a file")
    for file in below:
        if reason := _why_not_read(file, path):
            yield shown(file), Unread("file", reason, "")
        else:
            yield from _of_file(file, shown(file.relative_to(path).with_suffix("")), in_place)


def _why_not_read(file: Path, folder: Path) -> str:
    """Return why a file below a folder is not opened, "" where it is."""
    if not file.exists():
        return "a link to nothing; take it out, or put the file there"
    if not file.resolve().is_relative_to(folder.resolve()):
        return "a link that leaves the folder; copy the file into it"
    if file.is_dir():
        return "a link to a folder, which is not followed"
    return "" if file.is_file() else "a device or a pipe, which is no file"


def _is_hidden(path: PurePath) -> bool:
    """Whether a file is none of the user's: hidden, written by Windows beside them, or the lock of an open Office file."""
    if path.name.startswith("~$") or path.name.casefold() in ("thumbs.db", "desktop.ini"):
        return True
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _is_resource(member: zipfile.ZipInfo) -> bool:
    return member.filename.startswith("__MACOSX/")


def _of_file(path: Path, name: str, in_place: Callable[[Path], bool]) -> Iterator[Found]:
    place = shown(path)
    try:
        if in_place(path):
            yield FileInPlace(place, name, path)
            return
        data = bytes_in(path)
    except CorpusError as error:
        yield Fault(place, error)
        return
    except OSError as error:
        yield Fault(place, CorpusError(f"cannot be read ({error.strerror or error}); {_ALLOW}"))
        return
    if data.startswith(b"\x1f\x8b"):
        yield _unpacked_gzip(place, name, data)
    elif data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        yield from _of_zip(place, name, data)
    else:
        yield Piece(place, name, data)


def bytes_in(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    CorpusError
        When it is too large to be read at once, or is written to meanwhile.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise CorpusError(f"{size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB are read; split the file")
    before = _state(path)
    data = path.read_bytes()
    _refuse_changed(before, _state(path))
    # The time of a file is too coarse to tell two writings in a row.
    if hashlib.blake2b(data).digest() != _digest(path):
        raise CorpusError(_CHANGED)
    return data


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Read a file.

    Raises
    ------
    CorpusError
        When it is written to meanwhile: what was read would be half old and half new.
    """
    before, digest = _state(path), _digest(path)
    yield
    _refuse_changed(before, _state(path))
    if digest != _digest(path):
        raise CorpusError(_CHANGED)


def _state(path: Path) -> tuple[int, ...]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, hashlib.blake2b).digest()


def _refuse_changed(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    if before != after:
        raise CorpusError(_CHANGED)


def _unpacked_gzip(place: str, name: str, data: bytes) -> Piece | tuple[str, Unread]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        return place, Unread("file", f"cannot be unpacked ({error}); pack it again", "")
    problem = _too_much(len(unpacked), len(data))
    return (place, Unread("file", problem, "")) if problem else Piece(place, PurePosixPath(name).stem, unpacked)


def _too_much(unpacked: int, packed: int) -> str:
    if unpacked > MOST_UNPACKED:
        return f"unpacks to more than {MOST_UNPACKED / 1e6:,.0f} MB; unpack and split it"
    if unpacked > _RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        return f"unpacks to more than {MOST_RATIO} times its size, as a decompression bomb does"
    return ""


def _of_zip(place: str, name: str, data: bytes) -> Iterator[Piece | tuple[str, Unread]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError) as error:
        yield place, Unread("file", f"a broken zip archive ({error}); export it again", "")
        return
    members = [member for member in archive.infolist() if not member.is_dir()]
    names = {member.filename for member in members}
    if kind := unread_archive(names):
        yield place, Unread("file", f"the file is {kind}", "")
        return
    members = [
        member for member in members if not _is_hidden(PurePosixPath(member.filename)) and not _is_resource(member)
    ]
    if not members:
        yield place, Unread("file", "the archive holds no file; export the articles again", "")
        return
    if names & set(_OFFICE):
        problem = _too_much(sum(member.file_size for member in members), len(data))
        yield (place, Unread("file", problem, "")) if problem else Piece(place, name, data)
        return
    if len(members) > MOST_MEMBERS:
        yield place, Unread("file", f"{len(members):,} files; at most {MOST_MEMBERS:,} are read; split the archive", "")
        return
    room = MOST_UNPACKED
    for member in sorted(members, key=lambda member: member.filename):
        piece = _of_member(archive, member, f"{place}: {member.filename}", name, room)
        room -= len(piece.data) if isinstance(piece, Piece) else 0
        yield piece


def _of_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, name: str, room: int
) -> Piece | tuple[str, Unread]:
    path = PurePosixPath(member.filename)
    is_of_disk = bool(PureWindowsPath(member.filename).drive)  # C:/a.txt
    leaves = path.is_absolute() or is_of_disk or ".." in path.parts or "\\" in member.filename
    if leaves or not path.name:
        return place, Unread("file", "a path that leaves the archive", "")
    problem = _too_much(member.file_size, member.compress_size)
    if not problem and member.file_size > room:
        problem = f"the archive unpacks to more than {MOST_UNPACKED / 1e6:,.0f} MB; split it"
    if problem:
        return place, Unread("file", problem, "")
    try:
        with archive.open(member) as opened:
            data = opened.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        return place, Unread("file", f"cannot be unpacked ({error}); export it again", "")
    if data.startswith((b"\x1f\x8b", b"PK\x03\x04")) and not _is_office(data):
        return place, Unread("file", "an archive inside an archive; unpack the outer one first", "")
    return Piece(place, f"{name}/{path.with_suffix('').as_posix()}", data)


def _is_office(data: bytes) -> bool:
    try:
        return bool(set(zipfile.ZipFile(io.BytesIO(data)).namelist()) & set(_OFFICE))
    except (zipfile.BadZipFile, ValueError):
        return False
