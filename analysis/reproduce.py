"""Public corpora, what a notebook needs, and bundles that others can check.

The names stand in ``reproduce.pyi``; each is imported when it is first used.
"""

from analysis.core.namespace import namespace

__getattr__, __dir__, __all__ = namespace(__name__)
