"""Comparisons beyond the plain rate: adjusted, paired, over time, of whole articles, and under other choices.

The names stand in ``compare.pyi``; each is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub("analysis", __file__)
