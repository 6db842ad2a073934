"""Public corpora, what a notebook needs, and bundles that others can check.

The names stand in ``reproduce.pyi``; each is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub("analysis", __file__)
