"""files → Lexicon: the model, the YAML form, and checks that need no corpus."""

from analysis.lexicons.mapping_form import lexicon_from_mapping
from analysis.lexicons.model import Category, Entry, Example, Lexicon
from analysis.lexicons.yaml_form import read_lexicon

__all__ = ["Category", "Entry", "Example", "Lexicon", "lexicon_from_mapping", "read_lexicon"]
