"""What no article may hold, whatever its format: more text than any has, a NUL character, half of a surrogate pair."""

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.core.arrow import array_of, is_true
from analysis.core.errors import CorpusError
from analysis.reading import limits
from analysis.reading.records import Unread

HALF_A_PAIR = "half of a surrogate pair, which is no character"
NUL = "a NUL character, so this is no plain text"
_MOST_RAW = 1_000  # characters of a text that is too long to be shown


def too_long(size: int) -> str:
    """Return that a document of some bytes is not read, and what to do."""
    most = limits.MOST_DOCUMENT_BYTES
    return f"{size / 1e6:,.0f} MB in one document; at most {most / 1e6:,.0f} MB are read; split it"


def why_unfit(texts: Iterable[str]) -> str:
    """Return why the texts of one article cannot be read, "" where they can."""
    size, has_nul = 0, False
    for text in texts:
        if (n_bytes := _n_bytes(text)) is None:
            return HALF_A_PAIR
        size += n_bytes
        has_nul |= "\0" in text
    if has_nul:
        return NUL
    return too_long(size) if size > limits.MOST_DOCUMENT_BYTES else ""


def raw_of(text: str) -> str:
    """Return a text as it is listed among what was rejected: the begin of one that is too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return f"{text[:_MOST_RAW]} …" if len(text) > limits.MOST_DOCUMENT_BYTES else text


def check_columns(names: Collection[object]) -> None:
    """Raise a CorpusError where a table has more columns than are read; asked before anything is made a column."""
    if len(names) > limits.MOST_COLUMNS:
        raise CorpusError(
            f"{len(names):,} columns; at most {limits.MOST_COLUMNS:,} are read; keep those of the articles, and check that it is a table of them"
        )


def fit_rows(table: pd.DataFrame, first: int = 1) -> tuple[pd.DataFrame, list[Unread]]:
    """Return the rows of a table that can be read, and the others, of which the first is numbered `first`."""
    reasons = np.full(len(table), "", object)
    sizes = np.zeros(len(table), np.int64)
    for place in range(len(table.columns)):
        _look_at(table.iloc[:, place], reasons, sizes)
    for row in np.flatnonzero((sizes > limits.MOST_DOCUMENT_BYTES) & (reasons == "")).tolist():
        reasons[row] = too_long(int(sizes[row]))
    unfit = np.flatnonzero(reasons != "")
    if not len(unfit):
        return table, []
    rejected = [Unread(f"row {first + row}", reasons[row], _shown(table.iloc[row])) for row in unfit.tolist()]
    return table[reasons == ""].reset_index(drop=True), rejected


def _look_at(values: pd.Series, reasons: npt.NDArray[np.object_], sizes: npt.NDArray[np.int64]) -> None:
    """Add the bytes of the texts of one column to `sizes`, and note in `reasons` which are none."""
    if isinstance(values.dtype, pd.StringDtype):
        texts = array_of(values)
        sizes += np.asarray(pc.fill_null(pc.binary_length(texts), 0), np.int64)
        reasons[is_true(pc.match_substring(texts, "\0"))] = NUL
    elif values.dtype == object:
        for row, value in enumerate(values):
            if isinstance(value, str):
                n_bytes = _n_bytes(value)
                reasons[row] = reasons[row] or (HALF_A_PAIR if n_bytes is None else NUL if "\0" in value else "")
                sizes[row] += n_bytes or 0


def _n_bytes(text: str) -> int | None:
    """Return how many bytes a text has as UTF-8, None where it holds half of a surrogate pair."""
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return None


def _shown(row: pd.Series) -> str:
    return "\n\n".join(raw_of(value) for value in row if isinstance(value, str) and value.strip())


def fit_batch(batch: pa.Table, first: int) -> tuple[pa.Table, list[Unread]]:
    """Return the rows of an Arrow table that can be read, and the others; as `fit_rows`, without a copy where all can.

    Raises
    ------
    pyarrow.ArrowInvalid
        When its bytes are not what its columns say, as where a text is no UTF-8.
    """
    batch.validate(full=True)
    texts = [name for name in batch.column_names if _is_text(batch.schema.field(name).type)]
    if len({*batch.column_names}) < len(batch.column_names) or not texts:
        return batch, []
    _, rejected = fit_rows(batch.select(texts).to_pandas(ignore_metadata=True), first)
    if not rejected:
        return batch, []
    unfit = {int(unread.position.removeprefix("row ")) - first for unread in rejected}
    return batch.filter(pa.array([row not in unfit for row in range(len(batch))])), rejected


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
