"""A corpus to disk and back: its articles encoded, with all that reading said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.core.fingerprint import corpus_facts, corpus_hash
from analysis.reading.corpus import Corpus
from analysis.reading.notes import Note
from analysis.tokens.store import StoredTokens
from analysis.tokens.storing import PART_BYTES, store
from analysis.tokens.tokens import TOKEN_RULE

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
    folder = Path(path)
    articles = corpus.articles
    store(
        articles,
        folder,
        corpus={"corpus_hash": corpus_hash(articles), **corpus_facts(articles), "token_rule": TOKEN_RULE},
        facts={"options": dict(options or {}), "notes": [_said(note) for note in corpus.notes]},
        tables={name: getattr(corpus, name) for name in _TABLES},
        part_bytes=part_bytes,
    )
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
