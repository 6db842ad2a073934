from .validation.article_accuracy import article_accuracy, dominant_accuracy, dominant_predictions
from .validation.gold import codings_of_spans
from .validation.validity import save_validation, validity
from .validation.variables import variable_accuracy, variable_confusion
from .validation.worst_entries import worst_entries, wrong_hits

__all__ = [
    "codings_of_spans",
    "variable_accuracy",
    "variable_confusion",
    "article_accuracy",
    "dominant_accuracy",
    "dominant_predictions",
    "worst_entries",
    "wrong_hits",
    "save_validation",
    "validity",
]
