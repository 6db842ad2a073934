"""The case study needs a corpus that is no part of the project, and minutes: it runs where both are there and it is asked for."""

import os
from pathlib import Path

import pytest

from analysis.reading.fetching import shared_folder

HERE = Path(__file__).resolve().parent
# The outputs stand for this half of the corpus.
HALF = shared_folder() / "abp" / "articles.dev.parquet"


def reason_to_skip() -> str:
    """Return why the notebooks are not run, "" where they are."""
    if not HALF.is_file():
        return "the corpus abp is not here; FRAMING_SHARED names its folder"
    if os.environ.get("FRAMING_CASE_STUDY") != "1":
        return "takes minutes; FRAMING_CASE_STUDY=1, or `make quality`, runs it"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cells of this folder's notebooks as skipped, with the reason."""
    if reason := reason_to_skip():
        for item in items:
            if item.path.parent == HERE:
                item.add_marker(pytest.mark.skip(reason=reason))
