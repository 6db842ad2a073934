from .contrast.tfidf import tfidf
from .errors import CorpusError, FramingError, LexiconError, SchemaError
from .figures.saving import save_figure
from .framing.article import ArticleReading, read_article
from .framing.concordance import concordance, sentences_of
from .framing.divergence import divergence, divergence_rates
from .framing.hits import find_hits
from .framing.names import names
from .framing.rates import rates
from .framing.tracing import trace_quotes
from .framing.voices import voices
from .lexicons import Lexicon, lexicon_from_mapping, read_lexicon
from .reading.corpus import Corpus, read
from .reading.description import Description, describe
from .reading.duplicates import find_duplicates
from .reading.events import find_events, with_events
from .reading.mojibake import mend
from .tokens.encoding import tokenize
from .tokens.periods import with_period
from .tokens.tokens import Tokens

__all__ = [
    "ArticleReading",
    "Corpus",
    "CorpusError",
    "Description",
    "FramingError",
    "Lexicon",
    "LexiconError",
    "SchemaError",
    "Tokens",
    "concordance",
    "describe",
    "divergence",
    "divergence_rates",
    "find_duplicates",
    "find_events",
    "find_hits",
    "lexicon_from_mapping",
    "mend",
    "names",
    "rates",
    "read",
    "read_article",
    "read_lexicon",
    "save_figure",
    "sentences_of",
    "tfidf",
    "tokenize",
    "trace_quotes",
    "voices",
    "with_events",
    "with_period",
]
