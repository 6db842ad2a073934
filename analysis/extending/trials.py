"""What an entry would catch in a corpus, answered while it is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS, ZONES
from analysis.hits.find import zone_codes
from analysis.lexicons import Category, Entry, Lexicon
from analysis.lexicons.checks import entry_problems, refuse
from analysis.matching.matching import PHRASE_RULE, Matches, find_matches
from analysis.matching.patterns import Pattern, entry_patterns
from analysis.tokens.gaps import PHRASE_BREAKS
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens

_N_LINES = 20
_WIDTH = 50  # characters of context on each side of a line


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


def try_entry(tokens: Tokens, text: str, *, lexicon: Lexicon | None = None, category: str = "") -> Trial:
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
    >>> trial = fa.try_entry(tokens, "fail*")
    >>> trial.n_hits, trial.n_articles
    (1, 1)
    >>> trial.types
      spelling  n_hits
    0  failing       1
    """
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
        trials._sentences = self._sentences
        return trials

    def of(self, entry: Entry) -> Trial:
        """Return what `entry` would catch, and how much of it its category has already.

        Raises
        ------
        LexiconError
            When the entry can never match, or the lexicon has no such category.
        """
        refuse("this entry cannot be tried", entry_problems([entry]))
        found = self._matches(entry)
        already = self._already(entry.category, found)
        outlet_zones, rows = self._sentences.outlet_zone[found.sentence], self._sentences.row[found.sentence]
        return Trial(
            entry=entry,
            n_hits=len(found.token),
            n_articles=int(np.count_nonzero(np.bincount(rows, minlength=1))),
            n_already=int(already.sum()),
            types=self._types(found, entry.case),
            counts=self._counts(outlet_zones),
            lines=self._lines(found, already),
        )

    @cached_property
    def _sentences(self) -> "_Sentences":
        return _Sentences.of(self.tokens)

    def _matches(self, entry: Entry) -> Matches:
        """Return the matches of `entry`, as `find_matches` does; at once where no rule has to decide between them."""
        type_ids, of_token = self.tokens.type_ids, self._sentences.of_token
        patterns = entry_patterns(entry.text, entry.case)
        words = [self._is_caught(pattern) for pattern in patterns]
        n_following = len(words) - 1
        places = np.flatnonzero(words[0][type_ids[: max(0, len(type_ids) - n_following)]])
        for n, is_caught in enumerate(words[1:], 1):
            places = places[is_caught[type_ids[places + n]]]
            places = places[self.tokens.gaps[places + n] & PHRASE_BREAKS == patterns[n].marks]
        places = places[of_token[places] == of_token[places + n_following]]
        if entry.exceptions or (np.diff(places) <= n_following).any():
            return find_matches(self.tokens, _lexicon_of([entry]))
        return Matches(places, places + n_following, np.zeros(len(places), np.int32), of_token[places])

    def _is_caught(self, pattern: Pattern) -> npt.NDArray[np.bool_]:
        """Return whether each type is caught by a word of an entry."""
        is_caught = np.zeros(len(self.tokens.types), np.bool_)
        vocabulary = self.tokens.cased_vocabulary if pattern.exact else self.tokens.vocabulary
        is_caught[list(vocabulary.types_of(pattern.word))] = True
        return is_caught

    def _already(self, category: str, found: Matches) -> npt.NDArray[np.bool_]:
        """Return whether each match overlaps a hit of `category`."""
        if not category:
            return np.zeros(len(found.token), np.bool_)
        if category not in self._taken:
            self._taken[category] = self._tokens_of(category)
        # The hits of one entry all have as many words as the entry.
        n_words = int((found.last - found.token).max(initial=0)) + 1
        taken = self._taken[category]
        overlaps: npt.NDArray[np.bool_] = np.logical_or.reduce([taken[found.token + word] for word in range(n_words)])
        return overlaps

    def _tokens_of(self, category: str) -> npt.NDArray[np.bool_]:
        """Return whether each token stands in a hit of `category`."""
        names = self.lexicon.category_names if self.lexicon else ()
        if self.lexicon is None or category not in names:
            known = f"it has {', '.join(map(repr, names))}" if names else "there is no lexicon; give one"
            raise LexiconError(f"no category {category!r} to add the entry to; {known}")
        entries = [entry for entry in self.lexicon.entries if entry.category == category]
        found = find_matches(self.tokens, _lexicon_of(entries))
        # 1 where a hit begins, -1 behind its end: the running sum is above 0 inside.
        steps = np.zeros(len(self.tokens) + 1, np.int8)
        np.add.at(steps, found.token, 1)
        np.subtract.at(steps, found.last + 1, 1)
        inside: npt.NDArray[np.bool_] = np.cumsum(steps[:-1], dtype=np.int8) > 0
        return inside

    def _types(self, found: Matches, case: str) -> pd.DataFrame:
        ids, spellings = self.tokens.form_ids
        if case == "exact":
            ids, spellings = np.arange(len(self.tokens.types), dtype=np.int32), self.tokens.types
        n_words = int((found.last - found.token).max(initial=0)) + 1
        return _counted([ids[self.tokens.type_ids[found.token + n]] for n in range(n_words)], spellings)

    def _counts(self, outlet_zones: npt.NDArray[np.intp]) -> pd.DataFrame:
        sentences = self._sentences
        index = pd.MultiIndex.from_product([sentences.outlets, ZONES], names=["outlet", "zone"])
        n_hits = np.bincount(outlet_zones, minlength=len(index))
        table = pd.DataFrame({"n_hits": n_hits, "n_tokens": sentences.n_tokens}, index=index).reset_index()
        table["rate_per_1000"] = 1000 * table["n_hits"] / table["n_tokens"].where(table["n_tokens"] > 0)
        known = [] if self.lexicon is None else [self.lexicon]
        return with_origin(table, self.tokens, *known, overlap="longest_within_category", phrase_rule=PHRASE_RULE)

    def _lines(self, found: Matches, already: npt.NDArray[np.bool_]) -> pd.DataFrame:
        n = len(found.token)
        chosen = np.linspace(0, n - 1, min(n, _N_LINES)).astype(np.intp)
        first, last, sentences = found.token[chosen], found.last[chosen], found.sentence[chosen]
        fields = self.tokens.fields_at(first)
        starts, ends = code_points(self.tokens, fields, first, last)
        lines = []
        for field, start, end in zip(fields.tolist(), starts.tolist(), ends.tolist(), strict=True):
            text = self.tokens.text_of(field // 3, TEXT_FIELDS[field % 3])
            lines.append((text[max(0, start - _WIDTH) : start], text[start:end], text[end : end + _WIDTH]))
        context = pd.DataFrame(lines, columns=["left", "match", "right"], dtype="str").replace(r"\s", " ", regex=True)
        of_articles = self.tokens.articles[["article_id", "outlet", "date"]].iloc[fields // 3].reset_index(drop=True)
        zones = pd.Series(np.array(ZONES, dtype=object)[self._sentences.outlet_zone[sentences] % 4], dtype="str")
        return pd.concat([of_articles, zones.rename("zone"), context], axis=1).assign(already=already[chosen])


@dataclass(frozen=True, eq=False)
class _Sentences:
    """Where the sentences of a corpus stand.

    `of_token` is the sentence of each token; `row` and `outlet_zone` (outlet · 4 + zone) have one element a sentence, `n_tokens`
    one an outlet and zone.
    """

    of_token: npt.NDArray[np.int32]
    row: npt.NDArray[np.intp]
    outlet_zone: npt.NDArray[np.intp]
    outlets: pd.Index
    n_tokens: npt.NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens) -> "_Sentences":
        lengths = np.diff(tokens.sentence_edges)
        fields = tokens.fields_at(tokens.sentence_starts)
        codes, outlets = pd.factorize(tokens.articles["outlet"], sort=True, use_na_sentinel=False)
        places = codes[fields // 3] * len(ZONES) + zone_codes(tokens, fields, tokens.sentence_paragraphs)
        n_tokens = np.bincount(places, weights=lengths, minlength=len(outlets) * len(ZONES)).astype(np.int64)
        of_token = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return cls(of_token, fields // 3, places, pd.Index(outlets), n_tokens)


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
