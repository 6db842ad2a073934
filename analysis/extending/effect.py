"""What an edit of a lexicon changes: hits gained and lost, articles and rates before and after, and the sentences to read."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.core.origin import LABELS, with_origin
from analysis.counting.by import article_names, resolve
from analysis.counting.resampling import Resampling
from analysis.hits.concordance import concordance
from analysis.hits.find import find_hits
from analysis.lexicons.given import LexiconLike, lexicon_of
from analysis.measures.rates import rates
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.tokens import Tokens

_PLACE = ["article_id", "field", "start", "end", "category"]
_RATE = ["n_hits", "rate_per_1000", "rate_low", "rate_high"]


@dataclass(frozen=True, eq=False)
class Effect:
    """The effect of an edit.

    Attributes
    ----------
    old, new : str
        Name, version and hash of the two lexicons.
    entries : pandas.DataFrame
        ``category``, ``entry``, ``n_gained``, ``n_lost``, by the size of the change; an entry that only takes over hits of another
        one changes nothing and is not listed.
    articles : pandas.DataFrame
        ``article_id``, ``category``, ``n_before``, ``n_after``, of the articles whose number of hits changed.
    rates : pandas.DataFrame
        By group and category: ``n_hits``, ``rate_per_1000``, ``rate_low`` and ``rate_high`` with ``_before`` and ``_after``, and their
        ``difference``.
    gained, lost : pandas.DataFrame
        Concordance lines of the hits that came and went, with ``category`` and ``entry``.
    """

    old: str
    new: str
    entries: pd.DataFrame
    articles: pd.DataFrame
    rates: pd.DataFrame
    gained: pd.DataFrame
    lost: pd.DataFrame

    def __repr__(self) -> str:
        n_articles = self.articles["article_id"].nunique()
        counts = f"{len(self.gained):,} hits gained, {len(self.lost):,} lost, in {n_articles:,} articles"
        head = f"{self.old} → {self.new}: {counts}"
        return "\n\n".join(
            [head, self.entries.to_string(index=False) if len(self.entries) else "no entry changes a hit"]
        )


def compare_lexicons(
    old: LexiconLike,
    new: LexiconLike,
    tokens: TokensLike,
    *,
    by: str | Sequence[str] | None = None,
    resampling: Resampling | None = None,
) -> Effect:
    """Return what changes in `tokens` when `new` takes the place of `old`.

    Parameters
    ----------
    old, new : Lexicon
        Two states of a lexicon.
    tokens : Tokens
        The encoded corpus.
    by : str or sequence of str, optional
        A name or several to compare rates by, beside the category: columns of ARTICLES, periods of the date, or ``zone``. Without it
        the outlet, where articles have one.
    resampling : Resampling, optional
        Draws, seed, method and clusters of the intervals.

    Raises
    ------
    SchemaError
        When a name of `by` is unknown or could mean two things.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> old = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]}, name="mine", version="1")
    >>> new = fa.extend.lexicon_from_mapping({"weakness": ["weak"]}, name="mine", version="2")
    >>> effect = fa.compare_lexicons(old, new, tokens)
    >>> effect.entries
       category entry  n_gained  n_lost
    0  weakness fail*         0       1
    >>> effect.lost[["left", "match", "right"]]
                        left    match right
    0  Rivals said Hurd was   failing     .
    """
    old = lexicon_of("compare_lexicons(old, new, tokens)", old)
    new = lexicon_of("compare_lexicons(old, new, tokens)", new)
    tokens = tokens_of("compare_lexicons(old, new, tokens)", tokens)
    if by is None:
        by = "outlet" if tokens.articles["outlet"].notna().any() else ()
    by = resolve("compare_lexicons", by, [*article_names(tokens), "zone"], tokens=tokens)
    before, after = find_hits(tokens, old), find_hits(tokens, new)
    lost, gained = _without(before, after), _without(after, before)
    measured = [rates(hits, tokens, by=[*by, "category"], resampling=resampling) for hits in (before, after)]
    changed = _changed(measured, [*by, "category"])
    with_origin(changed, changed, lexicons=f"{old.title} → {new.title}")
    return Effect(
        old=old.title, new=new.title, entries=_entries(gained, lost), articles=_articles(before, after),
        rates=changed, gained=_lines(tokens, gained), lost=_lines(tokens, lost),
    )  # fmt: skip


def _plain(hits: pd.DataFrame) -> pd.DataFrame:
    return hits.astype({"article_id": "str", "field": "str", "category": "str", "entry": "str"})


def _without(hits: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that stand in no place and category where one of the others stands."""
    there = pd.MultiIndex.from_frame(_plain(others)[_PLACE])
    return hits[~pd.MultiIndex.from_frame(_plain(hits)[_PLACE]).isin(there)]


def _entries(gained: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    counts = [_plain(hits).groupby(["category", "entry"]).size() for hits in (gained, lost)]
    table = pd.concat(counts, axis=1, keys=["n_gained", "n_lost"]).fillna(0).astype(int).reset_index()
    size = table["n_gained"] + table["n_lost"]
    return table.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _articles(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    counts = [_plain(hits).groupby(["article_id", "category"]).size() for hits in (before, after)]
    table = pd.concat(counts, axis=1, keys=["n_before", "n_after"]).fillna(0).astype(int).reset_index()
    return table[table["n_before"] != table["n_after"]].reset_index(drop=True)


def _changed(measured: list[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    """Return the rates before and after, and their difference."""
    sides = [_plain_keys(table, keys)[_RATE] for table in measured]
    table = sides[0].add_suffix("_before").join(sides[1].add_suffix("_after"), how="outer").reset_index()
    table = table.astype(
        {"n_hits_before": "Int64", "n_hits_after": "Int64"}
    )  # missing where a lexicon has no such category
    table["difference"] = table["rate_per_1000_after"] - table["rate_per_1000_before"]
    carried = (
        "corpus_hash",
        "corpus_articles",
        "corpus_days",
        "token_rule",
        "overlap",
        "phrase_rule",
        "interval",
        LABELS,
    )
    return with_origin(table, *({name: one.attrs[name] for name in carried if name in one.attrs} for one in measured))


def _plain_keys(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return table.astype(dict.fromkeys(keys, "str")).set_index(keys)


def _lines(tokens: Tokens, hits: pd.DataFrame) -> pd.DataFrame:
    lines = concordance(tokens, hits)
    lines.insert(0, "category", hits["category"].astype("str").reset_index(drop=True))
    lines.insert(1, "entry", hits["entry"].astype("str").reset_index(drop=True))
    return lines
