"""Word lists in files: sections, lists that go on, comments; every list that ships can be read."""

from pathlib import Path

import pytest

import analysis
from analysis.core import word_lists as module
from analysis.core.word_lists import lines_of, word_lists

PACKAGE = Path(analysis.__file__).parent


def test_lists_keep_their_order_and_go_on_in_further_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    text = "# for readers\n\n[months]\nmay: may; mai\nmay: mayo de\n\n[codes]\nx: a@role='drol:summary'\n"
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    assert word_lists("own.txt") == {
        "months": {"may": ("may", "mai", "mayo de")},
        "codes": {"x": ("a@role='drol:summary'",)},
    }


def test_lines_that_say_nothing_are_skipped(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    (tmp_path / "own.txt").write_text("# for readers\n\nsee also.*\n", encoding="utf-8")
    assert lines_of("own.txt") == ["see also.*"]


@pytest.mark.parametrize("folder", ["reading", "lexicons"])
def test_no_shipped_list_holds_a_word_twice_or_a_blank_one(folder):
    files = [
        path
        for path in (PACKAGE / folder).rglob("*.txt")
        if "[" in path.read_text(encoding="utf-8").split("\n\n")[1][:1]
    ]
    assert files
    for path in files:
        for section in word_lists(path.relative_to(PACKAGE).as_posix()).values():
            for name, words in section.items():
                assert all(words), (path, name)
                assert len(set(words)) == len(words), (path, name)
