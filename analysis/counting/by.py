"""The one grammar of `by`: what a name means, the groups of articles or of their zones that names make, and kinds of hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in, stacked
from analysis.core.errors import SchemaError
from analysis.core.near import did_you_mean
from analysis.core.schema import ZONES
from analysis.counting.periods import PERIODS, periods_of
from analysis.tokens.fields import article_of
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

HIT_COLUMNS = ("category", "entry", "text", "voice", "speaker", "target", "negated", "hedged")
# Of these every value gets a row, also one without a hit; of the others only the combinations that occur.
_LISTED = ("category", "voice", "target")
# What a name means that is no column of ARTICLES; it means the same in every measure.
_MEANINGS = {
    **dict.fromkeys(HIT_COLUMNS, "that column of HITS"),
    "zone": "the zone of a hit",
    **{name: f"the {name} of the column 'date'" for name in PERIODS},
    "length": "the words of an article",
}
# What others call a column of ours.
_FIELD_NAMES = {
    **dict.fromkeys(("frame", "frames", "code", "topic"), "category"),
    **dict.fromkeys(("source", "medium", "newspaper", "paper", "publication", "publisher"), "outlet"),
    **dict.fromkeys(("actor", "person", "entity"), "target"),
    **dict.fromkeys(("word", "term", "keyword"), "entry"),
    **dict.fromkeys(("title", "heading"), "headline"),
    "negation": "negated",
}


def article_names(tokens: Tokens) -> list[str]:
    """Return the names that part articles: the columns of ARTICLES and the periods of their dates."""
    return list(dict.fromkeys([*map(str, tokens.articles.columns), *PERIODS]))


def every_name(tokens: Tokens) -> list[str]:
    """Return every name that hits and the words around them are grouped by."""
    return [*article_names(tokens), "zone", *HIT_COLUMNS]


def resolve(
    measure: str,
    by: str | Sequence[str],
    known: Sequence[str],
    *,
    tokens: Tokens | None = None,
    purpose: str = "to group by",
    fewest: int = 0,
) -> list[str]:
    """Return the names of `by` as a list, if each means one thing that the measure knows.

    Every parameter that names columns is read here, so that a name means the same in all measures.

    Parameters
    ----------
    measure : str
        The public function, for errors.
    by : str or sequence of str
        A name or several.
    known : sequence of str
        The names that make sense for this measure.
    tokens : Tokens, optional
        The corpus whose columns a name could mean too; None for names of the columns of one table.
    purpose : str
        What the names are for, as errors say it.
    fewest : int
        How many names are needed; where it is 0, no name means all together.

    Raises
    ------
    SchemaError
        When `by` is no name and no list of names, a name stands twice, is unknown, or could mean two things, or too few are given.
    """
    names = [by] if isinstance(by, str) else by
    if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise SchemaError(f"{measure}: found {by!r} {purpose}; give a name such as 'outlet', or a list of names")
    names = list(names)
    if len(names) < fewest:
        raise SchemaError(f"{measure}: found no name {purpose}; give one at least of {_listed(known)}")
    for name in names:
        if tokens is not None:
            _refuse_ambiguous(measure, name, tokens)
        if name not in known:
            raise SchemaError(
                f"{measure}: no column {name!r} {purpose}; known are {_listed(known)}{_meant(name, known)}"
            )
    if len(set(names)) < len(names):
        raise SchemaError(f"{measure}: {names} {purpose} holds a name twice; name each once")
    return names


def resolve_one(
    measure: str,
    name: str | Sequence[str],
    known: Sequence[str],
    *,
    tokens: Tokens | None = None,
    purpose: str = "in ARTICLES",
) -> str:
    """Return the one name, if it means one thing that the measure knows; raises as `resolve`, also where several are given."""
    names = resolve(measure, name, known, tokens=tokens, purpose=purpose, fewest=1)
    if len(names) > 1:
        raise SchemaError(f"{measure}: found {names}; give one name only")
    return names[0]


def _refuse_ambiguous(measure: str, name: str, tokens: Tokens) -> None:
    """Refuse a name that is a column of these ARTICLES and has another meaning too."""
    if name in _MEANINGS and name in tokens.articles.columns:
        raise SchemaError(
            f"{measure}: {name!r} could be the column {name!r} of these ARTICLES or {_MEANINGS[name]}; give the column of the articles "
            f"another name before they are read, such as 'article_{name}'"
        )


def _meant(name: str, known: Sequence[str]) -> str:
    """Return what helps with a name that is not known here: its meaning elsewhere, or the known name nearest to it."""
    if name in _MEANINGS:
        return f"; {name!r} is {_MEANINGS[name]}, which makes no groups here"
    return did_you_mean(_FIELD_NAMES.get(name.lower(), name), known)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names))


def values_of(tokens: Tokens, name: str) -> pd.Series:
    """Return the value of each article of a column of ARTICLES, or its period, in the order of ARTICLES; numbered from 0."""
    column = tokens.articles[name] if name in tokens.articles.columns else periods_of(tokens.articles["date"], name)
    return column.reset_index(drop=True)


def numbered(values: pd.DataFrame) -> tuple[Array, pd.DataFrame]:
    """Return the group of each row, -1 where a value is missing, and the values of each group, sorted; no column makes one group."""
    if not len(values.columns):
        return np.zeros(len(values), np.int64), pd.DataFrame(index=range(min(1, len(values))))
    grouped = values.groupby(list(values.columns), observed=True)
    return grouped.ngroup().fillna(-1).to_numpy(np.int64), grouped.size().index.to_frame(index=False)


def refuse_blank(tokens: Tokens, names: Sequence[str]) -> None:
    """Refuse to group by a column of ARTICLES, or a period, of which no article has a value: a table without a row would say nothing of it."""
    for name in names:
        if name != "zone" and len(tokens.articles) and values_of(tokens, name).isna().all():
            raise SchemaError(no_value(f"by={name!r}", "date" if name in PERIODS else name))


def no_value(place: str, column: str) -> str:
    """Return that no article has a value of a column, and how it gets one."""
    return f"{place}: no article has a value of {column!r}; say which column is it when the corpus is read, as in columns={{{column!r}: '…'}}"


def numbered_articles(tokens: Tokens, names: Sequence[str]) -> tuple[Array, pd.DataFrame]:
    """Return the group of each article by columns of ARTICLES and periods, -1 where it has no value, and the values of each group.

    Raises
    ------
    SchemaError
        When no article has a value of a column.
    """
    refuse_blank(tokens, names)
    rows = range(len(tokens.articles))
    return numbered(pd.DataFrame({name: values_of(tokens, name) for name in names}, index=rows))


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
    """Return the groups of articles by `columns`, which are resolved, and their clusters by the column `cluster`.

    Raises
    ------
    SchemaError
        When the cluster is not of ARTICLES, or no article has a value of a column.
    """
    refuse_blank(tokens, columns)
    units = zones_of_articles(tokens) if "zone" in columns else _articles(tokens)
    zone = pd.Categorical.from_codes(units["zone"], categories=pd.Index(ZONES), ordered=True)
    places = units["article"].to_numpy()
    keys = pd.DataFrame(
        {name: zone if name == "zone" else values_of(tokens, name).array[places] for name in columns}, index=units.index
    )
    group, table = numbered(keys)
    units = units.assign(group=group, cluster=cluster_codes(tokens, cluster)[places])[group >= 0]
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
        When the cluster is neither a column of ARTICLES nor a period.
    """
    name = resolve_one("resampling", cluster, article_names(tokens), tokens=tokens)
    codes: Array = pd.factorize(values_of(tokens, name), sort=True)[0].astype(np.int64)
    alone = tokens.rows_by_id[codes[tokens.rows_by_id] < 0]
    codes[alone] = len(codes) + np.arange(len(alone))
    return codes


def clusters_of_rows(table: pd.DataFrame, cluster: str) -> Array:
    """Return the number of the cluster of each row of a table of articles; a row without a value is one with those of its article.

    Clusters are numbered as `cluster_codes` does.

    Raises
    ------
    SchemaError
        When the cluster is no column of the table.
    """
    name = resolve_one("resampling", cluster, list(map(str, table.columns)), purpose="of the table to draw by")
    alone = pd.factorize(table["article_id"], sort=True)[0].astype(np.int64)
    codes: Array = pd.factorize(table[name], sort=True)[0].astype(np.int64)
    codes = np.where(codes < 0, len(codes) + alone, codes)
    numbers: Array = np.unique(codes, return_inverse=True)[1]
    return numbers


def _articles(tokens: Tokens) -> pd.DataFrame:
    """Return the words and sentences of each article."""
    n_sentences = [
        np.bincount(article_of(part.sentence_fields), minlength=len(part.articles)) for part in tokens.parts()
    ]
    return pd.DataFrame(
        {
            "article": np.arange(len(tokens.articles)),
            "zone": 0,
            "n_tokens": tokens.tokens_per_article.to_numpy(),
            "n_sentences": np.concatenate(n_sentences),
            "n_articles": 1,
        }
    )


def zones_of_articles(tokens: Tokens) -> pd.DataFrame:
    """Return the words and sentences of each zone that an article has."""
    units, n_articles = [], 0
    for part in tokens.parts():
        of_part = _zones_of_part(part)
        units.append(of_part.assign(article=of_part["article"] + n_articles))
        n_articles += len(part.articles)
    return stacked(units)


def _zones_of_part(tokens: Tokens) -> pd.DataFrame:
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
    units = zones_of_articles(tokens)
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
