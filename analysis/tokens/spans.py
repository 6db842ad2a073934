"""Spans of tokens, from a first to a last one: which tokens they cover, and what is printed there."""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.tokens.fields import column_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


def spans_at(n_tokens: int, first: Array, last: Array) -> npt.NDArray[np.int32]:
    """Return for each token the span that covers it, the later one where several do, -1 where none does."""
    lengths = last - first + 1
    begins = np.cumsum(lengths) - lengths
    covered = np.repeat(first - begins, lengths) + np.arange(lengths.sum())
    spans = np.full(n_tokens, -1, np.int32)
    spans[covered] = np.repeat(np.arange(len(first), dtype=np.int32), lengths)
    return spans


def covered(n_tokens: int, first: Array, last: Array) -> npt.NDArray[np.bool_]:
    """Return whether each token is in a span."""
    # 1 where a span begins, -1 behind its end: the running sum is above 0 inside.
    steps = np.bincount(first, minlength=n_tokens + 1) - np.bincount(last + 1, minlength=n_tokens + 1)
    inside: npt.NDArray[np.bool_] = np.cumsum(steps[:n_tokens]) > 0
    return inside


def touched(mask: npt.NDArray[np.bool_], first: Array, last: Array) -> npt.NDArray[np.bool_]:
    """Return whether each span has a token at which `mask` is true."""
    found = mask[first]
    # Spans are few words long, and the tokens are many: step by step is faster than a running sum.
    for step in range(1, int((last - first).max(initial=0)) + 1):
        found |= mask[np.minimum(first + step, last)]
    return found


def byte_spans(tokens: Tokens, first: Array, last: Array) -> tuple[Array, Array, Array]:
    """Return the place in ``tokens.buffers`` of each span's text, its first byte there and the byte behind its last."""
    fields = tokens.fields_at(first)
    base = tokens.bounds[fields, 0]
    return column_of(fields), base + tokens.starts[first], base + tokens.ends_of(last)


def texts_of(tokens: Tokens, first: Array, last: Array) -> list[str]:
    """Return the text of each span as printed."""
    buffers = [buffer.data for buffer in tokens.buffers]
    spans = zip(*(array.tolist() for array in byte_spans(tokens, first, last)), strict=True)
    return [str(buffers[column][begin:end], "utf-8") for column, begin, end in spans]
