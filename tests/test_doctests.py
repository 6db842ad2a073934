"""The examples in the docstrings of the public functions give what they say, pasted as they stand."""

import doctest
import importlib
from pathlib import Path

import pytest
from public_names import public_names

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted({one.__module__ for one in public_names().values()})
FOUND = [
    test
    for name in MODULES
    # Without the names of its module, so that an example has the imports that it needs.
    for test in doctest.DocTestFinder().find(importlib.import_module(name), globs={})
    if test.examples
]


def test_the_main_functions_have_examples():
    shown = {test.name.rsplit(".", maxsplit=1)[-1] for test in FOUND}
    main = {
        "read",
        "tokenize",
        "lexicon_from_mapping",
        "find_hits",
        "rates",
        "concordance",
        "keyness",
        "tfidf",
        "voices",
    }
    assert main - shown == set()


@pytest.mark.parametrize("test", FOUND, ids=lambda test: test.name)
def test_an_example_gives_what_it_says(test, monkeypatch):
    monkeypatch.chdir(ROOT)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append)
    assert not said, "".join(said)
