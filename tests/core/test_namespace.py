"""A namespace gathers names in the order of its stub, and keeps them on itself."""

import subprocess
import sys

import pytest

import analysis as fa


def test_names_stand_in_the_order_of_the_stub():
    assert fa.learn.__all__[:3] == ["Vectors", "train_vectors", "read_vectors"]
    assert dir(fa.learn) == sorted(fa.learn.__all__)


def test_a_name_stays_on_its_namespace_and_not_on_the_package():
    assert fa.compare.paired is fa.compare.paired
    assert "paired" in vars(fa.compare)
    assert "paired" not in vars(fa)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match=r"analysis\.learn.*'sentiment'"):
        _ = fa.learn.sentiment


def test_a_namespace_imports_nothing_before_a_name_is_asked_for():
    asked = "import sys, analysis as fa; dir(fa.compare); print([n for n in ('numba', 'scipy', 'matplotlib') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
