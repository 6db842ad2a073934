"""A column of texts as it lies in memory: its Arrow array, its bytes, and the column with some texts put in the place of others."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def array_of(texts: pd.Series) -> pa.LargeStringArray:
    """Return the texts of a column as one Arrow array; a column that is one already is not copied."""
    array = pa.array(texts, pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def bytes_of(array: pa.LargeStringArray) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return the UTF-8 bytes of all texts, and where each begins in them, with the end of the last one; both are read-only."""
    _, offsets, data = array.buffers()
    if not len(array) or data is None or not data.size:
        return _read_only(bytes(1), np.uint8)[:0], _read_only(bytes(8 * (len(array) + 1)), np.int64)
    return _read_only(data, np.uint8), _read_only(offsets, np.int64)[array.offset : array.offset + len(array) + 1]


def _read_only(buffer: Any, dtype: type[Any]) -> npt.NDArray[Any]:
    """Return a buffer as an array; Arrow has buffers that can be written too, for which functions would be compiled a second time."""
    values: npt.NDArray[Any] = np.frombuffer(buffer, dtype)
    values.flags.writeable = False
    return values


def texts_at(texts: pd.Series, places: npt.NDArray[Any]) -> list[Any]:
    """Return the texts in some places of a column as strings, None where one is missing."""
    found: list[Any] = array_of(texts).take(pa.array(places, pa.int64())).to_pylist()
    return found


def with_texts(texts: pd.Series, places: Sequence[int] | npt.NDArray[Any], others: Sequence[str | None]) -> pd.Series:
    """Return a column with other texts in some places, which are in order."""
    if not len(places):
        return texts
    is_other = np.zeros(len(texts), bool)
    is_other[places] = True
    changed = pc.replace_with_mask(array_of(texts), pa.array(is_other), pa.array(others, pa.large_string()))
    return pd.Series(pd.array(changed, dtype="str"), index=texts.index, name=texts.name)


def values_of(texts: pa.Array, known: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """Return what a mapping, which is not empty, has for each text; 0 where it has nothing."""
    places = pc.index_in(texts, pa.array(list(known), texts.type))
    found: npt.NDArray[np.int64] = np.append(np.array(list(known.values()), np.int64), 0)[
        pc.fill_null(places, -1).to_numpy()
    ]
    return found


def is_true(values: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    """Return Arrow's answers as a mask, False where a text is missing."""
    filled = pc.fill_null(values, False)
    mask: npt.NDArray[np.bool_] = filled.to_numpy(zero_copy_only=False)
    return mask


def is_blank(texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which texts are missing or hold nothing but white space."""
    array = array_of(texts)
    # Only a text that is empty or begins with white space can be blank.
    blank = np.array(
        is_true(pc.equal(pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(pc.fill_null(array, ""), 0, 1)), ""))
    )
    likely = np.flatnonzero(blank)
    blank[likely] = [text is None or not text.strip() for text in texts_at(texts, likely)]
    return blank
