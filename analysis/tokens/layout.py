"""How a corpus lies on disk: its files, and the manifest that says what each must be.

A store is a folder. Every array has one file, to which each part of the corpus adds a piece; so a part is a piece of each file, and the
whole file is the array of the whole corpus, which is mapped and not read. The manifest has the length and the hash of each piece and is
written after them: what stands behind the pieces that it knows was interrupted and does not count.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeGuard

import numpy as np
import numpy.typing as npt

from analysis.core.errors import CorpusError
from analysis.core.files import write_whole
from analysis.core.loaded_code import code_of
from analysis.tokens.tokens import TOKEN_RULE
from analysis.tokens.unicode import UNICODE_VERSION

MANIFEST = "manifest.json"
FORMAT = "framing corpus 1"

# The arrays of `Tokens`, one file each; places that count from the start of the part are named so.
ARRAYS: Mapping[str, npt.DTypeLike] = {
    "type_ids": np.dtype("<i4"),
    "starts": np.dtype("<i4"),
    "gaps": np.dtype("<u4"),
    "tails": np.dtype("<u4"),
    "field_starts": np.dtype("<i8"),
    "bounds": np.dtype("<i8"),
    "sentence_starts_in_part": np.dtype("<i4"),
    "sentence_paragraphs": np.dtype("<i4"),
    "type_ends": np.dtype("<i8"),
}
TYPES = "types.utf8"
# What the arrays hang on, besides the rules' names: another version of one of these may cut words or sentences otherwise.
_ENCODER = ["core/arrow.py"] + [
    f"tokens/{name}"
    for name in (
        "abbreviations.txt", "boundaries.py", "damaged_marks.py", "eight_bytes.py", "encoding.py", "fields.py", "gap_marks.py", "gaps.py",
        "kernel.py", "layout.py", "sentences.py", "storing.py", "type_table.py", "unicode.py", "unicode_15_0.npz",
    )
]  # fmt: skip
_CHUNK = 1 << 24


def array_file(name: str) -> str:
    """Return the file of an array of `ARRAYS`."""
    return f"{name}.{np.dtype(ARRAYS[name]).str[1:]}"


def text_file(column: str) -> str:
    """Return the file of the bytes of a text column."""
    return f"{column}.utf8"


def articles_file(part: int) -> str:
    """Return the file of what is known of the articles of a part besides their texts."""
    return f"articles-{part:05d}.parquet"


def is_store(path: object) -> TypeGuard[str | Path]:
    """Return whether a path is that of a corpus on disk, finished or not."""
    return isinstance(path, str | Path) and (Path(path) / MANIFEST).is_file() and (Path(path) / TYPES).is_file()


class Piece(NamedTuple):
    """A piece of a file: where it ends there, and the SHA-256 of its bytes."""

    end: int
    sha256: str


@dataclass(frozen=True)
class Part:
    """A part of the corpus: how much it holds, and its piece of each file."""

    articles: int
    tokens: int
    sentences: int
    types: int
    pieces: dict[str, Piece]


@dataclass
class Manifest:
    """What a store holds.

    Attributes
    ----------
    corpus : dict
        The origin that results name: hash, articles, days, token rule; and ``source``, by which an interrupted writing knows its corpus again.
    columns : list of str
        The columns of ARTICLES in their order.
    facts : dict
        What was said when the corpus was read: options and notes.
    tables : dict
        The tables beside the articles, such as REJECTED, each a whole file.
    parts : list of Part
        The parts that are whole.
    is_complete : bool
        Whether they are all.
    made_by : dict
        Versions: of this format, the project, the token rule, Unicode and the code that encodes.
    """

    corpus: dict[str, Any]
    columns: list[str]
    facts: dict[str, Any]
    tables: dict[str, Piece] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    is_complete: bool = False
    made_by: dict[str, str] = field(default_factory=lambda: dict(versions()))

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return the manifest of a store.

        Raises
        ------
        CorpusError
            When there is none, or it is cut or of another version.
        """
        path = folder / MANIFEST
        if not path.is_file():
            raise CorpusError(
                f"{folder}: no corpus on disk, as it has no {MANIFEST}; make one with: framing encode FILES --out {folder}"
            )
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            made_by = read["made_by"]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}: cut or altered ({error}); {_again(folder)}") from error
        if made_by != versions():
            raise CorpusError(f"{folder}: made by another version ({_differing(made_by)}); {_again(folder)}")
        if read.pop("sha256", None) != _hash_of(read):
            raise CorpusError(f"{path}: altered, as its own hash shows; {_again(folder)}")
        parts = [Part(**part | {"pieces": _pieces(part["pieces"])}) for part in read["parts"]]
        return cls(**read | {"parts": parts, "tables": _pieces(read["tables"])})

    @property
    def sha256(self) -> str:
        """The hash of all that it says."""
        return _hash_of(self._said())

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return said

    def write(self, folder: Path) -> None:
        """Write it into its store, whole."""
        said = self._said()
        text = json.dumps(said | {"sha256": _hash_of(said)}, ensure_ascii=False, indent=1)
        write_whole(folder / MANIFEST, (text + "\n").encode("utf-8"))

    def end_of(self, name: str) -> int:
        """Return the bytes of a file that the parts have so far."""
        return self.parts[-1].pieces[name].end if self.parts else 0

    def pieces(self) -> Iterator[tuple[str, int, int, str, str]]:
        """Yield file, first byte, end, hash and place (for errors) of every piece."""
        for name, piece in self.tables.items():
            yield name, 0, piece.end, piece.sha256, ""
        begins: dict[str, int] = {}
        for number, part in enumerate(self.parts, 1):
            for name, piece in part.pieces.items():
                yield name, begins.get(name, 0), piece.end, piece.sha256, f", part {number}"
                begins[name] = piece.end


def _pieces(read: Mapping[str, Any]) -> dict[str, Piece]:
    return {name: Piece(*piece) for name, piece in read.items()}


def _hash_of(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@cache
def _code() -> str:
    return hashlib.sha256(json.dumps(code_of(_ENCODER)).encode()).hexdigest()[:12]


def versions() -> dict[str, str]:
    """Return the versions that a store hangs on; it is used with the same ones only."""
    return {
        "format": FORMAT,
        "project": version("media-framing-analysis"),
        "token_rule": TOKEN_RULE,
        "unicode": UNICODE_VERSION,
        "encoder": _code(),
    }


def _differing(made_by: object) -> str:
    theirs = made_by if isinstance(made_by, dict) else {}
    ours = versions()
    return "; ".join(
        f"{name}: {theirs.get(name, 'none')!r}, here {ours[name]!r}" for name in ours if theirs.get(name) != ours[name]
    )


def _again(folder: Path) -> str:
    return f"encode the corpus again: framing encode FILES --out {folder}, after this folder is removed or into another"


def check_files(folder: Path, manifest: Manifest, *, every_byte: bool = False) -> None:
    """Refuse a store of which a file is gone, has another length, or was altered.

    The manifest is the last file that is written: one that is younger than it, as after an alteration or where the folder was copied, is
    read and compared by its hash. If it is right the manifest is made the youngest again.

    Parameters
    ----------
    folder : Path
        The store.
    manifest : Manifest
        What it must be.
    every_byte : bool
        Whether all files are read and compared, and not only the younger ones.

    Raises
    ------
    CorpusError
        Naming the file, and the part of the corpus where one piece is wrong.
    """
    lengths: dict[str, int] = {}
    for name, _, end, _, _ in manifest.pieces():
        lengths[name] = end
    doubtful = set()
    noted = (folder / MANIFEST).stat().st_mtime_ns
    for name, length in lengths.items():
        path = folder / name
        if not path.is_file():
            raise CorpusError(f"{path}: gone, so the corpus is not whole; put it back, or {_again(folder)}")
        found = path.stat()
        if found.st_size != length:
            raise CorpusError(
                f"{path}: cut or altered: it has {found.st_size:,} bytes and must have {length:,}; put the right file back, or {_again(folder)}"
            )
        if every_byte or found.st_mtime_ns >= noted:
            doubtful.add(name)
    check_pieces(folder, manifest, doubtful)
    if doubtful:
        _touch(folder / MANIFEST)


def check_pieces(folder: Path, manifest: Manifest, names: Collection[str]) -> None:
    """Refuse a store of which a piece of one of these files was altered; what stands behind the pieces does not count.

    Raises
    ------
    CorpusError
        Naming the file and the part of the corpus.
    """
    for name, begin, end, sha256, place in manifest.pieces():
        if name in names and hash_of_piece(folder / name, begin, end) != sha256:
            raise CorpusError(
                f"{folder / name}{place}: altered, as its hash shows (bytes {begin:,} to {end:,}); put the right file back, or {_again(folder)}"
            )


def _touch(path: Path) -> None:
    try:
        path.touch()
    except OSError:  # a folder that is read-only is as good; it is compared again next time
        return


def hash_of_piece(path: Path, begin: int, end: int) -> str:
    """Return the SHA-256 of some bytes of a file; "" of a file that is gone."""
    digest = hashlib.sha256()
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(begin)
        left = end - begin
        while left and (block := file.read(min(left, _CHUNK))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()
