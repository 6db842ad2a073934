"""What an edit of a lexicon does to its accuracy: entries dropped or narrowed, beside what people coded."""

from dataclasses import replace

import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.counting.resampling import Resampling
from analysis.hits.find import find_hits
from analysis.lexicons import Lexicon
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.reading.given import TokensLike, tokens_of
from analysis.validation.accuracy import accuracy
from analysis.validation.worst_entries import worst_entries

NOTE = "the codings may have led to the edit, which then looks better than it is; code a fresh sample of the edited lexicon"
_DROPPING = ("precision", "recall", "f1")
_KEPT = ["n_hits", "n_undecided", *(f"{measure}{end}" for measure in _DROPPING for end in ("", "_low", "_high"))]


def accuracy_effect(
    codings: pd.DataFrame,
    old: LexiconLike,
    new: LexiconLike,
    tokens: TokensLike,
    *,
    resampling: Resampling | None = None,
) -> pd.DataFrame:
    """Return the accuracy of two versions of a lexicon by category, on the same codings.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS of a sample of the corpus, drawn with either version.
    old, new : Lexicon
        The lexicon before and after an edit.
    tokens : Tokens
        The corpus that the sample was drawn from.
    resampling : Resampling, optional
        Draws, seed and method of the intervals.

    Returns
    -------
    pandas.DataFrame
        ACCURACY_EFFECT: one row a category that both have, each measure with ``_before`` and ``_after``. New hits on words that were not shown
        are judged by what the coders missed there; ``n_undecided_after`` counts those that cannot be told.

    Raises
    ------
    SchemaError
        As `analysis.accuracy`.
    """
    tokens = tokens_of("accuracy_effect(codings, old, new, tokens)", tokens)
    old = lexicon_of("accuracy_effect(codings, old, new, tokens)", old)
    new = lexicon_of("accuracy_effect(codings, old, new, tokens)", new)
    sides = [accuracy(codings, find_hits(tokens, one), tokens=tokens, resampling=resampling) for one in (old, new)]
    before, after = (table.astype({"category": "str"}).set_index("category")[_KEPT] for table in sides)
    table = before.add_suffix("_before").join(after.add_suffix("_after"), how="inner").reset_index()
    shared = {name: fact for name, fact in sides[0].attrs.items() if not str(name).startswith("lexicon")}
    return with_origin(table, shared, lexicons=f"{old.title} → {new.title}", note=NOTE)


def dropping_entries(
    codings: pd.DataFrame, lexicon: LexiconLike, tokens: TokensLike, *, n: int = 5, resampling: Resampling | None = None
) -> pd.DataFrame:
    """Return the worst entries of a lexicon, and what dropping each would do to its category.

    Parameters
    ----------
    codings, tokens, resampling
        As in `accuracy_effect`.
    lexicon : Lexicon
        The lexicon.
    n : int
        How many entries.

    Returns
    -------
    pandas.DataFrame
        DROPPED_ENTRIES: WORST_ENTRIES with the hits that the corpus would lose (those that no other entry of the category catches), and
        precision, recall and F1 of the category before and after.
    """
    tokens = tokens_of("dropping_entries(codings, lexicon, tokens)", tokens)
    lexicon = lexicon_of("dropping_entries(codings, lexicon, tokens)", lexicon)
    hits = find_hits(tokens, lexicon)
    worst = worst_entries(codings, hits, tokens=tokens, resampling=resampling).head(n)
    before = accuracy(codings, hits, tokens=tokens, resampling=resampling)
    rows = []
    for category, entry in zip(worst["category"], worst["entry"], strict=True):
        left = find_hits(tokens, without_entry(lexicon, category, entry))
        n_lost = int((hits["category"] == category).sum() - (left["category"] == category).sum())
        after = accuracy(codings, left, tokens=tokens, resampling=resampling)
        rows.append([n_lost, *(_measured(table, category, name) for name in _DROPPING for table in (before, after))])
    names = ["n_hits_lost", *(f"{measure}_{when}" for measure in _DROPPING for when in ("before", "after"))]
    effects = pd.DataFrame(rows, columns=names)
    return with_origin(pd.concat([worst, effects], axis=1), worst, note=NOTE)


def _measured(table: pd.DataFrame, category: str, measure: str) -> float:
    return float(table.loc[(table["category"] == category).to_numpy(), measure].iloc[0])


def without_entry(lexicon: Lexicon, category: str, text: str) -> Lexicon:
    """Return a lexicon without an entry of a category.

    Raises
    ------
    LexiconError
        When the category has no such entry.
    """
    kept = tuple(entry for entry in lexicon.entries if (entry.category, entry.text) != (category, text))
    if len(kept) == len(lexicon.entries):
        raise LexiconError(f"lexicon {lexicon.title}: category {category!r} has no entry {text!r}")
    return replace(lexicon, entries=kept)
