"""articles → groups of duplicates: wire copy, repeats and updated versions of one story."""

import numpy as np
import pandas as pd

from analysis.core.errors import CorpusError
from analysis.reading.compared import Compared, compared_words, word_counts
from analysis.reading.likeness import KINDS, MIN_WORDS, Found, Told, find_firsts, overlaps
from analysis.reading.minhash import shared_bands, sign
from analysis.reading.rooms import InMemory, Room
from analysis.tokens.encoding import encode

_COLUMNS = {
    "article_id": "str",
    "duplicate_group": "str",
    "kind": "str",
    "similarity": "float64",
    "shared_shingles": "int64",
}


def check_similarity(similarity: float | None) -> None:
    """Raise a CorpusError where a threshold of similarity is not from 0 to 1."""
    if similarity is not None and not 0 <= similarity <= 1:
        raise CorpusError(f"similarity={similarity!r}: allowed are numbers from 0 to 1, such as 0.6")


def find_duplicates(articles: pd.DataFrame, *, similarity: float | None = None) -> pd.DataFrame:
    """Return the groups of articles that are copies or versions of one text.

    Parameters
    ----------
    articles : pandas.DataFrame
        ARTICLES.
    similarity : float, optional
        The least Jaccard similarity (the column ``similarity``) that a near copy has, from 0 to 1. By default 0.5, or less where a
        long passage is the same in both: see Notes.

    Returns
    -------
    pandas.DataFrame
        One row an article of a group of two or more, in the order of the groups' first articles, and by date within a group:

        - ``article_id``;
        - ``duplicate_group``: id of the group's first article, by date (articles without a date last), then by order;
        - ``kind``: how the article relates to that first one: ``exact`` (the same words in the same order; so is the first
          to itself), ``update`` (a version of the story in the same outlet) or ``near`` (any other copy);
        - ``similarity``: Jaccard similarity of its shingles to those of the first article, 0 to 1: the share of all shingles of
          the two that both have, which is low for a copy that was cut;
        - ``shared_shingles``: how many different shingles both have.

    Notes
    -----
    A shingle is five successive words of headline, standfirst and body, casefolded; punctuation, typographic variants and
    invisible characters do not count. With the sets of shingles A and B of two articles,

    - Jaccard similarity is |A ∩ B| / |A ∪ B| and containment is |A ∩ B| / min(|A|, |B|) (Broder 1997, doi
      10.1109/SEQUEN.1997.666900);
    - a *near* copy has a containment of at least 0.5, and at least 0.2 of the first 150 shingles of each article occur in
      the other. The latter keeps articles apart that share a picture gallery, a list or a notice: such passages reach a
      containment of 0.8, but stand at the end, while copies are cut from the end. Its Jaccard similarity is at least
      ``similarity``; where that is not given, it is at least 0.5, or both have 150 shingles or more and share 38 in succession.
      The latter keeps short articles apart that share some sentences, such as what an agency says of the background of a
      story: they reach a similarity of 0.3 to 0.4, as an article of which a half was cut does, but in runs of one or two sentences;
    - an *update* has a containment of at least 0.8, one version has 20 shingles or more that the other lacks, both are
      of the same outlet and at most three days apart, and half of the words of the shorter headline are in the other.

    Each article joins the first group whose first article it matches, so that chains of pairs never join unlike texts.
    Texts of fewer than 50 words, such as bare notices, are grouped only when exact. Scripts written without spaces have
    no words here, and only their exact copies are sure to be found.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"outlet": ["A", "B", "C"], "body": ["Talks go on.", "TALKS GO ON", "Talks end."]})
    >>> corpus = fa.read(table)
    >>> fa.compare.find_duplicates(corpus.articles)[["article_id", "duplicate_group", "kind", "similarity"]]
      article_id duplicate_group   kind  similarity
    0      row-1           row-1  exact         1.0
    1      row-2           row-1  exact         1.0
    """
    check_similarity(similarity)
    tokens = encode(articles)
    return groups_of(tokens.articles, compared_words(tokens), InMemory(), similarity=similarity)


def groups_of(
    articles: pd.DataFrame, compared: Compared, room: Room, *, similarity: float | None = None
) -> pd.DataFrame:
    """Return what `find_duplicates` does of articles whose words are known already; no text of them is read."""
    if not len(articles):
        return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
    n_words = word_counts(compared)
    signed = sign(compared, n_words, room)
    bands = shared_bands(signed, n_words >= MIN_WORDS)
    told = _told(articles, n_words)
    found = find_firsts(compared, signed, bands, told, least=similarity)
    members = _members(found, told)
    firsts = found.firsts[members]
    shared, together = overlaps(compared, told, members, firsts)
    ids = articles["article_id"].array
    return pd.DataFrame(
        {
            "article_id": ids[members],
            "duplicate_group": ids[firsts],
            "kind": np.array(KINDS, dtype=object)[found.kinds[members]],
            "similarity": shared / together,
            "shared_shingles": shared,
        }
    ).astype(_COLUMNS)


def _told(articles: pd.DataFrame, n_words: np.ndarray) -> Told:
    """Return what is known of the articles: their order is by date, those without one last, and within a day as they stand."""
    times = articles["date"].astype("datetime64[us]").to_numpy()
    order = np.argsort(times, kind="stable")  # NaT goes last
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return Told(n_words, ranks, pd.factorize(articles["outlet"])[0].astype(np.int64), times.astype(np.int64))


def _members(found: Found, told: Told) -> np.ndarray:
    """Return the articles of groups of two or more, in the order of the groups' first articles and by date within a group."""
    sizes = np.bincount(found.firsts, minlength=len(found.firsts))
    members = np.flatnonzero(sizes[found.firsts] > 1)
    ranks: np.ndarray = told.ranks
    chosen: np.ndarray = members[np.lexsort((ranks[members], ranks[found.firsts[members]]))]
    return chosen
