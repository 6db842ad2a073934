"""The hash that names a corpus in every result made from it."""

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.schema import TEXT_FIELDS

_COLUMNS = ("article_id", "outlet", "date", "lead_paragraphs", *TEXT_FIELDS)


def corpus_hash(articles: pd.DataFrame) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of what results depend on: ids, outlets, dates, leads and texts, in their order.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.

    Notes
    -----
    Each column adds its lengths and then its bytes, so no two corpora share a hash because a text moved from one cell to the next.
    """
    digest = hashlib.sha256()
    for name in _COLUMNS:
        text = articles[name].dt.strftime("%Y-%m-%d") if name == "date" else articles[name].astype("str")
        column = pa.array(text.fillna(""), pa.large_string())
        offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
        digest.update(np.diff(offsets).astype("<i8").tobytes())
        data = column.buffers()[2]
        if data is not None and len(offsets):
            digest.update(memoryview(data)[offsets[0] : offsets[-1]])
    return digest.hexdigest()[:12]
