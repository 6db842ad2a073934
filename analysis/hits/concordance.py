"""KWIC: each match in the line of text that it stands in."""

import re

import pandas as pd

from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.core.schema import TEXT_FIELDS
from analysis.hits.find import find_hits
from analysis.lexicons import Lexicon, lexicon_from_mapping
from analysis.lexicons.signs import lost_signs
from analysis.tokens.rows import article_rows, hits_in_corpus
from analysis.tokens.segmentation import pattern_words
from analysis.tokens.tokens import Tokens

_OPENS = re.compile(r"[“‘\"'(\[«„]+$")
_OPENS_NEXT = re.compile(r"\s+[“‘\"'(\[«„]+\s*$")  # what opens the next sentence stands before its first word
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")


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
        When the pattern is empty, can never match, or has a sign that no word keeps (``c++`` would be the word "c").

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> fa.concordance(tokens, "weak", width=12)[["article_id", "zone", "left", "match", "right"]]
      article_id      zone          left match         right
    0      row-1  headline   Hurd looks   weak
    1      row-2      lead  urd was not   weak  , an aide sa
    """
    if isinstance(pattern_or_hits, str):
        hits = find_hits(tokens, _lexicon_of(pattern_or_hits), overlap="every_entry")
    else:
        hits = hits_in_corpus(pattern_or_hits, tokens)
    rows = article_rows(hits, tokens)
    lines = []
    for row, field, start, end in zip(rows.tolist(), hits["field"], hits["start"], hits["end"], strict=True):
        text = tokens.text_of(row, field)
        lines.append(
            (_flat(text[max(0, start - width) : start]), _flat(text[start:end]), _flat(text[end : end + width]))
        )
    context = pd.DataFrame(lines, columns=["left", "match", "right"], dtype="str")
    chosen = tokens.articles[["outlet", "date"]].iloc[rows].reset_index(drop=True)
    ids = hits["article_id"].astype("str").reset_index(drop=True)
    lines_of_text = pd.concat([ids, chosen, hits[["zone", "sentence"]].reset_index(drop=True), context], axis=1)
    return with_origin(lines_of_text, hits, tokens)


def _lexicon_of(pattern: str) -> Lexicon:
    """Return a lexicon of one pattern, which must not lose a sign that says what it means."""
    if not pattern.strip():
        raise LexiconError("concordance: the pattern is empty; write a word or phrase, such as 'hostile polic*'")
    signs = lost_signs(pattern)
    if signs:
        bare = " ".join(pattern_words(pattern))
        left = f"it would find {bare!r}; write that if it is meant" if bare else "nothing would be left of it"
        raise LexiconError(f"concordance: pattern {pattern!r} has signs that no word keeps ({signs}): {left}")
    return lexicon_from_mapping({"pattern": [pattern]}, name="concordance")


def sentences_of(tokens: Tokens, hits: pd.DataFrame) -> list[str]:
    """Return the sentence of each hit as printed, with the marks that open and close it.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.lexicon_from_mapping({"weakness": ["weak", "fail*"]})
    >>> fa.sentences_of(tokens, fa.find_hits(tokens, frames))
    ['Hurd looks weak', 'Rivals said Hurd was failing.', 'Hurd was not weak, an aide said.']
    """
    rows = article_rows(hits_in_corpus(hits, tokens), tokens)
    fields = 3 * rows + pd.Index(TEXT_FIELDS).get_indexer(pd.Index(hits["field"].astype("str")))
    numbers = tokens.first_sentences[fields] + hits["sentence"].to_numpy() - 1
    edges = tokens.sentence_edges
    found = []
    for field, first, following in zip(
        fields.tolist(), edges[numbers].tolist(), edges[numbers + 1].tolist(), strict=True
    ):
        begin, end = tokens.bounds[field]
        data = tokens.buffers[field % 3]
        stop = begin + tokens.starts[following] if following < tokens.field_starts[field + 1] else end
        before = (
            tokens.starts[first - 1] + tokens.type_lengths[tokens.type_ids[first - 1]]
            if first > tokens.field_starts[field]
            else 0
        )
        opening = _OPENS.search(bytes(data[begin + before : begin + tokens.starts[first]]).decode("utf-8"))
        text = _flat(bytes(data[begin + tokens.starts[first] : stop]).decode("utf-8"))
        found.append((opening[0] if opening else "") + _OPENS_NEXT.sub("", text).strip())
    return found


def _flat(text: str) -> str:
    return _LINE_END.sub(" ", text)
