"""What an entry would catch in a corpus, answered while it is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.core.schema import ZONES
from analysis.counting.by import zones_of_articles
from analysis.lexicons import Category, Entry, Lexicon
from analysis.lexicons.checks import entry_problems, refuse
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.matching.matching import PHRASE_RULE, Matches, find_matches, matches_of_parts
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.fields import article_of
from analysis.tokens.kwic import lines_of_tokens
from analysis.tokens.parts import by_token
from analysis.tokens.spans import covered, touched
from analysis.tokens.tokens import Tokens

_N_LINES = 20


@dataclass(frozen=True, eq=False)
class Trial:
    """What an entry catches in a corpus.

    Attributes
    ----------
    entry : Entry
        The entry that was tried.
    n_hits, n_articles : int
        Its hits, and the articles that have one.
    n_already : int
        Hits that overlap a hit of the category as it is; the others are new to it.
    types : pandas.DataFrame
        ``spelling`` and ``n_hits``, the most frequent first. Capitals and possessive 's are put aside unless the entry is exact;
        the words of a phrase are joined by a space.
    counts : pandas.DataFrame
        ``outlet``, ``zone``, ``n_hits``, ``n_tokens`` and ``rate_per_1000`` (NaN without a word), for each outlet and zone.
    lines : pandas.DataFrame
        Concordance lines, at most 20, evenly spaced over the hits in corpus order: ``article_id``, ``outlet``, ``date``, ``zone``,
        ``left``, ``match``, ``right``, and ``already``, whether the category has the hit.
    """

    entry: Entry
    n_hits: int
    n_articles: int
    n_already: int
    types: pd.DataFrame
    counts: pd.DataFrame
    lines: pd.DataFrame

    def __repr__(self) -> str:
        category = f", {self.n_already:,} of them already in {self.entry.category}" if self.entry.category else ""
        return f"{self.entry.text!r}: {self.n_hits:,} hits in {self.n_articles:,} articles{category}"


def try_entry(tokens: TokensLike, text: str, *, lexicon: LexiconLike | None = None, category: str = "") -> Trial:
    """Return what an entry would catch in `tokens`; for one entry after the other, keep a `Trials`.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    text : str
        The entry, written as in a lexicon file.
    lexicon : Lexicon, optional
        The lexicon that it may be added to.
    category : str
        The category of `lexicon` that it may be added to; without it no hit counts as there already.

    Raises
    ------
    LexiconError
        When the entry can never match, or the lexicon has no such category.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> trial = fa.extend.try_entry(tokens, "fail*")
    >>> trial.n_hits, trial.n_articles
    (1, 1)
    >>> trial.types
      spelling  n_hits
    0  failing       1
    """
    tokens = tokens_of("try_entry(tokens, text)", tokens)
    lexicon = None if lexicon is None else lexicon_of("try_entry(tokens, text)", lexicon)
    return Trials(tokens, lexicon).of(Entry(text, category))


class Trials:
    """Trials of entries in one corpus. What does not depend on the entry is prepared once.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    lexicon : Lexicon, optional
        The lexicon that entries may be added to.
    """

    def __init__(self, tokens: Tokens, lexicon: Lexicon | None = None) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self._taken: dict[str, npt.NDArray[np.bool_]] = {}

    def with_lexicon(self, lexicon: Lexicon) -> "Trials":
        """Return trials for another state of the lexicon, which share what was prepared from the corpus."""
        trials = Trials(self.tokens, lexicon)
        trials._corpus = self._corpus
        return trials

    def of(self, entry: Entry) -> Trial:
        """Return what `entry` would catch, and how much of it its category has already.

        Raises
        ------
        LexiconError
            When the entry can never match, or the lexicon has no such category.
        """
        refuse("this entry cannot be tried", entry_problems([entry]))
        found = matches_of_parts("trying the entry", self.tokens, _lexicon_of([entry]))
        already = self._already(entry.category, found)
        places = self._corpus.places_of(found)
        return Trial(
            entry=entry,
            n_hits=len(found.token),
            n_articles=int(np.count_nonzero(np.bincount(places.row, minlength=1))),
            n_already=int(already.sum()),
            types=self._types(found, entry.case),
            counts=self._counts(places),
            lines=self._lines(found, places, already),
        )

    @cached_property
    def _corpus(self) -> "_Corpus":
        return _Corpus.of(self.tokens)

    def _already(self, category: str, found: Matches) -> npt.NDArray[np.bool_]:
        """Return whether each match overlaps a hit of `category`."""
        if not category:
            return np.zeros(len(found.token), np.bool_)
        if category not in self._taken:
            self._taken[category] = self._tokens_of(category)
        return touched(self._taken[category], found.token, found.last)

    def _tokens_of(self, category: str) -> npt.NDArray[np.bool_]:
        """Return whether each token stands in a hit of `category`."""
        if self.lexicon is None:
            raise LexiconError(f"no category {category!r} to add the entry to; there is no lexicon; give one")
        if category not in self.lexicon.category_names:
            raise LexiconError(f"the entry cannot be added: {self.lexicon.no_category(category)}")
        lexicon = _lexicon_of(entry for entry in self.lexicon.entries if entry.category == category)

        def of_part(part: Tokens) -> npt.NDArray[np.bool_]:
            found = find_matches(part, lexicon)
            return covered(len(part), found.token, found.last)

        return by_token("finding the hits of the category", self.tokens, of_part, np.bool_)

    def _types(self, found: Matches, case: str) -> pd.DataFrame:
        ids, spellings = self.tokens.form_ids
        if case == "exact":
            ids, spellings = np.arange(len(self.tokens.types), dtype=np.int32), self.tokens.types
        # The hits of one entry all have as many words as the entry.
        n_words = int((found.last - found.token).max(initial=0)) + 1
        return _counted([ids[self.tokens.type_ids[found.token + n]] for n in range(n_words)], spellings)

    def _counts(self, places: "_Places") -> pd.DataFrame:
        index = pd.MultiIndex.from_product([self._corpus.outlets, ZONES], names=["outlet", "zone"])
        n_hits = np.bincount(places.outlet * len(ZONES) + places.zone, minlength=len(index))
        table = pd.DataFrame({"n_hits": n_hits, "n_tokens": self._corpus.n_tokens}, index=index).reset_index()
        table["rate_per_1000"] = 1000 * table["n_hits"] / table["n_tokens"].where(table["n_tokens"] > 0)
        known = [] if self.lexicon is None else [self.lexicon]
        return with_origin(table, self.tokens, *known, overlap="longest_within_category", phrase_rule=PHRASE_RULE)

    def _lines(self, found: Matches, places: "_Places", already: npt.NDArray[np.bool_]) -> pd.DataFrame:
        n = len(found.token)
        chosen = np.linspace(0, n - 1, min(n, _N_LINES)).astype(np.intp)
        context = lines_of_tokens(self.tokens, found.token[chosen], found.last[chosen])
        of_articles = self.tokens.articles[["article_id", "outlet", "date"]].iloc[places.row[chosen]]
        of_articles = of_articles.reset_index(drop=True)
        zones = pd.Series(np.array(ZONES, dtype=object)[places.zone[chosen]], dtype="str")
        return pd.concat([of_articles, zones.rename("zone"), context], axis=1).assign(already=already[chosen])


class _Places(NamedTuple):
    """Where matches stand: the row of the article, and the places of its outlet and of the zone."""

    row: npt.NDArray[np.intp]
    outlet: npt.NDArray[np.intp]
    zone: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class _Corpus:
    """What is known of a corpus whatever the entry: the outlet of each article, their names, and the words of each outlet and zone."""

    tokens: Tokens
    outlet: npt.NDArray[np.intp]
    outlets: pd.Index
    n_tokens: npt.NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens) -> "_Corpus":
        codes, outlets = pd.factorize(tokens.articles["outlet"], sort=True, use_na_sentinel=False)
        zones = zones_of_articles(tokens)
        places = codes[zones["article"]] * len(ZONES) + zones["zone"].to_numpy()
        n_tokens = np.bincount(places, weights=zones["n_tokens"], minlength=len(outlets) * len(ZONES))
        return cls(tokens, codes, pd.Index(outlets), n_tokens.astype(np.int64))

    def places_of(self, found: Matches) -> _Places:
        """Return where some matches stand."""
        fields = self.tokens.fields_at(found.token)
        zones = self.tokens.zones_of(fields, self.tokens.sentence_paragraphs[found.sentence])
        row = article_of(fields)
        return _Places(row, self.outlet[row], zones)


def _lexicon_of(entries: Iterable[Entry]) -> Lexicon:
    entries = tuple(entries)
    return Lexicon("trial", "0", "", "", (), (Category(entries[0].category),), entries)


def _counted(words: list[npt.NDArray[np.int32]], spellings: list[str]) -> pd.DataFrame:
    """Return how often each phrase stands, most frequent first, equals by spelling; `words` are its first words, its second, …."""
    # Each step numbers the phrases so far anew, so that a number and the next word fit into one integer.
    phrases = words[0].astype(np.int64)
    for following in words[1:]:
        phrases = pd.factorize(phrases)[0] * len(spellings) + following
    numbers, _ = pd.factorize(phrases)
    counts = np.bincount(numbers)
    places = np.empty(len(counts), np.intp)
    places[numbers] = np.arange(len(numbers))  # one place of each phrase, whichever comes last
    texts = [
        " ".join(spellings[i] for i in phrase) for phrase in zip(*(ids[places].tolist() for ids in words), strict=True)
    ]
    table = pd.DataFrame({"spelling": pd.Series(texts, dtype="str"), "n_hits": counts})
    return table.sort_values(["n_hits", "spelling"], ascending=[False, True], ignore_index=True)
