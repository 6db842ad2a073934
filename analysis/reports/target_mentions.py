"""Where in the sentence of a hit its target is named."""

import numpy as np
import pandas as pd

from analysis.core.schema import TEXT_FIELDS
from analysis.english.mentions import find_mentions
from analysis.lexicons import Lexicon
from analysis.tokens.fields import article_of, column_of
from analysis.tokens.offsets import code_points
from analysis.tokens.tokens import Tokens

_KEY = ["article", "field", "sentence", "target"]


def target_mentions(tokens: Tokens, placed: pd.DataFrame, targets: Lexicon | pd.DataFrame | None) -> pd.DataFrame:
    """Return the mention of each hit's target that is nearest to the hit in its sentence.

    Parameters
    ----------
    tokens : Tokens
        The corpus.
    placed : pandas.DataFrame
        What `analysis.reports.passages.placed_hits` returns.
    targets : Lexicon or pandas.DataFrame, optional
        The targets that the hits were found with.

    Returns
    -------
    pandas.DataFrame
        One row a hit, with the index of `placed`: ``start`` and ``end``, code points of the field as in HITS; -1 where the sentence does
        not name the target, as where a pronoun stands for it.
    """
    nowhere = pd.DataFrame({"start": -1, "end": -1}, index=placed.index)
    if targets is None or placed.empty:
        return nowhere
    found = _mentions(tokens, targets)
    keys = placed[["article", "field", "sentence", "target", "start"]].astype({"field": "str", "target": "str"})
    pairs = keys.reset_index(names="hit").merge(found, on=_KEY, suffixes=("_hit", ""))
    pairs["distance"] = (pairs["start"] - pairs["start_hit"]).abs()
    nearest = pairs.sort_values(["hit", "distance"], kind="stable").drop_duplicates("hit").set_index("hit")
    nowhere.loc[nearest.index, ["start", "end"]] = nearest[["start", "end"]]
    return nowhere


def _mentions(tokens: Tokens, targets: Lexicon | pd.DataFrame) -> pd.DataFrame:
    mentions = find_mentions(tokens, targets)
    fields = tokens.fields_at(mentions.first)
    starts, ends = code_points(tokens, fields, mentions.first, mentions.last)
    return pd.DataFrame(
        {
            "article": article_of(fields),
            "field": np.array(TEXT_FIELDS, dtype=object)[column_of(fields)],
            "sentence": tokens.sentence_numbers(fields, tokens.sentences_at(mentions.first)),
            "target": np.array(mentions.names, dtype=object)[mentions.target],
            "start": starts,
            "end": ends,
        }
    )
