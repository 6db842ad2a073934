from . import charts
from .charts.numbers import number_format
from .charts.saving import save_figure
from .core.errors import CorpusError, FramingError, LexiconError, SchemaError, UnanswerableError
from .counting.periods import with_period
from .counting.resampling import Resampling
from .counting.selection import Near
from .english.voices import voices
from .extending.corpus_checks import check_lexicon
from .extending.decisions import Decision, judged_words, read_decisions, record_decision
from .extending.effect import Effect, compare_lexicons
from .extending.key_terms import key_terms
from .extending.suggestions import suggest
from .extending.trials import Trial, Trials, try_entry
from .extending.variants import log_variant, read_variants
from .extending.workbench import Workbench
from .hits.concordance import concordance, sentences_of
from .hits.find import find_hits
from .hits.names import names
from .hits.positions import hit_positions
from .hits.tracing import trace_quotes
from .learning.axes import axis_words, frame_axes, read_axes
from .learning.classifier import CrossValidation, FrameClassifier, cross_validate, deciding_words, train_classifier
from .learning.predictions import calibration, confusion, label_scores
from .learning.specification import Choices, Finding, specification_curve
from .learning.vectors import Vectors, read_vectors, train_vectors
from .lexicons import Lexicon, convert_lexicon, lexicon_from_mapping, read_lexicon, write_lexicon
from .lexicons.editing import LexiconFile, add_entries
from .measures.comparisons import Pair, differences, paired
from .measures.cooccurrence import cooccurrence
from .measures.divergence import divergence, divergence_rates
from .measures.dominance import dominance_shares, dominant_frames
from .measures.elements import ElementFrames, FrameElements, frame_elements, frames_from_elements
from .measures.keyness import keyness
from .measures.keyness_formulas import KeynessOptions
from .measures.rates import rates
from .measures.regression import adjusted_ratios
from .measures.standardisation import standardised_rates
from .measures.tfidf import tfidf
from .measures.trends import read_events, smooth_trend, trends
from .reading.corpus import Corpus, read
from .reading.description import Description, describe
from .reading.duplicates import find_duplicates
from .reading.events import find_events, with_events
from .reading.fetching import fetch
from .reading.mojibake import mend
from .reports.article import ArticleReading, read_article
from .reports.writing import report
from .reproducing.bundle import bundle
from .reproducing.bundle_check import BundleCheck, check_bundle
from .reproducing.requirements import require, require_count
from .tokens.encoding import tokenize
from .tokens.tokens import Tokens

__all__ = [
    "ArticleReading",
    "BundleCheck",
    "Choices",
    "Corpus",
    "CorpusError",
    "CrossValidation",
    "Decision",
    "Description",
    "Effect",
    "ElementFrames",
    "Finding",
    "FrameClassifier",
    "FrameElements",
    "FramingError",
    "KeynessOptions",
    "Lexicon",
    "LexiconError",
    "LexiconFile",
    "Near",
    "Pair",
    "Resampling",
    "SchemaError",
    "Tokens",
    "Trial",
    "Trials",
    "UnanswerableError",
    "Vectors",
    "Workbench",
    "add_entries",
    "adjusted_ratios",
    "axis_words",
    "bundle",
    "calibration",
    "charts",
    "check_bundle",
    "check_lexicon",
    "compare_lexicons",
    "concordance",
    "confusion",
    "convert_lexicon",
    "cooccurrence",
    "cross_validate",
    "deciding_words",
    "describe",
    "differences",
    "divergence",
    "divergence_rates",
    "dominance_shares",
    "dominant_frames",
    "fetch",
    "find_duplicates",
    "find_events",
    "find_hits",
    "frame_axes",
    "frame_elements",
    "frames_from_elements",
    "hit_positions",
    "judged_words",
    "key_terms",
    "keyness",
    "label_scores",
    "lexicon_from_mapping",
    "log_variant",
    "mend",
    "names",
    "number_format",
    "paired",
    "rates",
    "read",
    "read_article",
    "read_axes",
    "read_decisions",
    "read_events",
    "read_lexicon",
    "read_variants",
    "read_vectors",
    "record_decision",
    "report",
    "require",
    "require_count",
    "save_figure",
    "sentences_of",
    "smooth_trend",
    "specification_curve",
    "standardised_rates",
    "suggest",
    "tfidf",
    "tokenize",
    "trace_quotes",
    "train_classifier",
    "train_vectors",
    "trends",
    "try_entry",
    "voices",
    "with_events",
    "with_period",
    "write_lexicon",
]
