"""Words and phrases that are key to the sentences a category hits, and that no entry of it has."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.counting.counts import TermCounts, count_terms
from analysis.counting.selection import select
from analysis.extending.coverage import Coverage
from analysis.extending.uses import uses
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.lexicons.inflection import family_of, is_judged
from analysis.measures.keyness_formulas import Counts, KeynessOptions, log_likelihood
from analysis.measures.tfidf import STOP_WORDS
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

_FEWEST_ARTICLES = 3


def key_terms(
    tokens: TokensLike,
    lexicon: LexiconLike,
    category: str,
    *,
    within: Mapping[str, Any] | None = None,
    n: int = 50,
    judged: Iterable[str] = (),
) -> pd.DataFrame:
    """Return the words, pairs and triples that stand more often in sentences with a hit of the category than elsewhere.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon
        The lexicon.
    category : str
        Its category to extend.
    within : mapping, optional
        Which words are looked at, as for `analysis.keyness`: ``{"zone": "headline"}``, ``{"voice": "narrator"}``, or ``near`` with a `Near`
        for words near a target. By default all.
    n : int
        How many terms.
    judged : iterable of str
        Words and phrases that were accepted or rejected before; they are left out, and terms of which every word was judged.

    Returns
    -------
    pandas.DataFrame
        The highest score first: ``term``, ``kind`` (``key word``, or ``collocation`` of two or three words), ``score`` (G² over four cells),
        ``n_inside`` and ``n_outside`` (uses in and out of sentences with a hit), ``n_articles``, then ``adds`` (the hits that the term
        would add as an entry, in the whole corpus) and ``lines`` (three concordance lines of the whole corpus). The hits
        themselves are no term; terms of fewer than three articles, and stop words at a term's edge, are left out.

    Raises
    ------
    LexiconError
        When the lexicon has no such category, or it hits nothing in this choice of words.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics, 19(1).
    """
    tokens = tokens_of("key_terms(tokens, lexicon, category)", tokens)
    lexicon = lexicon_of("key_terms(tokens, lexicon, category)", lexicon)
    coverage = Coverage.of(tokens, lexicon, category)
    sides = sides_of(tokens, coverage, within)
    if not (sides == 0).any():
        raise LexiconError(
            f"lexicon {lexicon.name}: {category!r} has no hit here; choose other words, or a larger corpus"
        )
    table = score_terms(tokens, sides)
    table = table[table["score"] > 0]
    decided = {family_of(word) for word in judged}
    chosen = islice((row for row, term in enumerate(table["term"]) if not is_judged(term, decided)), n)
    table = table.iloc[list(chosen)].reset_index(drop=True)
    table = table.join(uses(tokens, table["term"].tolist(), coverage)[["adds", "lines"]])
    return with_origin(table, tokens, lexicon, category=category, within=str(within or "all words"))


def sides_of(tokens: Tokens, coverage: Coverage, within: Mapping[str, Any] | None = None) -> npt.NDArray[np.int8]:
    """Return 0 for each token of a sentence that the category hits, 1 for the others, -1 for the hits and what is not `within`."""
    if within is None:
        return coverage.sides
    sides = coverage.sides.copy()
    sides[~select(tokens, within).mask] = -1
    return sides


def score_terms(tokens: Tokens, sides: npt.NDArray[np.int8]) -> pd.DataFrame:
    """Return how key each term is to side 0, the highest first: ``term``, ``kind``, ``score``, ``n_inside``, ``n_outside``, ``n_articles``.

    The score is G² over four cells, below 0 for terms that avoid side 0. Without a word on one of the sides there is no row.
    """
    columns = ["term", "kind", "score", "n_inside", "n_outside", "n_articles"]
    if not ((sides == 0).any() and (sides == 1).any()):
        return pd.DataFrame({name: pd.Series(dtype="str" if name in columns[:2] else "float64") for name in columns})
    is_content = np.array([form not in STOP_WORDS for form in tokens.form_ids[1]], np.bool_)
    blocks = count_terms(tokens, (1, 3), sides=sides, is_content=is_content, min_articles=_FEWEST_ARTICLES)
    table = pd.concat([_scored(block) for block in blocks], ignore_index=True)
    return table.sort_values(["score", "term"], ascending=[False, True], ignore_index=True)


def _scored(block: TermCounts) -> pd.DataFrame:
    inside, outside = (np.asarray(matrix.sum(axis=0)).astype(np.float64) for matrix in block.matrices)
    n_inside, n_outside = (int(sizes.sum()) for sizes in block.sizes)
    counts = Counts(inside, outside, n_inside, n_outside, block.n_types)
    used = (block.matrices[0] + block.matrices[1]).tocsr()
    return pd.DataFrame(
        {
            "term": pd.array(block.terms.to_pylist(), dtype="str"),
            "kind": "key word" if block.length == 1 else "collocation",
            "score": log_likelihood(counts, KeynessOptions()),
            "n_inside": inside.astype(np.int64),
            "n_outside": outside.astype(np.int64),
            "n_articles": np.bincount(used.indices, minlength=used.shape[1]),
        }
    )
