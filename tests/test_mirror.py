"""The tests mirror the package: who changes a module finds its tests by its name, and who moves it is told to move them along."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "analysis"
# What no module of that name has, and why it is a file of its own.
EXCEPTIONS = {
    "charts/test_wrong_tables.py": "every chart, given a table that is not its own",
    "validation/test_own_codings.py": "the codings in data/codings, against the shipped lexicon",
    "core/test_declared_tables.py": "every declared table, against what its function returns",
    "charts/test_same_on_every_machine.py": "every chart, and the fonts of another machine",
    "lexicons/test_hierarchy.py": "what is hit where categories are part of others, through every form",
    "lexicons/test_hostile.py": "broken files of every form",
    "lexicons/test_odd_files.py": "files as people make them, of every form",
    "lexicons/test_real_files.py": "dictionaries of others, beside what is expected of them",
    "lexicons/test_round_trip.py": "writing, loading and spelling together",
    "lexicons/test_shipped.py": "the lexicons in data/, no code",
    "reading/archives/test_newswire.py": "one generator for feeds, NewsML, SGML and unknown markup",
    "reading/test_encodings.py": "every codec, through the one door",
    "reading/test_robustness.py": "hostile files and public test suites, of every form",
    "reproducing/test_notebooks_run.py": "the shipped notebooks, on another corpus",
}
FILES = sorted(path.relative_to(ROOT / "tests") for path in (ROOT / "tests").glob("*/**/test_*.py"))


def named(test: Path) -> set[Path]:
    """Return what a test file of a folder may be named after: a module, a folder in it, or the folder itself; in a browser too."""
    name = test.stem.removeprefix("test_").removesuffix("_browser")
    folder = PACKAGE / test.parent
    return {folder / f"{name}.py", folder / name} | ({folder} if folder.name == name else set())


@pytest.mark.parametrize("test", FILES, ids=str)
def test_a_test_file_is_named_after_a_module_that_exists(test):
    exists = any(path.exists() for path in named(test))
    assert exists != (test.as_posix() in EXCEPTIONS), "name it after its module, or list it with the reason; never both"


def test_every_exception_is_a_file():
    assert EXCEPTIONS.keys() <= {test.as_posix() for test in FILES}


def test_a_module_that_moved_is_noticed():
    assert not any(path.exists() for path in named(Path("counting/test_rates.py")))
    assert any(path.exists() for path in named(Path("measures/test_rates.py")))
