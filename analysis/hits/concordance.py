"""KWIC: each match in the line of text that it stands in."""

import numpy as np
import pandas as pd

from analysis.core.coding import stacked
from analysis.core.errors import LexiconError
from analysis.core.origin import with_origin
from analysis.hits.find import places_of
from analysis.lexicons import Lexicon, lexicon_from_mapping
from analysis.lexicons.signs import lost_signs
from analysis.matching.matching import find_matches
from analysis.reading.given import TokensLike, tokens_of
from analysis.tokens.fields import article_of
from analysis.tokens.kwic import lines_of, printed_sentences
from analysis.tokens.parts import in_parts
from analysis.tokens.rows import hit_fields, hits_by_part, hits_in_corpus, sentence_places
from analysis.tokens.segmentation import pattern_words
from analysis.tokens.tokens import Tokens


def concordance(tokens: TokensLike, pattern_or_hits: str | pd.DataFrame, *, width: int = 50) -> pd.DataFrame:
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
    tokens = tokens_of("concordance(tokens, pattern_or_hits)", tokens)
    sources: tuple[pd.DataFrame | Tokens, ...]
    if isinstance(pattern_or_hits, str):
        # Nobody asks for voices here, and reading them takes longer than all the rest.
        lexicon = _lexicon_of(pattern_or_hits)
        found = [
            places_of(part, find_matches(part, lexicon, overlap="every_entry"))
            for part in in_parts("looking for the pattern", tokens)
        ]
        places, sources = stacked(found), (tokens,)
    else:
        places, sources = hits_in_corpus(pattern_or_hits, tokens).reset_index(drop=True), (pattern_or_hits, tokens)
    fields = hit_fields(places, tokens)
    of_articles = tokens.articles[["article_id", "outlet", "date"]].iloc[article_of(fields)].reset_index(drop=True)
    lines = lines_of(tokens, fields, places["start"].to_numpy(), places["end"].to_numpy(), width=width)
    lines_of_text: pd.DataFrame = pd.concat(
        [of_articles.astype({"article_id": "str"}), places[["zone", "sentence"]], lines], axis=1
    )
    return with_origin(lines_of_text, *sources)


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


def sentences_of(tokens: TokensLike, hits: pd.DataFrame) -> list[str]:
    """Return the sentence of each hit as printed, with the marks that open and close it.

    Examples
    --------
    >>> import pandas as pd
    >>> import analysis as fa
    >>> table = pd.DataFrame({"headline": ["Hurd looks weak", "Talks go on"],
    ...                        "body": ["Rivals said Hurd was failing.", "Hurd was not weak, an aide said."]})
    >>> tokens = fa.tokenize(fa.read(table))
    >>> frames = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]})
    >>> fa.sentences_of(tokens, fa.find_hits(tokens, frames))
    ['Hurd looks weak', 'Rivals said Hurd was failing.', 'Hurd was not weak, an aide said.']
    """
    tokens = tokens_of("sentences_of(tokens, hits)", tokens)
    sentences = np.empty(len(hits), dtype=object)
    for part, rows in hits_by_part("reading sentences", hits_in_corpus(hits, tokens), tokens):
        sentences[rows] = printed_sentences(part, sentence_places(hits.iloc[rows], part))
    return [*sentences]
