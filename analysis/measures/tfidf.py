"""TF-IDF by article and by group, distinctive terms, and lexicon scores weighted by it."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from analysis.core.errors import FramingError, SchemaError
from analysis.core.origin import with_origin
from analysis.counting.counts import count_terms
from analysis.hits.find import hits_of_one_lexicon
from analysis.tokens.rows import article_rows
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
_MOST_NAMED = 10


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
        group), ``n_articles`` (articles of the group with the term). Ties are in alphabetical order. ``attrs`` names the weighting, and
        ``attrs["reason"]`` the groups without a term, which have no row.

    Raises
    ------
    SchemaError
        When `by` is no column of ARTICLES or has no value, or `ngrams` is not a range from 1.

    Notes
    -----
    scikit-learn's weighting: tf · (ln((1 + N) / (1 + n)) + 1), then scaled to length 1; tf counts the
    uses in the group, N is the number of articles of the corpus, and n how many of them have the term. Articles, not groups, are
    the documents of the second factor, because a handful of outlets cannot tell a common word from a rare one.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "body": ["Weak, weak, weak Hurd.", "Hurd holds talks. Talks go on."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.tfidf(tokens, min_articles=1, n_terms=2).round(2)
      outlet  rank   term  tfidf  n  n_articles
    0      A     1   weak   0.97  3           1
    1      A     2   hurd   0.23  1           1
    2      B     1  talks   0.85  2           1
    3      B     2  holds   0.43  1           1
    """
    weights = term_weights(tokens, by=by, ngrams=ngrams, stop_words=stop_words, min_articles=min_articles)
    return distinctive_terms(weights, n_terms=n_terms)


@dataclass(frozen=True)
class Weighting:
    """How uses become weights, in the words of scikit-learn's TfidfTransformer.

    Attributes
    ----------
    tf : {"counts", "sublinear"}
        Uses as they are, or 1 + ln(uses).
    idf : {"smooth", "plain", "none", "class"}
        ln((1 + N) / (1 + n)) + 1, ln(N / n) + 1, or 1, with N the articles of the corpus and n those with the term; or class-based TF-IDF: uses are
        shares of the group's terms, times ln(1 + A / f), with A the mean number of terms of a group and f the uses of the
        term in all groups (Grootendorst 2022).
    norm : {"l2", "l1", "none"}
        What the weights of one row are scaled to: length 1, sum 1, or nothing.
    """

    tf: Literal["counts", "sublinear"] = "counts"
    idf: Literal["smooth", "plain", "none", "class"] = "smooth"
    norm: Literal["l2", "l1", "none"] = "l2"

    def __post_init__(self) -> None:
        allowed = {
            "tf": ("counts", "sublinear"),
            "idf": ("smooth", "plain", "none", "class"),
            "norm": ("l2", "l1", "none"),
        }
        for name, values in allowed.items():
            if getattr(self, name) not in values:
                raise FramingError(f"weighting: {name}={getattr(self, name)!r}; known are {', '.join(values)}")
        if self.idf == "class" and self.tf == "sublinear":
            raise FramingError(
                'weighting: class-based weights take shares of a group\'s terms; use tf="counts" with idf="class"'
            )

    def __str__(self) -> str:
        tf = "tf" if self.tf == "counts" else "sublinear tf"
        idf = {"none": "", "class": " × class-based idf"}.get(self.idf, f" × {self.idf} idf over articles")
        return f"{tf}{idf}, norm {self.norm}"


@dataclass(frozen=True, eq=False)
class TermWeights:
    """The weight of each term in each article or group.

    Attributes
    ----------
    by : str
        Column of ARTICLES that the rows stand for.
    rows : pandas.Index
        Its values.
    n_articles : numpy.ndarray of int64, shape (n_rows,)
        Articles of each row.
    terms : numpy.ndarray of object
        The terms of the columns.
    matrix : scipy.sparse.csr_array, shape (n_rows, n_terms)
        The weights.
    counts, carried : scipy.sparse.csr_array, shape (n_rows, n_terms)
        Uses of each term in each row, and how many articles of the row carry it.
    attrs : dict
        Weighting, token rule, length of terms and the rows without terms (``reason``), for results.
    """

    by: str
    rows: pd.Index
    n_articles: npt.NDArray[np.int64]
    terms: npt.NDArray[Any]
    matrix: sparse.csr_array
    counts: sparse.csr_array
    carried: sparse.csr_array
    attrs: dict[Hashable, Any]


def term_weights(
    tokens: Tokens,
    *,
    by: str = "article_id",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Collection[str] = STOP_WORDS,
    min_articles: int = 2,
    weighting: Weighting | None = None,
) -> TermWeights:
    """Return the TF-IDF weights of all terms, by article or by group.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    by : str
        Column of ARTICLES; the articles of one value are one row. Articles without a value are in no row.
    ngrams, stop_words, min_articles
        As for `tfidf`.
    weighting : Weighting, optional
        How uses become weights; by default as scikit-learn's TfidfVectorizer does.

    Raises
    ------
    SchemaError
        When `by` is no column of ARTICLES or has no value, or `ngrams` is not a range from 1.
    FramingError
        When class-based weights are asked for single articles, which are no classes.
    """
    weighting = weighting or Weighting()
    if by not in tokens.articles.columns:
        raise SchemaError(
            f"tfidf: no column {by!r} in ARTICLES; known are {', '.join(map(repr, tokens.articles.columns))}"
        )
    if len(tokens.articles) and tokens.articles[by].isna().all():
        raise SchemaError(f"tfidf: every article lacks a value of {by}; choose another column")
    if not 1 <= ngrams[0] <= ngrams[1]:
        raise SchemaError(f"tfidf: ngrams {ngrams} is no range; give shortest and longest, for example (1, 2)")
    if by == "article_id" and weighting.idf == "class":
        raise FramingError(
            'weighting: idf="class" compares groups; give a column that groups articles, for example by="outlet"'
        )
    is_content = np.array([form not in stop_words for form in tokens.form_ids[1]], np.bool_)
    blocks = list(count_terms(tokens, ngrams, is_content=is_content, min_articles=min_articles))
    counts = blocks[0].matrices[0]
    if len(blocks) > 1:
        counts = sparse.csr_array(sparse.hstack([block.matrices[0] for block in blocks], format="csr"))
    terms = np.concatenate([block.terms.to_numpy(zero_copy_only=False) for block in blocks])
    rows, membership = _groups(tokens, by)
    is_used = sparse.csr_array((np.ones_like(counts.data), counts.indices, counts.indptr), shape=counts.shape)
    uses, carried = (counts, is_used) if by == "article_id" else (membership @ counts, membership @ is_used)
    n_carrying = np.bincount(counts.indices, minlength=len(terms))
    matrix = _weighted(uses, n_carrying, len(tokens.articles), weighting)
    attrs: dict[Hashable, Any] = {
        "weighting": str(weighting),
        "corpus_hash": tokens.corpus_hash,
        "token_rule": tokens.rule,
        "ngrams": ngrams,
        "reason": _without_terms(rows, uses),
    }
    return TermWeights(by, rows, np.diff(membership.indptr).astype(np.int64), terms, matrix, uses, carried, attrs)


def _groups(tokens: Tokens, by: str) -> tuple[pd.Index, sparse.csr_array]:
    """Return the groups, and a matrix of groups by articles that is 1 where an article is of a group."""
    if by == "article_id":
        groups, codes = pd.Index(tokens.articles[by], dtype="str"), np.arange(len(tokens.articles))
    else:
        codes, found = pd.factorize(tokens.articles[by], sort=True)
        groups = pd.Index(found)
    known = np.flatnonzero(codes >= 0)
    ones = np.ones(len(known), np.int64)
    return groups, sparse.csr_array((ones, (codes[known], known)), shape=(len(groups), len(tokens.articles)))


def _without_terms(rows: pd.Index, uses: sparse.csr_array) -> str:
    empty = rows[np.diff(uses.indptr) == 0]
    if empty.empty:
        return ""
    more = f" and {len(empty) - _MOST_NAMED:,} more" if len(empty) > _MOST_NAMED else ""
    return f"without terms: {', '.join(map(str, empty[:_MOST_NAMED]))}{more}"


def _weighted(
    uses: sparse.csr_array, n_carrying: npt.NDArray[Any], n_articles: int, weighting: Weighting
) -> sparse.csr_array:
    data = uses.data.astype(np.float64)
    if weighting.tf == "sublinear":
        data = 1 + np.log(data)
    if weighting.idf == "class":
        totals = _row_sums(uses, data)
        f = np.maximum(np.bincount(uses.indices, data, minlength=uses.shape[1]), 1)
        mean = totals.sum() / max(len(totals), 1)
        data *= np.log1p(mean / f)[uses.indices] / _of_rows(uses, totals)
    elif weighting.idf != "none":
        data *= inverse_frequency(n_carrying, n_articles, smooth=weighting.idf == "smooth")[uses.indices]
    if weighting.norm == "l1":
        data /= _of_rows(uses, _row_sums(uses, data))
    elif weighting.norm == "l2":
        data /= _of_rows(uses, np.sqrt(_row_sums(uses, data**2)))
    return sparse.csr_array((data, uses.indices, uses.indptr), shape=uses.shape)


def _row_sums(uses: sparse.csr_array, data: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the sums of `data` over the rows of `uses`, added from the smallest up, so that no digit hangs on the order of the terms."""
    return np.array([np.sort(data[begin:end]).sum() for begin, end in pairwise(uses.indptr.tolist())], np.float64)


def _of_rows(uses: sparse.csr_array, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return for each entry of `uses` the value of its row."""
    return np.repeat(values, np.diff(uses.indptr))


def inverse_frequency(n_carrying: npt.NDArray[Any], n_articles: int, *, smooth: bool = True) -> npt.NDArray[np.float64]:
    """Return scikit-learn's idf of terms that `n_carrying` (at least 1) of `n_articles` carry."""
    more = 1 if smooth else 0
    return np.asarray(np.log((n_articles + more) / (n_carrying + more)) + 1, np.float64)


def distinctive_terms(weights: TermWeights, *, n_terms: int = 20) -> pd.DataFrame:
    """Return the terms with the highest weights of each row; columns as `tfidf` describes them.

    Parameters
    ----------
    weights : TermWeights
        What `term_weights` returns.
    n_terms : int
        How many terms a row.
    """
    parts = [
        _top(weights, row, n_terms).assign(**{weights.by: group}) for row, group in enumerate(weights.rows.tolist())
    ]
    columns = [weights.by, "rank", "term", "tfidf", "n", "n_articles"]
    table = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    return with_origin(table, weights.attrs)


def _top(weights: TermWeights, row: int, n_terms: int) -> pd.DataFrame:
    places = slice(*weights.matrix.indptr[row : row + 2].tolist())
    columns, values = weights.matrix.indices[places], weights.matrix.data[places]
    lowest = np.partition(values, -n_terms)[-n_terms] - 1e-9 if len(values) > n_terms else 0.0
    near = np.flatnonzero(values >= lowest)
    terms = weights.terms[columns[near]]
    order = near[np.lexsort((terms, -values[near].round(12)))][:n_terms]
    carried = weights.carried
    articles = pd.Series(
        carried.data[carried.indptr[row] : carried.indptr[row + 1]],
        index=carried.indices[carried.indptr[row] : carried.indptr[row + 1]],
    )
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "term": weights.terms[columns[order]],
            "tfidf": values[order],
            "n": weights.counts.data[places][order],
            "n_articles": articles.reindex(columns[order]).to_numpy(),
        }
    )


def weighted_scores(hits: pd.DataFrame, tokens: Tokens, *, weighting: Weighting | None = None) -> pd.DataFrame:
    """Return lexicon scores in which an entry counts more, the fewer articles it stands in.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of `tokens`, of one lexicon.
    tokens : Tokens
        The corpus that the hits were found in.
    weighting : Weighting, optional
        ``tf`` and ``idf`` are those of an entry in an article; the norm has to be "none", which is the default here.

    Returns
    -------
    pandas.DataFrame
        One row for each article and category with a hit: ``article_id``, ``category``, ``n_hits``, ``score`` (Σ over entries of tf · idf · its
        weight) and ``score_per_1000`` (per 1,000 words of the article). ``attrs`` are those of `hits`, with the weighting.

    Raises
    ------
    SchemaError
        When the hits do not say which one lexicon they are of, or are of an article that the corpus lacks.
    FramingError
        When they are weighted already, or when the weighting is scaled or class-based.
    """
    weighting = weighting or Weighting(norm="none")
    hits_of_one_lexicon(hits, tokens)
    if "weighting" in hits.attrs:
        raise FramingError("weighted scores: the hits are weighted already; give what find_hits returns")
    if weighting.norm != "none" or weighting.idf == "class":
        raise FramingError('weighted scores: entries are weighted one by one; use norm="none" and an idf over articles')
    keys = ["article_id", "category", "entry", "weight"]
    cells = hits.groupby(keys, observed=True, as_index=False).size()
    n_carrying = cells.groupby("entry", observed=True)["article_id"].transform("nunique").to_numpy()
    tf = cells["size"].to_numpy(np.float64)
    if weighting.tf == "sublinear":
        tf = 1 + np.log(tf)
    idf = (
        1.0
        if weighting.idf == "none"
        else inverse_frequency(n_carrying, len(tokens.articles), smooth=weighting.idf == "smooth")
    )
    scored = cells.assign(score=tf * idf * cells["weight"].to_numpy())
    table = scored.groupby(["article_id", "category"], observed=True, as_index=False).agg(
        n_hits=("size", "sum"), score=("score", "sum")
    )
    words = tokens.tokens_per_article.to_numpy()[article_rows(table, tokens)]
    table["score_per_1000"] = 1000 * table["score"] / words
    return with_origin(table, hits, tokens, weighting=str(weighting))
