from .core.errors import CodebookError
from .validation.article_accuracy import article_accuracy, dominant_accuracy, dominant_predictions
from .validation.codebook_checks import read_codebook
from .validation.codebooks import Codebook, Search, Value, Variable, draft_codebook, write_codebook
from .validation.codings import Codings, read_codings
from .validation.corrections import correction
from .validation.disagreements import disagreements
from .validation.drift import drift
from .validation.gold import codings_of_spans
from .validation.pages import write_page
from .validation.planning import plan_sample
from .validation.prompts import item_texts, prompt
from .validation.sample_files import read_sample, write_sample
from .validation.search_precision import search_precision
from .validation.sheets import write_sheet
from .validation.validity import save_validation, validity
from .validation.variables import variable_accuracy, variable_confusion
from .validation.worst_entries import worst_entries, wrong_hits

__all__ = [
    "plan_sample",
    "write_sample",
    "read_sample",
    "Codebook",
    "Variable",
    "Value",
    "Search",
    "read_codebook",
    "draft_codebook",
    "write_codebook",
    "write_page",
    "write_sheet",
    "prompt",
    "item_texts",
    "read_codings",
    "Codings",
    "CodebookError",
    "disagreements",
    "drift",
    "codings_of_spans",
    "variable_accuracy",
    "variable_confusion",
    "article_accuracy",
    "dominant_accuracy",
    "dominant_predictions",
    "search_precision",
    "worst_entries",
    "wrong_hits",
    "correction",
    "save_validation",
    "validity",
]
