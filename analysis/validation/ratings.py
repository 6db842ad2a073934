"""Codings as tables of items by coders, one a variable: who coded, at which level, and what the values are."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.schema import TABLES
from analysis.validation.alpha import Level, masi_distances

Array = npt.NDArray[Any]

KINDS = ("person", "model", "adjudicated")
LEVELS = tuple(name for name in get_args(Level) if name != "set")
SEVERAL = ";"  # between the values of a variable that takes several
NEEDED = TABLES["CODINGS"].of("coder", "item", "variable", "value")
_AGAIN = re.compile(r"(?P<person>.*\S) \((?P<turn>\d+)\)")


class Coder(NamedTuple):
    """A column of codings: one person or model at one time.

    Attributes
    ----------
    name : str
        As results show it: "A", and "A (2)" for what A coded a second time.
    person : str
        Who it is at all times.
    turn : int
        Which time.
    kind : {"person", "model", "adjudicated"}
        What it is.
    """

    name: str
    person: str
    turn: int
    kind: str


@dataclass(frozen=True, eq=False)
class Ratings:
    """The codings of one variable.

    Attributes
    ----------
    variable : str
        Its name.
    level : {"nominal", "ordinal", "interval", "ratio", "set"}
        ``set`` where a coder may choose several values.
    values : list of str
        The values that were given, in their order.
    scale : numpy.ndarray
        What alpha needs to know of them: numbers, or the distances of sets; unused for nominal and ordinal values.
    n_choices : int
        How many values a coder could choose from, as far as is known.
    codes : numpy.ndarray of int, shape (n_items, n_coders)
        The number of the value, -1 where a coder did not code the item.
    coders : list of Coder
        The columns of `codes`, by name.
    items : pandas.DataFrame
        The rows of `codes`, by ``item``, with what is known of each.
    """

    variable: str
    level: Level
    values: list[str]
    scale: Array
    n_choices: int
    codes: Array
    coders: list[Coder]
    items: pd.DataFrame


def ratings_of(
    codings: pd.DataFrame, *, kinds: Sequence[str], level: str | Mapping[str, str] | None, of_items: Sequence[str] = ()
) -> list[Ratings]:
    """Return the codings of each variable, by its name.

    Parameters
    ----------
    codings : pandas.DataFrame
        ``coder``, ``item``, ``variable``, ``value``; ``kind`` and ``pass`` where they are known.
    kinds : sequence of str
        Whose codings: of a person, a model, adjudicated.
    level : str or mapping, optional
        The level of measurement, of all variables or of each by its name; without it what the codebook says, else nominal.
    of_items : sequence of str
        Columns that say something of an item, whoever codes it.

    Raises
    ------
    SchemaError
        When a column is missing, one coder has two values for one item and variable, a column of items differs within one, nobody of these
        kinds coded, or a value does not fit the level.
    """
    table = _coded_by(as_coded(codings), kinds)
    items = _about_items(table, of_items)
    named: Mapping[str, Any] = codings.attrs.get("variables", {})
    return [
        _ratings(str(variable), rows, items, named.get(str(variable), {}), _level_of(str(variable), level))
        for variable, rows in table.groupby("variable", sort=True)
    ]


def as_coded(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that hold a coding, with ``person``, ``turn``, ``kind``, and ``coder`` as results name them.

    A coder twice is told by the column ``pass`` (1, 2, …), or by names such as "A" and "A (2)".

    Raises
    ------
    SchemaError
        When a column is missing, a row names no coder, item or variable, or one coder has two values for one item and variable.
    """
    check_columns(codings)
    table = codings.assign(**{name: text_of(codings[name]) for name in NEEDED.names})
    for name in ("coder", "item", "variable"):
        if table[name].isna().any():
            row = int(np.flatnonzero(table[name].isna())[0])
            raise SchemaError(f"table CODINGS, row {row + 1}: no {name}; give each coding its {name}")
    table = table.assign(**_persons(table), kind=kinds_of(table))
    table = table[table["value"].notna()]
    _refuse_two_values(table)
    return table


def check_columns(codings: pd.DataFrame) -> None:
    """Refuse what is no table of codings; values of any type are taken as text."""
    if not isinstance(codings, pd.DataFrame) or not set(NEEDED.names) <= set(codings.columns):
        NEEDED.check(codings)


def text_of(column: pd.Series) -> pd.Series:
    """Return a column as text: whole numbers without a decimal point, texts without spaces at their ends, nothing and "" as missing."""
    return _each_distinct(column, _as_text)


def _as_text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def _each_distinct(column: pd.Series, made: Callable[[Any], str | None]) -> pd.Series:
    """Return what is made of each value as text, made once of each that differs; missing where it is missing or none is made."""
    places, distinct = pd.factorize(column)
    texts = pd.array([*map(made, distinct), None], dtype="str")
    return pd.Series(texts.take(places), index=column.index)


def _persons(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Return who coded, which time, and the name of both."""
    if "pass" in table.columns:
        person, turn = table["coder"], pd.to_numeric(table["pass"], errors="coerce")
        if turn.isna().any() or (turn < 1).any() or (turn % 1 != 0).any():
            found = table.loc[turn.isna() | (turn < 1) | (turn % 1 != 0), "pass"].iloc[0]
            raise SchemaError(
                f"table CODINGS, column 'pass': found {found!r}; needed is which time a coder codes: 1, 2, …"
            )
    else:
        places, coders = pd.factorize(table["coder"])
        known = [_person_and_turn(name) for name in coders]
        person = pd.Series(pd.array([each for each, _ in known], dtype="str").take(places), index=table.index)
        turn = pd.Series(np.array([each for _, each in known], np.int64)[places], index=table.index)
    turn, name = turn.astype(np.int64), person.copy()
    again = turn > 1
    name[again] = person[again] + " (" + turn[again].astype("str") + ")"
    return {"person": person, "turn": turn, "coder": name}


def _person_and_turn(name: str) -> tuple[str, int]:
    again = _AGAIN.fullmatch(name)
    return (again["person"], int(again["turn"])) if again else (name, 1)


def kinds_of(table: pd.DataFrame) -> pd.Series:
    """Return of each coding whether it is of a person (also where nothing stands there), of a model or adjudicated."""
    if "kind" not in table.columns:
        return pd.Series("person", index=table.index, dtype="str")
    kind = table["kind"].astype("str").fillna("person")
    unknown = kind[~kind.isin(KINDS)]
    if len(unknown):
        raise SchemaError(f"table CODINGS, column 'kind': found {unknown.iloc[0]!r}; known are {', '.join(KINDS)}")
    return kind


def _refuse_two_values(table: pd.DataFrame) -> None:
    twice = table.duplicated(["coder", "item", "variable"])
    if twice.any():
        row = table[twice].iloc[0]
        raise SchemaError(
            f"table CODINGS: coder {row['coder']!r} has two values for item {row['item']!r}, variable {row['variable']!r}; keep one, or "
            f"number what was coded a second time in a column 'pass' (1, 2): that is stability, no agreement of coders"
        )
    kinds = table.drop_duplicates(["coder", "kind"])
    both = kinds[kinds.duplicated("coder")]
    if len(both):
        raise SchemaError(
            f"table CODINGS: coder {both['coder'].iloc[0]!r} is of two kinds, {both['kind'].iloc[0]} and another; give each a name of its own"
        )


def _coded_by(table: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return the codings of these kinds."""
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    unknown = [kind for kind in asked if kind not in KINDS]
    if unknown or not asked:
        raise SchemaError(f"kinds: found {kinds!r}; known are {', '.join(KINDS)}")
    found = table[table["kind"].isin(asked)]
    if found.empty:
        there = ", ".join(sorted(set(table["kind"]))) or "none"
        raise SchemaError(
            f"table CODINGS: no coding of kind {' or '.join(asked)}; kinds with codings: {there}; name those that you want in kinds="
        )
    return found


def _about_items(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return what these columns say of each item; raises where they differ within one."""
    there = [name for name in dict.fromkeys(columns) if name in table.columns]
    rows = table[["item", *there]].drop_duplicates()
    if rows["item"].duplicated().any():
        item = rows.loc[rows["item"].duplicated(), "item"].iloc[0]
        of_one = rows[rows["item"] == item]
        name = next(name for name in there if of_one[name].nunique(dropna=False) > 1)
        values = " and ".join(map(repr, of_one[name].unique()[:2]))
        raise SchemaError(
            f"table CODINGS, column {name!r}: item {item!r} has {values}; needed is one value for all codings of an item"
        )
    return rows.set_index("item")


def _level_of(variable: str, level: str | Mapping[str, str] | None) -> str | None:
    """Return the level that was asked for, None for none."""
    found = level.get(variable) if isinstance(level, Mapping) else level
    if found is not None and found not in LEVELS:
        raise SchemaError(f"level: found {found!r} for variable {variable!r}; known are {', '.join(LEVELS)}")
    return found


def _ratings(
    variable: str, rows: pd.DataFrame, items: pd.DataFrame, codebook: Mapping[str, Any], asked: str | None
) -> Ratings:
    listed = [str(value) for value in codebook.get("values", [])]
    # A codebook that says nothing of it leaves it to the codings; in free text a semicolon is a semicolon.
    several = codebook.get("several", rows["value"].str.contains(SEVERAL, regex=False).any())
    level = cast(Level, "set" if several else asked or codebook.get("level") or "nominal")
    value_of_row, values, scale = _scaled(variable, rows, level, listed)
    item_of_row, names = pd.factorize(rows["item"], sort=True)
    coder_of_row, coder_names = pd.factorize(rows["coder"], sort=True)
    codes = np.full((len(names), len(coder_names)), -1, np.int64)
    codes[item_of_row, coder_of_row] = value_of_row
    n_choices = len(set(values) | set(listed))
    return Ratings(variable, level, values, scale, n_choices, codes, _coders(rows), items.loc[names])


def _coders(rows: pd.DataFrame) -> list[Coder]:
    """Return the coders of these rows, by name."""
    found = rows.drop_duplicates("coder").sort_values("coder")
    return [
        Coder(*each)
        for each in zip(*(found[name].tolist() for name in ("coder", "person", "turn", "kind")), strict=True)
    ]


def _scaled(variable: str, rows: pd.DataFrame, level: str, listed: Sequence[str]) -> tuple[Array, list[str], Array]:
    """Return the number of each row's value, the values in their order, and what alpha needs to know of them."""
    if level == "set":
        sets = _each_distinct(rows["value"], lambda value: SEVERAL.join(sorted(members(value))))
        codes, values = pd.factorize(sets, sort=True)
        return codes, list(values), masi_distances([members(value) for value in values])
    places, given = pd.factorize(rows["value"], sort=True)
    numbers = pd.to_numeric(pd.Series(given, dtype="object"), errors="coerce").to_numpy(np.float64)
    if level == "nominal":
        return places, list(given), np.arange(len(given))
    if level == "ordinal" and np.isnan(numbers).any():
        order = _order(variable, rows, listed)
        return pd.Index(order).get_indexer(given)[places], order, np.arange(len(order))
    _refuse_no_number(variable, rows, numbers[places], level)
    found, place_of = np.unique(numbers, return_inverse=True)
    return place_of[places], [f"{value:g}" for value in found], found


def members(value: str) -> frozenset[str]:
    """Return the values that a coder chose together: "war;crime" is two."""
    return frozenset(part.strip() for part in value.split(SEVERAL) if part.strip())


def _order(variable: str, rows: pd.DataFrame, listed: Sequence[str]) -> list[str]:
    """Return the values that were given, in the order of the codebook."""
    unknown = rows[~rows["value"].isin(listed)]
    if len(unknown):
        row = unknown.iloc[0]
        known = f"the codebook has {', '.join(listed)}" if listed else "no codebook says their order"
        raise SchemaError(
            f"variable {variable!r} is ordinal: coder {row['coder']!r}, item {row['item']!r} has {row['value']!r}, and {known}; code it by "
            f"numbers, give the codings their codebook, or set level='nominal'"
        )
    given = set(rows["value"])
    return [value for value in listed if value in given]


def _refuse_no_number(variable: str, rows: pd.DataFrame, numbers: Array, level: str) -> None:
    wrong = ~np.isfinite(numbers) | ((numbers < 0) & (level == "ratio"))
    if wrong.any():
        row = rows[wrong].iloc[0]
        needed = "a number from 0" if level == "ratio" else "a number"
        raise SchemaError(
            f"variable {variable!r} is of level {level}: coder {row['coder']!r}, item {row['item']!r} has {row['value']!r}; needed is {needed}"
        )
