"""Samples for hand coding, agreement between coders, precision and recall, and rates corrected by them.

The names stand in ``validate.pyi``; each is imported when it is first used.
"""

from analysis.core.namespace import namespace

__getattr__, __dir__, __all__ = namespace(__name__)
