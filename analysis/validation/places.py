"""Where units stand: their zone, and the columns of ARTICLES that they belong to."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.coding import codes_in
from analysis.core.errors import SchemaError
from analysis.core.schema import ZONES
from analysis.tokens.fields import BODY, field_of
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens

Array = npt.NDArray[Any]


def rows_of_units(units: pd.DataFrame, tokens: Tokens) -> Array:
    """Return the row in ARTICLES of each unit's article.

    Raises
    ------
    SchemaError
        When an article is not in the corpus.
    """
    rows: Array = codes_in(units["article_id"], tokens.article_ids)
    if (rows < 0).any():
        raise SchemaError(
            f"codings: article {units['article_id'].to_numpy()[rows < 0][0]!r} is not in the corpus; give the tokens that the sample was drawn from"
        )
    return rows


def zones_of_units(units: pd.DataFrame, found: pd.DataFrame, tokens: Tokens | None) -> pd.Series:
    """Return the zone of each unit; without tokens that of its hits, or of its headline or standfirst; missing where nothing says it.

    A unit that is a whole article has none.
    """
    of_field = units["field"].where(units["field"].isin(["headline", "standfirst"]))
    if tokens is None:
        first = found.drop_duplicates("unit").set_index("unit")["zone"].astype("str").reindex(range(len(units)))
        return of_field.fillna(first.where(units["field"] == "body"))
    zones = of_field.astype("object")
    rows, ends = rows_of_units(units, tokens), units["unit_end"].to_numpy()
    for row in np.flatnonzero(units["field"] == "body").tolist():
        zones.iat[row] = _zone_at(tokens, field_of(rows[row], BODY), ends[row])
    return zones.astype("str")


def _zone_at(tokens: Tokens, field: int, end: int) -> str:
    """Return the zone of the last sentence of a field that begins before a place in code points."""
    firsts = np.append(tokens.first_sentences, len(tokens.sentence_starts))
    places = np.arange(firsts[field], firsts[field + 1])
    words = tokens.sentence_starts[places]
    starts, _ = code_points(tokens, np.full(len(words), field), words, words)
    place = places[max(int(np.searchsorted(starts, end)) - 1, 0)]
    return ZONES[tokens.sentence_zones[place]]
