"""Findings in words: rates, intervals, counts and sentences are those of the tables, and few articles are compared with none."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis as fa
from analysis.reports.findings import findings_in_words

WEAK, PLAIN = "Hurd was weak on Monday. The port stayed open.", "The port stayed open. The tide rose on Monday."


def found(outlets, bodies, language="en", **columns):
    table = pd.DataFrame({"outlet": outlets, "body": bodies} | columns)
    tokens = fa.tokenize(fa.read(table, boilerplate="keep"))
    lexicon = replace(fa.extend.lexicon_from_mapping({"weakness": ["weak"]}), language=language)
    hits = fa.find_hits(tokens, lexicon)
    return findings_in_words(tokens, hits), fa.rates(hits, tokens, by=["outlet", "category"])


def test_two_outlets_are_compared_with_interval_and_number_of_articles():
    bodies = [WEAK] * 4 + [PLAIN] * 2 + [WEAK] + [PLAIN] * 5
    (said,), table = found(["Mail"] * 6 + ["Post"] * 6, bodies, date=["2025-01-02"] * 12)
    mail, post = table.to_dict("records")
    # By hand: nine words an article, so 4 hits in 54 words are 74.1, and 1 in 54 is 18.5 per 1,000.
    assert said.text == (
        f"Mail has 74.1 hits per 1,000 words (95% interval {mail['rate_low']:.1f} to {mail['rate_high']:.1f}; 6 articles); "
        f"Post 18.5 (95% interval {post['rate_low']:.1f} to {post['rate_high']:.1f}; 6 articles). "
        "The intervals overlap, so these articles alone do not tell the two apart. "
        "Of the 4 hits of Mail, 4 are in the outlet's own words."
    )
    assert (said.category, said.evidence) == ("weakness", "Hurd was weak on Monday.")
    assert said.place == "Mail, 2025-01-02, lead, word: weak"


def test_intervals_that_do_not_overlap_are_said_to():
    twice = f"{WEAK} He was weak, and weak again."
    bodies = [WEAK, twice] * 6 + [PLAIN] * 11 + [WEAK]
    (said,), table = found(["Mail"] * 12 + ["Post"] * 12, bodies)
    assert table["rate_low"].iat[0] > table["rate_high"].iat[1]
    assert "The intervals do not overlap." in said.text


def test_a_sentence_of_the_named_outlet_that_is_neither_negated_nor_quoted_goes_first():
    negated, quoted = "Hurd was not weak. The port was open.", '"Hurd is weak," said Li Wen. The port was open.'
    bodies = [negated, quoted, WEAK, WEAK, WEAK, *[PLAIN] * 5]
    days = ["2025-01-01", "2025-01-02", "2025-01-05", "2025-01-04", "2025-01-06", *["2025-01-01"] * 5]
    (said,), _ = found(["Mail"] * 5 + ["Post"] * 5, bodies, date=days)
    assert said.place == "Mail, 2025-01-04, lead, word: weak"
    assert "Of the 5 hits of Mail, 4 are in the outlet's own words." in said.text


def test_a_quoted_sentence_says_whose_words_it_is():
    (said,), _ = found(["Mail"], ['"Hurd is weak," said Li Wen. The port was open.'])
    assert said.place == "Mail, no date, lead, words of Li Wen, word: weak"
    assert said.text.endswith("The one hit is in the words of somebody else.")


@pytest.mark.parametrize(
    ("outlets", "bodies", "text"),
    [
        (["Mail"], [WEAK], "1 hit in one article of 9 words: a count, for one article has no rate."),
        (
            ["Mail"] * 3 + ["Post"] * 3,
            [WEAK] * 2 + [PLAIN] * 4,
            "No outlet has 5 articles or more (Mail 3, Post 3), so none is compared.",
        ),
        (
            ["Mail"] * 5 + ["Post"] * 2,
            [WEAK] * 2 + [PLAIN] * 5,
            "Only one outlet has 5 articles or more (Mail 5, Post 2), so none is compared.",
        ),
        (["Mail"] * 6, [WEAK] * 2 + [PLAIN] * 4, "All are of one outlet (Mail), so there is no comparison."),
        ([None] * 6, [WEAK] * 2 + [PLAIN] * 4, "No article says its outlet, so none is compared."),
        (
            ["Mail"] * 2 + ["Post"] * 2,
            [WEAK] * 2 + [PLAIN] * 2,
            "2 hits in 2 of 4 articles; fewer than 5 articles give no interval.",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(outlets, bodies, text):
    (said,), _ = found(outlets, bodies)
    assert text in said.text
    assert ("95% interval" in said.text) == (len(bodies) >= 5)


def test_an_interval_that_is_withheld_is_not_written():
    (said,), _ = found(["Mail"] * 5 + ["Post"] * 5, [WEAK] * 5 + [PLAIN] * 5)
    # Five articles that are alike give no interval, and none without a hit has one from resampling.
    assert said.text.startswith("Mail has 111.1 hits per 1,000 words (5 articles); Post 0.0 (")
    assert "overlap" not in said.text


def test_no_hit_is_no_finding():
    assert found(["Mail"] * 6, [PLAIN] * 6)[0] == []


def test_without_voices_nothing_is_said_of_them():
    (said,), _ = found(["Mail"] * 6, [WEAK] * 2 + [PLAIN] * 4, language="de")
    assert "own words" not in said.text
    assert said.place == "Mail, no date, lead, word: weak"


def test_of_a_long_sentence_the_part_around_the_word_is_shown():
    body = f"{'The port stayed open and ' * 20}Hurd was weak{' and the tide rose' * 20}."
    (said,), _ = found(["Mail"], [body])
    assert "Hurd was weak and the tide" in said.evidence
    assert said.evidence.startswith("… ")
    assert len(said.evidence) < 240


def test_outlets_of_few_articles_are_not_compared_and_counted():
    (said,), _ = found(["Mail"] * 5 + ["Post"] * 5 + ["Star"] * 4, [WEAK] + [PLAIN] * 9 + [WEAK] * 4)
    assert said.text.startswith("Mail has ")
    assert "1 outlet of fewer than 5 articles is compared with none." in said.text


def test_of_three_outlets_the_most_and_the_fewest_are_named():
    bodies = [WEAK] * 3 + [PLAIN] * 2 + [PLAIN] * 5 + [WEAK] + [PLAIN] * 4
    (said,), _ = found(["Mail"] * 5 + ["Post"] * 5 + ["Star"] * 5, bodies)
    # By hand: 3, 0 and 1 hits in 45 words each.
    assert said.text.startswith("Mail has most of 3 outlets, 66.7 hits per 1,000 words (")
    assert "; Post fewest, 0.0 (" in said.text
