"""files → Lexicon: the model, the forms, and checks that need no corpus."""

from analysis.lexicons.findings import findings
from analysis.lexicons.formats.mapping_form import lexicon_from_mapping
from analysis.lexicons.loading import read_lexicon
from analysis.lexicons.model import Category, Entry, Example, Lexicon, Skipped
from analysis.lexicons.writing import convert_lexicon, write_lexicon

__all__ = [
    "Category",
    "Entry",
    "Example",
    "Lexicon",
    "Skipped",
    "convert_lexicon",
    "findings",
    "lexicon_from_mapping",
    "read_lexicon",
    "write_lexicon",
]
