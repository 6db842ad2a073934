"""Compiled code is read from the cache only while all that it was made from is as it was."""

import importlib
import pickle
import sys

import pytest

from analysis.tokens.compiled_source import Source

CALLED = """
LIMIT = {limit}
def double(x):
    return {double}
"""
CALLING = """
from analysis.{name}_called import LIMIT, double
from analysis import {name}_called as called
{comment}
def far(x):
    return later(double(x)) > LIMIT or x in {{"a", "b"}} or x == called.LIMIT
def later(x):
    return x - {taken}
"""


@pytest.fixture
def source_of(tmp_path, monkeypatch, request):
    """Return a function that gives the hash of what `far` is made from, in two modules with some values filled in."""
    import analysis

    monkeypatch.setattr(analysis, "__path__", [*analysis.__path__, str(tmp_path)])
    made = []

    def source_of(*, limit="3", double="x + x", taken="1", comment="") -> bytes:
        name = f"made_{len(made)}"
        made.append(name)
        for end, text in (("_called", CALLED), ("", CALLING)):
            written = text.format(limit=limit, double=double, taken=taken, comment=comment, name="same")
            monkeypatch.delitem(sys.modules, f"analysis.same{end}", raising=False)
            (tmp_path / f"same{end}.py").write_text(written)
        importlib.invalidate_caches()
        with monkeypatch.context() as without_bytecode:
            without_bytecode.setattr(sys, "dont_write_bytecode", True)
            return Source(importlib.import_module("analysis.same").far).hash

    yield source_of
    for end in ("", "_called"):
        sys.modules.pop(f"analysis.same{end}", None)


@pytest.mark.parametrize("change", [{"limit": "4"}, {"double": "x * 2"}, {"taken": "2"}])
def test_a_constant_and_a_function_of_another_module_and_one_below_change_it(source_of, change):
    assert source_of() != source_of(**change)


def test_comments_do_not(source_of):
    assert source_of() == source_of(comment="# a comment")


def test_it_is_pickled_as_its_hash_alone(source_of):
    source = Source(test_comments_do_not)
    assert pickle.loads(pickle.dumps(source)) == source.hash
    assert source == source.hash
    assert source != b"another"


def test_numba_asks_it_of_every_compiled_function():
    # A private place of numba's: where it moves, code would again be read that is of other constants.
    from analysis.tokens.kernel import encode_fields

    assert isinstance(encode_fields._cache._cache_file._source_stamp, Source)
    assert encode_fields._cache._cache_file._load_index() is not None
