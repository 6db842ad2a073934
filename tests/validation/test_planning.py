"""How many units are needed, against closed forms and published numbers."""

import math

import pytest
from scipy import stats

import analysis as fa
from analysis.validation.planning import plan_sample, wilson_half_width

Z = stats.norm.ppf(0.975)


@pytest.mark.parametrize("half_width", [0.2, 0.1, 0.05, 0.02, 0.01])
def test_a_share_of_one_half_has_a_closed_form(half_width):
    # Wilson's half width at p = 1/2 is z / (2 √(n + z²)), so n = z² / (4 h²) − z².
    assert plan_sample("rate", half_width=half_width) == math.ceil(Z**2 / (4 * half_width**2) - Z**2)


def test_the_half_width_is_that_of_scipy():
    low, high = stats.binomtest(196, 245).proportion_ci(method="wilson")
    assert wilson_half_width(0.8, 245) == pytest.approx((high - low) / 2, rel=1e-12)


@pytest.mark.parametrize("expected", [0.02, 0.3, 0.8, 0.97])
@pytest.mark.parametrize("half_width", [0.1, 0.03])
def test_it_is_the_smallest_number_that_is_enough(expected, half_width):
    n = plan_sample("precision", expected=expected, half_width=half_width)
    assert wilson_half_width(expected, n) <= half_width < wilson_half_width(expected, n - 1)


def test_a_small_population_needs_fewer():
    # Cochran 1977, eq. 4.2, by hand: 381 / (1 + 380 / 500) = 216.5.
    assert plan_sample("rate", half_width=0.05) == 381
    assert plan_sample("rate", half_width=0.05, population=500) == 217
    assert plan_sample("rate", half_width=0.05, population=10) == 10


@pytest.mark.parametrize(
    ("smallest", "expected", "n"),
    [(0.667, 0.25, 81), (0.8, 0.25, 139)],  # the manual of ATLAS.ti on four equally frequent codes at the level .05
)
def test_published_numbers_of_units_for_alpha(smallest, expected, n):
    assert plan_sample("alpha", smallest=smallest, expected=expected) == n


def test_units_for_alpha_by_hand():
    # By hand: z = 1.644854, z² = 2.705543; two coders, p = .5, alpha .8: 2 · 2.705543 · (1.8 · 2.2 / (4 · .25 · .2) − .8) = 102.8; three: 154.2.
    assert plan_sample("alpha", smallest=0.8, expected=0.5) == 103
    assert plan_sample("alpha", smallest=0.8, expected=0.5, coders=3) == 155


@pytest.mark.parametrize(
    ("goal", "options", "message"),
    [
        ("accuracy", {"half_width": 0.05}, "goal='accuracy'; known are 'precision'"),
        ("recall", {}, "recall needs half_width"),
        ("recall", {"half_width": 0.0}, "half_width=0.0; allowed is a number above 0 and below 0.5"),
        ("recall", {"half_width": 0.05, "expected": 1.0}, "expected=1.0; allowed is a number above 0 and below 1"),
        ("alpha", {}, "alpha needs expected"),
        ("alpha", {"expected": 0.6}, "expected=0.6; allowed is a number above 0 and at most 0.5"),
        ("alpha", {"expected": 0.2, "smallest": 1.0}, "smallest=1.0"),
        ("alpha", {"expected": 0.2, "coders": 1}, "alpha needs two at least"),
        ("rate", {"half_width": 0.1, "level": 95}, "level=95; allowed is a number above 0 and below 1"),
        ("rate", {"half_width": 0.1, "population": 0}, "population=0; allowed is a whole number from 1"),
    ],
)
def test_numbers_out_of_range_are_told(goal, options, message):
    with pytest.raises(fa.SchemaError, match=message):
        plan_sample(goal, **options)
