"""articles → events: which articles of several outlets are on the same story."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer

from analysis.core.errors import CorpusError
from analysis.core.progress import watched
from analysis.core.schema import ARTICLES
from analysis.reading.corpus import Corpus
from analysis.reading.given import CorpusLike, corpus_of, tokens_of
from analysis.reading.notes import Note
from analysis.tokens.encoding import encode
from analysis.tokens.fields import HEADLINE, column_of
from analysis.tokens.parts import in_parts
from analysis.tokens.tokens import Tokens

THRESHOLD = 0.2
HEADLINE_WEIGHT = 5
MANY = 20

_BLOCK = 256
_WORD = re.compile(r"\w+")

_Days: TypeAlias = npt.NDArray[np.int64]
_Numbers: TypeAlias = npt.NDArray[np.floating[Any]]


def find_events(articles: pd.DataFrame, *, days: int = 3, threshold: float = THRESHOLD) -> pd.Series:
    """Return for each article the event that it is on.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    days : int, default 3
        How many days apart two articles on one event can be.
    threshold : float, default 0.2
        Least mean similarity of an article to those of an event, above 0 and up to 1. Higher values give fewer and
        narrower events.

    Returns
    -------
    pandas.Series
        ``event_id`` on the index of `articles`: ``event-`` and the article_id of the event's first article. It is missing
        where no other outlet has an article on the event, and where an article has no date, as words alone do not tell
        a story from one like it in another year.

    Raises
    ------
    CorpusError
        When `days` is below 0 or `threshold` is not above 0 and up to 1.

    Notes
    -----
    The similarity of two articles is the cosine of their TF-IDF vectors of words, with (1 + ln tf) (ln((1 + n) / (1 + df)) + 1)
    as weights (scikit-learn's ``TfidfTransformer`` with ``sublinear_tf``); words of the headline count five times. Words are
    runs of letters, digits and underscores here, so that "three-year" is two. English stop words are left out, and, from 20 articles
    on, words of more than half of all articles. The similarity of articles
    more than `days` apart is 0.

    Articles are taken by date, and within a day by order. Each joins the event to whose articles its mean similarity is
    highest, if that is at least `threshold`, and starts an event otherwise: single-pass clustering with average linkage
    (Allan, Papka and Lavrenko 1998, doi 10.1145/290941.290954). The mean keeps chains of stories that change from day
    to day from growing into one event.

    The threshold is where BASIL's triplets of articles on one event are found best both with their dates and, which is as
    hard as a busy day is, with one date for all: on either half of them thresholds of 0.14 to 0.2 are best, and 0.2 is the
    most careful of these.
    """
    _check(days, threshold)
    return _events(encode(ARTICLES.check(articles)), days, threshold)


def _check(days: int, threshold: float) -> None:
    if days < 0 or not 0 < threshold <= 1:
        raise CorpusError(
            f"days={days!r}, threshold={threshold!r}: allowed are days from 0 and thresholds above 0, up to 1"
        )


def _events(tokens: Tokens, days: int, threshold: float) -> pd.Series:
    articles = tokens.articles
    rows = np.flatnonzero(articles["date"].notna())
    rows = rows[np.argsort(articles["date"].to_numpy()[rows], kind="stable")]
    dated = articles.iloc[rows]
    day = dated["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    events = _single_pass(_weighted(_word_counts(tokens)[rows]), day, days, threshold)
    groups = dated[["article_id", "outlet"]].groupby(events)
    names = "event-" + groups["article_id"].transform("first")
    of_several = names.where(groups["outlet"].transform("nunique") > 1)
    return of_several.reindex(articles.index).astype("str").rename("event_id")


def with_events(corpus: CorpusLike, *, days: int = 3, threshold: float = THRESHOLD) -> Corpus:
    """Return the corpus with a column ``event_id`` as `find_events` gives it; a corpus that has one comes back as it is.

    Raises
    ------
    CorpusError
        As `find_events` does.
    """
    corpus = corpus_of("with_events(corpus)", corpus)
    if "event_id" in corpus.articles:
        return corpus
    _check(days, threshold)
    found = _events(tokens_of("with_events(corpus)", corpus), days, threshold)
    finding = f"events: {found.nunique():,}, of articles at most {days} days apart with a mean similarity of {threshold} or more"
    note = Note(finding, kind="events", count=found.nunique())
    return replace(corpus, articles=corpus.articles.assign(event_id=found), notes=(*corpus.notes, note))


def _word_counts(tokens: Tokens) -> csr_matrix:
    """Return how often each word that is no stop word stands in each article, in the headline counted five times."""
    of_type, n_words = _words_of_types(tokens.whole.types)
    counts = [csr_matrix((0, n_words), dtype=np.float32)]
    for part in in_parts("counting words", tokens):
        sizes = np.diff(part.field_starts)
        weights = np.where(column_of(np.arange(len(sizes))) == HEADLINE, HEADLINE_WEIGHT, 1).astype(np.float32)
        shape = len(part.articles), len(part.whole.types)
        of_article = csr_matrix((np.repeat(weights, sizes), part.type_ids, part.article_starts), shape)
        counts.append(of_article @ of_type)
    return vstack(counts, format="csr")


def _words_of_types(types: list[str]) -> tuple[csr_matrix, int]:
    """Return how often each word stands in each type (once, mostly), the words in the order of the alphabet, and their number."""
    cut = [_WORD.findall(spelling.lower()) for spelling in types]
    words = sorted(set(itertools.chain.from_iterable(cut)) - ENGLISH_STOP_WORDS)
    numbers = {word: number for number, word in enumerate(words)}
    places = [[numbers[word] for word in found if word in numbers] for found in cut]
    edges = np.zeros(len(types) + 1, np.int64)
    np.cumsum([len(found) for found in places], out=edges[1:])
    columns = np.fromiter(itertools.chain.from_iterable(places), np.int64, edges[-1])
    # Without a word there is one column still, as scikit-learn has no empty vocabulary; texts without a word are like no other.
    n_words = max(len(words), 1)
    return csr_matrix((np.ones(len(columns), np.float32), columns, edges), (len(types), n_words)), n_words


def _weighted(counts: csr_matrix) -> csr_matrix:
    """Return TF-IDF vectors of length 1."""
    n_articles = np.bincount(counts.indices, minlength=counts.shape[1])
    # In a few articles, the words that most of them share are those of their common story.
    most = 0.5 * counts.shape[0] if counts.shape[0] >= MANY else counts.shape[0]
    kept = counts[:, np.flatnonzero((n_articles > 0) & (n_articles <= most))]
    kept.sort_indices()
    return TfidfTransformer(sublinear_tf=True).fit_transform(kept) if kept.nnz else kept


def _single_pass(vectors: csr_matrix, day: _Days, days: int, threshold: float) -> _Days:
    """Return the event of each article, as the place of the event's first article."""
    events = np.arange(len(day))
    sizes = np.ones(len(day))
    for place, similarities in _similarities(vectors, day, days):
        if not len(similarities):
            continue
        near, which = np.unique(events[place - len(similarities) : place], return_inverse=True)
        means = np.bincount(which, weights=similarities) / sizes[near]
        best = int(means.argmax())
        if means[best] >= threshold:
            events[place] = near[best]
            sizes[near[best]] += 1
    return events


def _similarities(vectors: csr_matrix, day: _Days, days: int) -> Iterator[tuple[int, _Numbers]]:
    """Yield the place of each article, and its similarity to the articles before it that are near enough in time."""
    firsts = np.searchsorted(day, day - days)
    # Blocks, so that never more than the similarities of some articles to those of a few days are held at once.
    blocks = range(0, len(day), _BLOCK)
    for start in watched(blocks, "looking for events", total=len(blocks), unit=" blocks"):
        stop = min(start + _BLOCK, len(day))
        window = firsts[start]
        block = (vectors[start:stop] @ vectors[window:stop].T).toarray()
        for place in range(start, stop):
            yield place, block[place - start, firsts[place] - window : place - window]
