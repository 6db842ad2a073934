"""Hits beside what coders say of the same places: which are right, what was missed, and what cannot be told."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import levels
from analysis.core.errors import SchemaError
from analysis.counting import coded_units
from analysis.validation.truth import NOTHING, Truth, codes_of, needed_variable, truth_of, variable_of

Array = npt.NDArray[Any]

PLACES = (
    "item",
    "variable",
    "value",
    "unit_id",
    "about",
    "article_id",
    "field",
    "start",
    "end",
    "unit_start",
    "unit_end",
)
_UNIT = ["unit_id", "article_id", "field", "unit_start", "unit_end", "stratum", "probability"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a lexicon found beside what coders hold true, in the units that were drawn.

    Attributes
    ----------
    units : pandas.DataFrame
        One row a unit: ``unit_id``, ``article_id``, ``field``, ``unit_start``, ``unit_end``, ``stratum``, ``probability`` and ``is_complete``,
        whether its coders were asked what is missed.
    hits : pandas.DataFrame
        One row a hit that stands in a unit, with all its columns, ``unit`` (row of `units`) and ``is_right`` (1, 0, or missing: nobody
        can tell).
    coded : pandas.DataFrame
        One row a frame that the coders see in a complete unit: ``unit``, ``category`` and ``is_right``, whether a hit has it (missing where it
        cannot be told).
    cells : pandas.DataFrame
        One row a complete unit and category that is not in it: ``unit``, ``category`` and ``is_right``, whether no hit says so.
    categories : list of str
        The categories that were asked for and that the lexicon has, in its order.
    undecided : pandas.DataFrame
        Hits and codes that cannot be told: ``unit`` and ``category``.
    """

    units: pd.DataFrame
    hits: pd.DataFrame
    coded: pd.DataFrame
    cells: pd.DataFrame
    categories: list[str]
    undecided: pd.DataFrame


def compared(codings: pd.DataFrame, hits: pd.DataFrame) -> Comparison:
    """Return hits beside codings; both are checked already.

    Raises
    ------
    SchemaError
        When the codings do not say of matches what they are, share no category with the lexicon, or a unit has two places or probabilities.
    """
    missed = _missed(codings)
    # Without a match in the units there is no coding of one; then what was missed says all.
    variable = variable_of(codings, "category") if missed else needed_variable(codings, "category")
    matches = truth_of(codings, variable) if variable else NOTHING
    categories = _categories(codings, hits, variable)
    units = units_of(codings)
    units["is_complete"] = units["unit_id"].isin(missed.items["unit_id"]) if missed else False
    found = hits_in_units(hits[hits["category"].isin(categories).to_numpy()], units)
    items = placed(matches, codings, variable, units)
    found["item"] = items_of(found, items)
    known = _known(matches, missed, items, units, categories)
    found["is_right"] = _rightness(found, known, items, _is_asked(found, units, codings, hits))
    coded = _seen(known, found, units)
    undecided = pd.concat([part.loc[part["is_right"].isna(), ["unit", "category"]] for part in (found, coded)])
    return Comparison(units, found, coded, _cells(found, coded, units, categories), categories, undecided)


def _is_asked(found: pd.DataFrame, units: pd.DataFrame, codings: pd.DataFrame, hits: pd.DataFrame) -> Array:
    """Return for each hit whether the coders of its unit were asked what is missed, so that they speak of it also where they were not shown it.

    Of the very lexicon that the sample was drawn with every hit was shown: one without a coding is a gap, and nobody speaks of it.
    """
    is_gap = "lexicon_hash" in codings.attrs and codings.attrs["lexicon_hash"] == hits.attrs.get("lexicon_hash")
    asked: Array = units["is_complete"].to_numpy(np.bool_)[found["unit"]] & (not is_gap)
    return asked


def _missed(codings: pd.DataFrame) -> Truth | None:
    variable = variable_of(codings, "missed")
    return truth_of(codings, variable) if variable else None


def _categories(codings: pd.DataFrame, hits: pd.DataFrame, variable: str | None) -> list[str]:
    """Return the categories of the lexicon that the coders could give."""
    known = list(map(str, levels(hits["category"])))
    if variable is None or not codings.attrs.get("variables"):
        return known  # without a codebook nobody says which codes there are
    codes = codes_of(codings, variable)
    if not set(codes) & set(known):
        raise SchemaError(
            f"accuracy: no code of {variable!r} ({', '.join(map(repr, codes))}) is a category of the lexicon ({', '.join(map(repr, known))}); "
            f"give the hits of the lexicon that the codebook was written for"
        )
    return [name for name in known if name in codes]


def units_of(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the units that the codings are of, one row each, sorted by name; all are alike where no probability is given.

    Raises
    ------
    SchemaError
        When a unit has two places or probabilities, or a probability is not above 0 and at most 1.
    """
    units = codings.assign(
        **{name: value for name, value in (("stratum", ""), ("probability", 1.0)) if name not in codings}
    )
    units = units[_UNIT].drop_duplicates()
    twice = units["unit_id"].duplicated()
    if twice.any():
        raise SchemaError(
            f"table CODINGS: the unit {units.loc[twice, 'unit_id'].iloc[0]!r} stands at two places, or with two strata or probabilities; take the "
            f"codings of one sample"
        )
    outside = ~units["probability"].between(0, 1, inclusive="right")
    if outside.any():
        raise SchemaError(
            f"table CODINGS: probability {units.loc[outside, 'probability'].iloc[0]} of the unit {units.loc[outside, 'unit_id'].iloc[0]!r}; "
            f"give numbers above 0 and at most 1"
        )
    texts = dict.fromkeys(("unit_id", "article_id", "field", "stratum"), "str")
    return units.astype(texts).sort_values("unit_id").reset_index(drop=True)


def hits_in_units(hits: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that stand in a unit, with its row as ``unit``; a unit without a field is a whole article."""
    unit = coded_units.hits_in_units(hits, units)
    found = hits[unit >= 0].astype({"article_id": "str", "field": "str"}).assign(unit=unit[unit >= 0])
    return found.sort_values(["unit", "field", "start", "end", "category", "entry"], ignore_index=True)


def placed(matches: Truth, codings: pd.DataFrame, variable: str | None, units: pd.DataFrame) -> pd.DataFrame:
    """Return every match that the coders were shown, with its unit and whether somebody coded it."""
    rows = codings.loc[codings["variable"] == variable, ["item", "unit_id", "field", "start", "end"]]
    items = rows.astype({"item": "str", "field": "str"}).drop_duplicates("item").sort_values("item", ignore_index=True)
    items["unit"] = pd.Index(units["unit_id"]).get_indexer(items["unit_id"].astype("str"))
    return items.assign(is_coded=items["item"].isin(matches.items["item"]))


def items_of(found: pd.DataFrame, items: pd.DataFrame) -> Array:
    """Return the row of the item of each hit, -1 where no match was shown there: the same words, else those that share most letters with it."""
    if not len(found) or not len(items):
        return np.full(len(found), -1, np.int64)
    places = items[["unit", "field", "start", "end"]].assign(item=np.arange(len(items)))
    pairs = (
        found[["unit", "field", "start", "end"]].assign(hit=np.arange(len(found))).merge(places, on=["unit", "field"])
    )
    pairs["shared"] = np.minimum(pairs["end_x"], pairs["end_y"]) - np.maximum(pairs["start_x"], pairs["start_y"])
    pairs["beside"] = (pairs["end_y"] - pairs["start_y"]) - pairs["shared"]
    pairs = pairs[pairs["shared"] > 0].sort_values(
        ["hit", "shared", "beside", "item"], ascending=[True, False, True, True]
    )
    best = pairs.drop_duplicates("hit")
    rows = np.full(len(found), -1, np.int64)
    rows[best["hit"]] = best["item"]
    return rows


def _known(
    matches: Truth, missed: Truth | None, items: pd.DataFrame, units: pd.DataFrame, categories: list[str]
) -> pd.DataFrame:
    """Return what coders see: one row a match and code, or a unit and missed code; ``unit``, ``item`` (-1: missed), ``category``, ``is_tied``."""
    at = pd.Index(items["item"]).get_indexer(matches.codes["item"])
    seen = matches.codes.assign(item=at, unit=items["unit"].to_numpy()[at])
    parts = [seen]
    if missed:
        of_unit = missed.items.set_index("item")["unit_id"].astype("str").reindex(missed.codes["item"])
        unit = pd.Index(units["unit_id"]).get_indexer(of_unit)
        parts.append(missed.codes.assign(item=-1, unit=unit))
    known = pd.concat(parts, ignore_index=True).rename(columns={"code": "category"})
    return known[known["category"].isin(categories)].reset_index(drop=True)


def _rightness(found: pd.DataFrame, known: pd.DataFrame, items: pd.DataFrame, is_asked: Array) -> pd.Series:
    """Return whether each hit is right: as its match was coded; else, where coders were asked what is missed, wrong unless they name its category."""
    tied = _is_tied(known, found)
    result = pd.Series(0.0, index=found.index)
    is_shown = (found["item"] >= 0).to_numpy()
    is_coded = np.append(items["is_coded"].to_numpy(np.bool_), False)[found["item"]]  # the last stands for no item
    is_named = tied.notna().to_numpy()
    result[is_shown & is_named & (tied == 0).to_numpy()] = 1
    result[is_shown & (~is_coded | (tied == 1).to_numpy())] = np.nan
    result[~is_shown & (is_named | ~is_asked)] = np.nan  # what is missed may be this very hit, or another
    return result


def _is_tied(known: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    """Return for each hit 0 where its item has its category, 1 where coders are tied, missing where they do not give it."""
    keys = ["unit", "item", "category"]
    said = known.drop_duplicates(keys).set_index(keys)["is_tied"].astype("float64")
    return said.reindex(pd.MultiIndex.from_frame(found[keys].astype({"category": "str"})))


def _seen(known: pd.DataFrame, found: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return the frames that coders see in complete units, and whether a hit has each."""
    seen = known[units["is_complete"].to_numpy()[known["unit"]]].reset_index(drop=True)
    keys = ["unit", "item", "category"]
    has_hit = pd.MultiIndex.from_frame(seen[keys]).isin(
        pd.MultiIndex.from_frame(found[keys].astype({"category": "str"}))
    )
    is_right = pd.Series(has_hit, index=seen.index).astype("float64")
    is_right[(seen["is_tied"] | (has_hit & (seen["item"] < 0))).to_numpy()] = np.nan
    return seen.assign(is_right=is_right)[["unit", "category", "is_right"]]


def _cells(found: pd.DataFrame, coded: pd.DataFrame, units: pd.DataFrame, categories: list[str]) -> pd.DataFrame:
    """Return every complete unit and category that no coder sees there, and whether no hit says so either; what cannot be told is left out."""
    complete = np.flatnonzero(units["is_complete"])
    grid = pd.MultiIndex.from_product([complete, categories], names=["unit", "category"])
    pairs = {
        name: table[["unit", "category"]].astype({"category": "str"})
        for name, table in (("found", found), ("coded", coded))
    }
    unsure = found.loc[found["is_right"].isna(), ["unit", "category"]].astype({"category": "str"})
    is_out = grid.isin(pd.MultiIndex.from_frame(pairs["coded"])) | grid.isin(pd.MultiIndex.from_frame(unsure))
    cells = grid[~is_out]
    return cells.to_frame(index=False).assign(is_right=~cells.isin(pd.MultiIndex.from_frame(pairs["found"])))
