"""Writing a corpus to disk, part by part; whatever interrupts it, the same call goes on from the last whole part."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from itertools import islice, tee
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.core.errors import CorpusError
from analysis.core.files import parquet_bytes, strangers_in, write_at, write_whole, writing
from analysis.core.progress import progress
from analysis.core.schema import TEXT_FIELDS
from analysis.tokens.eight_bytes import WIDTH
from analysis.tokens.encoding import encode, text_buffers
from analysis.tokens.fields import N_FIELDS
from analysis.tokens.layout import (
    ARRAYS,
    MANIFEST,
    TYPES,
    Manifest,
    Part,
    Piece,
    array_file,
    articles_file,
    check_pieces,
    text_file,
)
from analysis.tokens.tokens import Tokens
from analysis.tokens.type_table import TypeTable, empty_type_table, merge
from analysis.tokens.workers import Client, in_order_from_workers

# Texts of one part: small enough that reading voices in it takes some hundred MB, large enough that few parts make a corpus.
PART_BYTES = 64 << 20


class Beside(NamedTuple):
    """What is kept of a corpus beside its articles.

    Attributes
    ----------
    corpus : dict
        The origin of the corpus, as results name it.
    facts : dict
        What else is kept with it, ready for JSON.
    tables : mapping of str to pandas.DataFrame
        Tables, by name.
    """

    corpus: dict[str, Any]
    facts: dict[str, Any]
    tables: Mapping[str, pd.DataFrame]


class EncodedPart(NamedTuple):
    """What the texts of a part are encoded to: nothing of it hangs on the other parts.

    Attributes
    ----------
    types, type_bounds : numpy.ndarray
        The bytes of its distinct spellings, and where each begins in them.
    arrays : dict of str to numpy.ndarray
        Arrays of `ARRAYS`: type ids by its own types, places counted from its own first token.
    """

    types: npt.NDArray[np.uint8]
    type_bounds: npt.NDArray[np.int64]
    arrays: dict[str, npt.NDArray[Any]]


def store(
    articles: pd.DataFrame,
    folder: Path,
    beside: Beside,
    *,
    edges: Collection[tuple[int, int]],
    client: Client | None = None,
) -> None:
    """Write a corpus to disk, or go on with it where an earlier call ended.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    folder : Path
        Where; it is made.
    beside : Beside
        What is kept with them.
    edges : collection of tuple of int
        First row and end of each part, as `part_edges` gives them; the next is asked for when a part is written.
    client : Client, optional
        By which parts are encoded by the workers of a cluster; the files are the same.

    Raises
    ------
    CorpusError
        When the folder holds another corpus, another process writes to it, or it cannot be written.
    ClusterError
        As `analysis.tokens.workers.in_order_from_workers` does; the parts that were written before are kept.
    """
    written = tables_as_bytes(beside.tables)
    source = _fingerprint(articles, [*written.values()], [*edges])
    with writing(folder, error=CorpusError):
        manifest = _manifest_in(folder, beside.corpus | {"source": source}, list(articles.columns), beside.facts)
        if manifest.is_complete:
            return
        # What an interrupted call wrote is gone on with, so it must be what that call wrote.
        check_pieces(folder, manifest, {name for name, *_ in manifest.pieces()})
        table = _types_so_far(folder, manifest)
        with progress("writing the corpus", total=len(articles), unit=" articles") as bar:
            bar.update(sum(part.articles for part in manifest.parts))
            rows = islice(edges, len(manifest.parts), None)
            parts = (articles.iloc[first:last].reset_index(drop=True) for first, last in rows)
            for part, encoded in _encoded(parts, client, len(manifest.parts)):
                table = _add_part(folder, manifest, part, encoded, table)
                manifest.write(folder)
                bar.update(len(part))
        for name, data in written.items():
            write_whole(folder / name, data)
            manifest.tables[name] = Piece(len(data), hashlib.sha256(data).hexdigest())
        manifest.is_complete = True
        manifest.write(folder)


def _encoded(
    parts: Iterator[pd.DataFrame], client: Client | None, n_written: int
) -> Iterator[tuple[pd.DataFrame, EncodedPart]]:
    """Yield each part with what it is encoded to, by all cores here or by the workers of a cluster."""
    if client is None:
        yield from ((part, encoded_part(part)) for part in parts)
        return
    own, travelling = tee(parts)
    packed = map(_packed, travelling)
    yield from zip(own, in_order_from_workers(client, encoded_elsewhere, packed, first=n_written), strict=True)


def encoded_part(articles: pd.DataFrame, *, threads: int | None = None) -> EncodedPart:
    """Return what a part is encoded to."""
    tokens = encode(articles, threads=threads)
    arrays: dict[str, npt.NDArray[Any]] = {
        "type_ids": tokens.type_ids,
        "starts": tokens.starts,
        "gaps": tokens.gaps,
        "tails": tokens.tails,
        "field_starts": tokens.field_starts[:-1],
        "sentence_starts_in_part": tokens.sentence_starts,
        "sentence_paragraphs": tokens.sentence_paragraphs,
    }
    return EncodedPart(*spellings_of(tokens), arrays)


def encoded_elsewhere(packed: bytes) -> EncodedPart:
    """Return what a part that came from another process is encoded to; a worker has one core."""
    return encoded_part(pa.ipc.open_stream(packed).read_all().to_pandas(), threads=1)


def _packed(articles: pd.DataFrame) -> bytes:
    """Return a part as bytes that hold nothing of the texts round it."""
    table = pa.Table.from_pandas(articles, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _manifest_in(folder: Path, corpus: dict[str, Any], columns: list[str], facts: dict[str, Any]) -> Manifest:
    """Return the manifest of what an earlier call wrote of the same corpus, or a new one."""
    if (folder / MANIFEST).exists():
        found = Manifest.of(folder)
        if found.corpus != corpus or found.facts != facts:
            raise CorpusError(
                f"{folder}: holds another corpus ({found.corpus['corpus_hash']}), or the same read by other options or cut into other parts; "
                f"remove that folder or write to another one"
            )
        return found
    strangers = strangers_in(folder, _names_of_new())
    if strangers:
        raise CorpusError(
            f"{folder}: holds files that are no corpus on disk ({', '.join(strangers[:3])}); give a new folder"
        )
    return Manifest(corpus, columns, facts)


def _names_of_new() -> set[str]:
    """Return the files of a first part that was interrupted before it had a manifest."""
    return {*map(array_file, ARRAYS), *map(text_file, TEXT_FIELDS), TYPES, articles_file(0)}


def tables_as_bytes(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return tables as Parquet files, by file name."""
    return {f"{name}.parquet": parquet_bytes(pa.Table.from_pandas(table)) for name, table in tables.items()}


def _fingerprint(articles: pd.DataFrame, others: list[bytes], edges: list[tuple[int, int]]) -> str:
    """Return the hash by which an interrupted writing knows all that the hash of the corpus leaves out: further columns, tables, parts."""
    digest = hashlib.sha256(str(edges).encode())
    digest.update(parquet_bytes(_known(articles)))
    for data in others:
        digest.update(data)
    return digest.hexdigest()[:16]


def _known(articles: pd.DataFrame) -> pa.Table:
    """Return what is known of articles besides their texts.

    Raises
    ------
    CorpusError
        When a column holds values of several kinds.
    """
    try:
        return pa.Table.from_pandas(articles.drop(columns=list(TEXT_FIELDS)), preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CorpusError(
            f"a column of the articles cannot be written ({'; '.join(map(str, error.args))}): it holds values of several kinds, as where one "
            f"file has text in it and another numbers; make them one kind, or leave the column out"
        ) from error


def part_edges(articles: pd.DataFrame, part_bytes: int) -> list[tuple[int, int]]:
    """Return first row and end of each part: whole articles of about `part_bytes`, or one that has more; a corpus without any has one part too.

    Raises
    ------
    CorpusError
        When `part_bytes` is below 1.
    """
    if part_bytes < 1:
        raise CorpusError(f"part_bytes={part_bytes}: allowed are whole numbers from 1")
    sizes = np.zeros(len(articles), np.int64)
    for column in (name for name in TEXT_FIELDS if name in articles):
        lengths = pa.compute.binary_length(pa.array(articles[column], pa.large_string(), from_pandas=True))
        sizes += np.asarray(pa.compute.fill_null(lengths, 0), np.int64)
    firsts = [0, *(np.flatnonzero(np.diff(np.cumsum(sizes) // part_bytes)) + 1).tolist()]
    return list(zip(firsts, [*firsts[1:], len(articles)], strict=True))


def _types_so_far(folder: Path, manifest: Manifest) -> TypeTable:
    """Return the types of the parts that are written, in their order."""
    n_types = manifest.parts[-1].types if manifest.parts else 0
    table = empty_type_table()
    if not n_types:
        return table
    ends = np.fromfile(folder / array_file("type_ends"), np.dtype(ARRAYS["type_ends"]), n_types)
    data = np.fromfile(folder / TYPES, np.uint8, int(ends[-1]))
    return merge(_as_table(data, np.append(0, ends)), table)[1]


def _as_table(data: npt.NDArray[np.uint8], bounds: npt.NDArray[np.int64]) -> TypeTable:
    """Return distinct spellings as a table of types to be merged into another; the compiled loop reads them eight bytes at a time."""
    spellings = np.zeros(len(data) + WIDTH, np.uint8)
    spellings[: len(data)] = data
    return TypeTable(np.zeros((0, 2), np.uint64), spellings, bounds, len(bounds) - 1)


def spellings_of(tokens: Tokens) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return the bytes of the types of some tokens, and where each begins in them."""
    data = np.frombuffer("".join(tokens.types).encode("utf-8"), np.uint8)
    return data, np.append(0, np.cumsum(tokens.type_lengths, dtype=np.int64))


def types_of(tokens: Tokens) -> TypeTable:
    """Return the types of some tokens as a table to be merged into another."""
    return _as_table(*spellings_of(tokens))


def _add_part(
    folder: Path, manifest: Manifest, articles: pd.DataFrame, encoded: EncodedPart, table: TypeTable
) -> TypeTable:
    """Write the pieces of a part, and note them in the manifest; return the types with those of the part."""
    known = table.n_types
    # What came from another process may be read-only, for which merging would be compiled anew.
    ids, table = merge(_as_table(encoded.types, encoded.type_bounds.copy()), table)
    part = len(manifest.parts)
    name = articles_file(part)
    written = parquet_bytes(_known(articles))
    write_whole(folder / name, written)
    pieces = {name: Piece(len(written), hashlib.sha256(written).hexdigest())}
    arrays = encoded.arrays | {"type_ids": ids[encoded.arrays["type_ids"]]}
    for file, array in _files_of(articles, arrays, manifest, (known, table)).items():
        pieces[file] = _append(folder / file, array, manifest.end_of(file))
    n_tokens, n_sentences = len(arrays["type_ids"]), len(arrays["sentence_starts_in_part"])
    manifest.parts.append(Part(len(articles), n_tokens, n_sentences, table.n_types, pieces))
    return table


def _append(path: Path, array: npt.NDArray[Any], place: int) -> Piece:
    data = np.ascontiguousarray(array).view(np.uint8).data
    write_at(path, data, place)
    return Piece(place + data.nbytes, hashlib.sha256(data).hexdigest())


def _files_of(
    articles: pd.DataFrame, arrays: dict[str, npt.NDArray[Any]], manifest: Manifest, types: tuple[int, TypeTable]
) -> dict[str, npt.NDArray[Any]]:
    """Return the piece of each file that a part has."""
    known, table = types
    first_token = sum(part.tokens for part in manifest.parts)
    buffers, of_articles = text_buffers(articles)
    bounds, texts = np.empty_like(of_articles), dict[str, npt.NDArray[Any]]()
    for place, column in enumerate(TEXT_FIELDS):
        of_column = of_articles[place::N_FIELDS]
        begin, end = (int(of_column[0, 0]), int(of_column[-1, 1])) if len(of_column) else (0, 0)
        texts[text_file(column)] = buffers[place][begin:end]
        bounds[place::N_FIELDS] = of_column - begin + manifest.end_of(text_file(column))
    pieces = arrays | {
        "field_starts": arrays["field_starts"] + first_token,
        "bounds": bounds.ravel(),
        "type_ends": table.bounds[known + 1 : table.n_types + 1],
    }
    new = table.spellings[table.bounds[known] : table.bounds[table.n_types]]
    return (
        {array_file(name): array.astype(ARRAYS[name], copy=False) for name, array in pieces.items()}
        | texts
        | {TYPES: new}
    )
