"""Keyness against published golden values, scipy, and plain formulas on random tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import analysis as fa
from analysis.measures.keyness import keyness
from analysis.measures.keyness_formulas import MEASURES, Counts, KeynessOptions, corrected

# quanteda's own pair of test documents.
FOCUS = "a a a b b c c c c c c d e f g h h"
REFERENCE = "a a b c c d d d d e f h"

# numbers.md 4.5, the golden table made from quanteda's pair; its log-odds with a prior of 0.01, 0.1 and the pooled counts.
GOLDEN = {
    "chi_squared_conditional_yates": {"a": 0.004739, "b": 0.089304, "c": 0.467298, "d": -2.040247, "e": -0.065813, "g": 0.731092},
    "chi_squared": {"a": 0.004739, "b": 0.089304, "c": 1.221872, "d": -3.715033, "e": -0.065813, "g": 0.731092},
    "log_likelihood": {"a": 0.004751, "b": 0.091242, "c": 1.274238, "d": -3.779441, "e": -0.064900, "g": 1.093291},
    "log_likelihood_two_cells": {"a": 0.003935, "b": 0.082023, "c": 0.941184, "d": -3.123254, "e": -0.060355, "g": 1.068165},
    "log_ratio": {"a": 0.0825, "b": 0.4975, "c": 1.0825, "d": -2.5025, "e": -0.5025, "g": 0.4975},
    "log_odds": {"a": 0.0761, "b": 0.3113, "c": 1.2280, "d": -1.8572, "e": -0.2649, "g": 0.4308},
    "log_odds_informative": {"a": 0.0431, "b": 0.1796, "c": 0.7360, "d": -1.1927, "e": -0.1514, "g": 0.4881},
}  # fmt: skip


@pytest.fixture(scope="module")
def tokens():
    table = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["x", "y"], "body": [FOCUS, REFERENCE]})
    return fa.tokenize(fa.read(table, boilerplate="keep"))


@pytest.mark.parametrize("measure", GOLDEN)
def test_the_golden_values_to_the_printed_digits(tokens, measure):
    table = keyness(tokens, focus={"outlet": "x"}, reference={"outlet": "y"}, measure=measure).set_index("term")
    digits = 6 if measure.startswith(("chi", "log_like")) else 4
    for term, value in GOLDEN[measure].items():
        assert round(float(table.at[term, "score"]), digits) == pytest.approx(value, abs=0.51 * 10**-digits)


def test_log_odds_with_a_prior_of_one_tenth(tokens):
    # numbers.md 4.5, column "z al=.1".
    table = keyness(tokens, focus={"outlet": "x"}, measure="log_odds", options=KeynessOptions(prior=0.1)).set_index(
        "term"
    )
    for term, value in {"a": 0.0804, "b": 0.2995, "c": 1.2211, "d": -1.8326, "e": -0.2639, "g": 0.6431}.items():
        assert float(table.at[term, "score"]) == pytest.approx(value, abs=5e-5)


def test_simple_maths_of_sketch_engine():
    # numbers.md 4.5: 35 of 112,289,776 against 263 of 1,559,716,979 gives 1.1224.
    counts = Counts(np.array([35.0]), np.array([263.0]), 112_289_776, 1_559_716_979, 1)
    assert round(float(MEASURES["simple_maths"](counts, KeynessOptions())[0]), 4) == 1.1224


cells = st.integers(1, 400)


@given(cells, cells, cells, cells)
def test_log_likelihood_and_chi_squared_are_those_of_scipy(a, b, c, d):
    counts = Counts(np.array([a], float), np.array([b], float), a + c, b + d, 2)
    observed = [[a, b], [c, d]]
    for measure, kind in (("log_likelihood", "log-likelihood"), ("chi_squared", "pearson")):
        expected = stats.chi2_contingency(observed, correction=False, lambda_=kind).statistic
        assert abs(float(MEASURES[measure](counts, KeynessOptions())[0])) == pytest.approx(expected, rel=1e-8, abs=1e-8)


@given(cells, cells, cells, cells)
def test_log_odds_is_the_plain_formula(a, b, c, d):
    # Monroe et al. (2008), equations 16, 20 and 22, with a pseudocount of 0.01 for each of two terms.
    counts = Counts(np.array([a], float), np.array([b], float), a + c, b + d, 2)
    prior, total = 0.01, 0.02
    odds = [np.log((x + prior) / (x + y + total - x - prior)) for x, y in ((a, c), (b, d))]
    expected = (odds[0] - odds[1]) / np.sqrt(1 / (a + prior) + 1 / (b + prior))
    assert float(MEASURES["log_odds"](counts, KeynessOptions())[0]) == pytest.approx(expected, rel=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrected_p_is_that_of_scipy(p):
    expected = stats.false_discovery_control(p)
    np.testing.assert_allclose(corrected(np.array(p), "benjamini_hochberg"), expected, atol=1e-12)


def test_zones_and_voices_can_be_compared(encode):
    tokens = encode(headline=["Weak deal"], body=["“Strong deal,” said Ann Marsh. Rain fell."])
    table = keyness(tokens, focus={"zone": "headline"}, reference="rest").set_index("term")
    assert (table.at["weak", "n_focus"], table.at["weak", "n_reference"]) == (1, 0)
    spoken = keyness(tokens, focus={"voice": "direct"}, reference={"voice": "narrator"}).set_index("term")
    assert (spoken.at["strong", "n_focus"], spoken.at["rain", "n_reference"]) == (1, 1)


def test_a_side_without_words_and_an_unknown_measure_say_what_to_do(tokens):
    with pytest.raises(fa.SchemaError, match="outlet has 'z'; known are 'x', 'y'"):
        keyness(tokens, focus={"outlet": "z"})
    with pytest.raises(fa.FramingError, match="measure 'best' is not known; known are log_likelihood"):
        keyness(tokens, focus={"outlet": "x"}, measure="best")


def test_words_on_both_sides_are_refused_or_left_out(tokens):
    with pytest.raises(fa.FramingError, match="17 words are in the focus"):
        keyness(tokens, focus={"outlet": "x"}, reference={"outlet": ["x", "y"]})
    options = KeynessOptions(shared_words="leave_out")
    with pytest.raises(fa.FramingError, match="no word of"):
        keyness(tokens, focus={"outlet": "x"}, reference={"outlet": ["x", "y"]}, options=options)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_missing_number_of_a_row_has_a_reason(encode, measure):
    # One article a side, "talks" on one side only, and as bigrams one term that is all that both sides say. Warnings are errors here.
    tokens = encode(outlet=["x", "y"], body=["calm talks. Calm winds", "calm winds"])
    for ngrams in ((1, 1), (2, 2), (1, 2)):
        table = keyness(tokens, focus={"outlet": "x"}, measure=measure, ngrams=ngrams)
        reason = table["reason"].astype("str")
        assert (table["score"].isna() == reason.str.contains("no score: a count or total of 0")).all()
        assert (table["p"].isna() == reason.str.contains("no p: a total of 0")).all()
        assert reason.str.contains("fewer than two articles in the focus").all()
        assert table[["dp_focus", "d_focus", "dp_reference", "d_reference"]].isna().all(axis=None)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_side_without_a_run_of_the_length_has_no_score_and_says_why(encode, measure):
    table = keyness(
        encode(outlet=["x", "y"], body=["calm talks", "calm"]), focus={"outlet": "x"}, measure=measure, ngrams=(2, 2)
    )
    assert table["term"].tolist() == ["calm talks"]
    assert table[["score", "p", "p_corrected"]].isna().all(axis=None)
    assert table["rate_per_1000_reference"].isna().all()  # no bigram there, so no rate of 0
    assert "no score" in table["reason"].iloc[0]
    assert "no p" in table["reason"].iloc[0]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_term_used_by_every_word_of_both_sides_has_a_score_of_no_difference_or_none(encode, measure):
    table = keyness(encode(outlet=["x", "y"], body=["calm calm", "calm"]), focus={"outlet": "x"}, measure=measure)
    # By hand: both rates are 1,000, so a ratio is 1, a difference 0; measures of a table with an empty row are not defined.
    assert np.isnan(table["score"].iloc[0]) or table["score"].iloc[0] == pytest.approx(
        1 if measure == "simple_maths" else 0
    )
    assert np.isnan(table["p"].iloc[0]) or table["p"].iloc[0] == pytest.approx(1)


def test_words_of_a_third_outlet_are_in_no_row_and_no_total(encode):
    tokens = encode(outlet=["z", "x", "y"], body=["winter rain. Calm rain", "calm talks", "calm calm"])
    table = keyness(tokens, focus={"outlet": "x"}, reference={"outlet": "y"}, ngrams=(1, 2))
    counts = table.set_index("term")[["n_focus", "n_reference"]].T.to_dict("list")
    assert counts == {"calm": [1, 2], "talks": [1, 0], "calm talks": [1, 0], "calm calm": [0, 1]}  # by hand
    assert (table.attrs["n_tokens_focus"], table.attrs["n_tokens_reference"]) == (2, 2)
