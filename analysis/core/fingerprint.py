"""The hash that names a corpus in every result made from it."""

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.core.arrow import bytes_of
from analysis.core.schema import TEXT_FIELDS

_OPTIONAL = ("event_id", "language")
_COLUMNS = ("article_id", "outlet", "date", "lead_paragraphs", *TEXT_FIELDS)


def corpus_hash(articles: pd.DataFrame, edges: Iterable[tuple[int, int | None]] = ((0, None),)) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of ids, outlets, dates, leads, texts, events and languages, in their order.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    edges : iterable of tuple of int
        First row and end of the parts by which texts are read, where they should not be in memory at once; the hash does not hang on them.

    Notes
    -----
    Other columns, such as a topic of your own by which you group, do not count. Each column adds its lengths and then its
    bytes, so no two corpora share a hash because a text moved from one cell to the next.
    """
    digest = hashlib.sha256()
    for name in (*_COLUMNS, *(name for name in _OPTIONAL if name in articles)):
        text = articles[name].dt.strftime("%Y-%m-%d") if name == "date" else articles[name].astype("str")
        text = text.fillna("")
        digest.update(b"".join(np.diff(offsets).astype("<i8").tobytes() for offsets, _ in _parts(text)))
        for first, end in edges if name in TEXT_FIELDS else ((0, None),):
            for _, data in _parts(text.iloc[first:end]):
                digest.update(data)
    return digest.hexdigest()[:12]


def corpus_facts(articles: pd.DataFrame) -> dict[str, str | int]:
    """Return what results say of the size of the corpus in their attrs: ``corpus_articles`` and ``corpus_days``, the first and the last day.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    """
    days = articles["date"].dropna()
    ends = dict.fromkeys(day.strftime("%Y-%m-%d") for day in (days.min(), days.max())) if len(days) else {}
    undated = f"{len(articles) - len(days):,} without a date" if 0 < len(days) < len(articles) else ""
    said = [" to ".join(ends) or "no article has a date", *filter(None, [undated])]
    return {"corpus_articles": len(articles), "corpus_days": ", ".join(said)}


def _parts(texts: pd.Series) -> list[tuple[npt.NDArray[np.int64], memoryview]]:
    """Return the offsets and the UTF-8 bytes of each part in which the column lies in memory."""
    column = pa.array(texts, pa.large_string())
    parts = []
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        data, places = bytes_of(chunk)
        parts.append((places, data[places[0] : places[-1]].data))
    return parts
