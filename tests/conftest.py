"""What several tests share: where the shared data are, and corpora made from texts."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

import analysis as fa
from analysis.reading.fetching import shared_folder

# So that a failure there shows both sides, as one in a test file does.
pytest.register_assert_rewrite("archives.records_check")
# How long an example takes tells how busy the machine is, not whether the code is right.
# Examples are drawn anew in every run, so that many short runs see more than a few long ones.
hypothesis.settings.register_profile(
    "patient", max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")
# For `make fast`, by --hypothesis-profile=fast: a tenth of the examples.
hypothesis.settings.register_profile("fast", hypothesis.settings.get_profile("patient"), max_examples=10)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the shared data; what lies in it may be absent, and tests skip then."""
    return shared_folder()


@pytest.fixture(scope="session")
def encode() -> Callable[..., fa.Tokens]:
    """Return a function from texts to Tokens: ``encode("body", "body")`` or ``encode(headline=[…], body=[…], outlet=[…])``."""

    def encoded(*bodies: str, threads: int | None = None, **columns: list) -> fa.Tokens:
        columns = columns or {"body": list(bodies)}
        n = len(next(iter(columns.values())))
        names = [f"a{number}" for number in range(1, n + 1)]
        table = pd.DataFrame({"article_id": names, "outlet": ["o"] * n} | columns)
        return fa.tokenize(fa.read(table, boilerplate="keep"), threads=threads)

    return encoded
