"""What rates are grouped by: groups of articles or of their zones, and kinds of hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in
from analysis.core.errors import SchemaError
from analysis.core.schema import ZONES
from analysis.counting.periods import PERIODS, periods_of
from analysis.tokens.fields import article_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

HIT_COLUMNS = ("category", "entry", "text", "voice", "speaker", "target", "negated", "hedged")
# Of these every value gets a row, also one without a hit; of the others only the combinations that occur.
_LISTED = ("category", "voice", "target")


def refuse_ambiguous(measure: str, names: Sequence[str], tokens: Tokens) -> None:
    """Refuse a name to group by that is a column of these ARTICLES and has another meaning too.

    Raises
    ------
    SchemaError
        With both meanings.
    """
    meanings = dict.fromkeys(HIT_COLUMNS, "that column of HITS") | {"zone": "the zone of a hit"}
    meanings |= {name: f"the {name} of the column 'date'" for name in PERIODS} | {"length": "the words of an article"}
    for name in names:
        if name in meanings and name in tokens.articles.columns:
            raise SchemaError(
                f"{measure}: {name!r} could be the column {name!r} of these ARTICLES or {meanings[name]}; give the column of the articles "
                f"another name before they are read, such as 'article_{name}'"
            )


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of articles, and the clusters of articles within each, which are resampled together.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a group: its values.
    units : pandas.DataFrame
        One row for each article, or article and zone, that is in a group: ``article`` and ``zone`` (places), ``n_tokens``,
        ``n_sentences``, ``n_articles`` (1) and ``row`` (its cluster).
    first_rows : numpy.ndarray of int, shape (n_groups + 1,)
        Clusters are numbered group by group; here each group begins, and the last one ends.
    """

    table: pd.DataFrame
    units: pd.DataFrame
    first_rows: Array


def group_articles(tokens: Tokens, columns: Sequence[str], cluster: str) -> Groups:
    """Return the groups of articles by `columns`, and their clusters by the column `cluster`.

    Raises
    ------
    SchemaError
        When a column is neither of ARTICLES nor a period nor ``zone``, or the cluster is not of ARTICLES.
    """
    articles = _with_columns(tokens, columns)
    units = _zones_of_articles(tokens) if "zone" in columns else _articles(tokens)
    zone = pd.Categorical.from_codes(units["zone"], categories=pd.Index(ZONES), ordered=True)
    keys = pd.DataFrame({"zone": zone, "every": 0})
    for name in columns:
        if name != "zone":
            keys[name] = articles[name].array[units["article"].to_numpy()]
    grouped = keys.groupby(list(columns) or ["every"], observed=True)
    group, table = grouped.ngroup().to_numpy(), grouped.size().index.to_frame(index=False)[list(columns)]
    units = units.assign(group=group, cluster=cluster_codes(tokens, cluster)[units["article"]])[group >= 0]
    rows = units.groupby(["group", "cluster"])
    first_rows = np.searchsorted(rows.size().index.get_level_values("group"), np.arange(len(table) + 1))
    return Groups(table, units.assign(row=rows.ngroup()), first_rows)


def cluster_codes(tokens: Tokens, cluster: str) -> Array:
    """Return the number of each article's cluster; an article without a value is a cluster of its own.

    Clusters are numbered in the order of their values, and after them the articles without one in the order of their ids, so that the
    same clusters are drawn whatever the order of the articles.

    Raises
    ------
    SchemaError
        When the cluster is no column of ARTICLES.
    """
    if cluster not in tokens.articles:
        known = ", ".join(map(repr, tokens.articles.columns))
        raise SchemaError(f"resampling: no column {cluster!r} in ARTICLES; known are {known}")
    codes: Array = pd.factorize(tokens.articles[cluster], sort=True)[0].astype(np.int64)
    alone = tokens.rows_by_id[codes[tokens.rows_by_id] < 0]
    codes[alone] = len(codes) + np.arange(len(alone))
    return codes


def _with_columns(tokens: Tokens, columns: Sequence[str]) -> pd.DataFrame:
    """Return ARTICLES with the periods that `columns` name."""
    known = [*tokens.articles.columns]
    periods = [name for name in PERIODS if name not in known]
    for name in columns:
        if name not in (*known, *periods, "zone"):
            listed = ", ".join(map(repr, [*known, *periods, "zone", *HIT_COLUMNS]))
            raise SchemaError(f"rates: no column {name!r} to group by; known are {listed}")
    named = {name: periods_of(tokens.articles["date"], name) for name in columns if name in periods}
    return tokens.articles.assign(**named)


def _articles(tokens: Tokens) -> pd.DataFrame:
    """Return the words and sentences of each article."""
    of_sentence = article_of(tokens.sentence_fields)
    return pd.DataFrame(
        {
            "article": np.arange(len(tokens.articles)),
            "zone": 0,
            "n_tokens": tokens.tokens_per_article.to_numpy(),
            "n_sentences": np.bincount(of_sentence, minlength=len(tokens.articles)),
            "n_articles": 1,
        }
    )


def _zones_of_articles(tokens: Tokens) -> pd.DataFrame:
    """Return the words and sentences of each zone that an article has."""
    cells = article_of(tokens.sentence_fields) * len(ZONES) + tokens.sentence_zones
    n_sentences = np.bincount(cells)
    used = np.flatnonzero(n_sentences)
    return pd.DataFrame(
        {
            "article": used // len(ZONES),
            "zone": used % len(ZONES),
            "n_tokens": np.bincount(cells, weights=tokens.sentence_lengths)[used].astype(np.int64),
            "n_sentences": n_sentences[used],
            "n_articles": 1,
        }
    )


def words_by_zone(tokens: Tokens) -> pd.DataFrame:
    """Return the number of words of each article in each zone that it has."""
    units = _zones_of_articles(tokens)
    return pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].array[units["article"].to_numpy()],
            "zone": pd.Categorical.from_codes(units["zone"], categories=pd.Index(ZONES), ordered=True),
            "n_tokens": units["n_tokens"],
        }
    )


@dataclass(frozen=True, eq=False)
class Kinds:
    """The combinations of hit columns that get a row, and which of them each hit is (-1: none)."""

    table: pd.DataFrame
    of_hit: Array


def kinds_of_hits(hits: pd.DataFrame, columns: Sequence[str]) -> Kinds:
    """Return the kinds of hits by `columns`: every category of the lexicon, even one without a hit."""
    if not columns:
        return Kinds(pd.DataFrame(index=range(1)), np.zeros(len(hits), np.int64))
    levels = [_values(hits[name]) for name in columns]
    sizes = [len(values) for values in levels]
    codes = np.stack([codes_in(hits[name], values) for name, values in zip(columns, levels, strict=True)])
    known = (codes >= 0).all(axis=0)
    combined = np.ravel_multi_index(tuple(codes[:, known]), sizes) if known.any() else np.zeros(0, np.int64)
    of_hit = np.full(len(hits), -1, np.int64)
    if set(columns) <= set(_LISTED):
        present = np.arange(np.prod(sizes))
        of_hit[known] = combined
    else:
        present, of_hit[known] = np.unique(combined, return_inverse=True)
    places = np.unravel_index(present, sizes) if len(present) else [np.zeros(0, np.int64)] * len(columns)
    table = pd.DataFrame({name: values[place] for name, values, place in zip(columns, levels, places, strict=True)})
    return Kinds(table, of_hit)


def _values(column: pd.Series) -> pd.Index:
    """Return what a column can be, sorted, or in the order of the lexicon; nobody ("") has no row where all values are listed."""
    names: list[Any] = sorted(column.dropna().unique())
    if column.name in _LISTED:
        names = list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else names
        names = [name for name in names if name != ""]
    values: pd.Index = pd.Index(names)
    return values
