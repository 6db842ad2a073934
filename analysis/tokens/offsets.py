"""From byte offsets of tokens to code-point offsets of tables."""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.tokens.compiling import compiled
from analysis.tokens.fields import column_of
from analysis.tokens.tokens import Tokens


@compiled
def _count(buffers, bounds, fields, first_bytes, last_bytes, starts, ends):
    field = -1
    at = point = 0
    for k in range(len(fields)):
        data, begin = buffers[column_of(fields[k])], bounds[fields[k], 0]
        if fields[k] != field:
            field, at, point = fields[k], 0, 0
        while at < first_bytes[k]:
            point += data[begin + at] & 0xC0 != 0x80
            at += 1
        starts[k] = point
        end = point
        for byte in range(first_bytes[k], last_bytes[k]):
            end += data[begin + byte] & 0xC0 != 0x80
        ends[k] = end


def code_points(
    tokens: Tokens, fields: npt.NDArray[Any], first: npt.NDArray[Any], last: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return start and end in code points, from the field's start, of spans of tokens.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    fields, first, last : numpy.ndarray of integers
        Field, first and last token of each span, in the order of the text.
    """
    starts, ends = np.empty(len(first), np.int32), np.empty(len(first), np.int32)
    _count(tokens.buffers, tokens.bounds, fields, tokens.starts[first], tokens.ends_of(last), starts, ends)
    return starts, ends
