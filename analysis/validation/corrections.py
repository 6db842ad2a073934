"""CODINGS beside HITS → CORRECTION: what coders and lexicon say of each drawn unit and category, with which measures are corrected."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in, levels
from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import CORRECTION, kind_of
from analysis.counting.coded_units import counts_in_units, hits_in_units, zones_of_units
from analysis.hits.find import hits_of_one_lexicon
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens
from analysis.validation.judging import units_of
from analysis.validation.ratings import kinds_of
from analysis.validation.truth import codings_that_count

Array = npt.NDArray[Any]
Population = Literal["articles", "corpus"]

_UNIT = ["unit_id", "article_id", "field", "unit_start", "unit_end", "stratum", "probability"]
_NEEDED = ["coder", "item", "variable", "value", "about", "start", "end", *_UNIT]
_NONE = ("none", "")
_OF_SAMPLE = ("sample_id", "sample_seed", "sample_strata")


def correction(
    codings: pd.DataFrame, hits: pd.DataFrame, tokens: TokensLike, *, population: Population = "articles"
) -> pd.DataFrame:
    """Return what coders say of a sample beside what the lexicon finds there, with which `analysis.rates` and others correct their numbers.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS by people of a sample of sentences or articles, as `read_codings` returns their table, with the columns of the sample.
    hits : pandas.DataFrame
        HITS of `tokens`: of the lexicon that the sample was drawn with, or of another with the same categories, as codings say what is in a
        unit whatever a lexicon finds there.
    tokens : Tokens
        The corpus that the sample was drawn from.
    population : {"articles", "corpus"}
        Of what the corrected numbers speak: of what the outlets write, of which these articles are a sample; or of these articles only.

    Returns
    -------
    pandas.DataFrame
        CORRECTION: one row a unit and category with ``y`` (coders) and ``f`` (lexicon). An item's truth is its adjudicated code, else the mean
        over the people who coded it; ``attrs["truth"]`` says how many of each. Units that were drawn and not wholly coded are left out, and
        ``probability`` is that of being drawn and coded; ``n_uncoded_units`` in ``attrs`` counts them.

    Raises
    ------
    SchemaError
        When codings lack a column, are by models only, do not say what is missed, share no category with `hits` or have no unit of a
        stratum; or `hits` are not of this corpus.

    Notes
    -----
    A unit was drawn with probability n / N; where only c of the n drawn of its stratum were coded, c / N takes the place, which holds where
    it was chance which were not coded. Truth is what this way of coding would give for all units: errors that all coders make stay in.
    """
    tokens = tokens_of("correction(codings, hits, tokens)", tokens)
    hits_of_one_lexicon(hits, tokens)
    if population not in get_args(Population):
        raise SchemaError(f"correction: population={population!r}; known are {', '.join(get_args(Population))}")
    rows = _of_people(_checked(codings))
    unit = "article" if (rows["field"] == "").all() else "sentence"
    measures = ("present",) if unit == "article" else ("category", "missed")
    variables = [_variable(codings, rows, each) for each in measures]
    categories = _categories(codings, hits, variables)
    rows = rows[rows["variable"].isin(variables)]
    units = _coded_units(rows, variables, codings, hits, tokens)
    said = _said(rows[rows["unit_id"].isin(units["unit_id"])], units, categories)
    found = counts_in_units(hits_in_units(hits, units), codes_in(hits["category"], categories), said.shape)
    found = np.minimum(found, 1) if unit == "article" else found
    units, probability, n_uncoded = _drawn(units, codings)
    table = units.assign(
        probability=probability, zone=pd.array(zones_of_units(units, tokens, units["unit_start"]), dtype="str")
    )
    table = table.loc[table.index.repeat(len(categories))].reset_index(drop=True)
    table = table.assign(category=pd.array(categories * len(units), dtype="str"), f=found.ravel(), y=said.ravel())
    known = {str(name): fact for name, fact in codings.attrs.items()}
    facts = {name: fact for name, fact in known.items() if name in _OF_SAMPLE or name.startswith("search_")}
    choices = {"sample_unit": unit, "population": population, "truth": _truth(rows), "n_uncoded_units": n_uncoded}
    return CORRECTION.check(with_origin(table[list(CORRECTION.names)], hits, tokens, **facts, **choices))


def _checked(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a value, as text."""
    if not isinstance(codings, pd.DataFrame):
        raise SchemaError(
            f"correction: found {kind_of(codings)} in the place of codings; give a table CODINGS, such as "
            f"fa.validate.read_codings(…, sample=…).table"
        )
    missing = [name for name in _NEEDED if name not in codings.columns]
    if missing:
        raise SchemaError(
            f"table CODINGS: no column {', '.join(map(repr, missing))}; to correct rates, codings need the places and probabilities of the "
            f"sample: read them with fa.validate.read_codings(…, sample=…)"
        )
    twice = codings.duplicated(["coder", "item", "variable"])
    if twice.any():
        key = codings.loc[twice, ["coder", "item", "variable"]].iloc[0].to_dict()
        raise SchemaError(f"table CODINGS: {key} stands in more than one row; keep one of them")
    rows = codings[codings["value"].notna().to_numpy()]
    outside = ~rows["probability"].between(0, 1, inclusive="right")
    if outside.any():
        raise SchemaError(
            f"table CODINGS: probability {rows.loc[outside, 'probability'].iloc[0]} of unit {rows.loc[outside, 'unit_id'].iloc[0]!r}; give "
            f"the probability with which it was drawn, above 0 and at most 1"
        )
    names = ("coder", "item", "variable", "value", "about", "unit_id", "article_id", "field", "stratum")
    return rows.astype(dict.fromkeys(names, "str")).assign(kind=kinds_of(rows))


def _of_people(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that count."""
    rows = codings_that_count(rows)
    if rows.empty:
        raise SchemaError(
            "correction: no person coded anything; codings of models are no truth: give codings of kind 'person' or 'adjudicated'"
        )
    return rows


def _variable(codings: pd.DataFrame, rows: pd.DataFrame, measures: str) -> str:
    """Return the variable of the codebook that measures this; without a codebook the variable of that name."""
    known: dict[str, Any] = codings.attrs.get("variables", {})
    named = [name for name, facts in known.items() if facts.get("measures") == measures] if known else [measures]
    found = [name for name in named if (rows["variable"] == name).any()]
    if len(found) != 1:
        several = f"the variables {', '.join(map(repr, found))} measure" if found else "no variable measures"
        raise SchemaError(
            f"correction: {several} {measures!r} in these codings, whose variables are {', '.join(map(repr, sorted(rows['variable'].unique())))}; "
            f"one must, which the codebook says"
        )
    return found[0]


def _categories(codings: pd.DataFrame, hits: pd.DataFrame, variables: Sequence[str]) -> list[str]:
    """Return the categories of the lexicon that coders could give, in its order."""
    known = list(map(str, levels(hits["category"])))
    facts = codings.attrs.get("variables", {}).get(variables[0], {})
    allowed = list(map(str, facts.get("values") or known))
    if not set(known) & set(allowed):
        raise SchemaError(
            f"correction: no code of {variables[0]!r} ({', '.join(allowed)}) is a category of the hits ({', '.join(known)}); give the hits of "
            f"a lexicon that the codebook was written for"
        )
    return [name for name in known if name in allowed]


def _coded_units(
    rows: pd.DataFrame, variables: Sequence[str], codings: pd.DataFrame, hits: pd.DataFrame, tokens: Tokens
) -> pd.DataFrame:
    """Return the units of which every item was coded, by name, one row each."""
    units = units_of(rows)
    is_whole = units["unit_id"].isin(rows.loc[rows["variable"] == variables[-1], "unit_id"]).to_numpy()
    if len(variables) == 1:
        return units[is_whole].reset_index(drop=True)
    asked = codings.loc[(codings["about"] == "match").to_numpy(), ["item", "unit_id"]].astype("str").drop_duplicates()
    answered = asked["item"].isin(rows.loc[rows["variable"] == variables[0], "item"])
    is_whole = is_whole & ~units["unit_id"].isin(asked.loc[~answered, "unit_id"]).to_numpy()
    if codings.attrs.get("lexicon_hash") == hits.attrs["lexicon_hash"]:  # then every match was an item
        unit = hits_in_units(hits, units)
        spans = hits.assign(unit=unit)[unit >= 0].drop_duplicates(["unit", "field", "start", "end"])
        n_items = asked.groupby("unit_id").size().reindex(units["unit_id"], fill_value=0).to_numpy()
        is_whole &= n_items >= np.bincount(spans["unit"], minlength=len(units))
    return units[is_whole].reset_index(drop=True)


def _said(rows: pd.DataFrame, units: pd.DataFrame, categories: Sequence[str]) -> Array:
    """Return how often coders see each category in each unit: the sum over items of the share of coders who give it."""
    given = rows[["item", "variable", "unit_id"]].assign(category=rows["value"].str.split(";"))
    n_coders = given.groupby(["item", "variable"])["unit_id"].transform("size")
    given = given.assign(share=1 / n_coders).explode("category")
    given["category"] = given["category"].str.strip()
    unit, category = codes_in(given["unit_id"], units["unit_id"]), codes_in(given["category"], categories)
    said = np.zeros((len(units), len(categories)))
    known = category >= 0
    np.add.at(said, (unit[known], category[known]), given["share"].to_numpy()[known])
    return said


def _drawn(units: pd.DataFrame, codings: pd.DataFrame) -> tuple[pd.DataFrame, Array, int]:
    """Return the units, the probability with which each was drawn and coded, and how many were drawn and not coded.

    Raises
    ------
    SchemaError
        When a stratum that has units has none that was coded.
    """
    strata = codings.attrs.get("sample_strata")
    drawn = codings.drop_duplicates("unit_id").groupby(codings["stratum"].astype("str"))["unit_id"].size()
    sizes = {one["stratum"]: (one["n_units"], one["n_drawn"]) for one in strata} if strata else {}
    n_coded = units.groupby("stratum").size()
    for name, (n_units, _) in sizes.items():
        if n_units and name not in n_coded:
            raise SchemaError(
                f"correction: no unit of the stratum {name!r} was coded, which has {n_units:,}; what the lexicon misses there is not known: "
                f"code some of them, or draw a sample with more units"
            )
    n_drawn = {name: sizes.get(name, (0, drawn.get(name, 0)))[1] for name in n_coded.index}
    response = units["stratum"].map({name: n_coded[name] / n_drawn[name] for name in n_coded.index}).to_numpy(float)
    return units, units["probability"].to_numpy(float) * response, sum(n_drawn.values()) - len(units)


def _truth(rows: pd.DataFrame) -> str:
    """Return how the truth of items was made, in words."""
    each = rows.groupby(["item", "variable"]).agg(n=("coder", "nunique"), kind=("kind", "first"))
    is_last = each["kind"] == "adjudicated"
    made = each["n"].map(lambda n: "one coder" if n == 1 else f"mean of {n} coders").mask(is_last, "adjudicated")
    counts = made.value_counts().sort_index()
    return "; ".join(f"{name}: {count:,} item{'' if count == 1 else 's'}" for name, count in counts.items())
