"""Media framing analysis: which words frame whom, where in the article, how often, and in which sentence.

The names that most work needs stand here, in the order of the work (``__init__.pyi``); the others in ``fa.charts``,
``fa.compare``, ``fa.learn``, ``fa.extend`` and ``fa.reproduce``. Each is imported when it is first used, so that reading a
table does not wait for scikit-learn, matplotlib and numba.
"""

import lazy_loader

from analysis.renamed import with_old_names

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__getattr__ = with_old_names(__getattr__)
