"""Charts of result tables, and the files they are saved as.

The charts stand in ``__init__.pyi``; each is imported, and matplotlib with it, when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
