"""Rates as counted, as corrected by codings, and as the pooled correction has them, which goes wrong where the lexicon errs unequally."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.origin import with_origin
from analysis.counting.by import article_names, resolve
from analysis.counting.resampling import Resampling, ratio
from analysis.measures.correcting import RATE, SHARE
from analysis.measures.rates import rates
from analysis.reading.given import TokensLike, tokens_of
from analysis.validation.corrections import Population, correction

Array = npt.NDArray[Any]

_RAW = {
    RATE: ["n_articles", "n_tokens", "n_hits", "rate_per_1000", "rate_low", "rate_high"],
    SHARE: [
        "n_articles",
        "n_articles_with_frame",
        "share_of_articles",
        "share_of_articles_low",
        "share_of_articles_high",
    ],
}
_CORRECTED = ["corrected_low", "corrected_high", "power_tuning", "n_coded", "n_coded_with_hits"]


def corrected_rates(
    hits: pd.DataFrame,
    tokens: TokensLike,
    codings: pd.DataFrame,
    *,
    by: str | Sequence[str] = "category",
    population: Population = "articles",
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return the rates of each group as the lexicon counts them and as coders would have, side by side.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`.
    tokens : Tokens
        The corpus.
    codings : pandas.DataFrame
        CODINGS of a sample of it, as for `analysis.validate.correction`.
    by : str or sequence of str
        Columns of ARTICLES, ``zone`` and ``category``, as for `analysis.rates`.
    population : {"articles", "corpus"}
        Of what the corrected rates speak, as for `analysis.validate.correction`.
    resampling : Resampling, optional
        Clusters of articles, as for `analysis.rates`.

    Returns
    -------
    pandas.DataFrame
        One row a group: ``n_articles``, ``n_tokens``, ``n_hits``, ``rate_per_1000`` with ``rate_low`` and ``rate_high``,
        ``corrected_rate_per_1000`` with ``corrected_low`` and ``corrected_high``, ``power_tuning``, ``n_coded``, ``n_coded_with_hits``,
        ``pooled_rate_per_1000`` and the two reasons. Where articles were coded, shares of articles stand in place of rates.

    Raises
    ------
    SchemaError
        When `analysis.validate.correction` or `analysis.rates` refuses.

    Notes
    -----
    ``pooled_rate_per_1000`` is Rogan and Gladen's correction by the errors of the whole sample, (rate − false hits per 1,000 words) / recall,
    and of shares (share + specificity − 1) / (recall + specificity − 1). It takes the lexicon to err alike in all groups. Where it does
    not, it moves the groups together and leaves their difference wrong; it stands here to be compared, and has no interval.

    References
    ----------
    Rogan, W. J., & Gladen, B. (1978). Estimating prevalence from the results of a screening test. American Journal of Epidemiology, 107(1).
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference: Design-based supervised learning.
    """
    tokens = tokens_of("corrected_rates(hits, tokens, codings)", tokens)
    names = resolve("corrected_rates", by, [*article_names(tokens), "zone", "category"], tokens=tokens)
    made = correction(codings, hits, tokens, population=population)
    found = rates(hits, tokens, by=names, resampling=resampling, correction=made)
    estimate = RATE if RATE in found else SHARE
    pooled = estimate.replace("corrected", "pooled")
    errors = _errors_of_rows(made, found)
    if estimate == RATE:
        false_hits = 1000 * errors["false"] / tokens.tokens_per_article.sum()
        found[pooled] = ratio(found["rate_per_1000"].to_numpy() - false_hits, errors["recall"])
    else:
        specificity = 1 - ratio(errors["false"], errors["without"])
        below = errors["recall"] + specificity - 1
        found[pooled] = ratio(found["share_of_articles"].to_numpy() + specificity - 1, below)
    columns = [*names, *_RAW[estimate], estimate, *_CORRECTED, pooled, "reason", "corrected_reason"]
    return with_origin(found[columns], found)


def _errors_of_rows(made: pd.DataFrame, found: pd.DataFrame) -> dict[str, Array]:
    """Return the recall, the false hits and the units without a frame that the whole sample stands for, of the category of each row."""
    has_category = "category" in found
    units = (
        made
        if has_category
        else made.groupby("unit_id", as_index=False)[["f", "y"]]
        .sum()
        .merge(made[["unit_id", "probability"]].drop_duplicates())
    )
    right, weight = np.minimum(units["f"], units["y"]), 1 / units["probability"]
    parts = pd.DataFrame(
        {"right": right, "said": units["y"], "false": units["f"] - right, "without": 1 - units["y"]}
    ).mul(weight, axis=0)
    if has_category:
        sums = parts.groupby(units["category"]).sum().reindex(found["category"].astype("str"))
    else:
        sums = pd.DataFrame([parts.sum()] * len(found))
    of_row = {str(name): sums[name].to_numpy() for name in sums}
    return of_row | {"recall": ratio(of_row["right"], of_row["said"])}
