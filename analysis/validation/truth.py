"""What the coders hold true: the adjudicated code where there is one, else what more than half of the people gave."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.near import did_you_mean
from analysis.core.schema import kind_of
from analysis.validation.ratings import kinds_of

NONE = "none"  # the code that says: none of these
TRUTH = "adjudicated codes, else what more than half of the people gave; ties left out"
_KEY = ["coder", "item", "variable"]


@dataclass(frozen=True, eq=False)
class Truth:
    """What the coders hold true of the items of one variable.

    Attributes
    ----------
    items : pandas.DataFrame
        One row an item that somebody coded: ``item`` and its place, as CODINGS have them.
    codes : pandas.DataFrame
        One row an item and code that half of the coders gave or more: ``item``, ``code`` and ``is_tied``.
    """

    items: pd.DataFrame
    codes: pd.DataFrame


NOTHING = Truth(
    pd.DataFrame({"item": []}, dtype="str"),
    pd.DataFrame({"item": [], "code": [], "is_tied": []}).astype({"is_tied": bool}),
)


def checked(codings: pd.DataFrame, *needed: str) -> pd.DataFrame:
    """Return codings with the columns `needed`, none of them twice; of one coder or variable these columns may be missing.

    Raises
    ------
    SchemaError
        When it is no table, a column is missing, there is no row, or a coder coded an item twice.
    """
    if not isinstance(codings, pd.DataFrame):
        raise SchemaError(f"codings: found {kind_of(codings)}; give a table CODINGS: fa.validate.read_codings(…).table")
    missing = [name for name in needed if name not in codings.columns]
    if missing:
        raise SchemaError(
            f"table CODINGS: no column {missing[0]!r}; found are {', '.join(map(repr, codings.columns))}; needed are "
            f"{', '.join(map(repr, needed))}; fa.validate.read_codings makes such a table"
        )
    if codings.empty:
        raise SchemaError("table CODINGS: no row; give at least one item that somebody coded")
    empty = [name for name in needed if name != "value" and codings[name].isna().any()]
    if empty:
        item = codings.loc[codings[empty[0]].isna()].iloc[0].get("item", "")
        raise SchemaError(
            f"table CODINGS: no {empty[0]!r} of the item {item!r}; give fa.validate.read_codings the sample= that was coded"
        )
    key = [name for name in _KEY if name in codings.columns]
    if "item" in key and codings.duplicated(key).any():
        twice = codings.duplicated(key)
        raise SchemaError(
            f"table CODINGS: {codings.loc[twice, key].iloc[0].to_dict()} stands in more than one row; keep one of them"
        )
    return codings


def variable_of(codings: pd.DataFrame, measures: str) -> str | None:
    """Return the variable of the codebook that measures this; without a codebook the variable of that name; None where there is none.

    Raises
    ------
    SchemaError
        When several variables measure it.
    """
    known: dict[str, Any] = codings.attrs.get("variables", {})
    named = [name for name, facts in known.items() if facts.get("measures") == measures] if known else [measures]
    found = [name for name in named if (codings["variable"] == name).any()]
    if len(found) > 1:
        raise SchemaError(
            f"codings: the variables {', '.join(map(repr, found))} all measure {measures!r}; keep one of them"
        )
    return found[0] if found else None


def needed_variable(codings: pd.DataFrame, measures: str) -> str:
    """Return the variable that measures this; raises a SchemaError where the codings have none."""
    found = variable_of(codings, measures)
    if found is None:
        known = sorted(codings["variable"].unique())
        raise SchemaError(
            f"codings: no variable measures {measures!r}; found are {', '.join(map(repr, known))}; the codebook says what a variable measures"
            f"{did_you_mean(measures, known)}"
        )
    return found


def codes_of(codings: pd.DataFrame, variable: str) -> list[str]:
    """Return the codes that the codebook allows for a variable; without a codebook those that were given; "none" left out."""
    allowed = codings.attrs.get("variables", {}).get(variable, {}).get("values")
    given = codings.loc[codings["variable"] == variable, "value"].dropna().astype("str")
    codes = list(allowed) if allowed else sorted({code.strip() for value in given for code in value.split(";")})
    return [code for code in map(str, codes) if code not in (NONE, "")]


def codings_that_count(rows: pd.DataFrame) -> pd.DataFrame:
    """Return of each item and variable the adjudicated coding, else those of all people; none of models."""
    kind = kinds_of(rows)
    pairs = pd.MultiIndex.from_frame(rows[["item", "variable"]])
    is_settled = (kind == "adjudicated").to_numpy()
    return rows[is_settled | ((kind == "person").to_numpy() & ~pairs.isin(pairs[is_settled]))]


def truth_of(codings: pd.DataFrame, variable: str) -> Truth:
    """Return what the coders hold true of one variable.

    A code holds where more than half of the coders of its item gave it; where exactly half did, it is tied. Codes of models count nowhere.

    Raises
    ------
    SchemaError
        When no person coded the variable.
    """
    rows = codings_that_count(codings[(codings["variable"] == variable) & codings["value"].notna()])
    if rows.empty:
        raise SchemaError(
            f"codings: no person coded {variable!r}; models are measured against people and are no truth: give codings of kind 'person' or "
            f"'adjudicated'"
        )
    n_coders = rows.groupby("item", observed=True).size()
    values = rows["value"].astype("str").str.split(";")
    given = pd.DataFrame({"item": rows["item"].astype("str"), "code": values}).explode("code")
    given["code"] = given["code"].str.strip()
    counts = given[given["code"] != ""].groupby(["item", "code"]).size().rename("n").reset_index()
    twice = 2 * counts["n"] - n_coders.reindex(counts["item"]).to_numpy()
    codes = counts.loc[twice >= 0, ["item", "code"]].assign(is_tied=twice[twice >= 0] == 0)
    places = [name for name in rows.columns if name not in {*_KEY, "value", "comment", "place", "kind"}]
    items = rows.astype({"item": "str"}).drop_duplicates("item")[["item", *places]]
    return Truth(items.sort_values("item").reset_index(drop=True), codes.reset_index(drop=True))
