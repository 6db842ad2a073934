"""The names of a corpus; all counts are by hand."""

import pytest

import analysis as fa
from analysis.core.errors import FramingError
from analysis.hits.names import names


def counts(tokens: fa.Tokens, **options) -> dict[str, tuple[int, int]]:
    table = names(tokens, **options)
    return {row.name: (row.n_mentions, row.n_articles) for row in table.itertuples(index=False)}


def test_runs_of_capitals_with_links_inside(encode):
    tokens = encode("the ships of the Bay of Gulls met near New Harbour today", "they left the Bay of Gulls in silence")
    assert counts(tokens) == {"Bay of Gulls": (2, 2), "New Harbour": (1, 1)}


def test_a_capital_at_the_start_of_a_sentence_is_no_name(encode):
    tokens = encode("Ships left. We saw ships. Yesterday we saw Marlow. Marlow left yesterday.")
    assert counts(tokens) == {"Marlow": (2, 1)}


def test_titles_and_genitives_are_not_part_of_a_name(encode):
    tokens = encode("then President Ann Marlow spoke and later Mr. Greve’s aide met the minister and Greve")
    assert counts(tokens) == {"Greve": (2, 1), "Ann Marlow": (1, 1)}


def test_a_surname_counts_as_the_full_name(encode):
    tokens = encode("we met Ann Marlow and then Marlow left", "it was Marlow who spoke")
    table = names(tokens)
    assert table.values.tolist() == [["Ann Marlow", 3, 2, "Marlow"]]
    assert counts(tokens, surnames="apart") == {"Marlow": (2, 2), "Ann Marlow": (1, 1)}


def test_a_person_of_somewhere_is_a_person_and_a_place(encode):
    # By hand: a name of two words ends before "of"; what is behind it is a name of its own and no surname.
    tokens = encode(
        "we met Ann Marlow of Kestria and Bob Greve of the Reform Union",
        "then Kestria paid and Kestria left",
        "we saw Greve",
    )
    assert counts(tokens) == {"Kestria": (3, 2), "Bob Greve": (2, 2), "Ann Marlow": (1, 1), "Reform Union": (1, 1)}


def test_an_office_or_institution_of_something_does_not_take_its_name(encode):
    # By hand: Carrow alone is the town and not the university, and nobody is called "State".
    tokens = encode(
        "the University of Carrow and the Secretary of State spoke",
        "they saw Carrow and then State and the Bay of Gulls",
        "near Gulls",
    )
    found = counts(tokens)
    assert found["Carrow"] == (1, 1)
    assert found["University of Carrow"] == (1, 1)
    assert found["State"] == (1, 1)
    assert found["Gulls"] == (1, 1)


def test_a_surname_behind_a_particle_is_one(encode):
    tokens = encode("we met Ursula von der Leyen and Rob van Dam", "later Leyen left")
    assert counts(tokens) == {"Ursula von der Leyen": (2, 2), "Rob van Dam": (1, 1)}


def test_the_most_frequent_spelling_is_shown_and_of_equals_the_first_by_text(encode):
    # By hand: ALDWICK stands once and Aldwick twice; GREVE and Greve once each, and capitals come first in the order of texts.
    bodies = ["we saw ALDWICK and GREVE today", "we saw Aldwick and Greve today", "we saw Aldwick today"]
    for order in (bodies, bodies[::-1]):
        assert counts(encode(*order), surnames="apart") == {"Aldwick": (3, 3), "GREVE": (2, 2)}


def test_a_surname_of_two_persons_stays_apart(encode):
    tokens = encode("we met Ann Marlow and Bob Marlow and then Marlow left")
    assert counts(tokens) == {"Ann Marlow": (1, 1), "Bob Marlow": (1, 1), "Marlow": (1, 1)}


def test_headlines_in_capitals_are_left_out(encode):
    tokens = encode(
        headline=["MARLOW FAILS AGAIN AT SEA", "Marlow Fails Again On Land"], body=["we saw Marlow", "we saw ships"]
    )
    assert counts(tokens) == {"Marlow": (1, 1)}


def test_hyphens_and_abbreviations_are_printed(encode):
    tokens = encode("they met Kim Jong-un in the U.S. on the day")
    assert counts(tokens) == {"Kim Jong-un": (1, 1), "U.S.": (1, 1)}


def test_limits(encode):
    tokens = encode("we saw Marlow and Greve and Marlow", "we saw Greve")
    assert list(counts(tokens, n=1)) == ["Greve"]
    assert list(counts(tokens, min_articles=2)) == ["Greve"]
    with pytest.raises(FramingError, match="surnames 'both' is not known"):
        names(tokens, surnames="both")


def test_an_empty_corpus_has_no_name(encode):
    assert names(encode("")).columns.tolist() == ["name", "n_mentions", "n_articles", "variants"]
