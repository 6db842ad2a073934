"""KWIC: each match in the line of text that it stands in."""

import numpy as np
import pandas as pd

from analysis.framing.hits import find_hits
from analysis.lexicons import lexicon_from_mapping
from analysis.schema import HITS
from analysis.tokens.tokens import Tokens


def concordance(tokens: Tokens, pattern_or_hits: str | pd.DataFrame, *, width: int = 50) -> pd.DataFrame:
    """Return a concordance: one line a match, with the text to its left and right.

    Parameters
    ----------
    tokens : Tokens
        The encoded corpus.
    pattern_or_hits : str or pandas.DataFrame
        A pattern written like a lexicon entry (``"hostile polic*"``), or HITS of `tokens`.
    width : int
        Characters of context on each side.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``outlet``, ``date``, ``zone``, ``sentence``, ``left``, ``match``, ``right``; line ends are shown as spaces.

    Raises
    ------
    LexiconError
        When the pattern can never match.
    """
    if isinstance(pattern_or_hits, str):
        lexicon = lexicon_from_mapping({"pattern": [pattern_or_hits]}, name="concordance")
        hits = find_hits(tokens, lexicon, overlap="every_entry")
    else:
        hits = HITS.check(pattern_or_hits)
    rows = pd.Index(tokens.articles["article_id"]).get_indexer(hits["article_id"].astype("str"))
    lines = []
    for row, field, start, end in zip(rows.tolist(), hits["field"], hits["start"], hits["end"], strict=True):
        text = tokens.text_of(row, field)
        lines.append(
            (_flat(text[max(0, start - width) : start]), _flat(text[start:end]), _flat(text[end : end + width]))
        )
    context = pd.DataFrame(lines, columns=["left", "match", "right"], dtype="str")
    chosen = tokens.articles[["outlet", "date"]].iloc[rows].reset_index(drop=True)
    lines_of_text: pd.DataFrame = pd.concat(
        [
            hits["article_id"].astype("str").reset_index(drop=True),
            chosen,
            hits[["zone", "sentence"]].reset_index(drop=True),
            context,
        ],
        axis=1,
    )
    return lines_of_text


def sentences_of(tokens: Tokens, hits: pd.DataFrame) -> list[str]:
    """Return the sentence of each hit as printed, from its first word to the first word of the next sentence."""
    rows = pd.Index(tokens.articles["article_id"]).get_indexer(hits["article_id"].astype("str"))
    fields = 3 * rows + hits["field"].cat.codes.to_numpy()
    first_of_field = np.searchsorted(tokens.sentence_starts, tokens.field_starts[:-1])
    numbers = first_of_field[fields] + hits["sentence"].to_numpy() - 1
    edges = np.append(tokens.sentence_starts, len(tokens))
    found = []
    for field, first, following in zip(
        fields.tolist(), edges[numbers].tolist(), edges[numbers + 1].tolist(), strict=True
    ):
        begin, end = tokens.bounds[field]
        data = tokens.buffers[field % 3]
        stop = begin + tokens.starts[following] if following < tokens.field_starts[field + 1] else end
        found.append(_flat(bytes(data[begin + tokens.starts[first] : stop]).decode("utf-8")).strip())
    return found


def _flat(text: str) -> str:
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
