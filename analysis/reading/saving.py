"""A corpus to disk and back: its articles encoded, with all that reading said of it."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from analysis.core.errors import CorpusError
from analysis.core.files import LOCK
from analysis.core.fingerprint import corpus_facts, corpus_hash
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.corpus import Corpus, corpus_in
from analysis.reading.notes import Note
from analysis.reading.options import Reading
from analysis.reading.rooms import OnDisk, told_as_full
from analysis.tokens.store import StoredTokens
from analysis.tokens.storing import PART_BYTES, Beside, part_edges, store
from analysis.tokens.tokens import TOKEN_RULE
from analysis.tokens.workers import Client

_TABLES = ("rejected", "removed", "files")


def save_corpus(
    corpus: Corpus, path: str | Path, *, options: Mapping[str, Any] | None = None, part_bytes: int = PART_BYTES
) -> Path:
    """Write a corpus, encoded, to a folder that `analysis.open_corpus` opens in a moment; see there.

    It is written part by part. Where it was interrupted, the same call goes on from the last part that is whole, and the files are in the
    end the same as without an interruption. A folder that holds another corpus is not touched.

    Parameters
    ----------
    corpus : Corpus
        What `analysis.read` returns.
    path : path
        The folder to write, such as ``corpus.framing``.
    options : mapping, optional
        How the files were read, to be kept with the corpus; ready for JSON.
    part_bytes : int
        About how many bytes of text each part has. Measures that read more than words, such as voices, take some ten times as much
        memory as a part has.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CorpusError
        When the folder holds something else, another process writes to it, or the disk is full; what is whole is kept.
    """
    return _saved(corpus, Path(path), options, part_edges(corpus.articles, part_bytes))


def encode_files(
    paths: Sequence[str | Path],
    path: str | Path,
    how: Reading,
    *,
    options: Mapping[str, Any] | None = None,
    part_bytes: int = PART_BYTES,
    client: Client | None = None,
) -> Corpus:
    """Read files and write their corpus, encoded, to a folder: what `save_corpus` writes of what `analysis.read` returns, byte for byte.

    The texts are never in memory at once: they go to files beside the folder, which are gone when this returns, and are cleaned, compared
    and encoded from there, part by part. A Parquet file is read part by part too; of other formats one file is in memory at a time. What is in memory
    of the whole corpus is what is known of each article besides its texts, about 2 KB of each for the search for copies, and the types.

    Parameters
    ----------
    paths : sequence of paths
        Files and folders.
    path : path
        The folder to write.
    how : Reading
        How they are read.
    options, part_bytes
        As `save_corpus` has them.
    client : Client, optional
        The client of a cluster, such as ``distributed.Client``, whose workers encode the parts; what was read of them travels there.

    Returns
    -------
    Corpus
        What was read, without the texts.

    Raises
    ------
    CorpusError
        As `analysis.read` and `save_corpus` do.
    ClusterError
        With a client: when its scheduler is gone, or its workers cannot do a part. The same call goes on from there.
    """
    folder = Path(path)
    with _beside(folder) as beside, OnDisk(beside, part_bytes) as room:
        corpus = corpus_in(room, paths, how)
        _saved(corpus, folder, options, room.edges(corpus.articles), client)
        return replace(corpus, articles=_without_texts(corpus.articles))


def _without_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """Return articles whose texts are all "", as the files in which they lie go."""
    return articles.assign(**{name: pd.Series("", articles.index, dtype="str") for name in TEXT_FIELDS})


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Make an empty folder for what is needed only meanwhile, on the same disk as another; one that a killed call left is emptied."""
    made = folder.with_name(f".{folder.name}.reading")
    with told_as_full(made):
        made.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(made / LOCK, timeout=0):
            for left in made.iterdir():
                if left.name != LOCK:
                    left.unlink()
            try:
                yield made
            finally:
                shutil.rmtree(made, ignore_errors=True)
    except Timeout as busy:
        raise CorpusError(
            f"{folder}: another process is reading for it; wait for it, or write to another folder"
        ) from busy


def _saved(
    corpus: Corpus,
    folder: Path,
    options: Mapping[str, Any] | None,
    edges: Collection[tuple[int, int]],
    client: Client | None = None,
) -> Path:
    articles = corpus.articles
    beside = Beside(
        corpus={"corpus_hash": corpus_hash(articles, edges), **corpus_facts(articles), "token_rule": TOKEN_RULE},
        facts={"options": dict(options or {}), "notes": [_said(note) for note in corpus.notes]},
        tables={name: getattr(corpus, name) for name in _TABLES},
    )
    store(articles, folder, beside, edges=edges, client=client)
    return folder


@dataclass(frozen=True, slots=True, repr=False)
class StoredCorpus(Corpus):
    """A corpus on disk as a Corpus, whose words are encoded already."""

    tokens: StoredTokens = field(kw_only=True)


def corpus_on_disk(tokens: StoredTokens) -> StoredCorpus:
    """Return the Corpus of a store: its articles, whose texts are mapped, and all that was said of them when they were read."""
    rejected, removed, files = (pd.read_parquet(tokens.folder / f"{name}.parquet") for name in _TABLES)
    notes = tuple(Note(finding, **facts) for finding, facts in tokens.manifest.facts["notes"])
    return StoredCorpus(tokens.articles, rejected, removed, files, notes, tokens=tokens)


def _said(note: Note) -> list[Any]:
    (finding,), facts = note.__getnewargs_ex__()
    return [finding, facts]
