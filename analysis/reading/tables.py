"""Tables of articles as any reader finds them: Parquet, columns without a name, and columns of texts."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.core.errors import CorpusError
from analysis.reading.records import Unread
from analysis.reading.unfit import check_columns, fit_batch

ROW_NAME = "row_name"

Rows = tuple[pd.DataFrame, list[Unread]]


def read_parquet(data: bytes) -> Rows:
    """Return the rows of a Parquet file, and those that no article can be."""
    try:
        with pq.ParquetFile(pa.BufferReader(data)) as packed:
            check_columns(packed.schema_arrow.names)
            table, rejected = fit_batch(packed.read(), 1)
        return table.to_pandas(), rejected
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"cannot be read as Parquet ({error}); export it again") from error


def with_names(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of strings without the columns that have neither name nor values, and with names for the others.

    The first column is named ``row_name``, since R's write.csv and pandas leave the name of their row names blank; any other
    gets the name of its place: ``column 7``.
    """
    nameless = {place for place, name in enumerate(table.columns) if not str(name).strip()}
    if not nameless:
        return table
    names = [str(name) for name in table.columns]
    for place in nameless:
        names[place] = ROW_NAME if place == 0 else f"column {place + 1}"
    filled = [place for place in range(len(names)) if place not in nameless or _has_values(table.iloc[:, place])]
    return table.set_axis(names, axis=1).iloc[:, filled]


def _has_values(cells: pd.Series) -> bool:
    return bool((cells.str.strip() != "").any())


def article_texts(values: pd.Series | None, column: str, length: int) -> pd.Series:
    """Return a text column of ARTICLES from that of a table, "" where there is none.

    Raises
    ------
    CorpusError
        When a cell holds no text, or half a character.
    """
    if values is None:
        return pd.Series([""] * length, dtype="str")
    if not isinstance(values.dtype, pd.StringDtype):
        is_text = values.map(lambda value: isinstance(value, str), na_action="ignore").fillna(True).astype(bool)
        if not is_text.all():
            place = int(is_text.to_numpy().argmin())
            raise CorpusError(
                f"table, row {place + 1}, column '{column}': found {values.iloc[place]!r}, which is no text; "
                "convert the column to strings"
            )
    try:
        return values.astype("str").fillna("")
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"table, column '{column}': half of a surrogate pair, which is no character; mend or drop that row"
        ) from error
