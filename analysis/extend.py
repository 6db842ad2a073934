"""Lexicons made, tried and edited, and the decisions about them.

The names stand in ``extend.pyi``; each is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub("analysis", __file__)
