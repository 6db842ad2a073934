"""The entries that are wrong most often, with the sentences in which they are."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.origin import with_origin
from analysis.core.schema import HITS
from analysis.counting.resampling import Resampling, wilson_interval
from analysis.hits.concordance import sentences_of
from analysis.reading.given import TokensLike
from analysis.validation.accuracy import accuracy, facts_of_sample
from analysis.validation.judging import PLACES, compared
from analysis.validation.truth import TRUTH, checked

Array = npt.NDArray[Any]

_KEY = ["category", "entry"]


def worst_entries(
    codings: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    tokens: TokensLike | None = None,
    n_sentences: int = 3,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return the entries of a lexicon by precision, the worst first.

    Parameters
    ----------
    codings, hits, resampling
        As in `analysis.accuracy`.
    tokens : Tokens, optional
        The corpus, for the sentences in which an entry went wrong.
    n_sentences : int
        How many of these to give for each entry at most.

    Returns
    -------
    pandas.DataFrame
        WORST_ENTRIES: one row an entry with a hit that was judged. The order is that of the lower bound of precision (where it has none, Wilson's of
        the hits as drawn), then of the hits in the corpus, the most first. ``n_wrong_expected`` says what it costs: hits in the corpus times
        the share that is wrong.

    Raises
    ------
    SchemaError
        As `analysis.accuracy`.
    """
    table = accuracy(codings, hits, by=_KEY, tokens=tokens, resampling=resampling)
    facts = table.attrs
    in_corpus = hits.astype(dict.fromkeys(_KEY, "str")).groupby(_KEY).size()
    table = table.astype(dict.fromkeys(_KEY, "str"))[table["n_hits"] > 0].reset_index(drop=True)
    table["n_in_corpus"] = in_corpus.reindex(pd.MultiIndex.from_frame(table[_KEY])).to_numpy(np.int64)
    table["n_wrong_expected"] = table["n_in_corpus"] * (1 - table["precision"])
    table["sentences"] = _sentences(table, wrong_hits(codings, hits), tokens, n_sentences)
    plain = wilson_interval(table["n_right"].to_numpy(), table["n_hits"].to_numpy())
    low = table["precision_low"].fillna(pd.Series(plain[0] if len(table) else []))
    order = pd.DataFrame(
        {"low": low, "n": -table["n_in_corpus"], "category": table["category"], "entry": table["entry"]}
    )
    rows = order.sort_values(list(order.columns), kind="stable").index
    columns = [
        *_KEY, "n_hits", "n_right", "precision", "precision_low", "precision_high", "n_in_corpus", "n_wrong_expected", "sentences",
    ]  # fmt: skip
    return with_origin(table.loc[rows, columns].reset_index(drop=True), facts)


def wrong_hits(codings: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that the coders put into another category or none: HITS, to read with `analysis.concordance`."""
    checked(codings, *PLACES)
    HITS.check(hits)
    found = compared(codings, hits).hits
    wrong = found.loc[found["is_right"] == 0, list(hits.columns)].reset_index(drop=True)
    return with_origin(wrong, facts_of_sample(codings), hits, truth=TRUTH)


def _sentences(table: pd.DataFrame, wrong: pd.DataFrame, tokens: TokensLike | None, n: int) -> list[str]:
    """Return for each entry the sentences in which it went wrong, one a line."""
    if tokens is None:
        return [""] * len(table)
    of_entry = wrong.astype(dict.fromkeys(_KEY, "str")).groupby(_KEY).head(n)
    chosen = wrong.loc[of_entry.index]
    said = pd.Series(sentences_of(tokens, chosen), index=pd.MultiIndex.from_frame(of_entry[_KEY]), dtype="str")
    lines = said.groupby(level=[0, 1]).agg("\n".join).reindex(pd.MultiIndex.from_frame(table[_KEY]))
    return lines.fillna("").tolist()
