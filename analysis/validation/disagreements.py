"""The items on which coders differ, to be read with their text and decided."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.origin import with_origin
from analysis.core.schema import TABLES
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.kwic import lines_of
from analysis.tokens.rows import hit_fields
from analysis.tokens.tokens import Tokens
from analysis.validation.ratings import Ratings, as_coded, ratings_of

ADJUDICATED = "adjudicated"
_TABLE = TABLES["DISAGREEMENTS"]
_PLACES = ("article_id", "field", "start", "end")


def disagreements(
    codings: pd.DataFrame,
    tokens: TokensLike | None = None,
    *,
    kinds: Sequence[str] = ("person",),
    level: str | Mapping[str, str] | None = None,
    width: int = 120,
) -> pd.DataFrame:
    """Return the items on which coders differ, with what each coded and the text, to be adjudicated.

    Parameters
    ----------
    codings : pandas.DataFrame
        CODINGS, or any table with ``coder``, ``item``, ``variable`` and ``value``.
    tokens : Tokens, optional
        The corpus that was coded: then the text stands beside each item. It needs ``article_id``, ``field``, ``start`` and ``end`` of the codings.
    kinds : sequence of {"person", "model", "adjudicated"}
        Whose codings are compared.
    level : str or mapping, optional
        As in `analysis.agreement`.
    width : int
        Characters of text on each side.

    Returns
    -------
    pandas.DataFrame
        DISAGREEMENTS: one row an item and variable. Filled in the column ``value`` and saved, the table is a file of codings of kind
        *adjudicated*, which stands in place of what the coders gave. What is adjudicated already is left out.

    Raises
    ------
    SchemaError
        As in `analysis.agreement`; when `tokens` are given and the codings do not say where the items stand, or name an article that is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> codings = pd.DataFrame({"coder": ["A", "B", "A", "B"], "item": ["u1", "u1", "u2", "u2"], "variable": "frame",
    ...                         "value": ["threat", "threat", "threat", "none"]})
    >>> fa.validate.disagreements(codings)[["item", "variable", "codes"]]
      item variable               codes
    0   u2    frame  A: threat; B: none
    """
    coded = as_coded(codings)
    table = pd.concat(
        [_differing(ratings) for ratings in ratings_of(codings, kinds=kinds, level=level, of_items=_PLACES)],
        ignore_index=True,
    )
    if ADJUDICATED not in kinds:
        table = table[~_keys(table).isin(_keys(coded[coded["kind"] == ADJUDICATED]))].reset_index(drop=True)
    table = table.assign(comments=_comments(table, coded), coder=ADJUDICATED, kind=ADJUDICATED, value="")
    if tokens is None:
        return with_origin(_typed(table.assign(left="", match="", right="")), codings)
    corpus = tokens_of("disagreements(codings, tokens)", tokens)
    return with_origin(_typed(_with_text(table, corpus, width)), codings, corpus)


def _differing(ratings: Ratings) -> pd.DataFrame:
    """Return the items of a variable that two coders gave different values."""
    codes = ratings.codes
    highest, lowest = codes.max(axis=1, initial=-1), np.where(codes < 0, len(ratings.values), codes).min(axis=1)
    rows = np.flatnonzero((codes >= 0).any(axis=1) & (highest != lowest))
    items = ratings.items.iloc[rows]
    table = items.reset_index().assign(variable=ratings.variable)
    table["codes"] = [
        "; ".join(
            f"{coder.name}: {ratings.values[code]}"
            for coder, code in zip(ratings.coders, codes[row], strict=True)
            if code >= 0
        )
        for row in rows
    ]
    return table


def _keys(table: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[["item", "variable"]])


def _comments(table: pd.DataFrame, coded: pd.DataFrame) -> list[str]:
    """Return what coders noted on each item and variable: "A: unclear who speaks"."""
    if "comment" not in coded.columns:
        return [""] * len(table)
    noted = coded[coded["comment"].notna() & (coded["comment"].astype("str") != "")].sort_values("coder")
    said = (
        (noted["coder"] + ": " + noted["comment"].astype("str"))
        .groupby([noted["item"], noted["variable"]])
        .agg("; ".join)
    )
    return said.reindex(_keys(table), fill_value="").tolist()


def _with_text(table: pd.DataFrame, tokens: Tokens, width: int) -> pd.DataFrame:
    """Return the table with the text of each item; nothing for a whole article, which has no field."""
    missing = [name for name in _PLACES if name not in table.columns or table[name].isna().any()]
    if missing:
        raise SchemaError(
            f"disagreements: the codings do not say {', '.join(map(repr, missing))} of each item; give fa.validate.read_codings the sample that "
            f"was coded, or leave tokens out"
        )
    in_field = (table["field"] != "").to_numpy()
    places = table[in_field]
    lines = lines_of(
        tokens, hit_fields(places, tokens), places["start"].to_numpy(int), places["end"].to_numpy(int), width=width
    )
    return table.join(lines.set_index(places.index)).fillna({"left": "", "match": "", "right": ""})


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of DISAGREEMENTS, and where the items stand as far as the codings say it."""
    names = [column.name for column in _TABLE.columns]
    there = [name for name in _PLACES if name in table.columns]
    return table[[*names, *there]].astype(dict.fromkeys(names, "str"))
