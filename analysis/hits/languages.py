"""Whether a lexicon is in the language of the articles: a word list finds little in another, and what it finds may mean something else."""

import logging

import numpy as np
import pandas as pd

from analysis.lexicons import Lexicon
from analysis.reading.description import guessed_languages
from analysis.tokens.tokens import Tokens

_LOG = logging.getLogger(__name__)
_SAMPLE = 20  # articles, spread over the corpus, that are enough to tell the language of most
_CODE = r"[a-z]{2}"


def warn_of_other_language(tokens: Tokens, lexicon: Lexicon) -> None:
    """Log a warning where most articles that say or show their language are in another one than the lexicon says of itself."""
    language = lexicon.language.lower().split("-")[0]
    if not language or tokens.articles.empty:
        return
    found = _languages(tokens.articles)
    others = found[found != language]
    if len(others) * 2 > len(found):
        _LOG.warning(
            "find_hits: lexicon %r is in %r, most articles are in %r: its words find little there, and may mean something else; "
            "take a lexicon in their language, or see fa.describe(corpus).languages",
            *(lexicon.name, language, others.mode().iat[0]),
        )


def _languages(articles: pd.DataFrame) -> pd.Series:
    """Return the languages that articles state as two letters; where none does, those that a sample of them seems to be in."""
    if "language" in articles:
        stated = (
            articles["language"]
            .astype("str")
            .str.lower()
            .str.extract(rf"^({_CODE})(?:[-_].*)?$", expand=False)
            .dropna()
        )
        if len(stated):
            return stated
    rows = np.unique(np.linspace(0, len(articles) - 1, _SAMPLE).astype(int))
    guessed = guessed_languages(articles.iloc[rows])
    return guessed[guessed.str.fullmatch(_CODE)]
