"""Where the targets are named: MENTIONS from a targets lexicon or from a table, as token ranges."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.core.errors import SchemaError
from analysis.core.schema import MENTIONS, TEXT_FIELDS
from analysis.lexicons import Lexicon
from analysis.matching.matching import find_matches
from analysis.tokens.fields import field_of
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens


@dataclass(frozen=True, eq=False)
class Mentions:
    """Every mention of a target, in the order of the text.

    Attributes
    ----------
    first, last : numpy.ndarray of int64
        First and last token of each mention.
    target : numpy.ndarray of int32
        Place of its target in `names`.
    row : numpy.ndarray of int64
        Row of the table, or number of the match, that it was made from.
    names : tuple of str
        The targets.
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    target: npt.NDArray[np.int32]
    row: npt.NDArray[np.int64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.first)


def find_mentions(tokens: Tokens, targets: Lexicon | pd.DataFrame) -> Mentions:
    """Return the mentions of targets as token ranges.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    targets : Lexicon or pandas.DataFrame
        A lexicon whose categories are the targets, or a table MENTIONS (``article_id``, ``field``, ``start``, ``end``,
        ``target``; offsets in code points).

    Raises
    ------
    SchemaError
        When a row of the table names an article or field that the corpus does not have, or offsets that hold no word; the
        message names the row.
    """
    return _of_lexicon(tokens, targets) if isinstance(targets, Lexicon) else _of_table(tokens, targets)


def _of_lexicon(tokens: Tokens, lexicon: Lexicon) -> Mentions:
    matches = find_matches(tokens, lexicon)
    numbers = {name: number for number, name in enumerate(lexicon.category_names)}
    targets = np.array([numbers[entry.category] for entry in lexicon.entries], np.int32)[matches.entry]
    return Mentions(matches.token, matches.last, targets, np.arange(len(targets)), lexicon.category_names)


def _of_table(tokens: Tokens, table: pd.DataFrame) -> Mentions:
    """Return the mentions of a table that stand in these tokens, which may be a part of the corpus that the table is of."""
    MENTIONS.check(table)
    fields = _fields(tokens, table)
    targets, names = pd.factorize(table["target"].astype(object), sort=True)
    here = np.flatnonzero(fields >= 0)
    fields, targets = fields[here], targets[here]
    starts, ends = (table[name].to_numpy(np.int64)[here] for name in ("start", "end"))
    used, place = np.unique(fields, return_inverse=True)
    first, last = np.empty(len(here), np.int64), np.empty(len(here), np.int64)
    order = np.argsort(place, kind="stable")
    edges = np.searchsorted(place[order], np.arange(len(used) + 1))
    for number, field in enumerate(used.tolist()):
        rows = order[edges[number] : edges[number + 1]]
        words = np.arange(tokens.field_starts[field], tokens.field_starts[field + 1])
        begins, stops = code_points(tokens, np.full(len(words), field), words, words)
        first[rows] = words[0] if len(words) else 0
        first[rows] += np.searchsorted(stops, starts[rows], side="right")
        last[rows] = first[rows] - np.searchsorted(stops, starts[rows], side="right") - 1
        last[rows] += np.searchsorted(begins, ends[rows], side="left")
        lengths = len(tokens.text_of_field(field))
        wrong = (starts[rows] < 0) | (ends[rows] > lengths) | (last[rows] < first[rows])
        if wrong.any():
            _refuse_offsets(table, int(here[rows[np.argmax(wrong)]]), lengths)
    order = np.lexsort((last, first))
    return Mentions(first[order], last[order], targets[order].astype(np.int32), here[order], tuple(map(str, names)))


def _fields(tokens: Tokens, table: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the field of each row, below 0 where it is of another part of the corpus."""
    ids = pd.Index(table["article_id"].astype(object))
    articles = tokens.whole.article_ids.get_indexer(ids)
    places = pd.Index(TEXT_FIELDS).get_indexer(pd.Index(table["field"].astype(object)))
    for column, found, allowed in (
        ("article_id", articles, "an article_id of the corpus"),
        ("field", places, ", ".join(TEXT_FIELDS)),
    ):
        if (found < 0).any():
            row = int(np.argmax(found < 0))
            value = table[column].iloc[row]
            raise SchemaError(
                f"table MENTIONS, row {row}: {column} {value!r} is not known; allowed is {allowed}; correct the row"
            )
    of_tokens = tokens.article_ids.get_indexer(ids)
    fields: npt.NDArray[Any] = np.where(of_tokens < 0, -1, field_of(of_tokens, places))
    return fields.astype(np.int64)


def _refuse_offsets(table: pd.DataFrame, row: int, length: int) -> None:
    found = table.iloc[row]
    raise SchemaError(
        f"table MENTIONS, row {row}: offsets {found['start']} to {found['end']} hold no word of the {found['field']} of article "
        f"{found['article_id']!r}, which is {length} characters long; offsets count code points from the field's start"
    )
