"""Signs that say which word is meant, and signs that only separate words.

By hand: on the left what a reader of news means by the sign, on the right what is left without it.
"""

import pytest

from analysis.lexicons.signs import is_regex, lost_signs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a+", "+"),  # a
        ("c++", "+"),  # c
        ("C#", "#"),  # c
        ("#winning", "#"),  # winning
        ("@here", "@"),  # here
        ("a $20 note", "$"),
        ("99%", "%"),
        (".net", "."),  # net
        (":D", ":"),  # d
        (":-p", ":"),
        ("D:", ":"),
        ("0:-3", ":"),  # the phrase "0 3"
        ("8)", ")"),
        ("<3", "<"),
        ("no!", "!"),
        ("-gate", "-"),  # gate
        ("in-", "-"),  # in
        ("w/", "/"),  # w
        ("§ 12", "§"),
        ("word(s)", "()"),  # the phrase "word s"
        ("bank (money)", "()"),
        ("fire🔥", "🔥"),
        ("sh!t", "!"),
        ("l`eau", "`"),
    ],
)
def test_signs_that_carry_meaning(text, expected):
    assert lost_signs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "weak*", "colo?r", "far-right", "anti-", "don't", "don’t", "'em", "“so-called”", "U.S.", "a.m.", "etc.", "and/or", "9/11", "n/a",
        "AT&T", "law & order", "pre- and post-war", "first, do no harm", "re: taxes", "hmm…", "...and so on", "¿qué?", "3.5",
        "1,000", "m²", "naïve", "e\u0301lan", "war\u200b", "col·lapse", "o_O", "u.s.*",
    ],
)  # fmt: skip
def test_signs_that_only_separate_words(text):
    assert lost_signs(text) == ""


@pytest.mark.parametrize("text", ["fraud.*", "fraud.+", r"\bfraud", "[Ff]raud", "polic(y|ies)", "war|peace", "(ab)+c"])
def test_regular_expressions(text):
    assert is_regex(text)


@pytest.mark.parametrize("text", ["fraud*", "u.s.*", "U.S.", "what?", "word (thing)", "a+", "$15"])
def test_what_is_no_regular_expression(text):
    assert not is_regex(text)
