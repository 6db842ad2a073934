"""Units that were drawn and coded by hand, sentences or articles, in the corpus that they were drawn from: where they stand, what was found there."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in
from analysis.core.errors import SchemaError
from analysis.core.schema import TEXT_FIELDS, ZONES
from analysis.tokens.fields import field_of
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]

_FAR = 2**40  # above every place in a field


def unit_articles(units: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the row in ``tokens.articles`` of the article of each unit.

    Raises
    ------
    SchemaError
        When one is not in the corpus.
    """
    rows = codes_in(units["article_id"], tokens.articles["article_id"])
    if (rows < 0).any():
        stray = units["article_id"].to_numpy()[rows < 0][0]
        raise SchemaError(
            f"codings: article {stray!r} is not in the corpus; give the tokens of the corpus that the sample was drawn from"
        )
    return rows


def hits_in_units(hits: pd.DataFrame, units: pd.DataFrame) -> Array:
    """Return the unit that each hit begins in, -1 where it is in none.

    Parameters
    ----------
    hits : pandas.DataFrame
        HITS of the corpus that the units are of.
    units : pandas.DataFrame
        One row a unit: ``article_id``, ``field`` ("" for a whole article), ``unit_start`` and ``unit_end``. No two overlap.
    """
    fields = codes_in(units["field"], TEXT_FIELDS)
    known = units["article_id"].drop_duplicates()
    articles, in_article = codes_in(units["article_id"], known), codes_in(hits["article_id"], known)
    is_article = fields < 0
    of_article = np.full(len(known) + 1, -1, np.int64)  # the last stands for articles without a unit
    of_article[articles[is_article]] = np.flatnonzero(is_article)
    found = of_article[in_article]
    places = np.flatnonzero(~is_article)
    if len(places):
        places = places[np.argsort(_place(articles, fields, units["unit_start"])[places], kind="stable")]
        begin, end = (_place(articles, fields, units[name])[places] for name in ("unit_start", "unit_end"))
        at = _place(in_article, codes_in(hits["field"], TEXT_FIELDS), hits["start"])
        nearest = np.searchsorted(begin, at, side="right") - 1
        inside = (nearest >= 0) & (at < end[np.maximum(nearest, 0)])
        found[inside] = places[nearest[inside]]
    return found


def zones_of_units(units: pd.DataFrame, tokens: Tokens, offsets: pd.Series) -> list[str]:
    """Return the zone of the sentence that holds a place of each unit, "" where the unit is an article.

    Parameters
    ----------
    units : pandas.DataFrame
        As for `hits_in_units`.
    tokens : Tokens
        The corpus.
    offsets : pandas.Series
        A place in the field of each unit, such as ``unit_start``.
    """
    articles, columns = unit_articles(units, tokens), codes_in(units["field"], TEXT_FIELDS)
    zones, first = np.full(len(units), len(ZONES)), 0
    for part in tokens.parts():
        beyond = first + len(part.articles)
        inside = np.flatnonzero((articles >= first) & (articles < beyond) & (columns >= 0))
        if len(inside):
            fields = field_of(articles[inside] - first, columns[inside])
            zones[inside] = _zones_at(part, fields, offsets.to_numpy(np.int64)[inside])
        first = beyond
    return [(*ZONES, "")[zone] for zone in zones]


def _zones_at(tokens: Tokens, fields: Array, offsets: Array) -> Array:
    """Return the zones of the sentences that hold places in code points."""
    sentences = np.flatnonzero(np.isin(tokens.sentence_fields, fields))
    of_sentence, words = tokens.sentence_fields[sentences], tokens.sentence_starts[sentences]
    starts, _ = code_points(tokens, of_sentence, words, words)
    found = np.searchsorted(of_sentence * _FAR + starts, fields * _FAR + offsets, side="right") - 1
    zones: Array = tokens.sentence_zones[sentences[np.maximum(found, 0)]]
    return zones


def _place(articles: Array, fields: Array, offsets: pd.Series) -> Array:
    """Return one number for each place in the corpus, in the order of the places."""
    place: Array = (articles * len(TEXT_FIELDS) + np.maximum(fields, 0)) * _FAR + offsets.to_numpy(np.int64)
    return place


def counts_in_units(unit_of_hit: Array, category_of_hit: Array, shape: tuple[int, int]) -> Array:
    """Return how many hits of each category begin in each unit; -1 is none."""
    known = (unit_of_hit >= 0) & (category_of_hit >= 0)
    counts = np.zeros(shape)
    np.add.at(counts, (unit_of_hit[known], category_of_hit[known]), 1)
    return counts
