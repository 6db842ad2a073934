"""How long tests wait, and how much work they allow: never by the clock alone, which tells how busy the machine is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

HANGING = 600  # seconds until what waits for another process gives up
# CPU seconds of what must be refused at once. It takes a few at most; where a limit is gone it takes minutes, or never ends.
SOON = 60


@contextmanager
def soon() -> Iterator[None]:
    """Fail where the block takes more CPU time of this process than what is refused at once, however busy the machine is."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SOON
