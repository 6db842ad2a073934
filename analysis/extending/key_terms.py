"""Words and phrases that are key to the sentences a category hits, and that no entry of it has."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.contrast.counts import TermCounts, count_terms
from analysis.contrast.measures import Counts, KeynessOptions, log_likelihood
from analysis.contrast.selection import select
from analysis.contrast.tfidf import STOP_WORDS
from analysis.errors import LexiconError
from analysis.extending.families import stem
from analysis.framing.concordance import concordance
from analysis.framing.matching import find_matches
from analysis.lexicons import Lexicon
from analysis.tokens.tokens import Tokens

_N_LINES = 3
_FEWEST_ARTICLES = 3


def key_terms(
    tokens: Tokens,
    lexicon: Lexicon,
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
        Words that were accepted or rejected before; terms of which every word is of their families are left out.

    Returns
    -------
    pandas.DataFrame
        The highest score first: ``term``, ``kind`` (``key word``, or ``collocation`` of two or three words), ``score`` (G² over four cells),
        ``n_inside`` and ``n_outside`` (uses in and out of sentences with a hit), ``n_articles``, and ``lines`` (three concordance lines). The hits
        themselves are no term; terms of fewer than three articles, and stop words at a term's edge, are left out. An entry of the
        term would add ``n_inside`` + ``n_outside`` hits.

    Raises
    ------
    LexiconError
        When the lexicon has no such category, or it hits nothing in this choice of words.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics, 19(1).
    """
    if category not in lexicon.category_names:
        known = ", ".join(map(repr, lexicon.category_names))
        raise LexiconError(f"lexicon {lexicon.name}: no category {category!r}; it has {known}")
    sides = _sides(tokens, lexicon, category)
    if within is not None:
        sides[~select(tokens, within).mask] = -1
    if not (sides == 0).any():
        raise LexiconError(
            f"lexicon {lexicon.name}: {category!r} has no hit here; choose other words, or a larger corpus"
        )
    is_content = np.array([form not in STOP_WORDS for form in tokens.form_ids[1]], np.bool_)
    blocks = count_terms(tokens, (1, 3), sides=sides, is_content=is_content, min_articles=_FEWEST_ARTICLES)
    table = pd.concat([_scored(block) for block in blocks], ignore_index=True)
    decided = {stem(word.casefold()) for word in judged}
    is_new = np.array([not all(stem(word) in decided for word in term.split(" ")) for term in table["term"]], np.bool_)
    table = table[is_new & (table["score"] > 0).to_numpy()].sort_values("score", ascending=False, kind="stable").head(n)
    table["lines"] = [
        [f"{row.left}[{row.match}]{row.right}" for row in concordance(tokens, term).head(_N_LINES).itertuples()]
        for term in table["term"]
    ]
    return table.reset_index(drop=True)


def _sides(tokens: Tokens, lexicon: Lexicon, category: str) -> npt.NDArray[np.int8]:
    """Return 0 for each token of a sentence that the category hits, 1 for the others, -1 for the hits themselves."""
    of_category = np.array([entry.category == category for entry in lexicon.entries])
    matches = find_matches(tokens, lexicon)
    chosen = of_category[matches.entry]
    is_hit = np.zeros(len(tokens.sentence_starts), np.bool_)
    is_hit[matches.sentence[chosen]] = True
    sides = np.where(np.repeat(is_hit, np.diff(tokens.sentence_edges)), 0, 1).astype(np.int8)
    steps = np.zeros(len(tokens) + 1, np.int64)
    np.add.at(steps, matches.token[chosen], 1)
    np.add.at(steps, matches.last[chosen] + 1, -1)
    sides[np.cumsum(steps)[:-1] > 0] = -1
    return sides


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
