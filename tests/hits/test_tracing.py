"""Where fragments quoted in a headline come from; every passage is found by eye in an invented article."""

import pandas as pd
import pytest

import analysis as fa


def traced(encode, headline: str, body: str) -> pd.DataFrame:
    return fa.trace_quotes(encode(headline=[headline], body=[body]))


@pytest.mark.parametrize(
    ("headline", "body", "words", "passage"),
    [
        ("Mayor says ‘we won’t pay’", "Ann Cole said: “We will not pay for it.”", "altered", "We will not pay"),
        (
            "‘A dark day for the port’, says mayor",
            "“It is a dark day for the port,” said Cole.",
            "verbatim",
            "a dark day for the port",
        ),
        ("Plan is ‘madness’", "Cole called the plan “madness” and left.", "verbatim", "madness"),
        ("Plan is ‘madness’", "Cole called the plan mad and left.", "not found", ""),
        ("‘Of the and to a’ says mayor", "It was one of the talks and to a degree good.", "not found", ""),
        (
            "Bridge ‘unsafe for heavy lorries’",
            "The report says the bridge is unsafe for very heavy lorries.",
            "altered",
            "unsafe for very heavy lorries",
        ),
    ],
)
def test_the_passage_and_whether_its_words_were_changed(encode, headline, body, words, passage):
    found = traced(encode, headline, body)
    assert found[["words", "body_text"]].to_numpy().tolist() == [[words, passage]]


def test_offsets_open_to_the_printed_text(encode):
    tokens = encode(headline=["Mayor: ‘We won’t pay’"], body=["“Äh – we will not pay,” said Ann Cole."])
    row = fa.trace_quotes(tokens).iloc[0]
    assert tokens.text_of(0, "headline")[row["start"] : row["end"]] == row["text"] == "We won’t pay"
    assert tokens.text_of(0, "body")[row["body_start"] : row["body_end"]] == row["body_text"] == "we will not pay"
    assert row["body_speaker"] == "Ann Cole"


def test_targets_of_fragment_and_passage(encode):
    # By hand: the fragment stands beside the mayor, the passage speaks of the council.
    tokens = encode(
        headline=["Cole under fire: ‘weak and slow’"], body=["“The council is weak and slow,” said Ann Cole."]
    )
    targets = fa.extend.lexicon_from_mapping({"Ann Cole": ["ann cole", "cole"], "council": ["council"]})
    hits = fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), targets=targets)
    row = fa.trace_quotes(tokens, hits=hits).iloc[0]
    assert (row["target"], row["body_target"]) == ("Ann Cole", "council")


def test_an_article_without_quoted_headline_gives_no_row(encode):
    assert len(traced(encode, "Mayor pays", "“We will pay,” said Cole.")) == 0
    assert len(fa.trace_quotes(encode(""))) == 0
