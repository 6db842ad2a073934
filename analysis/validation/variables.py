"""How often voice, speaker, target and negation of hits are what people coded."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import HITS
from analysis.counting.by import numbered, resolve, resolve_one, values_of
from analysis.counting.coded_units import unit_articles
from analysis.counting.resampling import Resampling
from analysis.learning.predictions import confusion
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens
from analysis.validation.accuracy import check_hits, facts_of_sample, known_names
from analysis.validation.estimates import Design, Judged, Shares, shares, stated
from analysis.validation.judging import PLACES, hits_in_units, items_of, placed, units_of
from analysis.validation.places import clusters_of_units
from analysis.validation.truth import NONE, TRUTH, checked, needed_variable, truth_of

Array = npt.NDArray[Any]

VARIABLES = ("voice", "speaker", "target", "negated")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


def variable_accuracy(
    codings: pd.DataFrame,
    hits: pd.DataFrame,
    of: str,
    *,
    by: str | Sequence[str] = (),
    tokens: TokensLike | None = None,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return how often a column of HITS is what people coded of the same matches.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS of a sample, with a variable that measures `of`; several coders as in `analysis.accuracy`.
    hits : pandas.DataFrame
        HITS of the corpus that the sample is of.
    of : {"voice", "speaker", "target", "negated"}
        The column. "none" is the code for nobody. A speaker is right by the resolved name or as written; negated is coded yes or no.
    by : str or list of str
        Columns of HITS such as ``category``, and with `tokens` of ARTICLES; `of` itself tells how often each value that was found is right.
    tokens : Tokens, optional
        The corpus, for columns of ARTICLES.
    resampling : Resampling, optional
        Draws, seed and method of the intervals.

    Returns
    -------
    pandas.DataFrame
        VARIABLE_ACCURACY: one row a group, with the share right, weighted by 1 / probability.

    Raises
    ------
    SchemaError
        When a table lacks a column, no variable measures `of`, or the hits have no values of it.
    """
    corpus = None if tokens is None else tokens_of("variable_accuracy(codings, hits, tokens=…)", tokens)
    check_hits(hits, corpus)
    names = resolve("variable_accuracy", by, known_names(corpus), tokens=corpus)
    resampling = resampling or Resampling()
    pairs, units, n_undecided = _pairs(codings, hits, of)
    group, table = numbered(_keys(pairs, names, corpus))
    table = table if names else pd.DataFrame(index=range(1))
    known = group >= 0
    judged = Judged(pairs["unit"].to_numpy()[known], group[known], _is_right(pairs)[known])
    found = shares(
        judged, Design.of(units, clusters_of_units(units, resampling.cluster, corpus)), len(table), resampling
    )
    table = table.assign(
        n=found.n, n_right=found.n_right, share_right=found.share, share_right_low=found.low, share_right_high=found.high,
        reason=_reasons(found),
    )  # fmt: skip
    facts = {"interval": stated(resampling), "truth": TRUTH, "variable": of, "n_undecided": n_undecided}
    return with_origin(table, facts_of_sample(codings), hits, **facts)


def _keys(pairs: pd.DataFrame, names: Sequence[str], tokens: Tokens | None) -> pd.DataFrame:
    """Return the values of `names` for each match."""
    columns: dict[str, Any] = {}
    for name in names:
        if name in pairs.columns or tokens is None:
            columns[name] = pairs[name].astype("str")
        else:
            columns[name] = values_of(tokens, name).array[unit_articles(pairs, tokens)]
    return pd.DataFrame(columns, index=pairs.index)


def variable_confusion(codings: pd.DataFrame, hits: pd.DataFrame, of: str) -> pd.DataFrame:
    """Return how many matches that were coded with each value were found to have each value, as drawn; further as `variable_accuracy`.

    Returns
    -------
    pandas.DataFrame
        CONFUSION: one row a coded value, then one column for each value found.
    """
    pairs, _, n_undecided = _pairs(codings, hits, of)
    if pairs.empty:
        raise SchemaError(
            f"variable_confusion: no match with a hit was coded for {of!r}; give the hits of the sample's corpus"
        )
    table = confusion(pairs[["label", "predicted"]])
    return with_origin(table, facts_of_sample(codings), hits, truth=TRUTH, variable=of, n_undecided=n_undecided)


def _pairs(codings: pd.DataFrame, hits: pd.DataFrame, of: str) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return each coded match with its hit, ``label`` (coded) and ``predicted`` (found); the units; and how many cannot be told."""
    resolve_one("variable_accuracy", of, VARIABLES, purpose="that people code")
    checked(codings, *PLACES)
    HITS.check(hits)
    if len(hits) and hits[of].isna().all():
        how = "find the hits with targets=" if of == "target" else "it is read in English text only"
        raise SchemaError(f"variable_accuracy: no hit has a value of {of!r}; {how}")
    variable = needed_variable(codings, of)
    units, truth = units_of(codings), truth_of(codings, variable)
    items = placed(truth, codings, variable, units)
    found = hits_in_units(hits, units)
    found["item"] = items_of(found, items)
    # Two categories may have the same words; these have one voice.
    found = found[found["item"] >= 0].sort_values(["item", "start", "end"]).drop_duplicates("item")
    codes = truth.codes[~truth.codes["is_tied"]].drop_duplicates("item").set_index("item")["code"]
    label = codes.reindex(items["item"].to_numpy()[found["item"]]).to_numpy(dtype=object)
    predicted = _as_coded(found, of)
    is_known = pd.notna(label) & pd.notna(predicted)
    pairs = found.assign(label=label, predicted=predicted)[is_known]
    pairs["label"] = _folded(pairs["label"], of)
    if of == "speaker":  # also right as written
        as_written = pairs["speaker_text"].astype("str").str.casefold() == pairs["label"].str.casefold()
        pairs["predicted"] = pairs["label"].where(as_written, pairs["predicted"])
    return pairs.reset_index(drop=True), units, int((~is_known).sum())


def _as_coded(found: pd.DataFrame, of: str) -> Array:
    """Return what was found in the words of the codebook: "none" for nobody, yes and no."""
    if of == "negated":
        return found[of].map({True: "yes", False: "no"}).to_numpy(dtype=object)
    values = found[of].astype("object")
    return values.where(values != "", NONE).to_numpy(dtype=object)


def _folded(labels: pd.Series, of: str) -> pd.Series:
    """Return codes of negation as yes and no, others as they are."""
    labels = labels.astype("str")
    if of != "negated":
        return labels
    folded = labels.str.casefold()
    unknown = labels[~folded.isin([*_YES, *_NO])]
    if len(unknown):
        raise SchemaError(f"codings: negated has the code {unknown.iloc[0]!r}; known are {', '.join([*_YES, *_NO])}")
    return folded.isin(_YES).map({True: "yes", False: "no"})


def _is_right(pairs: pd.DataFrame) -> Array:
    right: Array = (pairs["label"].str.casefold() == pairs["predicted"].astype("str").str.casefold()).to_numpy(np.bool_)
    return right


def _reasons(found: Shares) -> list[str]:
    few = np.isnan(found.low) & (found.n > 0)
    return [
        "no match was coded" if not n else "no interval: too few articles" if is_few else ""
        for n, is_few in zip(found.n, few, strict=True)
    ]
