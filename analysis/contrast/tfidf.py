"""Distinctive terms by TF-IDF, on counts taken from the type ids."""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer

from analysis.errors import SchemaError
from analysis.tokens.tokens import Tokens

# Alone, these words and the commonest reporting words tell nothing of an outlet; inside a longer term they stay ("war on terror").
STOP_WORDS = frozenset(ENGLISH_STOP_WORDS) | {
    "did",
    "does",
    "don't",
    "didn't",
    "doesn't",
    "mr",
    "mrs",
    "ms",
    "dr",
    "said",
    "says",
}


def tfidf(
    tokens: Tokens,
    *,
    by: str = "outlet",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Collection[str] = STOP_WORDS,
    min_articles: int = 2,
    n_terms: int = 20,
) -> pd.DataFrame:
    """Return the most distinctive terms of each group.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    by : str
        Column of ARTICLES; the articles of one value are one document.
    ngrams : (int, int)
        Shortest and longest term in words; no term crosses a sentence.
    stop_words : collection of str
        Forms that are no term, and that no longer term begins or ends with. They are left out after counting and
        after lexicon matching, never before, so "war on terror" stays a term.
    min_articles : int
        Terms in fewer articles of the corpus are left out.
    n_terms : int
        How many terms a group.

    Returns
    -------
    pandas.DataFrame
        ``by``, ``rank`` (from 1), ``term``, ``tfidf`` (0 to 1; rows of one group have length 1 over all its terms), ``n`` (uses in the
        group), ``n_articles`` (articles of the group with the term). Ties are in alphabetical order. ``attrs`` names the weighting.

    Raises
    ------
    SchemaError
        When `by` is no column of ARTICLES, or `ngrams` is not a range from 1.

    Notes
    -----
    scikit-learn's weighting: tf · (ln((1 + N) / (1 + n)) + 1), then scaled to length 1; tf counts the
    uses in the group, N is the number of articles of the corpus, and n how many of them have the term. Articles, not groups, are
    the documents of the second factor, because a handful of outlets cannot tell a common word from a rare one.
    """
    if by not in tokens.articles.columns:
        raise SchemaError(
            f"tfidf: no column {by!r} in ARTICLES; known are {', '.join(map(repr, tokens.articles.columns))}"
        )
    if not 1 <= ngrams[0] <= ngrams[1]:
        raise SchemaError(f"tfidf: ngrams {ngrams} is no range; give shortest and longest, for example (1, 2)")
    counts, terms = _term_counts(tokens, ngrams, stop_words, min_articles)
    codes, groups = pd.factorize(tokens.articles[by], sort=True)
    known = np.flatnonzero(codes >= 0)
    membership = sparse.csr_array(
        (np.ones(len(known), np.int64), (codes[known], known)), shape=(len(groups), len(tokens.articles))
    )
    by_group = membership @ counts
    carried = membership @ (counts > 0).astype(np.int64)
    weights = TfidfTransformer().fit(counts).transform(by_group) if len(terms) else by_group
    parts = [
        _top(
            terms, weights[[row]].toarray()[0], by_group[[row]].toarray()[0], carried[[row]].toarray()[0], n_terms
        ).assign(**{by: group})
        for row, group in enumerate(groups)
    ]
    columns = [by, "rank", "term", "tfidf", "n", "n_articles"]
    table = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    table.attrs = {"weighting": "tfidf, smooth idf over articles, l2", "token_rule": tokens.rule, "ngrams": ngrams}
    return table


def _top(
    terms: npt.NDArray[Any], weights: npt.NDArray[Any], n: npt.NDArray[Any], carried: npt.NDArray[Any], n_terms: int
) -> pd.DataFrame:
    order = np.lexsort((terms, -weights.round(12)))[:n_terms]
    order = order[weights[order] > 0]
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "term": terms[order],
            "tfidf": weights[order],
            "n": n[order],
            "n_articles": carried[order],
        }
    )


def _term_counts(
    tokens: Tokens, ngrams: tuple[int, int], stop_words: Collection[str], min_articles: int
) -> tuple[sparse.csr_array, npt.NDArray[Any]]:
    """Return how often each article uses each term, and the terms."""
    form_of_type, forms = tokens.form_ids
    form_ids = form_of_type[tokens.type_ids].astype(np.int64)
    article = np.repeat(np.arange(len(tokens.articles)), tokens.tokens_per_article.to_numpy())
    edges = tokens.sentence_edges
    words_left = np.repeat(edges[1:], np.diff(edges)) - np.arange(len(tokens))
    is_content = np.array([form not in stop_words for form in forms], np.bool_)[form_ids]
    blocks, names = [], []
    for length in range(ngrams[0], ngrams[1] + 1):
        first = np.flatnonzero(is_content & (words_left >= length))
        first = first[is_content[first + length - 1]]
        ids, examples = _numbered(form_ids, first, length, len(forms))
        matrix = sparse.csr_array(
            (np.ones(len(ids), np.int64), (article[first], ids)), shape=(len(tokens.articles), len(examples))
        )
        kept = np.flatnonzero(np.bincount(matrix.indices, minlength=len(examples)) >= min_articles)
        blocks.append(matrix[:, kept])
        names += [
            " ".join(forms[form_ids[place + step]] for step in range(length)) for place in examples[kept].tolist()
        ]
    return sparse.csr_array(sparse.hstack(blocks, format="csr")), np.array(names, dtype=object)


def _numbered(
    form_ids: npt.NDArray[np.int64], first: npt.NDArray[Any], length: int, n_forms: int
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return a number for each run of `length` forms, equal runs alike, and one place where each run stands."""
    ids = form_ids[first]
    for step in range(1, length):
        ids, _ = pd.factorize(ids * n_forms + form_ids[first + step])
    ids, distinct = pd.factorize(ids)
    examples = np.empty(len(distinct), np.int64)
    examples[ids] = first
    return ids, examples
