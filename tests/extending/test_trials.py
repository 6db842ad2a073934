"""What an entry would catch: counted by hand, and the same as the matching finds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as fa
from analysis.extending.trials import Trials, try_entry
from analysis.lexicons import Category, Entry, Lexicon
from analysis.matching.matching import find_matches

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail* badly"], "strength": ["strong"]}, name="small")


@pytest.fixture(scope="module")
def tokens(encode):
    return encode(
        headline=["Weak talks fail", "Failing", ""],
        body=["They fail. The fail's end.\n\nAll failed badly, fail <b>.", "Talks failed.", "Calm."],
        outlet=["y", "x", "y"],
    )


def test_types_counts_and_what_the_category_has(tokens):
    trial = try_entry(tokens, "fail*", lexicon=LEXICON, category="weakness")
    # By hand: a1 headline fail; lead fail, fail's (its form is fail); body failed, fail. a2 headline Failing; lead failed.
    assert (trial.n_hits, trial.n_articles, trial.n_already) == (7, 2, 1)
    assert trial.types.to_numpy().tolist() == [["fail", 4], ["failed", 2], ["failing", 1]]
    # Words: x headline 1, lead 2; y headline 3, lead 5 + 1, body 5 (All failed badly fail b). Nobody has a standfirst.
    assert trial.counts[["outlet", "zone", "n_hits", "n_tokens"]].to_numpy().tolist() == [
        ["x", "headline", 1, 1], ["x", "standfirst", 0, 0], ["x", "lead", 1, 2], ["x", "body", 0, 0],
        ["y", "headline", 1, 3], ["y", "standfirst", 0, 0], ["y", "lead", 2, 6], ["y", "body", 2, 5],
    ]  # fmt: skip
    rates = trial.counts["rate_per_1000"]
    assert rates[[0, 2, 7]].tolist() == [1000, 500, 400]
    assert rates[[1, 3, 5]].isna().all()
    assert trial.counts.attrs["lexicon_hash"] == LEXICON.hash
    assert repr(trial) == "'fail*': 7 hits in 2 articles, 1 of them already in weakness"


def test_lines_are_those_of_the_concordance(tokens):
    trial = try_entry(tokens, "fail*", lexicon=LEXICON, category="weakness")
    columns = ["article_id", "outlet", "zone", "left", "match", "right"]
    lines = fa.concordance(tokens, "fail*")
    assert trial.lines[columns].astype("str").to_numpy().tolist() == lines[columns].astype("str").to_numpy().tolist()
    assert trial.lines["match"][trial.lines["already"]].tolist() == ["failed"]


def test_twenty_lines_are_spread_over_all_hits(encode):
    numbers = " ".join(f"w{number} hit." for number in range(100))
    lines = try_entry(encode(numbers), "hit").lines
    # The first and the last hit, and 18 between them.
    assert len(lines) == 20
    assert lines["left"].str.endswith("w0 ").iloc[0]
    assert lines["left"].str.endswith("w99 ").iloc[-1]


def test_a_phrase_and_an_exact_entry_show_what_they_catch(encode):
    tokens = encode("Back down. He backed down, back-down! Back\n\ndown. US and us.")
    assert try_entry(tokens, "back* down").types.to_numpy().tolist() == [["back down", 2], ["backed down", 1]]
    exact = Trials(tokens).of(Entry("US", "", case="exact"))
    assert exact.types.to_numpy().tolist() == [["US", 1]]


def test_exceptions_undo_hits(encode):
    tokens = encode("Weak coffee is weak. Weak deal.")
    assert Trials(tokens).of(Entry("weak", "", exceptions=("weak coffee",))).n_hits == 2


def test_nothing_found_is_a_result_too(encode):
    for tokens in (encode("Calm."), encode("")):
        trial = try_entry(tokens, "storm")
        assert (trial.n_hits, trial.n_articles, len(trial.types), len(trial.lines)) == (0, 0, 0, 0)
        assert trial.counts["n_hits"].sum() == 0
        assert try_entry(tokens, "one storm too many").n_hits == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail**", r"entry 'fail\*\*' has two wildcards in a row, .*; write the word out"),
        ("*", "has a word of wildcards only"),
        ("…", "has no letter or digit, so it can never match"),
    ],
)
def test_a_malformed_entry_is_refused_in_the_lexicons_words(tokens, text, message):
    with pytest.raises(fa.LexiconError, match=message):
        try_entry(tokens, text)


def test_an_unknown_category_is_named(tokens):
    with pytest.raises(
        fa.LexiconError, match="the entry cannot be added: no category 'weaknes'; it has 'weakness', 'strength'"
    ):
        try_entry(tokens, "fail", lexicon=LEXICON, category="weaknes")
    with pytest.raises(fa.LexiconError, match="there is no lexicon; give one"):
        try_entry(tokens, "fail", category="weakness")


WORDS = st.sampled_from(["a", "b", "ab", "A", "a's", "ba"])
SENTENCES = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", ", ", "-"])), min_size=1, max_size=8).map(
    lambda pairs: "".join(map("".join, pairs))
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=4).map(". ".join)
ENTRIES = st.lists(st.sampled_from(["a", "b", "a*", "?", "*b", "ab", "b?"]), min_size=1, max_size=3).map(" ".join)


@given(TEXTS, ENTRIES, st.sampled_from([" ", ", "]), st.sampled_from(["fold", "exact"]), st.booleans())
def test_hits_are_those_of_the_matching(encode, text, words, between, case, has_exception):
    words = words.replace("?", "a?") if words == "?" else words.replace("? ", "a? ").replace(" ?", " a?")
    words = words.replace(" ", between)
    entry = Entry(words, "c", case=case, exceptions=(f"{words} b",) if has_exception else ())
    tokens = encode(text)
    found = find_matches(tokens, Lexicon("l", "0", "", "", (), (Category("c"),), (entry,)))
    trial = Trials(tokens, fa.extend.lexicon_from_mapping({"c": ["b a"]})).of(entry)
    assert trial.n_hits == len(found.token) == trial.types["n_hits"].sum() == trial.counts["n_hits"].sum()
    lines = fa.find_hits(tokens, Lexicon("l", "0", "", "", (), (Category("c"),), (entry,)))
    if trial.n_hits <= 20:
        assert trial.lines["match"].tolist() == lines["text"].astype("str").tolist()
    others = find_matches(tokens, fa.extend.lexicon_from_mapping({"c": ["b a"]}))
    overlaps = (found.token[:, None] <= others.last) & (others.token <= found.last[:, None])
    assert trial.n_already == int(np.count_nonzero(overlaps.any(axis=1)))


def test_a_later_state_of_the_lexicon(tokens):
    trials = Trials(tokens, LEXICON)
    later = trials.with_lexicon(fa.extend.lexicon_from_mapping({"weakness": ["weak", "fail*"]}))
    assert [each.of(Entry("fail*", "weakness")).n_already for each in (trials, later)] == [1, 7]


def test_a_missing_outlet_is_counted_too(encode):
    table = try_entry(encode(body=["Hit.", "Hit."], outlet=["o", ""]), "hit").counts
    assert isinstance(table, pd.DataFrame)
    by_outlet = table.groupby("outlet", dropna=False)["n_hits"].sum()
    # An article without an outlet has a missing one, and is counted all the same.
    assert by_outlet.index.isna().tolist() == [False, True]
    assert by_outlet.tolist() == [1, 1]
