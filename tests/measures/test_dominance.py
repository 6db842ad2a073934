"""The dominant frame of an article, by hand."""

import pytest

import analysis as fa

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "failure": ["fail*"], "war": ["war"]})


@pytest.fixture
def table(encode):
    bodies = ["weak weak failed", "weak failed", "nothing", "failing failure war weak"]
    tokens = encode(body=bodies, outlet=["A", "A", "B", "B"])
    return fa.compare.dominant_frames(fa.find_hits(tokens, FRAMES), tokens)


def test_the_category_with_the_most_hits_is_dominant_and_a_tie_is_none(table):
    # By hand: weakness 2, failure 1; one each; none; failure 2, war 1, weakness 1.
    assert table["category"].tolist() == ["weakness", "", "", "failure"]
    assert table["status"].tolist() == ["dominant", "tied", "no hit", "dominant"]
    assert table[["n_hits", "n_second", "n_all"]].to_numpy().tolist() == [[2, 1, 3], [1, 1, 2], [0, 0, 0], [2, 1, 4]]


def test_shares_by_outlet(table):
    shares = fa.compare.dominance_shares(table)
    found = {(row.outlet, row.category): row.n for row in shares.itertuples() if row.n}
    assert found == {("A", "weakness"): 1, ("A", "tied"): 1, ("B", "failure"): 1, ("B", "no hit"): 1}  # by hand
    assert shares.groupby("outlet")["share"].sum().tolist() == [1, 1]
    # Wilson by its formula for 1 of 2, z = 1.959964: (0.5 + z²/4 ± z √(0.25/2 + z²/16)) / (1 + z²/2) = 0.0945 and 0.9055.
    half = shares[(shares["outlet"] == "A") & (shares["category"] == "tied")].iloc[0]
    assert (half["share_low"], half["share_high"]) == pytest.approx((0.0945, 0.9055), abs=5e-5)


def test_an_unknown_column_is_named(table):
    with pytest.raises(
        fa.SchemaError, match=r"^dominance_shares: no column 'paper' to group by; known are 'article_id', 'outlet'"
    ):
        fa.compare.dominance_shares(table, by=["paper"])


def test_a_lexicon_of_one_category(encode):
    tokens = encode("weak", "none")
    found = fa.compare.dominant_frames(fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"w": ["weak"]})), tokens)
    assert found["status"].tolist() == ["dominant", "no hit"]
