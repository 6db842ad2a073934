"""Vectors, frame axes and a classifier of frames, each with its measure of how far to trust it.

The names stand in ``learn.pyi``; each is imported when it is first used.
"""

from analysis.core.namespace import namespace

__getattr__, __dir__, __all__ = namespace(__name__)
