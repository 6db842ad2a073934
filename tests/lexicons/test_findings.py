"""Findings that need no corpus; lines, entries and remedies are set by hand."""

import pytest

import analysis as fa
from analysis.lexicons import Category, Entry, Lexicon, findings
from analysis.lexicons.inflection import inflections
from analysis.lexicons.spelling import other_spelling


def of(*entries, language="en", valences=(-1, 1)):
    names = dict.fromkeys(entry.category for entry in entries)
    categories = tuple(Category(name, valence=valence) for name, valence in zip(names, valences, strict=False))
    table = findings(Lexicon("small", "1", language, "", (), categories, entries))
    return list(zip(table["severity"], table["line"], table["finding"], table["remedy"], strict=True))


def test_a_sound_lexicon_has_none():
    assert of(Entry("attack*", "war"), Entry("court", "law")) == []
    table = findings(fa.extend.lexicon_from_mapping({"war": ["attack*"]}))
    assert list(table.columns) == ["severity", "line", "category", "entry", "finding", "remedy"]


def test_mistakes_are_errors():
    assert of(Entry("weak", "war", line=2), Entry("Weak", "war", line=3), Entry(":)", "war", line=4)) == [
        ("error", 3, "entry 'Weak' stands twice in category 'war' (line 2)", "take one out"),
        ("error", 4, "entry ':)' has no letter or digit, so it can never match", "take it out"),
    ]


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("weakness", "weak*"),
        ("weaken*", "weak*"),
        ("weak", "we?k"),
        ("failed state", "fail* stat*"),
        ("Weakness", "weak*"),
        ("far-right", "far righ*"),
    ],
)
def test_entries_that_a_wildcard_hides(text, over):
    found = of(Entry(text, "war", line=3), Entry(over, "war", line=9))
    expected = f"'{over}' (line 9) catches all that '{text}' catches"
    assert found == [("warning", 3, expected, "take one of the two out")]


@pytest.mark.parametrize(
    "entries",
    [
        (Entry("weak*", "war"), Entry("w?ak", "war")),  # "wxak" is not caught by the first, "weakly" not by the second
        (Entry("weakness", "war", 2.0), Entry("weak*", "war")),  # its own weight counts
        (Entry("weakness", "war"), Entry("weak*", "war", exceptions=("weakness",))),
        (Entry("us", "war"), Entry("US*", "war", case="exact")),
    ],
)
def test_entries_that_are_not_hidden(entries):
    assert [row for row in of(*entries) if "catches all" in row[2]] == []


def test_a_wildcard_for_some_letters_hides_none_for_any():
    finding = "'weaken*' catches all that 'weaken???' catches"
    assert [row[2] for row in of(Entry("weaken*", "war"), Entry("weaken???", "war"))] == [finding]


def test_short_stems_and_signs():
    entries = (
        Entry("war*", "war", line=1),
        Entry("a+", "war", line=2),
        Entry("C&A", "war", line=3),
        Entry("'cause", "war", line=4),
    )
    assert of(*entries) == [
        ("warning", 1, "'war*' has 3 letters only, so it catches many other words", "write the words out, or lengthen the stem"),
        ("error", 2, "entry 'a+' would count as 'a', since no word keeps the sign '+'",
         "write what is meant in letters and digits, or take the entry out"),
        ("warning", 3, "the matching drops '&', so the entry is matched as 'c a'", "write it with letters, or take it out"),
        ("warning", 4, "the matching drops ''', so the entry is matched as 'cause'", "write it with letters, or take it out"),
    ]  # fmt: skip
    # German has short stems as English does, and no English spellings.
    assert of(Entry("colour", "war"), language="de") == []


def test_an_entry_in_two_categories():
    finding = "stands in category 'war' too (line 1), and counts for both"
    entries = (Entry("strike", "war", line=1), Entry("Strike", "law", line=5))
    assert [row[:3] for row in of(*entries)] == [("warning", 5, finding)]
    assert [row[:3] for row in of(*entries, valences=(1, 1))] == [("hint", 5, finding)]


def test_gaps_of_spelling_and_inflection():
    assert of(Entry("colour", "war", line=1)) == [("hint", 1, "the other spelling, 'color', is missing", "add 'color'")]
    assert of(Entry("colour*", "war"), Entry("color*", "war")) == []
    entries = (Entry("waver", "war", line=1), Entry("wavered", "war", line=2))
    finding = "forms of 'waver' are missing: 'wavers', 'wavering'"
    assert of(*entries) == [("hint", 1, finding, "add 'wavers', 'wavering'")]
    # A plural alone does not tell a verb.
    assert of(Entry("enemy", "war"), Entry("enemies", "war")) == []


# Spellings as in any dictionary of British and American English.
@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organise", "organize"), ("organisations", "organizations"), ("analyse", "analyze"), ("behaviour", "behavior"),
        ("centre", "center"), ("defenceless", "defenseless"), ("travelling", "traveling"), ("grey", "gray"),
        ("honoured", "honored"), ("terrorised", "terrorized"), ("honour", "honor"), ("defence", "defense"),
        ("labelled", "labeled"), ("channelling", "channeling"), ("counsellors", "counselors"),
    ],
)  # fmt: skip
def test_pairs_of_spellings(british, american):
    assert other_spelling(british) == american
    assert other_spelling(american) == british


@pytest.mark.parametrize(
    ("british", "american"),
    [("catalogue", "catalog"), ("programme", "program"), ("metres", "meters"), ("dialogue", "dialog")],
)
def test_american_forms_that_are_british_too_are_not_turned_back(british, american):
    assert (other_spelling(british), other_spelling(american)) == (american, "")


@pytest.mark.parametrize(
    "word", ["advise", "exercise", "surprised", "capsize", "humorous", "laboratory", "centred", "war", "fulfilled"]
)
def test_words_that_are_spelt_alike_on_both_sides(word):
    assert other_spelling(word) == ""


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("attack", ("attack", "attacks", "attacked", "attacking")),
        ("blame", ("blame", "blames", "blamed", "blaming")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("stab", ("stab", "stabs", "stabbed", "stabbing")),
        ("clash", ("clash", "clashes", "clashed", "clashing")),
        # As in any grammar of English: -ie, -o, doubled consonants of stressed last syllables only, irregular pasts.
        ("tie", ("tie", "ties", "tied", "tying")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("veto", ("veto", "vetoes", "vetoed", "vetoing")),
        ("admit", ("admit", "admits", "admitted", "admitting")),
        ("limit", ("limit", "limits", "limited", "limiting")),
        ("refer", ("refer", "refers", "referred", "referring")),
        ("offer", ("offer", "offers", "offered", "offering")),
        ("say", ("say", "says", "said", "saying")),
        ("go", ("go", "goes", "went", "gone", "going")),
        ("cut", ("cut", "cuts", "cutting")),
        ("U2", ()),
    ],
)
def test_inflections(base, forms):
    assert inflections(base) == forms


# By hand: "I." is the first person at the end of a sentence, every other single letter an initial; a title ends none, a small letter begins none.
@pytest.mark.parametrize(
    ("text", "is_crossed"),
    [
        ("Dana I. Reed", True),
        ("Stay home. Save lives", True),
        ("Yes. No", True),
        ("Dana F. Reed", False),
        ("Dr. Reed", False),
        ("St. Orrin", False),
        ("vs. them", False),
        ("the U.S. government", False),
        ("weak states", False),
    ],
)
def test_phrases_in_which_a_sentence_ends(encode, text, is_crossed):
    found = [finding for _, _, finding, _ in of(Entry(text, "war")) if "a sentence ends within" in finding]
    assert bool(found) is is_crossed
    hits = fa.find_hits(encode(f"Then {text} it was."), fa.extend.lexicon_from_mapping({"war": [text]}))
    assert (len(hits) == 0) is is_crossed
