"""Checks of a lexicon that need no corpus."""

import pytest

from analysis.core.errors import LexiconError
from analysis.lexicons import Category, Entry, Lexicon, lexicon_from_mapping
from analysis.lexicons.checks import problems


def lexicon_of(*entries):
    names = dict.fromkeys(entry.category for entry in entries)
    return Lexicon("small", "1", "", "", (), tuple(map(Category, names)), entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("…", "entry '…' has no letter or digit, so it can never match; take it out"),
        ("", "entry '' has no letter or digit, so it can never match; take it out"),
        (
            "weak**",
            "entry 'weak**' has two wildcards in a row, as a word with hidden letters has; write the word out",
        ),
        (
            "weak*?*",
            "entry 'weak*?*' has two wildcards in a row, as a word with hidden letters has; write the word out",
        ),
        ("* duck", "entry '* duck' has a word of wildcards only, which matches every word; write some letters of it"),
        ("??", "entry '??' has a word of wildcards only, which matches every word; write some letters of it"),
    ],
)
def test_entries_that_never_or_always_match(text, expected):
    assert problems(lexicon_of(Entry(text, "war", line=3))) == [(3, expected)]


@pytest.mark.parametrize("text", ["weak*", "*weak", "w?ak", "lame duck", "don't", "12:30", "*weak*", "U.S."])
def test_good_entries_have_no_problem(text):
    assert problems(lexicon_of(Entry(text, "war"))) == []


def test_the_same_entry_twice():
    same = lexicon_of(Entry("weak", "war", line=2), Entry("WEAK", "war", line=5))
    assert problems(same) == [(5, "entry 'WEAK' stands twice in category 'war' (line 2); take one out")]
    # Another category, another case rule, and capitals where capitals matter make another entry.
    assert problems(lexicon_of(Entry("weak", "war"), Entry("weak", "law"))) == []
    assert problems(lexicon_of(Entry("Us", "war", case="exact"), Entry("us", "war", case="exact"))) == []
    assert problems(lexicon_of(Entry("weak", "war"), Entry("weak", "war", case="exact"))) == []


def test_both_apostrophes_are_one_entry():
    assert problems(lexicon_of(Entry("don't", "war", line=1), Entry("don’t", "war", line=2))) == [
        (2, "entry 'don’t' stands twice in category 'war' (line 1); take one out")
    ]


def test_an_exception_must_hold_the_entry():
    useless = Entry("strike", "war", exceptions=("lightning",), line=4)
    assert problems(lexicon_of(useless)) == [
        (
            4,
            "exception 'lightning' of entry 'strike' does not contain the entry's words, so it can never undo a hit; "
            "write the whole phrase",
        )
    ]
    for exception in ("lightning strike", "Strike", "strike a pose"):
        assert problems(lexicon_of(Entry("strike", "war", exceptions=(exception,)))) == []
    assert problems(lexicon_of(Entry("strik*", "war", exceptions=("striking distance",)))) == []


def test_empty_lexicons_and_categories():
    empty = Lexicon("small", "1", "", "", (), (), ())
    assert problems(empty) == [(0, "there is no category; write 'category: [word, word]' at least")]
    with pytest.raises(LexiconError) as caught:
        lexicon_from_mapping({"war": []}, name="mine")
    assert str(caught.value) == "lexicon 'mine': category 'war' has no entry; give it one or take it out"


def test_a_mapping_lists_all_its_mistakes():
    with pytest.raises(LexiconError) as caught:
        lexicon_from_mapping({"war": ["attack", "ATTACK", "-"]})
    assert sorted(str(caught.value).split("\n")) == [
        "lexicon 'lexicon': entry '-' has no letter or digit, so it can never match; take it out",
        "lexicon 'lexicon': entry 'ATTACK' stands twice in category 'war'; take one out",
    ]


def test_a_string_for_a_list_of_words_is_not_read_as_letters():
    with pytest.raises(LexiconError):
        lexicon_from_mapping({"war": "act"})  # three letters, none twice
