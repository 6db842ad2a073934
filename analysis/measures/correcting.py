"""What codings by hand add to a table of rates: the corrected rate of each group with its interval, or the reason why there is none."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.core.coding import coded as coded_column
from analysis.core.coding import codes_in
from analysis.core.errors import SchemaError
from analysis.core.origin import Facts, fact
from analysis.core.schema import CORRECTION, ZONES
from analysis.counting.by import HIT_COLUMNS
from analysis.counting.coded_units import counts_in_units, hits_in_units, unit_articles
from analysis.counting.ratios import difference_bounds
from analysis.counting.resampling import ONE_ALONE, ratio
from analysis.counting.two_phase import Coded, Corrected, corrected_sums
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

FEWEST_CODED = 10  # units of a group, below which it is not corrected
FEWEST_WITH_HITS = 3  # of them with a hit of the category, where the lexicon has hits of it in the group
RATE = "corrected_rate_per_1000"
SHARE = "corrected_share_of_articles"
_INTERVAL = "95% gamma for misses, Wilson for right hits, {}"


class CodedUnits(NamedTuple):
    """Units that were drawn and coded: a row each, categories in columns."""

    units: pd.DataFrame  # unit_id, article_id, field, unit_start, unit_end, zone, stratum
    categories: list[str]
    said: Array
    found: Array
    facts: Facts

    @property
    def are_articles(self) -> bool:
        """Whether whole articles were coded, so that shares of articles are corrected, else sentences and rates."""
        return bool(self.facts["sample_unit"] == "article")

    @property
    def are_population(self) -> bool:
        """Whether the articles of the corpus are all that is asked about."""
        return bool(self.facts["population"] == "corpus")

    def choices(self) -> dict[str, Any]:
        """Return what a result says of its correction."""
        names = ("sample_id", "sample_unit", "sample_seed", "population", "truth")
        interval = _INTERVAL.format("of this corpus only" if self.are_population else "t on log scale for articles")
        of_sample = {f"correction_{name}": self.facts[name] for name in names if name in self.facts}
        of_search = {str(name): fact for name, fact in self.facts.items() if str(name).startswith("search_")}
        return of_sample | of_search | {"correction_interval": interval}


class Sums(NamedTuple):
    """The articles of all groups, in clusters that are numbered group by group."""

    hits: sparse.csr_array  # or articles with a hit, shape (n_clusters, n_kinds)
    words: Array  # or articles
    first_rows: Array  # where each group begins, and the last one ends
    n_articles: Array  # shape (n_groups, 1)
    min_articles: int


def coded_units(measure: str, correction: pd.DataFrame, hits: pd.DataFrame, tokens: Tokens) -> CodedUnits:
    """Return the units of a table CORRECTION, if it was made of these hits.

    Raises
    ------
    SchemaError
        When it is no table CORRECTION, does not say how its units were drawn, lacks a category of a unit, or counts other hits than these.
    """
    CORRECTION.check(correction)
    for name in ("sample_unit", "population"):
        fact(correction, name)
    units = correction.drop_duplicates("unit_id").drop(columns=["category", "f", "y"]).reset_index(drop=True)
    categories = sorted(correction["category"].astype("str").unique())
    shape = (len(units), len(categories))
    if len(correction) != len(units) * len(categories):
        raise SchemaError(
            f"{measure}: the table CORRECTION has {len(correction)} rows for {len(units)} units and {len(categories)} categories; every "
            f"unit needs a row for each category, also where it has none of it"
        )
    place = codes_in(correction["unit_id"], units["unit_id"]), codes_in(correction["category"], categories)
    said, found = np.zeros(shape), np.zeros(shape)
    said[place], found[place] = correction["y"].to_numpy(np.float64), correction["f"].to_numpy(np.float64)
    coded = CodedUnits(units, categories, said, found, correction.attrs)
    _check_hits(measure, coded, hits)
    return coded


def _check_hits(measure: str, coded: CodedUnits, hits: pd.DataFrame) -> None:
    """Raise where the hits are others than those that the codings correct, as where some of them were left out."""
    counts = counts_in_units(
        hits_in_units(hits, coded.units), codes_in(hits["category"], coded.categories), coded.found.shape
    )
    counts = np.minimum(counts, 1) if coded.are_articles else counts
    differing = np.argwhere(counts != coded.found)
    if len(differing):
        unit, category = differing[0]
        raise SchemaError(
            f"{measure}: these HITS have {counts[unit, category]:g} of {coded.categories[category]!r} in unit "
            f"{coded.units['unit_id'].iat[unit]!r}, the table CORRECTION has {coded.found[unit, category]:g}; make it of these hits, all "
            f"of them, with fa.validate.correction(codings, hits, tokens)"
        )


def refuse_uncoded(measure: str, by: Sequence[str], coded: CodedUnits) -> None:
    """Refuse names of `by` of which codings say nothing."""
    for name in by:
        if name in HIT_COLUMNS and name != "category":
            raise SchemaError(
                f"{measure}: codings say which categories are in a unit, not in which {name}; leave {name!r} out of by, or correction= away"
            )
        if name == "zone" and coded.are_articles:
            raise SchemaError(
                f"{measure}: whole articles were coded, which says nothing of their zones; leave 'zone' out of by, or code sentences"
            )


def rows_of_units(coded: CodedUnits, tokens: Tokens, row_of: Array) -> Array:
    """Return the row of each unit's cluster.

    Parameters
    ----------
    coded, tokens
        The units and their corpus.
    row_of : numpy.ndarray of int, shape (n_articles, n_zones) or (n_articles, 1)
        The row of each article's cluster, by zone where groups are made by zone; -1 for one that is in no group.
    """
    articles = unit_articles(coded.units, tokens)
    zones = codes_in(coded.units["zone"], ZONES) if row_of.shape[1] > 1 else np.zeros(len(articles), np.int64)
    rows: Array = row_of[articles, zones]
    return rows


def corrected_in(
    coded: CodedUnits, rows: Array, categories: Sequence[str] | None, sums: Sums
) -> tuple[Corrected, Array]:
    """Return the corrected sums of each group and category, and the reasons why some are refused, else "".

    Parameters
    ----------
    coded : CodedUnits
        The units.
    rows : numpy.ndarray of int
        The row of each unit's cluster, -1 where it is in no group.
    categories : sequence of str, optional
        Those of the columns of ``sums.hits``; without, it has one column for all together.
    sums : Sums
        The articles.

    Notes
    -----
    Whether a group is refused depends on how many of its units were coded, and never on what the coders said.
    """
    said, found, is_coded = _by_kind(coded, categories)
    stratum, _ = coded_column(coded.units["stratum"])
    drawn = Coded(rows, stratum, 1 / coded.units["probability"].to_numpy(np.float64), said, found)
    made = corrected_sums(sums.hits, sums.words, sums.first_rows, drawn, of_corpus=coded.are_population)
    reasons = _reasons(made, is_coded, sums, coded)
    return made._replace(power=np.where(is_coded, made.power, np.nan)), reasons


def _by_kind(coded: CodedUnits, categories: Sequence[str] | None) -> tuple[Array, Array, Array]:
    """Return what coders say and what the lexicon finds in each unit, and of which categories they say it."""
    if categories is not None:
        place = codes_in(pd.Series(categories, dtype="str"), coded.categories)
        said, found = (np.where(place >= 0, each[:, place], 0) for each in (coded.said, coded.found))
        return said, found, place >= 0
    said, found = (each.sum(axis=1, keepdims=True) for each in (coded.said, coded.found))
    if coded.are_articles:
        said, found = np.minimum(said, 1), np.minimum(found, 1)
    return said, found, np.ones(1, np.bool_)


def _reasons(made: Corrected, is_coded: Array, sums: Sums, coded: CodedUnits) -> Array:
    bounds = sums.first_rows
    summed = sparse.csr_array(
        (np.ones(bounds[-1]), (np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), np.arange(bounds[-1]))),
        shape=(len(bounds) - 1, int(bounds[-1])),
    )
    n_clusters, words = summed @ (sums.words > 0).astype(np.float64), summed @ sums.words
    has_hits = (summed @ sums.hits).toarray() > 0
    unit = "articles" if coded.are_articles else "sentences"
    too_few = f"too few articles: fewer than {sums.min_articles}"
    cases = [
        (~is_coded[None], "category not coded"),
        ((words == 0)[:, None], "no words"),
        (sums.n_articles < sums.min_articles, too_few),
        ((n_clusters < 2)[:, None] & (not coded.are_population), ONE_ALONE),
        (made.n_coded < FEWEST_CODED, f"too few coded: fewer than {FEWEST_CODED} {unit}"),
        (
            has_hits & (made.n_with_hits < FEWEST_WITH_HITS),
            f"too few coded with a hit: fewer than {FEWEST_WITH_HITS} {unit}",
        ),
    ]
    reasons = np.full(made.total.shape, "", dtype=object)
    for is_so, text in reversed(cases):
        reasons = np.where(is_so, text, reasons)
    return reasons


def corrected_columns(made: Corrected, reasons: Array, sums: Sums, *, are_articles: bool) -> pd.DataFrame:
    """Return the columns that stand beside raw rates, or shares of articles, a row for each group and category, group after group."""
    shape = made.total.shape
    whole = np.add.reduceat(np.append(sums.words, 0.0), sums.first_rows[:-1])[:, None] * np.ones(shape)
    name, per, most = (SHARE, 1.0, 1.0) if are_articles else (RATE, 1000.0, np.inf)
    is_shown = reasons == ""
    estimate, low, high = (
        np.where(is_shown, np.clip(per * ratio(each, whole), 0, most), np.nan)
        for each in (made.total, made.low, made.high)
    )
    reasons = np.where(is_shown & (made.total < 0), "estimate below 0: shown as 0", reasons)
    columns = {
        name: estimate,
        "corrected_low": low,
        "corrected_high": high,
        "power_tuning": np.broadcast_to(made.power, shape),
        "n_coded": np.broadcast_to(made.n_coded, shape).astype(np.int64),
        "n_coded_with_hits": made.n_with_hits.astype(np.int64),
    }
    table = pd.DataFrame({name: column.ravel() for name, column in columns.items()})
    return table.assign(corrected_reason=pd.array(reasons.ravel(), dtype="str"))


def difference_columns(made: Corrected, reasons: Array, words: Array) -> pd.DataFrame:
    """Return the columns of the corrected rates of two groups of `words`, shape (2, 1), and of their difference, a row a category."""
    per_1000 = 1000 / words
    why = np.where(reasons[0] != "", reasons[0], reasons[1])
    rate, low, high = (
        np.where(why == "", np.maximum(each * per_1000, 0), np.nan) for each in (made.total, made.low, made.high)
    )
    difference_low, difference_high = difference_bounds(rate, low, high)
    return pd.DataFrame(
        {
            "corrected_rate_per_1000_focus": rate[0],
            "corrected_rate_per_1000_reference": rate[1],
            "corrected_difference_per_1000": rate[0] - rate[1],
            "corrected_difference_low": difference_low,
            "corrected_difference_high": difference_high,
            "power_tuning": made.power,
            "n_coded_focus": int(made.n_coded[0, 0]),
            "n_coded_reference": int(made.n_coded[1, 0]),
            "corrected_reason": pd.array(why, dtype="str"),
        }
    )
