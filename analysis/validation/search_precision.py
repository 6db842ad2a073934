"""How good the search was that made the corpus: the share of its articles that belong to the subject, as coders judge a sample of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.counting.by import article_names, numbered, resolve, values_of
from analysis.counting.coded_units import unit_articles
from analysis.counting.resampling import Resampling
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens
from analysis.validation import strata
from analysis.validation.accuracy import facts_of_sample
from analysis.validation.estimates import Design, Judged, Shares, shares, stated
from analysis.validation.judging import PLACES, units_of
from analysis.validation.places import clusters_of_units
from analysis.validation.truth import TRUTH, Truth, checked, needed_variable, truth_of

Array = npt.NDArray[Any]

YES, NO = "yes", "no"


def search_precision(
    codings: pd.DataFrame, tokens: TokensLike, *, by: str | Sequence[str] = (), resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return which share of the articles belongs to the subject of the study: the precision of the search that found them.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS of a sample, with a variable that measures ``relevant`` (yes or no); several coders as in `analysis.accuracy`.
    tokens : Tokens
        The corpus that the sample was drawn from.
    by : str or list of str
        Columns of ARTICLES such as ``outlet``, or a period. Without them there is one row.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the interval.

    Returns
    -------
    pandas.DataFrame
        SEARCH_PRECISION: one row a group. What the search did not find no sample of its results can tell.

    Raises
    ------
    SchemaError
        When a table lacks a column, no variable measures ``relevant``, a code is neither yes nor no, or an article is not in the corpus.

    Notes
    -----
    Σ relevant / (π m) over Σ 1 / (π m), with the probability π of a unit and the number m of units of its article: as sentences are drawn, an article
    is met as often as it has sentences, and each of the m counts for an m-th of it. Where articles were drawn, m is 1.

    References
    ----------
    Stryker, J. E., Wray, R. J., Hornik, R. C., & Yanovitzky, I. (2006). Validation of database search terms for content analysis. Journalism &
    Mass Communication Quarterly, 83(2).
    """
    tokens = tokens_of("search_precision(codings, tokens)", tokens)
    checked(codings, *PLACES)
    names = resolve("search_precision", by, article_names(tokens), tokens=tokens)
    resampling = resampling or Resampling()
    variable = needed_variable(codings, "relevant")
    units, truth = units_of(codings), truth_of(codings, variable)
    unit, is_relevant = _judged(truth, units, variable)
    articles = unit_articles(units, tokens)
    group, table = numbered(
        pd.DataFrame({name: values_of(tokens, name).array[articles[unit]] for name in names}, index=range(len(unit)))
    )
    table = table if names else pd.DataFrame(index=range(1))
    is_told = ~np.isnan(is_relevant) & (group >= 0)
    design = _of_articles(
        Design.of(units, clusters_of_units(units, resampling.cluster, tokens)), units, articles, tokens
    )
    found = shares(Judged(unit[is_told], group[is_told], is_relevant[is_told] == 1), design, len(table), resampling)
    is_undecided = np.isnan(is_relevant) & (group >= 0)
    table = table.assign(
        n_units=found.n, n_articles=found.n_articles, n_relevant=found.n_right,
        n_undecided=np.bincount(group[is_undecided], minlength=len(table)),
        precision=found.share, precision_low=found.low, precision_high=found.high, reason=_reasons(found),
    )  # fmt: skip
    facts = {
        "interval": stated(resampling),
        "truth": TRUTH,
        "sample_unit": "article" if (units["field"] == "").all() else "sentence",
    }
    return with_origin(table, facts_of_sample(codings), tokens, **facts)


def _judged(truth: Truth, units: pd.DataFrame, variable: str) -> tuple[Array, Array]:
    """Return the unit of each item that somebody judged, and 1 where it is relevant, 0 where not, NaN where the coders are tied."""
    codes = truth.codes.assign(code=truth.codes["code"].str.casefold())
    unknown = codes.loc[~codes["code"].isin([YES, NO]), "code"]
    if len(unknown):
        raise SchemaError(f"codings: {variable!r} has the code {unknown.iloc[0]!r}; known are {YES}, {NO}")
    said = codes[~codes["is_tied"]].set_index("item")["code"].map({YES: 1.0, NO: 0.0})
    unit = pd.Index(units["unit_id"]).get_indexer(truth.items["unit_id"].astype("str"))
    return unit, said.reindex(truth.items["item"]).to_numpy(np.float64)


def _of_articles(design: Design, units: pd.DataFrame, articles: Array, tokens: Tokens) -> Design:
    """Return the design with weights of which those of all units of an article would be 1 together."""
    n_sentences = strata.units_of(tokens, "sentence").of_articles[articles]
    return replace(design, weight=design.weight / np.where(units["field"] == "", 1, n_sentences))


def _reasons(found: Shares) -> list[str]:
    return [
        "no unit was judged" if not n else "no interval: too few articles" if np.isnan(low) else ""
        for n, low in zip(found.n, found.low, strict=True)
    ]
