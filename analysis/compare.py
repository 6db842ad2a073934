"""Comparisons beyond the plain rate: adjusted, paired, over time, of whole articles, and under other choices.

The names stand in ``compare.pyi``; each is imported when it is first used.
"""

from analysis.core.namespace import namespace

__getattr__, __dir__, __all__ = namespace(__name__)
