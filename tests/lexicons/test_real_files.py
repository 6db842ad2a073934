"""Dictionaries of other researchers, read as they are; none of them is part of this project."""

from collections import Counter

import pytest

import analysis as fa
from analysis.errors import LexiconError


@pytest.fixture(scope="module")
def folder(shared_data):
    found = shared_data / "lexicons"
    if not found.exists():
        pytest.skip(f"the shared data are not here: {found}")
    return found


def test_all_load_but_two_that_are_no_lexicons(folder):
    refused = {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "MANIFEST.csv")
    for path in paths:
        try:
            lexicon = fa.read_lexicon(path, unsupported="skip")
        except LexiconError as error:
            refused[path.name] = str(error)
            continue
        assert lexicon.entries
        assert all(skipped.reason for skipped in lexicon.skipped)
    assert len(paths) > 40
    # A readme, and a table of spelling pairs that names no category.
    assert set(refused) == {"rashkin_readme.txt", "data_dict_usbr.csv"}
    assert all(", line 1: " in reason for reason in refused.values())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # The numbers that the authors, or quanteda's help pages, give; less what is skipped: words of wildcards, such as
        # "bull****" and "heckl**", and "some kind", whose score is 0.
        ("quanteda.dictionaries/positive-words.txt", {"positive-words": 2006}),
        ("quanteda.dictionaries/negative-words-UTF8.txt", {"negative-words-UTF8": 4783 - 2}),
        ("quanteda.dictionaries/AFINN-111.txt", {"negative": 1598, "positive": 2477 - 1 - 1598}),
        (
            "derived_from_rda/LSD2015.yml",
            {"negative": 2858 - 1, "positive": 1709, "neg_positive": 1721, "neg_negative": 2860 - 1},
        ),
        # Counted by hand in the files, which are short.
        ("quanteda_tests/mary.dic", {"A category": 3, "Another category": 2}),
        ("quanteda_tests/mary.lc3", {"A category": 3, "Another category": 2}),
        ("quanteda_tests/mary.ykd", {"A CATEGORY": 3, "ANOTHER CATEGORY": 2}),
        ("quanteda_tests/mary.yml", {"A CATEGORY": 3, "ANOTHER": 3}),
        ("quanteda_tests/issue-459.cat", {"SOUTH > BW": 3, "SOUTH > LS": 3, "SOUTH > NA": 3, "SOUTH > ZA": 7, "SOUTH > SZ": 4}),
    ],
)  # fmt: skip
def test_what_they_hold(folder, path, expected):
    lexicon = fa.read_lexicon(folder / path, unsupported="skip")
    assert Counter(entry.category for entry in lexicon.own_entries) == expected


def test_every_clue_of_mpqa_is_an_entry_or_is_listed(folder):
    path = folder / "mpqa" / "subjclueslen1-HLTEMNLP05.tff"
    lexicon = fa.read_lexicon(path, unsupported="skip")
    lines = path.read_text(encoding="utf-8").splitlines()
    seen = {entry.line for entry in lexicon.entries} | {skipped.line for skipped in lexicon.skipped}
    assert seen - {0} == {number for number, line in enumerate(lines, start=1) if line.strip()}


def test_two_copies_of_a_dictionary_in_other_line_ends_are_one(folder):
    # One has bare carriage returns, the other line feeds and a blank line.
    one = fa.read_lexicon(folder / "quanteda.dictionaries" / "mfd2.0.dic", unsupported="skip")
    other = fa.read_lexicon(folder / "emfdscore" / "mfd2.0.dic", unsupported="skip")
    assert one.hash == other.hash
