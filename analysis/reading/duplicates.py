"""articles → groups of duplicates: wire copy, repeats and updated versions of one story.

MinHash signatures and their LSH index come from rensa. It and datasketch are both alive (last releases in September and
July 2026); rensa signs the 18.6 million shingles of 18,828 articles in 0.1 s, datasketch in about 10.
Signatures only propose pairs: each is judged on its exact shingles, so that precision does not hang on MinHash.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

import pandas as pd
from rensa import RMinHash, RMinHashLSH
from tqdm import tqdm

from analysis.core.errors import CorpusError
from analysis.core.schema import ARTICLES, TEXT_FIELDS

SHINGLE = 5
MIN_WORDS = 50
CONTAINMENT = 0.5
LEAD = 150
LEAD_CONTAINMENT = 0.2
UPDATE_CONTAINMENT = 0.8
UPDATE_HEADLINE = 0.5
UPDATE_DAYS = 3
UPDATE_ADDS = 20
ALIKE = 0.5
LONG_SHINGLES = 150
LONG_RUN = 38

_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Two rows a band: a pair of Jaccard 0.15 becomes a candidate with probability 1 - (1 - 0.15²)^256 = 0.997.
_BANDS = 256
_SIGNATURE = 2 * _BANDS
_SEED = 1
# Of the pairs in one band, those whose estimated Jaccard is far below what a copy can have (0.15, standard error 0.016).
_ESTIMATE = 0.1


@dataclass(frozen=True, slots=True)
class _Version:
    """An article as it is compared: the words of its headline and of all its texts, casefolded."""

    article_id: str
    outlet: object
    date: pd.Timestamp
    headline: frozenset[str]
    words: str

    @property
    def is_short(self) -> bool:
        return self.words.count(" ") + 1 < MIN_WORDS


@dataclass(frozen=True, slots=True)
class _Member:
    """An article of a group, and how it relates to the group's first."""

    article_id: str
    duplicate_group: str
    kind: str
    similarity: float
    shared_shingles: int


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
    versions = list(_versions(ARTICLES.check(articles)))
    groups: dict[str, list[tuple[_Version, _Version, str]]] = {}
    firsts = _Firsts(similarity)
    signatures = RMinHash.from_token_sets((_shingles(version.words) for version in versions), _SIGNATURE, _SEED)
    for version, signature in zip(tqdm(versions, "duplicates", disable=None), signatures, strict=True):
        first, kind = firsts.match(version, signature) or (version, "exact")
        if first is version:
            firsts.add(version, signature)
        groups.setdefault(first.article_id, []).append((version, first, kind))
    return _table([_member(*found) for group in groups.values() if len(group) > 1 for found in group])


class _Firsts:
    """The first articles of all groups so far, by their words and by their signature."""

    def __init__(self, similarity: float | None) -> None:
        self._similarity = similarity
        self._signed: list[tuple[_Version, RMinHash]] = []
        self._of_words: dict[str, _Version] = {}
        # The index takes its bands from num_bands; the threshold only serves other methods of it.
        self._index = RMinHashLSH(threshold=0.5, num_perm=_SIGNATURE, num_bands=_BANDS)

    def add(self, version: _Version, signature: RMinHash) -> None:
        self._of_words[version.words] = version
        if not version.is_short:
            self._index.insert(len(self._signed), signature)
            self._signed.append((version, signature))

    def match(self, version: _Version, signature: RMinHash) -> tuple[_Version, str] | None:
        """Return the first article of the first group that the article belongs to, and how; None where there is none."""
        if version.words in self._of_words:
            return self._of_words[version.words], "exact"
        if version.is_short:
            return None
        shingles = _shingles(version.words)
        different = set(shingles)
        for candidate in sorted(self._index.query(signature)):
            first, other = self._signed[candidate]
            kind = None
            if signature.jaccard(other) >= _ESTIMATE:
                kind = _kind(version, first, shingles, different, least=self._similarity)
            if kind:
                return first, kind
        return None


def _versions(articles: pd.DataFrame) -> Iterator[_Version]:
    """Yield the articles by date, those without one last, and by order within a day."""
    table = articles.sort_values("date", kind="stable")
    texts = zip(*(table[field] for field in TEXT_FIELDS), strict=True)
    named = zip(table["article_id"], table["outlet"], table["date"], table["headline"], texts, strict=True)
    for article_id, outlet, date, headline, fields_of_text in named:
        words = " ".join(_words("\n".join(fields_of_text)))
        yield _Version(article_id, outlet, date, frozenset(_words(headline)), words)


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(text.casefold())


def _shingles(words: str) -> list[str]:
    """Return every run of five words, in order; a shorter text is one shingle."""
    split = words.split(" ")
    return list(map(" ".join, zip(*(split[k:] for k in range(SHINGLE)), strict=False))) or [words]


def _kind(version: _Version, first: _Version, ours: list[str], a: set[str], *, least: float | None) -> str | None:
    """Return how an article with the shingles `ours`, as a set `a`, relates to another of other words, None where it is no copy."""
    is_same_story = _is_same_story(version, first)
    # The beginning is compared first: where thousands of articles share a notice, the whole texts would take hours.
    if not is_same_story and _share(_lead(first), a) < LEAD_CONTAINMENT:
        return None
    b = set(_shingles(first.words))
    shared = len(a & b)
    containment = shared / min(len(a), len(b))
    adds = max(len(a), len(b)) - shared
    if is_same_story and containment >= UPDATE_CONTAINMENT and adds >= UPDATE_ADDS:
        return "update"
    leads = min(_share(ours[:LEAD], b), _share(_lead(first), a))
    if containment < CONTAINMENT or leads < LEAD_CONTAINMENT:
        return None
    similarity = shared / len(a | b)
    is_alike = similarity >= (ALIKE if least is None else least)
    if not is_alike and least is None and min(len(a), len(b)) >= LONG_SHINGLES:
        is_alike = min(_longest_run(ours, b), _longest_run(_shingles(first.words), a)) >= LONG_RUN
    return "near" if is_alike else None


def _lead(version: _Version) -> list[str]:
    n_words = LEAD + SHINGLE - 1
    return _shingles(" ".join(version.words.split(" ", n_words)[:n_words]))


def _share(lead: list[str], other: set[str]) -> float:
    return sum(shingle in other for shingle in lead) / len(lead)


def _longest_run(shingles: list[str], other: set[str]) -> int:
    """Return how many successive shingles of one text stand in another, at most."""
    runs = itertools.groupby(shingle in other for shingle in shingles)
    return max((sum(1 for _ in run) for is_shared, run in runs if is_shared), default=0)


def _is_same_story(version: _Version, first: _Version) -> bool:
    """Return whether outlet, day and headline say that one article updates the other."""
    is_near = version.date - first.date <= pd.Timedelta(
        days=UPDATE_DAYS
    )  # never below 0; False where a date is missing
    shorter = min(len(version.headline), len(first.headline))
    is_alike = shorter > 0 and len(version.headline & first.headline) / shorter >= UPDATE_HEADLINE
    return bool(version.outlet == first.outlet and is_near and is_alike)


def _member(version: _Version, first: _Version, kind: str) -> _Member:
    a, b = set(_shingles(version.words)), set(_shingles(first.words))
    shared = len(a & b)
    return _Member(version.article_id, first.article_id, kind, shared / len(a | b), shared)


def _table(members: list[_Member]) -> pd.DataFrame:
    columns = [field.name for field in fields(_Member)]
    table = pd.DataFrame([astuple(member) for member in members], columns=columns)
    return table.astype(
        {
            "article_id": "str",
            "duplicate_group": "str",
            "kind": "str",
            "similarity": "float64",
            "shared_shingles": "int64",
        }
    )
