"""Which words of a mention are a name. Expected names are read by hand; people and places are invented."""

import pytest

from analysis.english.voices import voices


def named(tokens) -> str:
    """Return the name that the last mention means."""
    return voices(tokens, strictness="wide")["speaker"].tolist()[-1]


NOBODY = [
    "Officials at the Treasury",
    "Sources close to Nora Field",
    "Researchers in Leeds",
    "Economists at Goldmark Bank",
    "An analyst at Goldmark Bank",
    "Council leaders",
    "White House aides",
    "Field's lawyer",
    "A spokesman for Nora Field",
    "None of the rebels",
    "Most of the jurors",
    "Nearly everybody",
    "The coach, a former miner,",
    "MPs",
]
NAMES = [
    ("Downing Street", "Downing Street"),
    ("Goldmark Bank", "Goldmark Bank"),
    ("The Treasury", "Treasury"),
    ("Labour", "Labour"),
    ("No 10", "No 10"),
    ("Channel 9", "Channel 9"),
    ("The Bank of England", "Bank of England"),
    ("The Police Federation", "Police Federation"),
    ("Davies", "Davies"),
    ("Nora Field of the Reed Centre", "Nora Field"),
    ("Nora Field at Goldmark Bank", "Nora Field"),
    ("Nora Field MP", "Nora Field"),
    ("Nora Field herself", "Nora Field"),
    ("Leeds University's Nora Field", "Nora Field"),
    ("Business Secretary Nora Field", "Nora Field"),
    ("Goldmark analyst Nora Field", "Nora Field"),
    ("Their chairman, Mr Tom Reed,", "Tom Reed"),
]


@pytest.mark.parametrize("mention", NOBODY)
def test_a_mention_whose_head_is_no_name_names_nobody(encode, mention):
    assert named(encode(f"{mention} said that it was weak.")) == ""


@pytest.mark.parametrize(("mention", "expected"), NAMES)
def test_the_name_in_a_mention(encode, mention, expected):
    assert named(encode(f"{mention} said that it was weak.")) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Field, who has said it is weak, left.", "Field"),
        ("Nora Field, a coach, who said it was weak, left.", "Nora Field"),
        ("They met Nora Field, who said it was weak.", "Nora Field"),
        ("Nora Field of Leeds, who said it was weak, left.", "Nora Field"),
        ("The man who said it was weak left.", ""),
        ("Nora Field left. Who said it was weak?", ""),
    ],
)
def test_whom_who_means(encode, body, expected):
    assert named(encode(body)) == expected
