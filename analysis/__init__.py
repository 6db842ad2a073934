"""Media framing analysis: which words frame whom, where in the article, how often, and in which sentence.

The public names stand in ``__init__.pyi``. Each is imported when it is first used, so that reading a table does not wait
for scikit-learn, matplotlib and numba.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
