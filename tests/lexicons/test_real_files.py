"""Dictionaries of other researchers, read as they are; none of them is part of this project."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import LexiconError

# Counted from the lines and cells of each file by a script that knows nothing of this project, before the files were loaded:
# what a file must give, and how many entries have signs, hidden letters or senses. "CO." and "CO" of the General Inquirer are one word.
EXPECTED = list(csv.DictReader(Path(__file__).with_name("real_files.csv").read_text(encoding="utf-8").splitlines()))
NO_LEXICONS = ("MANIFEST.csv", "quanteda.dictionaries/data_dict_usbr.csv", "connotation_frames/rashkin_readme.txt")


@pytest.fixture(scope="module")
def folder(shared_data):
    found = shared_data / "lexicons"
    if not found.exists():
        pytest.skip(f"the shared data are not here: {found}")
    return found


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_each_loads_by_default_with_what_its_form_says(folder, row):
    lexicon = fa.read_lexicon(folder / row["file"])
    assert len({entry.category for entry in lexicon.own_entries}) == int(row["categories"])
    assert len(lexicon.own_entries) == int(row["entries"])
    assert lexicon.n_left_out == int(row["left_out"])


def test_the_table_names_every_file(folder):
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {row["file"] for row in EXPECTED} | set(NO_LEXICONS)


@pytest.mark.parametrize("name", NO_LEXICONS)
def test_lists_of_files_spelling_pairs_and_readmes_are_refused(folder, name):
    with pytest.raises(LexiconError, match=f"{name}, line 1: "):
        fa.read_lexicon(folder / name)


def test_no_list_of_opinion_words_hits_an_article(folder):
    tokens = fa.tokenize(fa.read(pd.DataFrame({"body": ["A shirt, a shot, a bulletin."]})))
    for name in (
        "derived_from_rda/HuLiu.yml",
        "quanteda.dictionaries/positive-words.txt",
        "bias_recasens2013/negative_liu2005.txt",
    ):
        assert len(fa.find_hits(tokens, fa.read_lexicon(folder / name))) == 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # The numbers that the authors, or quanteda's help pages, give; less what is skipped: "a+", hidden letters
        # ("bull****", "f**k", "d*mn", "sh*t"), "heckl**", and "some kind", whose score is 0.
        ("quanteda.dictionaries/positive-words.txt", {"positive-words": 2006 - 1}),
        ("quanteda.dictionaries/negative-words-UTF8.txt", {"negative-words-UTF8": 4783 - 4}),
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
    lexicon = fa.read_lexicon(folder / path)
    assert Counter(entry.category for entry in lexicon.own_entries) == expected


def test_every_clue_of_mpqa_is_an_entry_or_is_listed(folder):
    path = folder / "mpqa" / "subjclueslen1-HLTEMNLP05.tff"
    lexicon = fa.read_lexicon(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    seen = {entry.line for entry in lexicon.entries} | {skipped.line for skipped in lexicon.skipped}
    assert seen - {0} == {number for number, line in enumerate(lines, start=1) if line.strip()}


def test_two_copies_of_a_dictionary_in_other_line_ends_are_one(folder):
    # One has bare carriage returns, the other line feeds and a blank line.
    one = fa.read_lexicon(folder / "quanteda.dictionaries" / "mfd2.0.dic")
    other = fa.read_lexicon(folder / "emfdscore" / "mfd2.0.dic")
    assert one.hash == other.hash
