"""Some mutated files of every form in CI; `python tests/fuzzing.py articles 600` looks for longer."""

import random

import pytest
from fuzzing import KINDS, fault_of, mutated


@pytest.mark.parametrize(("kind", "n_files"), [("articles", 45), ("lexicons", 150)])
def test_mutated_files_end_in_a_result_or_a_framing_error(tmp_path, kind, n_files):
    seeds, read = KINDS[kind]
    files = seeds()
    chance = random.Random(19)
    if kind == "articles":
        (tmp_path / "well.txt").write_text("Title\n\nHurd is weak.\n")
    for number in range(n_files):
        name = sorted(files)[number % len(files)]
        assert fault_of(read, name, mutated(files[name], chance), tmp_path) == "", f"file {number}, of {name}"


def test_a_fault_is_found(tmp_path):
    def read(path):
        raise KeyError(path.name)

    assert fault_of(read, "a.txt", b"x", tmp_path).startswith("KeyError in ?")
