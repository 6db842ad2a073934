from .extending.accuracy_effect import accuracy_effect, dropping_entries
from .extending.decisions import Decision, judged_words, read_decisions, record_decision, undo_decision
from .extending.effect import Effect
from .extending.key_terms import key_terms
from .extending.own_category import lexicon_from_sentences
from .extending.trials import Trial, Trials, try_entry
from .extending.variants import log_variant, read_variants
from .extending.workbench import Workbench
from .lexicons import convert_lexicon, lexicon_from_mapping
from .lexicons.editing import LexiconFile, add_entries

__all__ = [
    "lexicon_from_mapping",
    "lexicon_from_sentences",
    "convert_lexicon",
    "LexiconFile",
    "add_entries",
    "Trial",
    "Trials",
    "try_entry",
    "key_terms",
    "Effect",
    "Decision",
    "record_decision",
    "undo_decision",
    "read_decisions",
    "judged_words",
    "log_variant",
    "read_variants",
    "accuracy_effect",
    "dropping_entries",
    "Workbench",
]
