from . import charts, compare, extend, learn, reproduce, validate
from .charts.saving import save_figure
from .core.errors import (
    ClusterError,
    CorpusError,
    FramingError,
    LexiconError,
    OutputError,
    SchemaError,
    UnanswerableError,
)
from .counting.resampling import Resampling
from .english.voices import voices
from .exporting.writing import export
from .extending.corpus_checks import check_lexicon
from .extending.effect import compare_lexicons
from .extending.suggestions import suggest
from .hits.concordance import concordance, sentences_of
from .hits.find import find_hits
from .hits.names import names
from .hits.stored import open_hits
from .hits.tracing import trace_quotes
from .lexicons import Lexicon, read_lexicon, write_lexicon
from .measures.comparisons import differences
from .measures.divergence import divergence
from .measures.keyness import keyness
from .measures.rates import rates
from .measures.tfidf import tfidf
from .measures.trends import trends
from .reading.corpus import Corpus, read
from .reading.description import describe
from .reading.given import tokenize
from .reading.mojibake import mend
from .reading.saving import save_corpus
from .reports.article import read_article
from .reports.citing import cite, methods
from .reports.writing import report
from .tokens.store import open_corpus
from .tokens.tokens import Tokens
from .validation.accuracy import accuracy
from .validation.agreement import agreement
from .validation.corrected import corrected_rates
from .validation.sampling import sample

__all__ = [
    "Corpus",
    "read",
    "describe",
    "mend",
    "Tokens",
    "tokenize",
    "save_corpus",
    "open_corpus",
    "Lexicon",
    "read_lexicon",
    "write_lexicon",
    "find_hits",
    "open_hits",
    "sentences_of",
    "voices",
    "concordance",
    "names",
    "trace_quotes",
    "rates",
    "Resampling",
    "differences",
    "divergence",
    "trends",
    "keyness",
    "tfidf",
    "check_lexicon",
    "suggest",
    "compare_lexicons",
    "sample",
    "agreement",
    "accuracy",
    "corrected_rates",
    "save_figure",
    "export",
    "report",
    "methods",
    "cite",
    "read_article",
    "FramingError",
    "CorpusError",
    "LexiconError",
    "SchemaError",
    "UnanswerableError",
    "ClusterError",
    "OutputError",
    "charts",
    "compare",
    "learn",
    "extend",
    "reproduce",
    "validate",
]
