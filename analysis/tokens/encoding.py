"""Corpus → Tokens: blocks of articles through the kernel, on threads, into one set of arrays."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from analysis.reading import Corpus
from analysis.schema import ARTICLES, TEXT_FIELDS
from analysis.tokens import kernel
from analysis.tokens.tokens import Tokens
from analysis.tokens.unicode import tables

# Blocks of about this size stay in the processor's cache while they are encoded.
_BLOCK_BYTES = 1 << 21

Fields = npt.NDArray[np.int64]
Part = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32], Fields, npt.NDArray[np.uint32]]


def tokenize(corpus: Corpus, *, threads: int | None = None) -> Tokens:
    """Return the corpus encoded once: every word as a type id, with its place and what stands around it.

    Words are the segments of Unicode's UAX #29 (version 15.0) that hold a letter or a digit, with one departure: a
    zero-width space does not cut a word. The result does not depend on the number of threads.

    Parameters
    ----------
    corpus : Corpus
        What `analysis.read` returns.
    threads : int, optional
        How many threads share the work; by default one a core.

    Returns
    -------
    Tokens
        The encoded corpus.

    References
    ----------
    Unicode Standard Annex #29, Unicode Text Segmentation, revision 41.
    """
    articles = ARTICLES.check(corpus.articles)
    buffers, bounds = _text_buffers(articles)
    shares = _shares(bounds, threads or os.cpu_count() or 1)
    with (
        ThreadPoolExecutor(len(shares)) as pool,
        tqdm(
            total=int((bounds[:, 1] - bounds[:, 0]).sum()), desc="encoding", unit="B", unit_scale=True, disable=None
        ) as bar,
    ):
        encoded = list(pool.map(lambda share: _encode_share(buffers, share, bar.update), shares))
    return _joined(articles, buffers, bounds, encoded)


def _text_buffers(articles: pd.DataFrame) -> tuple[tuple[npt.NDArray[np.uint8], ...], Fields]:
    """Return the UTF-8 bytes of the three text columns and the bounds of every field, three rows an article."""
    buffers = []
    bounds = np.empty((len(articles), 3, 2), np.int64)
    for place, field in enumerate(TEXT_FIELDS):
        column = pa.array(articles[field], type=pa.large_string(), from_pandas=True)
        column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        _, offsets, data = column.buffers()
        edges = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
        bounds[:, place, 0], bounds[:, place, 1] = edges[:-1], edges[1:]
        buffers.append(np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8))
    return tuple(buffers), bounds.reshape(-1, 2)


def _shares(bounds: Fields, threads: int) -> list[Fields]:
    """Cut the articles into one run a thread, of about the same number of bytes each."""
    sizes = (bounds[:, 1] - bounds[:, 0]).reshape(-1, 3).sum(axis=1)
    total = np.concatenate([[0], np.cumsum(sizes)])
    threads = max(1, min(threads, int(total[-1]) // _BLOCK_BYTES))
    cuts = np.searchsorted(total, np.linspace(0, total[-1], threads + 1)[1:-1])
    return np.split(bounds, 3 * np.unique(cuts))


def _encode_share(
    buffers: tuple[npt.NDArray[np.uint8], ...], bounds: Fields, advance: Callable[[int], object]
) -> tuple[list[Part], kernel.TypeTable]:
    """Encode a run of articles block by block, with a type table of its own."""
    characters = tables()
    table = kernel.empty_type_table()
    parts: list[Part] = []
    capacity = 0
    ids, starts, before = _work_arrays(0)
    for block in _blocks(bounds):
        n_bytes = int((block[:, 1] - block[:, 0]).sum())
        if n_bytes // 2 + len(block) > capacity:
            # A word and what parts it from the next take two bytes at least.
            capacity = n_bytes // 2 + len(block)
            ids, starts, before = _work_arrays(capacity)
        firsts, tails = np.empty(len(block) + 1, np.int64), np.empty(len(block), np.uint32)
        n, *grown = kernel.encode(
            buffers, block, characters.index, characters.blocks, *table, ids, starts, before, firsts, tails
        )
        table = kernel.TypeTable(*grown)
        parts.append((ids[:n].copy(), starts[:n].copy(), before[:n].copy(), firsts, tails))
        advance(n_bytes)
    return parts, table


def _work_arrays(capacity: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32]]:
    return np.empty(capacity, np.int32), np.empty(capacity, np.int32), np.empty(capacity, np.uint32)


def _blocks(bounds: Fields) -> list[Fields]:
    sizes = (bounds[:, 1] - bounds[:, 0]).reshape(-1, 3).sum(axis=1)
    block_of = np.cumsum(sizes) // _BLOCK_BYTES
    return [block for block in np.split(bounds, 3 * (np.flatnonzero(np.diff(block_of)) + 1)) if len(block)]


def _joined(
    articles: pd.DataFrame,
    buffers: tuple[npt.NDArray[np.uint8], ...],
    bounds: Fields,
    encoded: list[tuple[list[Part], kernel.TypeTable]],
) -> Tokens:
    """Join the threads' results; types keep the order of their first appearance in the corpus."""
    first_parts, table = encoded[0]
    parts = list(first_parts)
    for more, other in encoded[1:]:
        mapping, *grown = kernel.merge(other.spellings, other.bounds[: other.n_types + 1], *table)
        table = kernel.TypeTable(*grown)
        parts += [(mapping[part[0]], *part[1:]) for part in more]
    sizes = [len(part[0]) for part in parts]
    shifts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    field_starts = [part[3][:-1] + shift for part, shift in zip(parts, shifts, strict=False)]
    return Tokens.of_arrays(
        articles=articles,
        texts=(buffers, bounds),
        type_ids=_concatenated([part[0] for part in parts], np.int32),
        starts=_concatenated([part[1] for part in parts], np.int32),
        gaps=(
            _concatenated([part[2] for part in parts], np.uint32),
            _concatenated([part[4] for part in parts], np.uint32),
        ),
        fields=(np.concatenate([*field_starts, shifts[-1:]]), table),
    )


def _concatenated(arrays: list[Any], dtype: type[Any]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)
