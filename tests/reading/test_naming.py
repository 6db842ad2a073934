"""Ids of articles that bring none: the name of their file, with more of its path where files share one."""

import itertools

import pytest

from analysis.reading import read
from analysis.reading.naming import unique_names


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([("a", "x/a.txt", 1), ("b", "x/b.txt", 1)], ["a", "b"]),
        ([("a", "x/a.txt", 1), ("a", "x/a.md", 1)], ["a.txt", "a.md"]),
        ([("1", "x/a/1.txt", 1), ("1", "x/b/1.txt", 1)], ["a/1", "b/1"]),
        ([("1", "x/a/1.txt", 1), ("1", "y/a/1.txt", 1), ("1", "z/a/1.txt", 1)], ["x/a/1", "y/a/1", "z/a/1"]),
        ([("1", "a/1.txt", 1), ("1", "a/1.md", 1), ("1", "b/1.txt", 1)], ["a/1.txt", "a/1.md", "b/1.txt"]),
        # A longer name that another file has already is none.
        ([("1", "x/a/1.txt", 1), ("1", "x/b/1.txt", 1), ("a/1", "w/a/1.txt", 1)], ["a/1.txt", "b/1.txt", "a/1"]),
        # Row 1 of a.csv is called a-1.
        ([("a", "x/a.csv", 3), ("a-1", "x/a-1.txt", 1), ("a-4", "x/a-4.txt", 1)], ["a", "a-1.txt", "a-4"]),
        # One file given twice stays one: its articles are refused the second time.
        ([("a", "x/a.txt", 1), ("a", "x/a.txt", 1)], ["a", "a"]),
        ([("z/5", "z.zip: 5.txt", 1), ("z/5", "z.zip: 5.md", 1)], ["z/5.txt", "z/5.md"]),
    ],
)
def test_names_are_told_apart_in_any_order(files, names):
    expected = dict(zip(files, names, strict=True))
    for order in itertools.permutations(files):
        assert unique_names(order) == [expected[file] for file in order]


def test_files_of_one_stem_are_all_kept(tmp_path):
    (tmp_path / "a.txt").write_text("One\n\nText of one.")
    (tmp_path / "a.md").write_text("Two\n\nText of two.")
    (tmp_path / "a.csv").write_text("title,body\nThree,x\nFour,y\n")
    (tmp_path / "a-1.txt").write_text("Five\n\nText of five.")
    corpus = read(tmp_path)
    assert corpus.rejected.empty
    assert dict(zip(corpus.articles["article_id"], corpus.articles["headline"], strict=True)) == {
        "a-1": "Five",
        "a.csv-1": "Three",
        "a.csv-2": "Four",
        "a.md": "Two",
        "a.txt": "One",
    }
