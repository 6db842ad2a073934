"""Codings of articles that somebody read in full and marked: one coder, or a published gold standard."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS
from analysis.reading.given import TokensLike, tokens_of
from analysis.validation.truth import NONE

_NEEDED = ("article_id", "field", "start", "end", "value")


def codings_of_spans(spans: pd.DataFrame, tokens: TokensLike, *, coder: str = "gold") -> pd.DataFrame:
    """Return codings of marked passages in articles that were read in full, for `analysis.accuracy`.

    Parameters
    ----------
    spans : pandas.DataFrame
        What was marked: ``article_id``, ``field``, ``start``, ``end`` (code points) and ``value``, the category. No row for what is none.
    tokens : Tokens
        The articles; those without a mark were read too and hold none.
    coder : str
        Who marked them; give codings of several coders one after another to `pandas.concat`.

    Returns
    -------
    pandas.DataFrame
        CODINGS_OF_SPANS, to be used as CODINGS: each headline, standfirst and body is a unit, and what is not marked is none. A hit is right where it
        shares letters with a passage of its category; a passage is found where a hit of its category does.

    Raises
    ------
    SchemaError
        When a column is missing, an article is not in the corpus, or a passage does not lie in its text.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> tokens = fa.tokenize(fa.read(pd.DataFrame({"body": ["Hurd looks weak over weak tea."]})))
    >>> hits = fa.find_hits(tokens, {"weakness": ["weak"]})
    >>> marked = pd.DataFrame({"article_id": ["row-1"], "field": ["body"], "start": [11], "end": [15], "value": ["weakness"]})
    >>> fa.accuracy(fa.validate.codings_of_spans(marked, tokens), hits)[["category", "n_hits", "n_right", "precision", "recall"]]
       category  n_hits  n_right  precision  recall
    0  weakness       2        1        0.5     1.0
    """
    tokens = tokens_of("codings_of_spans(spans, tokens)", tokens)
    missing = [name for name in _NEEDED if name not in spans.columns]
    if missing:
        raise SchemaError(f"codings_of_spans: no column {missing[0]!r}; needed are {', '.join(map(repr, _NEEDED))}")
    units = _units(tokens.articles)
    marked = (
        spans[list(_NEEDED)]
        .astype({"article_id": "str", "field": "str"})
        .merge(units, on=["article_id", "field"], how="left")
    )
    outside = (
        marked["unit_id"].isna()
        | (marked["start"] < 0)
        | (marked["end"] > marked["unit_end"])
        | (marked["start"] >= marked["end"])
    )
    if outside.any():
        first = marked[outside].iloc[0]
        raise SchemaError(
            f"codings_of_spans: article {first['article_id']!r} has no characters {first['start']} to {first['end']} in its {first['field']}; "
            f"give places in code points of the articles of these tokens"
        )
    order = marked.groupby("unit_id").cumcount() + 1
    matches = marked.assign(item=marked["unit_id"] + "-" + order.astype("str"), variable="category", about="match")
    whole = units.assign(
        item=units["unit_id"], variable="missed", about="unit", value=NONE, start=0, end=units["unit_end"]
    )
    table = pd.concat([matches, whole], ignore_index=True)
    facts: dict[str, Any] = {
        "coder": coder,
        "kind": "person",
        "comment": "",
        "place": 0,  # marks have no order of coding
        "stratum": "",
        "probability": 1.0,
        "unit_start": 0,
    }
    table = table.assign(**facts)
    integers = dict.fromkeys(("start", "end", "unit_start", "unit_end"), np.int64)
    return with_origin(table.astype(integers), tokens)


def _units(articles: pd.DataFrame) -> pd.DataFrame:
    """Return every field that holds text, in the order of the articles."""
    parts = [
        pd.DataFrame(
            {"article_id": articles["article_id"].astype("str"), "field": field, "unit_end": articles[field].str.len()}
        )
        for field in TEXT_FIELDS
    ]
    units = pd.concat(parts, ignore_index=True)
    units = units[units["unit_end"] > 0].reset_index(drop=True)
    return units.assign(unit_id=units["article_id"] + ":" + units["field"])
