"""The uses of words and phrases in a corpus, how many of them a category has not yet, and some to read."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.extending.coverage import Coverage
from analysis.lexicons import lexicon_from_mapping
from analysis.matching.matching import Matches, matches_of_parts
from analysis.tokens.kwic import lines_of_tokens
from analysis.tokens.spans import touched
from analysis.tokens.tokens import Tokens

_N_LINES = 3
_N_OUTLETS = 3


def uses(tokens: Tokens, terms: Sequence[str], coverage: Coverage) -> pd.DataFrame:
    """Return what each term would bring as an entry of the category; the corpus is read once for all of them.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    terms : sequence of str
        Different words and phrases, written as entries.
    coverage : Coverage
        What the category has of `tokens`.

    Returns
    -------
    pandas.DataFrame
        One row a term, in the order given: ``n_tokens`` (its uses), ``n_articles`` with one, ``n_outlets`` of these; ``adds``, its uses that
        overlap no hit of the category, which are the hits that it adds; ``by_outlet``, its uses in the outlets that have most of them, in
        words; ``lines``, three concordance lines, of such uses where there are any, in the order of
        the articles' ids.
    """
    columns = {
        "n_tokens": "int64", "n_articles": "int64", "n_outlets": "int64", "adds": "int64", "by_outlet": "str", "lines": "object",
    }  # fmt: skip
    if not terms:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})
    # Each term is a category of its own, because categories do not hide one another.
    lexicon = lexicon_from_mapping({term: [term] for term in terms}, name="terms")
    found = matches_of_parts("finding the uses of terms", tokens, lexicon)
    rows = tokens.articles_at(found.token)
    is_new = ~touched(coverage.is_hit, found.token, found.last)
    articles = pd.DataFrame({"term": found.entry, "row": rows}).drop_duplicates()["term"]
    outlets = _by_outlet(tokens, found, rows, len(terms))
    return pd.DataFrame(
        {
            "n_tokens": np.bincount(found.entry, minlength=len(terms)),
            "n_articles": np.bincount(articles, minlength=len(terms)),
            "n_outlets": [len(counts) for counts in outlets],
            "adds": np.bincount(found.entry[is_new], minlength=len(terms)),
            "by_outlet": pd.array([_in_words(counts) for counts in outlets], dtype="str"),
            "lines": _lines(tokens, found, np.lexsort((_ranks(tokens)[rows], ~is_new)), len(terms)),
        }
    )


def _by_outlet(tokens: Tokens, found: Matches, rows: np.ndarray, n_terms: int) -> list[dict[str, int]]:
    """Return the uses of each term by outlet, most first; articles without an outlet are not counted."""
    table = pd.DataFrame({"term": found.entry, "outlet": tokens.articles["outlet"].astype("str").to_numpy()[rows]})
    counted = table.groupby(["term", "outlet"]).size().rename("n").reset_index()
    counted = counted.sort_values(["term", "n", "outlet"], ascending=[True, False, True])
    outlets: list[dict[str, int]] = [{} for _ in range(n_terms)]
    for term, outlet, n in counted.itertuples(index=False):
        outlets[term][outlet] = n
    return outlets


def _in_words(counts: dict[str, int]) -> str:
    shown = [f"{outlet} ({n:,})" for outlet, n in list(counts.items())[:_N_OUTLETS]]
    rest = list(counts.values())[_N_OUTLETS:]
    return ", ".join([*shown, *([f"{len(rest):,} more ({sum(rest):,})"] if rest else [])])


def _ranks(tokens: Tokens) -> np.ndarray:
    """Return the place of each article in the order of the ids."""
    ranks = np.empty(len(tokens.articles), np.int64)
    ranks[tokens.rows_by_id] = np.arange(len(ranks))
    return ranks


def _lines(tokens: Tokens, found: Matches, order: np.ndarray, n_terms: int) -> list[list[str]]:
    """Return the first lines of each term, its uses taken in `order`."""
    place = pd.Series(found.entry[order]).groupby(found.entry[order]).cumcount().to_numpy()
    chosen = order[place < _N_LINES]
    kwic = lines_of_tokens(tokens, found.token[chosen], found.last[chosen])
    texts = kwic["left"] + "[" + kwic["match"] + "]" + kwic["right"]
    lines: list[list[str]] = [[] for _ in range(n_terms)]
    for term, text in zip(found.entry[chosen].tolist(), texts, strict=True):
        lines[term].append(" ".join(text.split()))
    return lines
