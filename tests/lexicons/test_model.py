"""The hash of a lexicon: it changes with what changes a count, and with nothing else."""

import re
from dataclasses import replace

import pytest

from analysis.lexicons import Category, Entry, Example, Lexicon, lexicon_from_mapping

ENTRY = Entry("weak", "war")
LEXICON = Lexicon("small", "1", "en", "", (), (Category("war"), Category("law")), (ENTRY, Entry("court", "law")))


def with_entry(**changes):
    return replace(LEXICON, entries=(replace(ENTRY, **changes), *LEXICON.entries[1:]))


def test_the_hash_is_twelve_hex_digits_and_stays():
    assert re.fullmatch("[0-9a-f]{12}", LEXICON.hash)
    assert replace(LEXICON).hash == LEXICON.hash
    assert lexicon_from_mapping({"war": ["weak"], "law": ["court"]}).hash == LEXICON.hash


@pytest.mark.parametrize(
    "changed",
    [
        with_entry(weight=0.5),
        with_entry(text="weak*"),
        with_entry(case="exact"),
        with_entry(exceptions=("weak tea",)),
        with_entry(category="law"),
        replace(LEXICON, entries=LEXICON.entries[::-1]),
        replace(LEXICON, categories=LEXICON.categories[::-1]),
    ],
)
def test_what_changes_a_count_changes_the_hash(changed):
    assert changed.hash != LEXICON.hash


@pytest.mark.parametrize(
    "changed",
    [
        with_entry(note="for readers"),
        with_entry(line=9),
        with_entry(examples=(Example("He is weak.", True),)),
        replace(LEXICON, name="other", version="2", description="x", sources=("a book",)),
        replace(LEXICON, categories=(Category("war", "a definition", -1), Category("law"))),
    ],
)
def test_what_is_for_readers_does_not_change_the_hash(changed):
    assert changed.hash == LEXICON.hash


def test_category_names_keep_the_order_of_the_file():
    assert LEXICON.category_names == ("war", "law")
