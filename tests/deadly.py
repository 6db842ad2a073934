"""What the workers of `test_cluster` load at their start: the search for hits does in a part what a file of a folder says.

The folder is that of FRAMING_DEADLY. Part 3 dies by SIGKILL, as where the system needs its memory, while there is a file ``dies-3``; with
``dies-once-3`` the first time alone; with ``waits-3`` it waits until the file is gone. Who encodes a part dies once with ``dies-encoding``.
"""

import os
import signal
import time
from pathlib import Path

from analysis.hits.find import _Search
from analysis.tokens import storing

FOLDER = Path(os.environ["FRAMING_DEADLY"])


def dask_setup(worker):
    found, encoded = _Search.hits_as_file, storing.encoded_elsewhere

    def deadly(search, tokens):
        once = FOLDER / f"dies-once-{tokens.number}"
        if (FOLDER / f"dies-{tokens.number}").exists() or once.exists():
            once.unlink(missing_ok=True)
            os.kill(os.getpid(), signal.SIGKILL)
        while (FOLDER / f"waits-{tokens.number}").exists():
            time.sleep(0.05)
        return found(search, tokens)

    def deadly_encoding(packed):
        once = FOLDER / "dies-encoding"
        if once.exists():
            once.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return encoded(packed)

    _Search.hits_as_file, storing.encoded_elsewhere = deadly, deadly_encoding
