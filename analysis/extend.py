"""Lexicons made, tried and edited, and the decisions about them.

The names stand in ``extend.pyi``; each is imported when it is first used.
"""

from analysis.core.namespace import namespace

__getattr__, __dir__, __all__ = namespace(__name__)
