"""The committed figures are what the command draws now, and the notebooks and the command agree."""

from pathlib import Path

import pytest

from analysis.cli import main

FIGURES = Path(__file__).resolve().parents[2] / "figures"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    assert main(["figures", "--out", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("name", ["frames-by-zone", "frames-by-outlet", "frames-over-time", "terms-by-outlet"])
@pytest.mark.parametrize("suffix", ["csv", "svg", "pdf", "png"])
def test_a_committed_figure_is_up_to_date(drawn, name, suffix):
    # Expected: the bytes of a fresh run; a stale file means that `make figures` was not run after a change.
    assert (FIGURES / f"{name}.{suffix}").read_bytes() == (drawn / f"{name}.{suffix}").read_bytes()
