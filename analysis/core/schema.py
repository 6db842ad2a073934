"""The tables that pass between the folders of the package: their columns, types, units and keys."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import pandas as pd

from analysis.core.errors import SchemaError

TEXT_FIELDS = ("headline", "standfirst", "body")
ZONES = ("headline", "standfirst", "lead", "body")
_MOST_SHOWN = 8
_MOST_LETTERS = 60
_MOST_ALIKE = 3


def _is_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype)


_IS_OF_KIND: dict[str, Callable[[pd.Series], bool]] = {
    "text": _is_text,
    "day": pd.api.types.is_datetime64_any_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_numeric_dtype,
    "boolean": pd.api.types.is_bool_dtype,
}


_DTYPES = {"text": "str", "day": "datetime64[us]", "integer": "int64", "number": "float64", "boolean": "bool"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Its name; a unit stands in it (``rate_per_1000``).
    kind : {"text", "day", "integer", "number", "boolean"}
        ``text`` is pandas' ``str`` or a categorical of strings, ``day`` a datetime without a time zone.
    meaning : str
        One line for readers and for error messages.
    is_group : bool
        Whether the caller names it (``by``), so that other columns, or none, may stand in its place.
    """

    name: str
    kind: str
    meaning: str
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns that a table must have; further columns are allowed and kept.

    Attributes
    ----------
    name : str
        The table's name in upper case, as the documentation uses it.
    columns : tuple of Column
        The required columns, in their usual order.
    key : tuple of str
        The columns whose values are unique together; empty where rows have no key.
    made_by : str
        The call that makes such a table, for error messages; "" where several do.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    made_by: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the required columns."""
        return tuple(column.name for column in self.columns if not column.is_group)

    def of(self, *names: str) -> Self:
        """Return the schema of what needs these columns of the table and no others; one that is not declared is a group that the caller names."""
        known = {column.name: column for column in self.columns}
        needed = (known.get(name, Column(name, "text", "column of the groups")) for name in names)
        return replace(self, columns=tuple(replace(column, is_group=False) for column in needed), key=())

    def empty(self) -> pd.DataFrame:
        """Return the table without a row."""
        return pd.DataFrame({column.name: pd.Series(dtype=_DTYPES[column.kind]) for column in self.columns})

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table unchanged if it fits this schema.

        Raises
        ------
        SchemaError
            When it is no table, a column is missing or of another kind, or the key is not unique.
        """
        made_by = f"; {self.made_by} makes such a table" if self.made_by else ""
        if not isinstance(table, pd.DataFrame):
            raise SchemaError(f"table {self.name}: found {type(table).__name__}, needed is a pandas.DataFrame{made_by}")
        missing = [name for name in self.names if name not in table.columns]
        if missing:
            other = declared_as(table)
            found = _listed(table.columns)
            if other and not set(other.names) <= set(self.names):  # else it is this table with a column less
                found = f"a table {other.name} with {found}"
            raise SchemaError(
                f"table {self.name}: no column {_listed(missing)}; found {found}; "
                f"needed are {_listed(self.names)}{made_by}"
            )
        for column in self.columns:
            if not column.is_group and not _IS_OF_KIND[column.kind](table[column.name]):
                raise SchemaError(
                    f"table {self.name}, column '{column.name}' ({column.meaning}): found values of type "
                    f"{table[column.name].dtype}; needed is {column.kind}; convert the column first"
                )
        key = self._key_in(table)
        if key and table.duplicated(key).any():
            first = table.loc[table.duplicated(key), key].iloc[0].to_dict()
            raise SchemaError(f"table {self.name}: {first} stands in more than one row; {_listed(key)} must be unique")
        return table

    def _key_in(self, table: pd.DataFrame) -> list[str]:
        """Return the key of the table; where the caller named the groups, these are the columns that the schema does not know."""
        if not any(column.is_group for column in self.columns):
            return list(self.key)
        known = set(self.names)
        return [name for name in table.columns if name not in known or name in self.key] if self.key else []


def _listed(names: Sequence[str] | pd.Index) -> str:
    return ", ".join(f"'{name}'" for name in names)


_MADE_BY = re.compile(r"^Made by `(.+?)`\.", re.MULTILINE)
_KEY = re.compile(r"\bUnique: (.+)\.$", re.MULTILINE)
_ROW = re.compile(r"^\| `(\w+)`(\*?) \| (\w+) \| (.+) \|$", re.MULTILINE)


def _declared(text: str) -> dict[str, Schema]:
    """Return the schemas that ``tables.md`` beside this module declares, by name."""
    found = {}
    for block in text.split("\n## ")[1:]:
        name = block.partition("\n")[0]
        columns = (Column(column, kind, meaning, star == "*") for column, star, kind, meaning in _ROW.findall(block))
        made_by, key = _MADE_BY.search(block), _KEY.search(block)
        unique = tuple(re.findall(r"`(\w+)`", key[1])) if key else ()
        found[name] = Schema(name, tuple(columns), unique, made_by[1] if made_by else "")
    return found


TABLES = _declared(Path(__file__).with_name("tables.md").read_text(encoding="utf-8"))
ARTICLES, REJECTED, REMOVED, FILES = (TABLES[name] for name in ("ARTICLES", "REJECTED", "REMOVED", "FILES"))
HITS, VOICES, TRACES, MENTIONS, POLARITIES, SAMPLE = (
    TABLES[name] for name in ("HITS", "VOICES", "TRACES", "MENTIONS", "POLARITIES", "SAMPLE")
)
CORRECTION = TABLES["CORRECTION"]


def declared_as(table: pd.DataFrame) -> Schema | None:
    """Return which declared table it is by its columns, None for none; tables of three columns or fewer are too like others to be told."""
    fitting = [
        schema
        for schema in TABLES.values()
        if len(schema.names) > _MOST_ALIKE and set(schema.names) <= set(table.columns)
    ]
    return max(fitting, key=lambda schema: len(schema.names), default=None)


def kind_of(value: object) -> str:
    """Return what a value is, for an error that found it in the place of another: "a table HITS", "a Lexicon", "the text 'weak'", "None".

    A table that is none of those that are declared is "a DataFrame with columns …".
    """
    if isinstance(value, pd.DataFrame):
        schema = declared_as(value)
        return (
            f"a table {schema.name}" if schema else f"a DataFrame with columns {_listed(value.columns[:_MOST_SHOWN])}"
        )
    if isinstance(value, str):
        return f"the text {value[:_MOST_LETTERS]!r}"
    if value is None:
        return "None"
    name = type(value).__name__
    return name if name.endswith("s") else f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}"
