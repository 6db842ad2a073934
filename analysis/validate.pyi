from .core.errors import CodebookError
from .validation.codebook_checks import read_codebook
from .validation.codebooks import Codebook, Search, Value, Variable, draft_codebook, write_codebook

__all__ = [
    "Codebook",
    "Variable",
    "Value",
    "Search",
    "read_codebook",
    "draft_codebook",
    "write_codebook",
    "CodebookError",
]
