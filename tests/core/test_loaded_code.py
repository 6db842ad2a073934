"""The hash of a module changes with what the module does, and with nothing else."""

import subprocess
import sys

import pytest

from analysis.core import loaded_code
from analysis.core.loaded_code import code_of, hash_of_module

MODULE = '''"""What it is for."""

LEAST = 3  # articles
NAMES = ["a", "b"]


def shown(values, *, mark=""):
    """Return what is shown."""
    text = f"{mark} {len(values):,} of {LEAST}"
    return text, (values,)


class Chart:
    """A chart."""

    size: int = 1
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  # articles", ""),
        ("  # articles", "  # words"),
        ('"""What it is for."""\n', ""),
        ('"""Return what is shown."""', '"""Give it back."""'),
        ('    """A chart."""\n\n', ""),
        ("LEAST = 3", "LEAST   =   3"),
        ('["a", "b"]', "[\n    'a',\n    'b',\n]"),
        ("return text, (values,)", "return (text, (values,))"),
        ("\n", "\r\n"),
        ('f"{mark} {len(values):,} of {LEAST}"', '(f"{mark} {len(values):,}" f" of {LEAST}")'),
    ],
)
def test_words_for_people_and_the_form_do_not_count(old, new):
    changed = MODULE.replace(old, new)
    assert changed != MODULE
    assert hash_of_module(changed.encode()) == hash_of_module(MODULE.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LEAST = 3", "LEAST = 4"),
        ("LEAST = 3", 'LEAST = "3"'),
        ("LEAST = 3", "LEAST = 3.0"),
        ('["a", "b"]', '["a b"]'),
        ('["a", "b"]', '["b", "a"]'),
        ("return text, (values,)", "return text, (values)"),
        ("return text, (values,)", "return text, values, ()"),
        (":,} of", "} of"),
        (" of {LEAST}", " of {MOST}"),
        ('mark=""', "mark"),
        ("    size: int = 1", "    size = 1"),
        ('"""Return what is shown."""', '"""Return what is shown."""\n    "and a second text"\n    values = []'),
    ],
)
def test_whatever_the_module_does_counts(old, new):
    changed = MODULE.replace(old, new)
    assert changed != MODULE
    assert hash_of_module(changed.encode()) != hash_of_module(MODULE.encode())


def test_the_hash_is_pinned_so_that_another_version_of_python_is_seen_to_differ():
    # Made with Python 3.11 from MODULE; the tests of a newer Python compare theirs with it.
    assert hash_of_module(MODULE.encode()) == "674b6febcca0"


def test_a_module_with_a_mistake_counts_as_it_stands():
    assert hash_of_module(b"x = (") != hash_of_module(b"x = [")


def test_line_ends_of_data_do_not_count_and_a_file_that_is_gone_has_no_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(loaded_code, "_PACKAGE", tmp_path)
    hashes = []
    for ends in ("\n", "\r\n"):
        (tmp_path / "words.txt").write_bytes(f"weak{ends}strong{ends}".encode())
        hashes.append(code_of(["words.txt", "gone.py"]))
    assert hashes[0] == hashes[1]
    assert hashes[0]["words.txt"] != hashes[0]["gone.py"] == ""


@pytest.fixture
def parsed(tmp_path, monkeypatch):
    """Return the sources that are parsed, of a package that holds one module."""
    sources = []
    monkeypatch.setattr(loaded_code, "_PACKAGE", tmp_path)
    monkeypatch.setattr(loaded_code, "hash_of_module", lambda source: sources.append(source) or hash_of_module(source))
    (tmp_path / "one.py").write_bytes(b"LEAST = 3")
    return sources


def test_a_module_is_parsed_again_only_where_its_bytes_have_changed(tmp_path, parsed):
    first = code_of(["one.py"])
    assert first == {"one.py": hash_of_module(b"LEAST = 3")}
    assert code_of(["one.py"]) == first
    assert parsed == [b"LEAST = 3"]
    (tmp_path / "one.py").write_bytes(b"LEAST = 4")
    (tmp_path / "two.py").write_bytes(b"MOST = 9")
    assert code_of(["two.py", "one.py"]) == {
        "two.py": hash_of_module(b"MOST = 9"),
        "one.py": hash_of_module(b"LEAST = 4"),
    }
    assert code_of(["one.py"]) != first
    assert parsed == [b"LEAST = 3", b"MOST = 9", b"LEAST = 4"]


def test_what_was_kept_by_other_rules_or_is_no_longer_whole_is_not_believed(tmp_path, monkeypatch, parsed):
    right = code_of(["one.py"])
    monkeypatch.setattr(loaded_code, "_RULES", b"other rules")
    assert code_of(["one.py"]) == right
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:-5])
    assert code_of(["one.py"]) == right
    assert len(parsed) == 3


def test_where_nothing_can_be_kept_the_hashes_are_the_same(tmp_path, parsed):
    (tmp_path / "__pycache__").write_bytes(b"")  # a file where the folder would be
    assert code_of(["one.py"]) == code_of(["one.py"]) == {"one.py": hash_of_module(b"LEAST = 3")}
    assert len(parsed) == 2


def test_only_what_was_loaded_counts_with_the_data_of_its_folders():
    program = "import analysis.tokens.sentences, analysis.core.loaded_code as l; print(*l.loaded_code())"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert {"tokens/sentences.py", "tokens/abbreviations.txt", "data/lexicons/cues.yml"} <= set(loaded)
    assert [name for name in loaded if name.startswith(("reading/", "english/", "charts/", "measures/"))] == []
