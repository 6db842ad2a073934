"""A corpus on disk as Tokens: its arrays are mapped when they are asked for, and its parts are read one after another."""

import mmap
import socket
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.core.errors import CorpusError
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.fields import N_FIELDS
from analysis.tokens.layout import ARRAYS, TYPES, Manifest, array_file, articles_file, check_files, text_file
from analysis.tokens.tokens import Tokens
from analysis.tokens.vocabulary import Vocabulary

Array = npt.NDArray[Any]


class StoredTokens(Tokens):
    """The tokens of a corpus on disk.

    What is asked for is mapped: the system reads the pages that are used, and takes them out of memory again when it needs the room. What
    is costly by token, such as voices, is made part by part (`parts`).

    Parameters
    ----------
    folder : Path
        The store, checked.
    manifest : Manifest
        What it holds.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        for name, value in (("folder", folder), ("manifest", manifest)):
            object.__setattr__(self, name, value)

    folder: Path
    manifest: Manifest
    has_own_articles = True  # until `with_articles` puts others in their place

    def __getattr__(self, name: str) -> Any:
        """Return an array of `Tokens`, mapped or made when it is first asked for."""
        made = _MADE.get(name)
        if made is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.__dict__.setdefault(name, made(self))

    def __len__(self) -> int:
        return sum(part.tokens for part in self.manifest.parts)

    @cached_property
    def corpus_hash(self) -> str:
        """What names the corpus in every result, from the manifest: no text is read for it."""
        return str(self.origin["corpus_hash"])

    @cached_property
    def sha256(self) -> str:
        """What names this very store, its parts included."""
        return self.manifest.sha256

    @property
    def origin(self) -> dict[Any, str | int]:
        """What every result says of the corpus, from the manifest."""
        return {name: value for name, value in self.manifest.corpus.items() if name != "source"}

    @cached_property
    def _sentences(self) -> tuple[Array, Array]:
        in_part, paragraphs = mapped(self, "sentence_starts_in_part"), mapped(self, "sentence_paragraphs")
        starts: Array = in_part.astype(np.int32 if len(self) < 2**31 else np.int64)
        sentence = token = 0
        for part in self.manifest.parts:
            of_part = starts[sentence : sentence + part.sentences]
            np.add(of_part, token, out=of_part)
            sentence, token = sentence + part.sentences, token + part.tokens
        return starts, paragraphs

    @property
    def articles_of_parts(self) -> list[int]:
        """The number of articles of each part."""
        return [part.articles for part in self.manifest.parts]

    def with_articles(self, articles: pd.DataFrame) -> "StoredTokens":
        """Return the same corpus with further columns of ARTICLES, to group by; the store stays as it is."""
        changed = type(self)(self.folder, self.manifest)
        changed.__dict__.update(self.__dict__ | {"articles": articles, "has_own_articles": False})
        return changed

    def parts(self) -> Iterator[Tokens]:
        """Yield the parts of the corpus, each of bounded size and in memory as long as it is used."""
        for number in range(len(self.manifest.parts)):
            yield StoredPart(self, number)


class StoredPart(Tokens):
    """A part of a corpus on disk: tokens, fields and articles count from its own first one, types are those of the corpus."""

    def __init__(self, whole: StoredTokens, number: int) -> None:
        before = whole.manifest.parts[:number]
        first_article = sum(part.articles for part in before)
        values = {
            "_whole": whole,
            "number": number,
            "first_token": sum(part.tokens for part in before),
            "rows": slice(first_article, first_article + whole.manifest.parts[number].articles),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    _whole: StoredTokens
    number: int
    first_token: int
    rows: slice

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as the path of the store and the number of the part: what they hold is read there."""
        known = None if self.whole.has_own_articles else self.articles.drop(columns=list(TEXT_FIELDS))
        return _part_elsewhere, (self.whole.folder.resolve(), self.whole.sha256, self.number, known)

    def __getattr__(self, name: str) -> Any:
        """Return an array of `Tokens`, read when it is first asked for."""
        made = _OF_PART.get(name)
        if made is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.__dict__.setdefault(name, made(self))

    def __len__(self) -> int:
        return self.whole.manifest.parts[self.number].tokens

    @property
    def whole(self) -> StoredTokens:
        """The corpus that this is a part of."""
        return self._whole

    @property
    def folded(self) -> list[str]:
        """Each type of the corpus normalised and case-folded."""
        return self.whole.folded

    @property
    def forms(self) -> list[str]:
        """The form of each type of the corpus."""
        return self.whole.forms

    @property
    def form_ids(self) -> tuple[npt.NDArray[np.int32], list[str]]:
        """The form id of each type of the corpus, and the distinct forms."""
        return self.whole.form_ids

    @property
    def vocabulary(self) -> Vocabulary:
        """The folded spellings of the corpus."""
        return self.whole.vocabulary

    @property
    def cased_vocabulary(self) -> Vocabulary:
        """The spellings of the corpus with their case kept."""
        return self.whole.cased_vocabulary

    @property
    def corpus_hash(self) -> str:
        """What names the whole corpus."""
        return self.whole.corpus_hash

    @property
    def origin(self) -> dict[Any, str | int]:
        """What every result says of the whole corpus."""
        return self.whole.origin

    @cached_property
    def _sentences(self) -> tuple[Array, Array]:
        return self.read("sentence_starts_in_part"), self.read("sentence_paragraphs")

    def read(self, name: str) -> Array:
        """Return the piece of an array that belongs to this part, in memory."""
        return self.read_file(array_file(name), np.dtype(ARRAYS[name]))

    def read_file(self, name: str, dtype: np.dtype[Any]) -> Array:
        """Return the piece of a file that belongs to this part."""
        parts = self.whole.manifest.parts
        begin = parts[self.number - 1].pieces[name].end if self.number else 0
        count = (parts[self.number].pieces[name].end - begin) // dtype.itemsize
        read: Array = np.fromfile(self.whole.folder / name, dtype, count, offset=begin)
        if len(read) != count:
            raise CorpusError(
                f"{self.whole.folder / name}, part {self.number + 1}: cut while it was used; open the corpus anew"
            )
        return read

    def read_bounds(self) -> npt.NDArray[np.int64]:
        """Return first and last byte of each field, counted from the part's own texts."""
        bounds = self.read("bounds")
        for column, name in enumerate(map(text_file, TEXT_FIELDS)):
            bounds[2 * column :: 2 * N_FIELDS] -= self._text_begin(name)
            bounds[2 * column + 1 :: 2 * N_FIELDS] -= self._text_begin(name)
        return bounds.reshape(-1, 2)

    def _text_begin(self, name: str) -> int:
        return self.whole.manifest.parts[self.number - 1].pieces[name].end if self.number else 0


def mapped(tokens: StoredTokens, name: str) -> Array:
    """Return an array of a corpus on disk, mapped."""
    return mapped_file(tokens.folder / array_file(name), ARRAYS[name])


def mapped_file(path: Path, dtype: npt.DTypeLike) -> Array:
    """Return a file as an array, which is like one in memory: what is written to it goes there and never to the file."""
    if not path.stat().st_size:
        return np.zeros(0, dtype)
    with path.open("rb") as file:
        try:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        except OSError:  # more than the system promises to copy
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(memory, dtype)


def _read_only(text: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return a text that cannot be written to, as those in memory: for both kinds of array the rules would be compiled."""
    text.flags.writeable = False
    return text


def _articles(tokens: StoredTokens) -> pd.DataFrame:
    """Return ARTICLES; the texts are mapped."""
    files = [tokens.folder / articles_file(number) for number in range(len(tokens.manifest.parts))]
    return _with_texts(tokens, pa.concat_tables([pq.read_table(path) for path in files]).to_pandas(), tokens.manifest)


def _articles_of_part(part: StoredPart) -> pd.DataFrame:
    """Return the ARTICLES of a part; where nobody has asked for those of the whole corpus, only its own are read."""
    if "articles" in part.whole.__dict__:
        articles: pd.DataFrame = part.whole.articles.iloc[part.rows].reset_index(drop=True)
        return articles
    return _with_texts(
        part, pq.read_table(part.whole.folder / articles_file(part.number)).to_pandas(), part.whole.manifest
    )


def _with_texts(tokens: Tokens, known: pd.DataFrame, manifest: Manifest) -> pd.DataFrame:
    """Return what is known of articles with their texts, which stay where they are."""
    texts = {}
    for place, column in enumerate(TEXT_FIELDS):
        edges = np.append(tokens.bounds[place::N_FIELDS, 0], tokens.buffers[place].size)
        strings = pa.LargeStringArray.from_buffers(len(known), pa.py_buffer(edges), pa.py_buffer(tokens.buffers[place]))
        texts[column] = pd.array(strings, dtype="str")
    articles: pd.DataFrame = known.assign(**texts)
    return articles[[*manifest.columns, *(name for name in articles if name not in manifest.columns)]]


def _types(tokens: StoredTokens) -> list[str]:
    edges = np.append(0, mapped(tokens, "type_ends"))
    data = (tokens.folder / TYPES).read_bytes()
    spellings: list[str] = pa.LargeStringArray.from_buffers(
        len(edges) - 1, pa.py_buffer(edges), pa.py_buffer(data)
    ).to_pylist()
    return spellings


# How each attribute of `Tokens` is made when it is first asked for.
_MADE: dict[str, Callable[[StoredTokens], Any]] = {
    "articles": _articles,
    "types": _types,
    "type_ids": lambda tokens: mapped(tokens, "type_ids"),
    "starts": lambda tokens: mapped(tokens, "starts"),
    "gaps": lambda tokens: mapped(tokens, "gaps"),
    "tails": lambda tokens: mapped(tokens, "tails"),
    "field_starts": lambda tokens: np.append(mapped(tokens, "field_starts"), len(tokens)),
    "type_lengths": lambda tokens: np.diff(mapped(tokens, "type_ends"), prepend=0).astype(np.int32),
    "buffers": lambda tokens: tuple(
        _read_only(mapped_file(tokens.folder / text_file(name), np.uint8)) for name in TEXT_FIELDS
    ),
    "bounds": lambda tokens: mapped(tokens, "bounds").reshape(-1, 2),
}
_OF_PART: dict[str, Callable[[StoredPart], Any]] = {
    "articles": _articles_of_part,
    "types": lambda part: part.whole.types,
    "type_ids": lambda part: part.read("type_ids"),
    "starts": lambda part: part.read("starts"),
    "gaps": lambda part: part.read("gaps"),
    "tails": lambda part: part.read("tails"),
    "field_starts": lambda part: np.append(part.read("field_starts") - part.first_token, len(part)),
    "type_lengths": lambda part: part.whole.type_lengths,
    "buffers": lambda part: tuple(
        _read_only(part.read_file(text_file(name), np.dtype(np.uint8))) for name in TEXT_FIELDS
    ),
    "bounds": lambda part: part.read_bounds(),
}


def open_corpus(path: str | Path, *, every_byte: bool = False) -> StoredTokens:
    """Return the corpus on disk that ``framing encode`` or `analysis.save_corpus` wrote: Tokens, to measure as those in memory.

    Nothing is read until it is used, and texts only where they are shown, so a corpus may be larger than the memory.

    Parameters
    ----------
    path : path
        The folder, such as ``corpus.framing``.
    every_byte : bool
        Whether every byte is compared with its hash. Without it this is done for files that are younger than the manifest, as
        after an alteration or a copy; the lengths of all files are compared in any case.

    Returns
    -------
    Tokens
        The encoded corpus.

    Raises
    ------
    CorpusError
        When there is no such corpus, it is not finished, another version made it, or a file is gone, cut or altered; the message names
        the file.

    Examples
    --------
    >>> import pandas as pd
    >>> import tempfile
    >>> import analysis as fa
    >>> corpus = fa.read(pd.DataFrame({"outlet": ["A", "B"], "body": ["Hurd is weak.", "Hurd stays on."]}))
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = fa.save_corpus(corpus, folder.name + "/corpus.framing")
    >>> tokens = fa.open_corpus(path)
    >>> fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}))["text"].tolist()
    ['weak']
    >>> folder.cleanup()
    """
    folder = Path(path)
    manifest = Manifest.of(folder)
    if not manifest.is_complete:
        n_articles = sum(part.articles for part in manifest.parts)
        raise CorpusError(
            f"{folder}: not finished: {n_articles:,} of {manifest.corpus['corpus_articles']:,} articles are written; give the same files to "
            f"framing encode --out {folder} again, which goes on from there"
        )
    check_files(folder, manifest, every_byte=every_byte)
    return StoredTokens(folder, manifest)


def _part_elsewhere(folder: Path, sha256: str, number: int, known: pd.DataFrame | None) -> StoredPart:
    """Return a part of a corpus that another process has opened, with what that knows of its articles where it is not the store's."""
    part = StoredPart(_opened_here(folder, sha256), number)
    if known is not None:
        part.__dict__["articles"] = _with_texts(part, known, part.whole.manifest)
    return part


@lru_cache(maxsize=2)
def _opened_here(folder: Path, sha256: str) -> StoredTokens:
    """Return a corpus, opened once for all of its parts that this process is given: what is known of its types is found out once."""
    place = f"{folder}, as {socket.gethostname()} sees it"
    if not folder.is_dir():
        raise CorpusError(f"{place}: there is no such folder; all machines must share it, by the same path")
    tokens = open_corpus(folder)
    if tokens.sha256 != sha256:
        raise CorpusError(
            f"{place}: another corpus than the one that was opened; all machines must share that folder, by the same path"
        )
    return tokens
