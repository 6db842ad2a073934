"""Tables for SPSS (.sav) and Stata (.dta), with variable labels; by pyreadstat, which the extra ``spss`` installs.

Both formats hold the time of writing, so a file written again is not the same to the byte. A truth value is 0 or 1, what is
missing is missing, an empty text is empty.
"""

import re
from collections.abc import Callable
from types import ModuleType

import pandas as pd

from analysis.core.errors import FramingError
from analysis.core.files import scratch_folder
from analysis.exporting.columns import Columns

_LABEL = 80  # characters of a label that Stata takes
_FILE_LABEL = 60  # bytes, of the 64 that SPSS takes
_NAME = re.compile(r"[A-Za-z]\w{0,31}", re.ASCII)
_LONGEST = {".sav": 32_767, ".dta": 2_045}  # bytes of a text


def spss_file(table: pd.DataFrame, title: str) -> bytes:
    """Return the table for SPSS."""
    return _file(table, title, ".sav", _pyreadstat(".sav").write_sav)


def stata_file(table: pd.DataFrame, title: str) -> bytes:
    """Return the table for Stata."""
    return _file(table, title, ".dta", _pyreadstat(".dta").write_dta)


def _pyreadstat(suffix: str) -> ModuleType:
    try:
        import pyreadstat
    except ModuleNotFoundError as error:
        raise FramingError(
            f"export: {suffix} needs pyreadstat, which is not installed; pip install 'media-framing-analysis[spss]'"
        ) from error
    module: ModuleType = pyreadstat
    return module


def _file(table: pd.DataFrame, title: str, suffix: str, write: Callable[..., None]) -> bytes:
    """Return what pyreadstat writes, which it writes to a path only.

    Raises
    ------
    FramingError
        When the format cannot have a column of this name or length.
    """
    plain = pd.DataFrame({str(name): _plain(table[name]) for name in table.columns})
    _check(plain, suffix)
    columns = Columns(table)
    labels = [_label(columns, str(name)) for name in table.columns]
    label = title.encode("utf-8")[:_FILE_LABEL].decode("utf-8", "ignore")
    with scratch_folder() as folder:
        path = folder / f"table{suffix}"
        write(plain, path, file_label=label, column_labels=labels)
        return path.read_bytes()


def _check(table: pd.DataFrame, suffix: str) -> None:
    for name in table.columns:
        if not _NAME.fullmatch(name):
            raise FramingError(
                f"export: {suffix} has no variable {name!r}: a name there is a letter, then up to 31 letters, digits and '_'; "
                f"table.rename(columns={{{name!r}: …}})"
            )
        if table[name].dtype == "object":
            longest = max((len(text.encode("utf-8")) for text in table[name] if isinstance(text, str)), default=0)
            if longest > _LONGEST[suffix]:
                raise FramingError(
                    f"export: column {name!r} has a text of {longest:,} bytes, {suffix} holds {_LONGEST[suffix]:,}; leave the column "
                    f"out, or write .csv"
                )


def _plain(column: pd.Series) -> pd.Series:
    """Return a column in a type that these formats have: float64, a day, or texts with None for missing ones."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.astype("float64")
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column
    return pd.Series([None if pd.isna(value) else str(value) for value in column], dtype="object", index=column.index)


def _label(columns: Columns, name: str) -> str:
    """Return the meaning of a column as its label, with an ellipsis where it is too long; without one, its readable name."""
    said = columns.meaning(name) or columns.heading(name)
    return said if len(said) <= _LABEL else f"{said[: _LABEL - 1]}…"
