from .contrast.tfidf import tfidf
from .errors import CorpusError, FramingError, LexiconError, SchemaError
from .figures.saving import save_figure
from .framing.concordance import concordance, sentences_of
from .framing.hits import find_hits
from .framing.rates import rates
from .lexicons import Lexicon, lexicon_from_mapping, read_lexicon
from .reading import Corpus, read
from .tokens.encoding import tokenize
from .tokens.periods import with_period
from .tokens.tokens import Tokens

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
