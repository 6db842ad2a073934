"""Corpus → Tokens: blocks of articles through the kernel, on threads, into one set of arrays."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.core.arrow import array_of, bytes_of
from analysis.core.progress import progress
from analysis.core.schema import ARTICLES, TEXT_FIELDS
from analysis.tokens import kernel
from analysis.tokens.damaged_marks import mended
from analysis.tokens.fields import N_FIELDS, field_of
from analysis.tokens.kernel import Encoded, Texts
from analysis.tokens.tokens import Tokens
from analysis.tokens.type_table import TypeTable, empty_type_table, merge

# The progress bar moves after blocks of about this size.
_BLOCK_BYTES = 1 << 21

Fields = npt.NDArray[np.int64]


class _Share(NamedTuple):
    """What one thread encoded, and the types it met."""

    encoded: Encoded
    table: TypeTable


def encode(articles: pd.DataFrame, *, threads: int | None = None) -> Tokens:
    """Return ARTICLES encoded once; `analysis.tokenize` says how.

    Raises
    ------
    SchemaError
        When the table is not ARTICLES.
    """
    ARTICLES.check(articles)
    texts = text_buffers(articles)
    bounds = texts.bounds
    shares = _shares(bounds, threads or os.cpu_count() or 1)
    with (
        ThreadPoolExecutor(len(shares)) as pool,
        progress("encoding", total=int((bounds[:, 1] - bounds[:, 0]).sum()), unit="B") as bar,
    ):
        encoded = list(pool.map(lambda share: _encode_share(Texts(texts.buffers, share), bar.update), shares))
    return _joined(articles, texts, encoded)


def encoded_again(made: Tokens | None, articles: pd.DataFrame) -> Tokens | None:
    """Return the tokens of ARTICLES from what was encoded before, None where that is of other texts, or of these in another order.

    The texts are compared byte by byte; columns that hold none may differ. What hangs on them is made anew.
    """
    if made is None or len(made.bounds) != N_FIELDS * len(articles):
        return None
    buffers, bounds = text_buffers(articles)
    if not np.array_equal(np.diff(bounds), np.diff(made.bounds)):
        return None
    for place in range(N_FIELDS if len(articles) else 0):
        ours, theirs = (
            pa.py_buffer(data[edges[place, 0] : edges[place - N_FIELDS, 1]])
            for data, edges in ((buffers[place], bounds), (made.buffers[place], made.bounds))
        )
        if not ours.equals(theirs):
            return None
    return replace(made, articles=articles)


def text_buffers(articles: pd.DataFrame) -> Texts:
    """Return the UTF-8 bytes of the three text columns and the bounds of every field, three rows an article."""
    buffers = []
    bounds = np.empty((len(articles), N_FIELDS, 2), np.int64)
    for place, field in enumerate(TEXT_FIELDS):
        data, edges = bytes_of(array_of(articles[field]))
        bounds[:, place, 0], bounds[:, place, 1] = edges[:-1], edges[1:]
        buffers.append(data)
    return Texts(tuple(buffers), bounds.reshape(-1, 2))


def _shares(bounds: Fields, threads: int) -> list[Fields]:
    """Cut the articles into one run a thread, of about the same number of bytes each."""
    sizes = (bounds[:, 1] - bounds[:, 0]).reshape(-1, N_FIELDS).sum(axis=1)
    total = np.concatenate([[0], np.cumsum(sizes)])
    threads = max(1, min(threads, int(total[-1]) // _BLOCK_BYTES))
    cuts = np.searchsorted(total, np.linspace(0, total[-1], threads + 1)[1:-1])
    return np.split(bounds, field_of(np.unique(cuts), 0))


def _encode_share(texts: Texts, advance: Callable[[int], object]) -> _Share:
    """Encode a run of articles block by block, with a type table of its own."""
    bounds = texts.bounds
    # Memory that is not written is not taken.
    out = Encoded.room_for(bounds)
    table = empty_type_table()
    n = done = 0
    for block in _blocks(bounds):
        of_block = slice(done, done + len(block))
        out_of_block = out._replace(firsts=out.firsts[of_block], tails=out.tails[of_block])
        n, table = kernel.encode(mended(Texts(texts.buffers, block)), table, out_of_block, n)
        done += len(block)
        advance(int((block[:, 1] - block[:, 0]).sum()))
    for array in (out.ids, out.starts, out.before):
        array.resize(n, refcheck=False)
    return _Share(out, table)


def _blocks(bounds: Fields) -> list[Fields]:
    sizes = (bounds[:, 1] - bounds[:, 0]).reshape(-1, N_FIELDS).sum(axis=1)
    block_of = np.cumsum(sizes) // _BLOCK_BYTES
    return [block for block in np.split(bounds, field_of(np.flatnonzero(np.diff(block_of)) + 1, 0)) if len(block)]


def _joined(articles: pd.DataFrame, texts: Texts, shares: list[_Share]) -> Tokens:
    """Join the threads' results; types keep the order of their first appearance in the corpus."""
    table = shares[0].table
    ids = [shares[0].encoded.ids]
    for share in shares[1:]:
        mapping, table = merge(share.table, table)
        ids.append(mapping[share.encoded.ids])
    shifts = np.cumsum([0, *map(len, ids)])
    parts = [share.encoded for share in shares]
    firsts = [part.firsts + shift for part, shift in zip(parts, shifts, strict=False)]
    return Tokens.of_arrays(
        articles=articles,
        texts=(texts.buffers, texts.bounds),
        type_ids=_concatenated(ids),
        starts=_concatenated([part.starts for part in parts]),
        gaps=(_concatenated([part.before for part in parts]), _concatenated([part.tails for part in parts])),
        fields=(np.concatenate([*firsts, shifts[-1:]]), table),
    )


def _concatenated(arrays: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Join the arrays of the threads; a single one is not copied."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
