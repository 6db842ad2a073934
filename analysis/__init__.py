"""Media framing analysis: which words frame whom, where in the article, how often, and in which sentence."""

from analysis.contrast.tfidf import tfidf
from analysis.errors import CorpusError, FramingError, LexiconError, SchemaError
from analysis.figures.saving import save_figure
from analysis.framing.concordance import concordance, sentences_of
from analysis.framing.hits import find_hits
from analysis.framing.rates import rates
from analysis.lexicons import Lexicon, lexicon_from_mapping, read_lexicon
from analysis.reading import Corpus, read
from analysis.tokens.encoding import tokenize
from analysis.tokens.periods import with_period
from analysis.tokens.tokens import Tokens

__all__ = [
    "Corpus",
    "CorpusError",
    "FramingError",
    "Lexicon",
    "LexiconError",
    "SchemaError",
    "Tokens",
    "concordance",
    "find_hits",
    "lexicon_from_mapping",
    "rates",
    "read",
    "read_lexicon",
    "save_figure",
    "sentences_of",
    "tfidf",
    "tokenize",
    "with_period",
]
