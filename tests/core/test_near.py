"""Near names: what is offered for a name that is not there, and what is not."""

import pytest

from analysis.core.near import did_you_mean, known_names, near_names, near_path

OUTLETS = ["The Daily Lantern", "The Aldwick Courier", "Sunday Courier"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("the daily lantern", ["The Daily Lantern"]),  # other capitals
        (" Lantern ", ["The Daily Lantern"]),  # one of its words
        ("Courier", ["The Aldwick Courier", "Sunday Courier"]),  # two have it, so both are offered
        ("The Dayly Lantern", ["The Daily Lantern"]),  # spelled alike
        ("Lant", []),  # a part of a word is no word
        ("Bulletin", []),
        ("", []),
        ("…", []),  # no word in it, which is no reason to offer all
    ],
)
def test_near_names(name, near):
    assert near_names(name, OUTLETS) == near


def test_at_most_three_are_offered():
    assert len(near_names("post", [f"Post {n}" for n in range(9)])) == 3


def test_what_is_meant_is_named_with_what_it_is():
    assert did_you_mean("lantern", OUTLETS, what="outlet") == "; did you mean outlet 'The Daily Lantern'?"
    assert did_you_mean("Bulletin", OUTLETS) == ""
    assert did_you_mean(7, ["7a", "b"]) == "; did you mean '7a'?"  # a number where a text was meant


def test_known_names_are_cut_but_the_near_one_is_found():
    names = [f"outlet {n}" for n in range(40)] + ["Lantern"]
    assert known_names("lantern", names).endswith("'outlet 11' and 29 more; did you mean 'Lantern'?")
    assert known_names("x", []) == "known are none"


def test_a_path_goes_wrong_where_its_first_folder_is_not_there(tmp_path):
    (tmp_path / "data" / "articles").mkdir(parents=True)
    assert near_path(tmp_path / "data" / "artikels") == f"; did you mean '{tmp_path / 'data' / 'articles'}'?"
    assert near_path(tmp_path / "dta" / "articles") == f"; did you mean '{tmp_path / 'data'}'?"
    assert near_path(tmp_path / "exports" / "articles") == f"; there is no folder '{tmp_path / 'exports'}'"
    assert near_path(tmp_path / "exports") == ""
